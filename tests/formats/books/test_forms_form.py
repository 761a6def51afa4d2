"""A form that came back is understood whatever happened to it, and refused by name where it cannot be."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest

from tests.support.odd_texts import AWKWARD
from tracker.formats.books.answers import IDENTITY_SHEET, DayLimits
from tracker.formats.books.returns import read_form, tokens_in
from tracker.grid import ErrorValue, Grid, Notation, Paragraph, Source, from_table


def source(*blocks, name="市教育局.xlsx"):
    return Source("xlsx", name, blocks)


def cell(label, value, formulas=None):
    """A form of one row with one answer."""
    rows = (("事项编号", "具体要求", label), ("P1-001", "印发目录", value))
    return source(Grid("填报表", rows, formulas=formulas or {}))


def codes(reading):
    return [each.code for each in reading.findings if each.code != "missing-column"]


def test_the_embedded_token_comes_before_the_printed_one(sheet):
    """
    | 表号：F2-0000 |
    """
    hidden = from_table("| token | F1-AAAA |", name=IDENTITY_SHEET)

    assert tokens_in(source(sheet, hidden)) == ("F1-AAAA", "F2-0000")


def test_a_token_typed_in_full_width_or_standing_in_a_paragraph_is_found():
    assert tokens_in(source(Paragraph("填报单位：市教育局　表号：Ｆ12－87Ｄ8", "P1"))) == ("F12-87D8",)


def test_what_looks_like_a_token_in_an_answer_is_no_token(sheet):
    """
    | 表号：F1-AAAA | | |
    | 事项编号 | 自报状态 | 进展情况 |
    | P1-001 | 已完成 | 完成F2-2020号楼改造 |
    | P1-002 | 已完成 | F2-2020 |
    """
    assert tokens_in(source(sheet)) == ("F1-AAAA",)


def test_a_token_that_stands_alone_in_its_cell_counts_where_there_is_no_other(sheet):
    """
    | 表号 | F1-AAAA |
    """
    assert tokens_in(source(sheet)) == ("F1-AAAA",)


def test_two_tokens_in_one_file_are_named(sheet):
    """
    | 表号：F1-AAAA | 表号：F2-BBBB | |
    | 事项编号 | 自报状态 | 进展情况 |
    | P1-001 | 已完成 | 做完了 |
    """
    assert tokens_in(source(sheet)) == ("F1-AAAA", "F2-BBBB")


def test_columns_are_found_by_their_label_and_rows_by_their_id(sheet):
    """
    | 意外 | 进展  情况 | 事项编号 | 具体要求 | 自报状态 |
    |      | 做完了     | P1-002   | 二       | 已完成   |
    |      |            |          |          |          |
    |      | 做一半     | Ｐ1-001  | 一       | 正在推进 |
    """
    reading = read_form(source(sheet))

    assert {wp: cells["progress"].text for wp, cells in reading.rows.items()} == {
        "P1-002": "做完了",
        "P1-001": "做一半",
    }
    assert reading.rows["P1-001"]["progress"].place == "Sheet1!B4"
    assert reading.requirements["P1-001"] == "一"


def test_a_row_with_a_number_of_the_form_is_no_foot_whatever_is_written_in_it(sheet):
    """
    | 事项编号 | 具体要求 | 进展情况     | 存在问题及下一步打算 | 完成情况 |
    | P1-001   | 一       | 填报人：张三 | 审核人：李四         | 已完成   |
    |          |          | 填报人：王五 | 审核人：赵六         |          |
    """
    reading = read_form(source(sheet), {"P1-001": "一"})

    assert reading.rows["P1-001"]["progress"].text == "填报人：张三"
    assert reading.signatures == {"填报人": "王五", "审核人": "赵六"}


def test_shuffled_rows_and_columns_read_the_same_500_times():
    labels = ["事项编号", "具体要求", "自报状态", "进展情况", "完成日期"]
    rows = [[f"P1-{n:03}", f"要求{n}", "正在推进", f"做到第{n}步", f"2026-03-{n:02}"] for n in range(1, 9)]
    expected = answers(read_form(source(Grid("填报表", (tuple(labels), *map(tuple, rows))))))
    random_ = random.Random(4)
    for _ in range(500):
        order = random_.sample(range(5), 5)
        table = [labels, *random_.sample(rows, len(rows))]
        shuffled = tuple(tuple(line[each] for each in order) for line in table)
        assert answers(read_form(source(Grid("表", shuffled)))) == expected


def answers(reading):
    return {
        (wp, name): said.text
        for wp, cells in sorted(reading.rows.items())
        for name, said in sorted(cells.items())
    }


def test_a_column_that_nobody_knows_is_listed_when_something_stands_in_it(sheet):
    """
    | 事项编号 | 具体要求 | 进展情况 | 经办科室 | 空栏 |
    | P1-001 | 一 | 做完了 | 办公室 | |
    """
    found = [each for each in read_form(source(sheet)).findings if each.code == "unknown-column"]

    assert [str(each) for each in found] == [
        "Sheet1!D1：表里多出一栏“经办科室”，没有采用；原件已留存，需要的内容请填到已有栏目。[unknown-column]"
    ]


def test_a_row_without_id_is_found_by_its_requirement_or_listed(sheet):
    """
    | 事项编号 | 具体要求 | 自报状态 | 进展情况 |
    |          | 印发 目录 | 已完成  | 印发了   |
    |          | 自己加的 | 已完成   | 又做了   |
    """
    reading = read_form(source(sheet), {"P1-001": "印发目录", "P1-002": "开会", "P1-003": "开会"})

    assert reading.rows["P1-001"]["progress"].text == "印发了"
    assert codes(reading) == ["row-found-by-text", "row-without-id"]


def test_an_id_that_was_not_handed_out_and_an_id_that_stands_twice_are_named(sheet):
    """
    | 事项编号 | 具体要求 | 自报状态 | 进展情况 |
    | P1-001 | 一 | 已完成 | 甲 |
    | P1-001 | 一 | 已完成 | 乙 |
    | P1-009 | 九 | 已完成 | 丙 |
    """
    reading = read_form(source(sheet), {"P1-001": "一"})

    assert codes(reading) == ["row-twice", "unknown-id"]
    assert list(reading.refusals) == [("P1-001", "progress")]


def test_a_merged_answer_speaks_only_for_its_first_row(sheet):
    """
    | 事项编号 | 具体要求 | 自报状态 | 进展情况 |
    | P1-001 | 一 | 已完成 | 两项一起做了 |
    | P1-002 | 二 | 已完成 | ^ |
    """
    reading = read_form(source(sheet))

    assert list(reading.refusals) == [("P1-002", "progress")]
    assert "progress" not in {name for point_id, name in reading.refusals if point_id == "P1-001"}
    assert codes(reading) == ["merged-answer"]


def test_the_row_of_signatures_is_read_and_is_no_answer(sheet):
    """
    | 事项编号 | 具体要求 | 自报状态 | 进展情况 |
    | P1-001 | 一 | 已完成 | 做了 |
    |  | 填报人：李雷 | 审核人：韩梅 | 日期： |
    """
    reading = read_form(source(sheet))

    assert reading.signatures == {"填报人": "李雷", "审核人": "韩梅"}
    assert codes(reading) == []


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts_are_taken_as_they_are(text):
    reading = read_form(cell("进展情况", text))

    assert (reading.rows["P1-001"]["progress"].text, codes(reading)) == (text, [])


@pytest.mark.parametrize(
    "value", [7, 7.0, 4.40305199001011e17, dt.date(2026, 3, 4), True, dt.time(3, 4)], ids=str
)
def test_what_excel_made_of_a_text_is_refused_at_its_cell(value):
    reading = read_form(cell("进展情况", value))

    assert ("P1-001", "progress") in reading.refusals
    assert [(each.code, each.place) for each in reading.findings if each.code != "missing-column"] == [
        ("spoiled-number", "填报表!C2")
    ]


def test_an_error_cell_is_not_an_empty_one():
    assert codes(read_form(cell("进展情况", ErrorValue("#N/A")))) == ["error-cell"]
    assert codes(read_form(cell("自报状态", ErrorValue("#REF!")))) == ["error-cell"]


def test_a_formula_without_a_value_is_refused_and_one_with_a_value_is_taken():
    assert codes(read_form(cell("进展情况", None, {(1, 2): False}))) == ["formula-without-value"]
    assert read_form(cell("进展情况", "三件", {(1, 2): True})).rows["P1-001"]["progress"].text == "三件"


@pytest.mark.parametrize("word", ["基本完成", "差不多了", "√", "yes", 1])
def test_a_word_pasted_over_the_choices_is_refused(word):
    assert codes(read_form(cell("自报状态", word))) == ["bad-choice"]


def test_a_choice_with_blanks_around_it_is_the_choice():
    assert read_form(cell("自报状态", " 已完成　")).rows["P1-001"]["status"].text == "已完成"


@pytest.mark.parametrize(
    "value",
    [dt.date(2026, 6, 3), dt.datetime(2026, 6, 3), "2026年6月3日", "2026-6-3", "2026/06/03", "2026.6.3"],
)
def test_a_date_is_taken_however_it_is_written(value):
    assert read_form(cell("完成日期", value)).rows["P1-001"]["done_on"].text == "2026-06-03"


@pytest.mark.parametrize("value", ["6月底", "2026年6月", "2026-02-30", "6.3", 3.2, dt.date(1905, 3, 1)])
def test_what_is_no_certain_day_is_refused(value):
    assert codes(read_form(cell("完成日期", value))) == ["bad-date"]


@pytest.mark.parametrize(
    ("label", "value", "text"),
    [
        ("自报状态", "完成", "已完成"),
        ("自报状态", "推进中", "正在推进"),
        ("完成日期", "26.6.3", "2026-06-03"),
        ("完成日期", 46176, "2026-06-03"),
    ],
)
def test_what_is_clear_is_taken_and_told(label, value, text):
    reading = read_form(cell(label, value))

    assert next(answer.text for answer in reading.rows["P1-001"].values()) == text
    assert (codes(reading), reading.refusals) == (["read-as"], {})


@pytest.mark.parametrize(
    ("value", "is_taken"), [("6.3", True), ("2026-06-04", True), ("2026-06-05", False), ("2025-12-31", False)]
)
def test_a_day_lies_between_the_plans_year_and_the_day_of_the_return(value, is_taken):
    limits = DayLimits(dt.date(2026, 1, 1), dt.date(2026, 6, 4))
    reading = read_form(cell("完成日期", value), days=limits)

    assert (reading.refusals == {}) == is_taken


@pytest.mark.parametrize(
    "text", ["#N/A ", "########", "1.10101E+17", '=DISPIMG("ID_A1",1)', "_xlfn.DISPIMG(1)"]
)
def test_what_only_looks_like_a_text_is_told_and_not_taken(text):
    reading = read_form(cell("进展情况", text))

    assert list(reading.refusals) == [("P1-001", "progress")]
    assert len(codes(reading)) == 1


def test_what_is_struck_through_is_left_out_and_told():
    part = replace(cell("进展情况", "旧话。新话。").grids[0], struck={(1, 2): "新话。"})
    whole = replace(part, struck={(1, 2): ""})

    assert read_form(source(part)).rows["P1-001"]["progress"].text == "新话。"
    assert codes(read_form(source(part))) == ["struck-answer"]
    assert list(read_form(source(whole)).refusals) == [("P1-001", "progress")]


def test_an_answer_that_stands_only_in_a_comment_is_told_and_counts_as_not_taken():
    grid = replace(cell("进展情况", None).grids[0], comments={(1, 2): "已完成，公布1份"})

    reading = read_form(source(grid))

    assert (codes(reading), list(reading.refusals)) == (["comment-beside"], [("P1-001", "progress")])


@pytest.mark.parametrize("label", ["*自报状态（必填）", "2、自报状态", "自报状态 (单选题)"])
def test_a_head_as_a_form_on_the_web_writes_it_is_the_column(label):
    grid = cell("自报状态", "已完成").grids[0]
    grid = replace(
        grid, rows=tuple(tuple(label if text == "自报状态" else text for text in row) for row in grid.rows)
    )

    assert read_form(source(grid)).rows["P1-001"]["status"].text == "已完成"


def test_a_summary_that_is_too_long_is_kept_and_said():
    reading = read_form(cell("摘要（入报告）", "字" * 121))

    assert (len(reading.rows["P1-001"]["summary"].text), codes(reading)) == (121, ["too-long"])


def test_a_form_copied_to_word_is_read_from_its_table():
    table = from_table(
        """
        | 具体要求 | 自报状态 | 进展情况 |
        | 印发目录 | 已完成   | 印发了   |
        """,
        name="T1",
        notation=Notation.TABLE,
    )
    text = source(Paragraph("表号：F12-87D8", "P2"), table)
    reading = read_form(text, {"P1-001": "印发目录"})

    assert tokens_in(text) == ("F12-87D8",)
    assert reading.rows["P1-001"]["progress"].place == "T1R2C3"


def test_a_file_without_the_head_of_a_form_is_no_form(sheet):
    """
    | 姓名 | 电话 |
    | 甲   | 1    |
    """
    assert not read_form(source(sheet)).is_form


@pytest.mark.parametrize(
    ("written", "read"),
    [("是", "是"), (" √", "是"), ("✓", "是"), ("y", "是"), (True, "是"), ("否", ""), ("×", ""), (None, "")],
)
def test_a_tick_is_read_in_the_ways_that_people_tick(written, read):
    reading = read_form(cell("入报告", written))

    assert reading.rows["P1-001"]["in_report"].text == read
    assert codes(reading) == []


def test_a_tick_that_says_something_else_is_refused_at_its_cell():
    assert codes(read_form(cell("入报告", "看情况"))) == ["bad-choice"]


def test_a_summary_is_too_long_by_the_limit_that_the_office_set():
    assert codes(read_form(cell("摘要（入报告）", "字" * 81), summary_limit=80)) == ["too-long"]
    assert not codes(read_form(cell("摘要（入报告）", "字" * 121), summary_limit=200))


def test_a_form_of_an_earlier_version_is_read_by_its_own_heads(sheet):
    """
    | 事项编号 | 牵头单位 | 自报状态 | 进展情况 | 摘要（入报告） | 还可写 | 存在问题及下一步 | 佐证材料 | 完成日期 | 入报告 |
    | P1-001 | 市司法局 | 已完成 | 做完了 | 一句话 | 117 | 无 | 网址 | 2026-06-30 | 是 |
    """
    reading = read_form(source(sheet))

    assert {name: cell.text for name, cell in reading.rows["P1-001"].items()} == {
        "status": "已完成",
        "progress": "做完了",
        "summary": "一句话",
        "problem": "无",
        "evidence": "网址",
        "done_on": "2026-06-30",
        "in_report": "是",
    }
    assert reading.findings == ()


def test_no_column_of_ticks_is_missed_and_a_ticked_one_is_read(sheet):
    """
    | 事项编号 | 完成情况 | 进展情况 | 存在问题及下一步打算 | 完成日期 | 备注（网址、文号） | 本期无变化 |
    | P1-001 |  |  |  |  |  | √ |
    """
    reading = read_form(source(sheet))

    assert (reading.rows["P1-001"]["unchanged"].text, reading.findings) == ("是", ())
