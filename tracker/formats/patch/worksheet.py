"""A worksheet part: its rows, its merged ranges, its columns, and where a new row goes.

A sheet whose rows or cells are out of order is refused: programs do not agree on what it says.

Only what a patch must know is kept of a cell. A row or cell without an address stands behind the one before it.

Addresses and ranges are 0-based, as tables, validations and filters name them:

    >>> area("$B$2:D5"), area("C3"), area("A:A").bottom
    (Area(top=1, left=1, bottom=4, right=3), Area(top=2, left=2, bottom=2, right=2), 1048575)
    >>> str(area("B2:D5")), address(1, 27)
    ('B2:D5', 'AB2')
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property

from tracker.formats.patch.spans import Malformed, opening_end, read
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


# The namespaces of worksheets: transitional, and strict (ECMA-376 part 1, annex A).
MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_TRUE = ("1", "true")


@dataclass(slots=True)
class Formula:
    """A formula of a cell and where its element stands."""

    attributes: dict[str, str]
    prefix: str
    start: int
    end: int = 0


@dataclass(slots=True)
class SheetCell:
    """A cell and where it stands.

    Attributes:
        column: 0-based.
        attributes: As written.
        start: Offset of its element.
        end: Offset behind it.
        formula: Its formula, where it has one.
        is_filled: Whether it holds a value, a text or a formula.
        others: Elements in it that are neither value nor formula, to be kept.
    """

    column: int
    attributes: dict[str, str]
    start: int
    end: int = 0
    formula: Formula | None = None
    is_filled: bool = False
    others: list[tuple[int, int]] = field(default_factory=list)

    @property
    def style(self) -> int:
        """The number of its format."""
        return number_of(self.attributes.get("s", "0"))


@dataclass(slots=True)
class SheetRow:
    """A row and where it stands.

    Attributes:
        number: 0-based.
        attributes: As written.
        prefix: The prefix of its name.
        start: Offset of its element.
        end: Offset behind it.
        cells: In the order of the file.
        is_filled: Whether a cell of it is.
    """

    number: int
    attributes: dict[str, str]
    prefix: str
    start: int
    end: int = 0
    cells: list[SheetCell] = field(default_factory=list)
    is_filled: bool = False

    @property
    def style(self) -> int | None:
        """The format that its empty cells take; None where the column's counts."""
        if self.attributes.get("customFormat") in _TRUE and "s" in self.attributes:
            return number_of(self.attributes["s"])
        return None


@dataclass(slots=True)
class SharedFormula:
    """A formula that several cells share: the one that holds its text, and those that follow it."""

    master: tuple[SheetRow, SheetCell]
    followers: list[tuple[SheetRow, SheetCell]] = field(default_factory=list)


class RowScan:
    """Gathers rows and cells while the part is read."""

    def __init__(self, part: bytes) -> None:
        self.part = part
        self.rows: list[SheetRow] = []
        self.blocks: list[Area] = []
        self.shared: list[SharedFormula] = []
        self._by_index: dict[str, SharedFormula] = {}
        self._columns: dict[str, int] = {}
        self._depth = 0
        self._start = 0
        self._row: SheetRow | None = None
        self._cell: SheetCell | None = None

    def start(self, local: str, space: str, prefix: str, attributes: dict[str, str], at: int) -> None:
        """An element begins at that offset."""
        self._depth += 1
        if self._depth == 3:
            self._start = at
            if local == "f" and self._cell is not None:
                self._cell.formula = Formula(attributes, prefix, at)
        elif self._depth == 2 and self._row is not None:
            if local != "c" or space not in MAIN:
                raise Malformed(f"第 {self._row.number + 1} 行含有不认识的内容")
            self._cell = SheetCell(self._column(attributes.get("r"), self._row), attributes, at)
            self._row.cells.append(self._cell)
        elif self._depth == 1:
            if local != "row" or space not in MAIN:
                raise Malformed("工作表含有不认识的内容")
            before = self.rows[-1].number if self.rows else -1
            number = number_of(attributes["r"]) - 1 if "r" in attributes else before + 1
            self._row = SheetRow(number, attributes, prefix, at)
            self.rows.append(self._row)

    def end(self, local: str, at: int) -> None:
        """An element ends at that offset."""
        self._depth -= 1
        row, cell = self._row, self._cell
        if row is None:
            return
        if self._depth == 2 and cell is not None:
            if local == "v":
                cell.is_filled = cell.is_filled or at > self.part.index(b">", self._start) + 1
            elif local == "f":
                self._formula(row, cell, at)
            elif local == "is":
                cell.is_filled = True
            else:
                cell.others.append((self._start, self._behind(at, self._start)))
        elif self._depth == 1 and cell is not None:
            cell.end = self._behind(at, cell.start)
            row.is_filled = row.is_filled or cell.is_filled
            self._cell = None
        elif self._depth == 0:
            row.end = self._behind(at, row.start)
            self._row = None

    def _behind(self, at: int, start: int) -> int:
        part = self.part
        if part[at : at + 2] == b"</" and (part[at - 2 : at] != b"/>" or opening_end(part, start) != at):
            return part.index(b">", at) + 1
        return at

    def _column(self, reference: str | None, row: SheetRow) -> int:
        if reference is None:
            return row.cells[-1].column + 1 if row.cells else 0
        match = _REFERENCE.fullmatch(reference)
        if not match or int(match[2]) != row.number + 1:
            raise Malformed(f"第 {row.number + 1} 行的单元格地址“{reference}”有误")
        letters = match[1]
        if letters not in self._columns:
            self._columns[letters] = column_index(letters)
        return self._columns[letters]

    def _formula(self, row: SheetRow, cell: SheetCell, at: int) -> None:
        formula = cell.formula
        if formula is None:
            return
        formula.end = self._behind(at, formula.start)
        cell.is_filled = True
        kind, ref = formula.attributes.get("t"), formula.attributes.get("ref")
        if kind in ("array", "dataTable") and ref:
            block = area(ref)
            if kind == "dataTable" or block != Area(row.number, cell.column, row.number, cell.column):
                self.blocks.append(block)
        elif kind == "shared":
            index = formula.attributes.get("si", "")
            if ref:
                self._by_index[index] = SharedFormula((row, cell))
                self.shared.append(self._by_index[index])
            elif index in self._by_index:
                self._by_index[index].followers.append((row, cell))


def number_of(text: str) -> int:
    """A number that the part keeps as text; `Malformed` for anything else."""
    try:
        return int(text)
    except ValueError as error:
        raise Malformed(f"内部编号“{text}”有误") from error


class Worksheet:
    """A worksheet part.

    Attributes:
        part: Its bytes.
        root: Its elements, without those of the rows.
        data: The element that holds the rows.
        rows: The rows, in order.
        blocks: Ranges that one array formula or data table fills.
        shared: Shared formulas, by the cell that holds the text.

    Raises:
        Malformed: It is no worksheet, or its rows are out of order.
    """

    def __init__(self, part: bytes) -> None:
        scan = RowScan(part)
        self.part = part
        self.root = read(part, "sheetData", scan)
        data = self.root.child("sheetData")
        if self.root.local != "worksheet" or self.root.space not in MAIN or data is None:
            raise Malformed("不是普通工作表")
        self.data = data
        self.rows = scan.rows
        self.blocks = scan.blocks
        self.shared = scan.shared
        self._numbers = [row.number for row in self.rows]
        if any(second <= first for first, second in zip(self._numbers, self._numbers[1:], strict=False)):
            raise Malformed("工作表的行次序混乱")

    def row(self, number: int) -> SheetRow | None:
        """The row of that number, where the part has it."""
        n = bisect_right(self._numbers, number) - 1
        return self.rows[n] if n >= 0 and self._numbers[n] == number else None

    def place_for(self, number: int) -> int:
        """The offset at which a new row of that number goes."""
        n = bisect_right(self._numbers, number)
        return self.rows[n - 1].end if n else opening_end(self.part, self.data.start)

    @cached_property
    def merges(self) -> list[Area]:
        """Merged ranges."""
        node = self.root.child("mergeCells")
        return (
            [area(child.attributes["ref"]) for child in node.children if "ref" in child.attributes]
            if node
            else []
        )

    @cached_property
    def columns(self) -> list[tuple[int, int, int]]:
        """First and last column and format of each declared run of columns."""
        node = self.root.child("cols")
        return [
            (
                number_of(child.attributes.get("min", "0")) - 1,
                number_of(child.attributes.get("max", "0")) - 1,
                number_of(child.attributes.get("style", "0")),
            )
            for child in (node.children if node else [])
        ]

    @property
    def widths(self) -> tuple[tuple[int, int, float], ...]:
        """First and last column and width of each run of columns that states one."""
        node = self.root.child("cols")
        return tuple(
            (
                number_of(child.attributes.get("min", "0")) - 1,
                number_of(child.attributes.get("max", "0")) - 1,
                float(child.attributes["width"]),
            )
            for child in (node.children if node else [])
            if child.attributes.get("width", "").replace(".", "", 1).isdigit()
        )

    def default_style(self, row: SheetRow | None, column: int) -> int:
        """The format that an absent cell shows: of its row, else of its column."""
        if row is not None and row.style is not None:
            return row.style
        return next((style for first, last, style in self.columns if first <= column <= last), 0)

    def last_filled(self) -> int:
        """The last row that holds anything, merged cells below it included; -1 for none."""
        last = next((row.number for row in reversed(self.rows) if row.is_filled), -1)
        for merge in self.merges:
            row = self.row(merge.top)
            if (
                merge.bottom > last
                and row is not None
                and any(c.is_filled for c in row.cells if c.column == merge.left)
            ):
                last = merge.bottom
        return last
