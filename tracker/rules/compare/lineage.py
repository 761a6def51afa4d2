"""Which plans are compared with which, and where an item came from in earlier years.

last year's plan       `rules.plans.last_year_plans`
ours for a superior's  those that a person named; else our plans of its year with its theme, else all of its year

>>> from tracker.facts import Carried
>>> office = Office(continuations=(Carried("P1-003", "P2-001", "continued", ""), Carried("P1-009", "", "dropped", "")))
>>> ancestors(office, "P2-001"), sorted(superseded_ids(office))
(('P1-003',), ['P1-003', 'P1-009'])
"""

from __future__ import annotations

from tracker.rules.office import Office, PlanNow, Point
from tracker.rules.plans import LAST_YEAR, linked_plans, steps_from, theme_key

PERSON = "person"

YEAR, SUPERIOR = LAST_YEAR, "superior"
# `facts.Carried.how` from one year to the next.
CONTINUATION, MERGER, DIVISION, NEW, OMISSION = "continued", "merged", "divided", "new", "dropped"
GOES_ON = (CONTINUATION, MERGER, DIVISION)
# `facts.Serves.how`.
SERVES, GAP, ELSEWHERE = "serves", "gap", "elsewhere"


def live_points(plan: PlanNow) -> tuple[Point, ...]:
    """The items of a plan that it has not dropped, in its order."""
    return tuple(point for point in plan.points if not point.is_retired)


def our_plans_for(office: Office, superior: str) -> tuple[str, ...]:
    """Our plans that answer to a plan of the superior's."""
    plans = linked_plans(office, superior, SUPERIOR)
    if plans:
        return plans
    theirs = office.superiors[superior]
    same_year = {key: plan for key, plan in office.plans.items() if plan.edition.year == theirs.edition.year}
    theme = theme_key(theirs)
    alike = tuple(key for key, plan in same_year.items() if theme and theme_key(plan) == theme)
    return alike or tuple(same_year)


def ancestors(office: Office, point_id: str) -> tuple[str, ...]:
    """Every item of earlier years that goes on in this one, the latest year first."""
    links = (link for link in office.continuations if link.from_wp and link.to_wp and link.how in GOES_ON)
    return steps_from(point_id, ((link.to_wp, link.from_wp) for link in links))


def superseded_ids(office: Office) -> frozenset[str]:
    """Items of earlier years that nobody owes under their old number: they go on in another, or were dropped."""
    return frozenset(
        link.from_wp for link in office.continuations if link.from_wp and link.how in (*GOES_ON, OMISSION)
    )
