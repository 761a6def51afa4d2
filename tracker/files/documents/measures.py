"""The measures of GB/T 9704-2012 that a .docx can hold, in the units of WordprocessingML.

Sizes of type are half-points, lengths are twentieths of a point (twips). The type area is 156 mm by 225 mm;
it holds 22 lines of 28 characters of size 3 (16 points). 28 x 16 pt are 448 pt and 156 mm are 442.2 pt, so
every character is set a quarter of a point closer.
"""

from __future__ import annotations

from dataclasses import dataclass


def twips(millimetres: float) -> int:
    """A length in twentieths of a point.

    >>> twips(37), twips(156)
    (2098, 8844)
    """
    return round(millimetres / 25.4 * 1440)


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page and its margins, in twips."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    landscape: bool = False

    @property
    def inner(self) -> int:
        """Width of the type area."""
        return self.width - self.left - self.right


A4_WIDTH, A4_HEIGHT = 11906, 16838
# 天头 37 mm, 订口 28 mm; what is left of the sheet after 156 x 225 mm is the right and the lower margin.
PORTRAIT = PageLayout(A4_WIDTH, A4_HEIGHT, twips(37), twips(35), twips(28), twips(26))
# The same sheet turned left: its head lies where the binding edge is, so the margins turn with it.
LANDSCAPE = PageLayout(A4_HEIGHT, A4_WIDTH, twips(28), twips(26), twips(35), twips(37), landscape=True)

# 3号: everything not stated otherwise. 2号: the title. 4号: page numbers and 版记. 五号: tables, by practice.
SIZE_2, SIZE_3, SIZE_4, SIZE_5 = 44, 32, 28, 21
# The mark of the red head; the standard leaves its size to the office.
SIZE_MARK = 80
RED = "FF0000"

LINES, CHARACTERS = 22, 28
# 225 mm / 22 = 28.99 pt; 28.9 fills the type area and leaves room for rounding.
LINE = 578
LINE_PITCH = 579
TITLE_LINE = 700
CELL_LINE = 300
CLOSER = -5
CHARACTER = 16 * 20 + CLOSER

# Typefaces by the names that office PCs know; nothing is embedded.
FANGSONG, KAITI, HEITI, SONGTI = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
TITLE_FACE = "方正小标宋简体"
LATIN = "Times New Roman"

# The dash of the page number stands 7 mm below the type area; the footer's line of 16 pt has its dash in
# the middle, so its foot is 2.8 mm deeper.
NUMBER_LINE = 320
NUMBER_FOOT = twips(35 - 7) - NUMBER_LINE // 2
