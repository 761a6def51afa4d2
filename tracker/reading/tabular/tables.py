"""Reading a table: where its head is, and what is above and below it.

What each row can be, and what holds from the rows above it, stands in `tablerows`.
"""

from __future__ import annotations

from dataclasses import replace

from tracker.grid import Grid
from tracker.problems import reading as problems
from tracker.reading.headings import Rank
from tracker.reading.headings import is_heading
from tracker.reading.headings import leading_number
from tracker.reading.plans.drafts import Draft
from tracker.reading.plans.drafts import Field
from tracker.reading.running.statements import has_role
from tracker.reading.tabular import heads
from tracker.reading.tabular.rows import cells
from tracker.reading.tabular.tablehead import TableHead
from tracker.reading.tabular.tablehead import find_table_head
from tracker.reading.tabular.tablerows import TableReading
from tracker.reading.tabular.tablerows import TableRows


def read_table(grid: Grid, *, head_before: TableHead | None = None, section: str = "") -> TableReading:
    """Read a grid as a table of work points.

    Args:
        grid: The sheet or table.
        head_before: The head of the table before it, for one that goes on without a head of its own.
        section: The heading that it stands under.
    """
    reading = TableReading(section=section)
    row = 0
    head = None
    while row < grid.height and head is None:
        head = find_table_head(grid, row)
        if head is None:
            reading.above += [(text, grid.place(row, column)) for column, text in cells(grid, row).items()]
            row += 1
    if head is None and head_before is not None and max(head_before.fields) < grid.width:
        head, row = replace(head_before, top=-1, bottom=-1), 0
        reading.above = []
    if head is None:
        return reading
    reading.section = _section_above(grid, head.top) or section
    reader = TableRows(grid, head, reading)
    reader.read(head.bottom + 1)
    if reader.banners.are_topics:
        reading = TableReading(above=reading.above, section=reading.section)
        reader = TableRows(grid, head, reading, by_unit=False)
        reader.read(head.bottom + 1)
    reading.head = reader.head
    reading.drafts = _leading_columns(reading.drafts)
    reading.findings += [
        problems.HIDDEN_COLUMN.at(grid.place(head.bottom, column), name=" ".join(head.labels[column].split()))
        for column, column_field in sorted(head.fields.items())
        if column in grid.hidden_columns
        and column_field not in (Field.PERSON, Field.REMARK)
        and column in head.labels
    ]
    return reading


def _leading_columns(drafts: list[Draft]) -> list[Draft]:
    """A 牵头落实单位 column whose cells carry no word of a role names the leads."""
    plain = {
        header
        for header in {statement.header for draft in drafts for statement in draft.statements}
        if heads.LEADS_UNLESS_WORDED.match(heads.plain_head(header))
        and not any(
            has_role(statement.text)
            for draft in drafts
            for statement in draft.statements
            if statement.header == header
        )
    }
    return [
        replace(
            draft,
            statements=tuple(
                replace(statement, field=Field.LEAD) if statement.header in plain else statement
                for statement in draft.statements
            ),
        )
        for draft in drafts
    ]


def _section_above(grid: Grid, top: int) -> str:
    """A numbered heading in the row right above the head; a banner can stand on either side of it."""
    row_cells = cells(grid, top - 1) if top > 0 else {}
    text = next(iter(row_cells.values()), "").strip()
    number = leading_number(text)
    if len(row_cells) == 1 and number is not None and number.rank <= Rank.HAN_BRACKET and is_heading(text):
        return text
    return ""
