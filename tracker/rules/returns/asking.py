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
from tracker.rules.progress.standing import gather_index
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
    points = [point for point in office.plans[plan].points if not point.is_retired]
    standing_of = standings(office, points, today=on, calendar=calendar)
    asked_already = {
        (form.unit, point_id)
        for form in office.forms.values()
        if round_ and form.round == round_
        for point_id in form.rows
    }
    points_by_unit: dict[str, list[str]] = {}
    for point in points:
        for unit in _units_to_ask(office, point, standing_of[point.id], scope):
            receiver = successor(office, unit, on)
            some = points_by_unit.setdefault(receiver, [])
            if point.id not in some and (receiver, point.id) not in asked_already:
                some.append(point.id)
    return tuple(Ask(unit, tuple(some)) for unit, some in points_by_unit.items() if some)


def _units_to_ask(office: Office, point: Point, standing: Standing, scope: str) -> list[str]:
    if not standing.is_counted or (standing.done and standing.status != "continuing"):
        return []
    cell = office.cells.get((point.id, "", "scope", ""))
    roles = SCOPES.get(cell.value if cell else "") or SCOPES.get(scope) or SCOPES["各责任单位"]
    open_ = [unit for unit in standing.units if not unit.done and unit.status != "not_applicable"]
    has_lead = any(unit.role is Role.LEAD for unit in standing.units)
    if roles == (Role.LEAD,) and not has_lead:
        roles = (Role.LEAD, Role.RESPONSIBLE)
    return [unit.unit for unit in open_ if unit.role in roles]


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
    lookup = gather_index(base)
    rounds = (*lookup.rounds.get(round_.plan, ()), round_.round)
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
            FormRow(point_id, _cells(base, points[point_id], form.unit, rounds, round_.opens))
            for point_id in form.rows
        ),
        office_name=office_name,
        contact=contact,
        summary_limit=summary_limit,
    )


def _cells(base: Office, point: Point, unit: str, rounds: Sequence[str], on: dt.date) -> Mapping[str, str]:
    units = spoken_for(base, point, unit, on)
    role = next((role for role in Role if role in {point.role_of(member) for member in units}), None)
    cells = {
        "task": point.task or point.section,
        "no": point.no,
        "requirement": point.requirement,
        "role": role.label if role else "",
        "lead": "、".join(leads(point)),
        "deadline": point.deadline.text,
    }
    return {**cells, **_older(base, point.id, units, rounds), **latest_answers(base, point.id, units, rounds)}


def _older(base: Office, point_id: str, units: Sequence[str], rounds: Sequence[str]) -> dict[str, str]:
    """What a unit wrote on the items that this one was split from or put together of, under their numbers."""
    lines = [
        f"（原{origin}）{text}"
        for origin in origins(base, point_id)
        if (text := latest_answers(base, origin, units, rounds).get("progress"))
    ]
    return {"progress": "\n".join(lines)} if lines else {}


def leads(point: Point) -> tuple[str, ...]:
    """Names of the leads as the plan wrote them, a collective name once."""
    return names_in_role(point, Role.LEAD)


def names_in_role(point: Point, role: Role) -> tuple[str, ...]:
    """Names in a role as the plan wrote them, a collective name once and in place of its members."""
    unit_names = [
        assignment.written for assignment in point.assignees if assignment.role is role and not assignment.via
    ]
    collective = [name for name, of in point.collectives if of is role]
    return tuple(dict.fromkeys([*unit_names, *collective]))


def latest_answers(
    office: Office, point_id: str, units: Sequence[str], rounds: Sequence[str]
) -> dict[str, str]:
    """What a unit wrote last, column by column."""
    answers: dict[str, str] = {}
    for round_ in reversed(rounds):
        for unit in units:
            for name in ANSWERS:
                cell = office.cells.get((point_id, unit, name, round_))
                if cell is not None and cell.value:
                    answers.setdefault(name, cell.value)
    return answers
