"""Text files: encodings told by the bytes, lines counted as a person counts them, tables of values."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from tracker.formats.readers import texts
from tracker.formats.readers.texts import read_text
from tracker.grid import Notation

PROSE = "一、总体要求\n\n1.加强值守,确保安全。\n2.加强宣传,营造氛围。（市委宣传部,市教育局负责）\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_prose_is_read_line_by_line_in_every_encoding(encoding: str, ending: str) -> None:
    text = PROSE if encoding != "utf-16-le" else "Plan 2026, first draft\n\n1. abc (unit)\n2. 甲乙\n"
    source = read_text(text.replace("\n", ending).encode(encoding), "方案.txt")

    assert source.kind == "txt"
    assert [each.text for each in source.paragraphs] == text.split("\n")[:-1]
    assert [each.place for each in source.paragraphs] == ["L1", "L2", "L3", "L4"]


def test_a_broken_byte_spoils_one_character_and_not_the_file() -> None:
    data = bytearray((PROSE * 10).encode())
    data[4] = 0xFF

    text = texts.decode(bytes(data))

    assert text is not None
    assert 1 <= text.count("\ufffd") <= 3
    assert text.endswith("市教育局负责）\n")


def test_a_broken_byte_in_gb18030_does_not_turn_it_into_noise() -> None:
    data = bytearray((PROSE * 10).encode("gb18030"))
    data[-2] = 0xFF

    text = texts.decode(bytes(data))

    assert text is not None
    assert text.startswith("一、总体要求")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_separated_values_are_a_grid_with_bare_addresses(encoding: str) -> None:
    text = '序号,任务,责任单位\n1,"加强\n值守",市应急局\n2,,市教育局\n'
    source = read_text(text.encode(encoding), "方案.csv")

    (grid,) = source.grids
    assert source.kind == "csv"
    assert grid.notation is Notation.BARE
    assert grid.rows == (
        ("序号", "任务", "责任单位"),
        ("1", "加强\n值守", "市应急局"),
        ("2", None, "市教育局"),
    )
    assert grid.place(1, 2) == "R2C3"


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_the_separator_is_the_one_that_makes_a_table(separator: str) -> None:
    text = separator.join("abc") + "\n" + separator.join("123") + "\n" + separator.join("456")

    assert read_text(text.encode(), "x.csv").grids[0].rows == (
        ("a", "b", "c"),
        ("1", "2", "3"),
        ("4", "5", "6"),
    )


def test_a_title_row_without_commas_does_not_stop_a_csv_from_being_one() -> None:
    text = "某县2026年任务分解表\n序号,任务,单位\n1,甲,乙\n2,丙,丁\n3,戊,己\n"
    (grid,) = read_text(text.encode(), "方案.csv").grids

    assert grid.rows[0] == ("某县2026年任务分解表", None, None)
    assert grid.height == 5


def test_prose_with_commas_is_no_table_whatever_its_ending() -> None:
    assert read_text(PROSE.encode(), "方案.csv").kind == "txt"


def test_text_that_is_a_table_is_one_even_when_it_is_called_txt() -> None:
    assert read_text(b"a\tb\tc\n1\t2\t3\n4\t5\t6\n", "x.txt").kind == "csv"


def test_markdown_gives_its_tables_as_grids_and_its_headings_by_level() -> None:
    text = "# 工作要点\n\n| 任务 | 单位 |\n|---|:--|\n| 甲<br>乙 | 市教育局 |\n| a\\|b |\n\n完\n"
    source = read_text(text.encode(), "方案.txt")

    assert source.kind == "md"
    assert source.grids[0].rows == (("任务", "单位"), ("甲\n乙", "市教育局"), ("a|b", None))
    assert source.grids[0].place(1, 1) == "T1R2C2"
    assert [(each.text, each.place, each.style) for each in source.paragraphs if each.text] == [
        ("工作要点", "L1", "heading 1"),
        ("完", "L8", ""),
    ]


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1))
def test_valid_utf8_is_read_as_it_is(text: str) -> None:
    assert texts.decode(text.encode()) == text.removeprefix("\ufeff")


def test_values_that_a_web_system_quoted_as_formulas_are_plain() -> None:
    grid = read_text('="编号",="事项"\n="01",="甲,乙"\n="02",="丙"\n'.encode(), "表.csv").grids[0]

    assert grid.rows == (("编号", "事项"), ("01", "甲,乙"), ("02", "丙"))


def test_a_mark_of_utf8_before_other_bytes_does_not_decide() -> None:
    data = b"\xef\xbb\xbf" + "编号,事项\n1,清理河道淤泥\n2,修补堤岸\n".encode("gb18030")

    assert read_text(data, "表.csv").grids[0].text(1, 1) == "清理河道淤泥"
