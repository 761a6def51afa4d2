"""Tables whose cells had run together when they were pasted."""

import itertools

import pytest

from tests.support.drawn_plans import lines, places, read, told
from tracker.problems.reading import NotAPlan

ONE_LINE = (
    "某县2026年园林工作任务分解表序号工作任务牵头单位配合单位完成时限"
    "一、绿地1补植行道树三百株。县园林所县水务局、各镇人民政府5月底前"
    "2修剪枯枝，清运落叶。县园林所县城管局每月"
    "二、苗圃3培育乡土苗木两万株。县林业局县科技局、县农业农村局年底前"
)


def test_rows_without_a_single_separator_are_cut_by_head_numbers_and_names():
    reading = read(*lines(ONE_LINE), kind="txt")

    assert told(reading) == [
        ("补植行道树三百株。", "牵:县园林所 配:县水务局、各镇人民政府"),
        ("修剪枯枝，清运落叶。", "牵:县园林所 配:县城管局"),
        ("培育乡土苗木两万株。", "牵:县林业局 配:县科技局、县农业农村局"),
    ]
    points = reading.plan.work_points
    assert [(point.no, point.section) for point in points] == [
        ("1", "一、绿地"),
        ("2", "一、绿地"),
        ("3", "二、苗圃"),
    ]
    assert [str(point.deadline.due) for point in points] == ["2026-05-31", "None", "2026-12-31"]
    assert reading.plan.title == "某县2026年园林工作任务分解表"


def test_that_it_was_cut_is_told_with_the_columns_that_were_found():
    (finding,) = [each for each in read(*lines(ONE_LINE), kind="txt").findings if each.code == "glued"]

    assert "序号、工作任务、牵头单位、配合单位、完成时限" in finding.message
    assert "3项" in finding.message


def test_rows_on_lines_of_their_own_have_the_lines_as_their_places():
    reading = read(
        *lines(
            """
            某镇2026年任务清单
            序号任务内容责任单位完成时限
            1清理沟渠六条县水利站4月
            2修补路面，清扫街巷县路政所、各村6月底
            """
        ),
        kind="txt",
    )

    assert [point.place for point in reading.plan.work_points] == ["L3#1", "L4#1"]
    assert places(reading, "glued") == ["L2"]


def test_units_between_task_and_requirement_are_cut_out_of_the_middle():
    reading = read(
        *lines(
            "工作任务牵头单位责任单位工作要求一、公开1.公布年度预算省财政厅各设区市，省直各部门在网站首页集中公布，注明口径。"
            "2.解读重大政策省政府办公厅省司法厅，各设区市通过发布会说明背景，回答提问。"
        ),
        kind="txt",
    )

    assert told(reading) == [
        ("在网站首页集中公布，注明口径。", "牵:省财政厅 责:各设区市、省直各部门"),
        ("通过发布会说明背景，回答提问。", "牵:省政府办公厅 责:省司法厅、各设区市"),
    ]
    assert [point.task for point in reading.plan.work_points] == ["公布年度预算", "解读重大政策"]


def test_a_row_whose_name_may_begin_in_the_text_before_it_is_kept_whole_and_named():
    reading = read(
        *lines(
            """
            序号任务内容责任单位
            1清理沟渠六条县水利局
            2补植河岸绿化柳河镇人民政府
            3修补桥面县交通运输局
            """
        ),
        kind="txt",
    )

    assert told(reading)[1] == ("补植河岸绿化柳河镇人民政府", "")
    assert places(reading, "glued-row") == ["L3#1"]
    assert "no-unit" in {each.code for each in reading.findings if each.place == "L3#1"}


def test_a_name_that_stands_between_separators_elsewhere_is_known_everywhere():
    reading = read(
        *lines(
            """
            序号任务内容责任单位
            1清理沟渠六条县水利局、柳河镇人民政府、县住建局
            2补植河岸绿化柳河镇人民政府
            """
        ),
        kind="txt",
    )

    assert told(reading)[1] == ("补植河岸绿化", "责:柳河镇人民政府")


def test_one_unit_cell_for_two_columns_leads_unless_it_is_collective():
    reading = read(
        *lines(
            """
            序号工作任务牵头单位责任单位
            1清点粮食库存。县粮食局
            2张贴告示。各乡镇人民政府
            """
        ),
        kind="txt",
    )

    assert [units for _, units in told(reading)] == ["牵:县粮食局", "责:各乡镇人民政府"]


def test_without_a_head_units_and_a_date_at_the_end_of_every_row_are_rhythm_enough():
    reading = read(
        *lines(
            "推行承诺，公布事项清单。区行政审批局区司法局、区财政局2026年3月"
            "规范流程，压缩环节至三个。区住建局各有关部门2026年6月"
            "共享结果，取消重复测绘。区自然资源局区档案馆2026年9月底"
        ),
        kind="txt",
    )

    assert [point.requirement for point in reading.plan.work_points] == [
        "推行承诺，公布事项清单。",
        "规范流程，压缩环节至三个。",
        "共享结果，取消重复测绘。",
    ]
    assert "没有表头" in next(each.message for each in reading.findings if each.code == "glued")


@pytest.mark.parametrize(
    "text",
    [
        "各责任单位要对照工作任务，按照完成时限抓好落实。1.提高认识。2.压实责任。3.加强督查。",
        "会议要求，一要提高认识，各单位要高度重视。二要加强督查，县政府办公室要定期通报。",
        "1.加强领导 各单位要高度重视，专题研究。2.加强督查 县督查室要定期通报，严肃问责。",
        "序号任务内容责任单位\n1加强理论学习\n2完善工作机制\n3开展警示教育市纪委监委",
        "序号姓名工作单位联系电话1张某县教育局13100000000\n2李某县水利局13200000000",
    ],
)
def test_prose_and_lists_of_persons_are_no_glued_tables(text):
    with pytest.raises(NotAPlan):
        read(*lines(text), kind="txt")


TASKS = ("清理台账，逐户核对。", "公布办事指南二十项。", "完成堤防加固八公里。", "培训网格员三百人次。")
UNITS = ("市水利局", "市民政局、市残联", "市发展和改革委员会", "市政府办公室、各县（市、区）人民政府")
TIMES = ("6月底前", "每季度", "2026年12月", "长期坚持")


@pytest.mark.parametrize("shift", range(4))
@pytest.mark.parametrize("separator", ["", "\n"])
def test_every_task_is_cut_from_every_unit_and_time(shift, separator):
    rows = [(task, UNITS[(n + shift) % 4], TIMES[(n + 2 * shift) % 4]) for n, task in enumerate(TASKS)]
    glued = "2026年任务表\n序号工作任务责任单位完成时限" + separator
    glued += separator.join(f"{n}{''.join(row)}" for n, row in enumerate(rows, 1))

    points = read(*lines(glued), kind="txt").plan.work_points

    assert [
        (
            point.requirement,
            "、".join(each.unit for each in point.responsibility.assignments),
            point.deadline.text,
        )
        for point in points
    ] == rows


def test_the_same_head_divided_by_lines_is_read_as_before():
    text = "\n".join(
        itertools.chain(["工作任务", "责任单位"], ["1.清理台账。", "市水利局", "2.公布指南。", "市民政局"])
    )

    reading = read(*lines(text), kind="txt")

    assert [units for _, units in told(reading)] == ["责:市水利局", "责:市民政局"]
    assert places(reading, "glued") == []


MIDDLE = "某市2026年重点任务清单工作任务牵头单位责任单位工作要求1.清查账目市财政局市审计局按月填报台账。"


def test_a_title_that_touches_the_head_is_no_column_of_it():
    reading = read(*lines(MIDDLE + "2.公开结果市审计局各区人民政府在网站公布。"), kind="txt")

    assert told(reading) == [
        ("按月填报台账。", "牵:市财政局 责:市审计局"),
        ("在网站公布。", "牵:市审计局 责:各区人民政府"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "规范招生市教育局招生考试院按月公布名单。",  # a body of the first one, or a second one
        "处置债务市财政局市国资委平台公司按月填报。",  # a second unit, or the beginning of the text
    ],
)
def test_a_row_that_can_be_cut_in_two_ways_is_kept_whole(row):
    reading = read(*lines(f"{MIDDLE}2.{row}3.公开结果市审计局市民政局在网站公布。"), kind="txt")

    assert told(reading)[1] == (row, "")
    assert places(reading, "glued-row") == ["L1#2"]


def test_a_name_that_goes_on_behind_a_place_is_taken_whole():
    reading = read(*lines(MIDDLE + "2.帮扶脱贫户市民政局县乡村振兴局逐户走访。"), kind="txt")

    assert told(reading)[1] == ("逐户走访。", "牵:市民政局 责:县乡村振兴局")
