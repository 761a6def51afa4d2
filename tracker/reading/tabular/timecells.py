"""The time cells of a table, row by row: the last filled column counts, 同上 is the cell above it.

A tick in a column of a calendar is the time limit of its row, whatever other columns say.
"""

from __future__ import annotations

import datetime as dt

from tracker.grid import Grid
from tracker.grid import Value
from tracker.grid import as_text
from tracker.reading.plans.drafts import Field
from tracker.reading.tabular import heads
from tracker.reading.tabular import periods
from tracker.reading.tabular.rows import DITTO
from tracker.reading.tabular.rows import NOTHING
from tracker.reading.tabular.tablehead import TableHead


class TimeCells:
    """The time cells of a table; 同上 needs the row before."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.last: dict[int, Value] = {}

    def limit(self, row: int, head: TableHead) -> tuple[Value, str]:
        """The time limit of a row and where it stands; empty where the row has none."""
        tick_column = periods.last_tick(self.grid, row, head.periods)
        if tick_column is not None:
            return head.periods[tick_column], self.grid.place(*self.grid.anchor(row, tick_column))
        columns = head.columns(Field.DEADLINE) or head.columns(Field.FREQUENCY)
        for column in reversed(columns):
            anchor = self.grid.anchor(row, column)
            value = self.grid.value(*anchor)
            if isinstance(value, dt.datetime):
                value = value.date()
            if isinstance(value, str) and DITTO.match(value):
                value = self.last.get(column)
            if value is not None and not NOTHING.match(as_text(value)):
                self.last[column] = value
                if not isinstance(value, dt.date):
                    period_text = periods.with_word(
                        as_text(value), heads.plain_head(head.labels.get(column, ""))
                    )
                    value = period_text if period_text != as_text(value) else value
                return value, self.grid.place(*anchor)
        return "", ""
