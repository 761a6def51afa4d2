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
