r"""The day that somebody wrote into a cell: one reader for forms, lists, registers, settings and corrections of a plan.

    written                                          is
    a date, a moment                                 its day
    2026-03-25, 2026/3/25, 2026.3.25, 2026年3月25日    the day, whatever blanks, 号, 。 or 00:00 stand around
    20260325, as a number too                        the day
    26.3.25, 26年3月25日                              the day in this century
    3.25, 3月25日, 三月二十五日                          the day in the last year that had it before the return's own day,
                                                     where the caller knows one (`around`); else asked
    二〇二六年三月二十五日                                the day
    45376 (a number from 36526 to 73050)             the day that a spreadsheet means: 1900 is its first year
    2026年3月, 3月底, 3.2 as a number                   asked: a month has no day, and 3.2 may have been 3.20
    a day before 2000 or after 2099, anything else   asked

`DayReading.note` says how a spelling was understood that leaves something open; `doubt` why nobody can tell.

    >>> around = dt.date(2026, 3, 28)
    >>> [str(read_day(text, around).day) for text in ("3.25", "26.3.25", "20260325", "三月二十五日", "12月1号")]
    ['2026-03-25', '2026-03-25', '2026-03-25', '2026-03-25', '2025-12-01']
    >>> read_day("2026年3月", around).doubt, read_day("3.25").doubt, read_day("2026-02-30").doubt
    ('只写到月份，没有写哪一天', '没有写年份', '日期格式不正确')
    >>> day_of("2026-03-25 00:00"), day_of(46106), day_of("2099年12月31日。"), day_of(3.2)
    (datetime.date(2026, 3, 25), datetime.date(2026, 3, 25), datetime.date(2099, 12, 31), None)
    >>> [moment_of(text) for text in ("2026年3月2日 14:30", "2026-3-2 9:05", "3月2日")]
    [datetime.datetime(2026, 3, 2, 14, 30), datetime.datetime(2026, 3, 2, 9, 5), None]
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from tracker import patterns as re
from tracker.grid import Value
from tracker.numerals import HAN, ZEROS, read_number

_YEARS = range(2000, 2100)
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050
_EPOCH = dt.date(1899, 12, 30)
_HAN_NUMBER = re.compile(rf"[{HAN}{ZEROS}廿卅]+(?=[年月日号])")
_CLOCK = re.compile(r"(?:\s+|T|(?<=[日号])\s*)(\d{1,2})[:时点](\d{1,2})?分?(?:[:：]?\d{1,2}(?:\.\d+)?秒?)?$")
_FULL = re.compile(r"(\d{4}|\d{2})\s*([-/.年])\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_EIGHT_FIGURES = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WITHOUT_YEAR = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_YEAR_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?(?:份|底|末)?")
_MONTH = re.compile(
    r"(?:\d{2,4}\s*[-/.年]\s*)?\d{1,2}\s*月(?:份|初|中旬?|上旬|下旬|底|末|中下旬)?|\d{4}\s*[-/.]\s*\d{1,2}"
)


class DayReading(NamedTuple):
    """The day, how it was understood where that leaves something open, and why there is none."""

    day: dt.date | None
    note: str = ""
    doubt: str = ""


def read_day(value: Value, around: dt.date | None = None) -> DayReading:
    """Read a cell; `around` is the day on which it came, the latest that a day without its year may mean."""
    if isinstance(value, dt.datetime):
        return _checked(value.date())
    if isinstance(value, dt.date):
        return _checked(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _of_number(value, around)
    return _of_text(value, around) if isinstance(value, str) else DayReading(None, doubt="日期格式不正确")


def day_of(value: Value, around: dt.date | None = None) -> dt.date | None:
    """The day that a cell holds for certain; None for anything else."""
    return read_day(value, around).day


def last_day_of(value: Value) -> dt.date | None:
    """The last day of a month that a text names with its year; what a person may agree to where the day is missing.

    >>> last_day_of("2026年2月"), last_day_of("2月"), last_day_of("2026年2月3日")
    (datetime.date(2026, 2, 28), None, None)
    """
    match = _YEAR_MONTH.fullmatch(_plain(value)) if isinstance(value, str) else None
    if match is None or not 1 <= int(match[2]) <= 12:
        return None
    return _checked(end_of_month(int(match[1]), int(match[2]))).day


def end_of_month(year: int, month: int) -> dt.date:
    """The last day of a month.

    >>> end_of_month(2020, 2), end_of_month(2026, 12)
    (datetime.date(2020, 2, 29), datetime.date(2026, 12, 31))
    """
    return dt.date(year, 12, 31) if month == 12 else dt.date(year, month + 1, 1) - dt.timedelta(days=1)


def months_later(day: dt.date, months: int) -> dt.date:
    """The day with the same number so many months later, or the month's last day (Civil Code art. 202).

    >>> months_later(dt.date(2018, 6, 29), 1), months_later(dt.date(2021, 1, 31), 1)
    (datetime.date(2018, 7, 29), datetime.date(2021, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return min(end_of_month(year, month + 1), dt.date(year, month + 1, 1) + dt.timedelta(days=day.day - 1))


def moment_of(value: Value) -> dt.datetime | None:
    """The moment that a cell holds; a day is its beginning; None for anything else."""
    if isinstance(value, dt.datetime):
        return value
    day = day_of(value)
    if day is None:
        return None
    clock = _CLOCK.search(_plain(value)) if isinstance(value, str) else None
    hour, minute = (int(clock[1]), int(clock[2] or 0)) if clock else (0, 0)
    return dt.datetime.combine(day, dt.time(hour, minute)) if hour < 24 and minute < 60 else None


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).strip().rstrip("。.,，;；").strip()
    return _HAN_NUMBER.sub(lambda match: str(read_number(match[0])), text)


# The units of a round write the same few days.
@lru_cache(maxsize=4096)
def _of_text(text: str, around: dt.date | None) -> DayReading:
    plain = _CLOCK.sub("", _plain(text)).strip()
    match = _FULL.fullmatch(plain)
    if match:
        year = int(match[1]) if len(match[1]) == 4 else 2000 + int(match[1])
        reading = _day(year, int(match[3]), int(match[4]))
        # 26.3.25 could be the 26th for somebody who writes days first; here nobody does.
        return reading._replace(note="年份按20" + match[1]) if len(match[1]) == 2 and reading.day else reading
    if match := _EIGHT_FIGURES.fullmatch(plain):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _WITHOUT_YEAR.fullmatch(plain):
        return _without_year(int(match[1]), int(match[2]), around)
    if plain.isdecimal() and len(plain) == 5:
        return _of_number(int(plain), around)
    return DayReading(None, doubt="只写到月份，没有写哪一天" if _MONTH.fullmatch(plain) else "日期格式不正确")


def _of_number(number: float, around: dt.date | None) -> DayReading:
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return DayReading(_EPOCH + dt.timedelta(days=int(number)), "数字按表格的日期序号")
    if match := _EIGHT_FIGURES.fullmatch(f"{number:.0f}") if float(number).is_integer() else None:
        return _day(int(match[1]), int(match[2]), int(match[3]))
    # 3.25 is what a spreadsheet made of the text; 3.2 may have lost its last figure.
    text = repr(float(number))
    if re.fullmatch(r"\d{1,2}\.\d{2}", text):
        return _of_text(text, around)
    return DayReading(None, doubt="日期格式不正确")


def _without_year(month: int, day: int, around: dt.date | None) -> DayReading:
    if around is None:
        is_day = _day(2000, month, day).day is not None
        return DayReading(None, doubt="没有写年份" if is_day else "日期格式不正确")
    for year in range(around.year, around.year - 5, -1):
        reading = _day(year, month, day)
        if reading.day is not None and reading.day <= around:
            return reading._replace(note=f"没有写年份，按{year}年")
    return DayReading(None, doubt="日期格式不正确")


def _day(year: int, month: int, day: int) -> DayReading:
    try:
        return _checked(dt.date(year, month, day))
    except ValueError:
        return DayReading(None, doubt="日期格式不正确")


def _checked(day: dt.date) -> DayReading:
    return DayReading(day) if day.year in _YEARS else DayReading(None, doubt="日期格式不正确")
