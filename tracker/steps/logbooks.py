"""登记簿 both ways: what the office wrote becomes facts, numbers and states go back into the workbooks.

    1 台账/登记簿目录.xlsx says which logbooks there are and which are on; where it is missing it is laid out as shipped
    2 for each that is on: what its workbook says beyond the ledger becomes cells, in one act for all; a row that somebody
      added gets its number; in 整改台账 what the cells mean becomes transitions (events of the row)
    3 numbers, states, stories and the rows that a logbook has beforehand are written; a workbook that is open gets its
      new version beside it

A row that was taken out of a workbook is no statement: it comes back. What a unit wrote in its form stands in the ledger
first; a cell that the office changed meanwhile, too, becomes a question. Killed between 2 and 3, the next run finds the
facts recorded and writes what is missing; that a workbook was written is recorded after it was.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from tracker import facts
from tracker.columns import ColumnKind
from tracker.files.folders import CATALOGUE
from tracker.files.guard import open_source
from tracker.files.ledger import Act
from tracker.files.safe import WriteState, safe_write, strays
from tracker.formats.books import (
    LOGBOOK_STATE,
    LOGBOOK_STORY,
    SUBJECT_LABELS,
    Catalogue,
    ListBook,
    LogbookRow,
    SpotBook,
    cell_value,
    complete_catalogue,
    lay_out_catalogue,
    lay_out_logbook,
    logbook_columns,
    read_catalogue,
    read_logbook,
    read_spot_book,
)
from tracker.formats.patch import Append, Edit, patch
from tracker.forms import FormEntry
from tracker.grid import Value
from tracker.limits import ANY_FIELD_RULES, LIMIT_RULES, is_open_government
from tracker.logbooks import (
    ANY_FIELD_LOGBOOKS,
    ANY_FIELD_SHORTCOMINGS,
    LIMIT_CASES,
    LOGBOOK_NUMBER,
    LOGBOOKS,
    SHORTCOMINGS,
    Logbook,
    LogbookScope,
)
from tracker.printable import name_for_file
from tracker.problems.base import Finding
from tracker.problems.check import ROW_REFUSED, UNKNOWN_LOGBOOK_UNIT
from tracker.problems.office import NoCalendar
from tracker.rules.check import (
    Lack,
    LogbookView,
    LogRow,
    Promptness,
    RowStand,
    ShortcomingStand,
    Transition,
    TransitionKind,
    blank_rows,
    due_of,
    form_rows,
    is_overdue,
    lacks,
    last_number,
    log_rows,
    logbook_todos,
    news_of_row,
    remark_on,
    stand_of,
    stand_of_row,
    story_of,
    unit_names_in,
)
from tracker.rules.merge import CellConflict, join
from tracker.rules.office import Office, Point
from tracker.rules.progress import Todo, began_on, letter_rules
from tracker.rules.register import Register
from tracker.rules.report import SpotCheck
from tracker.spotcheck import SpotPlan, check_items
from tracker.steps.desk import Desk, cite
from tracker.steps.register import register_of
from tracker.steps.return_lists import cell_question, question_of, write_questions
from tracker.steps.versions import Versions
from tracker.values import dataclass

_FOLDER = "台账"
SPOT_FOLDER, SPOT_BOOK = "抽查", "抽查设置.xlsx"
# What a period asks for is told so long before its end.
_AHEAD = dt.timedelta(days=45)


@dataclass(frozen=True, slots=True)
class LogbookIntake:
    """What became of the workbooks.

    Attributes:
        catalogue: Which logbooks there are.
        findings: What is wrong in them, each with its workbook.
        count: How many cells were new.
        beside: Why a workbook was left alone.
    """

    catalogue: Catalogue
    findings: tuple[Finding, ...] = ()
    count: int = 0
    beside: tuple[str, ...] = ()


def open_catalogue(desk: Desk, office: Office | None = None) -> Catalogue:
    """The catalogue as the office has it, or as it is shipped; with the rules of time that letters lay down.

    Where no plan is about 公开, what is of 政务公开 alone is off unless a person or a letter switches it on.
    """
    office = office or desk.office()
    path = desk.folder.path(_FOLDER, CATALOGUE)
    catalogue = read_catalogue(open_source(path)) if path.exists() else Catalogue((), LIMIT_RULES)
    names = {name for logbook in catalogue.logbooks for name in (logbook.code, logbook.name)}
    new = (_of_field(office, logbook) for logbook in LOGBOOKS if not names & {logbook.code, logbook.name})
    rules = catalogue.rules
    if _is_open(office) and [rule.code for rule in rules] == [rule.code for rule in ANY_FIELD_RULES]:
        # Laid out before there was a plan about 公开.
        rules = LIMIT_RULES
    rules = (*rules, *letter_rules(office))
    return replace(catalogue, logbooks=(*catalogue.logbooks, *new), rules=rules)


def _themes(office: Office) -> list[str]:
    return [plan.edition.theme for plan in office.plans.values()]


def _is_open(office: Office) -> bool:
    return is_open_government(_themes(office))


def _of_field(office: Office, logbook: Logbook) -> Logbook:
    """A shipped logbook as an office of its field has it."""
    if _is_open(office):
        return logbook
    columns = ANY_FIELD_SHORTCOMINGS if logbook is SHORTCOMINGS else logbook.columns
    return replace(logbook, is_on=logbook.is_on and _is_of_field(office, logbook), columns=columns)


def _is_of_field(office: Office, logbook: Logbook) -> bool:
    return logbook.code in ANY_FIELD_LOGBOOKS or _is_open(office)


def switch_on(desk: Desk, names: Collection[str]) -> tuple[str, ...]:
    """Switch logbooks on that a letter asks for; a line that says which."""
    catalogue = open_catalogue(desk)
    new = [logbook.name for logbook in catalogue.logbooks if logbook.name in names and not logbook.is_on]
    if not new:
        return ()
    logbooks = tuple(
        replace(logbook, is_on=logbook.is_on or logbook.name in new) for logbook in catalogue.logbooks
    )
    line = f"按来文启用登记簿 {len(new)} 个：{'、'.join(new)}；不需要的在 {_FOLDER}/{CATALOGUE} 里改为“否”。"
    if desk.call.dry_run:
        return (line,)
    return (line, *_write_catalogue(desk, replace(catalogue, logbooks=logbooks)))


def form_logbooks(
    desk: Desk, office: Office, base: Office, form: facts.Form
) -> tuple[tuple[Logbook, ...], tuple[FormEntry, ...]]:
    """The logbooks that a form shows, and the rows that stand there beforehand; `base` is what the form is made of.

    A unit that still has an earlier form out has them there.
    """
    opens = office.rounds[form.round].opens
    for other in office.forms.values():
        is_earlier = other.unit == form.unit and int(other.form[1:]) < int(form.form[1:])
        if is_earlier and office.rounds[other.round].due >= opens:
            return (), ()
    register = register_of(base, on=opens)
    logbooks = [book for book in open_catalogue(desk, office).logbooks if book.is_on and book.is_by_units]
    entries = [
        FormEntry(book.name, row.number, _requirement(base, row.subject), row.cells)
        for book in logbooks
        for row in known_entries(base, register, book, form)
    ]
    names = {entry.logbook for entry in entries}
    return tuple(book for book in logbooks if book.is_of_events or book.name in names), tuple(entries)


def _requirement(office: Office, subject: str) -> str:
    """What the work point of a row asks for; empty for a row of a unit or of something that happened."""
    return next((point.requirement for point in _points(office) if point.id == subject), "")


def _points(office: Office) -> Iterator[Point]:
    for plan in office.plans.values():
        yield from plan.live_points


def known_entries(base: Office, register: Register, logbook: Logbook, form: facts.Form) -> tuple[LogRow, ...]:
    """The rows of a logbook that a form shows beforehand."""
    rows = ((_owner(register, logbook, row), row) for row in log_rows(base.cells, logbook))
    leads = [
        point.id for point in _points(base) if point.id in form.rows and point.units()[:1] == (form.unit,)
    ]
    return form_rows(logbook, form, rows, leads)


def transitions_of(office: Office, number: str) -> tuple[Transition, ...]:
    """What has happened to a row of 整改台账."""
    return tuple(
        _transition(event) for event in office.events if event.subject == number and event.kind in _KINDS
    )


_KINDS = {kind.value: kind for kind in TransitionKind}


def _transition(event: facts.Event) -> Transition:
    data = json.loads(event.data)
    due = dt.date.fromisoformat(data["due"]) if data["due"] else None
    return Transition(_KINDS[event.kind], event.at, due, data["text"], data["evidence"])


def _event(number: str, n: int, transition: Transition) -> facts.Event:
    data = {
        "due": transition.due.isoformat() if transition.due else "",
        "text": transition.text,
        "evidence": transition.evidence,
    }
    content = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return facts.Event(number, transition.kind.value, n, transition.on, content)


@dataclass
class _Open:
    """A logbook on the desk: its workbook as read, and the number of each of its rows."""

    logbook: Logbook
    path: Path
    book: ListBook[LogbookRow] = field(default_factory=ListBook)
    numbers: dict[int, str] = field(default_factory=dict)
    conflicts: list[tuple[CellConflict, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.path.name


def keep_logbooks(desk: Desk) -> LogbookIntake:
    """Take in every logbook that is on, and bring its workbook up to date; see the steps of the module."""
    catalogue = open_catalogue(desk)
    books = [_open(desk, logbook, catalogue) for logbook in catalogue.logbooks if logbook.is_on]
    findings = list(catalogue.findings)
    count = 0
    with desk.act("logbooks") as act:
        for book in books:
            findings += [
                replace(finding, place=f"{book.name} {finding.place}".strip())
                for finding in (*book.book.findings, *strays(book.path))
            ]
            news, row_findings = _record(desk, act, book)
            count += news
            findings += row_findings
        if any(book.conflicts for book in books):
            _ask(desk, act, books)
    beside = tuple(_write_catalogue(desk, catalogue)) if not desk.call.dry_run else ()
    if not desk.call.dry_run:
        office = desk.office()
        versions: dict[str, bytes] = {}
        for book in books:
            beside += tuple(_write(desk, office, book, catalogue, versions))
        if versions:
            with desk.act("logbooks") as act:
                for name, data in versions.items():
                    Versions(desk.ledger).record(act, f"{_FOLDER}/{name}", data)
        if any(book.conflicts for book in books):
            write_questions(desk, desk.office())
    return LogbookIntake(catalogue, tuple(findings), count, beside)


# Longer names of files make paths that Windows does not open.
_LONGEST_NAME = 60


def _open(desk: Desk, logbook: Logbook, catalogue: Catalogue) -> _Open:
    path = desk.folder.path(_FOLDER, f"{name_for_file(logbook.name, _LONGEST_NAME)}.xlsx")
    book = _Open(logbook, path)
    if path.exists():
        book.book = read_logbook(open_source(path), logbook, catalogue.rules)
    return book


def _record(desk: Desk, act: Act, book: _Open) -> tuple[int, list[Finding]]:
    """Record what a workbook says beyond the ledger; how many cells were new, and what is wrong with rows."""
    office = act.office()
    rows = {row.number: row for row in log_rows(office.cells, book.logbook)}
    bases = _cells_in_book(desk, office, book)
    register = register_of(office, on=desk.today)
    findings: list[Finding] = []
    book_rows: dict[str, LogbookRow] = {}
    sha, count = "", 0
    last = last_number(rows)
    for row in book.book.rows:
        number = row.number if _is_number(book.logbook, row.number) else ""
        if not number and book.logbook.subject is LogbookScope.EVENT:
            last += 1
            number = f"{book.logbook.code}{last}"
        if not number:
            continue
        book.numbers[row.row] = number
        before = rows.get(number, LogRow(number, {}))
        ours = {label: before.cells.get(label, "") for label in row.cells}
        base = {label: bases.get((number, label), text) for label, text in ours.items()}
        merge = join({number: base}, {number: ours}, {number: row.cells})
        changes = {change.column: change.after for change in merge.changes}
        book.conflicts += [(conflict, row.places[conflict.column]) for conflict in merge.conflicts]
        if changes and not sha:
            sha = cite(desk, act, book.path, book.book.sha)
        for label, text in changes.items():
            place = row.places[label]
            act.add(
                facts.Cell(number, "", label, "", text, "office", act.row.first_seq - 1),
                file=sha,
                place=place,
            )
        count += len(changes)
        findings += [row.notes[label] for label in changes if label in row.notes]
        rows[number], book_rows[number] = LogRow(number, {**before.cells, **changes}), row
        name = unit_names_in(book.logbook, rows[number])
        if name and not register.resolve(name).unit:
            findings.append(UNKNOWN_LOGBOOK_UNIT.at(_place(book, row), text=name))
    if book.logbook.code == SHORTCOMINGS.code:
        for number, log_row in rows.items():
            place = book_rows[number].places[LOGBOOK_NUMBER] if number in book_rows else ""
            findings += _move_on(desk, act, office, log_row, sha, place)
    return count, findings


def _cells_in_book(desk: Desk, office: Office, book: _Open) -> dict[tuple[str, str], str]:
    """What a workbook shows where the ledger says something else since: in units' forms, by a decision.

    That is the cell as it was when the workbook was written, or as the office last wrote it there.
    """
    version = office.sheets.get(f"{_FOLDER}/{book.name}")
    last = version.base_seq if version else 0
    keys = {
        key: ""
        for key, cell in office.cells.items()
        if book.logbook.is_row(key[0]) and cell.origin != "office" and cell.seq > last
    }
    if not keys:
        return {}
    for entry in desk.ledger.entries(facts.Cell):
        cell = entry.fact
        key = (cell.subject, cell.unit, cell.field, cell.period)
        if key in keys and (cell.origin == "office" or entry.seq <= last):
            keys[key] = cell.value
    return {(subject, label): text for (subject, _, label, _), text in keys.items()}


def _ask(desk: Desk, act: Act, books: Iterable[_Open]) -> None:
    """Ask about cells that the office and a unit changed; the workbook goes on with the ledger's text."""
    questions = {question_of(entry.fact) for entry in desk.ledger.entries(facts.Conflict)}
    for book in books:
        for conflict, place in book.conflicts:
            question = cell_question(conflict, "")
            if question_of(question) not in questions:
                sha = cite(desk, act, book.path, book.book.sha)
                act.add(replace(question, conflict=act.mint("C")), file=sha, place=place)


def _place(book: _Open, row: LogbookRow) -> str:
    return f"{book.name} {row.places[LOGBOOK_NUMBER]}"


def _is_number(logbook: Logbook, number: str) -> bool:
    return bool(number) and logbook.is_row(number)


def open_spot_book(desk: Desk) -> SpotBook:
    """What is to be drawn, as the office says it in 抽查设置.xlsx or as it is shipped."""
    path = desk.folder.path(SPOT_FOLDER, SPOT_BOOK)
    if path.exists():
        return read_spot_book(open_source(path))
    items = check_items(_themes(desk.office()))
    return SpotBook(SpotPlan(first=desk.today, last=desk.today + dt.timedelta(days=20)), items)


def _usual_due(desk: Desk, transitions: Sequence[Transition], cells: Mapping[str, str]) -> dt.date | None:
    """The day that follows from 整改期限（工作日） of 抽查设置 for a row that is handed over without one; None otherwise."""
    if "交办日期" not in cells or "整改期限" in cells or due_of(transitions) is not None:
        return None
    try:
        return desk.calendar.add(dt.date.fromisoformat(cells["交办日期"]), open_spot_book(desk).plan.due_days)
    except NoCalendar:
        return None


def _move_on(desk: Desk, act: Act, office: Office, row: LogRow, sha: str, place: str) -> Iterator[Finding]:
    """Record what the cells of a row of 整改台账 mean; a loop that is over leaves its columns empty."""
    transitions = transitions_of(office, row.number)
    cells = {label: text for label, text in row.cells.items() if text}
    if (due := _usual_due(desk, transitions, cells)) is not None:
        cells["整改期限"] = due.isoformat()
        act.add(facts.Cell(row.number, "", "整改期限", "", due.isoformat(), "office", act.row.first_seq - 1))
    news = news_of_row(row.number, transitions, cells, desk.today)
    counts = Counter(transition.kind for transition in transitions)
    for transition in news.transitions:
        counts[transition.kind] += 1
        event = _event(row.number, counts[transition.kind], transition)
        act.add(event, file=sha if place else "", place=place)
    for label in news.spent:
        if cells.get(label):
            act.add(facts.Cell(row.number, "", label, "", "", "office", act.row.first_seq - 1))
    if news.refusal is not None:
        where = f"{SHORTCOMINGS.name}.xlsx {place}" if place else row.number
        yield ROW_REFUSED.at(where, why=str(news.refusal.args[0]).partition("[")[0])


def _write_catalogue(desk: Desk, catalogue: Catalogue) -> Iterator[str]:
    """Lay the catalogue out, or add to it what it lacks."""
    path = desk.folder.path(_FOLDER, CATALOGUE)
    office = desk.office()
    logbooks = [book for book in catalogue.logbooks if book.is_on or _is_of_field(office, book)]
    if not path.exists():
        rules = LIMIT_RULES if _is_open(office) else ANY_FIELD_RULES
        path.parent.mkdir(parents=True, exist_ok=True)
        result = safe_write(path, lay_out_catalogue(logbooks, rules), now=desk.call.now)
    else:
        edits, appends = complete_catalogue(open_source(path), logbooks)
        if not edits and not appends:
            return
        data = patch(path.read_bytes(), edits, appends, name=path.name)
        result = safe_write(path, data, expect=catalogue.sha, now=desk.call.now)
    if result.state is WriteState.BESIDE:
        yield result.why


def _write(
    desk: Desk, office: Office, book: _Open, catalogue: Catalogue, versions: dict[str, bytes]
) -> Iterator[str]:
    """Write what the program has to say in a workbook: numbers, states, stories, what units wrote; `versions` is what was written."""
    rows = log_rows(office.cells, book.logbook)
    rows += blank_rows(book.logbook, _subjects(office, book.logbook), rows)
    values = {row.number: _values(desk, office, book.logbook, row, catalogue) for row in rows}
    if not book.path.exists():
        data = lay_out_logbook(book.logbook, list(values.values()))
        result = safe_write(book.path, data, now=desk.call.now)
    else:
        if not book.book.sheet:
            return  # its head is gone: told, and left as it is
        edits = list(_edits(book, values, {row.number: row for row in rows}))
        appends = list(_appends(book, values))
        if not edits and not appends:
            return
        columns, changed_lines = logbook_columns(book.logbook), {edit.row for edit in edits}
        fits = [
            book.book.fit(line, columns, values[number])
            for line, number in book.numbers.items()
            if line in changed_lines
        ]
        data = patch(book.path.read_bytes(), edits, appends, fits, name=book.path.name)
        result = safe_write(book.path, data, expect=book.book.sha, now=desk.call.now)
    if result.state is WriteState.BESIDE:
        yield result.why
    else:
        versions[book.name] = data


def _subjects(office: Office, logbook: Logbook) -> Sequence[str]:
    if logbook.subject is LogbookScope.UNIT:
        return [unit.unit for unit in office.units.values() if not unit.is_retired]
    return [point.id for point in _points(office)]


def _values(
    desk: Desk, office: Office, logbook: Logbook, row: LogRow, catalogue: Catalogue
) -> dict[str, Value]:
    """A row of the workbook by head."""
    state, story = _state(desk, office, logbook, row, catalogue)
    values: dict[str, Value] = {
        column.label: cell_value(column, row.cells.get(column.label, "")) for column in logbook.columns
    }
    if logbook.subject is not LogbookScope.EVENT:
        values[SUBJECT_LABELS[logbook.subject]] = _subject_name(desk, office, row.subject)
    return {LOGBOOK_NUMBER: row.number, **values, LOGBOOK_STATE: state or None, LOGBOOK_STORY: story or None}


def _subject_name(desk: Desk, office: Office, subject: str) -> str:
    if subject in office.units:
        return office.name_of(subject, desk.today)
    return office.point(subject).requirement


def _state(
    desk: Desk, office: Office, logbook: Logbook, row: LogRow, catalogue: Catalogue
) -> tuple[str, str]:
    if logbook.code == SHORTCOMINGS.code:
        transitions = transitions_of(office, row.number)
        stand = stand_of(transitions)
        late = "，已逾期" if is_overdue(transitions, desk.today) else ""
        return (stand.label + late if stand else ""), story_of(transitions)
    label = row_stand(desk, office, logbook, row, catalogue).label
    return "；".join(filter(None, (label, remark_on(logbook, row)))), ""


def row_stand(desk: Desk, office: Office, logbook: Logbook, row: LogRow, catalogue: Catalogue) -> RowStand:
    """How a row of any logbook but 整改台账 stands now."""
    days = [plan.edition.issued_on for plan in office.plans.values() if plan.edition.issued_on]
    now = desk.call.now.replace(tzinfo=None)
    return stand_of_row(logbook, row, catalogue.rules, desk.calendar, now, issued_on=max(days, default=None))


def look_over(desk: Desk, office: Office, catalogue: Catalogue) -> LogbookView:
    """Every logbook that is on, as the ledger has it, with the unit that each row counts for."""
    register = register_of(office, on=desk.today)
    units = [unit.unit for unit in office.units.values() if not unit.is_retired]
    rows: dict[str, list[tuple[str, LogRow, RowStand]]] = {}
    gaps: list[Lack] = []
    soon: list[Lack] = []
    # The year that is worked on: in January that is still the plan's.
    years = [plan.edition.year for plan in office.plans.values() if plan.edition.year <= desk.today.year]
    year = max(years, default=desk.today.year)
    began = min(filter(None, (began_on(office, plan) for plan in office.plans)), default=None)
    logbooks = tuple(logbook for logbook in catalogue.logbooks if logbook.is_on)
    for logbook in logbooks:
        rows[logbook.name] = [
            (_owner(register, logbook, row), row, row_stand(desk, office, logbook, row, catalogue))
            for row in log_rows(office.cells, logbook)
        ]
        owners = [(unit, row) for unit, row, _ in rows[logbook.name]]
        # Without a column of units it is the office that a period asks.
        bodies = units if logbook.column(ColumnKind.UNIT) else [""]
        gaps += lacks(logbook, owners, bodies, year, desk.today, began)
        soon += lacks(logbook, owners, bodies, year, desk.today + _AHEAD, began)
    transitions = {
        row.number: transitions_of(office, row.number) for _, row, _ in rows.get(SHORTCOMINGS.name, ())
    }
    return LogbookView(
        logbooks, rows, gaps, [lack for lack in soon if lack not in gaps], transitions, catalogue.rules
    )


def _owner(register: Register, logbook: Logbook, row: LogRow) -> str:
    if logbook.subject is LogbookScope.UNIT:
        return row.subject
    return register.resolve(unit_names_in(logbook, row)).unit


def spot_checks_of(office: Office, year: int) -> tuple[SpotCheck, ...]:
    """What checks of a year found, as the report tells it."""
    checks = []
    for row in log_rows(office.cells, SHORTCOMINGS):
        transitions, cells = transitions_of(office, row.number), row.cells
        stand = stand_of(transitions)
        if stand is None or stand is ShortcomingStand.VOID or transitions[0].on.year != year:
            continue
        due, done = due_of(transitions), cells.get("整改情况", "")
        checks.append(
            SpotCheck(
                *(row.number, cells.get("单位", ""), transitions[0].on, cells.get("检查内容", "")),
                *(cells.get("发现的问题", ""), due, done, stand is ShortcomingStand.DONE),
            )
        )
    return tuple(checks)


def limits_of(desk: Desk, office: Office, year: int) -> tuple[tuple[str, bool], ...]:
    """时限事项 that began in a year and whose day is over or that are done: number, and whether in time."""
    catalogue = open_catalogue(desk)
    cases = (
        (row, row_stand(desk, office, LIMIT_CASES, row, catalogue).promptness)
        for row in log_rows(office.cells, LIMIT_CASES)
        if row.cells.get("起算时间", "").startswith(str(year))
    )
    return tuple(
        (row.number, how is Promptness.IN_TIME) for row, how in cases if how not in (None, Promptness.OPEN)
    )


def logbook_todos_of(desk: Desk, office: Office) -> tuple[Todo, ...]:
    """What of the logbooks waits today."""
    return tuple(logbook_todos(office, look_over(desk, office, open_catalogue(desk)), desk.today))


def _edits(
    book: _Open, values: Mapping[str, Mapping[str, Value]], rows: Mapping[str, LogRow]
) -> Iterator[Edit]:
    """What the program's own columns are to hold, and cells that the ledger says otherwise."""
    columns = book.book.columns
    for row in book.book.rows:
        number = book.numbers.get(row.row, "")
        if number not in values:
            continue
        for label in (LOGBOOK_NUMBER, LOGBOOK_STATE, LOGBOOK_STORY):
            text = str(values[number][label] or "")
            if label in columns and row.computed.get(label, "") != text:
                yield Edit(book.book.sheet, row.row, columns[label], text or None)
        for label, text in row.cells.items():
            is_news = text != rows[number].cells.get(label, "")
            if is_news or label in row.text_days:
                yield Edit(book.book.sheet, row.row, columns[label], values[number][label])


def _appends(book: _Open, values: Mapping[str, Mapping[str, Value]]) -> Iterator[Append]:
    """The rows that the workbook does not have."""
    numbers = set(book.numbers.values())
    rows = [row_values for number, row_values in values.items() if number not in numbers]
    if rows:
        yield book.book.append(logbook_columns(book.logbook), rows)
