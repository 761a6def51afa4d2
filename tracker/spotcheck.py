"""随机抽查 as values: what an office wants drawn, and the items that units are checked by.

Items are shipped (`check_items`); an office changes them in 抽查/抽查设置.xlsx. Those of 政务公开 follow what the source
documents ask for (公开内容、解读回应、平台、办事服务、依申请、机制), in words of our own; those of any other field look at the work
and the figures, not at papers about it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import field

from tracker.limits import is_open_government
from tracker.values import dataclass


@dataclass(frozen=True, slots=True)
class CheckItem:
    """What is looked at: its number, what, how, and the kind of shortcoming that it finds."""

    code: str
    content: str
    method: str
    kind: str


@dataclass(frozen=True, slots=True)
class SpotPlan:
    """What an office wants drawn.

    Attributes:
        title: Of the check: 第二季度随机抽查.
        first: The window from which days are drawn, both ends included.
        last: Its end.
        days: How many days are drawn; 0 leaves the time to the office.
        units: How many units; 0 checks all.
        contents: How many items; 0 checks by all.
        minima: How many units of a kind at least.
        longest_first: Whether who was checked longest ago comes first.
        exclusions: Units and items (by name or number) that must not be drawn, and why.
        also: Kinds or names of units that are drawn though the office may only ask them by letter.
        public_number: A number that was named beforehand (期号 of a lottery); empty where the program draws a seed.
        reason: Why a check of this title is drawn again; empty for the first time.
        due_days: Working days that a unit has to rectify.
    """

    title: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    days: int = 1
    units: int = 5
    contents: int = 5
    minima: Mapping[str, int] = field(default_factory=dict)
    longest_first: bool = True
    exclusions: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    public_number: str = ""
    reason: str = ""
    due_days: int = 10


_OPENNESS: tuple[CheckItem, ...] = (
    CheckItem("1", "本单位实施方案或任务分工是否公开", "查网站专栏", "公开内容"),
    CheckItem("2", "机构职能、办公地址、联系电话是否准确", "查网站并拨打电话", "公开内容"),
    CheckItem("3", "规范性文件是否按时公开、标明有效性", "对照发文目录查网站", "公开内容"),
    CheckItem("4", "财政预决算是否按时公开、要素齐全", "查网站专栏", "公开内容"),
    CheckItem("5", "重点领域信息是否持续更新", "查最近三个月的更新记录", "公开内容"),
    CheckItem("6", "政策文件与解读材料是否关联发布", "随机点开三份文件", "解读回应"),
    CheckItem("7", "解读材料是否讲清背景、任务、口径和差异", "阅读最近一份解读", "解读回应"),
    CheckItem("8", "网民留言是否按时答复、答复是否有用", "查留言公开栏", "解读回应"),
    CheckItem("9", "重大决策是否公开征求意见并反馈采纳情况", "查征集栏目", "解读回应"),
    CheckItem("10", "网站链接、附件、检索是否可用", "逐栏点击和检索", "平台建设"),
    CheckItem("11", "政务新媒体是否按时更新、互动是否有效", "查最近一个月的内容", "平台建设"),
    CheckItem("12", "办事指南与实际办理是否一致", "拨打窗口电话核实", "办事服务"),
    CheckItem("13", "咨询电话是否有人接听、答复是否准确", "工作时间拨打两次", "办事服务"),
    CheckItem("14", "依申请公开渠道是否畅通、答复是否规范", "查申请入口和最近三件答复", "依申请公开"),
    CheckItem("15", "公文公开属性和保密审查记录是否齐全", "抽看最近五件公文", "工作机制"),
)
_ANY_FIELD: tuple[CheckItem, ...] = (
    CheckItem("1", "承担的任务是否明确到科室和人员", "询问分管负责人和经办人", "责任落实"),
    CheckItem("2", "填报的进展与实际是否一致", "任选两项任务到现场或向服务对象核实", "任务落实"),
    CheckItem("3", "填报的数据是否有来源、口径是否一致", "任选三个数核对原始记录", "数据质量"),
    CheckItem("4", "到期任务是否完成、未完成的原因和措施是否属实", "对照工作台账逐项核对", "任务落实"),
    CheckItem("5", "牵头单位是否统筹、配合单位是否配合", "向牵头单位和配合单位分别了解", "责任落实"),
    CheckItem("6", "以前检查发现的问题是否整改到位", "现场复查", "问题整改"),
    CheckItem("7", "群众和企业反映的相关问题是否办理答复", "抽看最近五件来信来电", "群众反映"),
    CheckItem("8", "长期坚持的任务是否持续推进", "查看最近三个月的实际工作", "任务落实"),
)


def check_items(themes: Collection[str]) -> tuple[CheckItem, ...]:
    """What units are checked by where the office has not said it, after the themes of its plans.

    >>> [item.kind for item in check_items(["安全生产"])][:2], check_items(["政务公开"])[0].kind
    (['责任落实', '任务落实'], '公开内容')
    """
    return _OPENNESS if is_open_government(themes) else _ANY_FIELD
