"""From a phrase to its limit: fold, scan, choose, compute."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from tracker.grid import ErrorValue
from tracker.grid import Value
from tracker.model import Deadline
from tracker.model import DeadlineKind
from tracker.problems.workdays import NoCalendar
from tracker.reading.cleaning import FoldedText
from tracker.reading.cleaning import find_spots
from tracker.reading.cleaning import fold_with_places
from tracker.reading.cleaning import restore_date
from tracker.reading.deadlines.cells import as_phrase
from tracker.reading.deadlines.cells import lost_a_zero
from tracker.reading.deadlines.choice import choose
from tracker.reading.deadlines.choice import start_before
from tracker.reading.deadlines.limits import is_limit
from tracker.reading.deadlines.mentions import Mention
from tracker.reading.deadlines.mentions import MentionSort
from tracker.reading.deadlines.mentions import PhraseContext
from tracker.reading.deadlines.mentions import Precision
from tracker.reading.deadlines.scan import scan
from tracker.reading.deadlines.spans import after
from tracker.reading.deadlines.spans import anchor_before
from tracker.reading.deadlines.spans import runs_from_issue
from tracker.workdays import Calendar

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


def understand(
    value: Value, *, year: int | None, issued_on: dt.date | None, calendar: Calendar, inside: bool
) -> DeadlineReading:
    """Read a value; see the package's docstring for the rules."""
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
        mentions = tuple(mention for mention in mentions if is_limit(mention, folded_phrase.text, plan_year))
    limit = choose(mentions, folded_phrase.text)
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
    return DeadlineReading(_with_text(deadline, text), unreadable=wrong)


def _is_unsure(limit: Mention, text: str) -> bool:
    """Whether a cell names a season, or a day of the moon, in place of a day."""
    if limit.sort is not MentionSort.DAY:
        return False
    rest = text[: limit.start] + "□" + text[limit.end :]
    return bool(_LUNAR.search(text)) or (limit.precision is Precision.YEAR and bool(_SEASON.search(rest)))


def _nothing(phrase: str, folded_text: str, *, wrong: bool, inside: bool) -> DeadlineReading:
    if inside:
        return DeadlineReading(Deadline(), unreadable=wrong)
    if match := _EVENT.match(folded_text):
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


def _with_text(deadline: Deadline, text: str) -> Deadline:
    return Deadline(
        text,
        deadline.kind,
        deadline.due,
        deadline.workday_due,
        deadline.period,
        deadline.anchor,
        deadline.offset,
    )


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
