"""A new workbook in memory: no text becomes a formula or a link, and the same values give the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from tracker.columns import Column, ColumnKind
from tracker.grid import column_letters
from tracker.printable import in_a_cell, name_for_sheet

# A fixed date of creation: the same facts give the same file.
CREATED = dt.datetime(2020, 1, 1)  # noqa: DTZ001 - a workbook knows no time zone

# So many characters of the default font stand beside each other on a landscape A4 at most: 148 at full size; at three
# fifths of it a text of 11 points is still read.
_A4_SQUEEZED = 245

# Rows of text are as high as their lines; Excel shows at most 409 points.
LINE, TALLEST = 15.0, 405.0

FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
# A cell of a form or of the 台账, and of its head.
BOX = {**FONT, "border": 1, "border_color": "#7F7F7F"}
HEADING = {**BOX, "bold": True, "align": "center", "font_name": "黑体"}


def new_book(buffer: io.BytesIO) -> Any:
    """A workbook of XlsxWriter that is written to `buffer` when it is closed."""
    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

    class Page(Worksheet):  # type: ignore[misc]  # the package is untyped
        """A sheet on which a text that is cut says so, and whose fitted rows go on fitting: their height is stated, and not called custom.

        LibreOffice shows a row without a height one line high; Excel and WPS would never again fit one whose
        height is custom, and what a unit writes would stay hidden.

        What it writes is what the library writes, byte for byte, in two thirds of the time.
        """

        # Without the library's question whether a place is written as A1.
        write_string = Worksheet.write_string.__wrapped__
        write_blank = Worksheet.write_blank.__wrapped__
        write_formula = Worksheet.write_formula.__wrapped__

        def __init__(self) -> None:
            super().__init__()
            self.fitted: set[int] = set()

        def _write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> Any:
            return super()._write_string(row, col, in_a_cell(string), cell_format)

        def _xml_start_tag_unencoded(self, tag: str, attributes: Any = None) -> None:
            if tag == "row" and int(attributes[0][1]) - 1 in self.fitted:
                attributes = [attribute for attribute in attributes if attribute[0] != "customHeight"]
            super()._xml_start_tag_unencoded(tag, attributes)

        def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
            # The library looks for each of 29 functions that Excel stores under another name; we use none of them.
            return formula.removeprefix("=")

        def _write_cell(self, row: int, col: int, cell: Any) -> None:
            kind = cell.__class__.__name__
            if cell.format and kind == "String":
                look = cell.format._get_xf_index()
                at = f"{column_letters(col)}{row + 1}"
                self.fh.write(f'<c r="{at}" s="{look}" t="s"><v>{cell.string}</v></c>')
            elif cell.format and kind == "Blank":
                look = cell.format._get_xf_index()
                self.fh.write(f'<c r="{column_letters(col)}{row + 1}" s="{look}"/>')
            else:
                super()._write_cell(row, col, cell)

    class Book(xlsxwriter.Workbook):  # type: ignore[misc]
        worksheet_class = Page

        def add_worksheet(self, name: str, worksheet_class: Any = None) -> Any:
            return super().add_worksheet(name_for_sheet(name), worksheet_class)

    book = Book(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": CREATED})
    return book


def print_on_a4(page: Any, widths: Sequence[float] = (), *, head: int | None = None, repeat: int = 0) -> None:
    """Print a sheet on A4, its head on each page; columns that would be too small go on a page beside, the first ones on both.

    Args:
        page: The sheet.
        widths: Of its columns, in characters.
        head: The row of its head, repeated on each page.
        repeat: So many columns are repeated where the sheet is wider than a page.

    >>> [pages_across(widths, 2) for widths in ([20] * 7, [20] * 12, [20] * 20)]
    [1, 1, 2]
    """
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.center_horizontally()
    across = pages_across(widths, repeat)
    page.fit_to_pages(across, 0)
    if across > 1 and repeat:
        page.repeat_columns(0, repeat - 1)
    if head is not None:
        page.repeat_rows(head)
    page.set_footer("&C第 &P 页，共 &N 页")


def pages_across(widths: Sequence[float], repeat: int) -> int:
    """How many pages a sheet takes beside each other, the first columns being on each."""
    first = sum(widths[:repeat])
    return max(1, math.ceil((sum(widths) - first) / max(_A4_SQUEEZED - first, _A4_SQUEEZED / 2)))


def fit_row(page: Any, row: int, lines: int) -> None:
    """Make a row high enough for so many lines, and let it grow with what is written in it later."""
    page.set_row(row, height_for(lines))
    page.fitted.add(row)


def write_row(
    page: Any,
    row: int,
    columns: Sequence[Column],
    texts: Sequence[str],
    looks: Sequence[Any],
    *,
    lines: int = 1,
) -> None:
    """Write a row of texts, a day in a column of days as a day; as high as its longest text, at least `lines`."""
    for place, (column, text, look) in enumerate(zip(columns, texts, looks, strict=True)):
        day = as_day(text) if column.kind is ColumnKind.DATE else None
        if day is not None:
            page.write_datetime(row, place, day, look)
        elif text:
            page.write_string(row, place, text, look)
            lines = max(lines, lines_in(text, column.width))
        else:
            page.write_blank(row, place, None, look)
    fit_row(page, row, lines)


def write_hidden(book: Any, name: str, pairs: Iterable[tuple[str, str]]) -> None:
    """A very hidden sheet: a name and a text in each row."""
    page = book.add_worksheet(name)
    for row, (key, text) in enumerate(pairs):
        page.write_string(row, 0, key)
        page.write_string(row, 1, text)
    page.very_hidden()


# Characters that take two places, in runs.


def width_of(text: str) -> int:
    """Width in characters of the default font: a Chinese character takes two.

    >>> width_of("第3季度")
    7
    """
    return len(text) + sum(map("\u2e7f".__lt__, text))


@lru_cache(maxsize=8192)
def lines_in(text: str, width: float) -> int:
    r"""How many lines a wrapped text takes in a column; programs do not fit merged or wrapped rows by themselves.

    >>> lines_in("一二三四五六", 8), lines_in("一\n二", 8), lines_in("", 8)
    (2, 2, 1)
    """
    # The same requirement stands in the form of each of its units.
    usable = max(width - 1.2, 2.0)
    return sum(max(1, -(-width_of(part) // int(usable))) for part in text.split("\n"))


def height_for(lines: int, *, least: float = 0.0) -> float:
    """The height of a row of so many lines."""
    return min(max(lines * LINE + 6, least), TALLEST)


def as_day(text: str) -> dt.datetime | None:
    """A day as a workbook stores it, from an ISO date; None for anything else, which stays text.

    >>> as_day("2026-06-30"), as_day("六月底")
    (datetime.datetime(2026, 6, 30, 0, 0), None)
    """
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return dt.datetime(day.year, day.month, day.day) if day.year >= 1900 else None  # noqa: DTZ001 - as above
