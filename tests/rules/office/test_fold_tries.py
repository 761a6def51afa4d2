"""Attempts at messages and slots, folded: what was claimed, and the latest that was said of it."""

from __future__ import annotations

import datetime as dt

from tracker import facts
from tracker.facts import ActRow, Entry
from tracker.rules.office import fold_facts

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))  # Monday
MESSAGE = facts.Message("M1", "k", "D1", "U001", "提醒", "reminder", "folder", "", "<1@x>", "s", "b", (), ())


def office(*said):
    """Each fact in an act of its own, a minute apart."""
    entries: dict[type, list] = {}
    acts = []
    for n, fact in enumerate(said, 1):
        acts.append(ActRow(n, "send", "王敏", NOW + dt.timedelta(minutes=n), None, "0", (), n, n))
        entries.setdefault(type(fact), []).append(Entry(n, n, "", "", fact))
    return fold_facts(entries, {}, acts)


def test_an_attempt_without_an_outcome_has_no_state():
    (found,) = office(MESSAGE, facts.MessageAttempt("M1", 1, "pc:7")).messages["M1"].attempts

    assert (found.n, found.worker, found.state, found.at) == (1, "pc:7", "", NOW + dt.timedelta(minutes=2))


def test_the_later_outcome_of_an_attempt_holds():
    said = office(
        MESSAGE,
        facts.MessageAttempt("M1", 1, "pc:7"),
        facts.MessageOutcome("M1", 1, "unknown", "断线"),
        facts.MessageOutcome("M1", 1, "sent", "电话确认"),
    )

    (found,) = said.messages["M1"].attempts
    assert (found.worker, found.state, found.note) == ("pc:7", "sent", "电话确认")
    assert found.outcome_at == NOW + dt.timedelta(minutes=4)


def test_what_is_said_without_an_attempt_stands_by_itself():
    (found,) = office(MESSAGE, facts.MessageOutcome("M1", 0, "dropped", "")).messages["M1"].attempts

    assert (found.n, found.worker, found.state) == (0, "", "dropped")


def test_slots_are_found_by_job_and_moment():
    said = office(facts.Slot("chase", NOW), facts.SlotAttempt("chase", NOW, 1, "pc:7"))

    assert said.slots["chase", NOW].attempts[0].worker == "pc:7"
