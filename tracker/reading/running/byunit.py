"""Lists by unit in running text: each heading is the name of a unit, the items below it are its tasks.

一、市甲局            一、市甲局            市甲局：
1.开展普查。          （一）开展普查。      1.开展普查。（配合单位：市丙局）
2.公布结果。          （二）公布结果。      2.公布结果。

Two such headings at least, at one level, and no more headings at that level which are no names: else it is an
ordinary text. What a unit of a heading does is said before the first of them (标题所列单位为牵头单位); without a
word it is responsible.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tracker.reading.headings import Rank
from tracker.reading.headings import leading_number
from tracker.reading.plans.drafts import Field
from tracker.reading.plans.drafts import RoleStatement
from tracker.reading.running.segments import Segment
from tracker.reading.running.statements import has_role
from tracker.reading.running.statements import is_names
from tracker.reading.running.statements import name_of

_LONGEST = 40
_LEADS = re.compile(r"标题[^。；，]{0,10}(?:单位|部门)?(?:均)?(?:为|是)(?:第一)?(?:牵头|主办)")
# 各部分标题所列单位为牵头单位，括号内为配合单位: names of places in the text, not of units.
_ON_FORM = re.compile(
    r"(?:标题|括号)(?:所列|所示|内|中|里)?[^。；，]{0,10}(?:为|是|系)(?:第一)?(?:牵头|主办|责任|配合|承办|协办)"
)
_FEWEST = 2


def unit_headings(segments: Sequence[Segment]) -> dict[str, tuple[Rank, RoleStatement]]:
    """The places of headings that are names of units, with their level and what they say."""
    by_place: dict[str, tuple[Rank, str]] = {}
    others: Counter[Rank] = Counter()
    for position, segment in enumerate(segments):
        number = leading_number(segment.text)
        next_segment = segments[position + 1] if position + 1 < len(segments) else None
        rank = number.rank if number is not None else Rank.HAN
        body = (number.rest if number is not None else segment.text).strip(" ：:")
        name = re.sub(r"[（(][^（）()]*[)）]$", "", body)
        is_item = bool(segment.cut.statements and segment.cut.text.strip())
        if (
            is_item
            or not _is_name(name)
            or (number is None and not _heads(segment, next_segment, segments[:position]))
        ):
            if number is not None:
                others[rank] += 1
            continue
        by_place[segment.place] = (rank, name_of(body))
    ranks = Counter(rank for rank, _ in by_place.values())
    if not ranks:
        return {}
    rank = min(ranks, key=lambda candidate: (-ranks[candidate], candidate))
    if ranks[rank] < _FEWEST or others[rank] > ranks[rank]:
        return {}
    first = next(position for position, segment in enumerate(segments) if segment.place in by_place)
    leads = any(_LEADS.search(segment.text) for segment in segments[:first])
    field = Field.LEAD if leads else Field.RESPONSIBLE
    return {
        place: (rank, RoleStatement(name, field, place=place))
        for place, (own_rank, name) in by_place.items()
        if own_rank is rank
    }


def speaks_of_form(text: str) -> bool:
    """Whether a sentence says where in the text the units stand, and names none itself.

    >>> speaks_of_form("各部分标题所列单位为牵头单位，括号内为配合单位。"), speaks_of_form("市甲局为牵头单位")
    (True, False)
    """
    return bool(_ON_FORM.search(text))


def _is_name(name: str) -> bool:
    return len(name) <= _LONGEST and not re.search(r"[，,；;。]", name) and is_names(name)


def _heads(segment: Segment, next_segment: Segment | None, before: Sequence[Segment]) -> bool:
    """Whether a line without a number stands above items: no addressee of a letter, and not the end of an item."""
    text = segment.text.rstrip()
    if (text.endswith(("：", ":")) and "各" in text) or has_role(text) or next_segment is None:
        return False
    first = next(
        (position for position, segment in enumerate(before) if leading_number(segment.text) is not None),
        None,
    )
    closes = first is not None and not any(is_names(segment.text.strip("：: ")) for segment in before[:first])
    return leading_number(next_segment.text) is not None and not closes
