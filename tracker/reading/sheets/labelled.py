"""Tables of our own workbooks, found again by the words of their heads wherever the columns stand now.

>>> from tracker.grid import from_table
>>> grid = from_table('''
... | 名单     |          |
... | 备注     | 单位     |
... | 新       | 市教育局 |
... ''')
>>> [(row.text("单位"), row.places["单位"]) for row in rows_of(grid, ("单位", "备注"))]
[('市教育局', 'Sheet1!B3')]
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.grid import Grid
from tracker.grid import Value
from tracker.grid import as_text

_HEAD_WITHIN = 40


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row that was read back: its 0-based row number; value, place and 0-based column by label."""

    row: int
    cells: dict[str, Value]
    places: dict[str, str]
    columns: dict[str, int]

    def text(self, label: str) -> str:
        """The text under a label, without blanks at its ends; empty when the column is missing."""
        return as_text(self.cells.get(label)).strip()


def find_head(grid: Grid, labels: Sequence[str]) -> tuple[int, dict[str, int]] | None:
    """Find the row that holds the labels, and the column of each; None when no row holds them all."""
    for row in range(min(grid.height, _HEAD_WITHIN)):
        columns = {grid.text(row, column).strip(): column for column in range(grid.width)}
        if all(label in columns for label in labels):
            return row, {label: column for label, column in columns.items() if label}
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
            places = {label: grid.place(row, column) for label, column in columns.items()}
            yield TableRow(row, cells, places, columns)
