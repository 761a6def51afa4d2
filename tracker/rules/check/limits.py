r"""Time limits: an event and a rule give the moment by which something has to be done.

    kind     what is stated                       when it is due
    term     so long after an event               hours run from the moment (Civil Code art. 201 II); days, working days,
                                                  weeks, months and years from the day after it, until 24:00 of the last day
    day      a day of the year                    that day
    quota    so many times in a period            the period's last day

    roll      where the last day is a day off
    none      the day itself
    forward   the next working day counts (art. 203)
    back      the day itself; offices want it on the last working day before (年底前)

Months end on the day with the same number, or on the month's last day (art. 202). The rules themselves: `tracker.limits`.

    >>> import datetime as dt
    >>> from tracker.limits import rule_of
    >>> from tracker.workdays import Calendar
    >>> at = dt.datetime(2018, 9, 20, 16, 30)
    >>> due = due_after(rule_of("R05"), at, Calendar())
    >>> due.day.isoformat(), due.moment.isoformat()
    ('2018-10-17', '2018-10-18T00:00:00')
    >>> due_after(rule_of("R08"), at, Calendar()).moment.isoformat()
    '2018-09-21T16:30:00'
    >>> due = due_after(rule_of("R01"), dt.datetime(2018, 6, 29), Calendar())
    >>> due.legal_day.isoformat(), due.day.isoformat()
    ('2018-07-29', '2018-07-30')
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from enum import Enum

from tracker.limits import LimitRule, Roll, Span
from tracker.values import dataclass
from tracker.workdays import ONE_DAY, Calendar


@dataclass(frozen=True, slots=True)
class LimitDue:
    """By when something has to be done.

    Attributes:
        legal_day: The last day as the words give it.
        day: The day that counts in practice, rolled as the rule says.
        moment: What is done at this moment or later is late: 24:00 of the later of the two days, or the very moment
            where hours count.
    """

    legal_day: dt.date
    day: dt.date
    moment: dt.datetime


def _end_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day + ONE_DAY, dt.time())


def _months_later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _rolled(legal_day: dt.date, roll: Roll, workdays: Calendar) -> LimitDue:
    day = legal_day
    if roll is Roll.FORWARD:
        day = workdays.on_or_after(legal_day)
    elif roll is Roll.BACK:
        day = workdays.on_or_before(legal_day)
    return LimitDue(legal_day, day, _end_of(max(legal_day, day)))


def due_after(rule: LimitRule, at: dt.datetime, workdays: Calendar) -> LimitDue:
    """When a term that began at a moment ends.

    Args:
        rule: A rule with an event.
        at: When the event happened, local time.
        workdays: The working days.

    Raises:
        NoCalendar: Working days of a year that nobody has arranged are needed.
    """
    start = at.date()
    if rule.span is Span.HOUR:
        moment = at + dt.timedelta(hours=rule.amount)
        return LimitDue(moment.date(), moment.date(), moment)
    if rule.span is Span.WORKDAY:
        last = workdays.add(start, rule.amount)
    elif rule.span in _DAYS:
        last = start + rule.amount * _DAYS[rule.span]
    else:
        last = _months_later(start, rule.amount * _MONTHS[rule.span])
    return _rolled(last, rule.roll, workdays)


_DAYS = {Span.DAY: ONE_DAY, Span.WEEK: 7 * ONE_DAY}
_MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


def due_in(rule: LimitRule, year: int, workdays: Calendar) -> LimitDue:
    """When a rule with a day of the year is due in a year; `NoCalendar` as above."""
    if rule.day is None:
        raise ValueError(rule.code)
    return _rolled(dt.date(year, *rule.day), rule.roll, workdays)


@dataclass(frozen=True, slots=True)
class QuotaPeriod:
    """One period of a quota, and how often it was met."""

    label: str
    first: dt.date
    last: dt.date
    quota: int
    count: int

    def is_missed(self, today: dt.date) -> bool:
        """Whether the period is over and was not met."""
        return self.count < self.quota and today > self.last


def quota_periods(rule: LimitRule, year: int, days: Sequence[dt.date]) -> tuple[QuotaPeriod, ...]:
    """The periods of a quota in a year, and how many of the days of events fall into them.

    >>> from tracker.limits import rule_of
    >>> [(period.label, period.count) for period in quota_periods(rule_of("R17"), 2026, [dt.date(2026, 5, 1)])]
    [('第1季度', 0), ('第2季度', 1), ('第3季度', 0), ('第4季度', 0)]
    """
    months = _MONTHS[rule.span]
    periods = []
    for number, month in enumerate(range(1, 13, months), start=1):
        first = dt.date(year, month, 1)
        last = _months_later(first, months) - ONE_DAY
        label = f"第{number}{rule.span.value.removeprefix('个')}" if months < 12 else f"{year}年"
        count = sum(first <= day <= last for day in days)
        periods.append(QuotaPeriod(label, first, last, rule.amount, count))
    return tuple(periods)


@dataclass(frozen=True, slots=True)
class LimitCase:
    """Something that a rule set running: 一件规范性文件.

    Attributes:
        case: Its id in the register 时限事项.
        unit: Who has to do it.
        rule: The code of its rule.
        due: By when.
        done_at: When it was done; None while it is open.
    """

    case: str
    unit: str
    rule: str
    due: LimitDue
    done_at: dt.datetime | None = None


class Promptness(Enum):
    """How a case stands at a moment; the value is the word that users see."""

    IN_TIME = "按时完成"
    LATE = "逾期完成"
    OPEN = "未到期"
    OVERDUE = "逾期未完成"


def promptness(case: LimitCase, now: dt.datetime) -> Promptness:
    """How a case stands at a moment: what was done at `due.moment` or later was late."""
    if case.done_at is not None:
        return Promptness.IN_TIME if case.done_at < case.due.moment else Promptness.LATE
    return Promptness.OPEN if now < case.due.moment else Promptness.OVERDUE
