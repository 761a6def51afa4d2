r"""Days that are due, as a calendar file (.ics, RFC 5545) that a phone, Outlook or 日历 takes in.

Each entry is a whole day with a word at nine in the morning of the day before. Its UID is the entry's own: taken in again,
it is brought up to date and stands once. Lines end in CR LF and are folded before their 76th byte, never within a sign.

    >>> day = CalendarEntry("R1-due", dt.date(2026, 6, 30), "报送截止：上半年", "40个单位")
    >>> print(lay_out_calendar("P1到期", [day], office="a1").decode().replace("\r\n", "\n"))
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//tracker//due//ZH
    X-WR-CALNAME:P1到期
    BEGIN:VEVENT
    UID:R1-due@a1
    DTSTAMP:20260630T000000Z
    DTSTART;VALUE=DATE:20260630
    DTEND;VALUE=DATE:20260701
    SUMMARY:报送截止：上半年
    DESCRIPTION:40个单位
    TRANSP:TRANSPARENT
    BEGIN:VALARM
    ACTION:DISPLAY
    DESCRIPTION:报送截止：上半年
    TRIGGER:-PT15H
    END:VALARM
    END:VEVENT
    END:VCALENDAR
    <BLANKLINE>
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from tracker.values import dataclass

_FOLD = 75


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    r"""A day of a calendar.

    Attributes:
        name: Which one it is, for as long as it is the same matter.
        day: When.
        title: What is due.
        text: More of it; lines parted by `\n`.
    """

    name: str
    day: dt.date
    title: str
    text: str = ""


def lay_out_calendar(title: str, entries: Iterable[CalendarEntry], *, office: str) -> bytes:
    """The file; `office` is the id that makes the names of its entries unique in the world."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tracker//due//ZH", f"X-WR-CALNAME:{_escape(title)}"]
    for entry in entries:
        lines += _event(entry, office)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folds(line)).encode()


def _event(entry: CalendarEntry, office: str) -> Iterator[str]:
    title = _escape(entry.title)
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.name}@{office}"
    # The moment of making, by the book; the day itself keeps the same facts the same bytes.
    yield f"DTSTAMP:{entry.day:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.day + dt.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{title}"
    if entry.text:
        yield f"DESCRIPTION:{_escape(entry.text)}"
    yield "TRANSP:TRANSPARENT"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{title}", "TRIGGER:-PT15H", "END:VALARM")
    yield "END:VEVENT"


def _escape(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folds(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 bytes; every piece but the first begins with a blank.

    >>> [len(part.encode()) for part in _folds("甲" * 60)]
    [75, 73, 34]
    """
    part = ""
    for sign in line:
        if len((part + sign).encode()) > _FOLD:
            yield part
            part = " "
        part += sign
    yield part
