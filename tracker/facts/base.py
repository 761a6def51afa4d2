"""What every fact is, and how the ledger holds it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar
from typing import Generic
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Fact:
    """Base of every fact."""

    KEY: ClassVar[tuple[str, ...]] = ()
    ONCE: ClassVar[bool] = False


F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Entry(Generic[F]):
    """A fact as the ledger holds it: its number, its act, and the file and place that it came from."""

    seq: int
    act: int
    file: str
    place: str
    fact: F


@dataclass(frozen=True, slots=True)
class ActRow:
    """A command that changed something.

    Attributes:
        no: Its number in the office, from 1 without gaps.
        recorded_at: When it was recorded, with time zone.
        effective_on: The day from which it counts; None is the day of `recorded_at`.
        version: Version of the program.
        settings: Hashes of the settings files that it used.
        first_seq: Number of its first fact.
        last_seq: Number of its last fact.
    """

    no: int
    verb: str
    person: str
    recorded_at: dt.datetime
    effective_on: dt.date | None
    version: str
    settings: tuple[str, ...]
    first_seq: int
    last_seq: int

    @property
    def day(self) -> dt.date:
        """The day from which it counts."""
        return self.effective_on or self.recorded_at.date()
