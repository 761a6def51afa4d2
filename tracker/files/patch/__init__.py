"""Changing cells of an existing workbook without loading and saving it.

A library that loads a workbook and saves it again loses what it does not know: charts' styles, drop-downs
that point to other sheets, text boxes, pictures in cells. Here the bytes of the touched cells change and
nothing else does:

    changed part            when
    ----------------------  ---------------------------------------------------------------------------
    the sheet               always; only the named cells, the new rows, and the ranges that reach them
    xl/styles.xml           a date goes into a cell whose format shows none, or a number into one that does;
                            an empty cell is shaded
    xl/tables/tableN.xml    a header cell changes, or rows are added to the table
    xl/workbook.xml         the workbook has formulas: they are calculated when it is next opened;
                            a print area or filter ends right above new rows
    xl/calcChain.xml        a formula is overwritten: removed with its two mentions, as Excel itself does

Every other part is copied as it stands, compressed bytes and all. What cannot be done without harm is
refused with the cell's name before anything is written: `patch` returns a whole new workbook or raises.

A formula's stored result may be older than the cells it reads until Excel opens the file: computed columns
that the tool relies on are values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.files.patch.areas import Area
from tracker.files.patch.areas import address
from tracker.files.patch.asked import Append
from tracker.files.patch.asked import Edit
from tracker.files.patch.asked import Fit
from tracker.files.patch.asked import Shade
from tracker.files.patch.book import Workbook
from tracker.files.patch.grafting import graft
from tracker.files.patch.package import Package
from tracker.files.patch.rewrite import AtCell
from tracker.files.patch.spans import Malformed
from tracker.files.patch.work import Work
from tracker.files.patch.worksheet import Worksheet
from tracker.problems.writing import CannotPatch

__all__ = ["Append", "Edit", "Fit", "Shade", "SheetParts", "describe", "graft", "patch"]


# Of a column that states none.
_WIDTH = 8.43


@dataclass(frozen=True, slots=True)
class SheetParts:
    """What a sheet has, for a caller that decides where to write.

    Attributes:
        name: Of the sheet.
        last_row: The last row (0-based) that holds anything; -1 for none.
        tables: Its tables: name and range with header.
        widths: First and last column (0-based) of each run of columns that states its width, and the width.
    """

    name: str
    last_row: int
    tables: tuple[tuple[str, Area], ...]
    widths: tuple[tuple[int, int, float], ...] = ()

    def width(self, column: int) -> float:
        """Width of a column in characters of the default font."""
        return next((wide for first, last, wide in self.widths if first <= column <= last), _WIDTH)


def describe(data: bytes) -> tuple[SheetParts, ...]:
    """Tell what the worksheets of a workbook have.

    Raises:
        CannotPatch: It is no workbook that can be patched.
    """
    sheets = []
    try:
        book = Workbook(Package(data))
        for name in book.sheets:
            try:
                part = book.worksheet_part(name)
            except Malformed:  # a chart sheet
                continue
            sheet = Worksheet(book.package.part(part))
            tables = tuple((table.name, table.area) for table in book.tables(part))
            sheets.append(SheetParts(name, sheet.last_filled(), tables, sheet.widths))
    except (Malformed, ValueError) as error:
        raise CannotPatch(place="工作簿", why=str(error)) from error
    return tuple(sheets)


def patch(
    data: bytes,
    edits: Sequence[Edit],
    appends: Sequence[Append] = (),
    fits: Sequence[Fit] = (),
    shades: Sequence[Shade] = (),
) -> bytes:
    """Change cells and add rows; return the whole new workbook, or `data` itself where nothing changes.

    `fits` count for rows that are edited; `shades` are of cells that are empty when everything else is done.

    Raises:
        CannotPatch: A change cannot be made without harm; nothing is changed then.
    """
    data = _patch_once(data, edits, appends[:1], fits)
    for append in appends[1:]:  # each finds its place below the one before
        data = _patch_once(data, (), (append,))
    return _patch_once(data, (), (), (), shades) if shades else data


def _patch_once(
    data: bytes,
    edits: Sequence[Edit],
    appends: Sequence[Append],
    fits: Sequence[Fit] = (),
    shades: Sequence[Shade] = (),
) -> bytes:
    try:
        work = Work(Workbook(Package(data)))
    except (Malformed, ValueError) as error:
        raise CannotPatch(place="工作簿", why=str(error)) from error
    names = [
        *(edit.sheet for edit in edits),
        *(append.sheet for append in appends),
        *(e.sheet for e in shades),
    ]
    for name in dict.fromkeys(names):
        try:
            work.change_sheet(
                name,
                [edit for edit in edits if edit.sheet == name],
                [append for append in appends if append.sheet == name],
                {fit.row: fit.height for fit in fits if fit.sheet == name},
                [shade for shade in shades if shade.sheet == name],
            )
        except AtCell as refusal:
            raise CannotPatch(
                place=f"{name}!{address(refusal.row, refusal.column)}", why=str(refusal)
            ) from refusal
        except (Malformed, ValueError) as error:
            raise CannotPatch(place=name, why=str(error)) from error
    try:
        return work.finish() or data
    except (Malformed, ValueError) as error:
        raise CannotPatch(place="工作簿", why=str(error)) from error
