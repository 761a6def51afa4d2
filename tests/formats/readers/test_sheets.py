"""Workbooks: values where they stand, merges, what is hidden, and errors that are not emptiness."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.support import hostile
from tracker.files.guard import opening
from tracker.grid import ErrorValue, Grid, Merge, Source


def written(fill: Any) -> bytes:
    """A workbook that XlsxWriter writes; `fill(book)` says what is in it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        fill(book)
    return out.getvalue()


def one_sheet(fill: Any) -> Grid:
    def on_sheet(book: Any) -> None:
        fill(book.add_worksheet("分工表"), book)

    return opening.read_bytes(written(on_sheet), "方案.xlsx").grids[0]


def test_row_one_stays_row_one_when_the_first_rows_and_columns_are_empty() -> None:
    grid = one_sheet(lambda sheet, book: sheet.write_string("C4", "甲"))

    assert grid.place(3, 2) == "分工表!C4"
    assert grid.text(3, 2) == "甲"
    assert (grid.height, grid.width) == (4, 3)


def test_merges_are_kept_and_only_their_first_cell_speaks() -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.merge_range("A2:B3", "甲")
        sheet.write_string("C3", "乙")

    grid = one_sheet(fill)

    assert grid.merges == (Merge(1, 0, 2, 1),)
    assert grid.visible_text(2, 1) == "甲"
    assert grid.value(2, 1) is None


def test_hidden_rows_columns_and_sheets_are_known() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("分工表")
        sheet.write_column("A1", ["甲", "乙", "丙"])
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column("C:D", None, None, {"hidden": True})
        other = book.add_worksheet("底稿")
        other.write("A1", "x")
        other.hide()

    source = opening.read_bytes(written(fill), "方案.xlsx")

    assert source.grids[0].hidden_rows == {1}
    assert source.grids[0].hidden_columns == {2, 3}
    assert [(grid.name, grid.is_hidden) for grid in source.grids] == [("分工表", False), ("底稿", True)]
    assert source.notes == (("hidden-sheet", "底稿", ""),)


def test_rows_that_a_filter_hides_are_hidden() -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.write_column("A1", ["状态", "已完成", "未完成"])
        sheet.autofilter("A1:A3")
        sheet.filter_column(0, "x == 未完成")
        sheet.set_row(1, None, None, {"hidden": True})

    assert one_sheet(fill).hidden_rows == {1}


def test_values_keep_their_kind() -> None:
    def fill(sheet: Any, book: Any) -> None:
        date = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        sheet.write_string("A1", "007")
        sheet.write_number("B1", 12)
        sheet.write_datetime("C1", dt.datetime(2026, 6, 30), date)  # a cell has no time zone
        sheet.write_boolean("D1", True)
        sheet.write_string("E1", "　前后有空格 ")

    assert one_sheet(fill).rows == (("007", 12.0, dt.date(2026, 6, 30), True, "　前后有空格 "),)


def test_an_error_cell_is_not_an_empty_cell() -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.write_formula("A1", "=1/0", None, "#DIV/0!")
        sheet.write_string("B1", "甲")
        sheet.write_formula("D3", "=NA()", None, "#N/A")

    grid = one_sheet(fill)

    assert grid.rows[0] == (ErrorValue("#DIV/0!"), "甲", None, None)
    assert grid.value(2, 3) == ErrorValue("#N/A")


def test_a_formula_is_known_and_whether_its_value_was_stored() -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.write_string("A1", "x")
        sheet.write_formula("A2", "=1+1", None, 2)

    assert one_sheet(fill).formulas == {(1, 0): True}

    book = openpyxl.Workbook()
    book["Sheet"]["B2"] = "=1+1"
    book["Sheet"]["A1"] = "甲"
    out = io.BytesIO()
    book.save(out)
    grid = opening.read_bytes(out.getvalue(), "方案.xlsx").grids[0]

    assert grid.formulas == {(1, 1): False}


def test_cells_without_an_address_follow_one_another() -> None:
    rows = '<row><c><v>1</v></c><c t="e"><v>#REF!</v></c></row><row hidden="1"><c><f>1</f><v>1</v></c></row>'
    grid = opening.read_bytes(hostile.book(hostile.sheet_xml(rows)), "方案.xlsx").grids[0]

    assert grid.rows == ((1.0, ErrorValue("#REF!")), (1.0, None))
    assert grid.hidden_rows == {1}
    assert grid.formulas == {(1, 0): True}


def test_pinyin_over_a_text_is_not_part_of_it() -> None:
    shared = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>市水务局</t>'
        '<rPh sb="0" eb="4"><t>shishuiwuju</t></rPh></si></sst>'
    )
    links = hostile.BOOK_LINKS.replace(
        "</Relationships>",
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    )
    parts = dict(hostile.book_parts(hostile.sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')))
    parts |= {"xl/sharedStrings.xml": shared, "xl/_rels/workbook.xml.rels": links}

    grid = opening.read_bytes(hostile.squeeze(parts.items()), "方案.xlsx").grids[0]

    assert grid.rows == (("市水务局",),)


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_prefix_before_every_name_changes_nothing(prefix: str) -> None:
    xml = (
        f'<{prefix}worksheet xmlns{":x" if prefix else ""}="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<{prefix}cols><{prefix}col min="2" max="2" hidden="1"/></{prefix}cols><{prefix}sheetData>'
        f'<{prefix}row r="2" hidden="true"><{prefix}c r="B2" t="e"><{prefix}f>NA()</{prefix}f><{prefix}v>#N/A</{prefix}v>'
        f"</{prefix}c></{prefix}row></{prefix}sheetData></{prefix}worksheet>"
    )
    grid = opening.read_bytes(hostile.book(xml), "方案.xlsx").grids[0]

    assert grid.value(1, 1) == ErrorValue("#N/A")
    assert (grid.hidden_rows, grid.hidden_columns) == ({1}, {1})
    assert grid.formulas == {(1, 1): True}


def _made_by_hand() -> bytes:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("分工表")
        sheet.write_row("A1", ["序号", "任务", "责任单位"])
        sheet.merge_range("C2:C3", "市教育局")
        sheet.write_row("A2", [1, "甲"])
        sheet.write_row("A3", [2, "乙"])
        sheet.write_row("A4", [3, "丙"])
        sheet.write_formula("C4", "=1/0", None, "#DIV/0!")
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_column("B:B", None, None, {"hidden": True})
        hidden = book.add_worksheet("底稿")
        hidden.write("A1", "x")
        hidden.hide()

    return written(fill)


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_the_same_workbook_is_the_same_in_every_container(ending: str, soffice: str, tmp_path: Any) -> None:
    import subprocess

    (tmp_path / "方案.xlsx").write_bytes(_made_by_hand())
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", ending,
         "--outdir", str(tmp_path), str(tmp_path / "方案.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    first = opening.open_source(tmp_path / "方案.xlsx")
    other = opening.open_source(tmp_path / f"方案.{ending}")

    assert other.kind == ending
    assert _facts(other) == _facts(first)


def _facts(source: Source) -> list[object]:
    return [
        (grid.name, grid.rows, grid.merges, grid.is_hidden, grid.hidden_rows, 1 in grid.hidden_columns)
        for grid in source.grids
    ]


def test_struck_cells_are_known_with_what_is_left_of_them() -> None:
    def fill(sheet: Any, book: Any) -> None:
        struck = book.add_format({"font_strikeout": True})
        sheet.write_string("A1", "甲")
        sheet.write_string("B1", "乙", struck)
        sheet.write_rich_string("C1", "丙、", struck, "丁")
        sheet.write_blank("D1", None, struck)

    assert one_sheet(fill).struck == {(0, 1): "", (0, 2): "丙、"}


def test_comments_are_known_by_their_cell() -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.write_string("B2", "甲")
        sheet.write_comment("B2", "改为乙")

    assert one_sheet(fill).comments == {(1, 1): "改为乙"}
