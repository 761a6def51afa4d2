"""Rules of time as values: a term after an event, a day of the year, or so many times in a period.

`LIMIT_RULES` are those that the five source documents lay down (揭阳 2018, 山东某县 2022, 四川 2018, 四川透明度指数 2017); each names its
source, since a local rule may be stricter than the law (15 working days for a normative document, where 国务院令第711号 art. 26
has 20). An office changes them and adds its own in 登记簿目录.xlsx. When they are due: `rules.check.rows`.

Most are of 政务公开, as most of the shipped logbooks are: `is_open_government` says which office is shown them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from enum import Enum

from tracker.values import dataclass


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

# Those that an office of any field may have; where it is of another field, no document of 政务公开 is their source.
ANY_FIELD_RULES = tuple(
    replace(rule, source="通行做法，请按本地规定修改") for rule in LIMIT_RULES if rule.code in ("R02", "R08")
)


def is_open_government(themes: Collection[str]) -> bool:
    """Whether an office with plans of these themes may have to do with 政务公开: one of them says so, or none says what it is about.

    >>> [is_open_government(themes) for themes in (["安全生产", ""], ["安全生产", "政务公开"], [""], [])]
    [False, True, True, True]
    """
    fields = [theme for theme in themes if theme]
    return not fields or any("公开" in theme for theme in fields)


def rule_of(code: str, rules: Iterable[LimitRule] = LIMIT_RULES) -> LimitRule:
    """The rule with a code; StopIteration if there is none."""
    return next(rule for rule in rules if rule.code == code)
