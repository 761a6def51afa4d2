"""Which days are worked, as the State Council arranged them; a year without an arrangement is refused.

Weekends alone do not tell: every year some weekends are worked (调休上班) and some weekdays are off. The
arrangement of a year is announced only late in the year before, so a deadline can reach a year that nobody
knows yet. Then `NoCalendar` is raised; a weekday is never taken for a working day by guess.

    >>> Calendar().on_or_before(dt.date(2018, 12, 31))   # 2018-12-29 is a Saturday that was worked
    datetime.date(2018, 12, 29)
    >>> Calendar().add(dt.date(2018, 9, 29), 1)          # the day itself is not counted (Civil Code art. 201)
    datetime.date(2018, 9, 30)
    >>> Calendar().is_workday(dt.date(2035, 1, 2))
    Traceback (most recent call last):
    tracker.problems.office.NoCalendar: 没有2035年的节假日安排，无法推算工作日。请按国务院办公厅通知填写设置.xlsx 的“节假日安排”。[no-calendar]

The days come from the package chinesecalendar (2004 onwards, imported late); the office's own 节假日安排 adds
the years that it does not know, and wins where both speak (an arrangement can be changed in mid-year, as the
Spring Festival of 2020 was).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from functools import cache
from itertools import chain

from tracker.problems.office import NoCalendar
from tracker.values import dataclass

# Offices work in one time zone; China has had no summer time since 1991.
CHINA = dt.timezone(dt.timedelta(hours=8))

ONE_DAY = dt.timedelta(days=1)


# The days off that the law itself grants in a year (11 until 2024, 13 since): with fewer an arrangement is a fragment.
STATUTORY = 11


@dataclass(frozen=True, slots=True)
class YearArrangement:
    """The days of one year's notice that differ from the week.

    The notice for a year may name days of the December before: 2018-12-29 to 31 were arranged by that of 2019.

    Attributes:
        off: Days off, weekends named by the notice included.
        workdays: Weekend days that are worked.
        is_whole: Whether it speaks for the whole year; a few days entered by hand do not.
    """

    off: frozenset[dt.date] = frozenset()
    workdays: frozenset[dt.date] = frozenset()
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days that the office goes by.

    Attributes:
        extra: The office's own arrangements, by year.
    """

    extra: Mapping[int, YearArrangement] = field(default_factory=dict, hash=False)

    @classmethod
    def of_days(cls, days: Mapping[dt.date, bool]) -> Calendar:
        """The calendar of an office that has entered these days; True is a day that is worked.

        A year of which it has entered fewer days off than the law grants stays unknown but for those days.
        """
        extra: dict[int, YearArrangement] = {}
        for year in sorted({day.year for day in days}):
            off = frozenset(day for day, works in days.items() if day.year == year and not works)
            workdays = frozenset(day for day, works in days.items() if day.year == year and works)
            extra[year] = YearArrangement(off, workdays, is_whole=len(off) >= STATUTORY)
        return cls(extra)

    def is_workday(self, day: dt.date) -> bool:
        """Whether a day is worked.

        Raises:
            NoCalendar: Nobody has arranged the year of this day.
        """
        for year in (day.year, day.year + 1):
            arrangement = self.extra.get(year)
            if arrangement and day in arrangement.workdays:
                return True
            if arrangement and day in arrangement.off:
                return False
        arrangements = _public_arrangements()
        if day.year in arrangements:
            arrangement = arrangements[day.year]
            return day in arrangement.workdays or (day.weekday() < 5 and day not in arrangement.off)
        if day.year in self.extra and self.extra[day.year].is_whole:
            return day.weekday() < 5
        raise NoCalendar(year=day.year)

    def knows(self, year: int) -> bool:
        """Whether the year has an arrangement."""
        arrangement = self.extra.get(year)
        return (arrangement is not None and arrangement.is_whole) or year in _public_arrangements()

    def on_or_before(self, day: dt.date) -> dt.date:
        """The day itself if it is worked, else the last working day before it."""
        while not self.is_workday(day):
            day -= ONE_DAY
        return day

    def on_or_after(self, day: dt.date) -> dt.date:
        """The day itself if it is worked, else the next working day (Civil Code art. 203)."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def add(self, day: dt.date, n: int) -> dt.date:
        """The n-th working day after a day, or before it for a negative n; the day itself is not counted.

        For n = 0 it is the day itself, worked or not.
        """
        step = ONE_DAY if n > 0 else -ONE_DAY
        for _ in range(abs(n)):
            day += step
            while not self.is_workday(day):
                day += step
        return day

    def workdays_between(self, start: dt.date, end: dt.date) -> int:
        """How many working days lie after `start`, up to and including `end`; negative when `end` is earlier.

        It undoes `add`: `workdays_between(day, add(day, n)) == n`.
        """
        if end < start:
            return -self._worked_days(end, start - ONE_DAY)
        return self._worked_days(start + ONE_DAY, end)

    def _worked_days(self, first: dt.date, last: dt.date) -> int:
        span = range(first.toordinal(), last.toordinal() + 1)
        return sum(self.is_workday(dt.date.fromordinal(ordinal)) for ordinal in span)


# Days off by their date, whatever a year's arrangement will be (全国年节及纪念日放假办法).
_FIXED_DAYS = frozenset({(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)})


def is_probable_workday(day: dt.date) -> bool:
    """Whether a day is worked as far as week and law tell, where nobody arranged its year.

    >>> is_probable_workday(dt.date(2041, 1, 1)), is_probable_workday(dt.date(2041, 1, 2))
    (False, True)
    """
    return day.weekday() < 5 and (day.month, day.day) not in _FIXED_DAYS


# The calendar of an office that has entered nothing of its own.
PUBLIC_CALENDAR = Calendar()


@cache
def _public_arrangements() -> Mapping[int, YearArrangement]:
    """Everything that chinesecalendar knows, by the year of the day."""
    from chinese_calendar import constants

    years = {day.year for day in chain(constants.holidays, constants.workdays)}
    # A last year that holds nothing but New Year's Day would be a year that only its neighbour's notice names.
    return {
        year: YearArrangement(
            off=frozenset(day for day in constants.holidays if day.year == year),
            workdays=frozenset(day for day in constants.workdays if day.year == year),
        )
        for year in sorted(years)
        if sum(day.year == year for day in constants.holidays) >= 7
    }
