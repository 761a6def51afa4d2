"""Headings without a number: styled as one, or short lines between tasks in a text that numbers no headings.

heading 1   抓好春耕备耕        a style that is used more than once opens a level; one that is used once is the title
（no style）抓好春耕备耕        a short line before a task, where no 一、 and no （一） stands in the text
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from tracker.reading.headings import Rank
from tracker.reading.headings import is_heading
from tracker.reading.headings import leading_number
from tracker.reading.running.segments import Segment

_LEVELS = (Rank.HAN, Rank.HAN_BRACKET)
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
_LONGEST = 30
_NO_HEADING = re.compile(r"\d{4}\s*年|[：:，,；;]|^附|^[（(]|号$|通知$")
# 第一条线：精密监测
_COUNT_LABEL = re.compile(
    r"^(?:第[一二三四五六七八九十]{1,3}\w{0,4}|\w{1,4}[一二三四五六七八九十]{1,3})[:：]"
)


def headlines(segments: Sequence[Segment]) -> dict[str, Rank]:
    """The places of the headings without a number, and their level."""
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
    short = [
        segment.place
        for segment, next_segment in pairwise(segments)
        if _is_short(segment) and next_segment.cut.statements and next_segment.cut.text.strip()
    ]
    rank = Rank.HAN_BRACKET if ranks & {Rank.PART, Rank.CHAPTER} else Rank.HAN
    return dict.fromkeys(short, rank) if len(short) > 1 else {}


def _is_short(segment: Segment) -> bool:
    text = segment.text.strip()
    return (
        not segment.cut.statements
        and leading_number(text) is None
        and 2 <= len(text) <= _LONGEST
        and is_heading(text)
        and not text.endswith("。")
        and not _NO_HEADING.search(_COUNT_LABEL.sub("", text))
    )
