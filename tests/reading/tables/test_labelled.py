"""Cards that were pasted a cell a line: labels that return, their values in the next line or behind a sign."""

import pytest

from tests.support.drawn_plans import allotments, lines, places, read
from tracker.reading.plan import PlanReading

CARDS = (
    ("改造渡口", "候船亭翻新两处，护栏补齐。", "已完工", "县交通局", "6月底前"),
    ("路灯照明", "安装路灯三百盏。", "完成60%，累计投资80万元。", "县住建局、县供电公司", "9月底前"),
    ("便民服务中心", "增设窗口四个", "正在招标", "县政务服务局", "年底前"),
)
LABELS = ("建设内容", "进展与成效", "责任单位", "完成时限")
HEADS = ("{n}\n{name}", "{n}、{name}", "（{n}）{name}", "项目{n}：{name}", "{name}")
WAYS = ("{label}\n{value}", "{label}：\n{value}", "{label} |\n{value} |", "{label}： | {value} |")


def reading(text: str) -> PlanReading:
    return read(*lines(f"岚江县2026年民生项目清单\n{text}"), kind="txt")


def cards(head: str, way: str) -> list[str]:
    return [
        "\n".join(
            [
                head.format(n=n, name=name),
                *(way.format(label=label, value=value) for label, value in zip(LABELS, values, strict=True)),
            ]
        )
        for n, (name, *values) in enumerate(CARDS, 1)
    ]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("head", HEADS)
def test_each_card_is_a_task_with_its_units_and_time_and_its_progress_is_a_remark(head, way):
    plan_reading = reading("\n".join(cards(head, way)))

    assert allotments(plan_reading) == [
        ("候船亭翻新两处，护栏补齐。", "责:县交通局"),
        ("安装路灯三百盏。", "责:县住建局、县供电公司"),
        ("增设窗口四个", "责:县政务服务局"),
    ]
    points = plan_reading.plan.work_points
    assert [point.deadline.text for point in points] == ["6月底前", "9月底前", "年底前"]
    assert [point.task for point in points] == ["改造渡口", "路灯照明", "便民服务中心"]
    assert [dict(point.remarks)["进展与成效"] for point in points][1] == "完成60%，累计投资80万元。"
    assert not plan_reading.findings


def test_a_card_that_lacks_what_others_say_is_told():
    whole = cards(HEADS[0], WAYS[0])
    text = "\n".join([whole[0], whole[1].replace("责任单位\n县住建局、县供电公司\n", ""), whole[2]])

    assert places(reading(text), "placed-by-content")


def test_cards_whose_labels_change_their_order_are_no_table():
    whole = cards(HEADS[0], WAYS[0])
    swapped = whole[1].replace("建设内容", "〇").replace("责任单位", "建设内容").replace("〇", "责任单位")

    plan_reading = reading("\n".join([whole[0], swapped, whole[2]]))

    assert len(allotments(plan_reading)) < len(CARDS) or plan_reading.findings
