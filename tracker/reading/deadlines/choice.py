"""Which of several mentions states the time limit.

1. A day; of several the latest (4月起草，8月定稿 is due in August). A day that only bounds a repetition
   (2027年前每年) or belongs to it (每年12月底前) is none.
2. A repetition or a length of time: in one clause the repetition (每月结束后5个工作日内), else the first.
   Of several repetitions the most frequent; 定期 only where no other says how often.
3. 全年; then what has no end (长期, 持续), then what has a beginning (5月1日起).
4. Nothing.
"""

from __future__ import annotations

import re

from tracker.reading.deadlines.mentions import Mention
from tracker.reading.deadlines.mentions import MentionSort

_FREQUENCY = ("weekly", "monthly", "quarterly", "half-yearly", "yearly", "")
_LINK = re.compile(r"[、和及与或至到~-]?(?:的|于|在)?")
_UNTIL = ("-", "~", "至", "到")
_CLAUSE = re.compile(r"[,，。;；\n]")


def choose(mentions: tuple[Mention, ...], text: str) -> Mention | None:
    """Choose the mention that states the limit; the module's docstring has the order."""
    days = [
        mention
        for mention in _unbound(mentions, text)
        if mention.sort in (MentionSort.DAY, MentionSort.WRONG)
    ]
    if days:
        if days[-1].sort is MentionSort.WRONG:
            return days[-1]
        valid_days = [day for day in days if day.sort is MentionSort.DAY]
        # Without any year they stand in the order written, and the last one counts.
        return max(valid_days, key=lambda mention: (mention.due is not None, mention.due or 0, mention.start))
    repeat, span = _most_frequent(mentions), _first(mentions, MentionSort.SPAN)
    if repeat and span:
        gap = text[min(repeat.end, span.end) : max(repeat.start, span.start)]
        return (
            repeat
            if repeat.start < span.start or (repeat.has_frequency and not _CLAUSE.search(gap))
            else span
        )
    return (
        repeat
        or span
        or _first(mentions, MentionSort.WHOLE_YEAR)
        or _first(mentions, MentionSort.STEADY)
        or _first(mentions, MentionSort.START)
    )


def start_before(mentions: tuple[Mention, ...], span: Mention, text: str) -> Mention | None:
    """The day from which a length runs: 2021年起3年内, 5月1日起30日内."""
    for mention in mentions:
        if (
            mention.sort is MentionSort.START
            and mention.end <= span.start
            and not text[mention.end : span.start].strip("的在,，用")
        ):
            return mention
    return None


def _unbound(mentions: tuple[Mention, ...], text: str) -> list[Mention]:
    """The mentions without the days that belong to a repetition."""
    free_mentions: list[Mention] = []
    owner_end = -1
    for index, mention in enumerate(mentions):
        if mention.sort is MentionSort.REPEAT:
            owner_end = mention.end
        elif mention.sort is MentionSort.DAY:
            follows = (
                owner_end >= 0 and _LINK.fullmatch(text[owner_end : mention.start]) and not mention.has_year
            )
            after = mentions[index + 1] if index + 1 < len(mentions) else None
            bounds = after is not None and after.sort is MentionSort.REPEAT and after.start == mention.end
            if follows:
                owner_end = mention.end
                continue
            owner_end = -1
            # 5月1日至长期 has a beginning and no end.
            lasts = (
                after is not None
                and after.sort is MentionSort.STEADY
                and text[mention.end : after.start] in _UNTIL
            )
            if bounds or lasts:
                continue
        free_mentions.append(mention)
    return free_mentions


def _most_frequent(mentions: tuple[Mention, ...]) -> Mention | None:
    repeats = [mention for mention in mentions if mention.sort is MentionSort.REPEAT]
    if not repeats:
        return None
    # Daily has no name in the list of periods, but is a frequency: it stays when it is alone or comes first.
    named_repeats = [repeat for repeat in repeats if repeat.has_frequency]
    if not named_repeats:
        return repeats[0]
    if not named_repeats[0].period:
        return named_repeats[0]
    return min(named_repeats, key=lambda repeat: (_FREQUENCY.index(repeat.period), repeat.start))


def _first(mentions: tuple[Mention, ...], sort: MentionSort) -> Mention | None:
    return next((mention for mention in mentions if mention.sort is sort), None)
