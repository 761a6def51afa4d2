"""督办/电话记录.xlsx: whom to call about what, and who answered what (催办单位、接话人、事项、答复、时间).

One row for a unit and a day on which a slip was drafted for it, the newest on top. 接话人, 答复 and 通话时间 belong to the person who
called; they are taken back as events. Rows are found by 编号, columns by their heads.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tracker.columns import Column, Owner
from tracker.formats.books.tables import append_of, lay_out, rows_under
from tracker.grid import Source, Value, as_text
from tracker.problems.base import Finding
from tracker.problems.chase import CALL_TWICE, ROW_WITHOUT_ID
from tracker.problems.files import CannotPatch
from tracker.reading.answers import ListColumn, TableRow, identifier, list_in
from tracker.table import Table
from tracker.values import dataclass

NAME, SHEET = "电话记录.xlsx", "电话记录"
_READ = (
    ListColumn("编号", is_needed=True),
    ListColumn("接话人", ("接听人", "接电话人")),
    ListColumn("答复", ("答复情况", "答复内容", "回复"), is_needed=True),
    ListColumn("通话时间", ("通话日期", "时间")),
)
_COLUMNS = (
    Column("编号", 8, Owner.COMPUTED),
    Column("日期", 12, Owner.COMPUTED),
    Column("催办单位", 22, Owner.COMPUTED),
    Column("联系人及电话", 22, Owner.COMPUTED),
    Column("种类", 8, Owner.COMPUTED),
    Column("事项", 50, Owner.COMPUTED),
    Column("时限", 16, Owner.COMPUTED),
    Column("接话人", 12),
    Column("答复", 40),
    Column("通话时间", 18),
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


@dataclass(frozen=True, slots=True)
class CallList:
    """The workbook as it was read; `findings` say what is wrong with it, `lines` are its rows (0-based)."""

    rows: tuple[CallRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    documents: frozenset[str] = frozenset()
    sheet: str = ""
    lines: tuple[int, ...] = ()
    columns: tuple[tuple[str, int], ...] = ()
    sha: str = ""


def lay_out_calls(rows: Sequence[CallRow]) -> bytes:
    """Lay out a new workbook."""
    sheet = Table(
        name=SHEET,
        title="电话催办记录",
        notes=("打完电话填“接话人”“答复”“通话时间”三栏，保存即可；下次运行时记入台账。灰色各栏由程序填写。",),
        columns=_COLUMNS,
        rows=rows_under(
            _COLUMNS, [_values(row) for row in sorted(rows, key=lambda row: row.day, reverse=True)]
        ),
    )
    return lay_out((sheet,))


def read_calls(source: Source) -> CallList:
    """What was answered, row by row; a call that is listed twice with two answers counts in neither."""
    table = list_in(source, _READ)
    findings = list(table.findings)
    rows: dict[str, list[CallRow]] = {}
    for row in table.rows:
        document = identifier(row.text("编号"))
        if document:
            rows.setdefault(document, []).append(_row(document, row))
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
    return CallList(
        tuple(calls),
        tuple(findings),
        frozenset(rows),
        table.sheet,
        tuple(row.row for row in table.rows),
        tuple((table.columns or {}).items()),
        source.sha256,
    )


def _row(document: str, row: TableRow) -> CallRow:
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


def add_calls(data: bytes, book: CallList, calls: Sequence[CallRow]) -> bytes:
    """The workbook with the calls that it does not list yet on top, the others as a person left them.

    Where rows cannot be moved without harm (somebody commented on one) the new ones stay below.

    Raises:
        CannotPatch: It cannot be changed at all.
    """
    new = sorted(
        (row for row in calls if row.document not in book.documents), key=lambda row: row.day, reverse=True
    )
    if not new or not book.sheet:
        return data
    from tracker.formats.patch import describe, order_rows, patch

    below = next(parts.last_row for parts in describe(data) if parts.name == book.sheet) + 1
    values = [_values(row) for row in new]
    append = append_of(book.sheet, dict(book.columns), _COLUMNS, values, like=max(book.lines, default=None))
    data = patch(data, (), (append,), name=NAME)
    try:
        order = (*range(below, below + len(new)), *range(min(book.lines, default=below), below))
        return order_rows(data, book.sheet, order, name=NAME)
    except CannotPatch:
        return data


def _values(row: CallRow) -> dict[str, Value]:
    return {
        "编号": row.document,
        "日期": row.day,
        "催办单位": row.unit,
        "联系人及电话": row.contact,
        "种类": row.tier,
        "事项": row.about,
        "时限": row.due,
        "接话人": row.who or None,
        "答复": row.answer or None,
        "通话时间": row.at or None,
    }
