"""Addresses and ranges of a sheet, 0-based, as tables, validations and filters name them.

>>> area("$B$2:D5"), area("C3"), area("A:A").bottom
(Area(top=1, left=1, bottom=4, right=3), Area(top=2, left=2, bottom=2, right=2), 1048575)
>>> str(area("B2:D5")), address(1, 27)
('B2:D5', 'AB2')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import replace

from tracker.grid import column_letters

LAST_ROW = 1_048_575
LAST_COLUMN = 16_383

_CORNER = re.compile(r"\$?([A-Za-z]{1,3})?\$?([0-9]{1,7})?")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, cell: tuple[int, int]) -> bool:
        return self.top <= cell[0] <= self.bottom and self.left <= cell[1] <= self.right

    def __str__(self) -> str:
        first, last = address(self.top, self.left), address(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    def down_to(self, bottom: int) -> Area:
        """The same with another last row."""
        return replace(self, bottom=bottom)

    def meets(self, other: Area) -> bool:
        """Whether both have a cell in common."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )


def address(row: int, column: int) -> str:
    """A cell's address as a workbook writes it."""
    return f"{column_letters(column)}{row + 1}"


def column_index(letters: str) -> int:
    """The 0-based column of its letters."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def area(text: str) -> Area:
    """Read a range; a whole column or row reaches to the end of the sheet.

    Raises:
        ValueError: It is no range of one sheet.
    """
    first, _, last = text.partition(":")
    corners = [_CORNER.fullmatch(corner) for corner in (first, last or first)]
    if not corners[0] or not corners[1] or not (corners[0][0] and corners[1][0]):
        raise ValueError(text)
    (left, top), (right, bottom) = corners[0].groups(), corners[1].groups()
    return Area(
        int(top) - 1 if top else 0,
        column_index(left) if left else 0,
        int(bottom) - 1 if bottom else LAST_ROW,
        column_index(right) if right else LAST_COLUMN,
    )


def areas(text: str) -> tuple[Area, ...]:
    """Read a list of ranges, as `sqref` holds them."""
    return tuple(area(part) for part in text.split())


def cover_rows(text: str, like: int, first: int, last: int) -> str:
    """Let a list of ranges cover new rows wherever it covers row `like`.

    A range that ends right above the new rows is made longer; one that ends earlier is repeated for them.

    >>> cover_rows("D2:D9 F2:F9", 4, 9, 10), cover_rows("D2:D9", 4, 20, 20), cover_rows("D2:D99", 4, 20, 20), cover_rows("D1", 4, 9, 9)
    ('D2:D11 F2:F11', 'D2:D9 D21', 'D2:D99', 'D1')
    """
    ranges = list(areas(text))
    covering = [block for block in ranges if block.top <= like <= block.bottom and block.bottom < last]
    ranges = [
        block.down_to(last) if block in covering and block.bottom >= first - 1 else block for block in ranges
    ]
    new = [
        Area(first, block.left, last, block.right)
        for block in covering
        if block.bottom < first - 1 and not any(_covers(other, block, first, last) for other in ranges)
    ]
    if not new and ranges == list(areas(text)):
        return text
    return " ".join(str(block) for block in ranges + new)


def _covers(one: Area, columns: Area, first: int, last: int) -> bool:
    """Whether a range covers these rows in the columns of another."""
    return one.top <= first and one.bottom >= last and one.left <= columns.left and one.right >= columns.right
