"""When each job is due, and what is to be done about it: a pure function of the calendar and of what was recorded.

A *slot* is a moment at which a job is due. Every slot since the last recorded one gets a row, so that nothing is
lost while the PC is off, and nothing is done twice by a restart, a crash or a second copy. Of several that were
missed the latest is done and the others are joined to it: after five days off each unit gets one digest, not five.

    days     = "每天" | "每个工作日" | "每周" weekday | "每月" number "日"     (a rest day: the next working day)
    weekday  = "一" … "日"

What becomes of a slot; the first line that fits:

    1  an attempt was done                                      done
    2  it was joined to a later one, or marks the beginning     closed
    3  an attempt has no outcome and is younger than SLOT_LEASE      running: nobody else touches it
    4  SLOT_TRIES attempts                                       failed
    5  the last attempt is less than PAUSE ago                  waits
    6  anything else                                            due

A job that fails does not stop the others. After ALARM_AT failures in a row, without one success, there is one alarm.

Whether the PC's clock can be believed.

A day that is wrong sends the wrong reminders to everybody. Two clocks are compared: the one on the wall, which anybody
can set, and one that only counts on (`steady`, seconds since the machine started, asleep or not).

    the wall clock is more than SLACK behind what was seen last                                   back
    the machine ran on, and the wall clock lost more than SLACK on the steady one                 back
    the machine ran on, and the wall clock gained more than JUMP on the steady one                forward
    it was started anew, and more than FAR passed                                                 forward
    anything else                                                                                 believed

It was started anew where the system says that this is another start (`boot`), and where the steady clock is behind.

A PC that was off or asleep for some days is no jump. While the clock is not believed nothing is done, and what was
seen last stays, so that a clock that is set right again is believed again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from itertools import islice

from tracker.rules.office import Office, SlotNow
from tracker.settings import DAYS_PATTERN, Job
from tracker.values import dataclass

SLOT_LEASE = dt.timedelta(minutes=30)
PAUSE = dt.timedelta(minutes=15)
SLOT_TRIES = 3
ALARM_AT = 5
# A slot of a day ago with nothing done since means that nobody wakes the program, or that nothing works.
SILENCE = dt.timedelta(days=1)

_AHEAD = dt.timedelta(days=31)

Rests = Callable[[dt.date], bool]


class SlotState(Enum):
    """Where a slot stands."""

    DONE = "done"
    CLOSED = "closed"
    RUNNING = "running"
    FAILED = "failed"
    WAITS = "waits"
    DUE = "due"


class RunOutcome(Enum):
    """What is said of an attempt at a slot; the value of `facts.SlotOutcome.state`."""

    DONE = "done"
    FAILED = "failed"
    # Missed, and done together with a later one.
    JOINED = "joined"
    # From here on slots of the job are counted.
    BEGUN = "begun"


_WEEK = "一二三四五六日"


def due_between(job: Job, after: dt.datetime, until: dt.datetime, rests: Rests) -> Iterator[dt.datetime]:
    """The slots of a job after a moment, up to and including another, in order."""
    day = after.date()
    while day <= until.date():
        if _falls_on(job.days, day, rests):
            for time in sorted(set(job.times)):
                due = dt.datetime.combine(day, time, tzinfo=after.tzinfo)
                if after < due <= until:
                    yield due
        day += dt.timedelta(days=1)


def _falls_on(days: str, day: dt.date, rests: Rests) -> bool:
    match = DAYS_PATTERN.fullmatch(days)
    if not match or days == "每天":
        return bool(match)
    if match[1]:
        return day.weekday() == _WEEK.index(match[1].replace("天", "日"))
    if not match[2]:
        return not rests(day)
    if rests(day):
        return False
    # A monthly day, or the first working day after it; a month that is too short ends earlier.
    return any(_is_monthly(earlier, int(match[2])) for earlier in _rest_before(day, rests))


def _is_monthly(day: dt.date, number: int) -> bool:
    last = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    return day.day == min(number, last.day)


def _rest_before(day: dt.date, rests: Rests) -> Iterator[dt.date]:
    """The day, and the rest days right before it."""
    yield day
    for back in range(1, 15):
        earlier = day - dt.timedelta(days=back)
        if not rests(earlier):
            return
        yield earlier


def slots_of(office: Office, job: str) -> list[SlotNow]:
    """The slots of a job, in order of time."""
    return sorted((slot for slot in office.slots.values() if slot.job == job), key=lambda slot: slot.due)


def slot_state(slot: SlotNow, now: dt.datetime) -> SlotState:
    """Where a slot stands; see the module."""
    if any(attempt.state == RunOutcome.DONE.value for attempt in slot.attempts):
        return SlotState.DONE
    if any(attempt.n == 0 for attempt in slot.attempts):
        return SlotState.CLOSED
    if any(not attempt.state and now < attempt.at + SLOT_LEASE for attempt in slot.attempts):
        return SlotState.RUNNING
    if len(slot.attempts) >= SLOT_TRIES:
        return SlotState.FAILED
    if slot.attempts and now < slot.attempts[-1].at + PAUSE:
        return SlotState.WAITS
    return SlotState.DUE


@dataclass(frozen=True, slots=True)
class NewSlots:
    """Rows that a job needs at a moment.

    Attributes:
        begins: The marker from which its slots are counted; None when it has one.
        slots: New slots, in order.
        joins: Slots, new or old, that are closed because a later one is there.
    """

    begins: dt.datetime | None = None
    slots: tuple[dt.datetime, ...] = ()
    joins: tuple[dt.datetime, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.begins or self.slots or self.joins)


def new_slots(job: Job, history: Sequence[SlotNow], now: dt.datetime, rests: Rests) -> NewSlots:
    """What has to be recorded for a job at a moment; a job that was never seen begins on the morning of the day."""
    begins = None if history else dt.datetime.combine(now.date(), dt.time(), tzinfo=now.tzinfo)
    after = begins or history[-1].due.astimezone(now.tzinfo)
    slots = tuple(due_between(job, after, now, rests))
    if not slots:
        return NewSlots(begins)
    still_open = [slot.due for slot in history if slot_state(slot, now) in (SlotState.WAITS, SlotState.DUE)]
    return NewSlots(begins, slots, (*still_open, *slots[:-1]))


def next_due(jobs: Sequence[Job], office: Office, now: dt.datetime, rests: Rests) -> dt.datetime | None:
    """When there is something to do again: the next slot, or the end of a pause or of a lease; None within a month."""
    moments = []
    for job in jobs:
        if job.on:
            moments += list(islice(due_between(job, now, now + _AHEAD, rests), 1))
    for slot in office.slots.values():
        stands = slot_state(slot, now)
        if stands is SlotState.DUE:
            moments.append(now)
        elif stands is SlotState.WAITS:
            moments.append(slot.attempts[-1].at + PAUSE)
        elif stands is SlotState.RUNNING:
            moments.append(slot.attempts[-1].at + SLOT_LEASE)
    return min(moments, default=None)


def failures_in_a_row(slots: Sequence[SlotNow], now: dt.datetime) -> tuple[int, dt.datetime | None]:
    """How many attempts failed since the last success, and the slot of the first of them.

    One that was begun and never ended, and is too old to be at work, has failed like any other: a job that takes its
    process down with it says nothing.
    """
    count, first = 0, None
    for slot in reversed(slots):
        if any(attempt.state == RunOutcome.DONE.value for attempt in slot.attempts):
            break
        failures = sum(
            attempt.state == RunOutcome.FAILED.value or (not attempt.state and now >= attempt.at + SLOT_LEASE)
            for attempt in slot.attempts
        )
        if failures:
            count, first = count + failures, slot.due
    return count, first


def last_good(office: Office) -> dt.datetime | None:
    """When a job last ended well."""
    return max(
        (
            attempt.outcome_at or attempt.at
            for slot in office.slots.values()
            for attempt in slot.attempts
            if attempt.state == RunOutcome.DONE.value
        ),
        default=None,
    )


def silent_since(office: Office, jobs: Sequence[Job], now: dt.datetime, rests: Rests) -> dt.datetime | None:
    """The first slot that was due after the last good run, once it is a day old; None where nobody schedules.

    Whether nobody woke the program or every job failed is the same for the office: nothing was done. One job that
    fails beside others that do not is told by `failures_in_a_row`.
    """
    good = last_good(office)
    overdue: list[dt.datetime] = []
    for job in jobs:
        slots = slots_of(office, job.verb)
        if job.on and slots:
            after = max(good, slots[0].due) if good else slots[0].due
            overdue += due_between(job, after.astimezone(now.tzinfo), now - SILENCE, rests)
    return min(overdue, default=None)


SLACK = dt.timedelta(minutes=10)
JUMP = dt.timedelta(hours=36)
# Longer than any holiday: an office that was closed for longer has a person look.
FAR = dt.timedelta(days=21)


class ClockTrust(Enum):
    """What is thought of the clock."""

    BELIEVED = "believed"
    BACK = "back"
    FORWARD = "forward"


@dataclass(frozen=True, slots=True)
class ClockReading:
    """The two clocks at one moment, and which start of the machine it was; empty where no system tells."""

    now: dt.datetime
    steady: float
    boot: str = ""


def judge(last: ClockReading | None, reading: ClockReading) -> ClockTrust:
    """What to think of the clock now, after what was last believed.

    >>> monday = dt.datetime(2026, 3, 2, 9, tzinfo=dt.timezone.utc)
    >>> hour, day = dt.timedelta(hours=1), dt.timedelta(days=1)
    >>> judge(ClockReading(monday, 100.0), ClockReading(monday + 5 * day, 100.0 + 5 * 86_400)).value
    'believed'
    >>> judge(ClockReading(monday, 100.0), ClockReading(monday + 5 * day, 3_700.0)).value
    'forward'
    >>> judge(ClockReading(monday, 100.0), ClockReading(monday - hour, 3_700.0)).value
    'back'
    """
    if last is None:
        return ClockTrust.BELIEVED
    difference = reading.now - last.now
    if difference < -SLACK:
        return ClockTrust.BACK
    if reading.steady < last.steady or (reading.boot != last.boot and reading.boot and last.boot):
        return ClockTrust.FORWARD if difference > FAR else ClockTrust.BELIEVED
    ran = dt.timedelta(seconds=reading.steady - last.steady)
    if difference - ran < -SLACK:
        return ClockTrust.BACK
    return ClockTrust.FORWARD if difference - ran > JUMP else ClockTrust.BELIEVED
