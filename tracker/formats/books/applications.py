"""What was applied for, one row each: 事项调整（终止）申请 by units, 依申请公开登记 (造册登记) by anybody.

台账/事项调整.xlsx has what a unit asked for and what was decided: 延期 (with its 新期限), 终止, 销号, or 恢复 of what was struck off.
An extension may be for one unit of several that answer (适用单位; a workbook of an earlier version has no such column, and empty is
all). Nothing counts before 审批意见 says 同意. 编号 tells a row again when it is corrected or sorted; the program fills it in. A row
that was taken out is no statement: to take a decision back, write 撤回.

台账/依申请公开登记.xlsx has applications for government information. An office may keep it or not; what `rules.report.applications`
counts is read from these columns, whatever others stand beside them. Only the columns that the table needs are read: who applied and
for what stays in the workbook.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker import patterns as re
from tracker.applications import APPLICANTS, RESULTS, AdjustmentKind, AdjustmentRow, Application, Verdict
from tracker.columns import Column, ColumnKind, Owner
from tracker.days import day_of
from tracker.formats.books.answers import ListColumn, TableRow, find_head, identifier, list_in, rows_of
from tracker.formats.books.tables import ListBook, ListSheet, lay_out, rows_under
from tracker.grid import Source, Value, as_text
from tracker.problems.base import Finding
from tracker.problems.chase import BAD_CHANGE, BAD_VERDICT, NO_NEW_DAY, ROW_AGAIN, ROW_WITHOUT_ID
from tracker.problems.report import BAD_APPLICANT, BAD_DAY, BAD_RESULT, NUMBER_TWICE, REGISTER_SPOILED
from tracker.table import Table
from tracker.values import dataclass

_HEAD = ("登记号", "收到日期", "申请人类型", "答复日期", "办理结果")


_APPLICATIONS = ListSheet[Application](
    "依申请公开登记",
    "政府信息公开申请登记",
    (
        "一件申请一行，上年没有办结的也要在内。尚未答复的，“答复日期”和“办理结果”空着。",
        "年报第三张表（收到和处理政府信息公开申请情况）由本表统计：在“报告”页选“年报的数据”，或运行 tracker report --annual。",
    ),
    (
        Column("登记号", 14, name="no"),
        Column("收到日期", 13, kind=ColumnKind.DATE, name="receipt_day"),
        Column("申请人类型", 14, choices=APPLICANTS, name="applicant"),
        Column("申请内容", 44),
        Column("答复日期", 13, kind=ColumnKind.DATE, name="answer_day"),
        Column("办理结果", 20, choices=tuple(RESULTS), name="result"),
        Column("备注", 24),
    ),
)


@dataclass(frozen=True, slots=True)
class Applications:
    """The register as it was read; `is_read` says whether its head was found."""

    rows: tuple[Application, ...] = ()
    findings: tuple[Finding, ...] = ()
    is_read: bool = True


def lay_out_applications(rows: Sequence[Application] = ()) -> bytes:
    """Lay out a new register; what an application is about is the office's to write."""
    return _APPLICATIONS.lay_out(rows)


def read_applications(source: Source) -> Applications:
    """The rows of the register; a value that nobody can use is a finding at its cell, and the value is left empty."""
    findings: list[Finding] = []
    for grid in source.grids:
        if find_head(grid, _HEAD) is None:
            continue
        rows = [_row(row, findings) for row in rows_of(grid, _HEAD)]
        places: dict[str, str] = {}
        for application in rows:
            if application.no and application.no in places:
                findings.append(
                    NUMBER_TWICE.at(application.place, no=application.no, other=places[application.no])
                )
            places.setdefault(application.no, application.place)
        return Applications(tuple(rows), tuple(findings))
    return Applications((), (REGISTER_SPOILED.at(),), is_read=False)


def _row(row: TableRow, findings: list[Finding]) -> Application:
    def day(label: str) -> dt.date | None:
        value = row.cells.get(label)
        date, text = day_of(value), as_text(value).strip()
        if text and date is None:
            findings.append(BAD_DAY.at(row.places[label], label=label, text=text))
        return date

    applicant, result = row.text("申请人类型"), row.text("办理结果")
    if applicant and applicant not in APPLICANTS:
        findings.append(BAD_APPLICANT.at(row.places["申请人类型"], text=applicant))
        applicant = ""
    result_name = _result(result)
    if result and not result_name:
        findings.append(BAD_RESULT.at(row.places["办理结果"], text=result))
    return Application(
        no=row.text("登记号"),
        receipt_day=day("收到日期"),
        applicant=applicant,
        answer_day=day("答复日期"),
        result=result_name,
        place=row.places["登记号"],
    )


def _result(text: str) -> str:
    """The result that a text means: as the register writes it, or as the table does.

    >>> _result("不予:国家秘密"), _result("属于国家秘密"), _result("7.属于行政执法案卷"), _result("公开")
    ('不予：国家秘密', '不予：国家秘密', '不予：执法案卷', '')
    """
    plain = text.replace(":", "：").replace(" ", "")
    for name, (group, words) in RESULTS.items():
        label = words or group
        if plain in (
            name,
            label,
            label.lstrip("0123456789."),
            group[3:].partition("（")[0] if not words else name,
        ):
            return name
    return ""


_SEPARATORS = re.compile(r"\s*[、，,;；\n]\s*")
_READ_ADJUSTMENTS = (
    ListColumn("编号", is_needed=True),
    ListColumn("事项编号", ("任务编号", "事项号"), is_needed=True),
    ListColumn("申请单位"),
    ListColumn("申请日期", ("申请时间",)),
    ListColumn("调整类别", ("类别", "调整类型"), is_needed=True),
    ListColumn("新期限", ("新时限", "延期至", "调整后时限")),
    ListColumn("适用单位", ("只给哪个单位",), newer=True),
    ListColumn("理由及进展", ("理由", "申请理由")),
    ListColumn("审批意见", ("审批结果", "是否同意"), is_needed=True),
    ListColumn("审批人"),
    ListColumn("审批日期", ("审批时间",)),
)


_ADJUSTMENT_COLUMNS = (
    Column("编号", 8, Owner.COMPUTED),
    Column("事项编号", 12),
    Column("申请单位", 20),
    Column("申请日期", 13, kind=ColumnKind.DATE),
    Column("调整类别", 10, choices=tuple(change.value for change in AdjustmentKind)),
    Column("新期限", 13, kind=ColumnKind.DATE),
    Column("理由及进展", 44),
    Column("审批意见", 10, choices=tuple(verdict.value for verdict in Verdict)),
    Column("审批人", 12),
    Column("审批日期", 13, kind=ColumnKind.DATE),
    Column("适用单位", 22),
)


def lay_out_adjustments(rows: Sequence[AdjustmentRow] = ()) -> bytes:
    """Lay out a new workbook."""
    sheet = Table(
        name="事项调整",
        title="事项调整（终止）申请",
        notes=(
            "一项申请一行。延期应在到期前提出，写明理由、进展和新期限；“审批意见”选“同意”后才生效，下次运行时记入台账。",
            "终止：任务取消，不再计数；销号：核实办结后从台账销去；恢复：销号、终止的任务重新办理。已同意又不算的，改为“撤回”。"
            "几个单位分别负责、只给其中某个单位延期的，在“适用单位”写它的名称；空着就是全部。",
        ),
        columns=_ADJUSTMENT_COLUMNS,
        rows=rows_under(_ADJUSTMENT_COLUMNS, [_adjustment_values(row) for row in rows]),
    )
    return lay_out((sheet,))


def _adjustment_values(row: AdjustmentRow) -> dict[str, Value]:
    return {
        "编号": str(row.n) if row.n else None,
        "事项编号": row.point_id,
        "申请单位": row.unit,
        "申请日期": row.asked_on,
        "调整类别": row.kind.value,
        "新期限": row.new_day,
        "理由及进展": row.reason,
        "审批意见": row.verdict.value if row.verdict else None,
        "审批人": row.by,
        "审批日期": row.decided_on,
        "适用单位": "、".join(row.only),
    }


def read_adjustments(source: Source) -> ListBook[AdjustmentRow]:
    """What was asked and decided; a row that cannot be used is a finding at its cell, one pasted twice counts once."""
    table = list_in(source, _READ_ADJUSTMENTS)
    findings = list(table.findings)
    rows: list[AdjustmentRow] = []
    for row in table.rows:
        if row.text("事项编号"):
            rows += _once(_adjustment_row(row, findings), rows, findings)
            continue
        text = next(
            (row.text(column.label) for column in _READ_ADJUSTMENTS[1:] if row.text(column.label)), ""
        )
        if text:
            findings.append(ROW_WITHOUT_ID.at(row.places["事项编号"], text=text, label="事项编号"))
    return ListBook.of(table, rows, findings, sha=source.sha256)


def _once(
    new: Iterator[AdjustmentRow], previous: Sequence[AdjustmentRow], findings: list[Finding]
) -> Iterator[AdjustmentRow]:
    """A row that says what another one says, without a number of its own, is the same request."""
    for request in new:
        same = next(
            (row for row in previous if _content(row) == _content(request) and request.n in (0, row.n)), None
        )
        if same is None:
            yield request
        else:
            findings.append(ROW_AGAIN.at(request.place, other=same.place))


def _content(row: AdjustmentRow) -> AdjustmentRow:
    return replace(row, n=0, place="", row=-1)


def _adjustment_row(row: TableRow, findings: list[Finding]) -> Iterator[AdjustmentRow]:
    kind, verdict = row.text("调整类别"), row.text("审批意见")
    notes: list[Finding] = []
    changes = {option.value: option for option in AdjustmentKind}
    verdicts = {option.value: option for option in Verdict}
    change = changes.get(row.choice("调整类别", changes, notes))
    if change is None:
        findings.append(BAD_CHANGE.at(row.places["调整类别"], text=kind))
        return
    decision = verdicts.get(row.choice("审批意见", verdicts, notes))
    if verdict and decision is None:
        findings.append(BAD_VERDICT.at(row.places["审批意见"], text=verdict))
        return
    new_day = row.day("新期限", notes)
    if change is AdjustmentKind.EXTEND and new_day is None and decision is Verdict.GRANTED:
        text = as_text(row.cells.get("新期限")).strip()
        findings.append(NO_NEW_DAY.at(row.places.get("新期限", row.places["事项编号"]), text=text))
        return
    number = identifier(as_text(row.cells.get("编号")))
    yield AdjustmentRow(
        n=int(number) if number.isdecimal() else 0,
        point_id=identifier(row.text("事项编号")),
        unit=row.text("申请单位"),
        asked_on=row.day("申请日期", notes),
        kind=change,
        new_day=new_day if change is AdjustmentKind.EXTEND else None,
        reason=row.text("理由及进展"),
        verdict=decision,
        by=row.text("审批人"),
        decided_on=row.day("审批日期", notes),
        only=tuple(dict.fromkeys(name for name in _SEPARATORS.split(row.text("适用单位").strip()) if name)),
        place=row.places["审批意见"],
        row=row.row,
        notes=tuple(notes),
    )
