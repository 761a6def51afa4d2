"""When jobs are due, what missed slots become, and which clock is believed."""

from __future__ import annotations

import datetime as dt

import pytest

from tracker.rules.office import Attempt, Office, SlotNow
from tracker.rules.reminders import Countdown
from tracker.rules.slots import (
    PAUSE,
    SLOT_LEASE,
    ClockReading,
    ClockTrust,
    SlotState,
    due_between,
    failures_in_a_row,
    judge,
    new_slots,
    silent_since,
    slot_state,
)
from tracker.settings import Job
from tracker.workdays import Calendar

CHINA = dt.timezone(dt.timedelta(hours=8))
RESTS = Countdown(Calendar()).is_rest
NINE = (dt.time(9),)


def at(day, hour=0, minute=0):
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour, minute), tzinfo=CHINA)


def days(job_days, first, last):
    job = Job("chase", "提醒催办", job_days, NINE)
    return [each.date().isoformat() for each in due_between(job, at(first), at(last, 23), RESTS)]


def test_working_days_follow_the_calendar():
    # The Dragon Boat Festival of 2026: Friday 19 June to Sunday 21 June.
    assert days("每个工作日", "2026-06-17", "2026-06-23") == [
        "2026-06-17",
        "2026-06-18",
        "2026-06-22",
        "2026-06-23",
    ]


def test_weekdays_are_weekdays():
    assert days("每周一", "2026-03-01", "2026-03-31") == [
        "2026-03-02",
        "2026-03-09",
        "2026-03-16",
        "2026-03-23",
        "2026-03-30",
    ]


@pytest.mark.parametrize(
    ("month", "day"),
    [
        ("2026-03", "2026-03-02"),  # the 1st was a Sunday
        ("2026-10", "2026-10-08"),  # the 1st to the 7th were holidays
        ("2026-12", "2026-12-01"),
    ],
)
def test_a_monthly_day_that_is_a_rest_day_moves_to_the_next_working_day(month, day):
    assert days("每月1日", f"{month}-01", f"{month}-28") == [day]


def test_a_month_that_is_too_short_ends_earlier():
    assert days("每月31日", "2026-04-25", "2026-05-05") == ["2026-04-30"]


def test_several_times_a_day_are_several_slots():
    job = Job("send", "发送", "每天", (dt.time(14), dt.time(9)))

    assert [each.hour for each in due_between(job, at("2026-03-02", 9), at("2026-03-03", 9), RESTS)] == [
        14,
        9,
    ]


JOB = Job("chase", "提醒催办", "每天", NINE)


def slot(day, *tries):
    return SlotNow("chase", at(day, 9), tries)


def test_a_job_begins_on_the_morning_of_the_day_on_which_it_is_first_seen():
    found = new_slots(JOB, (), at("2026-03-02", 10), RESTS)

    assert found.begins == at("2026-03-02")
    assert found.slots == (at("2026-03-02", 9),)
    assert found.joins == ()


def test_of_five_missed_slots_the_latest_is_done_and_the_others_are_joined_to_it():
    known = [slot("2026-03-02", Attempt(1, "", at("2026-03-02", 9), "done"))]

    found = new_slots(JOB, known, at("2026-03-07", 10), RESTS)

    assert [each.day for each in found.slots] == [3, 4, 5, 6, 7]
    assert [each.day for each in found.joins] == [3, 4, 5, 6]


def test_a_slot_that_is_still_open_is_joined_to_the_next_one():
    known = [slot("2026-03-02", Attempt(1, "", at("2026-03-02", 9), "failed"))]

    assert new_slots(JOB, known, at("2026-03-03", 9), RESTS).joins == (at("2026-03-02", 9),)


def test_between_two_slots_there_is_nothing_to_record():
    assert not new_slots(JOB, [slot("2026-03-02")], at("2026-03-02", 23), RESTS)


NOW = at("2026-03-02", 12)


@pytest.mark.parametrize(
    ("tries", "state"),
    [
        ((), SlotState.DUE),
        ((Attempt(1, "", NOW, "done"),), SlotState.DONE),
        ((Attempt(0, "", NOW, "joined"),), SlotState.CLOSED),
        ((Attempt(0, "", NOW, "begun"),), SlotState.CLOSED),
        ((Attempt(1, "", NOW),), SlotState.RUNNING),
        ((Attempt(1, "", NOW - SLOT_LEASE),), SlotState.DUE),
        ((Attempt(1, "", NOW, "failed"),), SlotState.WAITS),
        ((Attempt(1, "", NOW - PAUSE, "failed"),), SlotState.DUE),
        (tuple(Attempt(n, "", NOW - SLOT_LEASE, "failed") for n in (1, 2, 3)), SlotState.FAILED),
        ((Attempt(1, "", NOW - SLOT_LEASE), Attempt(2, "", NOW - SLOT_LEASE, "done")), SlotState.DONE),
    ],
)
def test_the_first_line_that_fits_decides(tries, state):
    assert slot_state(slot("2026-03-02", *tries), NOW) is state


def test_failures_are_counted_since_the_last_success():
    failed = tuple(Attempt(n, "", NOW, "failed") for n in (1, 2, 3))
    slots = [
        slot("2026-03-01", *failed),
        slot("2026-03-02", Attempt(1, "", NOW, "done")),
        slot("2026-03-03", *failed),
        slot("2026-03-04", *failed[:2]),
    ]

    assert failures_in_a_row(slots, NOW) == (5, at("2026-03-03", 9))


def test_an_attempt_that_never_ended_has_failed_once_its_worker_must_be_dead():
    cut_off = slot("2026-03-01", *(Attempt(n, "", NOW) for n in (1, 2, 3)))

    assert failures_in_a_row([cut_off], NOW + SLOT_LEASE)[0] == 3
    assert failures_in_a_row([cut_off], NOW + SLOT_LEASE - dt.timedelta(minutes=1))[0] == 0


def office(*slots):
    return Office(slots={(each.job, each.due): each for each in slots})


def test_silence_is_a_slot_that_nobody_did_for_a_day():
    done = slot("2026-03-02", Attempt(1, "", at("2026-03-02", 9), "done", outcome_at=at("2026-03-02", 9)))

    assert silent_since(office(done), (JOB,), at("2026-03-04", 8), RESTS) is None
    assert silent_since(office(done), (JOB,), at("2026-03-04", 10), RESTS) == at("2026-03-03", 9)
    assert silent_since(Office(), (JOB,), at("2026-03-04", 10), RESTS) is None


def test_a_scheduler_whose_every_job_fails_is_as_silent_as_one_that_nobody_wakes():
    done = slot("2026-03-02", Attempt(1, "", at("2026-03-02", 9), "done", outcome_at=at("2026-03-02", 9)))
    failing = [
        slot(f"2026-03-0{day}", *(Attempt(n, "", at(f"2026-03-0{day}", 9, n), "failed") for n in (1, 2, 3)))
        for day in (3, 4)
    ]

    assert silent_since(office(done, *failing), (JOB,), at("2026-03-04", 8), RESTS) is None
    assert silent_since(office(done, *failing), (JOB,), at("2026-03-04", 10), RESTS) == at("2026-03-03", 9)


def test_one_job_that_fails_beside_another_that_does_not_is_no_silence():
    good = Job("send", "发送", "每天", (dt.time(11),))
    failing = slot("2026-03-03", Attempt(1, "", at("2026-03-03", 9), "failed"))
    done = SlotNow(
        "send", at("2026-03-04", 11), (Attempt(1, "", NOW, "done", outcome_at=at("2026-03-04", 11)),)
    )

    assert (
        silent_since(office(slot("2026-03-02"), failing, done), (JOB, good), at("2026-03-05", 8), RESTS)
        is None
    )


def test_a_weekend_is_no_silence():
    job = Job("chase", "提醒催办", "每个工作日", NINE)
    done = slot("2026-03-06", Attempt(1, "", at("2026-03-06", 9), "done", outcome_at=at("2026-03-06", 9)))

    assert silent_since(office(done), (job,), at("2026-03-09", 8), RESTS) is None


DAY = 86_400.0


@pytest.mark.parametrize(
    ("days_passed", "steady_passed", "clock"),
    [
        (5, 5 * DAY, ClockTrust.BELIEVED),  # asleep for five days
        (12, 12 * DAY, ClockTrust.BELIEVED),
        (0, 0, ClockTrust.BELIEVED),
        (-0.001, 60, ClockTrust.BELIEVED),  # a minute or two are put right by the network
        (-1, 60, ClockTrust.BACK),
        (-0.05, 60, ClockTrust.BACK),
        (365, 60, ClockTrust.FORWARD),
        (2, 60, ClockTrust.FORWARD),
        (1, 60, ClockTrust.BELIEVED),  # below 36 hours
        (0.25, 0.5 * DAY, ClockTrust.BACK),  # ahead of what was seen last, and six hours behind what passed
        (12, 12 * DAY + 60, ClockTrust.BELIEVED),  # two clocks never run quite alike
        (5, None, ClockTrust.BELIEVED),  # started anew after a holiday
        (22, None, ClockTrust.FORWARD),
    ],
)
def test_a_clock_is_believed_or_not(days_passed, steady_passed, clock):
    last = ClockReading(NOW, 1_000.0)
    steady = 10.0 if steady_passed is None else 1_000.0 + steady_passed

    assert judge(last, ClockReading(NOW + dt.timedelta(days=days_passed), steady)) is clock


def test_another_start_of_the_machine_is_known_though_its_steady_clock_is_ahead():
    # Seen an hour after the start on Friday, then two hours after that of Monday.
    last = ClockReading(NOW, 3_600.0, "friday")

    assert judge(last, ClockReading(NOW + dt.timedelta(days=3), 7_200.0, "monday")) is ClockTrust.BELIEVED
    assert judge(last, ClockReading(NOW + dt.timedelta(days=3), 7_200.0, "friday")) is ClockTrust.FORWARD
    assert judge(last, ClockReading(NOW + dt.timedelta(days=30), 7_200.0, "monday")) is ClockTrust.FORWARD


def test_a_clock_that_is_set_right_again_is_believed_again():
    last = ClockReading(NOW, 1_000.0)
    wrong = ClockReading(NOW + dt.timedelta(days=365), 1_060.0)
    right = ClockReading(NOW + dt.timedelta(minutes=2), 1_120.0)

    assert (judge(last, wrong), judge(last, right)) == (ClockTrust.FORWARD, ClockTrust.BELIEVED)
