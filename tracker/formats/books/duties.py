"""台账/通知要求.xlsx: what the covering letters ask beside their tables, and what became of it.

One row for one duty. 办理情况, 办结日期 and 备注 belong to the office; the rest is the program's. Rows are found by 编号,
columns by their heads. A row that was taken out is no statement; an emptied 办理情况 takes the word back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import field

from tracker.columns import Column, ColumnKind, Owner
from tracker.formats.books.tables import append_of, lay_out, rows_under
from tracker.formats.patch import Append
from tracker.grid import Source, Value
from tracker.problems.base import Finding
from tracker.problems.chase import BAD_DUTY_WORD
from tracker.reading.answers import ListColumn, identifier, list_in
from tracker.table import Table
from tracker.values import dataclass

SHEET = "通知要求"
_READ = (
    ListColumn("编号", is_needed=True),
    ListColumn("办理情况", ("是否办结", "状态"), is_needed=True),
    ListColumn("办结日期", ("完成日期",)),
    ListColumn("备注"),
)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A row: the duty as the letter states it, and what the office says became of it."""

    id: str
    what: str = ""
    addressee: str = ""
    limit: str = ""
    source: str = ""
    word: str = ""
    on: dt.date | None = None
    note: str = ""
    place: str = ""
    notes: tuple[Finding, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class DutyBook:
    """The workbook as it was read; `findings` say what is wrong with it."""

    rows: tuple[DutyRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    ids: frozenset[str] = frozenset()
    sheet: str = ""
    last_row: int | None = None
    columns: tuple[tuple[str, int], ...] = ()
    sha: str = ""


def _columns(words: Sequence[str]) -> tuple[Column, ...]:
    return (
        Column("编号", 12, Owner.COMPUTED),
        Column("通知要求", 56, Owner.COMPUTED),
        Column("对象", 26, Owner.COMPUTED),
        Column("时限", 18, Owner.COMPUTED),
        Column("来源", 34, Owner.COMPUTED),
        Column("办理情况", 12, choices=tuple(words)),
        Column("办结日期", 13, kind=ColumnKind.DATE),
        Column("备注", 30),
    )


def lay_out_duties(rows: Sequence[DutyRow], words: Sequence[str]) -> bytes:
    """Lay out a new workbook; `words` are what 办理情况 may say."""
    columns = _columns(words)
    sheet = Table(
        name=SHEET,
        title="通知要求",
        notes=(
            "印发通知在任务表以外提出的、有时限的要求（如制定本单位方案、报送书面报告），每项一行，不计入任务事项和完成率。",
            "办完的在“办理情况”选“已办结”并填日期，取消的选“不再要求”；保存后下次运行时记入台账。灰色各栏由程序填写。",
        ),
        columns=columns,
        rows=rows_under(columns, [_values(row) for row in rows]),
    )
    return lay_out((sheet,))


def read_duties_book(source: Source, words: Sequence[str]) -> DutyBook:
    """What the office says, row by row; a word that is none of `words` is a finding, and nothing of its row counts."""
    table = list_in(source, _READ)
    findings = list(table.findings)
    rows: dict[str, DutyRow] = {}
    ids = set()
    for row in table.rows:
        number = identifier(row.text("编号"))
        if not number:
            continue
        ids.add(number)
        text = row.text("办理情况")
        notes: list[Finding] = []
        word = row.choice("办理情况", words, notes)
        if text and not word:
            findings.append(BAD_DUTY_WORD.at(row.places["办理情况"], text=text, words="、".join(words)))
            continue
        rows[number] = DutyRow(
            number,
            word=word,
            on=row.day("办结日期", notes),
            note=row.text("备注"),
            place=row.places["办理情况"],
            notes=tuple(notes),
        )
    return DutyBook(
        tuple(rows.values()),
        tuple(findings),
        frozenset(ids),
        table.sheet,
        max((row.row for row in table.rows), default=None),
        tuple((table.columns or {}).items()),
        source.sha256,
    )


def missing_duties(book: DutyBook, rows: Sequence[DutyRow]) -> Append | None:
    """The duties that the workbook does not list yet; None when it lists all."""
    new = [row for row in rows if row.id not in book.ids]
    if not new or not book.sheet:
        return None
    return append_of(
        book.sheet, dict(book.columns), _columns(()), [_values(row) for row in new], like=book.last_row
    )


def _values(row: DutyRow) -> dict[str, Value]:
    return {
        "编号": row.id,
        "通知要求": row.what,
        "对象": row.addressee,
        "时限": row.limit,
        "来源": row.source,
        "办理情况": row.word or None,
        "办结日期": row.on,
        "备注": row.note or None,
    }
