"""Days are counted down the same way in both directions."""

from __future__ import annotations

import datetime as dt

import pytest

from tracker.rules.chase.reminders import Countdown
from tracker.workdays import Calendar

DAYS = Countdown(Calendar())


@pytest.mark.parametrize("count", [1, 3, 10])
def test_the_first_day_of_a_countdown_is_the_first_on_which_no_more_days_are_left(count):
    # Every day of a year: working days, weekends, long holidays, weekends that were worked.
    for n in range(365):
        due = dt.date(2018, 3, 1) + dt.timedelta(days=n)
        first = DAYS.before(due, count)

        assert DAYS.count_between(first, due).count == count
        assert DAYS.count_between(first - dt.timedelta(days=1), due).count == count + 1


def test_new_year_s_day_is_no_working_day_though_nobody_arranged_the_year():
    assert Countdown(Calendar()).after(dt.date(2040, 12, 31), 1) == dt.date(2041, 1, 2)
    assert Countdown(Calendar()).count_between(dt.date(2040, 12, 31), dt.date(2041, 1, 2)).count == 1
    assert Countdown(Calendar()).is_rest(dt.date(2041, 10, 2))
