"""Cards in lines: labels that return, their values in the next line, behind a sign or behind a colon."""

import pytest

from tests.support.drawn_plans import allotments, lines, places, read
from tracker.reading.plan import PlanReading

CARDS = (
    ("改造渡口", "候船亭翻新两处，护栏补齐。", "已完工", "县交通局", "6月底前"),
    ("路灯照明", "安装路灯三百盏。", "完成60%，累计投资80万元。", "县住建局、县供电公司", "9月底前"),
    ("便民服务中心", "增设窗口四个", "正在招标", "县政务服务局", "年底前"),
)
LABELS = ("建设内容", "进展与成效", "责任单位", "完成时限")
HEADS = ("{n}\n{name}", "{n}、{name}", "（{n}）{name}", "项目{n}：{name}", "{name}", "项目名称：{name}")
WAYS = (
    *("{label}\n{value}", "{label}：\n{value}", "{label} |\n{value} |", "{label}： | {value} |"),
    *(
        "{label}\t{value}",
        "| {label} | {value} |",
        "{label}    {value}",
        "【{label}】{value}",
        "{label}：{value}",
    ),
)


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
    assert [point.task.removeprefix(f"项目{n}：") for n, point in enumerate(points, 1)] == [
        "改造渡口",
        "路灯照明",
        "便民服务中心",
    ]
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


def test_what_only_some_cards_say_is_said_of_them():
    text = "\n".join(
        [
            "1\n渡口\n建设内容\n改造渡口两处。\n责任单位\n县交通局\n配合单位\n县水利局",
            "2\n路灯\n建设内容\n安装路灯三百盏。\n责任单位\n县住建局",
            "3\n绿化\n建设内容\n植树一千株。\n责任单位\n县林业局",
        ]
    )

    assert allotments(reading(text)) == [
        ("改造渡口两处。", "责:县交通局 配:县水利局"),
        ("安装路灯三百盏。", "责:县住建局"),
        ("植树一千株。", "责:县林业局"),
    ]


def test_several_pairs_may_stand_in_a_line_and_a_body_may_be_called_like_a_label():
    text = "\n".join(
        f"编号\t{n}\t项目名称\t{name}\n工作要求\t{need}\n牵头部门\t校医院\t责任单位\t各年级组"
        for n, (name, need, *_) in enumerate(CARDS, 1)
    )

    assert [units for _, units in allotments(reading(text))] == ["牵:校医院 责:各年级组"] * 3


def test_what_a_page_says_below_the_last_card_is_none_of_it():
    text = "\n".join([*cards(HEADS[1], WAYS[0]), "打印本页", "主办单位：岚江县人民政府办公室"])

    assert len(allotments(reading(text))) == len(CARDS)
    assert "岚江县人民政府办公室" not in str(allotments(reading(text)))


def test_headings_of_cards_are_their_sections_and_those_between_them_too():
    heads = ("一、出行\n1.渡口", "2.码头", "二、照明\n3.路灯")
    body = "建设内容：{need}\n责任单位：{unit}"
    text = "\n".join(
        f"{head}\n{body.format(need=need, unit=unit)}"
        for head, (_, need, _, unit, _) in zip(heads, CARDS, strict=True)
    )

    points = reading(text).plan.work_points
    assert [(point.section, point.task) for point in points] == [
        ("一、出行", "渡口"),
        ("一、出行", "码头"),
        ("二、照明", "路灯"),
    ]
    alone = (
        text.replace("一、出行\n1.渡口", "一、渡口")
        .replace("2.码头", "二、码头")
        .replace("二、照明\n3.路灯", "三、路灯")
    )
    assert [point.section for point in reading(alone).plan.work_points] == [
        "一、渡口",
        "二、码头",
        "三、路灯",
    ]
