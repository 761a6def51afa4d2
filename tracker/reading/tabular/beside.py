"""Tables that stand side by side on one sheet, or go on on the next one without a head.

    | 序号 | 任务   | 责任单位 |  | 序号 | 任务   | 责任单位 |
    | 1    | 甲事项 | 市甲局   |  | 3    | 丙事项 | 市丙局   |

A head whose columns return in the same order, from left to right, is a head for each run of them. Each is read as
a table of its own, in the cells where it stands, so that places stay what they are.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tracker.grid import Grid
from tracker.reading.plans.drafts import UNIT_FIELDS
from tracker.reading.plans.drafts import Field
from tracker.reading.running.statements import is_names
from tracker.reading.tabular import heads
from tracker.reading.tabular.rows import cells
from tracker.reading.tabular.rows import tight
from tracker.reading.tabular.tablehead import TableHead

# How many rows may stand above a head.
_FURTHEST = 15
_FEWEST = 3


def side_by_side(grid: Grid) -> tuple[Grid, ...]:
    """The tables of a sheet, from left to right; the sheet itself where it holds one."""
    for row in range(min(grid.height, _FURTHEST)):
        starts = _starts({column: heads.plain_head(text) for column, text in cells(grid, row).items()})
        if starts:
            ends = [*starts[1:], grid.width]
            return tuple(
                _only(grid, row, 0 if number == 0 else start, end, keep_above=number == 0)
                for number, (start, end) in enumerate(zip(starts, ends, strict=True))
            )
    return (grid,)


def _starts(labels: dict[int, str]) -> list[int]:
    """Where each run of a head begins that returns whole; empty if it does not return."""
    columns = sorted(labels)
    for size in range(_FEWEST, len(columns) // 2 + 1):
        runs = [columns[at : at + size] for at in range(0, len(columns), size)]
        first = {column: labels[column] for column in runs[0]}
        if all([labels[column] for column in run] == list(first.values()) for run in runs) and (
            len(set(first.values())) == size and heads.is_head(first)
        ):
            return [run[0] for run in runs]
    return []


def _only(grid: Grid, head: int, start: int, right: int, *, keep_above: bool) -> Grid:
    """The grid with nothing but some columns from the head on; what stands above it once only."""

    def stays(row: int, column: int) -> bool:
        return keep_above if row < head else start <= column < right

    rows = tuple(
        tuple(value if stays(row, column) else None for column, value in enumerate(line))
        for row, line in enumerate(grid.rows)
    )
    merges = tuple(
        merge for merge in grid.merges if stays(merge.top, merge.left) and stays(merge.bottom, merge.right)
    )
    return replace(grid, rows=rows, merges=merges)


def goes_on(grid: Grid, head: TableHead) -> bool:
    """Whether a sheet without a head goes on with the table before it.

    Its rows must fit that head: most have a number where numbers stand, and names where units stand.
    """
    lines = [
        row
        for row in range(grid.height)
        if len(cells(grid, row)) > 1 and tight(grid.visible_text(row, head.requirement))
    ]
    numbers, units = head.columns(Field.NUMBER), head.columns(*UNIT_FIELDS)
    if not lines or not numbers or not units or max(head.fields) + 1 < grid.width:
        return False
    numbered_rows = [
        row for row in lines if re.fullmatch(r"\d+(?:[.-]\d+)*", tight(grid.text(row, numbers[0])))
    ]
    rows_with_units = [
        row for row in lines if any(is_names(tight(grid.visible_text(row, column))) for column in units)
    ]
    return len(numbered_rows) * 2 > len(lines) and len(rows_with_units) * 2 > len(lines)
