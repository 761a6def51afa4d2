"""Plain tables as a workbook that can be filtered and printed: the report's twin and other read-only lists.

Numbers are numbers, text is only ever text, and the same value gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from tracker.files.workbooks import ink
from tracker.rules.twin import Tabulation


def lay_out_tables(sheets: Sequence[Tabulation]) -> bytes:
    """One sheet for each table: title, note, head, rows; frozen, filtered, printed one page wide."""
    buffer = io.BytesIO()
    book = ink.new_book(buffer)
    cell = {**ink.FONT, "border": 1, "valign": "top"}
    title = book.add_format({**ink.FONT, "bold": True, "font_size": 16, "text_wrap": False})
    note = book.add_format({**ink.FONT, "font_color": "#595959", "text_wrap": False})
    head = book.add_format({**ink.FONT, "bold": True, "border": 1, "bg_color": "#DDEBF7", "align": "center"})
    text, number = book.add_format({**cell, "num_format": "@"}), book.add_format({**cell, "align": "center"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.write_string(0, 0, sheet.title, title)
        page.write_string(1, 0, sheet.note, note)
        page.set_row(0, 28)
        for column, (label, width) in enumerate(sheet.columns):
            page.set_column(column, column, width)
            page.write_string(2, column, label, head)
        page.set_row(2, ink.height_for(max(ink.lines_in(label, width) for label, width in sheet.columns)))
        for row, values in enumerate(sheet.rows, start=3):
            lines = 1
            for column, (value, (_, width)) in enumerate(zip(values, sheet.columns, strict=True)):
                if isinstance(value, str):
                    page.write_string(row, column, value, text)
                    lines = max(lines, ink.lines_in(value, width))
                else:
                    page.write_number(row, column, value, number)
            page.set_row(row, ink.height_for(lines))
        page.autofilter(2, 0, 2 + max(len(sheet.rows), 1), len(sheet.columns) - 1)
        page.freeze_panes(3, 0)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(2)
        page.set_footer("&C第 &P 页，共 &N 页")
    book.close()
    return buffer.getvalue()
