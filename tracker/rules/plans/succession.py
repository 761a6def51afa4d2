"""What became of units and of work points: renamed, merged and split in mid-year.

Who speaks for a unit today; forms follow. Counts of the past stay with the unit that the plan names; only where a form goes, and who may answer it, moves
to the successor. A unit that was split has several successors: nobody can be chosen without asking, so it keeps
speaking for itself until the office decides (`unit_link` with one successor).

Where a work point came from and where it went. What units reported on the old item stays recorded on the old item: a form that is still out names it, and two old
items of one form must not collide in one cell of the new one. So the new item shows what its origins say, under
their numbers, until somebody writes on the new one itself.

    >>> from tracker.facts import Carried
    >>> office = Office(splits_and_merges=(Carried("P1-001", "P1-007", "merge", ""), Carried("P1-002", "P1-007", "merge", "")))
    >>> origins(office, "P1-007"), heirs(office, "P1-002")
    (('P1-001', 'P1-002'), ('P1-007',))
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from tracker.rules.office import Office


def origins(office: Office, point_id: str) -> tuple[str, ...]:
    """The items that went on in this one, and those that went on in them; oldest statement first."""
    return steps_from(point_id, ((link.to_wp, link.from_wp) for link in office.splits_and_merges))


def heirs(office: Office, point_id: str) -> tuple[str, ...]:
    """The items in which this one goes on, at the end of the chain."""
    ids = steps_from(point_id, ((link.from_wp, link.to_wp) for link in office.splits_and_merges))
    sources = {link.from_wp for link in office.splits_and_merges}
    return tuple(heir for heir in ids if heir not in sources)


def steps_from(point_id: str, links: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Every item that links lead to from this one, the nearest first."""
    steps: dict[str, list[str]] = {}
    for start, end in links:
        steps.setdefault(start, []).append(end)
    ids: dict[str, None] = {}
    queue = list(steps.get(point_id, ()))
    while queue:
        next_id = queue.pop(0)
        if next_id not in ids and next_id != point_id:
            ids[next_id] = None
            queue += steps.get(next_id, ())
    return tuple(ids)


# What `UnitLink.how` says of a succession that the office took back.
REVOCATION = "withdrawn"


def successor(office: Office, unit: str, on: dt.date) -> str:
    """The unit that speaks for this one on a day."""
    chain = {unit}
    while True:
        heirs = _heirs(office, unit, on)
        if len(heirs) != 1 or heirs <= chain:
            return unit
        unit = heirs.pop()
        chain.add(unit)


def _heirs(office: Office, unit: str, on: dt.date) -> set[str]:
    """Who succeeded a unit by a day; what the office took back does not count, so that it can narrow a split."""
    unit_now = office.units.get(unit)
    return (
        {link.successor for link in unit_now.links if link.on <= on and link.how != REVOCATION}
        if unit_now
        else set()
    )


def split_successors(office: Office, unit: str, on: dt.date) -> tuple[str, ...]:
    """The successors of a unit between which nobody can choose; empty where there is one or none."""
    end = successor(office, unit, on)
    heirs = _heirs(office, end, on)
    return tuple(sorted(heirs)) if len(heirs) > 1 else ()


def answering_name(office: Office, unit: str, on: dt.date, printed_on: dt.date | None) -> str:
    """Who answers for a unit on a day, and beside it what the plan printed where that is another name.

    A plan whose revision prints the name of today needs no other beside it.

    Args:
        office: As it is.
        unit: As the plan names it.
        on: The day.
        printed_on: When the plan was issued.
    """
    if unit not in office.units:
        return unit
    now = office.name_of(successor(office, unit, on), on)
    printed = office.name_of(unit, printed_on or dt.date.min)
    return now if now == printed or _is_printed(office, unit, now) else f"{now}（原{printed}）"


def _is_printed(office: Office, unit: str, name: str) -> bool:
    """Whether a plan in force prints a unit under a name: a revision may know the new one."""
    return any(
        assignee.unit == unit and assignee.written == name
        for plan in office.plans.values()
        for point in plan.points
        if not point.is_retired
        for assignee in point.assignees
    )
