"""Tables that were pasted one cell to a line: the lines put back into the rows and columns of a grid.

What remains of the table is its head, cell by cell, and then the cells of its rows in reading order; cells that a
merge covered are gone, and a cell of several paragraphs takes several lines:

    序号 / 工作任务 / 责任单位 / 完成时限               the head, four lines
    1 / 铺设自行车道。/ 县甲局 / 县乙局 / 10月底前       two paragraphs in the cell of the units
    2 / 增设公厕六座。/ 县丙局 / 8月底前
    翻修旧公厕九座。/ 11月底前                          number and units are merged with those above (沿用上栏)

Where each line stands is decided for all lines below a head at once. A line is

    the next paragraph of the cell before it | a cell further right in the row | a cell of the next row
    | a row of its own (a banner, a note) | behind the table

and the way through the table with the greatest weight is taken: a line weighs for a column what it does in any table
(`columns.fit`), and cells that are passed over weigh against it (`_SKIP_COSTS`). The grid is then read as any other
(`tables.read_table`). Units and numbers that are passed over are covered by those above, if these stand under the
same task; a cell that is blank on purpose leaves a line with a blank in some pastes, and covers nothing.

A head is a run of short lines in the words of heads; or in any words, where it begins with 序号 and ends before 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tracker.grid import Block, Merge, Notation, PlacedGrid, Source
from tracker.reading.headings import Rank, is_heading, leading_number
from tracker.reading.tables.columns import Kind, fit, kind_of
from tracker.reading.tables.drafts import UNIT_FIELDS, Field
from tracker.reading.tables.headwords import LONGEST_HEAD, field_of, fields_of, is_head, is_pure
from tracker.reading.tables.lines import TextLine, stream
from tracker.reading.tables.rows import is_full_date, is_note
from tracker.reading.tables.tablehead import find_table_head, find_unknown_head
from tracker.values import dataclass

_MOST_COLUMNS = 12
_FEWEST_COLUMNS = 3
_FIRST = re.compile(r"[（(]?[1１一①][)）]?[.、．]?")
_NO_LABEL = re.compile(r"[。；;，,：:！？\d]")
# What it costs to pass over a cell.
_SKIP_COSTS: Mapping[Field, int] = {
    Field.NUMBER: 75,
    Field.REQUIREMENT: 80,
    Field.LEAD: 30,
    Field.RESPONSIBLE: 30,
    Field.DEADLINE: 30,
}
_OTHER_SKIP_COST = 6
# A row that names nobody, below none whose units it could take.
_NOBODY = 60
# What it costs to go on with a cell; with a line that is numbered, in a table with a column of numbers and in any other
# cell; in a column whose cells have one paragraph.
_GOES_ON = 8
_ITEM_NUMBER_COST = 24
_NUMBER_COST = 60
_SINGLE = 60
# More than any line weighs.
_NEVER = 200
# Whoever leads is mostly one: of three lines for 牵头单位 and 配合单位 two support.
_MORE_LEADS = 12
_SINGLES = (Field.NUMBER, Field.SECTION, Field.TASK, Field.DEADLINE)
# A line behind the table: more than a row of nothing but a few words.
_BEHIND = 0
_ANNEX = re.compile(r"附\s*[件表录]\s*\d{0,2}\s*(?:[:：.．].*)?$")
# Columns for a row of its own and for a line behind the table.
_ALONE = -1
_OUT = -2


@dataclass(frozen=True, slots=True)
class _Head:
    """A head among the lines, and the field of each column; None below a word that nobody knows."""

    start: int
    end: int
    fields: tuple[Field | None, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """Where a line stands on the best way there.

    Attributes:
        weight: What the way weighs.
        row: The row below the head, counted from 0.
        column: The column, `_ALONE` or `_OUT`.
        has_units: Whether the task so far names units.
        before: Where the line before it stands.
    """

    weight: int
    row: int
    column: int
    has_units: bool
    before: _Step | None = None


@dataclass(frozen=True, slots=True)
class _Cell:
    """A line as a cell: its text, what it is, the level of its number, and whether it is a heading or a note."""

    text: str
    kind: Kind | None
    rank: Rank | None
    is_heading: bool
    is_note: bool


def _cell(line: TextLine) -> _Cell:
    number = leading_number(line.text)
    rank = number.rank if number is not None else None
    return _Cell(line.text, kind_of(line.text), rank, is_heading(line.text), is_note(line.text))


def with_tables(source: Source) -> Source:
    r"""The source with a table that was pasted one cell to a line as a grid; as it is where there is none.

    >>> from tracker.grid import Paragraph
    >>> lines = "清单/序号/任务/单位/1/修渠十条。/市甲局/2/清理淤泥。/市乙局/市丙局".split("/")
    >>> source = with_tables(Source("txt", "清单.txt", tuple(Paragraph(line, f"L{n}") for n, line in enumerate(lines, 1))))
    >>> source.grids[0].rows[1:], source.grids[0].place(2, 2)
    ((('1', '修渠十条。', '市甲局'), ('2', '清理淤泥。', '市乙局\n市丙局')), 'L10')
    """
    lines = stream(source.paragraphs, blanks=True)
    heads = list(_heads(lines))
    if not heads:
        return source
    grid, end = _grid(lines, heads)
    fields = [_fields(grid, lines, head) for head in heads]
    if not any(fields):
        return source
    heads = [replace(head, fields=better or head.fields) for head, better in zip(heads, fields, strict=True)]
    grid, end = _grid(lines, heads)
    positions = {paragraph.place: at for at, paragraph in enumerate(source.paragraphs)}
    start = positions[lines[heads[0].start].place]
    stop = positions[lines[end].place] if end < len(lines) else len(source.paragraphs)
    blocks: list[Block] = [*source.paragraphs[:start], grid, *source.paragraphs[stop:]]
    return replace(source, blocks=tuple(blocks))


def _heads(lines: Sequence[TextLine]) -> Iterator[_Head]:
    position = 0
    while position < len(lines):
        head = _head_at(lines, position)
        if head is not None:
            yield head
        position = head.end if head is not None else position + 1


def _head_at(lines: Sequence[TextLine], start: int) -> _Head | None:
    """The head whose first cell is a line; None if none begins there."""
    if not _could_be_label(lines[start].text) or field_of(lines[start].text) is None:
        return None
    window = lines[start : start + _MOST_COLUMNS + 1]
    ends = [at for at, line in enumerate(window) if not _could_be_label(line.text)]
    run = window[: ends[0] if ends else len(window)]
    has_numbers = (
        field_of(run[0].text) is Field.NUMBER
        and len(run) < len(window)
        and _FIRST.fullmatch(window[len(run)].text) is not None
    )
    if not has_numbers:
        gaps = [at for at, line in enumerate(run) if field_of(line.text) is None]
        run = run[: gaps[0]] if gaps else run
        pure = [at for at, line in enumerate(run) if is_pure(line.text)]
        run = run[: pure[-1] + 1] if pure else []
    if any(field_of(line.text) is Field.NUMBER for line in run[1:]):
        return None  # what stands before 序号 is the title
    labels = {at: line.text for at, line in enumerate(run)}
    fields = fields_of(labels)
    if has_numbers:
        if len(run) < _FEWEST_COLUMNS:
            return None
    elif not (
        run
        and is_pure(run[0].text)
        and is_head(labels)
        and Field.REQUIREMENT in fields.values()
        and set(fields.values()) & {*UNIT_FIELDS}
    ):
        return None
    return _Head(
        start,
        start + len(run),
        tuple(fields[at] if field_of(text) is not None else None for at, text in labels.items()),
    )


def _could_be_label(text: str) -> bool:
    return 0 < len(text) <= LONGEST_HEAD and not _NO_LABEL.search(text)


def _fields(grid: PlacedGrid, lines: Sequence[TextLine], head: _Head) -> tuple[Field | None, ...]:
    """What the columns of a head hold by its cells as well; empty if they make no table."""
    row = next(row for row in range(grid.height) if grid.place(row, 0) == lines[head.start].place)
    table_head = find_table_head(grid, row) or find_unknown_head(grid, row)
    if table_head is None:
        return ()
    return tuple(table_head.fields.get(column) for column in range(head.end - head.start))


def _grid(lines: Sequence[TextLine], heads: Sequence[_Head]) -> tuple[PlacedGrid, int]:
    """The grid of all heads with what stands below them, and the first line behind it."""
    width = max(head.end - head.start for head in heads)
    rows: list[dict[int, list[TextLine]]] = []
    merges: list[Merge] = []
    end = len(lines)
    for head, next_head in zip(heads, [*heads[1:], None], strict=True):
        rows.append({at: [line] for at, line in enumerate(lines[head.start : head.end])})
        stop = next_head.start if next_head is not None else len(lines)
        steps = _steps(lines[head.end : stop], head.fields, is_last=next_head is None)
        body = [
            (step, line)
            for step, line in zip(steps, lines[head.end : stop], strict=True)
            if step.column != _OUT
        ]
        end = head.end + len(body) if next_head is None else end
        merges += _place(body, rows, width, head.fields)
    grid = PlacedGrid(
        "",
        tuple(tuple(_text(row.get(column, ())) for column in range(width)) for row in rows),
        merges=tuple(merges),
        notation=Notation.BARE,
        places=tuple(_places(row, width) for row in rows),
    )
    return grid, end


def _text(lines: Iterable[TextLine]) -> str | None:
    return "\n".join(line.text for line in lines if line.text) or None


def _places(row: Mapping[int, Sequence[TextLine]], width: int) -> tuple[str, ...]:
    """The line of each cell; of an empty one, that of the last filled cell to its left."""
    places: list[str] = []
    for column in range(width):
        places.append(
            row[column][0].place if column in row else places[-1] if places else row[min(row)][0].place
        )
    return tuple(places)


def _place(
    body: Iterable[tuple[_Step, TextLine]],
    rows: list[dict[int, list[TextLine]]],
    width: int,
    fields: Sequence[Field | None],
) -> list[Merge]:
    """Add the rows below a head, and what is merged in them."""
    top = len(rows)
    merges: list[Merge] = []
    alone: set[int] = set()
    for step, line in body:
        if top + step.row == len(rows):
            rows.append({})
        rows[-1].setdefault(max(step.column, 0), []).append(line)
        if step.column == _ALONE:
            merges.append(Merge(len(rows) - 1, 0, len(rows) - 1, width - 1))
            alone.add(len(rows) - 1)
    for column, field in enumerate(fields):
        if field not in (Field.NUMBER, *UNIT_FIELDS):
            continue
        anchor = -1
        for row in range(top, len(rows)):
            opens = row in alone or any(fields[at] in (Field.SECTION, Field.TASK) for at in rows[row])
            is_named = any(fields[at] in UNIT_FIELDS for at in rows[row]) and field is not Field.NUMBER
            if column in rows[row] or opens or is_named:
                anchor = row if column in rows[row] and rows[row][column][0].text else -1
            elif anchor >= 0:
                merges = [merge for merge in merges if (merge.top, merge.left) != (anchor, column)]
                merges.append(Merge(anchor, column, row, column))
    return merges


def _steps(lines: Sequence[TextLine], fields: Sequence[Field | None], *, is_last: bool) -> list[_Step]:
    """Where each line below a head stands, on the way that weighs most."""
    outer, inner = _heading_ranks(lines, fields)
    # Where empty lines divide the cells, lines without one between them are paragraphs of one cell.
    is_gapped = 2 * sum(line.gap for line in lines) > len(lines)
    signature = _signature(lines, fields) if is_last else len(lines)
    ways: dict[tuple[int, bool], _Step] = {(_ALONE, False): _Step(0, -1, _ALONE, False)}
    for at, line in enumerate(lines):
        goes_on = bool(line.text) and is_gapped and not line.gap
        out = is_last and (at >= signature or bool(_ANNEX.match(line.text)))
        cell = _cell(line)
        best: dict[tuple[int, bool], _Step] = {}
        for way in ways.values():
            for step in _next(
                way, cell, fields, outer, inner, goes_on=goes_on, may_end=is_last, must_end=out
            ):
                key = (step.column, step.has_units)
                if key not in best or best[key].weight < step.weight:
                    best[key] = step
        ways = best
    last: _Step | None = max(
        ways.values(), key=lambda way: way.weight - (0 if way.column == _OUT else _rest(way, fields))
    )
    steps: list[_Step] = []
    while last is not None and last.before is not None:
        steps.append(last)
        last = last.before
    return steps[::-1]


def _heading_ranks(lines: Sequence[TextLine], fields: Sequence[Field | None]) -> tuple[set[Rank], set[Rank]]:
    """The levels of headings without a column, and of those with one: 一、 and （一） where the table has a task.

    Where it has none, both are banners.
    """
    ranks = sorted(
        {
            number.rank
            for line in lines
            if (number := leading_number(line.text))
            and number.rank <= Rank.HAN_BRACKET
            and is_heading(line.text)
        }
    )
    columns = sum(field in (Field.SECTION, Field.TASK) for field in fields)
    cut = max(len(ranks) - columns, 0)
    return set(ranks[:cut]), set(ranks[cut:])


def _signature(lines: Sequence[TextLine], fields: Sequence[Field | None]) -> int:
    """Where the signature begins: an office and the day, where no column holds days; behind the last line without one."""
    if Field.DEADLINE in fields:
        return len(lines)
    return next((at - 1 for at, line in enumerate(lines) if at and is_full_date(line.text)), len(lines))


def _next(
    way: _Step,
    cell: _Cell,
    fields: Sequence[Field | None],
    outer: set[Rank],
    inner: set[Rank],
    *,
    goes_on: bool,
    may_end: bool,
    must_end: bool,
) -> Iterator[_Step]:
    """The places where a line can stand after a way."""
    if way.column == _OUT or must_end:
        weight = way.weight - (0 if way.column == _OUT else _rest(way, fields))
        yield _Step(weight + _BEHIND, way.row, _OUT, way.has_units, way)
        return
    rank = cell.rank
    end_weight = way.weight - _rest(way, fields)
    if cell.is_note or (rank in outer and cell.is_heading):
        yield _Step(end_weight, way.row + 1, _ALONE, False, way)
        return
    if may_end:
        yield _Step(end_weight + _BEHIND, way.row, _OUT, way.has_units, way)
    for column, field in enumerate(fields):
        opens = field in (Field.SECTION, Field.TASK)
        weight = fit(field, cell.kind) * 10
        if inner and rank is not None and opens is not (rank in inner and cell.is_heading):
            weight -= _NUMBER_COST  # an item among headings, a heading among items
        if field in UNIT_FIELDS and rank is not None and rank <= Rank.HAN_BRACKET:
            weight -= _NEVER  # （二）美化街区 is called like an office
        if column == way.column and not (rank is not None and rank <= Rank.HAN_BRACKET):
            is_item = field is Field.REQUIREMENT and Field.NUMBER in fields
            number_cost = (_ITEM_NUMBER_COST if is_item else _NUMBER_COST) if rank is not None else 0
            cost = (
                0
                if goes_on
                else _GOES_ON
                + number_cost
                + _SINGLE * (field in _SINGLES)
                + _MORE_LEADS * (field is Field.LEAD)
            )
            yield _Step(way.weight + weight - cost, way.row, column, way.has_units, way)
        if goes_on and way.column != _ALONE:
            continue
        names = field in UNIT_FIELDS and bool(cell.text)
        if column > way.column != _ALONE:
            skip_cost = _skip_cost(fields, way.column + 1, column)
            yield _Step(
                way.weight + weight - skip_cost, way.row, column, names or (way.has_units and not opens), way
            )
        else:
            skip_cost = _skip_cost(fields, 0, column)
            yield _Step(
                end_weight + weight - skip_cost,
                way.row + 1,
                column,
                names or (way.has_units and not opens),
                way,
            )


def _skip_cost(fields: Sequence[Field | None], start: int, end: int) -> int:
    """What it costs to pass over the columns from one on up to another."""
    return sum(
        _SKIP_COSTS.get(field, _OTHER_SKIP_COST) if field else _OTHER_SKIP_COST for field in fields[start:end]
    )


def _rest(way: _Step, fields: Sequence[Field | None]) -> int:
    """What it costs to end the row of a way: the columns that it did not reach, and nobody who answers."""
    if way.column == _ALONE:
        return 0
    nobody = not way.has_units and any(field in UNIT_FIELDS for field in fields)
    return _skip_cost(fields, way.column + 1, len(fields)) + _NOBODY * nobody
