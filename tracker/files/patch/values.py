"""A value as the bytes of a cell.

| value           | cell                                                                                  |
| --------------- | ------------------------------------------------------------------------------------- |
| None, ""        | empty; the format stays                                                               |
| text            | text in the cell itself (`inlineStr`), whatever it looks like: never a formula        |
| True, False     | `b`                                                                                   |
| number          | `n`; at most 15 digits, which is what a spreadsheet keeps                             |
| date, time      | `n`, days since 1899-12-30 or 1904-01-01, in a format that shows a date or a time     |
| error value     | `e`                                                                                   |

Refused, never cut or rounded: text above 32,767 characters, whole numbers above 15 digits, infinity, dates
that the workbook's calendar does not have, times with a zone, half characters.

Characters that XML cannot hold are written as `_x0007_` (ECMA-376 part 1, 22.9.2.19), and text that happens
to look like that is marked, so that a spreadsheet shows what was typed.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from enum import Enum
from xml.sax.saxutils import escape

from tracker.grid import ErrorValue
from tracker.grid import Value

LONGEST_TEXT = 32_767

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_ERRORS = (
    "#NULL!",
    "#DIV/0!",
    "#VALUE!",
    "#REF!",
    "#NAME?",
    "#NUM!",
    "#N/A",
    "#GETTING_DATA",
    "#SPILL!",
    "#CALC!",
)

_BASE_1900 = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook's dates have no zone
_BASE_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001
# The calendar of 1900 counts a 29 February 1900 that never was; earlier days are one off.
_MARCH_1900 = dt.datetime(1900, 3, 1)  # noqa: DTZ001


class Unwritable(Exception):
    """A value that no cell can hold unchanged; the message says why, in Chinese."""


class Shows(Enum):
    """What a number format has to show so that a reader takes the value for what it is."""

    # Any format will do.
    ANYTHING = "anything"
    # No date and no time.
    NUMBER = "number"
    # A date.
    DATE = "date"
    # A date, with the time where the format is chosen here.
    DATETIME = "datetime"
    # A time of day.
    TIME = "time"
    # A length of time.
    DURATION = "duration"


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into a cell.

    Attributes:
        kind: The cell's `t`; empty for a number.
        tag: The element in the cell: `v` or `is`; empty for an empty cell.
        text: Its text, escaped.
        shows: What the format has to show.
    """

    kind: str
    tag: str
    text: str
    shows: Shows = Shows.ANYTHING

    def xml(self, prefix: str) -> bytes:
        """The inside of the cell."""
        if not self.tag:
            return b""
        if self.tag == "is":
            blank = ' xml:space="preserve"' if _needs_space(self.text) else ""
            return f"<{prefix}is><{prefix}t{blank}>{self.text}</{prefix}t></{prefix}is>".encode()
        return f"<{prefix}v>{self.text}</{prefix}v>".encode()


EMPTY = Content("", "", "")


def content(value: Value, *, date1904: bool = False) -> Content:
    """Write a value.

    >>> content("=1+1").xml(""), content(3).xml("x:"), content(dt.date(2026, 3, 2)).text
    (b'<is><t>=1+1</t></is>', b'<x:v>3</x:v>', '46083')

    Raises:
        Unwritable: A cell cannot hold it unchanged.
    """
    if value is None or value == "":
        return EMPTY
    if isinstance(value, str):
        return Content("inlineStr", "is", _text(value))
    if isinstance(value, bool):
        return Content("b", "v", str(int(value)))
    if isinstance(value, (int, float)):
        return Content("", "v", _number(value), Shows.NUMBER)
    if isinstance(value, ErrorValue):
        if value.code not in _ERRORS:
            raise Unwritable(f"“{value.code}”不是表格认识的错误值")
        return Content("e", "v", escape(value.code))
    return _moment(value, date1904)


def encode_text(text: str) -> str:
    r"""Text with what XML cannot hold written as `_x0007_`.

    >>> encode_text("a\x07"), encode_text("_x0041_"), encode_text("_x_")
    ('a_x0007_', '_x005F_x0041_', '_x_')
    """

    def one(match: re.Match[str]) -> str:
        characters = match[0]
        return f"_x005F{characters}" if len(characters) > 1 else f"_x{ord(characters):04X}_"

    return _NOT_XML.sub(one, text)


def _text(value: str) -> str:
    try:
        units = len(value.encode("utf-16-le")) // 2
    except UnicodeEncodeError as error:
        raise Unwritable("文字中有残缺的字符（半个表情符号之类），请重新输入") from error
    if units > LONGEST_TEXT:
        raise Unwritable(f"文字有 {units} 个字符，超过单元格的上限 {LONGEST_TEXT}，请缩短或分开填写")
    return escape(encode_text(value), {"\r": "&#13;"})


def _needs_space(text: str) -> bool:
    return text != text.strip() or "\n" in text or "\t" in text or "  " in text or "&#13;" in text


def _number(value: float) -> str:
    if isinstance(value, int):
        if len(str(abs(value)).rstrip("0")) > 15:
            raise Unwritable(f"{value} 超过 15 位，表格会把后面的数字变成 0，请按文本写入")
        return str(value) if abs(value) < 10**21 else repr(float(value))
    if not math.isfinite(value):
        raise Unwritable("数值无穷大或不是数")
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _moment(value: dt.date | dt.datetime | dt.time | dt.timedelta, date1904: bool) -> Content:
    if isinstance(value, dt.timedelta):
        return Content("", "v", _days(value), Shows.DURATION)
    if isinstance(value, dt.time):
        if value.tzinfo is not None:
            raise Unwritable("时间带有时区")
        since_midnight = dt.timedelta(
            hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond
        )
        return Content("", "v", _days(since_midnight), Shows.TIME)
    has_time = isinstance(value, dt.datetime)
    moment = value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001
    if moment.tzinfo is not None:
        raise Unwritable("时间带有时区")
    if moment < (_BASE_1904 if date1904 else _MARCH_1900):
        raise Unwritable(f"{value} 早于表格能表示的日期，请按文本写入")
    days = _days(moment - (_BASE_1904 if date1904 else _BASE_1900))
    return Content("", "v", days, Shows.DATETIME if has_time else Shows.DATE)


def _days(span: dt.timedelta) -> str:
    if not span.seconds and not span.microseconds:
        return str(span.days)
    return repr(span / dt.timedelta(days=1))
