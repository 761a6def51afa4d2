"""Finding everything that a phrase says about time, from left to right, nothing twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from tracker.reading.deadlines.dates import find_date
from tracker.reading.deadlines.mentions import Mention
from tracker.reading.deadlines.mentions import MentionSort
from tracker.reading.deadlines.mentions import PhraseContext
from tracker.reading.deadlines.mentions import Precision
from tracker.reading.deadlines.repeats import find_repeat
from tracker.reading.deadlines.repeats import find_steady
from tracker.reading.deadlines.spans import find_span

# Repetitions first: 一月一调度 begins like the month of January.
_FINDERS: tuple[Callable[[str, int, PhraseContext], Mention | None], ...] = (
    find_repeat,
    find_date,
    find_span,
    lambda text, at, _: find_steady(text, at),
)
# No mention begins with another character; most of a sentence is passed over with one look.
_BEGINNINGS = frozenset(
    "0123456789零〇一二两三四五六七八九十廿百元半每逢按逐各分隔双单天日周月季年岁全今本当明下次翌来后去上前第Qq定不长持常动经间滚始久自从即一印发公季"
    '五三七八六国劳妇青儿建教植“"‘「'
)
_HANDS_ON = re.compile(r"[月季半./-]|\d{6}")
# The name of a document may hold a year that is nobody's limit.
_TITLE = re.compile(r"《[^《》]*》")


def scan(text: str, context: PhraseContext) -> tuple[Mention, ...]:
    """Find every mention of time in a folded phrase, in the order written."""
    masked_text = _TITLE.sub(lambda match: "□" * len(match.group()), text)
    mentions: list[Mention] = []
    at = 0
    while at < len(masked_text):
        first_mention = None
        if masked_text[at] in _BEGINNINGS:
            first_mention = next(
                (mention for find in _FINDERS if (mention := find(masked_text, at, context))), None
            )
        if first_mention is None:
            at += 1
            continue
        mentions.append(first_mention)
        context = replace(context, year=_year_for_the_next(first_mention, masked_text, context))
        at = max(first_mention.end, at + 1)
    return tuple(mentions)


def _year_for_the_next(mention: Mention, text: str, context: PhraseContext) -> int | None:
    """The year that a later day without one belongs to.

    Only a written month, quarter or half-year hands its year on: 2022年5月验收，6月移交. An aim (到2025年) and a year
    end do not; nor does, inside a sentence, a year that was over before the plan's began.
    """
    if (
        mention.due is None
        or mention.sort not in (MentionSort.DAY, MentionSort.START)
        or mention.precision is Precision.YEAR
    ):
        return context.year
    is_past = context.plan_year is not None and mention.due.year < context.plan_year
    if (is_past and not context.whole) or not _HANDS_ON.search(text[mention.start : mention.end]):
        return context.year
    return mention.due.year
