"""What can be wrong with a 分工核对表 that a person corrected."""

from __future__ import annotations

from tracker.problems.base import FindingKind, Severity, TrackerError
from tracker.problems.plans import PlanQuestion

BAD_UNITS = FindingKind(
    "proof-units",
    Severity.ERROR,
    "“{label}”填的“{text}”无法识别是哪些单位（{why}）；这一栏只写单位名称，用顿号分开。",
)
BAD_LIMIT = FindingKind(
    "proof-limit",
    Severity.ERROR,
    "完成时限“{text}”无法确定日期；请写成“2026年6月30日”“6月底前”“长期”之类，或同时填写到期日。",
)
BAD_DAY = FindingKind("proof-day", Severity.ERROR, "“{label}”填的“{text}”不是日期，请写成 2026-06-30。")
BAD_YEAR = FindingKind("proof-year", Severity.ERROR, "年度“{text}”应为四位数字，如 2026。")
BAD_CHOICE = FindingKind("proof-choice", Severity.ERROR, "“{label}”填的“{text}”不在可选范围内：{allowed}。")
ERROR_CELL = FindingKind("proof-error", Severity.ERROR, "“{label}”的公式出错（{text}），请改为文字。")
EMPTIED = FindingKind(
    "proof-emptied",
    Severity.ERROR,
    "具体要求被清空了；这一项不登记的，请恢复文字并在“是否登记”选“不登记”。",
)
ROW_GONE = FindingKind(
    "proof-row-gone",
    Severity.ERROR,
    "核对表里少了 {count} 行（{rows}）；不登记的，请恢复该行并在“是否登记”选“不登记”。",
)
UNKNOWN_ROW = FindingKind(
    "proof-unknown-row", Severity.ERROR, "核对号“{row}”不是本表原有的；新增事项请把核对号留空。"
)
COPIED_ROW = FindingKind("proof-copied", Severity.INFO, "核对号“{row}”出现两次，第二行按新增事项登记。")
COLUMN_GONE = FindingKind(
    "proof-column-gone", Severity.WARNING, "没有“{label}”一栏，这一栏按原读取结果登记。"
)
UNUSED_GROUP = FindingKind("proof-unused-group", Severity.WARNING, "统称“{name}”没有任何事项用到，没有采用。")
NO_HOME = FindingKind(
    "proof-no-home",
    Severity.ERROR,
    "按更正后的栏目对应重新读取后，找不到这一行（原件 {origin}），所改内容无法采用；请先只改栏目对应，"
    "登记后再用新的核对表更正。",
)
READ_AGAIN = FindingKind(
    "proof-read-again",
    Severity.INFO,
    "已按更正后的{what}重新读取原件：{count} 项任务事项，其余更正照样采用。",
)


class ProofUnclear(PlanQuestion):
    """Something that a person typed into the workbook cannot be understood."""

    code = "proof-unclear"
    sentence = (
        "{file}：有 {count} 处无法识别，没有登记：{told}请改正后重新运行；确认按原读取结果登记这几处的，"
        "请在《待核对事项清单》里选“用新报送的”后运行 tracker settle（所填文字保存在原件留存中）。"
    )


class ProofDamaged(TrackerError):
    """The hidden sheet is gone or spoiled."""

    code = "proof-damaged"
    sentence = (
        "{file}：是分工核对表，但其中的识别信息（隐藏工作表）已丢失或来自其他版本，无法与原件对照。"
        "请对方案文件重新生成一份分工核对表，把更正的内容抄过去。"
    )


class OriginalGone(TrackerError):
    """The plan's own file cannot be found."""

    code = "original-gone"
    sentence = (
        "{file}：找不到它所依据的方案原件《{original}》（内容须与生成核对表时相同）。"
        "请把原件放在核对表旁边或“方案”文件夹里，再重新运行。"
    )
