"""What a phrase mentions about time, which mentions are time limits, and which of several counts.

A requirement names many times that bind nobody: the date of another document, a year's work that is done
(2018年度预算公开), a comparison (较2020年末), a service (24小时自助), a day that is kept (12月4日宪法日). So a
mention inside a sentence is a limit only if the sentence says so:

    mention                  is a limit if
    with 前 底 内 末 旬 …     its year is not over when the plan's year begins, nothing before it compares or quotes,
                             and no 的 makes it a quality of something (6月30日前登记的企业)
    bare month or day        it leads its clause or follows 于 在 力争 …, and an action follows (9月举办, 5月启动);
                             elsewhere only right before what ends or begins a work (该路6月建成通车), or before a
                             deed that closes the clause, alone or with a number (农机检修9月进行, 讲座9月办两场);
                             a rule that takes effect (办法5月1日施行) sets none
    bare quarter, half-year  likewise; elsewhere also if the action follows at once (三季度交付, but not 三季度台账)
    bare year, span of years after 到 or 至 (到2025年), or before 完成 and the like (今年完成); 2023—2025年 is a plan's span
    length of time           not 近三年内, 毕业2年内; needs 内, an anchor, 压缩至 or the like
    repetition               not an amount of money (每人每月补贴300元)
    全年, 长期, 持续 …        an action follows at once (持续推进, 全年组织), and no other limit is there; 日常 never is

A sentence without such a limit has a second reading (`limits_by_place`): each month, day, quarter or half-year in it stands
for one, wherever it stands, but for those that `_OTHER_TIMES` knows as something else. What may be a limit after all
is told (`is_weak`).

**Which of several mentions states the time limit** (`choose`):

1. A day; of several the latest (4月起草，8月定稿 is due in August; 上半年建二十个，全年五十个 at the year's end). A day that only bounds a repetition
   (2027年前每年) or belongs to it (每年12月底前) is none.
2. A repetition or a length of time: in one clause the repetition (每月结束后5个工作日内), else the first.
   Of several repetitions the most frequent; 定期 only where no other says how often.
3. 全年; then what has no end (长期, 持续), then what has a beginning (5月1日起).
4. Nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from tracker import patterns as re
from tracker.numerals import HAN
from tracker.values import dataclass


class MentionSort(Enum):
    """What sort of mention it is."""

    # A day, or the last day of a month, quarter, half or year.
    DAY = "day"
    # A day from which something runs: 5月1日起, 2018年以来.
    START = "start"
    # The whole year: 全年.
    WHOLE_YEAR = "whole-year"
    # Again and again: 每月.
    REPEAT = "repeat"
    # A length of time: 3个工作日内.
    SPAN = "span"
    # Without end: 长期, 持续.
    STEADY = "steady"
    # Written like a day, and there is no such day: 2月30日, 13月.
    WRONG = "wrong"


class Precision(Enum):
    """How fine a day was written."""

    DAY = 3
    MONTH = 2
    # 旬, quarter, half-year, year end: a part of a year with a name.
    PART = 1
    YEAR = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention.

    Attributes:
        sort: See `MentionSort`.
        start: Where it begins in the folded phrase.
        end: Where it ends.
        due: For a day or a start: the day; None if it has no year and none is known.
        precision: How fine the day was written.
        is_marked: Whether a word says that it is a limit: 前, 底, 内, 截止.
        has_year: Whether its year was written.
        period: For a repetition: as in `model.Deadline`.
        has_frequency: For a repetition: False for 定期 and its like, which say no frequency.
        amount: For a span: how many.
        unit: For a span: its ISO letter (`Y M W D`), `H` and `m` for hours and minutes, `WD` for working days.
    """

    sort: MentionSort
    start: int
    end: int
    due: dt.date | None = None
    precision: Precision = Precision.DAY
    is_marked: bool = False
    has_year: bool = False
    period: str = ""
    has_frequency: bool = True
    amount: int = 0
    unit: str = ""

    @property
    def offset(self) -> str:
        """The length of a span as ISO 8601 has it, or working days."""
        if self.unit == "WD":
            return f"{self.amount}WD"
        if self.unit in ("H", "m"):
            return f"PT{self.amount}{self.unit.upper()}"
        return f"P{self.amount}{self.unit}" if self.unit else ""


@dataclass(frozen=True, slots=True)
class PhraseContext:
    """What a mention without a year of its own goes by.

    Attributes:
        plan_year: The plan year; None if it is not known.
        year: The year last written in the phrase, else the plan year.
        whole: Whether the phrase is a whole cell, where a bare 6.30 is a day and not a number.
    """

    plan_year: int | None
    year: int | None
    whole: bool


_FREQUENCY = ("weekly", "monthly", "quarterly", "half-yearly", "yearly", "")
_LINK = re.compile(r"[、和及与或至到~-]?(?:的|于|在)?")
_UNTIL = ("-", "~", "至", "到")
_CLAUSE = re.compile(r"[,，。;；\n]")


def choose(mentions: tuple[Mention, ...], text: str, *, inside: bool = True) -> Mention | None:
    """Choose the mention that states the limit, of a sentence or of a whole cell; the module's docstring has the order."""
    days = days_of(mentions, text, inside=inside)
    if days:
        if days[-1].sort is MentionSort.WRONG:
            return days[-1]
        valid_days = [day for day in days if day.sort is MentionSort.DAY]
        # Without any year they stand in the order written, and the last one counts.
        return max(valid_days, key=lambda mention: (mention.due is not None, mention.due or 0, mention.start))
    repeat, span = _most_frequent(mentions), _first(mentions, MentionSort.SPAN)
    if repeat and span:
        gap = text[min(repeat.end, span.end) : max(repeat.start, span.start)]
        return (
            repeat
            if repeat.start < span.start or (repeat.has_frequency and not _CLAUSE.search(gap))
            else span
        )
    return (
        repeat
        or span
        or _first(mentions, MentionSort.WHOLE_YEAR)
        or _first(mentions, MentionSort.STEADY)
        or _first(mentions, MentionSort.START)
    )


def days_of(mentions: tuple[Mention, ...], text: str, *, inside: bool = True) -> list[Mention]:
    """The days, and what should be some, that belong to no repetition; of a range both ends.

    Inside a sentence the day by which a work that has a day of its own is reported (4月底前完成排查，5月20日前报区政府办) is none
    of them, nor is a year before a day of it (今年建成六个，10月底前开放).
    """
    days = [
        mention
        for mention in _unbound(mentions, text)
        if mention.sort in (MentionSort.DAY, MentionSort.WRONG)
    ]
    if not inside:
        return days
    return [
        day
        for at, day in enumerate(days)
        if (not at or not _REPORTS.match(text, day.end))
        and not (day.precision is Precision.YEAR and any(_is_of_year(other, day) for other in days[at + 1 :]))
    ]


def _is_of_year(day: Mention, year: Mention) -> bool:
    """Whether a day is a finer one of a year."""
    if day.precision is Precision.YEAR or day.due is None or year.due is None:
        return False
    return day.due.year == year.due.year


# 报市政府办, 将结果报送…, 上报总结
_REPORTS = re.compile(
    r"(?:之?前|以前|内)?(?:并|再)?(?:[将把][^,，。;；前]{1,12}?)?(?:上报|报送|呈报|报告?(?=[省市县区州镇乡校院局各我本]))"
)


_TO = re.compile(r"\s*(?:[-~至到]|—+)+\s*")


def is_range(text: str, day: Mention, after: Mention) -> bool:
    """Whether a day only begins what the next one ends: 3月至5月."""
    return bool(
        _TO.fullmatch(text[max(day.start, day.end - 1) : after.start])
        or _TO.fullmatch(text[day.end : after.start])
    )


# A clause begins behind one of these; a part of a limit ends before one of the second.
_CLAUSE_MARKS = ",，。;；:：、)）\n"
_PART_END = re.compile(r"[。;；\n]")


def part_bounds(days: Sequence[Mention], text: str) -> list[tuple[int, int]]:
    """Where the part of each of several days begins and ends: its clause, up to the next part or the end of the sentence.

    >>> days = [Mention(MentionSort.DAY, 3, 7), Mention(MentionSort.DAY, 12, 15)]
    >>> text = "初稿，4月底前拟出，成稿6月底。"
    >>> [text[start:end] for start, end in part_bounds(days, text)]
    ['4月底前拟出', '成稿6月底']
    """
    starts = [max(text.rfind(mark, 0, day.start) for mark in _CLAUSE_MARKS) + 1 for day in days]
    starts = [
        start if not at or start >= days[at - 1].end else days[at].start for at, start in enumerate(starts)
    ]
    bounds: list[tuple[int, int]] = []
    for day, start, limit in zip(days, starts, [*starts[1:], len(text)], strict=True):
        stop = _PART_END.search(text, day.end, limit)
        part = text[start : stop.start() if stop else limit]
        bounds.append((start, start + len(part.rstrip(",，、 " if "(" in part else ",，、) "))))
    return bounds


def start_before(mentions: tuple[Mention, ...], span: Mention, text: str) -> Mention | None:
    """The day from which a length runs: 2021年起3年内, 5月1日起30日内."""
    for mention in mentions:
        if (
            mention.sort is MentionSort.START
            and mention.end <= span.start
            and not text[mention.end : span.start].strip("的在,，用")
        ):
            return mention
    return None


def _unbound(mentions: tuple[Mention, ...], text: str) -> list[Mention]:
    """The mentions without the days that belong to a repetition."""
    free_mentions: list[Mention] = []
    owner_end = -1
    for index, mention in enumerate(mentions):
        if mention.sort is MentionSort.REPEAT:
            owner_end = mention.end
        elif mention.sort is MentionSort.DAY:
            follows = (
                owner_end >= 0 and _LINK.fullmatch(text[owner_end : mention.start]) and not mention.has_year
            )
            after = mentions[index + 1] if index + 1 < len(mentions) else None
            bounds = after is not None and after.sort is MentionSort.REPEAT and after.start == mention.end
            if follows:
                owner_end = mention.end
                continue
            owner_end = -1
            # 5月1日至长期 has a beginning and no end.
            lasts = (
                after is not None
                and after.sort is MentionSort.STEADY
                and text[mention.end : after.start] in _UNTIL
            )
            if bounds or lasts:
                # 5月至10月每周四
                begins = bounds and free_mentions and is_range(text, free_mentions[-1], mention)
                free_mentions = free_mentions[:-1] if begins else free_mentions
                continue
        free_mentions.append(mention)
    return free_mentions


def _most_frequent(mentions: tuple[Mention, ...]) -> Mention | None:
    repeats = [mention for mention in mentions if mention.sort is MentionSort.REPEAT]
    if not repeats:
        return None
    # Daily has no name in the list of periods, but is a frequency: it stays when it is alone or comes first.
    named_repeats = [repeat for repeat in repeats if repeat.has_frequency]
    if not named_repeats:
        return repeats[0]
    if not named_repeats[0].period:
        return named_repeats[0]
    return min(named_repeats, key=lambda repeat: (_FREQUENCY.index(repeat.period), repeat.start))


def _first(mentions: tuple[Mention, ...], sort: MentionSort) -> Mention | None:
    return next((mention for mention in mentions if mention.sort is sort), None)


_CLAUSES = re.compile(r"[,，。;；、:：()\n]")


def limits_in(mentions: tuple[Mention, ...], text: str, plan_year: int | None) -> tuple[Mention, ...]:
    """The mentions of a sentence that bind somebody; where two clauses begin with their days all that do so are limits.

    >>> days = (Mention(MentionSort.DAY, 0, 2, None, Precision.MONTH), Mention(MentionSort.DAY, 5, 8, None, Precision.MONTH))
    >>> len(limits_in(days, "4月入营，10月结业。", 2026)), len(limits_in(days[:1], "4月入营，按期结业。", 2026))
    (2, 0)
    """
    limits = [mention for mention in mentions if is_limit(mention, text, plan_year)]
    for sentence in re.finditer("[^。\n]+", text):
        heads = [
            mention
            for mention in mentions
            if sentence.start() <= mention.start < sentence.end() and _leads(mention, text, plan_year)
        ]
        is_habit = len(heads) > 1 or any(
            limit.sort is MentionSort.DAY and sentence.start() <= limit.start < sentence.end()
            for limit in limits
        )
        limits += [head for head in heads if is_habit and head not in limits]
    limits.sort(key=lambda mention: mention.start)
    return _with_whole_year(tuple(limits))


def _leads(mention: Mention, text: str, plan_year: int | None) -> bool:
    """Whether a month, day, quarter or half-year of the plan's time begins a clause in which something is done."""
    before = text[max(0, mention.start - _NEAR) : mention.start]
    return (
        mention.sort is MentionSort.DAY
        and mention.precision is not Precision.YEAR
        and _CLAUSE_START.search(before) is not None
        and not re.search("(?:[月日号季年旬底末]|季度|半年)、$", before)
        and len(_clause_behind(mention, text)) > 1
        and _is_to_come(mention, plan_year)
        and not _is_other_time(mention, text)
    )


def limits_by_place(mentions: tuple[Mention, ...], text: str, plan_year: int | None) -> tuple[Mention, ...]:
    """The months, days, quarters and half-years of a sentence without a limit that stand for one, wherever they stand.

    A row of `_OTHER_TIMES` says of every other one what it is: 分析9月客流, 9月到期的合同, 9月丰收节.

    >>> month = Mention(MentionSort.DAY, 3, 5, None, Precision.MONTH)
    >>> [len(limits_by_place((month,), text, 2026)) for text in ("候车亭5月亮灯。", "候车亭5月客流数据。", "分析好5月的客流。")]
    [1, 0, 0]
    """
    return tuple(
        mention
        for mention in mentions
        if mention.sort is MentionSort.DAY
        and (
            mention.precision in _FINE
            or (mention.precision is Precision.PART and text[: mention.end].endswith(("季", "度", "半年")))
        )
        and _is_to_come(mention, plan_year)
        and not _is_other_time(mention, text)
    )


_FINE = (Precision.MONTH, Precision.DAY)


def _is_to_come(mention: Mention, plan_year: int | None) -> bool:
    return plan_year is None or mention.due is None or mention.due.year >= plan_year


def _clause_behind(mention: Mention, text: str) -> str:
    return _CLAUSES.split(text[mention.end : mention.end + _NEAR])[0]


def _is_other_time(mention: Mention, text: str) -> bool:
    """Whether a row of the table of other times fits what stands before a day in its clause, and what behind it."""
    above = text[max(0, mention.start - _NEAR) : mention.start]
    before = _CLAUSES.split(above)[-1]
    behind = text[mention.end : mention.end + _NEAR]
    clause = _clause_behind(mention, text)
    if not clause and behind[:1] in (",", "，"):
        return _HAPPENED.match(behind, 1) is not None
    return any(
        (row_before is None or row_before.search(before))
        and (row_behind is None or row_behind.search(clause))
        for row_before, row_behind in _OTHER_TIMES
    ) or _takes_effect(above, behind)


# 年底考核 is a deed, 年底考核情况 none.
_SHORTEST = 2


def _with_whole_year(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions of a sentence; behind a day 全年 is the last day of the year: 上半年新建二十个，全年新建五十个."""
    first = next((mention.start for mention in mentions if mention.sort is MentionSort.DAY), None)
    return tuple(
        replace(mention, sort=MentionSort.DAY, precision=Precision.PART)
        if mention.sort is MentionSort.WHOLE_YEAR and first is not None and first < mention.start
        else mention
        for mention in mentions
    )


_NEAR = 40
_CLAUSE_START = re.compile(r"(?:^|[,，。;；:：、(\n①-⑳])$")
_RANGE_START = re.compile(r"(?:^|[,，。;；:：、(\n])\d{1,4}[年月][^,，。;；]{0,6}[至到~-]$")
_SAYS_WHEN = re.compile(
    r"(?:(?:时限|时间|期限|节点|日期)(?:为|是)|最[晚迟]|不[晚迟]于|最[晚迟]不(?:得|应)?超过|于|在|争取|力争|计划|预计|拟|将|确保|务必|须|应|要|至|到|并|其中|分别|今年)$"
)
# Not the last letter of a word of its own: 数据5月底前接入, 合同6月底前签订.
_COMPARES = re.compile(
    r"(?:(?<![占对配评环])比|(?<!比)较|(?<![参给])与|(?<![合协会共陪])同|(?<![核比面应针校])对|(?<![可予加难得足])以|(?<![数证票单占凭])据|按|按照"
    r"|截至|截至到|截止|截止到|围绕|结合|纳入|作为|列入|对照|落实|执行|(?<![各亲])自|从|(?<![就附])近|每到)$"
)
# In a cell: a year that is compared with, or whose budget is drawn up.
_COMPARED_YEAR = re.compile(r"(?:比|较)$")
_YEARS_OWN = re.compile(r"度?(?:财政|部门)?(?:预算|决算)")
# 2027年高标准农田占比达到七成, 2027年，全县粮食总产稳定在十万吨以上: an aim for the end of that year.
_AIM = re.compile(
    rf"[,，]?(?![^。;；]*(?:同比|比[上去]年|增长了|[达升降]到了|已)|[春夏秋冬]季|学年)(?:[^,，。;；]{{1,30}}[,，]){{0,2}}?[^,，。;；]{{0,24}}?"
    rf"(?:达到?|超过|突破|不[低高少多]于|不超过|(?:提高|提升|降低|下降|压减|压降|增加|扩大|缩短|稳定|保持|控制|维持)[到至在]|降[至到])(?:[\d{HAN}百]|全国|全省|全市)"
)
# “十四五”期间，全县新建泵站三座: a work with a number by the end of the period.
_WORK_OF_PERIOD = re.compile(
    rf"[,，]?(?![^。;；]*(?:累计|已|[^受得]了|共))(?:[^,，。;；]{{1,20}}[,，])?[^,，。;；]{{0,10}}?(?:建成|新建|改建|完成|新增|培育|改造|建设|打造|设立)[^,，。;；]{{0,14}}[\d{HAN}百千]"
)
# 夜间开放至10月底: so long it lasts.
_LASTS_TO = re.compile(
    r"(?:开放|营业|展[出期]|延[长期]|顺延|保留|留存|(?:协议|合同|有效|执行|服务|过渡|缓冲|任|聘|租|质保)期|续约|缓缴)(?:时间|期限)?(?:延长|顺延)?[到至]$"
)
_CUT_OFF = re.compile(r"截[至止]到?$")
_QUALITY = re.compile(
    r"^(?:[已经仍尚新在由向未]|完成|办理|依法|正式|首次|集中|取得|全部|各级|我[省市县区])*(?:发布|印发|下发|出台|制定|召开|举[办行]|开幕|施行|公布|通过|修订|登记|注册|出生|设立|成立|建成|签订|批准|立项|毕业|取得"
    r"|形成|产生|存在|入库|确定|提出|作出|实施|交办|反馈|受理|开工|投产|竣工|完工|到期|逾期|新增|在建|申报|备案|[仍尚还]?未\w{1,4}(?=的(?!依法|一律|责令|列入|予以|停|取消|不予|由|应|要|将|视为|按))|漏\w|应\w{1,4}|查[出实]|[检核排督巡抽普审调暗]?[查访考审测察]{0,3}(?:中|时)?(?:发现|反馈|指出|查出|交办|转办|移交|部署|收集|征集|受理|承诺))的(?!目标|要求|基础)"
)
_KEPT_DAY = re.compile(
    r"^(?:的|是|世界|全国|国际|国家|中国|全市|全省|“|\"|《|以来|(?!上?报|呈报|提交|提请)[^,，。;；]{0,10}?(?:[^当今每次日即]日(?![前内])|安全生产月|宣传月|宣传周|活动月|会议|讲话|精神|批示|通报要求))"
)
# 10月16日世界粮食日当天集中开展: what is done on the day that is kept.
_ON_THE_DAY = re.compile(r"[^,，。;；]{1,12}日(?:当天|当日)?(?:集中)?(?:开展|举办|组织|举行)")
_NOUN = re.compile(
    r"^(?:考核|绩效|述职|评议|评优|奖|决算|人口|常住|户籍|余额|结余|结转|存量|总量|在校|经济|运行|数据|情况|工作(?:会|总结|要点|计划|报告)|预算|财政收|固定资产|gdp|GDP)"
)
_ACTION = re.compile(
    r"完成|启动|出台|印发|召开|举办|开展|组织|上线|建成|开工|投产|竣工|验收|公布|发布|公开|投入|运行|实施|实现|达到|形成|制定|编制|上报|报送|提交"
    r"|试点|挂牌|通过|交付|投用|开放|部署|总结|评估|检查|整改|建立|开通|启用|封顶|移交|修订|推出|举行|汇总|销号|摸底|动工|施工|建设|申报|评选|首航|首发|开学|消杀|普查|祭扫"
    r"|盘活|新建|改建|改造|扩建|疏浚|拆除|拨付|兑现|发放|下达|签约|落地|设立|成立|开馆|开园|开业|开幕|开诊|通车|通水|通气|供水|供暖|到位|入驻|开始|起草|征求|审议|落实|全面|基本|全部|收官|结束|到达|接收|报|交|不少于|新增|各[一二两三四1-4][次场期轮批遍]|达|培训|安装|更新|覆盖|解决|办理|招聘|引进"
    r"|(?:[取获]得|获批|拿到)(?!了|[^,，。;；]{0,8}(?:成效|成绩|进展|突破|荣誉|称号))"
)
_ACTS_AT_ONCE = re.compile(rf"(?:并|全面|基本|全部|组织|初步|正式)*(?:{_ACTION.pattern})")
# A month in the middle of a clause is a limit only right before what ends or begins a work: 该路6月建成通车.
_COMES_TO = re.compile(
    r"(?:并|全面|基本|全部|正式|如期)*(?:建成|投用|投产|开工|动工|竣工|交付|启用|上线|通车|投入(?:使用|运营|运行)|开业|挂牌|落成|开幕|开放|全覆盖)(?!的|以来|后)"
    rf"|(?:全面|全部|正式|如期)(?:达标|清零|覆盖|{_ACTION.pattern})(?!的|以来|后)"
)
_MANNER = r"(?:并|将|再次?|即|均|都|全面|基本|全部|正式|如期|按时|分[批期片类组段步]|集中|统一|陆续|首次|逐步|同步|同时|错峰|公开|对外|组织|试点?|[线网][上下]|免费|现场|启动)"
# What something does, or what is done to it; at the end of its clause no noun, whatever stands before.
_SURE_DEED = (
    r"(?:实施|举[办行]|启动|开(?:展|班|考|赛|课|学|工|馆|园|营|讲|评|业|放|通|始|幕|镰|播|演|机|诊|放)|完[成工毕]|结束|进行|上[线岗映]|召开|到[位岗]|收[官尾]|铺开|推[开行]"
    r"|组织|发放|移交|交[付工房]|入[户驻场]|公布|发布|印发|出台|办(?:结|理完毕)|投[用产]|进[场驻行]|动工|竣工|封顶|挂牌|揭牌|启用|验收|销号|试运行|运[行营]|播出|播种|展出|展开|下达|拨付|兑付|安装|搬[迁入]|迎检|闭[幕营]|生效|执行|见效|达标|归档|报[名到]|建成|落[成地]|使用|试用)"
)
# These are nouns as well: 落实6月部署.
_OPEN_DEED = r"(?:检查|评[审估选比议定]|培训|总结|考[核试评]|部署|安排|督[查导]|调度|通报|测试|普查|摸底|排查|更换|轮换|维修|检[修测]|清[查淤理]|征[集求]|招[聘募标]|申报|复[核查审]|整[改治]|公[示开]|审[议定核]|登记|体检|接种|采[集购样]|办|讲|演|赛|种|栽|做|开)"
_AMOUNT = rf"(?:各|不少于|至少|约|共)?[\d{HAN}两百千几]+(?![、.．])[\u4e00-\u9fff%％][^,，。;；:：]{{0,12}}"
_CLAUSE_OVER = r"(?=$|[,，。;；:：、)）(（\n])"
# 农机检修9月进行, 讲座9月办两场, 水质9月分批检测: a deed closes the clause of a month in its middle.
_CLOSES_CLAUSE = re.compile(
    rf"{_MANNER}*{_SURE_DEED}(?:{_AMOUNT})?{_CLAUSE_OVER}|{_MANNER}+{_OPEN_DEED}{_CLAUSE_OVER}|{_MANNER}*{_OPEN_DEED}{_AMOUNT}{_CLAUSE_OVER}"
)
# 上半年…，下半年再归集二十类
_MORE = re.compile(r"(?:再|继续)[\u4e00-\u9fff]{2}")
# 《养犬条例》5月1日施行: a rule takes effect, which is nobody's task.
_RULE_BEFORE = re.compile(
    r"(?:》|[法典]|条例|办法|规定|规则|细则|标准|规范|目录|国标|公约|协定|制度|政策|新政|税率|价格|电价|公告|通告|决定|命令)(?:[（(][^（）()]*[)）])?[（(]?(?:已|拟|将|自|从|于|在)?$"
)
_TAKES_EFFECT = re.compile(r"(?:起)?(?:正式|全面|统一)*(?:施行|实施|执行|生效|实行|启用|调整|切换)")
# 检查情况, 完成数: a thing that has a time.
_NOUN_BEHIND = re.compile(
    r"(?:情况|结果|成果|问题|数据?|任务|要求|精神|名单|清单|项目|事项|活动|会议|经验|奖励|台账|报告)$"
)
# 11月，市政府印发通知; 上半年，全市经济平稳运行
_HAPPENED = re.compile(
    r"[^,，。;；]{0,30}(?:印发|下发|出台|召开|举行|会议|指出|强调|要求|审议|同意|批[复准]|[了已过]|运行|同比|增长|下降)"
)
# 9月20日在县体育场设主会场
_HELD_AT = re.compile(r"在[^,，。;；]{2,12}?(?:设|办|开|举|集中|组织|进行|演|巡|展)")
# 龙舟赛9月在西河举行
_HELD_IN = re.compile(
    rf"在[^,，。;；]{{2,14}}?(?:举[行办]|召开|开[幕赛展]|启动|揭牌|演出|展出|比赛){_CLAUSE_OVER}"
)
# …，第三季度开拍。: a verb of beginning or ending closes the clause.
_BEGINS_OR_ENDS = re.compile(
    r"(?:正式|全面|全部|陆续|集中)?[开启首试投落竣完收封交验起通见揭][\u4e00-\u9fff]{1,4}(?=$|[,，。;；、])"
)
_HABITS = ("日常", "经常", "始终", "一直")
# 长期未结案件, 长期闲置土地
_STATE = re.compile("未|不|没|无|闲置|拖欠|失业|失联|照护|卧床|居住|空置|积压|停产|停工")
_THING = re.compile("[的了]|机制|制度|体系|模式|方案|计划")
# 乱停车常态化清理: a deed closes the clause; 建立常态化排查 is a thing.
_GOES_ON = re.compile(r"[\u4e00-\u9fff]{2}(?=$|[,，。;；])")
_THING_BEFORE = re.compile(
    r"(?:^|[,，。;；:：、])[^,，。;；:：、]{0,4}(?:建立|健全|完善|形成|探索|构建|转入|纳入|列入|实行|执行)[^,，。;；]*$"
)
# 开展常态化走访 goes on for ever; 建立常态化机制 is a thing.
_STEADY_WORK = re.compile(r"(?:开展|实施|组织|进行)$")
# With these a bare year is a limit: 今年完成清零.
_COMPLETION = re.compile(r"(?:要|将|力争|确保|全部|全面|基本)*(?:完成|实现|建成)(?!的)")
_NO_SPAN_BEFORE = re.compile(
    r"(?:近|过去|最近|此前|毕业|离校|注册|成立|满|有效期|工龄|任期|服务|连续|上市|入职|退役|退休|出生|每|任意)$"
)
_NO_SPAN_AFTER = re.compile(
    r"^(?:的?(?:高校)?毕业|无|未|没有|不得|不再|不发生|不出现|免|有效|曾|受过|发生过|的?(?:未就业|高校|应届|企业|人员|新办|初创|平均)|累计|生活圈|便民|交通圈|经济圈|通勤)"
)
# 较原计划提前一个月 says how much earlier a work ends.
_AHEAD = re.compile("(?:[较比]|工期|计划|原定|争取|力争)[^,，。;；]{0,10}提前$")
# 平均用时缩短到25天, 门球时间中位数控制在70分钟以内: the value of a measure.
_STATISTIC = re.compile(
    "(?:精确到|误差|时长|年龄|原(?:批复|定|计划|合同)?工期|间隔|平均|中位数|均值|用时|耗时|等候|候[诊检车船])[^,，。;；]*$"
)
_MONEY = re.compile(rf"^[^,，。;；]{{0,8}}?[\d{HAN}两百千万][\d.{HAN}百千万亿]*元")
_LATER_CLAUSE = re.compile(r"[,，][^,，。;；]*$")
# 每天早6点50分开启: when it is open.
_CLOCK = re.compile(
    r"[早晚上下午中夜间]{0,2}\d{1,2}(?:[点时](?:\d{1,2}分|半)?|[:：]\d\d)(?:开[启放馆门]|关[闭门]|闭馆|[至到~-])"
)
# 每日客流超过千人的公园: so much of it.
_MEASURE = re.compile(r"[^,，。;；]{1,10}(?:超过|达到?|不足|低于|高于|以上|以下)[^,，。;；]{0,8}的")
_TO_CHANGE = r"(?:改|变更?|调整|转变?|增加?|提高|减少?|降低?|缩短|延长|提前|推迟)(?:[为成到至])"
_CHANGE = re.compile(rf"[^,，。;；]{{0,14}}?{_TO_CHANGE}")
_NEW_SIDE = re.compile(rf"[由从将把][^,，。;；]*{_TO_CHANGE}[^,，。;；]{{0,8}}$")
# 每年安排的补助, 每年祭扫高峰: what happens every year by itself.
_HABIT = re.compile(r"(?:(?![对向就将把])[^,，。;；次]{1,6}的|[^,，。;；]{0,6}(?:高峰|旺季|淡季|时节))")
_STEADY_ACTION = re.compile(
    r"^(?:地|性|长效|化)?(?:推进|开展|发布|公开|更新|坚持|实施|深化|加强|做好|抓好|落实|优化|完善|推动|提升|巩固|强化|加大|跟踪|调整|管理|监测"
    r"|监管|整治|抓|推行|保持|组织|运行|用力|发力|攻坚|改善|扩大|压减|打击|治理|清理|维护|关注|化解|培育|宣传|排查|巡查|净化|规范|健全|放大|拓展"
    r"|提高|增强|建设|支持|引导|监督|整改|推广|执行|举办|抽查|检查|摸排|帮扶|跟进|丰富|创新|营造|压实|夯实|做优|做大|做强|开放|清零|调度|接访)"
)
# 【市甲局负责　长期】, 市乙局（常态化）: alone where a limit can stand.
_ALONE_BEFORE = re.compile(r"(?:[,，。;；(]|负责|牵头|配合|参与|实施|落实)$")
# 【长期】数据安全员持证上岗
_OPENING_BRACKET = re.compile(r"\W{0,3}[(（【\[〔]")
_CLOSING_BRACKETS = tuple(")）】]〕")
_ALONE_BEHIND = re.compile("[)。;；:：]*")
# 名单动态更新，…: nothing but that it goes on.
_KEPT_UP = re.compile(r"(?:更新|调整|管理|清零|销号)(?=$|[,，。;；])")
# 持续加大执法力度。查处超限运输: as the heading of what follows it says how, not till when.
_TITLE_OF_ITEM = re.compile(r"[^,，。;；:：]{4,20}。.")
_ONLY_HOW = re.compile(
    r"(?:加[大强快]|增强|提[升高]|优化|深化|强化|改善|扩大|放大|巩固|做[优大强好]|夯实|壮大|激发|释放|拓[展宽]|完善|健全)"
)
_STEADY_BEFORE = re.compile(
    r"(?:^|[,，。;；:：、()“”]|要|应|须|将|并|继续|坚持|做到|实现|实行|进行|予以|常态化|机制|工作|全面|加以|要求|确保|贯穿)$"
)
# 全年完成整治六十条; 全年完成增长6% is an aim.
_COUNTS = re.compile(
    rf"完成(?:100[%％]|百分之百|全部)|完成[^,，。;；]{{0,8}}?(?:\d+(?![\d.]*[%％])|[{HAN}百千万]{{1,5}})(?!个?百分)[\u4e00-\u9fff]"
)
_YEAR_NOUN = re.compile(
    r"^(?:无|不(?!少于|低于|断|间断|停)|目标|任务|经济|生产|财政|工作|gdp|GDP|各项|预期|计划|收入|地区|一般|落实情况|重点|增长|旅游|粮食|实现|完成|总|进出口|空气)"
)


def is_limit(mention: Mention, text: str, plan_year: int | None) -> bool:
    """Whether a mention inside a folded sentence binds somebody; the module's docstring has the table."""
    # Nearby words decide; a window keeps a long text from being searched again for each mention.
    before, behind = (
        text[max(0, mention.start - _NEAR) : mention.start],
        text[mention.end : mention.end + _NEAR],
    )
    if mention.sort is MentionSort.DAY:
        return _is_day_limit(mention, text, before, behind, plan_year)
    if mention.sort is MentionSort.WRONG:
        return True
    if mention.sort is MentionSort.START:
        is_new = plan_year is None or mention.due is None or mention.due.year >= plan_year
        leads = bool(re.search(r"(?:自|从)$", before) or _CLAUSE_START.search(before)) or (
            mention.precision is Precision.DAY
            and bool(re.match(r"(?:全面|正式|统一)*[\u4e00-\u9fff]{2}", behind))
            and not re.match(r"(?:施行|实施|执行|生效)", behind)
        )
        return (
            is_new
            and leads
            and not _takes_effect(before, behind)
            and text[: mention.end].endswith(("起", "开始"))
            and not re.match("(?:施行|实施|执行|生效)?的", behind)
        )
    if mention.sort is MentionSort.SPAN:
        # 两分钟以内的短视频 is a quality.
        is_quality = text[: mention.end].endswith("内") and re.match("的(?![时期]限|时间|要求|目标)", behind)
        is_measure = _AHEAD.search(before) is not None or _STATISTIC.search(before) is not None
        return not (
            is_quality or is_measure or _NO_SPAN_BEFORE.search(before) or _NO_SPAN_AFTER.search(behind)
        )
    if mention.sort is MentionSort.REPEAT:
        is_habit = mention.period == "yearly" and _HABIT.match(behind)
        return not (
            _MONEY.search(behind)
            or is_habit
            or _CLOCK.match(behind)
            or _MEASURE.match(behind)
            or _is_changed(before, behind)
        )
    if mention.sort is MentionSort.WHOLE_YEAR:
        return bool(_COUNTS.match(behind)) or not _YEAR_NOUN.search(behind)
    if text[mention.start : mention.end].startswith(_HABITS):
        return False
    if _ALONE_BEHIND.fullmatch(behind) and _ALONE_BEFORE.search(before):
        return True
    if _OPENING_BRACKET.fullmatch(before) and behind[:1] in _CLOSING_BRACKETS:
        return True
    if text[mention.start : mention.end] == "动态" and _KEPT_UP.match(behind):
        return True
    if text[mention.start : mention.end] in ("持续", "动态") and _LATER_CLAUSE.search(before):
        # …，持续推进。 has no end; …，持续巩固成果 only says how.
        action = _STEADY_ACTION.match(behind)
        return action is not None and not behind[action.end() :][:1].isalnum()
    if text[mention.start : mention.end].startswith("常态化"):
        if _GOES_ON.match(behind):
            return not _THING_BEFORE.search(before)
        if _CLAUSE_START.search(before) and not _THING.search(_CLAUSES.split(behind)[0]):
            return len(behind) > _SHORTEST
    if text[mention.start : mention.end].startswith("常态化") and _STEADY_WORK.search(before):
        return not re.match(r"[^,，。;；]{0,6}(?:机制|制度|体系|模式)", behind)
    if _TITLE_OF_ITEM.match(text) and _ONLY_HOW.match(behind):
        return False
    return bool(_STEADY_BEFORE.search(before)) and bool(
        _STEADY_ACTION.search(behind) or "起" in text[mention.start : mention.end]
    )


def _is_changed(before: str, behind: str) -> bool:
    """Whether a repetition is one side of a change: 由按年申领改为按季申领."""
    is_old = re.search("[由从将把][^,，。;；]*$", before) and _CHANGE.match(behind)
    return bool(is_old or _NEW_SIDE.search(before))


def is_limit_of_cell(mention: Mention, text: str) -> bool:
    """Whether a mention in a time cell can be its limit: not the year of a comparison or of a budget."""
    if mention.sort is not MentionSort.DAY or mention.precision is not Precision.YEAR:
        return True
    return not (_COMPARED_YEAR.search(text[: mention.start]) or _YEARS_OWN.match(text, mention.end))


def _is_day_limit(mention: Mention, text: str, before: str, behind: str, plan_year: int | None) -> bool:
    if plan_year is not None and mention.due is not None and mention.due.year < plan_year:
        return False
    if mention.precision is Precision.YEAR:
        if _COMPLETION.match(behind) and not _COMPARES.search(before):
            return True
        if _CLAUSE_START.search(before) and mention.has_year and _AIM.match(behind):
            return True
        if _CLAUSE_START.search(before) and text[: mention.end].endswith(("期间", "时期")):
            return _WORK_OF_PERIOD.match(behind) is not None
        return bool(re.search(r"[到至]$", before)) and not re.match(r"的|度|级|全国|版", behind)
    if _QUALITY.search(behind) or behind.startswith((")的", "）的")):
        return False
    if _CUT_OFF.search(before):
        return mention.has_year and mention.precision is Precision.PART
    if _COMPARES.search(before) or _LASTS_TO.search(before):
        return False
    if text[: mention.end].endswith(("前", "内", "止")):
        return True
    if (_KEPT_DAY.search(behind) and not _ON_THE_DAY.match(behind)) or _NOUN.search(behind):
        return False
    if mention.precision is Precision.PART and not text[: mention.end].endswith(("季", "度", "半年")):
        return True
    if _takes_effect(before, behind):
        return False
    leads = bool(_CLAUSE_START.search(before) or _SAYS_WHEN.search(before) or re.search(r"[-~]$", before))
    if _CLAUSE_START.search(behind[:1]):
        # 11月，完成验收 and 11月，拆除雨棚 are limits; 11月，市政府印发通知 tells what happened.
        begins = _CLAUSE_START.search(before) or _RANGE_START.search(before)
        is_alone = begins is not None and not _HAPPENED.match(behind, 1)
        return (leads or is_alone) and (
            len(behind) <= 1 or behind[0] not in ",，" or is_alone or bool(_ACTS_AT_ONCE.match(behind, 1))
        )
    if mention.precision is Precision.PART and not leads and not _CLOSES_CLAUSE.match(behind):
        # 三季度交付 is a limit, 三季度台账 is not.
        return bool(_ACTS_AT_ONCE.match(behind)) and not _NOUN_BEHIND.search(_CLAUSE.split(behind)[0])
    if _CLOSES_CLAUSE.match(behind) or (leads and _MORE.match(behind)):
        return True
    is_fine = mention.precision in (Precision.MONTH, Precision.DAY)
    if is_fine and not mention.has_year and _COMES_TO.match(behind):
        return True
    if leads and mention.precision is Precision.DAY and _HELD_AT.match(behind):
        return True
    if is_fine and _HELD_IN.match(behind):
        return True
    return leads and (not behind or bool(_ACTION.search(behind[:14]) or _BEGINS_OR_ENDS.match(behind)))


def is_of_thing(mention: Mention, text: str) -> bool:
    """Whether a day plainly belongs to something that is named (6月底前到期的合同), was done by it, or takes effect."""
    behind = text[mention.end : mention.end + _NEAR]
    before = text[max(0, mention.start - _NEAR) : mention.start]
    is_over = _CUT_OFF.search(before) is not None and "已" in _CLAUSES.split(behind)[0]
    return _QUALITY.search(behind) is not None or is_over or _takes_effect(before, behind)


def _takes_effect(before: str, behind: str) -> bool:
    return _RULE_BEFORE.search(before) is not None and _TAKES_EFFECT.match(behind) is not None


def is_weak(mention: Mention, text: str, plan_year: int | None) -> bool:
    """Whether a mention that is no limit of its sentence might be one to somebody who knows the other tasks.

    A day of something that may be a deed (截至9月, 9月…的…), the year of the plan before a work with a number, 持续 before
    what is done.

    >>> month = Mention(MentionSort.DAY, 2, 4, None, Precision.MONTH)
    >>> is_weak(month, "截至9月补植柳树。", 2026), is_weak(month, "分析9月客流。", 2026)
    (True, False)
    """
    before = _CLAUSES.split(text[max(0, mention.start - _NEAR) : mention.start])[-1]
    clause = _clause_behind(mention, text)
    if mention.sort is MentionSort.STEADY:
        return len(clause) > 1 and not (_THING.search(clause) or _STATE.match(clause))
    if mention.sort is MentionSort.START:
        is_rule = text[: mention.end].endswith(("起", "开始")) and _TAKES_EFFECT.fullmatch(clause)
        return bool(is_rule) and _is_to_come(mention, plan_year)
    if mention.sort is MentionSort.DAY and not clause and _LASTS_TO.search(before):
        return _is_to_come(mention, plan_year)  # 缓缴政策延长至2025年12月31日
    if (
        mention.sort is not MentionSort.DAY
        or not _is_to_come(mention, plan_year)
        or is_of_thing(mention, text)
    ):
        return False
    if mention.precision is Precision.YEAR:
        is_own = mention.due is not None and mention.due.year == plan_year
        return is_own and not before and _WORK_OF_YEAR.match(clause) is not None
    return bool(limits_by_place((mention,), text, plan_year)) or (
        len(clause) > 1
        and (
            _CUT_OFF.search(before) is not None
            or ((clause.find("的") > 0 or "前夕" in clause) and not _GOVERNS.search(before))
        )
    )


# 对9月到期的合同, 落实6月部署的任务: the day belongs to the object of what is done.
_GOVERNS = re.compile("[对把将向给就为按比较]|[一-鿿]{2}$")


# 今年新建公园五处
_WORK_OF_YEAR = re.compile(rf"[^,，。;；]{{0,10}}?(?:{_ACTION.pattern})[^,，。;；]{{0,14}}[\d{HAN}百千]")
# What stands before a day and behind it, up to the marks of its clause, where it is no limit.
_OTHER_TIMES: tuple[tuple[re.Pattern[str] | None, re.Pattern[str] | None], ...] = (
    # 较6月, 按照3月5日部署, 对上半年问题; 开放至10月; 截至9月
    (_COMPARES, None),
    (_LASTS_TO, None),
    (re.compile("农历|阴历"), None),
    # 发布9月排名, 结合5月科技周, 兑付6月债券: the time is that of its noun.
    (
        re.compile(
            r"(?:[做抓办组整][好织理]|[发公颁]布|公[开示]|通报|[分解]析|总结|统计|汇总|梳理|[落实贯彻传达学习]{2}|[结符]合|针对|[根依]据"
            r"|[按对]照|围绕|依托|借助|利用|抢抓|抓住|[兑支]付|[归偿]还|推出|[筹准]备|参加|迎接|编制|衔接|[应面]对|补[发缴齐]|[缴交]纳|申[领请]"
            r"|修订|完善|[调分]取|核[对查])$"
        ),
        None,
    ),
    # 9月到期的合同, 6月部署的任务
    (None, re.compile("的(?=.)")),
    # 世界环境日, 安全生产月; but 9月开展…日活动
    (None, re.compile(rf"^(?!{_MANNER}*(?:{_SURE_DEED})).*(?:{_KEPT_DAY.pattern})")),
    (None, re.compile(r"^[^,，。;；]{0,10}(?:节|宣传周|科技周|活动周|文化周|活动月|服务月|大会|论坛)$")),
    # 一季度经济运行, 11月考核情况; but 年底考核
    (None, re.compile(rf"(?=...)(?:{_NOUN.pattern})")),
    (None, re.compile(rf"^(?!{_MANNER}*(?:{_SURE_DEED})).*{_NOUN_BEHIND.pattern}")),
    (
        None,
        re.compile(
            r"(?:数据|指标|排名|台账|报表|客流|气温|天气|水位|用[电水气]量|销[量售额]|工资|电费|水费|租金|利息|津贴|线路|菜单|课表)$"
        ),
    ),
    # What was: 5月检查过, 上半年取得成效.
    (None, re.compile("[了已过](?!程)|同比|环比|增长|下降|[取获]得|荣获|被评|[受得]到|以来")),
    # 以6月30日为界, 3月至5月, 4月份
    (None, re.compile("^(?:来|至(?![少迟])|到(?![位达])|份|以[来前后]|为(?:界|时点|基准|起点|节点|限))")),
)
