"""The rows and cells of a worksheet part and where each stands.

Only what a patch must know is kept of a cell: its place, its format, its formula and whether it holds
anything. A row or cell without an address stands behind the one before it. A sheet whose rows or cells are
out of order is refused: programs do not agree on what it says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property

from tracker.files.patch.areas import Area
from tracker.files.patch.areas import area
from tracker.files.patch.areas import column_index
from tracker.files.patch.spans import Malformed
from tracker.files.patch.spans import opening_end
from tracker.files.patch.spans import read

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
class Cell:
    """A cell and where it stands.

    Attributes:
        column: 0-based.
        attributes: As written.
        start: Offset of its element.
        end: Offset behind it.
        formula: Its formula, where it has one.
        filled: Whether it holds a value, a text or a formula.
        others: Elements in it that are neither value nor formula, to be kept.
    """

    column: int
    attributes: dict[str, str]
    start: int
    end: int = 0
    formula: Formula | None = None
    filled: bool = False
    others: list[tuple[int, int]] = field(default_factory=list)

    @property
    def style(self) -> int:
        """The number of its format."""
        return _number(self.attributes.get("s", "0"))


@dataclass(slots=True)
class Row:
    """A row and where it stands.

    Attributes:
        number: 0-based.
        attributes: As written.
        prefix: The prefix of its name.
        start: Offset of its element.
        end: Offset behind it.
        cells: In the order of the file.
        filled: Whether a cell of it is.
    """

    number: int
    attributes: dict[str, str]
    prefix: str
    start: int
    end: int = 0
    cells: list[Cell] = field(default_factory=list)
    filled: bool = False

    @property
    def style(self) -> int | None:
        """The format that its empty cells take; None where the column's counts."""
        if self.attributes.get("customFormat") in _TRUE and "s" in self.attributes:
            return _number(self.attributes["s"])
        return None


@dataclass(slots=True)
class Shared:
    """A formula that several cells share: the one that holds its text, and those that follow it."""

    master: tuple[Row, Cell]
    followers: list[tuple[Row, Cell]] = field(default_factory=list)


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
        scan = _Scan(part)
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

    def row(self, number: int) -> Row | None:
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
        found = self.root.child("mergeCells")
        return (
            [area(each.attributes["ref"]) for each in found.children if "ref" in each.attributes]
            if found
            else []
        )

    @cached_property
    def columns(self) -> list[tuple[int, int, int]]:
        """First and last column and format of each declared run of columns."""
        found = self.root.child("cols")
        return [
            (
                _number(each.attributes.get("min", "0")) - 1,
                _number(each.attributes.get("max", "0")) - 1,
                _number(each.attributes.get("style", "0")),
            )
            for each in (found.children if found else [])
        ]

    @property
    def widths(self) -> tuple[tuple[int, int, float], ...]:
        """First and last column and width of each run of columns that states one."""
        found = self.root.child("cols")
        return tuple(
            (
                _number(each.attributes.get("min", "0")) - 1,
                _number(each.attributes.get("max", "0")) - 1,
                float(each.attributes["width"]),
            )
            for each in (found.children if found else [])
            if each.attributes.get("width", "").replace(".", "", 1).isdigit()
        )

    def default_style(self, row: Row | None, column: int) -> int:
        """The format that an absent cell shows: of its row, else of its column."""
        if row is not None and row.style is not None:
            return row.style
        return next((style for first, last, style in self.columns if first <= column <= last), 0)

    def last_filled(self) -> int:
        """The last row that holds anything, merged cells below it included; -1 for none."""
        last = next((row.number for row in reversed(self.rows) if row.filled), -1)
        for each in self.merges:
            row = self.row(each.top)
            if (
                each.bottom > last
                and row is not None
                and any(c.filled for c in row.cells if c.column == each.left)
            ):
                last = each.bottom
        return last


class _Scan:
    """Gathers rows and cells while the part is read."""

    def __init__(self, part: bytes) -> None:
        self.part = part
        self.rows: list[Row] = []
        self.blocks: list[Area] = []
        self.shared: list[Shared] = []
        self._by_index: dict[str, Shared] = {}
        self._columns: dict[str, int] = {}
        self._depth = 0
        self._start = 0
        self._row: Row | None = None
        self._cell: Cell | None = None

    def start(self, local: str, space: str, prefix: str, attributes: dict[str, str], at: int) -> None:
        self._depth += 1
        if self._depth == 3:
            self._start = at
            if local == "f" and self._cell is not None:
                self._cell.formula = Formula(attributes, prefix, at)
        elif self._depth == 2 and self._row is not None:
            if local != "c" or space not in MAIN:
                raise Malformed(f"第 {self._row.number + 1} 行含有不认识的内容")
            self._cell = Cell(self._column(attributes.get("r"), self._row), attributes, at)
            self._row.cells.append(self._cell)
        elif self._depth == 1:
            if local != "row" or space not in MAIN:
                raise Malformed("工作表含有不认识的内容")
            before = self.rows[-1].number if self.rows else -1
            number = _number(attributes["r"]) - 1 if "r" in attributes else before + 1
            self._row = Row(number, attributes, prefix, at)
            self.rows.append(self._row)

    def end(self, local: str, at: int) -> None:
        self._depth -= 1
        row, cell = self._row, self._cell
        if row is None:
            return
        if self._depth == 2 and cell is not None:
            if local == "v":
                cell.filled = cell.filled or at > self.part.index(b">", self._start) + 1
            elif local == "f":
                self._formula(row, cell, at)
            elif local == "is":
                cell.filled = True
            else:
                cell.others.append((self._start, self._behind(at, self._start)))
        elif self._depth == 1 and cell is not None:
            cell.end = self._behind(at, cell.start)
            row.filled = row.filled or cell.filled
            self._cell = None
        elif self._depth == 0:
            row.end = self._behind(at, row.start)
            self._row = None

    def _behind(self, at: int, start: int) -> int:
        part = self.part
        if part[at : at + 2] == b"</" and (part[at - 2 : at] != b"/>" or opening_end(part, start) != at):
            return part.index(b">", at) + 1
        return at

    def _column(self, reference: str | None, row: Row) -> int:
        if reference is None:
            return row.cells[-1].column + 1 if row.cells else 0
        found = _REFERENCE.fullmatch(reference)
        if not found or int(found[2]) != row.number + 1:
            raise Malformed(f"第 {row.number + 1} 行的单元格地址“{reference}”有误")
        letters = found[1]
        if letters not in self._columns:
            self._columns[letters] = column_index(letters)
        return self._columns[letters]

    def _formula(self, row: Row, cell: Cell, at: int) -> None:
        formula = cell.formula
        if formula is None:
            return
        formula.end = self._behind(at, formula.start)
        cell.filled = True
        kind, ref = formula.attributes.get("t"), formula.attributes.get("ref")
        if kind in ("array", "dataTable") and ref:
            block = area(ref)
            if kind == "dataTable" or block != Area(row.number, cell.column, row.number, cell.column):
                self.blocks.append(block)
        elif kind == "shared":
            index = formula.attributes.get("si", "")
            if ref:
                self._by_index[index] = Shared((row, cell))
                self.shared.append(self._by_index[index])
            elif index in self._by_index:
                self._by_index[index].followers.append((row, cell))


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise Malformed(f"内部编号“{text}”有误") from error
