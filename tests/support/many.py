"""A report on more items than anybody has."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from tests.support.summaries import HEAD, SAY, summary_of
from tests.support.years import year_office
from tracker.formats.books.tables import lay_out
from tracker.formats.documents import render_official
from tracker.rules.office.state import CellNow, Office
from tracker.rules.report.chapters import items_without_paragraph
from tracker.rules.report.review import review_notes
from tracker.rules.report.sheets import report_sheets
from tracker.rules.report.summary import SpotCheck
from tracker.rules.report.year_report import detail_of, write_report


def many_items(count: int) -> Office:
    """The drawn year's eight items, over and over."""
    office = year_office()
    plan = office.plans["P1"]
    points = tuple(
        dataclasses.replace(
            plan.points[n % 8],
            id=f"P1-{n + 1:04}",
            position=n + 1,
            section=f"板块{n // 500}",
            task=f"任务{n // 20}",
        )
        for n in range(count)
    )
    cells = {}
    for n, point in enumerate(points):
        said = {
            "status": ("已完成", "正在推进", "进展滞后")[n % 3],
            "summary": "完成公开事项35条，组织培训2场。",
        }
        for name, text in said.items():
            cells[point.id, point.assignees[0].unit, name, "R1"] = CellNow(
                text, "unit", n, 5, "sha1", "填报表!H7"
            )
    return dataclasses.replace(office, cells=cells, plans={"P1": dataclasses.replace(plan, points=points)})


def report_on(count: int) -> tuple[Any, Any, bytes, bytes]:
    """The summary, the outline, the document and the workbook, with as many shortcomings as items."""
    shortcomings = tuple(
        SpotCheck(
            f"C{n}", "市财政局", dt.date(2018, 9, 3), "预算公开", "栏目半年没有更新", is_closed=n % 4 == 1
        )
        for n in range(count)
    )
    summary = summary_of(many_items(count), checks=shortcomings)
    detail = detail_of(summary, SAY, HEAD)
    document = write_report(summary, SAY, HEAD, detail=detail)
    docx = render_official(document)
    xlsx = lay_out(
        report_sheets(summary, review_notes(summary), rest=items_without_paragraph(summary, detail))
    )
    return summary, document, docx, xlsx
