"""Two plans drawn as lists of texts, for rules that need nothing else of a work point."""

from __future__ import annotations

import datetime as dt

from tracker import facts
from tracker.model import Deadline, Mode, Role
from tracker.rules.office import Assignee, CellNow, Office, PlanNow, Point, UnitNow

TODAY = dt.date(2026, 1, 20)


def points(plan: str, *texts: str, task: str = "", unit: str = "U1") -> tuple[Point, ...]:
    return tuple(
        Point(
            id=f"{plan}-{n:03}",
            plan=plan,
            position=n,
            section="",
            task=task,
            no=str(n),
            requirement=text,
            deadline=Deadline(""),
            mode=Mode.SINGLE,
            is_inherited=False,
            assignees=(Assignee(f"{unit}单位", unit, Role.LEAD),),
        )
        for n, text in enumerate(texts, 1)
    )


def plan(name: str, year: int, *texts: str, title: str = "营商环境工作要点", unit: str = "U1") -> PlanNow:
    edition = facts.PlanEdition(name, 1, "new", f"某市{year}年{title}", "", "", None, year, "")
    return PlanNow(name, edition, points(name, *texts, unit=unit))


def office(
    *plans: PlanNow, superiors: tuple[PlanNow, ...] = (), said: dict[str, str] | None = None, **more
) -> Office:
    units = sorted({unit for each in plans for point in each.points for unit in point.units()})
    bodies = {
        unit: UnitNow(unit, names=(facts.UnitName(unit, f"{unit}单位", None, None, "current"),))
        for unit in units
    }
    return Office(
        plans={each.plan: each for each in plans},
        superiors={each.plan: each for each in superiors},
        units={**bodies, **more.pop("bodies", {})},
        cells={
            (wp, "", "decision", ""): CellNow(word, "office", n, 1)
            for n, (wp, word) in enumerate((said or {}).items(), 1)
        },
        **more,
    )


def carried(*links: tuple[str, str, str]) -> tuple[facts.Carried, ...]:
    return tuple(facts.Carried(*each, "person") for each in links)
