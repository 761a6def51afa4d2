"""Plain workbooks of tables: a title, sentences that explain, a head, rows; laid out and found again.

Settings, the units' list and lists for a person to decide are such workbooks: one table on each sheet, which
the office edits freely. Text is only ever written as text, so nothing that anybody typed becomes a formula.
The same value gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.files.workbooks.ink import new_book
from tracker.grid import Grid
from tracker.grid import Value

# Rows below the last one that already have their drop-downs.
SPARE_ROWS = 200


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its label, width in characters, allowed words, and whether the program owns it."""

    label: str
    width: int = 14
    choices: tuple[str, ...] = ()
    ours: bool = False


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A sheet: its name, title, explanations, columns and rows."""

    name: str
    title: str
    notes: tuple[str, ...]
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Value, ...], ...] = ()

    @property
    def head_row(self) -> int:
        """0-based row of the head."""
        return 1 + len(self.notes)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row that was read back: its 0-based row number, and text and place by label."""

    row: int
    cells: dict[str, Value]
    places: dict[str, str]

    def text(self, label: str) -> str:
        """The text under a label, without blanks at its ends; empty when the column is missing."""
        value = self.cells.get(label)
        return "" if value is None else str(value).strip()


def lay_out(sheets: Sequence[TableSheet]) -> bytes:
    """Lay out a workbook, one table on each sheet, frozen below the head and ready to print."""
    buffer = io.BytesIO()
    book = new_book(buffer)
    font = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
    title = book.add_format({**font, "bold": True, "font_size": 16, "text_wrap": False})
    note = book.add_format({**font, "font_color": "#595959"})
    head = book.add_format({**font, "bold": True, "border": 1, "bg_color": "#DDEBF7", "align": "center"})
    open_cell = book.add_format({**font, "border": 1, "num_format": "@"})
    our_cell = book.add_format({**font, "border": 1, "num_format": "@", "bg_color": "#F2F2F2"})
    day = book.add_format({**font, "border": 1, "num_format": "yyyy-mm-dd", "align": "center"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        last = len(sheet.columns) - 1
        page.set_row(0, 30)
        page.write_string(0, 0, sheet.title, title)
        width = sum(column.width for column in sheet.columns)
        for row, sentence in enumerate(sheet.notes, start=1):
            page.merge_range(row, 0, row, last, "", note)
            page.write_string(row, 0, sentence, note)
            page.set_row(row, 16.0 * (1 + 2 * len(sentence) // max(width, 1)))
        for number, column in enumerate(sheet.columns):
            page.set_column(number, number, column.width)
            page.write_string(sheet.head_row, number, column.label, head)
            if column.choices:
                first = sheet.head_row + 1
                page.data_validation(
                    first,
                    number,
                    first + len(sheet.rows) + SPARE_ROWS,
                    number,
                    {"validate": "list", "source": list(column.choices), "error_type": "warning"},
                )
        for offset, values in enumerate(sheet.rows, start=sheet.head_row + 1):
            lines = 1
            for number, (column, value) in enumerate(zip(sheet.columns, values, strict=True)):
                text_format = our_cell if column.ours else open_cell
                if isinstance(value, (dt.date, dt.datetime)):
                    moment = dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - as above
                    page.write_datetime(offset, number, moment, day)
                elif value is None or value == "":
                    page.write_blank(offset, number, None, text_format)
                else:
                    text = str(value)
                    page.write_string(offset, number, text, text_format)
                    wide = sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
                    lines = max(lines, text.count("\n") + 1 + wide // max(column.width, 1))
            page.set_row(offset, min(16.0 * lines, 400))
        page.autofilter(sheet.head_row, 0, sheet.head_row + max(len(sheet.rows), 1), last)
        page.freeze_panes(sheet.head_row + 1, 0)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(sheet.head_row)
        page.set_footer("&C第 &P 页，共 &N 页")
    book.close()
    return buffer.getvalue()


def find_head(grid: Grid, labels: Sequence[str]) -> tuple[int, dict[str, int]] | None:
    """Find the row that holds the labels, and the column of each; None when no row holds them all."""
    for row in range(min(grid.height, 40)):
        found = {grid.text(row, column).strip(): column for column in range(grid.width)}
        if all(label in found for label in labels):
            return row, {label: column for label, column in found.items() if label}
    return None


def rows_of(grid: Grid, labels: Sequence[str]) -> Iterator[TableRow]:
    """The rows below the head that hold anything; nothing when the head was not found."""
    head = find_head(grid, labels)
    if head is None:
        return
    top, columns = head
    for row in range(top + 1, grid.height):
        cells = {label: grid.value(row, column) for label, column in columns.items()}
        if any(value not in (None, "") for value in cells.values()):
            yield TableRow(row, cells, {label: grid.place(row, column) for label, column in columns.items()})
