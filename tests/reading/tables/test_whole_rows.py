"""Rows of pasted tables that have all their cells, and heads that a line or a page broke: what stands where."""

import pytest

from tests.support.drawn_plans import allotments, places, read
from tracker.grid import Paragraph
from tracker.problems.reading import CellsRunTogether
from tracker.reading.plan import PlanReading

TITLE = "石桥县2026年重点任务分工表"


def pasted(*rows: str) -> PlanReading:
    """The reading of lines; a slash stands for the end of a line."""
    texts = [TITLE, *(text for row in rows for text in row.split("/"))]
    return read(*(Paragraph(text, f"L{number}") for number, text in enumerate(texts, 1)), kind="txt")


def test_a_sentence_right_behind_what_is_required_is_the_remark_where_rows_have_as_many_lines_as_columns():
    reading = pasted(
        "序号/工作任务/备注/责任单位",
        "1/检修水闸十座，逐座登记。/资金由县级统筹，分两批拨付。/县水利局",
        "2/补种行道树，换填种植土。/新增/县林业局",
        "3/改造菜市场，增设排水沟。/续建项目，已列入年度计划。/县商务局",
    )

    assert allotments(reading) == [
        ("检修水闸十座，逐座登记。", "责:县水利局"),
        ("补种行道树，换填种植土。", "责:县林业局"),
        ("改造菜市场，增设排水沟。", "责:县商务局"),
    ]
    assert places(reading, "placed-by-content") == []


def test_it_is_so_below_a_merged_task_too_where_whole_rows_have_remarks_of_a_word_or_a_sentence():
    reading = pasted(
        "序号/工作任务/具体要求/备注/责任单位/总投资（万元）",
        "1/供水/检修水闸十座，逐座登记。/新增/县水利局/320",
        "2/换管网三公里，同步修复路面。/续建项目，已列入年度计划。/县住建局/56.5",
        "3/绿化/补种行道树，换填种植土。/省定任务/县林业局/1200",
        "4/商贸/改造菜市场，增设排水沟。/新增/县商务局/800",
        "5/建设/修补县道，清理边沟。/新增/县交通局/12",
    )

    assert [requirement for requirement, _ in allotments(reading)][1] == "换管网三公里，同步修复路面。"


def test_rows_without_numbers_follow_each_other_where_each_cell_is_what_its_column_is_for():
    reading = pasted(
        "具体任务/|/说明/|/主办部门/|/进展情况/|/实施单位/|",
        "检修水闸十座，逐座登记。/|/资金由县级统筹解决。/|/县水利局/|/主体已封顶。/|/县住建局/|",
        "补种行道树，换填种植土。/|/本项跨年度，明年完工。/|/县林业局/|/已完成工程量的六成。/|/县公路局/|",
    )

    assert allotments(reading) == [
        ("检修水闸十座，逐座登记。", "牵:县水利局 责:县住建局"),
        ("补种行道树，换填种植土。", "牵:县林业局 责:县公路局"),
    ]
    assert not reading.findings


def test_words_that_blanks_part_stand_one_below_each_label_of_the_head():
    reading = pasted(
        "编号 任务 备注 责任科室",
        "1 检修水闸十座，逐座登记 新增 县水利局",
        "2 补种行道树，换填种植土 续建项目，已列入年度计划。 县林业局",
        "3 改造菜市场，增设排水沟 资金由县级统筹解决。 县商务局",
    )

    assert [requirement for requirement, _ in allotments(reading)] == [
        "检修水闸十座，逐座登记",
        "补种行道树，换填种植土",
        "改造菜市场，增设排水沟",
    ]


def test_figures_among_the_cells_are_no_numbers_of_rows():
    reading = pasted(
        "序号/工作任务/备注/责任单位/总投资（万元）",
        "1/检修水闸十座，逐座登记。/新增/县水利局/320",
        "2/补种行道树，换填种植土。/续建项目，已列入年度计划。/县林业局/12",
        "3/改造菜市场，增设排水沟。/续建项目，已列入年度计划。/县商务局/5",
    )

    assert [requirement for requirement, _ in allotments(reading)][1:] == [
        "补种行道树，换填种植土。",
        "改造菜市场，增设排水沟。",
    ]


HALVES = {
    "a word before its body": ("序号/工作任务/牵头/单位/责任/部门", "牵:县水利局 责:县住建局"),
    "two of three": ("序号/事项/名称/牵头单位/责任/部门", "牵:县水利局 责:县住建局"),
}


@pytest.mark.parametrize(("head", "units"), HALVES.values(), ids=HALVES)
def test_labels_that_a_line_broke_in_two_are_one_where_the_rows_below_fit_them(head, units):
    reading = pasted(
        head, "1/检修水闸十座，逐座登记。/县水利局/县住建局", "2/补种行道树，换填种植土。/县林业局/县公路局"
    )

    assert allotments(reading)[0] == ("检修水闸十座，逐座登记。", units)
    assert not reading.findings


def test_who_scores_answers_for_nothing_where_a_line_broke_its_label():
    reading = pasted(
        "序号/工作任务/牵头/单位/评分/部门",
        "1/检修水闸十座，逐座登记。/县水利局/县委办公室",
        "2/补种行道树，换填种植土。/县林业局/县统计局",
    )

    assert [who for _, who in allotments(reading)] == ["牵:县水利局", "牵:县林业局"]


def test_a_label_of_two_letters_and_the_first_of_a_second_row_are_two_labels():
    reading = pasted(
        "类别   重点任务   具体要求   单位   时限/牵头责任单位   会办单位",
        "供水   检修水闸   逐座登记，建立台账。   县水利局   县住建局   6月底前",
        "绿化   补种树木   换填种植土，挂牌管护。   县林业局   县公路局   9月底前",
    )

    assert [who for _, who in allotments(reading)] == ["牵:县水利局 配:县住建局", "牵:县林业局 配:县公路局"]


def test_a_head_that_returns_ends_the_row_before_it():
    head = "分类/序号/工作事项/责任单位"
    reading = pasted(
        head,
        "生态环境/1/检修水闸十座，逐座登记。/县水利局",
        head,
        "民生办/2/补种行道树，换填种植土。/县林业局",
    )

    assert [who for _, who in allotments(reading)] == ["责:县水利局", "责:县林业局"]


def test_rows_between_heads_that_return_are_not_glued_where_the_first_names_nobody():
    head = "重点任务 | 完成时间 | 责任单位"
    reading = pasted(
        head,
        "检修水闸十座 | 6月底前 | 县水利局",
        head,
        "补种行道树，换填种植土",
        head,
        "改造菜市场 | 年底前 | 县商务局",
    )

    assert [requirement for requirement, _ in allotments(reading)][1:] == [
        "补种行道树，换填种植土",
        "改造菜市场",
    ]


def test_a_wide_label_in_lines_takes_those_behind_the_others_where_short_tasks_follow_the_head():
    rows = [
        "检修水闸/逐座登记，建立台账/县水利局/县住建局/6月底前/集体讨论决定",
        "补种树木/换填种植土，挂牌管护/县林业局/县公路局/9月底前/专题会议研究",
    ]
    reading = pasted("工作项目/落实措施/责任单位/推进时限/决策方式/牵头部门/配合单位", *rows)

    assert [who for _, who in allotments(reading)] == ["牵:县水利局 配:县住建局", "牵:县林业局 配:县公路局"]


def test_where_it_is_done_answers_for_nothing():
    reading = pasted(
        "序号\t工作任务\t实施地点\t年度目标值\t责任单位",
        "1\t检修水闸十座，逐座登记。\t柳河乡三岔村\t100%\t县水利局",
        "2\t补种行道树，换填种植土。\t城关街道\t1.2万\t县林业局",
    )

    assert [who for _, who in allotments(reading)] == ["责:县水利局", "责:县林业局"]


def test_bodies_in_lines_are_of_the_column_behind_whoever_leads():
    reading = pasted(
        "序号/工作任务/牵头责任单位/责任主体/设定依据",
        "1/检修水闸十座，逐座登记。/县水利局/县住建局/县政府令第12号",
        "2/补种行道树，换填种植土。/县林业局/县公路局/县水利局/县政府令第3号",
    )

    assert [who for _, who in allotments(reading)] == [
        "牵:县水利局 责:县住建局",
        "牵:县林业局 责:县公路局、县水利局",
    ]


def test_a_sentence_right_below_the_last_row_that_could_be_one_is_told():
    head = "类别/工作任务/具体要求/牵头单位/责任单位/完成时限"
    rows = [
        "供水/检修水闸/逐座登记，建立台账/县水利局/县住建局/6月底前",
        "补种树木/换填种植土，挂牌管护/县林业局/县公路局/9月底前",
    ]

    assert places(pasted(head, *rows, "修补县道，清理边沟"), "unread") == ["L19"]
    assert places(pasted(head, *rows, "县政府办公室制"), "unread") == []


def test_a_table_of_single_blanks_most_rows_of_which_could_stand_otherwise_is_refused():
    with pytest.raises(CellsRunTogether):
        pasted(
            "项次 板块 工作任务 任务来源 落实单位 计量单位 考核部门",
            "1 平安建设 夜市摊位划线编号 市考核指标 县公安局，县住建局 万元 县委办公室",
            "2 检修水闸十座，逐座登记 12345热线 县水利局 户 县委办公室",
            "3 补种行道树，换填种植土 市考核指标 县林业局 个 县委组织部",
            "4 改造菜市场，增设排水沟 12345热线 县商务局 万元 县政府督查室",
        )
