"""How many work points each unit answers for."""

from __future__ import annotations

from tracker.problems.plans import NoSuchPlan
from tracker.steps.call import Call, Result
from tracker.steps.desk import open_desk


def units(call: Call, *, plan: str = "") -> Result:
    """Count the points of each unit, of one plan where it is named."""
    with open_desk(call) as desk:
        office = desk.office()
        if plan and plan not in office.plans:
            raise NoSuchPlan(plan=plan, plans="、".join(office.plans))
        counts = {
            office.name_of(unit): n
            for unit in office.units
            if (
                n := sum(
                    unit in point.units()
                    for plan_now in office.plans.values()
                    if plan in ("", plan_now.edition.plan)
                    for point in plan_now.points
                )
            )
        }
        return Result(tuple(f"{name}　{n} 项" for name, n in counts.items()), {"units": counts})
