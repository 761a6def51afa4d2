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
from tracker.rules.outgoing.audience import find_hold
from tracker.rules.outgoing.audience import is_settled
from tracker.rules.outgoing.audience import too_many
from tracker.rules.outgoing.outbox import Fate
from tracker.rules.outgoing.outbox import MessageStanding
from tracker.rules.outgoing.outbox import SendOutcome
from tracker.rules.outgoing.outbox import message_standing
from tracker.rules.outgoing.sending import FOLDER
from tracker.rules.outgoing.sending import PER_MINUTE
from tracker.rules.outgoing.sending import ROBOT
from tracker.rules.outgoing.sending import ROBOT_RESTS
from tracker.rules.outgoing.sending import SendingSettings
from tracker.rules.state import MessageNow
from tracker.rules.state import Office

_MINUTE = dt.timedelta(minutes=1)
_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What leaves and what does not.

    Attributes:
        ready: In the order in which they leave.
        waits: Those that are tried again later, and from when.
        holds: Those that need something first, and what.
        questions: Those that a person has to look at: refused or parked, and their slips not settled otherwise.
        stop: Why nothing at all leaves; None when something may.
    """

    ready: tuple[MessageNow, ...] = ()
    waits: tuple[tuple[MessageNow, dt.datetime], ...] = ()
    holds: tuple[tuple[MessageNow, Hold], ...] = ()
    questions: tuple[tuple[MessageNow, MessageStanding], ...] = ()
    stop: Hold | None = None

    @property
    def urgent(self) -> tuple[MessageNow, ...]:
        """What leaves even past the blast guard: alarms to the office itself, which trouble nobody else."""
        is_flood = self.stop is not None and self.stop.code == "blast"
        return tuple(message for message in self.ready if message.fact.tier == ALARM) if is_flood else ()


def dispatch(
    office: Office,
    settings: SendingSettings,
    *,
    now: dt.datetime,
    homes: Mapping[str, Collection[str]],
    quiet: str = "",
    is_forced: bool = False,
) -> Dispatch:
    """Decide every message; `is_forced` is a person's word that so many are meant."""
    ready, waits, holds, questions = [], [], [], []
    for message in office.messages.values():
        stands = message_standing(message, now)
        if stands.fate in (Fate.REFUSED, Fate.PARKED):
            if not is_settled(office, message):
                questions.append((message, stands))
        elif stands.fate is Fate.WAITS and stands.ready_at:
            waits.append((message, stands.ready_at))
        elif stands.fate is Fate.READY:
            hold = find_hold(office, message, settings, now=now, homes=homes)
            hold = hold or _hour(message, settings, now, quiet)
            rests = rests_until(office, message.fact.channel)
            if hold:
                holds.append((message, hold))
            elif rests > now:
                waits.append((message, rests))
            else:
                ready.append(message)
    stop = None
    if settings.is_yes("send_test"):
        stop = Hold("test", "测试模式：什么也没有发", "要真的发，请在设置中把“测试模式”改为“否”")
    elif ready and not is_forced:
        stop = too_many(office, ready, settings)
    return Dispatch(tuple(ready), tuple(waits), tuple(holds), tuple(questions), stop)


def rests_until(office: Office, channel: str) -> dt.datetime:
    """Until when a robot is left alone: its last attempt failed, or nobody knows; a moment long past for all others."""
    if not channel.startswith(ROBOT):
        return _LONG_AGO
    tries = [
        attempt
        for message in office.messages.values()
        if message.fact.channel == channel
        for attempt in message.attempts
        if attempt.n > 0
    ]
    last = max(tries, key=lambda attempt: attempt.at, default=None)
    if last is None or last.state not in (SendOutcome.FAILED.value, SendOutcome.UNKNOWN.value):
        return _LONG_AGO
    return last.at + ROBOT_RESTS


def _hour(message: MessageNow, settings: SendingSettings, now: dt.datetime, quiet: str) -> Hold | None:
    """The folder troubles nobody at any hour."""
    if message.fact.channel == FOLDER:
        return None
    if quiet:
        return Hold("quiet", quiet)
    return None if settings.is_open(now) else Hold("hour", "不在发送时段内", "到时段自动发")


def free_at(office: Office, channel: str, now: dt.datetime) -> dt.datetime:
    """From when a channel takes one more: now, or when the oldest attempt of a full minute is a minute old."""
    limit = PER_MINUTE[channel.split(":")[0]]
    recent = sorted(
        attempt.at
        for message in office.messages.values()
        if message.fact.channel == channel
        for attempt in message.attempts
        if attempt.n > 0 and attempt.at > now - _MINUTE
    )
    if not limit or len(recent) < limit:
        return now
    return recent[-limit] + _MINUTE
