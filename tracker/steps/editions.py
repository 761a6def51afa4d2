"""An edition of a plan as facts: what its names mean, its words, who answers, its members and duties, and what goes on in what.

A name that the register knows is decided. A collective name is its members: those that the plan's file lists,
else those of 单位组, else, for names that denote every county or town, the units of that kind. A name that
nobody knows is a new unit, unless it resembles a known one: then it is a question in 待确认名称 and nobody is
given the task until a person has answered.

A name is looked up as of the plan's day of issue. One that had ended by then still means the body that bore it:
the plan prints it for ever, and the forms go to whoever succeeded it, which is said.

What was reported for a point lies under the unit that the point named, so an edition that continues a point keeps its
units (`_bodies`), the first line that fits:

    the name in the new edition                              means
    stood in the point before (and nobody decided it anew)   the units that it meant there
    means a unit that succeeded units of the point           those, and itself where it answered before
    any other                                                what the list says
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from tracker import facts
from tracker.facts import Entry, deadline_to_json
from tracker.files.ledger import Act
from tracker.formats.books import NEW_UNIT, NameRow, RegisterBook
from tracker.model import Duty, Plan, WorkPoint
from tracker.problems.base import Finding
from tracker.problems.plans import SUCCEEDED_UNIT, UNKNOWN_NAME
from tracker.problems.reading import UNDEFINED_GROUP
from tracker.reading.clauses import denotes_all
from tracker.rules.office import Point
from tracker.rules.plans import EditionKind, Proposal, successor, theme_of
from tracker.rules.progress import ORIGIN
from tracker.rules.register import Register, RegisterName, exact, is_mistyped, resembles
from tracker.steps.desk import Desk
from tracker.steps.proof import PlanFile
from tracker.steps.register import kind_findings, kind_of, known_names, mint_unit
from tracker.values import dataclass

# The kind of unit that 各县（市、区）… denotes.
COUNTY = "县（市、区）"


# Title of the edition of items that the office typed into 工作台账.
TYPED_TITLE = "临时交办"
# What `PlanEdition.how` says of an edition that takes the one before it back.
UNDONE = "undone"


def editions_in_force(entries: Sequence[Entry[facts.PlanEdition]]) -> list[Entry[facts.PlanEdition]]:
    """The editions that nobody took back, in the order recorded."""
    by_plan: dict[str, list[Entry[facts.PlanEdition]]] = {}
    for entry in entries:
        plan = by_plan.setdefault(entry.fact.plan, [])
        if entry.fact.how == UNDONE:
            last = max(n for n, other in enumerate(plan) if other.fact.title != TYPED_TITLE)
            del plan[last]
        else:
            plan.append(entry)
    return sorted((entry for plan in by_plan.values() for entry in plan), key=lambda entry: entry.seq)


@dataclass(frozen=True, slots=True)
class Meanings:
    """What the names of a plan mean.

    Attributes:
        members: Units by collective name as written; an empty tuple while nobody knows.
        questions: Names for a person to decide.
        new_names: Names that became new units.
        findings: The questions, as findings with their places.
        units: Unit by (name before it in the clause, name).
        decisions: Names of which a person stated the meaning.
    """

    members: Mapping[str, tuple[str, ...]]
    questions: tuple[NameRow, ...]
    new_names: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    units: Mapping[tuple[str, str], str] | None = None
    decisions: frozenset[str] = frozenset()

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


def is_answered(finding: Finding, groups: Mapping[str, Collection[str]]) -> bool:
    """Whether a finding asks for the members of a collective name of which 单位组 lists some by now."""
    return finding.code == UNDEFINED_GROUP.code and any(
        members and f"“{name}”" in finding.message for name, members in groups.items()
    )


def name_units(desk: Desk, act: Act, plan: Plan, book: RegisterBook) -> Meanings:
    """Decide every name of a plan; names that mean nobody known become units of this act."""
    groups = {group.name: group.members or () for group in plan.groups}
    day = plan.issued_on or act.row.day
    group_members = {exact(row.name): row.members for row in book.groups if row.members and row.holds(day)}
    choices = {exact(row.written): row.means for row in book.names if row.means}
    was_empty = not act.office().units
    namer = _Namer(desk, act, plan, choices, ask=not was_empty)
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
        units = tuple(unit for name in names if (unit := namer.decide(name, "", "", is_typed=True)))
        members[collective] = units or (_counties(act) if denotes_all(collective) else ())
    proposals = [(name, kind) for name in namer.minted if (kind := kind_of(desk, name))]
    return Meanings(
        members,
        tuple(namer.questions.values()),
        tuple(namer.minted),
        (*namer.findings, *kind_findings(proposals)),
        namer.meanings,
        frozenset(name for _, name in namer.meanings if exact(name) in choices),
    )


def _counties(act: Act) -> tuple[str, ...]:
    return tuple(
        unit
        for unit, unit_now in act.office().units.items()
        if unit_now.kind == COUNTY and not unit_now.is_retired
    )


class _Namer:
    """Decides names one after the other; what it mints is known to the names after it."""

    def __init__(self, desk: Desk, act: Act, plan: Plan, choices: Mapping[str, str], *, ask: bool) -> None:
        self.desk = desk
        self.act = act
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

    def decide(self, name: str, before: str, place: str, *, is_typed: bool = False) -> str:
        """The unit that a name means, minted if need be; empty when a person has to say.

        A name that is typed in the list may be a slip of the hand; what a plan prints is none.
        """
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
            near = self._resembling(target) if self.ask and choice != NEW_UNIT else ()
            if is_typed and not near and choice != NEW_UNIT:
                near = self._near_slips(target)
            unit = "" if near else self._mint(target, name)
            if near and name not in self.questions:
                names = {entry.unit: entry.name for entry in reversed(self.entries)} | self.names
                near_names = "、".join(names[candidate] for candidate in near)
                self.questions[name] = NameRow(name, near_names)
                self.findings.append(UNKNOWN_NAME.at(place, name=name, near=near_names))
        self.meanings[before, name] = unit
        return unit

    def _say_successor(self, name: str, unit: str, place: str) -> None:
        heir = successor(self.office, unit, self.act.row.day)
        if heir != unit and name not in self.succeeded:
            self.succeeded.add(name)
            self.findings.append(SUCCEEDED_UNIT.at(place, name=name, heir=self.names.get(heir, heir)))

    def _resembling(self, name: str) -> tuple[str, ...]:
        return tuple(unit for unit, other_name in self.names.items() if resembles(name, other_name))[:3]

    def _near_slips(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry.unit for entry in self.entries if is_mistyped(name, entry.name)))[:3]

    def _mint(self, name: str, written: str) -> str:
        unit = mint_unit(self.desk, self.act, name, written)
        self.minted.append(name)
        self.entries = (*self.entries, *(RegisterName(unit, its) for its in dict.fromkeys((name, written))))
        self.register, self.ever = Register(self.entries, on=self.on), Register(self.entries)
        return unit


def ledger_duties(plan: Plan) -> tuple[Duty, ...]:
    """The duties that the ledger keeps: one that only wants a logbook kept is done by switching that on."""
    return tuple(duty for duty in plan.duties if duty.deadline.text or not duty.logbook)


def record_edition(
    act: Act,
    plan: Plan,
    proposal: Proposal,
    meanings: Meanings,
    plan_file: PlanFile,
    files: Sequence[facts.File],
    spoken_of: Mapping[str, int],
) -> str:
    """Record what a file says of a plan; the id of the plan.

    Args:
        act: The act to record in.
        plan: What the file says, completed by what a person said.
        proposal: What it is to the ledger.
        meanings: What its names mean.
        plan_file: Where each work point stands.
        files: The files that it came from.
        spoken_of: The latest edition that states each point's units.
    """
    office, sha = act.office(), plan_file.original.sha
    if proposal.kind is EditionKind.SAME:
        _complete_groups(act, spoken_of, proposal.plan, meanings)
        return proposal.plan
    plan_id = proposal.plan or act.mint("P")
    edition = office.every_plan[plan_id].edition.edition + 1 if proposal.plan else 1
    act.add(*(file for file in files if file.sha not in office.files))
    assert proposal.kind is not None and plan.year is not None
    act.add(
        facts.PlanEdition(
            plan=plan_id,
            edition=edition,
            how=proposal.kind.value,
            title=plan.title,
            number=plan.number,
            issuer=plan.issuer,
            issued_on=plan.issued_on,
            year=plan.year,
            theme=theme_of(plan.title),
        ),
        file=sha,
    )
    for number, duty in enumerate(ledger_duties(plan), start=1):
        deadline = deadline_to_json(duty.deadline)
        act.add(
            facts.PlanDuty(plan_id, edition, number, duty.what, duty.addressee, deadline),
            file=plan_file.file_of(duty.place),
            place=duty.place,
        )
    origin = {
        "basis": "；".join(map(str, plan.basis)),
        "annexes": "；".join(plan.annexes),
        "sections": {
            str(n): duty.section for n, duty in enumerate(ledger_duties(plan), start=1) if duty.section
        },
    }
    if any(origin.values()):
        data = json.dumps(origin, ensure_ascii=False, sort_keys=True)
        act.add(facts.Event(plan_id, ORIGIN, edition, act.row.day, data), file=sha)
    _record_points(act, plan, plan_id, edition, proposal, meanings, plan_file)
    _record_members(act, plan_id, edition, meanings)
    return plan_id


def _record_points(
    act: Act,
    plan: Plan,
    plan_id: str,
    edition: int,
    proposal: Proposal,
    meanings: Meanings,
    plan_file: PlanFile,
) -> None:
    heirs: dict[int, str] = {}
    last = max((point.position for point in proposal.old), default=0)
    # What an item was split into stands where it stood.
    positions = {point.id: point.position for point in proposal.old}
    origins = {new: positions[point_id] for point_id, new, _ in reversed(proposal.transfers)}
    pairs = {pair.new: pair for pair in (proposal.pairing.pairs if proposal.pairing else ())}
    for position, point in enumerate(plan.work_points):
        pair, sha = pairs.get(position), plan_file.file_of(point.place)
        old_point = proposal.old[pair.old] if pair else None
        if pair is None:
            point_id, matched_by = act.mint_point(plan_id), "new"
            heirs[position] = point_id
            act.add(facts.PointFact(point_id, plan_id), file=sha, place=point.place)
        else:
            point_id, matched_by = proposal.old[pair.old].id, pair.rule
            if proposal.kind is EditionKind.AMENDMENT and position not in proposal.changes:
                continue
        order = position + 1
        if proposal.kind is EditionKind.AMENDMENT:
            order = proposal.old[pair.old].position if pair else origins.get(position, last + order)
        act.add(_text(point_id, edition, order, point, matched_by), file=sha, place=point.place)
        assignments = _assignments(act, point_id, edition, point, meanings, old_point)
        act.add(*assignments, file=sha, place=point.place)
    for old_point in proposal.retired_points:
        act.add(
            facts.WpText(
                old_point.id,
                edition,
                old_point.position,
                old_point.section,
                old_point.task,
                old_point.no,
                old_point.requirement,
                deadline_to_json(old_point.deadline),
                old_point.mode.value,
                old_point.is_inherited,
                "retired",
                retired=True,
            ),
            file=plan_file.original.sha,
        )
    for point_id, position, how in proposal.transfers:
        act.add(
            facts.Carried(point_id, heirs[position], how, "person"),
            file=plan_file.original.sha,
            place=plan.work_points[position].place,
        )


def _text(point_id: str, edition: int, position: int, point: WorkPoint, matched_by: str) -> facts.WpText:
    return facts.WpText(
        wp=point_id,
        edition=edition,
        position=position,
        section=point.section,
        task=point.task,
        no=point.no,
        requirement=point.requirement,
        deadline=deadline_to_json(point.deadline),
        mode=point.responsibility.mode.value,
        inherited=point.inherited,
        matched_by=matched_by,
        retired=False,
    )


def _assignments(
    act: Act, point_id: str, edition: int, point: WorkPoint, meanings: Meanings, old_point: Point | None
) -> Sequence[facts.AssignmentFact]:
    """Who answers for a point, name by name; `old_point` is what it continues."""
    assignments: list[facts.AssignmentFact] = []
    for assignment in point.responsibility.assignments:
        name, role, part = assignment.unit, assignment.role.value, assignment.part
        if name in meanings.members:
            assignments.append(
                facts.AssignmentFact(point_id, edition, name, "", role, name, part, active=True)
            )
        units = meanings.members.get(name, (meanings.unit_of(point, name),))
        via = name if name in meanings.members else ""
        if old_point is not None:
            units = _bodies(act, old_point, point, meanings, name, units)
        assignments += [
            facts.AssignmentFact(point_id, edition, name, unit, role, via, part, active=True)
            for unit in units
        ]
    return list(dict.fromkeys(assignments))


def _bodies(
    act: Act, old_point: Point, point: WorkPoint, meanings: Meanings, name: str, units: Sequence[str]
) -> tuple[str, ...]:
    """The units that a name means in a point that goes on; see the table of the module."""
    old_units = old_point.units()
    if name not in meanings.decisions and name not in meanings.members:
        before = tuple(assignee.unit for assignee in old_point.assignees if assignee.written == name)
        if any(before):
            return before
    names = {assignment.unit for assignment in point.responsibility.assignments}
    bodies: dict[str, None] = {}
    for unit in units:
        former = [
            assignee.unit
            for assignee in old_point.assignees
            if assignee.unit not in ("", unit)
            and (assignee.via or assignee.written) not in names - {name}
            and successor(act.office(), assignee.unit, act.row.day) == unit
        ]
        bodies |= dict.fromkeys([unit] if unit in old_units or not former else [])
        bodies |= dict.fromkeys(former)
    return tuple(bodies)


def _record_members(act: Act, plan_id: str, edition: int, meanings: Meanings) -> None:
    members = act.office().every_plan[plan_id].members
    for collective, units in meanings.members.items():
        if tuple(members.get(collective, ())) != units:
            act.add(*(facts.Member(plan_id, edition, collective, unit, active=True) for unit in units))


def _complete_groups(act: Act, spoken_of: Mapping[str, int], plan_id: str, meanings: Meanings) -> None:
    """Members and meanings that were unknown when the edition was recorded, and that the office has now stated.

    A collective name whose members are frozen already is left as it is. `spoken_of` is the latest edition that
    states each point's units.
    """
    plan = act.office().every_plan[plan_id]
    edition = plan.edition.edition
    fresh = {name: units for name, units in meanings.members.items() if units and not plan.members.get(name)}
    for name, units in fresh.items():
        act.add(*(facts.Member(plan_id, edition, name, unit, active=True) for unit in units))
    for point in plan.points:
        last = spoken_of.get(point.id, plan.edition.edition)
        for collective, role in point.collectives:
            act.add(
                *(
                    facts.AssignmentFact(
                        point.id, last, collective, unit, role.value, collective, "", active=True
                    )
                    for unit in fresh.get(collective, ())
                )
            )
        for assignee in point.assignees:
            unit = "" if assignee.unit else meanings.meaning_of(assignee.written)
            if unit:
                open_assignment = facts.AssignmentFact(
                    point.id, last, assignee.written, "", assignee.role.value, "", assignee.part, active=False
                )
                act.add(open_assignment, replace(open_assignment, unit=unit, active=True))
