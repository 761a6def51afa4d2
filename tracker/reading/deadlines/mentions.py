"""What a phrase mentions about time, before anybody decides what its limit is."""

from __future__ import annotations

import calendar
import datetime as dt
from enum import Enum

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
        sort: See `Sort`.
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


def end_of_month(year: int, month: int) -> dt.date:
    """The last day of a month.

    >>> end_of_month(2020, 2)
    datetime.date(2020, 2, 29)
    """
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def months_later(day: dt.date, months: int) -> dt.date:
    """The day with the same number so many months later, or the month's last day (Civil Code art. 202).

    >>> months_later(dt.date(2018, 6, 29), 1), months_later(dt.date(2021, 1, 31), 1)
    (datetime.date(2018, 7, 29), datetime.date(2021, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return min(end_of_month(year, month + 1), dt.date(year, month + 1, 1) + dt.timedelta(days=day.day - 1))
