"""What a caller asks of a workbook: cells to change or shade, rows to add, rows to make high enough."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.grid import Value


@dataclass(frozen=True, slots=True)
class Edit:
    """A cell and what it is to hold.

    Attributes:
        sheet: Name of the sheet.
        row: 0-based.
        column: 0-based.
        value: Text stays text, whatever it looks like; None empties the cell and keeps its format.
    """

    sheet: str
    row: int
    column: int
    value: Value


@dataclass(frozen=True, slots=True)
class Append:
    """Rows to put below the last row of data.

    Attributes:
        sheet: Name of the sheet.
        rows: The values of each row from column A on; None leaves a cell empty.
        like: The row (0-based) whose formats, height, validations and conditional formats they take.
        table: Name of the table to add them to; empty for below everything on the sheet.
        heights: How high each row has to be to show its text; none where programs fit them by themselves.
    """

    sheet: str
    rows: tuple[tuple[Value, ...], ...]
    like: int | None = None
    table: str = ""
    heights: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Shade:
    """An empty cell that is to stand out: its format with another background, and nothing in it.

    Attributes:
        sheet: Name of the sheet.
        row: 0-based.
        column: 0-based.
        colour: Red, green and blue in hexadecimal.
    """

    sheet: str
    row: int
    column: int
    colour: str = "FFF2CC"


@dataclass(frozen=True, slots=True)
class Fit:
    """A row that has to be at least so high to show its text.

    A row whose height somebody set by hand keeps it. The row goes on fitting what is written in it later.

    Attributes:
        sheet: Name of the sheet.
        row: 0-based.
        height: In points.
    """

    sheet: str
    row: int
    height: float
