"""The fold: from facts to the office as they say it is.

A pure function of the facts, so the same one gives the office now, after act 12, and on 30 June. Which facts
hold is one rule, with a refinement for plans:

- Of two facts with one key, the later one holds. A thing keeps the place of its first fact in every order,
  so that correcting a unit's name does not move it.
- A plan is its latest edition. A work point keeps its latest words, so that an edition which changes some
  items leaves the others as they were; its assignees are those of the latest edition that speaks of it, and
  stay with a point that was dropped.
- Members of a collective name are those of the latest edition that lists any for it.
- A plan keeps the title, number and date of the latest edition that states it whole.
- Duties are those of the latest edition which states the plan whole, and of the amendments after it.
- A plan of the superior is no plan of ours: it stands apart. One that was taken back is no plan at all.

An assignment without a unit is a collective name when some other assignment of the point came `via` it, when
it is `via` itself, or when the plan has members for it; otherwise it is a name nobody has decided yet.

An attempt at a message or a slot is what was claimed and the latest outcome that anybody stated for it. An outcome
with number 0, or one for an attempt that nobody claimed, stands by itself: it speaks of the message or the slot as a
whole.

Sending a thousand messages is two thousand acts, and none of them changes a plan: `fold_news` folds anew only the
parts that the new facts feed. The result is what `fold_facts` gives of all facts together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any, cast

from tracker import facts
from tracker.facts import ActRow, Entry, F, Fact
from tracker.model import Mode, Role
from tracker.rules.office.state import (
    Assignee,
    Attempt,
    CellKey,
    CellNow,
    MessageNow,
    Office,
    PlanNow,
    Point,
    SlotNow,
    UnitNow,
)

Entries = Mapping[type[Fact], Sequence[Entry[Any]]]

# What `how` says of a statement that was taken back.
WITHDRAWAL = "withdrawn"


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
    if not entries.get(facts.Message) and not entries.get(facts.Slot):
        return {}
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
        cells: What each cell says, from the projection or from `latest_cells`.
        acts: The acts that the facts belong to, in order.
    """
    settled_ids = {settlement.conflict for settlement in in_force(entries, facts.Settled)}
    by_opening = sorted(in_force(entries, facts.Round), key=lambda round_: round_.opens)
    kinds = {plan_kind.plan: plan_kind.kind for plan_kind in in_force(entries, facts.PlanKind)}
    superior = {plan for plan, kind in kinds.items() if kind == SUPERIOR}
    plans = {plan: plan_now for plan, plan_now in _plans(entries).items() if kinds.get(plan) != WITHDRAWAL}
    successions = valid_facts(entries, facts.Carried)
    return Office(
        seq=acts[-1].last_seq if acts else 0,
        act=acts[-1].no if acts else 0,
        plans={plan: plan_now for plan, plan_now in plans.items() if plan not in superior},
        units=_units(entries),
        rounds={round_.round: round_ for round_ in by_opening},
        forms={form.form: form for form in in_force(entries, facts.Form)},
        returns=_returns(entries, acts),
        cells=cells,
        conflicts={
            conflict.conflict: conflict
            for conflict in in_force(entries, facts.Conflict)
            if conflict.conflict not in settled_ids
        },
        events=tuple(in_force(entries, facts.Event)),
        documents={document.document: document for document in in_force(entries, facts.Document)},
        sheets=sheets_of(entries),
        files={file.sha: file for file in in_force(entries, facts.File)},
        splits_and_merges=tuple(succession for succession in successions if succession.how in IN_MID_YEAR),
        superiors={plan: plan_now for plan, plan_now in plans.items() if plan in superior},
        continuations=tuple(succession for succession in successions if succession.how not in IN_MID_YEAR),
        serves=tuple(valid_facts(entries, facts.Serves)),
        plan_links=tuple(valid_facts(entries, facts.PlanLink)),
        reports=tuple(in_force(entries, facts.ReportEdition)),
        **messages_and_slots(entries, acts),
    )


def latest_cells(entries: Iterable[Entry[facts.Cell]]) -> dict[CellKey, CellNow]:
    """What each cell says after these facts, without a database: what the projection has to agree with."""
    cells: dict[CellKey, CellNow] = {}
    for entry in entries:
        cell = entry.fact
        key = (cell.subject, cell.unit, cell.field, cell.period)
        cells[key] = CellNow(cell.value, cell.origin, entry.seq, entry.act, entry.file, entry.place)
    return cells


def _returns(entries: Entries, acts: Sequence[ActRow]) -> tuple[tuple[dt.datetime, facts.Return], ...]:
    """A return came when it was first recorded, whatever was said about it later."""
    when = {act.no: act.recorded_at for act in acts}
    first: dict[tuple[str, str], int] = {}
    for entry in of_kind(entries, facts.Return):
        first.setdefault((entry.fact.form, entry.fact.sha), entry.act)
    return tuple(
        (when[first[return_.form, return_.sha]], return_) for return_ in in_force(entries, facts.Return)
    )


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


def _plans(entries: Entries) -> dict[str, PlanNow]:
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
        assignees=tuple(
            Assignee(
                assignment.written, assignment.unit, Role(assignment.role), assignment.via, assignment.part
            )
            for assignment in active
            if assignment.unit or assignment.written not in collective
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


# Kinds that no plan, unit, form or answer depends on: what each of them feeds is folded anew by itself.
_APART = frozenset(
    {
        facts.Document,
        facts.Event,
        facts.File,
        facts.Message,
        facts.MessageAttempt,
        facts.MessageOutcome,
        facts.Setting,
        facts.SheetWritten,
        facts.Slot,
        facts.SlotAttempt,
        facts.SlotOutcome,
    }
)


def fold_news(
    before: Office,
    news: Collection[type[Fact]],
    entries: Entries,
    cells: Mapping[CellKey, CellNow],
    acts: Sequence[ActRow],
) -> Office:
    """Fold what came since `before`.

    Args:
        before: The office as all but the news said it.
        news: The kinds of the facts that came.
        entries: As for `fold`, with the news.
        cells: As for `fold`, with the news.
        acts: As for `fold`, with the news.
    """
    if not _APART.issuperset(news):
        return fold_facts(entries, cells, acts)
    return replace(
        before,
        seq=acts[-1].last_seq,
        act=acts[-1].no,
        cells=cells,
        events=tuple(in_force(entries, facts.Event)),
        documents={document.document: document for document in in_force(entries, facts.Document)},
        sheets=sheets_of(entries),
        files={file.sha: file for file in in_force(entries, facts.File)},
        **messages_and_slots(entries, acts),
    )
