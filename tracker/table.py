"""Tables as plain values, before any book lays them out: the sheets of a report, and the rows of 工作台账.

What only the rules know (which rows, which words) is decided before; what only the books know (cells, colours,
protection) comes after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.columns import Sheet

# Identity of a row: the work point, or the work point and the unit.
Rows = dict[str, dict[str, str]]


@dataclass(frozen=True)
class LedgerRows:
    """What the two sheets show, by row identity and column name, in the order of the plans.

    Attributes:
        points: 任务事项.
        progress: 各单位进展.
        periods: The round that an answer typed into a row of 各单位进展 today belongs to: the one that is asked
            just now, else the one that the row shows; empty where none was handed out.
    """

    points: Rows
    progress: Rows
    periods: Mapping[str, str]

    def of(self, sheet: Sheet) -> Rows:
        """The rows of a sheet."""
        return self.points if sheet is Sheet.POINTS else self.progress


Cell = str | int | float


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """One sheet: its name, a title, a note, columns with their widths in characters, and rows."""

    name: str
    title: str
    note: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]
