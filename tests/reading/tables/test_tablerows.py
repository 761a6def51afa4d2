"""Rows below a table that are no tasks."""

from tests.support.drawn_plans import read, told


def test_who_signs_below_the_table_and_when_is_no_task(sheet):
    """
    | 序号 | 工作内容               | 责任单位 |
    | 1    | 修缮祠堂屋面           | 镇文化站 |
    | 2    | 整理民歌曲谱           | 镇文化站 |
    |      | 柳塘镇人民政府办公室   |          |
    |      | 2026年3月2日           |          |
    """
    reading = read(sheet)

    assert told(reading) == [("修缮祠堂屋面", "责:镇文化站"), ("整理民歌曲谱", "责:镇文化站")]
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
    assert told(read(sheet)) == [
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
    assert told(read(sheet)) == [("增设专用泊位", "牵:区甲局 配:区乙大队")]
