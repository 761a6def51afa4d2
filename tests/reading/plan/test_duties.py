"""What a letter or a report asks for by a time becomes duties; what it only tells does not."""

from __future__ import annotations

import datetime as dt

import pytest

from tracker.grid import Paragraph, Source
from tracker.model import DeadlineKind
from tracker.reading.plan import read_plan
from tracker.reading.plan.letter import read_duties


def paragraphs(text):
    return [Paragraph(line, f"L{number}") for number, line in enumerate(text.splitlines(), start=1)]


def test_a_letter_asks_its_addressees_for_dated_things():
    letter = paragraphs(
        "各镇人民政府，区直各单位：\n"
        "为落实市府办〔2018〕7号文件，经区政府同意，现将工作要点印发给你们。\n"
        "一、抓紧部署。各单位要制定本单位方案，并于发文之日起20个工作日内报送备案。\n"
        "二、及时总结。全年情况请于2018年12月10日前书面报区政府办公室，区政府办公室将适时督查。"
    )

    duties = read_duties(letter, issued_on=dt.date(2018, 6, 29), year=2018)

    assert [(duty.place, duty.addressee, duty.deadline.due) for duty in duties] == [
        ("L3", "各单位", dt.date(2018, 7, 27)),
        ("L4", "各镇人民政府，区直各单位", dt.date(2018, 12, 10)),
    ]
    assert duties[1].what.startswith("全年情况请于")


def test_one_sentence_with_two_limits_is_two_duties():
    text = paragraphs("各镇要在5月底前完成摸底,11月底前提交总结和典型材料。")

    assert [(duty.what, duty.deadline.due.month) for duty in read_duties(text, year=2021)] == [
        ("各镇要在5月底前完成摸底", 5),
        ("11月底前提交总结和典型材料。", 11),
    ]


@pytest.mark.parametrize(
    "told",
    [
        "3月2日,记者从市政府获悉,新一轮方案要求公开全部清单。",
        "截至2020年底前，全市已完成改造一百处，要继续巩固。",
        "蓝皮书从2005年开始每年发布一次。",
        "2019年2月,市政府印发意见,对公开工作作出部署。",
        "各单位要及时报送信息，适时开展督查。",
        "各单位要持续加强培训。",
    ],
)
def test_what_is_told_or_vague_is_no_duty(told):
    assert read_duties(paragraphs(told), year=2021) == ()


def seed(shared, number):
    [path] = (shared / "seeds").glob(f"{number:03d}_*.txt")
    return paragraphs(path.read_text(encoding="utf-8"))


def limits(duties):
    return [
        (duty.deadline.due, duty.deadline.workday_due)
        if duty.deadline.due
        else duty.deadline.offset or duty.deadline.period
        for duty in duties
    ]


def test_the_letter_of_the_real_plan_asks_for_a_plan_and_a_report(shared):
    letter = seed(shared, 2)[:28]

    duties = read_duties(letter, issued_on=dt.date(2018, 6, 29), year=2018)

    assert limits(duties) == [
        (dt.date(2018, 7, 29), dt.date(2018, 7, 30)),
        (dt.date(2018, 12, 31), dt.date(2018, 12, 29)),
    ]
    assert {duty.addressee for duty in duties} == {"各地、各有关单位"}


def test_the_dated_duties_of_the_other_real_texts_come_out(shared):
    assert limits(read_duties(seed(shared, 0), year=2018)) == [
        (dt.date(2018, 8, 31), dt.date(2018, 8, 31)),
        (dt.date(2018, 9, 30), dt.date(2018, 9, 30)),
        (dt.date(2018, 12, 31), dt.date(2018, 12, 29)),
    ]
    assert limits(read_duties(seed(shared, 1), year=2022)) == [
        (dt.date(2022, 12, 31), dt.date(2022, 12, 30)),
        *("yearly", "15WD", "1WD", "3WD", "PT24H", "PT48H", "yearly"),
    ]
    assert limits(read_duties(seed(shared, 3), year=2017)) == []
    assert limits(read_duties(seed(shared, 4), year=2017)) == [
        (dt.date(2017, 12, 31), dt.date(2017, 12, 29)),
        *("yearly", "quarterly"),
    ]


def test_a_duty_keeps_its_kind():
    text = paragraphs("各单位应于每月5日前报送上月情况。")

    assert [duty.deadline.kind for duty in read_duties(text, year=2021)] == [DeadlineKind.RECURRING]


def test_the_items_of_a_text_with_soft_breaks_are_no_duties_of_its_letter():
    lines = (
        "江州市2026年工作要点分工方案",
        "各单位要于3月底前报送实施方案。",
        "一、决策公开",
        "（一）编制目录并公布。（市司法局牵头，市财政局负责，4月底前完成）",
        "（二）征求意见不少于30日。（市财政局牵头，市司法局负责，6月底前完成）",
    )
    source = Source("docx", "方案.docx", (Paragraph("\n".join(lines), "P1"),))

    plan = read_plan(source).plan

    assert [point.requirement for point in plan.work_points] == ["编制目录并公布。", "征求意见不少于30日。"]
    assert [duty.deadline.due for duty in plan.duties] == [dt.date(2026, 3, 31)]


LETTER = (
    "江州市人民政府办公室关于印发2026年信访工作要点的通知",
    "江政办发〔2026〕11号",
    "各县（市、区）人民政府，市政府各部门：",
    "《2026年信访工作要点》已经市政府同意，现印发给你们。请各县（市、区）、市直各部门于2026年12月10日前将落实情况报送市信访局。",
    "江州市人民政府办公室",
    "2026年3月10日",
)
ITEMS = (
    "2026年信访工作要点",
    "一、压实责任",
    "1.健全联席会议机制，每季度召开一次会议。（市信访局牵头，市公安局配合）",
    "2.修订信访事项办理规程。（市信访局、市司法局分别负责，9月底前印发）",
)


@pytest.mark.parametrize("between", [(), ("附件",), ("附件：2026年信访工作要点",)])
@pytest.mark.parametrize("cut", [False, True])
def test_what_a_letter_over_a_text_asks_of_units_by_a_day_is_a_duty_and_no_item(between, cut):
    letter = "\n".join(LETTER)
    text = letter.replace("现印发给你们。", "现印发给你们。\n") if cut else letter
    blocks = (*text.split("\n"), *between, *ITEMS)
    source = Source("docx", "要点.docx", tuple(Paragraph(line, f"P{n}") for n, line in enumerate(blocks, 1)))

    plan = read_plan(source).plan

    assert [point.no for point in plan.work_points] == ["1", "2"]
    assert [duty.deadline.due for duty in plan.duties] == [dt.date(2026, 12, 10)]
    assert plan.issued_on == dt.date(2026, 3, 10)


def test_items_with_numbers_before_a_day_alone_are_no_letter():
    lines = ("各县（市、区）：", *ITEMS[2:], "2026年3月10日", "3.培训信访干部。（市信访局负责，11月底前）")
    source = Source("docx", "要点.docx", tuple(Paragraph(line, f"P{n}") for n, line in enumerate(lines, 1)))

    assert [point.no for point in read_plan(source).plan.work_points] == ["1", "2", "3"]
