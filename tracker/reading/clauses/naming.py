"""From a stretch that holds names to entries: brackets, signs and 等 taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.model import Role
from tracker.reading.clauses import brackets
from tracker.reading.clauses import cutting
from tracker.reading.clauses import marks
from tracker.reading.clauses.brackets import BracketSort
from tracker.reading.clauses.clause import Clause
from tracker.reading.clauses.clause import Sense

_SENSES = {BracketSort.ROLE: Sense.ROLE, BracketSort.PART: Sense.PART, BracketSort.NOTE: Sense.NOTE}
# Brackets that offices use for footnotes: 市教育局[1].
_FOOTNOTE_BRACKETS = "[［〔"


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name, and what its brackets say.

    Attributes:
        name: As written, without blanks; empty if nothing was left.
        span: Where it stands.
        role: What a bracket behind it says: 市教育局（牵头）.
        part: Its share: 市教育局（校园部分）.
        clause: A bracket behind it that is a clause of its own: 市教育局（市财政局配合）.
    """

    name: str
    span: tuple[int, int]
    role: Role | None = None
    part: str = ""
    clause: tuple[int, int] | None = None


def written_names(clause: Clause, start: int, end: int) -> Iterator[WrittenName]:
    """The names in a stretch that holds nothing else."""
    at = start
    for span in cutting.split_names(clause.folded_text, clause.plain, start, end):
        clause.mark(at, span.start, Sense.MARK)
        at = span.end
        yield _written_name(clause, *clause.trim(span.start, span.end))


def _written_name(clause: Clause, start: int, end: int) -> WrittenName:
    start, end = _without_stars(clause, start, end)
    role: Role | None = None
    part = ""
    nested_clause: tuple[int, int] | None = None
    while (bracket_start := clause.bracket_ending_at(end)) is not None and bracket_start > start:
        content = clause.folded_text[bracket_start + 1 : end - 1]
        sort = brackets.sort_of_bracket(content)
        if sort is BracketSort.NAME:
            break
        if sort is BracketSort.CLAUSE:
            nested_clause = (bracket_start, end)
        elif (
            sort is BracketSort.PART
            and clause.text[bracket_start] in _FOOTNOTE_BRACKETS
            and content.strip().isdecimal()
        ):
            clause.mark(bracket_start, end, Sense.MARK)
        else:
            clause.mark(bracket_start, end, _SENSES.get(sort, Sense.REFERENCE))
            role = brackets.role_of_bracket(content) if sort is BracketSort.ROLE else role
            part = clause.text[bracket_start + 1 : end - 1].strip() if sort is BracketSort.PART else part
        end = bracket_start
    cut = cutting.and_others(clause.plain, start, end)
    clause.mark(cut, end, Sense.AND_OTHERS)
    start, end = clause.trim(start, cut)
    clause.mark(start, end, Sense.NAME)
    return WrittenName(re.sub(r"\s+", "", clause.text[start:end]), (start, end), role, part, nested_clause)


def _without_stars(clause: Clause, start: int, end: int) -> tuple[int, int]:
    while start < end and clause.plain[start] in marks.STARS:
        start += 1
    while end > start and clause.plain[end - 1] in marks.STARS:
        end -= 1
    return start, end
