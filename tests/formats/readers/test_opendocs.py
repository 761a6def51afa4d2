"""OpenDocument sheets: repeats, merges, hidden rows and typed values."""

from __future__ import annotations

import datetime as dt

from tests.support import hostile
from tracker.files.guard import opening
from tracker.grid import ErrorValue, Grid, Merge


def read(rows: str) -> Grid:
    return opening.read_bytes(hostile.open_sheet(rows), "方案.ods").grids[0]


def cell(text: str, attributes: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def test_repeated_cells_and_rows_are_written_out() -> None:
    grid = read(
        row('<table:table-cell table:number-columns-repeated="2"/>', cell("甲"))
        + row("<table:table-cell/>", attributes='table:number-rows-repeated="2"')
        + row(cell("乙", 'office:value-type="string" table:number-columns-repeated="2"'),
              attributes='table:number-rows-repeated="2"')
    )  # fmt: skip

    assert grid.rows == (
        (None, None, "甲"),
        (None, None, None),
        (None, None, None),
        ("乙", "乙", None),
        ("乙", "乙", None),
    )


def test_merges_and_hidden_rows_and_columns_are_known() -> None:
    grid = read(
        '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        + row(cell("甲", 'office:value-type="string" table:number-rows-spanned="2" table:number-columns-spanned="2"'),
              "<table:covered-table-cell/>", cell("乙"))
        + row('<table:covered-table-cell table:number-columns-repeated="2"/>', cell("丙"),
              attributes='table:visibility="filter"')
    )  # fmt: skip

    assert grid.merges == (Merge(0, 0, 1, 1),)
    assert grid.hidden_rows == {1}
    assert grid.hidden_columns == {1, 2}


def test_values_keep_their_kind() -> None:
    grid = read(
        row(
            cell("12", 'office:value-type="float" office:value="12"'),
            cell("50%", 'office:value-type="percentage" office:value="0.5"'),
            cell("6月30日", 'office:value-type="date" office:date-value="2026-06-30"'),
            cell("9:30", 'office:value-type="time" office:time-value="PT09H30M00S"'),
            cell("TRUE", 'office:value-type="boolean" office:boolean-value="true"'),
            cell("#DIV/0!", 'office:value-type="string" table:formula="of:=1/0"'),
            cell("甲<text:line-break/>乙<text:s text:c='2'/>丙"),
        )
    )

    assert grid.rows == (
        (12.0, 0.5, dt.date(2026, 6, 30), dt.time(9, 30), True, ErrorValue("#DIV/0!"), "甲\n乙  丙"),
    )


def test_a_comment_is_not_part_of_the_cell_and_known() -> None:
    grid = read(
        row(
            '<table:table-cell office:value-type="string"><office:annotation><text:p>批注</text:p>'
            "</office:annotation><text:p>甲</text:p></table:table-cell>"
        )
    )

    assert grid.rows == (("甲",),)
    assert grid.comments == {(0, 0): "批注"}


def test_struck_cells_and_parts_of_cells_are_known() -> None:
    style = (
        '<style:style style:name="ce1" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/>'
        '</style:style><style:style style:name="T1" style:family="text"><style:text-properties '
        'style:text-line-through-style="solid"/></style:style><style:style style:name="ce2" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="none"/></style:style>'
    )
    rows = row(
        cell("甲", 'table:style-name="ce1" office:value-type="string"'),
        cell('<text:span text:style-name="T1">乙</text:span>丙'),
        cell("丁", 'table:style-name="ce2" office:value-type="string"'),
    )
    data = hostile.open_sheet(rows, ("styles.xml", STYLES.format(style=style)))

    grid = opening.read_bytes(data, "方案.ods").grids[0]

    assert grid.struck == {(0, 0): "", (0, 1): "丙"}


STYLES = (
    '<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:styles>{style}</office:styles>'
    "</office:document-styles>"
)
