"""工作台账.xlsx both ways: what the office edited goes into the ledger, what is new goes into the workbook.

    1. absent: it is laid out complete
    2. there: what was edited since the revision that it carries is joined to the ledger (`steps.edits`), and recorded
       in one act
    3. its cells are brought up to date where they stand, new rows go below the last one

The base of the join is the workbook as it was laid out at its revision: a function of the facts up to then. A
revision is recorded before its file is written. Killed in between, the file still carries the older revision
and is joined to that; the next run writes the same bytes again and records nothing. What is open or was changed
meanwhile is left untouched, and the new version is laid beside it.

A cell that may not be used (a wrong word, a spoiled number) is left as it is. A cell that two sides changed
shows the ledger's text; both stand in 待核对事项清单.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tracker import facts
from tracker.columns import BY_NAME, ColumnKind, Sheet, on
from tracker.files.guard import read_bytes
from tracker.files.safe import WriteResult, WriteState, safe_write
from tracker.formats.books import (
    LEDGER_NOTE,
    LEDGER_SHEETS,
    LedgerReading,
    SheetReading,
    as_day,
    height_for,
    lay_out_ledger,
    lines_in,
    read_ledger_book,
)
from tracker.formats.patch import Append, Edit, Fit, describe, patch
from tracker.grid import Source, Value
from tracker.problems.base import Exit, Finding
from tracker.problems.returns import (
    NO_MARK,
    ROWS_GONE,
    ROWS_RETIRED,
    ForeignLedger,
    NoPlanYet,
    UnknownRevision,
)
from tracker.reading.lists import IDENTITY_SHEET
from tracker.rules.office import Office
from tracker.rules.progress import ledger_rows, subject_of
from tracker.steps.adjustments import take_in_adjustments
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, Past, keep_original, open_desk
from tracker.steps.edits import (
    BookEdits,
    absent_columns,
    join_workbook,
    record_edits,
    remember_absent,
    take_typed,
)
from tracker.steps.init import add_new_settings
from tracker.steps.register import take_in_register
from tracker.steps.return_lists import question_of, refresh_reporting, write_questions
from tracker.steps.today import warning
from tracker.table import LedgerRows

LeftAlone = Collection[tuple[Sheet, str, str]]


def has_news(reading: LedgerReading, rows: LedgerRows, left_alone: LeftAlone, warning: str = "") -> bool:
    """Whether the workbook lacks anything."""
    return any(True for _ in (*_edits(reading, rows, left_alone), *_warning_edits(reading, warning))) or any(
        True for sheet, read in reading.sheets.items() for _ in _new_rows(read, rows.of(sheet))
    )


def changed_book(
    data: bytes,
    reading: LedgerReading,
    rows: LedgerRows,
    left_alone: LeftAlone,
    *,
    office: str,
    revision: int,
    warning: str = "",
) -> bytes:
    """The workbook with its cells brought up to date, new rows at the end, and its revision.

    `warning` takes the place of the line above the head of 任务事项, and gives it back when it is empty.

    Raises:
        CannotPatch: A change cannot be made without harm; nothing is changed then.
    """
    edits = [*_edits(reading, rows, left_alone), *_warning_edits(reading, warning)]
    if reading.revision:
        edits.append(Edit(IDENTITY_SHEET, 1, 1, str(revision)))
    parts = {part.name: part for part in describe(data)}
    appends = []
    fits = []
    for sheet, read in reading.sheets.items():
        heights = {key: _height(sheet, cells) for key, cells in rows.of(sheet).items()}
        fits += [Fit(read.name, row, heights[key]) for key, row in read.rows.items() if key in heights]
        new_rows = list(_new_rows(read, rows.of(sheet)))
        if new_rows:
            tables = {name for name, _ in parts[read.name].tables} if read.name in parts else set()
            table = LEDGER_SHEETS[sheet] if LEDGER_SHEETS[sheet] in tables else ""
            appends.append(
                Append(
                    read.name,
                    tuple(values for _, values in new_rows),
                    like=max(read.rows.values(), default=None),
                    table=table,
                    heights=tuple(heights[key] for key, _ in new_rows),
                )
            )
    return patch(data, edits, appends, fits)


def _warning_edits(reading: LedgerReading, warning: str) -> Iterator[Edit]:
    for read in reading.sheets.values():
        text = warning or LEDGER_NOTE
        if read.note is not None and read.note.text != text:
            yield Edit(read.name, read.note.row, read.note.column, text)


def _height(sheet: Sheet, cells: Mapping[str, str]) -> float:
    """How high a row has to be to show its longest text, at the width the columns were born with."""
    return height_for(max(lines_in(cells.get(column.name, ""), column.width) for column in on(sheet)))


def _edits(reading: LedgerReading, rows: LedgerRows, left_alone: LeftAlone) -> Iterator[Edit]:
    for sheet, read in reading.sheets.items():
        sheet_rows = rows.of(sheet)
        for key, row in read.rows.items():
            if key not in sheet_rows:
                continue
            for name, number in read.columns.items():
                if name == "key" or (sheet, key, name) in left_alone:
                    continue
                text = sheet_rows[key].get(name, "")
                if text != read.cells[key][name].text:
                    yield Edit(read.name, row, number, _value(name, text))


def _new_rows(
    read: SheetReading, rows: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, tuple[Value, ...]]]:
    width = max(read.columns.values(), default=-1) + 1
    for key, cells in rows.items():
        if key in read.rows or key in read.twice:
            continue
        row: list[Value] = [None] * width
        for name, number in read.columns.items():
            row[number] = key if name == "key" else _value(name, cells.get(name, ""))
        yield key, tuple(row)


def _value(name: str, text: str) -> Value:
    if not text:
        return None
    day = as_day(text) if BY_NAME[name].kind is ColumnKind.DATE else None
    return day.date() if day else text


NAME = "工作台账.xlsx"
PATH = ("台账", NAME)


@dataclass
class _SyncRun:
    """What a run tells."""

    findings: list[Finding] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    applied_cells: int = 0
    conflicts: int = 0
    write_result: WriteResult | None = None


def sync(call: Call) -> Result:
    """Bring the workbook and the ledger together."""
    with open_desk(call) as desk:
        office, unclear = take_in_register(desk)
        if not office.plans:
            raise NoPlanYet
        newer = add_new_settings(desk)
        run = _SyncRun(lines=list(newer.lines), findings=[*desk.findings, *unclear, *newer.findings])
        intake = take_in_adjustments(desk)
        run.findings += intake.findings
        if intake.count:
            run.lines.append(f"事项调整：记入{intake.count}条。")
            office = desk.office()
        path = desk.folder.path(*PATH)
        if not path.exists():
            _create(desk, office, path, run)
            return _result(desk, run)
        data = path.read_bytes()
        source = read_bytes(data, NAME)
        reading = read_ledger_book(source, _keys(office))
        run.findings += reading.findings
        absent = absent_columns(office, reading, NAME)
        run.findings += absent.findings
        typed_rows = take_typed(desk, office, reading, source, data)
        run.findings += typed_rows.findings
        run.lines += [
            f"临时交办已列入 {point_id}：{text[:30]}" for point_id, text in typed_rows.new_points.items()
        ]
        if typed_rows.new_points and not call.dry_run:
            office = desk.office()
        reading = typed_rows.reading
        base = _base(desk, office, reading, source, run)
        edits = join_workbook(reading, base, rows_of(desk, office), source.sha256, absent.back)
        run.findings += [finding for sheet in reading.sheets.values() for finding in sheet.findings]
        run.findings += edits.findings
        run.applied_cells = sum(len(merge.changes) for merge in edits.merges.values())
        run.conflicts = sum(len(merge.conflicts) for merge in edits.merges.values())
        if call.dry_run:
            return _result(desk, run)
        if edits.has_news:
            _take(desk, source, data, edits)
            office = desk.office()
        _bring_up_to_date(desk, office, path, data, reading, edits, run)
        beside = run.write_result is not None and run.write_result.state is WriteState.BESIDE
        remember_absent(desk, absent, NAME, is_written=not beside)
        write_questions(desk, desk.office())
        refresh_reporting(desk, desk.office())
        return _result(desk, run)


def rows_of(desk: Desk, office: Office, day: dt.date | None = None) -> LedgerRows:
    """The rows of the workbook as they ought to be on a day; None is today."""
    thresholds = desk.settings.thresholds
    return ledger_rows(office, today=day or desk.today, calendar=desk.calendar, thresholds=thresholds)


def _keys(office: Office) -> dict[tuple[str, str], str]:
    return {
        (point.id, office.name_of(unit)): f"{point.id}|{unit}"
        for plan in office.plans.values()
        for point in plan.points
        for unit in point.units()
    }


def _create(desk: Desk, office: Office, path: Path, run: _SyncRun) -> None:
    rows = rows_of(desk, office)
    n = len(rows.points)
    run.lines.append(f"台账还没有，{'将' if desk.call.dry_run else '已'}新建：{n}项任务事项。")
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
    data = _at_revision(desk, office, laid_out)
    run.write_result = safe_write(path, data, now=desk.call.now)


def _base(
    desk: Desk, office: Office, reading: LedgerReading, source: Source, run: _SyncRun
) -> tuple[LedgerRows, facts.SheetWritten | None]:
    """The workbook as it was written at the revision that it carries."""
    if reading.office and reading.office != desk.folder.office:
        raise ForeignLedger(file=source.name)
    entries = {
        entry.fact.revision: entry
        for entry in desk.ledger.entries(facts.SheetWritten)
        if entry.fact.workbook == NAME
    }
    if reading.revision and reading.revision not in entries:
        raise UnknownRevision(file=source.name, revision=reading.revision)
    if not reading.revision:
        run.findings.append(NO_MARK.at(source.name))
    revision = reading.revision or max(entries, default=0)
    if not revision:
        return LedgerRows({}, {}, {}), None
    entry = entries[revision]
    when = {act.no: act.recorded_at.date() for act in desk.ledger.acts()}
    past = Past(desk.ledger).office(entry.fact.base_seq)
    return rows_of(desk, past, when[entry.act]), entry.fact


def _take(desk: Desk, source: Source, data: bytes, edits: BookEdits) -> None:
    """Keep the workbook as the office saved it, and record what it changed."""
    with desk.act("sync") as act:
        questions = {question_of(entry.fact) for entry in desk.ledger.entries(facts.Conflict)}
        keep_original(desk, act, data, NAME, source.sha256)
        record_edits(act, edits, questions)


def _bring_up_to_date(
    desk: Desk,
    office: Office,
    path: Path,
    data: bytes,
    reading: LedgerReading,
    edits: BookEdits,
    run: _SyncRun,
) -> None:
    rows = rows_of(desk, office)
    last = office.sheets.get(NAME)
    run.findings += _row_findings(reading, rows, edits)
    warning_text = warning(desk, office)
    news = has_news(reading, rows, edits.left_alone, warning_text)
    if not news and last and reading.revision == last.revision:
        # Says unchanged, and clears what was laid beside it while it was open.
        run.write_result = safe_write(path, data, now=desk.call.now)
        return
    new = _at_revision(
        desk,
        office,
        lambda revision: changed_book(
            data,
            reading,
            rows,
            edits.left_alone,
            office=desk.folder.office,
            revision=revision,
            warning=warning_text,
        ),
    )
    expect = hashlib.sha256(data).hexdigest()
    run.write_result = safe_write(path, new, expect=expect, now=desk.call.now)


def _at_revision(desk: Desk, office: Office, laid_out: Callable[[int], bytes]) -> bytes:
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


def _row_findings(reading: LedgerReading, rows: LedgerRows, edits: BookEdits) -> list[Finding]:
    findings = []
    for sheet, read in reading.sheets.items():
        sheet_rows = rows.of(sheet)
        missing_keys = [key for key in sheet_rows if key in edits.base.of(sheet) and key not in read.rows]
        missing_keys = [key for key in missing_keys if key not in read.twice]
        if missing_keys:
            findings.append(ROWS_GONE.at(read.name, n=len(missing_keys), some=_some(missing_keys)))
        retired_keys = [key for key in read.rows if key not in sheet_rows and key in edits.base.of(sheet)]
        if retired_keys:
            findings.append(ROWS_RETIRED.at(read.name, n=len(retired_keys), some=_some(retired_keys)))
    return findings


def _some(keys: list[str]) -> str:
    examples = "、".join(dict.fromkeys(subject_of(key)[0] for key in keys[:5]))
    return examples + ("…" if len(keys) > 5 else "")


def _result(desk: Desk, run: _SyncRun) -> Result:
    lines = [str(finding) for finding in run.findings] + run.lines
    if run.applied_cells:
        verb = "将采用" if desk.call.dry_run else "已采用"
        lines.append(f"{verb}您在台账里改的{run.applied_cells}格。")
    if run.conflicts:
        lines.append(f"有{run.conflicts}格两边都改过，已列入《待核对事项清单》，台账暂保持原内容。")
    exit_ = Exit.DONE
    if run.write_result is not None:
        if run.write_result.state is WriteState.BESIDE:
            lines.append(f"{run.write_result.why}新版在旁边：{run.write_result.path.name}")
            exit_ = Exit.PARTLY
        if run.write_result.leftovers:
            names = "、".join(path.name for path in run.write_result.leftovers)
            lines.append(f"先前放在旁边的新版有人改过，没有删除：{names}。请核对后自行处理。")
        if run.write_result.state is WriteState.WRITTEN:
            lines.append("台账已更新：台账/工作台账.xlsx。")
        elif run.write_result.state is WriteState.UNCHANGED:
            lines.append("台账已是最新，没有改动。")
    data = {
        "applied": run.applied_cells,
        "conflicts": run.conflicts,
        "state": str(run.write_result.state) if run.write_result else "",
        "findings": [
            {"code": finding.code, "place": finding.place, "message": finding.message}
            for finding in run.findings
        ],
    }
    return Result(tuple(lines), data, exit_)
