"""A blank table that somebody sent: where its head stands, which rows are given, which are empty.

    >>> from tracker.grid import from_table
    >>> table = find_blank(from_table('''
    ... | 年终统计表 | <        | <        | <          |
    ... | 序号       | 重点任务 | 落实情况 | <          |
    ... | ^          | ^        | 是否完成 | 具体进展   |
    ... | 1          | 公开预算 |          |            |
    ... | 2          |          |          |            |
    ... | 填表人：   |          |          |            |
    ... '''))
    >>> table.labels, table.given, table.empty, table.foot
    ({0: '序号', 1: '重点任务', 2: '落实情况·是否完成', 3: '落实情况·具体进展'}, (3,), (4,), 5)

The head is the first row in which at least two columns, and half of all that it names, are known
(`wanted.is_known`) or were said to be by a person. A wide cell takes the row below it into the head. Below it,
a row is *given* when it names anything but a number, *empty* when it does not; a row of column numbers, an
example (例) and a banner over the whole width are neither. A note, a total or a line for a signature ends the
table; what stands from there on is never written to. So does another head below an empty row, with its caption if
it has one: a sheet may hold several tables below each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.grid import Grid
from tracker.reading.sheets.wanted import is_known
from tracker.reading.tabular import heads
from tracker.reading.tabular import rows as row_words
from tracker.reading.tabular.rows import tight

_FEWEST = 2
_HEAD_WITHIN = 40
_HEAD_ROWS = 3
_EXAMPLE = re.compile(r"^[（(]?(?:示?例|范例|样例|举例)(?:[）):：\d].*)?$")
_NUMBER = re.compile(r"^[（(]?(?:\d+|[一二三四五六七八九十]+)[)）]?[、.．]?$")
_COLUMN_MARK = re.compile(r"^[（(]?(?:\d+|[甲乙丙丁戊己庚辛]|[a-z])[)）]?$", re.IGNORECASE)
# Over a second table of a sheet.
_CAPTION = re.compile(r"^(?:附?表|附件|[（(]?[一二三四五六七八九十]+[)）、.．])")
# A table lies on its side where so many of its rows are named by what columns are elsewhere.
_TURNED = 2
# Between the words of a wide cell and those below it.
JOIN = "·"


@dataclass(frozen=True)
class Blank:
    """A blank table.

    Attributes:
        grid: The sheet or table.
        top: First row of the head.
        bottom: Last row of it.
        labels: Words over each column; those of a wide cell stand before, joined by `·`.
        given: Rows that somebody has filled in already, at least with what they are about.
        empty: Rows that wait for values, in order.
        foot: The first row that belongs to no table; None where the table ends with the sheet.
    """

    grid: Grid
    top: int
    bottom: int
    labels: Mapping[int, str]
    given: tuple[int, ...] = ()
    empty: tuple[int, ...] = ()
    foot: int | None = None

    def place(self, column: int) -> str:
        """Where the head of a column stands."""
        row = next(
            (row for row in range(self.bottom, self.top - 1, -1) if tight(self.grid.text(row, column))),
            self.top,
        )
        return self.grid.place(row, column)


def find_blank(grid: Grid, known: frozenset[str] = frozenset()) -> Blank | None:
    """Find the first blank table of a sheet; None where it has no head that anybody knows.

    Args:
        grid: The sheet or table.
        known: Heads that a person spoke of (`heads.plain`), joined ones included.
    """
    return next(find_blanks(grid, known), None)


def find_blanks(grid: Grid, known: frozenset[str] = frozenset()) -> Iterator[Blank]:
    """The blank tables of a sheet, one below the other; see `find_blank`."""
    top, within = 0, _HEAD_WITHIN
    while top < min(grid.height, within):
        head = _head_at(grid, top, known)
        if head is None:
            top += 1
            continue
        bottom, labels = head
        blank = _with_rows(grid, top, bottom, labels, _next_table(grid, bottom, known))
        yield blank
        if blank.foot is None:
            return
        top, within = blank.foot, blank.foot + _HEAD_WITHIN


def is_turned(blank: Blank) -> bool:
    """Whether a table lies on its side: what columns are called stands at its left, and items stand on top."""
    first = min(blank.labels)
    named = [row for row in blank.given if is_known(tight(blank.grid.spoken(row, first)))]
    return len(named) >= _TURNED and 2 * len(named) > len(blank.given)


def turned_at(grid: Grid) -> int | None:
    """The first row of a sheet without a head whose left column says what columns are called elsewhere; None if none."""
    named = []
    for row in range(min(grid.height, _HEAD_WITHIN)):
        own = row_words.cells(grid, row)
        if (
            own
            and is_known(tight(own[min(own)]))
            and sum(is_known(tight(each)) for each in own.values()) == 1
        ):
            named.append(row)
    return named[0] if len(named) > _TURNED else None


def _head_at(grid: Grid, top: int, known: frozenset[str]) -> tuple[int, dict[int, str]] | None:
    """The last row and the labels of a head that begins in a row; None where none does."""
    if not row_words.cells(grid, top):
        return None
    bottom = _bottom(grid, top)
    labels = _labels(grid, top, bottom)
    told = [text for text in labels.values() if _is_told(text, known)]
    if len(told) >= _FEWEST and 2 * len(told) >= len(labels) and len(labels) >= _FEWEST:
        return bottom, labels
    return None


def _next_table(grid: Grid, bottom: int, known: frozenset[str]) -> int:
    """Where the next table of a sheet begins, its caption included; the sheet's end where there is none.

    Its head stands below an empty row or below a caption (表二 …), or it is taken for a row of this table.
    """
    for row in range(bottom + 2, grid.height):
        if _head_at(grid, row, known) is None:
            continue
        above = row - 1
        while above > bottom and (own := row_words.cells(grid, above)) and len(own) == 1:
            if not _CAPTION.match(tight(next(iter(own.values())))):
                break
            above -= 1
        is_apart = not row_words.cells(grid, above) if above > bottom else False
        if is_apart or above < row - 1:
            return above + 1
    return grid.height


def plain(label: str) -> str:
    """A head for comparison and memory."""
    return heads.plain(label)


def last_words(label: str) -> str:
    """The words right over the column, without those of a wide cell above."""
    return label.rpartition(JOIN)[2]


def telling(label: str) -> str:
    """The words by which a column is understood: all of them where that is known, else the last.

    >>> telling("落实情况·具体进展"), telling("责任·单位")
    ('具体进展', '责任单位')
    """
    whole = label.replace(JOIN, "")
    return whole if JOIN in label and is_known(whole) else last_words(label)


def _is_told(label: str, known: frozenset[str]) -> bool:
    return plain(label) in known or is_known(last_words(label)) or is_known(label.replace(JOIN, ""))


def _bottom(grid: Grid, top: int) -> int:
    """The last row of a head: one that merges reach down to, or that stands under a wide cell."""
    bottom = top
    while bottom - top + 1 < _HEAD_ROWS and bottom + 1 < grid.height:
        below = bottom + 1
        reaching = {
            c
            for c in range(grid.width)
            if grid.anchor(below, c)[0] <= bottom and grid.anchor(below, c)[0] >= top
        }
        under = {c for c in range(grid.width) if _is_wide(grid, bottom, c) and tight(grid.spoken(bottom, c))}
        texts = row_words.cells(grid, below)
        named = set(texts)
        # A title over the whole table is no wide head.
        whole = {grid.anchor(bottom, c) for c in range(grid.width) if tight(grid.spoken(bottom, c))}
        is_part = (
            (bool(reaching) and (named <= under or not named))
            or (bool(named) and named <= under and len(whole) > 1 and len(named) > 1)
        ) and all(len(text) <= heads.LONGEST for text in texts.values())
        if not is_part:
            break
        bottom = below
    return bottom


def _is_wide(grid: Grid, row: int, column: int) -> bool:
    anchor = grid.anchor(row, column)
    return any(0 <= c < grid.width and grid.anchor(row, c) == anchor for c in (column - 1, column + 1))


def _labels(grid: Grid, top: int, bottom: int) -> dict[int, str]:
    found = {}
    for column in range(grid.width):
        anchors = dict.fromkeys(grid.anchor(row, column) for row in range(top, bottom + 1))
        if grid.anchor(bottom, column)[1] != column:
            continue  # the wide cell's first column speaks
        words = [re.sub(r"\s+", "", grid.text(*each)) for each in anchors]
        label = JOIN.join(each for each in words if each)
        if label and len(label) <= 3 * heads.LONGEST:
            found[column] = label
    return found


def _with_rows(grid: Grid, top: int, bottom: int, labels: Mapping[int, str], end: int) -> Blank:
    given: list[int] = []
    empty: list[int] = []
    foot = end if end < grid.height else None
    for row in range(bottom + 1, end):
        own = row_words.cells(grid, row)
        texts = {c: grid.spoken(row, c) for c in labels if tight(grid.spoken(row, c))}
        if own and _ends(own):
            foot = row
            break
        if row in grid.hidden_rows or _is_no_row(grid, row, own, labels, first=row == bottom + 1):
            continue
        if any(not _NUMBER.match(tight(text)) for text in texts.values()):
            given.append(row)
        else:
            empty.append(row)
    return Blank(grid, top, bottom, labels, tuple(given), tuple(empty), foot)


def _ends(own: Mapping[int, str]) -> bool:
    first = own[min(own)]
    if _NUMBER.match(tight(first)):
        return False  # a running number, not the number of a page
    return row_words.is_total(own) or row_words.is_note(first) or row_words.is_furniture(first)


def _is_no_row(
    grid: Grid, row: int, own: Mapping[int, str], labels: Mapping[int, str], *, first: bool
) -> bool:
    if not own:
        return False
    texts = [tight(own[column]) for column in sorted(own)]
    if first and len(texts) > _FEWEST and all(_COLUMN_MARK.match(text) for text in texts):
        return True
    if _EXAMPLE.match(texts[0]):
        return True
    if len(own) > 1 or len(labels) < 3:
        return False
    wide = {grid.anchor(row, column) for column in labels}
    return len(wide) == 1
