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
    sentence = "方案 {plan} 没有第{n}次报告，无法比较。请先运行 tracker report 生成报告。"
