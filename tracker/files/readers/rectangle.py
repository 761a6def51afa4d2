"""The shape that every grid has: a rectangle from row 1 and column A to the last value."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence

from tracker.grid import Merge
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


def clip(merges: Iterable[Merge], rows: Sequence[Sequence[Value]]) -> tuple[Merge, ...]:
    """Cut merges to the rectangle, in reading order; what is left of one must be more than a cell.

    >>> clip([Merge(0, 0, 1048575, 16383), Merge(5, 0, 6, 0)], (("a", None), ("b", None)))
    (Merge(top=0, left=0, bottom=1, right=1),)
    """
    height, width = len(rows), len(rows[0]) if rows else 0
    cut = (
        Merge(merge.top, merge.left, min(merge.bottom, height - 1), min(merge.right, width - 1))
        for merge in merges
    )
    areas = {
        merge
        for merge in cut
        if merge.top <= merge.bottom
        and merge.left <= merge.right
        and (merge.top < merge.bottom or merge.left < merge.right)
    }
    return tuple(sorted(areas, key=lambda merge: (merge.top, merge.left, merge.bottom, merge.right)))


def overlap(merges: Iterable[Merge], rows: Sequence[Sequence[Value]]) -> bool:
    """Whether merges cover more cells than there are: an honest sheet never merges a cell twice.

    >>> overlap([Merge(0, 0, 0, 1), Merge(0, 0, 0, 1)], (("a", None),))
    True
    """
    area = sum((merge.bottom - merge.top + 1) * (merge.right - merge.left + 1) for merge in merges)
    return area > len(rows) * (len(rows[0]) if rows else 0)
