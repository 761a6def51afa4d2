"""Slips and what became of them, other events, and the reports that were frozen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from tracker.facts.base import Fact


@dataclass(frozen=True, slots=True)
class Event(Fact):
    """Something that happened to a subject: issued, extension, write-off, shortcoming, rectified …; `data` is JSON."""

    KEY: ClassVar = ("subject", "kind", "n")
    subject: str
    kind: str
    n: int
    at: dt.date
    data: str


@dataclass(frozen=True, slots=True)
class Document(Fact):
    """A slip or circular and where it stands: drafted, signed, sent or withdrawn.

    `document` is minted (`D12`); `tier` is 交办, 提醒, 催办, 督办 or 通报; `subjects` are work points.
    `number` is what the office's OA gave it; empty until then.
    """

    KEY: ClassVar = ("document",)
    document: str
    tier: str
    unit: str
    subjects: tuple[str, ...]
    on: dt.date
    state: str
    number: str
    path: str


@dataclass(frozen=True, slots=True)
class ReportEdition(Fact):
    """What was reported, frozen: `content` is JSON of every number and the rows that it counts."""

    KEY: ClassVar = ("report", "n")
    ONCE: ClassVar = True
    report: str
    n: int
    plan: str
    as_of: dt.date
    content: str
