"""Which messages leave at a moment, in which order, and why the others do not.

Three switches hold everything that leaves the PC: test mode, quiet days and hours, the blast guard. Reminders and
official slips of one moment leave in the order recorded. A channel takes so many a minute (`PER_MINUTE`), counted
over the attempts of the last minute by whomever; the rest wait and lose nothing. A robot whose last attempt failed
is left alone for a while: whoever is told to be too fast and knocks again is shut out for longer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.rules.outgoing.audience import ALARM
from tracker.rules.outgoing.audience import Hold
from tracker.rules.outgoing.audience import held
from tracker.rules.outgoing.audience import is_settled
from tracker.rules.outgoing.audience import too_many
from tracker.rules.outgoing.outbox import Fate
from tracker.rules.outgoing.outbox import Said
from tracker.rules.outgoing.outbox import Standing
from tracker.rules.outgoing.outbox import standing
from tracker.rules.outgoing.sending import FOLDER
from tracker.rules.outgoing.sending import PER_MINUTE
from tracker.rules.outgoing.sending import ROBOT
from tracker.rules.outgoing.sending import ROBOT_RESTS
from tracker.rules.outgoing.sending import Sending
from tracker.rules.state import MessageNow
from tracker.rules.state import Office

_MINUTE = dt.timedelta(minutes=1)
_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Leaving:
    """What leaves and what does not.

    Attributes:
        ready: In the order in which they leave.
        waits: Those that are tried again later, and from when.
        held: Those that need something first, and what.
        listed: Those that a person has to look at: refused or parked, and their slips not settled otherwise.
        stopped: Why nothing at all leaves; None when something may.
    """

    ready: tuple[MessageNow, ...] = ()
    waits: tuple[tuple[MessageNow, dt.datetime], ...] = ()
    held: tuple[tuple[MessageNow, Hold], ...] = ()
    listed: tuple[tuple[MessageNow, Standing], ...] = ()
    stopped: Hold | None = None

    @property
    def urgent(self) -> tuple[MessageNow, ...]:
        """What leaves even past the blast guard: alarms to the office itself, which trouble nobody else."""
        is_flood = self.stopped is not None and self.stopped.code == "blast"
        return tuple(each for each in self.ready if each.said.tier == ALARM) if is_flood else ()


def leaving(
    office: Office,
    sending: Sending,
    *,
    now: dt.datetime,
    homes: Mapping[str, Collection[str]],
    quiet: str = "",
    forced: bool = False,
) -> Leaving:
    """Decide every message; `forced` is a person's word that so many are meant."""
    ready, waits, holds, listed = [], [], [], []
    for message in office.messages.values():
        stands = standing(message, now)
        if stands.fate in (Fate.REFUSED, Fate.PARKED):
            if not is_settled(office, message):
                listed.append((message, stands))
        elif stands.fate is Fate.WAITS and stands.ready_at:
            waits.append((message, stands.ready_at))
        elif stands.fate is Fate.READY:
            hold = held(office, message, sending, now=now, homes=homes)
            hold = hold or _hour(message, sending, now, quiet)
            rests = rests_until(office, message.said.channel)
            if hold:
                holds.append((message, hold))
            elif rests > now:
                waits.append((message, rests))
            else:
                ready.append(message)
    stopped = None
    if sending.ticked("send_test"):
        stopped = Hold("test", "测试模式：什么也没有发", "要真的发，请在设置中把“测试模式”改为“否”")
    elif ready and not forced:
        stopped = too_many(office, ready, sending)
    return Leaving(tuple(ready), tuple(waits), tuple(holds), tuple(listed), stopped)


def rests_until(office: Office, channel: str) -> dt.datetime:
    """Until when a robot is left alone: its last attempt failed, or nobody knows; a moment long past for all others."""
    if not channel.startswith(ROBOT):
        return _LONG_AGO
    tries = [
        each
        for message in office.messages.values()
        if message.said.channel == channel
        for each in message.tries
        if each.n > 0
    ]
    last = max(tries, key=lambda each: each.at, default=None)
    if last is None or last.state not in (Said.FAILED.value, Said.UNKNOWN.value):
        return _LONG_AGO
    return last.at + ROBOT_RESTS


def _hour(message: MessageNow, sending: Sending, now: dt.datetime, quiet: str) -> Hold | None:
    """The folder troubles nobody at any hour."""
    if message.said.channel == FOLDER:
        return None
    if quiet:
        return Hold("quiet", quiet)
    return None if sending.is_open(now) else Hold("hour", "不在发送时段内", "到时段自动发")


def free_at(office: Office, channel: str, now: dt.datetime) -> dt.datetime:
    """From when a channel takes one more: now, or when the oldest attempt of a full minute is a minute old."""
    limit = PER_MINUTE[channel.split(":")[0]]
    recent = sorted(
        each.at
        for message in office.messages.values()
        if message.said.channel == channel
        for each in message.tries
        if each.n > 0 and each.at > now - _MINUTE
    )
    if not limit or len(recent) < limit:
        return now
    return recent[-limit] + _MINUTE
