"""Heads of tables, in up to four rows."""

import pytest
from hypothesis import given, settings, strategies as st

from tests.support.drawn_plans import allotments, read
from tracker.grid import Grid, Merge, from_table
from tracker.reading.tables.cards import as_table
from tracker.reading.tables.columns import infer, samples_below
from tracker.reading.tables.headwords import Field, field_of, fields_of
from tracker.reading.tables.layouts import read_crosswise, side_by_side
from tracker.reading.tables.tablehead import find_table_head, unit_columns


def test_a_head_of_four_rows_is_one_head(sheet):
    """
    | 序号 | 攻坚任务 | 攻坚目标 | 攻坚举措     | 责任体系 | <        | <        | 时间安排 | <        |
    | ^    | ^        | ^        | ^            | 指挥长   | 攻坚单位 | <        | ^        | <        |
    | ^    | ^        | ^        | ^            | ^        | 主战单位 | 参战单位 | 启动时间 | 完成时间 |
    | ^    | ^        | ^        | ^            | ^        | （牵头） | （配合） | ^        | ^        |
    | 1    | 清河     | 水质三类 | 封堵排口八处 | 某某某   | 市水务局 | 市城管局 | 3月      | 2026年6月 |
    | 2    | 治尘     | 降两成   | 喷淋全覆盖   | 某某某   | 市住建局 |          | 3月      | 2026年9月 |
    """
    reading = read(sheet)

    assert allotments(reading) == [("封堵排口八处", "牵:市水务局 配:市城管局"), ("喷淋全覆盖", "牵:市住建局")]
    assert [point.task for point in reading.plan.work_points] == ["清河", "治尘"]
    assert [str(point.deadline.due) for point in reading.plan.work_points] == ["2026-06-30", "2026-09-30"]


@pytest.mark.parametrize("head", ["完工", "竣工时间", "建成日期", "投产", "建设工期完工", "销号时限"])
def test_when_it_is_finished_is_the_time_limit(head):
    assert field_of(head) is Field.DEADLINE


@pytest.mark.parametrize(
    "head",
    [
        "开工",
        "建设工期开工",
        "启动时间",
        "实际完成时间",
        "评分标准",
        "总投资",
        "年度投资计划",
        "包联领导",
        "指挥长",
    ],
)
def test_when_it_begins_what_it_costs_and_who_watches_is_neither_limit_nor_unit(head):
    assert field_of(head) in (Field.REMARK, Field.PERSON)


@pytest.mark.parametrize(
    "head", ["任务内容、责任单位及完成时限", "工作事项、牵头部门和时间节点", "具体措施及责任单位、完成期限"]
)
def test_one_column_for_text_units_and_time_is_the_text(head):
    assert field_of(head) is Field.REQUIREMENT


@pytest.mark.parametrize(
    ("heads", "task"),
    [
        (("反馈问题", "具体表现", "整改措施", "责任单位"), "反馈问题"),
        (("重点任务", "年度目标", "推进举措", "责任单位"), "重点任务"),
        (("报告原文", "任务分解", "责任单位"), "报告原文"),
        (("应用场景", "建设要求", "牵头单位"), "应用场景"),
        (("一级指标", "二级指标", "三级指标", "责任单位"), "二级指标"),
    ],
)
def test_the_task_is_what_the_requirement_belongs_to(heads, task):
    fields = fields_of(dict(enumerate(heads)))

    assert [heads[column] for column, field in fields.items() if field is Field.TASK] == [task]


def test_what_a_unit_has_to_do_is_a_text_and_no_unit(sheet):
    """
    | 工作任务 | 责任单位及职责 | <            | 时限  |
    | ^        | 单位           | 职责         | ^     |
    | 保供     | 县粮食局       | 储备面粉百吨 | 3月底 |
    | ^        | 县供销社       | 储备食盐十吨 | 3月底 |
    """
    assert allotments(read(sheet)) == [("储备面粉百吨", "责:县粮食局"), ("储备食盐十吨", "责:县供销社")]


@pytest.mark.parametrize(
    ("heads", "fields"),
    [
        (("类别", "具体举措", "责任单位"), "section requirement responsible"),
        (("类别", "序号", "任务要求", "责任单位"), "section number requirement responsible"),
        (("序号", "任务类别", "任务内容", "责任单位"), "number task requirement responsible"),
        (("大类", "小类", "具体举措", "责任单位"), "section task requirement responsible"),
        (("存在问题", "整改措施", "责任单位"), "task requirement responsible"),
        (("工作任务", "责任单位", "完成时限", "存在问题"), "requirement responsible deadline remark"),
        (("责任单位", "工作任务", "具体举措"), "responsible task requirement"),
        (("工作任务", "抓总单位", "统筹部门", "首席责任单位"), "requirement lead lead lead"),
    ],
)
def test_a_text_column_is_what_its_place_among_the_others_makes_it(heads, fields):
    assert [field.value for field in fields_of(dict(enumerate(heads))).values()] == fields.split()


def test_a_head_in_words_that_nobody_knows_may_stand_wide_over_a_number_and_a_text(sheet):
    """
    | 归谁               | 弄啥 | <                        | 到几时    |
    | 镇水利站、镇建设办 | 1    | 疏浚村口河道，清运淤泥。 | 3月20日前 |
    | 镇农业站           | 2    | 修补水渠裂缝，加固堤坝。 | 5月底前   |
    | 同上               | 3    | 更换泵站老旧设备。       | 8月底前   |
    """
    reading = read(sheet)

    assert allotments(reading) == [
        ("疏浚村口河道，清运淤泥。", "责:镇水利站、镇建设办"),
        ("修补水渠裂缝，加固堤坝。", "责:镇农业站"),
        ("更换泵站老旧设备。", "责:镇农业站"),
    ]
    assert [point.no for point in reading.plan.work_points] == ["1", "2", "3"]


CELLS = {
    ("序号", "编号"): ("1", "2", "12", "（三）"),
    ("板块", "重点领域"): ("生态", "民生", "一、生态"),
    ("工作任务", "重点事项"): ("修建水渠", "市水利局", "清淤", "牵头"),
    ("具体要求", "工作措施", "主要内容"): (
        "疏浚河道五公里，清理岸坡。",
        "6月底前",
        "整修泵站。",
        "县林业局、县财政局",
    ),
    ("牵头单位",): ("市水利局", "市林业局", "▲", "配合"),
    ("责任单位", "承办部门"): (
        "市水利局",
        "各县区",
        "市教育局、市体育局",
        "6月底前",
        "市乡村振兴局（6月底前）",
    ),
    ("配合单位",): ("市审计局", "牵头", "○", ""),
    ("完成时限", "办结时间"): ("6月底前", "年底", "长期坚持", "市林业局", "√"),
    ("备注", "进展情况"): ("", "推进中", "市林业局", "○"),
}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_where_a_head_is_plain_nothing_else_has_to_be_asked(data: st.DataObject):
    kinds = data.draw(st.permutations(sorted(CELLS)))[: data.draw(st.integers(2, len(CELLS)))]
    head = tuple(data.draw(st.sampled_from(words)) for words in kinds)
    # Mostly the first two, which are what the head says.
    cells = [st.one_of(st.sampled_from(CELLS[words][:2]), st.sampled_from(CELLS[words])) for words in kinds]
    rows = data.draw(st.lists(st.tuples(*cells), min_size=1, max_size=6))
    grid = Grid(
        "表",
        (head, *rows),
        merges=data.draw(st.sampled_from([(), (Merge(1, 0, 1, 1),), (Merge(0, 0, 1, 0),)])),
    )

    table_head = find_table_head(grid, 0)

    if table_head is not None and table_head.is_plain:
        assert as_table(grid) is grid
        assert side_by_side(grid) == (grid,)
        assert read_crosswise(grid) == (-1, [])
        assert infer(table_head.labels, samples_below(grid, 0, table_head.labels)) is None
        assert unit_columns(grid, 0, table_head.labels) == {}


PLAIN = """
| 序号 | 工作任务             | {word} | 完成时限 |
| 1    | 疏浚河道五公里。     | {unit} | 6月底前  |
| 2    | 清理岸坡垃圾。       | {unit} | 年底     |
"""


def test_a_head_in_everybodys_words_over_cells_that_are_what_it_says_is_plain():
    assert find_table_head(from_table(PLAIN.format(unit="市水利局", word="责任单位")), 0).is_plain


@pytest.mark.parametrize(
    ("unit", "word"),
    [("牵头", "责任单位"), ("6月底前", "责任单位"), ("市水利局", "谁来干")],
)
def test_a_head_whose_cells_or_words_leave_something_open_is_not_plain(unit: str, word: str):
    head = find_table_head(from_table(PLAIN.format(unit=unit, word=word)), 0)

    assert head is None or not head.is_plain
