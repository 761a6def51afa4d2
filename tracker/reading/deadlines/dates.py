"""Every mention of time: days, months, quarters, years and feasts; lengths and what they run from; what comes again or has no end.

Lengths: 收到后3个工作日内, 印发之日起一个月内, 24小时内. Repetitions: 每月, 按季度, 一周一调度. Without end: 长期,
常态化.
"""

from __future__ import annotations

import datetime as dt

from tracker import patterns as re
from tracker.days import end_of_month, months_later
from tracker.numerals import HAN, NUMBER, ONES, read_number
from tracker.reading.deadlines.limits import (
    Mention,
    MentionSort,
    PhraseContext,
    Precision,
)
from tracker.workdays import Calendar

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
_MONTH = rf"(?<![\d.])(?:(?<![统同每逐几数])|(?=\d))(?P<month>\d{{1,2}}|十[一二]?|[{ONES}元])月(?![台饼嫂球票龄]|亮(?!灯|相))"
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
_FIVE = r"(?<!双)[“\"‘「]?十(?P<five>[一二三四五六])五[”\"’」]?(?:规划)?(?P<close>期?末|时期末|末期|收官)?(?:期间|时期|期内)?(?!规划)"
_FIVES = {"一": 2010, "二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}

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
    # “3·15”消费者权益日前
    r"(?:[“\"‘「]?(?<![\d.])(?P<kept>(?:1[0-2]|[1-9])[·•・‧](?:[12]\d|3[01]|[1-9]))[”\"’」]?(?:[\u4e00-\u9fff]{0,12}[日节])?(?:来临|到来)?(?:之|以)?前[夕夜]?|"
    rf"[“\"‘「]?(?<!成人)(?<!春季)(?P<feast>{'|'.join(FEASTS)})[”\"’」]?(?:国际)?(?:劳动|妇女|青年|儿童|建党|建军)?"
    r"(?:节日?|假期|长假)?[”\"’」]?(?:来临|到来|放假)?(?:之|以)?前[夕夜]?"
    rf"(?!后|三季|两季|半|[\d两{HAN}]+(?:个月|周|天|日|个?星期)))"
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
    rf"|(?<![\d{ONES}十百几数多半近每])(?P<close2>年[底末终中](?![级]|年初|岁初)|岁末(?!年初|岁初)|年度?(?=以?内(?!容|部|外))))"
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
    if context.whole or re.match(r"\d{1,2}[./]\d{1,2}日?(?:之|以)?前", text[at:]):
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
    if feast := parts.get("feast") or parts.get("kept"):
        month, day = _MOVED.get((feast, year)) or FEASTS.get(feast) or _kept_day(feast)
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


def _kept_day(text: str) -> tuple[int, int]:
    """Month and day of a day that is called by its date: 3·15."""
    month, day = re.split(r"\D", text)
    return int(month), int(day)


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


# What is done again and again, where only the noun before it says how often: 月调度, 季通报.
_MEETINGS = "例会|调度|抽查|通报|小结|研判|会商|盘点|督查|督导|督办|分析会|巡查|自查|排名|报告制|报送|总结|讲评|点评|简报"

# How often, from the rarest word to the most common; the first that fits decides. An empty period has no
# value in the list of periods: daily, every ten days, each term, 定期.
_TABLE: tuple[tuple[str, str], ...] = (
    (
        r"每(?:一?个?)?半年度?|按半年度?|半年度?(?=[一1两2]次|一[^般线体致]|(?:度|一)?(?:" + _MEETINGS + "))",
        "half-yearly",
    ),
    (r"半年报(?!道|刊)", "half-yearly"),
    (
        r"(?<!日产)日清(?![理洁洗]|月结)|(?<!今)日报(?=告|制|、|$)|每半个?月|隔[周月日天年]|双[周月]|逢?单[周月](?!位)",
        "",
    ),
    (
        r"每(?:一?个?)?(?:学期|旬|工作日|日|天|早|晚|班(?!至少|不少于|不低于|[配设选]))|逐[日旬]|按[日旬]|天天|日日|一[日旬天](?:一(?![日号般])|(?=[一两二三四五\d][次遍趟回]))",
        "",
    ),
    (
        r"(?:每逢?|逢)(?:一?个?)?(?:周(?!年|边|期)|星期|礼拜)[一二三四五六日天]?|逐周|按周|周周|一(?:周|星期)(?=[一两二三\d]次|一(?!般))",
        "weekly",
    ),
    (
        r"每(?:一?个?)?月度?|逐月|按月(?!薪|龄|租)度?|分月|月月|次月|一月(?=[两二三\d]次|一(?![日号般]))|一个月(?=[一两二三\d]次)",
        "monthly",
    ),
    (
        r"(?:每|各)(?:一?个?)?季(?!节)度?(?:的?(?:最后|末|首|第[一二三1-3])一?个?月份?)?|逐季度?|按季度?|分季度?|季季|一个?季度?(?=[两二三\d]次|一(?!般|线|体|致|次性|产))",
        "quarterly",
    ),
    (
        r"每(?:一?个?)?(?:自然|会计)?(?:年度?|学年)|按年(?!龄|代|级|轮)度?|年年|一年(?=[一两二三四\d]次|一(?!般|线|体|致|次性))",
        "yearly",
    ),
    (rf"周(?={_MEETINGS})|周报(?!道|刊|社|名|告)", "weekly"),
    (rf"(?<!个)月度?(?={_MEETINGS})|(?<![\d{HAN}每])月报(?!道|刊|社|名|告)", "monthly"),
    (rf"(?<![一二三四1-4前])季度?(?={_MEETINGS})|(?<![一二三四1-4])季报(?!道|刊|社|名|告)", "quarterly"),
    (r"(?<![一二三四1-4个每])季(?:度|末)?(?:结束|终了)?后", "quarterly"),
    (r"(?<![一二三四1-4个每])季(?:度末|末)月(?=\d{1,2}[日号])", "quarterly"),
    (rf"(?<![\d{HAN}个每本当上下次])月(?:度|末)?(?:结束|终了)?后", "monthly"),
    (r"(?<!\d)年度(?:结束|终了)后", "yearly"),
    (r"不?定期(?!存|限|检验|寿|航|债|货)", ""),
)
_REPEATS = tuple((re.compile(pattern), period) for pattern, period in _TABLE)
_UNNAMED = re.compile(r"不?定期")

# 每两个月, 三个月一次: by the number of months.
_EVERY_MANY = re.compile(
    rf"(?:每隔?(?P<a>{NUMBER})个?(?P<u>年|月|周|季度|天|日|星期|学年)(?![底末]))"
    rf"|(?:(?!一)(?P<b>{NUMBER})个?(?P<v>年|月|周|季度|天|日|星期)(?=[一1]次|一(?:报|评|检|查|会|轮|考)))"
)
_BY_MONTHS = {1: "monthly", 3: "quarterly", 6: "half-yearly", 12: "yearly"}
_MONTHS_IN = {"月": 1, "季度": 3, "年": 12, "学年": 12}

# In a whole cell the noun is enough.
_CELLS = {
    "月度": "monthly",
    "季度": "quarterly",
    "半年度": "half-yearly",
    "年度": "yearly",
    "逐年": "yearly",
    "周": "weekly",
    "月": "monthly",
    "季": "quarterly",
    "日报": "",
    "日报告": "",
}

_YEARLY_REVIEW = re.compile(r"年度(?:评估|考核|总结|报告|体检|测评|审计)(?!.{0,4}前)")

_STEADY = re.compile(
    r"长期|(?<!可)持续(?![到至])|常态长?效?化?|(?<![\u4e00-\u9fff])动态|(?<!互)动态(?=更新|调整|管理|监测|清零|推进|实施|跟踪|完善|保持|排查|销号|开展|整治|维护|发布|公开|监管|评估)|常年|长年|经常性?|(?<!今)日常|不间断|滚动|始终|一直|长效|久久为功|常抓不懈|一以贯之|全天候|"
    r"(?:印发|发布|公布|发文)之日起(?=施行|实施|执行|$)|(?:从|自)?(?:即[日时]|现在|今年|本年|明年)(?:开始)?起"
    r"|(?:从|自)?(?:春季|秋季|[上下本新]|第[一二])(?:学期|学年)(?:开始)?起(?![草步动])"
)


def find_repeat(text: str, at: int, context: PhraseContext) -> Mention | None:
    """The repetition that begins at a place of a folded phrase, if one does."""
    if context.whole and text in _CELLS:
        return Mention(MentionSort.REPEAT, 0, len(text), period=_CELLS[text])
    if context.whole and _YEARLY_REVIEW.match(text):
        return Mention(MentionSort.REPEAT, 0, 2, period="yearly")
    if match := _EVERY_MANY.match(text, at):
        unit = match["u"] or match["v"]
        months = read_number(match["a"] or match["b"]) * _MONTHS_IN.get(unit, 0)
        return Mention(MentionSort.REPEAT, at, match.end(), period=_BY_MONTHS.get(months, ""))
    for pattern, period in _REPEATS:
        if match := pattern.match(text, at):
            return Mention(
                MentionSort.REPEAT,
                at,
                match.end(),
                period=period,
                has_frequency=not _UNNAMED.match(match.group()),
            )
    return None


def find_steady(text: str, at: int) -> Mention | None:
    """The word that means without end, if one begins at a place of a folded phrase."""
    match = _STEADY.match(text, at)
    return Mention(MentionSort.STEADY, at, match.end()) if match else None


_SPAN = re.compile(
    rf"(?<![\d.第])(?:{NUMBER}[-~至到、])?(?P<n>{NUMBER}|半)(?P<piece>个)?(?P<half>半)?(?:法定)?"
    r"(?P<unit>工作日|工作天|自然[日天]|日历[日天]|小时|钟头|分钟|季度|星期|礼拜|周(?![年岁])|月|年|日|天)(?P<more>半)?"
    r"(?P<tail>(?:左右)?的?(?:时间|期限)?(?:左右)?(?:以|之)?内(?!容|部|外)|(?:左右)?的?(?:时间|努力)(?:左右)?|[以之]?前)?"
)
# Words before a length that make it a limit without 内.
_HEAD = re.compile(
    r"(?:(?:压缩|缩短|控制|压减|缩减|减少|精简|限定|限)(?:到|至|在|为)|不(?:得|应|能)?(?:超过|多于|迟于|晚于)|至多|最多|最长|最迟|提前"
    r"|用|历时|为期|工期|周期|建设期|[^,，。;；:：、](?:后|起|前)|之日起?)$"
)
# How long something may last, which is no time by which anything is done.
_LASTS = re.compile(
    r"(?:时长|时距|间隔|有效期|保质期|租期|任期|空[档窗置]?期|停[水电气产业机工课更运]|断[更供水电]|暂停|中断|脱岗|离岗|年龄|役龄|学制|存续期|使用年限|贷款|借款|展期|租赁|租用|合同|聘期|见习期?|试用期?|质保期?|保修期?|滞留|缓[缴交])"
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
    >>> runs_from_issue("印发后", inside=False), runs_from_issue("发布后", inside=False)
    (True, False)
    """
    match = _ISSUE.fullmatch(anchor)
    if anchor == "即日起":
        return True
    is_certain = "之日" in anchor or anchor[:1] in ("本", "此")
    # 发布后, 公布后: what is published is another document or a figure.
    return bool(match) and (is_certain or not (inside or "布" in anchor))


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
    # 摄像头八十个年内装齐 counts things.
    return match["unit"] != "年" or not match["piece"]


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
