"""The part of the fold that tells attempts: of messages to leave, and of slots to be done.

An attempt is what was claimed and the latest outcome that anybody stated for it. An outcome with number 0, or one
for an attempt that nobody claimed, stands by itself: it speaks of the message or the slot as a whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tracker import facts
from tracker.facts import ActRow
from tracker.facts import Entry
from tracker.facts import Fact
from tracker.rules.state import Attempt
from tracker.rules.state import MessageNow
from tracker.rules.state import SlotNow

Entries = Mapping[type[Fact], Sequence[Entry[Any]]]
Attempts = dict[Any, dict[int, Attempt]]


def messages_and_slots(entries: Entries, acts: Sequence[ActRow]) -> dict[str, Any]:
    """The fields `messages` and `slots` of an office."""
    if not entries.get(facts.Message) and not entries.get(facts.Slot):
        return {}
    when = {act.no: act.recorded_at for act in acts}
    attempts = _attempts(entries, facts.MessageAttempt, facts.MessageOutcome, when)
    messages = {
        entry.fact.message: MessageNow(entry.fact, when[entry.act], _in_order(attempts, entry.fact.message))
        for entry in entries.get(facts.Message, ())
    }
    slot_attempts = _attempts(entries, facts.SlotAttempt, facts.SlotOutcome, when)
    slots = {
        (entry.fact.job, entry.fact.due): SlotNow(
            entry.fact.job, entry.fact.due, _in_order(slot_attempts, (entry.fact.job, entry.fact.due))
        )
        for entry in entries.get(facts.Slot, ())
    }
    return {"messages": messages, "slots": slots}


def _attempts(
    entries: Entries, attempt: type[Fact], outcome: type[Fact], when: Mapping[int, dt.datetime]
) -> Attempts:
    attempts: Attempts = {}
    for entry in entries.get(attempt, ()):
        fact = entry.fact
        attempts.setdefault(_about(fact), {})[fact.n] = Attempt(fact.n, fact.worker, when[entry.act])
    for entry in entries.get(outcome, ()):
        fact, at = entry.fact, when[entry.act]
        attempts_by_number = attempts.setdefault(_about(fact), {})
        attempts_by_number[fact.n] = replace(
            attempts_by_number.get(fact.n, Attempt(fact.n, "", at)),
            state=fact.state,
            note=fact.note,
            outcome_at=at,
        )
    return attempts


def _about(fact: Any) -> Any:
    return fact.message if hasattr(fact, "message") else (fact.job, fact.due)


def _in_order(attempts: Attempts, about: Any) -> tuple[Attempt, ...]:
    return tuple(attempt for _, attempt in sorted(attempts.get(about, {}).items()))
