"""What is no plain table: tables side by side, matrices that lie on their side, rows in lines of text, framed texts.

**Side by side.** Tables that stand side by side on one sheet, or go on on the next one without a head.

    | 序号 | 任务   | 责任单位 |  | 序号 | 任务   | 责任单位 |
    | 1    | 甲事项 | 市甲局   |  | 3    | 丙事项 | 市丙局   |

A head whose columns return in the same order, from left to right, is a head for each run of them, and so are heads in
any words with an empty column between them. Each is read as a table of its own, in the cells where it stands, so that
places stay what they are.

**On their side.** Matrices that lie on their side: units down the first column, tasks across the head, ticks in
the cells.

| 单位   | 开展普查 | 公布结果 |
| 市甲局 | ★        | ☆        |
| 市乙局 | ☆        | ★        |
| 时限   | 6月底    | 年底前   |

**Rows in lines of text**, every cell of which is written: each line is cut by itself, and each cell keeps the address of its line.

    序号<tab>任务<tab>责任单位          a row of a spreadsheet pasted into a text
    | 1 | 开展普查 | 市统计局 |         a row of Markdown
    │ 1 │ 开展普查 │ 市统计局 │         a row of a drawn table; with rules between rows a line with an empty cell goes on,
    ├───┼──────────┤          │         and where a rule is not drawn below a cell, the cell goes on

**Tables that only frame a text**: what stands in their one column is read as lines.

Offices draw a box round a whole document, and old web pages put the article into the one cell of a table:

    ┌──────────────────────────────┐
    │ 一、修渠                      │      T1R1C1#1
    │ ①清淤三公里——县水利局          │      T1R1C1#2
    └──────────────────────────────┘
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from tracker import patterns as re
from tracker.grid import Block, Grid, Merge, Notation, Paragraph, PlacedGrid, Source
from tracker.reading.tables.cells import Spot, Use, filled, is_note, legend, role_of
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
from tracker.text import tight

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
    if not gaps or not all(is_head(head) and _is_own(head) for head in heads):
        return []
    return [min(head) for head in heads]


def _is_own(head: Mapping[int, str]) -> bool:
    """Whether a head is that of a table of its own: it names those who answer, not only who helps, and begins with neither."""
    fields = fields_of(head)
    names = {*UNIT_FIELDS} - {Field.SUPPORT}
    return not names.isdisjoint(fields.values()) and fields[min(head)] not in (*UNIT_FIELDS, Field.DEADLINE)


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


RULE = re.compile(r"^\|?[\s:|\-–—+=\u2500-\u257f]+\|?$")
# Where the lines of a rule meet those of the columns.
_JOINT = re.compile(r"[^\s:\-–—=─━┄┅┈┉╌╍═]")
# The upright lines of a drawn table.
_UPRIGHT = re.compile("[│┃║┆┇┊┋]")
# A rule below the head, and one between rows.
_FEWEST_RULES = 2
# So many blanks in a cell of a drawn table leave no room for another word: its text was broken there.
_FULL = 3
FEWEST_COLUMNS = 3


def rows_in(
    paragraphs: Sequence[Paragraph], *, is_whole: bool = False
) -> tuple[PlacedGrid, list[Paragraph], list[Paragraph]] | None:
    r"""The rows among the lines of a text as one grid, the lines before it and those after; None for no table.

    Args:
        paragraphs: The lines.
        is_whole: None also where a row has fewer cells than the others.

    >>> lines = [Paragraph("清单", "L1"), Paragraph("任务\t单位\t时限", "L2"), Paragraph("普查\t统计局\t6月", "L3")]
    >>> grid, before, after = rows_in(lines)
    >>> grid.text(1, 1), grid.place(1, 1), [line.text for line in before], after
    ('统计局', 'L3', ['清单'], [])
    >>> drawn = "│任务│单位  │时限│/├──┼───┼──┤/│普查│统计局│6月 │/│三次│      │    │/├──┼───┼──┤/│修渠│水利局│9月 │".split("/")
    >>> grid, *_ = rows_in([Paragraph(line, f"L{n}") for n, line in enumerate(drawn, 1)])
    >>> grid.text(1, 0), grid.text(2, 0), grid.place(2, 0)
    ('普查三次', '修渠', 'L6')
    """
    split = [_split(paragraph.text) for paragraph in paragraphs]
    if not any(split):
        split = _under_head_with_signs([paragraph.text for paragraph in paragraphs])
    table = [position for position, row in enumerate(split) if len(row) >= FEWEST_COLUMNS]
    if len(table) < 2:
        return None
    first, last = table[0], table[-1]
    width = max(len(split[position]) for position in table)
    raw_rows: list[list[str]] = []
    places: list[tuple[str, ...]] = []
    merges: dict[tuple[int, int], Merge] = {}
    # The row whose cell the cell of a column belongs to.
    tops = [0] * width
    rule_count = sum(bool(RULE.match(paragraph.text.strip())) for paragraph in paragraphs[first:last])
    if is_whole and rule_count < _FEWEST_RULES and not _are_whole(paragraphs, split, first, last, width):
        return None
    is_below_rule, ruled_columns = True, [True] * width
    for paragraph, row in zip(paragraphs[first : last + 1], split[first : last + 1], strict=True):
        text = paragraph.text.strip()
        if not text or RULE.match(text):
            is_below_rule = is_below_rule or bool(text)
            ruled_columns = _ruled_columns(text, width) if text and raw_rows else ruled_columns
            continue
        cells = [*(row or [text]), *[""] * (width - len(row or [text]))][:width]
        if rule_count < _FEWEST_RULES or is_below_rule or all(cell.strip() for cell in cells):
            tops = [
                len(raw_rows) if is_ruled else top for top, is_ruled in zip(tops, ruled_columns, strict=True)
            ]
            raw_rows.append([""] * width)
            places.append((paragraph.place,) * width)
        for column, cell in enumerate(cells):
            spot = raw_rows[tops[column]]
            spot[column] = _with_rest(spot[column], cell) if spot[column] else cell
        is_below_rule, ruled_columns = False, [True] * width
        bottom = len(raw_rows) - 1
        merges |= {
            (top, column): Merge(top, column, bottom, column)
            for column, top in enumerate(tops)
            if top < bottom
        }
    rows = tuple(tuple(cell.strip() or None for cell in row) for row in raw_rows)
    grid = PlacedGrid("", rows, merges=tuple(merges.values()), notation=Notation.BARE, places=tuple(places))
    return grid, list(paragraphs[:first]), list(paragraphs[last + 1 :])


def _are_whole(
    paragraphs: Sequence[Paragraph], split: Sequence[Sequence[str]], first: int, last: int, width: int
) -> bool:
    """Whether every line of a table has all its cells, not some to fill it up, and none goes on below the last one."""
    rows = [
        row
        for paragraph, row in zip(paragraphs[first : last + 1], split[first : last + 1], strict=True)
        if paragraph.text.strip() and not RULE.match(paragraph.text.strip())
    ]
    has_tabs = any("\t" in paragraph.text.strip() for paragraph in paragraphs[first : last + 1])
    # A row whose first cell is blank looks framed; others of its table do not.
    if any(
        paragraph.text.count("|") >= width for paragraph in [*paragraphs[:first], *paragraphs[last + 1 :]]
    ):
        return False
    return all(len(row) == width and (has_tabs or bool(row[-1].strip())) for row in rows) and not any(
        paragraph.text.strip() for paragraph in paragraphs[last + 1 : last + 2]
    )


def _ruled_columns(rule: str, width: int) -> list[bool]:
    """Below which columns a rule is drawn: a cell goes on where it is not; below all where that cannot be told.

    >>> _ruled_columns("├──┼────┤        ├────┤", 4), _ruled_columns("|--+----|        |----|", 3)
    ([True, True, False, True], [True, True, True])
    """
    pieces = _JOINT.split(rule)[1:-1] if _JOINT.match(rule) else _JOINT.split(rule)
    is_ruled = [bool(piece.strip()) for piece in pieces]
    return is_ruled if len(is_ruled) == width and any(is_ruled) else [True] * width


def _with_rest(cell: str, rest: str) -> str:
    """A cell of a drawn table with what its next line holds: one text where the line before is full."""
    if not rest.strip():
        return cell
    last = cell.rpartition("\n")[2]
    link = "" if len(last) - len(last.strip()) <= _FULL else "\n"
    return f"{cell.rstrip()}{link}{rest.lstrip()}"


def _split(text: str) -> list[str]:
    if "\t" in text.strip():
        return text.rstrip("\r\n").split("\t")
    bare, uprights = _UPRIGHT.subn("|", text.strip())
    bare = f"|{bare}|" if uprights and not bare.startswith("|") else bare
    if bare.startswith("|") and bare.count("|") > 2 and not RULE.match(bare):
        return bare.strip("|").split("|")
    return []


# What parts the cells of rows that are typed by hand.
_SIGNS = "｜|丨¦／/；;"


def _under_head_with_signs(texts: Sequence[str]) -> list[list[str]]:
    """The cells of lines that a sign parts, below a head that it parts as well.

    >>> _under_head_with_signs(["清单", "编号｜任务｜责任部门", "甲1｜修渠十条｜水利局", "以上事项"])
    [[], ['编号', '任务', '责任部门'], ['甲1', '修渠十条', '水利局'], []]
    """
    sign, width = "", 0
    split: list[list[str]] = []
    for text in texts:
        if not sign:
            sign = next((sign for sign in _SIGNS if _is_head_with(text, sign)), "")
            width = text.count(sign) + 1 if sign else 0
        split.append(text.split(sign) if sign and text.count(sign) + 1 == width else [])
    return split


def _is_head_with(text: str, sign: str) -> bool:
    cells = [cell.strip() for cell in text.split(sign)]
    return len(cells) >= FEWEST_COLUMNS and all(cells) and is_head(dict(enumerate(cells)))
