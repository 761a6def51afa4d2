"""From decisions to drafts: one slip for a matter, one for a unit, or one for all, each with its number."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

from tracker import facts
from tracker.files.ledger import Act
from tracker.files.ledger import Ledger
from tracker.rules.chasing.reminders import Decision
from tracker.rules.chasing.slipbook import SLIP_UNITS
from tracker.rules.chasing.slips import file_name
from tracker.rules.chasing.slips import next_number
from tracker.rules.chasing.tiers import SlipState
from tracker.rules.chasing.tiers import Tier
from tracker.rules.comparing.lineage import last_year_plans
from tracker.rules.plans.succession import successor
from tracker.rules.state import Office
from tracker.steps.chasing.signing import FOLDER


class Drafts:
    """The drafts of one act."""

    def __init__(self, act: Act, ledger: Ledger, office: Office, today: dt.date) -> None:
        self.act, self.office, self.today = act, office, today
        self.made: list[facts.Document] = []
        # Every number that ever stood on a slip, withdrawn ones and those that the OA replaced included.
        self._given: dict[str, list[str]] = {}
        for entry in ledger.entries(facts.Document):
            self._given.setdefault(entry.fact.tier, []).append(entry.fact.number)

    def hand_over(self) -> None:
        """An 交办单 for each unit with tasks of a plan that none of its slips has handed over yet.

        Nobody is handed last year's tasks once this year's plan is there.
        """
        pairs: set[tuple[str, str]] = set()
        for document in self.office.documents.values():
            if document.tier == Tier.ASSIGN.value and document.state != SlipState.WITHDRAWN.value:
                pairs.update((document.unit, subject) for subject in document.subjects)
        heirs = {unit: successor(self.office, unit, self.today) for unit in self.office.units}
        past = {old_plan for plan in self.office.plans for old_plan in last_year_plans(self.office, plan)}
        for plan in self.office.plans.values():
            if plan.plan in past:
                continue
            open_points: dict[str, list[str]] = {unit: [] for unit in self.office.units}
            for point in plan.points:
                if point.is_retired:
                    continue
                for unit in dict.fromkeys(heirs.get(unit, unit) for unit in point.units()):
                    if (unit, point.id) not in pairs:
                        open_points.setdefault(unit, []).append(point.id)
            for unit, subjects in open_points.items():
                if subjects:
                    self._draft(Tier.ASSIGN, unit, tuple(subjects))

    def follow(self, decisions: Iterable[Decision]) -> None:
        """A draft for every decision that takes a rung."""
        by_tier: dict[Tier, list[Decision]] = {}
        for decision in decisions:
            if decision.tier is not None:
                by_tier.setdefault(decision.tier, []).append(decision)
        for tier in Tier:
            due = by_tier.get(tier, [])
            if due and tier.is_for_all:
                self._for_all(tier, due)
            else:
                for unit, subjects in _bundles(tier, due):
                    self._draft(tier, unit, subjects)

    def _for_all(self, tier: Tier, due: Sequence[Decision]) -> None:
        subjects = tuple(dict.fromkeys(decision.obligation.subject for decision in due))
        document = self._draft(tier, "", subjects)
        units = {
            s: [decision.obligation.unit for decision in due if decision.obligation.subject == s]
            for s in subjects
        }
        data = json.dumps(units, ensure_ascii=False, sort_keys=True)
        self.act.add(facts.Event(document.document, SLIP_UNITS, 1, self.today, data))

    def _draft(self, tier: Tier, unit: str, subjects: tuple[str, ...]) -> facts.Document:
        numbers = self._given.setdefault(tier.value, [])
        number = next_number(tier, self.today.year, numbers)
        numbers.append(number)
        name = file_name(tier, number, self.office.name_of(unit, self.today) if unit else "")
        path = f"{FOLDER}/{self.today.isoformat()} {tier.value}/{name}.docx"
        state = SlipState.DRAFTED.value if tier.is_official else SlipState.SIGNED.value
        document = self.act.mint("D")
        fact = facts.Document(document, tier.value, unit, subjects, self.today, state, number, path)
        self.act.add(fact)
        self.made.append(fact)
        return fact


def _bundles(tier: Tier, due: Sequence[Decision]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if tier is not Tier.REMIND:
        yield from ((decision.obligation.unit, (decision.obligation.subject,)) for decision in due)
        return
    by_unit: dict[str, list[str]] = {}
    for decision in due:
        by_unit.setdefault(decision.obligation.unit, []).append(decision.obligation.subject)
    for unit, subjects in by_unit.items():
        yield unit, tuple(dict.fromkeys(subjects))
