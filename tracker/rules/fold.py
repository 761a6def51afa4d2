"""The fold: from facts to the office as they say it is.

A pure function of the facts, so the same one gives the office now, after act 12, and on 30 June. Which facts
hold is one rule, with a refinement for plans:

- Of two facts with one key, the later one holds. A thing keeps the place of its first fact in every order,
  so that correcting a unit's name does not move it.
- A plan is its latest edition. A work point keeps its latest words, so that an edition which changes some
  items leaves the others as they were; its answers are those of the latest edition that speaks of it, and
  stay with a point that was dropped.
- Members of a collective name are those of the latest edition that lists any for it.
- A plan keeps the title, number and date of the latest edition that states it whole.
- Duties are those of the latest edition which states the plan whole, and of the amendments after it.
- A plan of the superior is no plan of ours: it stands apart.

An assignment without a unit is a collective name when some other assignment of the point came `via` it, when
it is `via` itself, or when the plan has members for it; otherwise it is a name nobody has decided yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tracker import facts
from tracker.facts import ActRow
from tracker.facts import Entry
from tracker.model import Mode
from tracker.model import Role
from tracker.rules.fold_keys import WITHDRAWN as WITHDRAWN
from tracker.rules.fold_keys import Entries
from tracker.rules.fold_keys import in_force
from tracker.rules.fold_keys import latest
from tracker.rules.fold_keys import of_kind
from tracker.rules.fold_keys import sheets_of
from tracker.rules.fold_keys import standing
from tracker.rules.fold_tries import sent_and_due
from tracker.rules.state import Answer
from tracker.rules.state import Body
from tracker.rules.state import CellKey
from tracker.rules.state import CellNow
from tracker.rules.state import Office
from tracker.rules.state import PlanNow
from tracker.rules.state import Point

# What `how` says of an edition that changes some items and leaves the rest of the plan standing.
AMENDMENT = "amendment"
# What `kind` says of a plan that is not ours.
SUPERIOR = "superior"
# How an item goes on in another one of its own plan; every other `how` leads from one year to the next.
IN_MID_YEAR = ("split", "merge")


def fold(entries: Entries, cells: Mapping[CellKey, CellNow], acts: Sequence[ActRow]) -> Office:
    """Fold facts into the office.

    Args:
        entries: Facts of every kind in the order recorded; `Cell` is not looked at.
        cells: What each cell says, from the projection or from `latest_cells`.
        acts: The acts that the facts belong to, in order.
    """
    settled = {each.conflict for each in in_force(entries, facts.Settled)}
    by_opening = sorted(in_force(entries, facts.Round), key=lambda each: each.opens)
    superior = {each.plan for each in in_force(entries, facts.PlanKind) if each.kind == SUPERIOR}
    plans = _plans(entries)
    stated = standing(entries, facts.Carried)
    return Office(
        seq=acts[-1].last_seq if acts else 0,
        act=acts[-1].no if acts else 0,
        plans={plan: each for plan, each in plans.items() if plan not in superior},
        units=_units(entries),
        rounds={each.round: each for each in by_opening},
        forms={each.form: each for each in in_force(entries, facts.Form)},
        returns=_returns(entries, acts),
        cells=cells,
        conflicts={
            each.conflict: each for each in in_force(entries, facts.Conflict) if each.conflict not in settled
        },
        events=tuple(in_force(entries, facts.Event)),
        documents={each.document: each for each in in_force(entries, facts.Document)},
        sheets=sheets_of(entries),
        files={each.sha: each for each in in_force(entries, facts.File)},
        carried=tuple(each for each in stated if each.how in IN_MID_YEAR),
        superiors={plan: each for plan, each in plans.items() if plan in superior},
        continued=tuple(each for each in stated if each.how not in IN_MID_YEAR),
        serves=tuple(standing(entries, facts.Serves)),
        plan_links=tuple(standing(entries, facts.PlanLink)),
        reports=tuple(in_force(entries, facts.ReportEdition)),
        **sent_and_due(entries, acts),
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
    return tuple((when[first[each.form, each.sha]], each) for each in in_force(entries, facts.Return))


def _units(entries: Entries) -> dict[str, Body]:
    kinds = {each.unit: each for each in in_force(entries, facts.Unit)}
    names = _by_unit(in_force(entries, facts.UnitName))
    links = _by_unit(in_force(entries, facts.UnitLink))
    contacts = _by_unit(each for each in in_force(entries, facts.Contact) if each.active)
    return {
        unit: Body(
            unit=unit,
            kind=kinds[unit].kind if unit in kinds else "",
            retired=unit in kinds and kinds[unit].retired,
            names=names.get(unit, ()),
            links=links.get(unit, ()),
            contacts=contacts.get(unit, ()),
        )
        for unit in dict.fromkeys([*kinds, *names])
    }


def _by_unit(said: Iterable[Any]) -> dict[str, tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = {}
    for each in said:
        found[each.unit] = (*found.get(each.unit, ()), each)
    return found


def _plans(entries: Entries) -> dict[str, PlanNow]:
    editions: dict[str, list[facts.PlanEdition]] = {}
    for edition in in_force(entries, facts.PlanEdition):
        editions.setdefault(edition.plan, []).append(edition)
    members = _members(entries)
    points = _points(entries, members)
    return {
        plan: PlanNow(
            plan=plan,
            edition=_edition(stated),
            points=points.get(plan, ()),
            duties=_duties(entries, plan, stated),
            members=members.get(plan, {}),
        )
        for plan, stated in editions.items()
    }


def _edition(stated: Sequence[facts.PlanEdition]) -> facts.PlanEdition:
    """The latest edition, under the name of the plan: a notice that changes some items does not rename it."""
    ordered = sorted(stated, key=lambda each: each.edition)
    whole = [each for each in ordered if each.how != AMENDMENT]
    return replace(whole[-1], edition=ordered[-1].edition, how=ordered[-1].how) if whole else ordered[-1]


def _duties(entries: Entries, plan: str, stated: Sequence[facts.PlanEdition]) -> tuple[facts.PlanDuty, ...]:
    since = max((each.edition for each in stated if each.how != AMENDMENT), default=0)
    duties = (
        each for each in in_force(entries, facts.PlanDuty) if each.plan == plan and each.edition >= since
    )
    return tuple(sorted(duties, key=lambda each: (each.edition, each.n)))


def _members(entries: Entries) -> dict[str, dict[str, tuple[str, ...]]]:
    listed: dict[tuple[str, str], dict[int, list[facts.Member]]] = {}
    for member in in_force(entries, facts.Member):
        by_edition = listed.setdefault((member.plan, member.collective), {})
        by_edition.setdefault(member.edition, []).append(member)
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for (plan, collective), by_edition in listed.items():
        units = tuple(each.unit for each in by_edition[max(by_edition)] if each.active)
        found.setdefault(plan, {})[collective] = units
    return found


def _points(
    entries: Entries, members: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> dict[str, tuple[Point, ...]]:
    words: dict[str, Entry[facts.WpText]] = {}
    for entry in latest(entries, facts.WpText).values():
        known = words.get(entry.fact.wp)
        if known is None or entry.fact.edition >= known.fact.edition:
            words[entry.fact.wp] = entry
    assignments: dict[str, dict[int, list[facts.Assignment]]] = {}
    for each in in_force(entries, facts.Assignment):
        assignments.setdefault(each.wp, {}).setdefault(each.edition, []).append(each)
    found: dict[str, list[Point]] = {}
    for minted in in_force(entries, facts.WorkPoint):
        if minted.wp not in words:
            continue
        text = words[minted.wp]
        by_edition = assignments.get(minted.wp, {})
        # An edition that drops a point says nothing of who answered for it.
        speaks = [] if text.fact.retired else [text.fact.edition]
        spoken = by_edition.get(max([0, *speaks, *by_edition]), [])
        point = _point(minted.plan, text, spoken, members.get(minted.plan, {}))
        found.setdefault(minted.plan, []).append(point)
    return {
        plan: tuple(sorted(points, key=lambda each: (each.position, each.id)))
        for plan, points in found.items()
    }


def _point(
    plan: str,
    text: Entry[facts.WpText],
    assignments: Sequence[facts.Assignment],
    members: Mapping[str, tuple[str, ...]],
) -> Point:
    said = text.fact
    active = [each for each in assignments if each.active]
    collective = {each.via for each in assignments if each.via} | set(members)
    return Point(
        id=said.wp,
        plan=plan,
        position=said.position,
        section=said.section,
        task=said.task,
        no=said.no,
        requirement=said.requirement,
        deadline=facts.deadline_from_json(said.deadline),
        mode=Mode(said.mode),
        inherited=said.inherited,
        answers=tuple(
            Answer(each.written, each.unit, Role(each.role), each.via, each.part)
            for each in active
            if each.unit or each.written not in collective
        ),
        collectives=tuple(
            dict.fromkeys(
                (each.written, Role(each.role))
                for each in active
                if not each.unit and each.written in collective
            )
        ),
        place=text.place,
        retired=said.retired,
    )
