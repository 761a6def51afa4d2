"""A source without a table: an interpretation, an index, an implementation plan of running text.

Nobody answers for single items there, so it is no plan. Yet it lays down what works through the year:

    a sentence                                   becomes
    asks for something by a day                  a dated duty                                 (`letter`)
    … so long after an event (发布后15个工作日内)    a duty whose term a rule of time counts        likewise
    … so many times in a period                  a duty that comes again                      likewise
    has the words of a logbook                   a duty that wants it kept, once for each     (`logbooks.Logbook.words`)
    demands something else                       what was not understood: listed with its place
    anything else                                text

**The year that it speaks of** is the one that a person said, that of the title, or the one that the text names most often;
the last is told, since a report of this year quotes the years before.

    >>> from tracker.grid import Paragraph
    >>> text = Source("txt", "方案.txt", (
    ...     Paragraph("我县2031年公开工作实施方案", "L1"),
    ...     Paragraph("规范性文件要于发布后15个工作日内上网。各单位要对工作人员开展轮训。各单位务必提高认识。", "L2"),
    ... ))
    >>> reading = read_source(text, calendar=Calendar())
    >>> [(duty.deadline.offset, duty.logbook) for duty in reading.plan.duties], reading.plan.year
    ([('15WD', ''), ('', '业务培训')], 2031)
    >>> reading.account.count(Use.UNREAD), [entry.text for entry in reading.account.unread]
    (1, ['各单位务必提高认识。'])
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tracker import patterns as re
from tracker.grid import Paragraph, Source, texts_of
from tracker.logbooks import LOGBOOKS, Logbook
from tracker.model import Duty, Plan
from tracker.problems.base import Finding
from tracker.problems.reading import SOURCE_LEFTOVERS, SOURCE_YEAR
from tracker.reading.headings import Rank, leading_number
from tracker.reading.plan.account import Account, AccountEntry
from tracker.reading.plan.letter import (
    Sentence,
    annexes_in,
    dated_duties,
    documents_in,
    read_meta,
    sentences_of,
    year_of,
)
from tracker.reading.plan.plan import PlanReading
from tracker.reading.tables import Use, settle, without_frames
from tracker.reading.text import clean, fold
from tracker.workdays import Calendar

# What it is about stands in its first lines.
_HEADLINES = 6
# Stricter than what makes a dated sentence a duty: 公开 and 完成 alone demand nothing.
_DEMANDS = re.compile(
    r"(?<![重主必需纲概简摘])要(?![求点素闻因])|应当|应(?![对急用邀公尽])|须|务必|不得|确保|力争|负责|建立健全|制定"
)
# A sentence that asks for a logbook may tell what was laid down: 提出了…制度.
_LAYS_DOWN = re.compile(
    r"提出|实行|实施|建立|划定|列入|推进|推动|加强|落实|开展|完善|强化|做好|及时|充分|组织|举办|安排|公布|整合|清理|规范|加快|按时|按期"
)
_YEAR = re.compile(r"(20\d{2})年")


def read_source(
    source: Source,
    *,
    calendar: Calendar,
    issued_on: dt.date | None = None,
    year: int | None = None,
    logbooks: Sequence[Logbook] = LOGBOOKS,
) -> PlanReading:
    """Read what a text without a table lays down; without any duty where it lays down nothing.

    Args:
        source: The file as it came through the door.
        calendar: Working days.
        issued_on: Date of issue, as a person said it.
        year: The year that it speaks of, likewise.
        logbooks: Those that it may ask for.
    """
    source = without_frames(settle(source)[0])
    meta = read_meta([clean(paragraph.text).text for paragraph in source.paragraphs[:_HEADLINES]])
    sentences = tuple(sentences_of(source.paragraphs))
    issued_on = issued_on or meta.issued_on
    findings: list[Finding] = []
    if year is None:
        year, is_guess = _year(sentences, year_of(meta.title))
        if is_guess:
            findings.append(SOURCE_YEAR.at("", year=year))
    duties: list[Duty] = []
    unread: list[Sentence] = []
    book_names: set[str] = set()
    text_count = 0
    for sentence in sentences:
        words = fold(sentence.text)
        names = [logbook.name for logbook in logbooks if _is_wanted(logbook, words)]
        limits = list(dated_duties(sentence, issued_on=issued_on, year=year, calendar=calendar))
        new = [name for name in names if name not in book_names]
        book_names.update(names)
        # A dated sentence carries the first logbook that it asks for; the others get a row of their own.
        duties += [replace(duty, logbook=new[0]) if new and n == 0 else duty for n, duty in enumerate(limits)]
        duties += [
            Duty(sentence.text, sentence.addressee, place=sentence.place, logbook=name)
            for name in (new[1:] if limits else new)
        ]
        is_left = not limits and not names and sentence.asks and _DEMANDS.search(words)
        unread += [sentence] if is_left else []
        text_count += not limits and not names and not is_left
    if unread:
        findings.append(SOURCE_LEFTOVERS.at(unread[0].place, count=len(unread), text=unread[0].text[:20]))
    sections = _sections(source.paragraphs)
    duties = [replace(duty, section=sections.get(duty.place, "")) for duty in duties]
    plan = Plan(meta.title, meta.number, meta.issuer, issued_on, year, duties=tuple(duties))
    return PlanReading(
        with_documents(plan, source),
        tuple(findings),
        account=Account(
            counts={
                Use.REQUIREMENT: len(sentences) - len(unread) - text_count,
                Use.TEXT: text_count,
                Use.UNREAD: len(unread),
            },
            unread=tuple(AccountEntry(Use.UNREAD, sentence.place, 1, sentence.text) for sentence in unread),
        ),
    )


# 在完善公开程序、促进规范运作方面，…
_DIRECTION = re.compile(r"在(?P<head>[^,，、。;；]{3,16})(?:[,，、][^。;；]{2,40}?)?方面[,，]")
_LONGEST_HEAD = 24


def _sections(paragraphs: Sequence[Paragraph]) -> dict[str, str]:
    """The heading or direction that the text at each place stands under: its own first words, or the one before it.

    >>> lines = ("一、深化公开内容", "要公开预算。", "在完善公开程序方面，要加强审查。", "加强解读回应。各部门要做好解读。")
    >>> list(_sections([Paragraph(line, f"L{n}") for n, line in enumerate(lines)]).values())
    ['深化公开内容', '深化公开内容', '完善公开程序', '加强解读回应']
    """
    sections: dict[str, str] = {}
    section = ""
    for paragraph in paragraphs:
        text = clean(paragraph.text).text.strip()
        number = leading_number(text)
        head, _, rest = (number.rest if number else text).partition("。")
        is_short = 0 < len(head) <= _LONGEST_HEAD and not re.search(r"[,，:：;；]", head)
        if direction := _DIRECTION.match(text):
            section = direction["head"]
        elif is_short and (number.rank <= Rank.HAN_BRACKET if number else rest):
            section = head
        sections[paragraph.place] = section
    return sections


def with_documents(plan: Plan, source: Source) -> Plan:
    """A plan with the documents that its file names, and its annexes."""
    return replace(
        plan,
        basis=documents_in(texts_of(source), title=plan.title, number=plan.number),
        annexes=annexes_in([paragraph.text for paragraph in source.paragraphs]),
    )


def with_letter(plan: Plan, source: Source, logbooks: Sequence[Logbook]) -> Plan:
    """The same of a plan whose covering letter's duties name the logbooks that they ask for."""

    def name_in(what: str) -> str:
        return next((logbook.name for logbook in logbooks if logbook.is_asked_in(fold(what))), "")

    plan = with_documents(plan, source)
    return replace(plan, duties=tuple(replace(duty, logbook=name_in(duty.what)) for duty in plan.duties))


def _is_wanted(logbook: Logbook, words: str) -> bool:
    return logbook.is_asked_in(words) and bool(_DEMANDS.search(words) or _LAYS_DOWN.search(words))


def _year(sentences: Sequence[Sentence], title_year: int | None) -> tuple[int | None, bool]:
    """The year that a text speaks of, and whether that was only counted."""
    if title_year is not None:
        return title_year, False
    counts = Counter(int(year) for sentence in sentences for year in _YEAR.findall(fold(sentence.text)))
    if not counts:
        return None, False
    # Of years that are named equally often the latest: what is over lays nothing down.
    return max(counts, key=lambda year: (counts[year], year)), True
