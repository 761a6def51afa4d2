"""Tables whose cells ran together when they were pasted: refused or told, never cut."""

import pytest

from tests.support.drawn_plans import allotments, lines, places, read
from tracker.grid import Paragraph, from_table
from tracker.problems.reading import CellsRunTogether, NotAPlan


@pytest.mark.parametrize("break_", ["", "\n"])
@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("序号工作任务牵头单位配合单位完成时限", "序号工作任务牵头单位配合单位完成时限"),
        ("工　作　任　务牵头单位责 任 单 位工作要求", "工作任务牵头单位责任单位工作要求"),
        ("序号存在问题整改责任单位", "序号存在问题整改责任单位"),
        ("项目名称内容区政府分管领导牵头单位", "项目名称内容区政府分管领导牵头单位"),
        ("工作类别重点工作说明牵头科室督导单位", "工作类别重点工作说明牵头科室督导单位"),
        ("分类项次重点任务工作内容及要求牵头科室", "分类项次重点任务工作内容及要求牵头科室"),
        ("项次工作项目落实措施责任部门", "项次工作项目落实措施责任部门"),
        ("工作领域编号工作事项主要责任单位", "工作领域编号工作事项主要责任单位"),
        ("序号任务描述承担单位决策方式县级领导", "序号任务描述承担单位决策方式县级领导"),
    ],
)
def test_a_head_in_one_word_is_refused_with_the_way_to_copy_the_table_again(head, words, break_):
    text = f"某县2026年园林工作任务分解表\n{head}{break_}1补植行道树三百株。县园林所县水务局5月底前2修剪枯枝。县城管局每月"

    with pytest.raises(CellsRunTogether) as refusal:
        read(*lines(text), kind="txt")

    assert str(refusal.value).startswith(f"方案.xlsx：从L2起，粘贴的表格各栏连成了一片（“{words}…”）")
    assert "重新复制" in str(refusal.value)
    assert str(refusal.value).endswith("[run-together]")


def test_dates_that_touch_the_units_before_and_the_task_behind_them_are_such_a_table_without_its_head():
    text = (
        "推行承诺，公布清单。（区行政审批局负责汇总）区行政审批局区司法局、区财政局2026年3月"
        "规范流程，压缩环节。（区住建局负责汇总）区住建局各有关部门2026年6月"
        "共享结果，取消重复测绘。（区自然资源局负责汇总）区自然资源局区档案馆、区大数据局2026年9月底"
    )

    with pytest.raises(CellsRunTogether):
        read(*lines(text), kind="txt")


def test_beside_a_table_that_can_be_read_it_is_told_where_it_begins():
    table = from_table(
        """
        | 工作任务 | 责任单位 |
        | 清理台账 | 市水利局 |
        | 公布指南 | 市民政局 |
        """
    )

    reading = read(
        table, *lines("二、其他任务\n序号工作任务责任单位完成时限1开展普查市统计局6月"), kind="docx"
    )

    assert allotments(reading) == [("清理台账", "责:市水利局"), ("公布指南", "责:市民政局")]
    assert places(reading, "run-together") == ["L2"]


@pytest.mark.parametrize(
    "text",
    [
        "各责任单位要对照工作任务，按照完成时限抓好落实。1.提高认识。2.压实责任。3.加强督查。",
        "会议要求，各项任务牵头单位和责任单位要高度重视。县政府办公室要定期通报。",
        "序号姓名工作单位联系电话1张某县教育局13100000000\n2李某县水利局13200000000",
    ],
)
def test_prose_and_lists_of_persons_are_no_such_table(text):
    with pytest.raises(NotAPlan) as refusal:
        read(*lines(text), kind="txt")

    assert refusal.value.code == "not-a-plan"


def test_the_same_head_divided_by_lines_is_read():
    reading = read(*lines("工作任务\n责任单位\n1.清理台账。\n市水利局\n2.公布指南。\n市民政局"), kind="txt")

    assert allotments(reading) == [("清理台账。", "责:市水利局"), ("公布指南。", "责:市民政局")]
    assert places(reading, "run-together") == []


def test_dates_in_sentences_of_a_plan_are_not_told():
    reading = read(
        *lines(
            """
            1.由市甲局2026年3月底前公布清单。（市甲局负责）
            2.会同市乙局2026年6月底前修订办法。（市乙局负责）
            3.市丙局2026年9月完成验收，市丁局2026年9月起管护。（市丙局负责）
            """
        ),
        kind="txt",
    )

    assert places(reading, "run-together") == []


def test_a_pdf_whose_table_has_no_lines_is_refused_with_words_about_its_original():
    text = "某县2026年园林工作任务分解表\n序号工作任务牵头单位配合单位完成时限\n1补植行道树三百株。县园林所县水务局5月底前2修剪枯枝。县城管局每月"

    with pytest.raises(CellsRunTogether, match="没有表格线") as refusal:
        read(*lines(text), kind="pdf")

    assert "Word 或 Excel 原件" in str(refusal.value)
    assert "粘贴" not in str(refusal.value)


HEADLESS = {
    "one row names nobody": "1\n修渠\n疏浚支渠三里。\n县甲局\n2\n绿化\n栽树百株。\n县乙局\n3\n补种花木。\n4\n道路\n补路三里。\n县丙局",
    "a section before the number": "民生\t1\t修渠\t县甲局\n2\t绿化\t县乙局\n出行\t3\t补路\t县丙局",
    "blanks between the cells": "1   修渠三公里。   县甲局\n2   栽树百株。   县乙局\n3   补路三里。   县丙局",
    "half of the rows name nobody": "1\n修渠三里。\n县甲局\n2\n栽树百株。\n6月\n3\n补路三里。\n县丙局\n4\n修桥一座。\n7月",
    "the first row is the first line": "修渠三里，逐段验收 | 县甲局 | 6月\n栽树百株，挂牌管护 | 县乙局 | 7月\n补路三里，清理边沟 | 县丙局 | 8月",
    "two texts before the bodies": "修渠 | 疏浚支渠三里 | 县甲局\n绿化 | 栽树百株 | 县乙局\n道路 | 补路三里 | 县丙局",
    "blanks behind the sentences": "修渠三里。 县甲局 县丁局\n栽树百株。 县乙局 县戊局\n补路三里。 县丙局 县己局",
    "no number at all": "民生 | 修渠三里。 | 县甲局 | 长期\n | 栽树百株。 | 县乙局 | 长期\n出行 | 补路三里。 | 县丙局 | 长期",
}


@pytest.mark.parametrize("text", HEADLESS.values(), ids=HEADLESS)
def test_rows_below_no_head_are_refused(text):
    with pytest.raises(CellsRunTogether):
        read(*(Paragraph(line, f"L{n}") for n, line in enumerate(text.split("\n"), 1)), kind="txt")


def test_a_line_of_two_captions_above_sentences_with_bodies_behind_them_is_such_a_head():
    text = "任务责任单位（部门）\n增设步道三处，逐段验收。文联\n增设站亭三处，逐处验收。经济发展局 人社局\n疏浚支渠两条，岸坡植柳。派出所\n检测电梯百台。综合执法局"

    with pytest.raises(CellsRunTogether):
        read(*lines(f"石桥镇2026年任务\n{text}"), kind="txt")
