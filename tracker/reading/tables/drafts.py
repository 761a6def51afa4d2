"""What a layout yields before its words are read: drafts of work points.

The readers of layouts (`tables`, `layouts`, `prose`) only decide which text belongs to which work
point, and whether it continues a cell above. `plan` then reads the words of a draft with the grammars of
`clauses` and `deadlines`. So every layout is understood by the same grammar, and a new layout is one module.
"""

from __future__ import annotations

from dataclasses import field
from enum import Enum

from tracker.grid import Value
from tracker.values import dataclass


class Field(Enum):
    """What a column holds."""

    # A member is one object; the library's own hash is a call for each cell.
    __hash__ = object.__hash__

    # 序号, 编号.
    NUMBER = "number"
    # 板块, 类别, 方面.
    SECTION = "section"
    # 工作任务, 重点任务, 事项名称.
    TASK = "task"
    # 具体要求, 工作措施, 主要内容.
    REQUIREMENT = "requirement"
    # 牵头单位, 主办单位.
    LEAD = "lead"
    # 责任单位, 承办部门.
    RESPONSIBLE = "responsible"
    # 配合单位, 协办单位.
    SUPPORT = "support"
    # 完成时限, 时间节点.
    DEADLINE = "deadline"
    # 频次: a time limit only where there is no other.
    FREQUENCY = "frequency"
    # 责任人, 分管领导, 联系电话: never a unit, and not kept.
    PERSON = "person"
    # 进展, 状态, 目标值, 备注 and everything else: kept as written.
    REMARK = "remark"


UNIT_FIELDS = (Field.LEAD, Field.RESPONSIBLE, Field.SUPPORT)
# The head that says the role of a column to the grammar of clauses.
HEAD_OF = {Field.LEAD: "牵头单位", Field.RESPONSIBLE: "责任单位", Field.SUPPORT: "配合单位"}


@dataclass(frozen=True, slots=True)
class RoleStatement:
    """One statement of who answers.

    Attributes:
        text: The cell, line or bracket as written.
        field: The role that its column gives to a name without a word of its own.
        header: The column's head as written; empty for a bracket or a line.
        is_continued: True when the cell continues one above.
        place: Where it stands.
    """

    text: str
    field: Field = Field.RESPONSIBLE
    header: str = ""
    is_continued: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A work point whose words have not been read yet.

    Attributes:
        requirement: The text; `split` takes its leading number off.
        place: Where it stands.
        section: Heading above.
        task: Second heading or task cell.
        no: Number as printed.
        from_column: Whether `no` is a 序号 cell of its own.
        statements: Who answers.
        deadline: The value of the time cell, or the text of a label; empty if there is none.
        deadline_place: Where it stands.
        remarks: Header and value.
        is_hidden: True when its row is hidden.
        stream: Which run of numbers it belongs to (a sheet, a table); duplicates are looked for within one.
    """

    requirement: str
    place: str
    section: str = ""
    task: str = ""
    no: str = ""
    from_column: bool = False
    statements: tuple[RoleStatement, ...] = ()
    deadline: Value = ""
    deadline_place: str = ""
    remarks: tuple[tuple[str, str], ...] = ()
    is_hidden: bool = False
    stream: str = ""


class Use(Enum):
    """Where a cell or a line went, in the words that users see."""

    __hash__ = object.__hash__

    FRONT = "标题、文号、来文和落款"
    HEAD = "栏目名称"
    BANNER = "板块和小标题"
    NUMBER = "序号"
    TASK = "工作任务"
    REQUIREMENT = "具体要求"
    UNITS = "责任分工"
    DEADLINE = "完成时限"
    REMARK = "备注、进度等栏目"
    PERSON = "人员、电话（不读取）"
    NOTE = "注和说明"
    FURNITURE = "合计、页码、签字等"
    GROUP = "单位名单"
    TEXT = "没有写明责任单位的文字"
    LEFT_OUT = "整张未读的表"
    STATE = "删除线、图片、无结果的公式（已指出）"
    UNREAD = "未读取"


Spot = tuple[int, int]


@dataclass(slots=True)
class Uses:
    """What the readers of layouts say they used.

    Attributes:
        cells: Of each grid, by its name: row and column, 0-based, and the use.
        lines: By place: paragraphs and lines, cells that are read as lines, and `P7#2` for the second item of one.
        grids: Of each grid what holds for the cells that nobody used.
    """

    cells: dict[str, dict[Spot, Use]] = field(default_factory=dict)
    lines: dict[str, Use] = field(default_factory=dict)
    grids: dict[str, Use] = field(default_factory=dict)

    def add(self, other: Uses) -> None:
        """Take over what another reader of the same file used; what was said first stays."""
        for name, spots in other.cells.items():
            self.cells[name] = {**spots, **self.cells.get(name, {})}
        self.lines = {**other.lines, **self.lines}
        self.grids = {**other.grids, **self.grids}
