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

from tracker.files.lists.books import BookColumn
from tracker.files.lists.books import BookSheet
from tracker.files.lists.books import Tone
from tracker.files.lists.books import lay_out
from tracker.grid import Source
from tracker.reading.sheets.labelled import rows_of
from tracker.rules.returns.attached import PAPER_WORDS


@dataclass(frozen=True, slots=True)
class ReportingRow:
    """Where one form stands, in words."""

    round: str
    unit: str
    token: str
    points: int
    state: str
    at: dt.date | None
    timely: str
    signers: str
    file: str
    reason: str
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a clerk wrote on the page.

    Attributes:
        stamps: 已收 or 未收 by 表号.
        whose: Unit, round and what by file, where a unit is named.
        stray_files: The files that the page lists as not taken, and why.
        sha: Hash of the page.
    """

    stamps: Mapping[str, str] = field(default_factory=dict)
    whose: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    stray_files: tuple[tuple[str, str], ...] = ()
    sha: str = ""


CAME, ABSENT = "已收", "未收"
# What needs somebody, and how urgently.
TONES = {
    "应退回": Tone.ERROR,
    "未报": Tone.WARNING,
    "缺盖章": Tone.WARNING,
    "缺原件": Tone.WARNING,
    "已报（部分未采用）": Tone.WARNING,
}
_OWNER_HEADS = ("是哪个单位的", "期次", "属于")


def read_marks(source: Source) -> Marks:
    """Read what a clerk wrote on the page."""
    stamps: dict[str, str] = {}
    whose: dict[str, tuple[str, str, str]] = {}
    stray_files: list[tuple[str, str]] = []
    for grid in source.grids:
        for row in rows_of(grid, ("表号", "盖章件")):
            if row.text("表号") and row.text("盖章件") in (CAME, ABSENT):
                stamps[row.text("表号")] = row.text("盖章件")
        for row in rows_of(grid, ("文件", "是哪个单位的", "属于")):
            stray_files.append((row.text("文件"), row.text("原因")))
            if any(row.text(label) for label in _OWNER_HEADS):
                texts = [row.text(label) for label in _OWNER_HEADS]
                whose[row.text("文件")] = (texts[0], texts[1], texts[2])
    return Marks(stamps, whose, tuple(stray_files), source.sha256)


def lay_out_reporting(
    rows: Sequence[ReportingRow],
    stray_files: Sequence[tuple[str, str]],
    *,
    as_of: dt.date,
    remarks: Mapping[str, tuple[str, str, str]] | None = None,
) -> bytes:
    """Lay out the page, and a second one with the files that belong to no form and why.

    Args:
        rows: Where each form stands.
        stray_files: Files that were not taken, and why.
        as_of: The day.
        remarks: What a clerk wrote beside such a file and could not be used yet.
    """
    counts = {
        state: sum(row.state == state for row in rows) for state in dict.fromkeys(r.state for r in rows)
    }
    sentence = "，".join(f"{state} {n}" for state, n in counts.items()) or "还没有下发填报表"
    pages = [
        BookSheet(
            "报送情况",
            "各单位报送情况",
            (
                f"截至{as_of.isoformat()}：{sentence}。本表由程序生成，每次收表汇总后更新。",
                f"收到纸质盖章件的，在“盖章件”栏选“{CAME}”，保存关闭后再运行 tracker take-back；其余栏目请勿填写。",
            ),
            (
                BookColumn("期次", 12, ours=True),
                BookColumn("单位", 24, ours=True),
                BookColumn("状态", 18, ours=True),
                BookColumn("按时", 8, ours=True),
                BookColumn("盖章件", 9, choices=(CAME, ABSENT)),
                BookColumn("收到日期", 12, ours=True),
                BookColumn("填报人、审核人", 18, ours=True),
                BookColumn("事项数", 8, ours=True),
                BookColumn("表号", 14, ours=True),
                BookColumn("文件", 30, ours=True),
                BookColumn("需要处理", 60, ours=True),
            ),
            tuple(
                (
                    row.round,
                    row.unit,
                    row.state,
                    row.timely,
                    row.stamp,
                    row.at,
                    row.signers,
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
    if stray_files:
        pages.append(
            BookSheet(
                "未收的文件",
                "没有收进台账的文件",
                (
                    "这些文件原样留在“各单位报送”里，没有改动；请按原因处理。",
                    "照片、扫描件等请写明是哪个单位的、属于什么（期次空着就是最近一期），保存关闭后再运行 tracker take-back；"
                    "也可以直接放进以单位名称命名的文件夹。",
                ),
                (
                    BookColumn("文件", 36, ours=True),
                    BookColumn("原因", 60, ours=True),
                    BookColumn("是哪个单位的", 20),
                    BookColumn("期次", 12),
                    BookColumn("属于", 12, choices=tuple(PAPER_WORDS)),
                ),
                tuple((*file, *(remarks or {}).get(file[0], ("", "", ""))) for file in stray_files),
            )
        )
    return lay_out(pages)
