"""Days, months, quarters, halves, years and feasts, and where a range of them ends."""

from __future__ import annotations

import datetime as dt
import re

from tracker.numerals import HAN, ONES, read_number
from tracker.reading.deadlines.limits import Mention, MentionSort, PhraseContext, Precision, end_of_month

_YEAR = (
    rf"(?:(?P<year>(?<!\d)(?:19|20)\d\d|[一二][〇零九][〇零{ONES}]{{2}}"
    r"|(?<!\d)[12]\d(?=年(?:\d{1,2}月|底|末)))(?:年度?|(?=[上下]半年|[Qq][1-4]|第?[1-4一二三四]季|[底末]))"
    r"|(?P<said>今明两年|今年度?|本年度?|当年|明年|下一?年度?|次年|翌年|来年|后年|去年|上一?年度?|前年))"
)
# How many years after the plan year; those of _AFTER_LAST count from the year last written.
_YEAR_OFFSETS = {
    "今": 0,
    "本": 0,
    "当": 0,
    "明": 1,
    "下": 1,
    "次": 1,
    "翌": 1,
    "来": 1,
    "后": 2,
    "去": -1,
    "上": -1,
    "前": -2,
}
_AFTER_LAST = "次翌"
_THIS_AND_NEXT = "今明"

# 统一, 同一 and the like are words, whatever stands behind them; 系统6月上线 names a month.
_MONTH = (
    rf"(?<![\d.])(?:(?<![统同每逐几数])|(?=\d))(?P<month>\d{{1,2}}|十[一二]?|[{ONES}元])月(?![台饼亮嫂球票])"
)
_DAY_NUMBER = rf"(?:\d{{1,2}}|[二三]?十[{ONES}]?|廿[{ONES}]?|[{ONES}])"
_DAYS = rf"(?P<days>{_DAY_NUMBER}(?:[日号]?[-~至到、和及与]{_DAY_NUMBER}){{0,9}})(?:[日号]|(?=$|[以之]?前|[,，。;；)]))"
_THIRD = (
    r"(?P<third>上中旬|中下旬|上旬|中旬|下旬|初(?![步中次级审稿验选赛始])|中(?![小学央国心标期共型药医华英文])"
    r"|月?[底末])?"
)
# A day within its month: that of the last third named. 底, 末 and 下旬 are the end.
_THIRDS = {"上旬": 10, "初": 10, "中": 15, "上中旬": 20, "中旬": 20}

# Months and quarters that lead up to the one that counts: 1—6月, 三、四季度.
_BEFORE = rf"(?:(?:\d{{1,2}}|十[一二]?|[{ONES}])月?[、和]){{0,11}}(?:(?P<low>(?<![\d.])\d{{1,2}}|十[一二]?|[{ONES}])[-~至到])?"
_QUARTERS = r"(?:第?[1-4一二三四]季?度?[-~至到、和]){0,3}"
_QUARTER = (
    rf"(?:第(?P<q1>[1-4一二三四])季度?|(?<![\d{ONES}])(?P<q2>[1-4一二三四])季(?:度|(?=[末底前]))"
    r"|[Qq](?P<q3>[1-4])(?!\d)|前(?P<q4>[23两二三])个?季度)(?:(?P<early>初(?![步中次级审稿验选赛始]))|[末底])?"
)
_HALF = r"(?:(?P<half>[上下])半年|(?<![之以\w])(?P<half2>[前后])半年(?!内))度?[末底]?"
_FIVE = r"[“\"‘「]?十(?P<five>[三四五六])五[”\"’」]?(?:规划)?(?P<close>期?末|时期末|末期|收官)?(?:期间|时期|期内)?(?!规划)"
_FIVES = {"三": 2020, "四": 2025, "五": 2030, "六": 2035}

# Feasts with a fixed day, as (month, day); the lunar ones have none and are not read.
FEASTS = {
    "元旦": (1, 1),
    "三八": (3, 8),
    "妇女": (3, 8),
    "植树": (3, 12),
    "五一": (5, 1),
    "劳动": (5, 1),
    "五四": (5, 4),
    "青年": (5, 4),
    "六一": (6, 1),
    "儿童": (6, 1),
    "七一": (7, 1),
    "建党": (7, 1),
    "八一": (8, 1),
    "建军": (8, 1),
    "高考": (6, 7),
    "教师": (9, 10),
    "双十一": (11, 11),
    "十一": (10, 1),
    "国庆": (10, 1),
}
# The year in which one of them had another day.
_MOVED: dict[tuple[str, int | None], tuple[int, int]] = {("高考", 2020): (7, 7)}
# 成人高考 and 春季高考 have days of their own; 高考前一周 is no day of the calendar.
_FEAST = (
    rf"[“\"‘「]?(?<!成人)(?<!春季)(?P<feast>{'|'.join(FEASTS)})[”\"’」]?(?:国际)?(?:劳动|妇女|青年|儿童|建党|建军)?"
    r"(?:节日?|假期|长假)?[”\"’」]?(?:来临|到来|放假)?(?:之|以)?前"
    rf"(?!后|夕|三季|两季|半|[\d两{HAN}]+(?:个月|周|天|日|个?星期))"
)

# What may stand between a day and the word that makes it a limit.
_CLOCK = (
    r"(?:\([^()]{1,6}\))?(?:上午|下午|中午|晚上?|凌晨)?(?:\d{1,2}(?:[:：]\d\d|[时点](?:\d{1,2}分?|整|半)?))?"
)
_LIMIT = (
    rf"{_CLOCK}(?P<limit>(?:之|以)?前(?!期|后|三季|两个?季|[{HAN}\d])|(?:之|以)?内(?!容|部|外)|截?止|为止)?"
)
_BEGIN = r"(?P<begin>(?:日|之日)?起(?![草步动诉降航点底身飞见源])|开始|以来|(?:以|之)后|后(?![续期勤评])|至今|(?:以|之)?前后)?"

_CHINESE_DATE = re.compile(
    rf"(?:{_YEAR}的?)?(?:{_BEFORE}{_MONTH}份?(?:{_DAYS}|{_THIRD})|{_QUARTERS}{_QUARTER}|{_HALF}|{_FEAST}){_LIMIT}{_BEGIN}"
)
_YEARS_END = re.compile(
    rf"(?:{_YEAR}(?P<close1>年?[底末终]|年?中(?![小学央国心标期共型药医华英文])|(?=以?内)|(?=全年))?"
    rf"|(?<![\d{ONES}十百几数多半近每])(?P<close2>年[底末终中](?![级])|岁末|年度?(?=以?内(?!容|部|外))))"
    rf"(?P<whole>全年(?![龄级段期]))?{_LIMIT}{_BEGIN}"
)
_WHOLE_YEAR = re.compile(r"(?<!健)全年度?(?![龄级段期])")
_FIVE_YEARS = re.compile(_FIVE + _LIMIT + _BEGIN)
_YEARS = re.compile(
    r"(?<![\d.])(?P<first>(?:19|20)\d\d)年?[-~至到](?P<year>(?:19|20)\d\d)(?![\d]|[-./]\d|年?\d{1,2}月)"
    rf"(?:年度?[底末]?)?{_LIMIT}"
)
_ISO = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-./])(?P<month>\d{1,2})(?P=mark)"
    rf"(?P<days>\d\d(?=[0-2]\d:\d\d)|\d{{1,2}}(?!\d))(?:T?[0-2]\d:\d\d(?::\d\d)?)?[日号]?{_LIMIT}{_BEGIN}"
)
_ISO_MONTH = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-./])(?P<first>\d{1,2})(?!\d)(?!(?P=mark)\d)"
    rf"(?:(?<=[./]\d|\d\d)[-~至到](?P<month>\d{{1,2}})(?![\d.]))?月?份?{_THIRD}{_LIMIT}{_BEGIN}"
)
_COMPACT = re.compile(
    rf"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<days>[0-3]\d)(?!\d){_LIMIT}{_BEGIN}"
)
_COMPACT_MONTH = re.compile(rf"^(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?!\d){_THIRD}{_LIMIT}")
_DOTTED = re.compile(
    rf"(?<![\d.])(?P<month>1[0-2]|0?[1-9])[./](?P<days>[0-3]?\d)[日号]?(?![\d./%]|[万亿千百]|个|项|亩|元|公里|米|吨|户|人|家){_LIMIT}"
    r"(?=$|[-~至到、,，和;；。)]|完|报|上|印|\D*$)"
)
_BARE_YEAR = re.compile(r"^(?P<year>20\d\d)$")
_SHORT_ISO = re.compile(
    rf"^(?P<year>[12]\d)(?P<mark>[./])(?P<month>\d{{1,2}})(?P=mark)(?P<days>\d{{1,2}})(?!\d)[日号]?{_LIMIT}{_BEGIN}"
)
_DASHED = re.compile(rf"^(?P<month>1[0-2]|0?[1-9])-(?P<days>1[3-9]|[23]\d){_LIMIT}$")
_RANGE_BEFORE = re.compile(
    rf"(?<![\d./-])(?P<month>\d{{1,2}}|十[一二]?|[{ONES}])(?:月份?)?(?:[底末初]|[上中下]旬|\d{{1,2}}[日号])?[-~至到]+$"
)


def find_date(text: str, at: int, context: PhraseContext) -> Mention | None:
    """The day, month, quarter, half, year or feast that begins at a place of a folded phrase, if one does."""
    if match := _YEARS.match(text, at):
        return _mention(match, dt.date(int(match["year"]), 12, 31), Precision.YEAR, has_year=True)
    for pattern in (_ISO, _COMPACT, _CHINESE_DATE, _ISO_MONTH):
        if match := pattern.match(text, at):
            return _read(match, text, context)
    if context.whole and (match := _BARE_YEAR.match(text, at)):
        return _mention(match, dt.date(int(match["year"]), 12, 31), Precision.YEAR, has_year=True)
    if context.whole or re.match(r"\d{1,2}\.\d{1,2}日?(?:之|以)?前", text[at:]):
        for pattern in (_COMPACT_MONTH, _SHORT_ISO, _DOTTED, _DASHED):
            if match := pattern.match(text, at):
                return _read(match, text, context)
    if match := _FIVE_YEARS.match(text, at):
        return _mention(
            match,
            dt.date(_FIVES[match["five"]], 12, 31),
            Precision.PART if match["close"] or match["limit"] else Precision.YEAR,
            has_year=True,
        )
    if match := _WHOLE_YEAR.match(text, at):
        return Mention(MentionSort.WHOLE_YEAR, match.start(), match.end(), _end_of_year(context.year))
    if match := _YEARS_END.match(text, at):
        return _read_year(match, context)
    return None


def _read(match: re.Match[str], text: str, context: PhraseContext) -> Mention:
    parts = match.groupdict()
    year = _year(parts, context)
    has_year = bool(parts.get("year") or parts.get("said"))
    if feast := parts.get("feast"):
        month, day = _MOVED.get((feast, year), FEASTS[feast])
        if feast == "元旦" and not has_year and year is not None:
            # In a plan of one year it is the New Year at its end.
            year += 1
        due = dt.date(year, month, day) - dt.timedelta(days=1) if year is not None else None
        return _mention(match, due, Precision.PART, has_year=has_year, is_marked=True)
    if quarter := next((parts[key] for key in ("q1", "q2", "q3", "q4") if parts.get(key)), None):
        month = 3 * read_number(quarter)
        if parts.get("early"):
            due = None if year is None else dt.date(year, month - 2, _THIRDS["初"])
            return _mention(match, due, Precision.PART, has_year=has_year)
        return _mention(match, _month_end(year, month), Precision.PART, has_year=has_year)
    if half := parts.get("half") or parts.get("half2"):
        return _mention(
            match, _month_end(year, 6 if half in "上前" else 12), Precision.PART, has_year=has_year
        )
    month = read_number((parts.get("month") or parts.get("first") or "").replace("元", "一"))
    low = parts.get("low") or (parts.get("first") if parts.get("month") else None)
    if year is not None and low and read_number(low) > month:
        year += 1
    if (
        not has_year
        and year is not None
        and _turns_the_year(text[max(0, match.start() - 12) : match.start()], month)
    ):
        year += 1
    if days := parts.get("days"):
        numbers = [read_number(number) for number in re.split(r"[日号]?[-~至到、和及与]", days)]
        return _made_or_wrong(match, year, month, numbers, Precision.DAY, has_year=has_year)
    third = parts.get("third") or ""
    if third in _THIRDS:
        return _made_or_wrong(match, year, month, [_THIRDS[third]], Precision.PART, has_year=has_year)
    level = Precision.PART if third else Precision.MONTH
    return _made_or_wrong(match, year, month, [], level, has_year=has_year)


def _read_year(match: re.Match[str], context: PhraseContext) -> Mention | None:
    year = _year(match.groupdict(), context)
    close = match["close1"] or match["close2"] or ""
    has_year = bool(match["year"] or match["said"])
    if match["whole"]:
        return Mention(
            MentionSort.WHOLE_YEAR, match.start(), match.end(), _end_of_year(year), has_year=has_year
        )
    if not close and (match["limit"] or "").endswith("前") and year is not None:
        # 2025年前 is before that year begins.
        return _mention(match, _end_of_year(year - 1), Precision.PART, has_year=has_year)
    if "中" in close:
        return _mention(match, _month_end(year, 6), Precision.PART, has_year=has_year)
    level = Precision.PART if close or match["limit"] else Precision.YEAR
    return _mention(match, _end_of_year(year), level, has_year=has_year)


def _year(parts: dict[str, str | None], context: PhraseContext) -> int | None:
    if text := parts.get("year"):
        value = read_number(text)
        return value + 2000 if value < 100 else value
    if (parts.get("said") or "").startswith(_THIS_AND_NEXT):
        return None if context.plan_year is None else context.plan_year + 1
    if word := parts.get("said"):
        base = context.year if word[0] in _AFTER_LAST else context.plan_year
        return None if base is None else base + _YEAR_OFFSETS[word[0]]
    return context.year


def _turns_the_year(before: str, month: int) -> bool:
    # 11月至3月 ends in the next year.
    match = _RANGE_BEFORE.search(before)
    return bool(match) and read_number(match["month"]) > month if match else False


def _made_or_wrong(
    match: re.Match[str], year: int | None, month: int, days: list[int], level: Precision, *, has_year: bool
) -> Mention:
    # Without a year 2月29日 may exist; a leap year decides only whether there is such a day at all.
    try:
        for day in days or [1]:
            due = dt.date(2000 if year is None else year, month, day)
    except ValueError:
        return Mention(MentionSort.WRONG, match.start(), match.end(), is_marked=True)
    if not days:
        due = end_of_month(due.year, month)
    return _mention(match, None if year is None else due, level, has_year=has_year)


def _mention(
    match: re.Match[str], due: dt.date | None, level: Precision, *, has_year: bool, is_marked: bool = False
) -> Mention:
    parts = match.groupdict()
    is_marked = is_marked or bool(parts.get("limit")) or level is Precision.PART
    if parts.get("begin"):
        return Mention(MentionSort.START, match.start(), match.end(), due, level, has_year=has_year)
    return Mention(
        MentionSort.DAY, match.start(), match.end(), due, level, is_marked=is_marked, has_year=has_year
    )


def _month_end(year: int | None, month: int) -> dt.date | None:
    return None if year is None else end_of_month(year, month)


def _end_of_year(year: int | None) -> dt.date | None:
    return None if year is None else dt.date(year, 12, 31)
