"""Where a work point came from and where it went, when items were split or put together in mid-year.

What units reported on the old item stays recorded on the old item: a form that is still out names it, and two old
items of one form must not collide in one cell of the new one. So the new item shows what its origins say, under
their numbers, until somebody writes on the new one itself.

    >>> from tracker.facts import Carried
    >>> office = Office(splits_and_merges=(Carried("P1-001", "P1-007", "merge", ""), Carried("P1-002", "P1-007", "merge", "")))
    >>> origins(office, "P1-007"), heirs(office, "P1-002")
    (('P1-001', 'P1-002'), ('P1-007',))
"""

from __future__ import annotations

from collections.abc import Callable

from tracker.facts import Carried
from tracker.rules.state import Office


def origins(office: Office, point_id: str) -> tuple[str, ...]:
    """The items that went on in this one, and those that went on in them; oldest statement first."""
    return _follow(office, point_id, lambda link: link.to_wp, lambda link: link.from_wp)


def heirs(office: Office, point_id: str) -> tuple[str, ...]:
    """The items in which this one goes on, at the end of the chain."""
    ids = _follow(office, point_id, lambda link: link.from_wp, lambda link: link.to_wp)
    sources = {link.from_wp for link in office.splits_and_merges}
    return tuple(heir for heir in ids if heir not in sources)


def _follow(
    office: Office, point_id: str, at: Callable[[Carried], str], to: Callable[[Carried], str]
) -> tuple[str, ...]:
    steps: dict[str, list[str]] = {}
    for link in office.splits_and_merges:
        steps.setdefault(at(link), []).append(to(link))
    ids: dict[str, None] = {}
    queue = list(steps.get(point_id, ()))
    while queue:
        next_id = queue.pop(0)
        if next_id not in ids and next_id != point_id:
            ids[next_id] = None
            queue += steps.get(next_id, ())
    return tuple(ids)
