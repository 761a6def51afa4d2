"""The head of a table: where it stands, in up to four rows, and what each of its columns holds.

**Matrices**: units across the top, ticks in the cells.

    | 序号 | 工作任务   | 市甲局 | 市乙局 | 市丙局 | 完成时限 |
    | 1    | 规范公开   | ▲      | ○      |        | 6月底    |

A column is a unit's when its head is a name and everything below it is a tick: a symbol, or a word for a role.
What a symbol means stands in a legend (`cells.legend`), in a note, above the head or inside it. Without a legend
one kind of symbol says who is responsible; of several kinds the usual meaning is taken and a person is told.

**栏目对应**: a person says what a head of this office means. Rather than teaching the readers a second vocabulary, the
head's words are replaced by the usual ones before they look (`责任单位（承接科处）`; what stands in brackets is no part of a
head's meaning): places, merges and every other cell stay as they are.

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

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from functools import cache, cached_property

from tracker import patterns as re
from tracker.grid import Grid, Source, Value
from tracker.reading.clauses import is_unit_as_written
from tracker.reading.tables.cells import SYMBOLS, Use, role_of
from tracker.reading.tables.columns import (
    CLEAR,
    TEXTS,
    Columns,
    Kind,
    Sample,
    begins_another,
    has_tasks,
    infer,
    kind_of,
    samples_below,
)
from tracker.reading.tables.headwords import (
    LONGEST_HEAD,
    UNIT_FIELDS,
    WORD_OF,
    Field,
    field_of,
    fields_of,
    is_head,
    is_pure,
    periods_of,
    plain_head,
)
from tracker.reading.tables.statements import is_names
from tracker.text import tight
from tracker.values import dataclass

FEWEST_UNITS = 2
_SAMPLE = 12


def unit_columns(grid: Grid, bottom: int, labels: Mapping[int, str]) -> dict[int, str]:
    """The columns below a head that ends in row `bottom` which belong to a unit each; empty for no matrix."""
    units: dict[int, str] = {}
    # A unit without a tick has no part in what is ticked beside it.
    idle_units: dict[int, str] = {}
    for column, label in labels.items():
        name = "".join(label.split())
        ticks = _ticks(grid, bottom, column, label) if 1 < len(name) <= _LONGEST_NAME else None
        if ticks is not None and (is_names(name) or is_unit_as_written(name)):
            (units if ticks else idle_units)[column] = name
    return units | idle_units if len(units) >= FEWEST_UNITS else {}


_LONGEST_NAME = 24


def _ticks(grid: Grid, bottom: int, column: int, label: str) -> int | None:
    """How many cells stand below a head where nearly all of them are ticks; None where they are not.

    Banners, notes and totals can begin in any column; few of them are no reason against a matrix. A column whose
    first cells are mostly something else is not followed to its end: every row of a table is asked for a head. The head
    itself may return in the middle; a list of persons may follow.
    """
    ticks = others = 0
    for row in range(bottom + 1, grid.height):
        if begins_another(grid.cells(row)):
            break
        text = "" if grid.is_continuation(row, column) else grid.text(row, column).strip()
        if text and not label.endswith(text):
            ticks += 1
            others += role_of(text, {}) is None
            if ticks <= _SAMPLE < others * 2:
                return None
    return ticks if others * 4 <= ticks else None


def symbols_below(grid: Grid, bottom: int, columns: Mapping[int, str]) -> set[str]:
    """The kinds of symbols that stand in the units' columns."""
    return {
        text
        for row in range(bottom + 1, grid.height)
        for column in columns
        if len(text := grid.text(row, column).strip()) == 1 and text in SYMBOLS
    }


# How many rows a head takes at most: 责任体系 over 作战单位 over 主战单位 over （牵头）.
_DEEPEST = 4


_USES: tuple[tuple[tuple[Field, ...], Use], ...] = (
    ((Field.REQUIREMENT,), Use.REQUIREMENT),
    ((Field.NUMBER,), Use.NUMBER),
    # The limit that counts; every other time cell is kept as written.
    ((Field.DEADLINE,), Use.DEADLINE),
    ((Field.REMARK, Field.FREQUENCY, Field.DEADLINE), Use.REMARK),
    (UNIT_FIELDS, Use.UNITS),
    ((Field.PERSON,), Use.PERSON),
)


@dataclass(frozen=True)
class TableHead:
    """A head of a table.

    Attributes:
        top: First row of it.
        bottom: Last row of it.
        fields: What each column holds.
        labels: The text of each column, of two rows joined where the upper one is needed.
        units: Of a matrix: the name over each column of ticks.
        roles_over: Of a matrix: the role that a wider head over some of those columns gives (配合单位 over 财政局 and 住建局).
        periods: Of a calendar: the month or quarter over each column.
        turned: The columns whose cells decided what they hold, not their head.
        mixed: The columns of units and time limits in one cell.
        roles: The column of words for the role of the unit beside them; -1 without one.
        is_plain: One row, each word of it everybody's for another field, over cells that are what it says: nothing else
            is to be asked about the shape of the table.
    """

    top: int
    bottom: int
    fields: Mapping[int, Field]
    labels: Mapping[int, str]
    units: Mapping[int, str] = field(default_factory=dict)
    roles_over: Mapping[int, Field] = field(default_factory=dict)
    periods: Mapping[int, str] = field(default_factory=dict)
    turned: tuple[int, ...] = ()
    mixed: frozenset[int] = frozenset()
    roles: int = -1
    is_plain: bool = False

    @cached_property
    def columns(self) -> Callable[..., tuple[int, ...]]:
        """The columns that hold one of some fields, from left to right: `columns(*fields)`; every row asks for them."""
        return cache(
            lambda *fields: tuple(
                sorted(column for column, column_field in self.fields.items() if column_field in fields)
            )
        )

    @cached_property
    def uses(self) -> tuple[tuple[int, Use], ...]:
        """What the cells below each column are used for, in the order in which a merged one is taken."""
        return tuple(
            (column, use)
            for fields, use in _USES
            for column in (
                *self.columns(*fields),
                *(self.units if use is Use.UNITS else ()),
            )
        )

    @cached_property
    def requirement(self) -> int:
        """The column of the requirement."""
        return self.columns(Field.REQUIREMENT)[0]

    @property
    def has_units(self) -> bool:
        """Whether a column states who answers."""
        return bool(self.units) or any(column_field in UNIT_FIELDS for column_field in self.fields.values())


def find_table_head(grid: Grid, row: int) -> TableHead | None:
    """The head that begins in a row; None if none does. Up to four rows make one head.

    | 序号 | 工作措施 | 责任分工 | <        | 完成时限 |
    | ^    | ^        | 牵头单位 | 配合单位 | ^        |
    """
    upper = grid.cells(row)
    if len(upper) < 2:
        return None
    if (plain := _plain_head(grid, row, upper)) is not None:
        return plain
    best: TableHead | None = None
    labels = dict(upper)
    for bottom in range(row, min(row + _DEEPEST, grid.height)):
        if bottom > row:
            if 2 * sum(map(is_pure, upper.values())) <= len(upper) and not _is_tied(grid, row, bottom):
                break  # a row of the table that stands above a head which returns
            joined_labels = _join(grid, row, bottom, labels)
            if joined_labels is None:
                break
            labels = joined_labels
        units = unit_columns(grid, bottom, labels)
        texts = {column: text for column, text in labels.items() if column not in units}
        if units and Field.REQUIREMENT in fields_of(texts).values():
            roles = {
                column: over
                for column in units
                for at in range(row, bottom)
                if (over := field_of(grid.visible_text(at, column))) in (Field.LEAD, Field.SUPPORT)
            }
            best = TableHead(row, bottom, fields_of(texts), dict(labels), units, roles)
        elif is_head(labels):
            best = TableHead(row, bottom, fields_of(labels), dict(labels))
    return _by_content(grid, _with_calendar(best)) if best is not None else None


# What cells are below a head that says so; nothing of them is a tick, a role, or units and a limit in one.
_USUAL: Mapping[Field, frozenset[Kind]] = {
    Field.NUMBER: frozenset({Kind.NUMBER}),
    **dict.fromkeys(UNIT_FIELDS, frozenset({Kind.UNITS})),
    Field.DEADLINE: frozenset({Kind.TIME}),
    **dict.fromkeys(TEXTS, frozenset({Kind.SENTENCE, Kind.PHRASE})),
}
_ASIDE_KINDS = frozenset(Kind) - {Kind.UNITS, Kind.MIXED, Kind.ROLE, Kind.TICK, Kind.TIME}
_NEVER_PLAIN = (Kind.TICK, Kind.ROLE, Kind.MIXED)


def _plain_head(grid: Grid, row: int, labels: Mapping[int, str]) -> TableHead | None:
    """The head in a full row that no merge touches; None where any of its columns has to be weighed."""
    words = {field_of(text) for text in labels.values() if is_pure(text)} - {None}
    if (
        len(words) < grid.width
        or words.isdisjoint(UNIT_FIELDS)
        or any(merge.top <= row <= merge.bottom for merge in grid.merges)
    ):
        return None
    fields = fields_of(labels)
    if Field.REQUIREMENT not in fields.values():
        return None
    for column, sample in samples_below(grid, row, fields).items():
        usual = sum(sample.shares.get(kind, 0) for kind in _USUAL.get(fields[column], _ASIDE_KINDS))
        if sample.shares and (usual < CLEAR or not sample.shares.keys().isdisjoint(_NEVER_PLAIN)):
            return None
    return TableHead(row, row, fields, labels, is_plain=True)


def _by_content(grid: Grid, head: TableHead) -> TableHead:
    """The head with what its cells say about columns whose words do not say enough."""
    labels = {
        column: text
        for column, text in head.labels.items()
        if column not in head.units and column not in head.periods
    }
    columns = infer(labels, samples_below(grid, head.bottom, labels), is_matrix=bool(head.units))
    if columns is None:
        return head
    return replace(
        head,
        fields={**head.fields, **columns.fields},
        turned=columns.turned,
        mixed=columns.mixed,
        roles=columns.roles,
    )


# A head of unknown words needs rows below it that are unlike it.
FEWEST_ROWS = 2


def find_unknown_head(grid: Grid, row: int) -> TableHead | None:
    """A head in words that nobody knows: short texts over rows that are alike, one of them for units; else None.

    Only rows with a whole sentence or a time limit beside their units are tasks: lists of names, sums and telephones
    have neither.
    """
    texts = grid.cells(row)
    if len(texts) < 2 or len(set(texts.values())) < len(texts) or not all(map(_is_short, texts.values())):
        return None
    # 办什么 over a number and a text: one wide head for both.
    wide = {at: grid.anchor(row, at) for at in range(grid.width) if at not in texts}
    labels = {**texts} | {
        at: texts[column] for at, (top, column) in wide.items() if top == row and column in texts
    }
    samples = samples_below(grid, row, labels)
    rows = [below for below in range(row + 1, grid.height) if len(grid.cells(below)) > 1]
    if len(rows) < FEWEST_ROWS or not _stands_apart(texts, samples):
        return None
    columns = infer(labels, samples) or Columns(fields_of(labels))
    if Field.REQUIREMENT not in columns.fields.values() or not has_tasks(columns.fields, samples):
        return None
    return TableHead(
        row, row, columns.fields, labels, turned=columns.turned, mixed=columns.mixed, roles=columns.roles
    )


# A head in words that nobody knows is no longer than this.
_LONGEST = 14
_DECISIVE = (Kind.NUMBER, Kind.TIME, Kind.UNITS, Kind.MIXED, Kind.SENTENCE)


def _is_short(text: str) -> bool:
    """Whether a text is as short as a head, and neither a sentence nor a figure."""
    return (
        len(tight(text)) <= _LONGEST
        and not re.search(r"\d|[。；;：:]", text)
        and kind_of(text) not in (Kind.SENTENCE, Kind.FIGURE, Kind.TICK)
    )


def _stands_apart(texts: Mapping[int, str], samples: Mapping[int, Sample]) -> bool:
    """Whether the short texts of a row are unlike the cells below them, as heads are."""
    clear = alike = 0
    for column, text in texts.items():
        shares = samples[column].shares
        kinds = [kind for kind in _DECISIVE if shares.get(kind, 0) >= CLEAR]
        clear += bool(kinds)
        alike += kind_of(text) in kinds and not is_pure(text)
    return 3 * alike <= clear and clear > 0


def _with_calendar(head: TableHead) -> TableHead:
    """Columns of months or quarters hold ticks or targets, never a time limit in words."""
    period_columns = periods_of(head.labels)
    if not period_columns:
        return head
    fields = {
        column: Field.REMARK if column in period_columns else column_field
        for column, column_field in head.fields.items()
    }
    if Field.REQUIREMENT not in fields.values():
        return head
    return replace(head, fields=fields, periods=period_columns)


def _join(grid: Grid, top: int, row: int, labels: Mapping[int, str]) -> dict[int, str] | None:
    """The labels with one more row below them; None if the row is no part of the head.

    A row below belongs to the head when all it holds are words of heads under a wider cell above, and every
    other column is covered from above or empty.
    """
    lower = grid.cells(row)
    is_tied = _is_tied(grid, top, row)
    if not lower or not (
        is_tied or all(field_of(text) or is_pure(text) or is_names(tight(text)) for text in lower.values())
    ):
        return None
    joined_labels = dict(labels)
    under_wide = 0
    for column, text in lower.items():
        above = _reaching(grid, top, row, column)
        wide = [at for at in range(grid.width) if _reaching(grid, top, row, at) == above]
        if any(grid.anchor(row, at) == (row, column) for at in range(grid.width) if at not in wide):
            return None  # a banner right below the head, wider than what stands over it
        under_wide += len(wide) > 1
        if column in labels and above == column and len(wide) == 1:
            if not is_tied:
                return None
            under_wide += 1  # （牵头） below 主战单位, in a row that the head covers
        if len(wide) == 1 and is_names(tight(text)) and not is_pure(text):
            return None
        group = labels.get(above, "")
        if is_names(tight(text)) and not is_pure(text):
            group = ""  # a name under 责任单位: the head of a column of ticks
        text_field = field_of(text)
        is_vague = text_field in (None, Field.REMARK, Field.TASK) or plain_head(text) in (
            "名称",
            "单位名称",
            "单位",
        )
        joined_labels[column] = f"{group}{text}" if group and is_vague else text
        if above != column and above in joined_labels and above not in lower:
            joined_labels.pop(above, None)
    return joined_labels if under_wide else None


# A second row that only says more of the cell above: （截至上月末）.
_BRACKET = re.compile(r"[（(][^（()）]*[)）]")


def _is_tied(grid: Grid, top: int, row: int) -> bool:
    """Whether merges tie a row to the head above: every column is covered from there or stands under a wide cell."""
    tie_count = 0
    for column in range(grid.width):
        over = grid.anchor(top, column)
        is_wide = any(grid.anchor(top, at) == over for at in (column - 1, column + 1) if 0 <= at < grid.width)
        if grid.anchor(row, column)[0] <= top:
            tie_count += 1
        elif not is_wide and (text := tight(grid.text(row, column))) and not _BRACKET.fullmatch(text):
            return False
    return tie_count > 0


def _reaching(grid: Grid, top: int, row: int, column: int) -> int:
    """The column of the head's cell that stands over a column: its merge, or the last label to the left."""
    anchor = grid.anchor(row - 1, column)
    if anchor != (row - 1, column) or tight(grid.text(row - 1, column)):
        return anchor[1]
    for at in range(column, -1, -1):
        if tight(grid.visible_text(row - 1, at)):
            return grid.anchor(row - 1, at)[1]
    return column


# So many heads of a row must be known before it is taken for the head that a person spoke of.
_FEWEST_KNOWN = 2


def has_heads(source: Source, fields: Mapping[str, Field]) -> bool:
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
        if len(columns) < min(_FEWEST_KNOWN, len(fields)):
            continue
        for column in columns:
            field = next(
                fields[label]
                for label in (plain_head(grid.text(row, column)), *labels_by_column[column])
                if label in fields
            )
            rows[row][column] = f"{WORD_OF[field]}（{grid.text(row, column).strip()}）"
            is_changed = True
    return replace(grid, rows=tuple(tuple(row) for row in rows)) if is_changed else grid


def _head_row(grid: Grid, head_texts: set[str]) -> int | None:
    for row in range(grid.height):
        if sum(bool(head_texts & labels) for labels in _labels(grid, row).values()) >= min(
            _FEWEST_KNOWN, len(head_texts)
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
