"""Who speaks for a unit today: units are renamed and merged in mid-year, and forms follow.

Counts of the past stay with the unit that the plan names; only where a form goes, and who may answer it, moves
to the successor. A unit that was split has several successors: nobody can be chosen without asking, so it keeps
speaking for itself until the office decides (`unit_link` with one successor).
"""

from __future__ import annotations

import datetime as dt

from tracker.rules.state import Office
from tracker.rules.state import Point

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


def spoken_for(office: Office, point: Point, unit: str, on: dt.date) -> tuple[str, ...]:
    """The units of a point for which `unit` answers on a day, itself included."""
    return tuple(other for other in point.units() if other == unit or successor(office, other, on) == unit)
