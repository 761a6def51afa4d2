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


BAD_LOGBOOK_CELL = FindingKind(
    "bad-logbook-cell",
    Severity.WARNING,
    "“{label}”填的“{text}”看不明白，没有采用，原来登记的仍然有效；请填：{allowed}。",
)
BAD_LOGBOOK_TYPE = FindingKind(
    "bad-logbook-type",
    Severity.ERROR,
    "栏目“{label}”的类型“{text}”不在可选的词里；请从下拉框选，选“选项”的还要写明有哪些选项。",
)
LOGBOOK_WITHOUT_CODE = FindingKind(
    "logbook-without-code",
    Severity.ERROR,
    "登记簿“{name}”的代码“{text}”不能用；请写一两个大写字母（P、U、R、F、C、D、M 已有他用）。",
)
LOGBOOK_TWICE = FindingKind(
    "logbook-twice", Severity.ERROR, "代码“{code}”已有别的登记簿在用，这一行没有采用；请换一个。"
)
LOGBOOK_WITHOUT_COLUMNS = FindingKind(
    "logbook-without-columns",
    Severity.ERROR,
    "登记簿“{name}”在“栏目”表里没有一栏，没有采用；请写明它有哪些栏目。",
)
BAD_RULE = FindingKind(
    "bad-rule",
    Severity.ERROR,
    "时限规则“{code}”没有采用；要写明编号、事项，以及时长（如 15）或固定日期（如 12月31日）。",
)
UNKNOWN_LOGBOOK_UNIT = FindingKind(
    "unknown-logbook-unit",
    Severity.WARNING,
    "“{text}”不在单位名单里，这一件先不计入任何单位；请改成名单里的名称。",
)


BAD_SPOT_VALUE = FindingKind(
    "bad-spot-value", Severity.WARNING, "“{label}”填的“{text}”看不明白，这次按默认值；请对照右边的说明改正。"
)
NOTHING_WRITTEN = FindingKind(
    "nothing-written",
    Severity.WARNING,
    "“{content}”选了存在问题，没有写检查情况，没有记入整改台账；请写明发现了什么问题。",
)
NO_PROBLEM_LIST = FindingKind(
    "no-problem-list",
    Severity.WARNING,
    "没有读成问题清单；表头要有“单位”（责任单位）和“发现的问题”（存在问题）两栏。",
)
LINE_WITHOUT_PROBLEM = FindingKind(
    "line-without-problem",
    Severity.WARNING,
    "这一行没有写明单位或问题，没有记入整改台账；请补填后再运行。",
)
BAD_POINTS = FindingKind("bad-points", Severity.WARNING, "得分“{text}”不是数字，没有采用；请填数字，如 8.5。")
POINTS_WITHOUT_REASON = FindingKind(
    "points-without-reason",
    Severity.WARNING,
    "{unit}“{name}”填了得分，没有写理由，没有采用；人工给的每一分都要写明理由。",
)
DONE_WITHOUT_EVIDENCE = FindingKind(
    "done-without-evidence",
    Severity.WARNING,
    "{unit}报已完成，没有写完成日期，也没有佐证；请向该单位核实。",
)
LEAD_SILENT = FindingKind(
    "lead-silent", Severity.WARNING, "其他单位已经填报，牵头的{units}没有填；请提醒牵头单位汇总。"
)
NO_ENTRY = FindingKind(
    "no-entry", Severity.WARNING, "方案印发已{days}天，还没有任何单位写过进展；请了解情况。"
)
NOBODY_OWNS = FindingKind("nobody-owns", Severity.ERROR, "没有明确责任单位；请在工作台账或单位名单里落实。")
NO_CONTACT = FindingKind(
    "no-contact", Severity.WARNING, "承担任务，没有登记联络员；请在单位及联络员名单里补填。"
)
FIGURE_FELL = FindingKind(
    "figure-fell",
    Severity.WARNING,
    "{unit}写的“{what}”是{now}，{earlier}写的是{was}，累计数变小了；请核实哪一个对。",
)
ROUND_WITHOUT_ENTRY = FindingKind(
    "round-without-entry",
    Severity.WARNING,
    "这一期问过的事项中有{n}项没有任何单位填写（{some}）；请了解是没有新进展还是漏填。",
)
SAME_TEXT = FindingKind(
    "same-text",
    Severity.INFO,
    "{n}个单位（{units}）有{count}处进展除名称外文字相同（“{text}”）；请核实是否各自的情况。",
)
SAME_TEXT_AGAIN = FindingKind(
    "same-text-again", Severity.INFO, "{unit}有{n}项写的进展与{earlier}的一样；请核实这一期有无新进展。"
)
ROW_REFUSED = FindingKind("row-refused", Severity.WARNING, "{why}这一步没有记入台账。")


class NotAScheme(TrackerError):
    """No appraisal scheme in the workbook."""

    code = "not-a-scheme"
    sentence = "{file}：没有找到考核指标表。表头要有指标名称、“分值”和“评分标准”，请对照考核方案的样表核对。"


class TransitionRefused(TrackerError):
    """Something cannot happen to a shortcoming as it stands."""

    code = "transition-refused"
    sentence = "问题{shortcoming}：不能登记“{transition}”，{why}。请核对问题编号和它现在的办理情况。"


class AgainWithoutReason(TrackerError):
    """A check of this title was drawn before, and nobody says why it is drawn again."""

    code = "drawn-before"
    sentence = "“{title}”已经抽取过（编号{number}）。确要重抽的，请在抽查/抽查设置.xlsx 的“重抽理由”里写明，两次都会留在记录里。"


class NothingToDraw(TrackerError):
    """The settings of the check lack something."""

    code = "nothing-to-draw"
    sentence = "不能抽取：{why}。请在抽查/抽查设置.xlsx 里填好后再运行。"
