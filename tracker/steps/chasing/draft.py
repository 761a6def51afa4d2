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
from tracker.rules.chasing.slipbook import NAMED
from tracker.rules.chasing.slips import file_name
from tracker.rules.chasing.slips import next_number
from tracker.rules.chasing.tiers import State
from tracker.rules.chasing.tiers import Tier
from tracker.rules.comparing.lineage import last_year
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
        handed: set[tuple[str, str]] = set()
        for each in self.office.documents.values():
            if each.tier == Tier.ASSIGN.value and each.state != State.WITHDRAWN.value:
                handed.update((each.unit, subject) for subject in each.subjects)
        heirs = {unit: successor(self.office, unit, self.today) for unit in self.office.units}
        past = {each for plan in self.office.plans for each in last_year(self.office, plan)}
        for plan in self.office.plans.values():
            if plan.plan in past:
                continue
            wanted: dict[str, list[str]] = {unit: [] for unit in self.office.units}
            for point in plan.points:
                if point.retired:
                    continue
                for unit in dict.fromkeys(heirs.get(unit, unit) for unit in point.units()):
                    if (unit, point.id) not in handed:
                        wanted.setdefault(unit, []).append(point.id)
            for unit, subjects in wanted.items():
                if subjects:
                    self._draft(Tier.ASSIGN, unit, tuple(subjects))

    def follow(self, decisions: Iterable[Decision]) -> None:
        """A draft for every decision that takes a rung."""
        by_tier: dict[Tier, list[Decision]] = {}
        for each in decisions:
            if each.tier is not None:
                by_tier.setdefault(each.tier, []).append(each)
        for tier in Tier:
            due = by_tier.get(tier, [])
            if due and tier.is_for_all:
                self._for_all(tier, due)
            else:
                for unit, subjects in _bundles(tier, due):
                    self._draft(tier, unit, subjects)

    def _for_all(self, tier: Tier, due: Sequence[Decision]) -> None:
        subjects = tuple(dict.fromkeys(each.matter.subject for each in due))
        document = self._draft(tier, "", subjects)
        named = {s: [each.matter.unit for each in due if each.matter.subject == s] for s in subjects}
        data = json.dumps(named, ensure_ascii=False, sort_keys=True)
        self.act.add(facts.Event(document.document, NAMED, 1, self.today, data))

    def _draft(self, tier: Tier, unit: str, subjects: tuple[str, ...]) -> facts.Document:
        given = self._given.setdefault(tier.value, [])
        number = next_number(tier, self.today.year, given)
        given.append(number)
        name = file_name(tier, number, self.office.name_of(unit, self.today) if unit else "")
        path = f"{FOLDER}/{self.today.isoformat()} {tier.value}/{name}.docx"
        state = State.DRAFTED.value if tier.is_official else State.SIGNED.value
        document = self.act.mint("D")
        fact = facts.Document(document, tier.value, unit, subjects, self.today, state, number, path)
        self.act.add(fact)
        self.made.append(fact)
        return fact


def _bundles(tier: Tier, due: Sequence[Decision]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if tier is not Tier.REMIND:
        yield from ((each.matter.unit, (each.matter.subject,)) for each in due)
        return
    by_unit: dict[str, list[str]] = {}
    for each in due:
        by_unit.setdefault(each.matter.unit, []).append(each.matter.subject)
    for unit, subjects in by_unit.items():
        yield unit, tuple(dict.fromkeys(subjects))
