"""One 分工核对表 being taken: its cells, and what is found out about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.grid import Grid
from tracker.grid import Source
from tracker.problems import Finding
from tracker.problems import proofing
from tracker.reading.proof import cells as typed_cells
from tracker.reading.proof import pages
from tracker.reading.proof.memory import ProofMemory
from tracker.reading.sheets.labelled import TableRow
from tracker.reading.sheets.labelled import find_head
from tracker.reading.sheets.labelled import rows_of
from tracker.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Correction:
    """A cell that a person changed: where, of which work point (its place in the original), and both texts."""

    place: str
    of: str
    label: str
    before: str
    after: str


class ProofBook:
    """A workbook, its base, and what gathers while it is taken.

    Attributes:
        unclear: Cells that nobody understands.
        told: What a person should look at all the same.
        corrections: What was changed.
        solved: Place in the original and label of every cell that was put right.
        typed: Places of items that stand in the workbook itself.
    """

    def __init__(self, source: Source, base: ProofMemory, calendar: Calendar) -> None:
        self.source = source
        self.base = base
        self.calendar = calendar
        self.unclear: list[Finding] = []
        self.told: list[Finding] = []
        self.corrections: list[Correction] = []
        self.solved: set[tuple[str, str]] = set()
        self.typed: set[str] = set()

    def grid(self, labels: tuple[str, ...]) -> Grid | None:
        """The sheet whose head holds these labels, wherever it is now."""
        return next((grid for grid in self.source.grids if find_head(grid, labels)), None)

    def rows(self, labels: tuple[str, ...]) -> tuple[TableRow, ...]:
        """The rows below that head."""
        grid = self.grid(labels)
        return tuple(rows_of(grid, labels)) if grid is not None else ()

    def changes(
        self, row: TableRow, texts: Mapping[str, str], missing_labels: frozenset[str]
    ) -> dict[str, str]:
        """The texts that differ from what the cells showed."""
        changes = {}
        for label, before in texts.items():
            if label in missing_labels:
                continue
            text, problem = typed_cells.text_of(row, label)
            if problem is not None:
                self.unclear.append(problem)
            elif text != before:
                changes[label] = text
        return changes

    def is_taken(self, row: TableRow) -> bool:
        """Whether the row is to be recorded; 是否登记 says so."""
        word = row.text(pages.TO_RECORD)
        if word in ("", "登记", pages.YES):
            return True
        if word in (pages.NOT_TO_RECORD, "否", "不"):
            return False
        words = f"登记、{pages.NOT_TO_RECORD}"
        place = row.places[pages.TO_RECORD]
        self.unclear.append(proofing.BAD_CHOICE.at(place, label=pages.TO_RECORD, text=word, allowed=words))
        return True

    def note(self, row: TableRow, label: str, of: str, before: str, after: str) -> None:
        """Remember a changed cell."""
        place = row.places.get(label, "")
        self.corrections.append(Correction(place, of, label, before, after))
