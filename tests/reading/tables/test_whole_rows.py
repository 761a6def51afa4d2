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


def test_notes_and_numbers_of_pages_between_the_rows_are_no_part_of_them():
    head = "领域 |/事项 |/实施单位 |/时限 |"
    reading = pasted(
        head,
        "供水 |/检修水闸十座，逐座登记 |/县水利局 |/6月底前 |",
        "第 1 页，共 5 页",
        "换管网三公里，修复路面 |/县住建局 |/9月底前 |",
        "注：上述任务按季度报送进展。",
        "绿化 |/补种行道树，换填种植土 |/县林业局 |/10月底前 |",
        "（以下为新增项目）",
        "修剪枯枝，清运杂草 |/县城管局 |/11月底前 |",
    )

    assert [requirement for requirement, _ in allotments(reading)] == [
        "检修水闸十座，逐座登记",
        "换管网三公里，修复路面",
        "补种行道树，换填种植土",
        "修剪枯枝，清运杂草",
    ]


def test_a_body_beside_a_few_of_many_numbers_of_pages_is_no_running_head():
    head = "序号/工作任务/责任单位"
    units = ["县水利局", "县林业局", "县水利局", "县住建局", "县城管局", "县商务局", "县民政局"]
    rows = [
        text
        for number, unit in enumerate(units, 1)
        for text in (f"{number}/整治第{number}片区，逐户登记。/{unit}", f"— {number} —", head)
    ]

    assert [who for _, who in allotments(pasted(head, *rows[:-2]))] == [f"责:{unit}" for unit in units]


def test_units_before_the_tasks_that_they_answer_for_cover_those_below():
    reading = pasted(
        "责任部门/工作类别/事项名称/具体要求/时限",
        "县水利局/供水/检修水闸/逐座登记，建立台账。/6月底前",
        "清理淤泥/分段施工，堆场覆盖。/7月底前",
        "县林业局/绿化/补种树木/换填种植土，挂牌管护。/9月底前",
        "修剪枯枝/清运杂草，台账留存。/10月底前",
    )

    assert [who for _, who in allotments(reading)] == [
        "责:县水利局",
        "责:县水利局",
        "责:县林业局",
        "责:县林业局",
    ]


def test_a_measure_is_a_short_word():
    reading = pasted(
        "责任部门/工作类别/事项名称/具体要求/时限/单位",
        "县水利局、县住建局/供水/检修水闸/逐座登记，建立台账。/6月底前/座",
        "清理淤泥/分段施工，堆场覆盖。/7月底前/立方米",
        "县林业局/绿化/补种树木/换填种植土，挂牌管护。/9月底前/株",
    )

    assert [point.requirement for point in reading.plan.work_points] == [
        "逐座登记，建立台账。",
        "分段施工，堆场覆盖。",
        "换填种植土，挂牌管护。",
    ]


def test_the_label_of_numbers_that_were_lost_is_passed_over():
    reading = pasted(
        "序号/具体任务/承办单位/备注",
        "检修水闸十座，逐座登记/县水利局、县住建局/新增",
        "补种行道树，换填种植土/县林业局/续建",
    )

    assert allotments(reading) == [
        ("检修水闸十座，逐座登记", "责:县水利局、县住建局"),
        ("补种行道树，换填种植土", "责:县林业局"),
    ]


def test_a_line_that_ends_in_a_comma_goes_on_in_the_next():
    reading = pasted(
        "序号/工作任务/备注/责任单位/完成时限",
        "1/检修水闸十座，/逐座登记/明年6月前建成，/今年完成主体/县水利局、/县住建局/6月底前",
        "2/补种行道树，/换填种植土/新增/县林业局/9月底前",
    )

    assert [(point.requirement, point.deadline.text) for point in reading.plan.work_points] == [
        ("检修水闸十座， 逐座登记", "6月底前"),
        ("补种行道树， 换填种植土", "9月底前"),
    ]


def test_a_cell_that_ends_where_narrow_columns_break_their_lines_is_told():
    reading = pasted(
        "序号/工作任务/具体要求/责任单位",
        "1/检修水闸/逐座登记建立一座/一档台账/县水利局",
        "2/补种树木/换填种植土挂牌公/示管护人/县林业局",
        "3/改造菜市场增设排水/沟和油烟管道/县商务局",
    )

    assert places(reading, "placed-by-content") == ["L18"]


def test_a_remark_of_what_is_done_this_year_names_nobody():
    rows = [
        f"{number}\t{text}\t{unit}\t6月底前\t明年6月前全部建成，今年完成主体。"
        for number, (text, unit) in enumerate(
            (("检修水闸", "县水利局"), ("补种树木", "县林业局"), ("补路", "县交通局")), 1
        )
    ]
    reading = pasted("序号\t任务\t责任单位\t时限\t说明", *rows)

    assert [who for _, who in allotments(reading)] == ["责:县水利局", "责:县林业局", "责:县交通局"]


def test_a_body_behind_the_last_label_is_the_first_cell():
    reading = pasted(
        "责任单位/事项/计划完成时间/1-9月进展",
        "各学院/检修水闸，逐座登记/全年/完成总量的六成。",
        "总务处/补种树木，换填种植土/11月/正在办理前期手续",
    )

    assert [who for _, who in allotments(reading)] == ["责:各学院", "责:总务处"]
