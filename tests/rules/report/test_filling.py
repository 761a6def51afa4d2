"""What stands in their cells: the same as in the report, and a gap where the ledger says nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from tests.support.years import TODAY, year_office
from tracker.columns import FILLABLE
from tracker.rules.plans.identity import Words
from tracker.rules.report.filling import CellEntry, RowSubject, cell_entry, find_point
from tracker.rules.report.summary import Quote, summarise
from tracker.settings import Day
from tracker.workdays import PUBLIC_CALENDAR


def said(name, wp="P1-001", *, unit="", wanted=(), **cells):
    summary = summarise(year_office(**cells), "P1", Day(TODAY, PUBLIC_CALENDAR))
    return cell_entry(name, RowSubject(summary, summary.item(wp), unit, columns=wanted, number=4))


@pytest.mark.parametrize(
    ("name", "wp", "value"),
    [
        ("number", "P1-001", 4),
        ("id", "P1-001", "P1-001"),
        ("due", "P1-001", dt.date(2018, 9, 30)),
        ("deadline", "P1-004", "长期"),
        ("year", "P1-001", 2018),
        ("document", "P1-001", "×府办〔2018〕6号"),
        ("state", "P1-007", "正在推进"),
        ("finished", "P1-002", "否"),
        ("finished", "P1-009", "不涉及"),
        ("done_on", "P1-001", dt.date(2018, 9, 20)),
        ("done_on", "P1-002", None),
        ("light", "P1-002", "红 逾期未完成"),
        ("returned", "P1-001", "1/3"),
    ],
)
def test_a_column_of_a_work_point(name, wp, value):
    assert said(name, wp) == CellEntry(value)


def test_what_should_have_been_said_and_was_not_is_a_gap():
    assert said("text", "P1-008") == CellEntry(None, gap=True)
    assert said("finished", "P1-008") == CellEntry(None, gap=True)
    assert said("done_on", "P1-003") == CellEntry(None, gap=True)
    assert said("evidence", "P1-003") == CellEntry(None, gap=True)


def test_what_nobody_had_to_say_is_no_gap():
    assert said("problem", "P1-001") == CellEntry()
    assert said("evidence", "P1-006") == CellEntry()
    assert said("note") == CellEntry()
    assert said("support") == CellEntry()


def test_leads_stand_first_among_those_responsible_where_no_column_names_them():
    assert said("responsible").value == "市财政局、市教育局、市民政局"
    assert said("responsible", wanted=("lead", "responsible")).value == "市教育局、市民政局"


def test_the_office_s_wording_stands_before_the_unit_s():
    given = (("P1-001", "", "wording", ""), "核定的话")

    assert said("text").value == "108个部门的预算、决算全部公开，细化到项级科目"
    assert said("text", wording=given).value == "核定的话"


def test_a_row_of_one_unit_says_what_that_unit_said():
    more = (("P1-001", "U2", "progress", "R1"), "教育部分已公开。")

    assert said("text", unit="U2", more=more).value == "教育部分已公开。"
    assert said("role", unit="U2").value == "责任"
    assert said("state", unit="U3").value == "未报送"


def test_several_units_stand_on_lines_of_their_own():
    office = {"a": (("P1-007", "U5", "problem", "R1"), "接口未定")}

    assert (
        said("problem", "P1-007", **office).value == "市卫生健康局：两家医院尚未接入\n市行政审批局：接口未定"
    )


@pytest.mark.parametrize(
    ("speakers", "text"),
    [
        (("市财政局", "市教育局"), "市财政局：市财政局说的。\n市教育局：市教育局说的。"),
        (("市行政审批局", "市财政局", "市教育局", "市民政局"), "市行政审批局说的。\n另有3个单位报送了进展。"),
        (("市财政局", "市教育局", "市民政局", "市卫生健康局"), "5个单位：未报送4个、正在推进1个。"),
    ],
)
def test_a_cell_for_many_units_has_the_leads_text_or_how_many_stand_where(speakers, text):
    summary = summarise(year_office(), "P1", Day(TODAY, PUBLIC_CALENDAR))
    quotes = tuple(Quote(name, f"{name}说的。", "progress") for name in speakers)
    item = replace(summary.item("P1-005"), texts=quotes)

    entry = cell_entry("text", RowSubject(summary, item))

    assert (entry.value, entry.is_short) == (text, len(speakers) > 3)


def test_contacts_are_those_of_the_unit_else_of_the_leads():
    contacts = {"U1": (("张三", "123"), ("李四", "")), "U5": (("王五", "456"),)}
    summary = replace(summarise(year_office(), "P1", Day(TODAY, PUBLIC_CALENDAR)), contacts=contacts)

    def entry(name, **about):
        return cell_entry(name, RowSubject(summary, **about)).value

    assert (entry("contact", unit="U1"), entry("phone", unit="U1")) == ("张三、李四", "123")
    assert entry("contact", unit="U2") is None
    assert entry("phone", item=summary.item("P1-005")) == "456"


@pytest.mark.parametrize("name", sorted(set(FILLABLE) - {"blank"}))
def test_every_column_that_may_be_asked_for_has_an_answer(name):
    assert isinstance(said(name), CellEntry)


def test_a_unit_is_counted_as_in_the_report():
    summary = summarise(year_office(), "P1", Day(TODAY, PUBLIC_CALENDAR))

    numbers = {
        name: cell_entry(name, RowSubject(summary, unit="U1")).value
        for name in (
            "unit",
            "count_lead",
            "count_support",
            "count_total",
            "count_done",
            "count_open",
            "count_rate",
        )
    }

    assert list(numbers.values()) == ["市财政局", 2, 0, 3, 1, 2, "33.3%"]


def test_a_part_is_counted_as_in_the_report():
    summary = summarise(year_office(), "P1", Day(TODAY, PUBLIC_CALENDAR))
    subject = RowSubject(summary, section="一、推进重点信息公开")

    assert [cell_entry(f"count_{each}", subject).value for each in ("total", "done", "overdue")] == [
        summary.figures[f"section.1.{each}"].n for each in ("total", "done", "overdue")
    ]
    assert cell_entry("count_lead", subject) == CellEntry(None, gap=True)


A, B = "一、信息公开", "二、服务"
KNOWN = {
    "P1-001": Words(A, "（一）财政", "1", "公开部门预算和决算，细化到项级科目。"),
    "P1-002": Words(A, "（一）财政", "2", "新建3个公园。"),
    "P1-003": Words(B, "（二）大厅", "1", "按季度更新办事指南。"),
    "P1-004": Words(B, "（三）网上", "1", "按季度更新办事指南。"),
}


@pytest.mark.parametrize(
    ("said", "thing", "how"),
    [
        ({"id": "p1-002"}, "P1-002", "id"),
        ({"requirement": "2. 新建3个公园"}, "P1-002", "equal"),
        ({"task": "新建3个公园"}, "P1-002", "equal"),
        ({"task": "（三）网上"}, "P1-004", "equal"),
        ({"requirement": "公开部门预算和决算"}, "P1-001", "beginning"),
        ({"requirement": "按季度更新办事指南", "section": B, "task": "二大厅"}, "", "several"),
        ({"requirement": "按季度更新办事指南", "task": "（二）大厅"}, "P1-003", "equal"),
        # Another number is another work point, however alike the rest is.
        ({"requirement": "新建5个公园。"}, "", "none"),
        ({"requirement": "公开部门"}, "", "none"),
        ({"id": "P9-001", "requirement": "新建3个公园"}, "", "none"),
        ({"requirement": "按季度更新办事指南"}, "", "several"),
        ({}, "", "none"),
    ],
)
def test_the_first_rule_that_finds_anything_decides(said, thing, how):
    found = find_point(said, KNOWN)

    assert (found.target, found.kind.value) == (thing, how)


def test_of_equal_texts_the_unit_of_the_row_decides():
    found = find_point({"requirement": "按季度更新办事指南"}, KNOWN, has_unit=lambda wp: wp == "P1-004")

    assert found.target == "P1-004"


def test_a_question_names_the_nearest():
    assert find_point({"requirement": "新建5个公园"}, KNOWN).candidates == ("P1-002",)


@given(st.sampled_from(sorted(KNOWN)), st.integers(0, 12), st.sampled_from("，。ab公预决3"))
def test_a_text_with_a_letter_changed_is_never_taken_for_another_work_point(wp, at, letter):
    text = KNOWN[wp].requirement
    changed = text[:at] + letter + text[at + 1 :]

    found = find_point(
        {"requirement": changed}, {wp: KNOWN[wp], "P2-001": Words("", "", "", "完全不同的一项工作要求")}
    )

    assert found.target in ("", wp)
    if found.target:
        assert [c for c in changed if c.isalnum()] == [
            c for c in text if c.isalnum()
        ] or found.kind.value == "beginning"


def test_a_short_title_is_a_question_with_the_long_requirement_that_has_its_words():
    points = {
        "P1-001": Words(
            "", "", "1", "加快推进尾矿库“头顶库”综合治理，年底前完成全部病险库除险加固和搬迁避让。"
        ),
        "P1-002": Words("", "", "2", "开展粉尘涉爆企业专项治理，建立台账，逐企销号。"),
    }

    match = find_point({"requirement": "尾矿库头顶库治理"}, points)

    assert (match.target, match.candidates) == ("", ("P1-001",))
