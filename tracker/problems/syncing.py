"""What can be wrong with a 台账 workbook that the office edited."""

from __future__ import annotations

from tracker.problems import FindingKind
from tracker.problems import Severity
from tracker.problems import TrackerError

NOT_YOURS = FindingKind(
    "not-editable",
    Severity.WARNING,
    "“{label}”{why}，已恢复为“{ours}”；这里改成的“{theirs}”没有采用（原件已留存）。",
)
ROW_TWICE = FindingKind(
    "ledger-row-twice",
    Severity.ERROR,
    "“{key}”在台账里有两行，两行都没有读取；请删去多余的一行（另见 {other}）。",
)
ROWS_GONE = FindingKind(
    "ledger-rows-gone",
    Severity.WARNING,
    "台账里少了{n}行（{some}），已接在最后一行下面补回；台账记录没有丢失。",
)
ROWS_RETIRED = FindingKind(
    "ledger-rows-retired",
    Severity.INFO,
    "{n}项已在最新方案中取消（{some}），台账里的行没有动，可自行删除或移走。",
)
NO_ROUND_YET = FindingKind(
    "no-round-yet", Severity.ERROR, "还没有下发过任何一期，“{label}”没有期次可以记，暂未采用，内容留在原处。"
)
COLUMN_GONE = FindingKind(
    "ledger-column-gone",
    Severity.INFO,
    "没有“{label}”一栏（{purpose}）。要用的话，在表里任意位置插入一列，表头写“{label}”（原有的一栏改了表头的，改回即可）；"
    "不用的，不必理会，这一栏不再提示。",
)
NO_MARK = FindingKind(
    "ledger-mark-gone",
    Severity.WARNING,
    "台账里的版本标记丢失，已按最近一次写出的内容比对；请核对本次采用的改动。",
)
SHEET_GONE = FindingKind(
    "ledger-sheet-gone", Severity.ERROR, "找不到“{name}”工作表（或它的栏目名称被改），没有读取也没有更新。"
)

TYPED_UNCLEAR = FindingKind(
    "typed-item-unclear",
    Severity.WARNING,
    "这一行没有事项编号，像是临时交办的任务，还没有登记：{why}。写清牵头或责任单位（只写名称，用顿号分开）后再运行；"
    "只是随手记的，不用理会。",
)


class ForeignLedger(TrackerError):
    """The workbook was written by another office folder."""

    code = "foreign-ledger"
    sentence = "{file}：这份台账是另一个办公文件夹生成的，没有读取也没有改动。请确认文件没有放错。"


class UnknownRevision(TrackerError):
    """The workbook is newer than the ledger: a backup was restored, or the folder was copied."""

    code = "unknown-revision"
    sentence = "{file}：台账的版本（第{revision}版）比数据库里记录的新，可能恢复过旧备份，没有读取也没有改动。请先运行 tracker doctor，或把这份台账改名另存后重新运行。"
