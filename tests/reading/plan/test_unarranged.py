"""A deadline in a year that nobody has arranged is told once, where it is first met."""

from __future__ import annotations

import datetime as dt

from tracker.reading.deadlines.phrases import read_deadline
from tracker.reading.plan.plan import calendar_gaps
from tracker.workdays import Calendar, YearArrangement


def limits(*phrases, **context):
    return [(f"A{row}", read_deadline(phrase, **context)) for row, phrase in enumerate(phrases, start=2)]


def test_each_year_is_told_once_at_its_first_place():
    told = calendar_gaps(limits("6月底", "2031年底", "2032年底", "2031年6月", "长期", year=2021), Calendar())

    assert [(each.code, each.place) for each in told] == [("no-calendar", "A3"), ("no-calendar", "A4")]


def test_a_year_that_the_office_entered_is_not_told():
    own = Calendar({2031: YearArrangement()})

    assert calendar_gaps(limits("2031年6月底", year=2021, calendar=own), own) == ()


def test_a_period_of_working_days_that_runs_into_such_a_year_is_told():
    issued = dt.date(2026, 12, 25)
    context = {"year": 2026, "issued_on": issued}

    [told] = calendar_gaps(limits("发文之日起15个工作日内", **context), Calendar(), issued_on=issued)

    assert "2027年" in told.message
