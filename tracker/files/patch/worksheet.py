"""A worksheet part: its rows, its merged ranges, its columns, and where a new row goes.

A sheet whose rows or cells are out of order is refused: programs do not agree on what it says.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from tracker.files.patch.areas import Area
from tracker.files.patch.areas import area
from tracker.files.patch.rows import MAIN
from tracker.files.patch.rows import RowScan
from tracker.files.patch.rows import SheetRow
from tracker.files.patch.rows import number_of
from tracker.files.patch.spans import Malformed
from tracker.files.patch.spans import opening_end
from tracker.files.patch.spans import read


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
