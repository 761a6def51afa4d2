"""What can stand in the way of comparing plans from year to year and from level to level."""

from __future__ import annotations

from tracker.problems.base import FindingKind, Severity, TrackerError

UNKNOWN_ROW = FindingKind(
    "unknown-row", Severity.ERROR, "“{row}”不是本表的事项，没有处理；请在程序列出的行里填写，不要改动编号。"
)
ROW_TWICE = FindingKind("row-twice", Severity.ERROR, "{row} 有两行，填的不一样，都没有处理；请只留一行。")
NO_SUCH_WORD = FindingKind(
    "no-such-word", Severity.ERROR, "“判断”填的“{word}”不在可选的词里，没有处理；请选：{words}。"
)
NO_IDS = FindingKind(
    "no-ids",
    Severity.ERROR,
    "“对应编号”填的“{text}”看不出是哪几项，没有处理；请写事项编号，如 P1-003，几项的用顿号分开。",
)
NOTHING_PROPOSED = FindingKind(
    "nothing-proposed", Severity.ERROR, "这一行没有建议，不能选“按建议”；请直接选判断，需要编号的填上编号。"
)
PROPOSED_OTHERS = FindingKind(
    "proposed-others",
    Severity.ERROR,
    "选了“按建议”，对应编号却改成了“{others}”，没有处理；要按改后的编号，请直接选判断。",
)
DECIDED_MEANWHILE = FindingKind(
    "decided-meanwhile",
    Severity.ERROR,
    "{row} 在这份表生成之后已另行定为“{held}”，这里填的“{typed}”没有采用；仍要改的，请在更新后的表里重新选。",
)
NO_SUCH_ITEM = FindingKind(
    "no-such-item", Severity.ERROR, "对应编号 {wp} 不是{side}的事项，没有处理；请核对编号。"
)
WRONG_COUNT = FindingKind("wrong-count", Severity.ERROR, "{why}，没有处理；请补正编号或改选判断。")
CLAIMED_TWICE = FindingKind(
    "claimed-twice",
    Severity.ERROR,
    "{old} 同时对应 {news}，没有处理；如确是一项拆成几项，请在这几行都选“拆分”，否则只留一行。",
)
CONTRADICTS = FindingKind(
    "contradicts", Severity.ERROR, "{rows} 的判断互相矛盾（{why}），都没有处理；请改正其中一处。"
)
LOOKS_SUPERIOR = FindingKind(
    "looks-superior",
    Severity.WARNING,
    "发文单位“{issuer}”就是设置里的报告主送机关，像是上级的方案，现已按本级方案登记；已列入《待核对事项清单》，请选定一次。",
)


class NothingToCompare(TrackerError):
    """No plan has another one beside it."""

    code = "nothing-to-compare"
    sentence = (
        "没有可以对照的方案。与上年对照：先用 tracker record 登记上年和今年的方案；"
        "主题名称不同的，对照时写明两个方案的编号。与上级对照：登记上级方案，并说明它是“上级”。"
    )


class CannotCompare(TrackerError):
    """The plans named do not go together."""

    code = "cannot-compare"
    sentence = "{what}，没有对照。已登记的方案：{plans}。"


class ForeignComparison(TrackerError):
    """The workbook is not the one that we wrote for these plans."""

    code = "foreign-comparison"
    sentence = "{file} 不是程序为这两个方案生成的对照表（或里面隐藏的一页被删了），没有读取也没有覆盖。请把它移走或改名，再运行一次生成新表。"


class AlreadyOurs(TrackerError):
    """A plan that was entered as ours is said to be the superior's, and work has begun on it."""

    code = "already-ours"
    sentence = (
        "{file}：已作为本级方案 {plan} 登记，并且已经印发、催办或填过进展，不能改作上级方案，没有登记。"
    )
