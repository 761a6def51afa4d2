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
from tracker.rules.chasing.tiers import SlipState
from tracker.rules.chasing.tiers import Tier
from tracker.rules.state import Office

# Kind of the event that says which units a slip to all names, by subject.
SLIP_UNITS = "named"


class SlipIndex:
    """The documents that count, by subject and unit; 交办 is no chasing, and what was withdrawn never was."""

    def __init__(self, documents: Iterable[Document], events: Iterable[Event] = ()) -> None:
        self._about: dict[tuple[str, str], list[Document]] = {}
        self._issued: dict[str, dt.date] = {}
        self._reminded: set[tuple[str, dt.date]] = set()
        units_by_slip = {
            event.subject: json.loads(event.data) for event in events if event.kind == SLIP_UNITS
        }
        for document in documents:
            if document.state == SlipState.WITHDRAWN.value or document.tier == Tier.ASSIGN.value:
                continue
            self._issued[document.tier] = max(document.on, self._issued.get(document.tier, document.on))
            if document.tier == Tier.REMIND.value:
                self._reminded.add((document.unit, document.on))
            for subject in document.subjects:
                units = (
                    (document.unit,)
                    if document.unit
                    else tuple(units_by_slip.get(document.document, {}).get(subject, ("",)))
                )
                for unit in units:
                    self._about.setdefault((subject, unit), []).append(document)

    @classmethod
    def of(cls, office: Office) -> SlipIndex:
        """The slips of an office."""
        return cls(office.documents.values(), office.events)

    def about(self, subject: str, unit: str, *, since: dt.date = dt.date.min) -> Sequence[Document]:
        """Slips to a unit about a subject since a day, and those to all that name nobody in particular."""
        documents = [*self._about.get((subject, unit), ()), *self._about.get((subject, ""), ())]
        return [document for document in documents if document.on >= since]

    def last_issue(self, tier: Tier) -> dt.date | None:
        """When a rung was last taken for anybody."""
        return self._issued.get(tier.value)

    def reminded_on(self, unit: str, day: dt.date) -> bool:
        """Whether the unit had a 提醒 on that day."""
        return (unit, day) in self._reminded

    @staticmethod
    def waits(document: Document) -> bool:
        """Whether it still waits for its signature."""
        return document.state == SlipState.DRAFTED.value and Tier(document.tier).is_official
