"""Lengths of time, and what they run from: 收到后3个工作日内, 印发之日起一个月内, 24小时内."""

from __future__ import annotations

import datetime as dt
import re

from tracker.reading.deadlines.mentions import Mention
from tracker.reading.deadlines.mentions import MentionSort
from tracker.reading.deadlines.mentions import PhraseContext
from tracker.reading.deadlines.mentions import months_later
from tracker.reading.deadlines.numerals import NUMBER
from tracker.reading.deadlines.numerals import read_number
from tracker.workdays import Calendar

_SPAN = re.compile(
    rf"(?<![\d.第])(?:{NUMBER}[-~至到、])?(?P<n>{NUMBER}|半)(?P<piece>个)?(?P<half>半)?(?:法定)?"
    r"(?P<unit>工作日|工作天|自然[日天]|日历[日天]|小时|钟头|分钟|季度|星期|礼拜|周(?!年)|月|年|日|天)(?P<more>半)?"
    r"(?P<tail>(?:左右)?的?(?:时间|期限)?(?:左右)?(?:以|之)?内(?!容|部|外)|(?:左右)?的?(?:时间|努力)(?:左右)?|[以之]?前)?"
)
# Words before a length that make it a limit without 内.
_HEAD = re.compile(
    r"(?:(?:压缩|缩短|控制|压减|缩减|减少|精简|限定|限)(?:到|至|在|为)|不(?:得|应|能)?(?:超过|多于|迟于|晚于)|至多|最多|最长|最迟|提前"
    r"|用|历时|为期|工期|周期|建设期|[^,，。;；:：、](?:后|起|前)|之日起?)$"
)
# How long something may last, which is no time by which anything is done.
_LASTS = re.compile(
    r"(?:时长|时距|间隔|有效期|保质期|租期|任期|空[档窗置]?期|停[水电气产业机工]|中断|脱岗|离岗|年龄|役龄|学制|存续期|使用年限)"
    r"(?:时间|期限)?(?:原则上|一般|均|单次|累计)?不(?:得|应|能)?(?:超过|多于)$"
)
# A clause longer than this does not name an event.
_LONGEST = 80
_ANCHOR = re.compile(
    r"(?P<anchor>.*?(?:之日起?|之时起?|日起|(?:以|之)?后|起|(?:以|之)?前|印发|下发|发文))"
    r"(?:的|在|最迟|最晚|最长|原则上|不超过|不得超过|须|应|要|起)*$"
)
_LEAD_IN = re.compile(
    r"^(?:.*(?:(?<![关对由属位基])于|(?:应当?|要|须)(?:自|在|从)))?(?:(?:自|从|在|应|须|要|于|请|并|由)(?!动))*"
)
# The issuing of this very document, in the words of its own covering letter.
_ISSUE = re.compile(
    r"(?:本|此)?(?:《?(?:通知|方案|意见|文件|要点|办法|分工方案|实施方案)》?)?(?:正式)?(?:发文|印发|下发|发布|公布|发出|印制)"
    r"(?P<after>之日起?|日起|(?:以|之)?后|起)?"
)
_UNITS = {
    "工作日": "WD",
    "工作天": "WD",
    "小时": "H",
    "钟头": "H",
    "分钟": "m",
    "周": "W",
    "星期": "W",
    "礼拜": "W",
    "月": "M",
    "季度": "M",
    "年": "Y",
}
# Half of a unit, where it comes out even.
_HALVES = {"Y": (6, "M"), "M": (15, "D"), "H": (30, "m")}


def find_span(text: str, at: int, context: PhraseContext) -> Mention | None:
    """The length of time that begins at a place of a folded phrase, if it is a limit."""
    match = _SPAN.match(text, at)
    if not match or not _is_length(match) or not _is_limit(match, text, context):
        return None
    unit = _UNITS.get(match["unit"], "D")
    if match["n"] == "半":
        if unit not in _HALVES:
            return None
        amount, unit = _HALVES[unit]
    else:
        amount = read_number(match["n"]) * (3 if match["unit"] == "季度" else 1)
        if match["half"] or match["more"]:
            if unit not in ("Y", "M"):
                return None
            amount, unit = (amount * 12 + 6, "M") if unit == "Y" else (amount * 30 + 15, "D")
    return (
        Mention(MentionSort.SPAN, at, match.end(), amount=amount, unit=unit, is_marked=True)
        if amount
        else None
    )


def anchor_before(text: str, at: int) -> tuple[int, int]:
    """Where the words stand that a length at `at` runs from; an empty stretch if there are none.

    >>> text = "热线工单,自受理之日起5个工作日内"
    >>> start, end = anchor_before(text, text.index("5"))
    >>> text[start:end]
    '受理之日起'
    """
    clause = max(text.rfind(mark, 0, at) for mark in ",，。;；:：") + 1
    match = _ANCHOR.match(text[clause:at]) if at - clause <= _LONGEST else None
    if not match:
        return at, at
    lead_in = _LEAD_IN.match(match["anchor"])
    return clause + (lead_in.end() if lead_in else 0), clause + match.end("anchor")


def runs_from_issue(anchor: str, *, inside: bool) -> bool:
    """Whether a length runs from the issuing of this document.

    Inside a requirement 印发后 may speak of any document (政策文件印发后5日内解读); only 之日 or 本 is certain.

    >>> runs_from_issue("发文之日起", inside=True), runs_from_issue("印发后", inside=True)
    (True, False)
    """
    match = _ISSUE.fullmatch(anchor)
    if anchor == "即日起":
        return True
    return bool(match) and (not inside or "之日" in anchor or anchor[:1] in ("本", "此"))


def after(day: dt.date, span: Mention, calendar: Calendar) -> dt.date | None:
    """The last day of a length that runs from a day, the day itself not counted (Civil Code art. 201, 202).

    None for hours, which run from a moment. Working days may meet a year without an arrangement and raise.
    """
    if span.unit == "WD":
        return calendar.add(day, span.amount)
    if span.unit in ("Y", "M"):
        return months_later(day, span.amount * (12 if span.unit == "Y" else 1))
    if span.unit in ("W", "D"):
        return day + dt.timedelta(days=span.amount * (7 if span.unit == "W" else 1))
    return None


def _is_length(match: re.Match[str]) -> bool:
    # 6月 is a month of the year, 六个月 is a length; 半月 and 半年 need no 个.
    if match["unit"] in ("月", "季度"):
        return bool(match["piece"]) or match["n"] == "半"
    return True


def _is_limit(match: re.Match[str], text: str, context: PhraseContext) -> bool:
    tail = match["tail"] or ""
    if tail.endswith("前"):
        # 会议召开3个工作日前; 15日前 alone is a day of a month that nobody named.
        return match["unit"] not in ("日", "年") and match.start() > 0
    if tail.endswith(("时间", "左右", "努力")):
        return (
            bool(re.search(r"(?:用|利用|通过|经过|花|以)$", text[max(0, match.start() - 4) : match.start()]))
            or context.whole
        )
    if tail:
        return True
    # 15日 alone is a day of a month that nobody named, 15天 a length.
    alone = context.whole and match.span() == (0, len(text)) and match["unit"] != "日"
    before = text[max(0, match.start() - 16) : match.start()]
    return bool(_HEAD.search(before) and not _LASTS.search(before)) or alone
