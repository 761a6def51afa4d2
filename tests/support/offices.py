"""Small offices drawn in a test: points, rounds and what units wrote."""

from __future__ import annotations

import datetime as dt
import json

from tracker import facts
from tracker.model import Deadline, DeadlineKind, Mode, Role
from tracker.rules.office import Assignee, CellNow, Office, PlanNow, Point, UnitNow

WP = "P1-001"
DUE = dt.date(2018, 9, 30)
ROLES = {"牵头": Role.LEAD, "责任": Role.RESPONSIBLE, "配合": Role.SUPPORT}
ROUNDS = {
    "R1": facts.Round("R1", "P1", "第三季度", dt.date(2018, 9, 1), dt.date(2018, 9, 20)),
    "R2": facts.Round("R2", "P1", "年终", dt.date(2018, 11, 15), dt.date(2018, 12, 10)),
}


def point(
    mode: Mode = Mode.SINGLE,
    *,
    due: dt.date | None = DUE,
    kind: DeadlineKind = DeadlineKind.DATE,
    wp: str = WP,
    period: str = "",
    **roles: str,
) -> Point:
    """A work point; `U1="牵头"` says that unit U1 leads."""
    return Point(
        id=wp,
        plan="P1",
        position=int(wp[-3:]),
        section="一、信息公开",
        task="（一）推进公开",
        no=str(int(wp[-3:])),
        requirement=f"完成第{int(wp[-3:])}项",
        deadline=Deadline("9月底前", kind, due, due, period=period),
        mode=mode,
        is_inherited=False,
        assignees=tuple(Assignee(f"{unit}单位", unit, ROLES[role]) for unit, role in roles.items()),
    )


def office(
    *points: Point,
    said: dict[tuple[str, ...], str] | None = None,
    forms: tuple[tuple[str, str], ...] = (),
    events: tuple[tuple[str, dt.date, dict[str, str]], ...] = (),
) -> Office:
    """An office with one plan; `said` maps (unit, field, round) or (wp, unit, field, round) to a text."""
    edition = facts.PlanEdition("P1", 1, "new", "要点", "", "", None, 2018, "")
    units = sorted({unit for each in points for unit in each.units()})
    cells = {}
    for n, (key, value) in enumerate((said or {}).items(), start=1):
        full = key if len(key) == 4 else (WP, *key)
        cells[full] = CellNow(value, "unit", n, 1)
    return Office(
        plans={"P1": PlanNow("P1", edition, points)},
        units={
            unit: UnitNow(unit, names=(facts.UnitName(unit, f"{unit}单位", None, None, "current"),))
            for unit in units
        },
        rounds=ROUNDS,
        forms={
            f"{round_}{unit}": facts.Form(
                f"{round_}{unit}", round_, unit, 0, tuple(p.id for p in points if unit in p.units()), (), ""
            )
            for unit, round_ in forms
        },
        cells=cells,
        events=tuple(
            facts.Event(WP, kind, n, at, json.dumps(data))
            for n, (kind, at, data) in enumerate(events, start=1)
        ),
    )
