"""Matrices that lie on their side: units down the first column, tasks across the head, ticks in the cells.

| 单位   | 开展普查 | 公布结果 |
| 市甲局 | ★        | ☆        |
| 市乙局 | ☆        | ★        |
| 时限   | 6月底    | 年底前   |
"""

from __future__ import annotations

from tracker.grid import Grid
from tracker.reading.plans.drafts import UNIT_FIELDS
from tracker.reading.plans.drafts import Draft
from tracker.reading.plans.drafts import Field
from tracker.reading.plans.drafts import RoleStatement
from tracker.reading.plans.notes import legend
from tracker.reading.running.statements import is_names
from tracker.reading.tabular import heads
from tracker.reading.tabular.rows import cells
from tracker.reading.tabular.rows import is_note
from tracker.reading.tabular.rows import tight
from tracker.reading.tabular.ticks import role_of

_FEWEST_UNITS = 2
# How many rows may stand above the tasks.
_FURTHEST_TASKS = 15


def read_crosswise(grid: Grid) -> tuple[int, list[Draft]]:
    """The row that holds the tasks, and a draft for each of them; no drafts if the grid is no such matrix."""
    for top in range(min(grid.height - _FEWEST_UNITS, _FURTHEST_TASKS)):
        tasks = {column: text for column, text in cells(grid, top).items() if column > 0}
        if len(tasks) < _FEWEST_UNITS or any(
            is_names(tight(text)) or heads.is_pure(text) for text in tasks.values()
        ):
            continue
        rows = _units_and_limits(grid, top, set(tasks))
        if rows is not None:
            return top, _drafts(grid, top, tasks, *rows)
    return -1, []


def _units_and_limits(grid: Grid, top: int, tasks: set[int]) -> tuple[list[int], list[int]] | None:
    """The rows of units and those of time limits below the tasks; None as soon as a row is neither."""
    units: list[int] = []
    limits: list[int] = []
    for row in range(top + 1, grid.height):
        row_cells = cells(grid, row)
        if not row_cells or (len(row_cells) == 1 and is_note(row_cells[min(row_cells)].strip())):
            continue
        if heads.field_of(row_cells.get(0, "")) is Field.DEADLINE:
            limits.append(row)
        elif _is_ticked(row_cells, tasks):
            units.append(row)
        else:
            return None
    return (units, limits) if len(units) >= _FEWEST_UNITS else None


def _is_ticked(row_cells: dict[int, str], tasks: set[int]) -> bool:
    """Whether a row is a unit with nothing but ticks below tasks."""
    ticks = {column: text for column, text in row_cells.items() if column > 0}
    return (
        is_names(tight(row_cells.get(0, "")))
        and set(ticks) <= tasks
        and all(role_of(text, {}) is not None for text in ticks.values())
    )


def _drafts(grid: Grid, top: int, tasks: dict[int, str], units: list[int], limits: list[int]) -> list[Draft]:
    texts = [text for row in range(grid.height) for text in cells(grid, row).values()]
    symbols = next((meanings for text in texts if (meanings := legend(text))), {})
    drafts = []
    for column, text in sorted(tasks.items()):
        names: dict[Field, list[str]] = {}
        for row in units:
            role = role_of(grid.text(row, column), symbols)
            if role is not None:
                names.setdefault(role, []).append(tight(grid.text(row, 0)))
        place = grid.place(top, column)
        drafts.append(
            Draft(
                text.strip(),
                place,
                statements=tuple(
                    RoleStatement("、".join(names[role]), role, place=place)
                    for role in UNIT_FIELDS
                    if role in names
                ),
                deadline=next((grid.value(row, column) for row in limits), ""),
                deadline_place=next((grid.place(row, column) for row in limits), ""),
                stream=grid.name,
            )
        )
    return drafts
