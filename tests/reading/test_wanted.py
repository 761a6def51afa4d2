"""What the columns of somebody else's table ask for: certain, or a question."""

from __future__ import annotations

import pytest

from tracker.columns import FILLABLE
from tracker.reading.blank import column_requests


def names(*labels, said=None):
    return [each.names for each in column_requests(dict(enumerate(labels)), said).values()]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("项次", "number"),
        ("事项编号", "id"),
        ("牵头单位（第一责任）", "lead"),
        ("主办单位", "lead"),
        ("责 任 部 门", "responsible"),
        ("承办单位", "responsible"),
        ("協辦單位", "support"),
        ("办结时限", "deadline"),
        ("时间要求", "deadline"),
        ("到期日", "due"),
        ("实际完成时间", "done_on"),
        ("是否完成", "finished"),
        ("当前状态", "state"),
        ("工作进展情况", "text"),
        ("落实成效", "text"),
        ("存在问题及下一步打算", "problem"),
        ("未完成原因", "problem"),
        ("佐证材料", "evidence"),
        ("已完成项数", "count_done"),
        ("办结率", "count_rate"),
    ],
)
def test_a_head_that_can_mean_one_thing_only_is_certain(label, name):
    (found,) = column_requests({0: label}).values()

    assert found.name == name


@pytest.mark.parametrize(
    "label",
    [
        "完成时间", "完成情况", "下一步工作", "编号", "是否按期完成", "领导批示", "联系电话", "责任人",
        "责任单位及责任人", "类别", "工作目标", "督办问题", "预计完成时间", "计划投资", "分管领导",
    ],
)  # fmt: skip
def test_a_head_that_may_mean_several_things_or_none_of_ours_is_asked(label):
    found = column_requests({0: "序号", 1: label})[1]

    assert found.name == ""
    assert {*found.names, *found.near} <= set(FILLABLE)


def test_of_two_text_columns_the_nearer_one_is_the_requirement():
    assert names("主要任务", "工作措施") == [("task",), ("requirement",)]
    assert names("任务内容") == [("requirement",)]


def test_a_unit_column_without_a_text_column_names_the_unit_of_the_row():
    assert names("单位", "已完成") == [("unit",), ("count_done",)]
    assert names("单位", "重点任务") == [("responsible",), ("requirement",)]


def test_a_reporting_unit_beside_a_text_column_is_asked():
    assert names("填报单位", "重点任务")[0] == ("unit", "responsible")


def test_the_day_of_completion_is_certain_only_beside_a_time_limit():
    assert names("完成时限", "完成时间")[1] == ("done_on",)
    assert names("完成时间", "进展情况")[0] == ("deadline", "done_on")


def test_two_columns_for_the_same_are_both_asked():
    assert names("责任单位", "承办部门") == [(), ()]


def test_what_a_person_said_goes_before_everything():
    assert names("完成时间", "重点任务", said={0: "due", 1: "task"}) == [("due",), ("task",)]


def test_every_alias_is_something_that_can_be_filled():
    from tracker.reading.blank import _ALIASES

    assert {name for each, _ in _ALIASES for name in each} <= set(FILLABLE)
