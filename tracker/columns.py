"""What a column is, and the one table of the ledger's columns: forms and 台账 are laid out and read back from it.

A column says who owns what is written in it. Different owners never meet in one cell, so most returns join
without a conflict: what a unit reports (单位原文, 自报状态) and what the office decides (核定表述, 认定状态) are
different columns, and the report prints the office's where there is one.

A value of a work point is *standing* (one for the year) or *per round* (each 报送期次 has its own).
"""

from __future__ import annotations

from dataclasses import KW_ONLY, replace
from enum import Enum

from tracker.model import Role
from tracker.values import dataclass


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
    # Digits that Excel may have made a number of without losing one.
    TELEPHONE = "telephone"
    # Of logbooks: a day and, where hours count, the minute; a figure; the name of a unit; a rule of time.
    MOMENT = "moment"
    NUMBER = "number"
    # What somebody was awarded: always two decimals, so that 98.00 stands beside 98.82.
    SCORE = "score"
    UNIT = "unit"
    RULE = "rule"


class Sheet(Enum):
    """Where a column appears."""

    # 填报表: one row for each work point of the unit.
    FORM = "form"
    # 填报表 of earlier versions, which are still taken: what they had more.
    OLD_FORM = "old-form"
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

# What the office may decide about a work point; it has three words more than a unit.
DECISIONS: dict[str, str] = {
    **STATUSES,
    "基本完成": "mostly_done",
    "已销号": "written_off",
    "已调整": "adjusted",
}

# What the office says of a unit's 不涉及.
AGREED, REFUSED = "同意", "不同意"

TICK = "是"
# Name of the column 本期无变化.
UNCHANGED = "unchanged"

# 摘要字数上限 where the office sets no other.
SUMMARY_LIMIT = 120

SCOPE_LABEL = "填报单位范围"
# Labels of workbooks of earlier versions -> the same label now.
OLDER_LABELS = {
    "报送口径": "填报单位范围",  # old word
    "下发填报表": "印发填报表",  # old word
    "邮件下发填报表": "邮件发送填报表",  # old word
}


# The head under which a row of another list says which work point it is about.
ABOUT_POINT = "具体要求"


def label_of(name: str) -> str:
    """The head of a column by its name in the ledger; a column of a logbook has its head for a name.

    >>> label_of("progress"), label_of("学时")
    ('进展情况', '学时')
    """
    return BY_NAME[name].label if name in BY_NAME else name


def label_now(text: str) -> str:
    """A label as it is now, from one that an earlier version gave it.

    >>> label_now("填报单位范围"), label_now("本单位名称")
    ('填报单位范围', '本单位名称')
    """
    return OLDER_LABELS.get(text, text)


# 填报单位范围: who reports a work point, by role.
SCOPES: dict[str, tuple[Role, ...]] = {
    "仅牵头单位": (Role.LEAD,),
    "各责任单位": (Role.LEAD, Role.RESPONSIBLE),
    "含配合单位": (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT),
}


class Align(Enum):
    """Where the text of a column stands in a document."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of anything that is laid out in columns: a form, the 台账, a list, a table of a document.

    Attributes:
        label: Head of the column, as users see it.
        width: In a workbook, in characters of the default font; in a document, its share of the type area.
        owner: Who may change it.
        kind: What its cells hold.
        choices: The words that are offered; a list warns about others.
        align: Where its text stands in a document.
        merge: In a document, whether equal neighbours below each other become one cell (板块, 工作任务). A cell
            never merges across a border of the merged column to its left.
        optional: In a document, whether it is left out where no row has anything in it (a plan without time limits).
        name: Name in the ledger (`facts.Cell.field`) and in templates, in a list of ours the attribute of its rows; empty for
            columns that neither has.
        per_round: Whether each round has a value of its own.
        sheets: Where it appears, in the order of this table.
        limit: Longest text in characters that fits the report; 0 is no limit. Longer is flagged, never cut.
        hint: One sentence for the person who fills it in.
        older: Its heads in workbooks of earlier versions, which are still read.
        form_label: Its head in forms, where offices know it there by another word than in the 台账.
    """

    label: str
    width: float = 14
    owner: Owner = Owner.OFFICE
    kind: ColumnKind = ColumnKind.TEXT
    _: KW_ONLY
    choices: tuple[str, ...] = ()
    align: Align = Align.LEFT
    merge: bool = False
    optional: bool = False
    name: str = ""
    per_round: bool = False
    sheets: tuple[Sheet, ...] = ()
    limit: int = 0
    hint: str = ""
    older: tuple[str, ...] = ()
    form_label: str = ""

    @property
    def ours(self) -> bool:
        """Whether a change there means nothing: neither the office nor a unit has a say in it."""
        return self.owner in (Owner.PLAN, Owner.COMPUTED)


_ALL = (Sheet.FORM, Sheet.POINTS, Sheet.PROGRESS)

COLUMNS: tuple[Column, ...] = (
    Column("事项编号", 10, Owner.PLAN, name="id", sheets=_ALL),
    Column("年度", 7, Owner.PLAN, name="year", sheets=(Sheet.POINTS, Sheet.PROGRESS)),
    Column("板块", 14, Owner.PLAN, name="section", sheets=(Sheet.POINTS,)),
    Column("工作任务", 18, Owner.PLAN, name="task", sheets=_ALL),
    Column("序号", 6, Owner.PLAN, name="no", sheets=_ALL),
    Column("具体要求", 44, Owner.PLAN, ColumnKind.LONG, name="requirement", sheets=_ALL),
    Column("责任单位", 16, Owner.PLAN, name="unit", sheets=(Sheet.PROGRESS,)),
    Column(
        "承担角色", 9, Owner.PLAN, name="role", sheets=(Sheet.FORM, Sheet.PROGRESS), form_label="责任分工"
    ),
    Column("牵头单位", 16, Owner.PLAN, name="lead", sheets=(Sheet.OLD_FORM, Sheet.POINTS)),
    Column("责任单位", 22, Owner.PLAN, ColumnKind.LONG, name="responsible", sheets=(Sheet.POINTS,)),
    Column("配合单位", 14, Owner.PLAN, ColumnKind.LONG, name="support", sheets=(Sheet.POINTS,)),
    Column("完成时限", 14, Owner.PLAN, name="deadline", sheets=_ALL),
    Column("到期日", 12, Owner.COMPUTED, ColumnKind.DATE, name="due", sheets=(Sheet.POINTS, Sheet.PROGRESS)),
    Column("亮灯", 13, Owner.COMPUTED, name="light", sheets=(Sheet.POINTS, Sheet.PROGRESS)),
    Column("上期填报", 26, Owner.COMPUTED, ColumnKind.LONG, name="last", sheets=(Sheet.FORM,)),
    Column(
        "本期无变化",
        8,
        Owner.UNIT,
        ColumnKind.TICK,
        name=UNCHANGED,
        per_round=True,
        sheets=(Sheet.FORM,),
        choices=(TICK,),
        hint="与上期填报相比没有变化的选“是”，其余各栏不用再填。",
    ),
    Column(
        "自报状态",
        11,
        Owner.UNIT,
        ColumnKind.CHOICE,
        name="status",
        per_round=True,
        sheets=(Sheet.FORM, Sheet.PROGRESS),
        choices=tuple(STATUSES),
        form_label="完成情况",
        hint="从下拉框选择；与本单位无关的选“不涉及”，经确认后全年不再询问。",
    ),
    Column(
        "进展情况",
        46,
        Owner.UNIT,
        ColumnKind.LONG,
        name="progress",
        per_round=True,
        sheets=(Sheet.FORM, Sheet.PROGRESS),
        hint="写做了什么、取得什么成效，尽量有数字。",
    ),
    Column("还可写", 7, Owner.COMPUTED, name="summary_left", sheets=(Sheet.OLD_FORM,)),
    Column(
        "完成日期",
        12,
        Owner.UNIT,
        ColumnKind.DATE,
        name="done_on",
        per_round=True,
        sheets=(Sheet.FORM, Sheet.PROGRESS),
        hint="只有已完成的填，如 2026-06-30。",
    ),
    Column(
        "存在问题及下一步",
        26,
        Owner.UNIT,
        ColumnKind.LONG,
        name="problem",
        per_round=True,
        sheets=(Sheet.FORM, Sheet.PROGRESS),
        form_label="存在问题及下一步打算",
        hint="未完成的写原因、措施和预计完成时间。",
    ),
    Column(
        "佐证材料",
        20,
        Owner.UNIT,
        ColumnKind.LONG,
        name="evidence",
        per_round=True,
        sheets=(Sheet.FORM, Sheet.PROGRESS),
        form_label="备注（网址、文号）",
        hint="能看到成果的网址、文号或文件名；没有的不填。",
    ),
    Column(
        "摘要（入报告）",
        30,
        Owner.UNIT,
        ColumnKind.LONG,
        name="summary",
        per_round=True,
        sheets=(Sheet.OLD_FORM, Sheet.PROGRESS),
        limit=SUMMARY_LIMIT,
        hint=f"一两句话，不超过{SUMMARY_LIMIT}字，供年终报告正文使用。",
    ),
    Column(
        "入报告",
        8,
        Owner.UNIT,
        ColumnKind.TICK,
        name="in_report",
        per_round=True,
        sheets=(Sheet.OLD_FORM, Sheet.PROGRESS),
        choices=(TICK,),
        hint="确有实效、建议写入总报告的选“是”，其余空着；一项有几个单位填报时，只用选了“是”的。",
    ),
    Column("最近报送", 12, Owner.COMPUTED, name="reported_in", sheets=(Sheet.PROGRESS,)),
    Column("已报/应报", 10, Owner.COMPUTED, name="returned", sheets=(Sheet.POINTS,)),
    Column("最新进展", 44, Owner.COMPUTED, ColumnKind.LONG, name="latest", sheets=(Sheet.POINTS,)),
    Column(
        "认定状态",
        11,
        Owner.OFFICE,
        ColumnKind.CHOICE,
        name="decision",
        sheets=(Sheet.POINTS,),
        choices=tuple(DECISIONS),
        hint="由本办认定；空着时暂按各单位报送计算。“基本完成”须在核定表述中写明剩余工作和完成日期。",
    ),
    Column(
        "核定表述",
        44,
        Owner.OFFICE,
        ColumnKind.LONG,
        name="wording",
        sheets=(Sheet.POINTS,),
        hint="写入报告的文字；空着时用单位填报的文字。",
    ),
    Column(
        SCOPE_LABEL,
        12,
        Owner.OFFICE,
        ColumnKind.CHOICE,
        name="scope",
        sheets=(Sheet.POINTS,),
        choices=tuple(SCOPES),
        older=tuple(label for label, new in OLDER_LABELS.items() if new == SCOPE_LABEL),
        hint="这一项由谁填报；空着时按设置.xlsx 的“填报单位范围”。",
    ),
    Column(
        "不通报",
        8,
        Owner.OFFICE,
        ColumnKind.TICK,
        name="withheld",
        sheets=(Sheet.POINTS,),
        choices=(TICK,),
        hint="选“是”的事项不写入报告、通报和网页，也不计入其中的数字。",
    ),
    Column(
        "不公开",
        8,
        Owner.OFFICE,
        ColumnKind.TICK,
        name="unpublished",
        sheets=(Sheet.POINTS,),
        choices=(TICK,),
        hint="选“是”的事项写入报告和通报，但不写入公开版，也不计入其中的数字。",
    ),
    Column(
        "不涉及确认",
        11,
        Owner.OFFICE,
        ColumnKind.CHOICE,
        name="release",
        sheets=(Sheet.PROGRESS,),
        choices=(AGREED, REFUSED),
        hint="单位报“不涉及”的，由本办确认：“同意”的不再询问、不计入，“不同意”的照常填报；空着为待确认。",
    ),
    Column("备注", 20, Owner.OFFICE, ColumnKind.LONG, name="note", sheets=(Sheet.POINTS, Sheet.PROGRESS)),
)

# What the office writes of a work point in 报告/起草素材表.xlsx; 改定稿 there is 核定表述 here, 可否公开 is 不公开.
MATERIAL: tuple[Column, ...] = (
    Column("段落号", 8, name="paragraph"),
    Column("是否核实", 10, kind=ColumnKind.CHOICE, name="figures_checked", choices=("已核实", "未核实")),
    Column("文号/网址", 26, name="reference"),
    Column("亮点", 8, kind=ColumnKind.TICK, name="highlight", choices=(TICK,)),
    Column("问题", 30, kind=ColumnKind.LONG, name="issue"),
    Column("核稿人", 10, name="reviewer"),
)
# What a unit says of the sentence that the report will have of a work point (复核表).
REVIEW: tuple[Column, ...] = (
    Column("核对意见", owner=Owner.UNIT, name="review"),
    Column("修改为", owner=Owner.UNIT, name="review_text"),
    Column("核对时的文字", owner=Owner.UNIT, name="review_sentence"),
    Column("核对人", owner=Owner.UNIT, name="review_person"),
)
# What it writes there for the report as a whole.
_ELEMENTS: tuple[Column, ...] = (
    Column("指导段落", name="guiding", hint="正文第一段，由本办撰写；定稿前核对最新表述。空着就不写。"),
    Column(
        "检查核实情况", name="checking", hint="怎样检查核实的，如实地抽查、网站核查、听取汇报。空着就不写。"
    ),
    Column("主送", name="addressee", hint="空着用设置.xlsx 的“报告主送机关”。"),
    Column("抄送", name="copies", hint="填写后末页印版记；空着就不印。"),
    Column(
        "联系人", name="contact_person", hint="印在附注：联系人及电话。空着用设置.xlsx 的“联系人及电话”。"
    ),
    Column(
        "稿次",
        name="stage",
        choices=("征求意见稿", "送审稿", "已签发"),
        hint="空着为正式稿；还有任务状态待核实的，总是征求意见稿。“已签发”后正文定稿，不再改动。",
    ),
)
ELEMENTS: dict[str, Column] = {column.name: column for column in _ELEMENTS}
# The totals of the year, a table of their own.
_TOTALS = Column("全年数据", name="totals")
BY_NAME: dict[str, Column] = {
    column.name: column for column in (*COLUMNS, *MATERIAL, *REVIEW, *_ELEMENTS, _TOTALS)
}


@dataclass(frozen=True, slots=True)
class YearTotal:
    """A total of the year that the office typed: never summed from texts.

    Attributes:
        name: What is counted (`主动公开政府信息`).
        value: The figure as typed.
        unit: What it counts (`条`).
        source: Where it was taken from (`网站后台`, `年报`).
        day: The cut-off day as typed.
    """

    name: str
    value: str
    unit: str
    source: str
    day: str


# The heads of a total, as a form asks for it and 起草素材表 shows it.
TOTAL_HEADS = ("指标", "数值", "计量单位", "来源", "截止日")


def year_totals(text: str) -> tuple[YearTotal, ...]:
    """The totals as the ledger keeps them: a line each, parts parted by tabs."""
    return tuple(YearTotal(*line.split("\t")) for line in text.splitlines() if line.count("\t") == 4)


def on(sheet: Sheet) -> tuple[Column, ...]:
    """The columns of a sheet, in order, with the heads that they have there."""
    columns = tuple(column for column in COLUMNS if sheet in column.sheets)
    if sheet is Sheet.FORM:
        return tuple(replace(column, label=column.form_label or column.label) for column in columns)
    return columns


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
    "contact": "联络员",
    "phone": "联系电话",
    "plan": "方案名称",
    "document": "文号",
    "year": BY_NAME["year"].label,
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
    "contact": "联络员",
    "phone": "联系电话",
}
# A column that nobody fills: somebody writes in it by hand.
LEFT_BLANK = "留空"
FILLABLE: dict[str, str] = {**ABOUT_POINTS, **COUNTS, "blank": LEFT_BLANK}
FILLABLE_BY_LABEL: dict[str, str] = {label: name for name, label in FILLABLE.items()}
