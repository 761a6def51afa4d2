"""The ways by which a message leaves: a folder, mail, the robot of a group; each tells honestly what became of it.

A channel never raises for what the other side does: it returns a `Result`. What certainly was not taken is `failed`
(try again) or `refused` (never will be); what was given and not answered is `unknown`, and nothing else is.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.facts import Message
from tracker.rules.outgoing.outbox import SendOutcome


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message with the bytes of its attachments, as a channel gets it.

    Attributes:
        date: When it was recorded, as mail states it; the same in every attempt.
        files: Name and bytes.
    """

    message: Message
    date: str
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of an attempt.

    Attributes:
        note: For users; never a secret, never what a message says.
        stops: Whether the channel as a whole does not work now: trying the next message would be the same.
    """

    state: SendOutcome
    note: str = ""
    stops: bool = False
