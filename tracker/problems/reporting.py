"""What can keep a report from being written."""

from __future__ import annotations

from tracker.problems import FindingKind
from tracker.problems import Severity
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


REGISTER_SPOILED = FindingKind(
    "register-spoiled",
    Severity.ERROR,
    "找不到“登记号”“收到日期”“申请人类型”“答复日期”“办理结果”这几个栏目，没有统计；请恢复表头。",
)
BAD_DAY = FindingKind(
    "application-day", Severity.ERROR, "“{label}”写的是“{text}”，看不懂，请写成 2026-06-30。"
)
BAD_APPLICANT = FindingKind(
    "application-applicant",
    Severity.ERROR,
    "“申请人类型”写的是“{text}”，请从下拉框选一个；这一件没有归入哪一列。",
)
BAD_RESULT = FindingKind(
    "application-result",
    Severity.ERROR,
    "“办理结果”写的是“{text}”，请从下拉框选一个；这一件没有计入办理结果。",
)
NUMBER_TWICE = FindingKind(
    "application-twice", Severity.WARNING, "登记号“{no}”用了两次（另见 {other}），两行都计数，请核对。"
)
NOT_RECEIVED = FindingKind("application-received", Severity.ERROR, "{no}没有收到日期，没有计入新收或结转。")
NO_APPLICANT = FindingKind(
    "application-column", Severity.ERROR, "{no}没有写明申请人类型（{known}），只计入总计。"
)
NO_ANSWER_DAY = FindingKind(
    "application-answer-day", Severity.ERROR, "{no}有办理结果而没有答复日期，不知计入哪一年。"
)
NO_RESULT = FindingKind(
    "application-no-result", Severity.ERROR, "{no}有答复日期而没有办理结果，没有计入办理结果。"
)
ANSWERED_EARLY = FindingKind("application-early", Severity.ERROR, "{no}的答复日期早于收到日期，请核对。")
SUMS_PART = FindingKind(
    "sums-part",
    Severity.ERROR,
    "“{applicant}”一列勾稽不符：一（{new}）+二（{before}）≠三（{done}）+四（{after}），请先改正上面列出的各行。",
)
COLUMNS_PART = FindingKind(
    "columns-part", Severity.ERROR, "第{line}项各类申请人合计{parts}件，总计{whole}件，请补填申请人类型。"
)
