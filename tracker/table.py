"""Tables as plain values, before anything lays them out (after beancount's `utils.table`).

    Table        columns, rows of typed values, and what is said of single cells: a sheet of a list or of the report's
                 workbook (`formats.books.lay_out`), a table of a document (`formats.documents`)
    LedgerRows   the rows of 工作台账, which has a layout of its own and shares only the columns

What only the rules know (which rows, which words, what needs somebody) is decided before; what only the formats know
(fonts, colours, drop-downs, pages) comes after. A table of a document needs columns and rows; a sheet has a name,
too:

>>> table = Table((Column("单位", 20), Column("项数", 8)), (("市教育局", 3),), name="各单位")
>>> [column.label for column in table.columns], table.rows[0], table.tones
(['单位', '项数'], ('市教育局', 3), {})
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, field

from tracker.columns import Column, Sheet
from tracker.grid import Value
from tracker.problems.base import Severity
from tracker.values import dataclass

# Row and column of a table's cell, 0-based; the head is no row.
Cell = tuple[int, int]


@dataclass(frozen=True)
class Table:
    """A table: what it says, and nothing of how it looks.

    Attributes:
        columns: From left to right.
        rows: A row has as many values as there are columns. A figure is written as a figure, a day as a day, any
            other value as text; a document shows all as text.
        name: On the sheet's tab; empty in a document.
        title: Over the table.
        notes: Sentences below the title, one line each.
        tones: Cells that somebody has to look at, and how urgently.
        comments: What is said about single cells.
        links: Cells that lead to a file or folder: its path from the folder in which the workbook lies, with `/`;
            or to a sheet: `#'签发'!A1`.
        choices: The words that single cells offer, where a column's cells do not all offer the same.
        fixed_columns: So many columns stay when the sheet is moved sideways.
        over: In a document, a row above the head: each label and how many columns it covers; the heads below an
            empty one reach up.
        large: In a document, set as large as the fields of a slip.
        wide: In a document, cells that cover those to their right: row, column, how many columns.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...] = ()
    _: KW_ONLY
    name: str = ""
    title: str = ""
    notes: tuple[str, ...] = ()
    tones: Mapping[Cell, Severity] = field(default_factory=dict)
    comments: Mapping[Cell, str] = field(default_factory=dict)
    links: Mapping[Cell, str] = field(default_factory=dict)
    choices: Mapping[Cell, tuple[str, ...]] = field(default_factory=dict)
    fixed_columns: int = 0
    over: tuple[tuple[str, int], ...] = ()
    wide: frozenset[tuple[int, int, int]] = frozenset()
    large: bool = False

    @property
    def head_row(self) -> int:
        """0-based row of the head on a sheet, below title and notes."""
        return 1 + len(self.notes)


# Identity of a row: the work point, or the work point and the unit.
Rows = Mapping[str, Mapping[str, str]]


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
