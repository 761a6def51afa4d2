"""Sheets that are no plain table: tables side by side, cards, matrices that lie on their side.

**Side by side.** Tables that stand side by side on one sheet, or go on on the next one without a head.

    | 序号 | 任务   | 责任单位 |  | 序号 | 任务   | 责任单位 |
    | 1    | 甲事项 | 市甲局   |  | 3    | 丙事项 | 市丙局   |

A head whose columns return in the same order, from left to right, is a head for each run of them, and so are heads in
any words with an empty column between them. Each is read as a table of its own, in the cells where it stands, so that
places stay what they are.

**Cards.** Cards: one task on each, its labels to the left of their values (督办单, 交办卡, 一事一表).

    | 县政府重点督查事项交办卡 | <        | <        | <      |
    | 编号                     | 1        | 督查事项 | 修渠   |
    | 目标要求                 | 完成十里 | <        | <      |
    | 牵头单位                 | 县水利局 | 配合单位 | 县局   |
    | 编号                     | 2        | 督查事项 | 造林   |

A sheet can hold many. They become one table with the labels as its head and a row for each card; a card begins where
a label comes back. Each cell keeps the address that it has in the file. What stands alone in its row (a title, a
banner) stays where it is.

No card is a grid with labels side by side and no cell between them (that is a head), one with a row of several
texts that is no pair, or one whose labels name no task and nobody who answers for it: a form for an application
names a unit, too, but not as the one that is responsible.

**On their side.** Matrices that lie on their side: units down the first column, tasks across the head, ticks in
the cells.

| 单位   | 开展普查 | 公布结果 |
| 市甲局 | ★        | ☆        |
| 市乙局 | ☆        | ★        |
| 时限   | 6月底    | 年底前   |

**Tables that only frame a text**: what stands in their one column is read as lines.

Offices draw a box round a whole document, and old web pages put the article into the one cell of a table:

    ┌──────────────────────────────┐
    │ 一、修渠                      │      T1R1C1#1
    │ ①清淤三公里——县水利局          │      T1R1C1#2
    └──────────────────────────────┘
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from itertools import pairwise

from tracker import patterns as re
from tracker.grid import Block, Grid, Merge, Notation, Paragraph, PlacedGrid, Source, Value
from tracker.reading.tables.cells import Spot, Use, filled, is_note, is_signed, legend, role_of
from tracker.reading.tables.headwords import (
    UNIT_FIELDS,
    Field,
    field_of,
    fields_of,
    is_head,
    is_pure,
    plain_head,
)
from tracker.reading.tables.statements import Draft, RoleStatement, is_names
from tracker.reading.tables.tablehead import TableHead
from tracker.reading.tables.voices import is_label
from tracker.text import tight
from tracker.values import dataclass

# How many rows may stand above a head.
_FURTHEST = 15
_FEWEST = 3


def side_by_side(grid: Grid) -> tuple[Grid, ...]:
    """The tables of a sheet, from left to right; the sheet itself where it holds one."""
    for row in range(min(grid.height, _FURTHEST)):
        row_cells = grid.cells(row)
        starts = _starts({column: plain_head(text) for column, text in row_cells.items()})
        if starts := starts or _starts_apart(grid, row):
            ends = [*starts[1:], grid.width]
            return tuple(
                _only(grid, row, 0 if number == 0 else start, end, keep_above=number == 0)
                for number, (start, end) in enumerate(zip(starts, ends, strict=True))
            )
    return (grid,)


def _starts(labels: dict[int, str]) -> list[int]:
    """Where each run of a head begins that returns whole; empty if it does not return."""
    columns = sorted(labels)
    for size in range(_FEWEST, len(columns) // 2 + 1):
        runs = [columns[at : at + size] for at in range(0, len(columns), size)]
        first = {column: labels[column] for column in runs[0]}
        if all([labels[column] for column in run] == list(first.values()) for run in runs) and (
            len(set(first.values())) == size and is_head(first)
        ):
            return [run[0] for run in runs]
    return []


def _starts_apart(grid: Grid, row: int) -> list[int]:
    """Where each head begins in a row of several in any words, with an empty column between two; empty for one table."""
    labels = grid.cells(row)
    gaps = [
        column
        for column in range(min(labels, default=0) + 1, max(labels, default=0))
        if not any(column in grid.cells(below) for below in range(row, grid.height))
    ]
    edges = [0, *gaps, grid.width]
    heads = [
        head
        for left, right in pairwise(edges)
        if (head := {column: text for column, text in labels.items() if left <= column < right})
    ]
    if not gaps or not all(is_head(head) and {*UNIT_FIELDS} & {*fields_of(head).values()} for head in heads):
        return []
    return [min(head) for head in heads]


def _only(grid: Grid, head: int, start: int, right: int, *, keep_above: bool) -> Grid:
    """The grid with nothing but some columns from the head on; what stands above it once only."""

    def stays(row: int, column: int) -> bool:
        return keep_above if row < head else start <= column < right

    rows = tuple(
        tuple(value if stays(row, column) else None for column, value in enumerate(line))
        for row, line in enumerate(grid.rows)
    )
    merges = tuple(
        merge for merge in grid.merges if stays(merge.top, merge.left) and stays(merge.bottom, merge.right)
    )
    return replace(grid, rows=rows, merges=merges)


def goes_on(grid: Grid, head: TableHead) -> bool:
    """Whether a sheet without a head goes on with the table before it.

    Its rows must fit that head: most have a number where numbers stand, and names where units stand.
    """
    lines = [
        row
        for row in range(grid.height)
        if len(grid.cells(row)) > 1 and tight(grid.visible_text(row, head.requirement))
    ]
    numbers, units = head.columns(Field.NUMBER), head.columns(*UNIT_FIELDS)
    if not lines or not numbers or not units or max(head.fields) + 1 < grid.width:
        return False
    numbered_rows = [
        row for row in lines if re.fullmatch(r"\d+(?:[.-]\d+)*", tight(grid.text(row, numbers[0])))
    ]
    rows_with_units = [
        row for row in lines if any(is_names(tight(grid.visible_text(row, column))) for column in units)
    ]
    return len(numbered_rows) * 2 > len(lines) and len(rows_with_units) * 2 > len(lines)


# A label that makes somebody answer for a task; 申报单位 and 填报单位 do not.
_ANSWERS = re.compile(
    "责任|牵头|承办|主办|落实|负责|配合|协办|办理|整改|主责|主管|实施|参与|单位$|部门$|科室$"
)
_ONLY_NAMES = re.compile("申报|填报|申请|填表|报送|推荐|受理|编制|设计|施工|监理|所在|工作单位|用人")


_LONGEST_LABEL = 10


@dataclass(slots=True)
class _Pair:
    """A label, its value and where they stand."""

    label: str
    place: str
    value: Value = None
    value_place: str = ""
    # Whether there is a cell for a value at all, even an empty one.
    has_cell: bool = False


@dataclass(slots=True)
class _Card:
    """The pairs of one card, by what their labels say."""

    pairs: dict[str, _Pair] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Alone:
    """A text that stands alone in its row."""

    text: str
    place: str


def as_table(grid: Grid) -> Grid:
    """The cards of a grid as a table, a row for each; any other grid as it is."""
    parts = _lines(grid, is_label) or _lines(grid, _returning(grid))
    if parts is None:
        return grid
    whole = [part for part in parts if isinstance(part, _Card)]
    labels: dict[str, _Pair] = {}
    for card in whole:
        for name, pair in card.pairs.items():
            labels.setdefault(name, pair)
    columns = list(labels)
    column_fields = fields_of({column: labels[name].label for column, name in enumerate(columns)})
    answer_labels = [
        name
        for column, name in enumerate(columns)
        if column_fields[column] in UNIT_FIELDS and _ANSWERS.search(name) and not _ONLY_NAMES.search(name)
    ]
    if Field.REQUIREMENT not in column_fields.values() or not answer_labels:
        return grid
    return _table(grid, parts, labels)


def _returning(grid: Grid) -> Callable[[str], bool]:
    """Labels are what returns on most cards, and in any words what begins a row of each of them.

    So 改造行动, which one card says, is none, and 当前动态 is one; what stands right behind the label of every card
    (市考核指标 behind 任务来源) is its value. A grid that is one card returns nothing: there any words may begin a row
    (卡号 above 任务名称).
    """
    rows = [
        {column: plain_head(text) for column, text in grid.cells(row).items()} for row in range(grid.height)
    ]
    counts = Counter(name for row in rows for name in row.values())
    firsts = Counter(row[min(row)] for row in rows if row)
    most = max((count for name, count in counts.items() if is_label(name)), default=0)
    values = {
        name
        for at, row in enumerate(rows)
        for column, name in row.items()
        if column and is_label(label := row.get(grid.anchor(at, column - 1)[1], "")) and counts[label] == most
    }

    def is_returning(text: str) -> bool:
        name = plain_head(text)
        if 2 * counts[name] <= most or counts[name] < min(2, most) or name in values:
            return False
        return is_label(text) or (firsts[name] == most and len(name) <= _LONGEST_LABEL and not is_names(text))

    return is_returning


def _lines(grid: Grid, is_label: Callable[[str], bool]) -> list[_Card | _Alone] | None:
    """The cards and the texts between them, in order; None if a row is neither."""
    parts: list[_Card | _Alone] = []
    labels: dict[tuple[int, int], _Pair] = {}
    for row in range(grid.height):
        row_cells = grid.cells(row)
        if not row_cells or is_signed(row_cells):
            continue
        pairs = _pairs(grid, row, labels, is_label)
        if pairs is None:
            if len(row_cells) > 1:
                return None
            column = min(row_cells)
            parts.append(_Alone(row_cells[column], grid.place(row, column)))
            continue
        for pair in pairs:
            name = plain_head(pair.label)
            if not parts or not isinstance(parts[-1], _Card) or name in parts[-1].pairs:
                parts.append(_Card())
            card = parts[-1]
            assert isinstance(card, _Card)
            card.pairs[name] = pair
    return parts if any(isinstance(part, _Card) for part in parts) else None


def _pairs(
    grid: Grid, row: int, labels: dict[tuple[int, int], _Pair], is_label: Callable[[str], bool]
) -> list[_Pair] | None:
    """The labels of a row with their values; None if it holds anything else.

    A label with no cell beside it, not even an empty one, is the head of a column.

    Args:
        grid: The sheet.
        row: Which row.
        labels: The label that each cell holds, to which those of the row are added: one that is merged down takes
            every value beside it.
        is_label: What is a label.
    """
    pairs: list[_Pair] = []
    current: _Pair | None = None
    is_filled = False
    for column in range(grid.width):
        anchor = grid.anchor(row, column)
        if anchor != (row, column):
            if anchor[0] < row and anchor in labels and anchor[1] == column:
                current, is_filled = labels[anchor], False
            continue
        text = grid.text(row, column)
        if not tight(text):
            if current is not None:
                current.has_cell = True
        elif is_label(text):
            current, is_filled = _Pair(text, grid.place(row, column)), False
            labels[row, column] = current
            pairs.append(current)
        elif current is None or is_filled:
            return None
        else:
            _fill(current, grid, row, column)
            is_filled = True
    return pairs if all(pair.has_cell for pair in pairs) and (pairs or is_filled) else None


def _fill(pair: _Pair, grid: Grid, row: int, column: int) -> None:
    """Take a value; a second one below the first goes on with it."""
    pair.has_cell = True
    if pair.value is None:
        pair.value, pair.value_place = grid.value(row, column), grid.place(row, column)
    else:
        pair.value = f"{pair.value}\n{grid.text(row, column)}"


def _table(grid: Grid, parts: list[_Card | _Alone], labels: dict[str, _Pair]) -> PlacedGrid:
    """A head of all labels, and below it a row for each card."""
    width = len(labels)
    rows: list[tuple[Value, ...]] = []
    places: list[tuple[str, ...]] = []
    merges: list[Merge] = []
    has_head = False
    for part in parts:
        if isinstance(part, _Alone):
            merges.append(Merge(len(rows), 0, len(rows), width - 1))
            rows.append((part.text, *[None] * (width - 1)))
            places.append((part.place,) * width)
            continue
        if not has_head:
            rows.append(tuple(pair.label for pair in labels.values()))
            places.append(tuple(pair.place for pair in labels.values()))
            has_head = True
        pairs = [part.pairs.get(name) for name in labels]
        rows.append(tuple(pair.value if pair is not None else None for pair in pairs))
        places.append(tuple((pair.value_place or pair.place) if pair is not None else "" for pair in pairs))
    return PlacedGrid(
        grid.name,
        tuple(rows),
        merges=tuple(merges),
        notation=grid.notation,
        is_hidden=grid.is_hidden,
        places=tuple(places),
    )


# A cell of a table has a few lines; a framed text has many.
_FEWEST_LINES = 5


def without_frames(source: Source) -> Source:
    r"""The source with framed texts as paragraphs.

    >>> grid = Grid("T1", (("一、修渠\n①清淤。\n②护坡。\n③栽树。\n④立牌。",),), notation=Notation.TABLE)
    >>> [line.place for line in without_frames(Source("docx", "方案.docx", (grid,))).paragraphs][:2]
    ['T1R1C1#1', 'T1R1C1#2']

    A paragraph of many lines, broken by Shift+Enter, is such a text, too.
    """
    blocks: list[Block] = []
    for block in source.blocks:
        if isinstance(block, Grid):
            is_frame = block.notation is Notation.TABLE and _frames(block)
            blocks += _lines_in(block) if is_frame else [block]
        elif block.text.count("\n") + 1 >= _FEWEST_LINES:
            blocks += _cut(block.text, block.place)
        else:
            blocks.append(block)
    return source if len(blocks) == len(source.blocks) else replace(source, blocks=tuple(blocks))


def _frames(grid: Grid) -> bool:
    """Whether a table has one filled cell in a row at most, and one of them holds a text of many lines."""
    rows = [grid.cells(row) for row in range(grid.height)]
    if any(len(row) > 1 for row in rows):
        return False
    return any(text.count("\n") + 1 >= _FEWEST_LINES for row in rows for text in row.values())


def _lines_in(grid: Grid) -> Iterator[Paragraph]:
    for row in range(grid.height):
        for column, text in grid.cells(row).items():
            yield from _cut(text, grid.place(row, column))


def _cut(text: str, place: str) -> Iterator[Paragraph]:
    """The lines of a text, each with its number behind the place."""
    parts = text.split("\n")
    for number, part in enumerate(parts, 1):
        yield Paragraph(part, place if len(parts) == 1 else f"{place}#{number}")


_FEWEST_UNITS = 2
# How many rows may stand above the tasks.
_FURTHEST_TASKS = 15


def read_crosswise(grid: Grid) -> tuple[int, list[Draft]]:
    """The row that holds the tasks, and a draft for each of them; no drafts if the grid is no such matrix."""
    for top in range(min(grid.height - _FEWEST_UNITS, _FURTHEST_TASKS)):
        tasks = {column: text for column, text in grid.cells(top).items() if column > 0}
        if len(tasks) < _FEWEST_UNITS:
            continue
        rows = _units_and_limits(grid, top, set(tasks))
        if rows is not None and not any(is_names(tight(text)) or is_pure(text) for text in tasks.values()):
            return top, _drafts(grid, top, tasks, *rows)
    return -1, []


def _units_and_limits(grid: Grid, top: int, tasks: set[int]) -> tuple[list[int], list[int]] | None:
    """The rows of units, with nothing but ticks below tasks, and those of time limits; None as soon as a row is neither."""
    units: list[int] = []
    limits: list[int] = []
    for row in range(top + 1, grid.height):
        row_cells = grid.cells(row)
        if not row_cells or (len(row_cells) == 1 and is_note(row_cells[min(row_cells)].strip())):
            continue
        unit, ticks = row_cells.get(0, ""), {at: text for at, text in row_cells.items() if at}
        if field_of(unit) is Field.DEADLINE:
            limits.append(row)
        elif (
            ticks.keys() <= tasks
            and all(role_of(text, {}) is not None for text in ticks.values())
            and is_names(tight(unit))
        ):
            units.append(row)
        else:
            return None
    return (units, limits) if len(units) >= _FEWEST_UNITS else None


def _drafts(grid: Grid, top: int, tasks: dict[int, str], units: list[int], limits: list[int]) -> list[Draft]:
    texts = [text for row in range(grid.height) for text in grid.cells(row).values()]
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


def crosswise_uses(grid: Grid, top: int) -> dict[Spot, Use]:
    """What a matrix that lies on its side was used for: tasks in its top row, units and limits below."""

    def use_of(row: int, column: int) -> Use:
        if row < top:
            return Use.FRONT
        if len(grid.cells(row)) == 1 and is_note(grid.text(row, column).strip()):
            return Use.NOTE
        return Use.HEAD if not column else Use.REQUIREMENT if row == top else Use.UNITS

    return {spot: use_of(*spot) for spot in filled(grid)}


def uses_of_cards(grid: Grid, table: Grid, uses: Mapping[Spot, Use]) -> dict[Spot, Use]:
    """What cards were used for, by what was used of the table that they became.

    A label is a head on every card; a value may have gone on over several cells.
    """
    by_place = {table.place(*spot): use for spot, use in uses.items()}
    heads = {plain_head(table.text(*spot)) for spot, use in uses.items() if use is Use.HEAD}
    values = [(table.text(*spot), use) for spot, use in uses.items() if "\n" in table.text(*spot)]
    card_uses: dict[Spot, Use] = {}
    for spot in filled(grid):
        text, place = grid.text(*spot), grid.place(*spot)
        use = by_place.get(place) or next((use for value, use in values if text in value), None)
        if use is not None:
            card_uses[spot] = use
        elif is_label(text) or plain_head(text) in heads:
            card_uses[spot] = Use.HEAD
        elif is_signed(grid.cells(spot[0])):
            card_uses[spot] = Use.FURNITURE
    return card_uses
