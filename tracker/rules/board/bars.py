"""Bars: counts as lengths, each with its colour, its word and its number; and the months in which what falls due.

Colours always come with their word. Lengths are in the units of the drawing (1000 wide), so that a template
only places them.

The timeline has a bar for each month, what is late in red, and where today is:

    done        已完成
    overdue     逾期未完成
    running     未到期: the day is still to come
    past        到期待认定: the day is over, and the item is not late (基本完成, 不涉及 that waits, a period to be told of)

Beside the bars stand two sums that grow: how many should be done by the end of a month, and how many were.

Every month between the first and the last is there, also those in which nothing is due, and the month of today
with them. Where that would be more than `MOST_MONTHS` months (a year mistyped as 2108), only months with items are.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate

from tracker.board import MONTH_CLASSES, Bar, BarClass, BarLine, Timeline
from tracker.rules.report import ReportItem

WIDE = 1000


ClassOf = Callable[[ReportItem], str]


def bars_of(
    codes: Sequence[str], classes: Iterable[BarClass], wide: float, shares: Mapping[str, str] | None = None
) -> tuple[Bar, ...]:
    """A bar of what the codes count, in the order of the classes; nothing of classes that nothing is in."""
    x, bars = 0.0, []
    for bar_class in classes:
        n = sum(code == bar_class.code for code in codes)
        if n:
            width = round(wide * n / len(codes), 2)
            share = (shares or {}).get(bar_class.code, "")
            bars.append(Bar(round(x, 2), width, bar_class.colour, bar_class.word, n, share, bar_class.code))
            x += width
    return tuple(bars)


def lines_of(
    groups: Mapping[str, Sequence[ReportItem]],
    class_of: ClassOf,
    classes: Sequence[BarClass],
    names: Mapping[str, str] | None = None,
) -> tuple[BarLine, ...]:
    """A bar for each group, by its key; all of them to one scale, the fullest as wide as the drawing."""
    longest = max((len(some) for some in groups.values()), default=0) or 1
    return tuple(
        BarLine(
            (names or {}).get(key, key),
            len(some),
            sum(item.kind == "done" for item in some),
            bars_of([class_of(item) for item in some], classes, WIDE * len(some) / longest),
            key,
        )
        for key, some in groups.items()
    )


MOST_MONTHS = 24
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def timeline_of(items: Sequence[ReportItem], today: dt.date) -> Timeline:
    """The timeline of some items on a day; without any day there are no months."""
    due_items = [item for item in items if item.standing.due]
    due_months = {_month(item.standing.due) for item in due_items if item.standing.due}
    if not due_months:
        return Timeline(undated=len(items))
    whole = _months_between(min(due_months | {_month(today)}), max(due_months | {_month(today)}))
    months = whole if len(whole) <= MOST_MONTHS else sorted(due_months)
    groups: dict[str, list[ReportItem]] = {f"{year}-{month:02}": [] for year, month in months}
    for item in due_items:
        assert item.standing.due is not None
        groups[item.standing.due.isoformat()[:7]].append(item)
    names = {f"{year}-{month:02}": f"{year}年{month}月" for year, month in months}
    done_months = [_done_month(item) for item in due_items if item.kind == "done"]
    return Timeline(
        lines_of(groups, lambda item: _class(item, today), MONTH_CLASSES, names),
        round(_place(months, today), 3),
        len(items) - len(due_items),
        planned=tuple(accumulate(len(some) for some in groups.values())),
        actual=tuple(
            sum(done_month <= month for done_month in done_months)
            for month in months
            if month <= _month(today)
        ),
    )


def _done_month(item: ReportItem) -> tuple[int, int]:
    """The month in which an item was done: of the last day that its units say; where none says a day, that of its due day."""
    days = [match[0] for quote in item.done_on if (match := _ISO_DAY.match(quote.text))]
    assert item.standing.due is not None
    return _month(dt.date.fromisoformat(max(days)) if days else item.standing.due)


def _class(item: ReportItem, today: dt.date) -> str:
    if item.kind == "done" or item.standing.overdue:
        return "done" if item.kind == "done" else "overdue"
    assert item.standing.due is not None
    return (
        "running"
        if max(item.standing.due, item.standing.workday_due or item.standing.due) >= today
        else "past"
    )


def _month(day: dt.date) -> tuple[int, int]:
    return day.year, day.month


def _months_between(first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    begin, end = first[0] * 12 + first[1] - 1, last[0] * 12 + last[1] - 1
    return [(serial // 12, serial % 12 + 1) for serial in range(begin, min(end, begin + MOST_MONTHS) + 1)]


def _place(months: Sequence[tuple[int, int]], today: dt.date) -> float:
    """Where a day is among months; one that is in none of them stands between its neighbours."""
    before = sum(month < _month(today) for month in months)
    if _month(today) not in months:
        return float(before)
    return before + today.day / calendar.monthrange(today.year, today.month)[1]
