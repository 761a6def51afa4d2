"""报送情况.xlsx: one page that says 已报, 未报, 缺盖章, 应退回 and why, laid out anew at every run.

A clerk may tick 盖章件 where the stamped page came on paper, and say of a file that was not taken whose it is and
what; both are read before the page is laid out again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from tracker.files.lists.books import TableColumn
from tracker.files.lists.books import TableSheet
from tracker.files.lists.books import Tone
from tracker.files.lists.books import lay_out
from tracker.grid import Source
from tracker.reading.sheets.labelled import rows_of
from tracker.rules.returns.attached import WORDS


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
    stamped: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a clerk wrote on the page.

    Attributes:
        stamped: 已收 or 未收 by 表号.
        whose: Unit, round and what by file, where a unit is named.
        unknown: The files that the page lists as not taken, and why.
        sha: Hash of the page.
    """

    stamped: Mapping[str, str] = field(default_factory=dict)
    whose: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    unknown: tuple[tuple[str, str], ...] = ()
    sha: str = ""


CAME, GONE = "已收", "未收"
# What needs somebody, and how urgently.
TONES = {
    "应退回": Tone.ERROR,
    "未报": Tone.WARNING,
    "缺盖章": Tone.WARNING,
    "缺原件": Tone.WARNING,
    "已报（部分未采用）": Tone.WARNING,
}
_ASKED = ("是哪个单位的", "期次", "属于")


def read_marks(source: Source) -> Marks:
    """Read what a clerk wrote on the page."""
    stamped: dict[str, str] = {}
    whose: dict[str, tuple[str, str, str]] = {}
    unknown: list[tuple[str, str]] = []
    for grid in source.grids:
        for row in rows_of(grid, ("表号", "盖章件")):
            if row.text("表号") and row.text("盖章件") in (CAME, GONE):
                stamped[row.text("表号")] = row.text("盖章件")
        for row in rows_of(grid, ("文件", "是哪个单位的", "属于")):
            unknown.append((row.text("文件"), row.text("原因")))
            if any(row.text(label) for label in _ASKED):
                said = [row.text(label) for label in _ASKED]
                whose[row.text("文件")] = (said[0], said[1], said[2])
    return Marks(stamped, whose, tuple(unknown), source.sha256)


def lay_out_reported(
    rows: Sequence[ReportedRow],
    unknown: Sequence[tuple[str, str]],
    *,
    as_of: dt.date,
    typed: Mapping[str, tuple[str, str, str]] | None = None,
) -> bytes:
    """Lay out the page, and a second one with the files that belong to no form and why.

    Args:
        rows: Where each form stands.
        unknown: Files that were not taken, and why.
        as_of: The day.
        typed: What a clerk wrote beside such a file and could not be used yet.
    """
    counts = {
        state: sum(row.state == state for row in rows) for state in dict.fromkeys(r.state for r in rows)
    }
    said = "，".join(f"{state} {n}" for state, n in counts.items()) or "还没有下发填报表"
    pages = [
        TableSheet(
            "报送情况",
            "各单位报送情况",
            (
                f"截至{as_of.isoformat()}：{said}。本表由程序生成，每次收表汇总后更新。",
                f"收到纸质盖章件的，在“盖章件”栏选“{CAME}”，保存关闭后再运行 tracker take-back；其余栏目请勿填写。",
            ),
            (
                TableColumn("期次", 12, ours=True),
                TableColumn("单位", 24, ours=True),
                TableColumn("状态", 18, ours=True),
                TableColumn("按时", 8, ours=True),
                TableColumn("盖章件", 9, choices=(CAME, GONE)),
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
                    row.stamped,
                    row.at,
                    row.signed,
                    row.points,
                    row.token,
                    row.file,
                    row.reason,
                )
                for row in rows
            ),
            tones={(n, 2): TONES[row.state] for n, row in enumerate(rows) if row.state in TONES},
        )
    ]
    if unknown:
        pages.append(
            TableSheet(
                "未收的文件",
                "没有收进台账的文件",
                (
                    "这些文件原样留在“各单位报送”里，没有改动；请按原因处理。",
                    "照片、扫描件等请写明是哪个单位的、属于什么（期次空着就是最近一期），保存关闭后再运行 tracker take-back；"
                    "也可以直接放进以单位名称命名的文件夹。",
                ),
                (
                    TableColumn("文件", 36, ours=True),
                    TableColumn("原因", 60, ours=True),
                    TableColumn("是哪个单位的", 20),
                    TableColumn("期次", 12),
                    TableColumn("属于", 12, choices=tuple(WORDS)),
                ),
                tuple((*each, *(typed or {}).get(each[0], ("", "", ""))) for each in unknown),
            )
        )
    return lay_out(pages)
