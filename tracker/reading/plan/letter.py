"""What stands around the work points: title, document number, issuing office, date, year, the dated duties of the letter, and who is meant by a collective name.

**What the plan is.** Title and number stand above the head of the table, on a cover sheet, or in the letter before the plan, each in a line or
cell of its own. Numbers and dates inside sentences belong to other documents, dates beside 发布时间 to the web
page, dates beside 截至 to the figures; none of them is taken.

    >>> found = read_meta(["附件", "某市2026年政务公开工作要点分工方案", "（某府办〔2026〕7号，2026年3月2日印发）"])
    >>> found.title, found.number, found.issued_on.isoformat(), found.year
    ('某市2026年政务公开工作要点分工方案', '某府办〔2026〕7号', '2026-03-02', 2026)

**What running text asks for by a time**: the covering letter, an implementation plan, a news report. A covering letter asks every addressee for two or three things outside the table: publish your own plan within a
month, report in writing at the end of the year. A duty is a sentence (or, where one sentence sets several limits, the
clauses that lead up to each) that

    1. holds a time limit that a calendar can follow: a day, a length of time, a named repetition, and
    2. asks for it: 要 应 须 请 务必 确保 不得 做好 报送 …, or says how often at least (每年不少于1次).

A report of what happened (2017年底前已完成), a date of a meeting and the aim of a document are none; neither are
适时 and 及时.

    >>> letter = (
    ...     Paragraph("各镇人民政府，市直各单位：", "P2"),
    ...     Paragraph("各单位要制定实施方案，并于发文之日起1个月内在网站公开。落实情况于年底前报市府办。", "P3"),
    ... )
    >>> for duty in read_duties(letter, issued_on=dt.date(2018, 6, 29), year=2018):
    ...     print(duty.addressee, duty.deadline.text, duty.deadline.due, duty.deadline.workday_due)
    各单位 发文之日起1个月内 2018-07-29 2018-07-30
    各单位 年底前 2018-12-31 2018-12-29

**A source without a table**: an interpretation, an index, an implementation plan of running text.

Nobody answers for single items there, so it is no plan. Yet it lays down what works through the year:

    a sentence                                   becomes
    asks for something by a day                  a dated duty
    … so long after an event (发布后15个工作日内)    a duty whose term a rule of time counts
    … so many times in a period                  a duty that comes again
    has the words of a logbook                   a duty that wants it kept, once for each     (`logbooks.Logbook.words`)
    demands something else                       what was not understood: listed with its place
    anything else                                text

**The year that it speaks of** is the one that a person said, that of the title, or the one that the text names most often;
the last is told, since a report of this year quotes the years before.

    >>> text = Source("txt", "方案.txt", (
    ...     Paragraph("我县2031年公开工作实施方案", "L1"),
    ...     Paragraph("规范性文件要于发布后15个工作日内上网。各单位要对工作人员开展轮训。各单位务必提高认识。", "L2"),
    ... ))
    >>> reading = read_source(text, calendar=Calendar())
    >>> [(duty.deadline.offset, duty.logbook) for duty in reading.plan.duties], reading.plan.year
    ([('15WD', ''), ('', '业务培训')], 2031)
    >>> reading.account.count(Use.UNREAD), [entry.text for entry in reading.account.unread]
    (1, ['各单位务必提高认识。'])

**Collective names.** A unit cell speaks of 市有关单位（见附件1，下同）; the list is a sheet, a table or a few lines of the same file,
found by its annex number or by its title. What no list defines has no members: nobody is guessed.

    >>> annex_of("市有关单位", "市政府办、市有关单位（见附件1，下同），各县负责")
    '附件1'
    >>> defined_in("本表所称有关单位，是指市甲局、市乙局。", "有关单位")
    ('市甲局', '市乙局')
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from tracker import patterns as re
from tracker.grid import Grid, Paragraph, Source, texts_of
from tracker.logbooks import LOGBOOKS, Logbook
from tracker.model import CitedDocument, Deadline, DeadlineKind, Duty, Plan
from tracker.numerals import HAN, ONES, read_number
from tracker.problems.base import Finding
from tracker.problems.reading import SOURCE_LEFTOVERS, SOURCE_YEAR
from tracker.reading.deadlines import read_deadline
from tracker.reading.lines import Rank, TextLine, leading_number
from tracker.reading.plan.account import Account, AccountEntry, PlanReading
from tracker.reading.tables import Use, is_names, is_pure, plain_head, settle, without_frames
from tracker.text import clean, fold, restore_date
from tracker.values import dataclass
from tracker.workdays import PUBLIC_CALENDAR, Calendar

_NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{1,16}\s*[〔\[［(（【﹝]\s*(?:19|20)\d{2}\s*[〕\]］)）】﹞]\s*(?:第\s*)?\d{1,4}\s*[号號]"
)
# 〔2026〕5号 below the name of a series of minutes.
_NUMBER_ALONE = re.compile(r"[〔\[［（(【]\s*(?:19|20)\d{2}\s*[〕\]］)）】]\s*第?\s*\d{1,4}\s*号")
# 二〇二六, its zeros typed in any way.
_HAN_YEAR = rf"二[〇○零ＯO0][〇○零ＯO0{ONES}]{{2}}"
_DATE = re.compile(
    rf"(?P<year>(?:19|20)\d{{2}}|{_HAN_YEAR})\s*[年./\-－]\s*"
    rf"(?P<month>\d{{1,2}}|[{HAN}]{{1,2}})\s*[月./\-－]\s*(?P<day>\d{{1,2}}|[{HAN}]{{1,3}})\s*日?"
)
_NOT_ISSUED = re.compile(
    r"截至|截止|填报|填表|打印|更新|发布(?:时间|日期)|时间[:：]|来源|浏览|索引|点击|施行|实施|召开"
)
_FILLER = re.compile(
    r"^制表|^编制|^制发|(?:交办|下达|下发|制表|填表)(?:日期|时间)|印发|发布|文号|发文(?:字号|日期|机关|时间|单位)|成文(?:日期|时间)|制定|签发|印发日期|日期|时间|[:：，,。；;（）()【】\[\]\s\u3000\xa0|｜/]|附件\d*|修订|编制|公布"
)
# What a plan's title ends in, the most telling first.
_ENDS = (
    r"分工方案|分工表|任务分工|分工|分解表|任务分解|分解|工作台账|台账|任务清单|责任清单|清单|任务表|责任表|一览表|工作要点|要点|任务书|任务单|责任单|"
    r"实施方案|行动方案|工作方案|方案|行动计划|工作计划|计划|若干措施|措施|工作安排|安排|意见|实施细则|重点工作|工作任务|重点任务|任务|工作部署|任务部署|明细表|推进表|作战图|事项|汇总表|矩阵|一览|目录|责任书|责任状|目标|专项行动|行动|项目|表|工作|规划|责任制"
)
_TITLE_END = re.compile(rf"(?:{_ENDS})(?:[（(][^（）()]{{1,12}}[)）])?$")
_LETTER_END = re.compile("通知$|的函$")
# A notice that changes a plan is no plan's cover letter: its own title says what it is.
_CHANGE_NOTICE = re.compile(r"(?:补充|调整|修改|变更|更正|取消|調整|補充|變更).{0,60}(?:通知|函)$")
# The second line of a title: what the list is called, without place or year.
_LIST_ALONE = re.compile(
    r"(?:分工方案|分工表|任务分工|分解表|任务分解|任务清单|责任清单|任务表|责任表|一览表|推进表|台账)$"
)
# Without the usual ending only a bare phrase with a year in it is a title.
_NOT_TITLE = re.compile(r"[。；;：:，,！？]|通知|填报|截至|截止|日$|月$|印发|名单|的函$")
_MINUTES = re.compile(r"(?:纪要|决定|决议)(?:[（(][^（）()]{1,16}[)）])?$")
_BOOK_TITLE = re.compile(r"《([^《》]{4,80})》")


@dataclass(frozen=True, slots=True)
class Meta:
    """Title, number, issuer, date of issue and year; empty or None where nothing is printed."""

    title: str = ""
    number: str = ""
    issuer: str = ""
    issued_on: dt.date | None = None
    year: int | None = None


def read_meta(front: Sequence[str], *, back: Sequence[str] = (), names: Sequence[str] = ()) -> Meta:
    """Read what the plan is.

    Args:
        front: The texts before the plan, in order: rows above the head, cover sheet, paragraphs of the letter.
        back: The short texts after it.
        names: Sheet names, for the year.
    """
    lines = [re.sub(r"[\r\n]+|^#+\s+", "", text).strip(" \u3000\xa0\t") for text in front]
    lines = [text for text in lines if text]
    tail = [text.strip() for text in back if text.strip()]
    title = _title(lines)
    number = next(filter(None, map(_own_number, lines)), "")
    issuer, issued_on = _signature(lines, title)
    if not issuer and (office := _OFFICE_OF_TITLE.match(title)):
        issuer = office["office"]
    if tail and not (issuer and issued_on):
        office_behind, day_behind = _signature(tail)
        issuer, issued_on = issuer or office_behind, issued_on or day_behind
    short = [text for text in lines if len(text) < 60]
    # 2025年工作总结和2026年工作安排 is the plan of 2026.
    year = (
        year_of(_LOOKS_BACK.sub("", title)) or year_of(title) or next(filter(None, map(year_of, names)), None)
    )
    year = year or (issued_on.year if issued_on else next(filter(None, map(year_of, short)), None))
    return Meta(title, number, issuer, issued_on, year)


_LOOKS_BACK = re.compile("^.*(?:总结|回顾|情况)[以]?[及和与暨、]")
_CITED = re.compile(
    rf"《(?P<title>[^《》]{{4,120}})》(?:\s*[（(]\s*(?P<number>{_NUMBER.pattern}))?|(?P<alone>{_NUMBER.pattern})"
)
_RESTS_ON = re.compile(r"(?:根据|依据|按照|依照|贯彻|落实|执行)[^。；;]{0,30}$")
# What stands before a number that is named without its title.
_BEFORE_NUMBER = re.compile(r"^.*(?:根据|依据|按照|依照|贯彻|落实|执行|印发|转发|以及|附件|[和与及见])")
_ANNEX_LIST = re.compile(r"附件\d*\s*[:：]\s*(?P<rest>.*)")
_ANNEX_ITEM = re.compile(r"\d{1,2}\s*[.．、]\s*(?=\S)")


def documents_in(texts: Iterable[str], *, title: str = "", number: str = "") -> tuple[CitedDocument, ...]:
    """The documents that texts name: those with a number, and those that something rests on; each once.

    Args:
        texts: Lines and cells.
        title: Of the source itself, which is none of them.
        number: Likewise.

    >>> [str(document) for document in documents_in(("根据《甲市公开办法》和某府办〔2017〕51号，做好《年度报告》（国办函〔2021〕30号）",))]
    ['《甲市公开办法》', '某府办〔2017〕51号', '《年度报告》（国办函〔2021〕30号）']
    """
    documents: dict[str, CitedDocument] = {}
    for text in texts:
        if "《" not in text and "号" not in text and "號" not in text:
            continue
        line = clean(text).text
        for match in _CITED.finditer(line):
            its_number = "".join((match["number"] or _BEFORE_NUMBER.sub("", match["alone"] or "")).split())
            its_title = " ".join((match["title"] or "").split())
            is_meant = its_number or _RESTS_ON.search(line[: match.start()])
            is_own = (its_number or its_title) in (number, title) or (its_title and its_title in title)
            if is_meant and not is_own:
                documents.setdefault(its_number or its_title, CitedDocument(its_title, its_number))
    return tuple(documents.values())


def annexes_in(lines: Sequence[str]) -> tuple[str, ...]:
    """The annexes that the foot of a letter lists, without their numbers.

    >>> annexes_in(("特此通知。", "附件：1.市有关单位名单", "2．任务分工表", "某府办公室"))
    ('市有关单位名单', '任务分工表')
    """
    for n, line in enumerate(lines):
        if match := _ANNEX_LIST.match(line.strip()):
            rest = [match["rest"]]
            for other in lines[n + 1 :]:
                if not _ANNEX_ITEM.match(other.strip()) or len(other) > _LONGEST_ANNEX:
                    break
                rest.append(other)
            items = (item for text in rest for item in _ANNEX_ITEM.split(text.strip()))
            return tuple(filter(None, (item.strip().rstrip("。；;") for item in items)))
    return ()


# A numbered line below the annexes that is longer is a paragraph.
_LONGEST_ANNEX = 60


# A title is asked as a line among others, as one of two halves and as the name of the plan.
@lru_cache(maxsize=1024)
def year_of(text: str) -> int | None:
    """The first year that a title or name speaks of.

    >>> year_of("2023—2025年行动方案"), year_of("二〇二六年任务"), year_of("二O二六年任务"), year_of("12345热线")
    (2023, 2026, 2026, None)
    """
    folded_text = fold(text)
    if match := re.search(r"(?<!\d)((?:19|20)\d{2})(?=\s*(?:[—\-–~～至到]|年|$|\D))", folded_text):
        return int(match[1])
    if match := re.search(f"{_HAN_YEAR}(?=年)", folded_text):
        return _year(match[0])
    return None


def dates_in(text: str) -> list[dt.date]:
    """The whole dates that a text names."""
    dates = []
    for match in _DATE.finditer(text):
        year = _year(match["year"])
        try:
            dates.append(dt.date(year, read_number(match["month"]), read_number(match["day"])))
        except ValueError:
            continue
    return dates


def _year(text: str) -> int:
    """A year in either writing; its zeros may have been typed as figures or letters: 二O二六."""
    return read_number(text if text.isdecimal() else re.sub("[ＯO0]", "〇", text))


def _own_number(text: str) -> str:
    """A document number that stands alone, or beside nothing but a date and the issuer."""
    if _NUMBER_ALONE.fullmatch(text):
        return text
    match = _NUMBER.search(text)
    if match is None or re.search(r"[《》]|根据|按照|依据|转发|关于", text):
        return ""
    number = match[0]
    for filler in ("发文字号", "文号", "附件", "编号"):
        number = number.removeprefix(filler)
    rest = _FILLER.sub("", _DATE.sub("", text.replace(match[0], "")))
    return number if len(rest) <= 16 else ""


def _signature(lines: Sequence[str], title: str = "") -> tuple[str, dt.date | None]:
    """The office that signs, beside 印发 or in the line before the date, and the last date that stands alone or beside it."""
    issuer, issued_on = "", None
    for before, text in pairwise(("", *lines)):
        if len(text) > _LONGEST_SIGNATURE or _NOT_ISSUED.search(text):
            continue
        is_bare = _BARE_DAY.fullmatch(text) is not None
        day = restore_date(re.sub(r"\D", "", text)) if is_bare else None
        dates = [day] if day else dates_in(text)
        if not dates:
            continue
        rest = "" if day else _FILLER.sub("", _NUMBER.sub("", _DATE.sub("", text)))
        is_office = bool(rest) and not rest.isdecimal() and is_names(rest)
        if len(dates) == 1 and (not rest or (is_office and len(rest) <= _LONGEST_OFFICE)):
            issued_on = dates[0]
        if is_office:
            issuer = issuer or rest
        elif (
            not issuer
            and before != title
            and len(before) <= _LONGEST_OFFICE
            and not re.search("[:：、，,]", before)
            and is_names(before)
        ):
            issuer = before
    return issuer, issued_on


# A line of a signature, and the name of the office in it.
_LONGEST_SIGNATURE = 70
_LONGEST_OFFICE = 30
_BARE_DAY = re.compile(r"[\d\s]+日?")
_OFFICE_OF_TITLE = re.compile(
    r"(?P<office>[^\d《》]{3,30}?(?:局|委|办|厅|办公室|政府|委员会|中心))(?:关于)?(?:20|19)\d{2}年"
)


def _title(lines: Sequence[str]) -> str:
    """The line that names the plan; of several the last, a letter's 关于印发…的通知 only for want of one."""
    candidates = [position for position, text in enumerate(lines) if _is_title(text)]
    if not candidates:
        for text in lines:
            if len(text) < 100 and _CHANGE_NOTICE.search(text):
                return clean(text).text
        for text in lines:
            if len(text) < 120 and (match := _BOOK_TITLE.search(text)) and re.search("印发|通知", text):
                return clean(match[1]).text
        if minutes := [text for text in lines if len(text) < 60 and _MINUTES.search(text)]:
            return clean(minutes[-1]).text
        for text in lines:
            if (
                year_of(text)
                and 8 <= len(text) <= 60
                and not _NOT_TITLE.search(text)
                and not _own_number(text)
            ):
                return clean(text).text
        letters = [
            text for text in lines if re.search(r"关于.*(?:通知|意见|方案|要点)$", text) and len(text) < 100
        ]
        return clean(_unnotice(letters[0])).text if letters else ""
    best = max(
        candidates,
        key=lambda position: (
            bool(year_of(lines[position])),
            not _LETTER_END.search(lines[position]),
            position,
        ),
    )
    text = lines[best]
    # A title broken over two lines: the first half has the place and the year and ends in mid-phrase.
    if best and not year_of(text) and year_of(lines[best - 1]) and _could_begin(lines[best - 1]):
        text = lines[best - 1] + text
    # Or its end, the name of the list, stands alone in the second line.
    elif best + 1 < len(lines) and _goes_on(lines[best + 1]):
        text += lines[best + 1]
    return clean(re.sub(r"^附件\s*\d*\s*[:：]?\s*", "", text)).text


def _could_begin(text: str) -> bool:
    return len(text) <= 40 and not re.search(r"[。：:；;，,]|号|日$", text) and not _TITLE_END.search(text)


def _goes_on(text: str) -> bool:
    return len(text) <= 16 and not re.search(r"\d|[：:（(]|^附", text) and bool(_LIST_ALONE.search(text))


def _unnotice(text: str) -> str:
    """The plan that a notice issues: 关于印发某市要点的通知 issues 某市要点."""
    match = re.search(r"关于(?:印发|下发|转发|公布)(.+?)的(?:通知|函)$", text)
    return match[1].strip("《》") if match else text


def _is_title(text: str) -> bool:
    bare = re.sub(r"^附件\s*\d*\s*[:：]?\s*", "", text)
    if not 5 <= len(bare) <= 80 or re.search(r"[。；;！？]|[:：]$|[:：](?!\S*年)", bare):
        return False
    if re.search(r"的通知$|的函$|^关于印发|^(?:来源|发布)|名单|说明$", bare):
        return False
    number = leading_number(bare)
    if number is not None and number.rank <= Rank.LETTER:
        return False
    return bool(_TITLE_END.search(bare) or _TITLE_END.search(fold(bare)))


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


_ANNEX = re.compile(rf"附\s*(?:件|表|录)\s*(?P<no>\d{{1,2}}|[{HAN}]{{1,2}})?")


# 附件2：名单; 附：名单
_OPENS_ANNEX = re.compile(rf"^附(?:\s*[件表录]\s*(?:\d{{1,2}}|[{HAN}]{{1,2}})?\s*[:：]?|\s*[:：])")


@dataclass(frozen=True, slots=True)
class Annex:
    """A list of units.

    Attributes:
        label: `附件1`; empty where it has none.
        title: What stands over the list.
        members: The names, in order.
        place: Where it stands.
    """

    label: str
    title: str
    members: tuple[str, ...]
    place: str


def label_in(text: str) -> str:
    """The annex that a text speaks of, in one form; empty if none.

    >>> label_in("见附件 1"), label_in("附件一：名单"), label_in("附件"), label_in("名单附后")
    ('附件1', '附件1', '附件', '')
    """
    match = _ANNEX.search(fold(text))
    if match is None:
        return ""
    return f"附件{read_number(match['no'])}" if match["no"] else "附件"


def annex_of(name: str, clause: str) -> str:
    """The annex that a clause sends to for a name."""
    tight = re.sub(r"\s+", "", clause)
    match = re.search(re.escape(re.sub(r"\s+", "", name)) + r"[（(【\[]([^()（）\]】]*)[)）\]】]", tight)
    if match is None:
        return ""
    return label_in(match[1]) or ("名单" if re.search("名单|附后|见后", match[1]) else "")


def read_annex_grid(grid: Grid, above: Sequence[str] = ()) -> Annex | None:
    """Read a sheet or table as a list of units; None if it is none."""
    start, column = 0, None
    titles = [*above, grid.name]
    for row in range(min(grid.height, 8)):
        row_cells = grid.cells(row)
        unit_columns = [
            at
            for at, text in row_cells.items()
            if re.search(r"单位|部门|成员|名称|机构", plain_head(text)) and is_pure(text)
        ]
        if unit_columns and (len(row_cells) > 1 or "名单" not in row_cells[unit_columns[0]]):
            start, column = row + 1, unit_columns[0]
            break
        alone = next(iter(row_cells.values()), "") if len(row_cells) == 1 else ""
        if not alone or _names(alone):
            break
        titles.append(alone)
        start = row + 1
    members: list[str] = []
    for row in range(start, grid.height):
        row_cells = grid.cells(row)
        if column is not None:
            texts = [row_cells[column]] if column in row_cells else []
        else:
            texts = [text for text in row_cells.values() if not re.fullmatch(r"[\d.、]+", text.strip())]
        for text in texts:
            members += _names(text)
    if not members:
        return None
    title = " ".join(text.strip() for text in titles if text.strip())
    return Annex(label_in(title), title, tuple(dict.fromkeys(members)), grid.place(0, 0))


def read_annex_lines(lines: Sequence[TextLine]) -> list[Annex]:
    """Read lists that stand as lines under 附件1, 附件2 and so on."""
    annexes: list[Annex] = []
    label, titles, members, place = "", [""], [""], ""
    for line in [*lines, TextLine("附件", "")]:
        head = _OPENS_ANNEX.match(line.text)
        if head and len(line.text) <= 40:
            if place and any(members):
                title = " ".join(filter(None, titles))
                annexes.append(Annex(label, title, tuple(dict.fromkeys(filter(None, members))), place))
            label, place = label_in(line.text), line.place
            titles, members = [line.text[head.end() :]], []
        elif place:
            names = _names(line.text)
            if names:
                members += names
            elif not members:
                titles.append(line.text)
    return annexes


def _names(text: str) -> list[str]:
    """The names in a cell or line of a list; empty if it is something else."""
    number = leading_number(text.strip())
    body = number.rest if number is not None else text.strip()
    body = re.sub(r"^\d{1,3}\s*[.、]?\s*", "", body)
    # 市有关单位包括：甲、乙。 is the list and its name in one cell.
    body = (
        re.sub(r"^[^：:、]{0,20}(?:单位|部门|名单|成员)(?:包括|有|为|是指)?[：:]", "", body)
        .strip()
        .rstrip("。；;")
    )
    if not is_names(body) or re.search("名单|一览", body):
        return []
    return [part.strip() for part in re.split(r"[、，,；;\n]|\s{1,}", body.strip("。")) if part.strip()]


def defined_in(text: str, name: str) -> tuple[str, ...]:
    """The members that a sentence gives a collective name: 有关单位是指甲、乙; empty if it gives none."""
    match = re.search(
        re.escape(name)
        + r"[”\"]?[，,]?(?:(?:是指|系指|指的是|包括|指|为)[:：]?|[:：])(?P<members>[^。；;）)]+)",
        text,
    )
    if match is None or not is_names(match["members"], lone=False):
        return ()
    return tuple(_names(match["members"]))


def members_of(
    name: str, clauses: Iterable[str], annexes: Sequence[Annex], notes: Iterable[str] = ()
) -> tuple[str, ...] | None:
    """Who a collective name means, by what the file says; None if it does not say.

    The annex that the clause names, else the one annex whose title holds the name, else a note that defines it.
    """
    for clause in clauses:
        label = annex_of(name, clause)
        if label:
            for annex in annexes:
                if (
                    annex.label == label
                    or (label == "附件" and len(annexes) == 1)
                    or (label == "名单" and fold(name) in fold(annex.title))
                ):
                    return annex.members
    candidates = [annex for annex in annexes if fold(name) in fold(annex.title)]
    if len(candidates) == 1:
        return candidates[0].members
    for note in notes:
        if members := defined_in(note, name):
            return members
    return None


# What a text is about stands in its first lines.
_HEADLINES = 6
# Stricter than what makes a dated sentence a duty: 公开 and 完成 alone demand nothing.
_DEMANDS = re.compile(
    r"(?<![重主必需纲概简摘])要(?![求点素闻因])|应当|应(?![对急用邀公尽])|须|务必|不得|确保|力争|负责|建立健全|制定"
)
# A sentence that asks for a logbook may tell what was laid down: 提出了…制度.
_LAYS_DOWN = re.compile(
    r"提出|实行|实施|建立|划定|列入|推进|推动|加强|落实|开展|完善|强化|做好|及时|充分|组织|举办|安排|公布|整合|清理|规范|加快|按时|按期"
)
_ANY_YEAR = re.compile(r"(20\d{2})年")


def headlines(source: Source) -> list[str]:
    """The first lines of a text, which say what it is about."""
    return [clean(paragraph.text).text for paragraph in source.paragraphs[:_HEADLINES]]


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
    meta = read_meta(headlines(source))
    sentences = tuple(sentences_of(source.paragraphs))
    issued_on = issued_on or meta.issued_on
    findings: list[Finding] = []
    if year is None:
        year, is_guess = _year_of_text(sentences, year_of(meta.title))
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


def _year_of_text(sentences: Sequence[Sentence], title_year: int | None) -> tuple[int | None, bool]:
    """The year that a text speaks of, and whether that was only counted."""
    if title_year is not None:
        return title_year, False
    counts = Counter(int(year) for sentence in sentences for year in _ANY_YEAR.findall(fold(sentence.text)))
    if not counts:
        return None, False
    # Of years that are named equally often the latest: what is over lays nothing down.
    return max(counts, key=lambda year: (counts[year], year)), True
