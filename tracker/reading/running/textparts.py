"""The plan in running text or in lines: a pasted table, else prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.grid import Paragraph
from tracker.grid import Source
from tracker.problems import reading as problems
from tracker.reading.plans.groups import read_annex_lines
from tracker.reading.plans.parts import Parts
from tracker.reading.plans.parts import is_left_out
from tracker.reading.running.flattened import find_flat_head
from tracker.reading.running.flattened import read_flattened
from tracker.reading.running.glued import read_glued
from tracker.reading.running.lines import TextLine
from tracker.reading.running.lines import stream
from tracker.reading.running.lines import unwrap
from tracker.reading.running.prose import read_prose
from tracker.reading.running.statements import has_role
from tracker.reading.tabular.rows import cells
from tracker.reading.tabular.split import split_cells

_ANNEX_LINE = re.compile(
    r"^附\s*[件表录]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})?\s*(?:[:：.．、].{0,40})?$|^附\s*[件表录]\s*\d{1,2}\s*\S{0,30}$"
)


def read_lines(source: Source) -> Parts:
    """Read the paragraphs, or sheets that hold text in one column, as lines."""
    parts = Parts()
    paragraphs = list(source.paragraphs) or [
        Paragraph(text, grid.place(row, column))
        for grid in source.grids
        if not is_left_out(grid)
        for row in range(grid.height)
        for column, text in cells(grid, row).items()
    ]
    lines = stream(paragraphs, blanks=True)
    # Cells of a pasted table are lines of their own, however long.
    is_pasted = any(find_flat_head(lines, position) for position in range(len(lines)))
    if source.kind in ("txt", "md") and not is_pasted:
        lines = unwrap(lines)
    body, annex = _without_annexes(lines)
    if annex and not _holds_plan(body):
        body, annex = lines, []
    flat = read_flattened(body)
    lines = [line for line in body if line.text]
    if (glued_table := read_glued(lines)) is not None and not flat.drafts:
        parts.drafts, parts.notes, parts.findings = (
            glued_table.drafts,
            glued_table.notes,
            glued_table.findings,
        )
        parts.front, parts.annexes = glued_table.front, read_annex_lines(annex)
        return parts
    if flat.drafts and any(draft.statements for draft in flat.drafts):
        parts.drafts, parts.notes = flat.drafts, flat.notes
        start = next((line.place for line in body[flat.start or 0 :]), "")
    else:
        prose = read_prose(lines)
        parts.drafts, parts.notes = split_cells(prose.drafts), prose.notes
        if len(parts.drafts) == 1 and not any(
            statement.header or has_role(statement.text) for statement in parts.drafts[0].statements
        ):
            parts.drafts = []  # one bracket with a name in it makes no plan
        start = prose.drafts[0].place if prose.drafts else ""
        if parts.drafts and prose.unanswered:
            place, text = prose.unanswered[0]
            parts.findings.append(problems.UNANSWERED.at(place, count=len(prose.unanswered), text=text[:20]))
    if not parts.drafts:
        parts.why = "没有找到表头，也没有括注责任单位的条目。"
        return parts
    if all(line.place != start for line in lines):
        start = start.rsplit("#", 1)[0]  # an item of a line that holds several
    position = next((n for n, line in enumerate(lines) if line.place == start), 0)
    parts.front = [line.text for line in lines[:position]]
    letter_end = next(
        (n for n, paragraph in enumerate(paragraphs) if paragraph.place == start), len(paragraphs)
    )
    parts.letter = paragraphs[:letter_end]
    parts.back = [line.text for line in lines[position:] if len(line.text) <= 80][-6:]
    parts.annexes = read_annex_lines(annex)
    return parts


def _holds_plan(lines: Sequence[TextLine]) -> bool:
    """Whether the plan is among these lines; a letter alone is none, its plan stands under 附件."""
    return any(draft.statements for draft in read_flattened(lines).drafts) or bool(
        read_prose([line for line in lines if line.text]).drafts
    )


def _without_annexes(lines: Sequence[TextLine]) -> tuple[list[TextLine], list[TextLine]]:
    """The lines before the annexes, and the annexes; a letter's list of annexes is none of them."""
    last_plan = 0
    for position, line in enumerate(lines):
        if line.text and _ANNEX_LINE.match(line.text):
            rest = lines[position + 1 :]
            shorts = [other for other in rest if other.text]
            if shorts and all(len(other.text) <= 60 for other in shorts) and position > len(lines) // 3:
                return list(lines[:position]), list(lines[position:])
            last_plan = position
    del last_plan
    return list(lines), []
