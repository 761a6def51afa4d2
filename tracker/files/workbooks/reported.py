"""报送情况.xlsx: one page that says 已报, 未报, 应退回 and why, laid out anew at every run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.files.books import TableColumn
from tracker.files.books import TableSheet
from tracker.files.books import lay_out


@dataclass(frozen=True, slots=True)
class ReportedRow:
    """Where one form stands, in words."""

    round: str
    unit: str
    token: str
    points: int
    state: str
    at: dt.date | None
    timely: str
    signed: str
    file: str
    reason: str


def lay_out_reported(
    rows: Sequence[ReportedRow], unknown: Sequence[tuple[str, str]], *, as_of: dt.date
) -> bytes:
    """Lay out the page, and a second one with the files that belong to no form and why."""
    counts = {
        state: sum(row.state == state for row in rows) for state in dict.fromkeys(r.state for r in rows)
    }
    said = "，".join(f"{state} {n}" for state, n in counts.items()) or "还没有下发填报表"
    pages = [
        TableSheet(
            "报送情况",
            "各单位报送情况",
            (f"截至{as_of.isoformat()}：{said}。本表由程序生成，每次收表汇总后更新，请勿在表内填写。",),
            (
                TableColumn("期次", 12, ours=True),
                TableColumn("单位", 24, ours=True),
                TableColumn("状态", 18, ours=True),
                TableColumn("按时", 8, ours=True),
                TableColumn("收到日期", 12, ours=True),
                TableColumn("填报人、审核人", 18, ours=True),
                TableColumn("事项数", 8, ours=True),
                TableColumn("表号", 14, ours=True),
                TableColumn("文件", 30, ours=True),
                TableColumn("需要处理", 60, ours=True),
            ),
            tuple(
                (
                    row.round,
                    row.unit,
                    row.state,
                    row.timely,
                    row.at,
                    row.signed,
                    row.points,
                    row.token,
                    row.file,
                    row.reason,
                )
                for row in rows
            ),
        )
    ]
    if unknown:
        pages.append(
            TableSheet(
                "未收的文件",
                "没有收进台账的文件",
                ("这些文件原样留在“各单位报送”里，没有改动；请按原因处理。",),
                (TableColumn("文件", 40, ours=True), TableColumn("原因", 80, ours=True)),
                tuple(unknown),
            )
        )
    return lay_out(pages)
