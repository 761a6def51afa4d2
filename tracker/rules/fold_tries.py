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
from tracker.rules.state import MessageNow
from tracker.rules.state import SlotNow
from tracker.rules.state import Try

Entries = Mapping[type[Fact], Sequence[Entry[Any]]]
Tries = dict[Any, dict[int, Try]]


def sent_and_due(entries: Entries, acts: Sequence[ActRow]) -> dict[str, Any]:
    """The fields `messages` and `slots` of an office."""
    if not entries.get(facts.Message) and not entries.get(facts.Slot):
        return {}
    when = {act.no: act.recorded_at for act in acts}
    tries = _tries(entries, facts.MessageAttempt, facts.MessageOutcome, when)
    messages = {
        entry.fact.message: MessageNow(entry.fact, when[entry.act], _in_order(tries, entry.fact.message))
        for entry in entries.get(facts.Message, ())
    }
    done = _tries(entries, facts.SlotAttempt, facts.SlotOutcome, when)
    slots = {
        (each.fact.job, each.fact.due): SlotNow(
            each.fact.job, each.fact.due, _in_order(done, (each.fact.job, each.fact.due))
        )
        for each in entries.get(facts.Slot, ())
    }
    return {"messages": messages, "slots": slots}


def _tries(
    entries: Entries, attempt: type[Fact], outcome: type[Fact], when: Mapping[int, dt.datetime]
) -> Tries:
    found: Tries = {}
    for entry in entries.get(attempt, ()):
        said = entry.fact
        found.setdefault(_about(said), {})[said.n] = Try(said.n, said.worker, when[entry.act])
    for entry in entries.get(outcome, ()):
        said, at = entry.fact, when[entry.act]
        of = found.setdefault(_about(said), {})
        of[said.n] = replace(
            of.get(said.n, Try(said.n, "", at)), state=said.state, note=said.note, said_at=at
        )
    return found


def _about(said: Any) -> Any:
    return said.message if hasattr(said, "message") else (said.job, said.due)


def _in_order(tries: Tries, about: Any) -> tuple[Try, ...]:
    return tuple(each for _, each in sorted(tries.get(about, {}).items()))
