"""From a stretch that holds names to entries: brackets, signs and 等 taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.model import Role
from tracker.reading.clauses import brackets
from tracker.reading.clauses import cutting
from tracker.reading.clauses import marks
from tracker.reading.clauses.brackets import Sort
from tracker.reading.clauses.clause import Clause
from tracker.reading.clauses.clause import Sense

_SENSES = {Sort.ROLE: Sense.ROLE, Sort.PART: Sense.PART, Sort.NOTE: Sense.NOTE}
# Brackets that offices use for footnotes: 市教育局[1].
_FOOTNOTE_BRACKETS = "[［〔"


@dataclass(frozen=True, slots=True)
class Named:
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


def named_in(clause: Clause, start: int, end: int) -> Iterator[Named]:
    """The names in a stretch that holds nothing else."""
    at = start
    for span in cutting.split_names(clause.folded, clause.plain, start, end):
        clause.mark(at, span.start, Sense.MARK)
        at = span.end
        yield _named(clause, *clause.trim(span.start, span.end))


def _named(clause: Clause, start: int, end: int) -> Named:
    start, end = _without_stars(clause, start, end)
    role: Role | None = None
    part = ""
    nested: tuple[int, int] | None = None
    while (opening := clause.bracket_ending_at(end)) is not None and opening > start:
        content = clause.folded[opening + 1 : end - 1]
        sort = brackets.sort_of_bracket(content)
        if sort is Sort.NAME:
            break
        if sort is Sort.CLAUSE:
            nested = (opening, end)
        elif sort is Sort.PART and clause.text[opening] in _FOOTNOTE_BRACKETS and content.strip().isdecimal():
            clause.mark(opening, end, Sense.MARK)
        else:
            clause.mark(opening, end, _SENSES.get(sort, Sense.REFERENCE))
            role = brackets.role_of_bracket(content) if sort is Sort.ROLE else role
            part = clause.text[opening + 1 : end - 1].strip() if sort is Sort.PART else part
        end = opening
    cut = cutting.and_others(clause.plain, start, end)
    clause.mark(cut, end, Sense.AND_OTHERS)
    start, end = clause.trim(start, cut)
    clause.mark(start, end, Sense.NAME)
    return Named(re.sub(r"\s+", "", clause.text[start:end]), (start, end), role, part, nested)


def _without_stars(clause: Clause, start: int, end: int) -> tuple[int, int]:
    while start < end and clause.plain[start] in marks.STARS:
        start += 1
    while end > start and clause.plain[end - 1] in marks.STARS:
        end -= 1
    return start, end
