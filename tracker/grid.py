r"""Sheets, tables and paragraphs as plain values: what every reader reads and no reader can change.

A file that came through the door (`files.guard.opening`) is a `Source`: its blocks in document order, each a `Grid`
(a sheet of a workbook, a table of a document) or a `Paragraph`. Values are the file's own: text stays text,
a number stays a number, an error cell is an `ErrorValue` and not an empty one.

Tests draw a grid where they use it:

    >>> grid = from_table('''
    ... | 具体要求 | 责任单位   |
    ... | 1.甲     | 市政办牵头 |
    ... | 2.乙     | ^          |
    ... ''')
    >>> grid.text(1, 1)
    '市政办牵头'
    >>> grid.is_continuation(2, 1), grid.anchor(2, 1)
    (True, (1, 1))
    >>> grid.place(2, 0)
    'Sheet1!A3'

In the drawing `^` continues the cell above (a vertical merge), `<` the cell to the left, `\n` is a line
break, and an empty cell is empty.

Every grid is a rectangle from row 1 and column A to the last value (`trim`, `clip`).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from enum import Enum
from functools import cached_property, lru_cache

from tracker import patterns as re
from tracker.values import dataclass


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error that a spreadsheet cell holds, such as `#N/A`; never the same as an empty cell."""

    code: str


# Characters without a width that programs leave behind: they stand for nothing and separate nothing.
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_HOLDS_SOMETHING = re.compile(rf"[^\s{INVISIBLE}]")

Value = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta | ErrorValue | None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, 0-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


class Notation(Enum):
    """How a grid writes the address of a cell."""

    # A workbook: `分工表!C5`.
    SHEET = "sheet"
    # A table of a document or page: `T1R5C3`.
    TABLE = "table"
    # A .csv file, which has no name inside: `R5C3`.
    BARE = "bare"


@dataclass(frozen=True)
class Grid:
    """A rectangle of cells with its merges.

    Attributes:
        name: Sheet name; `T1`, `T2` … for tables of a document; may be empty for .csv.
        rows: Values; every row has the same length. Row 0 is row 1 of the sheet, empty leading rows included.
        merges: Merged ranges; only the top left cell of one holds a value.
        hidden_rows: 0-based rows that the sheet hides (filtered rows included).
        hidden_columns: 0-based columns that the sheet hides.
        is_hidden: True when the whole sheet is hidden.
        notation: How addresses are written.
        formulas: Cells that hold a formula, 0-based, and whether it had a cached value.
        struck: Cells whose text is struck through, 0-based, and what is left without that; empty for all of it.
        comments: Cells that bear a comment, and its text.
        deleted: Cells of a document with tracked changes, and the text that they deleted.
    """

    name: str
    rows: tuple[tuple[Value, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    notation: Notation = Notation.SHEET
    formulas: dict[tuple[int, int], bool] = field(default_factory=dict, compare=False)
    struck: dict[tuple[int, int], str] = field(default_factory=dict, compare=False)
    comments: dict[tuple[int, int], str] = field(default_factory=dict, compare=False)
    deleted: dict[tuple[int, int], str] = field(default_factory=dict, compare=False)

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.rows)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0

    def value(self, row: int, column: int) -> Value:
        """The value of a cell; None outside the rectangle."""
        rows = self.rows
        return rows[row][column] if 0 <= row < len(rows) and 0 <= column < len(rows[row]) else None

    def text(self, row: int, column: int) -> str:
        """The value as a person reads it (see `as_text`); empty for an empty cell."""
        value = self.value(row, column)
        return value if isinstance(value, str) else as_text(value)

    @cached_property
    def _anchors(self) -> dict[tuple[int, int], tuple[int, int]]:
        return {
            (row, column): (merge.top, merge.left)
            for merge in self.merges
            for row in range(merge.top, min(merge.bottom, self.height - 1) + 1)
            for column in range(merge.left, min(merge.right, self.width - 1) + 1)
        }

    @cached_property
    def merged_rows(self) -> frozenset[int]:
        """The rows that a merge touches: in any other each cell speaks for itself."""
        return frozenset(row for row, _ in self._anchors)

    @cached_property
    def _cells(self) -> tuple[dict[int, str], ...]:
        return tuple(
            {
                column: text
                for column, value in enumerate(values)
                if value is not None
                and _HOLDS_SOMETHING.search(text := value if isinstance(value, str) else as_text(value))
                and not (row in self.merged_rows and self.is_continuation(row, column))
            }
            for row, values in enumerate(self.rows)
        )

    def cells(self, row: int) -> Mapping[int, str]:
        """The texts of a row's own cells from left to right, blank ones and continued ones left out."""
        rows = self._cells
        return rows[row] if 0 <= row < len(rows) else {}

    @cached_property
    def characters(self) -> frozenset[str]:
        """Every character that stands in a text of the grid: what is not among them need not be looked for."""
        return frozenset().union(*self.texts)

    @cached_property
    def texts(self) -> list[str]:
        """The values that are text, row by row."""
        return [value for row in self.rows for value in row if isinstance(value, str)]

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The cell that speaks for this one: the top left of its merge, or itself."""
        return self._anchors.get((row, column), (row, column)) if self.merges else (row, column)

    def is_continuation(self, row: int, column: int) -> bool:
        """Whether a merge covers this cell and another cell speaks for it."""
        return bool(self.merges) and self.anchor(row, column) != (row, column)

    def visible_text(self, row: int, column: int) -> str:
        """The text that a reader of the sheet sees here: that of the cell that speaks for it."""
        return self.text(*self.anchor(row, column))

    def visible(self, row: int) -> Mapping[int, str]:
        """The texts that a reader of the sheet sees in a row, those that merges carry there included, blank ones left out."""
        if row not in self.merged_rows:
            return self.cells(row)
        texts = {column: self.visible_text(row, column) for column in range(self.width)}
        return {column: text for column, text in texts.items() if _HOLDS_SOMETHING.search(text)}

    def place(self, row: int, column: int) -> str:
        """The address of a cell, as people write it."""
        if self.notation is Notation.SHEET:
            return f"{self.name}!{column_letters(column)}{row + 1}"
        prefix = self.name if self.notation is Notation.TABLE else ""
        return f"{prefix}R{row + 1}C{column + 1}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a document, or a line of a text file.

    Attributes:
        text: As written, blanks at both ends kept.
        place: `P7` (the seventh body paragraph outside tables, empty ones counted), `L7` (physical line).
        style: Name of the paragraph style, where the container has one.
        printed_number: The number that Word prints before it and does not store in its text, such as `（一）`.
        unstruck: What is left without the text that is struck through; None where none is.
        comment: The comment that it bears.
        deleted: The text that tracked changes deleted.
    """

    text: str
    place: str
    style: str = ""
    printed_number: str = ""
    unstruck: str | None = None
    comment: str = ""
    deleted: str = ""


Block = Grid | Paragraph


@dataclass(frozen=True)
class Source:
    """A file as it came through the door.

    Attributes:
        kind: Container, told by content: `xlsx`, `xls`, `xlsb`, `ods`, `csv`, `docx`, `html`, `txt`, `pdf` …
        name: The file's name, for messages.
        blocks: Sheets, tables and paragraphs in document order.
        sha256: Hash of the bytes.
        notes: What the reader noticed about the container, as (code, place, detail): hidden sheets, macros.
    """

    kind: str
    name: str
    blocks: tuple[Block, ...]
    sha256: str = ""
    notes: tuple[tuple[str, str, str], ...] = ()

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The sheets and tables."""
        return tuple(block for block in self.blocks if isinstance(block, Grid))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs and lines."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    def entries(self, but: Container[str] = ()) -> Iterator[tuple[str, str]]:
        """Place and text of every paragraph and of every cell that holds something, in document order, some texts left out."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                if block.text not in but:
                    yield block.place, block.text
                continue
            for row in range(block.height):
                for column, text in block.cells(row).items():
                    if text not in but:
                        yield block.place(row, column), text


class Share(float):
    """A part of a whole, rounded as the texts say it: a sheet holds a figure that can be reckoned with, and shows per cent.

    >>> Share.of("93.3") == 0.933, as_text(Share.of("93.3")), Share.of("")
    (True, '93.3%', None)
    """

    __slots__ = ()

    @classmethod
    def of(cls, percent: str) -> Share | None:
        """The share of a figure of per cent; None where it has none."""
        return cls(round(float(percent) / 100, 5)) if percent else None


def texts_of(source: Source) -> Iterator[str]:
    """Every paragraph, and every cell that holds text, in document order."""
    for block in source.blocks:
        if isinstance(block, Grid):
            yield from block.texts
        else:
            yield block.text


def as_text(value: Value) -> str:
    """Write a value as a person reads it.

    >>> as_text(12.0), as_text(0.1), as_text(dt.date(2018, 6, 29)), as_text(None), as_text(True)
    ('12', '0.1', '2018-06-29', '', 'TRUE')
    >>> as_text(ErrorValue("#N/A"))
    '#N/A'
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, ErrorValue):
        return value.code
    if isinstance(value, Share):
        return f"{100 * value:.1f}%"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


@lru_cache(maxsize=256)
def column_letters(column: int) -> str:
    """Letters of a 0-based column.

    >>> [column_letters(each) for each in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def from_table(sketch: str, *, name: str = "Sheet1", notation: Notation = Notation.SHEET) -> Grid:
    """Read a grid drawn with `|`; see the module's docstring for the marks."""
    lines = [line.strip() for line in sketch.strip().splitlines()]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    width = max((len(row) for row in cells), default=0)
    cells = [row + [""] * (width - len(row)) for row in cells]
    anchors: dict[tuple[int, int], tuple[int, int]] = {}
    for row, line in enumerate(cells):
        for column, mark in enumerate(line):
            above, left = (row - 1, column), (row, column - 1)
            origin = {"^": above, "<": left}.get(mark, (row, column))
            anchors[row, column] = anchors.get(origin, origin)
    spans: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for cell, anchor in anchors.items():
        spans.setdefault(anchor, []).append(cell)
    merges = tuple(
        Merge(*anchor, max(row for row, _ in span), max(column for _, column in span))
        for anchor, span in spans.items()
        if len(span) > 1
    )
    rows = tuple(
        tuple(
            None if anchors[row, column] != (row, column) or not mark else mark.replace("\\n", "\n")
            for column, mark in enumerate(line)
        )
        for row, line in enumerate(cells)
    )
    return Grid(name=name, rows=rows, merges=merges, notation=notation)


def trim(rows: Sequence[Sequence[Value]]) -> tuple[tuple[Value, ...], ...]:
    """Cut empty rows and columns off the end, and make all rows equally long; a number without end is an error.

    >>> trim([[None, "a", None], [None], [None, None, None]])
    ((None, 'a'),)
    >>> trim([["a"], [None, "b", None], []])
    (('a', None), (None, 'b'))
    >>> trim([[1.0, float("inf")]])
    ((1.0, ErrorValue(code='#NUM!')),)
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
    cells = tuple(tuple(row[:width]) + (None,) * (width - len(row)) for row in rows[:height])
    if all(map(math.isfinite, (value for row in cells for value in row if type(value) is float))):
        return cells
    return tuple(tuple(map(_finite, row)) for row in cells)


def _finite(value: Value) -> Value:
    """The value, or the error that a spreadsheet shows for a number that nobody can count with (1E+999)."""
    return ErrorValue("#NUM!") if isinstance(value, float) and not math.isfinite(value) else value


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


@dataclass(frozen=True)
class PlacedGrid(Grid):
    """A grid whose cells stand elsewhere in the file.

    Attributes:
        places: The address of every cell, row by row.
    """

    places: tuple[tuple[str, ...], ...] = ()

    def place(self, row: int, column: int) -> str:
        """The address in the file."""
        if 0 <= row < len(self.places) and 0 <= column < len(self.places[row]):
            return self.places[row][column]
        return ""
