"""The light of a work point, for every status, limit and moment."""

from __future__ import annotations

import datetime as dt

import pytest

from tracker.rules.progress.standing import LEFT_OUT, STATUS_WORDS, UNREPORTED, DueClock, Light
from tracker.settings import Day
from tracker.workdays import PUBLIC_CALENDAR

DUE = dt.date(2018, 6, 29)
EARLY, NEAR, MONTH, LATE = (
    dt.date(2018, 3, 1),
    dt.date(2018, 6, 19),
    dt.date(2018, 6, 1),
    dt.date(2018, 6, 30),
)


def clock(today: dt.date, due: dt.date | None = DUE) -> DueClock:
    return DueClock(Day(today, PUBLIC_CALENDAR), due, due)


@pytest.mark.parametrize(
    ("status", "done", "today", "light", "reason"),
    [
        ("adjusted", False, LATE, Light.GREY, "不计"),
        ("not_applicable", False, LATE, Light.GREY, "不计"),
        ("done", True, LATE, Light.GREEN, "已完成"),
        ("written_off", True, LATE, Light.GREEN, "已完成"),
        ("in_progress", False, LATE, Light.RED, "逾期未完成"),
        ("lagging", False, LATE, Light.RED, "逾期未完成"),
        ("continuing", False, LATE, Light.RED, "逾期未完成"),
        (UNREPORTED, False, LATE, Light.RED, "逾期未完成"),
        ("mostly_done", False, LATE, Light.GREEN, "基本完成"),
        ("lagging", False, EARLY, Light.YELLOW, "进展滞后"),
        (UNREPORTED, False, MONTH, Light.YELLOW, "到期当月未启动"),
        ("not_started", False, NEAR, Light.YELLOW, "到期当月未启动"),
        ("not_started", False, EARLY, Light.GREEN, "正常推进"),
        ("in_progress", False, NEAR, Light.BLUE, "临近到期"),
        ("in_progress", False, MONTH, Light.GREEN, "正常推进"),
        ("in_progress", False, DUE, Light.BLUE, "临近到期"),
    ],
)
def test_the_first_line_of_the_table_that_fits_decides(status, done, today, light, reason):
    day = clock(today)

    assert day.light(status, done=done, is_late=day.is_overdue(status, done=done)) == (light, reason)


def test_silence_is_no_lag_before_anybody_was_asked():
    assert clock(MONTH).light(UNREPORTED, done=False, is_asked=False) == (Light.GREEN, "正常推进")
    assert clock(NEAR).light(UNREPORTED, done=False, is_asked=False) == (Light.BLUE, "临近到期")
    assert clock(MONTH).light("not_started", done=False, is_asked=False)[0] is Light.YELLOW


def test_a_unit_that_says_it_lags_is_seen_before_the_office_agrees():
    assert clock(EARLY).light("in_progress", done=False, is_claimed=True) == (Light.YELLOW, "单位报滞后")
    assert clock(EARLY).light("done", done=True, is_claimed=True) == (Light.GREEN, "已完成")


def test_what_has_to_go_on_for_ever_is_grey_and_nothing_else_with_a_day_is():
    assert clock(EARLY).light("continuing", done=False, is_long_term=True) == (Light.GREY, "长期坚持")
    assert clock(EARLY).light("continuing", done=False)[0] is Light.GREEN
    assert clock(EARLY, None).light("in_progress", done=False) == (Light.GREY, "无固定时限")


@pytest.mark.parametrize("status", sorted(set(STATUS_WORDS) - LEFT_OUT - {"done", "written_off"}))
def test_a_limit_without_a_day_is_never_overdue(status):
    assert not clock(LATE, None).is_overdue(status, done=False)


def test_a_day_off_at_the_end_of_a_period_counts_until_the_next_working_day():
    period = DueClock(Day(dt.date(2018, 7, 30), PUBLIC_CALENDAR), dt.date(2018, 7, 29), dt.date(2018, 7, 30))

    assert not period.is_overdue("in_progress", done=False)


def test_a_fixed_day_is_late_after_the_legal_day_and_not_after_the_working_day_before_it():
    fixed = DueClock(
        Day(dt.date(2018, 12, 31), PUBLIC_CALENDAR), dt.date(2018, 12, 31), dt.date(2018, 12, 29)
    )

    assert not fixed.is_overdue("in_progress", done=False)


def test_ten_working_days_are_counted_over_holidays():
    due = dt.date(2018, 10, 12)  # the National Day holidays lie before it

    assert clock(dt.date(2018, 9, 25), due).light("in_progress", done=False)[0] is Light.BLUE
    assert clock(dt.date(2018, 9, 21), due).light("in_progress", done=False)[0] is Light.GREEN


def test_a_year_that_nobody_has_arranged_stops_no_light():
    due = dt.date(2039, 6, 30)

    assert clock(dt.date(2039, 6, 25), due).light("in_progress", done=False)[0] is Light.BLUE
    assert clock(dt.date(2039, 6, 15), due).light("in_progress", done=False)[0] is Light.GREEN
