"""Which cells of a workbook have to change, and the workbook with them changed where they stand."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping

from tracker.columns import BY_NAME
from tracker.columns import ColumnKind
from tracker.columns import Sheet
from tracker.columns import on
from tracker.files.patch import Append
from tracker.files.patch import Edit
from tracker.files.patch import Fit
from tracker.files.patch import describe
from tracker.files.patch import patch
from tracker.files.workbooks.ink import as_day
from tracker.files.workbooks.ink import height_for
from tracker.files.workbooks.ink import lines_in
from tracker.grid import Value
from tracker.reading.marks import IDENTITY_SHEET
from tracker.reading.marks import LEDGER_NOTE
from tracker.reading.marks import LEDGER_SHEETS
from tracker.reading.sheets.ledger_sheet import LedgerReading
from tracker.reading.sheets.ledger_sheet import SheetReading
from tracker.rules.progress.ledger_rows import LedgerRows

LeftAlone = Collection[tuple[Sheet, str, str]]


def has_news(reading: LedgerReading, rows: LedgerRows, left_alone: LeftAlone, warning: str = "") -> bool:
    """Whether the workbook lacks anything."""
    return any(True for _ in (*_edits(reading, rows, left_alone), *_warning_edits(reading, warning))) or any(
        True for sheet, read in reading.sheets.items() for _ in _new_rows(read, rows.of(sheet))
    )


def changed_book(
    data: bytes,
    reading: LedgerReading,
    rows: LedgerRows,
    left_alone: LeftAlone,
    *,
    office: str,
    revision: int,
    warning: str = "",
) -> bytes:
    """The workbook with its cells brought up to date, new rows at the end, and its revision.

    `warning` takes the place of the line above the head of 任务事项, and gives it back when it is empty.

    Raises:
        CannotPatch: A change cannot be made without harm; nothing is changed then.
    """
    edits = [*_edits(reading, rows, left_alone), *_warning_edits(reading, warning)]
    if reading.revision:
        edits.append(Edit(IDENTITY_SHEET, 1, 1, str(revision)))
    parts = {part.name: part for part in describe(data)}
    appends = []
    fits = []
    for sheet, read in reading.sheets.items():
        heights = {key: _height(sheet, cells) for key, cells in rows.of(sheet).items()}
        fits += [Fit(read.name, row, heights[key]) for key, row in read.rows.items() if key in heights]
        new_rows = list(_new_rows(read, rows.of(sheet)))
        if new_rows:
            tables = {name for name, _ in parts[read.name].tables} if read.name in parts else set()
            table = LEDGER_SHEETS[sheet] if LEDGER_SHEETS[sheet] in tables else ""
            appends.append(
                Append(
                    read.name,
                    tuple(values for _, values in new_rows),
                    like=max(read.rows.values(), default=None),
                    table=table,
                    heights=tuple(heights[key] for key, _ in new_rows),
                )
            )
    return patch(data, edits, appends, fits)


def _warning_edits(reading: LedgerReading, warning: str) -> Iterator[Edit]:
    for read in reading.sheets.values():
        text = warning or LEDGER_NOTE
        if read.note is not None and read.note.text != text:
            yield Edit(read.name, read.note.row, read.note.column, text)


def _height(sheet: Sheet, cells: Mapping[str, str]) -> float:
    """How high a row has to be to show its longest text, at the width the columns were born with."""
    return height_for(max(lines_in(cells.get(column.name, ""), column.width) for column in on(sheet)))


def _edits(reading: LedgerReading, rows: LedgerRows, left_alone: LeftAlone) -> Iterator[Edit]:
    for sheet, read in reading.sheets.items():
        sheet_rows = rows.of(sheet)
        for key, row in read.rows.items():
            if key not in sheet_rows:
                continue
            for name, number in read.columns.items():
                if name == "key" or (sheet, key, name) in left_alone:
                    continue
                text = sheet_rows[key].get(name, "")
                if text != read.cells[key][name].text:
                    yield Edit(read.name, row, number, _value(name, text))


def _new_rows(
    read: SheetReading, rows: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, tuple[Value, ...]]]:
    width = max(read.columns.values(), default=-1) + 1
    for key, cells in rows.items():
        if key in read.rows or key in read.twice:
            continue
        row: list[Value] = [None] * width
        for name, number in read.columns.items():
            row[number] = key if name == "key" else _value(name, cells.get(name, ""))
        yield key, tuple(row)


def _value(name: str, text: str) -> Value:
    if not text:
        return None
    day = as_day(text) if BY_NAME[name].kind is ColumnKind.DATE else None
    return day.date() if day else text
