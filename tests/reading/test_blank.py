"""Where a blank table stands: its head, its rows, its foot."""

from __future__ import annotations

from tracker.reading.blank import find_blanks


def test_a_title_and_a_line_of_particulars_stand_above_the_head(sheet):
    """
    | 年终统计表 | <          | <        |
    | 填报单位： |            | 2018年   |
    | 序号       | 重点任务   | 责任单位 |
    |            |            |          |
    """
    found = next(find_blanks(sheet), None)

    assert (found.top, found.bottom, found.empty, found.given_rows) == (2, 2, (3,), ())


def test_a_head_of_two_rows_is_known_by_its_merges(sheet):
    """
    | 序号 | 重点任务 | 责任分工 | <        |
    | ^    | ^        | 牵头单位 | 配合单位 |
    | 1    | 公开预算 |          |          |
    """
    found = next(find_blanks(sheet), None)

    assert found.labels == {0: "序号", 1: "重点任务", 2: "责任分工·牵头单位", 3: "责任分工·配合单位"}
    assert found.given_rows == (2,)


def test_a_row_of_values_under_a_wide_head_is_no_head(sheet):
    """
    | 重点任务 | 落实情况 | <        |
    | 公开预算 |          |          |
    """
    found = next(find_blanks(sheet), None)

    assert (found.bottom, found.given_rows) == (0, (1,))


def test_numbers_printed_before_make_an_empty_row_and_names_a_given_one(sheet):
    """
    | 序号 | 重点任务 | 责任单位 |
    | 1    |          |          |
    | 二   |          |          |
    | 3    | 公开预算 |          |
    """
    found = next(find_blanks(sheet), None)

    assert (found.empty, found.given_rows) == ((1, 2), (3,))


def test_column_numbers_an_example_and_a_banner_are_no_rows(sheet):
    """
    | 序号           | 重点任务 | 责任单位 |
    | 1              | 2        | 3        |
    | 例             | 植树     | 市林业局 |
    | 一、信息公开   | <        | <        |
    | 1              | 公开预算 |          |
    """
    found = next(find_blanks(sheet), None)

    assert (found.empty, found.given_rows) == ((), (4,))


def test_a_total_a_note_or_a_signature_ends_the_table(sheet):
    """
    | 单位     | 任务数 |
    | 市财政局 |        |
    | 合计     |        |
    | 市教育局 |        |
    """
    found = next(find_blanks(sheet), None)

    assert (found.given_rows, found.foot) == ((1,), 2)


def test_a_hidden_row_is_never_written_to(sheet):
    """
    | 重点任务 | 责任单位 |
    | 公开预算 |          |
    | 公开决算 |          |
    """
    from dataclasses import replace

    found = next(find_blanks(replace(sheet, hidden_rows=frozenset({1}))), None)

    assert found.given_rows == (2,)


def test_a_sheet_whose_words_nobody_knows_is_no_table_until_a_person_says_so(sheet):
    """
    | 事儿 | 谁干 |
    | 植树 |      |
    """
    assert next(find_blanks(sheet), None) is None
    assert next(find_blanks(sheet, frozenset({"事儿", "谁干"})), None).given_rows == (1,)
