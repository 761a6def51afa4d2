"""A row of theirs is one work point, or a question."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from tracker.rules.plans.identity import Words
from tracker.rules.report.filling import find_point

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
