"""Rows below a table that are no tasks."""

from tests.support.drawn_plans import allotments, read


def test_who_signs_below_the_table_and_when_is_no_task(sheet):
    """
    | 序号 | 工作内容               | 责任单位 |
    | 1    | 修缮祠堂屋面           | 镇文化站 |
    | 2    | 整理民歌曲谱           | 镇文化站 |
    |      | 柳塘镇人民政府办公室   |          |
    |      | 2026年3月2日           |          |
    """
    reading = read(sheet)

    assert allotments(reading) == [("修缮祠堂屋面", "责:镇文化站"), ("整理民歌曲谱", "责:镇文化站")]
    assert not reading.findings


def test_a_task_without_unit_at_the_end_stays_a_task(sheet):
    """
    | 序号 | 工作内容               | 责任单位 |
    | 1    | 修缮祠堂屋面           | 镇文化站 |
    | 2    | 整理民歌曲谱           | 镇文化站 |
    |      | 办好元宵灯会           |          |
    """
    assert [each.code for each in read(sheet).findings] == ["no-unit"]


def test_an_item_of_a_cell_may_begin_with_a_date(sheet):
    """
    | 序号 | 工作内容 | 责任单位 |
    | 1 | 1.修缮屋面。（镇文化站负责）2.6月底前整理曲谱。（镇文化站、镇中学负责）3.2026年起办灯会。（镇建设办负责） | |
    | 2 | 疏浚河道 | 镇水利站 |
    """
    assert allotments(read(sheet)) == [
        ("修缮屋面。", "责:镇文化站"),
        ("6月底前整理曲谱。", "责:镇文化站、镇中学"),
        ("2026年起办灯会。", "责:镇建设办"),
        ("疏浚河道", "责:镇水利站"),
    ]


def test_words_for_the_cell_above_name_no_unit(sheet):
    """
    | 序号 | 工作内容     | 责任单位   |
    | 1    | 修订档案目录 | 市档案局   |
    | 2    | 开展跟班培训 | 沿用上栏   |
    | 3    | 抽查库房温度 | 同上一项   |
    | 4    | 更换防火门   | 与上栏相同 |
    | 5    | 补录目录     | 接上行     |
    """
    points = read(sheet).plan.work_points

    assert [point.responsibility.assignments[0].unit for point in points] == ["市档案局"] * 5
    assert [point.inherited for point in points] == [False, True, True, True, True]


def test_a_note_in_brackets_above_the_head_holds_for_every_row(sheet):
    """
    | （注：责任单位中，排在第一位的为牵头单位，其余为配合单位） | <            | <                |
    | 序号                                                   | 工作内容     | 责任单位         |
    | 1                                                      | 增设专用泊位 | 区甲局、区乙大队 |
    """
    assert allotments(read(sheet)) == [("增设专用泊位", "牵:区甲局 配:区乙大队")]


def test_the_numbers_of_a_time_cell_belong_to_no_day(sheet):
    r"""
    | 2026年祠堂修缮计划 | < | < | < |
    | 序号 | 工作内容               | 责任单位 | 完成时限               |
    | 1    | 1.揭瓦。\n2.换梁。     | 镇文化站 | 1.6月底前\n2.9月底前   |
    """
    limit = read(sheet).plan.work_points[0].deadline

    assert [str(part.due) for part in limit.milestones] == ["2026-06-30", "2026-09-30"]
    assert str(limit.due) == "2026-09-30"


def test_a_text_across_a_row_is_no_name_and_no_limit(sheet):
    """
    | 2026年祠堂修缮计划 | < | < | < |
    | 序号 | 工作内容     | 责任单位 | 完成时限 |
    | 1    | 修缮祠堂屋面 | 镇文化站 | 6月底前  |
    | ①指东祠。②含下属单位。③遇雨顺延至9月底前。 | < | < | < |
    """
    reading = read(sheet)

    assert allotments(reading)[1:] == [("①指东祠。②含下属单位。③遇雨顺延至9月底前。", "")]
    assert [(finding.code, finding.place) for finding in reading.findings] == [("no-unit", "Sheet1!A4")]


def test_who_leads_in_a_bracket_stands_beside_those_who_support_in_a_column(sheet):
    """
    | 序号 | 工作内容                       | 配合单位 |
    | 1    | 修缮祠堂屋面（镇文化站牵头）   | 镇财政所 |
    | 2    | 整理民歌曲谱（收录三十首）     | 镇文化站 |
    """
    assert allotments(read(sheet)) == [
        ("修缮祠堂屋面", "牵:镇文化站 配:镇财政所"),
        ("整理民歌曲谱（收录三十首）", "配:镇文化站"),
    ]


def test_who_drew_the_table_up_and_when_is_no_task(sheet):
    """
    | 序号 | 工作内容               | 责任单位       | 完成时限     |
    | 1    | 修缮祠堂屋面           | 镇文化站       | 6月底前      |
    | 制表单位：镇党政办 |  <      | 制表人：王某某 | 2026年3月2日 |
    """
    assert allotments(read(sheet)) == [("修缮祠堂屋面", "责:镇文化站")]


def test_tables_side_by_side_may_have_other_heads_where_an_empty_column_parts_them(sheet):
    """
    | 任务           | 责任单位 | 时限    |  | 事项         | 承办单位 | 完成时间 |
    | 疏浚河道五公里 | 市水利局 | 6月底前 |  | 清理岸坡垃圾 | 市城管局 | 9月底前  |
    | 编制预案一套   | 市应急局 | 年底    |  | 拆除违建三处 | 市住建局 | 10月底前 |
    """
    assert allotments(read(sheet)) == [
        ("疏浚河道五公里", "责:市水利局"),
        ("编制预案一套", "责:市应急局"),
        ("清理岸坡垃圾", "责:市城管局"),
        ("拆除违建三处", "责:市住建局"),
    ]


def test_an_empty_column_before_those_who_help_parts_no_tables(sheet):
    """
    | 任务           | 牵头单位 |  | 参与单位 | 完成时间 | 完成标志 |
    | 疏浚河道五公里 | 市水利局 |  | 市城管局 | 9月底前  | 台账齐全 |
    | 编制预案一套   | 市应急局 |  | 市住建局 | 10月底前 | 通过验收 |
    """
    assert allotments(read(sheet)) == [
        ("疏浚河道五公里", "牵:市水利局 配:市城管局"),
        ("编制预案一套", "牵:市应急局 配:市住建局"),
    ]


def test_a_head_that_returns_means_what_it_meant_however_few_rows_are_below_it(sheet):
    """
    | 存在问题 | 任务             | 责任单位 |
    |          | 新打机井六眼。   | 县一局   |
    | 缺少资金 | 铺石渣路四公里。 | 县二局   |
    |          | 换灯八十盏。     | 县三局   |
    | 二、其他 | <                | <        |
    | 存在问题 | 任务             | 责任单位 |
    | 缺少资金 | 清运渣土。       | 县一局   |
    | 缺少人手 | 植树一千株。     | 县二局   |
    """
    assert [point.requirement for point in read(sheet).plan.work_points][-2:] == [
        "清运渣土。",
        "植树一千株。",
    ]


def test_a_task_that_reaches_over_the_column_of_measures_is_no_heading_of_itself(sheet):
    """
    | 序号 | 重点工作           | 具体措施           | 责任单位 |
    | 1    | 祠堂               | 修缮屋面八间。     | 镇文化站 |
    | 2    | 整理民歌曲谱三册。 | <                  | 镇文化站 |
    """
    assert [(point.task, point.requirement) for point in read(sheet).plan.work_points] == [
        ("祠堂", "修缮屋面八间。"),
        ("", "整理民歌曲谱三册。"),
    ]


def test_units_that_reach_over_lead_and_support_only_answer(sheet):
    """
    | 序号 | 工作内容         | 牵头单位           | 配合单位 |
    | 1    | 修缮祠堂屋面。   | 镇文化站           | 镇中学   |
    | 2    | 整理民歌曲谱。   | 镇文化站、镇水利站 | <        |
    """
    assert [allotment for _, allotment in allotments(read(sheet))] == [
        "牵:镇文化站 配:镇中学",
        "责:镇文化站、镇水利站",
    ]


def test_a_limit_in_the_bracket_of_a_head_is_that_of_all_rows_without_another(sheet):
    """
    | 序号 | 工作任务（10月底前完成） | 责任单位 | 进展情况（截至6月底） |
    | 1    | 疏浚河道五公里           | 市水利局 | 已开工                |
    | 二、年底前完成的任务 | <        | <        | <                     |
    | 2    | 编制预案一套             | 市应急局 | 未开工                |
    """
    assert [point.deadline.text for point in read(sheet).plan.work_points] == ["10月底前完成", "年底前"]


def test_a_row_that_counts_the_columns_is_no_task(sheet):
    """
    | 序号 | 工作任务       | 责任单位 | 完成时限 |
    | 甲   | 乙             | 1        | 2        |
    | (1)  | (2)            | (3)      | (4)      |
    | 1    | 疏浚河道五公里 | 市水利局 | 6月底前  |
    """
    assert allotments(read(sheet)) == [("疏浚河道五公里", "责:市水利局")]


def test_an_example_above_the_rows_is_no_task(sheet):
    """
    | 序号 | 工作任务           | 责任单位 | 完成时限 |
    | 例   | 新建公园一座。     | 市城管局 | 8月底前  |
    | 1    | 疏浚河道五公里。   | 市水利局 | 6月底前  |
    """
    assert allotments(read(sheet)) == [("疏浚河道五公里。", "责:市水利局")]


def test_leaders_bodies_and_persons_below_one_head_are_those_who_answer(sheet):
    """
    | 序号 | 工作内容       | 牵头领导、责任单位及责任人               | 完成时限 |
    | 1    | 疏浚河道五公里 | 牵头领导：王大山 责任单位：市水利局 责任人：李小河 | 6月底前  |
    | 2    | 编制预案一套   | 牵头领导：陈立 责任单位：市应急局 责任人：张春生   | 年底     |
    """
    assert [who for _, who in allotments(read(sheet))] == ["责:市水利局", "责:市应急局"]


def test_a_task_force_answers_and_is_no_task(sheet):
    """
    | 序号 | 任务           | 牵头部门 | 责任部门 | 工作专班     |
    | 1    | 疏浚河道五公里 | 市水利局 | 市财政局 | 河道治理专班 |
    | 2    | 编制预案一套   | 市应急局 | 市住建局 | 应急预案专班 |
    """
    assert [requirement for requirement, _ in allotments(read(sheet))] == ["疏浚河道五公里", "编制预案一套"]
