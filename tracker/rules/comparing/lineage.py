"""Which plans are compared with which, and where an item came from in earlier years.

last year's plan       the one that a person named (`--with`); else the own plans of the latest earlier year with the
                       same theme
ours for a superior's  those that a person named; else our plans of its year with its theme, else all of its year

>>> from tracker.facts import Carried
>>> office = Office(continued=(Carried("P1-003", "P2-001", "continued", ""), Carried("P1-009", "", "dropped", "")))
>>> before(office, "P2-001"), after(office, "P1-003"), is_dropped(office, "P1-009")
(('P1-003',), ('P2-001',), True)
"""

from __future__ import annotations

from tracker.rules.plans.editions import theme_of
from tracker.rules.plans.identity import bare
from tracker.rules.state import Office
from tracker.rules.state import PlanNow
from tracker.rules.state import Point

YEAR, SUPERIOR = "year", "superior"
# `facts.Carried.how` from one year to the next.
CONTINUED, MERGED, DIVIDED, NEW, DROPPED = "continued", "merged", "divided", "new", "dropped"
GOES_ON = (CONTINUED, MERGED, DIVIDED)


def live(plan: PlanNow) -> tuple[Point, ...]:
    """The items of a plan that it has not dropped, in its order."""
    return tuple(each for each in plan.points if not each.retired)


def last_year(office: Office, plan: str) -> tuple[str, ...]:
    """The plans of an earlier year that a plan continues."""
    named = _named(office, plan, YEAR)
    if named:
        return named
    edition = office.plans[plan].edition
    theme = _theme(office.plans[plan])
    alike = [
        (each.edition.year, key)
        for key, each in office.plans.items()
        if key != plan and each.edition.year < edition.year and theme and _theme(each) == theme
    ]
    latest = max((year for year, _ in alike), default=0)
    return tuple(key for year, key in alike if year == latest)


def ours_for(office: Office, superior: str) -> tuple[str, ...]:
    """Our plans that answer to a plan of the superior's."""
    named = _named(office, superior, SUPERIOR)
    if named:
        return named
    theirs = office.superiors[superior]
    same_year = {key: each for key, each in office.plans.items() if each.edition.year == theirs.edition.year}
    theme = _theme(theirs)
    alike = tuple(key for key, each in same_year.items() if theme and _theme(each) == theme)
    return alike or tuple(same_year)


def _named(office: Office, plan: str, how: str) -> tuple[str, ...]:
    return tuple(
        each.other
        for each in office.plan_links
        if each.plan == plan and each.how == how and each.other in office.plans
    )


def _theme(plan: PlanNow) -> str:
    return bare(theme_of(plan.edition.title))


def before(office: Office, wp: str) -> tuple[str, ...]:
    """Last year's items that go on in this one, in the order stated."""
    return tuple(each.from_wp for each in office.continued if each.to_wp == wp and each.how in GOES_ON)


def after(office: Office, wp: str) -> tuple[str, ...]:
    """This year's items in which this one goes on."""
    return tuple(each.to_wp for each in office.continued if each.from_wp == wp and each.how in GOES_ON)


def all_before(office: Office, wp: str) -> tuple[str, ...]:
    """Every item of earlier years that goes on in this one, the latest year first."""
    found: dict[str, None] = {}
    waiting = [wp]
    while waiting:
        for each in before(office, waiting.pop(0)):
            if each not in found and each != wp:
                found[each] = None
                waiting.append(each)
    return tuple(found)


def is_new(office: Office, wp: str) -> bool:
    """Whether a person said that nothing of last year goes on in an item."""
    return any(each.to_wp == wp and each.how == NEW for each in office.continued)


def is_dropped(office: Office, wp: str) -> bool:
    """Whether a person said that an item of last year goes on in nothing."""
    return not after(office, wp) and any(
        each.from_wp == wp and each.how == DROPPED for each in office.continued
    )


def settled(office: Office) -> frozenset[str]:
    """Items of earlier years that nobody owes under their old number: they go on in another, or were dropped."""
    return frozenset(
        each.from_wp for each in office.continued if each.from_wp and each.how in (*GOES_ON, DROPPED)
    )
