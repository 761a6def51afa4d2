"""Who is asked what in a round: as little as possible, with everything known filled in beforehand.

A work point is asked of a unit when all of these hold:

    the latest edition still has it
    the office has not closed it (认定状态, 销号), and it is not done as a whole
    the unit has not reported its share done, nor 不涉及 (once ticked, that holds for the year)
    the unit reports at all under the 报送口径 of the point, else of the office

报送口径 is 仅牵头单位 (the leads, or everybody where there is no lead), 各责任单位 (all but the supporting
units), or 含配合单位. What the unit wrote last stands in its answers, to be brought up to date; so an empty
answer that comes back is no statement, and an unchanged one is.

A unit that has a form of the round already gets another only for points that none of its forms asks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from tracker import facts
from tracker.columns import SCOPES
from tracker.columns import SUMMARY_LIMIT
from tracker.columns import Owner
from tracker.columns import Sheet
from tracker.columns import on as columns_on
from tracker.model import Role
from tracker.rules.plans.carrying import origins
from tracker.rules.plans.succession import spoken_for
from tracker.rules.plans.succession import successor
from tracker.rules.progress.standing import Standing
from tracker.rules.progress.standing import index
from tracker.rules.progress.standing import standings
from tracker.rules.returns.forms import FormRow
from tracker.rules.returns.forms import FormSheet
from tracker.rules.state import Office
from tracker.rules.state import Point
from tracker.workdays import Calendar

ANSWERS = tuple(column.name for column in columns_on(Sheet.FORM) if column.owner is Owner.UNIT)


@dataclass(frozen=True, slots=True)
class Ask:
    """What one unit is asked.

    Attributes:
        unit: Who gets the form.
        points: What is asked, in plan order.
    """

    unit: str
    points: tuple[str, ...]


def asks(
    office: Office, plan: str, *, on: dt.date, calendar: Calendar, scope: str = "", round_: str = ""
) -> tuple[Ask, ...]:
    """Who is to be asked what, in the order of the units' first work point.

    Args:
        office: As it is now.
        plan: Whose work points.
        on: The day of the hand-out.
        calendar: Working days.
        scope: The office's 报送口径, one of `columns.SCOPES`.
        round_: The round, where it has been handed out in part already.
    """
    points = [point for point in office.plans[plan].points if not point.retired]
    standing_of = standings(office, points, today=on, calendar=calendar)
    asked_already = {
        (form.unit, wp)
        for form in office.forms.values()
        if round_ and form.round == round_
        for wp in form.rows
    }
    wanted: dict[str, list[str]] = {}
    for point in points:
        for unit in _asked(office, point, standing_of[point.id], scope):
            receiver = successor(office, unit, on)
            some = wanted.setdefault(receiver, [])
            if point.id not in some and (receiver, point.id) not in asked_already:
                some.append(point.id)
    return tuple(Ask(unit, tuple(some)) for unit, some in wanted.items() if some)


def _asked(office: Office, point: Point, found: Standing, scope: str) -> list[str]:
    if not found.counted or (found.done and found.status != "continuing"):
        return []
    own = office.cells.get((point.id, "", "scope", ""))
    roles = SCOPES.get(own.value if own else "") or SCOPES.get(scope) or SCOPES["各责任单位"]
    open_ = [each for each in found.units if not each.done and each.status != "not_applicable"]
    has_lead = any(each.role is Role.LEAD for each in found.units)
    if roles == (Role.LEAD,) and not has_lead:
        roles = (Role.LEAD, Role.RESPONSIBLE)
    return [each.unit for each in open_ if each.role in roles]


def form_sheet(
    base: Office,
    form: facts.Form,
    round_: facts.Round,
    *,
    office_id: str,
    office_name: str = "",
    contact: str = "",
    summary_limit: int = SUMMARY_LIMIT,
) -> FormSheet:
    """What a form shows: a function of the facts up to its `base_seq`, so that it can be laid out again.

    Args:
        base: The office as it was at `form.base_seq`.
        form: The form.
        round_: Its round, which may be newer than `base`.
        office_id: The office folder's id.
        office_name: Who asks.
        contact: Whom to call.
        summary_limit: How long a 摘要 may be.
    """
    plan = base.plans[round_.plan]
    points = {point.id: point for point in plan.points}
    known = index(base)
    rounds = (*known.rounds.get(round_.plan, ()), round_.round)
    return FormSheet(
        form=form.form,
        office=office_id,
        plan_title=plan.edition.title,
        round=round_.round,
        round_name=round_.name,
        unit=form.unit,
        unit_name=base.name_of(form.unit, round_.opens),
        due=round_.due,
        base_seq=form.base_seq,
        rows=tuple(
            FormRow(wp, _cells(base, points[wp], form.unit, rounds, round_.opens)) for wp in form.rows
        ),
        office_name=office_name,
        contact=contact,
        summary_limit=summary_limit,
    )


def _cells(base: Office, point: Point, unit: str, rounds: Sequence[str], on: dt.date) -> Mapping[str, str]:
    units = spoken_for(base, point, unit, on)
    role = next((role for role in Role if role in {point.role_of(each) for each in units}), None)
    cells = {
        "task": point.task or point.section,
        "no": point.no,
        "requirement": point.requirement,
        "role": role.label if role else "",
        "lead": "、".join(leads(point)),
        "deadline": point.deadline.text,
    }
    return {**cells, **_older(base, point.id, units, rounds), **latest_answers(base, point.id, units, rounds)}


def _older(base: Office, wp: str, units: Sequence[str], rounds: Sequence[str]) -> dict[str, str]:
    """What a unit wrote on the items that this one was split from or put together of, under their numbers."""
    told = [
        f"（原{each}）{said}"
        for each in origins(base, wp)
        if (said := latest_answers(base, each, units, rounds).get("progress"))
    ]
    return {"progress": "\n".join(told)} if told else {}


def leads(point: Point) -> tuple[str, ...]:
    """Names of the leads as the plan wrote them, a collective name once."""
    return names(point, Role.LEAD)


def names(point: Point, role: Role) -> tuple[str, ...]:
    """Names in a role as the plan wrote them, a collective name once and in place of its members."""
    own = [each.written for each in point.answers if each.role is role and not each.via]
    collective = [written for written, of in point.collectives if of is role]
    return tuple(dict.fromkeys([*own, *collective]))


def latest_answers(office: Office, wp: str, units: Sequence[str], rounds: Sequence[str]) -> dict[str, str]:
    """What a unit wrote last, column by column."""
    found: dict[str, str] = {}
    for round_ in reversed(rounds):
        for unit in units:
            for name in ANSWERS:
                cell = office.cells.get((wp, unit, name, round_))
                if cell is not None and cell.value:
                    found.setdefault(name, cell.value)
    return found
