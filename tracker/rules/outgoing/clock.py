"""Whether the PC's clock can be believed.

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
from enum import Enum

from tracker.values import dataclass

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
