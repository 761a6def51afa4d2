"""The superior's items and ours: many to many, gaps said one by one."""

from __future__ import annotations

from tests.support.drawn_years import points
from tracker.comparison import Judgement
from tracker.facts import Serves
from tracker.rules.compare.comparison import decide, judgements_of
from tracker.rules.compare.levels import LEVELS
from tracker.rules.compare.proposals import propose_levels
from tracker.rules.office import WITHDRAWAL

THEIRS = points("P9", "推行企业开办一网通办", "公开财政预算和决算", "提升口岸货物通关效率")
OURS = points("P2", "企业开办一网通办，时间压缩到半天", "公开部门预算", "公开部门决算", "整合政务热线")


def decided(said, held=()):
    decision = decide(LEVELS, said, held, {each.id for each in THEIRS}, {each.id for each in OURS})
    return decision.facts, decision.findings


def links(facts):
    return {(each.theirs, each.ours, each.how) for each in facts}


def test_several_of_ours_may_be_proposed_for_one_and_none_for_a_gap():
    found = propose_levels(THEIRS, OURS)

    assert found["P9-001"].others == ("P2-001",)
    assert set(found["P9-002"].others) == {"P2-002", "P2-003"}
    assert (found["P9-003"].how, found["P9-003"].others) == ("gap", ())


def test_what_was_decided_is_not_proposed_anew():
    assert "P9-001" not in propose_levels(THEIRS, OURS, {"P9-001"})


def test_one_of_ours_may_serve_several():
    said = {"P9-001": Judgement("承接", ("P2-001",)), "P9-003": Judgement("承接", ("P2-001", "P2-004"))}

    facts, findings = decided(said)

    assert not findings
    assert links(facts) == {
        ("P9-001", "P2-001", "serves"),
        ("P9-003", "P2-001", "serves"),
        ("P9-003", "P2-004", "serves"),
    }


def test_another_word_replaces_every_link_of_its_row():
    held = (
        Serves("P9-001", "P2-001", "serves", "person", ""),
        Serves("P9-002", "P2-002", "serves", "person", ""),
    )

    facts, _ = decided({"P9-001": Judgement("未承接", (), "无此事项")}, held)

    assert links(facts) == {("P9-001", "P2-001", WITHDRAWAL), ("P9-001", "", "gap")}


def test_nothing_said_takes_back():
    held = (Serves("P9-001", "", "gap", "person", ""),)

    assert links(decided({"P9-001": Judgement()}, held)[0]) == {("P9-001", "", WITHDRAWAL)}


def test_what_does_not_exist_or_is_not_named_is_refused():
    facts, findings = decided({"P9-001": Judgement("承接", ("P2-099",)), "P9-002": Judgement("承接")})

    assert not facts
    assert {row: each.code for row, each in findings.items()} == {
        "P9-001": "no-such-item",
        "P9-002": "wrong-count",
    }


def test_items_of_ours_that_are_gone_serve_nothing():
    held = (
        Serves("P9-001", "P2-001", "serves", "person", ""),
        Serves("P9-001", "P2-009", "serves", "person", ""),
    )

    assert judgements_of(LEVELS, held, {"P9-001"}, {"P2-001"}) == {"P9-001": Judgement("承接", ("P2-001",))}
    assert judgements_of(LEVELS, held, {"P9-001"}, set()) == {}
