"""The fold, continued fact by fact, says what the fold of all facts says."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, strategies as st

from tests.support.cells import latest_cells
from tracker import facts
from tracker.facts import ActRow, Entry
from tracker.rules import office as module
from tracker.rules.office import Office, fold_facts, fold_news

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
    facts.Form("F1", "2026-年终", "U001", 1, ("P1-001",), ("status",), "填报表/x.xlsx"),
    facts.Return("F1", "sha", "taken", "", "{}"),
    facts.Return("F1", "sha", "superseded", "", "{}"),
    facts.Conflict("C1", "P1-001", "U001", "progress", "2026-年终", "", "甲", "乙", ""),
    facts.Settled("C1", "ours", "甲"),
    facts.PlanKind("P1", "superior"),
    facts.Carried("P1-001", "P1-002", "split", ""),
    facts.UnitLink("U001", "U002", DAY, "rename"),
    facts.Serves("P1-001", "P2-001", "serves", "王敏", ""),
    facts.PlanLink("P1", "P2", "year"),
    facts.Setting("设置.xlsx", "sha", "{}"),
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


@given(st.permutations(SAID), st.integers(0, len(SAID)))
def test_the_way_back_to_an_earlier_moment_is_the_fold_of_the_facts_up_to_it(said, count):
    entries: dict[type[facts.Fact], list[Entry[Any]]] = {}
    earlier: dict[type[facts.Fact], list[Entry[Any]]] = {}
    acts = [ActRow(no, "sync", "王敏", NOW, None, "0", (), no, no) for no in range(1, len(said) + 1)]
    for no, fact in enumerate(said, 1):
        entries.setdefault(type(fact), []).append(Entry(no, no, "", "", fact))
        if no <= count:
            earlier.setdefault(type(fact), []).append(Entry(no, no, "", "", fact))
    office = fold_facts(entries, {}, acts)

    back = fold_news(office, {type(fact) for fact in said[count:]}, earlier, {}, acts[:count])

    assert back == fold_facts(earlier, {}, acts[:count])


def test_every_kind_feeds_a_part_but_cells_and_settings_that_no_part_holds():
    kinds = [kind for kinds, _ in module._PARTS for kind in kinds]

    assert sorted(map(repr, kinds)) == sorted(map(repr, set(facts.KINDS) - {facts.Cell, facts.Setting}))


def test_a_fact_of_one_kind_leaves_every_part_that_it_does_not_feed_as_it_was():
    entries = {type(fact): [Entry(1, 1, "", "", fact)] for fact in SAID}
    acts = [ActRow(1, "sync", "王敏", NOW, None, "0", (), 1, 1)]
    office = fold_facts(entries, {}, acts)

    after = fold_news(office, [facts.Return], entries, {}, acts)

    assert after.plans is office.plans and after.units is office.units
