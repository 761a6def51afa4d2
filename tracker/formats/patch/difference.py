"""What differs between two states of one workbook, as the edits that make the second of the first.

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
from collections.abc import Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from tracker.formats.patch.changes import Edit
from tracker.grid import Grid, Source, Value

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
        if grid.name in grids and (rows := _gone(grids[grid.name], grid))
    }


def _gone(old: Grid, new: Grid) -> tuple[int, ...]:
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
