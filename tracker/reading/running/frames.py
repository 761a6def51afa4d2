"""Tables that only frame a text: what stands in their one column is read as lines.

Offices draw a box round a whole document, and old web pages put the article into the one cell of a table:

    ┌──────────────────────────────┐
    │ 一、修渠                      │      T1R1C1#1
    │ ①清淤三公里——县水利局          │      T1R1C1#2
    └──────────────────────────────┘
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tracker.grid import Block
from tracker.grid import Grid
from tracker.grid import Notation
from tracker.grid import Paragraph
from tracker.grid import Source
from tracker.reading.tabular.rows import cells

# A cell of a table has a few lines; a framed text has many.
_FEWEST_LINES = 5


def without_frames(source: Source) -> Source:
    r"""The source with framed texts as paragraphs.

    >>> grid = Grid("T1", (("一、修渠\n①清淤。\n②护坡。\n③栽树。\n④立牌。",),), notation=Notation.TABLE)
    >>> [line.place for line in without_frames(Source("docx", "方案.docx", (grid,))).paragraphs][:2]
    ['T1R1C1#1', 'T1R1C1#2']
    """
    if not any(_frames(grid) for grid in source.grids):
        return source
    blocks: list[Block] = []
    for block in source.blocks:
        blocks += _lines(block) if isinstance(block, Grid) and _frames(block) else [block]
    return replace(source, blocks=tuple(blocks))


def _frames(grid: Grid) -> bool:
    """Whether a table has one filled cell in a row at most, and one of them holds a text of many lines."""
    if grid.notation is not Notation.TABLE:
        return False
    rows = [cells(grid, row) for row in range(grid.height)]
    if any(len(row) > 1 for row in rows):
        return False
    return any(text.count("\n") + 1 >= _FEWEST_LINES for row in rows for text in row.values())


def _lines(grid: Grid) -> Iterator[Paragraph]:
    for row in range(grid.height):
        for column, text in cells(grid, row).items():
            parts = text.split("\n")
            place = grid.place(row, column)
            for number, part in enumerate(parts, 1):
                yield Paragraph(part, place if len(parts) == 1 else f"{place}#{number}")
