"""The cell formats of a workbook, and copies of them that show what a value is.

A date is a number that a format shows as a date. Where the format of a cell does not, a copy of it is added
behind the last one, with the short date of the reader's own country (number format 14), and everything else
of it - border, fill, font, lock - as it was. A format that shows a date would show a plain number as a date;
then the copy is of the general format. The part is touched by nothing else.
"""

from __future__ import annotations

import re

from tracker.files.patch.spans import Malformed
from tracker.files.patch.spans import Node
from tracker.files.patch.spans import Splices
from tracker.files.patch.spans import opening_end
from tracker.files.patch.spans import read
from tracker.files.patch.values import Shows

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
