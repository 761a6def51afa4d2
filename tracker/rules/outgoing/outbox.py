"""The outbox: what becomes of each message, and which may leave at a moment.

Exactly-once does not exist for mail: when the line breaks after the text was given, nobody knows whether it was
taken. Which error is preferred depends on the message. A reminder may come twice (with the same Message-ID); an
official slip never, so one whose fate is unknown waits for a person. The first line that fits decides:

    1  an attempt was sent                                             sent
    2  a person gave it up                                             dropped
    3  an attempt has no outcome and is younger than LEASE             on its way: nobody else touches it
    4  the last outcome is refused (5xx, a robot's error)              refused: on the list
    5  official, and an attempt is unknown, or has no outcome for long parked: on the list
    6  MAX_TRIES attempts                                              refused: on the list
    7  the last attempt was less than its pause ago                    waits
    8  anything else                                                   ready

`again`, said by a person, clears what was before it. Pauses double from five minutes to six hours; a quarter of
each is decided by the message's key, so that forty messages that failed together do not come back together.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from enum import Enum

from tracker.rules.office import Attempt, MessageNow
from tracker.values import dataclass

# After so long a sender that has not said anything is dead: longer than all waits of one attempt together.
LEASE = dt.timedelta(minutes=15)
MAX_TRIES = 8
_FIRST_PAUSE = dt.timedelta(minutes=5)
_LONGEST_PAUSE = dt.timedelta(hours=6)


class Treatment(Enum):
    """What is done when nobody knows whether a message arrived; the value of `facts.Message.treatment`."""

    # It is sent again, with the same Message-ID.
    REMINDER = "reminder"
    # A person decides.
    OFFICIAL = "official"


class SendOutcome(Enum):
    """What is said of an attempt; the value of `facts.MessageOutcome.state`."""

    # The channel took it.
    SENT = "sent"
    # Certainly not taken; may be tried again.
    FAILED = "failed"
    # Certainly not taken, and never will be as it is.
    REFUSED = "refused"
    # Given, and no answer.
    UNKNOWN = "unknown"
    # A person gave it up.
    DROPPED = "dropped"
    # A person wants it tried once more, whatever happened so far.
    AGAIN = "again"
    # A person confirmed the recipient.
    RELEASED = "released"
    # A person wants it to go to the unit's present address: another message takes its place.
    READDRESSED = "readdressed"


class Fate(Enum):
    """Where a message stands."""

    SENT = "已发"
    DROPPED = "不再发"
    ON_ITS_WAY = "正在发"
    REFUSED = "发送失败"
    PARKED = "可能已送达，待确认"
    WAITS = "等待重试"
    READY = "待发"


@dataclass(frozen=True, slots=True)
class MessageStanding:
    """The fate of a message, from when it may be tried again, and why in words."""

    fate: Fate
    ready_at: dt.datetime | None = None
    why: str = ""


def message_standing(message: MessageNow, now: dt.datetime) -> MessageStanding:
    """Where a message stands at a moment; see the module."""
    if any(attempt.state == SendOutcome.SENT.value for attempt in message.attempts):
        return MessageStanding(Fate.SENT)
    if any(
        attempt.state in (SendOutcome.DROPPED.value, SendOutcome.READDRESSED.value)
        for attempt in message.attempts
    ):
        return MessageStanding(Fate.DROPPED)
    tries = _since_again(message)
    if any(not attempt.state and now < attempt.at + LEASE for attempt in tries):
        return MessageStanding(Fate.ON_ITS_WAY)
    if not tries:
        return MessageStanding(Fate.READY)
    last = tries[-1]
    if last.state == SendOutcome.REFUSED.value:
        return MessageStanding(Fate.REFUSED, why=last.note)
    unsure = [attempt for attempt in tries if attempt.state in ("", SendOutcome.UNKNOWN.value)]
    if unsure and message.fact.treatment == Treatment.OFFICIAL.value:
        return MessageStanding(Fate.PARKED, why=unsure[-1].note or "发送中断，没有收到答复")
    if len(tries) >= MAX_TRIES:
        return MessageStanding(Fate.REFUSED, why=f"试了{len(tries)}次仍未发出：{last.note}")
    ready_at = last.at + pause(message.fact.key, len(tries))
    return MessageStanding(Fate.READY if ready_at <= now else Fate.WAITS, ready_at, last.note)


def next_attempt(message: MessageNow) -> int:
    """The number of the attempt that comes next."""
    return max((attempt.n for attempt in message.attempts), default=0) + 1


def pause(key: str, tries: int) -> dt.timedelta:
    """How long to wait after so many attempts.

    >>> [pause("D1|U001", tries) > pause("D1|U001", tries - 1) for tries in range(2, 7)]
    [True, True, True, True, True]
    >>> pause("D1|U001", 20) <= _LONGEST_PAUSE * 1.125
    True
    """
    whole = min(_FIRST_PAUSE * (1 << tries - 1), _LONGEST_PAUSE)
    jitter = int.from_bytes(hashlib.sha256(f"{key}|{tries}".encode()).digest()[:2]) / 65_535
    return whole * (0.875 + jitter / 4)


def is_released(message: MessageNow) -> bool:
    """Whether a person confirmed its recipient."""
    return any(attempt.state == SendOutcome.RELEASED.value for attempt in message.attempts)


def is_readdressed(message: MessageNow) -> bool:
    """Whether another message takes its place."""
    return any(attempt.state == SendOutcome.READDRESSED.value for attempt in message.attempts)


def _since_again(message: MessageNow) -> tuple[Attempt, ...]:
    """Attempts after a person asked for another one; what was said without an attempt is none."""
    tries = message.attempts
    for position, attempt in enumerate(message.attempts):
        if attempt.state == SendOutcome.AGAIN.value:
            tries = message.attempts[position + 1 :]
    return tuple(attempt for attempt in tries if attempt.n > 0)
