"""Reading what running text asks for by a time: the covering letter, an implementation plan, a news report.

A covering letter asks every addressee for two or three things outside the table: publish your own plan within a
month, report in writing at the end of the year. A duty is a sentence (or, where one sentence sets several limits, the
clauses that lead up to each) that

    1. holds a time limit that a calendar can follow: a day, a length of time, a named repetition, and
    2. asks for it: 要 应 须 请 务必 确保 不得 做好 报送 …, or says how often at least (每年不少于1次).

A report of what happened (2017年底前已完成), a date of a meeting and the aim of a document are none; neither are
适时 and 及时.

    >>> from tracker.grid import Paragraph
    >>> letter = (
    ...     Paragraph("各镇人民政府，市直各单位：", "P2"),
    ...     Paragraph("各单位要制定实施方案，并于发文之日起1个月内在网站公开。落实情况于年底前报市府办。", "P3"),
    ... )
    >>> for duty in read_duties(letter, issued_on=dt.date(2018, 6, 29), year=2018):
    ...     print(duty.addressee, duty.deadline.text, duty.deadline.due, duty.deadline.workday_due)
    各单位 发文之日起1个月内 2018-07-29 2018-07-30
    各单位 年底前 2018-12-31 2018-12-29
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from tracker.grid import Paragraph
from tracker.model import Deadline, DeadlineKind, Duty
from tracker.numerals import HAN
from tracker.reading.deadlines import read_deadline
from tracker.reading.text import clean, fold
from tracker.values import dataclass
from tracker.workdays import PUBLIC_CALENDAR, Calendar

_SENTENCE = re.compile(r"[^。！!;；\n]+[。！!;；]?")
_CLAUSE = re.compile(r"[^,，]+[,，]?")
_ASKS = re.compile(
    r"要|应(?!对|急|用|邀)|须|请(?!示|求)|务必|确保|不得|不少于|至少|不低于|做好|抓好|完成|报送?|上报|提交|公布|公开|负责|力争|内予以"
)
# What has happened, and what others do.
_NEWS = re.compile(r"已(?:经|于|在)?(?:完成|实现|建成|全部)|获悉|记者从|据了解|据悉|指出,20\d\d年")
_SUBJECT = re.compile(
    rf"^(?:[{HAN}]+、|\([{HAN}]+\)|\d+[.、])?\s*(?:[^。:：]{{0,12}}?。)?"
    r"(?P<who>(?:请)?各[^,，。:：;；要应须于请将在对按]{1,24}?)(?=要|应|须|于|请|将|在|对|按|[,，]?\s*(?:要|应|务必))"
)
# A repetition is asked for, or only told: 每年不少于1次, 每年发布.
_LEAST = re.compile(r"要|应|不少于|至少|不低于|须|评估|抽查|报送|通报")
_SALUTATION = re.compile(r"^[^。;；]{2,80}[:：]$")


@dataclass(frozen=True, slots=True)
class _Request:
    text: str
    deadline: Deadline


def read_duties(
    paragraphs: Iterable[Paragraph],
    *,
    issued_on: dt.date | None = None,
    year: int | None = None,
    calendar: Calendar = PUBLIC_CALENDAR,
) -> tuple[Duty, ...]:
    """Read the dated duties of running text, in the order written.

    Args:
        paragraphs: The text; damage by a web page is repaired first.
        issued_on: Date of issue, for 发文之日起.
        year: The plan year.
        calendar: The working days.
    """
    return tuple(
        duty
        for sentence in sentences_of(paragraphs)
        for duty in dated_duties(sentence, issued_on=issued_on, year=year, calendar=calendar)
    )


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of running text: its words, whom it addresses, where it stands."""

    text: str
    addressee: str
    place: str

    @property
    def asks(self) -> bool:
        """Whether it asks for something, and does not tell what has happened."""
        folded_text = fold(self.text)
        return bool(_ASKS.search(folded_text)) and not _NEWS.search(folded_text)


def sentences_of(paragraphs: Iterable[Paragraph]) -> Iterator[Sentence]:
    """The sentences of running text in the order written; damage by a web page is repaired first."""
    addressees = ""
    for paragraph in paragraphs:
        text = " ".join(clean(paragraph.text).text.split())
        if _SALUTATION.match(text) and "各" in text:
            addressees = text[:-1]
            continue
        who = addressees
        for sentence in _SENTENCE.findall(text):
            if subject := _SUBJECT.match(sentence.strip()):
                who = subject["who"].removeprefix("请")
            yield Sentence(sentence.strip(), who, paragraph.place)


def dated_duties(
    sentence: Sentence, *, issued_on: dt.date | None, year: int | None, calendar: Calendar
) -> Iterator[Duty]:
    """What a sentence asks for by a time, as in `read_duties`."""
    if sentence.asks:
        for request in _requests(sentence.text, year, issued_on, calendar):
            yield Duty(request.text, sentence.addressee, request.deadline, sentence.place)


def _requests(
    sentence: str, year: int | None, issued_on: dt.date | None, calendar: Calendar
) -> Iterator[_Request]:
    def limit_of(text: str) -> Deadline:
        return read_deadline(text, year=year, issued_on=issued_on, calendar=calendar, inside=True)

    whole = limit_of(sentence)
    if not _is_followable(whole, fold(sentence)):
        return
    parts: list[tuple[str, Deadline]] = []
    start = end = 0
    for clause in _CLAUSE.finditer(sentence):
        end = clause.end()
        limit = limit_of(clause.group())
        if limit.kind in (DeadlineKind.DATE, DeadlineKind.RELATIVE):
            parts.append((sentence[start:end], limit))
            start = end
    if len(parts) < 2:
        yield _Request(sentence, whole)
        return
    # What follows the last limit belongs to it.
    parts[-1] = (parts[-1][0] + sentence[start:], parts[-1][1])
    for part, limit in parts:
        yield _Request(part.strip().rstrip(",，"), limit)


def _is_followable(limit: Deadline, folded_text: str) -> bool:
    if limit.kind is DeadlineKind.RECURRING:
        return bool(limit.period) and bool(_LEAST.search(folded_text))
    return limit.kind in (DeadlineKind.DATE, DeadlineKind.RELATIVE)
