"""Many forms stamped from one master: what is the same in all forms of a round is laid out and packed once.

A master is a form of two empty rows with placeholders, laid out by `formats.books.form`. To stamp one:

    part                  what changes
    the sheet             its rows; every reference to the last row and to the row of signatures; the footer
    its table             the last row
    the workbook          the print area
    the shared strings    the placeholders: whose form it is, how many items, its identity

Everything else is copied as it was packed. A text of a row is written into its cell by the writer that changes cells of
existing workbooks.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from functools import lru_cache

from tracker import patterns as re
from tracker.columns import Column, ColumnKind
from tracker.formats.books.ink import as_day, height_for, lines_in
from tracker.formats.patch import LONGEST_TEXT, Package, cell_rest
from tracker.grid import column_letters

_SHEET, _TABLE = "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"
_BOOK, _STRINGS = "xl/workbook.xml", "xl/sharedStrings.xml"
# The rows of a master, and the least lines of a row.
MASTER_ROWS = LEAST_LINES = 2
# What stands in a prepared part for the last row of the table, and for the row of signatures below it.
_LAST, _FOOT = "\0L", "\0F"
_BELOW = 2


@lru_cache(maxsize=16384)
def _written(text: str, width: float, kind: ColumnKind) -> tuple[str, int]:
    """A text in its cell, and how many lines it takes there: a point stands in the forms of all its units."""
    day = as_day(text) if kind is ColumnKind.DATE else None
    if day is not None:
        return cell_rest(day), 1
    # What a cell cannot hold whole stays whole in the plan and in the 台账.
    return cell_rest(text[: LONGEST_TEXT // 2]), lines_in(text, width)


class FormMaster:
    """A form of two empty rows, taken apart once.

    Args:
        data: The workbook.
        columns: The columns of its table.
        head: The row of its head, from 0.
        placeholders: What stands in it for the texts of one form.
    """

    def __init__(
        self, data: bytes, columns: Sequence[Column], head: int, placeholders: Sequence[str]
    ) -> None:
        self._package = Package(data)
        self._columns = columns
        self._first = head + 2
        self._placeholders = re.compile("|".join(re.escape(html.escape(text)) for text in placeholders))
        sheet = self._package.part(_SHEET).decode()
        begin = sheet.index(f'<row r="{self._first}" ')
        end = sheet.index(f'<row r="{self._first + MASTER_ROWS + _BELOW - 1}" ')
        self._before, self._after = self._marked(sheet[:begin]), self._marked(sheet[end:])
        looks = re.findall(r'<c r="[A-Z]+[0-9]+" s="([0-9]+)"', sheet[begin:end])[: len(columns)]
        letters = [column_letters(number) for number in range(len(columns))]
        self._cells = tuple(
            (column, f'<c r="{letter}', f'" s="{look}"')
            for column, letter, look in zip(columns, letters, looks, strict=True)
        )
        self._table = self._marked(self._package.part(_TABLE).decode())
        self._book = re.sub(
            r"(!\$B\$1:\$[A-Z]+\$)[0-9]+", rf"\g<1>{_FOOT}", self._package.part(_BOOK).decode(), count=1
        )
        self._strings = self._package.part(_STRINGS).decode()

    def _marked(self, part: str) -> str:
        """A part with marks where it names the row of signatures or the last row of the table."""
        last = self._first + MASTER_ROWS - 1
        for number, mark in ((last + _BELOW, _FOOT), (last, _LAST)):
            part = re.sub(rf'(<row r="|[":][A-Z]{{1,3}}){number}(?=[":])', rf"\g<1>{mark}", part)
        return part

    def stamp(
        self, rows: Sequence[Mapping[str, str]], texts: Mapping[str, str], heights: Mapping[int, float]
    ) -> bytes:
        """A form.

        Args:
            rows: Texts by column name.
            texts: What stands for each placeholder.
            heights: Of the rows above the table, from 0, that depend on those texts.
        """
        last = self._first + len(rows) - 1

        def numbered(part: str) -> str:
            return part.replace(_LAST, str(last)).replace(_FOOT, str(last + _BELOW))

        def worded(part: str) -> str:
            escaped = {html.escape(placeholder): html.escape(text) for placeholder, text in texts.items()}
            return self._placeholders.sub(lambda match: escaped[match[0]], part)

        before = numbered(self._before)
        for row, height in heights.items():
            before = re.sub(rf'(<row r="{row + 1}" [^>]*?ht=")[0-9.]+', rf"\g<1>{height:g}", before, count=1)
        written = "".join(self._row(number, row) for number, row in enumerate(rows, self._first))
        parts = {
            _SHEET: before + written + worded(numbered(self._after)),
            _TABLE: numbered(self._table),
            _BOOK: numbered(self._book),
            _STRINGS: worded(self._strings),
        }
        return self._package.rebuild({name: part.encode() for name, part in parts.items()})

    def _row(self, number: int, texts: Mapping[str, str]) -> str:
        lines, cells = LEAST_LINES, []
        for column, start, look in self._cells:
            text = texts.get(column.name)
            if not text:
                cells.append(f"{start}{number}{look}/>")
                continue
            rest, lines_here = _written(text, column.width, column.kind)
            if lines_here > lines:
                lines = lines_here
            cells.append(f"{start}{number}{look}{rest}")
        return f'<row r="{number}" spans="1:{len(self._cells)}" ht="{height_for(lines):g}">{"".join(cells)}</row>'
