"""台账/事项调整.xlsx: 事项调整（终止）申请 - what a unit asked for, and what was decided.

One row for one request: 延期 (with its 新期限), 终止, 销号, or 恢复 of what was struck off. An extension may be for one
unit of several that answer (适用单位; a workbook of an earlier version has no such column, and empty is all). Nothing counts before 审批意见
says 同意. 编号 tells a row again when it is corrected or sorted; the program fills it in. A row that was taken out
is no statement: to take a decision back, write 撤回.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

from tracker.files.lists.books import TableColumn
from tracker.files.lists.books import TableSheet
from tracker.files.lists.books import day_of
from tracker.files.lists.books import lay_out
from tracker.grid import Source
from tracker.grid import as_text
from tracker.problems import Finding
from tracker.problems.chasing import BAD_CHANGE
from tracker.problems.chasing import BAD_VERDICT
from tracker.problems.chasing import NO_NEW_DAY
from tracker.problems.lists import ROW_AGAIN
from tracker.problems.lists import ROW_WITHOUT_ID
from tracker.reading.sheets.handled import Column
from tracker.reading.sheets.handled import identifier
from tracker.reading.sheets.handled import list_in
from tracker.reading.sheets.labelled import TableRow
from tracker.rules.plans.adjusting import AdjustmentRow
from tracker.rules.plans.adjusting import Change
from tracker.rules.plans.adjusting import Verdict

SHEET = "事项调整"
_SEPARATORS = re.compile(r"\s*[、，,;；\n]\s*")
_READ = (
    Column("编号", needed=True),
    Column("事项编号", ("任务编号", "事项号"), needed=True),
    Column("申请单位"),
    Column("申请日期", ("申请时间",)),
    Column("调整类别", ("类别", "调整类型"), needed=True),
    Column("新期限", ("新时限", "延期至", "调整后时限")),
    Column("适用单位", ("只给哪个单位",), newer=True),
    Column("理由及进展", ("理由", "申请理由")),
    Column("审批意见", ("审批结果", "是否同意"), needed=True),
    Column("审批人"),
    Column("审批日期", ("审批时间",)),
)


@dataclass(frozen=True, slots=True)
class Adjustments:
    """The workbook as it was read; `number_column` is where 编号 stands."""

    rows: tuple[AdjustmentRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    sheet: str = ""
    number_column: int = 0
    sha: str = ""


def lay_out_adjustments() -> bytes:
    """Lay out an empty workbook."""
    sheet = TableSheet(
        SHEET,
        "事项调整（终止）申请",
        (
            "一项申请一行。延期应在到期前提出，写明理由、进展和新期限；“审批意见”选“同意”后才生效，下次运行时记入台账。",
            "终止：任务取消，不再计数；销号：核实办结后从台账销去；恢复：销号、终止的任务重新办理。已同意又不算的，改为“撤回”。"
            "几个单位分别负责、只给其中某个单位延期的，在“适用单位”写它的名称；空着就是全部。",
        ),
        (
            TableColumn("编号", 8, ours=True),
            TableColumn("事项编号", 12),
            TableColumn("申请单位", 20),
            TableColumn("申请日期", 13),
            TableColumn("调整类别", 10, choices=tuple(each.value for each in Change)),
            TableColumn("新期限", 13),
            TableColumn("理由及进展", 44),
            TableColumn("审批意见", 10, choices=tuple(each.value for each in Verdict)),
            TableColumn("审批人", 12),
            TableColumn("审批日期", 13),
            TableColumn("适用单位", 22),
        ),
    )
    return lay_out((sheet,))


def read_adjustments(source: Source) -> Adjustments:
    """What was asked and decided; a row that cannot be used is a finding at its cell, one pasted twice counts once."""
    listed = list_in(source, _READ)
    findings = list(listed.findings)
    rows: list[AdjustmentRow] = []
    for row in listed.rows:
        if row.text("事项编号"):
            rows += _once(_row(row, findings), rows, findings)
            continue
        typed = next((row.text(each.label) for each in _READ[1:] if row.text(each.label)), "")
        if typed:
            findings.append(ROW_WITHOUT_ID.at(row.places["事项编号"], text=typed, label="事项编号"))
    number = listed.columns["编号"] if listed.columns else 0
    return Adjustments(tuple(rows), tuple(findings), listed.sheet, number, source.sha256)


def _once(
    new: Iterator[AdjustmentRow], known: Sequence[AdjustmentRow], findings: list[Finding]
) -> Iterator[AdjustmentRow]:
    """A row that says what another one says, without a number of its own, is the same request."""
    for each in new:
        same = next((row for row in known if _content(row) == _content(each) and each.n in (0, row.n)), None)
        if same is None:
            yield each
        else:
            findings.append(ROW_AGAIN.at(each.place, other=same.place))


def _content(row: AdjustmentRow) -> AdjustmentRow:
    return replace(row, n=0, place="", row=-1)


def _row(row: TableRow, findings: list[Finding]) -> Iterator[AdjustmentRow]:
    kind, verdict = row.text("调整类别"), row.text("审批意见")
    changes = {each.value: each for each in Change}
    verdicts = {each.value: each for each in Verdict}
    if kind not in changes:
        findings.append(BAD_CHANGE.at(row.places["调整类别"], text=kind))
        return
    if verdict and verdict not in verdicts:
        findings.append(BAD_VERDICT.at(row.places["审批意见"], text=verdict))
        return
    change, new_day = changes[kind], day_of(row.cells.get("新期限"))
    if change is Change.EXTEND and new_day is None and verdict == Verdict.GRANTED.value:
        text = as_text(row.cells.get("新期限")).strip()
        findings.append(NO_NEW_DAY.at(row.places.get("新期限", row.places["事项编号"]), text=text))
        return
    number = identifier(as_text(row.cells.get("编号")))
    yield AdjustmentRow(
        n=int(number) if number.isdecimal() else 0,
        wp=identifier(row.text("事项编号")),
        unit=row.text("申请单位"),
        asked_on=day_of(row.cells.get("申请日期")),
        change=change,
        new_day=new_day if change is Change.EXTEND else None,
        reason=row.text("理由及进展"),
        verdict=verdicts.get(verdict),
        by=row.text("审批人"),
        decided_on=day_of(row.cells.get("审批日期")),
        only=tuple(dict.fromkeys(each for each in _SEPARATORS.split(row.text("适用单位").strip()) if each)),
        place=row.places["审批意见"],
        row=row.row,
    )
