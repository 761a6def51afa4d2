"""What has no day because nobody has arranged a year's days off is told where it stands."""

from __future__ import annotations

import datetime as dt

from tracker.reading.deadlines.phrases import read_deadline
from tracker.reading.plan.plan import calendar_gaps
from tracker.workdays import Calendar


def limits(*phrases, **context):
    return [(f"A{row}", read_deadline(phrase, **context)) for row, phrase in enumerate(phrases, start=2)]


def test_a_limit_with_a_day_in_a_year_that_nobody_has_arranged_is_not_told():
    dated = limits("6月底", "2031年底", "2032年1月15日前", "长期", year=2021)

    assert calendar_gaps(dated, Calendar(), issued_on=dt.date(2031, 3, 1)) == ()


def test_a_period_of_working_days_that_runs_into_such_a_year_is_told():
    issued = dt.date(2026, 12, 25)
    context = {"year": 2026, "issued_on": issued}

    [told] = calendar_gaps(limits("发文之日起15个工作日内", **context), Calendar(), issued_on=issued)

    assert "2027年" in told.message
