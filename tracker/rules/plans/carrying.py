"""Where a work point came from and where it went, when items were split or put together in mid-year.

What units reported on the old item stays recorded on the old item: a form that is still out names it, and two old
items of one form must not collide in one cell of the new one. So the new item shows what its origins say, under
their numbers, until somebody writes on the new one itself.

    >>> from tracker.facts import Carried
    >>> office = Office(carried=(Carried("P1-001", "P1-007", "merge", ""), Carried("P1-002", "P1-007", "merge", "")))
    >>> origins(office, "P1-007"), heirs(office, "P1-002")
    (('P1-001', 'P1-002'), ('P1-007',))
"""

from __future__ import annotations

from collections.abc import Callable

from tracker.facts import Carried
from tracker.rules.state import Office


def origins(office: Office, wp: str) -> tuple[str, ...]:
    """The items that went on in this one, and those that went on in them; oldest statement first."""
    return _follow(office, wp, lambda each: each.to_wp, lambda each: each.from_wp)


def heirs(office: Office, wp: str) -> tuple[str, ...]:
    """The items in which this one goes on, at the end of the chain."""
    found = _follow(office, wp, lambda each: each.from_wp, lambda each: each.to_wp)
    ended = {each.from_wp for each in office.carried}
    return tuple(each for each in found if each not in ended)


def _follow(
    office: Office, wp: str, at: Callable[[Carried], str], to: Callable[[Carried], str]
) -> tuple[str, ...]:
    steps: dict[str, list[str]] = {}
    for link in office.carried:
        steps.setdefault(at(link), []).append(to(link))
    found: dict[str, None] = {}
    waiting = list(steps.get(wp, ()))
    while waiting:
        each = waiting.pop(0)
        if each not in found and each != wp:
            found[each] = None
            waiting += steps.get(each, ())
    return tuple(found)
