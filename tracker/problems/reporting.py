"""What can keep a report from being written."""

from __future__ import annotations

from tracker.problems import TrackerError


class NothingToReport(TrackerError):
    """No plan has been recorded."""

    code = "nothing-to-report"
    sentence = "还没有录入方案，无法生成报告。请先运行 tracker record 方案文件。"


class UnknownPlan(TrackerError):
    """There is no plan of that id."""

    code = "unknown-plan"
    sentence = "没有编号为 {plan} 的方案；现有方案：{plans}。请用 --plan 写其中一个。"


class NoSuchEdition(TrackerError):
    """There is no edition to compare with."""

    code = "no-such-edition"
    sentence = "方案 {plan} 没有第{n}次{kind}，无法比较。请先生成一次。"


class QuarterNotBegun(TrackerError):
    """A circular was asked for about a quarter that lies ahead."""

    code = "quarter-not-begun"
    sentence = "{year}年第{quarter}季度还没有开始，不能出这个季度的通报。请改用 --quarter 写已经开始的季度。"
