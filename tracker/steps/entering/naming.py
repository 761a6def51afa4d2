"""Whose name means whom, when a plan is recorded.

A name that the register knows is decided. A collective name is its members: those that the plan's file lists,
else those of 单位组, else, for names that denote every county or town, the units of that kind. A name that
nobody knows is a new unit, unless it resembles a known one: then it is a question in 待确认名称 and nobody is
given the task until a person has answered.

A name is looked up as of the plan's day of issue. One that had ended by then still means the body that bore it:
the plan prints it for ever, and the forms go to whoever succeeded it, which is said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from tracker import facts
from tracker.files.ledger import Act
from tracker.files.lists.register import NEW_UNIT
from tracker.files.lists.register import NameRow
from tracker.files.lists.register import RegisterBook
from tracker.model import Plan
from tracker.model import WorkPoint
from tracker.problems import Finding
from tracker.problems.reading import UNDEFINED_GROUP
from tracker.problems.recording import SUCCEEDED_UNIT
from tracker.problems.recording import UNKNOWN_NAME
from tracker.reading.clauses import denotes_all
from tracker.reading.units import Register
from tracker.reading.units import RegisterName
from tracker.reading.units import exact
from tracker.reading.units import resembles
from tracker.rules.plans.succession import successor
from tracker.steps.entering.register import known_names

# The kind of unit that 各县（市、区）… denotes.
COUNTY = "县（市、区）"


@dataclass(frozen=True, slots=True)
class Meanings:
    """What the names of a plan mean.

    Attributes:
        members: Units by collective name as written; an empty tuple while nobody knows.
        questions: Names for a person to decide.
        new_names: Names that became new units.
        findings: The questions, as findings with their places.
        units: Unit by (name before it in the clause, name).
    """

    members: Mapping[str, tuple[str, ...]]
    questions: tuple[NameRow, ...]
    new_names: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    units: Mapping[tuple[str, str], str] | None = None

    def unit_of(self, point: WorkPoint, name: str) -> str:
        """The unit that a name of a point means; empty while undecided."""
        before = ""
        for assignment in point.responsibility.assignments:
            if assignment.unit == name:
                return (self.units or {}).get((before, name), "")
            before = assignment.unit
        return self.meaning_of(name)

    def meaning_of(self, name: str) -> str:
        """The unit that a name means wherever it stands; empty while undecided."""
        units = {unit for (_, other), unit in (self.units or {}).items() if other == name and unit}
        return units.pop() if len(units) == 1 else ""


def is_answered(finding: Finding, meanings: Meanings) -> bool:
    """Whether a finding asks for the members of a collective name that 单位组 lists by now."""
    return finding.code == UNDEFINED_GROUP.code and any(
        members and f"“{name}”" in finding.message for name, members in meanings.members.items()
    )


def name_units(act: Act, plan: Plan, book: RegisterBook, *, today: dt.date) -> Meanings:
    """Decide every name of a plan; names that mean nobody known become units of this act."""
    groups = {group.name: group.members or () for group in plan.groups}
    day = plan.issued_on or today
    group_members = {exact(row.name): row.members for row in book.groups if row.members and row.holds(day)}
    choices = {exact(row.written): row.means for row in book.names if row.means}
    was_empty = not act.office().units
    namer = _Namer(act, plan, choices, ask=not was_empty, today=today)
    for point in plan.work_points:
        before = ""
        for assignment in point.responsibility.assignments:
            if assignment.unit not in groups:
                namer.decide(assignment.unit, before, point.place)
            before = assignment.unit
    members: dict[str, tuple[str, ...]] = {}
    for collective in dict.fromkeys(
        group for point in plan.work_points for group in point.responsibility.groups
    ):
        names = groups.get(collective) or group_members.get(exact(collective), ())
        units = tuple(unit for name in names if (unit := namer.decide(name, "", "")))
        members[collective] = units or (_counties(act) if denotes_all(collective) else ())
    return Meanings(
        members, tuple(namer.questions.values()), tuple(namer.minted), tuple(namer.findings), namer.meanings
    )


def _counties(act: Act) -> tuple[str, ...]:
    return tuple(
        unit
        for unit, unit_now in act.office().units.items()
        if unit_now.kind == COUNTY and not unit_now.is_retired
    )


class _Namer:
    """Decides names one after the other; what it mints is known to the names after it."""

    def __init__(
        self, act: Act, plan: Plan, choices: Mapping[str, str], *, ask: bool, today: dt.date
    ) -> None:
        self.act = act
        self.today = today
        self.on = plan.issued_on
        self.decided = choices
        self.ask = ask
        office = act.office()
        self.names = {unit: office.name_of(unit) for unit, unit_now in office.units.items() if unit_now.names}
        self.entries = known_names(office)
        self.register = Register(self.entries, on=self.on)
        self.ever = Register(self.entries)
        self.office = office
        self.meanings: dict[tuple[str, str], str] = {}
        self.questions: dict[str, NameRow] = {}
        self.findings: list[Finding] = []
        self.minted: list[str] = []
        self.succeeded: set[str] = set()

    def decide(self, name: str, before: str, place: str) -> str:
        """The unit that a name means, minted if need be; empty when a person has to say."""
        if (before, name) in self.meanings:
            return self.meanings[before, name]
        choice = self.decided.get(exact(name), "")
        target = choice if choice and choice != NEW_UNIT else name
        unit = self.register.resolve(target, before=before).unit
        if not unit:
            unit = self.ever.resolve(target, before=before).unit
        if unit:
            self._say_successor(name, unit, place)
        else:
            near = self._resembling(name) if self.ask and choice != NEW_UNIT else ()
            unit = "" if near else self._mint(name)
            if near and name not in self.questions:
                near_names = "、".join(self.names[candidate] for candidate in near)
                self.questions[name] = NameRow(name, near_names)
                self.findings.append(UNKNOWN_NAME.at(place, name=name, near=near_names))
        self.meanings[before, name] = unit
        return unit

    def _say_successor(self, name: str, unit: str, place: str) -> None:
        heir = successor(self.office, unit, self.today)
        if heir != unit and name not in self.succeeded:
            self.succeeded.add(name)
            self.findings.append(SUCCEEDED_UNIT.at(place, name=name, heir=self.names.get(heir, heir)))

    def _resembling(self, name: str) -> tuple[str, ...]:
        return tuple(unit for unit, other_name in self.names.items() if resembles(name, other_name))[:3]

    def _mint(self, name: str) -> str:
        unit = self.act.mint("U")
        self.act.add(facts.Unit(unit, ""), facts.UnitName(unit, name, None, None, "current"))
        self.minted.append(name)
        self.entries = (*self.entries, RegisterName(unit, name))
        self.register, self.ever = Register(self.entries, on=self.on), Register(self.entries)
        return unit
