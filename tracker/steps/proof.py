"""分工核对表: laid out from a plan that was read, and a plan's file or a corrected 分工核对表 opened as one thing.

What an office once said about its columns (栏目对应) is a fact, a `Setting` named after the issuer; a file whose heads
it knows is read with it, and that is said.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from tracker import facts
from tracker.files.folders import OfficeFolder
from tracker.files.guard import open_source, read_bytes
from tracker.files.ledger import Ledger
from tracker.formats.books import BY_WORD, Correction, ProofReading, is_proof_book, marks_of, take_proof
from tracker.grid import Source
from tracker.logbooks import LOGBOOKS, Logbook
from tracker.problems.base import Finding
from tracker.problems.reading import NotAPlan, OriginalGone
from tracker.reading.plan import PlanReading, read_plan, read_source, with_letter
from tracker.reading.tables import WORD_OF, Field, has_heads, recaption
from tracker.steps.desk import remembered_words, words_fact
from tracker.values import dataclass
from tracker.workdays import Calendar

NAME = "分工核对表.xlsx"
_SETTING = "栏目对应："


@dataclass(frozen=True, slots=True)
class Original:
    """A file that facts come from."""

    name: str
    sha: str
    data: bytes


@dataclass(frozen=True)
class PlanFile:
    """A plan, from its file or from a corrected 分工核对表.

    Attributes:
        reading: What it says.
        source: The plan's own file as it was read.
        original: The plan's file.
        proof: The 分工核对表 that corrected it; None for a plan read directly.
        unclear: What a person typed and nobody can understand.
        corrections: What a person changed.
        proof_places: Places of items that stand in the 分工核对表.
        columns: What a person says each column is; empty where nobody corrected any.
        issuers: For whom that holds: the issuer as the file prints it, and as the person says.
        lines: What has to be told about how it was read.
        refusal: Why it is no plan; only of a text without a table.
    """

    reading: PlanReading
    source: Source
    original: Original
    proof: Original | None = None
    unclear: tuple[Finding, ...] = ()
    corrections: tuple[Correction, ...] = ()
    proof_places: frozenset[str] = frozenset()
    columns: Mapping[str, Field] = field(default_factory=dict)
    issuers: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    refusal: NotAPlan | None = None

    def file_of(self, place: str) -> str:
        """Hash of the file that a place stands in."""
        return self.proof.sha if self.proof is not None and place in self.proof_places else self.original.sha


def understand(
    path: Path,
    *,
    calendar: Calendar,
    columns_by_issuer: Mapping[str, Mapping[str, Field]],
    issued_on: dt.date | None = None,
    year: int | None = None,
    folder: OfficeFolder | None = None,
    logbooks: Sequence[Logbook] = LOGBOOKS,
) -> PlanFile:
    """Read a plan's file, or a 分工核对表 and the corrections in it.

    Args:
        path: The file; its content decides what it is.
        calendar: Working days.
        columns_by_issuer: What the columns of each issuer were said to be.
        issued_on: Date of issue that a person said.
        year: Plan year that a person said.
        folder: The office, where originals are looked for too.
        logbooks: Those that a letter or a text without a table may ask for.

    Raises:
        NotAPlan: when nothing can be read, and the text lays nothing down either.
        OriginalGone: when the file behind a 分工核对表 is nowhere.
    """
    source = open_source(path)
    if not is_proof_book(source):
        data = path.read_bytes()
        original_file = Original(path.name, source.sha256, data)
        try:
            reading, lines = _read(source, calendar, columns_by_issuer, issued_on, year)
            reading = replace(reading, plan=with_letter(reading.plan, source, logbooks))
        except NotAPlan as refusal:
            reading = _read_as_source(refusal, source, calendar, issued_on, year, logbooks)
            return PlanFile(reading, source, original_file, refusal=refusal)
        return PlanFile(reading, source, original_file, lines=lines)
    marks = dict(marks_of(source))
    plan_original = _original(path, marks, folder)
    original = read_bytes(plan_original.data, plan_original.name) if plan_original is not None else None

    def again(*, columns: Mapping[str, Field], issued_on: dt.date | None, year: int | None) -> PlanReading:
        if original is None:
            raise OriginalGone(file=path.name, original=marks.get("file", ""))
        captioned_source = recaption(original, columns) if columns else original
        try:
            reading = read_plan(captioned_source, calendar=calendar, issued_on=issued_on, year=year)
            return replace(reading, plan=with_letter(reading.plan, original, logbooks))
        except NotAPlan as refusal:
            return _read_as_source(refusal, original, calendar, issued_on, year, logbooks)

    proof_reading = take_proof(source, again=again, calendar=calendar)
    if plan_original is None or original is None:
        raise OriginalGone(file=path.name, original=proof_reading.base.file)
    return PlanFile(
        reading=PlanReading(
            proof_reading.plan,
            proof_reading.findings,
            captions=tuple(
                replace(caption, field=proof_reading.columns[caption.label])
                for caption in proof_reading.base.captions
            ),
        ),
        source=original,
        original=plan_original,
        proof=Original(path.name, source.sha256, path.read_bytes()),
        unclear=proof_reading.unclear,
        corrections=proof_reading.corrections,
        proof_places=proof_reading.added_places,
        columns=proof_reading.columns if proof_reading.corrected_columns else {},
        issuers=tuple(dict.fromkeys((proof_reading.base.plan.issuer, proof_reading.plan.issuer))),
        lines=tuple(_proof_lines(proof_reading)),
    )


def _read_as_source(
    refusal: NotAPlan,
    source: Source,
    calendar: Calendar,
    issued_on: dt.date | None,
    year: int | None,
    logbooks: Sequence[Logbook],
) -> PlanReading:
    """What a text without a table lays down; the refusal where that is nothing, or where a table is only spoiled."""
    if type(refusal) is NotAPlan:
        reading = read_source(source, calendar=calendar, issued_on=issued_on, year=year, logbooks=logbooks)
        if reading.plan.duties:
            return reading
    raise refusal


def _read(
    source: Source,
    calendar: Calendar,
    columns_by_issuer: Mapping[str, Mapping[str, Field]],
    issued_on: dt.date | None,
    year: int | None,
) -> tuple[PlanReading, tuple[str, ...]]:
    try:
        reading = read_plan(source, calendar=calendar, issued_on=issued_on, year=year)
    except NotAPlan:
        # Heads that nobody but this office uses: whatever it said of them before.
        for issuer, columns in columns_by_issuer.items():
            if has_heads(source, columns):
                captioned_source = recaption(source, columns)
                second_reading = read_plan(
                    captioned_source, calendar=calendar, issued_on=issued_on, year=year
                )
                return second_reading, (_reuse_line(issuer, columns),)
        raise
    columns = columns_by_issuer.get(reading.plan.issuer, {})
    if not columns:
        return reading, ()
    here = {caption.label: caption.field for caption in reading.captions}
    differing = {
        label: column_field
        for label, column_field in columns.items()
        if label in here and here[label] is not column_field
    }
    if not differing:
        return reading, ()
    captioned_source = recaption(source, {**here, **columns})
    again = read_plan(captioned_source, calendar=calendar, issued_on=issued_on, year=year)
    return again, (_reuse_line(reading.plan.issuer, differing),)


def _reuse_line(issuer: str, columns: Mapping[str, Field]) -> str:
    pairs = "、".join(f"{label}→{WORD_OF[column_field]}" for label, column_field in columns.items())
    return f"已按上次为“{issuer or '未印发文单位的方案'}”核对的栏目对应读取：{pairs}。"


def _original(path: Path, marks: Mapping[str, str], folder: OfficeFolder | None) -> Original | None:
    """The plan's own file: beside the workbook, in the office's 方案, or kept already."""
    sha, name = marks.get("sha", ""), marks.get("file", "")
    candidates = [path.with_name(name)] if name else []
    if folder is not None:
        candidates += [folder.original(sha, name), folder.path("方案", name)]
    beside = (neighbour for neighbour in sorted(path.parent.iterdir()) if neighbour.is_file())
    for candidate in (*candidates, *_small(beside)):
        if candidate.is_file():
            data = candidate.read_bytes()
            if hashlib.sha256(data).hexdigest() == sha:
                return Original(name, sha, data)
    return None


def _small(files: Iterable[Path]) -> Sequence[Path]:
    """Files that may be a plan under another name; large ones are none."""
    return [file for file in files if file.stat().st_size <= 64 << 20]


def _proof_lines(proof_reading: ProofReading) -> Iterable[str]:
    if not proof_reading.corrections and not proof_reading.added_places:
        yield f"分工核对表（原件《{proof_reading.base.file}》）：没有改动，与原件的读取结果相同。"
        return
    yield f"分工核对表（原件《{proof_reading.base.file}》）：更正 {len(proof_reading.corrections)} 处，另增 {len(proof_reading.added_places)} 项。"
    for correction in proof_reading.corrections[:50]:
        yield f"  {correction.place}　{correction.label}：{_short(correction.before)} → {_short(correction.after)}"
    if len(proof_reading.corrections) > 50:
        yield f"  …… 共 {len(proof_reading.corrections)} 处"


def _short(text: str) -> str:
    text = text.replace("\n", " ") or "（空）"
    return text if len(text) <= 30 else text[:29] + "…"


def remembered_columns(ledger: Ledger) -> dict[str, dict[str, Field]]:
    """What the columns of each issuer were said to be; of several statements the latest holds."""
    return {
        issuer: {label: BY_WORD[word] for label, word in words.items() if word in BY_WORD}
        for issuer, words in remembered_words(ledger, _SETTING).items()
    }


def columns_fact(issuer: str, columns: Mapping[str, Field], *, after: int) -> facts.Setting:
    """What a person said of an issuer's columns, as a fact; `after` tells it from an earlier, equal statement."""
    words = {label: WORD_OF[column_field] for label, column_field in columns.items()}
    return words_fact(_SETTING, issuer, words, after=after)
