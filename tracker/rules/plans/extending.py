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
ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Day:
    """A day that holds: the legal one, the working day that counts in practice, and whether a request moved it."""

    due: dt.date | None
    workday_due: dt.date | None
    extended: bool = False


def named_in(data: str) -> tuple[str, ...]:
    """The units that an extension or a request is for; none is everybody."""
    return tuple(json.loads(data or "{}").get("units", ()))


def days_of(
    point: Point, units: Iterable[str], events: Sequence[Event], calendar: Calendar
) -> dict[str, Day]:
    """The day that holds for nobody in particular (under the empty name), and for each unit that has one of its own."""
    granted = [
        (tuple(data.get("units", ())), dt.date.fromisoformat(data["due"]))
        for each in events
        if each.kind == EXTENSION and (data := json.loads(each.data or "{}")).get("due")
    ]
    days = {"": _day(point, [due for named, due in granted if not named], calendar)}
    if any(named for named, _ in granted):
        for unit in units:
            days[unit] = _day(point, [due for named, due in granted if not named or unit in named], calendar)
    return days


def _day(point: Point, granted: Sequence[dt.date], calendar: Calendar) -> Day:
    if not granted:
        return Day(point.deadline.due, point.deadline.workday_due or point.deadline.due)
    try:
        return Day(granted[-1], calendar.on_or_before(granted[-1]), True)
    except NoCalendar:
        return Day(granted[-1], granted[-1], True)


def day_of_point(days: Mapping[str, Day], open_units: Iterable[str]) -> Day:
    """The day of a point of which those units decide and are not done."""
    dated = [days[each] for each in open_units if each in days and days[each].due is not None]
    return min(dated, key=lambda each: (each.due, each.workday_due)) if dated else days[""]


def waiting(office: Office, today: dt.date) -> dict[tuple[str, str], dt.date]:
    """By subject and unit (empty for everybody) the day on which an extension was asked for that nobody decided."""
    found: dict[tuple[str, str], dt.date] = {}
    for each in office.events:
        if each.kind == ASKED and each.at <= today and json.loads(each.data).get("open"):
            for unit in named_in(each.data) or ("",):
                found.setdefault((each.subject, unit), each.at)
    return found
