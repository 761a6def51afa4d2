"""Every comparison that there is: each of our plans with last year's, each of the superior's with ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tracker.rules.compare.comparison import Comparison, Way, compare_plans
from tracker.rules.compare.levels import LEVELS
from tracker.rules.compare.years import YEARS
from tracker.rules.office import Office
from tracker.rules.progress import Standing, Todo
from tracker.settings import Day


def way_of(office: Office, plan: str) -> Way:
    """How a plan is compared."""
    return LEVELS if plan in office.superiors else YEARS


def comparisons(
    office: Office,
    day: Day,
    plan: str = "",
    *,
    stand: Mapping[str, Standing] | None = None,
) -> Iterator[Comparison]:
    """What there is to compare: of one plan, or of every plan of the latest year, ours first."""
    latest = max((plan_now.edition.year for plan_now in office.plans.values()), default=0)
    for key, plan_now in office.every_plan.items():
        if key == plan or (not plan and plan_now.edition.year == latest):
            comparison = compare_plans(way_of(office, key), office, key, day, stand=stand)
            if comparison is not None:
                yield comparison


def comparison_todos(
    office: Office,
    day: Day,
    *,
    stand: Mapping[str, Standing] | None = None,
) -> tuple[Todo, ...]:
    """What nobody has confirmed; what was given up unfinished, and what nothing serves, where nobody said why."""
    return tuple(
        todo
        for comparison in comparisons(office, day, stand=stand)
        for todo in comparison.way.todos(comparison)
    )
