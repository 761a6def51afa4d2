"""What can stop forms from being handed out."""

from __future__ import annotations

from tracker.problems import FindingKind
from tracker.problems import Severity
from tracker.problems import TrackerError

NO_UNIT_NAMED = FindingKind(
    "nobody-to-ask", Severity.WARNING, "{wp} 的责任单位还没有确定，没有下发；请在《单位及联络员名单》中补齐。"
)
PLAN_WITHOUT_ROUND = FindingKind(
    "plan-without-round",
    Severity.WARNING,
    "《{title}》（{plan}）是{year}年的方案，“报送期次”里没有它的期次，不会下发填报表；"
    "请在设置.xlsx 的“报送期次”里增加{year}年的期次。",
)
PAST_DUE = FindingKind(
    "round-past-due",
    Severity.WARNING,
    "“{name}”的截止日期 {due} 已过，还有{n}个单位没有下发；确要补发，请加 --round {name}。",
)

SPLIT_UNIT = FindingKind(
    "split-unit",
    Severity.WARNING,
    "“{name}”已由 {heirs} 分别接续，分不清下面的事项归谁：{some}；填报表仍按“{name}”下发。都归一个单位的，"
    "请在《单位及联络员名单》的“接续单位”只写它；各有所归的，请登记局部调整写明。",
)


class NoRound(TrackerError):
    """No round is set, or none of that name."""

    code = "no-round"
    sentence = "{what}请在设置.xlsx 的“报送期次”里填写期次名称、开始日期和截止日期，或用 --round 名称 --due 日期 指明。"


class NoPlanYet(TrackerError):
    """Nothing was recorded yet."""

    code = "no-plan"
    sentence = "还没有登记任何方案。请先运行 tracker record 方案文件。"
