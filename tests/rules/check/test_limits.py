"""An event and a rule give a moment, as the law counts."""

from __future__ import annotations

import datetime as dt

import pytest

from tracker.limits import LIMIT_RULES, LimitRule, Roll, Span, rule_of
from tracker.problems.office import NoCalendar
from tracker.rules.check import Promptness
from tracker.rules.check.rows import LimitCase, due_after, due_in, promptness, quota_periods
from tracker.workdays import Calendar

CALENDAR = Calendar()
WORKDAYS = """
2018-06-29 15 2018-07-20 plain
2018-09-20 15 2018-10-17 across two feasts, two weekends worked
2018-09-28  1 2018-09-29 a Saturday that was worked
2018-09-29  1 2018-09-30 a Sunday that was worked
2018-09-30  1 2018-10-08 a feast
2018-12-28  1 2018-12-29 a Saturday that was worked
2018-12-29  1 2019-01-02 the year changes
2018-02-14  3 2018-02-24 spring festival
2018-04-27  1 2018-04-28 a Saturday that was worked
2022-09-30  1 2022-10-08 a feast, then a Saturday that was worked
2022-09-23 15 2022-10-19 a feast with two days made up
2022-04-29  3 2022-05-07 labour day
2022-01-28 15 2022-02-23 spring festival
2026-02-13  1 2026-02-14 a Saturday that was worked
2026-02-13  3 2026-02-25 spring festival
2026-09-18 15 2026-10-15 a Sunday that was worked
"""


def noon(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(day + "T12:00")


@pytest.mark.parametrize("line", WORKDAYS.strip().splitlines())
def test_working_days_are_counted_from_the_day_after_the_event(line):
    start, amount, due, _ = line.split(maxsplit=3)
    rule = LimitRule("X", "上网公开", "发布", int(amount), Span.WORKDAY)

    assert due_after(rule, noon(start), CALENDAR).day.isoformat() == due


def test_a_year_that_nobody_has_arranged_is_refused_not_counted_by_weekdays():
    with pytest.raises(NoCalendar):
        due_after(rule_of("R05"), noon("2026-12-25"), CALENDAR)


@pytest.mark.parametrize(("code", "hours"), [("R08", 24), ("R09", 48)])
def test_hours_run_by_the_clock_from_the_very_moment(code, hours):
    at = dt.datetime(2022, 9, 30, 22, 15)

    assert due_after(rule_of(code), at, CALENDAR).moment == at + dt.timedelta(hours=hours)


def test_a_month_ends_on_the_day_with_the_same_number_and_rolls_to_the_next_working_day():
    due = due_after(rule_of("R01"), noon("2018-06-29"), CALENDAR)

    assert (due.legal_day, due.day) == (dt.date(2018, 7, 29), dt.date(2018, 7, 30))
    assert due.moment == dt.datetime(2018, 7, 31)


def test_a_month_without_that_day_ends_on_its_last_one():
    rule = LimitRule("X", "报送", "发文之日", 1, Span.MONTH)

    assert due_after(rule, noon("2018-01-31"), CALENDAR).day == dt.date(2018, 2, 28)


FIXED = {
    "R02": (2018, "2018-12-31", "2018-12-29"),
    "R03": (2018, "2018-12-31", "2018-12-29"),
    "R12": (2018, "2018-08-31", "2018-08-31"),
    "R13": (2018, "2018-09-30", "2018-09-30"),
    "R14": (2018, "2018-12-31", "2018-12-29"),
    "R15": (2017, "2017-12-31", "2017-12-29"),
}


@pytest.mark.parametrize("code", FIXED)
def test_the_end_of_a_year_is_wanted_on_its_last_working_day_and_late_only_after_the_day_itself(code):
    year, legal_day, day = FIXED[code]
    due = due_in(rule_of(code), year, CALENDAR)

    assert (due.legal_day.isoformat(), due.day.isoformat()) == (legal_day, day)
    assert due.moment.date() == due.legal_day + dt.timedelta(days=1)


@pytest.mark.parametrize(("code", "periods"), [("R10", 1), ("R11", 1), ("R16", 1), ("R17", 4)])
def test_a_quota_is_missed_in_each_period_that_is_over_without_it(code, periods):
    counts = quota_periods(rule_of(code), 2026, [dt.date(2026, 2, 1), dt.date(2025, 2, 1)])

    assert [period.count for period in counts] == [1] + [0] * (periods - 1)
    assert not any(period.is_missed(dt.date(2026, 3, 31)) for period in counts)
    assert sum(period.is_missed(dt.date(2027, 1, 1)) for period in counts) == periods - 1


def test_every_rule_is_a_term_a_day_or_a_quota_and_names_its_source():
    assert [rule.code for rule in LIMIT_RULES] == [f"R{number:02}" for number in range(1, 18)]
    for rule in LIMIT_RULES:
        assert rule.source and rule.subject
        assert bool(rule.amount) is not bool(rule.day)
        assert rule.amount or not rule.event


@pytest.mark.parametrize(
    ("done_at", "now", "how"),
    [
        ("2018-10-17T23:59", "2018-11-01T09:00", Promptness.IN_TIME),
        ("2018-10-18T00:00", "2018-11-01T09:00", Promptness.LATE),
        ("", "2018-10-17T23:59", Promptness.OPEN),
        ("", "2018-10-18T00:00", Promptness.OVERDUE),
    ],
)
def test_the_last_day_ends_at_midnight(done_at, now, how):
    due = due_after(rule_of("R05"), noon("2018-09-20"), CALENDAR)
    case = LimitCase("T1", "U1", "R05", due, dt.datetime.fromisoformat(done_at) if done_at else None)

    assert promptness(case, dt.datetime.fromisoformat(now)) is how


def test_a_day_that_is_rolled_back_is_not_late_before_the_legal_day_is_over():
    due = due_in(LimitRule("X", "报送", day=(12, 31), roll=Roll.BACK), 2018, CALENDAR)
    case = LimitCase("T1", "U1", "X", due, dt.datetime(2018, 12, 31, 18))

    assert promptness(case, dt.datetime(2019, 1, 5)) is Promptness.IN_TIME
