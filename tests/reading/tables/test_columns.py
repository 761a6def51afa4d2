"""Columns told by their heads and by their cells together."""

import pytest

from tests.support.drawn_plans import allotments, places, read, who
from tracker.grid import Grid, from_table
from tracker.model import DeadlineKind
from tracker.problems.reading import NotAPlan
from tracker.reading.tables.columns import Kind, kind_of, part_units_and_time
from tracker.reading.tables.headwords import Field
from tracker.reading.tables.tables import find_head, read_table

USUAL = """
| 序号 | 工作任务 | 具体措施           | 责任单位       | {time}     |
| 1    | 护林     | 巡护山场，记录上图。 | 区林草局       | 5月底前    |
| 2    | 育苗     | 育苗十万株，抽检合格。 | 区苗圃中心     | 常年坚持   |
| 3    | 防火     | 清理隔离带，演练一次。 | 区应急局、各镇 | 2026-09-30 |
"""


@pytest.mark.parametrize(
    "head", ["办结要求", "完成要求", "时序要求", "限时", "目标时间", "预计完成", "啥时候", "收口", "乙栏"]
)
def test_a_column_of_time_limits_is_the_deadline_whatever_its_head_says(head):
    reading = read(from_table(USUAL.format(time=head)))

    assert [point.requirement for point in reading.plan.work_points] == [
        "巡护山场，记录上图。",
        "育苗十万株，抽检合格。",
        "清理隔离带，演练一次。",
    ]
    limits = [point.deadline.text for point in reading.plan.work_points]
    assert limits == ["5月底前", "常年坚持", "2026-09-30"]


@pytest.mark.parametrize("head", ["责任单位及时限要求", "责任单位及完成时限", "时限及责任单位", "单位及时限"])
def test_a_column_of_units_with_their_time_limits_is_both(head):
    reading = read(
        from_table(f"""
        | 工作任务 | 具体措施         | {head}                   |
        | 护林     | 巡护山场，记录上图。 | 区林草局，5月底前        |
        | 育苗     | 育苗十万株，抽检合格。 | 区苗圃、区财政局，9月底前 |
        """)
    )

    assert [units for _, units in allotments(reading)] == ["责:区林草局", "责:区苗圃、区财政局"]
    assert [point.deadline.text for point in reading.plan.work_points] == ["5月底前", "9月底前"]


def test_a_body_that_only_supervises_the_plan_is_a_remark():
    grid = from_table("""
    | 工作任务         | 责任单位 | 督办单位   |
    | 巡护山场，记录上图。 | 区林草局 | 区督查室   |
    | 育苗十万株，抽检合格。 | 区苗圃   | 区督查室   |
    """)
    reading = read(grid)

    assert [units for _, units in allotments(reading)] == ["责:区林草局", "责:区苗圃"]
    assert reading.plan.work_points[0].remarks == (("督办单位", "区督查室"),)


def test_a_usual_head_is_no_finding_and_an_unusual_one_is_told_once_with_its_address():
    assert places(read(from_table(USUAL.format(time="完成时限"))), "columns-by-content") == []
    assert places(read(from_table(USUAL.format(time="收口"))), "columns-by-content") == ["Sheet1!E1"]


def test_the_words_of_a_correction_are_final():
    grid = from_table(USUAL.format(time="备注（收口）"))
    reading = read_table(grid, find_head(grid))

    assert reading.head is not None
    assert reading.head.fields[4] is Field.REMARK
    assert reading.findings == []


def test_a_head_that_nobody_knows_still_gives_a_table(sheet):
    """
    | 某镇2026年护林攻坚表 | <        | <                    | <          | <        | <      |
    | 第几桩               | 干啥     | 干到哪一步算完       | 谁来扛     | 谁搭手   | 几时收 |
    | 1                    | 护林     | 巡护山场，记录上图。 | 区林草局   | 各镇     | 5月底  |
    | 2                    | 育苗     | 育苗十万株，抽检合格。 | 区苗圃中心 | 区财政局 | 年底前 |
    """
    reading = read(sheet)

    assert allotments(reading) == [
        ("巡护山场，记录上图。", "牵:区林草局 配:各镇"),
        ("育苗十万株，抽检合格。", "牵:区苗圃中心 配:区财政局"),
    ]
    assert [str(point.deadline.due) for point in reading.plan.work_points] == ["2026-05-31", "2026-12-31"]
    assert places(reading, "columns-by-content") == ["Sheet1!A2"]


def test_a_table_below_another_has_a_head_of_its_own_even_in_unknown_words(sheet):
    """
    | 序号   | 工作任务           | 责任单位   | 完成时限 |
    | 1      | 护林。             | 区林草局   | 5月底    |
    | 2      | 育苗。             | 区苗圃中心 | 6月底    |
    | 二、水 | <                  | <          | <        |
    | 几时收 | 干啥               | 谁来扛     | 谁搭手   |
    | 7月底  | 清淤五里，运走。   | 区水务局   | 各镇     |
    | 8月底  | 护坡两段，种草。   | 区林草局   | 区财政局 |
    """
    reading = read(sheet)

    assert allotments(reading)[2:] == [
        ("清淤五里，运走。", "牵:区水务局 配:各镇"),
        ("护坡两段，种草。", "牵:区林草局 配:区财政局"),
    ]
    assert [point.deadline.text for point in reading.plan.work_points] == ["5月底", "6月底", "7月底", "8月底"]


def test_persons_beside_the_units_of_a_column_are_left_out(sheet):
    """
    | 序号 | 工作任务   | 牵头领导及单位    | 属地   | 完成时限 |
    | 1    | 清淤五里。 | 副区长钱某 区水务局 | 柳湾镇 | 3月底    |
    | 2    | 护坡两段。 | 副区长孙某 区林草局 | 桑园镇 | 4月底    |
    """
    assert allotments(read(sheet)) == [
        ("清淤五里。", "牵:区水务局 责:柳湾镇"),
        ("护坡两段。", "牵:区林草局 责:桑园镇"),
    ]


def test_one_unit_a_row_has_the_role_of_its_own_column_and_its_part_is_an_aside(sheet):
    """
    | 序号 | 任务 | 工作内容       | 单位名称 | 角色 | 具体分工 | 时限 |
    | 1    | 供水 | 换管网三公里。 | 区水务局 | 牵头 | 统筹     | 8月底 |
    | ^    | ^    | ^              | 区财政局 | 配合 | 经费     | ^    |
    | 2    | 供暖 | 换热站两座。   | 区城管局 | 牵头 | 施工     | 9月底 |
    | ^    | ^    | ^              | 区住建局 | 配合 | 验收     | ^    |
    """
    assert allotments(read(sheet)) == [
        ("换管网三公里。", "牵:区水务局 配:区财政局"),
        ("换热站两座。", "牵:区城管局 配:区住建局"),
    ]


def test_units_and_time_in_one_cell_are_parted(sheet):
    r"""
    | 序号 | 工作任务           | 目标要求             | 落实安排                                   |
    | 1    | 护林               | 巡护山场，记录上图。 | 牵头：区林草局\n配合：各镇\n时限：5月底前  |
    | 2    | 育苗               | 育苗十万株，抽检。   | 区苗圃中心牵头，区财政局配合，9月底前完成  |
    | 3    | 防火               | 清理隔离带，演练。   | 区应急局（10月底前）                       |
    """
    reading = read(sheet)

    assert [who for _, who in allotments(reading)] == [
        "牵:区林草局 配:各镇",
        "牵:区苗圃中心 配:区财政局",
        "责:区应急局",
    ]
    assert all(point.deadline.kind is DeadlineKind.DATE for point in reading.plan.work_points)


def test_contacts_and_makers_below_a_table_are_no_work_points(sheet):
    """
    | 序号 | 任务       | 责任单位 | 时限   |
    | 1    | 清淤五里。 | 区水务局 | 6月底前 |
    | 2    | 护坡两段。 | 区林草局 | 9月底前 |
    | 联络人员 | <      | <        | <      |
    | 单位 | 姓名       | 电话     |        |
    | 区水务局 | 钱某   | 3300001  |        |
    | 制表人：孙某 |    | 审核：李某 |       |
    """
    assert [requirement for requirement, _ in allotments(read(sheet))] == ["清淤五里。", "护坡两段。"]


def test_a_second_row_of_brackets_or_under_wide_cells_belongs_to_the_head(sheet):
    """
    | 序号 | 规划提出的任务 | 区政府分管同志 | 责任分工 | <        | 最新进展     |
    | ^    | ^              | ^              | 牵头单位 | 责任单位 | （截至月末） |
    | 1    | 清淤五里。     | 钱某           | 区水务局 | 各镇     | 过半         |
    | 2    | 护坡两段。     | 孙某           | 区林草局 | 区财政局 |              |
    """
    assert allotments(read(sheet)) == [
        ("清淤五里。", "牵:区水务局 责:各镇"),
        ("护坡两段。", "牵:区林草局 责:区财政局"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        """
        | 号 | 单位     | 谁分管 | 谁联络 | 分机    |
        | 1  | 区水务局 | 钱某   | 孙某   | 3300001 |
        | 2  | 区林草局 | 李某   | 周某   | 3300002 |
        """,
        """
        | 号 | 支出   | 上年  | 今年 | 经办科室 |
        | 1  | 清扫   | 312.5 | 330  | 环卫科   |
        | 2  | 路灯   | 90.2  | 93   | 市政科   |
        """,
        """
        | 序号 | 名称     | 成员                       |
        | 1    | 成员单位 | 区水务局、区林草局         |
        | 2    | 沿河各镇 | 柳湾镇、桑园镇             |
        """,
    ],
    ids=["contacts", "budget", "members"],
)
def test_lists_of_names_sums_and_members_are_no_plans(table):
    with pytest.raises(NotAPlan):
        read(from_table(table))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("（三）", Kind.NUMBER),
        ("汛前", Kind.TIME),
        ("6.30", Kind.TIME),
        ("开学之前", Kind.TIME),
        ("3月10日区财政局拨付资金", Kind.PHRASE),
        ("各镇", Kind.UNITS),
        ("区应急局（8月底前）", Kind.MIXED),
        ("团委\n11月", Kind.MIXED),
        ("工会（2026.10）", Kind.MIXED),
        ("0999-6610001", Kind.PERSON),
        ("★", Kind.TICK),
        ("配合", Kind.ROLE),
        ("1200万元", Kind.FIGURE),
        ("已完成", Kind.STATUS),
        ("育苗十万株，抽检合格。", Kind.SENTENCE),
        ("同上", None),
    ],
)
def test_a_cell_is_of_one_kind(text, kind):
    assert kind_of(text) is kind


@pytest.mark.parametrize("units", ["区水务局", "牵头：区水务局\n配合：各镇", "区水务局、各镇"])
@pytest.mark.parametrize("limit", ["6月底前", "每季度", "长期坚持"])
def test_units_and_time_come_apart_as_they_were_put_together(units, limit):
    assert part_units_and_time(f"{units}；时限：{limit}") == (units, limit)


def test_no_order_of_columns_and_no_nonsense_in_a_head_takes_units_or_time_from_a_row():
    grid = from_table(USUAL.format(time="完成时限"))
    for shift in range(grid.width):
        order = [*range(shift, grid.width), *range(shift)]
        for nonsense in order:
            rows = [tuple(row[column] for column in order) for row in grid.rows]
            rows[0] = tuple("甲乙" if order[at] == nonsense else text for at, text in enumerate(rows[0]))
            reading = read(Grid("Sheet1", tuple(rows)))
            points = reading.plan.work_points
            assert len(points) == 3, (order, nonsense)
            assert [len(point.responsibility.assignments) for point in points] == [1, 1, 2], (order, nonsense)
            assert next(point.deadline.text for point in points) == "5月底前", (order, nonsense)


def test_names_of_things_with_a_unit_and_a_day_are_no_tasks():
    grid = from_table(
        """
        | 编号 | 所购之物     | 经手单位 | 几时到货   |
        | 1    | 档案柜项目   | 县档案馆 | 2026年6月  |
        | 2    | 保洁服务项目 | 县财政局 | 2026年7月  |
        | 3    | 网络运维服务 | 县民政局 | 2026年9月  |
        """
    )

    with pytest.raises(NotAPlan):
        read(grid)


def test_a_number_that_is_merged_over_rows_is_that_of_each_and_no_duplicate(sheet):
    """
    | 序号 | 任务 | 措施         | 责任单位 |
    | 1    | 供水 | 换管网三里。 | 市甲局   |
    | ^    | ^    | 建泵站一座。 | 市乙局   |
    | 2    | 供暖 | 换锅炉两台。 | 市丙局   |
    """
    reading = read(sheet)

    assert [point.no for point in reading.plan.work_points] == ["1", "1", "2"]
    assert not reading.findings


def test_time_limits_in_the_brackets_of_units_leave_their_parts(sheet):
    """
    | 序号 | 任务         | 分工与进度                                   |
    | 1    | 制定标准。   | 市甲局（立项，6月底前）、市乙局（起草，11月底前） |
    | 2    | 培训护理员。 | 市丙局负责，常态化推进                        |
    | 3    | 增设床位。   | 市丁局（8月底前）                             |
    """
    reading = read(sheet)

    assert allotments(reading) == [
        ("制定标准。", "责:市甲局、市乙局"),
        ("培训护理员。", "责:市丙局"),
        ("增设床位。", "责:市丁局"),
    ]


def test_a_column_of_role_words_says_in_what_role_the_unit_of_its_row_answers_whatever_both_heads_say(sheet):
    """
    | 工作任务       | 分工 | 单位             | 时限   |
    | 清理淤泥三里。 | 牵头 | 区水务局         | 6月底  |
    | ^              | 配合 | 区财政局、各乡镇 | ^      |
    | 新建公厕五座。 | 牵头 | 区住建局         | 9月底  |
    """
    assert allotments(read(sheet)) == [
        ("清理淤泥三里。", "牵:区水务局 配:区财政局、各乡镇"),
        ("新建公厕五座。", "牵:区住建局"),
    ]


def test_remarks_that_only_say_by_when_are_the_limit_where_no_column_is_and_that_is_told(sheet):
    """
    | 2026年河道任务 | < | < | < |
    | 序号 | 工作任务         | 责任单位 | 备注         |
    | 1    | 疏浚河道五公里。 | 市水利局 | 6月底前完成  |
    | 2    | 清理岸坡垃圾。   | 市城管局 | 9月底前完成  |
    """
    reading = read(sheet)

    assert [str(point.deadline.due) for point in reading.plan.work_points] == ["2026-06-30", "2026-09-30"]
    assert places(reading, "columns-by-content") == ["Sheet1!D2"]


def test_remarks_beside_a_column_of_limits_stay_remarks(sheet):
    """
    | 2026年河道任务 | < | < | < | < |
    | 序号 | 工作任务         | 责任单位 | 完成时限 | 备注    |
    | 1    | 疏浚河道五公里。 | 市水利局 | 6月底前  | 长期    |
    | 2    | 清理岸坡垃圾。   | 市城管局 | 9月底前  | 每季度  |
    """
    reading = read(sheet)

    assert [dict(point.remarks) for point in reading.plan.work_points] == [
        {"备注": "长期"},
        {"备注": "每季度"},
    ]
    assert not reading.findings


def test_what_stands_below_the_name_of_a_body_and_is_no_tick_is_told(sheet):
    """
    | 序号 | 工作任务         | 责任单位 | 财政局 |
    | 1    | 疏浚河道五公里。 | 市水利局 | 拨款   |
    | 2    | 清理岸坡垃圾。   | 市城管局 | 审计   |
    """
    reading = read(sheet)

    assert places(reading, "columns-by-content") == ["Sheet1!D1"]
    assert "“财政局”读作备注" in reading.findings[-1].message


def test_a_wider_head_gives_its_role_to_the_ticks_below_it(sheet):
    """
    | 序号 | 工作任务       | 牵头单位 | 配合单位 | <      |
    | ^    | ^              | ^        | 财政局   | 住建局 |
    | 1    | 疏浚河道五公里 | 水利局   | √        |        |
    | 2    | 清理岸坡垃圾   | 城管局   | √        | √      |
    """
    assert [units for _, units in allotments(read(sheet))] == [
        "牵:水利局 配:财政局",
        "牵:城管局 配:财政局、住建局",
    ]


def test_tasks_of_two_periods_side_by_side_are_told(sheet):
    """
    | 序号 | 责任单位 | 上半年任务       | 下半年任务       |
    | 1    | 市水利局 | 疏浚河道五公里。 | 衬砌渠道三公里。 |
    | 2    | 市城管局 | 清理岸坡垃圾。   | 建成转运站一座。 |
    """
    reading = read(sheet)

    assert [point.requirement for point in reading.plan.work_points] == [
        "衬砌渠道三公里。",
        "建成转运站一座。",
    ]
    assert [point.task for point in reading.plan.work_points] == ["疏浚河道五公里。", "清理岸坡垃圾。"]
    assert places(reading, "columns-by-content") == ["Sheet1!C1"]


@pytest.mark.parametrize(
    ("remark", "is_told"),
    [
        ("取消", True),
        ("责任单位改为市林业局", True),
        ("时限延至年底", True),
        ("已报省厅备案", False),
        ("分三批实施", False),
    ],
)
def test_a_remark_that_changes_its_row_is_told(remark: str, is_told: bool):
    head = "| 序号 | 工作任务 | 责任单位 | 完成时限 | 备注 |"
    reading = read(from_table(f"{head}\n| 1 | 疏浚河道五公里。 | 市水利局 | 6月底前 | {remark} |"))

    assert bool(places(reading, "remark-changes")) is is_told


@pytest.mark.parametrize("place", ["before", "behind"])
@pytest.mark.parametrize("problem", ["资金缺口较大", "无"])
def test_a_word_about_problems_beside_sentences_is_not_what_is_required(place: str, problem: str):
    columns = [
        "| 存在问题 | 重点工作 |",
        f"| {problem} | 新打机井六眼。 |",
        f"| {problem} | 铺石渣路四公里。 |",
        f"| {problem} | 换灯八十盏。 |",
        "| | 清运渣土。 |",
    ]
    if place == "behind":
        columns = ["|".join(["", *reversed(line.split("|")[1:-1]), ""]) for line in columns]
    units = ("责任单位", "县一局", "县二局", "县三局", "县四局")
    table = "\n".join(f"{line} {unit} |" for line, unit in zip(columns, units, strict=True))

    plan_reading = read(from_table(f"| 某县2026年任务表 | < | < |\n{table}"))

    assert allotments(plan_reading) == [
        ("新打机井六眼。", "责:县一局"),
        ("铺石渣路四公里。", "责:县二局"),
        ("换灯八十盏。", "责:县三局"),
        ("清运渣土。", "责:县四局"),
    ]


@pytest.mark.parametrize("head", ["职责", "分工", "责任分工", "角色"])
@pytest.mark.parametrize("task", ["", "| 供水 "])
def test_words_of_roles_before_their_units_are_no_requirement(head: str, task: str):
    plan_reading = read(
        from_table(
            f"""
            {task and "| 工作任务 "}| 具体要求 | {head} | 实施单位 |
            {task}| 换管网三公里。 | 牵头 | 县一局 |
            {task and "| ^ "}| ^ | 配合 | 县二局 |
            {task and "| ^ "}| 建泵房两座。 | 牵头 | 县三局 |
            {task and "| ^ "}| ^ | 配合 | 县一局 |
            """
        )
    )

    assert allotments(plan_reading) == [
        ("换管网三公里。", "牵:县一局 配:县二局"),
        ("建泵房两座。", "牵:县三局 配:县一局"),
    ]
    assert not plan_reading.findings


@pytest.mark.parametrize("limit", ["2026.10", "长期坚持", "2026年12月31日", "第三季度"])
@pytest.mark.parametrize("head", ["责任单位", "牵头单位"])
def test_a_time_below_the_units_of_a_usual_column_is_the_limit(head: str, limit: str):
    plan_reading = read(
        from_table(
            f"""
            | 某县2026年任务表 | < |
            | 重点工作 | {head} |
            | 新打机井六眼。 | 县一局\\n{limit} |
            | 铺石渣路四公里。 | 县二局、县三局\\n{limit} |
            """
        )
    )

    assert [point.deadline.text for point in plan_reading.plan.work_points] == [limit, limit]
    assert [who(point).partition(":")[2] for point in plan_reading.plan.work_points] == [
        "县一局",
        "县二局、县三局",
    ]
    assert not plan_reading.findings


def test_a_column_of_problems_that_is_mostly_blank_is_not_what_is_required(sheet):
    """
    | 某县2026年任务表 | <        | <      |
    | 存在问题 | 重点工作         | 责任单位 |
    |          | 新打机井六眼。   | 县一局 |
    | 缺少资金 | 铺石渣路四公里。 | 县二局 |
    |          | 换灯八十盏。     | 县三局 |
    """
    assert [point.requirement for point in read(sheet).plan.work_points] == [
        "新打机井六眼。",
        "铺石渣路四公里。",
        "换灯八十盏。",
    ]


def test_what_is_to_be_reached_in_each_half_of_the_year_is_no_limit(sheet):
    """
    | 某县2026年任务表 | <      | <        | <        |
    | 重点工作         | 责任单位 | 进度安排 | <      |
    | ^                | ^        | 上半年   | 下半年 |
    | 新打机井六眼。   | 县一局   | 完成招标 | 通水   |
    | 铺石渣路四公里。 | 县二局   | 备料     | 完工   |
    """
    plan_reading = read(sheet)

    assert [point.deadline.text for point in plan_reading.plan.work_points] == ["", ""]
    assert not plan_reading.findings


def test_sentences_that_end_in_a_day_are_what_is_required(sheet):
    """
    | 某县2026年任务表 | <                                            | <        |
    | 工作项目         | 主要内容                                     | 牵头单位 |
    | 文化             | 1.编印故事绘本，送到乡村书屋，2026年8月15日前完成。 | 县一局   |
    | 交通             | 2.候车亭张贴盲文站牌，2026年9月30日前完成。  | 县二局   |
    """
    assert [point.requirement for point in read(sheet).plan.work_points] == [
        "编印故事绘本，送到乡村书屋，2026年8月15日前完成。",
        "候车亭张贴盲文站牌，2026年9月30日前完成。",
    ]
