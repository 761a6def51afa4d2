"""Days are counted down the same way in both directions."""

from __future__ import annotations

import datetime as dt

import pytest

from tracker.rules.chase.countdown import Countdown
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
