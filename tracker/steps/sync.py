"""工作台账.xlsx both ways: what the office edited goes into the ledger, what is new goes into the workbook.

    1. absent: it is laid out complete
    2. there: what was edited since the revision that it carries is joined to the ledger (`steps.edits`), and recorded
       in one act
       (a workbook that is as it was left is not opened: `steps.edits`)
    3. its cells are brought up to date where they stand, new rows go below the last one, and below what the office
       wrote there; a row whose item the plan dropped, or whose unit answers no more, is greyed and told once

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
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path

from tracker import facts
from tracker.columns import BY_NAME, ColumnKind, Sheet, on
from tracker.files.folders import MATERIAL, REPORTS
from tracker.files.live import OfficeBook, office_book
from tracker.files.safe import WriteResult, WriteState, safe_write
from tracker.formats.books import (
    IDENTITY_SHEET,
    LEDGER_NOTE,
    LEDGER_SHEETS,
    LedgerReading,
    SheetReading,
    as_day,
    height_for,
    laid_out_reading,
    lay_out_ledger,
    lines_in,
    read_ledger_book,
)
from tracker.formats.patch import Append, Edit, Fit, describe, patch
from tracker.grid import Value
from tracker.printable import is_long
from tracker.problems.base import Exit, Finding, once
from tracker.problems.returns import (
    LONG_CELLS,
    NO_MARK,
    ROWS_BELOW_OWN,
    ROWS_GONE,
    ROWS_RETIRED,
    ROWS_WITH_TEXT,
    ForeignLedger,
    NoPlanYet,
    UnknownRevision,
)
from tracker.rules.office import Office
from tracker.rules.progress import editable, ledger_rows, subject_of
from tracker.steps.adjustments import take_in_adjustments
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, Past, keep_original, open_desk
from tracker.steps.edits import (
    BookEdits,
    KnownBook,
    UnequalKeys,
    absent_columns,
    join_workbook,
    recall,
    record_edits,
    remember,
    remember_absent,
    shows,
    unequal_rows,
)
from tracker.steps.init import add_new_settings
from tracker.steps.news import evidence, keep
from tracker.steps.register import take_in_register
from tracker.steps.return_lists import question_of, refresh_reporting, write_questions
from tracker.table import LedgerRows, Rows
from tracker.values import dataclass, uncollected

LeftAlone = Collection[tuple[Sheet, str, str]]
# Rows that nobody answers for any more, by identity, with what 亮灯 says of them from now on.
DroppedRows = Mapping[Sheet, Mapping[str, str]]
_CANCELLED_ROW, _FORMER_ROW = "灰 已取消", "灰 不再承担"


@dataclass(frozen=True)
class BookNews:
    """What the workbook lacks: new texts of its cells by row identity, new rows, and the line above the head."""

    cells: Mapping[Sheet, Mapping[str, tuple[Edit, ...]]]
    rows: Mapping[Sheet, Mapping[str, tuple[Value, ...]]]
    notes: tuple[Edit, ...]
    grey: tuple[Edit, ...] = ()

    @property
    def values(self) -> Iterator[tuple[str, Iterable[Value]]]:
        """What is written into each row."""
        for sheet, cells in self.cells.items():
            yield from ((key, [edit.value for edit in edits]) for key, edits in cells.items())
            yield from self.rows[sheet].items()

    def __bool__(self) -> bool:
        return bool(self.notes or self.grey) or any(self.cells.values()) or any(self.rows.values())


def book_news(
    reading: LedgerReading,
    rows: LedgerRows,
    keys: UnequalKeys,
    left_alone: LeftAlone,
    warning: str = "",
    old_rows: DroppedRows | None = None,
) -> BookNews:
    """What the workbook lacks of `rows`; all of it stands in the rows of `keys`.

    `old_rows` are rows that it has and should show in grey. `warning` takes the place of the line above the head of 任务事项, and gives it back when it is empty.
    """
    cells: dict[Sheet, dict[str, tuple[Edit, ...]]] = {}
    new: dict[Sheet, dict[str, tuple[Value, ...]]] = {}
    for sheet, read in reading.sheets.items():
        cells[sheet], new[sheet] = {}, {}
        for key in keys[sheet]:
            row = rows.of(sheet).get(key)
            if row is None or key in read.twice:
                continue
            if key not in read.rows:
                new[sheet][key] = _new_row(read, key, row)
            elif edits := tuple(_edits(sheet, read, key, row, left_alone)):
                cells[sheet][key] = edits
    grey = tuple(
        Edit(read.name, read.rows[key], read.columns["light"], word)
        for sheet, read in reading.sheets.items()
        if "light" in read.columns
        for key, word in (old_rows or {}).get(sheet, {}).items()
    )
    return BookNews(cells, new, tuple(_warning_edits(reading, warning)), grey)


def changed_book(
    data: bytes, reading: LedgerReading, rows: LedgerRows, news: BookNews, *, revision: int
) -> bytes:
    """The workbook with its cells brought up to date, new rows at the end, and its revision.

    Raises:
        CannotPatch: A change cannot be made without harm; nothing is changed then.
    """
    edits = [
        *news.notes,
        *news.grey,
        *(edit for cells in news.cells.values() for row in cells.values() for edit in row),
    ]
    if reading.revision:
        edits.append(Edit(IDENTITY_SHEET, 1, 1, str(revision)))
    fits = [
        Fit(read.name, read.rows[key], _height(sheet, rows.of(sheet)[key]))
        for sheet, read in reading.sheets.items()
        for key in news.cells[sheet]
    ]
    tables = (
        {part.name: [name for name, _ in part.tables] for part in describe(data, name=NAME)}
        if any(news.rows.values())
        else {}
    )
    appends = []
    for sheet, new_rows in news.rows.items():
        read = reading.sheets[sheet]
        if new_rows:
            appends.append(
                Append(
                    read.name,
                    tuple(new_rows.values()),
                    like=max((row for key, row in read.rows.items() if key in rows.of(sheet)), default=None),
                    table=LEDGER_SHEETS[sheet] if LEDGER_SHEETS[sheet] in tables.get(read.name, ()) else "",
                    heights=tuple(_height(sheet, rows.of(sheet)[key]) for key in new_rows),
                )
            )
    return patch(data, edits, appends, fits, name=NAME)


def _warning_edits(reading: LedgerReading, warning: str) -> Iterator[Edit]:
    for read in reading.sheets.values():
        text = warning or LEDGER_NOTE
        if read.note is not None and read.note.text != text:
            yield Edit(read.name, read.note.row, read.note.column, text)


def _height(sheet: Sheet, cells: Mapping[str, str]) -> float:
    """How high a row has to be to show its longest text, at the width the columns were born with."""
    return height_for(max(lines_in(cells.get(column.name, ""), column.width) for column in on(sheet)))


def _edits(
    sheet: Sheet, read: SheetReading, key: str, row: Mapping[str, str], left_alone: LeftAlone
) -> Iterator[Edit]:
    for name, number in read.columns.items():
        text = row.get(name, "")
        if name != "key" and not shows(read.texts[key][name], text) and (sheet, key, name) not in left_alone:
            yield Edit(read.name, read.rows[key], number, _value(name, text))


def _new_row(read: SheetReading, key: str, row: Mapping[str, str]) -> tuple[Value, ...]:
    values: list[Value] = [None] * (max(read.columns.values(), default=-1) + 1)
    for name, number in read.columns.items():
        values[number] = key if name == "key" else _value(name, row.get(name, ""))
    return tuple(values)


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
    list_result: WriteResult | None = None
    memory: KnownBook | None = None


@uncollected()
def sync(call: Call) -> Result:
    """Bring the workbook and the ledger together; where it turns out that nothing was to do, remember that."""
    before = evidence(call, "sync")
    with open_desk(call) as desk:
        result = _sync(desk)
        if before and before == evidence(call, "sync") and not call.dry_run and _holds_today(desk):
            keep(desk.folder, "sync", before, result)
        return result


def _holds_today(desk: Desk) -> bool:
    """Whether the answer follows from what `steps.news` looks at, to the end of the day."""
    tonight = desk.call.now.replace(hour=23, minute=59, second=59)
    office, later = desk.office(), replace(desk, call=replace(desk.call, now=tonight))
    return not desk.settings.text("database") and warning(desk, office) == warning(later, office)


def _sync(desk: Desk) -> Result:
    call = desk.call
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
    if any(desk.folder.path(REPORTS).glob(f"{MATERIAL}*.xlsx")):
        # Imported here: hardly ever needed, and it knows the whole report.
        from tracker.steps.material import take_in_material

        material = take_in_material(desk)
        run.findings += material.findings
        if material.count:
            run.lines.append(f"起草素材表：记入{material.count}处改动。")
            office = desk.office()
    path = desk.folder.path(*PATH)
    if not path.exists():
        _create(desk, office, path, run)
        return _result(desk, run)
    call.progress(0, 4, "读取工作台账")
    book = office_book(path)
    sha = hashlib.sha256(book.data).hexdigest()
    run.memory = memory = recall(desk, sha)
    reading = memory.reading if memory else read_ledger_book(book.source, _keys(office))
    run.findings += reading.findings
    absent = absent_columns(office, reading, NAME)
    run.findings += absent.findings
    reading = _with_typed_items(desk, office, reading, book, run)
    if not call.dry_run:
        office = desk.office()
    revision = _revision(desk, reading, run)
    call.progress(1, 4, "核对工作台账")
    points = memory.concerned(desk, office) if memory else None
    rows = rows_of(desk, office, only=points)
    if memory and points is not None:
        rows = memory.with_rows(rows, points)
    keys = unequal_rows(reading, rows)
    was = _base_rows(desk, office, revision, reading, sha, (rows, keys))
    base = (was, revision.fact if revision else None)
    edits = join_workbook(reading, base, rows, keys, sha, absent.back)
    run.findings += [finding for sheet in reading.sheets.values() for finding in sheet.findings]
    run.findings += edits.findings
    run.applied_cells = sum(len(merge.changes) for merge in edits.merges.values())
    run.conflicts = sum(len(merge.conflicts) for merge in edits.merges.values())
    if call.dry_run:
        return _result(desk, run)
    call.progress(2, 4, "写入工作台账")
    if edits.has_news:
        _take(desk, book.data, edits)
        office = desk.office()
        rows = _with_changes(desk, office, rows, edits)
        keys = unequal_rows(reading, rows)
    _bring_up_to_date(desk, office, book, edits, (rows, keys), run)
    call.progress(3, 4, "整理清单")
    is_written = run.write_result is None or run.write_result.is_written
    remember_absent(desk, absent, NAME, is_written=is_written)
    run.list_result = write_questions(desk, desk.office())
    refresh_reporting(desk, desk.office())
    return _result(desk, run)


def warning(desk: Desk, office: Office) -> str:
    """What stands in the workbook while the scheduler needs somebody; empty otherwise, and where nobody schedules."""
    if not office.slots:
        return ""
    # Imported here: it knows what a whole day asks.
    from tracker.steps.today import warning

    return warning(desk, office)


def _with_typed_items(
    desk: Desk, office: Office, reading: LedgerReading, book: OfficeBook, run: _SyncRun
) -> LedgerReading:
    """The workbook, items that somebody typed into it recorded and under their numbers."""
    sheet = reading.sheets.get(Sheet.POINTS)
    if sheet is None or not sheet.rows_by_hand:
        return reading
    # Imported here: hardly ever needed, and it knows how plans are read.
    from tracker.steps.edits import take_typed

    typed_rows = take_typed(desk, office, reading, book.source, book.data)
    run.findings += typed_rows.findings
    run.lines += [
        f"临时交办已列入 {point_id}：{text[:30]}" for point_id, text in typed_rows.new_points.items()
    ]
    return typed_rows.reading


def rows_of(
    desk: Desk, office: Office, day: dt.date | None = None, only: Collection[str] | None = None
) -> LedgerRows:
    """The rows of the workbook as they ought to be on a day, of some work points or all; None is today."""
    return ledger_rows(office, desk.day_on(day or desk.today), only=only)


def _points(keys: UnequalKeys) -> set[str]:
    return {subject_of(key)[0] for some in keys.values() for key in some}


def _with_changes(desk: Desk, office: Office, rows: LedgerRows, edits: BookEdits) -> LedgerRows:
    """The rows after what the office changed was recorded: only those of the work points concerned are new."""
    points = {subject_of(change.row)[0] for merge in edits.merges.values() for change in merge.changes}
    new = rows_of(desk, office, only=points)
    return LedgerRows({**rows.points, **new.points}, {**rows.progress, **new.progress}, rows.periods)


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

    note = warning(desk, office)
    sheets = (rows.points, rows.progress)
    run.findings += _long_cells((key, row.values()) for sheet in sheets for key, row in sheet.items())

    def laid_out(revision: int) -> bytes:
        return lay_out_ledger(
            rows,
            office=desk.folder.office,
            revision=revision,
            office_name=desk.settings.text("office_name"),
            warning=note,
        )

    path.parent.mkdir(parents=True, exist_ok=True)
    data = _at_revision(desk, office, laid_out)
    run.write_result = safe_write(path, data, now=desk.call.now)
    if run.write_result.state is not WriteState.BESIDE:
        revision = desk.office().sheets[NAME].revision
        reading = laid_out_reading(rows, office=desk.folder.office, revision=revision, warning=note)
        remember(desk, reading, hashlib.sha256(data).hexdigest(), office.seq)


def _revision(desk: Desk, reading: LedgerReading, run: _SyncRun) -> facts.Entry[facts.SheetWritten] | None:
    """The revision that the workbook carries, as it was recorded; the last one where it carries none."""
    if reading.office and reading.office != desk.folder.office:
        raise ForeignLedger(file=NAME)
    entries = {
        entry.fact.revision: entry
        for entry in desk.ledger.entries(facts.SheetWritten)
        if entry.fact.workbook == NAME
    }
    if reading.revision and reading.revision not in entries:
        raise UnknownRevision(file=NAME, revision=reading.revision)
    if not reading.revision:
        run.findings.append(NO_MARK.at(NAME))
    return entries.get(reading.revision or max(entries, default=0))


def _base_rows(
    desk: Desk,
    office: Office,
    revision: facts.Entry[facts.SheetWritten] | None,
    reading: LedgerReading,
    sha: str,
    ours: tuple[LedgerRows, UnequalKeys],
) -> LedgerRows:
    """What was written into the rows that are unequal now: a function of the facts and the day of that revision."""
    rows, keys = ours
    if revision is None or not any(keys.values()):
        return LedgerRows({}, {}, {})
    if sha == revision.fact.sha and not _left_alone_before(reading, rows, keys):
        points, progress = (_texts(reading, sheet, keys) for sheet in (Sheet.POINTS, Sheet.PROGRESS))
        return LedgerRows(points, progress, {})  # nobody touched it: it says what was written
    day = next(act.recorded_at.date() for act in desk.ledger.acts() if act.no == revision.act)
    if (day, office.seq) == (desk.today, revision.seq):
        return rows  # nothing was said since
    past = Past(desk.ledger).office(revision.fact.base_seq)
    return rows_of(desk, past, day, _points(keys))


def _left_alone_before(reading: LedgerReading, rows: LedgerRows, keys: UnequalKeys) -> bool:
    """Whether an unequal row may hold what somebody typed once and nobody could use: it was left where it was."""
    refusals = {(sheet, key) for sheet, read in reading.sheets.items() for key, _ in read.refusals}
    return any(
        (sheet, key) in refusals or (sheet is Sheet.PROGRESS and not rows.periods.get(key))
        for sheet, some in keys.items()
        for key in some
    )


def _texts(reading: LedgerReading, sheet: Sheet, keys: UnequalKeys) -> Rows:
    read = reading.sheets.get(sheet)
    return {key: dict(read.texts[key]) for key in keys[sheet] if key in read.texts} if read else {}


def _take(desk: Desk, data: bytes, edits: BookEdits) -> None:
    """Keep the workbook as the office saved it, and record what it changed."""
    with desk.act("sync") as act:
        questions = {question_of(entry.fact) for entry in desk.ledger.entries(facts.Conflict)}
        keep_original(desk, act, data, NAME, edits.sha)
        record_edits(act, edits, questions)


def _bring_up_to_date(
    desk: Desk,
    office: Office,
    book: OfficeBook,
    edits: BookEdits,
    ours: tuple[LedgerRows, UnequalKeys],
    run: _SyncRun,
) -> None:
    (rows, keys), reading = ours, edits.reading
    last = office.sheets.get(NAME)
    old_rows = _dropped_rows(office, reading, rows)
    run.findings += _row_findings(reading, rows, edits, old_rows)
    news = book_news(reading, rows, keys, edits.left_alone, warning(desk, office), old_rows)
    run.findings += [*_stray_rows(reading, news), *_long_cells(news.values)]
    if not news and last and reading.revision == last.revision:
        # Says unchanged, and clears what was laid beside it while it was open.
        run.write_result = book.write(book.data, now=desk.call.now)
        if run.memory is None or run.memory.seq is None:
            _remember(desk, office, rows, edits, news, book.data, run)
        return
    new = _at_revision(
        desk,
        office,
        lambda revision: changed_book(book.data, reading, rows, news, revision=revision),
        carries=reading.revision,
    )
    run.write_result = book.write(new, now=desk.call.now)
    _remember(desk, office, rows, edits, news, new, run)


def _remember(
    desk: Desk,
    office: Office,
    rows: LedgerRows,
    edits: BookEdits,
    news: BookNews,
    data: bytes,
    run: _SyncRun,
) -> None:
    """Leave behind what the workbook says, where each row of it says what the ledger says and none was put in or taken out."""
    read = edits.reading.sheets
    is_odd = news.grey or edits.left_alone or any(news.rows.values())
    is_odd = is_odd or any(read[sheet].rows.keys() != rows.of(sheet).keys() for sheet in read)
    is_written = run.write_result is not None and run.write_result.is_written
    if is_odd or not is_written or run.findings or run.lines:
        return
    note = warning(desk, office) or LEDGER_NOTE
    sheets = {}
    for sheet, before in read.items():
        new = {
            key: {name: rows.of(sheet)[key].get(name, "") for name in before.texts[key]}
            for key in news.cells[sheet]
        }
        sheets[sheet] = replace(
            before, texts={**before.texts, **new}, note=before.note and replace(before.note, text=note)
        )
    reading = LedgerReading(desk.folder.office, desk.office().sheets[NAME].revision, sheets)
    remember(desk, reading, hashlib.sha256(data).hexdigest(), office.seq)


def _at_revision(
    desk: Desk, office: Office, laid_out: Callable[[int], bytes], *, carries: int | None = None
) -> bytes:
    """The bytes at their revision: the last one if they are what it was, else a new one, recorded first.

    What carries the last revision already, and has news, is not what that was.
    """
    last = office.sheets.get(NAME)
    if last is not None and carries != last.revision:
        data = laid_out(last.revision)
        if hashlib.sha256(data).hexdigest() == last.sha:
            return data
    revision = last.revision + 1 if last else 1
    data = laid_out(revision)
    with desk.act("sync") as act:
        base_seq = act.row.first_seq - 1
        act.add(facts.SheetWritten(NAME, revision, base_seq, hashlib.sha256(data).hexdigest()))
    return data


def _dropped_rows(office: Office, reading: LedgerReading, rows: LedgerRows) -> DroppedRows:
    """Rows of ours that the ledger has no more and that do not say so yet."""
    points = {point.id: point for point in office.points}
    old_rows: dict[Sheet, dict[str, str]] = {}
    for sheet, read in reading.sheets.items():
        words = {
            key: _CANCELLED_ROW if points[point_id].is_retired else _FORMER_ROW
            for key in read.rows
            if key not in rows.of(sheet) and (point_id := subject_of(key)[0]) in points
        }
        old_rows[sheet] = {
            key: word for key, word in words.items() if read.texts[key].get("light", "") != word
        }
    return old_rows


def _row_findings(
    reading: LedgerReading, rows: LedgerRows, edits: BookEdits, old_rows: DroppedRows
) -> list[Finding]:
    findings = []
    with_text: dict[str, str] = {}
    without: dict[str, str] = {}
    for sheet, read in reading.sheets.items():
        sheet_rows = rows.of(sheet)
        missing_keys = [key for key in sheet_rows if key in edits.base.of(sheet) and key not in read.rows]
        missing_keys = [key for key in missing_keys if key not in read.twice]
        if missing_keys:
            findings.append(ROWS_GONE.at(read.name, n=len(missing_keys), some=_some(missing_keys)))
        names = {column.name for column in editable(sheet)}
        for key in old_rows[sheet]:
            has_text = any(read.texts[key][name] for name in names & read.texts[key].keys())
            (with_text if has_text else without).setdefault(subject_of(key)[0], read.name)
    # An item has rows on both sheets: it is told once, as one with text where any of its rows has some.
    without = {point: place for point, place in without.items() if point not in with_text}
    for kind, places in ((ROWS_WITH_TEXT, with_text), (ROWS_RETIRED, without)):
        if places:
            findings.append(kind.at(next(iter(places.values())), n=len(places), some=_some([*places])))
    return findings


def _long_cells(values: Iterable[tuple[str, Iterable[Value]]]) -> list[Finding]:
    """The rows into which a text is written of which a cell holds only the beginning."""
    keys = [key for key, row in values if any(isinstance(value, str) and is_long(value) for value in row)]
    return [LONG_CELLS.at(NAME, some=_some(keys))] if keys else []


def _stray_rows(reading: LedgerReading, news: BookNews) -> list[Finding]:
    """New rows that go below what somebody wrote under the last row of ours."""
    findings = []
    for sheet, read in reading.sheets.items():
        count, last = len(news.rows[sheet]), max(read.rows.values(), default=read.head)
        if read.below is not None and read.below <= last + count:
            findings.append(ROWS_BELOW_OWN.at(read.name, n=count, row=read.below + 1))
    return findings


def _some(keys: list[str]) -> str:
    examples = "、".join(dict.fromkeys(subject_of(key)[0] for key in keys[:5]))
    return examples + ("…" if len(keys) > 5 else "")


def _result(desk: Desk, run: _SyncRun) -> Result:
    lines = [str(finding) for finding in once(run.findings)] + run.lines
    if run.applied_cells:
        verb = "将采用" if desk.call.dry_run else "已采用"
        lines.append(f"{verb}您在台账里改的{run.applied_cells}格。")
    if run.conflicts:
        lines.append(f"有{run.conflicts}格两边都改过，已列入《待核对事项清单》，台账暂保持原内容。")
    exit_ = Exit.DONE
    if run.write_result is not None:
        if not run.write_result.is_written:
            exit_ = Exit.PARTLY
        if run.write_result.leftovers:
            names = "、".join(path.name for path in run.write_result.leftovers)
            lines.append(f"先前放在旁边的新版有人改过，没有删除：{names}。请核对后自行处理。")
        if run.write_result.state is WriteState.WRITTEN:
            lines.append("台账已更新：台账/工作台账.xlsx。")
        elif run.write_result.state is WriteState.UNCHANGED:
            lines.append("台账已是最新，没有改动。")
    lines += [result.sentence for result in (run.write_result, run.list_result) if result and result.sentence]
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
