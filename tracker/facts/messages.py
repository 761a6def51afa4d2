"""Messages, each attempt to deliver them, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tracker.facts.base import Fact


@dataclass(frozen=True, slots=True)
class Message(Fact):
    """Something that is to leave the office by a channel, with everything that it says, fixed when it was recorded.

    `message` is minted (`M12`). `key` makes it the only one for its reason: tier, unit, subjects and day of the
    slip, or the slot that raised an alarm. `treatment` is reminder (may leave twice when nobody knows whether it
    arrived) or official (never twice). `message_id` is the one that mail carries, the same in every attempt.
    `attachments` are paths in the office folder, `hashes` those of the kept originals that are sent.
    """

    KEY: ClassVar = ("message",)
    ONCE: ClassVar = True
    message: str
    key: str
    document: str
    unit: str
    tier: str
    treatment: str
    channel: str
    recipient: str
    message_id: str
    subject: str
    body: str
    attachments: tuple[str, ...]
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MessageAttempt(Fact):
    """A sender is about to send a message for the n-th time. Recording it is the claim: a second one is refused."""

    KEY: ClassVar = ("message", "n")
    ONCE: ClassVar = True
    message: str
    n: int
    worker: str


@dataclass(frozen=True, slots=True)
class MessageOutcome(Fact):
    """What became of an attempt, or what a person said about it later: the later one holds.

    `state` is sent, failed (may be tried again), refused (will never work), unknown or dropped (a person gave it
    up; n is 0 where it was never tried). An attempt without an outcome is unknown once its sender must be dead.
    """

    KEY: ClassVar = ("message", "n")
    message: str
    n: int
    state: str
    note: str
