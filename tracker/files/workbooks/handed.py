"""下发清单.xlsx: which unit got which form, to be ticked off as they are sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.files.lists.books import BookColumn
from tracker.files.lists.books import BookSheet
from tracker.files.lists.books import lay_out
from tracker.files.patch import Append
from tracker.grid import Source
from tracker.grid import Value
from tracker.reading.sheets.labelled import rows_of


@dataclass(frozen=True, slots=True)
class HandOutRow:
    """One form that was handed out."""

    unit: str
    token: str
    points: int
    file: str
    due: dt.date
    contact: str = ""
    phone: str = ""


def lay_out_hand_out(rows: Sequence[HandOutRow]) -> bytes:
    """Lay out the list."""
    sheet = BookSheet(
        "下发清单",
        "填报表下发清单",
        ("发给哪个单位、哪一份文件；发出后在“发出”“签收”栏打勾。补发的接在最后一行下面。",),
        (
            BookColumn("序号", 6, ours=True),
            BookColumn("单位", 24, ours=True),
            BookColumn("文件", 34, ours=True),
            BookColumn("表号", 14, ours=True),
            BookColumn("事项数", 8, ours=True),
            BookColumn("截止日期", 12, ours=True),
            BookColumn("联络员", 12),
            BookColumn("电话", 16),
            BookColumn("发出", 8, choices=("✓",)),
            BookColumn("签收", 8, choices=("✓",)),
        ),
        tuple(_values(n, row) for n, row in enumerate(rows, start=1)),
    )
    return lay_out((sheet,))


def missing_forms(source: Source, rows: Sequence[HandOutRow]) -> Append | None:
    """The rows that a list has not yet, to be put below its last one; None when it has them all."""
    for grid in source.grids:
        existing = list(rows_of(grid, ("表号", "单位")))
        if existing:
            tokens = {row.text("表号") for row in existing}
            new = [row for row in rows if row.token not in tokens]
            values = tuple(_values(n, row) for n, row in enumerate(new, start=len(existing) + 1))
            return Append(grid.name, values, like=existing[-1].row) if new else None
    return None


def _values(n: int, row: HandOutRow) -> tuple[Value, ...]:
    return (n, row.unit, row.file, row.token, row.points, row.due, row.contact, row.phone, None, None)
