"""台账/依申请公开登记.xlsx: applications for government information, one row each (造册登记).

An office may keep it or not; what `rules.reporting.applications` counts is read from these columns, whatever others
stand beside them. Only the columns that the table needs are read: who applied and for what stays in the workbook.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tracker.files.lists.books import TableColumn
from tracker.files.lists.books import TableSheet
from tracker.files.lists.books import day_of
from tracker.files.lists.books import lay_out
from tracker.grid import Source
from tracker.grid import as_text
from tracker.problems import Finding
from tracker.problems.reporting import BAD_APPLICANT
from tracker.problems.reporting import BAD_DAY
from tracker.problems.reporting import BAD_RESULT
from tracker.problems.reporting import NUMBER_TWICE
from tracker.problems.reporting import REGISTER_SPOILED
from tracker.reading.sheets.labelled import TableRow
from tracker.reading.sheets.labelled import find_head
from tracker.reading.sheets.labelled import rows_of
from tracker.rules.reporting.applications import APPLICANTS
from tracker.rules.reporting.applications import RESULTS
from tracker.rules.reporting.applications import Application

_HEAD = ("登记号", "收到日期", "申请人类型", "答复日期", "办理结果")


@dataclass(frozen=True, slots=True)
class Applications:
    """The register as it was read; `is_read` says whether its head was found."""

    rows: tuple[Application, ...] = ()
    findings: tuple[Finding, ...] = ()
    is_read: bool = True


def lay_out_applications() -> bytes:
    """Lay out an empty register."""
    sheet = TableSheet(
        "依申请公开登记",
        "政府信息公开申请登记",
        (
            "一件申请一行，上年没有办结的也要在内。尚未答复的，“答复日期”和“办理结果”空着。",
            "年报第三张表（收到和处理政府信息公开申请情况）由本表统计：tracker report --annual。",
        ),
        (
            TableColumn("登记号", 14),
            TableColumn("收到日期", 13),
            TableColumn("申请人类型", 14, choices=APPLICANTS),
            TableColumn("申请内容", 44),
            TableColumn("答复日期", 13),
            TableColumn("办理结果", 20, choices=tuple(RESULTS)),
            TableColumn("备注", 24),
        ),
    )
    return lay_out((sheet,))


def read_applications(source: Source) -> Applications:
    """The rows of the register; a value that nobody can use is a finding at its cell, and the value is left empty."""
    findings: list[Finding] = []
    for grid in source.grids:
        if find_head(grid, _HEAD) is None:
            continue
        rows = [_row(row, findings) for row in rows_of(grid, _HEAD)]
        seen: dict[str, str] = {}
        for each in rows:
            if each.no and each.no in seen:
                findings.append(NUMBER_TWICE.at(each.place, no=each.no, other=seen[each.no]))
            seen.setdefault(each.no, each.place)
        return Applications(tuple(rows), tuple(findings))
    return Applications((), (REGISTER_SPOILED.at(),), is_read=False)


def _row(row: TableRow, findings: list[Finding]) -> Application:
    def day(label: str) -> dt.date | None:
        value = row.cells.get(label)
        found, text = day_of(value), as_text(value).strip()
        if text and found is None:
            findings.append(BAD_DAY.at(row.places[label], label=label, text=text))
        return found

    applicant, result = row.text("申请人类型"), row.text("办理结果")
    if applicant and applicant not in APPLICANTS:
        findings.append(BAD_APPLICANT.at(row.places["申请人类型"], text=applicant))
        applicant = ""
    known = _result(result)
    if result and not known:
        findings.append(BAD_RESULT.at(row.places["办理结果"], text=result))
    return Application(
        no=row.text("登记号"),
        received=day("收到日期"),
        applicant=applicant,
        answered=day("答复日期"),
        result=known,
        place=row.places["登记号"],
    )


def _result(text: str) -> str:
    """The result that a text means: as the register writes it, or as the table does.

    >>> _result("不予:国家秘密"), _result("属于国家秘密"), _result("7.属于行政执法案卷"), _result("公开")
    ('不予：国家秘密', '不予：国家秘密', '不予：执法案卷', '')
    """
    plain = text.replace(":", "：").replace(" ", "")
    for name, (group, words) in RESULTS.items():
        said = words or group
        if plain in (
            name,
            said,
            said.lstrip("0123456789."),
            group[3:].partition("（")[0] if not words else name,
        ):
            return name
    return ""
