"""Rows and cells as a worksheet part is read: each with its place, its format and its formula.

Only what a patch must know is kept of a cell. A row or cell without an address stands behind the one before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field

from tracker.files.patch.areas import Area
from tracker.files.patch.areas import area
from tracker.files.patch.areas import column_index
from tracker.files.patch.spans import Malformed
from tracker.files.patch.spans import opening_end

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
