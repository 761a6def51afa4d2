"""Cutting a clause into statements, each with the label before it.

Places are places in the folded text (`marks.fold`) after `blanks.pack`: a blank that is left separates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tracker.reading.clauses import cutting
from tracker.reading.clauses import marks
from tracker.reading.clauses import names
from tracker.reading.clauses import words
from tracker.reading.clauses.marks import EDGE
from tracker.reading.clauses.marks import SEPARATORS

_DOTS = ".·•"


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement between two marks.

    Attributes:
        start: Where it begins, its label included.
        label_end: Where its label ends; `start` if it has none.
        end: Where it ends.
        mark: The mark before it: `、` joins names of one rank, `，` ranks of one clause.
    """

    start: int
    label_end: int
    end: int
    mark: str


def split_statements(plain: str) -> Iterator[Piece]:
    """The statements of a clause, in order, with their labels.

    A mark inside brackets or quotations separates nothing. A blank or a line break separates where a complete
    name, role word or label stands on its left; otherwise it belongs into the name (市 民 政 局).
    """
    start, mark = 0, "。"
    for at in [*_breaks(plain), len(plain)]:
        labels = _labels(plain, start, at)
        first = labels[0][0] if labels else at
        if start < first:
            yield from _pieces(plain, Piece(start, start, first, mark))
            mark = "，"
        for (label_start, label_end), (next_start, _) in pairwise([*labels, (at, at)]):
            yield from _pieces(plain, Piece(label_start, label_end, next_start, mark))
            mark = "，"
        start = at + 1
        if at < len(plain):
            mark = plain[at] if plain[at] in "，；。\n " else "、"


def _pieces(plain: str, piece: Piece) -> Iterator[Piece]:
    """The statement, cut between names whose separator was lost."""
    first, *others = cutting.at_lost_separators(plain, piece.label_end, piece.end)
    yield Piece(piece.start, piece.label_end, first.end, piece.mark)
    for span in others:
        yield Piece(span.start, span.start, span.end, "、")


def _labels(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """Labels with a colon anywhere in the statement, and one without a colon at its head."""
    labels: list[tuple[int, int]] = []
    at = start
    while (colon := plain.find("：", at, end)) >= 0:
        head = plain[at:colon]
        matches = [
            match
            for match in words.KNOWN_LABEL.finditer(plain, at, colon)
            if not plain[match.end() : colon].strip(" ）")
        ]
        whole_matches = [match for match in matches if match.end() <= colon]
        core = head.strip(EDGE + "（）" + marks.BLANK)
        if whole_matches and names.is_unit(plain[at : whole_matches[0].start()].strip(EDGE)):
            labels.append((whole_matches[0].start(), colon + 1))
        elif words.is_label(re.sub(r"（□*）|\s", "", core)):
            labels.append((at, colon + 1))
        elif whole_matches:
            labels.append((whole_matches[0].start(), colon + 1))
        at = colon + 1
    if not labels or labels[0][0] > start:
        begin = start
        while begin < end and plain[begin] in EDGE:
            begin += 1
        bare = words.BARE_LABEL.match(plain, begin, end)
        limit = labels[0][0] if labels else end
        if bare:
            rest = plain[bare.end() : limit].strip(EDGE)
            first = re.split(r"[牵负配协参按分]", rest)[0] if rest else ""
            if names.starts_like_unit(rest) and (names.is_unit(rest) or names.is_unit(first)):
                labels.insert(0, (begin, bare.end()))
    return labels


def _breaks(plain: str) -> list[int]:
    """Places of the marks that separate statements."""
    places: list[int] = []
    start = 0
    for at, letter in enumerate(plain):
        if letter in SEPARATORS or letter == " " or (letter in _DOTS and _parts_names(plain, start, at)):
            places.append(at)
            start = at + 1
    return places


def _parts_names(plain: str, start: int, at: int) -> bool:
    """Whether a dot stands between two names."""
    right = re.split(rf"[{SEPARATORS}{_DOTS}（]", plain[at + 1 : at + 2 * names.LONGEST])[0]
    return names.is_unit(plain[max(start, at - 2 * names.LONGEST) : at].strip(EDGE)) and names.is_unit(
        right.strip(EDGE)
    )
