"""What can go wrong in checking and scoring."""

from __future__ import annotations

from tracker.problems.base import FindingKind, Severity, TrackerError

SCHEME_SUM = FindingKind(
    "scheme-sum",
    Severity.ERROR,
    "“{name}”是{points}分，下面各项合计{sum}分，两者应当相等；请核对分值。",
)
SCHEME_TOTAL = FindingKind(
    "scheme-total",
    Severity.WARNING,
    "一级指标合计{sum}分，不是100分；确实如此的可以照用，否则请核对分值。",
)
SCHEME_TWICE = FindingKind("scheme-twice", Severity.ERROR, "编号“{code}”用了不止一次；请每项用一个编号。")
SCHEME_UNCLEAR = FindingKind(
    "scheme-unclear",
    Severity.WARNING,
    "看不出“{name}”怎样计分，先按人工评定处理；可以写成“每发现1处扣0.5分，扣完为止”“按完成率计分”一类。",
)
SCHEME_POINTS = FindingKind(
    "scheme-points",
    Severity.ERROR,
    "“{name}”的分值“{text}”不是数字，先按0分处理；请写成“10”或“40%”（占上一级的比例）。",
)
SCHEME_SOURCE = FindingKind(
    "scheme-source",
    Severity.ERROR,
    "“{name}”要按数据计分，但数据来源“{source}”不是台账里有的数据；可用的有：{sources}。",
)
SCHEME_TRACES = FindingKind(
    "scheme-traces",
    Severity.WARNING,
    "“{name}”按{why}计分，不符合为基层减负的有关规定（2024年），没有采用；请改为按工作实效计分。",
)
SCHEME_WEIGHTS = FindingKind(
    "scheme-weights", Severity.ERROR, "综合得分各部分的权重合计{sum}%，应当是100%；请核对。"
)
SCHEME_GRADES = FindingKind(
    "scheme-grades", Severity.ERROR, "等次的分数线没有从高到低排列，或有两档相同；请核对。"
)


class NotAScheme(TrackerError):
    """No appraisal scheme in the workbook."""

    code = "not-a-scheme"
    sentence = "{file}：没有找到考核指标表。表头要有指标名称、“分值”和“评分标准”，请对照考核方案的样表核对。"


class TransitionRefused(TrackerError):
    """Something cannot happen to a shortcoming as it stands."""

    code = "transition-refused"
    sentence = "问题{shortcoming}：不能登记“{transition}”，{why}。请核对问题编号和它现在的办理情况。"
