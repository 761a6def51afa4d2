"""Sheets of ours behind the last sheet of somebody's workbook: the pitfalls, one test each."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from tests.support.workbook_parts import MAIN, RELATIONS, book, changed, part
from tracker.columns import Column, Owner
from tracker.formats.books.tables import lay_out
from tracker.formats.patch.grafting import graft
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
