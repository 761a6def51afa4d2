"""Running text: what a heading with units, a wrapped line or a list of those present means."""

import pytest

from tracker.grid import Paragraph
from tracker.grid import Source
from tracker.problems.reading import NotAPlan
from tracker.reading.plans.plan import Reading
from tracker.reading.plans.plan import read_plan


def read(text: str) -> Reading:
    rows = text.strip("\n").split("\n")
    return read_plan(
        Source("txt", "方案.txt", tuple(Paragraph(row, f"L{number}") for number, row in enumerate(rows, 1)))
    )


def units(reading: Reading) -> list[list[str]]:
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
