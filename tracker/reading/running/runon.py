"""Paragraphs that run on: several items one behind the other, without a line break between them.

    （一）甲事。（市甲局牵头）乙事。（市乙局负责）2.丙事。责任单位：市丙局3.丁事。责任单位：市丁局

A statement of units ends its item: a bracket behind the end of a sentence (or before one), or a label up to the
next number or the end of its sentence. Headings that stand in front of the first item are cut off one by one.

    >>> run_on("（一）甲事。（市甲局牵头）乙事。（市乙局负责）")
    ['（一）甲事。（市甲局牵头）', '乙事。（市乙局负责）']
    >>> run_on("一、总则（一）公开1.甲事。责任单位：市甲局2.乙事。责任单位：市乙局")
    ['一、总则', '（一）公开', '1.甲事。责任单位：市甲局', '2.乙事。责任单位：市乙局']

A line that lost all its breaks is cut at its numbers, where they run on and nearly every piece ends in names:

    >>> run_on("任务单位1.甲事。市甲局、市乙局2.乙事。市丙局、市丁局3.丙事。市甲局、市丁局二、改进服务4.丁事。市甲局、市乙局")[1:5]
    ['1.甲事。市甲局、市乙局', '2.乙事。市丙局、市丁局', '3.丙事。市甲局、市丁局', '二、改进服务']
"""

from __future__ import annotations

import re

from tracker.reading.clauses import closing_bracket
from tracker.reading.clauses.marks import bracket_pairs
from tracker.reading.clauses.marks import fold_characters
from tracker.reading.headings import leading_number
from tracker.reading.running.statements import at_end
from tracker.reading.running.statements import has_label
from tracker.reading.running.statements import is_names
from tracker.reading.running.statements import label_ends

_SPEAKS = re.compile(
    r"牵头|负责|配合|责任|落实|协办|承办|主办|参与|单位|部门|[局委办厅]|各|机关|中心|政府|公司"
)
_NEXT = re.compile(
    r"[（(][一二三四五六七八九十]{1,3}[)）]|(?<![\d.．年月第])\d{1,3}[.．、](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]"
)

_COUNT = re.compile(r"(?<![\d.．年月第〔])(\d{1,3})(?:[.．、](?!\d)|\s(?=[一-鿿]))")
_TRAILING_HEADING = re.compile(r"(?<=[^。，；：、])[一二三四五六七八九十]{1,3}、[^。，；：]{4,40}$")


def run_on(text: str) -> list[str]:
    """The items of a paragraph; the paragraph alone when it holds but one statement."""
    ends = sorted(set(_bracket_ends(text)) | (set(label_ends(text)) if has_label(text) else set()))
    parts: list[str] = []
    start = 0
    for end in [*ends, len(text)]:
        part = text[start:end].strip()
        if part.strip(" 　。；;"):
            parts.append(part)
        start = max(start, end)
    if len(parts) < 2:
        return _by_numbers(text)
    return [piece for part in parts for piece in _peeled(part)]


def _by_numbers(text: str) -> list[str]:
    """The items of a line that is numbered throughout, when nearly all of them end in names; else the line whole."""
    starts: list[int] = []
    next_number = 0
    for match in _COUNT.finditer(text):
        number = int(match[1])
        if not starts or number == next_number:
            starts.append(match.start())
            next_number = number + 1
    if len(starts) < 3:
        return [text]
    pieces = [text[: starts[0]]]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        piece = text[start:end]
        heading = _TRAILING_HEADING.search(piece)
        pieces += [piece[: heading.start()], heading[0]] if heading else [piece]
    pieces = [piece.strip() for piece in pieces if piece.strip()]
    statement_count = sum(bool(at_end(piece).statements) for piece in pieces if _COUNT.match(piece))
    return pieces if statement_count * 4 >= len(starts) * 3 else [text]


def _bracket_ends(text: str) -> list[int]:
    folded_text = fold_characters(text)
    ends: list[int] = []
    start = 0
    for bracket_start, bracket_end in sorted(bracket_pairs(folded_text).items()):
        if (
            folded_text[bracket_start] != "（"
            or bracket_start < start
            or not _SPEAKS.search(text[bracket_start:bracket_end])
        ):
            continue
        before, after = text[:bracket_start].rstrip()[-1:], text[bracket_end + 1 :].lstrip()[:1]
        if before not in "。；！;!" and after not in ("", "。", "；", "\n"):
            continue
        states = before in "。；！;!" and is_names(text[bracket_start + 1 : bracket_end])
        if states or closing_bracket(text[start : bracket_end + 1]) is not None:
            start = bracket_end + 1
            while start < len(text) and text[start] in "。；; 　":
                start += 1
            ends.append(start)
    return ends


def _peeled(text: str) -> list[str]:
    """Headings cut off the front of an item: each a number and a few words before a number of a deeper level."""
    pieces: list[str] = []
    while (number := leading_number(text)) is not None:
        next_mark = _NEXT.search(text, len(number.mark) + 1)
        if next_mark is None or next_mark.start() > 40 or re.search(r"[。；，：]", text[: next_mark.start()]):
            break
        deeper = leading_number(text[next_mark.start() :])
        if deeper is None or deeper.rank <= number.rank:
            break
        pieces.append(text[: next_mark.start()].strip())
        text = text[next_mark.start() :]
    return [*pieces, text.strip()]
