"""Rounds, forms, what came back, and every cell that somebody filled in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from tracker.facts.base import Fact


@dataclass(frozen=True, slots=True)
class Round(Fact):
    """A 报送期次 of a plan: when its forms go out and when they are due back."""

    KEY: ClassVar = ("round",)
    round: str
    plan: str
    name: str
    opens: dt.date
    due: dt.date


@dataclass(frozen=True, slots=True)
class Form(Fact):
    """A form that was handed out: its token, and up to which fact it was prefilled (`base_seq`)."""

    KEY: ClassVar = ("form",)
    ONCE: ClassVar = True
    form: str
    round: str
    unit: str
    base_seq: int
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Return(Fact):
    """A file that came back for a form, and what became of it (taken, refused, superseded, waiting).

    `balance` is JSON: cells offered, applied, unchanged, conflicts, refused; the first is the sum of the rest.
    """

    KEY: ClassVar = ("form", "sha")
    form: str
    sha: str
    outcome: str
    reason: str
    balance: str


@dataclass(frozen=True, slots=True)
class SheetWritten(Fact):
    """A workbook of ours was laid out at a revision, from facts up to `base_seq`; committed before the file."""

    KEY: ClassVar = ("workbook", "revision")
    ONCE: ClassVar = True
    workbook: str
    revision: int
    base_seq: int
    sha: str


@dataclass(frozen=True, slots=True)
class Cell(Fact):
    """A value that somebody stated: the latest one of a key holds.

    `subject` is a work point (or another register's row), `unit` the unit concerned or empty, `field` a name
    from the table of columns, `period` a round or empty for a standing value. `origin` is unit, office, settle
    or undo. `base_seq` is what its author had seen.
    """

    KEY: ClassVar = ("subject", "unit", "field", "period")
    subject: str
    unit: str
    field: str
    period: str
    value: str
    origin: str
    base_seq: int


@dataclass(frozen=True, slots=True)
class Conflict(Fact):
    """Two statements about one cell that a person has to decide between."""

    KEY: ClassVar = ("conflict",)
    ONCE: ClassVar = True
    conflict: str
    subject: str
    unit: str
    field: str
    period: str
    base: str
    ours: str
    theirs: str
    why: str


@dataclass(frozen=True, slots=True)
class Settled(Fact):
    """What a person decided about a conflict: ours, theirs or a text of their own; withdrawn when it became moot."""

    KEY: ClassVar = ("conflict",)
    conflict: str
    choice: str
    value: str
