"""The unit cells and ticks of a row: what they say, and whether they continue a cell above (沿用上栏)."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.grid import Grid
from tracker.problems import Finding
from tracker.problems import reading as problems
from tracker.reading.plans.drafts import UNIT_FIELDS
from tracker.reading.plans.drafts import Field
from tracker.reading.plans.drafts import RoleStatement
from tracker.reading.plans.notes import legend
from tracker.reading.tabular import matrix
from tracker.reading.tabular.rows import DITTO
from tracker.reading.tabular.rows import NOTHING
from tracker.reading.tabular.rows import cells
from tracker.reading.tabular.tablehead import TableHead
from tracker.reading.tabular.ticks import role_of


class UnitCells:
    """The unit cells of a table, row by row; 同上 needs the row before."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.last: dict[int, str] = {}

    def statements(
        self, row: int, head: TableHead, symbols: Mapping[str, Field]
    ) -> tuple[RoleStatement, ...]:
        """Who answers by the cells of a row, in the order of the columns."""
        statements: list[RoleStatement] = []
        anchors: set[tuple[int, int]] = set()
        for column in head.columns(*UNIT_FIELDS):
            anchor = self.grid.anchor(row, column)
            if anchor in anchors:
                continue
            anchors.add(anchor)
            text = self.grid.text(*anchor)
            above = anchor[0] < row
            if DITTO.match(text):
                text, above = self.last.get(column, ""), True
            if NOTHING.match(text):
                if not above:
                    self.last.pop(column, None)
                continue
            self.last[column] = text
            wide = {
                head.fields[other]
                for other in head.columns(*UNIT_FIELDS)
                if self.grid.anchor(row, other) == anchor
            }
            role = head.fields[column] if len(wide) == 1 else Field.RESPONSIBLE
            statements.append(
                RoleStatement(text, role, head.labels.get(column, ""), above, self.grid.place(*anchor))
            )
        return tuple(statements) + self._tick_statements(row, head, symbols)

    def _tick_statements(
        self, row: int, head: TableHead, symbols: Mapping[str, Field]
    ) -> tuple[RoleStatement, ...]:
        """What the ticks of a matrix say, one statement for each role."""
        names: dict[Field, list[str]] = {}
        continuations: dict[Field, bool] = {}
        for column, name in sorted(head.units.items()):
            anchor = self.grid.anchor(row, column)
            role = role_of(self.grid.text(*anchor), symbols)
            if role is not None:
                names.setdefault(role, []).append(name)
                continuations[role] = continuations.get(role, True) and anchor[0] < row
        return tuple(
            RoleStatement(
                "、".join(names[role]), role, is_continued=continuations[role], place=self.grid.place(row, 0)
            )
            for role in UNIT_FIELDS
            if role in names
        )


def symbols_of(grid: Grid, head: TableHead) -> tuple[dict[str, Field], Finding | None]:
    """What the ticks mean: by a note, a text above the head or a head that says so; else by habit, which is told."""
    if not head.units:
        return {}, None
    for row in range(grid.height):
        for text in cells(grid, row).values():
            if meanings := legend(text):
                return meanings, None
    symbols = matrix.symbols_below(grid, head.bottom, head.units)
    if len(symbols) > 1:
        finding = problems.NO_LEGEND.at(
            grid.place(head.bottom, min(head.units)),
            symbols="".join(sorted(symbols)),
        )
        return {}, finding
    return dict.fromkeys(symbols, Field.RESPONSIBLE), None
