"""Rows below the last row of data, and what reaches down to them."""

from __future__ import annotations

import pytest

from tests.support.workbook_parts import MAIN, book, changed, opened, part, rows_of
from tracker.formats.patch import Append, Edit, describe, patch
from tracker.formats.patch.worksheet import cover_rows
from tracker.problems.files import CannotPatch

ROWS = (
    '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    '<row r="2" ht="30" customHeight="1"><c r="A2" s="2"><v>3</v></c><c r="B2" s="1"/><c r="C2" s="2"/></row></sheetData>'
)
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"


def table(ref: str = "A1:B2", more: str = "", name: str = "T") -> str:
    return (
        f'<table xmlns="{MAIN}" id="1" name="{name}" displayName="{name}" ref="{ref}"{more}><autoFilter ref="{ref}"/>'
        '<tableColumns count="2"><tableColumn id="1" name="1"/><tableColumn id="2" name="2"/></tableColumns></table>'
    )


def test_new_rows_look_like_the_row_they_are_modelled_on():
    patched = patch(book(ROWS), [], [Append("表", (("甲", None, None, "丁"), (5,)), like=1)])

    assert rows_of(patched).endswith(
        '<row r="3" ht="30" customHeight="1"><c r="A3" s="2" t="inlineStr"><is><t>甲</t></is></c>'
        '<c r="B3" s="1"/><c r="C3" s="2"/><c r="D3" t="inlineStr"><is><t>丁</t></is></c></row>'
        '<row r="4" ht="30" customHeight="1"><c r="A4" s="2"><v>5</v></c><c r="B4" s="1"/><c r="C4" s="2"/></row></sheetData>'
    )


def test_the_first_row_of_an_empty_sheet_is_row_1():
    patched = patch(book("<sheetData/>"), [], [Append("表", (("甲",),))])

    assert opened(patched)["A1"].value == "甲"
    assert describe(patched)[0].last_row == 0


def test_rows_that_are_only_formatted_are_used_and_keep_their_format():
    rows = ROWS.replace("</sheetData>", '<row r="3"><c r="A3" s="1"/></row></sheetData>')

    patched = patch(book(rows), [], [Append("表", (("甲",),))])

    assert '<c r="A3" s="1" t="inlineStr"><is><t>甲</t></is></c>' in rows_of(patched)


def test_a_merge_below_the_last_value_still_belongs_to_it():
    data = book(ROWS, after='<mergeCells><mergeCell ref="A2:A6"/></mergeCells>')

    assert opened(patch(data, [], [Append("表", (("甲",),))]))["A7"].value == "甲"


def test_what_covers_the_model_reaches_the_new_rows_old_style_and_new():
    after = (
        '<protectedRanges><protectedRange name="p" sqref="B2"/></protectedRanges><autoFilter ref="A1:C2"/>'
        '<conditionalFormatting sqref="A2:A2 C2"><cfRule type="expression" priority="1"><formula>A2=1</formula></cfRule>'
        '</conditionalFormatting><conditionalFormatting sqref="A1"/>'
        '<dataValidations count="2"><dataValidation sqref="B2:B2"/><dataValidation sqref="C1:C99"/></dataValidations>'
        f'<extLst><ext uri="u" xmlns:x14="{X14}" xmlns:xm="{XM}"><x14:dataValidations><x14:dataValidation>'
        "<xm:sqref>D2</xm:sqref></x14:dataValidation></x14:dataValidations><x14:conditionalFormattings>"
        "<x14:conditionalFormatting><xm:sqref>A1:E2</xm:sqref></x14:conditionalFormatting>"
        "</x14:conditionalFormattings></ext></extLst>"
    )

    patched = part(patch(book(ROWS, after=after), [], [Append("表", (("甲",), ("乙",)), like=1)]))

    expected = (
        after.replace('sqref="B2"', 'sqref="B2:B4"')
        .replace('"A1:C2"', '"A1:C4"')
        .replace('"A2:A2 C2"', '"A2:A4 C2:C4"')
        .replace('"B2:B2"', '"B2:B4"')
        .replace(">D2<", ">D2:D4<")
        .replace("A1:E2", "A1:E4")
    )
    assert patched.endswith(expected + "</worksheet>")


def test_a_validation_that_ends_above_is_repeated_and_not_stretched_over_what_lies_between():
    assert cover_rows("D2:D5", like=3, first=9, last=10) == "D2:D5 D10:D11"
    assert cover_rows("D2:D5 D9", like=3, first=9, last=10) == "D2:D5 D9 D10:D11"
    assert cover_rows("D2:D5 D9", like=8, first=9, last=10) == "D2:D5 D9:D11"
    assert cover_rows("D:D", like=3, first=9, last=10) == "D:D"


def test_a_table_right_above_grows_with_its_filter():
    data = book(ROWS, tables=(table(),))

    patched = patch(data, [], [Append("表", (("甲",), ("乙",)))])

    assert part(patched, "xl/tables/table1.xml") == table("A1:B4")
    assert changed(data, patched) == ["xl/worksheets/a.xml", "xl/tables/table1.xml"]


def test_a_table_beside_the_new_values_does_not_grow():
    data = book(ROWS, tables=(table(),))

    assert changed(data, patch(data, [], [Append("表", ((None, None, None, "丁"),))])) == [
        "xl/worksheets/a.xml"
    ]


def test_the_empty_row_of_a_table_without_data_is_used_first():
    rows = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData>'
    data = book(rows, tables=(table(more=' insertRow="1"'),))

    once, twice = (patch(data, [], [Append("表", (("甲",),) * n)]) for n in (1, 2))

    assert opened(once)["A2"].value == "甲"
    assert part(once, "xl/tables/table1.xml") == table()
    assert part(twice, "xl/tables/table1.xml") == table("A1:B3")


def test_a_named_table_takes_rows_right_below_it_and_where_something_stands_there_they_go_below_that():
    note = '<row r="{}"><c r="A{}"><v>9</v></c></row></sheetData>'
    far, near = (book(ROWS.replace("</sheetData>", note.format(n, n)), tables=(table(),)) for n in (9, 3))

    patched = patch(far, [], [Append("表", (("甲",),), table="T")])

    assert opened(patched)["A3"].value == "甲"
    assert part(patched, "xl/tables/table1.xml") == table("A1:B3")
    beyond = patch(near, [], [Append("表", (("甲",),), table="T")])
    assert [opened(beyond)[f"A{n}"].value for n in (3, 4)] == [9, "甲"]
    assert changed(near, beyond) == ["xl/worksheets/a.xml"]
    two = book(ROWS.replace("</sheetData>", note.format(3, 3)), tables=(table(), table("A9:B10", name="U")))
    with pytest.raises(CannotPatch, match=r"表!A3：已有内容"):
        patch(two, [], [Append("表", (("甲",),), table="T")])
    with pytest.raises(CannotPatch, match=r"没有名为“U”的表格，现有：T"):
        patch(near, [], [Append("表", (("甲",),), table="U")])


def test_a_table_that_ends_with_totals_is_refused():
    data = book(ROWS, tables=(table(more=' totalsRowCount="1"'),))

    for name in ("", "T"):
        with pytest.raises(CannotPatch, match="汇总行"):
            patch(data, [], [Append("表", (("甲",),), table=name)])


def test_the_print_area_and_the_name_behind_the_filter_reach_the_new_rows_and_other_names_do_not():
    names = (
        '<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">表!$A$1:$C${}</definedName>'
        '<definedName name="_xlnm.Print_Area" localSheetId="0">\'表\'!$A$1:$D${}</definedName>'
        '<definedName name="选项" localSheetId="0">表!$A$1:$A$2</definedName>'
    )
    workbook = '<sheets><sheet name="表" sheetId="1" r:id="rId7"/></sheets><definedNames>{}</definedNames>'
    data = book(ROWS, workbook=workbook.format(names.format(2, 2)))

    patched = patch(data, [], [Append("表", (("甲",),))])

    assert names.format(3, 3) in part(patched, "xl/workbook.xml")


def test_rows_go_below_what_the_same_call_writes_and_below_each_other():
    patched = patch(
        book(ROWS, tables=(table(),)),
        [Edit("表", 5, 0, "六")],
        [Append("表", (("七",),)), Append("表", (("八",),)), Append("表", ())],
    )

    assert [opened(patched).cell(row, 1).value for row in (6, 7, 8)] == ["六", "七", "八"]
    assert changed(book(ROWS, tables=(table(),)), patched) == ["xl/worksheets/a.xml"]


def test_a_refused_row_changes_nothing():
    with pytest.raises(CannotPatch, match="表!A3："):
        patch(book(ROWS), [Edit("表", 0, 0, "好")], [Append("表", ((float("inf"),),))])
