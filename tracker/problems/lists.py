"""What can be wrong with the lists that people work in: 签发单, 电话记录, 事项调整."""

from __future__ import annotations

from tracker.problems import FindingKind
from tracker.problems import Severity

LIST_SPOILED = FindingKind(
    "list-spoiled",
    Severity.ERROR,
    "《{list}》里找不到{labels}栏，整份表没有读取，也没有往里补写；请恢复表头（栏目可以移动、可以加），或把文件移走后重新运行。",
)
COLUMN_GONE = FindingKind(
    "list-column-gone",
    Severity.WARNING,
    "找不到“{label}”栏，这一栏里填的没有读取；请把栏目名称改回“{label}”。",
)
COLUMN_TWICE = FindingKind(
    "list-column-twice",
    Severity.ERROR,
    "“{label}”有两栏（另见 {other}），不知道以哪一栏为准，整份表没有读取；请删去或改名其中一栏。",
)
LIST_TWICE = FindingKind(
    "list-twice",
    Severity.WARNING,
    "这张工作表和“{first}”栏目相同，只读取“{first}”，这里填的没有采用；请把要改的写到“{first}”，再删去这一张。",
)
LIST_ELSEWHERE = FindingKind(
    "list-elsewhere",
    Severity.WARNING,
    "程序只读《{list}》，这个文件里填的没有采用；请在 WPS 或 Excel 中另存为 {list}（.xlsx 格式）替换原文件，再删去这一个。",
)
ROW_WITHOUT_ID = FindingKind(
    "list-row-without-id",
    Severity.WARNING,
    "这一行写了“{text}”，但“{label}”空着，不知道是哪一份、哪一项，没有采用；请补填{label}。",
)
ROW_AGAIN = FindingKind(
    "list-row-again",
    Severity.INFO,
    "这一行和 {other} 写得一样，只算一次；请删去多余的一行。",
)
CALL_TWICE = FindingKind(
    "call-row-twice",
    Severity.ERROR,
    "{document} 在电话记录里有两行，答复不同，两行都没有采用；请合并成一行（另见 {other}）。",
)
