"""A limit that is said once for several tasks: in the heading above them, or for the rest in a note below."""

from __future__ import annotations

import pytest

from tracker.grid import Paragraph, Source, from_table
from tracker.reading.plan import read_plan


def dues(*blocks):
    """When each task is due, of paragraphs and tables as they stand."""
    parts = []
    for n, block in enumerate(blocks, 1):
        parts.append(
            Paragraph(block, f"L{n}")
            if isinstance(block, str)
            else from_table("\n".join(block), name=f"T{n}")
        )
    plan = read_plan(Source("docx", "方案.docx", tuple(parts))).plan
    return [str(point.deadline.due or "") for point in plan.work_points]


HEAD = "| 序号 | 任务 | 责任单位 |"


@pytest.mark.parametrize(
    "heading", ["第一批（七一前办结）", "第一阶段：摸排（6月30日前）", "一、6月底前完成的事项"]
)
def test_the_heading_over_a_table_says_when_its_tasks_are_due(heading):
    later = "第二批（11月底前）" if "第一" in heading else "二、11月底前完成的事项"

    assert dues(
        "2026年河道整治任务分工",
        heading,
        (HEAD, "| 1 | 疏浚村口河道 | 镇水利站 |", "| 2 | 修补水渠裂缝 | 镇建设办 |"),
        later,
        (HEAD, "| 1 | 加固堤坝 | 镇水利站 |", "| 2 | 清理淤泥 | 镇建设办 |"),
    ) == ["2026-06-30", "2026-06-30", "2026-11-30", "2026-11-30"]


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ("（一）1—3月", "（二）4—6月", ["2026-03-31", "2026-06-30"]),
        ("一、上半年重点工作", "二、下半年重点工作", ["2026-06-30", "2026-12-31"]),
        ("（一）动员阶段（3月上旬）", "（二）整治阶段（3月中旬至8月）", ["2026-03-10", "2026-08-31"]),
        ("一、一季度", "二、二季度任务", ["2026-03-31", "2026-06-30"]),
    ],
)
def test_a_heading_that_names_a_part_of_the_year_lends_its_end_without_a_word(first, second, days):
    texts = (
        "2026年河道整治任务分工",
        first,
        "1.摸排河道。（镇水利站）",
        second,
        "2.疏浚河道。（镇水利站、镇建设办）",
    )
    plan_reading = read_plan(
        Source("txt", "方案.txt", tuple(Paragraph(text, f"L{n}") for n, text in enumerate(texts)))
    )

    assert [str(point.deadline.due) for point in plan_reading.plan.work_points] == days
    assert not plan_reading.findings


def test_a_year_in_a_heading_is_no_limit():
    assert dues(
        "2026年河道整治任务分工",
        "第一批（2026年）",
        (HEAD, "| 1 | 疏浚村口河道 | 镇水利站 |", "| 2 | 修补水渠裂缝 | 镇建设办 |"),
    ) == ["", ""]


LIMITS = (
    "| 序号 | 任务 | 责任单位 | 完成时限 |",
    "| 1 | 疏浚村口河道 | 镇水利站 | 9月底 |",
    "| 2 | 修补水渠裂缝 | 镇建设办 | |",
)


@pytest.mark.parametrize(
    ("note", "due"),
    [
        ("注：未注明时限的，均为10月底前完成。", "2026-10-31"),
        ("注：1.时限栏空白的，一律于2026年10月底前办结。", "2026-10-31"),
        ("注：除已注明的外，各项任务10月底前完成。", "2026-10-31"),
        ("注：本表所列任务，完成时限均为2026年10月31日，不再逐项注明。", "2026-10-31"),
        ("除另有注明外，办结期限一律为10月末。", "2026-10-31"),
        ("上述各项任务，10月底前全部办结。", "2026-10-31"),
        ("注：以上任务均于每月25日前报送进展。", ""),
        ("注：各项任务完成情况于10月25日前交镇督查办。", ""),
        ("注：未注明时限的由责任单位自行安排。", ""),
    ],
)
def test_a_note_below_gives_the_tasks_without_a_limit_theirs(note, due):
    assert dues("2026年河道整治任务分工", LIMITS, note) == ["2026-09-30", due]


def test_what_a_task_says_itself_counts_before_its_heading_and_the_note():
    assert dues(
        "2026年河道整治任务分工",
        "第一批（7月底前办结）",
        (HEAD, "| 1 | 5月底前疏浚村口河道 | 镇水利站 |", "| 2 | 修补水渠裂缝 | 镇建设办 |"),
        "注：未注明时限的，均为10月底前完成。",
    ) == ["2026-05-31", "2026-07-31"]


@pytest.mark.parametrize(
    ("notes", "due", "codes"),
    [
        (("以下各项任务均须于10月底前完成。",), "2026-10-31", []),
        (("下列任务统一于10月底前办结",), "2026-10-31", []),
        (("以下任务均于6月底前完成。", "以上任务均于10月底前完成。"), "", ["unplaced-limit"] * 2),
    ],
)
def test_a_sentence_before_the_items_gives_all_their_limit_and_two_that_differ_are_told(notes, due, codes):
    items = ("1.疏浚村口河道。（镇水利站）", "2.修补水渠裂缝。（镇建设办）")
    lines = ["2026年河道整治任务分工", notes[0], *items, *notes[1:]]
    plan_reading = read_plan(
        Source("txt", "方案.txt", tuple(Paragraph(line, f"L{n}") for n, line in enumerate(lines)))
    )

    assert [
        point.deadline.due.isoformat() if point.deadline.due else ""
        for point in plan_reading.plan.work_points
    ] == [due] * 2
    assert [finding.code for finding in plan_reading.findings] == codes
    assert not plan_reading.plan.duties


def test_a_stage_from_month_to_month_ends_with_the_last():
    assert dues(
        "2026年河道整治任务分工",
        (
            HEAD,
            "| 第一阶段：摸排（3月底前） | < | < |",
            "| 1 | 摸排河道 | 镇水利站 |",
            "| 第二阶段：施工（4月—9月） | < | < |",
            "| 2 | 疏浚河道 | 镇水利站 |",
        ),
    ) == ["2026-03-31", "2026-09-30"]


@pytest.mark.parametrize(
    ("sheet", "title", "due"),
    [
        ("6月底前完成", "2026年河道整治任务", "2026-06-30"),
        ("任务", "2026年河道整治任务（6月底前完成）", "2026-06-30"),
        ("6月", "2026年河道整治任务", ""),
    ],
)
def test_the_name_of_the_sheet_or_plan_may_say_by_when(sheet: str, title: str, due: str):
    grid = from_table(
        f"| {title} | < | < |\n{HEAD}\n| 1 | 摸排河道 | 镇水利站 |\n| 2 | 疏浚河道 | 镇建设办 |", name=sheet
    )
    plan = read_plan(Source("xlsx", "方案.xlsx", (grid,))).plan

    assert {str(point.deadline.due or "") for point in plan.work_points} == {due}


def test_what_the_bracket_of_an_item_says_goes_before_the_limit_of_its_stage():
    assert dues(
        "2026年河道整治任务分工",
        "第一阶段：摸排（3月底前）",
        "1.疏浚村口河道。（镇水利站牵头，镇建设办配合，5月20日前完成）",
        "2.修补水渠裂缝。（镇建设办负责）",
    ) == ["2026-05-20", "2026-03-31"]


@pytest.mark.parametrize(
    ("before", "due"),
    [("一、上半年工作情况", ""), ("一、上半年重点任务", "2026-12-31"), ("一、队伍建设", "")],
)
def test_a_heading_that_is_a_period_is_a_limit_only_in_a_calendar_of_such_headings(before: str, due: str):
    item = "2.修补水渠裂缝。（镇建设办负责）" if due else "接待来访群众八百批，同比下降一成。"

    assert (
        dues("2026年河道整治任务分工", before, item, "二、下半年任务", "3.清理淤泥。（镇水利站负责）")[-1]
        == due
    )
