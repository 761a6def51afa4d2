"""Rows are found by their tags, and only those are opened that somebody asks for."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from tests.support.workbook_parts import MAIN
from tracker.formats.patch.cells import Styles, content
from tracker.formats.patch.rewrite import Target, rewrite
from tracker.formats.patch.spans import Malformed, Splices
from tracker.formats.patch.worksheet import Worksheet


def sheet_of(rows: str, before: str = "", after: str = "", prefix: str = "") -> Worksheet:
    declaration = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    return Worksheet(
        f'<{prefix}worksheet {declaration}="{MAIN}">{before}<{prefix}sheetData>{rows}</{prefix}sheetData>'
        f"{after}</{prefix}worksheet>".encode()
    )


def numbered(count: int, cell: str = "<c r='A{n}'><v>{n}</v></c>") -> str:
    return "".join(f'<row r="{n}">{cell.format(n=n)}</row>' for n in range(1, count + 1))


@pytest.mark.parametrize("count", [300, 600])
def test_a_change_opens_the_rows_that_it_names_and_no_other(count):
    sheet = sheet_of(numbered(count), after='<mergeCells count="1"><mergeCell ref="C1:D2"/></mergeCells>')
    changes = Splices(sheet.part)

    rewrite(sheet, {n: {0: Target(content("改"))} for n in (7, 9)}, Styles(None), changes)

    assert set(sheet.opened) == {7, 9}
    assert changes.done().count(b"inlineStr") == 2


def test_the_end_of_the_data_is_found_from_below_and_empty_rows_are_not_opened():
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(301, 500))
    sheet = sheet_of(numbered(300) + empty)

    assert sheet.last_filled() == 299
    assert set(sheet.opened) == {299}


def test_shared_formulas_are_opened_where_their_text_is_overwritten():
    rows = numbered(300, "<c r='A{n}'><v>1</v></c><c r='B{n}'><f t='shared' si='0'/><v>1</v></c>")
    rows = rows.replace(
        "<c r='B5'><f t='shared' si='0'/>", "<c r='B5'><f t='shared' ref='B5:B300' si='0'>A5</f>"
    )
    sheet, other = sheet_of(rows), sheet_of(rows)

    rewrite(sheet, {100: {0: Target(content(2))}}, Styles(None), Splices(sheet.part))
    rewrite(other, {4: {1: Target(content(2))}}, Styles(None), Splices(other.part))

    assert set(sheet.opened) == {100}
    assert set(other.opened) == set(range(4, 300))


USUAL_ROWS = st.lists(
    st.sampled_from(
        (
            '<row r="{}"><c r="A1"/></row>',
            '<row r="{}" ht="12.5" hidden="1"></row>',
            '<row r="{}"><c r="A1" t="inlineStr"><is><t>a:row</t></is></c></row>',
            '<row r="{}"/>',
            "<row><c/></row>",
            '<x:row xmlns:x="http://example.com" r="{}"></x:row>',
            '<row spans="1:2" r="{}"></row>',
        )
    ),
    max_size=6,
)


@given(USUAL_ROWS, st.lists(st.integers(0, 9), min_size=6, max_size=6))
def test_rows_as_most_programs_write_them_are_those_that_one_look_at_a_time_tells(rows, numbers):
    def rows_of(blank: str) -> object:
        """The rows by number, or why there are none; a blank behind a row has the next one looked at by itself."""
        text = "".join(row.format(n) + blank for row, n in zip(rows, numbers, strict=False))
        try:
            sheet = sheet_of(text)
            return {n: sheet.part[row.start : row.end] for n in range(10) if (row := sheet.row(n))}
        except Malformed as error:
            return str(error)

    assert rows_of("") == rows_of(" ")


# What a scan of bytes could take for a row, or for the end of one.
TRAPS = (
    '<row r="{r}" x="a>b"><c r="A{r}"><v>1</v></c></row>',
    '<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>row&gt;</t></is></c><!-- </row><row r="9"> --></row>',
    '<row r="{r}"><c r="A{r}" t="str"><v><![CDATA[<row r="7"/></sheetData>]]></v></c></row>',
    "<row\n r='{r}'\t/>",
    '<row r="{r}" ></row >',
    '<row r="{r}"><c r="A{r}"><v>row></v></c></row>\n  ',
)


@given(st.lists(st.sampled_from(TRAPS), max_size=6), st.sampled_from(["", "x:"]))
def test_rows_are_found_whatever_stands_in_them(traps, prefix):
    text = "".join(trap.format(r=n) for n, trap in enumerate(traps, 1))
    if prefix:
        for name in ("row", "c", "v", "is", "t"):
            for mark in "</":
                for end in " >/\n":
                    text = text.replace(f"{mark}{name}{end}", f"{mark}{prefix}{name}{end}")
    sheet = sheet_of(text, before="<!-- <sheetData> -->", prefix=prefix)

    rows = [sheet.row(n) for n in range(len(traps))]

    assert None not in rows and sheet.row(len(traps)) is None
    assert [len(row.cells) for row in rows] == ["<c r=" in trap for trap in traps]
    for row, before in zip(rows, [None, *rows], strict=False):
        if before is not None:
            assert not sheet.part[before.end : row.start].strip()
        assert sheet.part[row.start : row.start + 4] in (b"<row", b"<x:r")
        assert sheet.part[row.end - 1 : row.end] == b">"


@pytest.mark.parametrize(
    "rows",
    ["<c/>", "<row/>文字", "<row><row/></row>", "<rows/>", '<row r="1"><d/></row>', "<row></rows></row>"],
)
def test_what_is_no_row_is_refused(rows):
    with pytest.raises(Malformed):
        sheet_of(rows).row(0)
