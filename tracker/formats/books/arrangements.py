r"""A form in another arrangement, made the table that `returns` reads.

**Pasted as text**: rows divided by tabs, or one cell on each line.

    事项编号<tab>具体要求<tab>进展情况        具体要求
    P1-001<tab>印发目录<tab>已印发           完成情况
                                             进展情况
                                             印发目录
                                             已完成
                                             已印发

The second kind can be read only where two things hold it: the labels of the head stand one to a line in an
unbroken row, and each row below is anchored by a text that was handed out (事项编号 or 具体要求). Then the cells
between two anchors must be as many as there are labels. Where they are not (a blank cell was dropped, an answer
has line breaks) nobody can say which is which: the row is left out and named.

    >>> lines = "具体要求 完成情况 进展情况 印发目录 已完成 已印发".split()
    >>> source = Source("txt", "报送.txt", tuple(Paragraph(text, f"L{n}") for n, text in enumerate(lines, 1)))
    >>> table, findings = as_tables(source, {"印发目录": "P1-001"})
    >>> table.grids[0].rows, table.grids[0].place(1, 2)
    ((('具体要求', '完成情况', '进展情况'), ('印发目录', '已完成', '已印发')), 'L6')

**A row for a unit, a column for a point**: what an online 收集表 gives out. A column belongs to a point where its label
(or the one above it, which may be merged over several columns) is

    the id                                      P1-001……
    the requirement                             the number before it, marks and （必填） aside
    the beginning of one requirement alone      eight characters or more

and names behind or before it, divided by a mark, one of the form's own questions (——完成情况). A column without one holds
完成情况 where every answer in it is a word of that, else 进展情况. How the columns were understood is told. The unit stands
in a column of units, else in that of whoever sent the answers in. What is in no column of a point is left over, and counted.

    >>> from tracker.grid import from_table
    >>> grid = from_table('''
    ... | 填报单位 | 1、印发目录（必填） | 印发目录：完成情况 | 备注    |
    ... | 市教育局 | 已印发              | 已完成             | 附目录 |
    ... ''')
    >>> wide = Source("xlsx", "收集表.xlsx", (grid,))
    >>> for row in as_tables(wide, {"印发目录": "P1-001"})[0].grids[0].rows: print(row)
    ('责任单位', '事项编号', '具体要求', '完成情况', '进展情况', '备注')
    ('市教育局', 'P1-001', None, '已完成', '已印发', '附目录')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from tracker import patterns as re
from tracker.columns import BY_NAME, Column, Owner, Sheet, on
from tracker.formats.books.answers import read_choice
from tracker.formats.books.form import SIGNERS
from tracker.formats.books.returns import (
    BY_LABEL,
    PART_LABELS,
    UNIT_LABELS,
    head_of,
    is_head,
    plain_label,
)
from tracker.grid import Block, Grid, Notation, Paragraph, PlacedGrid, Source
from tracker.problems.base import Finding
from tracker.problems.returns import COLUMNS_READ_AS, LINES_UNEVEN
from tracker.reading.lines import leading_number
from tracker.text import compact

_ID = re.compile(r"P[0-9]+-[0-9]+")


def as_tables(source: Source, anchors: Mapping[str, str]) -> tuple[Source, tuple[Finding, ...]]:
    """The file with what it holds in another arrangement as a table of a form; else the file as it is.

    Args:
        source: The file.
        anchors: 事项编号 and 具体要求 that were handed out, made plain, and the id of each; empty where several have one.
            Without any only lines are made a table.
    """
    blocks: list[Block] = []
    findings: list[Finding] = []
    for block in source.blocks:
        wide = _wide(block, anchors) if anchors and isinstance(block, Grid) else None
        blocks.append(wide[0] if wide else block)
        findings += wide[1:] if wide else ()
    if findings:
        return replace(source, blocks=tuple(blocks)), tuple(findings)
    if any(head_of(grid) for grid in source.grids) or not source.paragraphs:
        return source, ()
    tabbed = _tabbed(source.paragraphs)
    if tabbed is not None:
        return replace(source, blocks=(*source.blocks, tabbed)), ()
    table = _lined(source.paragraphs, anchors)
    if table is None:
        return source, ()
    grid, line_findings = table
    return replace(source, blocks=(*source.blocks, grid)), line_findings


def _tabbed(paragraphs: Sequence[Paragraph]) -> PlacedGrid | None:
    rows = [
        (paragraph.text.rstrip("\r\n").split("\t"), paragraph.place)
        for paragraph in paragraphs
        if "\t" in paragraph.text.strip()
    ]
    width = max((len(cells) for cells, _ in rows), default=0)
    grid = PlacedGrid(
        "文本",
        tuple(tuple((cell or None) for cell in [*cells, *[""] * (width - len(cells))]) for cells, _ in rows),
        notation=Notation.BARE,
        places=tuple((place,) * width for _, place in rows),
    )
    return grid if head_of(grid) else None


def _labels(paragraphs: Sequence[Paragraph]) -> tuple[int, list[str]] | None:
    """Where the head begins, and its labels: the longest unbroken run of labels that makes a head."""
    are_labels = [
        plain_label(paragraph.text) in BY_LABEL.keys() | UNIT_LABELS | PART_LABELS for paragraph in paragraphs
    ]
    start = 0
    while start < len(are_labels):
        if not are_labels[start]:
            start += 1
            continue
        end = start
        while end < len(are_labels) and are_labels[end]:
            end += 1
        labels = [paragraphs[at].text.strip() for at in range(start, end)]
        columns: dict[int, Column | str] = {
            number: BY_LABEL.get(plain_label(label), label) for number, label in enumerate(labels)
        }
        if is_head(columns):
            return start, labels
        start = end
    return None


def _lined(
    paragraphs: Sequence[Paragraph], anchors: Mapping[str, str]
) -> tuple[PlacedGrid, tuple[Finding, ...]] | None:
    head = _labels(paragraphs)
    if head is None:
        return None
    start, labels = head
    width = len(labels)
    names = [BY_LABEL[plain_label(label)].name if plain_label(label) in BY_LABEL else "" for label in labels]
    at = next((names.index(name) for name in ("id", "requirement") if name in names), None)
    if at is None:
        return None
    lines = list(paragraphs[start + width :])
    anchor_texts = {anchor for anchor in anchors if _is_id(anchor) == (names[at] == "id")}
    firsts = [number - at for number, line in enumerate(lines) if compact(line.text) in anchor_texts]
    rows: list[tuple[str | None, ...]] = [tuple(labels)]
    places = [tuple(paragraph.place for paragraph in paragraphs[start : start + width])]
    findings = []
    for first, next_first in zip(firsts, [*firsts[1:], None], strict=True):
        end = len(lines) if next_first is None else next_first
        some = lines[max(first, 0) : end]
        if next_first is None:
            some = _without_foot(some, width)
        if first < 0 or len(some) != width:
            place = lines[first + at].place
            findings.append(LINES_UNEVEN.at(place, n=len(some), width=width))
            continue
        rows.append(tuple((line.text if line.text.strip() else None) for line in some))
        places.append(tuple(line.place for line in some))
    if len(rows) == 1 and not findings:
        return None
    return PlacedGrid("文本", tuple(rows), notation=Notation.BARE, places=tuple(places)), tuple(findings)


def _is_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None


def _without_foot(lines: list[Paragraph], width: int) -> list[Paragraph]:
    """The last row without the signatures and empty lines below it."""
    for number, line in enumerate(lines):
        label = line.text.partition("：")[0].strip()
        if number >= width or label in SIGNERS:
            rest = lines[number:]
            if label in SIGNERS or not any(line.text.strip() for line in rest):
                return lines[:number]
    return lines


# So far down a head may stand, and so much of a requirement tells it from others.
_HEAD_WITHIN, _SHORTEST = 20, 8
# So many columns are told.
_COLUMN_LIMIT = 6
_SUBMITTERS = frozenset(("提交人", "提交者", "填写人", "填报人"))
_QUESTIONS = sorted(
    ((label, column) for label, column in BY_LABEL.items() if column.owner is Owner.UNIT),
    key=lambda item: -len(item[0]),
)
_FORM_LABELS = {column.name: column.label for column in on(Sheet.FORM)}
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")


class _PointColumn(NamedTuple):
    """What a column of a wide table holds: a point by its id, or by its requirement where several have it, and the question."""

    point: str
    question: Column | None


def _wide(grid: Grid, anchors: Mapping[str, str]) -> tuple[PlacedGrid, Finding] | None:
    """A wide table with a row for each unit and point, and how its columns were understood; None for another table."""
    head = head_of(grid)
    if head is not None and len({plain_label(grid.text(head.row, at)) for at in head.columns}) == len(
        head.columns
    ):
        return None
    by_key = {_key(anchor): point_id or anchor for anchor, point_id in anchors.items()}
    for row in range(min(grid.height - 1, _HEAD_WITHIN)):
        columns = _point_columns(grid, row, by_key)
        below = _point_columns(grid, row + 1, by_key)
        if len(below) > len(columns):
            continue
        unit = _unit_column(grid, row)
        if columns and (unit is not None or len({column.point for column in columns.values()}) > 1):
            return _unpivoted(grid, row, unit, _with_questions(grid, row, columns))
    return None


def _point_columns(grid: Grid, row: int, by_key: Mapping[str, str]) -> dict[int, _PointColumn]:
    columns = {}
    for number in range(grid.width):
        text, question = _apart(grid.text(row, number))
        if not text and question is not None and row:
            text = _apart(grid.visible_text(row - 1, number))[0]
        point = _point(text, by_key) if text else ""
        if point:
            columns[number] = _PointColumn(point, question)
    return columns


def _apart(label: str) -> tuple[str, Column | None]:
    """What a label is about, and the question of the form that it names.

    >>> [(text, column and column.name) for text, column in map(_apart, ("印发目录——完成情况", "进展情况（印发目录）", "印发进展情况"))]
    [('印发目录', 'status'), ('印发目录', 'progress'), ('印发进展情况', None)]
    """
    plain = _EDGE.sub("", plain_label(label))
    number = _ID.match(plain)
    for word, column in _QUESTIONS:
        rest = plain.removesuffix(word) if plain.endswith(word) else plain.removeprefix(word)
        is_apart = rest != _EDGE.sub("", rest) or not rest or (number and rest == number.group())
        if rest != plain and is_apart:
            return _EDGE.sub("", rest), column
    return plain, None


def _key(text: str) -> str:
    """A text for comparing: without the number before it and marks."""
    number = leading_number(text)
    rest = number.rest if number and number.rest else text
    return re.sub(r"(?<!\d)[\W_]+|[\W_]+(?!\d)", "", compact(rest))


def _point(text: str, by_key: Mapping[str, str]) -> str:
    """The one point whose id a text begins with, or whose requirement it is or begins; empty for none or several."""
    number = _ID.match(text)
    if number:
        return by_key.get(_key(number.group()), "")
    key = _key(text)
    if key in by_key:
        return by_key[key]
    longer = {point for other, point in by_key.items() if other.startswith(key)}
    return longer.pop() if len(longer) == 1 and len(key) >= _SHORTEST else ""


def _unit_column(grid: Grid, row: int) -> int | None:
    """The column of units, else that of whoever sent the answers in."""
    labels = {number: plain_label(grid.visible_text(row, number)) for number in range(grid.width)}
    for words in (UNIT_LABELS, _SUBMITTERS):
        for number, label in labels.items():
            if label in words:
                return number
    return None


def _with_questions(
    grid: Grid, row: int, columns: Mapping[int, _PointColumn]
) -> dict[int, tuple[str, Column]]:
    """The point and the question of each column, each pair once: that of its label, else of its answers."""
    status, progress = BY_NAME["status"], BY_NAME["progress"]
    questions: dict[int, tuple[str, Column]] = {}
    for number, column in columns.items():
        texts = [text for at in range(row + 1, grid.height) if (text := grid.text(at, number).strip())]
        is_choice = bool(texts) and all(read_choice(text, status.choices) for text in texts)
        question = column.point, column.question or (status if is_choice else progress)
        # What is asked a second time is left over.
        if question not in questions.values():
            questions[number] = question
    return questions


def _unpivoted(
    grid: Grid, head: int, unit: int | None, columns: Mapping[int, tuple[str, Column]]
) -> tuple[PlacedGrid, Finding]:
    names = [name for name in _FORM_LABELS if any(column.name == name for _, column in columns.values())]
    others = [
        number
        for number in range(grid.width)
        if number not in columns and number != unit and grid.text(head, number).strip()
    ]
    units = ["责任单位"] if unit is not None else []
    labels = [*units, "事项编号", "具体要求", *map(_FORM_LABELS.__getitem__, names)]
    # Cells of the new table by their place in the old one; a text stands where it is no cell.
    rows: list[list[tuple[int, int] | str]] = [[*labels, *((head, number) for number in others)]]
    for row in range(head + 1, grid.height):
        beside: Sequence[tuple[int, int] | str] = [(row, number) for number in others]
        for point, cells in _cells_of_points(grid, row, columns).items():
            owner = [grid.anchor(row, unit)] if unit is not None else []
            identity = [point, ""] if _ID.fullmatch(point) else ["", point]
            rows.append([*owner, *identity, *(cells.get(name, "") for name in names), *beside])
            beside = [""] * len(others)
    table = _grid_of_cells(grid, grid.place(head, 0), rows)
    some = [
        f"“{grid.text(head, number).strip()[:16]}”→{point[:16]}{_FORM_LABELS[column.name]}"
        for number, (point, column) in columns.items()
    ]
    sentence = "；".join(some[:_COLUMN_LIMIT]) + ("……" if len(some) > _COLUMN_LIMIT else "")
    return table, COLUMNS_READ_AS.at(grid.place(head, min(columns)), n=len(columns), some=sentence)


def _cells_of_points(
    grid: Grid, row: int, columns: Mapping[int, tuple[str, Column]]
) -> dict[str, dict[str, tuple[int, int]]]:
    """The answers of one row by point and question, where there are any."""
    points: dict[str, dict[str, tuple[int, int]]] = {}
    for number, (point, column) in columns.items():
        cell = (row, number)
        if grid.text(*cell).strip() or cell in grid.comments or cell in grid.formulas:
            points.setdefault(point, {})[column.name] = cell
    return points


def _grid_of_cells(grid: Grid, first: str, rows: Sequence[Sequence[tuple[int, int] | str]]) -> PlacedGrid:
    """A table of cells of another one, each at its address, with all that is known of it; a text stands at `first`."""
    cells = {
        (at, number): cell
        for at, row in enumerate(rows)
        for number, cell in enumerate(row)
        if not isinstance(cell, str)
    }
    return PlacedGrid(
        f"{grid.name}（逐项）",
        tuple(
            tuple((cell or None) if isinstance(cell, str) else grid.value(*cell) for cell in row)
            for row in rows
        ),
        notation=Notation.BARE,
        formulas={new: grid.formulas[old] for new, old in cells.items() if old in grid.formulas},
        struck={new: grid.struck[old] for new, old in cells.items() if old in grid.struck},
        comments={new: grid.comments[old] for new, old in cells.items() if old in grid.comments},
        places=tuple(
            tuple(first if isinstance(cell, str) else grid.place(*cell) for cell in row) for row in rows
        ),
    )
