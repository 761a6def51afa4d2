"""Who speaks for a unit today: units are renamed and merged in mid-year, and forms follow.

Counts of the past stay with the unit that the plan names; only where a form goes, and who may answer it, moves
to the successor. A unit that was split has several successors: nobody can be chosen without asking, so it keeps
speaking for itself until the office decides (`unit_link` with one successor).
"""

from __future__ import annotations

import datetime as dt

from tracker.rules.state import Office
from tracker.rules.state import Point


def successor(office: Office, unit: str, on: dt.date) -> str:
    """The unit that speaks for this one on a day."""
    seen = {unit}
    while True:
        body = office.units.get(unit)
        heirs = {link.successor for link in body.links if link.on <= on} if body else set()
        if len(heirs) != 1 or heirs <= seen:
            return unit
        unit = heirs.pop()
        seen.add(unit)


def spoken_for(office: Office, point: Point, unit: str, on: dt.date) -> tuple[str, ...]:
    """The units of a point for which `unit` answers on a day, itself included."""
    return tuple(each for each in point.units() if each == unit or successor(office, each, on) == unit)
