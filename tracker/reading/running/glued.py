"""Tables whose cells had run together when they were pasted: no tabs, no line breaks, head and rows in one stretch.

    工作任务牵头单位责任单位工作要求一、增长1.公布预算省财政厅各设区市在网站公开。2.公布审计省审计厅各设区市…

Three things together make such a table, and nothing less: a head of captions that had run together (`gluedhead`),
numbers that run on (`gluedrows`), and units in most of its rows (`gluedcells`). The order of the head tells which
cell is which. Without a head only a rhythm that every row follows makes one (`gluedrhythm`). The cutting is told, and what cannot be cut for certain is kept whole and named: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from tracker.problems import Finding
from tracker.problems import reading as problems
from tracker.reading.clauses import is_group
from tracker.reading.clauses import marks
from tracker.reading.headings import Rank
from tracker.reading.headings import leading_number
from tracker.reading.headings import levels
from tracker.reading.plans.drafts import Draft
from tracker.reading.plans.drafts import Field
from tracker.reading.plans.drafts import RoleStatement
from tracker.reading.running.gluedcells import GluedCells
from tracker.reading.running.gluedcells import cut_cells
from tracker.reading.running.gluedhead import GluedHead
from tracker.reading.running.gluedhead import find_glued_head
from tracker.reading.running.gluednames import known_names
from tracker.reading.running.gluedrhythm import find_rhythm
from tracker.reading.running.gluedrows import GluedRow
from tracker.reading.running.gluedrows import cut_rows
from tracker.reading.running.lines import TextLine

_FEWEST_ROWS = 2
_NOTE = re.compile(r"(?:备注|注|说明)[:：].*$", re.DOTALL)


@dataclass(slots=True)
class GluedReading:
    """What such a table yields: work points, what stands before it, what a person must check."""

    drafts: list[Draft] = field(default_factory=list)
    front: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_glued(lines: Sequence[TextLine]) -> GluedReading | None:
    """Read lines as a table whose cells had run together; None if they are none."""
    text = "\n".join(line.text for line in lines)
    head = find_glued_head(text)
    body = _NOTE.sub("", text[head.end if head is not None else 0 :])
    if head is not None:
        rows = cut_rows(text[: head.end] + body, head.end)
    elif (rhythm := find_rhythm(body)) is not None:
        head, rows = rhythm
    if head is None or len(rows) < _FEWEST_ROWS:
        return None
    unit_names = known_names(marks.blank_inside(marks.fold_characters(body)))
    cut = [_cells(text, row, head, unit_names) for row in rows]
    if 2 * sum(row_cells is not None for row_cells in cut) < len(cut):
        return None
    reading = GluedReading(front=[part for part in text[: head.start].split("\n") if part.strip()])
    places = _Places(lines)
    path: dict[Rank, str] = {}
    for row, cells in zip(rows, cut, strict=True):
        for heading in row.headings:
            number = leading_number(heading)
            rank = number.rank if number is not None else Rank.HAN
            path = {outer: outer_heading for outer, outer_heading in path.items() if outer < rank} | {
                rank: heading
            }
        section, second = levels(path)
        reading.drafts.append(_draft(text, row, cells, head, places, section, second))
    if tail := text[head.end + len(body) :].strip():
        reading.notes.append((tail, lines[-1].place))
    by = f"表头（{'、'.join(head.labels)}）" if head.labels else "各项的规律（没有表头）"
    reading.findings.append(problems.GLUED_TABLE.at(places.of(head.start), by=by, count=len(rows)))
    reading.findings += [
        problems.GLUED_ROW.at(draft.place, text=draft.requirement[:20])
        for draft, cells in zip(reading.drafts, cut, strict=True)
        if cells is None
    ]
    return reading


class _Places:
    """The line that a place of the joined text stands in; `#2` is the second row that begins there."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self.ends: list[tuple[int, str]] = []
        at = 0
        for line in lines:
            at += len(line.text) + 1
            self.ends.append((at, line.place))
        self.met: dict[str, int] = {}

    def of(self, at: int) -> str:
        """The line."""
        return next((place for end, place in self.ends if at < end), "")

    def next_in(self, at: int) -> str:
        """The line, counted."""
        place = self.of(at)
        self.met[place] = self.met.get(place, 0) + 1
        return f"{place}#{self.met[place]}"


def _cells(text: str, row: GluedRow, head: GluedHead, unit_names: frozenset[str]) -> GluedCells | None:
    units = head.unit_columns
    texts = [
        column
        for column, column_field in enumerate(head.fields)
        if column_field in (Field.REQUIREMENT, Field.TASK)
    ]
    return cut_cells(
        text[row.start : row.end],
        columns=len(units),
        ends_row=max(texts) < units[0],
        has_time=Field.DEADLINE in head.fields or Field.FREQUENCY in head.fields,
        unit_names=unit_names,
    )


def _draft(
    text: str,
    row: GluedRow,
    cells: GluedCells | None,
    head: GluedHead,
    places: _Places,
    section: str,
    second: str,
) -> Draft:
    place = places.next_in(row.start)
    whole = text[row.start : row.end].strip(" \u3000\n")
    if cells is None:
        return Draft(whole, place, section, second, row.no, statements=(), stream="text")
    task, requirement = second, cells.before
    if cells.behind and head.fields.index(Field.REQUIREMENT) > head.unit_columns[-1]:
        requirement = cells.behind
        task = cells.before if Field.TASK in head.fields else second
    return Draft(
        requirement=requirement,
        place=place,
        section=section,
        task=task,
        no=row.no,
        from_column=Field.NUMBER in head.fields,
        statements=_statements(cells, head, place),
        deadline=cells.time,
        deadline_place=place if cells.time else "",
        stream="text",
    )


def _statements(cells: GluedCells, head: GluedHead, place: str) -> tuple[RoleStatement, ...]:
    """The units, each text in the column where it stood.

    One text for two columns stands in the first, unless it holds several cells whose border was lost, or begins
    with a collective name: 各部门 lead nothing.
    """
    columns = list(head.unit_columns)
    groups = cells.groups
    if len(groups) < len(columns):
        first = re.split("[、，；]", marks.fold_characters(groups[0]))[0]
        if is_group(first) or cells.is_unparted:
            columns = [column for column in columns if head.fields[column] is not Field.LEAD] or columns
    return tuple(
        RoleStatement(text, head.fields[column], head.labels[column] if head.labels else "", place=place)
        for text, column in zip(groups, columns, strict=False)
    )
