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
from dataclasses import dataclass
from dataclasses import replace

from tracker.grid import Grid
from tracker.grid import Source
from tracker.grid import Value
from tracker.reading.plans.drafts import Field
from tracker.reading.tabular import heads
from tracker.reading.tabular.cards import as_table
from tracker.reading.tabular.tables import read_table

# The word that stands for each meaning of a column, in its head and in the drop-down of 栏目对应.
WORDS: Mapping[Field, str] = {
    Field.NUMBER: "序号",
    Field.SECTION: "板块",
    Field.TASK: "工作任务",
    Field.REQUIREMENT: "具体要求",
    Field.LEAD: "牵头单位",
    Field.RESPONSIBLE: "责任单位",
    Field.SUPPORT: "配合单位",
    Field.DEADLINE: "完成时限",
    Field.FREQUENCY: "频次",
    Field.PERSON: "联系人",
    Field.REMARK: "备注",
}
BY_WORD = {word: field for field, word in WORDS.items()}
# So many heads of a row must be known before it is taken for the head that a person spoke of.
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Caption:
    """A column: its head as written, what it was taken for, and where the head stands."""

    label: str
    field: Field
    place: str


def captions(source: Source) -> tuple[Caption, ...]:
    """The columns of every table of a plan, each head once."""
    found: dict[str, Caption] = {}
    for grid in source.grids:
        reading = read_table(as_table(grid))
        head = reading.head
        if head is None or not reading.drafts or grid.hidden:
            continue
        for column, field in sorted(head.fields.items()):
            label = head.labels.get(column, "").strip()
            if label and column not in head.units:
                place = grid.place(max(head.bottom, 0), column)
                found.setdefault(heads.plain(label), Caption(label, field, place))
    return tuple(found.values())


def knows(source: Source, meant: Mapping[str, Field]) -> bool:
    """Whether a table of the file has the heads that somebody spoke of."""
    wanted = {heads.plain(label) for label in meant}
    return any(_head_row(grid, wanted) is not None for grid in source.grids)


def recaption(source: Source, meant: Mapping[str, Field]) -> Source:
    """The same file with the words of its heads replaced by what a person says that they mean."""
    by_head = {heads.plain(label): field for label, field in meant.items()}
    blocks = tuple(_recaptioned(each, by_head) if isinstance(each, Grid) else each for each in source.blocks)
    return replace(source, blocks=blocks)


def _recaptioned(grid: Grid, meant: Mapping[str, Field]) -> Grid:
    rows: list[list[Value]] = [list(row) for row in grid.rows]
    found = False
    for row in range(grid.height):
        own = _labels(grid, row)
        known = [column for column, labels in own.items() if meant.keys() & labels]
        if len(known) < min(_FEWEST, len(meant)):
            continue
        for column in known:
            field = next(
                meant[label]
                for label in (heads.plain(grid.text(row, column)), *own[column])
                if label in meant
            )
            rows[row][column] = f"{WORDS[field]}（{grid.text(row, column).strip()}）"
            found = True
    return replace(grid, rows=tuple(tuple(row) for row in rows)) if found else grid


def _head_row(grid: Grid, wanted: set[str]) -> int | None:
    for row in range(grid.height):
        if sum(bool(wanted & labels) for labels in _labels(grid, row).values()) >= min(_FEWEST, len(wanted)):
            return row
    return None


def _labels(grid: Grid, row: int) -> dict[int, set[str]]:
    """What each own cell of a row may be called: its text, or that of the cell above it and its own together."""
    found: dict[int, set[str]] = {}
    for column in range(grid.width):
        text = grid.text(row, column).strip()
        if grid.is_continuation(row, column) or not text or len(text) > 2 * heads.LONGEST:
            continue
        above = grid.spoken(row - 1, column).strip() if row else ""
        found[column] = {heads.plain(text), heads.plain(above + text)}
    return found
