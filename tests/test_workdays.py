"""The calendar: the State Council's days, the office's own year, and no guess beyond them."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest
from hypothesis import given, strategies as st

from tracker.problems.office import NoCalendar
from tracker.workdays import Calendar, YearArrangement

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# Days off and weekend days worked, MM-DD, and working days in the year (facts of the yearly notices).
ARRANGEMENTS = """
2016,01-01|02-07~02-13|04-04|05-01~05-02|06-09~06-11|09-15~09-17|10-01~10-07,02-06 02-14 06-12 09-18 10-08 10-09,250
2017,01-01~01-02|01-27~02-02|04-02~04-04|05-01|05-28~05-30|10-01~10-08,01-22 02-04 04-01 05-27 09-30,249
2018,01-01|02-15~02-21|04-05~04-07|04-29~05-01|06-18|09-24|10-01~10-07|12-30~12-31,02-11 02-24 04-08 04-28 09-29 09-30 12-29,250
2019,01-01|02-04~02-10|04-05~04-07|05-01~05-04|06-07~06-09|09-13~09-15|10-01~10-07,02-02 02-03 04-28 05-05 09-29 10-12,250
2020,01-01|01-24~02-02|04-04~04-06|05-01~05-05|06-25~06-27|10-01~10-08,01-19 04-26 05-09 06-28 09-27 10-10,249
2021,01-01~01-03|02-11~02-17|04-03~04-05|05-01~05-05|06-12~06-14|09-19~09-21|10-01~10-07,02-07 02-20 04-25 05-08 09-18 09-26 10-09,250
2022,01-01~01-03|01-31~02-06|04-03~04-05|04-30~05-04|06-03~06-05|09-10~09-12|10-01~10-07|12-31,01-29 01-30 04-02 04-24 05-07 10-08 10-09,249
2023,01-01~01-02|01-21~01-27|04-05|04-29~05-03|06-22~06-24|09-29~10-06|12-30~12-31,01-28 01-29 04-23 05-06 06-25 10-07 10-08,249
2024,01-01|02-10~02-17|04-04~04-06|05-01~05-05|06-10|09-15~09-17|10-01~10-07,02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12,251
2025,01-01|01-28~02-04|04-04~04-06|05-01~05-05|05-31~06-02|10-01~10-08,01-26 02-08 04-27 09-28 10-11,248
2026,01-01~01-03|02-15~02-23|04-04~04-06|05-01~05-05|06-19~06-21|09-25~09-27|10-01~10-07,01-04 02-14 02-28 05-09 09-20 10-10,248
"""

# Start (not counted), working days, due.
PERIODS = """
Friday 2018-06-29 +15 = Friday 2018-07-20: plain
Thursday 2018-09-20 +15 = Wednesday 2018-10-17: across two feasts with 09-29 and 09-30 worked
Friday 2018-09-28 +1 = Saturday 2018-09-29: a Saturday that is worked
Saturday 2018-09-29 +1 = Sunday 2018-09-30: a Sunday that is worked
Sunday 2018-09-30 +1 = Monday 2018-10-08: over the National Day
Friday 2018-12-28 +1 = Saturday 2018-12-29: a Saturday that is worked
Saturday 2018-12-29 +1 = Wednesday 2019-01-02: over the turn of the year
Wednesday 2018-02-14 +3 = Saturday 2018-02-24: over the Spring Festival
Friday 2018-04-27 +1 = Saturday 2018-04-28: a Saturday that is worked
Friday 2022-09-30 +1 = Saturday 2022-10-08: a feast, then a Saturday that is worked
Friday 2022-09-23 +15 = Wednesday 2022-10-19: the National Day with two worked weekend days
Friday 2022-04-29 +3 = Saturday 2022-05-07: Labour Day, then a Saturday that is worked
Friday 2022-01-28 +15 = Wednesday 2022-02-23: the Spring Festival with 01-29 and 01-30 worked
Friday 2026-02-13 +1 = Saturday 2026-02-14: a Saturday that is worked
Friday 2026-02-13 +3 = Wednesday 2026-02-25: the Spring Festival
Friday 2026-09-18 +15 = Thursday 2026-10-15: Sunday 09-20 is worked
"""


def day(written: str) -> dt.date:
    """A date written with its weekday, which has to be right."""
    weekday, iso = written.split()
    value = dt.date.fromisoformat(iso)
    assert WEEKDAYS[value.weekday()] == weekday
    return value


def lines(table: str) -> list[str]:
    return table.strip().splitlines()


def days_of(year: str, ranges: str) -> set[dt.date]:
    found: set[dt.date] = set()
    for span in ranges.replace(" ", "|").split("|"):
        first, _, last = span.partition("~")
        start = dt.date.fromisoformat(f"{year}-{first}")
        end = dt.date.fromisoformat(f"{year}-{last or first}")
        found |= {dt.date.fromordinal(n) for n in range(start.toordinal(), end.toordinal() + 1)}
    return found


@pytest.mark.parametrize("line", lines(ARRANGEMENTS), ids=lambda line: line[:4])
def test_every_day_of_a_year_is_worked_or_off_as_its_notice_says(line):
    year, off, worked, count = line.split(",")
    off_days, worked_days = days_of(year, off), days_of(year, worked)
    all_days = [dt.date.fromordinal(dt.date(int(year), 1, 1).toordinal() + n) for n in range(366)]

    found = {each for each in all_days if each.year == int(year) and Calendar().is_workday(each)}

    assert found == {
        each
        for each in all_days
        if each.year == int(year) and (each in worked_days or (each.weekday() < 5 and each not in off_days))
    }
    assert len(found) == int(count)


@pytest.mark.parametrize("line", lines(PERIODS), ids=lambda line: line.rpartition(": ")[2])
def test_a_period_of_working_days_does_not_count_its_first_day(line):
    rule = line.rpartition(": ")[0]
    start, _, rest = rule.partition(" +")
    count, _, due = rest.partition(" = ")

    assert Calendar().add(day(start), int(count)) == day(due)
    assert Calendar().workdays_between(day(start), day(due)) == int(count)


def test_a_period_that_reaches_a_year_without_an_arrangement_is_refused():
    with pytest.raises(NoCalendar, match="2027年") as refusal:
        Calendar().add(day("Friday 2026-12-25"), 15)

    assert refusal.value.year == 2027


@pytest.mark.parametrize(
    ("on", "before", "after"),
    [
        ("Monday 2018-12-31", "Saturday 2018-12-29", "Wednesday 2019-01-02"),
        ("Sunday 2018-09-30", "Sunday 2018-09-30", "Sunday 2018-09-30"),
        ("Friday 2018-08-31", "Friday 2018-08-31", "Friday 2018-08-31"),
        ("Sunday 2017-12-31", "Friday 2017-12-29", "Tuesday 2018-01-02"),
        ("Saturday 2022-12-31", "Friday 2022-12-30", "Tuesday 2023-01-03"),
        ("Sunday 2018-07-29", "Friday 2018-07-27", "Monday 2018-07-30"),
    ],
)
def test_a_day_off_has_a_working_day_before_and_after_it(on, before, after):
    assert Calendar().on_or_before(day(on)) == day(before)
    assert Calendar().on_or_after(day(on)) == day(after)


@pytest.mark.parametrize("year", [1999, 2003, 2027, 2050])
def test_a_year_that_nobody_arranged_is_never_guessed(year):
    assert not Calendar().knows(year)
    with pytest.raises(NoCalendar):
        Calendar().is_workday(dt.date(year, 3, 3))


def test_the_office_enters_a_year_that_the_package_does_not_know():
    own = Calendar(
        {
            2030: YearArrangement(
                off=frozenset({day("Tuesday 2030-01-01"), day("Monday 2030-10-07")}),
                workdays=frozenset({day("Saturday 2030-10-12")}),
            )
        }
    )

    assert own.knows(2030)
    assert not own.is_workday(day("Tuesday 2030-01-01"))
    assert own.is_workday(day("Wednesday 2030-01-02"))
    assert own.add(day("Friday 2030-10-04"), 1) == day("Tuesday 2030-10-08")
    assert own.on_or_before(day("Saturday 2030-10-12")) == day("Saturday 2030-10-12")
    with pytest.raises(NoCalendar):
        own.is_workday(day("Wednesday 2031-01-01"))


def test_a_few_days_entered_by_hand_do_not_make_a_year_known():
    feast = [dt.date(2030, 10, day) for day in range(1, 8)]
    few = Calendar.of_days(dict.fromkeys(feast, False) | {day("Saturday 2030-10-12"): True})
    spring = {dt.date(2030, 2, day): False for day in range(2, 10)}
    whole = Calendar.of_days(dict.fromkeys(feast, False) | spring)

    assert not few.knows(2030) and whole.knows(2030)
    assert not few.is_workday(day("Tuesday 2030-10-01"))
    assert few.is_workday(day("Saturday 2030-10-12"))
    with pytest.raises(NoCalendar):
        few.is_workday(day("Tuesday 2030-10-08"))
    assert whole.is_workday(day("Tuesday 2030-10-08"))


def test_a_day_added_by_hand_changes_an_announced_year_and_no_other_day():
    changed = Calendar.of_days({day("Friday 2018-06-29"): False})

    assert not changed.is_workday(day("Friday 2018-06-29"))
    assert changed.on_or_before(day("Monday 2018-12-31")) == day("Saturday 2018-12-29")


def test_the_notice_of_a_year_may_name_days_of_the_december_before():
    own = Calendar({2027: YearArrangement(off=frozenset({day("Thursday 2026-12-31")}))})

    assert Calendar().is_workday(day("Thursday 2026-12-31"))
    assert not own.is_workday(day("Thursday 2026-12-31"))


def test_the_office_wins_where_both_speak():
    changed = Calendar({2018: YearArrangement(off=frozenset({day("Friday 2018-06-29")}))})

    assert not changed.is_workday(day("Friday 2018-06-29"))


def test_a_refusal_survives_the_way_out_of_a_worker():
    again = pickle.loads(pickle.dumps(NoCalendar(year=2027)))

    assert str(again) == str(NoCalendar(year=2027))


@given(st.dates(dt.date(2004, 7, 1), dt.date(2026, 6, 30)), st.integers(-60, 60))
def test_counting_undoes_adding(start, n):
    calendar = Calendar()

    end = calendar.add(start, n)

    assert calendar.is_workday(end) or n == 0
    assert calendar.workdays_between(start, end) == n
