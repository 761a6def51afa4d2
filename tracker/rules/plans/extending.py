"""Extensions of a work point: for everybody who answers for it, or for some units alone, and those still asked for.

Which day holds for a unit, and for the point:

    a unit      the day of the latest request that was granted and that names it or nobody; else the plan's day
    the point   where nobody has a day of its own: that of the latest request that names nobody, else the plan's day;
                where somebody has: the earliest day of the units that decide about the point and are not done yet

So a point of which each unit has its share (分别负责) is late when one of them is late by its own day, and is not late
because of a unit whose day was moved.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.facts import Event
from tracker.problems.workdays import NoCalendar
from tracker.rules.state import Office
from tracker.rules.state import Point
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
