"""Changing cells of a workbook that is not loaded and saved: the pitfalls, one test each."""

from __future__ import annotations

import datetime as dt
import io
import re

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tests.support.workbook_parts import MAIN, RELATIONS, book, changed, names, opened, packed, part, rows_of
from tracker.formats.patch import Append, Edit, Shade, describe, patch
from tracker.grid import ErrorValue
from tracker.printable import is_cut
from tracker.problems.files import CannotPatch

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def one(*values: tuple[int, int, object], data: bytes) -> bytes:
    return patch(data, [Edit("表", row, column, value) for row, column, value in values])  # type: ignore[arg-type] # drawn


def test_a_changed_cell_keeps_its_format_and_the_others_their_bytes():
    data = book(
        '<sheetData><row r="1" spans="1:2"><c r="A1" s="2"><v>1</v></c><c  r="B1"><v>2</v></c></row></sheetData>'
    )

    patched = one((0, 0, "=1+1"), data=data)

    assert rows_of(patched) == (
        '<sheetData><row r="1" spans="1:2"><c r="A1" s="2" t="inlineStr"><is><t>=1+1</t></is></c>'
        '<c  r="B1"><v>2</v></c></row></sheetData>'
    )
    assert changed(data, patched) == ["xl/worksheets/a.xml"]


def test_nothing_to_change_gives_the_same_bytes():
    data = book('<sheetData><row r="1"><c r="A1" s="1"/></row></sheetData>')

    assert one((0, 0, None), (5, 5, None), (6, 6, ""), data=data) is data
    assert patch(data, []) is data


def test_the_same_change_twice_gives_the_same_bytes():
    data = book('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>')
    edits = [(0, 0, "甲"), (3, 2, dt.date(2026, 3, 2)), (0, 4, True)]

    once = one(*edits, data=data)

    assert one(*edits, data=once) == once == one(*edits, data=data)


# 1: declarations that only mc:Ignorable names.


def test_declarations_that_nothing_seems_to_use_stay():
    root = (
        f'<worksheet xmlns="{MAIN}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'mc:Ignorable="x14ac" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac">'
    )
    data = book('<sheetData><row r="1" x14ac:dyDescent="0.2"><c r="A1"/></row></sheetData>', root=root)

    patched = part(one((0, 0, "甲"), data=data))

    assert root in patched
    assert patched.startswith('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n')
    assert '<row r="1" x14ac:dyDescent="0.2">' in patched


# 2: formulas that cells share, and blocks that one formula fills.

SHARED = (
    '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1&amp;"&lt;"</f><v>x</v></c></row>'
    '<row r="2"><c r="B2"><f t="shared" si="0"/><v>y</v></c></row>'
    '<row r="3"><c r="B3"><f t="shared" si="0"/></c></row></sheetData>'
)


def test_a_cell_that_held_a_shared_formula_hands_it_to_those_that_follow_it():
    patched = one((0, 1, "值"), data=book(SHARED))

    sheet = opened(patched)
    assert [sheet[each].value for each in ("B1", "B2", "B3")] == ["值", '=A2&"<"', '=A3&"<"']
    assert '<c r="B2"><f>A2&amp;"&lt;"</f><v>y</v></c>' in rows_of(patched)


def test_a_cell_that_follows_a_shared_formula_leaves_it_to_the_others():
    sheet = opened(one((1, 1, "值"), data=book(SHARED)))

    assert [sheet[each].value for each in ("B1", "B2", "B3")] == ['=A1&"<"', "值", '=A3&"<"']


@pytest.mark.parametrize("kind", ["array", "dataTable"])
def test_a_part_of_an_array_formula_or_data_table_is_refused(kind):
    data = book(
        f'<sheetData><row r="1"><c r="A1"><f t="{kind}" ref="A1:A2">X</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c></row></sheetData>'
    )

    with pytest.raises(CannotPatch, match=r"表!A2：.*A1:A2"):
        one((1, 0, 5), data=data)


def test_an_array_formula_of_one_cell_is_replaced():
    data = book(
        '<sheetData><row r="1"><c r="A1" cm="1"><f t="array" ref="A1">X</f><v>1</v></c></row></sheetData>'
    )

    assert '<c r="A1"><v>5</v></c>' in rows_of(one((0, 0, 5), data=data))


# 3: results that are older than what they are made from.

SUM = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1+1</f><v>2</v></c></row></sheetData>'


@pytest.mark.parametrize(
    ("calc", "after"),
    [
        ("", '</sheets><calcPr fullCalcOnLoad="1"/>'),
        ('<calcPr calcId="191029"/>', '<calcPr calcId="191029" fullCalcOnLoad="1"/>'),
        ('<calcPr fullCalcOnLoad="1"/>', '<calcPr fullCalcOnLoad="1"/>'),
    ],
)
def test_a_workbook_with_formulas_is_calculated_when_it_is_opened_and_its_results_stay_until_then(
    calc, after
):
    data = book(SUM, workbook=f'<sheets><sheet name="表" sheetId="1" r:id="rId7"/></sheets>{calc}')

    patched = one((0, 0, 100), data=data)

    assert after in part(patched, "xl/workbook.xml")
    assert "<f>A1+1</f><v>2</v>" in rows_of(patched)


# 4: cells that a merge hides.

MERGED = '<mergeCells count="1"><mergeCell ref="B2:C4"/></mergeCells>'


def test_a_cell_that_a_merge_hides_is_refused_and_the_one_that_speaks_for_it_is_not():
    data = book("<sheetData/>", after=MERGED)

    with pytest.raises(CannotPatch, match=r"表!C3：.*B2"):
        one((2, 2, "甲"), data=data)
    assert opened(one((1, 1, "甲"), data=data))["B2"].value == "甲"


# 5: the head of a table; rows are in test_growth.

TABLE = (
    f'<table xmlns="{MAIN}" id="1" name="T" displayName="T" ref="A1:B2"><autoFilter ref="A1:B2"/>'
    '<tableColumns count="2"><tableColumn id="1" name="序号"/><tableColumn id="2" name="备注"/></tableColumns></table>'
)
HEAD = (
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>序号</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>备注</t></is></c></row>'
    '<row r="2"><c r="A2"><v>1</v></c></row></sheetData>'
)


def test_the_head_of_a_table_changes_in_both_places():
    patched = one((0, 1, "说明\n<二>"), data=book(HEAD, tables=(TABLE,)))

    assert '<tableColumn id="2" name="说明_x000a_&lt;二&gt;"/>' in part(patched, "xl/tables/table1.xml")
    assert opened(patched)["B1"].value == "说明\n<二>"


@pytest.mark.parametrize("value", [None, 5, "序号", "长" * 256])
def test_a_head_that_a_table_cannot_have_is_refused(value):
    with pytest.raises(CannotPatch, match=r"表!B1：.*表格“T”"):
        one((0, 1, value), data=book(HEAD, tables=(TABLE,)))


def test_a_head_that_a_formula_calls_by_its_name_is_refused():
    rows = HEAD.replace("<v>1</v>", "<f>COUNTA(T[备注])</f><v>1</v>")

    with pytest.raises(CannotPatch, match=r"表!B1：.*引用"):
        one((0, 1, "说明"), data=book(rows, tables=(TABLE,)))


def test_the_totals_of_a_table_are_refused():
    table = TABLE.replace("<table ", '<table totalsRowCount="1" ')

    with pytest.raises(CannotPatch, match=r"表!A2：.*汇总行"):
        one((1, 0, 5), data=book(HEAD, tables=(table,)))


# 6: dates, and numbers where a date was.


def test_a_date_takes_a_format_that_shows_it_and_is_otherwise_as_before():
    data = book('<sheetData><row r="1"><c r="A1" s="2"/></row></sheetData>')

    patched = one(
        (0, 0, dt.date(2026, 3, 2)), (0, 1, dt.date(2026, 3, 3)), (0, 2, dt.date(2026, 3, 4)), data=data
    )

    sheet = opened(patched)
    assert [sheet.cell(1, n).value for n in (1, 2, 3)] == [dt.datetime(2026, 3, n) for n in (2, 3, 4)]
    assert (
        '<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14" fontId="0"/><xf numFmtId="10"/>'
        '<xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    ) in part(patched, "xl/styles.xml")


def test_formats_that_differ_from_program_to_program_are_not_guessed():
    either = "<Choice><xf/></Choice><Fallback><xf/><xf/></Fallback>"
    data = book("<sheetData/>", styles=f'<xf numFmtId="0"/><AlternateContent>{either}</AlternateContent>')

    with pytest.raises(CannotPatch, match="表!A1："):
        one((0, 0, dt.date(2026, 3, 2)), data=data)
    assert "甲" in rows_of(one((0, 0, "甲"), data=data))


def test_a_system_format_that_the_workbook_gave_another_meaning_is_not_used():
    data = book('<sheetData><row r="1"><c r="A1" s="1"/></row></sheetData>')
    parts = {name: part(data, name) for name in names(data)}
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(
        "<fonts", '<numFmts count="1"><numFmt numFmtId="0" formatCode="dd\\.mm\\.yyyy"/></numFmts><fonts'
    )

    patched = one((0, 0, 5), data=packed(parts))

    assert '<xf numFmtId="1" fontId="0" applyNumberFormat="1"/>' in part(patched, "xl/styles.xml")


def test_a_date_in_a_format_that_shows_dates_changes_no_format():
    data = book('<sheetData><row r="1"><c r="A1" s="1"/></row></sheetData>')

    patched = one((0, 0, dt.date(2026, 3, 2)), data=data)

    assert changed(data, patched) == ["xl/worksheets/a.xml"]


def test_a_number_where_a_date_was_reads_as_a_number():
    data = book('<sheetData><row r="1"><c r="A1" s="1"><v>46000</v></c></row></sheetData>')

    assert opened(one((0, 0, 5), data=data))["A1"].value == 5


def test_a_workbook_that_counts_from_1904_gets_days_since_1904():
    workbook = '<workbookPr date1904="1"/><sheets><sheet name="表" sheetId="1" r:id="rId7"/></sheets>'

    patched = one((0, 0, dt.date(1904, 1, 11)), data=book("<sheetData/>", workbook=workbook))

    assert "<v>10</v>" in rows_of(patched)


@pytest.mark.parametrize(
    "value",
    [dt.datetime(2026, 3, 2, 9, 30), dt.time(9, 30), dt.timedelta(hours=30, minutes=6)],
)
def test_times_come_back_as_they_went(value):
    assert opened(one((0, 0, value), data=book("<sheetData/>")))["A1"].value == value


# 7: rows, cells and addresses that are not there.


def test_cells_and_rows_that_are_missing_go_where_they_belong():
    rows = (
        '<sheetData><row r="2"><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c></row>'
        '<row r="5" spans="1:2"/></sheetData>'
    )
    places = [(1, 0), (1, 2), (1, 4), (0, 0), (3, 1), (4, 6), (7, 0)]

    patched = one(
        *[(row, column, 9) for row, column in places], data=book(rows, before='<dimension ref="B2:D5"/>')
    )

    assert rows_of(patched) == (
        '<sheetData><row r="1"><c r="A1"><v>9</v></c></row>'
        '<row r="2"><c r="A2"><v>9</v></c><c r="B2"><v>1</v></c><c r="C2"><v>9</v></c><c r="D2"><v>2</v></c>'
        '<c r="E2"><v>9</v></c></row><row r="4"><c r="B4"><v>9</v></c></row>'
        '<row r="5"><c r="G5"><v>9</v></c></row><row r="8"><c r="A8"><v>9</v></c></row></sheetData>'
    )
    assert '<dimension ref="A1:G8"/>' in part(patched)


def test_cells_without_an_address_stand_behind_the_one_before():
    rows = "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>"

    sheet = opened(one((0, 1, 20), (0, 2, 30), (1, 0, 40), (2, 0, 50), data=book(rows)))

    assert [[cell.value for cell in row] for row in sheet] == [
        [1, 20, 30],
        [40, None, None],
        [50, None, None],
    ]


@pytest.mark.parametrize(
    "data", ["<sheetData/>", "<sheetData></sheetData>", '<sheetData><row r="1"/></sheetData>']
)
def test_an_empty_sheet_takes_cells(data):
    assert opened(one((0, 0, "甲"), data=book(data)))["A1"].value == "甲"


def test_a_new_cell_looks_like_its_row_or_else_like_its_column():
    rows = '<sheetData><row r="1" s="2" customFormat="1"/><row r="2" s="2"/></sheetData>'
    columns = '<cols><col min="1" max="3" style="1"/></cols>'

    patched = one((0, 0, "甲"), (1, 0, "乙"), (1, 5, "丙"), data=book(rows, before=columns))

    assert re.findall(r'<c r="(\w+)"(?: s="(\d)")?', rows_of(patched)) == [
        ("A1", "2"),
        ("A2", "1"),
        ("F2", ""),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"/><row r="1"/>',
        '<row r="1"><c r="B1"/><c r="A1"/></row>',
        '<row r="1"><c r="A1"/><c r="A1"/></row>',
        '<row r="1"><c r="A7"/></row>',
        '<row r="x"/>',
    ],
)
def test_a_sheet_whose_rows_or_cells_are_out_of_order_is_refused(rows):
    with pytest.raises(CannotPatch):
        one((0, 3, "甲"), data=book(f"<sheetData>{rows}</sheetData>"))


# 8: text.

AWKWARD = ["007", "3-4", "1E5", "440305199001011234", "NA", "=1+1", "+86", "@x", "Ａ１", " 前后 ", "一\n二", "a  b",
           "\t", "😀", "<&>\"'", "]]>", "a\r\nb", "\r"]  # fmt: skip


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_stays_text_and_stays_as_it_is(text):
    patched = one((0, 0, text), data=book("<sheetData/>"))

    cell = opened(patched)["A1"]
    assert cell.value == text
    assert cell.data_type != "f"
    assert "<f" not in part(patched)


@pytest.mark.parametrize("text", [" 前", "后 ", "一\n二", "a  b", "\t"])
def test_blanks_that_a_spreadsheet_would_drop_are_marked(text):
    assert '<t xml:space="preserve">' in rows_of(one((0, 0, text), data=book("<sheetData/>")))


def test_characters_that_xml_cannot_hold_are_written_so_that_a_spreadsheet_shows_them():
    data = one((0, 0, "a\x07\x0b"), (0, 1, "_x0041_"), data=book("<sheetData/>"))

    assert "<t>a_x0007__x000B_</t>" in rows_of(data)
    assert "<t>_x005F_x0041_</t>" in rows_of(data)
    assert CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python() == [
        ["a\x07\x0b", "_x0041_"]
    ]


@pytest.mark.parametrize(
    "value",
    [
        "\ud83d",
        440305199001011234,
        float("inf"),
        float("nan"),
        dt.date(1900, 2, 28),
        dt.datetime(2026, 3, 2, tzinfo=dt.UTC),
        dt.time(9, tzinfo=dt.UTC),
        ErrorValue("#乱"),
    ],
)
def test_what_a_cell_cannot_hold_unchanged_is_refused_at_its_cell(value):
    with pytest.raises(CannotPatch, match="表!C2："):
        one((1, 2, value), data=book("<sheetData/>"))


def test_the_longest_text_fits_and_a_longer_one_is_cut_and_says_so():
    assert opened(one((0, 0, "长" * 32_767), data=book("<sheetData/>")))["A1"].value == "长" * 32_767
    for text in ("长" * 32_768, "😀" * 16_384):
        cut = opened(one((0, 0, text), data=book("<sheetData/>")))["A1"].value
        assert is_cut(cut) and len(cut.encode("utf-16-le")) <= 2 * 32_767 and cut[:9_000] == text[:9_000]


def test_ticks_and_error_values_have_their_own_types():
    patched = one((0, 0, True), (0, 1, False), (0, 2, ErrorValue("#N/A")), data=book("<sheetData/>"))

    assert [cell.value for cell in opened(patched)[1]] == [True, False, "#N/A"]


# 9: the order of calculation.


def test_an_overwritten_formula_takes_the_order_of_calculation_with_it():
    data = book(
        SUM,
        parts={"xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="B1" i="1"/></calcChain>'},
        relations=f'<Relationship Id="rId9" Type="{RELATIONS}/calcChain" Target="calcChain.xml"/>',
    )

    kept, gone = one((0, 0, 5), data=data), one((0, 1, 5), data=data)

    assert "xl/calcChain.xml" in names(kept)
    assert "xl/calcChain.xml" not in names(gone)
    assert "calcChain" not in part(gone, "[Content_Types].xml") + part(gone, "xl/_rels/workbook.xml.rels")
    assert [each for each in names(kept) if each != "xl/calcChain.xml"] == names(gone)


# 10: other namespaces and prefixes.


def test_a_sheet_that_writes_its_names_with_a_prefix_keeps_it():
    rows = '<x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData>'

    patched = one((0, 0, "甲"), (1, 1, True), data=book(rows, root=f'<x:worksheet xmlns:x="{MAIN}">'))

    assert rows_of(patched).count("<x:c ") == 2
    assert [cell.value for cell in opened(patched)["A"]] == ["甲", None]


def test_a_strict_workbook_stays_strict():
    data = book('<sheetData><row r="1"><c r="A1"/></row></sheetData>', root=f'<worksheet xmlns="{STRICT}">')

    assert '<c r="A1" t="inlineStr"><is><t>甲</t></is></c>' in rows_of(one((0, 0, "甲"), data=data))


# 11: sheets that hold no cells.


@pytest.mark.parametrize(
    ("sheet", "why"),
    [("图", "不是普通工作表"), ("断", "不是普通工作表"), ("无", "没有这个工作表，现有：表、图、断")],
)
def test_a_sheet_without_cells_is_refused_by_name(sheet, why):
    data = book(
        "<sheetData/>",
        workbook='<sheets><sheet name="表" sheetId="1" r:id="rId7"/><sheet name="图" sheetId="2" r:id="rId2"/>'
        '<sheet name="断" sheetId="3"/></sheets>',
        parts={"xl/chartsheets/c.xml": f'<chartsheet xmlns="{MAIN}"/>'},
        relations=f'<Relationship Id="rId2" Type="{RELATIONS}/chartsheet" Target="chartsheets/c.xml"/>',
    )

    with pytest.raises(CannotPatch, match=f"^{sheet}：{why}"):
        patch(data, [Edit(sheet, 0, 0, "甲")])
    assert [each.name for each in describe(data)] == ["表"]


# 12: signatures. 13, the write itself, is in test_safe.


def test_a_signed_workbook_is_refused():
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        '<Relationship Id="r2" Target="_xmlsignatures/origin.sigs" '
        'Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"/></Relationships>'
    )

    with pytest.raises(CannotPatch, match="签名"):
        one((0, 0, "甲"), data=book("<sheetData/>", parts={"_rels/.rels": relations}))


# What else is refused.


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 cut",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 encrypted",
        packed({"a.txt": "x"}),
        book("<sheetData/>", parts={"[Content_Types].xml": '<!DOCTYPE t [<!ENTITY a "b">]><Types/>'}),
        book("", sheet="<worksheet><broken"),
        book("", sheet=f'<!DOCTYPE w [<!ENTITY a "b">]><worksheet xmlns="{MAIN}"><sheetData/></worksheet>'),
        book(
            "",
            sheet=f'<?xml version="1.0" encoding="ISO-8859-1"?><worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
        ),
        book("", sheet='<worksheet xmlns="urn:other"><sheetData/></worksheet>'),
    ],
)
def test_what_is_no_workbook_is_refused(data):
    with pytest.raises(CannotPatch):
        one((0, 0, "甲"), data=data)


def test_two_values_for_one_cell_are_refused_and_the_same_twice_is_not():
    with pytest.raises(CannotPatch, match=r"表!A1：.*两个"):
        one((0, 0, "甲"), (0, 0, "乙"), data=book("<sheetData/>"))
    assert opened(one((0, 0, "甲"), (0, 0, "甲"), data=book("<sheetData/>")))["A1"].value == "甲"


@pytest.mark.parametrize(("row", "column"), [(1_048_576, 0), (0, 16_384), (-1, 0)])
def test_a_cell_outside_of_the_sheet_is_refused(row, column):
    with pytest.raises(CannotPatch, match="超出"):
        one((row, column, "甲"), data=book("<sheetData/>"))


@pytest.mark.parametrize("row", [2, 6])
def test_a_pivot_table_and_the_filters_above_it_are_refused(row):
    data = book(
        "<sheetData/>",
        parts={
            "xl/worksheets/_rels/a.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="p" Type="{RELATIONS}/pivotTable" Target="../pivotTables/p.xml"/></Relationships>',
            "xl/pivotTables/p.xml": f'<pivotTableDefinition xmlns="{MAIN}"><location ref="A5:B9" rowPageCount="2" colPageCount="1"/></pivotTableDefinition>',
        },
    )

    with pytest.raises(CannotPatch, match="透视表"):
        one((row, 1, "甲"), data=data)


ROWS = '<sheetData><row r="1"><c r="A1" s="1"/><c r="B1"><v>1</v></c></row></sheetData>'


def cells(data):
    return openpyxl.load_workbook(io.BytesIO(data))["表"]


def test_a_shaded_cell_keeps_everything_else_of_its_format():
    page = cells(patch(book(ROWS), (), shades=(Shade("表", 0, 0), Shade("表", 4, 3))))

    assert page["A1"].fill.fgColor.rgb == page["D5"].fill.fgColor.rgb == "FFFFF2CC"
    assert page["A1"].number_format == "mm-dd-yy"
    assert page["A1"].value is None


def test_a_cell_in_a_new_row_can_be_shaded():
    page = cells(patch(book(ROWS), (), (Append("表", (("甲", None),)),), shades=(Shade("表", 1, 1),)))

    assert (page["A2"].value, page["B2"].fill.fgColor.rgb) == ("甲", "FFFFF2CC")


def test_a_cell_that_holds_anything_is_never_shaded():
    with pytest.raises(CannotPatch):
        patch(book(ROWS), (), shades=(Shade("表", 0, 1),))
