"""Cards: one task on each, its labels to the left of their values (督办单, 交办卡, 一事一表).

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
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field

from tracker.grid import Grid
from tracker.grid import Merge
from tracker.grid import Value
from tracker.reading.plans.drafts import UNIT_FIELDS
from tracker.reading.plans.drafts import Field
from tracker.reading.running.pasted import PlacedGrid
from tracker.reading.tabular import heads
from tracker.reading.tabular.labels import is_label
from tracker.reading.tabular.rows import cells
from tracker.reading.tabular.rows import is_signed
from tracker.reading.tabular.rows import tight

# A label that makes somebody answer for a task; 申报单位 and 填报单位 do not.
_ANSWERS = re.compile(
    "责任|牵头|承办|主办|落实|负责|配合|协办|办理|整改|主责|主管|实施|参与|单位$|部门$|科室$"
)
_ONLY_NAMES = re.compile("申报|填报|申请|填表|报送|推荐|受理|编制|设计|施工|监理|所在|工作单位|用人")


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
    parts = _lines(grid)
    if parts is None:
        return grid
    whole = [part for part in parts if isinstance(part, _Card)]
    labels: dict[str, _Pair] = {}
    for card in whole:
        for name, pair in card.pairs.items():
            labels.setdefault(name, pair)
    columns = list(labels)
    column_fields = heads.fields_of({column: labels[name].label for column, name in enumerate(columns)})
    answer_labels = [
        name
        for column, name in enumerate(columns)
        if column_fields[column] in UNIT_FIELDS and _ANSWERS.search(name) and not _ONLY_NAMES.search(name)
    ]
    if Field.REQUIREMENT not in column_fields.values() or not answer_labels:
        return grid
    return _table(grid, parts, labels)


def _lines(grid: Grid) -> list[_Card | _Alone] | None:
    """The cards and the texts between them, in order; None if a row is neither."""
    parts: list[_Card | _Alone] = []
    labels: dict[tuple[int, int], _Pair] = {}
    for row in range(grid.height):
        row_cells = cells(grid, row)
        if not row_cells or is_signed(row_cells):
            continue
        pairs = _pairs(grid, row, labels)
        if pairs is None:
            if len(row_cells) > 1:
                return None
            column = min(row_cells)
            parts.append(_Alone(row_cells[column], grid.place(row, column)))
            continue
        for pair in pairs:
            name = heads.plain_head(pair.label)
            if not parts or not isinstance(parts[-1], _Card) or name in parts[-1].pairs:
                parts.append(_Card())
            card = parts[-1]
            assert isinstance(card, _Card)
            card.pairs[name] = pair
    return parts if any(isinstance(part, _Card) for part in parts) else None


def _pairs(grid: Grid, row: int, labels: dict[tuple[int, int], _Pair]) -> list[_Pair] | None:
    """The labels of a row with their values; None if it holds anything else.

    A label with no cell beside it, not even an empty one, is the head of a column.

    Args:
        grid: The sheet.
        row: Which row.
        labels: The label that each cell holds, to which those of the row are added: one that is merged down takes
            every value beside it.
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
