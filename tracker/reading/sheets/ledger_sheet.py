"""Reading 工作台账.xlsx after the office has worked in it.

Rows are told by their identity and columns by their label, as in a form. Rows without identity and columns with
labels of their own belong to the office and are passed over; a row of 任务事项 without identity that says what is
required is handed on (`typed`): whether it is an item typed by hand is decided by the step. An identity that stands in two rows is read from
neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field

from tracker.columns import Column
from tracker.columns import Owner
from tracker.columns import Sheet
from tracker.columns import on
from tracker.grid import Grid
from tracker.grid import Source
from tracker.grid import as_text
from tracker.problems import Finding
from tracker.problems import syncing
from tracker.reading.forms.answers import read_cell
from tracker.reading.forms.form import FormCell
from tracker.reading.forms.form_head import plain_text
from tracker.reading.marks import IDENTITY_SHEET
from tracker.reading.marks import KEY_LABEL
from tracker.reading.marks import LEDGER_NOTE
from tracker.reading.marks import LEDGER_SHEETS
from tracker.reading.marks import WARNING

_HEAD_WITHIN = 60


@dataclass(frozen=True, slots=True)
class Note:
    """A cell above the head that is ours: 0-based row and column, and what it says."""

    row: int
    column: int
    text: str


@dataclass(frozen=True)
class SheetReading:
    """One sheet of the workbook.

    Attributes:
        name: The sheet's name now.
        head: 0-based row of the head.
        columns: 0-based column of each of our columns that it has, by name; `key` for the hidden identity.
        rows: 0-based row of each identity that stands in one row.
        cells: What each cell of ours says, by identity and column name.
        refusals: Cells that may not be used, and why; they are left as they are.
        findings: What a person should look at.
        rows_by_hand: Rows of 任务事项 that somebody typed: no identity, and a text under 具体要求; cells by column name.
        note: Our line above the head; None where the office has taken it away.
    """

    name: str
    head: int
    columns: Mapping[str, int]
    rows: Mapping[str, int] = field(default_factory=dict)
    cells: Mapping[str, Mapping[str, FormCell]] = field(default_factory=dict)
    refusals: Mapping[tuple[str, str], str] = field(default_factory=dict)
    twice: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    rows_by_hand: Mapping[int, Mapping[str, FormCell]] = field(default_factory=dict)
    note: Note | None = None


@dataclass(frozen=True)
class LedgerReading:
    """The workbook.

    Attributes:
        office: The office folder that wrote it; empty where the mark is lost.
        revision: The revision that it carries; 0 where the mark is lost.
        sheets: Its sheets that were found.
        findings: What is wrong with it as a whole.
    """

    office: str
    revision: int
    sheets: Mapping[Sheet, SheetReading]
    findings: tuple[Finding, ...] = ()


def read_ledger_book(source: Source, keys: Mapping[tuple[str, str], str] | None = None) -> LedgerReading:
    """Read the workbook.

    Args:
        source: It, as it came through the door.
        keys: Identity by work point and unit name, for rows whose hidden identity is gone.
    """
    marks = {
        grid.text(row, 0): grid.text(row, 1)
        for grid in source.grids
        if grid.name == IDENTITY_SHEET
        for row in range(grid.height)
    }
    revision = marks.get("revision", "")
    sheets: dict[Sheet, SheetReading] = {}
    findings: list[Finding] = []
    for sheet, name in LEDGER_SHEETS.items():
        table = _find(source, sheet)
        if table is None:
            findings.append(syncing.SHEET_GONE.at(source.name, name=name))
            continue
        sheets[sheet] = _read(*table, sheet, keys or {})
    return LedgerReading(
        marks.get("office", ""), int(revision) if revision.isdecimal() else 0, sheets, tuple(findings)
    )


def _find(source: Source, sheet: Sheet) -> tuple[Grid, int, dict[str, int]] | None:
    """The sheet by its name, else the one sheet that has its head."""
    namesakes = [grid for grid in source.grids if grid.name == LEDGER_SHEETS[sheet]]
    for grid in (*namesakes, *(other for other in source.grids if other not in namesakes)):
        head = _head(grid, sheet)
        if head is not None:
            return grid, *head
    return None


def _note(grid: Grid, head: int) -> Note | None:
    for row in range(head):
        for column in range(grid.width):
            text = grid.text(row, column)
            if text == LEDGER_NOTE or text.startswith(WARNING):
                return Note(row, column, text)
    return None


def _head(grid: Grid, sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    by_label = {plain_text(column.label): column.name for column in on(sheet)} | {
        plain_text(KEY_LABEL): "key"
    }
    own_names = {column.name for column in on(sheet) if column.owner is not Owner.PLAN}
    for row in range(min(grid.height, _HEAD_WITHIN)):
        columns: dict[str, int] = {}
        for number in range(grid.width):
            name = by_label.get(plain_text(grid.text(row, number)))
            if name:
                columns.setdefault(name, number)
        # The head of the other sheet has the plan's labels too, and hardly any of the rest.
        if ("id" in columns or "key" in columns) and 2 * len(own_names & set(columns)) > len(own_names):
            return row, columns
    return None


def _read(
    grid: Grid,
    head: int,
    columns: dict[str, int],
    sheet: Sheet,
    keys: Mapping[tuple[str, str], str],
) -> SheetReading:
    findings: list[Finding] = []
    places: dict[str, list[int]] = {}
    for row in range(head + 1, grid.height):
        key = _key(grid, row, columns, sheet, keys)
        if key:
            places.setdefault(key, []).append(row)
    for key, some in places.items():
        if len(some) > 1:
            first, second = (grid.place(row, columns.get("id", 0)) for row in some[:2])
            findings.append(syncing.ROW_TWICE.at(second, key=key, other=first))
    rows = {key: some[0] for key, some in places.items() if len(some) == 1}
    cells: dict[str, dict[str, FormCell]] = {}
    refusals: dict[tuple[str, str], str] = {}
    for column in on(sheet):
        if column.name not in columns:
            continue
        number = columns[column.name]
        for key, row in rows.items():
            text, why, cell_findings = _cell(grid, row, number, column)
            cells.setdefault(key, {})[column.name] = FormCell(text, grid.place(row, number))
            findings += cell_findings
            if why:
                refusals[key, column.name] = why
    return SheetReading(
        grid.name,
        head,
        columns,
        rows,
        cells,
        refusals,
        frozenset(key for key, some in places.items() if len(some) > 1),
        tuple(findings),
        _rows_by_hand(grid, head, columns) if sheet is Sheet.POINTS else {},
        _note(grid, head) if sheet is Sheet.POINTS else None,
    )


def _rows_by_hand(grid: Grid, head: int, columns: Mapping[str, int]) -> dict[int, dict[str, FormCell]]:
    if "id" not in columns or "requirement" not in columns:
        return {}
    return {
        row: {
            column.name: FormCell(
                as_text(grid.value(row, columns[column.name])), grid.place(row, columns[column.name])
            )
            for column in on(Sheet.POINTS)
            if column.name in columns
        }
        for row in range(head + 1, grid.height)
        if not plain_text(grid.text(row, columns["id"])) and grid.text(row, columns["requirement"]).strip()
    }


def _key(
    grid: Grid,
    row: int,
    columns: Mapping[str, int],
    sheet: Sheet,
    keys: Mapping[tuple[str, str], str],
) -> str:
    point_id = plain_text(grid.text(row, columns["id"])) if "id" in columns else ""
    if sheet is Sheet.POINTS:
        return point_id
    key = plain_text(grid.text(row, columns["key"])) if "key" in columns else ""
    if key or "unit" not in columns:
        return key
    return keys.get((point_id, grid.text(row, columns["unit"]).strip()), "")


def _cell(grid: Grid, row: int, number: int, column: Column) -> tuple[str, str, tuple[Finding, ...]]:
    value = grid.value(row, number)
    if column.owner in (Owner.PLAN, Owner.COMPUTED):
        return as_text(value), "", ()
    reading = read_cell(column, value, grid.place(row, number), grid.formulas.get((row, number)))
    return reading.text, reading.refusal, reading.findings
