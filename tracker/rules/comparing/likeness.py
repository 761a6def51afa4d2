"""How alike two items of different plans are, between 0 and 1.

Within a year an edition repeats its words, and `rules.plans.identity` compares letter by letter. From one year to the
next, and from one level to the other, a text is written anew: sentences change places, names of the year come and go,
and what stays are the words that say what it is about. So a text is the set of its pairs of neighbouring letters, and a
pair weighs the more the fewer items of both plans have it: 公开 and 推进 stand in every item and weigh next to nothing.

    shared      weight of the pairs that both have, against the mean weight of the two texts (Dice's coefficient)
    contained   the same against the lighter text: how much of the shorter one stands in the longer one
    likeness    0.55 shared + 0.35 contained + 0.10 of what their headings share

Years, the numbers of headings and the documents that a text refers to (按照《…》, 《…》（…号）) say nothing of what is to
be done and are left out. A text of fewer than four letters is like itself only.

    >>> ours = ("公开部门预算和决算，细化到项级科目", "按月发布环境空气质量", "及时公布义务教育招生范围")
    >>> theirs = ("推进财政预算、决算公开", "公布义务教育学校招生范围和结果")
    >>> scale = Scale([*ours, *theirs])
    >>> [max(range(3), key=lambda n: scale.likeness(text, ours[n])) for text in theirs]
    [0, 2]
    >>> scale.likeness(ours[0], ours[0]), scale.likeness(ours[0], ours[1])
    (1.0, 0.0)
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping

from tracker.rules.plans.identity import bare

SHARE_WEIGHT, CONTAINMENT_WEIGHT, HEADING_WEIGHT = 0.55, 0.35, 0.10
# Two candidates closer than this are for a person to decide.
TIE = 0.03

_YEAR = re.compile(r"(?:19|20)\d\d年?度?|今年|本年度?|全年")
_NUMBER = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十]+[、.．条章]|[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、])"
)
_CITATION = re.compile(
    r"(?:按照|根据|依据|依照|对照|落实|执行)《[^《》]+(?:《[^《》]*》[^《》]*)?》(?:[（(][^（）()]*[）)])?(?:的?(?:要求|规定|精神))?"
    r"|《[^《》]+(?:《[^《》]*》[^《》]*)?》[（(][^（）()]*号[）)](?:的?(?:要求|规定|精神))?"
)
_LEAST = 4


def words(text: str) -> str:
    """What of a text is compared: no marks, no years, no number in front, no document that it only refers to.

    >>> words("3.按照《关于做好公报工作的通知》（某府办〔2018〕18号）要求，2018年办好公报")
    '办好公报'
    """
    return bare(_YEAR.sub("", _CITATION.sub("", _NUMBER.sub("", text))))


def _letter_pairs(text: str) -> frozenset[str]:
    return frozenset(text[n : n + 2] for n in range(len(text) - 1))


class Scale:
    """What pairs of letters weigh in two plans, and how alike their items are by it."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._known: dict[str, tuple[str, frozenset[str], float]] = {}
        bags = [_letter_pairs(words(text)) for text in texts]
        counts = Counter(pair for bag in bags for pair in bag)
        self._most = len(bags) + 1
        # 0 for a pair that stands in every item, the full weight for one that stands in one or two.
        self._weights: Mapping[str, float] = {
            pair: math.log(self._most / max(count, 2)) for pair, count in counts.items()
        }

    def likeness(self, one: str, other: str, *, headings: tuple[str, str] = ("", "")) -> float:
        """How alike two texts are; `headings` are the parts and tasks that they stand under."""
        bare_one, _, _ = self._bag(one)
        bare_other, _, _ = self._bag(other)
        if bare_one == bare_other:
            return 1.0
        if min(len(bare_one), len(bare_other)) < _LEAST:
            return 0.0
        share, containment = self._shares(one, other)
        if not all(headings):
            return round(
                (SHARE_WEIGHT * share + CONTAINMENT_WEIGHT * containment)
                / (SHARE_WEIGHT + CONTAINMENT_WEIGHT),
                4,
            )
        heading_share = 1.0 if words(headings[0]) == words(headings[1]) else self._shares(*headings)[0]
        return round(
            SHARE_WEIGHT * share + CONTAINMENT_WEIGHT * containment + HEADING_WEIGHT * heading_share, 4
        )

    def containment(self, part: str, whole: str) -> float:
        """How much of one text stands in another."""
        _, pairs, weight = self._bag(part)
        _, others, _ = self._bag(whole)
        return self._weight(pairs & others) / weight if weight else 0.0

    def _shares(self, one: str, other: str) -> tuple[float, float]:
        _, pairs, weight = self._bag(one)
        _, others, other_weight = self._bag(other)
        if not weight or not other_weight:
            return 0.0, 0.0
        both = self._weight(pairs & others)
        return 2 * both / (weight + other_weight), both / min(weight, other_weight)

    def _weight(self, pairs: Iterable[str]) -> float:
        # Summed in order, so that the same texts give the same number.
        return sum(self._weights.get(pair, math.log(self._most / 2)) for pair in sorted(pairs))

    def _bag(self, text: str) -> tuple[str, frozenset[str], float]:
        if text not in self._known:
            bare_text = words(text)
            pairs = _letter_pairs(bare_text)
            self._known[text] = bare_text, pairs, self._weight(pairs)
        return self._known[text]
