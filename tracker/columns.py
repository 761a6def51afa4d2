"""The one table of columns: forms, 台账, conflict list and reports are laid out and read back from it.

A column says who owns what is written in it. Different owners never meet in one cell, so most returns join
without a conflict: what a unit reports (单位原文, 自报状态) and what the office decides (核定表述, 认定状态) are
different columns, and the report prints the office's where there is one.

A value of a work point is *standing* (one for the year) or *per round* (each 报送期次 has its own).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tracker.model import Role


class Owner(Enum):
    """Who may change what a column says."""

    # The allocation plan; changes only with a new edition of it.
    PLAN = "plan"
    # The office, in the 台账.
    OFFICE = "office"
    # The unit, in its form.
    UNIT = "unit"
    # Nobody: computed from facts and a date, written as a value.
    COMPUTED = "computed"


class ColumnKind(Enum):
    """What a cell of a column holds."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    CHOICE = "choice"
    TICK = "tick"


class Sheet(Enum):
    """Where a column appears."""

    # 填报表: one row for each work point of the unit.
    FORM = "form"
    # 工作台账.xlsx, sheet 任务事项: one row for each work point.
    POINTS = "points"
    # 工作台账.xlsx, sheet 各单位进展: one row for each work point and unit.
    PROGRESS = "progress"


# Status words that units choose from, with what they mean (domain.md 2.2.6). 基本完成 is not 完成 and is left out.
STATUSES: dict[str, str] = {
    "未启动": "not_started",
    "正在推进": "in_progress",
    "进展滞后": "lagging",
    "已完成": "done",
    "持续推进": "continuing",
    "不涉及": "not_applicable",
}

# What the office may decide about a work point; it has two words more than a unit.
DECISIONS: dict[str, str] = {**STATUSES, "已销号": "written_off", "已调整": "adjusted"}

TICK = "是"

# 摘要字数上限 where the office sets no other.
SUMMARY_LIMIT = 120

# 报送口径: who reports a work point, by role.
SCOPES: dict[str, tuple[Role, ...]] = {
    "仅牵头单位": (Role.LEAD,),
    "各责任单位": (Role.LEAD, Role.RESPONSIBLE),
    "含配合单位": (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: Name in the ledger (`facts.Cell.field`) and in templates.
        label: Head of the column, as users see it.
        owner: Who may change it.
        kind: What its cells hold.
        per_round: Whether each round has a value of its own.
        sheets: Where it appears, in the order of this table.
        width: Column width in characters of the default font.
        choices: For CHOICE: the words allowed.
        limit: Longest text in characters that fits the report; 0 is no limit. Longer is flagged, never cut.
        hint: One sentence for the person who fills it in.
    """

    name: str
    label: str
    owner: Owner
    kind: ColumnKind = ColumnKind.TEXT
    per_round: bool = False
    sheets: tuple[Sheet, ...] = ()
    width: int = 12
    choices: tuple[str, ...] = ()
    limit: int = 0
    hint: str = ""


_ALL = (Sheet.FORM, Sheet.POINTS, Sheet.PROGRESS)

COLUMNS: tuple[Column, ...] = (
    Column("id", "事项编号", Owner.PLAN, sheets=_ALL, width=10),
    Column("section", "板块", Owner.PLAN, sheets=(Sheet.POINTS,), width=14),
    Column("task", "工作任务", Owner.PLAN, sheets=_ALL, width=18),
    Column("no", "序号", Owner.PLAN, sheets=_ALL, width=6),
    Column("requirement", "具体要求", Owner.PLAN, ColumnKind.LONG, sheets=_ALL, width=44),
    Column("unit", "责任单位", Owner.PLAN, sheets=(Sheet.PROGRESS,), width=16),
    Column("role", "承担角色", Owner.PLAN, sheets=(Sheet.FORM, Sheet.PROGRESS), width=9),
    Column("lead", "牵头单位", Owner.PLAN, sheets=(Sheet.FORM, Sheet.POINTS), width=16),
    Column("responsible", "责任单位", Owner.PLAN, ColumnKind.LONG, sheets=(Sheet.POINTS,), width=22),
    Column("support", "配合单位", Owner.PLAN, ColumnKind.LONG, sheets=(Sheet.POINTS,), width=14),
    Column("deadline", "完成时限", Owner.PLAN, sheets=_ALL, width=14),
    Column("due", "到期日", Owner.COMPUTED, ColumnKind.DATE, sheets=(Sheet.POINTS, Sheet.PROGRESS), width=12),
    Column("light", "亮灯", Owner.COMPUTED, sheets=(Sheet.POINTS, Sheet.PROGRESS), width=13),
    Column(
        "status",
        "自报状态",
        Owner.UNIT,
        ColumnKind.CHOICE,
        per_round=True,
        sheets=(Sheet.FORM, Sheet.PROGRESS),
        width=11,
        choices=tuple(STATUSES),
        hint="从下拉框选择；与本单位无关的选“不涉及”，全年不再询问。",
    ),
    Column(
        "progress",
        "进展情况",
        Owner.UNIT,
        ColumnKind.LONG,
        per_round=True,
        sheets=(Sheet.FORM, Sheet.PROGRESS),
        width=46,
        hint="写做了什么、取得什么成效，尽量有数字。",
    ),
    Column(
        "summary",
        "摘要（入报告）",
        Owner.UNIT,
        ColumnKind.LONG,
        per_round=True,
        sheets=(Sheet.FORM, Sheet.PROGRESS),
        width=30,
        limit=SUMMARY_LIMIT,
        hint=f"一两句话，不超过{SUMMARY_LIMIT}字，供年终报告正文使用。",
    ),
    Column("summary_left", "还可写", Owner.COMPUTED, sheets=(Sheet.FORM,), width=7),
    Column(
        "done_on",
        "完成日期",
        Owner.UNIT,
        ColumnKind.DATE,
        per_round=True,
        sheets=(Sheet.FORM, Sheet.PROGRESS),
        width=12,
        hint="已完成的填，如 2026-06-30。",
    ),
    Column(
        "problem",
        "存在问题及下一步",
        Owner.UNIT,
        ColumnKind.LONG,
        per_round=True,
        sheets=(Sheet.FORM, Sheet.PROGRESS),
        width=26,
        hint="未完成的写原因、措施和预计完成时间。",
    ),
    Column(
        "evidence",
        "佐证材料",
        Owner.UNIT,
        ColumnKind.LONG,
        per_round=True,
        sheets=(Sheet.FORM, Sheet.PROGRESS),
        width=20,
        hint="文件名、文号或网址。",
    ),
    Column(
        "in_report",
        "入报告",
        Owner.UNIT,
        ColumnKind.TICK,
        per_round=True,
        sheets=(Sheet.FORM, Sheet.PROGRESS),
        width=8,
        choices=(TICK,),
        hint="确有实效、建议写入总报告的选“是”，其余空着；一项有几个单位填报时，只用选了“是”的。",
    ),
    Column("reported_in", "最近报送", Owner.COMPUTED, sheets=(Sheet.PROGRESS,), width=12),
    Column("returned", "已报/应报", Owner.COMPUTED, sheets=(Sheet.POINTS,), width=10),
    Column("latest", "最新进展", Owner.COMPUTED, ColumnKind.LONG, sheets=(Sheet.POINTS,), width=44),
    Column(
        "decision",
        "认定状态",
        Owner.OFFICE,
        ColumnKind.CHOICE,
        sheets=(Sheet.POINTS,),
        width=11,
        choices=tuple(DECISIONS),
        hint="由本办认定；空着时按各单位自报计算。",
    ),
    Column(
        "wording",
        "核定表述",
        Owner.OFFICE,
        ColumnKind.LONG,
        sheets=(Sheet.POINTS,),
        width=44,
        hint="写入报告的文字；空着时用单位摘要。",
    ),
    Column(
        "scope",
        "报送口径",
        Owner.OFFICE,
        ColumnKind.CHOICE,
        sheets=(Sheet.POINTS,),
        width=12,
        choices=tuple(SCOPES),
        hint="这一项由谁填报；空着时按设置.xlsx 的“报送口径”。",
    ),
    Column(
        "withheld",
        "不通报",
        Owner.OFFICE,
        ColumnKind.TICK,
        sheets=(Sheet.POINTS,),
        width=8,
        choices=(TICK,),
        hint="选“是”的事项不写入报告、通报和网页，也不计入其中的数字。",
    ),
    Column(
        "unpublished",
        "不公开",
        Owner.OFFICE,
        ColumnKind.TICK,
        sheets=(Sheet.POINTS,),
        width=8,
        choices=(TICK,),
        hint="选“是”的事项写入报告和通报，但不写入公开版，也不计入其中的数字。",
    ),
    Column("note", "备注", Owner.OFFICE, ColumnKind.LONG, sheets=(Sheet.POINTS, Sheet.PROGRESS), width=20),
)

BY_NAME: dict[str, Column] = {column.name: column for column in COLUMNS}


def on(sheet: Sheet) -> tuple[Column, ...]:
    """The columns of a sheet, in order."""
    return tuple(column for column in COLUMNS if sheet in column.sheets)


# What somebody else's blank table may ask for (`tracker fill`), by name, with the word that stands for it in
# `--column 他们的列名=…`. The first group is said of a work point, the second of a unit or of a part of the plan.
ABOUT_POINTS: dict[str, str] = {
    "number": "序号",
    "no": "方案序号",
    **{
        name: BY_NAME[name].label
        for name in ("id", "section", "task", "requirement", "lead", "responsible", "support")
    },
    "role": BY_NAME["role"].label,
    "deadline": BY_NAME["deadline"].label,
    "due": BY_NAME["due"].label,
    "state": "完成状态",
    "finished": "是否完成",
    "text": "进展情况",
    "done_on": BY_NAME["done_on"].label,
    "problem": BY_NAME["problem"].label,
    "evidence": BY_NAME["evidence"].label,
    "light": BY_NAME["light"].label,
    "returned": BY_NAME["returned"].label,
    "note": BY_NAME["note"].label,
    "plan": "方案名称",
    "document": "文号",
    "year": "年度",
}
COUNTS: dict[str, str] = {
    "unit": "单位名称",
    "count_lead": "牵头项数",
    "count_support": "配合项数",
    "count_total": "承担项数",
    "count_done": "已完成项数",
    "count_open": "未完成项数",
    "count_overdue": "逾期项数",
    "count_rate": "完成率",
}
# A column that nobody fills: somebody writes in it by hand.
LEFT_BLANK = "留空"
FILLABLE: dict[str, str] = {**ABOUT_POINTS, **COUNTS, "blank": LEFT_BLANK}
FILLABLE_BY_LABEL: dict[str, str] = {label: name for name, label in FILLABLE.items()}
