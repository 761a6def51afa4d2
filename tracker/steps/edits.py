"""What the office did in 工作台账.xlsx since it was laid out: cells that it changed, columns that it took out.

What it changed is decided cell by cell against the workbook as it was written, and recorded. Cells of the plan and
computed ones are restored, and that is said.

A workbook of an earlier version lacks columns that a later one knows, and the office may take out what it does not use:

    a column       at the last run   then
    absent         there             said: what it is for, and how to get it; remembered
    absent         absent            nothing
    there          absent            what it says counts, its empty cells do not: nobody cleared them, and the
                                     ledger's text goes in
    sheet absent   either            remembered as it was

What came back is forgotten when the workbook was written: until then its empty cells still say nothing.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from tracker import facts
from tracker.columns import BY_NAME, Owner, Sheet, on
from tracker.files.ledger import Act
from tracker.formats.books import LedgerReading, SheetReading
from tracker.grid import column_letters
from tracker.printable import in_a_cell, is_cut
from tracker.problems.base import Finding
from tracker.problems.returns import COLUMN_GONE, NO_ROUND_YET, NOT_YOURS
from tracker.rules.office import Office
from tracker.rules.progress import editable, subject_of
from tracker.rules.returns import CellMerge, join
from tracker.steps.desk import Desk
from tracker.steps.return_lists import cell_question, question_of
from tracker.table import LedgerRows
from tracker.values import dataclass

# The event that remembers which columns a workbook did not have.
KIND = "absent"
# What a column without a hint is for.
_PURPOSE = {Owner.PLAN: "内容来自方案", Owner.COMPUTED: "由程序计算"}

Place = tuple[Sheet, str]


@dataclass(frozen=True, slots=True)
class Absent:
    """Which columns are absent now, and which were; `now` keeps those of a sheet that cannot be found."""

    now: frozenset[Place]
    before: frozenset[Place]
    findings: tuple[Finding, ...]

    @property
    def back(self) -> frozenset[Place]:
        """Columns that stand there again, or for the first time."""
        return self.before - self.now


def absent_columns(office: Office, reading: LedgerReading, workbook: str) -> Absent:
    """Tell what is absent, and say what was not said before."""
    before = _previous_places(office, workbook)
    now = {column_place for column_place in before if column_place[0] not in reading.sheets}
    findings = []
    for sheet, read in reading.sheets.items():
        for column in on(sheet):
            if column.name in read.columns:
                continue
            now.add((sheet, column.name))
            if (sheet, column.name) not in before:
                purpose = column.hint.rstrip("。") or _PURPOSE.get(column.owner, "供填写")
                place = f"{read.name}!{column_letters(0)}{read.head + 1}"
                findings.append(COLUMN_GONE.at(place, label=column.label, purpose=purpose))
    return Absent(frozenset(now), before, tuple(findings))


def remember_absent(desk: Desk, absent: Absent, workbook: str, *, is_written: bool) -> None:
    """Remember what was said; what came back only where the workbook was `is_written`."""
    places = absent.now if is_written else absent.now | absent.before
    if places == absent.before:
        return
    names = sorted(f"{sheet.value}.{name}" for sheet, name in places)
    with desk.act("sync") as act:
        n = 1 + sum((event.subject, event.kind) == (workbook, KIND) for event in act.office().events)
        act.add(facts.Event(workbook, KIND, n, desk.today, json.dumps({"columns": names})))


def _previous_places(office: Office, workbook: str) -> frozenset[Place]:
    last = max(
        (event for event in office.events if (event.subject, event.kind) == (workbook, KIND)),
        key=lambda event: event.n,
        default=None,
    )
    names = json.loads(last.data)["columns"] if last else ()
    pairs = (name.split(".", 1) for name in names)
    # A column that this version no longer knows is nobody's.
    return frozenset((Sheet(sheet), name) for sheet, name in pairs if name in BY_NAME)


_WHY = {Owner.PLAN: "来自方案，要改请登记方案的调整", Owner.COMPUTED: "由程序计算"}


@dataclass(frozen=True)
class BookEdits:
    """What the office changed.

    Attributes:
        reading: The workbook.
        base: As it was written: the rows that say something else now, or that one side has lost.
        base_seq: Up to which fact.
        merges: What becomes of the cells of each sheet.
        periods: The round that an answer of a row belongs to.
        left_alone: Cells that may not be used and that nobody overwrites.
        findings: Cells that the office may not change, and what it wrote there.
        sha: Hash of the workbook.
    """

    reading: LedgerReading
    base: LedgerRows
    base_seq: int
    merges: Mapping[Sheet, CellMerge]
    periods: Mapping[str, str]
    left_alone: frozenset[tuple[Sheet, str, str]]
    findings: tuple[Finding, ...]
    sha: str

    @property
    def has_news(self) -> bool:
        """Whether anything has to be recorded, or kept because it is going to be overwritten."""
        return bool(self.findings) or any(merge.changes or merge.conflicts for merge in self.merges.values())


UnequalKeys = Mapping[Sheet, Sequence[str]]


def unequal_rows(reading: LedgerReading, ours: LedgerRows) -> UnequalKeys:
    """The rows that the workbook does not show as the ledger says them: in other words, or on one side only.

    What both sides say alike needs no join, whatever it was before.
    """
    keys: dict[Sheet, list[str]] = {}
    for sheet, read in reading.sheets.items():
        rows = ours.of(sheet)
        keys[sheet] = [
            key
            for key, texts in read.texts.items()
            if texts is not (row := rows.get(key))
            and texts != row
            and (row is None or any(not shows(text, row.get(name, "")) for name, text in texts.items()))
        ]
        keys[sheet] += [key for key in rows if key not in read.texts]
    return keys


def shows(cell: str, text: str) -> bool:
    """Whether a cell of the workbook shows a text of the ledger, whole or, where it is too long for one, its beginning."""
    return cell == text or (is_cut(cell) and cell == in_a_cell(text))


def join_workbook(
    reading: LedgerReading,
    base: tuple[LedgerRows, facts.SheetWritten | None],
    ours: LedgerRows,
    keys: UnequalKeys,
    sha: str,
    back: Collection[tuple[Sheet, str]] = (),
) -> BookEdits:
    """Join what the workbook says to what the ledger says, row by row of `keys`.

    Args:
        reading: The workbook.
        base: What was written into it: those rows, and the fact; none where it was never written.
        ours: What the ledger says.
        keys: The rows that both do not say alike.
        sha: Hash of the workbook.
        back: Columns that it did not have at the last run: an empty cell there says nothing.
    """
    rows, revision = base
    merges: dict[Sheet, CellMerge] = {}
    left_alone: set[tuple[Sheet, str, str]] = set()
    findings: list[Finding] = []
    for sheet, read in reading.sheets.items():
        names = {column.name for column in editable(sheet)}
        refuse = dict(read.refusals)
        if sheet is Sheet.PROGRESS:
            findings += _without_round(read, keys[sheet], rows.of(sheet), ours, refuse)
        was = _only(rows.of(sheet), keys[sheet], names)
        now = _only(ours.of(sheet), keys[sheet], names)
        theirs = {
            key: {
                name: text
                for name, text in read.texts[key].items()
                if name in names and (text or (sheet, name) not in back) and not is_cut(text)
            }
            for key in keys[sheet]
            if key in read.texts and (key in was or key in now)
        }
        # Rows that were appended by a run that never finished are known to the ledger and not to the base.
        was = {**{key: now[key] for key in theirs if key not in was}, **was}
        merges[sheet] = join(was, now, theirs, refuse=refuse)
        left_alone |= {(sheet, refusal.row, refusal.column) for refusal in merges[sheet].refusals}
        findings += _overwritten(sheet, read, keys[sheet], (rows, ours), back)
    return BookEdits(
        reading,
        rows,
        revision.base_seq if revision else 0,
        merges,
        ours.periods,
        frozenset(left_alone),
        tuple(findings),
        sha,
    )


def _only(
    rows: Mapping[str, Mapping[str, str]], keys: Collection[str], names: set[str]
) -> dict[str, dict[str, str]]:
    return {key: {name: rows[key].get(name, "") for name in names} for key in keys if key in rows}


def _without_round(
    read: SheetReading,
    keys: Collection[str],
    base: Mapping[str, Mapping[str, str]],
    ours: LedgerRows,
    refuse: dict[tuple[str, str], str],
) -> list[Finding]:
    """Answers typed before any round was handed out: there is nothing that they could be recorded for.

    A row that the ledger has no more (取消, 不再承担) stands as it was left.
    """
    findings = []
    for key in keys:
        if key not in ours.progress or ours.periods.get(key, ""):
            continue
        for name, text in read.texts.get(key, {}).items():
            column = BY_NAME[name]
            if column.owner is Owner.UNIT and not shows(text, base.get(key, {}).get(name, "")):
                refuse[key, name] = "还没有报送期次"
                findings.append(NO_ROUND_YET.at(read.place(key, name), label=column.label))
    return findings


def _overwritten(
    sheet: Sheet,
    read: SheetReading,
    keys: Collection[str],
    versions: tuple[LedgerRows, LedgerRows],
    back: Collection[tuple[Sheet, str]],
) -> list[Finding]:
    """Cells of the plan or computed ones that somebody typed over: they are restored, and said."""
    findings = []
    base, ours = (version.of(sheet) for version in versions)
    for column in on(sheet):
        why = _WHY.get(column.owner)
        if why is None or column.name == "id" or column.name not in read.columns:
            continue
        for key in keys:
            if not (key in read.texts and key in base and key in ours):
                continue
            text = read.texts[key][column.name]
            was, now = base[key].get(column.name, ""), ours[key].get(column.name, "")
            if not shows(text, was) and not shows(text, now) and (text or (sheet, column.name) not in back):
                place = read.place(key, column.name)
                findings.append(NOT_YOURS.at(place, label=column.label, why=why, ours=now, theirs=text))
    return findings


def record_edits(act: Act, edits: BookEdits, questions: set[tuple[str, ...]]) -> None:
    """Turn what was decided into facts; `questions` are conflicts that were asked before."""
    for sheet, merge in edits.merges.items():
        read = edits.reading.sheets[sheet]
        for change in merge.changes:
            point_id, unit = subject_of(change.row)
            cell = facts.Cell(
                point_id,
                unit,
                change.column,
                _period(edits, change.row, change.column),
                change.after,
                "office",
                edits.base_seq,
            )
            act.add(cell, file=edits.sha, place=read.place(change.row, change.column))
        for cell_conflict in merge.conflicts:
            row, column = cell_conflict.row, cell_conflict.column
            question = cell_question(cell_conflict, _period(edits, row, column))
            if question_of(question) not in questions:
                questions.add(question_of(question))
                question = replace(question, conflict=act.mint("C"))
                act.add(question, file=edits.sha, place=read.place(row, column))


def _period(edits: BookEdits, row: str, column: str) -> str:
    return edits.periods.get(row, "") if BY_NAME[column].per_round else ""
