"""What can be in the way of filling somebody else's table."""

from __future__ import annotations

from tracker.problems import FindingKind
from tracker.problems import Severity
from tracker.problems import TrackerError

UNKNOWN_COLUMN = FindingKind(
    "unknown-column",
    Severity.ERROR,
    '“{label}”这一栏不确定要填什么，先空着。可能是：{candidates}。请用 --column "{label}={first}" 说明（不用填的写 {label}=留空），以后同样的表头不再问。',
)
ROW_NOT_FOUND = FindingKind(
    "row-not-found",
    Severity.ERROR,
    '台账里找不到与“{text}”对应的{what}，这一行先空着。{candidates}请用 --row "{cell}={answer}" 说明（不用填的写 {cell}=留空）。',
)
ROW_UNCLEAR = FindingKind(
    "row-unclear",
    Severity.ERROR,
    '“{text}”在台账里对应{count}{what}，这一行先空着：{candidates}。请用 --row "{cell}={answer}" 说明是哪一个。',
)
ROW_WITHHELD = FindingKind("row-withheld", Severity.WARNING, "{wp} 在台账里标了“不通报”，这一行没有填。")
ROW_OF_OTHERS = FindingKind(
    "row-of-others", Severity.WARNING, "{wp} 不是这个单位承担的事项，这一行没有填，请核对单位。"
)
ROW_BY_BEGINNING = FindingKind(
    "row-by-beginning", Severity.INFO, "“{text}”按开头文字认作 {wp} {requirement}，请核对。"
)
DIFFERS = FindingKind(
    "cell-differs", Severity.WARNING, "“{label}”已填“{theirs}”，台账是“{ours}”；没有改动表里的，请核对。"
)
NO_KEY = FindingKind(
    "no-key",
    Severity.ERROR,
    '表里已有内容的行认不出是哪些事项：没有找到写任务、编号或单位的栏。请用 --column "他们的列名=具体要求"（或 工作任务、事项编号、单位名称）说明。',
)
FORMULA_KEPT = FindingKind("formula-kept", Severity.INFO, "“{label}”这一格有公式，没有改动。")


class NoTable(TrackerError):
    """No head of a table in it is known."""

    code = "no-table"
    sentence = (
        "{file}：没有找到能填的表：至少要有两栏的表头认得出（如 序号、任务、责任单位、完成时限、进展情况）。"
        '表头用词特别的，请用 --column "他们的列名=我们的列名" 说明；我们的列名有：{labels}。'
    )


class TurnedTable(TrackerError):
    """The table lies on its side."""

    code = "turned-table"
    sentence = (
        "{place}：这张表是横过来的（栏目在左边，事项在上面），不能直接填。"
        "请在 Excel 里复制后用“选择性粘贴—转置”变成一行一项，填好再转置回去。"
    )


class NestedTable(TrackerError):
    """The only table stands inside a cell of another one."""

    code = "nested-table"
    sentence = (
        "{file}：要填的表（{place}）套在另一张表的格子里，不能直接填。请把里面的表单独复制到一个新文档再填。"
    )


class NotFillable(TrackerError):
    """A file of another kind."""

    code = "not-fillable"
    sentence = "{file}：只能填 .xlsx 和 .docx 的表。请用 Excel、WPS 或 Word 另存为 .xlsx 或 .docx 后重试。"


class WhichPlan(TrackerError):
    """Several plans, and nothing says which."""

    code = "which-plan"
    sentence = "台账里有几个方案：{plans}。请用 --plan 说明按哪一个填。"


class NoSuchColumn(TrackerError):
    """A word of `--column` that is none of ours."""

    code = "no-such-column"
    sentence = "没有“{label}”这一栏。--column 等号后面可以写：{labels}。"


class NotInTable(TrackerError):
    """A head of `--column`, or a place of `--row`, that the file does not have."""

    code = "not-in-table"
    sentence = "表里没有“{what}”。表头有：{labels}。"


class WhichUnit(TrackerError):
    """A unit's name that means none, or several."""

    code = "which-unit"
    sentence = "“{name}”认不出是哪个单位{near}。请写单位名单里的名称。"


class WhichSection(TrackerError):
    """A part of the plan that is none."""

    code = "which-section"
    sentence = "方案里没有“{name}”这个板块。现有：{sections}。"


class NoRoom(TrackerError):
    """Fewer empty rows than work points, and something below."""

    code = "no-room"
    sentence = (
        "{place}：表里只留了{room}行空行，台账有{count}行要填，下面还有别的内容。"
        "请在 Excel 里插入空行后重试，或用 --section、--unit 只填一部分。"
    )


class NoEmptyRow(TrackerError):
    """A table of a document that has no row to copy."""

    code = "no-empty-row"
    sentence = "{place}：表头下面没有空行，不知道新行该是什么样子。请在 Word 里加一行空行后重试。"
