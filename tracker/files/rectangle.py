"""The shape that every grid has: a rectangle from row 1 and column A to the last value."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.grid import Value


def trim(rows: Sequence[Sequence[Value]]) -> tuple[tuple[Value, ...], ...]:
    """Cut empty rows and columns off the end, and make all rows equally long.

    >>> trim([[None, "a", None], [None], [None, None, None]])
    ((None, 'a'),)
    >>> trim([["a"], [None, "b", None], []])
    (('a', None), (None, 'b'))
    """
    height = len(rows)
    while height and all(value is None for value in rows[height - 1]):
        height -= 1
    width = 0
    for row in rows[:height]:
        last = len(row)
        while last > width and row[last - 1] is None:
            last -= 1
        width = max(width, last)
    # Rows that hold nothing and stand between others stay: addresses must not shift.
    return tuple(tuple(row[:width]) + (None,) * (width - len(row)) for row in rows[:height])
