"""What a form that came back amounts to: which cells may be believed, before anything is joined.

The reading says what stands in each cell; here it is held against what was handed out:

- The 具体要求 beside each id must be the one that was handed out with it. Where two rows or more show each
  other's, ids and texts were sorted apart and nothing in the file can be believed.
- A column whose answers stand beside foreign rows (`rules.returns.sorting`) is refused as a whole, against what was
  filled in beforehand or what the unit sent last time. A choice has too few words to tell.
- A row that did not come back is no statement, and is said.

    >>> doubts = find_doubts(
    ...     requirements={"1": "甲", "2": "乙"}, texts={"1": "乙", "2": "甲"}, before={}, theirs={"1": {}, "2": {}}
    ... )
    >>> doubts.swaps
    ('1', '2')
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.columns import BY_NAME
from tracker.columns import ColumnKind
from tracker.rules.returns.merge import Rows
from tracker.rules.returns.sorting import ColumnSort
from tracker.rules.returns.sorting import find_column_sort

# How many rows must show each other's requirement before a file is refused; one alone is a person's correction.
LEAST_SWAPS = 2


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is wrong with a form as a whole.

    Attributes:
        swaps: Work points that stand beside another's requirement; empty when ids can be believed.
        columns: Columns sorted alone, by name.
        absent: Work points that were handed out and did not come back.
        is_empty: Nothing was answered at all.
    """

    swaps: tuple[str, ...]
    columns: Mapping[str, ColumnSort]
    absent: tuple[str, ...]
    is_empty: bool


def find_doubts(
    *, requirements: Mapping[str, str], texts: Mapping[str, str], before: Rows, theirs: Rows
) -> Doubts:
    """Say what is wrong with a form.

    Args:
        requirements: 具体要求 of each work point handed out, made plain for comparing.
        texts: What the file shows beside each id, likewise; only where it shows anything.
        before: Answers known when the unit sent it: filled in beforehand, or sent last time.
        theirs: Answers that came back.
    """
    swaps = _swaps(requirements, texts)
    suspects: dict[str, ColumnSort] = {}
    for name in () if swaps else _comparable(theirs):
        was = {point_id: before.get(point_id, {}).get(name, "") for point_id in requirements}
        now = {
            point_id: cells[name]
            for point_id, cells in theirs.items()
            if name in cells and point_id in requirements
        }
        suspect = find_column_sort(was, now)
        if suspect:
            suspects[name] = suspect
    return Doubts(
        swaps=swaps,
        columns=suspects,
        absent=tuple(point_id for point_id in requirements if point_id not in theirs),
        is_empty=not any(text.strip() for cells in theirs.values() for text in cells.values()),
    )


def _swaps(requirements: Mapping[str, str], texts: Mapping[str, str]) -> tuple[str, ...]:
    home: dict[str, list[str]] = {}
    for point_id, text in requirements.items():
        home.setdefault(text, []).append(point_id)
    swaps = tuple(
        point_id
        for point_id, text in texts.items()
        if point_id in requirements
        and text != requirements[point_id]
        and text in home
        and point_id not in home[text]
    )
    return swaps if len(swaps) >= LEAST_SWAPS else ()


def _comparable(theirs: Rows) -> Sequence[str]:
    names = dict.fromkeys(name for cells in theirs.values() for name in cells)
    return [name for name in names if BY_NAME[name].kind is not ColumnKind.CHOICE]
