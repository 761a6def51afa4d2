"""The rows of 工作台账.xlsx as text: what each sheet shows of an office on a day.

One row for each work point (任务事项), one for each work point and unit (各单位进展). Every value is a function of
the facts and a day, so the row as it was written at a revision can be computed again: it is the base of the
join when the office has edited the workbook.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tracker.columns import Column, Owner, Sheet, on
from tracker.model import Role
from tracker.rules.office import Office, Point, names_in_role
from tracker.rules.plans import origins
from tracker.rules.progress.standing import Standing, UnitStanding, standings
from tracker.settings import Day
from tracker.table import LedgerRows

# 承担角色 of a unit that answers no more and whose words stay.
FORMER = "原承担"
# How many units' words 最新进展 shows; of more, only the leads'.
UNITS_IN_CELL = 3


def editable(sheet: Sheet) -> tuple[Column, ...]:
    """The columns of a sheet that the office may change: its own, and on the telephone those of a unit (代录)."""
    return tuple(column for column in on(sheet) if column.owner in (Owner.OFFICE, Owner.UNIT))


def key_of(point_id: str, unit: str = "") -> str:
    """The identity of a row."""
    return f"{point_id}|{unit}" if unit else point_id


def subject_of(key: str) -> tuple[str, str]:
    """Work point and unit of a row identity.

    >>> subject_of("P1-001|U014"), subject_of("P1-001")
    (('P1-001', 'U014'), ('P1-001', ''))
    """
    point_id, _, unit = key.partition("|")
    return point_id, unit


def ledger_rows(
    office: Office,
    day: Day,
    *,
    only: Collection[str] | None = None,
) -> LedgerRows:
    """Every row of the workbook; retired work points have none.

    With `only`, the rows that what was said of these work points shows in: theirs, and those that they went on in.
    """
    points: dict[str, dict[str, str]] = {}
    progress: dict[str, dict[str, str]] = {}
    periods: dict[str, str] = {}
    # The year that people work on stands on top.
    for plan in sorted(office.plans.values(), key=lambda plan: -plan.edition.year):
        live = [
            point
            for point in plan.points
            if not point.is_retired
            and (
                only is None
                or point.id in only
                or any(origin in only for origin in origins(office, point.id))
            )
        ]
        before = {origin for point in live for origin in origins(office, point.id)}
        relevant_points = [
            *live,
            *(point for point in plan.points if point.is_retired and point.id in before),
        ]
        standings_by_id = standings(office, relevant_points, day)
        rounds = [round_ for round_ in office.rounds.values() if round_.plan == plan.plan]
        current_rounds = {
            (form.unit, point_id): form.round
            for form in office.forms.values()
            if office.rounds[form.round].due >= day.today
            for point_id in form.rows
        }
        for point in live:
            standing = standings_by_id[point.id]
            older = [
                standings_by_id[origin] for origin in origins(office, point.id) if origin in standings_by_id
            ]
            year = str(plan.edition.year or "")
            points[point.id] = {"year": year, **_point_row(office, point, standing, older)}
            for unit in (*standing.units, *standing.former):
                key = key_of(point.id, unit.unit)
                progress[key] = {"year": year, **_progress_row(office, point, standing, unit)}
                last = rounds[-1].round if rounds else ""
                periods[key] = current_rounds.get((unit.unit, point.id)) or unit.round or last
    return LedgerRows(points, progress, periods)


def _common_cells(point: Point, standing: Standing) -> dict[str, str]:
    return {
        "id": point.id,
        "section": point.section,
        "task": point.task or point.section,
        "no": point.no,
        "requirement": point.requirement,
        "deadline": point.deadline.text,
        "due": standing.due.isoformat() if standing.due else "",
    }


def _point_row(office: Office, point: Point, standing: Standing, older: Sequence[Standing]) -> dict[str, str]:
    return {
        **_common_cells(point, standing),
        "lead": "、".join(names_in_role(point, Role.LEAD)),
        "responsible": "、".join(names_in_role(point, Role.RESPONSIBLE)),
        "support": "、".join(names_in_role(point, Role.SUPPORT)),
        "light": f"{standing.light.value} {standing.reason}",
        "returned": f"{standing.reply_count}/{standing.recipient_count}",
        "latest": "\n".join(
            filter(
                None, (_latest(office, standing), *(_latest(office, origin, old=True) for origin in older))
            )
        ),
        **{
            column.name: _value(office, point.id, "", column.name)
            for column in on(Sheet.POINTS)
            if column.owner is Owner.OFFICE
        },
    }


def _progress_row(office: Office, point: Point, standing: Standing, unit: UnitStanding) -> dict[str, str]:
    status_of = office.cells.get((point.id, unit.status_speaker, "status", unit.status_round))
    round_ = office.rounds.get(unit.round)
    return {
        **_common_cells(point, standing),
        "due": unit.due.isoformat() if unit.due else "",
        "unit": office.name_of(unit.unit),
        "role": FORMER if unit in standing.former else unit.role.label,
        "light": f"{unit.light.value} {unit.reason}",
        **{column.name: "" for column in on(Sheet.PROGRESS) if column.owner is Owner.UNIT},
        **unit.texts,
        "status": unit.texts.get("status") or (status_of.value if status_of else ""),
        "reported_in": f"{round_.name}（后报无变化）"
        if round_ and unit.is_confirmed
        else round_.name
        if round_
        else "",
        **{
            column.name: _value(office, point.id, unit.unit, column.name)
            for column in on(Sheet.PROGRESS)
            if column.owner is Owner.OFFICE
        },
    }


def _latest(office: Office, standing: Standing, *, old: bool = False) -> str:
    """What units said last, one line for each; of an item that went on in another, its id.

    Of more than `UNITS_IN_CELL` units that wrote anything only the leads stand here, or the first ones where nobody leads:
    a row that is higher than the screen is no overview. The rest is counted, and stands in 各单位进展.
    """
    mark = f"（原{standing.point}）" if old else ""
    speakers = [unit for unit in standing.units if unit.summary or unit.progress] or [
        unit for unit in standing.former if unit.summary or unit.progress
    ]
    selection = speakers
    if len(speakers) > UNITS_IN_CELL:
        selection = ([unit for unit in speakers if unit.role is Role.LEAD] or speakers)[:UNITS_IN_CELL]
    lines = [
        f"{mark}{office.name_of(unit.unit)}{_round(office, unit)}：{unit.summary or unit.progress}"
        for unit in selection
    ]
    if len(selection) < len(speakers):
        lines.append(f"{mark}另有{len(speakers) - len(selection)}个单位，见“各单位进展”。")
    return "\n".join(lines)


def _round(office: Office, unit: UnitStanding) -> str:
    """The round of its words, where that is not the current one."""
    return "" if unit.is_current else f"（{office.rounds[unit.round].name}）"


def _value(office: Office, point_id: str, unit: str, field: str) -> str:
    cell = office.cells.get((point_id, unit, field, ""))
    return cell.value if cell else ""
