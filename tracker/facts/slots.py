"""Moments at which a job was due, each attempt, and what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from tracker.facts.base import Fact


@dataclass(frozen=True, slots=True)
class Slot(Fact):
    """A moment at which a job was due; `due` has the office's time zone."""

    KEY: ClassVar = ("job", "due")
    ONCE: ClassVar = True
    job: str
    due: dt.datetime


@dataclass(frozen=True, slots=True)
class SlotAttempt(Fact):
    """A scheduler is about to do what was due, for the n-th time; a second claim is refused."""

    KEY: ClassVar = ("job", "due", "n")
    ONCE: ClassVar = True
    job: str
    due: dt.datetime
    n: int
    worker: str


@dataclass(frozen=True, slots=True)
class SlotOutcome(Fact):
    """What became of an attempt: done or failed; n is 0 for what is not attempted: joined to a later one, begun."""

    KEY: ClassVar = ("job", "due", "n")
    ONCE: ClassVar = True
    job: str
    due: dt.datetime
    n: int
    state: str
    note: str
