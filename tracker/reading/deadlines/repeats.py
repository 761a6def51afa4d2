"""Again and again, and without end: 每月, 按季度, 一周一调度; 长期, 常态化."""

from __future__ import annotations

import re

from tracker.reading.deadlines.mentions import Mention
from tracker.reading.deadlines.mentions import MentionSort
from tracker.reading.deadlines.mentions import PhraseContext
from tracker.reading.deadlines.numerals import read_number

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
        r"(?<!日产)日清(?![理洁洗])|(?<!今)日报(?=告|制|、|$)|每半个?月|隔[周月日天年]|双[周月]|逢?单[周月](?!位)",
        "",
    ),
    (
        r"每(?:一?个?)?(?:学期|旬|工作日|日|天|早|晚|班)|逐[日旬]|按[日旬]|天天|日日|一[日旬天]一(?![日号般])",
        "",
    ),
    (
        r"每逢?(?:一?个?)?(?:周(?!年|边|期)|星期|礼拜)[一二三四五六日天]?|逐周|按周|周周|一(?:周|星期)(?=[一两二三\d]次|一(?!般))",
        "weekly",
    ),
    (
        r"每(?:一?个?)?月度?|逐月|按月度?|分月|月月|次月|一月(?=[两二三\d]次|一(?![日号般]))|一个月(?=[一两二三\d]次)",
        "monthly",
    ),
    (
        r"(?:每|各)(?:一?个?)?季(?!节)度?|逐季度?|按季度?|分季度?|季季|一个?季度?(?=[两二三\d]次|一(?!般|线|体|致|次性|产))",
        "quarterly",
    ),
    (
        r"每(?:一?个?)?(?:自然|会计)?(?:年度?|学年)|按年度?|年年|一年(?=[一两二三四\d]次|一(?!般|线|体|致|次性))",
        "yearly",
    ),
    (rf"周(?={_MEETINGS})|周报(?!道|刊|社|名|告)", "weekly"),
    (rf"月度?(?={_MEETINGS})|(?<![\d一二三四五六七八九十每])月报(?!道|刊|社|名|告)", "monthly"),
    (rf"(?<![一二三四1-4前])季度?(?={_MEETINGS})|(?<![一二三四1-4])季报(?!道|刊|社|名|告)", "quarterly"),
    (r"(?<![一二三四1-4个每])季(?:度|末)?(?:结束|终了)?后", "quarterly"),
    (r"(?<![\d一二三四五六七八九十个每本当上下次])月(?:度|末)?(?:结束|终了)?后", "monthly"),
    (r"(?<!\d)年度(?:结束|终了)后", "yearly"),
    (r"不?定期(?!存|限|检验|寿|航|债|货)", ""),
)
_REPEATS = tuple((re.compile(pattern), period) for pattern, period in _TABLE)
_UNNAMED = re.compile(r"不?定期")

# 每两个月, 三个月一次: by the number of months.
_EVERY_MANY = re.compile(
    r"(?:每隔?(?P<a>[\d一二两三四五六七八九十]{1,4})个?(?P<u>年|月|周|季度|天|日|星期|学年)(?![底末]))"
    r"|(?:(?P<b>[\d两二三四五六七八九十]{1,4})个?(?P<v>年|月|周|季度|天|日|星期)(?=[一1]次|一(?:报|评|检|查|会|轮|考)))"
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

_YEARLY_REVIEW = re.compile(r"年度(?:评估|考核|总结|报告|体检|测评|审计)")

_STEADY = re.compile(
    r"长期|(?<!可)持续(?![到至])|常态长?效?化?|(?<!互)动态|常年|长年|经常性?|(?<!今)日常|不间断|滚动|始终|一直|长效|久久为功|常抓不懈|一以贯之|全天候|"
    r"(?:印发|发布|公布|发文)之日起(?=施行|实施|执行|$)|(?:从|自)?(?:即日|现在|今年|本年|明年)(?:开始)?起"
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
