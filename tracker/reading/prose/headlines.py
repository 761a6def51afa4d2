"""Headings without a number: styled as one, or short lines between tasks in a text that numbers no headings.

heading 1   抓好春耕备耕        a style that is used more than once opens a level; one that is used once is the title
（no style）抓好春耕备耕        a short line before a task, where no 一、 and no （一） stands in the text; or one above the
                              sentences of every task
6月底前：                     a line that says by when and nothing else, where all such lines stand above items
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from tracker import patterns as re
from tracker.numerals import HAN
from tracker.reading.lines import Rank, is_heading, leading_number
from tracker.reading.prose.beside import signs_day
from tracker.reading.prose.segments import SENTENCE_ENDS, Segment, is_time_alone

_LEVELS = (Rank.HAN, Rank.HAN_BRACKET)
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
_LONGEST = 30
_FEWEST_BLOCKS = 3
_NO_HEADING = re.compile(r"\d{4}\s*年|[：:，,；;]|^附|^[（(]|号$|通知$")
# 第一条线：精密监测
COUNT_LABEL = re.compile(rf"^(?:第[{HAN}]{{1,3}}\w{{0,4}}|\w{{1,4}}[{HAN}\d]{{1,3}})[:：]")


def headlines(segments: Sequence[Segment]) -> dict[str, Rank]:
    """The places of the headings without a number, and their level."""
    if times := _heads_by_time(segments):
        return dict.fromkeys(times, Rank.PART)
    ranks = {number.rank for segment in segments if (number := leading_number(segment.text))}
    style_levels = {
        segment.place: int(style[1])
        for segment in segments
        if (style := _HEADING_STYLE.search(segment.style))
        and leading_number(segment.text) is None
        and not segment.cut.statements
    }
    counts = Counter(style_levels.values())
    common_levels = sorted(level for level, count in counts.items() if count > 1)
    outer = (Rank.PART, Rank.CHAPTER) if Rank.HAN in ranks else _LEVELS
    if common_levels:
        of = dict(zip(common_levels, outer, strict=False))
        return {place: of[level] for place, level in style_levels.items() if level in of}
    if ranks & {Rank.HAN, Rank.HAN_BRACKET}:
        return {}
    short = _heads_of_blocks(segments) or [
        segment.place
        for segment, next_segment in pairwise(segments)
        if _is_short(segment)
        and (next_segment.cut.statements or (next_segment.cut.deadline and not next_segment.cut.text.strip()))
    ]
    rank = Rank.HAN_BRACKET if ranks & {Rank.PART, Rank.CHAPTER} else Rank.HAN
    return dict.fromkeys(short, rank) if len(short) > 1 else {}


def _heads_by_time(segments: Sequence[Segment]) -> list[str]:
    """The places of lines that say by when and nothing else, where the first stands above the first item and all above items."""
    items = [
        leading_number(segment.text) is not None or bool(segment.cut.statements and segment.cut.text.strip())
        for segment in segments
    ]
    times = [
        at
        for at, segment in enumerate(segments)
        if not segment.cut.deadline
        and not signs_day(segment.text)
        and is_time_alone(segment.text.rstrip("：: "))
    ]
    above = [at for at in times if not items[at] and any(items[at + 1 : at + 2])]
    first = items.index(True) if True in items else 0
    return (
        [segments[at].place for at in above] if len(above) > 1 and above == times and above[0] < first else []
    )


def _heads_of_blocks(segments: Sequence[Segment]) -> list[str]:
    """The places of short lines, where one stands above the sentences of every block that ends in statements."""
    blocks: list[list[Segment]] = [[]]
    for before, segment in zip((None, *segments), segments, strict=False):
        if before is not None and says_only(before) and not says_only(segment):
            blocks.append([])
        blocks[-1] += [] if says_only(segment) else [segment]
    heads: list[str] = []
    for block in blocks:
        at = next((n for n, segment in enumerate(block) if segment.text.endswith(SENTENCE_ENDS)), 0)
        is_head = at and _is_short(block[at - 1]) and (at == 1 or block is blocks[0])
        if not is_head or any(segment.cut.statements for segment in block):
            return []
        heads.append(block[at - 1].place)
    return heads if len(heads) >= _FEWEST_BLOCKS else []


def says_only(segment: Segment) -> bool:
    """Whether a segment says who or by when, and nothing else."""
    return bool(segment.cut.statements or segment.cut.deadline) and not segment.cut.text.strip(" 　。；;")


def _is_short(segment: Segment) -> bool:
    text = segment.text.strip()
    return (
        not segment.cut.statements
        and leading_number(text) is None
        and 2 <= len(text) <= _LONGEST
        and is_heading(text)
        and not text.endswith("。")
        and not _NO_HEADING.search(COUNT_LABEL.sub("", text))
    )
