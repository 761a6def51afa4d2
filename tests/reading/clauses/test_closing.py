"""The units at the end of a requirement are split off, and nothing else is."""

import pytest
from hypothesis import given, strategies as st

from tracker.reading.clauses.responsibility import closing_bracket


@pytest.mark.parametrize(
    ("text", "requirement", "inside"),
    [
        ("完善预案。（市应急局牵头，各县（市、区）配合）", "完善预案。", "市应急局牵头，各县（市、区）配合"),
        ("完善预案[牵头单位：市应急局]", "完善预案", "牵头单位：市应急局"),
        ("完善预案【市应急局负责】。", "完善预案", "市应急局负责"),
        ("完善预案〔市应急局、市气象局〕", "完善预案", "市应急局、市气象局"),
        ("完善预案。(市应急局)", "完善预案。", "市应急局"),
        ("完善预案（2025年版）。（办公室）", "完善预案（2025年版）。", "办公室"),
        ("完善预案。（各县（市、区）人民政府）", "完善预案。", "各县（市、区）人民政府"),
        ("完善预案。（市应急局负责）（6月底前完成）", "完善预案。（6月底前完成）", "市应急局负责"),
        (
            "完善预案。（责任单位：市应急局；完成时限：6月底）",
            "完善预案。",
            "责任单位：市应急局；完成时限：6月底",
        ),
        ("完善预案。责任单位：市应急局、市气象局。", "完善预案。", "责任单位：市应急局、市气象局。"),
        (
            "完善预案。\n牵头单位：市应急局\n配合单位：市气象局",
            "完善预案。",
            "牵头单位：市应急局\n配合单位：市气象局",
        ),
        ("完善预案 牵头单位：市应急局 完成时间：6月底前", "完善预案", "牵头单位：市应急局 完成时间：6月底前"),
        ("完善预案。（由市應急局牽頭）", "完善预案。", "由市應急局牽頭"),
        ("完善预案。责任单位：市应急局。市气象局", "完善预案。", "责任单位：市应急局。市气象局"),
    ],
)
def test_the_units_at_the_end_are_split_off(text, requirement, inside):
    assert closing_bracket(text) == (requirement, inside)


@pytest.mark.parametrize(
    "text",
    [
        "公布权责清单（2025年版）",
        "新建网站支持互联网协议第六版（IPv6）",
        "支持小微企业（含个体工商户）",
        "建立问题台账（详见附件2）",
        "各县（市、区）",
        "三张清单（权力清单、责任清单、负面清单）",
        "扩大试点（北山县、南河县）",
        "整治窗口（每季度一次）",
        "压实责任（国办发〔2021〕5号）",
        "健全责任体系，责任单位要抓好落实",
        "完善学校、家庭、社会（社区）协同育人机制",
        "市应急局牵头",
        "（市应急局牵头）",
        "责任单位：市应急局",
        "完善预案。责任单位：市应急局。加强日常巡查",
        "",
    ],
)
def test_anything_else_is_left_alone(text):
    assert closing_bracket(text) is None


@given(st.text(alphabet="完善预案。，、（）()[]【】：市应急局牵头责任单位6月底前\n ", max_size=40))
def test_what_is_split_off_was_written_and_is_not_empty(text):
    found = closing_bracket(text)

    if found is not None:
        requirement, inside = found
        assert inside
        assert inside in text
        assert len(requirement) + len(inside) <= len(text)


def test_a_label_of_time_behind_units_without_one_closes_the_bracket():
    assert closing_bracket("修渠十里。（县水利局牵头，完成时限：6月底前）") == (
        "修渠十里。",
        "县水利局牵头，完成时限：6月底前",
    )
