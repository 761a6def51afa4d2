"""What can be wrong with a plan that was read.

What can be wrong with a 分工核对表 that a person corrected.
"""

from __future__ import annotations

from tracker.problems.base import FindingKind, Severity, TrackerError
from tracker.problems.plans import PlanQuestion

NO_UNIT = FindingKind(
    "no-unit", Severity.ERROR, "这项任务没有责任单位，请补填；若与上一行相同，请合并单元格或写“同上”。"
)
DOUBTFUL_UNIT = FindingKind(
    "doubtful-unit",
    Severity.WARNING,
    "“{name}”不像单位名称，却读成了责任单位；请对照原件，在分工核对表中改正。",
)
NO_LEAD_OF_SEVERAL = FindingKind(
    "joint-without-lead",
    Severity.INFO,
    "“{unit}会同…”没有写明谁牵头，按{unit}负责、其余单位配合读取（这样写的共{count}项）；实为{unit}牵头的，请在《分工核对表》中改正。",
)
UNCLEAR_ROLE = FindingKind(
    "unclear-role",
    Severity.WARNING,
    "“{text}”没有写明是牵头、负责还是配合，暂按栏目或负责读取；请对照原件，在分工核对表中改正。",
)
UNDEFINED_GROUP = FindingKind(
    "undefined-group",
    Severity.WARNING,
    "“{name}”包括哪些单位，文件中没有列出；请在《单位及联络员名单》的“单位组”中填写成员。",
)
MISSING_ANNEX = FindingKind(
    "missing-annex",
    Severity.WARNING,
    "文中提到“{name}”，但文件里没有它的内容；请补充该附件，或在《单位及联络员名单》中填写成员。",
)
UNREADABLE_DEADLINE = FindingKind(
    "unreadable-deadline",
    Severity.WARNING,
    "完成时限“{text}”无法确定日期，请改为具体日期（如 2026年6月30日）；原文不改的，在分工核对表的“到期日”一栏填写后再登记。",
)
GARBLED = FindingKind("garbled", Severity.WARNING, "文字有缺损：“{text}”，请对照原件更正。")
DUPLICATE_NUMBER = FindingKind(
    "duplicate-number", Severity.WARNING, "序号“{no}”重复（另见 {other}），请核对。"
)
HIDDEN_ROW = FindingKind("hidden", Severity.WARNING, "这一行在表中是隐藏的，已一并读取；如不需要请删除该行。")

SHEET_NOT_READ = FindingKind(
    "sheet-not-read",
    Severity.INFO,
    "工作表“{name}”不是任务表（或已隐藏、是样表），没有读取；如应读取，请取消隐藏或改名。",
)
HIDDEN_COLUMN = FindingKind(
    "hidden-column", Severity.INFO, "“{name}”这一列在表中是隐藏的，已一并读取；如不需要请删除该列。"
)
HIDDEN_UNITS = FindingKind(
    "hidden-units",
    Severity.WARNING,
    "{column}列在表中是隐藏的，其中的责任单位没有读取；如应读取，请取消隐藏这一列。",
)
ERROR_VALUE = FindingKind(
    "error-value", Severity.WARNING, "这一格是公式错误值“{text}”，没有读取；请改正公式或直接填写内容。"
)
NO_RESULT = FindingKind(
    "no-result",
    Severity.WARNING,
    "{cells} 的公式没有计算结果，已按空白处理；请用 Excel 或 WPS 打开文件、保存后再读，或直接填写内容。",
)
PICTURE = FindingKind("picture", Severity.WARNING, "这一格是图片，其中的文字没有读取；请改为文字。")
STRUCK = FindingKind(
    "struck", Severity.WARNING, "这里有带删除线的文字（“{text}”），没有读取；如仍有效，请去掉删除线。"
)
COMMENT = FindingKind(
    "comment", Severity.INFO, "这一格有批注（“{text}”），没有读取；如涉及任务，请写入正文。"
)
UNREAD = FindingKind(
    "unread",
    Severity.WARNING,
    "{what}没有读取（“{text}”）；如涉及任务、单位或时限，请对照原件，在栏目名称中写明或并入所属的栏目。",
)
UNPLACED_LIMIT = FindingKind(
    "unplaced-limit",
    Severity.WARNING,
    "“{text}”像是完成时限，没有读作任务的时限；如是，请在分工核对表中这几项的“完成时限”里补填。",
)
DOUBTFUL_LIMIT = FindingKind(
    "doubtful-limit",
    Severity.WARNING,
    "“{text}”读作了完成时限，也可能是提前告知或允许持续的时间；不是时限的，请在分工核对表中删去“完成时限”。",
)
LENT_LIMIT = FindingKind(
    "lent-limit",
    Severity.INFO,
    "没有另写时限的{count}项，已按这里的“{text}”作为完成时限；不是的话，请在分工核对表中改正。",
)
LENT_UNITS = FindingKind(
    "lent-units",
    Severity.INFO,
    "这项任务没有写责任单位，已沿用上一项的“{text}”；不是的话，请在分工核对表中改正。",
)
UNPLACED_UNIT = FindingKind(
    "unplaced-unit",
    Severity.WARNING,
    "这里的“{text}”像是责任单位，没有读作这项任务的责任单位；如是，请在分工核对表中补填。",
)
UNREAD_RULE = FindingKind(
    "unread-rule",
    Severity.WARNING,
    "“{text}”说的是单位或时限怎样看，没有采用；请按它核对各项任务的单位和时限，在分工核对表中改正。",
)
ODD_ITEM = FindingKind(
    "odd-item",
    Severity.WARNING,
    "这里{text}，与其余各项不同，可能断错或并错了；请对照原件，在分工核对表中改正。",
)
SOURCE_YEAR = FindingKind(
    "source-year",
    Severity.WARNING,
    "文件的标题没有写年度，按文中提到最多的{year}年计算时限；不对的话，请在分工核对表的“方案信息”里改年度。",
)
SOURCE_LEFTOVERS = FindingKind(
    "source-leftovers",
    Severity.WARNING,
    "还有{count}句提出了要求，没有时限，也不对应任何登记簿，没有登记（“{text}”……）；全部列在分工核对表的“原件去向”，"
    "需要跟踪的，请补写在“来文要求”最后一行下面。",
)
TABLE_NOT_READ = FindingKind(
    "table-not-read",
    Severity.INFO,
    "表格 {name}（“{text}”）没有表头或没有写明责任单位，没有读取；如应读取，请补写表头和责任单位。",
)
DELETED = FindingKind(
    "deleted",
    Severity.INFO,
    "这里有修订中删去的文字（“{text}”），没有读取；如仍有效，请拒绝这处修订后再读。",
)
TOO_LONG = FindingKind(
    "too-long",
    Severity.ERROR,
    "这里的文字过长或括号层数过多（共{count}字），只读取了前{kept}字；请按事项拆成几格、几行，或改正括号后再读。",
)
UNANSWERED = FindingKind(
    "items-without-unit",
    Severity.INFO,
    "另有{count}条没有写明责任单位，未列为任务事项：{items}；如应列入，请在条末括注责任单位。",
)
NO_LEGEND = FindingKind(
    "no-legend",
    Severity.WARNING,
    "文中用了几种符号（{symbols}），但没有说明各表示什么，已按常用含义理解；请加注说明。",
)
COLUMNS_BY_CONTENT = FindingKind(
    "columns-by-content",
    Severity.WARNING,
    "有的栏目名称不常见，或与栏内内容不符，已按内容理解：{columns}；请核对，不对的请在《分工核对表》的“栏目对应”中改正。",
)
REMARK_CHANGES = FindingKind(
    "remark-changes",
    Severity.WARNING,
    "“{label}”写着“{text}”，可能改变这项任务的单位、时限或取消任务，没有采用；请对照原件，在《分工核对表》中改正。",
)
_COPY_AGAIN = "请回到原网页或文档，选中整张表格重新复制，粘贴到空白的 Excel 表里（每栏各占一格）保存后再读"
PLACED_BY_CONTENT = FindingKind(
    "placed-by-content",
    Severity.WARNING,
    "粘贴的表格这一行与其余各行不一致（少了单元格、多出一段，或内容不像所在栏目），已按内容归入各栏：{text}；请对照原表核对任务、单位和时限。",
)
RUN_TOGETHER = FindingKind(
    "run-together",
    Severity.ERROR,
    f"从这里起，粘贴的表格各栏连成了一片（“{{text}}…”），或没有表头，任务和单位可能读错或没有读到；{_COPY_AGAIN}。",
)
NO_YEAR = FindingKind(
    "no-year",
    Severity.WARNING,
    "{file} 没有写明是哪一年的方案，“6月底”之类的时限算不出日期；请在标题中写明年度。",
)


class NotAPlan(TrackerError):
    """The file was read and holds no work point."""

    code = "not-a-plan"
    sentence = "{file}：没有找到任务事项。{why}请确认选对了文件；分工方案应有“任务”“责任单位”等栏目或括注的责任单位。"


class CellsRunTogether(NotAPlan):
    """The file is a table whose cells ran together when it was pasted: nobody can tell one from the next."""

    code = "run-together"
    sentence = f"{{file}}：从{{place}}起，粘贴的表格各栏连成了一片（“{{text}}…”），或没有表头，分不清每一栏是什么、到哪里为止，没有读取。{_COPY_AGAIN}。"


class UnruledPdfTable(CellsRunTogether):
    """The same in a .pdf: no lines part the cells of its table."""

    sentence = (
        "{file}：{place}起的表格没有表格线，各栏连成了一片（“{text}…”），分不清每一栏到哪里为止，没有读取。"
        "请用方案的 Word 或 Excel 原件；只有 PDF 的，请把表格录入 Excel（每栏各占一格）后再读。"
    )


BAD_UNITS = FindingKind(
    "proof-units",
    Severity.ERROR,
    "“{label}”填的“{text}”看不出是哪些单位（{why}）；这一栏只写单位名称，用顿号分开。",
)
BAD_LIMIT = FindingKind(
    "proof-limit",
    Severity.ERROR,
    "完成时限“{text}”看不出是哪一天；请写成“2026年6月30日”“6月底前”“长期”之类，或同时填写到期日。",
)
BAD_DAY = FindingKind("proof-day", Severity.ERROR, "“{label}”填的“{text}”看不出是哪一天；请写成 2026-06-30。")
BAD_YEAR = FindingKind("proof-year", Severity.ERROR, "年度“{text}”应为四位数字，如 2026。")
BAD_CHOICE = FindingKind(
    "proof-choice", Severity.ERROR, "“{label}”填的“{text}”不在可选的词里；请选：{allowed}。"
)
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
    "改了“栏目对应”重新读取以后，这一行（原件 {origin}）没有了，所改内容没有采用；请先只改“栏目对应”，登记后在新的核对表里再改。",
)
READ_AGAIN = FindingKind(
    "proof-read-again",
    Severity.INFO,
    "已按更正后的{what}重新读取原件：{count} 项任务事项，其余更正照样采用。",
)


class ProofUnclear(PlanQuestion):
    """Something that a person typed into the workbook cannot be understood."""

    code = "proof-unclear"
    sentence = "{file}：有 {count} 处看不明白，没有登记：{told}请改正后再登记；这几处按原来读到的登记的，请在《待核对事项清单》里选“用新报送的”，再运行 tracker settle（填的字留在原件留存中）。"


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
