r"""A form that was pasted as text: rows divided by tabs, or one cell on each line.

    事项编号<tab>具体要求<tab>进展情况        具体要求
    P1-001<tab>印发目录<tab>已印发           自报状态
                                             进展情况
                                             印发目录
                                             已完成
                                             已印发

The second kind can be read only where two things hold it: the labels of the head stand one to a line in an
unbroken row, and each row below is anchored by a text that was handed out (事项编号 or 具体要求). Then the cells
between two anchors must be as many as there are labels. Where they are not (a blank cell was dropped, an answer
has line breaks) nobody can say which is which: the row is left out and named.

    >>> lines = "具体要求 自报状态 进展情况 印发目录 已完成 已印发".split()
    >>> source = Source("txt", "报送.txt", tuple(Paragraph(text, f"L{n}") for n, text in enumerate(lines, 1)))
    >>> table, findings = as_tables(source, {"印发目录"})
    >>> table.grids[0].rows, table.grids[0].place(1, 2)
    ((('具体要求', '自报状态', '进展情况'), ('印发目录', '已完成', '已印发')), 'L6')
"""

from __future__ import annotations

import re
from collections.abc import Collection
from collections.abc import Sequence
from dataclasses import replace

from tracker.columns import Column
from tracker.grid import Notation
from tracker.grid import Paragraph
from tracker.grid import Source
from tracker.problems import Finding
from tracker.problems import returns
from tracker.reading.forms.form_head import BY_LABEL
from tracker.reading.forms.form_head import PART_LABELS
from tracker.reading.forms.form_head import UNIT_LABELS
from tracker.reading.forms.form_head import head_of
from tracker.reading.forms.form_head import is_head
from tracker.reading.forms.form_head import plain_text
from tracker.reading.marks import SIGNERS
from tracker.reading.running.pasted import PlacedGrid

_ID = re.compile(r"P[0-9]+-[0-9]+")


def as_tables(source: Source, anchors: Collection[str]) -> tuple[Source, tuple[Finding, ...]]:
    """The file with its lines as a table, where it holds a form only as lines; else the file as it is.

    Args:
        source: The file.
        anchors: 事项编号 and 具体要求 that were handed out, made plain.
    """
    if any(head_of(grid) for grid in source.grids) or not source.paragraphs:
        return source, ()
    tabbed = _tabbed(source.paragraphs)
    if tabbed is not None:
        return replace(source, blocks=(*source.blocks, tabbed)), ()
    table = _lined(source.paragraphs, anchors)
    if table is None:
        return source, ()
    grid, findings = table
    return replace(source, blocks=(*source.blocks, grid)), findings


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
        plain_text(paragraph.text) in BY_LABEL.keys() | UNIT_LABELS | PART_LABELS for paragraph in paragraphs
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
            number: BY_LABEL.get(plain_text(label), label) for number, label in enumerate(labels)
        }
        if is_head(columns):
            return start, labels
        start = end
    return None


def _lined(
    paragraphs: Sequence[Paragraph], anchors: Collection[str]
) -> tuple[PlacedGrid, tuple[Finding, ...]] | None:
    head = _labels(paragraphs)
    if head is None:
        return None
    start, labels = head
    width = len(labels)
    names = [BY_LABEL[plain_text(label)].name if plain_text(label) in BY_LABEL else "" for label in labels]
    at = next((names.index(name) for name in ("id", "requirement") if name in names), None)
    if at is None:
        return None
    lines = list(paragraphs[start + width :])
    anchor_texts = {anchor for anchor in anchors if _is_id(anchor) == (names[at] == "id")}
    firsts = [number - at for number, line in enumerate(lines) if plain_text(line.text) in anchor_texts]
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
            findings.append(returns.LINES_UNEVEN.at(place, n=len(some), width=width))
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
