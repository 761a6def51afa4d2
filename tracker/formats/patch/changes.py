"""What a caller asks of a workbook: cells, new rows, shades and heights; `patching` does it, and is loaded when it has to."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.grid import Value
from tracker.problems.files import CannotPatch
from tracker.values import dataclass


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


# Where a refusal is of the whole file.
BOOK = "工作簿"


def patch(
    data: bytes,
    edits: Sequence[Edit],
    appends: Sequence[Append] = (),
    fits: Sequence[Fit] = (),
    shades: Sequence[Shade] = (),
    *,
    name: str = "",
) -> bytes:
    """Change cells and add rows; return the whole new workbook, or `data` itself where nothing changes.

    `fits` count for rows that are edited; `shades` are of cells that are empty when everything else is done. `name` is the
    file's, for refusals.

    Raises:
        CannotPatch: A change cannot be made without harm; nothing is changed then.
    """
    from tracker.formats.patch.patching import patch_once

    try:
        data = patch_once(data, edits, appends[:1], fits)
        for append in appends[1:]:  # each finds its place below the one before
            data = patch_once(data, (), (append,))
        return patch_once(data, (), (), (), shades) if shades else data
    except CannotPatch as refusal:
        place, why = (str(refusal.facts[fact]) for fact in ("place", "why"))
        where = name if place == BOOK else f"{name} {place}"
        raise CannotPatch(place=where if name else place, why=why) from refusal
