"""Reading a table: where its head is, and what is above and below it.

What each row can be, and what holds from the rows above it, stands in `tablerows`.
"""

from __future__ import annotations

from dataclasses import replace

from tracker.grid import Grid
from tracker.problems import reading as problems
from tracker.reading.headings import Rank
from tracker.reading.headings import is_heading
from tracker.reading.headings import leading
from tracker.reading.plans.drafts import Draft
from tracker.reading.plans.drafts import Field
from tracker.reading.running.statements import has_role
from tracker.reading.tabular import heads
from tracker.reading.tabular.rows import cells
from tracker.reading.tabular.tablehead import Head
from tracker.reading.tabular.tablehead import find_head
from tracker.reading.tabular.tablerows import Rows
from tracker.reading.tabular.tablerows import TableReading


def read_table(grid: Grid, *, inherited: Head | None = None, section: str = "") -> TableReading:
    """Read a grid as a table of work points.

    Args:
        grid: The sheet or table.
        inherited: The head of the table before it, for one that goes on without a head of its own.
        section: The heading that it stands under.
    """
    found = TableReading(section=section)
    row = 0
    head = None
    while row < grid.height and head is None:
        head = find_head(grid, row)
        if head is None:
            found.above += [(text, grid.place(row, column)) for column, text in cells(grid, row).items()]
            row += 1
    if head is None and inherited is not None and max(inherited.fields) < grid.width:
        head, row = replace(inherited, top=-1, bottom=-1), 0
        found.above = []
    if head is None:
        return found
    found.section = _section_above(grid, head.top) or section
    reader = Rows(grid, head, found)
    reader.read(head.bottom + 1)
    if reader.banners.are_topics:
        found = TableReading(above=found.above, section=found.section)
        reader = Rows(grid, head, found, by_unit=False)
        reader.read(head.bottom + 1)
    found.head = reader.head
    found.drafts = _leading_columns(found.drafts)
    found.findings += [
        problems.HIDDEN_COLUMN.at(grid.place(head.bottom, column), name=" ".join(head.labels[column].split()))
        for column, each in sorted(head.fields.items())
        if column in grid.hidden_columns
        and each not in (Field.PERSON, Field.REMARK)
        and column in head.labels
    ]
    return found


def _leading_columns(drafts: list[Draft]) -> list[Draft]:
    """A 牵头落实单位 column whose cells carry no word of a role names the leads."""
    plain = {
        header
        for header in {each.header for draft in drafts for each in draft.said}
        if heads.LEADS_UNLESS_WORDED.match(heads.plain(header))
        and not any(has_role(each.text) for draft in drafts for each in draft.said if each.header == header)
    }
    return [
        replace(
            draft,
            said=tuple(
                replace(each, field=Field.LEAD) if each.header in plain else each for each in draft.said
            ),
        )
        for draft in drafts
    ]


def _section_above(grid: Grid, top: int) -> str:
    """A numbered heading in the row right above the head; a banner can stand on either side of it."""
    own = cells(grid, top - 1) if top > 0 else {}
    text = next(iter(own.values()), "").strip()
    numbered = leading(text)
    if len(own) == 1 and numbered is not None and numbered.rank <= Rank.HAN_BRACKET and is_heading(text):
        return text
    return ""
