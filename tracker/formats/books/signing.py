"""督办/送签单.xlsx: where a person signs off what may leave, and marks what left by other means.

One row for each official slip. The office sets 状态 (已签发, 已发, 作废) and, where its OA gives one, 文号; gaps in numbers are
allowed. It may sort the rows, move columns and add its own: rows are found by 编号, columns by their heads
(`reading.answers`). New slips go below the last row; of the rows that are there only the state of what has
left is brought up to date, everything else in the file stays as it is.

A row with 编号 全部 decides a whole 种类 at once: its 状态 (已签发 or 已发) and its day hold for the drafts of that 种类 that
stand above it and were drafted by that day, and are written into their rows. 作废 stays, and what is drafted later stands
below it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from tracker.columns import Column, ColumnKind, Owner
from tracker.days import day_of
from tracker.formats.books.tables import append_of, lay_out, rows_under
from tracker.formats.patch import Append, Edit
from tracker.grid import Source, Value, as_text
from tracker.problems.base import Finding
from tracker.problems.chase import BAD_DAY, BAD_STATE, ROW_TWICE, ROW_WITHOUT_ID, TIER_UNCLEAR
from tracker.reading.answers import ListColumn, TableRow, identifier, list_in
from tracker.table import Table
from tracker.tiers import SlipState, document_number
from tracker.values import dataclass

SHEET = "送签单"
# What stands under 编号 in a row for all drafts of a 种类.
ALL = "全部"
WAYS = ("OA", "电话", "微信群", "当面", "邮件")
_STATES = {state.label: state for state in SlipState}
_DAY = "签发或发出日期"
_READ = (
    ListColumn("编号", is_needed=True),
    ListColumn("状态", ("签发状态", "办理状态"), is_needed=True),
    ListColumn("文号", ("发文字号", "发文文号")),
    ListColumn("发送方式", ("发出方式", "方式")),
    ListColumn(_DAY, ("签发日期", "发出日期", "签发或发出时间")),
)


@dataclass(frozen=True, slots=True)
class SigningRow:
    """One slip: what it is, and what a person decided about it.

    Attributes:
        state: None where the cell is empty or holds none of the four words: no statement.
        number: What the office's OA gave; empty where it gave none.
        by: How it left.
        on: When it was signed or sent.
        place: Of the state.
        row: 0-based; -1 for a row that is not in the workbook yet.
        is_of_tier: Whether the state is that of a row for the whole 种类.
        notes: How a word or a day was understood that is written otherwise.
    """

    document: str
    tier: str
    unit: str
    points: str
    draft_day: dt.date
    file: str
    state: SlipState | None = SlipState.DRAFTED
    number: str = ""
    by: str = ""
    on: dt.date | None = None
    serial: str = ""
    place: str = ""
    row: int = -1
    is_of_tier: bool = False
    notes: tuple[Finding, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class SigningBook:
    """The workbook as it was read.

    Attributes:
        rows: Those that can be used.
        findings: What is wrong with the others.
        documents: Every slip that has a row, usable or not.
        sheet: Name of the sheet.
        columns: Where each column stands, by its head; None where no sheet has the heads.
        sha: Hash of the file.
    """

    rows: tuple[SigningRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    documents: frozenset[str] = frozenset()
    sheet: str = ""
    columns: Mapping[str, int] | None = None
    sha: str = ""


def lay_out_signing(rows: Sequence[SigningRow]) -> bytes:
    """Lay out a new workbook."""
    sheet = Table(
        name=SHEET,
        title="送签单",
        notes=(
            "交办单、催办单、督办通知单、督查通报、约谈建议都是拟稿，签发之前不会发出。核对后把“状态”改为“已签发”；不发的改为“作废”。",
            "自行通过 OA、电话、微信群发出的，把“状态”改为“已发”，写明发送方式和日期。办文系统另给文号的填在“文号”，可以不连号。"
            f"同一种类一起签发的，在最后一行下面写一行：“编号”写“{ALL}”，并写种类、状态和日期；已作废的和以后新拟的不受影响。",
        ),
        columns=_COLUMNS,
        rows=rows_under(_COLUMNS, [_values(row) for row in rows]),
    )
    return lay_out((sheet,))


_COLUMNS = (
    Column("编号", 8, Owner.COMPUTED),
    Column("单号", 16, Owner.COMPUTED),
    Column("种类", 8, Owner.COMPUTED),
    Column("单位", 22, Owner.COMPUTED),
    Column("涉及事项", 46, Owner.COMPUTED),
    Column("拟稿日期", 12, Owner.COMPUTED),
    Column("文件", 46, Owner.COMPUTED),
    Column("状态", 10, choices=tuple(_STATES)),
    Column("文号", 22),
    Column("发送方式", 14, choices=WAYS),
    Column(_DAY, 16, kind=ColumnKind.DATE),
)


def read_signing(source: Source) -> SigningBook:
    """What a person decided, row by row; a word that is no state is a finding at its cell and no statement."""
    table = list_in(source, _READ)
    findings = list(table.findings)
    entries = [entry for row in table.rows for entry in _row(row, findings)]
    of_tiers = [entry for entry in entries if entry.document == ALL]
    for entry in of_tiers:
        if entry.state not in (SlipState.SIGNED, SlipState.SENT) or entry.on is None:
            findings.append(TIER_UNCLEAR.at(entry.place, tier=entry.tier or "种类"))
    rows = [_decided_by_tier(entry, of_tiers) for entry in entries if entry.document != ALL]
    by_document: dict[str, list[SigningRow]] = {}
    for row in rows:
        by_document.setdefault(row.document, []).append(row)
    for document, same in by_document.items():
        if len({_statement(entry) for entry in same}) > 1:
            findings.append(ROW_TWICE.at(same[-1].place, document=document, other=same[0].place))
    rows = [row for row in rows if len({_statement(entry) for entry in by_document[row.document]}) == 1]
    return SigningBook(
        tuple(rows), tuple(findings), frozenset(by_document), table.sheet, table.columns, source.sha256
    )


def _decided_by_tier(row: SigningRow, of_tiers: Sequence[SigningRow]) -> SigningRow:
    """A draft as the row for its whole 种类 says; any other row as it is."""
    decision = next(
        (
            entry
            for entry in of_tiers
            if entry.tier == row.tier
            and entry.state in (SlipState.SIGNED, SlipState.SENT)
            and entry.on is not None
            and row.row < entry.row
            and row.draft_day <= entry.on
        ),
        None,
    )
    if decision is None or row.state is not SlipState.DRAFTED:
        return row
    return replace(
        row,
        state=decision.state,
        on=decision.on,
        by=row.by or decision.by,
        is_of_tier=True,
        notes=decision.notes,
    )


def _statement(row: SigningRow) -> tuple[object, ...]:
    """What a person states in a row."""
    return row.state, row.number, row.by, row.on


def _row(row: TableRow, findings: list[Finding]) -> Iterator[SigningRow]:
    document, word = identifier(row.text("编号")), row.text("状态")
    day = row.cells.get(_DAY)
    if not document:
        text = word or row.text("文号") or as_text(day).strip()
        if text:
            findings.append(ROW_WITHOUT_ID.at(row.places["编号"], text=text, label="编号"))
        return
    notes: list[Finding] = []
    state = _STATES.get(row.choice("状态", _STATES, notes))
    if word and state is None:
        findings.append(BAD_STATE.at(row.places["状态"], text=word, document=document))
    on = row.day(_DAY, notes)
    if on is None and as_text(day).strip():
        findings.append(BAD_DAY.at(row.places[_DAY], text=as_text(day).strip(), document=document))
    yield SigningRow(
        document=document,
        tier=row.text("种类"),
        unit=row.text("单位"),
        points=row.text("涉及事项"),
        draft_day=day_of(row.cells.get("拟稿日期")) or dt.date.min,
        file=row.text("文件"),
        state=state,
        number=document_number(row.text("文号")),
        by=row.text("发送方式"),
        on=on,
        serial=row.text("单号"),
        place=row.places["状态"],
        row=row.row,
        notes=tuple(notes),
    )


def signing_changes(
    book: SigningBook, slips: Sequence[SigningRow]
) -> tuple[tuple[Edit, ...], tuple[Append, ...]]:
    """What brings the workbook up to date: 已发 where a slip has left since, and rows that are missing."""
    if book.columns is None:
        return (), ()
    have = {row.document: row for row in book.rows}
    edits = []
    for row in slips:
        there = have.get(row.document)
        if there is not None and there.is_of_tier and there.state is not None:
            edits.append(Edit(book.sheet, there.row, book.columns["状态"], there.state.label))
            if _DAY in book.columns:
                edits.append(Edit(book.sheet, there.row, book.columns[_DAY], there.on))
        elif there is not None and row.state is SlipState.SENT and there.state is SlipState.SIGNED:
            edits.append(Edit(book.sheet, there.row, book.columns["状态"], SlipState.SENT.label))
            if _DAY in book.columns and there.on is None:
                edits.append(Edit(book.sheet, there.row, book.columns[_DAY], row.on))
    new = [row for row in slips if row.document not in book.documents]
    if not new:
        return tuple(edits), ()
    like = max((row.row for row in book.rows), default=None)
    values = [_values(row) for row in new]
    return tuple(edits), (append_of(book.sheet, book.columns, _COLUMNS, values, like=like),)


def decide_all(
    book: SigningBook,
    state: SlipState,
    *,
    on: dt.date,
    by: str = "",
    slips: frozenset[str] | None = None,
) -> tuple[Edit, ...]:
    """The edits of a person who decides about every draft at once, or about the slips that are named."""
    columns = book.columns or {}
    decision: dict[str, Value] = {"状态": state.label, "发送方式": by or None, _DAY: on}
    return tuple(
        Edit(book.sheet, row.row, columns[label], value)
        for row in book.rows
        if (row.state is SlipState.DRAFTED if slips is None else row.document in slips)
        for label, value in decision.items()
        if label in columns and value is not None
    )


def _values(row: SigningRow) -> dict[str, Value]:
    return {
        "编号": row.document,
        "单号": row.serial,
        "种类": row.tier,
        "单位": row.unit,
        "涉及事项": row.points,
        "拟稿日期": row.draft_day,
        "文件": row.file,
        "状态": (row.state or SlipState.DRAFTED).label,
        "文号": row.number,
        "发送方式": row.by,
        _DAY: row.on,
    }
