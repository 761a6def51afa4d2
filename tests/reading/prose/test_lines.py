"""Lines that were broken at a fixed width, and the signs of lists."""

import datetime as dt

from tests.support.drawn_plans import allotments, lines, read, who
from tracker.grid import Paragraph, Source
from tracker.reading.plan import read_plan

WRAPPED = """
　　1．把西渠的旧闸换成铸铁闸，闸房翻
新，六月底前通水。（牵头单位：县西渠灌

区管理所；配合单位：县水利局、县财政局
、西渠供水公司）
　　2．渠边栽柳三百株，由沿线的村自己
管护，当年成活九成以上。（责任单位：县
林业局、沿线各村）
　　3．给量水堰装上浮子，值守人每天记
两次水位，按旬报数。（责任单位：县水文站）
"""


def test_a_name_goes_on_over_the_end_of_a_line_and_an_empty_one():
    rows = ["松岗县2026年修渠安排", *WRAPPED.strip("\n").split("\n")]
    plan_reading = read(*(Paragraph(row, f"L{number}") for number, row in enumerate(rows, 1)), kind="txt")

    assert [who(point) for point in plan_reading.plan.work_points] == [
        "牵:县西渠灌区管理所 配:县水利局、县财政局、西渠供水公司",
        "责:县林业局、沿线各村",
        "责:县水文站",
    ]


def test_markdown_lists_with_units_as_items_of_their_own():
    plan_reading = read(
        *lines("""
        # 松岗县2026年护林要点
        ## 一、巡护
        1. **设卡登记**。进山路口登记火种[^1]。
           - *牵头单位*：县林业局
           - *配合单位*：县公安局、各乡镇
        2. **补齐器材**。风力灭火机补四十台。
           - **责任单位**：县应急局
        [^1]: 三月至五月。
        """),
        kind="md",
    )

    assert allotments(plan_reading) == [
        ("设卡登记。进山路口登记火种。", "牵:县林业局 配:县公安局、各乡镇"),
        ("补齐器材。风力灭火机补四十台。", "责:县应急局"),
    ]


def test_a_paragraph_broken_by_shift_enter_is_read_line_by_line():
    text = "某市2026年工作分工方案\n一、水利\n（一）修水渠。（市甲局；4月底前）\n（二）清河道。（市乙局）\n二、林业\n（一）种果树。（市丙局）"
    reading = read_plan(Source("docx", "方案.docx", (Paragraph(text, "P1"),)))

    points = reading.plan.work_points
    assert reading.plan.title == "某市2026年工作分工方案"
    assert [(point.section, point.requirement, point.place) for point in points] == [
        ("一、水利", "修水渠。", "P1#3"),
        ("一、水利", "清河道。", "P1#4"),
        ("二、林业", "种果树。", "P1#6"),
    ]
    assert points[0].deadline.due == dt.date(2026, 4, 30)
    assert not reading.account.unread


def test_the_day_and_the_unit_of_the_last_item_are_no_signature():
    reading = read(
        *lines(
            """
            某市2026年工作分工方案
            一、修水渠。（市甲局负责）
            二、公布招生计划。（市教育局牵头，市民政局负责；2026年6月30日前完成）
            """
        )
    )

    assert (reading.plan.issuer, reading.plan.issued_on) == ("", None)
