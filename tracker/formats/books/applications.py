"""台账/依申请公开登记.xlsx: applications for government information, one row each (造册登记).

An office may keep it or not; what `rules.report.applications` counts is read from these columns, whatever others
stand beside them. Only the columns that the table needs are read: who applied and for what stays in the workbook.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tracker.applications import APPLICANTS, RESULTS, Application
from tracker.columns import Column, ColumnKind
from tracker.days import day_of
from tracker.formats.books.tables import lay_out, rows_under
from tracker.grid import Source, Value, as_text
from tracker.problems.base import Finding
from tracker.problems.report import BAD_APPLICANT, BAD_DAY, BAD_RESULT, NUMBER_TWICE, REGISTER_SPOILED
from tracker.reading.answers import TableRow, find_head, rows_of
from tracker.table import Table
from tracker.values import dataclass

_HEAD = ("登记号", "收到日期", "申请人类型", "答复日期", "办理结果")


_COLUMNS = (
    Column("登记号", 14),
    Column("收到日期", 13, kind=ColumnKind.DATE),
    Column("申请人类型", 14, choices=APPLICANTS),
    Column("申请内容", 44),
    Column("答复日期", 13, kind=ColumnKind.DATE),
    Column("办理结果", 20, choices=tuple(RESULTS)),
    Column("备注", 24),
)


@dataclass(frozen=True, slots=True)
class Applications:
    """The register as it was read; `is_read` says whether its head was found."""

    rows: tuple[Application, ...] = ()
    findings: tuple[Finding, ...] = ()
    is_read: bool = True


def lay_out_applications(rows: Sequence[Application] = ()) -> bytes:
    """Lay out a new register; what an application is about is the office's to write."""
    sheet = Table(
        name="依申请公开登记",
        title="政府信息公开申请登记",
        notes=(
            "一件申请一行，上年没有办结的也要在内。尚未答复的，“答复日期”和“办理结果”空着。",
            "年报第三张表（收到和处理政府信息公开申请情况）由本表统计：tracker report --annual。",
        ),
        columns=_COLUMNS,
        rows=rows_under(_COLUMNS, [_values(row) for row in rows]),
    )
    return lay_out((sheet,))


def _values(row: Application) -> dict[str, Value]:
    return {
        "登记号": row.no,
        "收到日期": row.receipt_day,
        "申请人类型": row.applicant,
        "答复日期": row.answer_day,
        "办理结果": row.result,
    }


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
