"""What a layout yields before its words are read: drafts of work points.

The readers of layouts (`tables`, `layouts`, `prose`) only decide which text belongs to which work
point, and whether it continues a cell above. `points` then reads the words of a draft with the grammars of
`clauses` and `deadlines`. So every layout is understood by the same grammar, and a new layout is one module.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tracker.grid import Value


class Field(Enum):
    """What a column holds."""

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
