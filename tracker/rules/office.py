"""The office as its facts say: plans, units, rounds and cells, folded into one frozen value.

`Office` is what every rule and every layout works on. It is a pure function of the facts up to an act (`fold_facts`), so the
same fold gives the office now, after act 12, and "as it was on 30 June". Which facts hold is one rule, with a
refinement for plans:

- Of two facts with one key, the later one holds. A thing keeps the place of its first fact in every order,
  so that correcting a unit's name does not move it.
- A plan is its latest edition. A work point keeps its latest words, so that an edition which changes some
  items leaves the others as they were; its assignees are those of the latest edition that speaks of it, and
  stay with a point that was dropped.
- Members of a collective name are those of the latest edition that lists any for it; where the office states them later,
  they answer from then on for every point that names it, and who was taken out does no more.
- A plan keeps the title, number and date of the latest edition that states it whole.
- Duties are those of the latest edition which states the plan whole, and of the amendments after it.
- A plan of the superior is no plan of ours: it stands apart. One that was taken back is no plan at all.

An assignment without a unit is a collective name when some other assignment of the point came `via` it, when
it is `via` itself, or when the plan has members for it; otherwise it is a name nobody has decided yet.

An attempt at a message or a slot is what was claimed and the latest outcome that anybody stated for it. An outcome
with number 0, or one for an attempt that nobody claimed, stands by itself: it speaks of the message or the slot as a
whole.

The office has parts, and each kind of fact feeds some of them (`_PARTS`):

    plans, superiors                      PlanEdition, PointFact, WpText, AssignmentFact, Member, PlanDuty, PlanKind
    units                                 Unit, UnitName, UnitLink, Contact
    rounds; forms; returns                Round; Form; Return
    conflicts                             Conflict, Settled
    splits_and_merges, continuations      Carried
    serves; plan_links; reports           Serves; PlanLink; ReportEdition
    events; documents; sheets; files      Event; Document; SheetWritten; File
    messages, slots                       Message, MessageAttempt, MessageOutcome, Slot, SlotAttempt, SlotOutcome
    none                                  Cell (the caller has what each cell says), Setting

Sending a thousand messages is two thousand acts, and none of them changes a plan: `fold_news` folds anew only the
parts that other facts feed, those that came since or, on the way back to an earlier act, those that are gone. The result
is what `fold_facts` gives of all facts together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple, cast

from tracker import facts
from tracker.facts import ActRow, Entry, F, Fact
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


Entries = Mapping[type[Fact], Sequence[Entry[Any]]]

# What `how` says of a statement that was taken back.
WITHDRAWAL = "withdrawn"
# How a decision says that it holds no longer: its question is open again.
REOPENING = "reopened"


def of_kind(entries: Entries, kind: type[F]) -> Sequence[Entry[F]]:
    """The facts of a kind, in the order recorded."""
    return cast(Sequence[Entry[F]], entries.get(kind, ()))


def latest(entries: Entries, kind: type[F]) -> dict[Any, Entry[F]]:
    """The latest entry of each key, in the order in which the keys first appeared."""
    entry_by_key: dict[Any, Entry[F]] = {}
    key = attrgetter(*kind.KEY)
    for entry in of_kind(entries, kind):
        entry_by_key[key(entry.fact)] = entry
    return entry_by_key


def in_force(entries: Entries, kind: type[F]) -> list[F]:
    """The latest fact of each key, in the order in which the keys first appeared."""
    return [entry.fact for entry in latest(entries, kind).values()]


def valid_facts(entries: Entries, kind: type[F]) -> list[F]:
    """The latest statements of a kind but those that were taken back."""
    return [fact for fact in in_force(entries, kind) if getattr(fact, "how", "") != WITHDRAWAL]


def sheets_of(entries: Entries) -> dict[str, facts.SheetWritten]:
    """The latest revision of each workbook."""
    sheets = sorted(in_force(entries, facts.SheetWritten), key=lambda sheet: sheet.revision)
    return {sheet.workbook: sheet for sheet in sheets}


Attempts = dict[Any, dict[int, Attempt]]


def messages_and_slots(entries: Entries, acts: Sequence[ActRow]) -> dict[str, Any]:
    """The fields `messages` and `slots` of an office."""
    when = {act.no: act.recorded_at for act in acts}
    attempts = _attempts(entries, facts.MessageAttempt, facts.MessageOutcome, when)
    messages = {
        entry.fact.message: MessageNow(entry.fact, when[entry.act], _in_order(attempts, entry.fact.message))
        for entry in entries.get(facts.Message, ())
    }
    slot_attempts = _attempts(entries, facts.SlotAttempt, facts.SlotOutcome, when)
    slots = {
        (entry.fact.job, entry.fact.due): SlotNow(
            entry.fact.job, entry.fact.due, _in_order(slot_attempts, (entry.fact.job, entry.fact.due))
        )
        for entry in entries.get(facts.Slot, ())
    }
    return {"messages": messages, "slots": slots}


def _attempts(
    entries: Entries, attempt: type[Fact], outcome: type[Fact], when: Mapping[int, dt.datetime]
) -> Attempts:
    attempts: Attempts = {}
    for entry in entries.get(attempt, ()):
        fact = entry.fact
        attempts.setdefault(_about(fact), {})[fact.n] = Attempt(fact.n, fact.worker, when[entry.act])
    for entry in entries.get(outcome, ()):
        fact, at = entry.fact, when[entry.act]
        attempts_by_number = attempts.setdefault(_about(fact), {})
        attempts_by_number[fact.n] = replace(
            attempts_by_number.get(fact.n, Attempt(fact.n, "", at)),
            state=fact.state,
            note=fact.note,
            outcome_at=at,
        )
    return attempts


def _about(fact: Any) -> Any:
    return fact.message if hasattr(fact, "message") else (fact.job, fact.due)


def _in_order(attempts: Attempts, about: Any) -> tuple[Attempt, ...]:
    return tuple(attempt for _, attempt in sorted(attempts.get(about, {}).items()))


# What `how` says of an edition that changes some items and leaves the rest of the plan standing.
AMENDMENT = "amendment"
# What `kind` says of a plan that is not ours.
SUPERIOR = "superior"
# How an item goes on in another one of its own plan; every other `how` leads from one year to the next.
IN_MID_YEAR = ("split", "merge")


def fold_facts(entries: Entries, cells: Mapping[CellKey, CellNow], acts: Sequence[ActRow]) -> Office:
    """Fold facts into the office.

    Args:
        entries: Facts of every kind in the order recorded; `Cell` is not looked at.
        cells: What each cell says.
        acts: The acts that the facts belong to, in order.
    """
    return fold_news(Office(), facts.KINDS, entries, cells, acts)


def _plan_fields(entries: Entries, acts: Sequence[ActRow]) -> dict[str, Any]:
    kinds = {plan_kind.plan: plan_kind.kind for plan_kind in in_force(entries, facts.PlanKind)}
    superior = {plan for plan, kind in kinds.items() if kind == SUPERIOR}
    plans = {
        plan: plan_now for plan, plan_now in _plans(entries, acts).items() if kinds.get(plan) != WITHDRAWAL
    }
    return {
        "plans": {plan: plan_now for plan, plan_now in plans.items() if plan not in superior},
        "superiors": {plan: plan_now for plan, plan_now in plans.items() if plan in superior},
    }


def _round_fields(entries: Entries) -> dict[str, Any]:
    by_opening = sorted(in_force(entries, facts.Round), key=lambda round_: round_.opens)
    return {"rounds": {round_.round: round_ for round_ in by_opening}}


def _conflict_fields(entries: Entries) -> dict[str, Any]:
    settled_ids = {
        settlement.conflict
        for settlement in in_force(entries, facts.Settled)
        if settlement.choice != REOPENING
    }
    conflicts = in_force(entries, facts.Conflict)
    return {
        "conflicts": {
            conflict.conflict: conflict for conflict in conflicts if conflict.conflict not in settled_ids
        }
    }


def _carried_fields(entries: Entries) -> dict[str, Any]:
    successions = valid_facts(entries, facts.Carried)
    return {
        "splits_and_merges": tuple(link for link in successions if link.how in IN_MID_YEAR),
        "continuations": tuple(link for link in successions if link.how not in IN_MID_YEAR),
    }


def _return_fields(entries: Entries, acts: Sequence[ActRow]) -> dict[str, Any]:
    """A return came when it was first recorded, whatever was said about it later."""
    when = {act.no: act.recorded_at for act in acts}
    first: dict[tuple[str, str], int] = {}
    for entry in of_kind(entries, facts.Return):
        first.setdefault((entry.fact.form, entry.fact.sha), entry.act)
    returns = in_force(entries, facts.Return)
    return {"returns": tuple((when[first[return_.form, return_.sha]], return_) for return_ in returns)}


def _units(entries: Entries) -> dict[str, UnitNow]:
    kinds = {unit.unit: unit for unit in in_force(entries, facts.Unit)}
    every_name = _by_unit(in_force(entries, facts.UnitName))
    names = {
        unit: valid
        for unit, unit_names in every_name.items()
        if (valid := tuple(name for name in unit_names if name.rank != WITHDRAWAL))
    }
    # A unit whose every name was taken back was a mistake.
    mistakes = every_name.keys() - names.keys()
    links = _by_unit(in_force(entries, facts.UnitLink))
    contacts = _by_unit(contact for contact in in_force(entries, facts.Contact) if contact.active)
    return {
        unit: UnitNow(
            unit=unit,
            kind=kinds[unit].kind if unit in kinds else "",
            is_retired=unit in kinds and kinds[unit].retired,
            names=names.get(unit, ()),
            links=links.get(unit, ()),
            contacts=contacts.get(unit, ()),
        )
        for unit in dict.fromkeys([*kinds, *names])
        if unit not in mistakes
    }


def _by_unit(unit_facts: Iterable[Any]) -> dict[str, tuple[Any, ...]]:
    by_unit: dict[str, tuple[Any, ...]] = {}
    for fact in unit_facts:
        by_unit[fact.unit] = (*by_unit.get(fact.unit, ()), fact)
    return by_unit


def _plans(entries: Entries, acts: Sequence[ActRow]) -> dict[str, PlanNow]:
    days = {act.no: act.day for act in acts}
    entered_on: dict[str, dt.date | None] = {}
    for entry in of_kind(entries, facts.PlanEdition):
        entered_on.setdefault(entry.fact.plan, days.get(entry.act))
    editions: dict[str, list[facts.PlanEdition]] = {}
    for edition in in_force(entries, facts.PlanEdition):
        editions.setdefault(edition.plan, []).append(edition)
    members = _members(entries)
    points = _points(entries, members)
    return {
        plan: PlanNow(
            plan=plan,
            edition=_edition(plan_editions),
            points=points.get(plan, ()),
            duties=_duties(entries, plan, plan_editions),
            members=members.get(plan, {}),
            entered_on=entered_on[plan],
        )
        for plan, plan_editions in editions.items()
    }


def _edition(editions: Sequence[facts.PlanEdition]) -> facts.PlanEdition:
    """The latest edition, under the name of the plan: a notice that changes some items does not rename it."""
    by_number = sorted(editions, key=lambda edition: edition.edition)
    whole = [edition for edition in by_number if edition.how != AMENDMENT]
    return (
        replace(whole[-1], edition=by_number[-1].edition, how=by_number[-1].how) if whole else by_number[-1]
    )


def _duties(entries: Entries, plan: str, editions: Sequence[facts.PlanEdition]) -> tuple[facts.PlanDuty, ...]:
    since = max((edition.edition for edition in editions if edition.how != AMENDMENT), default=0)
    duties = (
        duty for duty in in_force(entries, facts.PlanDuty) if duty.plan == plan and duty.edition >= since
    )
    return tuple(sorted(duties, key=lambda duty: (duty.edition, duty.n)))


def _members(entries: Entries) -> dict[str, dict[str, tuple[str, ...]]]:
    memberships: dict[tuple[str, str], dict[int, list[facts.Member]]] = {}
    for member in in_force(entries, facts.Member):
        by_edition = memberships.setdefault((member.plan, member.collective), {})
        by_edition.setdefault(member.edition, []).append(member)
    members: dict[str, dict[str, tuple[str, ...]]] = {}
    for (plan, collective), by_edition in memberships.items():
        units = tuple(member.unit for member in by_edition[max(by_edition)] if member.active)
        members.setdefault(plan, {})[collective] = units
    return members


def _points(
    entries: Entries, members: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> dict[str, tuple[Point, ...]]:
    words: dict[str, Entry[facts.WpText]] = {}
    for entry in latest(entries, facts.WpText).values():
        previous = words.get(entry.fact.wp)
        if previous is None or entry.fact.edition >= previous.fact.edition:
            words[entry.fact.wp] = entry
    assignments: dict[str, dict[int, list[facts.AssignmentFact]]] = {}
    for assignment in in_force(entries, facts.AssignmentFact):
        assignments.setdefault(assignment.wp, {}).setdefault(assignment.edition, []).append(assignment)
    points_by_plan: dict[str, list[Point]] = {}
    for work_point in in_force(entries, facts.PointFact):
        if work_point.wp not in words:
            continue
        text = words[work_point.wp]
        by_edition = assignments.get(work_point.wp, {})
        # An edition that drops a point says nothing of who answered for it.
        speaks = [] if text.fact.retired else [text.fact.edition]
        latest_assignments = by_edition.get(max([0, *speaks, *by_edition]), [])
        point = _point(work_point.plan, text, latest_assignments, members.get(work_point.plan, {}))
        points_by_plan.setdefault(work_point.plan, []).append(point)
    return {
        plan: tuple(sorted(points, key=lambda point: (point.position, point.id)))
        for plan, points in points_by_plan.items()
    }


def _point(
    plan: str,
    text: Entry[facts.WpText],
    assignments: Sequence[facts.AssignmentFact],
    members: Mapping[str, tuple[str, ...]],
) -> Point:
    fact = text.fact
    active = [assignment for assignment in assignments if assignment.active]
    collective = {assignment.via for assignment in assignments if assignment.via} | set(members)
    pairs = {(assignment.via, assignment.unit) for assignment in active}
    statements = [
        assignment
        for assignment in active
        if not assignment.via
        or not assignment.unit
        or assignment.unit in members.get(assignment.via, (assignment.unit,))
    ]
    additions = [
        Assignee(assignment.written, unit, Role(assignment.role), assignment.written)
        for assignment in active
        if not assignment.unit and assignment.written in members
        for unit in members[assignment.written]
        if (assignment.written, unit) not in pairs
    ]
    return Point(
        id=fact.wp,
        plan=plan,
        position=fact.position,
        section=fact.section,
        task=fact.task,
        no=fact.no,
        requirement=fact.requirement,
        deadline=facts.deadline_from_json(fact.deadline),
        mode=Mode(fact.mode),
        is_inherited=fact.inherited,
        assignees=(
            *(
                Assignee(
                    assignment.written,
                    assignment.unit,
                    Role(assignment.role),
                    assignment.via,
                    assignment.part,
                )
                for assignment in statements
                if assignment.unit or assignment.written not in collective
            ),
            *dict.fromkeys(additions),
        ),
        collectives=tuple(
            dict.fromkeys(
                (assignment.written, Role(assignment.role))
                for assignment in active
                if not assignment.unit and assignment.written in collective
            )
        ),
        place=text.place,
        is_retired=fact.retired,
    )


_Part = tuple[frozenset[type[Fact]], Callable[[Entries, Sequence[ActRow]], Mapping[str, Any]]]


def _latest_by(field: str, kind: type[Fact], key: str) -> _Part:
    """A part that holds the facts of one kind by one of their fields."""
    of = attrgetter(key)
    return frozenset({kind}), lambda entries, _: {field: {of(fact): fact for fact in in_force(entries, kind)}}


def _in_order_of(field: str, kind: type[Fact]) -> _Part:
    """A part that holds the facts of one kind that nobody took back, in the order recorded."""
    return frozenset({kind}), lambda entries, _: {field: tuple(valid_facts(entries, kind))}


# Which kinds of facts feed which fields of the office.
_PARTS: tuple[_Part, ...] = (
    (
        frozenset(
            {
                facts.PlanEdition,
                facts.PointFact,
                facts.WpText,
                facts.AssignmentFact,
                facts.Member,
                facts.PlanDuty,
                facts.PlanKind,
            }
        ),
        _plan_fields,
    ),
    (
        frozenset({facts.Unit, facts.UnitName, facts.UnitLink, facts.Contact}),
        lambda entries, _: {"units": _units(entries)},
    ),
    (frozenset({facts.Round}), lambda entries, _: _round_fields(entries)),
    _latest_by("forms", facts.Form, "form"),
    (frozenset({facts.Return}), _return_fields),
    (frozenset({facts.Conflict, facts.Settled}), lambda entries, _: _conflict_fields(entries)),
    (frozenset({facts.Carried}), lambda entries, _: _carried_fields(entries)),
    _in_order_of("serves", facts.Serves),
    _in_order_of("plan_links", facts.PlanLink),
    _in_order_of("reports", facts.ReportEdition),
    _in_order_of("events", facts.Event),
    _latest_by("documents", facts.Document, "document"),
    (frozenset({facts.SheetWritten}), lambda entries, _: {"sheets": sheets_of(entries)}),
    _latest_by("files", facts.File, "sha"),
    (
        frozenset(
            {
                facts.Message,
                facts.MessageAttempt,
                facts.MessageOutcome,
                facts.Slot,
                facts.SlotAttempt,
                facts.SlotOutcome,
            }
        ),
        messages_and_slots,
    ),
)


def fold_news(
    office: Office,
    news: Collection[type[Fact]],
    entries: Entries,
    cells: Mapping[CellKey, CellNow],
    acts: Sequence[ActRow],
) -> Office:
    """The office as these facts say it, made of another moment's.

    Args:
        office: The office as it was at the other moment, an earlier or a later one.
        news: The kinds of facts of which there are more or fewer now.
        entries: As for `fold_facts`.
        cells: As for `fold_facts`.
        acts: As for `fold_facts`.
    """
    fields: dict[str, Any] = {}
    for kinds, part in _PARTS:
        if not kinds.isdisjoint(news):
            fields |= part(entries, acts)
    last = acts[-1] if acts else None
    return replace(
        office, seq=last.last_seq if last else 0, act=last.no if last else 0, cells=cells, **fields
    )
