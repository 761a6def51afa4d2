"""督办/签发单.xlsx: where a person signs off what may leave, and marks what left by other means.

One row for each official slip. The office sets 状态 (已签发, 已发, 作废) and, where its OA gives one, 文号; gaps in
numbers are allowed. New slips go below the last row; everything else in the file stays as it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.files.books import TableColumn
from tracker.files.books import TableSheet
from tracker.files.books import lay_out
from tracker.files.books import rows_of
from tracker.files.patch import Append
from tracker.grid import Source
from tracker.grid import Value
from tracker.rules.reminders import State

SHEET = "签发单"
_STATES = {state.label: state for state in State}


@dataclass(frozen=True, slots=True)
class SigningRow:
    """One slip: what it is, and what a person decided about it."""

    document: str
    tier: str
    unit: str
    subjects: str
    drafted: dt.date
    file: str
    state: State = State.DRAFTED
    number: str = ""
    by: str = ""
    on: dt.date | None = None
    place: str = ""


def lay_out_signing(rows: Sequence[SigningRow]) -> bytes:
    """Lay out a new workbook."""
    sheet = TableSheet(
        SHEET,
        "签发单",
        (
            "交办单、催办单、督办通知单、通报都是拟稿，签发之前不会发出。核对后把“状态”改为“已签发”；不发的改为“作废”。",
            "自行通过 OA、电话、微信群发出的，把“状态”改为“已发”，写明发送方式和日期。“文号”由办文系统给的填上，可以不连号。",
        ),
        (
            TableColumn("编号", 8, ours=True),
            TableColumn("种类", 8, ours=True),
            TableColumn("单位", 22, ours=True),
            TableColumn("涉及事项", 24, ours=True),
            TableColumn("拟稿日期", 12, ours=True),
            TableColumn("文件", 44, ours=True),
            TableColumn("状态", 10, choices=tuple(_STATES)),
            TableColumn("文号", 22),
            TableColumn("发送方式", 14, choices=("OA", "电话", "微信群", "当面", "邮件")),
            TableColumn("签发或发出日期", 16),
        ),
        tuple(_values(row) for row in rows),
    )
    return lay_out((sheet,))


def read_signing(source: Source) -> tuple[SigningRow, ...]:
    """What a person decided, row by row; a state that is none of the four words is taken as not decided."""
    return tuple(
        SigningRow(
            document=row.text("编号"),
            tier=row.text("种类"),
            unit=row.text("单位"),
            subjects=row.text("涉及事项"),
            drafted=dt.date.min,
            file=row.text("文件"),
            state=_STATES.get(row.text("状态"), State.DRAFTED),
            number=row.text("文号"),
            by=row.text("发送方式"),
            on=_day(row.cells.get("签发或发出日期")),
            place=row.places["编号"],
        )
        for grid in source.grids
        for row in rows_of(grid, ("编号", "种类", "状态"))
    )


def missing_rows(known: Sequence[SigningRow], wanted: Sequence[SigningRow]) -> Append | None:
    """The slips that the workbook does not list yet; None when it lists all."""
    ids = {row.document for row in known}
    new = tuple(_values(row) for row in wanted if row.document not in ids)
    return Append(SHEET, new, like=None) if new else None


def _values(row: SigningRow) -> tuple[Value, ...]:
    return (
        row.document,
        row.tier,
        row.unit,
        row.subjects,
        row.drafted,
        row.file,
        row.state.label,
        row.number,
        row.by,
        row.on,
    )


def _day(value: Value) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else None
