"""Cards below one another in a text: the task, then a line for each label, whatever stands between."""

import itertools

import pytest

from tests.support.drawn_plans import lines, read, who
from tracker.reading.plan.plan import PlanReading

TITLE = "青川镇2026年便民实事任务卡"
TASKS = ("改造码头渡口两处，候船亭同步翻新", "安装路灯三百盏", "修缮村级卫生室四间")
UNITS = ("镇交通站（牵头）、镇建设办", "镇建设办、各村", "镇卫生院")
DAYS = ("6月底", "9月底前", "11月底前")
HEADS = {
    "number": "{n}.{task}",
    "word and number": "任务{n} {task}",
    "word above": "任务{n}\n{task}",
    "sign and word above": "★ 任务{n}\n{task}",
    "number alone": "{n}\n{task}",
    "number behind a label": "编号：{n}\n事项：{task}",
    "no number": "{task}",
}
BODIES = {
    "units and time": "单位：{unit}\n时间：{day}",
    "time first": "时间：{day}\n单位：{unit}",
    "other words": "责任：{unit}\n时限：{day}",
    "a remark below": "单位：{unit}\n时间：{day}\n进度：未开工",
    "two remarks below": "单位：{unit}\n时间：{day}\n进度：未开工\n资金：十二万元",
}


def reading(text: str) -> PlanReading:
    return read(*lines(f"{TITLE}\n{text}"), kind="txt")


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["close", "empty line"])
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_each_card_has_its_task_its_units_and_its_time(head, body, gap):
    cards = [
        f"{head}\n{body}".format(n=n, task=task, unit=unit, day=day)
        for n, task, unit, day in zip(itertools.count(1), TASKS, UNITS, DAYS, strict=False)
    ]
    points = reading(gap.join(cards)).plan.work_points

    assert [point.requirement for point in points] == list(TASKS)
    assert [who(point) for point in points] == ["牵:镇交通站 责:镇建设办", "责:镇建设办、各村", "责:镇卫生院"]
    assert [str(point.deadline.due) for point in points] == ["2026-06-30", "2026-09-30", "2026-11-30"]


def test_what_stands_below_the_units_of_each_card_is_a_remark_of_it():
    plan_reading = reading(
        "\n".join(
            f"{task}\n单位：{unit}\n进度：{state}"
            for task, unit, state in zip(TASKS, UNITS, ("已开工", "未开工", ""), strict=True)
        )
    )

    assert [point.remarks for point in plan_reading.plan.work_points] == [
        (("进度", "已开工"),),
        (("进度", "未开工"),),
        (("进度", ""),),
    ]
    assert not plan_reading.findings


@pytest.mark.parametrize("label", ["单位：", "责任单位：", "责任：", "责任单位　"])
@pytest.mark.parametrize("mark", [" / ", "，", "；", "　"])
def test_words_of_roles_behind_a_label_of_units_say_who_leads(label, mark):
    pairs = (("交通站", "镇建设办"), ("林业站", "镇农技站"), ("文化站", "各村"))
    points = reading(
        "\n\n".join(
            f"任务：{task}。\n{label}牵头 镇{first}{mark}配合 {second}\n时间：6月底"
            for task, (first, second) in zip(TASKS, pairs, strict=True)
        )
    ).plan.work_points

    assert [(point.requirement, who(point)) for point in points] == [
        (f"{task}。", f"牵:镇{first} 配:{second}") for task, (first, second) in zip(TASKS, pairs, strict=True)
    ]


def test_the_name_of_a_task_stands_over_its_content_and_is_no_unit():
    plan_reading = reading(
        "任务名称：渡口监管\n工作内容：改造渡口两处。\n牵头单位：镇交通站\n"
        "任务名称：路灯照明\n工作内容：沿线安装路灯。\n牵头单位：镇建设办"
    )

    assert [(point.task, point.requirement) for point in plan_reading.plan.work_points] == [
        ("渡口监管", "改造渡口两处。"),
        ("路灯照明", "沿线安装路灯。"),
    ]
    assert not plan_reading.findings


def test_how_an_order_wants_to_be_answered_is_a_remark_of_it():
    plan_reading = reading(
        "\n\n".join(
            f"事项{number}\n交办事项：{task}。\n主办单位：{unit}\n办结时限：{day}\n反馈要求：书面反馈，附照片"
            for number, (task, unit, day) in enumerate(
                zip(TASKS, ("镇交通站", "镇建设办", "镇卫生院"), DAYS, strict=True), 1
            )
        )
    )

    assert [point.requirement for point in plan_reading.plan.work_points] == [f"{task}。" for task in TASKS]
    assert {point.remarks for point in plan_reading.plan.work_points} == {(("反馈要求", "书面反馈，附照片"),)}
    assert not plan_reading.findings
