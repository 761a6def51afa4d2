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
from tracker.reading.deadlines.mentions import Sort

_FREQUENCY = ("weekly", "monthly", "quarterly", "half-yearly", "yearly", "")
_LINK = re.compile(r"[、和及与或至到~-]?(?:的|于|在)?")
_UNTIL = ("-", "~", "至", "到")
_CLAUSE = re.compile(r"[,，。;；\n]")


def choose(mentions: tuple[Mention, ...], text: str) -> Mention | None:
    """Choose the mention that states the limit; the module's docstring has the order."""
    days = [each for each in _unbound(mentions, text) if each.sort in (Sort.DAY, Sort.WRONG)]
    if days:
        if days[-1].sort is Sort.WRONG:
            return days[-1]
        known = [each for each in days if each.sort is Sort.DAY]
        # Without any year they stand in the order written, and the last one counts.
        return max(known, key=lambda each: (each.due is not None, each.due or 0, each.start))
    repeat, span = _most_frequent(mentions), _first(mentions, Sort.SPAN)
    if repeat and span:
        between = text[min(repeat.end, span.end) : max(repeat.start, span.start)]
        return repeat if repeat.start < span.start or (repeat.named and not _CLAUSE.search(between)) else span
    return (
        repeat
        or span
        or _first(mentions, Sort.WHOLE_YEAR)
        or _first(mentions, Sort.STEADY)
        or _first(mentions, Sort.START)
    )


def start_before(mentions: tuple[Mention, ...], span: Mention, text: str) -> Mention | None:
    """The day from which a length runs: 2021年起3年内, 5月1日起30日内."""
    for each in mentions:
        if (
            each.sort is Sort.START
            and each.end <= span.start
            and not text[each.end : span.start].strip("的在,，用")
        ):
            return each
    return None


def _unbound(mentions: tuple[Mention, ...], text: str) -> list[Mention]:
    """The mentions without the days that belong to a repetition."""
    kept: list[Mention] = []
    owner_end = -1
    for index, each in enumerate(mentions):
        if each.sort is Sort.REPEAT:
            owner_end = each.end
        elif each.sort is Sort.DAY:
            follows = owner_end >= 0 and _LINK.fullmatch(text[owner_end : each.start]) and not each.has_year
            after = mentions[index + 1] if index + 1 < len(mentions) else None
            bounds = after is not None and after.sort is Sort.REPEAT and after.start == each.end
            if follows:
                owner_end = each.end
                continue
            owner_end = -1
            # 5月1日至长期 has a beginning and no end.
            lasts = after is not None and after.sort is Sort.STEADY and text[each.end : after.start] in _UNTIL
            if bounds or lasts:
                continue
        kept.append(each)
    return kept


def _most_frequent(mentions: tuple[Mention, ...]) -> Mention | None:
    repeats = [each for each in mentions if each.sort is Sort.REPEAT]
    if not repeats:
        return None
    # Daily has no name in the list of periods, but is a frequency: it stays when it is alone or comes first.
    named = [each for each in repeats if each.named]
    if not named:
        return repeats[0]
    if not named[0].period:
        return named[0]
    return min(named, key=lambda each: (_FREQUENCY.index(each.period), each.start))


def _first(mentions: tuple[Mention, ...], sort: Sort) -> Mention | None:
    return next((each for each in mentions if each.sort is sort), None)
