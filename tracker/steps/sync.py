"""工作台账.xlsx both ways: what the office edited goes into the ledger, what is new goes into the workbook.

    1. absent: it is laid out complete
    2. there: what was edited since the revision that it carries is joined to the ledger, and recorded in one act
    3. its cells are brought up to date where they stand, new rows go below the last one

The base of the join is the workbook as it was laid out at its revision: a function of the facts up to then. A
revision is recorded before its file is written. Killed in between, the file still carries the older revision
and is joined to that; the next run writes the same bytes again and records nothing. What is open or was changed
meanwhile is left untouched, and the new version is laid beside it.

A cell that may not be used (a wrong word, a spoiled number) is left as it is. A cell that two sides changed
shows the ledger's text; both stand in 待核对事项清单.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path

from tracker import facts
from tracker.files.guard import read_bytes
from tracker.files.safe import State
from tracker.files.safe import Written
from tracker.files.safe import safe_write
from tracker.files.workbooks.ledger_book import lay_out_ledger
from tracker.grid import Source
from tracker.problems import Exit
from tracker.problems import Finding
from tracker.problems import handing
from tracker.problems import syncing
from tracker.reading.sheets.ledger_sheet import LedgerReading
from tracker.reading.sheets.ledger_sheet import read_ledger_book
from tracker.rules.progress.ledger_rows import LedgerRows
from tracker.rules.progress.ledger_rows import ledger_rows
from tracker.rules.progress.ledger_rows import subject_of
from tracker.rules.state import Office
from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.chasing import adjusting
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.entering.typed_items import take_typed
from tracker.steps.forms.questions import write_questions
from tracker.steps.forms.reported_page import refresh_page
from tracker.steps.past import Past
from tracker.steps.syncing.absent_columns import absent_columns
from tracker.steps.syncing.absent_columns import remember_absent
from tracker.steps.syncing.join import Edited
from tracker.steps.syncing.join import edited
from tracker.steps.syncing.join import record
from tracker.steps.syncing.newer_settings import complete_settings
from tracker.steps.syncing.write import changed_book
from tracker.steps.syncing.write import has_news
from tracker.steps.timing.watch import warning

NAME = "工作台账.xlsx"
PATH = ("台账", NAME)


@dataclass
class _Said:
    """What a run tells."""

    findings: list[Finding] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    applied: int = 0
    conflicts: int = 0
    written: Written | None = None


def sync(call: Call) -> Answer:
    """Bring the workbook and the ledger together."""
    with open_desk(call) as desk:
        office = desk.office()
        if not office.plans:
            raise handing.NoPlanYet
        newer = complete_settings(desk)
        said = _Said(lines=list(newer.lines), findings=[*desk.findings, *newer.findings])
        adjusted = adjusting.take_in(desk)
        said.findings += adjusted.findings
        if adjusted.recorded:
            said.lines.append(f"事项调整：记入{adjusted.recorded}条。")
            office = desk.office()
        path = desk.folder.path(*PATH)
        if not path.exists():
            _create(desk, office, path, said)
            return _answer(desk, said)
        data = path.read_bytes()
        source = read_bytes(data, NAME)
        reading = read_ledger_book(source, _keys(office))
        said.findings += reading.findings
        absent = absent_columns(office, reading, NAME)
        said.findings += absent.findings
        typed = take_typed(desk, office, reading, source, data)
        said.findings += typed.findings
        said.lines += [f"临时交办已列入 {wp}：{text[:30]}" for wp, text in typed.recorded.items()]
        if typed.recorded and not call.dry_run:
            office = desk.office()
        reading = typed.reading
        base = _base(desk, office, reading, source, said)
        found = edited(reading, base, rows_of(desk, office), source.sha256, absent.back)
        said.findings += [each for sheet in reading.sheets.values() for each in sheet.findings]
        said.findings += found.findings
        said.applied = sum(len(joined.applied) for joined in found.joined.values())
        said.conflicts = sum(len(joined.conflicts) for joined in found.joined.values())
        if call.dry_run:
            return _answer(desk, said)
        if found.has_news:
            _take(desk, source, data, found)
            office = desk.office()
        _bring_up_to_date(desk, office, path, data, reading, found, said)
        beside = said.written is not None and said.written.state is State.BESIDE
        remember_absent(desk, absent, NAME, written=not beside)
        write_questions(desk, desk.office())
        refresh_page(desk, desk.office())
        return _answer(desk, said)


def rows_of(desk: Desk, office: Office) -> LedgerRows:
    """The rows of the workbook as they ought to be today."""
    thresholds = desk.settings.thresholds
    return ledger_rows(office, today=desk.today, calendar=desk.calendar, thresholds=thresholds)


def _keys(office: Office) -> dict[tuple[str, str], str]:
    return {
        (point.id, office.name_of(unit)): f"{point.id}|{unit}"
        for plan in office.plans.values()
        for point in plan.points
        for unit in point.units()
    }


def _create(desk: Desk, office: Office, path: Path, said: _Said) -> None:
    rows = rows_of(desk, office)
    n = len(rows.points)
    said.lines.append(f"台账还没有，{'将' if desk.call.dry_run else '已'}新建：{n}项任务事项。")
    if desk.call.dry_run:
        return

    def laid_out(revision: int) -> bytes:
        return lay_out_ledger(
            rows,
            office=desk.folder.office,
            revision=revision,
            office_name=desk.settings.text("office_name"),
            warning=warning(desk, office),
        )

    path.parent.mkdir(parents=True, exist_ok=True)
    data = _revised(desk, office, laid_out)
    said.written = safe_write(path, data, now=desk.call.now)


def _base(
    desk: Desk, office: Office, reading: LedgerReading, source: Source, said: _Said
) -> tuple[LedgerRows, facts.SheetWritten | None]:
    """The workbook as it was written at the revision that it carries."""
    if reading.office and reading.office != desk.folder.office:
        raise syncing.ForeignLedger(file=source.name)
    entries = {
        entry.fact.revision: entry
        for entry in desk.ledger.entries(facts.SheetWritten)
        if entry.fact.workbook == NAME
    }
    if reading.revision and reading.revision not in entries:
        raise syncing.UnknownRevision(file=source.name, revision=reading.revision)
    if not reading.revision:
        said.findings.append(syncing.NO_MARK.at(source.name))
    revision = reading.revision or max(entries, default=0)
    if not revision:
        return LedgerRows({}, {}, {}), None
    entry = entries[revision]
    when = {act.no: act.recorded_at.date() for act in desk.ledger.acts()}
    past = Past(desk.ledger).office(entry.fact.base_seq)
    thresholds = desk.settings.thresholds
    rows = ledger_rows(past, today=when[entry.act], calendar=desk.calendar, thresholds=thresholds)
    return rows, entry.fact


def _take(desk: Desk, source: Source, data: bytes, found: Edited) -> None:
    """Keep the workbook as the office saved it, and record what it changed."""
    desk.folder.keep(data, NAME)
    with desk.act("sync") as act:
        known: set[tuple[str, ...]] = {
            (each.subject, each.unit, each.field, each.period, each.ours, each.theirs)
            for each in (entry.fact for entry in desk.ledger.entries(facts.Conflict))
        }
        if source.sha256 not in act.office().files:
            act.add(facts.File(source.sha256, NAME, "本办", desk.call.now), file=source.sha256)
        record(act, found, known)


def _bring_up_to_date(
    desk: Desk,
    office: Office,
    path: Path,
    data: bytes,
    reading: LedgerReading,
    found: Edited,
    said: _Said,
) -> None:
    rows = rows_of(desk, office)
    last = office.sheets.get(NAME)
    said.findings += _gone(reading, rows, found)
    told = warning(desk, office)
    news = has_news(reading, rows, found.left_alone, told)
    if not news and last and reading.revision == last.revision:
        # Says unchanged, and clears what was laid beside it while it was open.
        said.written = safe_write(path, data, now=desk.call.now)
        return
    new = _revised(
        desk,
        office,
        lambda revision: changed_book(
            data,
            reading,
            rows,
            found.left_alone,
            office=desk.folder.office,
            revision=revision,
            warning=told,
        ),
    )
    expect = hashlib.sha256(data).hexdigest()
    said.written = safe_write(path, new, expect=expect, now=desk.call.now)


def _revised(desk: Desk, office: Office, laid_out: Callable[[int], bytes]) -> bytes:
    """The bytes at their revision: the last one if they are what it was, else a new one, recorded first."""
    last = office.sheets.get(NAME)
    if last is not None:
        data = laid_out(last.revision)
        if hashlib.sha256(data).hexdigest() == last.sha:
            return data
    revision = last.revision + 1 if last else 1
    data = laid_out(revision)
    with desk.act("sync") as act:
        base_seq = act.row.first_seq - 1
        act.add(facts.SheetWritten(NAME, revision, base_seq, hashlib.sha256(data).hexdigest()))
    return data


def _gone(reading: LedgerReading, rows: LedgerRows, found: Edited) -> list[Finding]:
    findings = []
    for sheet, read in reading.sheets.items():
        wanted = rows.of(sheet)
        gone = [key for key in wanted if key in found.base.of(sheet) and key not in read.rows]
        gone = [key for key in gone if key not in read.twice]
        if gone:
            findings.append(syncing.ROWS_GONE.at(read.name, n=len(gone), some=_some(gone)))
        retired = [key for key in read.rows if key not in wanted and key in found.base.of(sheet)]
        if retired:
            findings.append(syncing.ROWS_RETIRED.at(read.name, n=len(retired), some=_some(retired)))
    return findings


def _some(keys: list[str]) -> str:
    shown = "、".join(dict.fromkeys(subject_of(key)[0] for key in keys[:5]))
    return shown + ("…" if len(keys) > 5 else "")


def _answer(desk: Desk, said: _Said) -> Answer:
    lines = [str(each) for each in said.findings] + said.lines
    if said.applied:
        verb = "将采用" if desk.call.dry_run else "已采用"
        lines.append(f"{verb}您在台账里改的{said.applied}格。")
    if said.conflicts:
        lines.append(f"有{said.conflicts}格两边都改过，已列入《待核对事项清单》，台账暂保持原内容。")
    exit_ = Exit.DONE
    if said.written is not None:
        if said.written.state is State.BESIDE:
            lines.append(f"{said.written.why}新版在旁边：{said.written.path.name}")
            exit_ = Exit.PARTLY
        if said.written.left:
            names = "、".join(each.name for each in said.written.left)
            lines.append(f"先前放在旁边的新版有人改过，没有删除：{names}。请核对后自行处理。")
        if said.written.state is State.WRITTEN:
            lines.append("台账已更新：台账/工作台账.xlsx。")
        elif said.written.state is State.UNCHANGED:
            lines.append("台账已是最新，没有改动。")
    data = {
        "applied": said.applied,
        "conflicts": said.conflicts,
        "state": str(said.written.state) if said.written else "",
        "findings": [
            {"code": each.code, "place": each.place, "message": each.message} for each in said.findings
        ],
    }
    return Answer(tuple(lines), data, exit_)
