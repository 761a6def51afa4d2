"""Plans: editions, work points with their words and who answers, duties, and what goes on in what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from tracker.facts.base import Fact


@dataclass(frozen=True, slots=True)
class PlanEdition(Fact):
    """A plan as one file states it. Edition 1 made the plan; `how` is new, revision or amendment."""

    KEY: ClassVar = ("plan", "edition")
    ONCE: ClassVar = True
    plan: str
    edition: int
    how: str
    title: str
    number: str
    issuer: str
    issued_on: dt.date | None
    year: int
    theme: str


@dataclass(frozen=True, slots=True)
class WorkPoint(Fact):
    """A work point was minted."""

    KEY: ClassVar = ("wp",)
    ONCE: ClassVar = True
    wp: str
    plan: str


@dataclass(frozen=True, slots=True)
class WpText(Fact):
    """A work point's words in one edition of its plan; `retired` when the edition dropped it.

    `position` is its order in the plan; `deadline` the JSON of `model.Deadline`; `mode` a `model.Mode` value;
    `matched_by` says how it was found again (new, equal, number, likeness, person).
    """

    KEY: ClassVar = ("wp", "edition")
    ONCE: ClassVar = True
    wp: str
    edition: int
    position: int
    section: str
    task: str
    no: str
    requirement: str
    deadline: str
    mode: str
    inherited: bool
    matched_by: str
    retired: bool


@dataclass(frozen=True, slots=True)
class Assignment(Fact):
    """A written name that answers for a work point, and the unit that it was decided to mean.

    A collective name gives one fact for itself (`unit` empty) and one for each member (`via` names it).
    `unit` is empty, too, while a person has not decided what the name means.
    """

    KEY: ClassVar = ("wp", "edition", "written", "unit", "role")
    wp: str
    edition: int
    written: str
    unit: str
    role: str
    via: str
    part: str
    active: bool


@dataclass(frozen=True, slots=True)
class Member(Fact):
    """A member of a collective name, frozen for an edition of a plan."""

    KEY: ClassVar = ("plan", "edition", "collective", "unit")
    plan: str
    edition: int
    collective: str
    unit: str
    active: bool


@dataclass(frozen=True, slots=True)
class PlanDuty(Fact):
    """Something that the covering letter asks of every addressee; `deadline` is JSON."""

    KEY: ClassVar = ("plan", "edition", "n")
    ONCE: ClassVar = True
    plan: str
    edition: int
    n: int
    what: str
    addressee: str
    deadline: str


@dataclass(frozen=True, slots=True)
class Carried(Fact):
    """A work point goes on in another.

    In mid-year, within a plan: `how` is split or merge. From last year's plan to this year's, as a person confirmed:
    continued, merged (several last year) or divided (several this year); new has no `from_wp` (nothing of last year
    goes on in it), dropped has no `to_wp` (it goes on in nothing, `note` says why); withdrawn takes a statement back.
    """

    KEY: ClassVar = ("from_wp", "to_wp")
    from_wp: str
    to_wp: str
    how: str
    decided_by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanKind(Fact):
    """Whose a plan is: `own`, or `superior`: then it is compared with ours and never handed out, chased or counted."""

    KEY: ClassVar = ("plan",)
    plan: str
    kind: str


@dataclass(frozen=True, slots=True)
class PlanLink(Fact):
    """A plan of ours and the one it is compared with: `how` is year (last year's), superior, or withdrawn."""

    KEY: ClassVar = ("plan", "other")
    plan: str
    other: str
    how: str


@dataclass(frozen=True, slots=True)
class Serves(Fact):
    """Which of our items serves which of the superior's; many to many, as a person confirmed.

    `how` is serves; gap (nothing of ours serves it) and elsewhere (it is no duty of ours) have no `ours`, and `note`
    says why; withdrawn takes a statement back.
    """

    KEY: ClassVar = ("theirs", "ours")
    theirs: str
    ours: str
    how: str
    decided_by: str
    note: str
