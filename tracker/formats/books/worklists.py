"""Lists that an office works off: 送签单, 电话记录, 通知要求. Rows are found by 编号, columns by their heads (`answers`).

督办/送签单.xlsx is where a person signs off what may leave, and marks what left by other means: one row for each official slip. The office sets 状态 (已签发, 已发, 作废) and, where its OA gives one, 文号; gaps in numbers are
allowed. It may sort the rows, move columns and add its own. New slips go below the last row; of the rows that are there only the
state of what has left is brought up to date, everything else in the file stays as it is.

A row with 编号 全部 decides a whole 种类 at once: its 状态 (已签发 or 已发) and its day hold for the drafts of that 种类 that
stand above it and were drafted by that day, and are written into their rows. 作废 stays, and what is drafted later stands
below it.

督办/电话记录.xlsx has one row for a unit and a day on which a slip was drafted for it, the newest on top. 接话人, 答复 and 通话时间
belong to the person who called; they are taken back as events.

台账/通知要求.xlsx has one row for what a covering letter asks beside its table. 办理情况, 办结日期 and 备注 belong to the office. A
row that was taken out is no statement; an emptied 办理情况 takes the word back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from tracker.columns import Column, ColumnKind, Owner
from tracker.days import day_of
from tracker.formats.books.answers import ListColumn, TableRow, identifier, list_in
from tracker.formats.books.tables import ListBook, ListSheet
from tracker.formats.patch import Append, Edit
from tracker.grid import Source, Value, as_text
from tracker.problems.base import Finding
from tracker.problems.chase import (
    BAD_DAY,
    BAD_DUTY_WORD,
    BAD_STATE,
    CALL_TWICE,
    ROW_TWICE,
    ROW_WITHOUT_ID,
    TIER_UNCLEAR,
)
from tracker.problems.files import CannotPatch
from tracker.tiers import SlipState, document_number
from tracker.values import dataclass

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

    @property
    def word(self) -> str:
        """The state as it is written."""
        return (self.state or SlipState.DRAFTED).label


SIGNING = ListSheet[SigningRow](
    "送签单",
    "送签单",
    (
        "交办单、催办单、督办通知单、督查通报、约谈建议都是拟稿，签发之前不会发出。核对后把“状态”改为“已签发”；不发的改为“作废”。",
        "自行通过 OA、电话、微信群发出的，把“状态”改为“已发”，写明发送方式和日期。办文系统另给文号的填在“文号”，可以不连号。"
        f"同一种类一起签发的，在最后一行下面写一行：“编号”写“{ALL}”，并写种类、状态和日期；已作废的和以后新拟的不受影响。",
    ),
    (
        Column("编号", 8, Owner.COMPUTED, name="document"),
        Column("单号", 16, Owner.COMPUTED, name="serial"),
        Column("种类", 8, Owner.COMPUTED, name="tier"),
        Column("单位", 22, Owner.COMPUTED, name="unit"),
        Column("涉及事项", 46, Owner.COMPUTED, name="points"),
        Column("拟稿日期", 12, Owner.COMPUTED, name="draft_day"),
        Column("文件", 46, Owner.COMPUTED, name="file"),
        Column("状态", 10, choices=tuple(_STATES), name="word"),
        Column("文号", 22, name="number"),
        Column("发送方式", 14, choices=WAYS, name="by"),
        Column(_DAY, 16, kind=ColumnKind.DATE, name="on"),
    ),
)


def lay_out_signing(rows: Sequence[SigningRow]) -> bytes:
    """Lay out a new workbook."""
    return SIGNING.lay_out(rows)


def read_signing(source: Source) -> ListBook[SigningRow]:
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
    return ListBook.of(table, rows, findings, by_document, source.sha256)


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
    book: ListBook[SigningRow], slips: Sequence[SigningRow]
) -> tuple[tuple[Edit, ...], tuple[Append, ...]]:
    """What brings the workbook up to date: 已发 where a slip has left since, and rows that are missing."""
    if not book.sheet:
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
    new = [SIGNING.values(row) for row in slips if row.document not in book.ids]
    slip_rows = replace(book, lines=tuple(row.row for row in book.rows))  # none for a whole 种类
    return tuple(edits), (slip_rows.append(SIGNING.columns, new),) if new else ()


def decide_all(
    book: ListBook[SigningRow],
    state: SlipState,
    *,
    on: dt.date,
    by: str = "",
    slips: frozenset[str] | None = None,
) -> tuple[Edit, ...]:
    """The edits of a person who decides about every draft at once, or about the slips that are named."""
    columns = book.columns
    decision: dict[str, Value] = {"状态": state.label, "发送方式": by or None, _DAY: on}
    return tuple(
        Edit(book.sheet, row.row, columns[label], value)
        for row in book.rows
        if (row.state is SlipState.DRAFTED if slips is None else row.document in slips)
        for label, value in decision.items()
        if label in columns and value is not None
    )


_CALLS_FILE = "电话记录.xlsx"
_READ_CALLS = (
    ListColumn("编号", is_needed=True),
    ListColumn("接话人", ("接听人", "接电话人")),
    ListColumn("答复", ("答复情况", "答复内容", "回复"), is_needed=True),
    ListColumn("通话时间", ("通话日期", "时间")),
)


@dataclass(frozen=True, slots=True)
class CallRow:
    """A row: what to call about, and what was answered."""

    document: str
    day: dt.date
    unit: str
    contact: str
    tier: str
    about: str
    due: str
    who: str = ""
    answer: str = ""
    at: str = ""
    place: str = ""

    @property
    def statement(self) -> tuple[str, ...]:
        """What the person who called wrote; empty when that was nothing."""
        texts = (self.who, self.answer, self.at)
        return texts if any(texts) else ()


CALLS = ListSheet[CallRow](
    "电话记录",
    "电话催办记录",
    ("打完电话填“接话人”“答复”“通话时间”三栏，保存即可；下次运行时记入台账。灰色各栏由程序填写。",),
    (
        Column("编号", 8, Owner.COMPUTED, name="document"),
        Column("日期", 12, Owner.COMPUTED, name="day"),
        Column("催办单位", 22, Owner.COMPUTED, name="unit"),
        Column("联系人及电话", 22, Owner.COMPUTED, name="contact"),
        Column("种类", 8, Owner.COMPUTED, name="tier"),
        Column("事项", 50, Owner.COMPUTED, name="about"),
        Column("时限", 16, Owner.COMPUTED, name="due"),
        Column("接话人", 12, name="who"),
        Column("答复", 40, name="answer"),
        Column("通话时间", 18, name="at"),
    ),
)


def lay_out_calls(rows: Sequence[CallRow]) -> bytes:
    """Lay out a new workbook."""
    return CALLS.lay_out(sorted(rows, key=lambda row: row.day, reverse=True))


def read_calls(source: Source) -> ListBook[CallRow]:
    """What was answered, row by row; a call that is listed twice with two answers counts in neither."""
    table = list_in(source, _READ_CALLS)
    findings = list(table.findings)
    rows: dict[str, list[CallRow]] = {}
    for row in table.rows:
        document = identifier(row.text("编号"))
        if document:
            rows.setdefault(document, []).append(_call_row(document, row))
        elif row.text("接话人") or row.text("答复"):
            text = row.text("答复") or row.text("接话人")
            findings.append(ROW_WITHOUT_ID.at(row.places["编号"], text=text, label="编号"))
    calls = []
    for document, same in rows.items():
        statements = [call for call in same if call.statement]
        if len({call.statement for call in statements}) > 1:
            findings.append(CALL_TWICE.at(statements[-1].place, document=document, other=statements[0].place))
        else:
            calls.append((statements or same)[0])
    return ListBook.of(table, calls, findings, rows, source.sha256)


def _call_row(document: str, row: TableRow) -> CallRow:
    return CallRow(
        document=document,
        day=dt.date.min,
        unit=row.text("催办单位"),
        contact=row.text("联系人及电话"),
        tier=row.text("种类"),
        about=row.text("事项"),
        due=row.text("时限"),
        who=row.text("接话人"),
        answer=row.text("答复"),
        at=as_text(row.cells.get("通话时间")).strip(),
        place=row.places["答复"],
    )


def add_calls(data: bytes, book: ListBook[CallRow], calls: Sequence[CallRow]) -> bytes:
    """The workbook with the calls that it does not list yet on top, the others as a person left them.

    Where rows cannot be moved without harm (somebody commented on one) the new ones stay below.

    Raises:
        CannotPatch: It cannot be changed at all.
    """
    new = sorted(
        (row for row in calls if row.document not in book.ids), key=lambda row: row.day, reverse=True
    )
    if not new or not book.sheet:
        return data
    from tracker.formats.patch import describe, order_rows, patch

    below = next(parts.last_row for parts in describe(data) if parts.name == book.sheet) + 1
    append = book.append(CALLS.columns, map(CALLS.values, new))
    data = patch(data, (), (append,), name=_CALLS_FILE)
    try:
        order = (*range(below, below + len(new)), *range(min(book.lines, default=below), below))
        return order_rows(data, book.sheet, order, name=_CALLS_FILE)
    except CannotPatch:
        return data


_READ_DUTIES = (
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


def _duties(words: Sequence[str] = ()) -> ListSheet[DutyRow]:
    """The list; `words` are what 办理情况 may say."""
    return ListSheet(
        "通知要求",
        "通知要求",
        (
            "印发通知在任务表以外提出的、有时限的要求（如制定本单位方案、报送书面报告），每项一行，不计入任务事项和完成率。",
            "办完的在“办理情况”选“已办结”并填日期，取消的选“不再要求”；保存后下次运行时记入台账。灰色各栏由程序填写。",
        ),
        (
            Column("编号", 12, Owner.COMPUTED, name="id"),
            Column("通知要求", 56, Owner.COMPUTED, name="what"),
            Column("对象", 26, Owner.COMPUTED, name="addressee"),
            Column("时限", 18, Owner.COMPUTED, name="limit"),
            Column("来源", 34, Owner.COMPUTED, name="source"),
            Column("办理情况", 12, choices=tuple(words), name="word"),
            Column("办结日期", 13, kind=ColumnKind.DATE, name="on"),
            Column("备注", 30, name="note"),
        ),
    )


def lay_out_duties(rows: Sequence[DutyRow], words: Sequence[str]) -> bytes:
    """Lay out a new workbook; `words` are what 办理情况 may say."""
    return _duties(words).lay_out(rows)


def read_duties_book(source: Source, words: Sequence[str]) -> ListBook[DutyRow]:
    """What the office says, row by row; a word that is none of `words` is a finding, and nothing of its row counts."""
    table = list_in(source, _READ_DUTIES)
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
    return ListBook.of(table, rows.values(), findings, ids, source.sha256)


def missing_duties(book: ListBook[DutyRow], rows: Sequence[DutyRow]) -> Append | None:
    """The duties that the workbook does not list yet; None when it lists all."""
    duties = _duties()
    new = [duties.values(row) for row in rows if row.id not in book.ids]
    return book.append(duties.columns, new) if new and book.sheet else None
