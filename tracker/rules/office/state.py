"""The office as its facts say: plans, units, rounds and cells, folded into one frozen value.

`Office` is what every rule and every layout works on. It is a pure function of the facts up to an act, so
"as it was on 30 June" is the same function over fewer facts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import NamedTuple

from tracker import facts
from tracker.model import ROLES, Deadline, DeadlineKind, Mode, Role
from tracker.values import dataclass

# subject (work point), unit (or empty), field of `columns`, period (a round, or empty for a standing value)
CellKey = tuple[str, str, str, str]


class CellNow(NamedTuple):
    """What a cell says, and where that came from."""

    value: str
    origin: str
    seq: int
    act: int
    file: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class UnitNow:
    """A unit: its names by date, its successors by date, its contacts."""

    unit: str
    kind: str = ""
    is_retired: bool = False
    names: tuple[facts.UnitName, ...] = ()
    links: tuple[facts.UnitLink, ...] = ()
    contacts: tuple[facts.Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignee:
    """Somebody answers for a work point: the name as written, and the unit it means (empty: undecided)."""

    written: str
    unit: str
    role: Role
    via: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A work point as its plan's latest edition states it.

    Attributes:
        id: Minted, `P3-017`.
        assignees: Names that mean one unit, and the members of collective names; undecided names have no unit.
        collectives: Collective names used, as written.
        place: Where its requirement stands in the plan's file.
        is_retired: True when the latest edition dropped it.
    """

    id: str
    plan: str
    position: int
    section: str
    task: str
    no: str
    requirement: str
    deadline: Deadline
    mode: Mode
    is_inherited: bool
    assignees: tuple[Assignee, ...] = ()
    collectives: tuple[tuple[str, Role], ...] = ()
    place: str = ""
    is_retired: bool = False

    def units(self) -> tuple[str, ...]:
        """Units that answer, each once, leads first and then in the order written."""
        return tuple(self.roles())

    def roles(self) -> dict[str, Role]:
        """The weightiest role of each unit that answers, in the order of `units`."""
        roles: dict[str, Role] = {}
        for role in ROLES:
            for assignee in self.assignees:
                if assignee.unit and assignee.role is role:
                    roles.setdefault(assignee.unit, role)
        return roles

    @property
    def empty_groups(self) -> tuple[str, ...]:
        """Collective names without a member: nobody answers under them (责任单位未明确)."""
        groups = {assignee.via for assignee in self.assignees if assignee.via}
        return tuple(dict.fromkeys(name for name, _ in self.collectives if name not in groups))

    @property
    def is_long_term(self) -> bool:
        """长期坚持: its limit runs on without a day."""
        return self.deadline.kind is DeadlineKind.ONGOING and self.deadline.due is None


@dataclass(frozen=True, slots=True)
class PlanNow:
    """A plan in its latest edition.

    Attributes:
        entered_on: The day on which its first edition was entered; None for a plan that no act made.
    """

    plan: str
    edition: facts.PlanEdition
    points: tuple[Point, ...]
    duties: tuple[facts.PlanDuty, ...] = ()
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    entered_on: dt.date | None = None

    @property
    def live_points(self) -> tuple[Point, ...]:
        """The points that no edition dropped, in its order."""
        return tuple(point for point in self.points if not point.is_retired)


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt at a message or a slot, and what is said of it now; `n` is 0 for what was said without one.

    Attributes:
        at: When it was claimed.
        state: Of the latest outcome; empty while there is none.
        outcome_at: When that was said.
    """

    n: int
    worker: str
    at: dt.datetime
    state: str = ""
    note: str = ""
    outcome_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class MessageNow:
    """A message, when it was recorded, and every attempt in order."""

    fact: facts.Message
    at: dt.datetime
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotNow:
    """A moment at which a job was due, and every attempt in order."""

    job: str
    due: dt.datetime
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True)
class Office:
    """Everything that the facts say, up to fact `seq` of act `act`.

    Attributes:
        plans: By id, in the order minted; retired points are in `points` with `retired` set.
        units: By id.
        rounds: By id, in the order opened.
        forms: By token.
        returns: In the order recorded, with the act's time.
        cells: What each cell says now.
        conflicts: Open ones, by id.
        events: In the order recorded.
        documents: Latest state, by id.
        sheets: Latest revision of each workbook that we wrote.
        files: By hash.
        reports: Frozen editions, in order.
        splits_and_merges: Which items go on in which, by splitting or putting together, in the order stated.
        superiors: Plans of the superior by id; they are in no other place, so that nothing hands them out or counts them.
        continuations: Which of last year's items go on in which of this year's, as confirmed, in the order stated.
        serves: Which of our items serves which of the superior's, as confirmed.
        plan_links: Which plans are compared with which.
        messages: By id, in the order recorded.
        slots: By job and moment.
    """

    seq: int = 0
    act: int = 0
    plans: Mapping[str, PlanNow] = field(default_factory=dict)
    units: Mapping[str, UnitNow] = field(default_factory=dict)
    rounds: Mapping[str, facts.Round] = field(default_factory=dict)
    forms: Mapping[str, facts.Form] = field(default_factory=dict)
    returns: tuple[tuple[dt.datetime, facts.Return], ...] = ()
    cells: Mapping[CellKey, CellNow] = field(default_factory=dict)
    conflicts: Mapping[str, facts.Conflict] = field(default_factory=dict)
    events: tuple[facts.Event, ...] = ()
    documents: Mapping[str, facts.Document] = field(default_factory=dict)
    sheets: Mapping[str, facts.SheetWritten] = field(default_factory=dict)
    files: Mapping[str, facts.File] = field(default_factory=dict)
    reports: tuple[facts.ReportEdition, ...] = ()
    messages: Mapping[str, MessageNow] = field(default_factory=dict)
    slots: Mapping[tuple[str, dt.datetime], SlotNow] = field(default_factory=dict)
    splits_and_merges: tuple[facts.Carried, ...] = ()
    superiors: Mapping[str, PlanNow] = field(default_factory=dict)
    continuations: tuple[facts.Carried, ...] = ()
    serves: tuple[facts.Serves, ...] = ()
    plan_links: tuple[facts.PlanLink, ...] = ()

    @property
    def every_plan(self) -> Mapping[str, PlanNow]:
        """Ours and the superior's."""
        return {**self.plans, **self.superiors}

    @property
    def points(self) -> tuple[Point, ...]:
        """The work points of our plans."""
        return tuple(point for plan in self.plans.values() for point in plan.points)

    @property
    def live_points(self) -> tuple[Point, ...]:
        """The work points of our plans that no edition dropped."""
        return tuple(point for plan in self.plans.values() for point in plan.live_points)

    def point(self, point_id: str) -> Point:
        """A work point by its id; KeyError if there is none."""
        return self._points[point_id]

    def forms_of(self, unit: str) -> Sequence[facts.Form]:
        """The forms of a unit, in the order handed out."""
        return self._forms_by_unit.get(unit, ())

    @cached_property
    def _forms_by_unit(self) -> Mapping[str, Sequence[facts.Form]]:
        forms: dict[str, list[facts.Form]] = {}
        for form in self.forms.values():
            forms.setdefault(form.unit, []).append(form)
        return forms

    @cached_property
    def _points(self) -> Mapping[str, Point]:
        return {point.id: point for plan in self.every_plan.values() for point in plan.points}

    def name_of(self, unit: str, on: dt.date | None = None) -> str:
        """The name to print for a unit on a date: the current one that is valid then, else the first."""
        names = self.units[unit].names
        valid = [
            unit_name.name
            for unit_name in names
            if unit_name.rank == "current"
            and (on is None or ((unit_name.since or dt.date.min) <= on <= (unit_name.until or dt.date.max)))
        ]
        return valid[-1] if valid else names[0].name


def names_in_role(point: Point, role: Role, names: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Names in a role as the plan wrote them, a collective name once and in place of its members.

    With `names` (name of the day by id), each unit stands by that name, and in its weightiest role only.
    """
    roles = point.roles() if names else {}
    unit_names = [
        names[assignee.unit] if names and assignee.unit else assignee.written
        for assignee in point.assignees
        if assignee.role is role and not assignee.via
        if not names or not assignee.unit or roles[assignee.unit] is role
    ]
    collective = [name for name, of in point.collectives if of is role]
    return tuple(dict.fromkeys([*unit_names, *collective]))
