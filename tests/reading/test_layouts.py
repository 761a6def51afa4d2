"""Layouts as offices really send them, each drawn where it is tested."""

import dataclasses

import pytest

from tracker.grid import Grid, Notation, Paragraph, Source, from_table
from tracker.model import Role, WorkPoint
from tracker.problems.reading import NotAPlan
from tracker.reading.plan import PlanReading, read_plan
from tracker.reading.tables.headwords import Field, field_of


def read(*blocks: Grid | Paragraph) -> PlanReading:
    return read_plan(Source("xlsx", "方案.xlsx", blocks))


def lines(text: str) -> list[Paragraph]:
    rows = [row.strip() for row in text.strip().splitlines()]
    return [Paragraph(row, f"L{number}") for number, row in enumerate(rows, 1)]


def who(point: WorkPoint) -> str:
    said = point.responsibility
    letters = {Role.LEAD: "牵", Role.RESPONSIBLE: "责", Role.SUPPORT: "配"}
    return " ".join(
        f"{letters[role]}:{'、'.join(said.names_in(role))}" for role in Role if said.names_in(role)
    )


def told(reading: PlanReading) -> list[tuple[str, str]]:
    return [(point.requirement, who(point)) for point in reading.plan.work_points]


def places(reading: PlanReading, code: str) -> list[str]:
    return [finding.place for finding in reading.findings if finding.code == code]


# Heads and columns


def test_columns_may_stand_in_any_order(sheet):
    """
    | 责任部门 | 时限  | 序号 | 任务 | 措施         |
    | 科技科   | 3月底 | 1    | 双创 | 举办大赛一次 |
    | 人事科   | 长期  | 2    | 人才 | 落实补贴     |
    """
    assert told(read(sheet)) == [("举办大赛一次", "责:科技科"), ("落实补贴", "责:人事科")]


def test_a_head_of_two_rows_names_the_units_below_their_group(sheet):
    """
    | 某区2026年营商环境任务分解表 | < | < | < | < |
    | 序号 | 任务名称 | 工作内容   | 责任分工 | <        |
    | ^    | ^        | ^          | 牵头部门 | 配合部门 |
    | 1    | 开办企业 | 压缩至半日 | 区监管局 | 区税务局 |
    """
    assert told(read(sheet)) == [("压缩至半日", "牵:区监管局 配:区税务局")]


def test_a_head_of_two_rows_that_lost_its_merges_reads_alike(sheet):
    """
    | 序号 | 任务名称 | 工作内容   | 责任分工 |          | 时限 |
    |      |          |            | 牵头部门 | 配合部门 |      |
    | 1    | 开办企业 | 压缩至半日 | 区监管局 | 区税务局 | 6月  |
    | 2    |          | 免费刻章   | 区审批局 |          | 7月  |
    """
    reading = read(sheet)

    assert told(reading) == [("压缩至半日", "牵:区监管局 配:区税务局"), ("免费刻章", "牵:区审批局")]
    assert [point.task for point in reading.plan.work_points] == ["开办企业", "开办企业"]


def test_a_head_that_returns_on_every_page_is_no_work_point(sheet):
    """
    | 序号   | 任务     | 责任单位 |
    | 1      | 甲事要办 | 市一局   |
    | 续表   | <        | <        |
    | 序号   | 任务     | 责任单位 |
    | 2      | 乙事要办 | 市二局   |
    | — 2 — |          |          |
    | 3      | 丙事要办 | 市三局   |
    """
    assert [no.no for no in read(sheet).plan.work_points] == ["1", "2", "3"]


def test_a_head_that_changes_half_way_changes_the_columns(sheet):
    """
    | 任务     | 责任单位 | 时限 |
    | 甲事要办 | 市一局   | 6月  |
    | 任务     | 时限     | 牵头单位 |
    | 乙事要办 | 7月      | 市二局   |
    """
    assert told(read(sheet)) == [("甲事要办", "责:市一局"), ("乙事要办", "牵:市二局")]


def test_a_lead_column_for_all_is_a_plain_one_when_its_cells_say_who_leads(sheet):
    """
    | 任务     | 牵头落实单位           |
    | 甲事要办 | 市一局牵头，市二局负责 |
    | 乙事要办 | 市三局                 |
    """
    assert told(read(sheet)) == [("甲事要办", "牵:市一局 责:市二局"), ("乙事要办", "责:市三局")]


def test_and_names_the_leads_when_none_of_them_does(sheet):
    """
    | 任务     | 牵头落实单位 |
    | 甲事要办 | 市一局       |
    """
    assert told(read(sheet)) == [("甲事要办", "牵:市一局")]


def test_measure_status_money_and_persons_are_no_units(sheet):
    """
    | 序号 | 项目 | 年度目标 | 单位 | 责任单位 | 责任领导 | 联系电话 | 投资（万元） | 进展情况 |
    | 1    | 东路 | 完成路基 | 公里 | 区住建局 | 张某     | 1390000  | 300          | 已开工   |
    """
    reading = read(sheet)

    assert told(reading) == [("完成路基", "责:区住建局")]
    assert dict(reading.plan.work_points[0].remarks) == {
        "单位": "公里",
        "投资（万元）": "300",
        "进展情况": "已开工",
    }


def test_a_column_headed_just_unit_is_the_units_where_nothing_else_is(sheet):
    """
    | 单位   | 任务     | 时限 |
    | 县一局 | 甲事要办 | 6月  |
    """
    assert told(read(sheet)) == [("甲事要办", "责:县一局")]


def test_the_actual_date_is_no_time_limit(sheet):
    """
    | 2026年台账 | <        | <            | <            |
    | 主要内容   | 责任单位 | 计划完成时间 | 实际完成时间 |
    | 甲事要办   | 市一局   | 2026.5       | 2026.4.30    |
    """
    assert read(sheet).plan.work_points[0].deadline.due.isoformat() == "2026-05-31"


# Merges, ditto and blanks


def test_a_merge_and_ditto_marks_inherit_and_a_blank_does_not(sheet):
    """
    | 重点工作 | 具体举措   | 牵头单位 |
    | 乡村建设 | 改厕一千户 | 县一局   |
    | ^        | 修路十公里 | ^        |
    | ^        | 种树一万株 | 同上     |
    | ^        | 清淤五公里 | 〃       |
    | ^        | 拆违二十处 |          |
    """
    reading = read(sheet)

    assert [point.inherited for point in reading.plan.work_points] == [False, True, True, True, False]
    assert [who(point) for point in reading.plan.work_points] == ["牵:县一局"] * 4 + [""]
    assert places(reading, "no-unit") == ["Sheet1!B6"]


def test_one_continued_and_one_own_unit_cell_do_not_inherit(sheet):
    """
    | 举措       | 牵头单位 | 配合单位 |
    | 改厕一千户 | 县一局   | 县二局   |
    | 修路十公里 | ^        | 县三局   |
    """
    assert [point.inherited for point in read(sheet).plan.work_points] == [False, False]


def test_one_unit_to_a_line_under_a_merged_requirement_is_one_work_point(sheet):
    """
    | 序号 | 任务     | 责任单位 | 责任人 |
    | 1    | 疏通排涝 | 县一局   | 甲     |
    | ^    | ^        | 县二局   | 乙     |
    | 2    | 建设公园 | 县三局   | 丙     |
    """
    assert told(read(sheet)) == [("疏通排涝", "责:县一局、县二局"), ("建设公园", "责:县三局")]


def test_tasks_that_share_a_merged_requirement_stay_apart(sheet):
    """
    | 工作任务   | 牵头单位 | 工作要求         |
    | 1.公开预算 | 省财政厅 | 集中公开并作说明 |
    | 2.公开审计 | 省审计厅 | ^                |
    """
    points = read(sheet).plan.work_points

    assert [(point.task, who(point)) for point in points] == [
        ("1.公开预算", "牵:省财政厅"),
        ("2.公开审计", "牵:省审计厅"),
    ]


def test_a_dash_is_no_unit(sheet):
    """
    | 任务     | 牵头单位 | 责任单位 |
    | 甲事要办 | —       | 市三局   |
    | 乙事要办 | /        | /        |
    """
    reading = read(sheet)

    assert [who(point) for point in reading.plan.work_points] == ["责:市三局", ""]
    assert places(reading, "no-unit") == ["Sheet1!A3"]


# Banners, totals, notes


def test_banners_may_be_merged_or_stand_in_one_cell_and_are_sections(sheet):
    """
    | 工作任务   | 责任单位 | 时限 |
    | 一、安全   |          |      |
    | 1.查隐患   | 县一局   | 每月 |
    | 二、环保   | <        | <    |
    | 1.治扬尘   | 县二局   | 长期 |
    | 合计：2项  |          |      |
    """
    points = read(sheet).plan.work_points

    assert [(point.section, point.no, point.requirement) for point in points] == [
        ("一、安全", "1", "查隐患"),
        ("二、环保", "1", "治扬尘"),
    ]


def test_a_han_numeral_in_the_number_column_opens_a_section(sheet):
    """
    | 序号 | 项目名称        | 年度目标 | 责任单位 |
    | 一   | 基础设施（1个） |          |          |
    | 1    | 东路            | 完成路基 | 区住建局 |
    | 二   | 公共服务（1个） |          |          |
    | 1    | 体育馆          | 主体封顶 | 区文旅局 |
    | 合计 | 2个             |          |          |
    """
    points = read(sheet).plan.work_points

    assert [(point.section, point.task) for point in points] == [
        ("一、基础设施（1个）", "东路"),
        ("二、公共服务（1个）", "体育馆"),
    ]


def test_a_parent_number_heads_the_decimal_ones(sheet):
    """
    | 编号 | 任务内容     | 主责单位 | 节点 |
    | 1    | 加强党建     | <        | <    |
    | 1.1  | 专题会两次   | 办公室   | 6月  |
    | 2    | 抓好业务     |          |      |
    | 2.1  | 编制规划     | 规划科   | 7月  |
    """
    points = read(sheet).plan.work_points

    assert [(point.section, point.no) for point in points] == [("1.加强党建", "1.1"), ("2.抓好业务", "2.1")]


def test_section_rows_with_counts_and_sums_are_sections(sheet):
    """
    | 序号            | 项目 | 内容     | 责任单位 | 投资（万元） |
    | 总计（2个）     | <    | <        | <        | 600          |
    | 一、交通（1个） | <    | <        | <        | 300          |
    | 1               | 甲路 | 修五公里 | 区交通局 | 300          |
    | 二、水利（1个） | <    | <        | <        | 300          |
    | 2               | 丙渠 | 衬砌     | 区水利局 | 300          |
    """
    points = read(sheet).plan.work_points

    assert [(point.section, point.task) for point in points] == [
        ("一、交通（1个）", "甲路"),
        ("二、水利（1个）", "丙渠"),
    ]


def test_a_starred_unit_leads_when_the_note_says_so(sheet):
    """
    | 改革任务 | 改革举措        | 责任单位           |
    | 放权     | （1）下放二十项 | ★市甲局、市乙局   |
    | ^        | （2）公开清单   | 市丙局、★市甲局   |
    | 注：标★的为牵头单位，其余为配合单位。 | < | < |
    """
    assert told(read(sheet)) == [
        ("下放二十项", "牵:市甲局 配:市乙局"),
        ("公开清单", "牵:市甲局 配:市丙局"),
    ]


def test_rows_of_signatures_above_and_below_are_left_out(sheet):
    """
    | 附件1                        |          |                 |          |
    | 某镇2026年环境整治任务表     | <        | <               | <        |
    | 填报单位：某镇人民政府       | <        | 填报时间：3月1日 | <        |
    | 序号                         | 整治内容 | 责任单位        | 完成时间 |
    | 1                            | 清理垃圾 | 各村（社区）    | 3月底    |
    | 填表人：甲                   |          | 审核人：乙      |          |
    """
    reading = read(sheet)

    assert reading.plan.title == "某镇2026年环境整治任务表"
    assert told(reading) == [("清理垃圾", "责:各村（社区）")]


# Numbers


def test_a_number_is_reported_twice_only_within_one_run(sheet):
    """
    | 类别 | 序号 | 任务     | 责任单位 |
    | 甲类 | 1    | 事项一办 | 市一局   |
    | ^    | 2    | 事项二办 | 市一局   |
    | 乙类 | 1    | 事项三办 | 市一局   |
    | ^    | 2    | 事项四办 | 市一局   |
    | ^    | 2    | 事项五办 | 市一局   |
    """
    assert places(read(sheet), "duplicate-number") == ["Sheet1!C6"]


# One cell, several items


def test_items_with_brackets_of_their_own_are_work_points_of_their_own(sheet):
    """
    | 序号 | 事项 | 主要任务及分工 |
    | 1 | 普查 | 1.核对名录。（市甲局牵头，市乙局配合）\\n2.公布结果。（市甲局负责） |
    """
    reading = read(sheet)

    assert [(p.no, p.place, who(p)) for p in reading.plan.work_points] == [
        ("1", "Sheet1!C2#1", "牵:市甲局 配:市乙局"),
        ("2", "Sheet1!C2#2", "责:市甲局"),
    ]


def test_items_that_share_a_unit_cell_stay_one_work_point_with_their_numbers(sheet):
    """
    | 任务     | 措施                         | 责任单位   |
    | 一、就业 | 1.开发岗位。\\n2.培训千人。  | 县甲局牵头 |
    """
    assert told(read(sheet)) == [("1.开发岗位。 2.培训千人。", "牵:县甲局")]


# Matrices and lists by unit


def test_a_matrix_is_read_by_its_legend(sheet):
    """
    | 序号   | 工作任务 | 责任单位 | <      | <      | 时限 |
    | ^      | ^        | 县甲局   | 县乙局 | 各乡镇 | ^    |
    | 1      | 逐库检查 | ▲       | ○     | ●     | 5月  |
    | 2      | 补充沙袋 |          | ▲     |        | 6月  |
    | 注：▲为牵头单位，●为责任单位，○为配合单位 | < | < | < | < | < |
    """
    assert told(read(sheet)) == [("逐库检查", "牵:县甲局 责:各乡镇 配:县乙局"), ("补充沙袋", "牵:县乙局")]


def test_a_matrix_of_one_symbol_without_a_legend_says_who_is_responsible(sheet):
    """
    | 工作任务 | 县甲局 | 县乙局 |
    | 逐库检查 | √     | √     |
    | 补充沙袋 |        | √     |
    """
    reading = read(sheet)

    assert told(reading) == [("逐库检查", "责:县甲局、县乙局"), ("补充沙袋", "责:县乙局")]
    assert places(reading, "no-legend") == []


def test_a_matrix_of_several_symbols_without_a_legend_is_asked_about(sheet):
    """
    | 工作任务 | 县甲局 | 县乙局 |
    | 逐库检查 | ★     | ☆     |
    """
    reading = read(sheet)

    assert told(reading) == [("逐库检查", "牵:县甲局 配:县乙局")]
    assert places(reading, "no-legend") == ["Sheet1!B1"]


def test_a_list_by_unit_takes_the_unit_from_the_banner(sheet):
    """
    | 序号          | 工作任务     | 完成时限 |
    | 市甲局（2项） | <            | <        |
    | 1             | 新建学校两所 | 8月底    |
    | 2             | 培训教师     | 全年     |
    | 市乙局（1项） | <            | <        |
    | 1             | 加固水库     | 汛前     |
    """
    assert [who(p) for p in read(sheet).plan.work_points] == ["责:市甲局", "责:市甲局", "责:市乙局"]


def test_a_card_of_labels_and_values_is_one_work_point(sheet):
    """
    | 任务名称 | 防汛检查      |
    | 责任单位 | 县水利局      |
    | 完成时限 | 2026年5月底前 |
    """
    reading = read(sheet)

    assert told(reading) == [("防汛检查", "责:县水利局")]
    assert reading.plan.work_points[0].place == "Sheet1!B1"


# Several sheets and tables


def test_an_annex_sheet_gives_a_group_its_members_and_a_sample_is_named_and_not_read():
    sample = from_table("| 任务 | 责任单位 |\n| 示例任务 | 示例局 |", name="填报示例")
    plan = from_table(
        "| 2026年创城任务分工 | < |\n| 任务 | 责任单位 |\n| 规范停车 | 市直有关单位（名单见附件2） |",
        name="任务",
    )
    annex = from_table("| 附件2：市直有关单位名单 |\n| 市甲局 |\n| 市乙局 |", name="附件2")

    reading = read(sample, plan, annex)

    assert [(group.name, group.members) for group in reading.plan.groups] == [
        ("市直有关单位", ("市甲局", "市乙局"))
    ]
    assert places(reading, "sheet-not-read") == ["填报示例"]
    assert places(reading, "undefined-group") == []


def test_of_sheets_for_several_years_the_latest_is_the_plan():
    sheets = [
        from_table(f"| 任务 | 责任单位 |\n| {text} | 市一局 |", name=name)
        for name, text in (("2025年", "旧事要办"), ("2026年", "新事要办"))
    ]

    assert told(read(*sheets)) == [("新事要办", "责:市一局")]


def test_a_table_without_a_head_goes_on_with_the_head_of_the_one_before():
    first = from_table(
        "| 序号 | 任务 | 责任单位 |\n| 1 | 技改三十项 | 区甲局 |", name="T1", notation=Notation.TABLE
    )
    second = from_table("| 2 | 补贴到户 | 区乙局 |", name="T2", notation=Notation.TABLE)

    reading = read(Paragraph("一、工业", "P1"), first, Paragraph("二、农业", "P2"), second)

    assert [(p.section, p.place, who(p)) for p in reading.plan.work_points] == [
        ("一、工业", "T1R2C2", "责:区甲局"),
        ("二、农业", "T2R1C2", "责:区乙局"),
    ]


def test_hidden_rows_are_read_and_told(sheet):
    """
    | 任务     | 责任单位 |
    | 甲事要办 | 市一局   |
    | 乙事要办 | 市二局   |
    """
    reading = read(dataclasses.replace(sheet, hidden_rows=frozenset({2})))

    assert len(reading.plan.work_points) == 2
    assert places(reading, "hidden") == ["Sheet1!A3"]


def test_masked_characters_are_told_and_nothing_is_put_in_their_place(sheet):
    """
    | 任务       | 责任单位 |
    | 加强组**设 | 市一局   |
    """
    reading = read(sheet)

    assert reading.plan.work_points[0].requirement == "加强组**设"
    assert places(reading, "garbled") == ["Sheet1!A2"]


# Text


def test_a_table_pasted_cell_by_cell_is_read_by_the_order_of_its_head():
    reading = read(
        *lines(
            """某县2026年重点任务清单
            序号
            重点任务
            具体措施
            责任单位
            完成时限
            1
            产业发展
            新建标准厂房三万平方米。
            县甲局
            6月底前
            2
            引进项目五个。
            县乙局、各乡镇
            年底前"""
        )
    )

    assert [(p.no, p.task, p.requirement, who(p), p.deadline.text) for p in reading.plan.work_points] == [
        ("1", "产业发展", "新建标准厂房三万平方米。", "责:县甲局", "6月底前"),
        ("2", "产业发展", "引进项目五个。", "责:县乙局、各乡镇", "年底前"),
    ]


@pytest.mark.parametrize(
    "divide", ["\t".join, lambda cells: "| " + " | ".join(cells) + " |"], ids=["tabs", "pipes"]
)
def test_rows_pasted_with_their_dividers_are_a_table(divide):
    rows = [["序号", "任务", "责任单位"], ["1", "开展普查", "市甲局"], ["2", "编印年鉴", "市乙馆"]]

    reading = read(*lines("\n".join(["2026年分工表", *map(divide, rows)])))

    assert [(p.place, who(p)) for p in reading.plan.work_points] == [("L3", "责:市甲局"), ("L4", "责:市乙馆")]


def test_prose_nests_and_every_bracket_closes_its_item():
    reading = read(
        *lines(
            """某市2026年信访工作要点
            某信发〔2026〕3号
            2026年2月8日
            一、总体要求
            坚持人民至上，做好全年工作。
            二、重点任务
            （一）源头治理
            1.排查矛盾。
            （1）各类矛盾每月排查一次。（责任单位：市甲局、各县区）
            （2）建立台账。（市乙局牵头，市甲局配合；完成时限：6月底前）
            2.化解积案，年底前清零。（市甲局）
            三、保障措施
            （一）加强领导。各单位要高度重视。"""
        )
    )

    assert [(p.section, p.task, p.no, who(p), p.deadline.text) for p in reading.plan.work_points] == [
        ("二、重点任务", "（一）源头治理", "1", "责:市甲局、各县区", "每月"),
        ("二、重点任务", "（一）源头治理", "2", "牵:市乙局 配:市甲局", "6月底前"),
        ("二、重点任务", "（一）源头治理", "2", "责:市甲局", "年底前"),
    ]
    assert (reading.plan.title, reading.plan.number) == ("某市2026年信访工作要点", "某信发〔2026〕3号")


def test_labels_in_lines_of_their_own_belong_to_the_item_above():
    reading = read(
        *lines(
            """2026年为民办实事项目责任分解
            1．新建食堂十家
            责任单位：区甲局
            配合单位：各街道办事处
            完成时限：10月底
            2．改造小区六个
            牵头单位：区乙局
            完成时限：11月底前"""
        )
    )

    assert [(p.requirement, who(p), p.deadline.text) for p in reading.plan.work_points] == [
        ("新建食堂十家", "责:区甲局 配:各街道办事处", "10月底"),
        ("改造小区六个", "牵:区乙局", "11月底前"),
    ]


def test_items_that_run_on_in_one_paragraph_end_with_their_units():
    reading = read(
        *lines(
            "一、公平竞争1.落实清单制度。责任单位：区甲局2.清理政策措施。责任单位：区乙局、丙局（二）别的事。"
        )
    )

    assert told(reading) == [("落实清单制度。", "责:区甲局"), ("清理政策措施。", "责:区乙局、丙局")]


def test_a_list_by_unit_in_prose_takes_the_unit_from_its_heading():
    reading = read(
        *lines(
            """2026年目标任务分解
            一、市甲局
            1.新建学校两所。
            2.培训教师三百名。
            二、市乙局
            1.加固水库一座。"""
        )
    )

    assert [who(p) for p in reading.plan.work_points] == ["责:市甲局", "责:市甲局", "责:市乙局"]


def test_a_plan_under_its_letter_is_read_and_the_letter_is_not():
    reading = read(
        *lines(
            """某市人民政府办公室关于印发2026年某市放管服改革分工方案的通知
            某府办〔2026〕12号
            各县区人民政府：
            请于2026年4月10日前将实施方案报市政府办公室。
            附件：2026年某市放管服改革分工方案
            某市人民政府办公室
            2026年3月20日
            附件
            2026年某市放管服改革分工方案
            一、简政放权
            1.取消证明事项十项。（市甲局牵头，各有关部门配合，6月底前完成）"""
        )
    )

    assert reading.plan.title == "2026年某市放管服改革分工方案"
    assert reading.plan.issued_on.isoformat() == "2026-03-20"
    assert told(reading) == [("取消证明事项十项。", "牵:市甲局 配:各有关部门")]
    assert [duty.deadline.due.isoformat() for duty in reading.plan.duties] == ["2026-04-10"]


# Files that are no plan

NO_PLANS = {
    "contacts": "| 序号 | 姓名 | 工作单位 | 职务 | 联系电话 |\n| 1 | 甲 | 市一局 | 科员 | 123 |",
    "meeting": "| 序号 | 会议内容 | 时间 | 地点 | 参加人员 |\n| 1 | 例会 | 3月 | 会议室 | 各科室负责人 |",
    "purchases": "| 项目名称 | 采购单位 | 预算金额 | 采购方式 |\n| 电脑 | 市一局 | 30 | 公开招标 |",
    "ranking": "| 单位 | 得分 | 排名 |\n| 市一局 | 95 | 1 |\n| 市二局 | 90 | 2 |",
    "duty roster": "| 日期 | 带班领导 | 值班人员 | 值班电话 |\n| 1月1日 | 甲 | 乙 | 123 |",
    "empty form": "| 序号 | 重点任务 | 具体措施 | 责任单位 |\n| 1 | | | |\n| 2 | | | |",
    "statistics": "| 单位名称 | 任务数 | 完成数 | 完成率 |\n| 市一局 | 3 | 2 | 66% |",
}


@pytest.mark.parametrize("drawing", NO_PLANS.values(), ids=NO_PLANS.keys())
def test_other_tables_of_an_office_are_refused(drawing):
    with pytest.raises(NotAPlan):
        read(from_table(drawing))


def test_a_heading_with_nothing_but_labels_below_it_is_the_work_point():
    reading = read(
        *lines(
            """某区2026年重点任务清单
            （一）建成公园两处。
            责任领导：张某
            牵头单位：区甲局
            配合单位：
            完成时限：9月底前
            （二）打通断头路。
            牵头单位：区乙局
            责任人：李某"""
        )
    )

    assert [(p.no, p.requirement, who(p), p.deadline.text) for p in reading.plan.work_points] == [
        ("一", "建成公园两处。", "牵:区甲局", "9月底前"),
        ("二", "打通断头路。", "牵:区乙局", ""),
    ]


def test_lines_broken_at_a_fixed_width_are_joined_again():
    text = """2026年数字政府建设工作要点
        1.推进机房整合，将各部门自建的业务系统全部迁移到市级政务云平
        台，提高资源利用效率。（市甲局牵头，市乙局、市直各部门配合，
        6月底前完成）
        2.归集数据资源，编制目录并按季度更新，凡是能够共享的数据一律通
        过平台共享。（市甲局）
        3.设立老年人专窗，保留现金和纸质办事渠道，提供上门办、代为办的
        便利服务。（市丙局负责）"""

    reading = read_plan(Source("txt", "要点.txt", tuple(lines(text))))

    assert [(p.place, who(p)) for p in reading.plan.work_points] == [
        ("L2", "牵:市甲局 配:市乙局、市直各部门"),
        ("L5", "责:市甲局"),
        ("L7", "责:市丙局"),
    ]


def test_rows_that_number_the_columns_are_left_out(sheet):
    """
    | 序号 | 任务     | 责任单位 | 时限 |
    | 1    | 2        | 3        | 4    |
    | 1    | 修渠十条 | 县水利局 | 6月  |
    """
    assert [point.requirement for point in read(sheet).plan.work_points] == ["修渠十条"]


def test_two_columns_of_units_below_one_head_are_both_read(sheet):
    """
    | 序号 | 任务     | 责任单位 | <      | 完成时限 |
    | ^    | ^        | 县级     | 乡镇   | ^        |
    | 1    | 修渠十条 | 县水利局 | 东河镇 | 6月      |
    """
    assert told(read(sheet)) == [("修渠十条", "责:县水利局、东河镇")]


def test_a_hidden_column_that_is_read_is_named(sheet):
    """
    | 任务     | 责任单位 |
    | 修渠十条 | 县水利局 |
    """
    reading = read(dataclasses.replace(sheet, hidden_columns=frozenset({1})))

    assert places(reading, "hidden-column") == ["Sheet1!B1"]


@pytest.mark.parametrize(
    "text",
    [
        "关于召开会议的通知\n各科室：\n一、时间：3月5日。\n二、地点：会议室。\n办公室\n2026年3月1日",
        "某市2025年工作情况报告\n一、问题\n个别单位重视不够（如市甲局、市乙局）。\n二、打算\n继续抓好落实。",
        "某市绿化条例\n第一条 为了加强管理，制定本条例。\n第二条 市甲局负责全市绿化工作，市乙局按照职责做好工作。",
    ],
    ids=["notice", "report", "regulation"],
)
def test_texts_that_assign_nothing_are_refused(text):
    with pytest.raises(NotAPlan):
        read(*lines(text))


def test_a_lone_text_between_rows_is_a_row_without_units_and_not_a_banner(sheet):
    """
    | 工作任务   | 责任单位 | 完成时限 |
    | 修渠十条   | 县水利局 | 年底     |
    | 修桥两座   |          |          |
    | 建学校一所 | 县教育局 | 8月      |
    """
    reading = read(sheet)

    assert [point.section for point in reading.plan.work_points] == ["", "", ""]
    assert places(reading, "no-unit") == ["Sheet1!A3"]


def test_a_lone_text_at_the_beginning_and_again_is_a_banner(sheet):
    """
    | 工作任务   | 责任单位 | 完成时限 |
    | 水利工作   |          |          |
    | 修渠十条   | 县水利局 | 年底     |
    | 教育工作   |          |          |
    | 建学校一所 | 县教育局 | 8月      |
    """
    assert [point.section for point in read(sheet).plan.work_points] == ["水利工作", "教育工作"]


def test_a_category_written_downwards_is_one_word(sheet):
    """
    | 板块             | 任务     | 责任单位 |
    | 经\\n济\\n发\\n展 | 修渠十条 | 县水利局 |
    | ^                | 修桥两座 | 县交通局 |
    """
    assert [point.section for point in read(sheet).plan.work_points] == ["经济发展", "经济发展"]


def test_numbered_items_of_prose_that_name_nobody_are_told_once():
    reading = read(
        *lines(
            """2026年信访工作要点
            一、重点任务
            1.排查矛盾。（市甲局牵头，市乙局配合）
            2.建立台账，逐件登记，按时归档。
            3.化解积案，逐案销号，定期通报。"""
        )
    )

    assert told(reading) == [("排查矛盾。", "牵:市甲局 配:市乙局")]
    assert places(reading, "items-without-unit") == ["L4"]
    message = next(finding.message for finding in reading.findings if finding.code == "items-without-unit")
    assert "L4“建立台账，逐件登记，按时归档。”、L5“化解积案，逐案销号，定期通报。”" in message


def test_a_pasted_table_with_lead_and_support_columns_takes_one_line_for_each():
    reading = read(
        *lines(
            """2026年重点任务分工
            重点任务
            工作措施
            牵头单位
            配合单位
            完成时限
            一、依法决策
            1、草案一律公开征求意见。
            区甲局
            区乙办、各街道
            长期
            二、规范执法
            2、案卷评查每半年一次。
            区甲局
            各执法单位
            每半年
            3、执法人员轮训一遍。
            8月底前"""
        )
    )

    assert [(p.no, who(p), p.inherited, p.deadline.text) for p in reading.plan.work_points] == [
        ("1", "牵:区甲局 配:区乙办、各街道", False, "长期"),
        ("2", "牵:区甲局 配:各执法单位", False, "每半年"),
        ("3", "牵:区甲局 配:各执法单位", True, "8月底前"),
    ]


def test_the_row_above_a_head_that_returns_is_never_taken_for_its_upper_row(sheet):
    """
    | 工作内容               | 责任分工 | <        | <        |
    | ^                      | 配合单位 | 主办单位 | 承办单位 |
    | 清理办事指南，逐一造册 |          | 市甲局   |          |
    | 工作内容               | 责任分工 | <        | <        |
    | ^                      | 配合单位 | 主办单位 | 承办单位 |
    | 修订应急预案，公布结果 |          |          | 市乙局   |
    """
    assert told(read(sheet)) == [
        ("清理办事指南，逐一造册", "牵:市甲局"),
        ("修订应急预案，公布结果", "责:市乙局"),
    ]


def test_an_office_called_by_what_it_does_fills_a_cell_of_a_pasted_table():
    reading = read(
        *lines(
            """序号
            工作任务
            牵头单位
            配合单位
            1
            沿街店招统一更换。
            建设局
            综合科
            2
            河岸杂草全部割除。
            整治办
            推广站、规划科"""
        )
    )

    assert told(reading) == [
        ("沿街店招统一更换。", "牵:建设局 配:综合科"),
        ("河岸杂草全部割除。", "牵:整治办 配:推广站、规划科"),
    ]


def test_lines_of_units_without_a_head_are_known_in_traditional_script_too():
    reading = read(
        *lines(
            """一、排練
            1.隊伍集訓不少于十日。
            縣文化館牽頭,各鄉鎮人民政府負責
            2.服裝統一添置。
            縣財政局負責"""
        )
    )

    assert told(reading) == [
        ("隊伍集訓不少于十日。", "牵:縣文化館 责:各鄉鎮人民政府"),
        ("服裝統一添置。", "责:縣財政局"),
    ]


def test_a_text_behind_a_label_of_content_is_required_and_the_line_before_it_is_its_heading():
    reading = read(
        *lines(
            """某镇2026年集市管理任务清单
            任务一：摊位划线
            工作内容：主街两侧摊位一律入线经营。
            牵头单位：镇集市办
            完成时限：4月底前
            任务二：夜间照明
            主要任务：更换损坏路灯。
            具体措施：每周巡检一次，随坏随修。
            责任单位：镇规建办"""
        )
    )

    assert [(p.section, p.requirement, who(p), p.place) for p in reading.plan.work_points] == [
        ("任务一：摊位划线", "主街两侧摊位一律入线经营。", "牵:镇集市办", "L3"),
        ("任务二：夜间照明", "更换损坏路灯。 每周巡检一次，随坏随修。", "责:镇规建办", "L7"),
    ]
    assert reading.plan.title == "某镇2026年集市管理任务清单"


def test_a_title_goes_on_in_the_next_line_when_only_the_name_of_the_list_stands_there(sheet):
    """
    | 某县2026年水源地保护专项行动 | <              | <        |
    | 任务分工表                   | <              | <        |
    | 任务                         | 要求           | 责任单位 |
    | 围网                         | 隔离网全线封闭 | 县水利局 |
    """
    assert read(sheet).plan.title == "某县2026年水源地保护专项行动任务分工表"


def test_an_item_between_items_with_lines_of_units_that_has_none_takes_that_of_the_item_before_and_is_told():
    reading = read(
        *lines(
            """一、防蚊灭蝇
            1.公厕每日消杀两遍。
            县环卫中心牵头，各社区负责
            2.餐馆后厨加装纱网。
            3.屠宰点排水沟加盖。
            县商务局负责
            二、防鼠
            4.粮库墙脚投放毒饵。
            5.学校食堂加装挡鼠板。
            县教育局负责"""
        )
    )

    assert [(p.no, who(p), p.inherited) for p in reading.plan.work_points] == [
        ("1", "牵:县环卫中心 责:各社区", False),
        ("2", "牵:县环卫中心 责:各社区", True),
        ("3", "责:县商务局", False),
        ("4", "", False),
        ("5", "责:县教育局", False),
    ]
    assert [(finding.code, finding.place) for finding in reading.findings] == [
        ("no-unit", "L8"),
        ("lent-units", "L4"),
    ]


def test_damage_hides_neither_the_lines_of_units_nor_their_words():
    reading = read(
        *lines(
            """一,、巡查
            1.閘(zhá)門每月啟閉一次,。
            縣水務局牽頭(tóu),,縣電力公司配(pèi)合
            2.堤頂路面坑槽補(bǔ)平,。
            縣公路段負責(zé)"""
        )
    )

    assert told(reading) == [
        ("閘門每月啟閉一次。", "牵:縣水務局 配:縣電力公司"),
        ("堤頂路面坑槽補平。", "责:縣公路段"),
    ]


def test_what_was_handed_over_is_a_task_and_when_it_was_is_none(sheet):
    """
    | 序号 | 类别 | 交办事项           | 责任单位 | 交办日期  | 完成时限 |
    | 1    | 水渠 | 渠首闸门更换止水带 | 县水利站 | 2026年1月 | 6月底    |
    """
    reading = read(sheet)
    assert told(reading) == [("渠首闸门更换止水带", "责:县水利站")]
    assert reading.plan.work_points[0].deadline.text == "6月底"


def test_a_column_of_contents_and_units_holds_items_with_their_brackets(sheet):
    """
    | 重点任务 | 工作内容及责任单位                                           |
    | 夜市     | 1.摊位编号上墙。（区城管局）2.油烟净化器每月清洗。（各街道） |
    | 早市     | 秤具每季度检定。（区市场监管局牵头，区商务局配合）           |
    """
    assert told(read(sheet)) == [
        ("摊位编号上墙。", "责:区城管局"),
        ("油烟净化器每月清洗。", "责:各街道"),
        ("秤具每季度检定。", "牵:区市场监管局 配:区商务局"),
    ]


def test_a_legend_in_the_brackets_of_a_head_is_read_without_the_word_before_them(sheet):
    """
    | 序号 | 任务     | 责任单位（★牵头 √责任） | <      |
    | ^    | ^        | 教育局                    | 公安局 |
    | 1    | 护学岗   | ★                        | √     |
    | 2    | 校车检验 | √                        | ★     |
    """
    assert told(read(sheet)) == [("护学岗", "牵:教育局 责:公安局"), ("校车检验", "牵:公安局 责:教育局")]


def test_columns_kept_apart_by_blanks_are_a_table():
    reading = read(
        *(
            Paragraph(row, f"L{number}")
            for number, row in enumerate(
                (
                    "2026年绿化养护任务分工",
                    "序号    养护任务              责任单位        完成时限",
                    "1       行道树补植四百株      园林一所        3月底",
                    "2       古树名木挂牌保护      园林二所",
                    "3       草坪每月修剪一次      市花圃          全年",
                ),
                1,
            )
        )
    )

    assert [(p.place, p.requirement, who(p), p.deadline.text) for p in reading.plan.work_points] == [
        ("L3", "行道树补植四百株", "责:园林一所", "3月底"),
        ("L4", "古树名木挂牌保护", "责:园林二所", ""),
        ("L5", "草坪每月修剪一次", "责:市花圃", "全年"),
    ]
    assert reading.plan.title == "2026年绿化养护任务分工"


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("民生实事", Field.TASK),
        ("工作方向", Field.SECTION),
        ("行业监管部门", Field.SUPPORT),
        ("技术支撑单位", Field.SUPPORT),
        ("项目业主", Field.RESPONSIBLE),
        ("限办时间", Field.DEADLINE),
        ("阶段安排", Field.DEADLINE),
        ("督查结果", Field.REMARK),
        ("下步打算", Field.REMARK),
        ("反馈时间", Field.REMARK),
        ("反馈问题", Field.TASK),
    ],
)
def test_the_words_of_a_head_say_what_its_column_holds(head, field):
    assert field_of(head) is field


def test_what_stands_below_a_heading_with_its_units_is_required_there():
    reading = read(
        *lines(
            """一、校舍安全（牵头单位：县教育局；配合单位：县住建局）
            屋面渗漏逐校排查，开学前修缮完毕。
            围墙开裂的先行隔离。
            二、食堂卫生（责任单位：县市场监管局）
            1.索证索票上墙。（县教育局）"""
        )
    )

    assert [(p.place, *row) for p, row in zip(reading.plan.work_points, told(reading), strict=True)] == [
        ("L2", "屋面渗漏逐校排查，开学前修缮完毕。 围墙开裂的先行隔离。", "牵:县教育局 配:县住建局"),
        ("L4", "食堂卫生", "责:县市场监管局"),
        ("L5", "索证索票上墙。", "责:县教育局"),
    ]


def test_a_pasted_table_may_begin_with_its_units_and_have_no_numbers():
    reading = read(
        *lines(
            """责任站所
            主要任务
            完成时间
            文化站
            农家书屋图书更新。
            6月底前
            水管站
            泵房钥匙双人保管。
            长期"""
        )
    )

    assert told(reading) == [("农家书屋图书更新。", "责:文化站"), ("泵房钥匙双人保管。", "责:水管站")]


def test_a_short_cell_where_only_a_time_limit_can_stand_is_one_in_a_pasted_table():
    reading = read(
        *lines(
            """序号
            任务
            责任单位
            完成时限
            1
            河堤獾洞回填夯实。
            河道所
            桃花汛前
            2
            水尺刻度重新描红。
            水文站
            按月"""
        )
    )

    assert told(reading) == [("河堤獾洞回填夯实。", "责:河道所"), ("水尺刻度重新描红。", "责:水文站")]
    assert [p.deadline.text for p in reading.plan.work_points] == ["桃花汛前", "按月"]


def test_rows_where_people_sign_are_no_work_points(sheet):
    """
    | 工作任务         | 责任单位 | 期限 |
    | 清洗供水池       | 后勤科   | 5月  |
    | 校长（签字）：   |          | 分管副校长（签字）： |
    |                  | 2026年2月　日 |  |
    """
    assert told(read(sheet)) == [("清洗供水池", "责:后勤科")]


def test_a_bare_number_below_a_head_of_months_is_a_month(sheet):
    """
    | 某县2026年实事清单 | < | < |
    | 项目内容     | 责任单位 | 完成月份 |
    | 硬化村道五条 | 公路局   | 9        |
    | 增设站牌     | 公交公司 | 10月     |
    """
    points = read(sheet).plan.work_points
    assert [str(each.deadline.due) for each in points] == ["2026-09-30", "2026-10-31"]


@pytest.mark.parametrize("over", ["时间安排", "1月"])
def test_the_last_ticked_month_is_the_time_limit(over):
    upper = f"| {over} | < | < | < |" if over == "时间安排" else "| 1月 | 2月 | 3月 | 4月 |"
    lower = "| ^ | ^ | ^ | 1月 | 2月 | 3月 | 4月 |" if over == "时间安排" else ""
    grid = from_table(f"""
    | 某镇2026年工作计划 | < | < | < | < | < | < |
    | 序号 | 工作事项 | 责任单位 {upper}
    {lower}
    | 1 | 核对户籍底册 | 派出所 | √ | √ | | |
    | 2 | 补种行道树 | 城管办 | | | √ | < |
    | 3 | 张贴公告 | 党政办 | | | | |
    """)
    points = read(grid).plan.work_points
    assert [str(each.deadline.due) for each in points] == ["2026-02-28", "2026-04-30", "None"]


def test_texts_below_quarters_are_targets_and_no_time_limits(sheet):
    """
    | 某区2026年任务清单 | < | < | < | < |
    | 任务 | 责任单位 | 进度安排 | <      | <      |
    | ^    | ^        | 一季度   | 二季度 | 三季度 |
    | 整治占道，8月底前完成 | 城管局 | 摸底 | 清理一半 | 收尾 |
    """
    (point,) = read(sheet).plan.work_points
    assert str(point.deadline.due) == "2026-08-31"


def test_a_category_below_a_banner_is_its_task(sheet):
    """
    | 板块 | 年度任务     | 责任单位 |
    | 一、畅通工程 | < | <          |
    | 桥梁 | 加固老桥三座 | 公路局   |
    """
    (point,) = read(sheet).plan.work_points
    assert (point.section, point.task) == ("一、畅通工程", "桥梁")


def test_tables_side_by_side_are_read_one_after_the_other(sheet):
    """
    | 某园区2026年任务安排 | < | < | < | < | < | < |
    | 序号 | 任务     | 责任部门 |  | 序号 | 任务     | 责任部门 |
    | 1    | 检修路灯 | 设施科   |  | 3    | 清洗外墙 | 物业科   |
    | 2    | 更换井盖 | 市政科   |  |      |          |          |
    """
    points = read(sheet).plan.work_points
    assert [(each.requirement, who(each), each.place) for each in points] == [
        ("检修路灯", "责:设施科", "Sheet1!B3"),
        ("更换井盖", "责:市政科", "Sheet1!B4"),
        ("清洗外墙", "责:物业科", "Sheet1!F3"),
    ]


def test_a_sheet_without_a_head_goes_on_with_the_table_of_the_sheet_before():
    first = from_table(
        """
    | 序号 | 任务     | 责任单位 |
    | 1    | 编印手册 | 县司法局 |
    """,
        name="表1",
    )
    second = from_table("| 2 | 巡回宣讲 | 县妇联 |", name="表2")
    phones = from_table("| 张平 | 8812345 | 三楼 |", name="表3")
    assert told(read(first, second, phones)) == [("编印手册", "责:县司法局"), ("巡回宣讲", "责:县妇联")]


def test_a_matrix_with_its_units_down_the_side_is_read_by_column(sheet):
    """
    | 某县2026年任务分解表 | < | < |
    | 注：★为牵头单位，☆为配合单位。 | < | < |
    | 单位     | 修建调蓄池两座 | 公布排水户名录 |
    | 水利局   | ★              |                |
    | 住建局   | ☆              | ★              |
    | 完成时限 | 6月底          | 10月15日       |
    """
    points = read(sheet).plan.work_points
    assert [(each.requirement, who(each), str(each.deadline.due)) for each in points] == [
        ("修建调蓄池两座", "牵:水利局 配:住建局", "2026-06-30"),
        ("公布排水户名录", "牵:住建局", "2026-10-15"),
    ]


def test_circled_numbers_in_a_unit_cell_part_its_names(sheet):
    """
    | 任务     | 责任单位           |
    | 抢修水渠 | ①农艺科②东岭工作站 |
    """
    assert told(read(sheet)) == [("抢修水渠", "责:农艺科、东岭工作站")]
