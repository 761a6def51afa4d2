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
    >>> table.labels, table.given_rows, table.empty, table.foot
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
_FEWEST_TURNED = 2
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
        given_rows: Rows that somebody has filled in already, at least with what they are about.
        empty: Rows that wait for values, in order.
        foot: The first row that belongs to no table; None where the table ends with the sheet.
    """

    grid: Grid
    top: int
    bottom: int
    labels: Mapping[int, str]
    given_rows: tuple[int, ...] = ()
    empty: tuple[int, ...] = ()
    foot: int | None = None

    def place(self, column: int) -> str:
        """Where the head of a column stands."""
        row = next(
            (row for row in range(self.bottom, self.top - 1, -1) if tight(self.grid.text(row, column))),
            self.top,
        )
        return self.grid.place(row, column)


def find_blank(grid: Grid, known_heads: frozenset[str] = frozenset()) -> Blank | None:
    """Find the first blank table of a sheet; None where it has no head that anybody knows.

    Args:
        grid: The sheet or table.
        known_heads: Heads that a person spoke of (`heads.plain`), joined ones included.
    """
    return next(find_blanks(grid, known_heads), None)


def find_blanks(grid: Grid, known_heads: frozenset[str] = frozenset()) -> Iterator[Blank]:
    """The blank tables of a sheet, one below the other; see `find_blank`."""
    top, within = 0, _HEAD_WITHIN
    while top < min(grid.height, within):
        head = _head_at(grid, top, known_heads)
        if head is None:
            top += 1
            continue
        bottom, labels = head
        blank = _with_rows(grid, top, bottom, labels, _next_table(grid, bottom, known_heads))
        yield blank
        if blank.foot is None:
            return
        top, within = blank.foot, blank.foot + _HEAD_WITHIN


def is_turned(blank: Blank) -> bool:
    """Whether a table lies on its side: what columns are called stands at its left, and items stand on top."""
    first = min(blank.labels)
    head_rows = [row for row in blank.given_rows if is_known(tight(blank.grid.visible_text(row, first)))]
    return len(head_rows) >= _FEWEST_TURNED and 2 * len(head_rows) > len(blank.given_rows)


def turned_at(grid: Grid) -> int | None:
    """The first row of a sheet without a head whose left column says what columns are called elsewhere; None if none."""
    head_rows = []
    for row in range(min(grid.height, _HEAD_WITHIN)):
        row_cells = row_words.cells(grid, row)
        if (
            row_cells
            and is_known(tight(row_cells[min(row_cells)]))
            and sum(is_known(tight(text)) for text in row_cells.values()) == 1
        ):
            head_rows.append(row)
    return head_rows[0] if len(head_rows) > _FEWEST_TURNED else None


def _head_at(grid: Grid, top: int, known_heads: frozenset[str]) -> tuple[int, dict[int, str]] | None:
    """The last row and the labels of a head that begins in a row; None where none does."""
    if not row_words.cells(grid, top):
        return None
    bottom = _bottom(grid, top)
    labels = _labels(grid, top, bottom)
    known_texts = [text for text in labels.values() if _is_told(text, known_heads)]
    if len(known_texts) >= _FEWEST and 2 * len(known_texts) >= len(labels) and len(labels) >= _FEWEST:
        return bottom, labels
    return None


def _next_table(grid: Grid, bottom: int, known_heads: frozenset[str]) -> int:
    """Where the next table of a sheet begins, its caption included; the sheet's end where there is none.

    Its head stands below an empty row or below a caption (表二 …), or it is taken for a row of this table.
    """
    for row in range(bottom + 2, grid.height):
        if _head_at(grid, row, known_heads) is None:
            continue
        above = row - 1
        while above > bottom and (row_cells := row_words.cells(grid, above)) and len(row_cells) == 1:
            if not _CAPTION.match(tight(next(iter(row_cells.values())))):
                break
            above -= 1
        is_apart = not row_words.cells(grid, above) if above > bottom else False
        if is_apart or above < row - 1:
            return above + 1
    return grid.height


def plain_label(label: str) -> str:
    """A head for comparison and memory."""
    return heads.plain_head(label)


def last_words(label: str) -> str:
    """The words right over the column, without those of a wide cell above."""
    return label.rpartition(JOIN)[2]


def telling_words(label: str) -> str:
    """The words by which a column is understood: all of them where that is known, else the last.

    >>> telling_words("落实情况·具体进展"), telling_words("责任·单位")
    ('具体进展', '责任单位')
    """
    whole = label.replace(JOIN, "")
    return whole if JOIN in label and is_known(whole) else last_words(label)


def _is_told(label: str, known_heads: frozenset[str]) -> bool:
    return (
        plain_label(label) in known_heads or is_known(last_words(label)) or is_known(label.replace(JOIN, ""))
    )


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
        under = {
            c for c in range(grid.width) if _is_wide(grid, bottom, c) and tight(grid.visible_text(bottom, c))
        }
        texts = row_words.cells(grid, below)
        named_columns = set(texts)
        # A title over the whole table is no wide head.
        whole = {grid.anchor(bottom, c) for c in range(grid.width) if tight(grid.visible_text(bottom, c))}
        is_part = (
            (bool(reaching) and (named_columns <= under or not named_columns))
            or (bool(named_columns) and named_columns <= under and len(whole) > 1 and len(named_columns) > 1)
        ) and all(len(text) <= heads.LONGEST_HEAD for text in texts.values())
        if not is_part:
            break
        bottom = below
    return bottom


def _is_wide(grid: Grid, row: int, column: int) -> bool:
    anchor = grid.anchor(row, column)
    return any(0 <= c < grid.width and grid.anchor(row, c) == anchor for c in (column - 1, column + 1))


def _labels(grid: Grid, top: int, bottom: int) -> dict[int, str]:
    labels = {}
    for column in range(grid.width):
        anchors = dict.fromkeys(grid.anchor(row, column) for row in range(top, bottom + 1))
        if grid.anchor(bottom, column)[1] != column:
            continue  # the wide cell's first column speaks
        words = [re.sub(r"\s+", "", grid.text(*anchor)) for anchor in anchors]
        label = JOIN.join(word for word in words if word)
        if label and len(label) <= 3 * heads.LONGEST_HEAD:
            labels[column] = label
    return labels


def _with_rows(grid: Grid, top: int, bottom: int, labels: Mapping[int, str], end: int) -> Blank:
    given_rows: list[int] = []
    empty: list[int] = []
    foot = end if end < grid.height else None
    for row in range(bottom + 1, end):
        row_cells = row_words.cells(grid, row)
        texts = {c: grid.visible_text(row, c) for c in labels if tight(grid.visible_text(row, c))}
        if row_cells and _ends(row_cells):
            foot = row
            break
        if row in grid.hidden_rows or _is_no_row(grid, row, row_cells, labels, first=row == bottom + 1):
            continue
        if any(not _NUMBER.match(tight(text)) for text in texts.values()):
            given_rows.append(row)
        else:
            empty.append(row)
    return Blank(grid, top, bottom, labels, tuple(given_rows), tuple(empty), foot)


def _ends(row_cells: Mapping[int, str]) -> bool:
    first = row_cells[min(row_cells)]
    if _NUMBER.match(tight(first)):
        return False  # a running number, not the number of a page
    return row_words.is_total(row_cells) or row_words.is_note(first) or row_words.is_furniture(first)


def _is_no_row(
    grid: Grid, row: int, row_cells: Mapping[int, str], labels: Mapping[int, str], *, first: bool
) -> bool:
    if not row_cells:
        return False
    texts = [tight(row_cells[column]) for column in sorted(row_cells)]
    if first and len(texts) > _FEWEST and all(_COLUMN_MARK.match(text) for text in texts):
        return True
    if _EXAMPLE.match(texts[0]):
        return True
    if len(row_cells) > 1 or len(labels) < 3:
        return False
    wide = {grid.anchor(row, column) for column in labels}
    return len(wide) == 1
