"""What each cell says, counted from the facts alone: what the ledger's own answer is held against."""

from __future__ import annotations

from collections.abc import Iterable

from tracker import facts
from tracker.facts import Entry
from tracker.rules.office import CellKey, CellNow


def latest_cells(entries: Iterable[Entry[facts.Cell]]) -> dict[CellKey, CellNow]:
    """What each cell says after these facts, without a database."""
    cells: dict[CellKey, CellNow] = {}
    for entry in entries:
        cell = entry.fact
        key = (cell.subject, cell.unit, cell.field, cell.period)
        cells[key] = CellNow(cell.value, cell.origin, entry.seq, entry.act, entry.file, entry.place)
    return cells
