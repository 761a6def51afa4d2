"""单位及联络员名单.xlsx: units with their names by date, collective names with members, and who is called.

The office edits it freely. 编号 tells a unit from row to row; a row without one is a new unit. A row that was
taken out is no statement: the unit stays until a day stands under 停用日期. What the program adds goes below
the last row, everything else in the file stays as it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tracker import patterns as re
from tracker.columns import Column, ColumnKind, Owner
from tracker.formats.books.answers import rows_of
from tracker.formats.books.tables import lay_out
from tracker.grid import Source, Value, as_text
from tracker.table import Table
from tracker.tiers import UNIT_KINDS
from tracker.values import dataclass

UNITS = "单位"
GROUPS = "单位组"
CONTACTS = "联络员"
NAMES = "待确认名称"
NEW_UNIT = "是新单位"

_SEPARATORS = re.compile(r"[、,，;；\n]+")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A row of 单位. `unit` is empty for a unit that the office typed and that has no id yet.

    `row`, `id_column` and `kind_column` say where its 编号 and 类别 stand, 0-based; -1 where they stand in no file.
    """

    unit: str
    name: str
    other_names: tuple[str, ...] = ()
    kind: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    successors: tuple[str, ...] = ()
    change: str = ""
    place: str = ""
    row: int = -1
    id_column: int = -1
    kind_column: int = -1


@dataclass(frozen=True, slots=True)
class UnitGroupRow:
    """A row of 单位组: a collective name and its members' names; no members yet is an open question.

    A name may have several rows, each from a day until a day: a plan has the members of its day of issue.
    """

    name: str
    members: tuple[str, ...] = ()
    place: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    def holds(self, on: dt.date) -> bool:
        """Whether these are the members on a day."""
        return (self.since or dt.date.min) <= on <= (self.until or dt.date.max)


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A row of 联络员."""

    unit: str
    name: str
    role: str = ""
    phone: str = ""
    mail: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class NameRow:
    """A written name that nobody knows, and what a person decided: a unit's name, or 是新单位."""

    written: str
    near: str = ""
    means: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class RegisterBook:
    """Everything that the workbook says."""

    units: tuple[UnitRow, ...] = ()
    groups: tuple[UnitGroupRow, ...] = ()
    contacts: tuple[ContactRow, ...] = ()
    names: tuple[NameRow, ...] = ()
    sha: str = ""


def lay_out_register(book: RegisterBook) -> bytes:
    """Lay out a new workbook."""
    return lay_out(
        (
            Table(
                name=UNITS,
                title="单位名单",
                notes=(
                    "每个单位一行。“编号”由程序填写，请勿改动；新增单位只填名称即可。",
                    "“类别”空着的，程序按名称拟一个，请核对：党委部门、人大政协法检、垂直管理、中省驻单位只发联系函或商请函，不催办、不督办、不排名；拟得不对的改选。",
                    "“其他名称”写全称、简称、曾用名，用顿号分开。机构改革后不再使用的，填“停用日期”和“接续单位”。",
                ),
                columns=(
                    Column("编号", 8, Owner.COMPUTED),
                    Column("单位名称", 28),
                    Column("其他名称", 36),
                    Column("类别", 14, choices=tuple(UNIT_KINDS)),
                    Column("启用日期", 13, kind=ColumnKind.DATE),
                    Column("停用日期", 13, kind=ColumnKind.DATE),
                    Column("接续单位", 24),
                    Column("变动方式", 10, choices=("更名", "合并", "分设")),
                ),
                rows=tuple(unit_values(unit) for unit in book.units),
            ),
            Table(
                name=GROUPS,
                title="单位组",
                notes=(
                    "方案中的统称（如“市有关单位”）包括哪些单位。成员用顿号分开；空着的表示还不清楚，不会给任何单位派任务。",
                    "成员有变动的，给原来一行填“停用日期”，另起一行写新的成员和“启用日期”；方案按印发之日的成员派任务。",
                ),
                columns=(
                    Column("组名", 36),
                    Column("成员", 80),
                    Column("启用日期", 13, kind=ColumnKind.DATE),
                    Column("停用日期", 13, kind=ColumnKind.DATE),
                ),
                rows=tuple(group_values(group) for group in book.groups),
            ),
            Table(
                name=CONTACTS,
                title="联络员",
                notes=("一个单位可以有多个联络员。",),
                columns=(
                    Column("单位", 28),
                    Column("姓名", 12),
                    Column("职务", 16),
                    Column("电话", 18),
                    Column("邮箱", 28),
                ),
                rows=tuple(contact_values(contact) for contact in book.contacts),
            ),
            Table(
                name=NAMES,
                title="待确认名称",
                notes=(
                    "方案里出现、名单里没有、又和已有单位相近的名称。请在“就是哪个单位”一栏写单位名称，"
                    f"或写“{NEW_UNIT}”；名称写错了的新单位，写它正确的名称。保存后更新台账或印发填报表，就照此办理。",
                ),
                columns=(
                    Column("方案中的写法", 28, Owner.COMPUTED),
                    Column("相近的单位", 40, Owner.COMPUTED),
                    Column("就是哪个单位", 30),
                ),
                rows=tuple(name_values(name) for name in book.names),
            ),
        )
    )


def unit_values(unit: UnitRow) -> tuple[Value, ...]:
    """A row of 单位, in the order of its columns."""
    other, after = "、".join(unit.other_names), "、".join(unit.successors)
    return (unit.unit, unit.name, other, unit.kind, unit.since, unit.until, after, unit.change)


def group_values(group: UnitGroupRow) -> tuple[Value, ...]:
    """A row of 单位组, in the order of its columns."""
    return (group.name, "、".join(group.members), group.since, group.until)


def name_values(name: NameRow) -> tuple[Value, ...]:
    """A row of 待确认名称, in the order of its columns."""
    return (name.written, name.near, name.means)


def read_register(source: Source) -> RegisterBook:
    """Read the workbook back; columns are found by their labels, in whatever order they stand."""
    units: list[UnitRow] = []
    groups: list[UnitGroupRow] = []
    contacts: list[ContactRow] = []
    names: list[NameRow] = []
    for grid in source.grids:
        for row in rows_of(grid, ("编号", "单位名称")):
            if row.text("单位名称"):
                units.append(
                    UnitRow(
                        unit=row.text("编号"),
                        name=row.text("单位名称"),
                        other_names=_parts_of(row.text("其他名称")),
                        kind=row.text("类别"),
                        since=_day(row.cells.get("启用日期")),
                        until=_day(row.cells.get("停用日期")),
                        successors=_parts_of(row.text("接续单位")),
                        change=row.text("变动方式"),
                        place=row.places["单位名称"],
                        row=row.row,
                        id_column=row.columns["编号"],
                        kind_column=row.columns.get("类别", -1),
                    )
                )
        groups += [
            UnitGroupRow(
                row.text("组名"),
                _parts_of(row.text("成员")),
                row.places["组名"],
                _day(row.cells.get("启用日期")),
                _day(row.cells.get("停用日期")),
            )
            for row in rows_of(grid, ("组名", "成员"))
            if row.text("组名")
        ]
        contacts += [
            ContactRow(
                row.text("单位"),
                row.text("姓名"),
                row.text("职务"),
                as_text(row.cells.get("电话")).strip(),
                row.text("邮箱"),
                row.places["单位"],
            )
            for row in rows_of(grid, ("单位", "姓名", "电话"))
            if row.text("单位")
        ]
        names += [
            NameRow(
                row.text("方案中的写法"),
                row.text("相近的单位"),
                row.text("就是哪个单位"),
                row.places["方案中的写法"],
            )
            for row in rows_of(grid, ("方案中的写法", "就是哪个单位"))
            if row.text("方案中的写法")
        ]
    return RegisterBook(tuple(units), tuple(groups), tuple(contacts), tuple(names), source.sha256)


def missing_register_rows(book: RegisterBook, target: RegisterBook) -> RegisterBook:
    """The rows of `target` that the workbook does not have yet: units by id or name, the rest by name."""
    ids = {unit.unit for unit in book.units}
    unit_names = {unit.name for unit in book.units if not unit.unit}
    groups = {group.name for group in book.groups}
    names = {name.written for name in book.names}
    return RegisterBook(
        units=tuple(unit for unit in target.units if unit.unit not in ids and unit.name not in unit_names),
        groups=tuple(group for group in target.groups if group.name not in groups),
        names=tuple(name for name in target.names if name.written not in names),
    )


def _parts_of(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in _SEPARATORS.split(text) if part.strip()))


def _day(value: Value) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(as_text(value).strip())
    except ValueError:
        return None


def contact_values(contact: ContactRow) -> tuple[Value, ...]:
    """A row of 联络员."""
    return (contact.unit, contact.name, contact.role, contact.phone, contact.mail)


def all_sheets(book: RegisterBook) -> Sequence[tuple[str, tuple[tuple[Value, ...], ...]]]:
    """Sheet name and rows of each sheet, for appending."""
    return (
        (UNITS, tuple(unit_values(unit) for unit in book.units)),
        (GROUPS, tuple(group_values(group) for group in book.groups)),
        (CONTACTS, tuple(contact_values(contact) for contact in book.contacts)),
        (NAMES, tuple(name_values(name) for name in book.names)),
    )
