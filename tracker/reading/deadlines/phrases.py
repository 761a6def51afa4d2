"""From a phrase, or the value of a time cell, to its limit: fold, scan, choose, compute.

Values that are no text (dates, day numbers, 2024.6) become a phrase first (`as_phrase`). Everything that a phrase
says about time is found from left to right, nothing twice (`scan`). The rules stand in the package's docstring.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from tracker import patterns as re
from tracker.grid import ErrorValue, Value, as_text
from tracker.model import Deadline, DeadlineKind, Milestone
from tracker.numerals import HAN
from tracker.problems.office import NoCalendar
from tracker.reading.deadlines.dates import (
    FEASTS,
    after,
    anchor_before,
    find_date,
    find_repeat,
    find_span,
    find_steady,
    runs_from_issue,
)
from tracker.reading.deadlines.limits import (
    Mention,
    MentionSort,
    PhraseContext,
    Precision,
    choose,
    days_of,
    is_limit_of_cell,
    is_of_thing,
    is_range,
    is_weak,
    limits_by_place,
    limits_in,
    part_bounds,
    start_before,
)
from tracker.text import FoldedText, find_spots, fold_with_places, restore_date
from tracker.values import dataclass
from tracker.workdays import PUBLIC_CALENDAR, Calendar

# Excel counts days from here; the numbers of 2000-01-01 to 2099-12-31.
_EPOCH = dt.date(1899, 12, 30)
# A day with a time of day, as exports write it.
_MOMENT = re.compile(r"(?P<day>\d{4}([-/.])\d{1,2}\2\d{1,2})[ T]+\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?")
_DAY_NUMBERS = range(36526, 73051)


def as_phrase(value: Value) -> str:
    """Write the value of a time cell as a phrase that the grammar can read.

    A number that Excel would show as a day becomes that day.

    >>> as_phrase(dt.datetime(2023, 4, 28)), as_phrase(45044), as_phrase(2024.6), as_phrase(None)
    ('2023-04-28', '2023-04-28', '2024.6', '')
    """
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value in _DAY_NUMBERS:
        return (_EPOCH + dt.timedelta(days=int(value))).isoformat()
    text = as_text(value).strip()
    moment = _MOMENT.fullmatch(text)
    return moment["day"] if moment else text


def lost_a_zero(value: Value) -> bool:
    """Whether Excel may have dropped a zero that matters: 2024.1 was perhaps typed as 2024.10, and 6.3 as 6.30.

    >>> [lost_a_zero(each) for each in (2024.1, 6.3, 2024.6, 6.4, "2024.1")]
    [True, True, False, False, False]
    """
    if not isinstance(value, float) or value.is_integer():
        return False
    whole, _, part = as_text(value).partition(".")
    return part in (("1",) if len(whole) == 4 else ("1", "2", "3"))


# Repetitions first: 一月一调度 begins like the month of January.
_FINDERS: tuple[Callable[[str, int, PhraseContext], Mention | None], ...] = (
    find_repeat,
    find_date,
    find_span,
    lambda text, at, _: find_steady(text, at),
)
# No mention begins with another character; most of a sentence is passed over with one look.
_BEGINNINGS = frozenset(
    f"0123456789零〇两廿百元半{HAN}"
    "每逢按逐各分隔双单天日周月季年岁春秋全今本当明下次翌来后去上前新第Qq定不长持常动经间滚始久自从即印发公"
    '“"‘「'
).union(feast[0] for feast in FEASTS)
_HANDS_ON = re.compile(r"[月季半./-]|\d{6}")
# The name of a document may hold a year that is nobody's limit.
_TITLE = re.compile(r"《[^《》]*》")


def scan(text: str, context: PhraseContext) -> tuple[Mention, ...]:
    """Find every mention of time in a folded phrase, in the order written."""
    masked_text = _TITLE.sub(lambda match: "□" * len(match.group()), text)
    mentions: list[Mention] = []
    at = 0
    while at < len(masked_text):
        first_mention = None
        if masked_text[at] in _BEGINNINGS:
            first_mention = next(
                (mention for find in _FINDERS if (mention := find(masked_text, at, context))), None
            )
        if first_mention is None:
            at += 1
            continue
        mentions.append(first_mention)
        context = replace(context, year=_year_for_the_next(first_mention, masked_text, context))
        at = max(first_mention.end, at + 1)
    return tuple(mentions)


def _year_for_the_next(mention: Mention, text: str, context: PhraseContext) -> int | None:
    """The year that a later day without one belongs to.

    Only a written month, quarter or half-year hands its year on: 2022年5月验收，6月移交. An aim (到2025年) and a year
    end do not; nor does, inside a sentence, a year that was over before the plan's began.
    """
    if (
        mention.due is None
        or mention.sort not in (MentionSort.DAY, MentionSort.START)
        or mention.precision is Precision.YEAR
    ):
        return context.year
    is_past = context.plan_year is not None and mention.due.year < context.plan_year
    if (is_past and not context.whole) or not _HANDS_ON.search(text[mention.start : mention.end]):
        return context.year
    return mention.due.year


# Vague on purpose: nobody meant a date.
_VAGUE = re.compile(
    r"适时|及时|尽快|尽早|早日|立即|立刻|立行|马上|抓紧|随时|实时|即时|即办|即知|待|另行|另定|未定|视|逐步|逐年|分步|分批|分期|分年|分阶段|稳步|有序|同步"
    r"|加快|争取|近期|随|第一时间|当日|当天|限期|限时|按期|按时|按需|需要|不限|暂无|^无$|结合实际|按(?!.*(?:方案|附件|表))|根据(?!.*(?:方案|附件|表))"
)
# A season, an event, another page: somebody meant a date and did not write it.
_NO_DATE = re.compile(
    r"汛|开学|学期|暑|寒假|春耕|秋收|入冬|入夏|供暖|采暖|防火期|雨季|高考|中考|两会|春节|清明|端午|中秋|元宵|重阳|除夕|见|详|参照|附件|附表|\d|#"
)
_EMPTY = re.compile(r"[\s/\\—–\-－―…·.。、_~～无]*")
# With a year alone they say that no day of it is meant: 2021年汛前, 今年秋季, 明年初.
_SEASON = re.compile(
    r"汛|开学|学期|暑|寒假|春|夏|秋|冬|供暖|采暖|防火|雨季|高考|中考|两会|清明|端午|中秋|元宵|重阳|除夕|初(?![步稿审验])"
)
_LUNAR = re.compile(r"农历|阴历|正月|腊月|冬月")
# A limit that runs from an event and names no length: 省方案出台后.
_EVENT = re.compile(
    r"(?P<anchor>[^,，。;；:：]*(?:出台|印发|下发|发布|公布|批复|批准|下达|施行|到位|竣工|验收)(?:之|以)?后)"
)
_TRIM = "，。；、,;. 　"


@dataclass(frozen=True, slots=True)
class DeadlineReading:
    """A limit, and whether a person has to be asked about it."""

    deadline: Deadline
    unreadable: bool = False


# A plan says the same few time limits row after row; 1, 1.0 and True are different values.
@lru_cache(maxsize=1024, typed=True)
def understand(
    value: Value,
    *,
    year: int | None,
    issued_on: dt.date | None,
    calendar: Calendar,
    inside: bool = False,
    by_place: bool = False,
) -> DeadlineReading:
    """Read a time limit, and tell whether a person has to be asked; the arguments are those of `read_deadline`.

    Args:
        value: The phrase, or the value of a time cell.
        year: The plan year.
        issued_on: Date of issue.
        calendar: The working days.
        inside: True for a requirement.
        by_place: Inside a requirement that sets no limit every day stands for one that plainly is nothing else.
    """
    phrase = as_phrase(value)
    wording = value.strip() if isinstance(value, str) else phrase
    if isinstance(value, ErrorValue) or lost_a_zero(value):
        return DeadlineReading(Deadline(wording), unreadable=True)
    if not inside and (day := restore_date(phrase)):
        return DeadlineReading(Deadline(wording, DeadlineKind.DATE, day, _on_or_before(day, calendar)))
    plan_year = year if year is not None or issued_on is None else issued_on.year
    folded_phrase = fold_with_places(phrase)
    mentions = scan(folded_phrase.text, PhraseContext(plan_year, plan_year, whole=not inside))
    if inside:
        limits = limits_in(mentions, folded_phrase.text, plan_year)
        mentions = limits or (limits_by_place(mentions, folded_phrase.text, plan_year) if by_place else ())
    else:
        mentions = tuple(mention for mention in mentions if is_limit_of_cell(mention, folded_phrase.text))
    limit = choose(mentions, folded_phrase.text, inside=inside)
    wrong = any(mention.sort is MentionSort.WRONG for mention in mentions)
    if limit is None or limit.sort is MentionSort.WRONG:
        return _nothing(phrase, folded_phrase.text, wrong=wrong, inside=inside)
    if not inside and any(
        abs(spot.at - folded_phrase.places[limit.start]) <= 3 for spot in find_spots(phrase)
    ):
        return DeadlineReading(Deadline(wording), unreadable=True)
    if not inside and _is_unsure(limit, folded_phrase.text):
        return DeadlineReading(Deadline(wording), unreadable=True)
    anchor = _anchor(limit, folded_phrase, phrase)
    deadline = _deadline(limit, mentions, folded_phrase.text, anchor, issued_on, calendar, inside=inside)
    text = _phrase_of(limit, folded_phrase, phrase) if inside else wording
    days = days_of(mentions, folded_phrase.text, inside=inside) if limit.sort is MentionSort.DAY else []
    milestones = _milestones(days, folded_phrase, phrase)
    return DeadlineReading(replace(deadline, text=text, milestones=milestones), unreadable=wrong)


def _milestones(mentions: Sequence[Mention], folded_phrase: FoldedText, phrase: str) -> tuple[Milestone, ...]:
    """The dated parts of a limit; none where there is one day only."""
    days = [mention for mention in mentions if mention.sort is MentionSort.DAY]
    if not days:
        return ()
    days = [
        day
        for day, after in zip(days, [*days[1:], None], strict=True)
        if after is None or not is_range(folded_phrase.text, day, after)
    ]
    if len(days) < 2 or (len({day.due for day in days}) < 2 and days[0].due is not None):
        return ()
    return tuple(
        Milestone(folded_phrase.original(phrase, start, end).strip(_TRIM).rstrip("和与及、"), day.due)
        for day, (start, end) in zip(days, part_bounds(days, folded_phrase.text), strict=True)
    )


def _is_unsure(limit: Mention, text: str) -> bool:
    """Whether a cell names a season, or a day of the moon, in place of a day."""
    if limit.sort is not MentionSort.DAY:
        return False
    rest = text[: limit.start] + "□" + text[limit.end :]
    return bool(_LUNAR.search(text)) or (limit.precision is Precision.YEAR and bool(_SEASON.search(rest)))


def _nothing(phrase: str, folded_text: str, *, wrong: bool, inside: bool) -> DeadlineReading:
    if inside:
        return DeadlineReading(Deadline(), unreadable=wrong)
    if (match := _EVENT.match(folded_text)) and not folded_text.startswith("待"):
        return DeadlineReading(Deadline(phrase, DeadlineKind.RELATIVE, anchor=match["anchor"]))
    if _EMPTY.fullmatch(folded_text):
        return DeadlineReading(Deadline(phrase))
    is_meant = (
        wrong
        or bool(_NO_DATE.search(folded_text))
        or bool(find_spots(phrase))
        or not _VAGUE.search(folded_text)
    )
    return DeadlineReading(Deadline(phrase), unreadable=is_meant)


def _deadline(
    limit: Mention,
    mentions: tuple[Mention, ...],
    text: str,
    anchor: str,
    issued_on: dt.date | None,
    calendar: Calendar,
    *,
    inside: bool,
) -> Deadline:
    if limit.sort is MentionSort.DAY:
        return Deadline("", DeadlineKind.DATE, limit.due, _on_or_before(limit.due, calendar))
    if limit.sort is MentionSort.WHOLE_YEAR:
        return Deadline("", DeadlineKind.ONGOING, limit.due, _on_or_before(limit.due, calendar))
    if limit.sort is MentionSort.REPEAT:
        return Deadline("", DeadlineKind.RECURRING, period=limit.period)
    if limit.sort is not MentionSort.SPAN:
        return Deadline("", DeadlineKind.ONGOING)
    start = start_before(mentions, limit, text)
    due = None
    try:
        if start is not None and start.due is not None:
            due = _end_of_run(start, limit, calendar)
        elif issued_on is not None and runs_from_issue(anchor, inside=inside):
            due = after(issued_on, limit, calendar)
    except NoCalendar:
        due = None
    return Deadline(
        "",
        DeadlineKind.RELATIVE,
        due,
        _on_or_after(due, calendar),
        anchor=anchor,
        offset=limit.offset,
    )


def _end_of_run(start: Mention, span: Mention, calendar: Calendar) -> dt.date | None:
    if start.due is None:
        return None
    if start.precision is Precision.YEAR and span.unit == "Y":
        # 2021年起3年内: the third year is 2023.
        return dt.date(start.due.year + span.amount - 1, 12, 31)
    return after(start.due, span, calendar) if start.precision is Precision.DAY else None


def _anchor(limit: Mention, folded_phrase: FoldedText, phrase: str) -> str:
    if limit.sort is not MentionSort.SPAN:
        return ""
    start, end = anchor_before(folded_phrase.text, limit.start)
    return folded_phrase.original(phrase, start, end)


def _phrase_of(limit: Mention, folded_phrase: FoldedText, phrase: str) -> str:
    start = limit.start
    if limit.sort is MentionSort.SPAN:
        start = min(anchor_before(folded_phrase.text, start)[0], start)
    return folded_phrase.original(phrase, start, limit.end).strip(_TRIM)


def _on_or_before(day: dt.date | None, calendar: Calendar) -> dt.date | None:
    try:
        return None if day is None else calendar.on_or_before(day)
    except NoCalendar:
        return None


def _on_or_after(day: dt.date | None, calendar: Calendar) -> dt.date | None:
    try:
        return None if day is None else calendar.on_or_after(day)
    except NoCalendar:
        return None


def read_deadline(
    value: Value,
    *,
    year: int | None,
    issued_on: dt.date | None = None,
    calendar: Calendar = PUBLIC_CALENDAR,
    inside: bool = False,
) -> Deadline:
    """Read a time limit.

    Args:
        value: The phrase, or the value of a time cell: a date, or a number such as 2024.6.
        year: The plan year, for days without one; None falls back on the year of issue.
        issued_on: Date of issue, for 发文之日起.
        calendar: The working days.
        inside: True when the text is a requirement and the limit has to be found in it.
    """
    return understand(value, year=year, issued_on=issued_on, calendar=calendar, inside=inside).deadline


def is_readable(
    value: Value, *, year: int | None = None, issued_on: dt.date | None = None, inside: bool = False
) -> bool:
    """Whether a person need not be asked: False where something should be a date and is not.

    A day whose year nobody knows is readable: that is one question about the plan, not one for each row.
    """
    return not understand(
        value, year=year, issued_on=issued_on, calendar=PUBLIC_CALENDAR, inside=inside
    ).unreadable


# 3月1日至4月30日, 6月7日—9日
_SPAN_OF_DAYS = r"(?:20\d\d年)?\d{1,2}月\d{1,2}日?[—－\-~～至到]+(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日|[底末]|[上中下]旬)"
# A heading that ends in when its tasks are due, in words or in a bracket.
_HEADING_LIMIT = re.compile(
    r"(?:^|[、.．）)\s（(：:])(?:(?:需|须|应|拟|计划)?(?:在|于)?(?P<limit>[^、，,。（(）)：:]{1,16}(?:前|底|末|内|旬|季度|月份?|年))(?:需|须|应|要|全面|全部)?"
    r"(?:完成|办结|建成)|(?P<ongoing>(?:需|须|应|要)?(?:长期坚持|常年坚持|持续推进|长期推进|常态化推进)))"
    r"(?:的?(?:任务|事项|工作|项目|内容))?[)）]?[:：。]?$"
    r"|[（(](?:(?:完成|办结)?(?:时限|期限|时间)[:：为]?)?(?P<bracket>[^、，,。（(）)：:]{2,16}(?:前|止|以内)"
    r"|\d{1,2}月?(?:[底初份]|[上中下]旬)?[—－\-~～至到]+\d{1,2}月(?:[底末份]|[上中下]旬)?"
    rf"|{_SPAN_OF_DAYS})[)）][:：。]?$"
    r"|(?<=阶段)[（(](?P<stage>\d{1,2}月(?:份|[上中下]旬)?)[)）][:：。]?$"
    rf"|^(?:[{HAN}]{{1,3}}、|[（(][{HAN}]{{1,3}}[)）])?\s*(?P<period>(?:\d{{1,2}}|[{HAN}]{{1,2}})月(?:份|底前?|前)?"
    rf"|\d{{1,2}}月?份?[—－\-~～至到]+\d{{1,2}}月份?|{_SPAN_OF_DAYS}|第?[一二三四1-4]季度|[上下]半年|全年)"
    r"(?P<ends>完成)?(?:的?(?:重点|主要)?(?:工作|任务|事项|安排|打算){0,2})?[:：]?$"
)
_TERM = "(?:完成|办结|截止)(?:时限|期限|时间|日期)"
_TERM_IS = re.compile(rf"^.*{_TERM}(?:均|都|一律|统一|全部)*(?:定?为|是|[:：])")
# 未注明时限的, 时限一栏空白的, 除另有规定外; or 以上任务均: whose limit is said once for all.
_FOR_THE_REST = re.compile(
    r"(?:未|没有?)(?:另行|单独)?(?:注明|写明|标明|明确|列明|填写?|标注|规定|列出)[^，,。；;]{0,6}(?:时限|期限|时间|日期)"
    r"|(?:时限|期限|时间)[^，,。；;]{0,6}(?:空白|空着|空缺|留空|为空|未填|未注明|未写明|没有填|没有写)"
    r"|除(?:已|另有|有)?(?:注明|写明|标明|明确|规定)[^，,。；;]{0,8}外"
    r"|(?:以[上下]|上述|下列|所有|全部|表中|各项|本表|本方案)(?:所列)?(?:各项)?(?:任务|事项|工作|项目|措施)"
    r"(?:[^，,。；;]{0,6}(?:均|都|一律|统一|全部)|(?=[，,]?[^，,。；;]{0,24}(?:完成|办结)(?!情况|后|的)))"
    rf"|(?={_TERM}(?:均|都|一律|统一|全部))"
)
_IS_REPORT = re.compile(r"报送|上报|反馈|报告|总结|公布|印发|汇总|填报|[报交]至|报我")
# Whether a text holds a limit does not hang on the year.
ANY_YEAR = 2024


def heading_limit(heading: str) -> str:
    """By when the tasks below a heading are due, as it says itself; empty where it says nothing or no limit.

    >>> [heading_limit(text) for text in ("一、6月底前完成的事项", "第一批（八一前办结）", "第二步：施工（2023年9月底前）", "三、队伍建设（2023年）", "实施阶段（4月—9月）")]
    ['6月底前', '八一前', '2023年9月底前', '', '4月—9月']
    >>> [heading_limit(text) for text in ("（一）1—3月", "二、下半年重点工作", "整治阶段（3月中旬至8月）", "一、上半年工作总结")]
    ['1—3月', '下半年', '3月中旬至8月', '']
    >>> heading_limit("三、全年工作安排"), heading_limit("三、全年工作总结"), heading_limit("3月份须完成的任务")
    ('全年', '', '3月份')
    >>> heading_limit("三、全年完成的任务"), heading_limit("二、下半年完成的工作")
    ('全年', '下半年')
    """
    match = _HEADING_LIMIT.search(heading)
    limit = match and (
        match["limit"] or match["ongoing"] or match["bracket"] or match["stage"] or match["period"]
    )
    return limit if limit and _is_some_limit(limit) else ""


def heading_period(heading: str) -> str:
    """The period that a heading names and nothing else, which is a limit in a calendar of such headings alone; else empty.

    >>> [heading_period(text) for text in ("三、下半年任务", "（一）1—3月", "三、全年完成的任务", "一、6月底前", "6月7日至9日")]
    ['下半年', '1—3月', '', '', '']
    """
    match = _HEADING_LIMIT.search(heading)
    period = match["period"] if match is not None and not match["ends"] else None
    return period if period and not re.search("[前底日]$", period) else ""


def note_limit(note: str) -> str:
    """By when the tasks without a limit of their own are due, as a note below the table says; empty for any other note.

    >>> [note_limit(text) for text in ("注：未注明时限的，均为11月底前完成。", "以上任务均须于12月20日前完成。", "以上事项均于每月25日前报送进展。")]
    ['11月底前', '12月20日前', '']
    >>> [note_limit(text) for text in ("说明：完成时限均为2023年11月30日，不再注明。", "除另有注明外，办结期限一律为9月末。", "上述工作，6月底前全部完成。")]
    ['2023年11月30日', '9月末', '6月底前']
    """
    for rest in _FOR_THE_REST.finditer(note):
        ends = re.search("[。；;]|$", note[rest.end() :])
        clause = note[rest.end() :][: ends.start() if ends else None]
        for part in re.split("[，,]", clause):
            term = _TERM_IS.sub("", part)
            limit = read_deadline(term, year=ANY_YEAR, inside=term == part)
            if limit.kind is not DeadlineKind.NONE and not _IS_REPORT.search(part):
                return limit.text
    return ""


def days_in(text: str) -> tuple[str, ...]:
    """Every day, month, quarter, half or end of a year that a text names, whether or not it binds anybody.

    >>> days_in("上半年（1—6月）清理，2024年6月30日前登记的企业除外")
    ('上半年（1—6月）', '2024年6月30日前')
    """
    folded_phrase = fold_with_places(text)
    return tuple(
        folded_phrase.original(text, mention.start, mention.end).strip(_TRIM)
        for mention in scan(folded_phrase.text, PhraseContext(ANY_YEAR, ANY_YEAR, whole=False))
        if mention.sort is MentionSort.DAY and mention.precision is not Precision.YEAR
    )


def days_of_things(text: str) -> tuple[str, ...]:
    """The days in a sentence that plainly belong to something that is named, was done or takes effect.

    >>> days_of_things("对6月底前到期的合同，9月底前续签"), days_of_things("截至3月底已建成三座，新办法5月1日起施行")
    (('6月底前',), ('3月底', '5月1日起'))
    """
    folded_phrase = fold_with_places(text)
    return tuple(
        folded_phrase.original(text, mention.start, mention.end).strip(_TRIM)
        for mention in scan(folded_phrase.text, PhraseContext(ANY_YEAR, ANY_YEAR, whole=False))
        if mention.sort in (MentionSort.DAY, MentionSort.START) and is_of_thing(mention, folded_phrase.text)
    )


def mentions_time(text: str) -> bool:
    """Whether a text names a time of any sort: a day, a year, a length, a repetition, 长期.

    >>> mentions_time("首批3月底"), mentions_time("2026年全覆盖"), mentions_time("尽快")
    (True, True, False)
    """
    folded_text = fold_with_places(text).text
    return bool(scan(folded_text, PhraseContext(ANY_YEAR, ANY_YEAR, whole=False)))


def begins_with_day(text: str) -> bool:
    """Whether a text begins with a day, a month or another part of a year.

    >>> [begins_with_day(text) for text in ("3月份完成招标", "第三季度交付", "在3月招标", "2026年招标")]
    [True, True, False, False]
    """
    days = days_in(text)
    return bool(days) and text.startswith(days[0])


def weak_times(text: str, year: int | None) -> tuple[tuple[str, dt.date | None], ...]:
    """The times in a sentence that are no limit of it and might be one, each with its day if it has one.

    >>> weak_times("候车亭5月亮灯，持续跟进需求。", 2026), weak_times("分析5月客流，5月底前提出方案。", 2026)
    ((('5月', datetime.date(2026, 5, 31)), ('持续', None)), ())
    >>> weak_times("春节前走访慰问。", 2026)
    (('春节前', None),)
    """
    folded_phrase = fold_with_places(text)
    mentions = scan(folded_phrase.text, PhraseContext(year, year, whole=False))
    limits = limits_in(mentions, folded_phrase.text, year)
    return tuple(
        (folded_phrase.original(text, mention.start, mention.end).strip(_TRIM), mention.due)
        for mention in mentions
        if mention not in limits and is_weak(mention, folded_phrase.text, year)
    ) + tuple((match[0], None) for match in _MOVABLE_FEAST.finditer(text))


# By a feast of the moon, whose day is in no table of ours.
_MOVABLE_FEAST = re.compile("(?:春节|元宵|清明|端午|中秋|重阳|除夕)节?(?:假期|来临|到来)?(?:之|以)?前")


def is_note_of_limits(text: str) -> bool:
    """Whether a line says by when all tasks are due, and nothing else: 以下任务均于9月底前完成."""
    is_long = len(text) > _LONGEST_NOTE
    return (
        not is_long and bool(_FOR_THE_REST.match(text)) and not _WHO.search(text) and bool(note_limit(text))
    )


_LONGEST_NOTE = 60
_WHO = re.compile("[（(]|牵头|负责|配合|单位|部门")


def _is_some_limit(text: str) -> bool:
    return read_deadline(text, year=ANY_YEAR).kind is not DeadlineKind.NONE
