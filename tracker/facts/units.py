"""Units, their names by date, what became of them, and who is called."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from tracker.facts.base import Fact


@dataclass(frozen=True, slots=True)
class Unit(Fact):
    """A body. `kind` is the office's own grouping (市直部门, 县（市、区）, 垂直管理 …); `retired` when it ended."""

    KEY: ClassVar = ("unit",)
    unit: str
    kind: str
    retired: bool = False


@dataclass(frozen=True, slots=True)
class UnitName(Fact):
    """A name that means a unit from a date until a date (both inclusive; None is open).

    `rank` tells the name to print now (`current`) from other names (`other`, `former`, `short`).
    """

    KEY: ClassVar = ("unit", "name", "since")
    unit: str
    name: str
    since: dt.date | None
    until: dt.date | None
    rank: str


@dataclass(frozen=True, slots=True)
class UnitLink(Fact):
    """A unit's successor from a date: `how` is rename, merge or split; withdrawn takes the statement back."""

    KEY: ClassVar = ("unit", "successor", "on")
    unit: str
    successor: str
    on: dt.date
    how: str


@dataclass(frozen=True, slots=True)
class Contact(Fact):
    """Who is called or written to in a unit, from a date; an empty name ends the entry."""

    KEY: ClassVar = ("unit", "role", "name")
    unit: str
    role: str
    name: str
    phone: str
    mail: str
    active: bool
