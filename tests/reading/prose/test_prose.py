"""Running text: what a heading with units, a wrapped line or a list of those present means."""

import pytest

from tracker.grid import Paragraph, Source
from tracker.problems.reading import NotAPlan
from tracker.reading.plan import PlanReading, read_plan


def read(text: str) -> PlanReading:
    rows = text.strip("\n").split("\n")
    return read_plan(
        Source("txt", "方案.txt", tuple(Paragraph(row, f"L{number}") for number, row in enumerate(rows, 1)))
    )


def units(reading: PlanReading) -> list[list[str]]:
    return [[each.unit for each in point.responsibility.assignments] for point in reading.plan.work_points]


HEADED = """
松岗县2026年殡葬整治要点
一、清理散坟（责任单位：县民政局、县林业局）
1.沿路三百米内的旧坟全部迁走，补种柏树。
2.新坟一律进公墓，违者限期改正。
二、规范收费（牵头单位：县发改局）
1.收费目录挂在大厅，一季一核。
"""


def test_items_that_name_nobody_take_the_units_of_the_heading_above_them():
    reading = read(HEADED)

    assert units(reading) == [["县民政局", "县林业局"], ["县民政局", "县林业局"], ["县发改局"]]
    assert [point.no for point in reading.plan.work_points] == ["1", "2", "1"]
    assert reading.plan.work_points[1].section == "一、清理散坟"


def test_units_of_their_own_go_before_those_of_the_heading():
    own = HEADED.replace("限期改正。", "限期改正。\n责任单位：县公墓所")

    assert units(read(own)) == [["县民政局", "县林业局"], ["县公墓所"], ["县发改局"]]


def test_the_units_of_a_heading_end_with_the_next_heading_of_its_level():
    text = HEADED.replace("二、规范收费（牵头单位：县发改局）", "二、规范收费")

    assert units(read(text)) == [["县民政局", "县林业局"]] * 2


def test_a_heading_with_units_and_nothing_numbered_below_stays_a_work_point():
    text = "松岗县2026年要点\n一、清理散坟（责任单位：县民政局）\n二、规范收费（责任单位：县发改局）"

    assert units(read(text)) == [["县民政局"], ["县发改局"]]


def test_a_report_that_ends_with_who_was_present_is_no_plan():
    text = "全县召开护林座谈会\n会议听取了县林业局的汇报，要求十月底前备足器材。\n县直各部门、各乡镇负责人参加会议。"

    with pytest.raises(NotAPlan):
        read(text)


def test_the_first_line_of_a_paragraph_is_as_long_as_its_page_though_it_is_set_in():
    text = """
　　1．把旧渠淤泥分段挖净，清出泥土
拉到指定的地点依次整齐堆放。（县水利局
牵头，县农业农村局配合）
　　2．给每座水闸装上远程开关，值班
员在室内就能看见水位。（县水利局、各有
关乡镇按职责分工负责）
　　3．沿渠栽树，树种由各乡镇自己定
好后报县里备案，当年全部栽完。（县林业
局）
"""

    reading = read("松岗县2026年修渠安排\n" + text.strip("\n"))

    assert [point.no for point in reading.plan.work_points] == ["1", "2", "3"]
    assert (
        reading.plan.work_points[0].requirement == "把旧渠淤泥分段挖净，清出泥土拉到指定的地点依次整齐堆放。"
    )


def test_a_pasted_table_may_give_the_time_limit_before_the_task():
    text = """
松岗县2026年护林安排
完成时限
工作任务
责任单位
3月底前
在进山路口设卡，登记火种。
县林业局、县公安局
长期坚持
山脚住户签订承诺书，逐户上门讲解。
各乡镇人民政府
11月
补齐风力灭火机四十台。
县应急管理局
"""

    reading = read(text)

    assert [point.deadline.text for point in reading.plan.work_points] == ["3月底前", "长期坚持", "11月"]
    assert [len(each) for each in units(reading)] == [2, 1, 1]


def test_a_line_that_ends_in_the_middle_of_a_list_goes_on_in_the_next_one():
    text = """
松岗县2026年竹产业安排
1.办好竹器展销会。
牵头单位：县林业局；配合单位：县商务局、
县文旅局
2.改建竹笋加工点四处。
牵头单位：县供销社
"""

    assert units(read(text)) == [["县林业局", "县商务局", "县文旅局"], ["县供销社"]]


def test_each_unit_before_its_own_deed_answers_for_the_whole_sentence():
    text = """
松岗县2026年实事清单
1.修桥
县交通局负责验收定级，各乡镇负责改造危桥九座，年底前完工。
2.送水
县水利局牵头铺设主管十公里，县财政局负责资金保障。
3.通车
县公交公司负责开通支线三条，五月底前首发。
"""

    assert units(read(text)) == [["县交通局", "各乡镇"], ["县水利局", "县财政局"], ["县公交公司"]]


def test_headings_that_count_themselves_stand_below_the_parts():
    text = """
第一部分 测报
第一条线：站网
1.1 新建雨量站九个。[县气象局]
第二条线：预报
2.1 发布三日预报。[县气象局、县融媒体中心]
"""
    points = read(text).plan.work_points

    assert [(point.section, point.task) for point in points] == [
        ("第一部分 测报", "第一条线：站网"),
        ("第一部分 测报", "第二条线：预报"),
    ]


def test_what_counts_inside_a_paragraph_is_no_heading_of_it():
    text = """
松岗县2026年督导安排
一是查看校舍。逐间登记危房（县教育局）；二是核对经费。逐校抽查账册（县财政局、县审计局）。
"""

    assert [point.requirement for point in read(text).plan.work_points] == [
        "一是查看校舍。逐间登记危房",
        "二是核对经费。逐校抽查账册",
    ]
