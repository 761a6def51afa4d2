"""The report's workbook, read back by another program's eyes: numbers are numbers, text is only ever text."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from tests.support.summaries import edition, summary_of
from tests.support.years import year_office
from tracker.columns import Column, ColumnKind
from tracker.formats.books.ink import CREATED, new_book
from tracker.formats.books.tables import SPARE_ROWS, ListSheet, lay_out
from tracker.rules.report.edition import changes_since
from tracker.rules.report.review import review_notes
from tracker.rules.report.sheets import report_sheets
from tracker.table import Table


def sheets(office=None, **more):
    summary = summary_of(office or year_office())
    return report_sheets(summary, review_notes(summary), **more)


def opened(tables):
    return openpyxl.load_workbook(io.BytesIO(lay_out(tables)))


def plain(value):
    return value.date() if isinstance(value, dt.datetime) else value or None


def test_every_cell_comes_back_as_it_was():
    after = year_office(x=(("P1-006", "U5", "status", "R1"), "已完成"))
    tables = sheets(
        after, changes=changes_since(edition(year_office()), summary_of(after), after, since_act=4)
    )

    book = opened(tables)

    assert book.sheetnames == [
        "数字与口径",
        "任务落实情况一览表",
        "未完成事项及原因",
        "各单位情况",
        "与上期差异说明",
        "待核实清单",
    ]
    for table in tables:
        rows = list(book[table.name].iter_rows(min_row=4, values_only=True))
        assert [tuple(plain(value) for value in row) for row in rows] == [
            tuple(value or None for value in row) for row in table.rows
        ]
        assert [cell.value for cell in book[table.name][3]] == [column.label for column in table.columns]


def test_what_looks_like_a_formula_stays_text():
    book = opened(sheets(year_office(x=(("P1-003", "", "wording", ""), "=1+1"))))

    (cell,) = [
        each for row in book["任务落实情况一览表"].iter_rows() for each in row if each.value == "=1+1。"
    ]
    assert cell.data_type == "s"


def test_the_same_tables_give_the_same_bytes():
    assert lay_out(sheets()) == lay_out(sheets())


def test_a_row_that_somebody_adds_below_gets_font_and_borders_and_the_list_prints_on_a4():
    page = opened([Table((Column("单位", 150), Column("答复", 90)), (("市教育局", ""),), name="单")])["单"]
    (rule,) = page.conditional_formatting

    assert str(rule.sqref) == f"A4:B{4 + SPARE_ROWS}"
    assert rule.rules[0].formula == ["COUNTA($A4:$B4)>0"] and rule.rules[0].dxf.border.left.style == "thin"
    assert page.column_dimensions["A"].font.name == page["A2"].font.name
    assert page.page_setup.paperSize == 9


@pytest.mark.parametrize(("widths", "pages"), [([60, 60], 1), ([100, 140], 1), ([30, 30, 100, 100, 100], 2)])
def test_a_wide_list_is_printed_on_pages_beside_each_other_instead_of_too_small(widths, pages):
    columns = tuple(Column(f"第{n}栏", width) for n, width in enumerate(widths))
    page = opened([Table(columns, (("是",) * len(widths),), name="单")])["单"]

    assert (page.page_setup.fitToWidth or 1) == pages
    assert (page.print_title_cols is not None) == (pages > 1)
    assert page.print_title_rows == "$2:$2"


def test_a_day_that_somebody_types_is_shown_as_ours_are():
    columns = (Column("单位", 20), Column("办结日期", 13, kind=ColumnKind.DATE))
    page = opened([Table(columns, (("市教育局", None), ("市公安局", "六月底")), name="单")])["单"]

    assert page["B3"].number_format == "yyyy-mm-dd"
    assert page["B4"].value == "六月底" and page["B4"].number_format == "@"
    assert page.column_dimensions["B"].style and page["B3"].alignment.horizontal == "center"


def test_what_stands_above_the_head_lies_in_the_columns_that_every_page_beside_another_has():
    columns = tuple(Column(f"栏目{n}", 30) for n in range(12))
    drawn = Table(columns, (), name="表", title="很长的题目" * 6, notes=("说明" * 40,), fixed_columns=2)

    page = openpyxl.load_workbook(io.BytesIO(lay_out((drawn,)))).active

    assert {str(merged) for merged in page.merged_cells.ranges} == {"A1:B1", "A2:B2"}
    assert page["A1"].alignment.wrap_text


def written(book, buffer):
    page = book.add_worksheet("表")
    look = book.add_format({"bold": True})
    for column in range(60):
        page.write_string(0, column, f"<{column}> & 甲", look)
    page.write_string(1, 0, " 没有样式 ")
    page.write_blank(1, 1, None, look)
    page.write_blank(1, 2, None)
    page.write_formula(2, 0, "=200-LEN(A1)", look, 12)
    page.write_datetime(2, 1, dt.datetime(2018, 8, 30), look)
    book.close()
    with zipfile.ZipFile(buffer) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_sheet_is_byte_for_byte_what_the_library_itself_writes():
    ours, theirs = io.BytesIO(), io.BytesIO()
    plain = xlsxwriter.Workbook(theirs, {"in_memory": True, "strings_to_formulas": False})
    plain.set_properties({"created": CREATED})

    assert written(new_book(ours), ours) == written(plain, theirs)


def test_a_list_is_what_its_columns_say_and_a_column_without_a_name_is_left_for_people():
    declared = ListSheet[Column](
        "清单",
        "栏目清单",
        ("一栏一行。",),
        (Column("名称", name="label"), Column("宽", name="width"), Column("备注")),
    )

    page = openpyxl.load_workbook(
        io.BytesIO(declared.lay_out([Column("单位", 20), Column("项数", 8)]))
    ).active

    assert page.title == "清单"
    assert list(page.values)[2:] == [("名称", "宽", "备注"), ("单位", "20", None), ("项数", "8", None)]
