"""What a form that came back amounts to: which cells may be believed, before anything is joined.

The reading says what stands in each cell; here it is held against what was handed out:

- The 具体要求 beside each id must be the one that was handed out with it. Where two rows or more show each
  other's, ids and texts were sorted apart and nothing in the file can be believed.
- A column whose answers stand beside foreign rows (`rules.returns.sorting`) is refused as a whole, against what was
  filled in beforehand or what the unit sent last time. A choice has too few words to tell.
- A row that did not come back is no statement, and is said.

    >>> doubts = doubt(
    ...     expected={"1": "甲", "2": "乙"}, given={"1": "乙", "2": "甲"}, before={}, theirs={"1": {}, "2": {}}
    ... )
    >>> doubts.scrambled
    ('1', '2')
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.columns import BY_NAME
from tracker.columns import Kind
from tracker.rules.returns.merge import Rows
from tracker.rules.returns.sorting import SortedAlone
from tracker.rules.returns.sorting import sorted_alone

# How many rows must show each other's requirement before a file is refused; one alone is a person's correction.
SCRAMBLED = 2


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is wrong with a form as a whole.

    Attributes:
        scrambled: Work points that stand beside another's requirement; empty when ids can be believed.
        sorted: Columns sorted alone, by name.
        missing: Work points that were handed out and did not come back.
        is_empty: Nothing was answered at all.
    """

    scrambled: tuple[str, ...]
    sorted: Mapping[str, SortedAlone]
    missing: tuple[str, ...]
    is_empty: bool


def doubt(*, expected: Mapping[str, str], given: Mapping[str, str], before: Rows, theirs: Rows) -> Doubts:
    """Say what is wrong with a form.

    Args:
        expected: 具体要求 of each work point handed out, made plain for comparing.
        given: What the file shows beside each id, likewise; only where it shows anything.
        before: Answers known when the unit sent it: filled in beforehand, or sent last time.
        theirs: Answers that came back.
    """
    scrambled = _scrambled(expected, given)
    suspects: dict[str, SortedAlone] = {}
    for name in () if scrambled else _comparable(theirs):
        was = {wp: before.get(wp, {}).get(name, "") for wp in expected}
        now = {wp: cells[name] for wp, cells in theirs.items() if name in cells and wp in expected}
        found = sorted_alone(was, now)
        if found:
            suspects[name] = found
    return Doubts(
        scrambled=scrambled,
        sorted=suspects,
        missing=tuple(wp for wp in expected if wp not in theirs),
        is_empty=not any(text.strip() for cells in theirs.values() for text in cells.values()),
    )


def _scrambled(expected: Mapping[str, str], given: Mapping[str, str]) -> tuple[str, ...]:
    home: dict[str, list[str]] = {}
    for wp, text in expected.items():
        home.setdefault(text, []).append(wp)
    moved = tuple(
        wp
        for wp, text in given.items()
        if wp in expected and text != expected[wp] and text in home and wp not in home[text]
    )
    return moved if len(moved) >= SCRAMBLED else ()


def _comparable(theirs: Rows) -> Sequence[str]:
    names = dict.fromkeys(name for cells in theirs.values() for name in cells)
    return [name for name in names if BY_NAME[name].kind is not Kind.CHOICE]
