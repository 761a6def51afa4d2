"""A report on more items than anybody has."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from tests.support.summaries import HEAD, SAY, summary_of
from tests.support.years import year_office
from tracker import facts
from tracker.formats.books.tables import lay_out
from tracker.formats.documents import render_official
from tracker.model import Role
from tracker.rules.office import Assignee, CellNow, Office, UnitNow
from tracker.rules.report.chapters import items_without_paragraph
from tracker.rules.report.review import review_notes
from tracker.rules.report.sheets import report_sheets
from tracker.rules.report.summary import SpotCheck
from tracker.rules.report.year_report import write_report


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


def answered_by_many(office: Office, units: int) -> Office:
    """The same, every twentieth point answered by so many units, of which two each wrote the same."""
    plan, cells = office.plans["P1"], dict(office.cells)
    bodies = {f"V{n:03}": f"第{n:03}号单位" for n in range(units)}
    points = list(plan.points)
    for point in plan.points[::20]:
        answers = tuple(Assignee(name, unit, Role.RESPONSIBLE) for unit, name in bodies.items())
        points[point.position - 1] = dataclasses.replace(point, assignees=answers)
        for n, unit in enumerate(bodies):
            for column, text in (("status", "已完成"), ("summary", f"组织培训{n // 2 + 1}场。")):
                cells[point.id, unit, column, "R1"] = CellNow(text, "unit", n, 5, "sha1", "填报表!H7")
    known = {
        unit: UnitNow(unit, names=(facts.UnitName(unit, name, None, None, "current"),))
        for unit, name in bodies.items()
    }
    plan = dataclasses.replace(plan, points=tuple(points))
    return dataclasses.replace(office, cells=cells, units={**office.units, **known}, plans={"P1": plan})


def report_on(count: int, *, units: int = 0) -> tuple[Any, Any, bytes, bytes]:
    """The summary, the outline, the document and the workbook, with as many shortcomings as items."""
    shortcomings = tuple(
        SpotCheck(
            f"C{n}", "市财政局", dt.date(2018, 9, 3), "预算公开", "栏目半年没有更新", is_closed=n % 4 == 1
        )
        for n in range(count)
    )
    office = many_items(count)
    summary = summary_of(answered_by_many(office, units) if units else office, checks=shortcomings)
    draft = write_report(summary, SAY, HEAD)
    document = draft.document
    docx = render_official(document)
    xlsx = lay_out(
        report_sheets(summary, review_notes(summary), rest=items_without_paragraph(summary, draft.detail))
    )
    return summary, document, docx, xlsx
