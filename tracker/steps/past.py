"""The office as it was at a fact: the base of every join, looked up once for each moment."""

from __future__ import annotations

import bisect

from tracker.files.ledger import Ledger
from tracker.rules.state import Office


class Past:
    """Offices of the past by the last fact that they know."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._ends = [act.last_seq for act in ledger.acts()]
        self._known: dict[int, Office] = {}

    def office(self, seq: int) -> Office:
        """The office as the facts up to `seq` say; `seq` is where an act ended."""
        act = bisect.bisect_right(self._ends, seq)
        if act not in self._known:
            self._known[act] = self._ledger.office(until=act)
        return self._known[act]
