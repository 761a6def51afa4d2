"""What wakes the tick: at once, then every few minutes, whatever the clock on the wall does."""

from __future__ import annotations

import datetime as dt

import schedule

from tracker.files.machine import keep_waking


def test_it_is_done_at_once_and_then_again_until_told_otherwise():
    done, slept = [], []

    # Half a minute of waiting is a moment here: nothing else is due within it.
    keep_waking(lambda: done.append(1), minutes=5, until=lambda: len(slept) > 3, sleep=slept.append)

    assert done == [1]
    assert slept == [30.0] * 4


def test_a_clock_that_is_set_back_by_a_day_does_not_silence_it_for_a_day():
    done, slept = [], []
    real = schedule.datetime

    class Turned:
        time, timedelta = dt.time, dt.timedelta
        behind = dt.timedelta()

        class datetime(dt.datetime):  # noqa: N801  # it stands in for one
            @classmethod
            def now(cls, tz=None):
                return dt.datetime(2018, 9, 3, 8) + dt.timedelta(seconds=sum(slept)) - Turned.behind

    def sleep(seconds):
        slept.append(seconds)
        if len(slept) == 2:
            Turned.behind = dt.timedelta(days=1)

    schedule.datetime = Turned
    try:
        keep_waking(lambda: done.append(1), minutes=5, until=lambda: len(slept) > 15, sleep=sleep)
    finally:
        schedule.datetime = real

    # Set back by a day after the first minute: it wakes again five minutes later all the same.
    assert len(done) == 2
