"""Banners that name who answers."""

import pytest

from tests.support.drawn_plans import allotments, read, who
from tracker.grid import from_table


@pytest.mark.parametrize(
    "banner",
    ["一、发展规划局（牵头两项）", "牵头单位：发展规划局", "一、发展规划局牵头事项（2项）", "发展规划局"],
)
def test_where_the_columns_name_only_supporters_the_banner_leads(banner):
    grid = from_table(f"""
    | 序号     | 改革任务     | 参加单位 | 时限 |
    | {banner} | <            | <        | <    |
    | 1        | 精简审批表单 | 财政局   | 6月  |
    | 2        | 公开收费目录 |          | 7月  |
    """)

    assert allotments(read(grid)) == [
        ("精简审批表单", "牵:发展规划局 配:财政局"),
        ("公开收费目录", "牵:发展规划局"),
    ]


def test_a_banner_leads_beside_responsible_units_only_when_it_says_so(sheet):
    """
    | 任务                     | 责任单位 |
    | 一、农业农村局牵头的任务 | <        |
    | 甲事要办                 | 水利局   |
    | 二、统计局               | <        |
    | 乙事要办                 | 科技局   |
    """
    assert [units for _, units in allotments(read(sheet))] == ["牵:农业农村局 责:水利局", "责:科技局"]


def test_a_row_with_a_lead_of_its_own_is_led_by_nobody_else(sheet):
    """
    | 任务             | 参加单位         |
    | 一、农业农村局   | <                |
    | 甲事要办         | 水利局牵头，林业局参加 |
    | 乙事要办         | 林业局           |
    """
    assert [units for _, units in allotments(read(sheet))] == [
        "牵:水利局 配:林业局",
        "牵:农业农村局 配:林业局",
    ]


def test_a_banner_that_names_nobody_ends_the_rows_of_the_unit_before(sheet):
    """
    | 序号         | 改革任务 | 时限 |
    | 一、县教育局 | <        | <    |
    | 1            | 甲事要办 | 6月  |
    | 二、县民政局 | <        | <    |
    | 2            | 乙事要办 | 6月  |
    | 三、县水利局 | <        | <    |
    | 3            | 丙事要办 | 6月  |
    | 四、其他事项 | <        | <    |
    | 4            | 丁事要办 | 6月  |
    """
    assert [units for _, units in allotments(read(sheet))] == [
        "责:县教育局",
        "责:县民政局",
        "责:县水利局",
        "",
    ]


def test_banners_that_are_topics_answer_for_nothing_even_where_one_looks_like_a_name(sheet):
    """
    | 序号         | 任务                     | 时限 |
    | 一、社区     | <                        | <    |
    | 1            | 甲事要办（县民政局负责） | 6月  |
    | 二、绿化美化 | <                        | <    |
    | 2            | 乙事要办（县林业局负责） | 6月  |
    """
    assert [units for _, units in allotments(read(sheet))] == ["责:县民政局", "责:县林业局"]


def test_the_unit_above_the_table_answers_below_every_topic(sheet):
    """
    | 责任单位：县水利局 | <        | <    |
    | 序号               | 任务     | 时限 |
    | 河道               | <        | <    |
    | 1                  | 甲事要办 | 6月  |
    | 水库               | <        | <    |
    | 2                  | 乙事要办 | 6月  |
    """
    assert [units for _, units in allotments(read(sheet))] == ["责:县水利局", "责:县水利局"]


def test_the_bracket_of_a_banner_answers_for_its_rows_where_no_column_does(sheet):
    """
    | 某镇2026年护林安排                                   | <            | <        |
    | 序号                                                 | 工作任务     | 完成时限 |
    | 一、防火（牵头单位：镇林业站；配合单位：镇应急办）   | <            | <        |
    | 1                                                    | 清理隔离带。 | 3月底前  |
    | 2                                                    | 巡山登记。   |          |
    | 二、育苗（镇林场牵头，完成时限：年底前）             | <            | <        |
    | 3                                                    | 育苗十万株。 |          |
    | 三、验收                                             | <            | <        |
    | 4                                                    | 逐村核对面积。（镇统计站） |  |
    """
    reading = read(sheet)

    assert allotments(reading) == [
        ("清理隔离带。", "牵:镇林业站 配:镇应急办"),
        ("巡山登记。", "牵:镇林业站 配:镇应急办"),
        ("育苗十万株。", "牵:镇林场"),
        ("逐村核对面积。", "责:镇统计站"),
    ]
    points = reading.plan.work_points
    assert [point.section for point in points] == ["一、防火", "一、防火", "二、育苗", "三、验收"]
    assert [point.deadline.text for point in points] == ["3月底前", "", "年底前", ""]


def test_the_bracket_of_a_banner_leads_beside_a_column_of_those_who_are_responsible(sheet):
    """
    | 工作任务                                     | 责任单位 |
    | 一、防火（牵头单位：镇林业站；配合单位：镇应急办） | <  |
    | 清理隔离带。                                 | 各村     |
    """
    assert allotments(read(sheet)) == [("清理隔离带。", "牵:镇林业站 责:各村")]


def test_a_numbered_banner_may_stand_in_any_column_even_one_of_remarks(sheet):
    """
    | 完成情况       | 工作任务     | 完成时限 |
    | 一、镇林业站   | <            | <        |
    | 已启动         | 清理隔离带。 | 3月底前  |
    | 二、镇农技站   |              |          |
    | 未启动         | 育苗十万株。 | 年底前   |
    """
    assert allotments(read(sheet)) == [("清理隔离带。", "责:镇林业站"), ("育苗十万株。", "责:镇农技站")]


def test_a_name_across_the_table_right_below_the_head_is_a_banner_and_no_part_of_the_head(sheet):
    """
    | 序号     |   | 主要任务 | 具体要求     | 县级领导 |
    | 镇林业站 | < | <        | <            | <        |
    | 1        |   | 防火     | 清理隔离带。 | 陈立     |
    | 镇农技站 | < | <        | <            | <        |
    | 2        |   | 绿化     | 育苗十万株。 | 陈立     |
    """
    reading = read(sheet)

    assert allotments(reading) == [("清理隔离带。", "责:镇林业站"), ("育苗十万株。", "责:镇农技站")]
    assert [point.no for point in reading.plan.work_points] == ["1", "2"]


def test_a_short_row_below_a_banner_that_names_somebody_is_a_row_of_its_table(sheet):
    """
    | 工作内容                         | 牵头部门 | 进展情况 |
    | 一、道路                         | <        | <        |
    | 修补路面三公里，更换破损井盖。   | 建设局   | 已签合同，六月进场施工。 |
    | 二、绿化                         | <        | <        |
    | 整治步道一批                     | 水利局   | 已完成   |
    | 三、河道                         | <        | <        |
    | 护坡三十六处，岸线补植柳树。     | 交通局   | 施工图已审完，正在招标。 |
    | 四、电力                         | <        | <        |
    | 更换老旧线路四公里，排查隐患。   | 发改局   | 投资到位六成，主体完工。 |
    """
    reading = read(sheet)

    assert [who(point) for point in reading.plan.work_points] == [
        "牵:建设局",
        "牵:水利局",
        "牵:交通局",
        "牵:发改局",
    ]
