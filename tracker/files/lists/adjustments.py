"""台账/事项调整.xlsx: 事项调整（终止）申请 - what a unit asked for, and what was decided.

One row for one request: 延期 (with its 新期限), 终止, 销号, or 恢复 of what was struck off. Nothing counts before 审批意见
says 同意. 编号 tells a row again when it is corrected or sorted; the program fills it in. A row that was taken out
is no statement: to take a decision back, write 撤回.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
from tracker.reading.sheets.labelled import TableRow
from tracker.reading.sheets.labelled import find_head
from tracker.reading.sheets.labelled import rows_of
from tracker.rules.plans.adjusting import AdjustmentRow
from tracker.rules.plans.adjusting import Change
from tracker.rules.plans.adjusting import Verdict

SHEET = "事项调整"
_HEAD = ("编号", "事项编号", "调整类别", "审批意见")


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
            "终止：任务取消，不再计数；销号：核实办结后从台账销去；恢复：销号、终止的任务重新办理。已同意又不算的，改为“撤回”。",
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
        ),
    )
    return lay_out((sheet,))


def read_adjustments(source: Source) -> Adjustments:
    """What was asked and decided; a row that cannot be used is a finding at its cell."""
    findings: list[Finding] = []
    for grid in source.grids:
        head = find_head(grid, _HEAD)
        if head is not None:
            rows = tuple(
                each for row in rows_of(grid, _HEAD) if row.text("事项编号") for each in _row(row, findings)
            )
            return Adjustments(rows, tuple(findings), grid.name, head[1]["编号"], source.sha256)
    return Adjustments(sha=source.sha256)


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
    number = as_text(row.cells.get("编号")).strip()
    yield AdjustmentRow(
        n=int(number) if number.isdecimal() else 0,
        wp=row.text("事项编号"),
        unit=row.text("申请单位"),
        asked_on=day_of(row.cells.get("申请日期")),
        change=change,
        new_day=new_day if change is Change.EXTEND else None,
        reason=row.text("理由及进展"),
        verdict=verdicts.get(verdict),
        by=row.text("审批人"),
        decided_on=day_of(row.cells.get("审批日期")),
        place=row.places["审批意见"],
        row=row.row,
    )
