"""The slips of an office, found by what they are about.

A slip that speaks of all (通报, 约谈) counts for the units that it names about a subject; which those are is an event
of its own (`NAMED`), because two units of one matter need not have come equally far.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from collections.abc import Sequence

from tracker.facts import Document
from tracker.facts import Event
from tracker.rules.chasing.tiers import State
from tracker.rules.chasing.tiers import Tier
from tracker.rules.state import Office

# Kind of the event that says which units a slip to all names, by subject.
NAMED = "named"


class SlipBook:
    """The documents that count, by subject and unit; 交办 is no chasing, and what was withdrawn never was."""

    def __init__(self, documents: Iterable[Document], events: Iterable[Event] = ()) -> None:
        self._about: dict[tuple[str, str], list[Document]] = {}
        self._issued: dict[str, dt.date] = {}
        self._reminded: set[tuple[str, dt.date]] = set()
        named = {each.subject: json.loads(each.data) for each in events if each.kind == NAMED}
        for each in documents:
            if each.state == State.WITHDRAWN.value or each.tier == Tier.ASSIGN.value:
                continue
            self._issued[each.tier] = max(each.on, self._issued.get(each.tier, each.on))
            if each.tier == Tier.REMIND.value:
                self._reminded.add((each.unit, each.on))
            for subject in each.subjects:
                units = (each.unit,) if each.unit else tuple(named.get(each.document, {}).get(subject, ("",)))
                for unit in units:
                    self._about.setdefault((subject, unit), []).append(each)

    @classmethod
    def of(cls, office: Office) -> SlipBook:
        """The slips of an office."""
        return cls(office.documents.values(), office.events)

    def about(self, subject: str, unit: str, *, since: dt.date = dt.date.min) -> Sequence[Document]:
        """Slips to a unit about a subject since a day, and those to all that name nobody in particular."""
        found = [*self._about.get((subject, unit), ()), *self._about.get((subject, ""), ())]
        return [each for each in found if each.on >= since]

    def last_issue(self, tier: Tier) -> dt.date | None:
        """When a rung was last taken for anybody."""
        return self._issued.get(tier.value)

    def reminded_on(self, unit: str, day: dt.date) -> bool:
        """Whether the unit had a 提醒 on that day."""
        return (unit, day) in self._reminded

    @staticmethod
    def waits(document: Document) -> bool:
        """Whether it still waits for its signature."""
        return document.state == State.DRAFTED.value and Tier(document.tier).is_official
