"""What a caller asks of a workbook: cells, new rows, shades and heights; `patching` does it, and is loaded when it has to.

What differs between two states of one workbook, as the edits that make the second of the first.

A workbook that is open in Excel has a state of its own. Turned into edits of the file, it is read like any file; what a
step wants to change, turned into edits of the open book, is written into it. Both are the same plan.

    >>> old = Source("xlsx", "a", (Grid("甲", (("编号", "意见"), ("1", None), ("2", "同意"))),))
    >>> new = Source("xlsx", "a", (Grid("甲", (("编号", "意见"), ("2", "不同意"))),))
    >>> rows_to_drop(old, new)
    {'甲': (1,)}
    >>> [(edit.row, edit.column, edit.value) for edit in cell_edits(without_rows(old, rows_to_drop(old, new)), new)]
    [(1, 1, '不同意')]
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from tracker.grid import Grid, Source, Value
from tracker.problems.files import CannotPatch
from tracker.values import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """A cell and what it is to hold.

    Attributes:
        sheet: Name of the sheet.
        row: 0-based.
        column: 0-based.
        value: Text stays text, whatever it looks like; None empties the cell and keeps its format.
    """

    sheet: str
    row: int
    column: int
    value: Value


@dataclass(frozen=True, slots=True)
class Append:
    """Rows to put below the last row of data.

    Attributes:
        sheet: Name of the sheet.
        rows: The values of each row from column A on; None leaves a cell empty.
        like: The row (0-based) whose formats, height, validations and conditional formats they take.
        table: Name of the table to add them to; empty for below everything on the sheet.
        heights: How high each row has to be to show its text; none where programs fit them by themselves.
    """

    sheet: str
    rows: tuple[tuple[Value, ...], ...]
    like: int | None = None
    table: str = ""
    heights: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Shade:
    """An empty cell that is to stand out: its format with another background, and nothing in it.

    Attributes:
        sheet: Name of the sheet.
        row: 0-based.
        column: 0-based.
        colour: Red, green and blue in hexadecimal.
    """

    sheet: str
    row: int
    column: int
    colour: str = "FFF2CC"


@dataclass(frozen=True, slots=True)
class Fit:
    """A row that has to be at least so high to show its text.

    A row whose height somebody set by hand keeps it. The row goes on fitting what is written in it later.

    Attributes:
        sheet: Name of the sheet.
        row: 0-based.
        height: In points.
    """

    sheet: str
    row: int
    height: float


# Where a refusal is of the whole file.
BOOK = "工作簿"


def patch(
    data: bytes,
    edits: Sequence[Edit],
    appends: Sequence[Append] = (),
    fits: Sequence[Fit] = (),
    shades: Sequence[Shade] = (),
    *,
    name: str = "",
) -> bytes:
    """Change cells and add rows; return the whole new workbook, or `data` itself where nothing changes.

    `fits` count for rows that are edited; `shades` are of cells that are empty when everything else is done. `name` is the
    file's, for refusals.

    Raises:
        CannotPatch: A change cannot be made without harm; nothing is changed then.
    """
    from tracker.formats.patch.patching import patch_once

    try:
        data = patch_once(data, edits, appends[:1], fits)
        for append in appends[1:]:  # each finds its place below the one before
            data = patch_once(data, (), (append,))
        return patch_once(data, (), (), (), shades) if shades else data
    except CannotPatch as refusal:
        place, why = (str(refusal.facts[fact]) for fact in ("place", "why"))
        where = name if place == BOOK else f"{name} {place}"
        raise CannotPatch(place=where if name else place, why=why) from refusal


# Day 0 of a spreadsheet: a time without a day is told as one of this day.
DAY_ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet has no time zone


def same(one: Value, other: Value) -> bool:
    """Whether a cell that holds one shows the other: programs tell numbers, days and line breaks each in their way.

    >>> same(3, 3.0), same("3", 3), same(True, 1), same(dt.date(2026, 3, 2), dt.datetime(2026, 3, 2)), same("", None)
    (True, False, False, True, True)
    """
    return _plain(one) == _plain(other)


def _plain(value: Value) -> tuple[str, object]:
    if value is None or value == "":
        return ("", None)
    if isinstance(value, str):
        return ("text", value.replace("\r\n", "\n"))
    if isinstance(value, bool):
        return ("bool", value)
    if isinstance(value, (int, float)):
        return ("number", float(value))
    if isinstance(value, dt.timedelta):
        return ("moment", DAY_ZERO + value)
    if isinstance(value, dt.time):
        return ("moment", dt.datetime.combine(DAY_ZERO, value))
    if isinstance(value, dt.date):
        return ("moment", value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time()))
    return ("error", value.code)


def cell_edits(old: Source, new: Source) -> tuple[Edit, ...]:
    """The cells that differ, sheet by sheet; columns beyond those of the new sheet are somebody's own, and stay."""
    grids = {grid.name: grid for grid in old.grids}
    return tuple(
        Edit(grid.name, row, column, grid.value(row, column))
        for grid in new.grids
        if grid.name in grids
        for row in range(max(grid.height, grids[grid.name].height))
        for column in range(grid.width)
        if not same(grids[grid.name].value(row, column), grid.value(row, column))
    )


def rows_to_drop(old: Source, new: Source) -> dict[str, tuple[int, ...]]:
    """Rows that a list laid out anew has no more, by sheet, where it became shorter: as many as it lacks at least."""
    grids = {grid.name: grid for grid in old.grids}
    return {
        grid.name: rows
        for grid in new.grids
        if grid.name in grids and (rows := _lost_rows(grids[grid.name], grid))
    }


def _lost_rows(old: Grid, new: Grid) -> tuple[int, ...]:
    if new.height >= old.height:
        return ()
    heads, new_heads = ([_plain(grid.value(row, 0)) for row in range(grid.height)] for grid in (old, new))
    rows: list[int] = []
    matcher = SequenceMatcher(None, heads, new_heads, autojunk=False)
    for _, first, last, first_new, last_new in matcher.get_opcodes():
        rows += range(first + (last_new - first_new), last)
    return tuple(rows)


def without_rows(source: Source, rows: Mapping[str, tuple[int, ...]]) -> Source:
    """The workbook after these rows were taken out of its sheets."""
    blocks = tuple(
        replace(
            block, rows=tuple(row for n, row in enumerate(block.rows) if n not in rows.get(block.name, ()))
        )
        if isinstance(block, Grid)
        else block
        for block in source.blocks
    )
    return replace(source, blocks=blocks)
