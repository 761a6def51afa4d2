"""The lists about a round that the office works with: 下发清单, 报送情况, 佐证清单, 待核对事项清单.

下发清单.xlsx: which unit got which form, to be ticked off as they are sent.

报送情况.xlsx: one page that says 已报, 未报, 未盖章, 待退回 and why, laid out anew at every run.

A clerk may tick 盖章件 where the stamped page came on paper, and say of a file that was not taken whose it is and
what; both are read before the page is laid out again.

佐证清单.xlsx: which file, picture or link shows what, and where its original lies.

待核对事项清单.xlsx: one row for each question, both texts beside each other, and a drop-down.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from tracker.columns import Column, Owner
from tracker.formats.books.answers import rows_of
from tracker.formats.books.tables import ListSheet, lay_out, rows_under
from tracker.formats.patch import Append
from tracker.forms import CONFLICT_CHOICES, KEEP_OURS, PAPER_WORDS, TAKE_THEIRS, WRITE_OTHER, Question
from tracker.grid import Source
from tracker.problems.base import Severity
from tracker.table import Table
from tracker.values import dataclass


@dataclass(frozen=True, slots=True)
class HandOutRow:
    """One form that was handed out; `no` is its place in the list."""

    unit: str
    token: str
    points: int
    file: str
    due: dt.date
    contact: str = ""
    phone: str = ""
    no: int = 0


HAND_OUT = ListSheet[HandOutRow](
    "下发清单",
    "填报表清单",
    ("发给哪个单位、哪一份文件；发出后在“发出”“签收”栏打勾。补发的接在最后一行下面。",),
    (
        Column("序号", 6, Owner.COMPUTED, name="no"),
        Column("单位", 24, Owner.COMPUTED, name="unit"),
        Column("文件", 34, Owner.COMPUTED, name="file"),
        Column("表号", 14, Owner.COMPUTED, name="token"),
        Column("事项数", 8, Owner.COMPUTED, name="points"),
        Column("截止日期", 12, Owner.COMPUTED, name="due"),
        Column("联络员", 12, name="contact"),
        Column("电话", 16, name="phone"),
        Column("发出", 8, choices=("✓",)),
        Column("签收", 8, choices=("✓",)),
    ),
)


def lay_out_hand_out(rows: Sequence[HandOutRow]) -> bytes:
    """Lay out the list."""
    return HAND_OUT.lay_out(_numbered_from(1, rows))


def missing_forms(source: Source, rows: Sequence[HandOutRow]) -> Append | None:
    """The rows that a list has not yet, to be put below its last one; None when it has them all."""
    for grid in source.grids:
        existing = list(rows_of(grid, ("表号", "单位")))
        if existing:
            tokens = {row.text("表号") for row in existing}
            new = [row for row in rows if row.token not in tokens]
            values = map(HAND_OUT.values, _numbered_from(len(existing) + 1, new))
            rows_below = rows_under(HAND_OUT.columns, values)
            return Append(grid.name, rows_below, like=existing[-1].row) if new else None
    return None


def _numbered_from(first: int, rows: Sequence[HandOutRow]) -> list[HandOutRow]:
    return [replace(row, no=n) for n, row in enumerate(rows, start=first)]


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
    "待退回": Severity.ERROR,
    "未报": Severity.WARNING,
    "未盖章": Severity.WARNING,
    "缺原件": Severity.WARNING,
    "已报（部分未采用）": Severity.WARNING,
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


REPORTING = ListSheet[ReportingRow](
    "报送情况",
    "各单位报送情况",
    (f"收到纸质盖章件的，在“盖章件”栏选“{CAME}”，保存关闭后再“收表”一次；其余栏目请勿填写。",),
    (
        Column("期次", 12, Owner.COMPUTED, name="round"),
        Column("单位", 24, Owner.COMPUTED, name="unit"),
        Column("状态", 18, Owner.COMPUTED, name="state"),
        Column("按时", 8, Owner.COMPUTED, name="timely"),
        Column("盖章件", 9, choices=(CAME, ABSENT), name="stamp"),
        Column("收到日期", 12, Owner.COMPUTED, name="at"),
        Column("填报人、审核人", 18, Owner.COMPUTED, name="signers"),
        Column("事项数", 8, Owner.COMPUTED, name="points"),
        Column("表号", 14, Owner.COMPUTED, name="token"),
        Column("文件", 30, Owner.COMPUTED, name="file"),
        Column("需要处理", 60, Owner.COMPUTED, name="reason"),
    ),
)


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
    sentence = "，".join(f"{state} {n}" for state, n in counts.items()) or "还没有印发填报表"
    table = REPORTING.table(rows)
    count = f"截至{as_of.isoformat()}：{sentence}。本表由程序生成，每次收表汇总后更新。"
    tones = {(n, 2): TONES[row.state] for n, row in enumerate(rows) if row.state in TONES}
    pages = [replace(table, notes=(count, *table.notes), tones=tones)]
    if stray_files:
        pages.append(
            Table(
                name="未收的文件",
                title="没有收进台账的文件",
                notes=(
                    "这些文件原样留在“各单位报送”里，没有改动；请按原因处理。",
                    "照片、扫描件等请写明是哪个单位的、属于什么（期次空着就是最近一期），表号丢失的填报表只写明单位，保存关闭后再“收表”一次；"
                    "也可以直接放进以单位名称命名的文件夹。",
                ),
                columns=(
                    Column("文件", 36, Owner.COMPUTED),
                    Column("原因", 60, Owner.COMPUTED),
                    Column("是哪个单位的", 20),
                    Column("期次", 12),
                    Column("属于", 12, choices=tuple(PAPER_WORDS)),
                ),
                rows=tuple((*file, *(remarks or {}).get(file[0], ("", "", ""))) for file in stray_files),
            )
        )
    return lay_out(pages)


@dataclass(frozen=True, slots=True)
class EvidenceListRow:
    """One row, in words."""

    point_id: str
    requirement: str
    unit: str
    round: str
    name: str
    state: str
    source: str
    place: str
    original: str


EVIDENCE_LIST = ListSheet[EvidenceListRow](
    "佐证清单",
    "佐证材料清单",
    (
        "各单位报来的佐证材料：填报表里的图片和链接、“各单位报送/单位/佐证…”文件夹里的文件、填报表“佐证材料”栏写到的。",
        "“未收到”是单位写了文件名而没有报来的；没有事项编号的，是对不上任何一项的。本表由程序生成，请勿填写。",
    ),
    (
        Column("事项编号", 10, Owner.COMPUTED, name="point_id"),
        Column("具体要求", 36, Owner.COMPUTED, name="requirement"),
        Column("单位", 18, Owner.COMPUTED, name="unit"),
        Column("期次", 12, Owner.COMPUTED, name="round"),
        Column("佐证材料", 36, Owner.COMPUTED, name="name"),
        Column("情况", 10, Owner.COMPUTED, name="state"),
        Column("来源", 10, Owner.COMPUTED, name="source"),
        Column("位置", 16, Owner.COMPUTED, name="place"),
        Column("原件留存", 40, Owner.COMPUTED, name="original"),
    ),
)


def lay_out_evidence(rows: Sequence[EvidenceListRow]) -> bytes:
    """Lay out the list."""
    return EVIDENCE_LIST.lay_out(rows)


_NO, _CHOICE, _OTHER = QUESTION_HEADS = ("编号", "处理意见", "另行填写的内容")


_QUESTIONS = ListSheet[Question](
    "待核对事项",
    "待核对事项清单",
    (
        "一格内容两边都改过的，或者单位填的拿不准是什么意思的，都在下面，等您选定；选定之前台账保持原样。",
        f"请在“{_CHOICE}”里选一项（选“{WRITE_OTHER}”的，把文字写在右边一栏），保存关闭后“处理核对”（工作台里是“按清单处理”）。",
        f"栏目写“以哪份为准”的，是同一单位的两份报表：选“{TAKE_THEIRS}”就整份改用新收的，选“{KEEP_OURS}”就仍用先收的。"
        "栏目写“要登记的方案”“这一栏填什么”等的，“原因”里写着可以怎样回答。",
    ),
    (
        Column(_NO, 8, Owner.COMPUTED, name="conflict"),
        Column("事项", 34, Owner.COMPUTED, name="point"),
        Column("单位", 16, Owner.COMPUTED, name="unit"),
        Column("期次", 12, Owner.COMPUTED, name="round"),
        Column("栏目", 14, Owner.COMPUTED, name="column"),
        Column("印发时", 24, Owner.COMPUTED, name="base"),
        Column("台账现有", 34, Owner.COMPUTED, name="ours"),
        Column("新报送的", 34, Owner.COMPUTED, name="theirs"),
        Column("原因", 18, Owner.COMPUTED, name="why"),
        Column(_CHOICE, 14, choices=CONFLICT_CHOICES),
        Column(_OTHER, 34),
    ),
)


def lay_out_questions(
    questions: Sequence[Question], decisions: Mapping[str, tuple[str, str]] | None = None
) -> bytes:
    """Lay out the list; `decisions` are decisions typed already: choice and text by conflict."""
    return lay_out((questions_sheet(questions, decisions or {}),))


def questions_sheet(questions: Sequence[Question], choices: Mapping[str, tuple[str, str]]) -> Table:
    """The list as a sheet, with the choices and texts that were typed already."""
    table = _QUESTIONS.table(questions)
    decisions = (choices.get(question.conflict, ("", "")) for question in questions)
    return replace(
        table, rows=tuple((*row[:-2], *words) for row, words in zip(table.rows, decisions, strict=True))
    )


def read_decisions(source: Source) -> dict[str, tuple[str, str]]:
    """What somebody typed: choice and text by conflict, where either is filled in."""
    decisions = {}
    for grid in source.grids:
        for row in rows_of(grid, (_NO, _CHOICE, _OTHER)):
            other = row.cells.get(_OTHER)
            text = other if isinstance(other, str) else row.text(_OTHER)
            if row.text(_NO) and (row.text(_CHOICE) or text.strip()):
                decisions[row.text(_NO)] = (row.text(_CHOICE), text)
    return decisions
