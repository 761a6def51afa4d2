"""A decided table written into the file that it came in: .xlsx by `files.patch`, .docx by `files.wordtable`."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence

from tracker.files.patch import Append
from tracker.files.patch import Edit
from tracker.files.patch import Fit
from tracker.files.patch import Shade
from tracker.files.patch import SheetParts
from tracker.files.patch import describe
from tracker.files.patch import patch
from tracker.files.wordtable import CellText
from tracker.files.wordtable import RowCopies
from tracker.files.wordtable import change_tables
from tracker.files.workbooks.ink import height_for
from tracker.files.workbooks.ink import lines_in
from tracker.grid import Grid
from tracker.grid import Value
from tracker.problems.filling import NoEmptyRow
from tracker.problems.filling import NoRoom
from tracker.reading.tabular.rows import tight
from tracker.steps.filling.table import FilledTable
from tracker.steps.filling.table import document_text


def into_workbook(data: bytes, tables: Sequence[FilledTable]) -> bytes:
    """The workbook with its tables filled in and their gaps shaded.

    Raises:
        NoRoom: An empty table ends too early, and rows below it would have to be moved.
        CannotPatch: A cell cannot be changed without harm.
    """
    sheets = {parts.name: parts for parts in describe(data)}
    edits: list[Edit] = []
    shades: list[Shade] = []
    fits: list[Fit] = []
    appends: list[Append] = []
    for table in tables:
        sheet, grid = sheets[table.blank.grid.name], table.blank.grid
        rows: dict[int, dict[int, Value]] = {}
        for (row, column), value in table.cells.items():
            rows.setdefault(row, {})[column] = value
        is_open = bool(table.new) and _is_open(table, sheet)
        if is_open:
            appends.append(_appended(table, sheet))
            rows |= {n: dict(texts) for n, texts in enumerate(table.new, start=_first(table))}
        elif table.new:
            # A number of theirs that is printed before stays, and so does a formula whose value nobody kept.
            rows |= {
                n: {
                    c: v
                    for c, v in texts.items()
                    if not tight(grid.text(n, c)) and (n, c) not in grid.formulas
                }
                for n, texts in zip(_room(table, sheet), table.new, strict=False)
            }
        for row, cells in rows.items():
            shades += [Shade(sheet.name, row, c) for c, v in cells.items() if v is None]
            if height := _height(sheet, grid, row, cells):
                fits.append(Fit(sheet.name, row, height))
            if not is_open:
                edits += [Edit(sheet.name, row, c, v) for c, v in cells.items() if v is not None]
    return patch(data, edits, appends, fits, shades)


def _first(table: FilledTable) -> int:
    return table.blank.empty[0] if table.blank.empty else table.blank.bottom + 1


def _is_open(table: FilledTable, sheet: SheetParts) -> bool:
    """Whether nothing stands where the rows go or below it."""
    return table.blank.foot is None and sheet.last_row < _first(table)


def _appended(table: FilledTable, sheet: SheetParts) -> Append:
    first, bottom = _first(table), table.blank.bottom
    area = next((name for name, its in sheet.tables if its.top <= bottom <= its.bottom), "")
    rows = tuple(tuple(row.get(column) for column in range(max(row, default=-1) + 1)) for row in table.new)
    heights = tuple(
        _height(sheet, table.blank.grid, first + n, row) or height_for(1) for n, row in enumerate(table.new)
    )
    return Append(sheet.name, rows, like=first, table=area, heights=heights)


def _room(table: FilledTable, sheet: SheetParts) -> list[int]:
    """The empty rows of a table, and those below everything where it has no foot."""
    blank, count = table.blank, len(table.new)
    below = range(sheet.last_row + 1, sheet.last_row + 1 + count) if blank.foot is None else ()
    room = list(dict.fromkeys([*blank.empty, *below]))
    if len(room) < count:
        raise NoRoom(place=blank.grid.place(blank.bottom + 1, 0), room=len(room), count=count)
    return room


def _height(sheet: SheetParts, grid: Grid, row: int, cells: Mapping[int, Value]) -> float:
    """How high a row has to be for its longest text; 0 where one line will do."""
    lines = 1
    for column in range(max(grid.width, max(cells, default=0) + 1)):
        value = cells.get(column)
        text = document_text(value) if value is not None else grid.text(row, column)
        anchor = grid.anchor(row, column)
        wide = [c for c in range(column, grid.width) if grid.anchor(row, c) == anchor] or [column]
        lines = max(lines, lines_in(text, sum(sheet.width(c) for c in wide)))
    return height_for(lines) if lines > 1 else 0.0


def into_document(data: bytes, tables: Sequence[FilledTable]) -> bytes:
    """The document with its tables filled in and their gaps shaded.

    Raises:
        NoEmptyRow: An empty table has no row to copy.
        CannotPatch: A cell cannot be changed without harm.
    """
    cells: list[CellText] = []
    copies: list[RowCopies] = []
    for table in tables:
        name = table.blank.grid.name
        cells += [
            CellText(name, row, column, document_text(value)) for (row, column), value in table.cells.items()
        ]
        if not table.new:
            continue
        free = table.blank.empty
        if not free:
            raise NoEmptyRow(place=table.blank.grid.place(table.blank.bottom, 0))
        for row, texts in zip(free, table.new, strict=False):
            cells += [
                CellText(name, row, column, document_text(value))
                for column, value in texts.items()
                if not tight(table.blank.grid.text(row, column))
            ]
        rest = table.new[len(free) :]
        if rest:
            rows = tuple({column: document_text(value) for column, value in row.items()} for row in rest)
            copies.append(RowCopies(name, free[-1], rows))
    return change_tables(data, cells, copies)
