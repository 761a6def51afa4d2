"""年度对照 and 上级任务对照表: laid out, and what was typed taken back by its first column."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.comparison import (
    NOTE,
    WORD,
    ComparisonBook,
    JudgementEntry,
    RowMemory,
    rows_of_memory,
)
from tracker.formats.books.tables import lay_out
from tracker.grid import Source, as_text
from tracker.reading.answers import IDENTITY_SHEET, rows_of
from tracker.values import dataclass


@dataclass(frozen=True)
class ComparisonReading:
    """A workbook that came back.

    Attributes:
        marks: Which plans of which office it is about; empty for a workbook that is not ours.
        laid_out: What each row held when it was laid out.
        statements: Row and texts, in the order of the sheet; rows where nothing stands are left out.
    """

    marks: Mapping[str, str]
    laid_out: Mapping[str, RowMemory]
    statements: tuple[tuple[str, JudgementEntry], ...]


def lay_out_comparison(book: ComparisonBook, marks: Mapping[str, str]) -> bytes:
    """Lay out the workbook; `marks` say which plans of which office it is about."""
    identity = [*marks.items(), *book.memory]
    return lay_out(book.sheets, hidden_sheets={IDENTITY_SHEET: identity})


def read_comparison(source: Source, key: str, others: str) -> ComparisonReading:
    """Read what was typed; `key` and `others` are the heads of the row's name and of the other side's items."""
    memory = [
        (grid.text(row, 0), grid.text(row, 1))
        for grid in source.grids
        if grid.name == IDENTITY_SHEET
        for row in range(grid.height)
    ]
    laid_out = rows_of_memory(memory)
    marks = {name: text for name, text in memory if not name.startswith("row:")}
    statements = []
    for grid in source.grids:
        for row in rows_of(grid, (key, WORD, others, NOTE)):
            name = row.text(key).upper() if row.text(key).isascii() else row.text(key)
            texts = (row.text(WORD), row.text(others), as_text(row.cells.get(NOTE)).strip())
            if name:
                statements.append((name, JudgementEntry(*texts, row.places[WORD])))
            elif any(texts):
                statements.append((row.places[key], JudgementEntry(*texts, row.places[WORD])))
    return ComparisonReading(marks, laid_out, tuple(statements))
