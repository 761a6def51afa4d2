"""Coverage of the superior's plan, its workbook and what it gets."""

from __future__ import annotations

from tests.support.drawn_years import TODAY, office, plan, points
from tracker.comparison import Judgement
from tracker.facts import Serves
from tracker.outline import Letterhead
from tracker.rules.compare.comparison import compare_plans, decide, judgements_of
from tracker.rules.compare.levels import LEVELS, is_done, level_annex
from tracker.rules.compare.proposals import propose_levels
from tracker.rules.compare.workbooks import comparison_book
from tracker.rules.office import WITHDRAWAL
from tracker.settings import Day
from tracker.table import Table
from tracker.workdays import Calendar

LINKS = (
    Serves("P9-001", "P2-001", "serves", "person", ""),
    Serves("P9-001", "P2-002", "serves", "person", ""),
    Serves("P9-002", "P2-001", "serves", "person", ""),
    Serves("P9-003", "", "gap", "person", "没有口岸"),
    Serves("P9-004", "", "elsewhere", "person", ""),
)


def now(said=None, serves=LINKS):
    return office(
        plan("P2", 2026, "甲", "乙", "丙"),
        superiors=(plan("P9", 2026, "子", "丑", "寅", "卯", "辰"),),
        said=said,
        serves=serves,
    )


def levels(held):
    return compare_plans(LEVELS, held, "P9", Day(TODAY, Calendar()))


def test_coverage_leaves_out_what_is_no_duty_of_ours_and_counts_what_nobody_confirmed_as_not_covered():
    found = {each.code.removeprefix("levels."): each for each in levels(now()).figures()}

    assert (found["due"].n, found["served"].n, found["served"].share) == (4, 2, "50.0")
    assert (found["gap"].rows, found["elsewhere"].rows, found["waiting"].rows) == (
        ("P9-003",),
        ("P9-004",),
        ("P9-005",),
    )
    assert found["own"].rows == ("P2-003",)


def test_an_item_is_done_when_everything_that_serves_it_is():
    half = levels(now({"P2-001": "已完成"}))
    whole = levels(now({"P2-001": "已完成", "P2-002": "已完成"}))

    assert [is_done(half, f"P9-00{n}") for n in (1, 2, 3)] == [False, True, False]
    assert is_done(whole, "P9-001")
    assert LEVELS.states(half, ("P2-001", "P2-002")) == "P2-001 已完成\nP2-002 待核实"
    assert LEVELS.states(whole, ("P2-001", "P2-002")) == "已完成"


def test_a_superiors_plan_without_any_of_ours_makes_no_comparison():
    held = office(plan("P2", 2020, "甲"), superiors=(plan("P9", 2026, "子"),))

    assert levels(held) is None


def test_the_workbook_names_gaps_and_what_serves_nothing():
    held = now()

    book = comparison_book(held, levels(held), as_of=TODAY)

    sheets = {each.name: each for each in book.sheets}
    assert list(sheets) == ["对照", "汇总", "未承接", "本级自定事项"]
    assert [row[0] for row in sheets["未承接"].rows] == ["P9-003", "P9-005"]
    assert [row[0] for row in sheets["本级自定事项"].rows] == ["P2-003"]
    assert [row[0] for row in sheets["对照"].rows] == ["全部", *(f"P9-00{n}" for n in range(1, 6))]


def test_what_the_superior_gets_says_who_serves_each_item_and_names_what_nobody_confirmed():
    held = now({"P2-001": "已完成", "P2-002": "已完成"})

    def say(name, **given):
        return name if "f" not in given else f"{given['f']['due'].n} {given['f']['served'].share}"

    document = level_annex(held, levels(held), say, Letterhead("本办", "省办"), as_of=TODAY)

    assert (document.addressee, document.signature, document.date) == ("省办", "本办", TODAY)
    assert document.blocks[0].text == "4 50.0"
    every, gaps = (
        table for each in document.attachments for table in each.blocks if isinstance(table, Table)
    )
    assert [row[3] for row in every.rows] == ["甲\n乙", "甲", "未承接", "不属本级", "待确认"]
    assert [(row[3], row[4]) for row in gaps.rows] == [
        ("未承接", "没有口岸"),
        ("不属本级", ""),
        ("待确认", ""),
    ]
    assert all(each.landscape for each in document.attachments)
    covered = now(serves=tuple(Serves(f"P9-00{n}", "P2-001", "serves", "person", "") for n in range(1, 6)))
    assert len(level_annex(covered, levels(covered), say, Letterhead(), as_of=TODAY).attachments) == 1


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
