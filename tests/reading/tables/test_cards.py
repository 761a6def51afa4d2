"""Cards: one task on each, labels to the left of their values."""

from dataclasses import replace
from itertools import permutations

import pytest

from tests.support.drawn_plans import allotments, lines, places, read, who
from tracker.grid import Notation, Paragraph, from_table
from tracker.problems.reading import NotAPlan


def test_a_sheet_of_cards_has_a_work_point_for_each_card(sheet):
    """
    | 某镇2026年督办事项卡 | <            | <        | <      |
    |                      |              |          |        |
    | 编号                 | 1            | 督查事项 | 渠道   |
    | 目标要求             | 疏通三条支渠 | <        | <      |
    | 牵头单位             | 镇水利站     | 配合单位 | 镇财政所、各村 |
    | 办结时限             | 5月底前      | 责任领导 | 某某某 |
    |                      |              |          |        |
    | 编号                 | 2            | 督查事项 | 路灯   |
    | 目标要求             | 换灯四十盏   | <        | <      |
    | 牵头单位             | 镇建设办     | 配合单位 |        |
    | 办结时限             |              | 责任领导 | 某某某 |
    """
    reading = read(sheet)

    assert allotments(reading) == [
        ("疏通三条支渠", "牵:镇水利站 配:镇财政所、各村"),
        ("换灯四十盏", "牵:镇建设办"),
    ]
    assert [(point.no, point.task, point.place) for point in reading.plan.work_points] == [
        ("1", "渠道", "Sheet1!B4"),
        ("2", "路灯", "Sheet1!B9"),
    ]
    assert [str(point.deadline.due) for point in reading.plan.work_points] == ["2026-05-31", "None"]
    assert reading.plan.title == "某镇2026年督办事项卡"


def test_a_label_that_is_merged_down_takes_every_value_beside_it(sheet):
    """
    | 任务名称 | 秋季绿化     |
    | 工作要求 | 补植行道树   |
    | ^        | 清理枯枝     |
    | 责任单位 | 县园林所     |
    """
    assert allotments(read(sheet)) == [("补植行道树 清理枯枝", "责:县园林所")]


def test_labels_are_what_returns_on_each_card(sheet):
    """
    | 某镇2026年督办事项卡 | <            | <        | <          |
    | 编号                 | 1            | 主要任务 | 改造行动   |
    | 工作要求             | 疏通三条支渠。 | <      | <          |
    | 当前动态             | 已启动       | 分管领导 | 某某某     |
    | 牵头单位             | 镇水利站     | 配合单位 | 镇财政所   |
    | 编号                 | 2            | 主要任务 | 提升行动   |
    | 工作要求             | 换灯四十盏。 | <        | <          |
    | 当前动态             | 未启动       | 分管领导 | 某某某     |
    | 牵头单位             | 镇建设办     | 配合单位 | 各村       |
    """
    reading = read(sheet)

    assert allotments(reading) == [
        ("疏通三条支渠。", "牵:镇水利站 配:镇财政所"),
        ("换灯四十盏。", "牵:镇建设办 配:各村"),
    ]
    assert [(point.task, point.remarks) for point in reading.plan.work_points] == [
        ("改造行动", (("当前动态", "已启动"),)),
        ("提升行动", (("当前动态", "未启动"),)),
    ]
    assert not reading.findings


def test_a_card_that_stands_alone_may_begin_with_words_that_are_no_usual_label(sheet):
    """
    | 单据号   | 07                   |
    | 督办事项 | 候车亭               |
    | 工作要求 | 更换候车亭座椅十处。 |
    | 承办单位 | 镇建设办             |
    | 办结时限 | 2026年5月底前        |
    """
    reading = read(sheet)

    assert allotments(reading) == [("更换候车亭座椅十处。", "责:镇建设办")]
    assert [finding.code for finding in reading.findings] == ["columns-by-content"]


def test_a_note_of_a_call_is_no_plan(sheet):
    """
    | 来电人   | 某某某           |
    | 住址     | 东街二号         |
    | 天气     | 晴               |
    | 工作内容 | 已电话告知本人。 |
    | 承办单位 | 镇建设办         |
    """
    with pytest.raises(NotAPlan):
        read(sheet)


def test_what_stands_behind_the_label_of_every_card_is_its_value_in_whatever_words(sheet):
    """
    | 某镇2026年督办事项卡 | <              | <        | <          |
    | 重点工作             | 疏通三条支渠。 | <        | <          |
    | 责任单位             | 镇水利站       | 任务来源 | 县考核指标 |
    | 重点工作             | 换灯四十盏。   | <        | <          |
    | 责任单位             | 镇建设办       | 任务来源 | 县考核指标 |
    | 重点工作             | 植树一千株。   | <        | <          |
    | 责任单位             | 镇林业站       | 任务来源 | 会议决定   |
    """
    reading = read(sheet)

    assert allotments(reading) == [
        ("疏通三条支渠。", "责:镇水利站"),
        ("换灯四十盏。", "责:镇建设办"),
        ("植树一千株。", "责:镇林业站"),
    ]
    assert not reading.findings


def test_banners_between_cards_are_their_sections(sheet):
    """
    | 一、道路     | <          |
    | 任务         | 修补路面   |
    | 责任单位     | 县路政所   |
    | 完成时限     | 3月        |
    | 二、桥梁     | <          |
    | 任务         | 加固护栏   |
    | 责任单位     | 县桥管所   |
    | 完成时限     | 4月        |
    """
    points = read(sheet).plan.work_points

    assert [(point.section, point.requirement) for point in points] == [
        ("一、道路", "修补路面"),
        ("二、桥梁", "加固护栏"),
    ]


def test_a_card_without_units_is_told_and_takes_none_from_the_card_before(sheet):
    """
    | 事项     | 清点库房 |
    | 责任单位 | 县粮库   |
    | 事项     | 盘点账目 |
    | 责任单位 |          |
    """
    reading = read(sheet)

    assert allotments(reading) == [("清点库房", "责:县粮库"), ("盘点账目", "")]
    assert places(reading, "no-unit") == ["Sheet1!B3"]


def test_tables_that_a_line_counts_have_no_section_of_it():
    first, second = (
        from_table(f"| 任务名称 | {task} |\n| 工作要求 | {task}办结 |\n| 责任单位 | 县一局 |", name=name)
        for task, name in (("甲事", "T1"), ("乙事", "T2"))
    )
    grids = [replace(each, notation=Notation.TABLE) for each in (first, second)]

    points = read(
        Paragraph("任务1", "P1"), grids[0], Paragraph("任务2", "P2"), grids[1], kind="docx"
    ).plan.work_points

    assert [point.section for point in points] == ["", ""]


def test_labels_side_by_side_are_a_head_and_no_card(sheet):
    """
    | 任务     | 责任单位 |
    | 甲事要办 | 市一局   |
    | 乙事要办 | 市二局   |
    """
    assert allotments(read(sheet)) == [("甲事要办", "责:市一局"), ("乙事要办", "责:市二局")]


def test_a_form_for_an_application_is_no_card(sheet):
    """
    | 项目名称 | 智慧灌溉   | 申报单位 | 县农技站 |
    | 主要内容 | 建泵站一座 | <        | <        |
    | 联系人   | 某某某     | 申报日期 | 3月1日   |
    """
    with pytest.raises(NotAPlan):
        read(sheet)


def test_where_somebody_works_makes_nobody_answer(sheet):
    """
    | 姓名     | 某某某       | 工作单位 | 县教育局 |
    | 主要任务 | 完成两项课题 | 完成时限 | 6月底    |
    """
    with pytest.raises(NotAPlan):
        read(sheet)


CARDS_IN_LINES = """
某镇2026年护林重点任务
任务1：清理隔离带
牵头单位：镇林业站
配合单位：镇应急办
完成时限：3月底前
主要内容：沿山脚清理隔离带五里。
割下的灌草全部运走。
任务2：育苗
牵头单位：镇农技站
完成时限：年底前
主要内容：育苗十万株，抽检合格。
"""


def test_lines_of_labels_are_cards_where_what_is_required_stands_behind_who_answers():
    reading = read(*lines(CARDS_IN_LINES), kind="txt")

    assert allotments(reading) == [
        ("沿山脚清理隔离带五里。 割下的灌草全部运走。", "牵:镇林业站 配:镇应急办"),
        ("育苗十万株，抽检合格。", "牵:镇农技站"),
    ]
    points = reading.plan.work_points
    assert [(point.task, point.deadline.text, point.place) for point in points] == [
        ("任务1：清理隔离带", "3月底前", "L6"),
        ("任务2：育苗", "年底前", "L11"),
    ]
    assert reading.findings == ()


def test_lines_of_labels_below_items_are_no_cards():
    reading = read(
        *lines("""
        某镇2026年护林重点任务
        1.清理隔离带五里。
        责任单位：镇林业站
        责任人：王大山
        完成时限：3月底前
        2.育苗十万株。
        责任单位：镇农技站
        责任人：李小河
        完成时限：年底前
        """),
        kind="txt",
    )

    assert allotments(reading) == [("清理隔离带五里。", "责:镇林业站"), ("育苗十万株。", "责:镇农技站")]


def test_the_columns_of_cards_stand_where_their_labels_stand():
    reading = read(
        from_table("""
        | 督办单   | <        |
        | 督查事项 | 修建水渠 |
        | 工作要求 | 三里以上 |
        | 责任单位 | 县水利局 |
        """)
    )

    assert [(caption.label, caption.place) for caption in reading.captions] == [
        ("督查事项", "Sheet1!A2"),
        ("工作要求", "Sheet1!A3"),
        ("责任单位", "Sheet1!A4"),
    ]


PIECES = {
    "编号": "{n}",
    "事项": "{task}",
    "责任单位": "{unit}（牵头）、县邮政公司（配合）",
    "完成时限": "{day}",
}


@pytest.mark.parametrize(
    "order",
    [order for size in (3, 4) for order in permutations(PIECES, size) if {"事项", "责任单位"} <= {*order}],
    ids="".join,
)
@pytest.mark.parametrize("divider", ["", "\n", "---\n", "──────────\n", "* * *\n"])
def test_lines_of_labels_are_cards_in_whatever_order_they_stand(order, divider):
    rows = (
        ("设村级寄递点九处。", "县商务局", "7月底前"),
        ("开行客货邮班车四条。", "县交通运输局", "每月"),
        ("冷库扩容八百吨。", "县供销社", "11月"),
    )
    cards = divider.join(
        "".join(f"{label}：{PIECES[label].format(n=n, task=task, unit=unit, day=day)}\n" for label in order)
        for n, (task, unit, day) in enumerate(rows, 1)
    )
    plan_reading = read(*lines(f"2026年寄递进村任务单\n{divider}{cards}"), kind="txt")

    assert [
        (point.requirement, who(point), point.deadline.text) for point in plan_reading.plan.work_points
    ] == [(task, f"牵:{unit} 配:县邮政公司", day if "完成时限" in order else "") for task, unit, day in rows]
    assert not plan_reading.findings
