"""A table that covers many units: a column names the unit of each row.

Somebody collected what several units said, or a form was passed round. Nothing in it is taken by its position:
each row belongs to the unit that its own cell (or the merged cell over it) names; which form that means is
decided by the step. A row whose unit is not named belongs to nobody, and is said.

    >>> from tracker.grid import from_table
    >>> grid = from_table('''
    ... | 事项编号 | 责任单位 | 自报状态 | 进展情况 |
    ... | P1-001   | 市教育局 | 已完成   | 已印发   |
    ... | ^        | 市司法局 | 正在推进 | 起草中   |
    ... ''')
    >>> [(row.unit, row.id, row.row) for row in shared_rows(Source("xlsx", "汇总.xlsx", (grid,)))]
    [('市教育局', 'P1-001', 1), ('市司法局', 'P1-001', 2)]
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.columns import Owner
from tracker.grid import Source
from tracker.reading.forms.form_head import UNIT_LABELS
from tracker.reading.forms.form_head import head_of
from tracker.reading.forms.form_head import plain_text


@dataclass(frozen=True, slots=True)
class SharedRow:
    """One row.

    Attributes:
        grid: Name of its sheet or table.
        row: Its row there.
        unit: The unit as written; empty where none is named.
        id: 事项编号 as written, made plain.
        requirement: 具体要求, made plain.
        place: Where its unit stands.
    """

    grid: str
    row: int
    unit: str
    id: str
    requirement: str
    place: str


def shared_rows(source: Source) -> tuple[SharedRow, ...]:
    """The rows that answer anything; empty where no table has a column of units."""
    rows = []
    for grid in source.grids:
        head = head_of(grid)
        number = head.column_with(UNIT_LABELS) if head else None
        if head is None or number is None:
            continue
        by_name = {column.name: at for at, column in head.our_columns().items()}
        answer_columns = [at for at, column in head.our_columns().items() if column.owner is Owner.UNIT]
        for row in range(head.row + 1, grid.height):
            if not any(grid.text(row, at).strip() for at in answer_columns):
                continue
            ids = plain_text(grid.visible_text(row, by_name["id"])) if "id" in by_name else ""
            text = (
                plain_text(grid.visible_text(row, by_name["requirement"])) if "requirement" in by_name else ""
            )
            unit = grid.visible_text(row, number).strip()
            rows.append(SharedRow(grid.name, row, unit, ids, text, grid.place(row, number)))
    return tuple(rows)
