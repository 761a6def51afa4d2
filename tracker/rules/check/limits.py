r"""Time limits: an event and a rule give the moment by which something has to be done.

    kind     what is stated                       when it is due
    term     so long after an event               hours run from the moment (Civil Code art. 201 II); days, working days,
                                                  weeks, months and years from the day after it, until 24:00 of the last day
    day      a day of the year                    that day
    quota    so many times in a period            the period's last day

    roll      where the last day is a day off
    none      the day itself
    forward   the next working day counts (art. 203)
    back      the day itself; offices want it on the last working day before (年底前)

Months end on the day with the same number, or on the month's last day (art. 202). `LIMIT_RULES` are those that the
five source documents lay down (揭阳 2018, 山东某县 2022, 四川 2018, 四川透明度指数 2017); each names its source, since a local
rule may be stricter than the law (15 working days for a normative document, where 国务院令第711号 art. 26 has 20).

    >>> import datetime as dt
    >>> from tracker.workdays import Calendar
    >>> at = dt.datetime(2018, 9, 20, 16, 30)
    >>> due = due_after(rule_of("R05"), at, Calendar())
    >>> due.day.isoformat(), due.moment.isoformat()
    ('2018-10-17', '2018-10-18T00:00:00')
    >>> due_after(rule_of("R08"), at, Calendar()).moment.isoformat()
    '2018-09-21T16:30:00'
    >>> due = due_after(rule_of("R01"), dt.datetime(2018, 6, 29), Calendar())
    >>> due.legal_day.isoformat(), due.day.isoformat()
    ('2018-07-29', '2018-07-30')
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from tracker.workdays import ONE_DAY, Calendar


class Span(Enum):
    """What a term is counted in, or the period of a quota; the value is the word that users see."""

    HOUR = "小时"
    WORKDAY = "个工作日"
    DAY = "日"
    WEEK = "周"
    MONTH = "个月"
    QUARTER = "季度"
    YEAR = "年"


class Roll(Enum):
    """What counts where the last day is a day off; the value is the word that users see."""

    NONE = "不顺延"
    FORWARD = "顺延至下一工作日"
    BACK = "提前至前一工作日"


@dataclass(frozen=True, slots=True)
class LimitRule:
    """A rule of time.

    Attributes:
        code: `R05`; of an office's own rules whatever it wrote.
        subject: What has to be done.
        event: What a term runs from, as written; empty for a day or a quota.
        amount: How long a term is, or how many times in a period; 0 for a day.
        span: What the amount counts, or the period of a quota.
        day: Month and day of a day of the year.
        roll: What counts where the last day is a day off.
        source: The document that lays it down.
    """

    code: str
    subject: str
    event: str = ""
    amount: int = 0
    span: Span = Span.YEAR
    day: tuple[int, int] | None = None
    roll: Roll = Roll.NONE
    source: str = ""

    @property
    def is_quota(self) -> bool:
        """Whether it asks for a number of times in a period."""
        return not self.event and self.day is None


_JIEYANG, _COUNTY = "揭阳市2018年政务公开工作要点分工方案", "山东某县2022年政务公开规范化方案"
_SICHUAN, _INDEX = "四川省2018年政务公开工作要点", "四川省政务公开通报（2017年）"

LIMIT_RULES: tuple[LimitRule, ...] = (
    LimitRule("R01", "公开本地区本单位实施方案", "发文之日", 1, Span.MONTH, None, Roll.FORWARD, _JIEYANG),
    LimitRule("R02", "报送全年落实情况书面报告", day=(12, 31), roll=Roll.BACK, source=_JIEYANG),
    LimitRule("R03", "公开财政预决算", day=(12, 31), roll=Roll.BACK, source=_JIEYANG),
    LimitRule("R04", "公开办事条件变更信息", "审批程序完成", 1, Span.WORKDAY, source=_JIEYANG),
    LimitRule("R05", "规范性文件上网公开", "规范性文件发布", 15, Span.WORKDAY, source=_COUNTY),
    LimitRule("R06", "公开并解读常务会议议定事项", "常务会议召开", 1, Span.WORKDAY, source=_COUNTY),
    LimitRule("R07", "发布解读材料", "文件公布", 3, Span.WORKDAY, source=_COUNTY),
    LimitRule("R08", "重大突发事件召开新闻发布会", "事件发生或知悉", 24, Span.HOUR, source=_COUNTY),
    LimitRule("R09", "回应其他政务舆情", "舆情发生或知悉", 48, Span.HOUR, source=_COUNTY),
    LimitRule("R10", "单位主要负责人听取政务公开汇报", amount=1, span=Span.YEAR, source=_COUNTY),
    LimitRule("R11", "评估不予公开的信息", amount=1, span=Span.YEAR, source=_COUNTY),
    LimitRule("R12", "完成试点验收", day=(8, 31), roll=Roll.BACK, source=_SICHUAN),
    LimitRule("R13", "报送试点成果", day=(9, 30), source=_SICHUAN),
    LimitRule("R14", "编制公布其余部门主动公开基本目录", day=(12, 31), roll=Roll.BACK, source=_SICHUAN),
    LimitRule("R15", "编制公布主动公开基本目录", day=(12, 31), roll=Roll.BACK, source=_INDEX),
    LimitRule("R16", "部门主要负责人解读重大政策", amount=1, span=Span.YEAR, source=_INDEX),
    LimitRule("R17", "抽查政府网站", amount=1, span=Span.QUARTER, source=_INDEX),
)


def rule_of(code: str, rules: Iterable[LimitRule] = LIMIT_RULES) -> LimitRule:
    """The rule with a code; StopIteration if there is none."""
    return next(rule for rule in rules if rule.code == code)


@dataclass(frozen=True, slots=True)
class LimitDue:
    """By when something has to be done.

    Attributes:
        legal_day: The last day as the words give it.
        day: The day that counts in practice, rolled as the rule says.
        moment: What is done at this moment or later is late: 24:00 of the later of the two days, or the very moment
            where hours count.
    """

    legal_day: dt.date
    day: dt.date
    moment: dt.datetime


def _end_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day + ONE_DAY, dt.time())


def _months_later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _rolled(legal_day: dt.date, roll: Roll, workdays: Calendar) -> LimitDue:
    day = legal_day
    if roll is Roll.FORWARD:
        day = workdays.on_or_after(legal_day)
    elif roll is Roll.BACK:
        day = workdays.on_or_before(legal_day)
    return LimitDue(legal_day, day, _end_of(max(legal_day, day)))


def due_after(rule: LimitRule, at: dt.datetime, workdays: Calendar) -> LimitDue:
    """When a term that began at a moment ends.

    Args:
        rule: A rule with an event.
        at: When the event happened, local time.
        workdays: The working days.

    Raises:
        NoCalendar: Working days of a year that nobody has arranged are needed.
    """
    start = at.date()
    if rule.span is Span.HOUR:
        moment = at + dt.timedelta(hours=rule.amount)
        return LimitDue(moment.date(), moment.date(), moment)
    if rule.span is Span.WORKDAY:
        last = workdays.add(start, rule.amount)
    elif rule.span in _DAYS:
        last = start + rule.amount * _DAYS[rule.span]
    else:
        last = _months_later(start, rule.amount * _MONTHS[rule.span])
    return _rolled(last, rule.roll, workdays)


_DAYS = {Span.DAY: ONE_DAY, Span.WEEK: 7 * ONE_DAY}
_MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


def due_in(rule: LimitRule, year: int, workdays: Calendar) -> LimitDue:
    """When a rule with a day of the year is due in a year; `NoCalendar` as above."""
    if rule.day is None:
        raise ValueError(rule.code)
    return _rolled(dt.date(year, *rule.day), rule.roll, workdays)


@dataclass(frozen=True, slots=True)
class QuotaPeriod:
    """One period of a quota, and how often it was met."""

    label: str
    first: dt.date
    last: dt.date
    wanted: int
    count: int

    def is_missed(self, today: dt.date) -> bool:
        """Whether the period is over and was not met."""
        return self.count < self.wanted and today > self.last


def quota_periods(rule: LimitRule, year: int, days: Sequence[dt.date]) -> tuple[QuotaPeriod, ...]:
    """The periods of a quota in a year, and how many of the days of events fall into them.

    >>> [(period.label, period.count) for period in quota_periods(rule_of("R17"), 2026, [dt.date(2026, 5, 1)])]
    [('第1季度', 0), ('第2季度', 1), ('第3季度', 0), ('第4季度', 0)]
    """
    months = _MONTHS[rule.span]
    periods = []
    for number, month in enumerate(range(1, 13, months), start=1):
        first = dt.date(year, month, 1)
        last = _months_later(first, months) - ONE_DAY
        label = f"第{number}{rule.span.value.removeprefix('个')}" if months < 12 else f"{year}年"
        count = sum(first <= day <= last for day in days)
        periods.append(QuotaPeriod(label, first, last, rule.amount, count))
    return tuple(periods)


@dataclass(frozen=True, slots=True)
class LimitCase:
    """Something that a rule set running: 一件规范性文件.

    Attributes:
        case: Its id in the register 时限事项.
        unit: Who has to do it.
        rule: The code of its rule.
        due: By when.
        done_at: When it was done; None while it is open.
    """

    case: str
    unit: str
    rule: str
    due: LimitDue
    done_at: dt.datetime | None = None


class Promptness(Enum):
    """How a case stands at a moment; the value is the word that users see."""

    IN_TIME = "按时完成"
    LATE = "逾期完成"
    OPEN = "未到期"
    OVERDUE = "逾期未完成"


def promptness(case: LimitCase, now: dt.datetime) -> Promptness:
    """How a case stands at a moment: what was done at `due.moment` or later was late."""
    if case.done_at is not None:
        return Promptness.IN_TIME if case.done_at < case.due.moment else Promptness.LATE
    return Promptness.OPEN if now < case.due.moment else Promptness.OVERDUE
