"""The fold, continued fact by fact, says what the fold of all facts says."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, strategies as st

from tracker import facts
from tracker.facts import ActRow, Entry
from tracker.rules.office import fold as module
from tracker.rules.office.fold import fold_facts, fold_news, latest_cells
from tracker.rules.office.state import Office

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))  # Monday
DAY = NOW.date()


def message(name):
    return facts.Message(
        name, name, "D1", "U001", "提醒", "reminder", "mail", "a@b.cn", "<1>", "", "", (), ()
    )


SAID = [
    facts.Unit("U001", "市直部门"),
    facts.Unit("U001", "市直部门", True),
    facts.UnitName("U001", "市教育局", None, None, "current"),
    facts.Contact("U001", "联络员", "甲", "0000", "a@b.cn", True),
    facts.Contact("U001", "联络员", "甲", "0000", "", False),
    facts.PlanEdition("P1", 1, "new", "要点", "", "", None, 2026, ""),
    facts.PointFact("P1-001", "P1"),
    facts.WpText("P1-001", 1, 1, "一", "（一）", "1", "公开", "", "single", False, "new", False),
    facts.AssignmentFact("P1-001", 1, "市教育局", "U001", "lead", "", "", True),
    facts.Round("2026-年终", "P1", "年终", DAY, DAY),
    facts.Cell("P1-001", "U001", "progress", "", "办了", "unit", 0),
    facts.Document("D1", "提醒", "U001", ("P1-001",), DAY, "signed", "", "督办/x/D1.docx"),
    facts.Document("D1", "提醒", "U001", ("P1-001",), DAY, "sent", "", "督办/x/D1.docx"),
    facts.Event("D1", "sent-by", 1, DAY, "{}"),
    facts.File("sha", "x.xlsx", "", NOW),
    facts.SheetWritten("台账/工作台账.xlsx", 1, 0, "sha"),
    facts.SheetWritten("台账/工作台账.xlsx", 2, 0, "sha2"),
    message("M1"),
    message("M2"),
    facts.MessageAttempt("M1", 1, "pc:1"),
    facts.MessageOutcome("M1", 1, "unknown", ""),
    facts.MessageOutcome("M1", 1, "sent", ""),
    facts.MessageOutcome("M2", 0, "dropped", ""),
    facts.Slot("chase", NOW),
    facts.SlotAttempt("chase", NOW, 1, "pc:1"),
    facts.SlotOutcome("chase", NOW, 1, "done", ""),
]


@given(st.permutations(SAID))
def test_any_order_of_facts_folded_one_by_one_is_the_fold_of_all(said):
    entries: dict[type[facts.Fact], list[Entry[Any]]] = {}
    acts: list[ActRow] = []
    office = Office()
    for no, fact in enumerate(said, 1):
        entries.setdefault(type(fact), []).append(Entry(no, no, "", "", fact))
        acts.append(ActRow(no, "sync", "王敏", NOW, None, "0", (), no, no))
        cells = latest_cells(entries.get(facts.Cell, []))
        office = fold_news(office, [type(fact)], entries, cells, acts)

        assert office == fold_facts(entries, cells, acts)


def test_most_of_what_sending_records_is_folded_apart():
    kinds = {facts.Message, facts.MessageAttempt, facts.MessageOutcome, facts.Document}

    assert kinds <= module._APART
    assert {type(each) for each in SAID} >= module._APART - {facts.Setting}
