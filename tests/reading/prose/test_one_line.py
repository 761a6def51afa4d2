"""A plan whose line breaks were lost: title, headings and items in one line, or in one paragraph of soft breaks."""

import datetime as dt

import pytest

from tests.support.drawn_plans import allotments, lines, read
from tracker.grid import Paragraph

PIECES = [
    "桐城县2031年护林防火工作分工方案",
    "一、管住火源",
    "1.进山路口设卡。（县林业局牵头，县公安局配合）",
    "2.坟头立禁火牌，3月底前立完。（责任单位：各乡镇人民政府）",
    "二、备足器材",
    "1.添置风力灭火机四十台。（县应急局）",
]


@pytest.mark.parametrize("break_", ["", "\n", " "])
def test_title_headings_and_items_are_told_apart_in_one_paragraph(break_):
    reading = read(Paragraph(break_.join(PIECES), "P1"), kind="docx")

    assert reading.plan.title == PIECES[0]
    assert allotments(reading) == [
        ("进山路口设卡。", "牵:县林业局 配:县公安局"),
        ("坟头立禁火牌，3月底前立完。", "责:各乡镇人民政府"),
        ("添置风力灭火机四十台。", "责:县应急局"),
    ]
    assert [point.section for point in reading.plan.work_points] == ["一、管住火源"] * 2 + ["二、备足器材"]
    assert reading.plan.work_points[1].deadline.due == dt.date(2031, 3, 31)
    assert len({point.place for point in reading.plan.work_points}) == 3


def test_the_day_of_the_last_item_is_no_day_of_issue():
    text = "\n".join([*PIECES[:-1], "1.添置灭火机。（县应急局；2031年6月30日前）"])

    assert read(*lines(text)).plan.issued_on is None
    assert read(Paragraph(text, "P1"), kind="docx").plan.issued_on is None


@pytest.mark.parametrize("limit", ["10月底前", "每半年", "二季度"])
def test_names_and_times_behind_the_units_of_a_line_are_said_of_its_item(limit):
    reading = read(
        *lines(
            "桐城县2031年水利工作分工\n"
            f"（1）修渠三条。责任单位：县水利局（牵头）；县财政局。{limit}\n"
            "（2）清淤两处。责任单位：县水利局（牵头）；县农业局、县林业局\n"
            "（3）植树十亩。责任单位：县林业局（牵头）；各乡镇。5月20日"
        )
    )

    assert [allotment for _, allotment in allotments(reading)] == [
        "牵:县水利局 责:县财政局",
        "牵:县水利局 责:县农业局、县林业局",
        "牵:县林业局 责:各乡镇",
    ]
    assert [point.deadline.text for point in reading.plan.work_points] == [limit, "", "5月20日"]


def test_a_time_behind_the_bracket_of_units_is_said_of_its_item_before_any_heading():
    reading = read(
        *lines(
            "桐城县2031年供水任务清单\n"
            "1.更换水表五千只。【营业公司】8月31日\n"
            "2.检测水质。【检测中心】每半年\n"
            "3.整治接水。【稽查队】\n"
            "4.抢修爆管。【抢修中心】（长期执行）"
        )
    )

    assert [point.deadline.text for point in reading.plan.work_points] == ["8月31日", "每半年", "", "长期"]


@pytest.mark.parametrize("day", ["2031-06-30", "2031.6.30", "2031年6月30日"])
def test_a_date_in_figures_behind_the_labels_of_a_line_is_the_limit(day):
    reading = read(
        *lines(
            "桐城农商行2031年重点工作清单\n"
            f"1. 上线新系统 / 主责部门：科技部 / 协办部门：信贷部 / {day}\n"
            "2. 修订规程 / 主责部门：合规部 / 每季度\n"
            "3. 突击检查 / 主责部门：审计部 / 适时"
        )
    )

    assert [point.requirement for point in reading.plan.work_points] == ["上线新系统", "修订规程", "突击检查"]
    assert reading.plan.work_points[0].deadline.due == dt.date(2031, 6, 30)
    assert reading.plan.work_points[1].deadline.period == "quarterly"
