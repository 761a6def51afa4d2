"""督办/电话记录.xlsx: whom to call about what, and who answered what (催办单位、接话人、事项、答复、时间).

One row for a unit and a day on which a slip was drafted for it. 接话人, 答复 and 通话时间 belong to the person who
called; they are taken back as events. Rows are found by 编号, columns by their heads.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.files.lists.appending import appended
from tracker.files.lists.books import TableColumn
from tracker.files.lists.books import TableSheet
from tracker.files.lists.books import lay_out
from tracker.files.patch import Append
from tracker.grid import Source
from tracker.grid import Value
from tracker.grid import as_text
from tracker.reading.sheets.labelled import find_head
from tracker.reading.sheets.labelled import rows_of

SHEET = "电话记录"
_HEAD = ("编号", "接话人", "答复")
_COLUMNS = (
    TableColumn("编号", 8, ours=True),
    TableColumn("日期", 12, ours=True),
    TableColumn("催办单位", 22, ours=True),
    TableColumn("联系人及电话", 22, ours=True),
    TableColumn("种类", 8, ours=True),
    TableColumn("事项", 50, ours=True),
    TableColumn("时限", 16, ours=True),
    TableColumn("接话人", 12),
    TableColumn("答复", 40),
    TableColumn("通话时间", 18),
)


@dataclass(frozen=True, slots=True)
class CallRow:
    """A row: what to call about, and what was answered."""

    document: str
    day: dt.date
    unit: str
    contact: str
    tier: str
    what: str
    due: str
    who: str = ""
    answer: str = ""
    at: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class CallList:
    """The workbook as it was read."""

    rows: tuple[CallRow, ...] = ()
    listed: frozenset[str] = frozenset()
    sheet: str = ""
    last_row: int | None = None
    columns: tuple[tuple[str, int], ...] = ()
    sha: str = ""


def lay_out_calls(rows: Sequence[CallRow]) -> bytes:
    """Lay out a new workbook."""
    sheet = TableSheet(
        SHEET,
        "电话催办记录",
        ("打完电话填“接话人”“答复”“通话时间”三栏，保存即可；下次运行时记入台账。灰色各栏由程序填写。",),
        _COLUMNS,
        tuple(tuple(_values(row)[each.label] for each in _COLUMNS) for row in rows),
    )
    return lay_out((sheet,))


def read_calls(source: Source) -> CallList:
    """What was answered, row by row."""
    for grid in source.grids:
        head = find_head(grid, _HEAD)
        if head is None:
            continue
        found = [row for row in rows_of(grid, _HEAD) if row.text("编号")]
        rows = tuple(
            CallRow(
                document=row.text("编号"),
                day=dt.date.min,
                unit=row.text("催办单位"),
                contact=row.text("联系人及电话"),
                tier=row.text("种类"),
                what=row.text("事项"),
                due=row.text("时限"),
                who=row.text("接话人"),
                answer=row.text("答复"),
                at=as_text(row.cells.get("通话时间")).strip(),
                place=row.places["答复"],
            )
            for row in found
        )
        return CallList(
            rows,
            frozenset(row.document for row in rows),
            grid.name,
            max((row.row for row in found), default=None),
            tuple(head[1].items()),
            source.sha256,
        )
    return CallList(sha=source.sha256)


def missing_calls(known: CallList, wanted: Sequence[CallRow]) -> Append | None:
    """The calls that the workbook does not list yet; None when it lists all."""
    new = [row for row in wanted if row.document not in known.listed]
    if not new or not known.sheet:
        return None
    return appended(
        known.sheet, dict(known.columns), _COLUMNS, [_values(row) for row in new], like=known.last_row
    )


def _values(row: CallRow) -> dict[str, Value]:
    return {
        "编号": row.document,
        "日期": row.day,
        "催办单位": row.unit,
        "联系人及电话": row.contact,
        "种类": row.tier,
        "事项": row.what,
        "时限": row.due,
        "接话人": row.who or None,
        "答复": row.answer or None,
        "通话时间": row.at or None,
    }
