"""How many working days lie between two days, worded as people say it, and quick for many matters.

Where the calendar does not know a year, the days Monday to Friday are counted but those that the law names by date, and the
sentence says so.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import field

from tracker.problems.office import NoCalendar
from tracker.values import dataclass
from tracker.workdays import Calendar, is_probable_workday


@dataclass(frozen=True, slots=True)
class WorkdayCount:
    """A number of working days; `is_guess` when nobody arranged the holidays of the year."""

    count: int
    is_guess: bool = False

    @property
    def text(self) -> str:
        """As a sentence has it."""
        return f"{self.count}个工作日" + ("（当年放假安排未公布，按周一至周五计）" if self.is_guess else "")


@dataclass(frozen=True)
class Countdown:
    """Counts by a calendar; each pair of days is counted once.

    >>> Countdown(Calendar()).count_between(dt.date(2026, 6, 18), dt.date(2026, 6, 26)).text   # 19 to 21 June were off
    '5个工作日'
    >>> Countdown(Calendar()).count_between(dt.date(2041, 6, 14), dt.date(2041, 6, 17)).text
    '1个工作日（当年放假安排未公布，按周一至周五计）'
    """

    calendar: Calendar
    counts: dict[tuple[dt.date, dt.date], WorkdayCount] = field(default_factory=dict, compare=False)
    days: dict[tuple[dt.date, int], dt.date] = field(default_factory=dict, compare=False)

    def count_between(self, start: dt.date, end: dt.date) -> WorkdayCount:
        """Working days after `start`, up to and including `end`."""
        pair = (start, end)
        if pair not in self.counts:
            self.counts[pair] = self._count(start, end)
        return self.counts[pair]

    def _count(self, start: dt.date, end: dt.date) -> WorkdayCount:
        try:
            return WorkdayCount(self.calendar.workdays_between(start, end))
        except NoCalendar:
            days = range(start.toordinal() + 1, end.toordinal() + 1)
            return WorkdayCount(
                sum(is_probable_workday(dt.date.fromordinal(day)) for day in days), is_guess=True
            )

    def before(self, due: dt.date, count: int) -> dt.date:
        """The first day from which on there are no more than `count` working days left (`between`).

        >>> Countdown(Calendar()).before(dt.date(2018, 10, 1), 10)   # a holiday: the last working day is 30 September
        datetime.date(2018, 9, 17)
        """
        key = (due, -count - 1)  # not one that `after` asks for
        if key not in self.days:
            self.days[key] = self._before(due, count)
        return self.days[key]

    def _before(self, due: dt.date, count: int) -> dt.date:
        try:
            last = due if self.calendar.is_workday(due) else self.calendar.add(due, -1)
            return self.calendar.add(last, -count)
        except NoCalendar:
            return due - dt.timedelta(days=count * 2)

    def after(self, day: dt.date, count: int) -> dt.date:
        """The day on which `count` working days have passed since another."""
        key = (day, count)
        if key not in self.days:
            self.days[key] = self._after(day, count)
        return self.days[key]

    def _after(self, day: dt.date, count: int) -> dt.date:
        try:
            return self.calendar.add(day, count)
        except NoCalendar:
            while count:
                day += dt.timedelta(days=1)
                count -= is_probable_workday(day)
            return day

    def is_rest(self, day: dt.date) -> bool:
        """Whether nobody works on the day."""
        try:
            return not self.calendar.is_workday(day)
        except NoCalendar:
            return not is_probable_workday(day)
