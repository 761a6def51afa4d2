"""The rows of a table whose cells had run together: each begins with its number.

    1开展普查市统计局6月底2公布结果市统计局年底二、改进服务3设立专窗市政务中心9月

Numbers count only where they run on (1, 2, 3 …, or again from 1 behind a heading), in one manner (with a mark or
without), and where no measure follows (2个, 3月). A bare number counts only where a cell can have ended: behind a
unit, a time, a full stop, a bracket, a blank or a line break. Headings at the end of a row belong to the rows below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.reading.headings import Rank
from tracker.reading.headings import leading_number
from tracker.reading.running.gluedcells import ends_in_time

_WITH_MARK = re.compile(r"(?<![\d.．年月第〔（(%])(?P<no>\d{1,3})[.．、](?!\d)")
_BARE = re.compile(
    r"(?:(?<![\d.．第〔（(%至到—\-~])|(?<=20\d\d-\d\d-\d\d))(?P<no>\d{1,3})(?![\d.．、年月日号时%％])"
)
# A number that begins its line, headings before it aside.
_AT_LINE = re.compile(r"(?:(?<=\n)|^)(?P<lead>[^\d\n。；]{0,90})(?P<no>\d{1,3})[.．、]?(?![\d%％])")
# Where a cell can have ended.
_OVER = re.compile(
    r"(?:[。；！）)\]】\n \u3000局委办厅部院处科站队所馆校会行村镇乡街区县市州府心司团位门构业道前底内日旬初末期]|^)$"
)
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])(?:[^。；，,\d]|[（(]\d+[^（）()]{0,6}[)）]){2,40}$"
)

# How far behind the head the first row may begin, how short a row may be, and how long the headings before one.
_FURTHEST_FIRST = 400
_SHORTEST_ROW = 4
_LONGEST_HEADINGS = 200
_MOST_HEADINGS = 3
# How many numbers may be left out of a list whose rows begin their lines.
_GAP = 5


@dataclass(frozen=True, slots=True)
class GluedRow:
    """A row: where it begins and ends in the text, its number, and the headings that stand before it."""

    start: int
    end: int
    no: str
    headings: tuple[str, ...] = ()


def cut_rows(text: str, start: int) -> list[GluedRow]:
    """The rows of a text from a place on; empty if no numbers run on in it."""
    return max((_cut(text, start, pattern) for pattern in (_WITH_MARK, _BARE, _AT_LINE)), key=len)


def _cut(text: str, start: int, pattern: re.Pattern[str]) -> list[GluedRow]:
    numbers = _chain(text, start, pattern)
    if not numbers:
        return []
    rows: list[GluedRow] = []
    above = _headings(text[start : numbers[0].start("no")])[1]
    stops = [number.start("no") for number in numbers[1:]] + [len(text)]
    for number, stop in zip(numbers, stops, strict=True):
        tail = max(number.end(), stop - _LONGEST_HEADINGS)
        cut, below = _headings(text[tail:stop])
        rows.append(GluedRow(number.end(), tail + cut, number["no"], above))
        above = below
    return rows


def _chain(text: str, start: int, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """The numbers that begin the rows: each the next one of the number before, the first of those that can be it."""
    numbers: list[re.Match[str]] = []
    for match in pattern.finditer(text, start):
        number, at = int(match["no"]), match.start("no")
        if pattern is _AT_LINE and match["lead"].strip() and _headings(match["lead"])[0]:
            continue
        if not numbers:
            if at - start > _FURTHEST_FIRST and text[at - 1] != "\n":
                break
            if not _headings(text[start:at].strip())[0] or text[at - 1] == "\n":
                numbers.append(match)
            continue
        last = int(numbers[-1]["no"])
        follows = number == last + 1 or (pattern is _AT_LINE and last < number <= last + _GAP)
        if at - numbers[-1].end() < _SHORTEST_ROW or not (follows or number == 1):
            continue
        behind = text[max(numbers[-1].end(), at - _LONGEST_HEADINGS) : at]
        end, headings = _headings(behind)
        if pattern is _BARE and not _is_over(behind[:end]):
            continue
        if follows or headings:
            numbers.append(match)
    return numbers


def _is_over(behind: str) -> bool:
    """Whether a cell can have ended with these words: a bare number in the middle of a sentence begins no row."""
    return bool(_OVER.search(behind[-1:])) or ends_in_time(behind[-24:])


def _headings(text: str) -> tuple[int, tuple[str, ...]]:
    """Where the headings at the end of a text begin, and the headings; its length and none if there are none."""
    headings: list[str] = []
    end = len(text.rstrip())
    while len(headings) < _MOST_HEADINGS and (heading := _HEADING.search(text, 0, end)) is not None:
        # Of a run of headings the pattern finds the outermost first; each is peeled off from the right.
        inner = [
            match.start() + heading.start()
            for match in re.finditer(
                r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]", heading[0]
            )
        ]
        at = inner[-1]
        number = leading_number(text[at:end])
        if number is None or number.rank > Rank.HAN_BRACKET or not number.rest:
            break
        headings.insert(0, text[at:end].strip())
        end = len(text[:at].rstrip())
    return (end if headings else len(text)), tuple(headings)
