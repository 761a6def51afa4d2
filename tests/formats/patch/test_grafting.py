"""Sheets of ours behind the last sheet of somebody's workbook: the pitfalls, one test each."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st

from tests.support.workbook_parts import MAIN, RELATIONS, book, changed, part
from tracker.columns import Column, Owner
from tracker.formats.books.tables import lay_out
from tracker.formats.patch.grafting import graft, order_rows
from tracker.problems.files import CannotPatch
from tracker.table import Table

OURS = lay_out(
    [
        Table(name="没要的", title="没要的", notes=(), columns=(Column("甲"),), rows=(("不应出现",),)),
        Table(
            name="新表",
            title="新表",
            notes=("=1+1 不是公式",),
            columns=(
                Column("项目", owner=Owner.COMPUTED),
                Column("日期"),
                Column("选", choices=("是", "否")),
            ),
            rows=(("A & <B>", dt.date(2026, 3, 2), "是"),),
        ),
    ]
)
THEIRS = book('<sheetData><row r="1"><c r="A1" s="1"><v>1</v></c></row></sheetData>')


def test_the_sheet_says_and_looks_the_same_where_it_stands_now():
    grafted = openpyxl.load_workbook(io.BytesIO(graft(THEIRS, OURS, ["新表"])))
    source = openpyxl.load_workbook(io.BytesIO(OURS))["新表"]
    page = grafted["新表"]

    assert grafted.sheetnames == ["表", "新表"]
    assert [[cell.value for cell in row] for row in page] == [[cell.value for cell in row] for row in source]
    for row, old in zip(page, source, strict=True):
        for cell, was in ((cell, was) for cell, was in zip(row, old, strict=True) if was.has_style):
            assert (cell.font.name, cell.font.sz, cell.font.b) == (was.font.name, was.font.sz, was.font.b)
            assert (cell.fill.fgColor.rgb, cell.border.left.style) == (
                was.fill.fgColor.rgb,
                was.border.left.style,
            )
            assert (cell.number_format, cell.alignment.wrap_text) == (
                was.number_format,
                was.alignment.wrap_text,
            )
    assert page["A2"].data_type == "s"
    assert [str(each.sqref) for each in page.data_validations.dataValidation] == ["C4:C205"]


def test_only_what_announces_a_sheet_changes():
    grafted = graft(THEIRS, OURS, ["新表"])

    assert set(changed(THEIRS, grafted)) == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet1.xml",
    }  # fmt: skip
    assert part(THEIRS, "xl/styles.xml")[:60] == part(grafted, "xl/styles.xml")[:60]
    assert graft(THEIRS, OURS, ["新表"]) == grafted


def test_formats_that_were_there_keep_their_numbers():
    styles = openpyxl.load_workbook(io.BytesIO(graft(THEIRS, OURS, ["新表"])))["表"]["A1"]

    assert styles.number_format == "mm-dd-yy"


def test_a_workbook_that_writes_its_names_with_prefixes_takes_it():
    theirs = book(
        "<sheetData/>",
        workbook=f'<x:sheets xmlns:x="{MAIN}"><x:sheet name="表" sheetId="9" q:id="rId7" xmlns:q="{RELATIONS}"/></x:sheets>',
    )

    grafted = graft(theirs, OURS, ["新表"])

    assert openpyxl.load_workbook(io.BytesIO(grafted)).sheetnames == ["表", "新表"]
    assert 'sheetId="10"' in part(grafted, "xl/workbook.xml")


def test_a_grafted_sheet_is_not_selected_together_with_another():
    first = lay_out([Table(name="新表", title="新表", notes=(), columns=(Column("甲"),))])

    assert "tabSelected" in part(first, "xl/worksheets/sheet1.xml")
    assert "tabSelected" not in part(graft(THEIRS, first, ["新表"]), "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("name", ["表", "没有的"])
def test_a_name_that_is_taken_or_that_the_source_does_not_have_is_refused(name):
    source = lay_out([Table(name="表", title="表", notes=(), columns=(Column("甲"),))])

    with pytest.raises(CannotPatch):
        graft(THEIRS, source, [name])


def test_nothing_to_graft_changes_only_nothing():
    assert changed(THEIRS, graft(THEIRS, OURS, [])) == []


def drawn(extra: str = "", cell: str = "<v>{n}</v>") -> bytes:
    rows = "".join(
        f'<row r="{n}" ht="{10 + n}" customHeight="1"><c r="A{n}" s="1">{cell.format(n=n)}</c><c r="B{n}"><v>{n * n}</v></c></row>'
        for n in range(1, 7)
    )
    return book(f"<sheetData>{rows}</sheetData>{extra}")


@settings(max_examples=24, deadline=None)
@given(st.permutations(range(1, 5)))
def test_values_formats_and_heights_move_together_and_the_other_rows_stay(order):
    page = openpyxl.load_workbook(io.BytesIO(order_rows(drawn(), "表", order)))["表"]

    numbers = [1, *(row + 1 for row in order), 6]
    assert [[cell.value for cell in row] for row in page.iter_rows(max_col=2)] == [
        [openpyxl.utils.datetime.from_excel(n) if cell else n * n for cell in (True, False)] for n in numbers
    ]
    assert [page.row_dimensions[line].height for line in range(1, 7)] == [10 + n for n in numbers]


@pytest.mark.parametrize(
    ("extra", "cell"),
    [
        ('<mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells>', "<v>{n}</v>"),
        (
            '<dataValidations count="1"><dataValidation type="list" sqref="A2:A3"><formula1>"是"</formula1></dataValidation></dataValidations>',
            "<v>{n}</v>",
        ),
        ("", "<f>B{n}+1</f><v>{n}</v>"),
    ],
    ids=["a merge in one row", "a drop-down of some rows", "a formula"],
)
def test_what_stands_at_its_place_is_not_torn_from_its_row(extra, cell):
    with pytest.raises(CannotPatch):
        order_rows(drawn(extra, cell), "表", (4, 3, 2, 1))


def test_a_drop_down_of_all_the_rows_holds_wherever_they_stand():
    rule = '<dataValidations count="1"><dataValidation type="list" sqref="A1:A9"><formula1>"是"</formula1></dataValidation></dataValidations>'

    assert order_rows(drawn(rule), "表", (2, 1)) != drawn(rule)


def test_the_order_that_is_there_changes_no_byte():
    assert order_rows(drawn(), "表", (1, 2, 3)) == drawn()
