"""Deadlines that reach a year whose days off nobody has announced yet: said once for each year, loudly.

>>> from tracker.model import Deadline, DeadlineKind, WorkPoint
>>> late = Deadline("2031年底", DeadlineKind.DATE, dt.date(2031, 12, 31))
>>> print(*calendar_gaps((("分工表!C5", late),), Calendar()))
分工表!C5：期限涉及2031年，但还没有2031年的节假日安排，无法推算工作日；请按国务院办公厅通知填写设置.xlsx 的“节假日安排”。[no-calendar]
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from tracker.model import Deadline
from tracker.model import DeadlineKind
from tracker.problems import Finding
from tracker.problems.workdays import NO_CALENDAR_YET
from tracker.workdays import Calendar


def calendar_gaps(
    deadlines: Iterable[tuple[str, Deadline]], calendar: Calendar, *, issued_on: dt.date | None = None
) -> tuple[Finding, ...]:
    """Tell which years the deadlines reach that have no arrangement, each at the first place that needs it.

    Args:
        deadlines: Each with its place.
        calendar: The working days.
        issued_on: Date of issue: a period of working days that runs from it and has no end reached such a year.
    """
    first: dict[int, str] = {}
    for place, deadline in deadlines:
        if deadline.workday_due is not None:
            continue
        if deadline.due is not None:
            first.setdefault(_missing_year(deadline.due.year, calendar), place)
        elif issued_on and deadline.kind is DeadlineKind.RELATIVE and "发文" in deadline.anchor:
            first.setdefault(_missing_year(issued_on.year, calendar), place)
    return tuple(NO_CALENDAR_YET.at(place, year=year) for year, place in sorted(first.items()))


def _missing_year(year: int, calendar: Calendar) -> int:
    """The year itself, or the next one into which its last days were rolled."""
    return year + 1 if calendar.knows(year) else year
