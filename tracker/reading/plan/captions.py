"""Which column of a table was taken for what, and reading it again with that corrected.

A person who corrects 栏目对应 says what a head of this office means. Rather than teaching the readers of layouts a
second vocabulary, the head's words are replaced by the usual ones before they look (`责任单位（承接科处）`; what
stands in brackets is no part of a head's meaning): places, merges and every other cell stay as they are.

    >>> from tracker.grid import from_table
    >>> grid = from_table('''
    ... | 事项内容   | 承接科处 |
    ... | 开展普查   | 统计科   |
    ... ''')
    >>> again = recaption(Source("xlsx", "a.xlsx", (grid,)), {"事项内容": Field.REQUIREMENT, "承接科处": Field.RESPONSIBLE})
    >>> again.grids[0].text(0, 1), again.grids[0].text(1, 1)
    ('责任单位（承接科处）', '统计科')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tracker.grid import Grid, Source, Value
from tracker.reading.tables import LONGEST_HEAD, WORD_OF, Field, as_table, plain_head, read_table
from tracker.values import dataclass

# The words of the drop-down of 栏目对应.
WORDS = WORD_OF
BY_WORD = {word: field for field, word in WORDS.items()}
# So many heads of a row must be known before it is taken for the head that a person spoke of.
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Caption:
    """A column: its head as written, what it was taken for, and where the head stands."""

    label: str
    field: Field
    place: str


def read_captions(source: Source) -> tuple[Caption, ...]:
    """The columns of every table of a plan, each head once."""
    by_head: dict[str, Caption] = {}
    for grid in source.grids:
        reading = read_table(as_table(grid))
        head = reading.head
        if head is None or not reading.drafts or grid.is_hidden:
            continue
        for column, field in sorted(head.fields.items()):
            label = head.labels.get(column, "").strip()
            if label and column not in head.units:
                place = grid.place(max(head.bottom, 0), column)
                by_head.setdefault(plain_head(label), Caption(label, field, place))
    return tuple(by_head.values())


def knows(source: Source, fields: Mapping[str, Field]) -> bool:
    """Whether a table of the file has the heads that somebody spoke of."""
    head_texts = {plain_head(label) for label in fields}
    return any(_head_row(grid, head_texts) is not None for grid in source.grids)


def recaption(source: Source, fields: Mapping[str, Field]) -> Source:
    """The same file with the words of its heads replaced by what a person says that they mean."""
    by_head = {plain_head(label): field for label, field in fields.items()}
    blocks = tuple(
        _recaption_grid(block, by_head) if isinstance(block, Grid) else block for block in source.blocks
    )
    return replace(source, blocks=blocks)


def _recaption_grid(grid: Grid, fields: Mapping[str, Field]) -> Grid:
    rows: list[list[Value]] = [list(row) for row in grid.rows]
    is_changed = False
    for row in range(grid.height):
        labels_by_column = _labels(grid, row)
        columns = [column for column, labels in labels_by_column.items() if fields.keys() & labels]
        if len(columns) < min(_FEWEST, len(fields)):
            continue
        for column in columns:
            field = next(
                fields[label]
                for label in (plain_head(grid.text(row, column)), *labels_by_column[column])
                if label in fields
            )
            rows[row][column] = f"{WORDS[field]}（{grid.text(row, column).strip()}）"
            is_changed = True
    return replace(grid, rows=tuple(tuple(row) for row in rows)) if is_changed else grid


def _head_row(grid: Grid, head_texts: set[str]) -> int | None:
    for row in range(grid.height):
        if sum(bool(head_texts & labels) for labels in _labels(grid, row).values()) >= min(
            _FEWEST, len(head_texts)
        ):
            return row
    return None


def _labels(grid: Grid, row: int) -> dict[int, set[str]]:
    """What each own cell of a row may be called: its text, or that of the cell above it and its own together."""
    labels: dict[int, set[str]] = {}
    for column in range(grid.width):
        text = grid.text(row, column).strip()
        if grid.is_continuation(row, column) or not text or len(text) > 2 * LONGEST_HEAD:
            continue
        above = grid.visible_text(row - 1, column).strip() if row else ""
        labels[column] = {plain_head(text), plain_head(above + text)}
    return labels
