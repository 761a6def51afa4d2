"""What a granted request about a work point means: facts, and the day that holds.

事项调整（终止）申请 as facts:

    granted     facts
    ----------  ---------------------------------------------------------------
    延期        event `extension` with the new day; the latest request's day holds
    销号        event `write-off`
    终止        event `stopped`, and 认定状态 becomes 已调整
    恢复        event `reopened`; 认定状态 is emptied where it says 已调整

An extension may be for some of the units that answer (适用单位); the rest is always about the whole point. While
nobody has decided about an extension, event `asked` says that it waits.

A request that was granted and is now 撤回 or 不同意 is undone: an extension loses its day, 销号 and 终止 are reopened.
A row is told again by its 编号; one without is a new request, unless its content was recorded under a number
that stands nowhere in the sheet (the run before could not write the number down). What is recorded already is
not recorded again, so reading the sheet twice, sorted or not, changes nothing.

Extensions are for everybody who answers for a point, or for some units alone. Which day holds for a unit, and for the point:

    a unit      the day of the latest request that was granted and that names it or nobody; else the plan's day
    the point   where nobody has a day of its own: that of the latest request that names nobody, else the plan's day;
                where somebody has: the earliest day of the units that decide about the point and are not done yet

So a point of which each unit has its share (分别负责) is late when one of them is late by its own day, and is not late
because of a unit whose day was moved.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tracker.applications import AdjustmentKind, AdjustmentRow, Verdict
from tracker.columns import DECISIONS
from tracker.facts import Cell, Event
from tracker.problems.office import NoCalendar
from tracker.rules.office import Office, Point
from tracker.values import dataclass
from tracker.workdays import Calendar

EXTENSION = "extension"
# Kind of the event that says that a request waits for its decision, or no longer does.
REQUEST = "asked"


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day that holds: the legal one, the working day that counts in practice, and whether a request moved it."""

    due: dt.date | None
    workday_due: dt.date | None
    is_extended: bool = False


def units_in(data: str) -> tuple[str, ...]:
    """The units that an extension or a request is for; none is everybody."""
    return tuple(json.loads(data or "{}").get("units", ()))


def days_of(
    point: Point, units: Iterable[str], events: Sequence[Event], calendar: Calendar
) -> dict[str, DueDay]:
    """The day that holds for nobody in particular (under the empty name), and for each unit that has one of its own."""
    extensions = [
        (tuple(data.get("units", ())), dt.date.fromisoformat(data["due"]))
        for event in events
        if event.kind == EXTENSION and (data := json.loads(event.data or "{}")).get("due")
    ]
    days = {"": _day(point, [due for names, due in extensions if not names], calendar)}
    if any(names for names, _ in extensions):
        for unit in units:
            days[unit] = _day(
                point, [due for names, due in extensions if not names or unit in names], calendar
            )
    return days


def _day(point: Point, dues: Sequence[dt.date], calendar: Calendar) -> DueDay:
    if not dues:
        return DueDay(point.deadline.due, point.deadline.workday_due or point.deadline.due)
    try:
        return DueDay(dues[-1], calendar.on_or_before(dues[-1]), True)
    except NoCalendar:
        return DueDay(dues[-1], dues[-1], True)


def day_of_point(days: Mapping[str, DueDay], open_units: Iterable[str]) -> DueDay:
    """The day of a point of which those units decide and are not done."""
    unit_days = [days[unit] for unit in open_units if unit in days and days[unit].due is not None]
    return min(unit_days, key=lambda day: (day.due, day.workday_due)) if unit_days else days[""]


def open_requests(office: Office, today: dt.date) -> dict[tuple[str, str], dt.date]:
    """By subject and unit (empty for everybody) the day on which an extension was asked for that nobody decided."""
    requests: dict[tuple[str, str], dt.date] = {}
    for event in office.events:
        if event.kind == REQUEST and event.at <= today and json.loads(event.data).get("open"):
            for unit in units_in(event.data) or ("",):
                requests.setdefault((event.subject, unit), event.at)
    return requests


EVENT_KINDS: dict[AdjustmentKind, str] = {
    AdjustmentKind.EXTEND: "extension",
    AdjustmentKind.STOP: "stopped",
    AdjustmentKind.WRITE_OFF: "write-off",
    AdjustmentKind.REOPEN: "reopened",
}
_ADJUSTMENT_WORD = next(word for word, code in DECISIONS.items() if code == "adjusted")


def number_rows(office: Office, rows: Sequence[AdjustmentRow]) -> tuple[AdjustmentRow, ...]:
    """Every row with its number; a number that stands twice belongs to the first row that has it."""
    kinds = {*EVENT_KINDS.values(), REQUEST}
    records = [(event, json.loads(event.data)) for event in office.events if event.kind in kinds]
    records = [(event, data) for event, data in records if "row" in data]
    numbers = {row.n for row in rows if row.n}
    last = max([0, *numbers, *(int(data["row"]) for _, data in records)])
    row_numbers: set[int] = set()
    result = []
    for row in rows:
        n = row.n if row.n not in row_numbers else 0
        if not n:
            n = _recorded_as(row, records, numbers | row_numbers)
        if not n:
            last += 1
            n = last
        row_numbers.add(n)
        result.append(replace(row, n=n))
    return tuple(result)


def _recorded_as(
    row: AdjustmentRow, records: Sequence[tuple[Event, dict[str, Any]]], numbers: set[int]
) -> int:
    for event, data in records:
        n = int(data["row"])
        content = json.dumps(
            {k: v for k, v in data.items() if k != "open"}, ensure_ascii=False, sort_keys=True
        )
        same = event.subject == row.point_id and replace(row, n=n).data == content
        if same and n not in numbers:
            return n
    return 0


def requests_of(office: Office, rows: Sequence[AdjustmentRow], today: dt.date) -> Iterator[tuple[Event, str]]:
    """Extensions that are asked for and wait, and those that do no longer: decided, or taken out of the sheet."""
    requests = {json.loads(event.data)["row"]: event for event in office.events if event.kind == REQUEST}
    extension_rows = {
        json.loads(event.data).get("row")
        for event in office.events
        if event.kind == EVENT_KINDS[AdjustmentKind.EXTEND]
    }
    for row in rows:
        prior = requests.pop(row.n, None)
        waits = row.verdict is None and row.kind is AdjustmentKind.EXTEND and row.n not in extension_rows
        data = json.dumps({**json.loads(row.data), "open": waits}, ensure_ascii=False, sort_keys=True)
        if (waits or (prior is not None and json.loads(prior.data)["open"])) and (
            prior is None or prior.data != data
        ):
            at = row.asked_on or (prior.at if prior is not None else today)
            yield Event(row.point_id, REQUEST, row.n, at, data), row.place
    for prior in requests.values():
        content = json.loads(prior.data)
        if content["open"]:
            content["open"] = False
            data = json.dumps(content, ensure_ascii=False, sort_keys=True)
            yield replace(prior, data=data), ""


def facts_of(
    office: Office, rows: Sequence[AdjustmentRow], today: dt.date
) -> Iterator[tuple[Event | Cell, str]]:
    """What the numbered rows say and the ledger does not know yet, each with its place."""
    holds: dict[int, Event] = {}
    count: dict[tuple[str, str], int] = {}
    for event in office.events:
        data = json.loads(event.data) if event.kind in EVENT_KINDS.values() else {}
        key = (event.subject, event.kind)
        count[key] = max(count.get(key, 0), event.n)
        if data.get("undone"):
            holds.pop(data["row"], None)
        elif "row" in data:
            holds[data["row"]] = event
    for row in sorted(rows, key=lambda row: row.n):
        prior = holds.get(row.n)
        kind = EVENT_KINDS[row.kind] if row.verdict is Verdict.GRANTED else ""
        same = prior is not None and (prior.subject, prior.kind) == (row.point_id, kind)
        if row.verdict is None or (same and prior is not None and prior.data == row.data):
            continue  # an emptied cell is no statement
        if prior is not None and not same:
            for fact in _undo(office, prior, count, today):
                yield fact, row.place
        if kind:
            yield _event(row.point_id, kind, row.n, row.decided_on or today, row.data, count), row.place
            for cell in _decision_cells(office, row.point_id, kind):
                yield cell, row.place


def _event(
    point_id: str, kind: str, row: int, at: dt.date, data: str, count: dict[tuple[str, str], int]
) -> Event:
    """An extension is numbered by its row, so that a correction stays behind later requests; the rest by turn."""
    if kind == "extension":
        return Event(point_id, kind, row, at, data)
    count[point_id, kind] = count.get((point_id, kind), 0) + 1
    return Event(point_id, kind, count[point_id, kind], at, data)


def _undo(
    office: Office, event: Event, count: dict[tuple[str, str], int], today: dt.date
) -> Iterator[Event | Cell]:
    data = {**json.loads(event.data), "undone": True}
    if event.kind == "extension":
        data["due"] = ""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    if event.kind == "extension":
        yield _event(event.subject, event.kind, data["row"], today, text, count)
    elif event.kind != "reopened":
        yield _event(event.subject, "reopened", data["row"], today, text, count)
        yield from _decision_cells(office, event.subject, "reopened")


def _decision_cells(office: Office, point_id: str, kind: str) -> Iterator[Cell]:
    """认定状态 follows 终止 and 恢复; a word that the office chose otherwise is left alone."""
    now = office.cells.get((point_id, "", "decision", ""))
    word = now.value if now else ""
    if kind == "stopped" and word != _ADJUSTMENT_WORD:
        yield Cell(point_id, "", "decision", "", _ADJUSTMENT_WORD, "office", office.seq)
    if kind == "reopened" and word == _ADJUSTMENT_WORD:
        yield Cell(point_id, "", "decision", "", "", "office", office.seq)
