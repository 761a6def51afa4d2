"""Who has reported, who has not, and what has to go back."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from tests.support.offices import office, point
from tracker import facts
from tracker.rules.papers import ReportingState, reporting_of
from tracker.steps.call import CHINA

DUE = dt.date(2018, 9, 20)


def returned(*returns, today=DUE):
    """One form of the round due on 20 September, with returns as (day, outcome, refused cells)."""
    known = office(point(U1="责任"), forms=(("U1", "R1"),))
    came = tuple(
        (
            dt.datetime(2018, 9, day, 23, tzinfo=CHINA),
            facts.Return("R1U1", f"sha{n}", outcome, "原因", json.dumps({"refused": refused})),
        )
        for n, (day, outcome, refused) in enumerate(returns)
    )
    [found] = reporting_of(replace(known, returns=came), today=today)
    return found


@pytest.mark.parametrize(
    ("returns", "state"),
    [
        ((), ReportingState.OUT),
        (((10, "taken", 0),), ReportingState.BACK),
        (((10, "taken", 2),), ReportingState.PARTLY),
        (((10, "refused", 6),), ReportingState.REFUSED),
        (((10, "refused", 6), (12, "taken", 0)), ReportingState.BACK),
        (((10, "superseded", 0), (12, "taken", 0)), ReportingState.BACK),
        (((10, "taken", 0), (12, "refused", 6)), ReportingState.REFUSED),
    ],
)
def test_the_latest_return_says_where_a_form_stands(returns, state):
    assert returned(*returns).state is state


def test_the_due_day_itself_is_on_time_and_the_next_is_late():
    assert not returned((20, "taken", 0)).late
    assert returned((21, "taken", 0)).late


def test_a_form_that_is_out_is_late_when_its_day_is_over():
    assert not returned(today=DUE).late
    assert returned(today=DUE + dt.timedelta(days=1)).late
