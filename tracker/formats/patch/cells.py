"""What a cell holds and how it looks: a value as bytes, and the cell formats that show what it is.

| value           | cell                                                                                  |
| --------------- | ------------------------------------------------------------------------------------- |
| None, ""        | empty; the format stays                                                               |
| text            | text in the cell itself (`inlineStr`), whatever it looks like: never a formula        |
| True, False     | `b`                                                                                   |
| number          | `n`; at most 15 digits, which is what a spreadsheet keeps                             |
| date, time      | `n`, days since 1899-12-30 or 1904-01-01, in a format that shows a date or a time     |
| error value     | `e`                                                                                   |

Refused, never rounded: whole numbers above 15 digits, infinity, dates that the workbook's calendar does not have,
times with a zone, half characters. A text above 32,767 characters is cut, and says so at its end.

Characters that XML cannot hold are written as `_x0007_` (ECMA-376 part 1, 22.9.2.19), and text that happens
to look like that is marked, so that a spreadsheet shows what was typed.

A date is a number that a format shows as a date. Where the format of a cell does not, a copy of it is added
behind the last one, with the short date of the reader's own country (number format 14), and everything else
of it - border, fill, font, lock - as it was. A format that shows a date would show a plain number as a date;
then the copy is of the general format. The part is touched by nothing else.
"""

from __future__ import annotations

import datetime as dt
import html
import math
from enum import Enum

from tracker import patterns as re
from tracker.formats.patch.spans import Malformed, Node, Splices, opening_end, read
from tracker.grid import ErrorValue, Value
from tracker.printable import in_a_cell
from tracker.values import dataclass

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
        return Content("e", "v", html.escape(value.code, quote=False))
    return _moment(value, date1904)


def cell_rest(value: Value) -> str:
    """A cell behind its address and format, for who writes rows of its own: `<c r="B7" s="4"` and this.

    >>> cell_rest("甲<乙"), cell_rest("")
    (' t="inlineStr"><is><t>甲&lt;乙</t></is></c>', '/>')

    Raises:
        Unwritable: A cell cannot hold it unchanged.
    """
    what = content(value)
    kind = f' t="{what.kind}"' if what.kind else ""
    return f"{kind}>{what.xml('').decode()}</c>" if what.tag else "/>"


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
    text = in_a_cell(value)
    try:
        text.encode("utf-16-le")
    except UnicodeEncodeError as error:
        raise Unwritable("文字中有残缺的字符（半个表情符号之类），请重新输入") from error
    return html.escape(encode_text(text), quote=False).replace("\r", "&#13;")


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


# Built-in number formats that show dates and times; 27 to 36 and 50 to 58 are those of Chinese workbooks
# (ECMA-376 part 1, 18.8.30).
_DATES = {*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58}
_TIMES = {*range(18, 23), *range(32, 36), 45, 46, 47, 55, 56}

# The number format of a copy: the first that the workbook has not given another meaning.
_FORMATS = {
    Shows.NUMBER: (0, 1, 2, 4),
    Shows.DATE: (14, 15, 22),
    Shows.DATETIME: (22, 14, 15),
    Shows.TIME: (21, 20, 46),
    Shows.DURATION: (46, 21, 20),
}

# What does not count in a format code: quoted words, escaped characters, fills, colours, countries.
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_NAMES = ("general", "standard", "@", "g/通用格式")


class Styles:
    """The formats of a workbook and the copies that are to be added.

    Attributes:
        part: The bytes of the part, or None where the workbook has none.
    """

    def __init__(self, part: bytes | None) -> None:
        self.part = part
        self._root = read(part) if part is not None else None
        formats = self._root.child("cellXfs") if self._root is not None else None
        self._formats = formats
        self._xfs: list[Node] = [node for node in formats.children if node.local == "xf"] if formats else []
        self._codes = {
            int(node.attributes.get("numFmtId", "-1")): node.attributes.get("formatCode", "")
            for node in (self._root.all("numFmt") if self._root is not None else [])
        }
        # Alternatives for different programs: which xf is which number depends on the program.
        self._ambiguous = formats is not None and any(node.local != "xf" for node in formats.children)
        self._added: dict[tuple[int, int], int] = {}
        self._copies: list[bytes] = []
        self._fills = self._root.child("fills") if self._root is not None else None
        self._colours: dict[str, int] = {}
        self._shaded: dict[tuple[int, str], int] = {}

    def format_for(self, style: int, shows: Shows) -> int:
        """The format to use instead of `style` so that a value shows as what it is; mostly `style` itself.

        Raises:
            Malformed: The workbook has no such format to copy.
        """
        if shows is Shows.ANYTHING:
            return style
        if self._ambiguous:
            raise Malformed("工作簿的单元格格式因程序而异，数字或日期无法确定怎样显示")
        if self.suits(style, shows):
            return style
        number_format = next(
            (number for number in _FORMATS[shows] if _suits(self._date_and_time(number), shows)), None
        )
        if number_format is None:
            raise Malformed("工作簿改写了系统的数字格式，日期无法显示为日期")
        if (style, number_format) not in self._added:
            copy = self._copy(style, {"numFmtId": str(number_format), "applyNumberFormat": "1"})
            self._added[style, number_format] = self._add(copy)
        return self._added[style, number_format]

    def shade_format(self, style: int, colour: str) -> int:
        """A copy of a format with another background; `style` itself where the workbook has no fills to add to."""
        if self._fills is None or self._ambiguous:
            return style
        if (style, colour) not in self._shaded:
            first = sum(node.local == "fill" for node in self._fills.children)
            fill = self._colours.setdefault(colour, first + len(self._colours))
            copy = self._copy(style, {"fillId": str(fill), "applyFill": "1"})
            self._shaded[style, colour] = self._add(copy)
        return self._shaded[style, colour]

    def _add(self, copy: bytes) -> int:
        self._copies.append(copy)
        return len(self._xfs) + len(self._copies) - 1

    def suits(self, style: int, shows: Shows) -> bool:
        """Whether a format already shows what it has to."""
        if not 0 <= style < len(self._xfs):
            return shows is Shows.NUMBER
        return _suits(self._date_and_time(int(self._xfs[style].attributes.get("numFmtId", "0"))), shows)

    def new_part(self) -> bytes | None:
        """The part with the copies added; None where none is needed."""
        if not self._copies or self.part is None or self._formats is None:
            return None
        changes = Splices(self.part)
        changes.inside(self._formats, b"".join(self._copies))
        if "count" in self._formats.attributes:
            changes.attribute(self._formats, "count", str(len(self._xfs) + len(self._copies)))
        if self._colours and self._fills is not None:
            changes.inside(self._fills, b"".join(self._fill(colour) for colour in self._colours))
            if "count" in self._fills.attributes:
                count = sum(node.local == "fill" for node in self._fills.children)
                changes.attribute(self._fills, "count", str(count + len(self._colours)))
        return changes.done()

    def _fill(self, colour: str) -> bytes:
        assert self._fills is not None
        n = self._fills.prefix
        return (
            f'<{n}fill><{n}patternFill patternType="solid"><{n}fgColor rgb="FF{colour}"/>'
            f'<{n}bgColor indexed="64"/></{n}patternFill></{n}fill>'
        ).encode()

    def _date_and_time(self, number: int) -> tuple[bool, bool]:
        if number in self._codes:
            return shows_date_and_time(self._codes[number])
        return number in _DATES, number in _TIMES

    def _copy(self, style: int, other: dict[str, str]) -> bytes:
        """A format with other attributes."""
        if self.part is None or not 0 <= style < len(self._xfs):
            raise Malformed("工作簿没有可用的单元格格式，日期无法显示为日期")
        node = self._xfs[style]
        xf = self.part[node.start : node.end]
        changes = Splices(xf)
        target = Node(node.local, node.space, node.prefix, node.attributes, 0, 0, opening_end(xf, 0))
        for name, value in other.items():
            changes.attribute(target, name, value)
        return changes.done()


def _suits(date_and_time: tuple[bool, bool], shows: Shows) -> bool:
    date, time = date_and_time
    if shows is Shows.NUMBER:
        return not date and not time
    return date if shows in (Shows.DATE, Shows.DATETIME) else time and not date


def shows_date_and_time(code: str) -> tuple[bool, bool]:
    """Whether a format code shows a date, and whether it shows a time.

    >>> shows_date_and_time("yyyy/m/d"), shows_date_and_time("h:mm"), shows_date_and_time("0.00E+00"), shows_date_and_time('0"day"'), shows_date_and_time("General")
    ((True, False), (False, True), (False, False), (False, False), (False, False))
    >>> shows_date_and_time('yyyy"年"m"月"d"日" hh:mm'), shows_date_and_time("[Red]0"), shows_date_and_time("[h]:mm"), shows_date_and_time("[$-804]aaaa")
    ((True, True), (False, False), (False, True), (False, False))
    """
    if code.lower() in _NAMES:
        return False, False
    first = _LITERAL.sub("", code.split(";")[0]).lower()
    first = re.sub(r"e[+-]", "", first.replace("general", "").replace("am/pm", "h").replace("a/p", "h"))
    time = "h" in first or "s" in first
    date = any(mark in first for mark in "yde") or ("m" in first and not time)
    return date, time
