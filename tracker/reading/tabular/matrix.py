"""Matrices: units across the top, ticks in the cells.

    | 序号 | 工作任务   | 市甲局 | 市乙局 | 市丙局 | 完成时限 |
    | 1    | 规范公开   | ▲      | ○      |        | 6月底    |

A column is a unit's when its head is a name and everything below it is a tick: a symbol, or a word for a role.
What a symbol means stands in a legend (`notes.legend`), in a note, above the head or inside it. Without a legend
one kind of symbol says who is responsible; of several kinds the usual meaning is taken and a person is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tracker.grid import Grid
from tracker.reading.plans.notes import SYMBOLS
from tracker.reading.running.statements import is_names
from tracker.reading.tabular.ticks import role_of

FEWEST_UNITS = 2
_SAMPLE = 12


def unit_columns(grid: Grid, bottom: int, labels: Mapping[int, str]) -> dict[int, str]:
    """The columns below a head that ends in row `bottom` which belong to a unit each; empty for no matrix."""
    units: dict[int, str] = {}
    for column, label in labels.items():
        name = re.sub(r"[\s\u3000]+", "", label)
        if 1 < len(name) <= 24 and _holds_ticks(grid, bottom, column) and is_names(name):
            units[column] = name
    return units if len(units) >= FEWEST_UNITS else {}


def _holds_ticks(grid: Grid, bottom: int, column: int) -> bool:
    """Whether nearly all that stands below a head is ticks.

    Banners, notes and totals can begin in any column; few of them are no reason against a matrix. A column whose
    first cells are mostly something else is not followed to its end: every row of a table is asked for a head.
    """
    ticks = others = 0
    for row in range(bottom + 1, grid.height):
        text = "" if grid.is_continuation(row, column) else grid.text(row, column).strip()
        if text:
            ticks += 1
            others += role_of(text, {}) is None
            if ticks == _SAMPLE and others * 2 > ticks:
                return False
    return ticks > 0 and others * 4 <= ticks


def symbols_below(grid: Grid, bottom: int, columns: Mapping[int, str]) -> set[str]:
    """The kinds of symbols that stand in the units' columns."""
    return {
        text
        for row in range(bottom + 1, grid.height)
        for column in columns
        if len(text := grid.text(row, column).strip()) == 1 and text in SYMBOLS
    }
