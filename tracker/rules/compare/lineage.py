"""Which plans are compared with which, and where an item came from in earlier years.

last year's plan       the one that a person named (`--with`); else the own plans of the latest earlier year with the
                       same theme
ours for a superior's  those that a person named; else our plans of its year with its theme, else all of its year

>>> from tracker.facts import Carried
>>> office = Office(continuations=(Carried("P1-003", "P2-001", "continued", ""), Carried("P1-009", "", "dropped", "")))
>>> predecessors(office, "P2-001"), continuations(office, "P1-003"), is_dropped(office, "P1-009")
(('P1-003',), ('P2-001',), True)
"""

from __future__ import annotations

from tracker.rules.office import Office, PlanNow, Point
from tracker.rules.plans import bare, theme_of

PERSON = "person"

YEAR, SUPERIOR = "year", "superior"
# `facts.Carried.how` from one year to the next.
CONTINUATION, MERGER, DIVISION, NEW, OMISSION = "continued", "merged", "divided", "new", "dropped"
GOES_ON = (CONTINUATION, MERGER, DIVISION)


def live_points(plan: PlanNow) -> tuple[Point, ...]:
    """The items of a plan that it has not dropped, in its order."""
    return tuple(point for point in plan.points if not point.is_retired)


def last_year_plans(office: Office, plan: str) -> tuple[str, ...]:
    """The plans of an earlier year that a plan continues."""
    plans = _linked_plans(office, plan, YEAR)
    if plans:
        return plans
    edition = office.plans[plan].edition
    theme = _theme(office.plans[plan])
    alike = [
        (other.edition.year, key)
        for key, other in office.plans.items()
        if key != plan and other.edition.year < edition.year and theme and _theme(other) == theme
    ]
    latest = max((year for year, _ in alike), default=0)
    return tuple(key for year, key in alike if year == latest)


def our_plans_for(office: Office, superior: str) -> tuple[str, ...]:
    """Our plans that answer to a plan of the superior's."""
    plans = _linked_plans(office, superior, SUPERIOR)
    if plans:
        return plans
    theirs = office.superiors[superior]
    same_year = {key: plan for key, plan in office.plans.items() if plan.edition.year == theirs.edition.year}
    theme = _theme(theirs)
    alike = tuple(key for key, plan in same_year.items() if theme and _theme(plan) == theme)
    return alike or tuple(same_year)


def _linked_plans(office: Office, plan: str, how: str) -> tuple[str, ...]:
    return tuple(
        link.other
        for link in office.plan_links
        if link.plan == plan and link.how == how and link.other in office.plans
    )


def _theme(plan: PlanNow) -> str:
    return bare(theme_of(plan.edition.title))


def predecessors(office: Office, point_id: str) -> tuple[str, ...]:
    """Last year's items that go on in this one, in the order stated."""
    return tuple(
        link.from_wp for link in office.continuations if link.to_wp == point_id and link.how in GOES_ON
    )


def continuations(office: Office, point_id: str) -> tuple[str, ...]:
    """This year's items in which this one goes on."""
    return tuple(
        link.to_wp for link in office.continuations if link.from_wp == point_id and link.how in GOES_ON
    )


def ancestors(office: Office, point_id: str) -> tuple[str, ...]:
    """Every item of earlier years that goes on in this one, the latest year first."""
    ids: dict[str, None] = {}
    queue = [point_id]
    while queue:
        for origin in predecessors(office, queue.pop(0)):
            if origin not in ids and origin != point_id:
                ids[origin] = None
                queue.append(origin)
    return tuple(ids)


def is_new(office: Office, point_id: str) -> bool:
    """Whether a person said that nothing of last year goes on in an item."""
    return any(link.to_wp == point_id and link.how == NEW for link in office.continuations)


def is_dropped(office: Office, point_id: str) -> bool:
    """Whether a person said that an item of last year goes on in nothing."""
    return not continuations(office, point_id) and any(
        link.from_wp == point_id and link.how == OMISSION for link in office.continuations
    )


def superseded_ids(office: Office) -> frozenset[str]:
    """Items of earlier years that nobody owes under their old number: they go on in another, or were dropped."""
    return frozenset(
        link.from_wp for link in office.continuations if link.from_wp and link.how in (*GOES_ON, OMISSION)
    )
