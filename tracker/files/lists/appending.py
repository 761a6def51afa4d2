"""Rows for a list that a person has: each value under its own head, wherever the column was moved to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from collections.abc import Sequence

from tracker.files.lists.books import BookColumn
from tracker.files.patch import Append
from tracker.files.workbooks.ink import height_for
from tracker.files.workbooks.ink import lines_in
from tracker.grid import Value


def append_of(
    sheet: str,
    places: Mapping[str, int],
    columns: Sequence[BookColumn],
    values: Sequence[Mapping[str, Value]],
    *,
    like: int | None,
) -> Append:
    """Rows to go below the last one; `places` says where each head stands, a head that is gone is left out."""
    width = max(places.values(), default=-1) + 1
    rows = []
    for row in values:
        cells: list[Value] = [None] * width
        for label, value in row.items():
            if label in places and value != "":
                cells[places[label]] = value
        rows.append(tuple(cells))
    heights = tuple(
        height_for(max(lines_in(_cell_text(row.get(column.label)), column.width) for column in columns))
        for row in values
    )
    return Append(sheet, tuple(rows), like=like, heights=heights)


def _cell_text(value: Value) -> str:
    return "0000-00-00" if isinstance(value, dt.date) else "" if value is None else str(value)
