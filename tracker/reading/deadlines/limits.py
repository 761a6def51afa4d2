"""What a phrase mentions about time, and which of several mentions counts.

**Which of several mentions states the time limit** (`choose`):

1. A day; of several the latest (4月起草，8月定稿 is due in August; 上半年建二十个，全年五十个 at the year's end). A day that only bounds a repetition
   (2027年前每年) or belongs to it (每年12月底前) is none.
2. A repetition or a length of time: in one clause the repetition (每月结束后5个工作日内), else the first.
   Of several repetitions the most frequent; 定期 only where no other says how often.
3. 全年; then what has no end (长期, 持续), then what has a beginning (5月1日起).
4. Nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import Enum

from tracker import patterns as re
from tracker.values import dataclass


class MentionSort(Enum):
    """What sort of mention it is."""

    # A day, or the last day of a month, quarter, half or year.
    DAY = "day"
    # A day from which something runs: 5月1日起, 2018年以来.
    START = "start"
    # The whole year: 全年.
    WHOLE_YEAR = "whole-year"
    # Again and again: 每月.
    REPEAT = "repeat"
    # A length of time: 3个工作日内.
    SPAN = "span"
    # Without end: 长期, 持续.
    STEADY = "steady"
    # Written like a day, and there is no such day: 2月30日, 13月.
    WRONG = "wrong"


class Precision(Enum):
    """How fine a day was written."""

    DAY = 3
    MONTH = 2
    # 旬, quarter, half-year, year end: a part of a year with a name.
    PART = 1
    YEAR = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention.

    Attributes:
        sort: See `MentionSort`.
        start: Where it begins in the folded phrase.
        end: Where it ends.
        due: For a day or a start: the day; None if it has no year and none is known.
        precision: How fine the day was written.
        is_marked: Whether a word says that it is a limit: 前, 底, 内, 截止.
        has_year: Whether its year was written.
        period: For a repetition: as in `model.Deadline`.
        has_frequency: For a repetition: False for 定期 and its like, which say no frequency.
        amount: For a span: how many.
        unit: For a span: its ISO letter (`Y M W D`), `H` and `m` for hours and minutes, `WD` for working days.
    """

    sort: MentionSort
    start: int
    end: int
    due: dt.date | None = None
    precision: Precision = Precision.DAY
    is_marked: bool = False
    has_year: bool = False
    period: str = ""
    has_frequency: bool = True
    amount: int = 0
    unit: str = ""

    @property
    def offset(self) -> str:
        """The length of a span as ISO 8601 has it, or working days."""
        if self.unit == "WD":
            return f"{self.amount}WD"
        if self.unit in ("H", "m"):
            return f"PT{self.amount}{self.unit.upper()}"
        return f"P{self.amount}{self.unit}" if self.unit else ""


@dataclass(frozen=True, slots=True)
class PhraseContext:
    """What a mention without a year of its own goes by.

    Attributes:
        plan_year: The plan year; None if it is not known.
        year: The year last written in the phrase, else the plan year.
        whole: Whether the phrase is a whole cell, where a bare 6.30 is a day and not a number.
    """

    plan_year: int | None
    year: int | None
    whole: bool


_FREQUENCY = ("weekly", "monthly", "quarterly", "half-yearly", "yearly", "")
_LINK = re.compile(r"[、和及与或至到~-]?(?:的|于|在)?")
_UNTIL = ("-", "~", "至", "到")
_CLAUSE = re.compile(r"[,，。;；\n]")


def choose(mentions: tuple[Mention, ...], text: str) -> Mention | None:
    """Choose the mention that states the limit; the module's docstring has the order."""
    days = days_of(mentions, text)
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


def days_of(mentions: tuple[Mention, ...], text: str) -> list[Mention]:
    """The days, and what should be some, that belong to no repetition; of a range both ends.

    The day by which a work that has a day of its own is reported (4月底前完成排查，5月20日前报区政府办) is none of them.
    """
    days = [
        mention
        for mention in _unbound(mentions, text)
        if mention.sort in (MentionSort.DAY, MentionSort.WRONG)
    ]
    return [day for at, day in enumerate(days) if not at or not _REPORTS.match(text, day.end)]


# 报市政府办, 将结果报送…, 上报总结
_REPORTS = re.compile(
    r"(?:之?前|以前|内)?(?:并|再)?(?:[将把][^,，。;；前]{1,12}?)?(?:上报|报送|呈报|报告?(?=[省市县区州镇乡校院局各我本]))"
)


_TO = re.compile(r"\s*(?:[-~至到]|—+)+\s*")


def is_range(text: str, day: Mention, after: Mention) -> bool:
    """Whether a day only begins what the next one ends: 3月至5月."""
    return bool(
        _TO.fullmatch(text[max(day.start, day.end - 1) : after.start])
        or _TO.fullmatch(text[day.end : after.start])
    )


# A clause begins behind one of these; a part of a limit ends before one of the second.
_CLAUSE_MARKS = ",，。;；:：、)）\n"
_PART_END = re.compile(r"[。;；\n]")


def part_bounds(days: Sequence[Mention], text: str) -> list[tuple[int, int]]:
    """Where the part of each of several days begins and ends: its clause, up to the next part or the end of the sentence.

    >>> days = [Mention(MentionSort.DAY, 3, 7), Mention(MentionSort.DAY, 12, 15)]
    >>> text = "初稿，4月底前拟出，成稿6月底。"
    >>> [text[start:end] for start, end in part_bounds(days, text)]
    ['4月底前拟出', '成稿6月底']
    """
    starts = [max(text.rfind(mark, 0, day.start) for mark in _CLAUSE_MARKS) + 1 for day in days]
    starts = [
        start if not at or start >= days[at - 1].end else days[at].start for at, start in enumerate(starts)
    ]
    bounds: list[tuple[int, int]] = []
    for day, start, limit in zip(days, starts, [*starts[1:], len(text)], strict=True):
        stop = _PART_END.search(text, day.end, limit)
        part = text[start : stop.start() if stop else limit]
        bounds.append((start, start + len(part.rstrip(",，、 " if "(" in part else ",，、) "))))
    return bounds


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
