"""Plans that are half text and half table."""

from tests.support.drawn_plans import allotments, lines, read
from tracker.grid import Grid, Notation, Paragraph, from_table

TEXT = """
浔溪县2026年数字档案工作要点
一、收
1.接收撤并单位档案六千卷。（县档案馆）
2.印章实物移交入库。（县机关事务中心牵头，县档案馆配合）
二、项目
为此安排以下两个项目：
"""
TABLE = """
| 项目     | 内容                 | 责任单位 | 时限   |
| 扫描加工 | 老档案扫描四十万页。 | 县档案馆 | 9月底  |
| 恒湿库   | 库房装恒湿机十二台。 | 县财政局 | 6月底  |
"""


def table(drawing: str = TABLE) -> Grid:
    return from_table(drawing, name="T1", notation=Notation.TABLE)


def test_items_with_brackets_and_a_table_behind_them_are_one_plan():
    plan_reading = read(*lines(TEXT), table(), kind="docx")

    assert allotments(plan_reading) == [
        ("接收撤并单位档案六千卷。", "责:县档案馆"),
        ("印章实物移交入库。", "牵:县机关事务中心 配:县档案馆"),
        ("老档案扫描四十万页。", "责:县档案馆"),
        ("库房装恒湿机十二台。", "责:县财政局"),
    ]
    assert [point.section for point in plan_reading.plan.work_points] == [
        "一、收",
        "一、收",
        "二、项目",
        "二、项目",
    ]


def test_a_table_in_an_annex_is_no_half_of_the_text():
    plan_reading = read(*lines(TEXT + "附件"), table(), kind="docx")

    assert len(plan_reading.plan.work_points) == 2


def test_a_table_that_repeats_the_text_is_read_alone():
    again = TABLE.replace("老档案扫描四十万页。", "接收撤并单位档案六千卷。")
    plan_reading = read(*lines(TEXT), table(again), kind="docx")

    assert len(plan_reading.plan.work_points) == 2


def test_items_of_the_text_that_no_table_repeats_are_told_and_are_no_duties():
    again = TABLE.replace("老档案扫描四十万页。", "接收撤并单位档案六千卷。")
    one = TEXT.replace("（县档案馆）", "请于3月底前完成。").replace("配合）", "配合，6月底前完成）")

    for text, grid, places in (
        (TEXT, table(again), ["L4"]),
        (TEXT + "附件", table(), ["L3", "L4"]),
        (one, table(), ["L3", "L4"]),
    ):
        plan_reading = read(*lines(text), grid, kind="docx")
        assert [finding.place for finding in plan_reading.findings if finding.code == "unread"] == places[
            :1
        ], text
        assert sum(entry.count for entry in plan_reading.account.unread) == len(places)
        assert not [duty for duty in plan_reading.plan.duties if duty.place in places]


def test_a_text_that_a_table_only_frames_is_read_as_text():
    framed = Grid(
        "T1",
        (
            (
                "一、修渠\n①清淤三公里——县水利局\n②渠岸铺砖——县住建局牵头，县水利局配合\n二、植树\n③补植垂柳——沿线各村",
            ),
        ),
        notation=Notation.TABLE,
    )
    plan_reading = read(Paragraph("浔溪县2026年水利任务", "P1"), framed, kind="docx")

    assert allotments(plan_reading) == [
        ("清淤三公里", "责:县水利局"),
        ("渠岸铺砖", "牵:县住建局 配:县水利局"),
        ("补植垂柳", "责:沿线各村"),
    ]
    assert [point.place for point in plan_reading.plan.work_points] == ["T1R1C1#2", "T1R1C1#3", "T1R1C1#5"]
    assert plan_reading.plan.year == 2026


def test_tasks_of_a_table_beside_a_longer_text_are_told_and_no_list_of_units():
    text = """
    浔溪县2026年数字档案工作要点
    1.接收撤并单位档案六千卷。（县档案馆）
    2.印章实物移交入库。（县机关事务中心）
    3.编制全宗目录。（县档案馆）
    4.培训档案员三批。（县委党校）
    5.修订借阅规程。（县档案馆）
    附件1：装备清单
    """

    plan_reading = read(*lines(text), table(), kind="docx")

    assert len(plan_reading.plan.work_points) == 5
    assert [(finding.code, finding.place) for finding in plan_reading.findings] == [
        ("table-not-read", "T1R1C1")
    ]
