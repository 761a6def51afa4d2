"""What a 设置.xlsx of an earlier version lacks: whole tables, and rows of the tables whose rows are ours.

A table is known by its head, wherever it stands and whatever its sheet is called; only where neither the head nor a
sheet of its name is there it is missing. What is added says what holds anyway: the values as they were just read,
those of an older form included, so that adding changes nothing that the office set. Nothing that is there is touched:
rows go below the last one, sheets behind the last one (`files.patch`).
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.files.lists.appending import append_of
from tracker.files.lists.books import BookSheet
from tracker.files.lists.books import lay_out
from tracker.files.lists.settings import SETTING_HEADS
from tracker.files.lists.settings import sheets_of
from tracker.files.patch import Append
from tracker.files.patch import graft
from tracker.files.patch import patch
from tracker.grid import Grid
from tracker.grid import Source
from tracker.reading.sheets.labelled import find_head
from tracker.reading.sheets.labelled import rows_of
from tracker.rules.settings import Settings

# Tables whose rows are ours: each row is known by its first column.
_OUR_ROWS = ("基本设置", "催办规则", "发送设置", "定时任务")


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is not there.

    Attributes:
        sheets: Tables that are missing as a whole, by name.
        rows: Of tables that are there: name of the table, and the first cells of the rows that it lacks.
    """

    sheets: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sheets or self.rows)

    @property
    def keys(self) -> tuple[str, ...]:
        """Each thing by a name of its own, as it is remembered once it was added."""
        return (*self.sheets, *(f"{table}|{key}" for table, keys in self.rows for key in keys))

    def without(self, additions: frozenset[str]) -> Lacking:
        """What is left when the things that were added before are no longer missed: somebody took them out."""
        rows = (
            (table, tuple(key for key in keys if f"{table}|{key}" not in additions))
            for table, keys in self.rows
        )
        return Lacking(
            tuple(sheet for sheet in self.sheets if sheet not in additions),
            tuple((table, keys) for table, keys in rows if keys),
        )

    @property
    def sentence(self) -> str:
        """For people."""
        tables = [f"工作表“{sheet}”" for sheet in self.sheets]
        return "、".join([*tables, *(f"“{table}”中的{'、'.join(keys)}" for table, keys in self.rows)])


def lacking(source: Source, settings: Settings) -> Lacking:
    """What the workbook lacks that this version knows."""
    sheets, rows = [], []
    names = {grid.name for grid in source.grids}
    for sheet in sheets_of(settings):
        grid = _table(source, sheet)
        if grid is None:
            if sheet.name not in names:
                sheets.append(sheet.name)
        elif sheet.name in _OUR_ROWS:
            first = SETTING_HEADS[sheet.name][0]
            there = {row.text(first) for row in rows_of(grid, SETTING_HEADS[sheet.name])}
            labels = tuple(str(row[0]) for row in sheet.rows if row[0] not in there)
            if labels:
                rows.append((sheet.name, labels))
    return Lacking(tuple(sheets), tuple(rows))


def complete_settings(data: bytes, source: Source, settings: Settings, add: Lacking) -> bytes:
    """The workbook with what is to be added; everything else in it keeps its bytes.

    Raises:
        CannotPatch: It cannot be added without harm.
    """
    sheets = sheets_of(settings)
    appends = [
        append
        for sheet in sheets
        for table, keys in add.rows
        if table == sheet.name
        for append in _rows(source, sheet, keys)
    ]
    data = patch(data, (), appends)
    return graft(data, lay_out(sheets), add.sheets) if add.sheets else data


def _rows(source: Source, sheet: BookSheet, keys: Sequence[str]) -> Iterator[Append]:
    grid = _table(source, sheet)
    head = find_head(grid, SETTING_HEADS[sheet.name]) if grid is not None else None
    if grid is None or head is None:
        return
    like = max((row.row for row in rows_of(grid, SETTING_HEADS[sheet.name])), default=None)
    values = [
        {column.label: value for column, value in zip(sheet.columns, row, strict=True)}
        for row in sheet.rows
        if row[0] in keys
    ]
    yield append_of(grid.name, head[1], sheet.columns, values, like=like)


def _table(source: Source, sheet: BookSheet) -> Grid | None:
    """The sheet that holds a table: by its name and head, else by its head and a row that only it has."""
    heads = SETTING_HEADS[sheet.name]
    candidates = [grid for grid in source.grids if find_head(grid, heads) is not None]
    namesake = next((grid for grid in candidates if grid.name == sheet.name), None)
    if namesake is not None:
        return namesake
    ours = {row[0] for row in sheet.rows}
    for grid in candidates:
        if grid.name in SETTING_HEADS:
            continue
        if sheet.name not in _OUR_ROWS or any(row.text(heads[0]) in ours for row in rows_of(grid, heads)):
            return grid
    return None
