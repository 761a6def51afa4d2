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
from tracker.files.wordtable import CopiedRows
from tracker.files.wordtable import change_tables
from tracker.files.workbooks.ink import height_for
from tracker.files.workbooks.ink import lines_in
from tracker.grid import Grid
from tracker.grid import Value
from tracker.problems.filling import NoEmptyRow
from tracker.problems.filling import NoRoom
from tracker.reading.tabular.rows import tight
from tracker.steps.filling.table import Filled
from tracker.steps.filling.table import written


def into_workbook(data: bytes, tables: Sequence[Filled]) -> bytes:
    """The workbook with its tables filled in and their gaps shaded.

    Raises:
        NoRoom: An empty table ends too early, and rows below it would have to be moved.
        CannotPatch: A cell cannot be changed without harm.
    """
    sheets = {each.name: each for each in describe(data)}
    edits: list[Edit] = []
    shades: list[Shade] = []
    fits: list[Fit] = []
    appends: list[Append] = []
    for each in tables:
        sheet, grid = sheets[each.blank.grid.name], each.blank.grid
        rows: dict[int, dict[int, Value]] = {}
        for (row, column), value in each.cells.items():
            rows.setdefault(row, {})[column] = value
        is_open = bool(each.new) and _is_open(each, sheet)
        if is_open:
            appends.append(_appended(each, sheet))
            rows |= {n: dict(texts) for n, texts in enumerate(each.new, start=_first(each))}
        elif each.new:
            # A number of theirs that is printed before stays, and so does a formula whose value nobody kept.
            rows |= {
                n: {
                    c: v
                    for c, v in texts.items()
                    if not tight(grid.text(n, c)) and (n, c) not in grid.formulas
                }
                for n, texts in zip(_room(each, sheet), each.new, strict=False)
            }
        for row, cells in rows.items():
            shades += [Shade(sheet.name, row, c) for c, v in cells.items() if v is None]
            if height := _height(sheet, grid, row, cells):
                fits.append(Fit(sheet.name, row, height))
            if not is_open:
                edits += [Edit(sheet.name, row, c, v) for c, v in cells.items() if v is not None]
    return patch(data, edits, appends, fits, shades)


def _first(table: Filled) -> int:
    return table.blank.empty[0] if table.blank.empty else table.blank.bottom + 1


def _is_open(table: Filled, sheet: SheetParts) -> bool:
    """Whether nothing stands where the rows go or below it."""
    return table.blank.foot is None and sheet.last_row < _first(table)


def _appended(table: Filled, sheet: SheetParts) -> Append:
    first, bottom = _first(table), table.blank.bottom
    area = next((name for name, its in sheet.tables if its.top <= bottom <= its.bottom), "")
    rows = tuple(tuple(row.get(column) for column in range(max(row, default=-1) + 1)) for row in table.new)
    heights = tuple(
        _height(sheet, table.blank.grid, first + n, row) or height_for(1) for n, row in enumerate(table.new)
    )
    return Append(sheet.name, rows, like=first, table=area, heights=heights)


def _room(table: Filled, sheet: SheetParts) -> list[int]:
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
        text = written(value) if value is not None else grid.text(row, column)
        anchor = grid.anchor(row, column)
        wide = [c for c in range(column, grid.width) if grid.anchor(row, c) == anchor] or [column]
        lines = max(lines, lines_in(text, sum(sheet.width(c) for c in wide)))
    return height_for(lines) if lines > 1 else 0.0


def into_document(data: bytes, tables: Sequence[Filled]) -> bytes:
    """The document with its tables filled in and their gaps shaded.

    Raises:
        NoEmptyRow: An empty table has no row to copy.
        CannotPatch: A cell cannot be changed without harm.
    """
    cells: list[CellText] = []
    copies: list[CopiedRows] = []
    for each in tables:
        name = each.blank.grid.name
        cells += [CellText(name, row, column, written(value)) for (row, column), value in each.cells.items()]
        if not each.new:
            continue
        free = each.blank.empty
        if not free:
            raise NoEmptyRow(place=each.blank.grid.place(each.blank.bottom, 0))
        for row, texts in zip(free, each.new, strict=False):
            cells += [
                CellText(name, row, column, written(value))
                for column, value in texts.items()
                if not tight(each.blank.grid.text(row, column))
            ]
        rest = each.new[len(free) :]
        if rest:
            rows = tuple({column: written(value) for column, value in row.items()} for row in rest)
            copies.append(CopiedRows(name, free[-1], rows))
    return change_tables(data, cells, copies)
