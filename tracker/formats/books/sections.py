r"""Several forms in one file: as sheets of one workbook, below each other in one sheet, one after the other in a document.

A form begins where its 表号 is printed and ends before the next one; a sheet with one 表号 is that form from its first row.
Cells keep their addresses: of each form the file is given with nothing in it but its own rows. Where a part with a form's
head has no 表号 of its own, or a 表号 has no table, nobody can say which rows are whose: the file is not divided.

    >>> from tracker.grid import from_table
    >>> page = '''
    ... | 表号：{} |          |            |
    ... | 自报状态       | 事项编号 | 进展情况   |
    ... | 已完成         | P1-001   | 已印发通知 |
    ... '''
    >>> one, two = (from_table(page.format(token), name=token) for token in ("F1-87D8", "F2-03AA"))
    >>> [(token, [grid.name for grid in part.grids]) for token, part in sections_of(Source("xlsx", "x", (one, two)))]
    [('F1-87D8', ['F1-87D8']), ('F2-03AA', ['F2-03AA'])]
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tracker.formats.books.returns import head_of, printed_tokens
from tracker.grid import Block, Grid, Notation, Source
from tracker.reading.answers import IDENTITY_SHEET


def sections_of(source: Source) -> tuple[tuple[str, Source], ...]:
    """The forms of a file, each with its 表号; empty where it cannot be divided into several."""
    parts: dict[str, list[Block]] = {}
    token = ""
    for block in source.blocks:
        if not isinstance(block, Grid):
            token = _only(printed_tokens([block.text])) or token
            if token:
                parts.setdefault(token, []).append(block)
        elif block.name != IDENTITY_SHEET:
            # A sheet is a page of its own; a table of a document goes with the text above it.
            token = "" if block.notation is Notation.SHEET else token
            for mark, rows in _runs(block, token):
                token = mark
                if token:
                    parts.setdefault(token, []).append(_rows_of(block, rows))
                elif head_of(_rows_of(block, rows)) is not None:
                    return ()
    sections = tuple((token, replace(source, blocks=tuple(blocks))) for token, blocks in parts.items())
    is_whole = all(any(head_of(grid) for grid in part.grids) for _, part in sections)
    return sections if len(sections) > 1 and is_whole else ()


def _only(tokens: Iterable[str]) -> str:
    some = list(dict.fromkeys(tokens))
    return some[-1] if some else ""


def _runs(grid: Grid, token: str) -> list[tuple[str, range]]:
    """The rows of each form in a sheet or table, from the row with its 表号 to the next one."""
    marks = [
        (row, mark)
        for row in range(grid.height)
        if (mark := _only(printed_tokens([value for value in grid.rows[row] if isinstance(value, str)])))
    ]
    if len({mark for _, mark in marks}) == 1 and not token:
        return [(marks[0][1], range(grid.height))]
    starts = [(0, token), *marks]
    ends = [*(row for row, _ in starts[1:]), grid.height]
    return [(mark, range(row, end)) for (row, mark), end in zip(starts, ends, strict=True) if row < end]


def _rows_of(grid: Grid, rows: range) -> Grid:
    """A grid with nothing in it but some rows, each at its address."""
    if len(rows) == grid.height:
        return grid
    nothing = (None,) * grid.width
    merges = tuple(merge for merge in grid.merges if merge.top in rows and merge.bottom in rows)
    return replace(
        grid,
        rows=tuple(line if number in rows else nothing for number, line in enumerate(grid.rows)),
        merges=merges,
    )
