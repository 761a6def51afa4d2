"""The words of an allocation plan: work points, who answers for them, and by when.

Everything here is a frozen value. A value that was read from a file carries its `place`: the sheet and
cell, table cell, paragraph or line it came from, written as people write it (`分工表!C5`, `T1R5C3`, `P7`,
`L12`; `#2` after it is the second item inside one cell).

Unit names are kept exactly as the plan wrote them. Which body a name means is decided elsewhere
(`reading.units`), because a name is printed for ever as it was written, while bodies merge and are renamed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from enum import Enum

from tracker.values import dataclass


class Role(Enum):
    """What a unit does for a work point."""

    # Writes the joint entry and is chased first: 牵头, 主办, 第一责任单位.
    LEAD = "lead"
    # Answers for its share: 责任, 负责, 承办, 落实, or a name without any role word.
    RESPONSIBLE = "responsible"
    # Helps: 配合, 协办, 参与, 指导, 监督.
    SUPPORT = "support"

    @property
    def label(self) -> str:
        """The word that users see."""
        return {"lead": "牵头", "responsible": "责任", "support": "配合"}[self.value]


# By weight; asked for each item many times, and a class of words is slow to walk.
ROLES = tuple(Role)


class Mode(Enum):
    """How several units answer together; it decides who is asked and when the point counts as done."""

    # One or more lead, the others follow: the lead reports for all.
    LEAD_ALL = "lead+all"
    # 会同, 共同, several leads alone: one common result.
    JOINTLY = "jointly"
    # 分别, 按职责分工: each its own share; complete only when all are.
    EACH = "each"
    # One unit alone.
    SINGLE = "single"
    # Several units, and the plan does not say how: asked, never guessed.
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True, slots=True)
class Assignment:
    """A unit or a collective name as written, and its role.

    Attributes:
        unit: The name as written, without role words, brackets of reference or blanks.
        role: What it does.
        part: Its own share, where the plan names one (`市教育局负责校园部分`); else empty.
    """

    unit: str
    role: Role
    part: str = ""


@dataclass(frozen=True, slots=True)
class Responsibility:
    """What one cell or bracket says about who answers.

    Attributes:
        assignments: In the order written; a name stands once.
        mode: How they answer together.
        groups: The names among them that are collective (`市有关单位`, `各县（市、区）人民政府`).
    """

    assignments: tuple[Assignment, ...] = ()
    mode: Mode = Mode.UNSPECIFIED
    groups: tuple[str, ...] = ()

    def names_in(self, role: Role) -> tuple[str, ...]:
        """The names in one role, in the order written."""
        return tuple(assignment.unit for assignment in self.assignments if assignment.role is role)


class DeadlineKind(Enum):
    """What sort of time limit a phrase states."""

    # A day of the calendar; a period ends on its last day.
    DATE = "date"
    # Every month, quarter, half-year, year or week; `period` says which.
    RECURRING = "recurring"
    # 长期, 持续, 常态化: never overdue.
    ONGOING = "ongoing"
    # So long after something: a month after the date of issue, three working days after an approval.
    RELATIVE = "relative"
    # Nothing that a calendar can fix: 适时, 尽快, or nothing written.
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One dated part of a time limit that has several: 4月底前完成初稿.

    Attributes:
        text: The part as written.
        due: The legal day; None unless it can be computed.
    """

    text: str
    due: dt.date | None = None

    @property
    def label(self) -> str:
        """The part and its day, as users see it."""
        return f"{self.text}→{self.due.isoformat()}" if self.due else self.text


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit as written and as understood.

    Attributes:
        text: The phrase; for a real date cell its ISO date.
        kind: See `DeadlineKind`.
        due: The legal day; None unless it can be computed.
        workday_due: The working day that counts in practice: on or before a fixed day, on or after the end of
            a period that runs from an event (Civil Code art. 203). None without `due` or without calendar data.
        period: `weekly`, `monthly`, `quarterly`, `half-yearly`, `yearly`, or empty.
        anchor: What a relative limit runs from, as written (`发文之日`); else empty.
        offset: ISO 8601 duration (`P1M`, `PT24H`), or working days as `20WD`; else empty.
        milestones: Its parts in the order written, only where it has several dated ones; `due` is the last.
    """

    text: str = ""
    kind: DeadlineKind = DeadlineKind.NONE
    due: dt.date | None = None
    workday_due: dt.date | None = None
    period: str = ""
    anchor: str = ""
    offset: str = ""
    milestones: tuple[Milestone, ...] = ()

    def milestones_as_data(self) -> dict[str, list[dict[str, object]]]:
        """The key `milestones` of the contract for machines; nothing where there is none."""
        parts: list[dict[str, object]] = [{"text": part.text, "due": part.due} for part in self.milestones]
        return {"milestones": parts} if parts else {}


@dataclass(frozen=True, slots=True)
class WorkPoint:
    """One 任务事项: the smallest row, paragraph or numbered item with units of its own.

    Attributes:
        section: Text of the heading, banner or category above it, its number kept; empty if there is none.
        task: Text of the task cell or second heading, its number kept; may be empty.
        no: Its number as printed, without mark or bracket; may be empty.
        requirement: What is required, without its number and without the closing bracket of units.
        responsibility: Who answers.
        inherited: True when every unit of it continues a cell above (merge, 同上): 沿用上栏.
        deadline: By when.
        remarks: Header and value of status, progress and remark columns, in sheet order.
        place: Where its requirement stands.
    """

    requirement: str
    section: str = ""
    task: str = ""
    no: str = ""
    responsibility: Responsibility = Responsibility()
    inherited: bool = False
    deadline: Deadline = Deadline()
    remarks: tuple[tuple[str, str], ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that the covering letter, or a source without a table, asks of its addressees.

    Attributes:
        what: The sentence as written.
        addressee: Who has to do it, as written; may be empty.
        deadline: By when.
        place: Where it stands.
        logbook: Name of the logbook that it asks to be kept; empty for none.
        section: The direction or heading under which a text without a table asks for it; empty where it has none.
    """

    what: str
    addressee: str = ""
    deadline: Deadline = Deadline()
    place: str = ""
    logbook: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document that a source rests on or quotes: its title without marks, its number; one of them may be empty."""

    title: str
    number: str

    def __str__(self) -> str:
        number = f"（{self.number}）" if self.number and self.title else self.number
        return (f"《{self.title}》" if self.title else "") + number


@dataclass(frozen=True, slots=True)
class Group:
    """A collective name and, where the same file lists them, its members.

    Attributes:
        name: As written in the unit cells.
        members: Names as written; None when the file does not list them.
    """

    name: str
    members: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """An allocation plan as one file states it.

    Attributes:
        title: Title of the plan, without 附件 and line breaks; empty if not printed.
        number: Document number as printed (`粤府办〔2018〕19号`); empty if not printed.
        issuer: The issuing office; empty if not printed.
        issued_on: Date of issue printed in the file; never the date of a web page.
        year: The plan year; None if nothing says it.
        work_points: In plan order.
        duties: What the covering letter asks.
        groups: Every collective name used.
        basis: The documents that it names, by title or number.
        annexes: The titles of its annexes.
    """

    title: str = ""
    number: str = ""
    issuer: str = ""
    issued_on: dt.date | None = None
    year: int | None = None
    work_points: tuple[WorkPoint, ...] = ()
    duties: tuple[Duty, ...] = ()
    groups: tuple[Group, ...] = field(default=())
    basis: tuple[CitedDocument, ...] = ()
    annexes: tuple[str, ...] = ()
