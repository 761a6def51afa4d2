"""A report's files: laid out from one decided report, and written without losing what a clerk typed.

A draft that is none of those we wrote is somebody's work: it is left alone and the new one is laid beside it.
Ours are known by their hashes, recorded before the files are written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tracker import facts
from tracker.files.dashboard import lay_out_page
from tracker.files.documents import render_official
from tracker.files.documents.own import fill_template
from tracker.files.safe import WriteState
from tracker.files.safe import safe_write
from tracker.files.templates import words
from tracker.files.workbooks.charts import lay_out_charts
from tracker.files.workbooks.tables import lay_out_tables
from tracker.rules.board.page import page_of
from tracker.rules.reporting.itemised import items_without_paragraph
from tracker.rules.reporting.pending import ReviewNote
from tracker.rules.reporting.places import template_values
from tracker.rules.reporting.report import detail_of
from tracker.rules.reporting.report import insert_of
from tracker.rules.reporting.report import subject_of
from tracker.rules.reporting.report import write_report
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.reporting.twin import report_sheets
from tracker.rules.state import Office
from tracker.steps.desk import Desk
from tracker.steps.reporting.gathering import Edition
from tracker.steps.reporting.gathering import letterhead

FOLDER = "报告"
# The office's own layout, in its folder 模板.
TEMPLATE = "落实情况报告.docx"
# The hash of no file: what is there must not be replaced.
_OTHER = "0" * 64


@dataclass(frozen=True)
class Report:
    """One plan's report, decided and not yet written.

    Attributes:
        name: Name of its files, without extension.
        edition: What it says and freezes.
        todo: For the clerk.
        office: The office on the day, for what the page says of units; without it, that is left out.
    """

    name: str
    edition: Edition
    todo: tuple[ReviewNote, ...]
    office: Office | None = None

    @property
    def summary(self) -> YearSummary:
        """What it says."""
        return self.edition.summary


def lay_out_report(desk: Desk, plan_report: Report, *, insert: int = 0) -> Iterator[tuple[str, bytes]]:
    """The report's files by name; `insert` as in `steps.report`."""
    head, changes = letterhead(desk), plan_report.edition.changes
    say = words("report.txt", office=desk.folder.root)
    detail = detail_of(plan_report.summary, say, head, changes=changes)
    document = write_report(plan_report.summary, say, head, changes=changes, detail=detail)
    tables = report_sheets(
        plan_report.summary,
        plan_report.todo,
        changes=changes,
        rest=items_without_paragraph(plan_report.summary, detail),
    )
    page = page_of(
        plan_report.summary,
        f"{subject_of(plan_report.summary)}落实情况",
        office=plan_report.office,
        changes=changes,
    )
    template = desk.folder.path("模板", TEMPLATE)
    if template.is_file():
        yield (
            f"{plan_report.name}.docx",
            fill_template(template, template_values(plan_report.summary, document)),
        )
    else:
        yield f"{plan_report.name}.docx", render_official(document)
    if insert:
        yield f"{plan_report.name}（插入段）.docx", render_official(insert_of(document, say, insert))
    yield f"{plan_report.name}.xlsx", lay_out_tables(tables)
    yield f"{plan_report.name}.html", lay_out_page(page, office=desk.folder.root)
    yield f"{plan_report.name}图表.xlsx", lay_out_charts(page)


def versions(desk: Desk) -> dict[str, list[str]]:
    """Hashes of every version of a file that we wrote, by its path in the office folder."""
    ours: dict[str, list[str]] = {}
    for entry in desk.ledger.entries(facts.SheetWritten):
        ours.setdefault(entry.fact.workbook, []).append(entry.fact.sha)
    return ours


def write_files(
    desk: Desk, files: Mapping[str, bytes], ours: Mapping[str, list[str]]
) -> tuple[list[str], bool]:
    """Write the files; what to tell about each, and whether all of them stand where they belong."""
    lines, all_written = [], True
    for name, data in files.items():
        path = f"{FOLDER}/{name}"
        if desk.call.dry_run:
            lines.append(f"  将生成 {path}")
            continue
        target = desk.folder.path(FOLDER, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        is_edited = _is_edited(target, ours.get(path, []))
        write_result = safe_write(target, data, expect=_OTHER if is_edited else None, now=desk.call.now)
        if write_result.state is WriteState.BESIDE:
            all_written = False
            why = f"{path} 被人修改过，没有覆盖。" if is_edited else write_result.why
            lines.append(f"  {why}新内容在 {FOLDER}/{write_result.path.name}。")
        else:
            lines.append(f"  {'没有变化' if write_result.state is WriteState.UNCHANGED else '已生成'} {path}")
    return lines, all_written


def _is_edited(target: Path, ours: list[str]) -> bool:
    """Whether a file lies there that is none of those we wrote."""
    return target.is_file() and hashlib.sha256(target.read_bytes()).hexdigest() not in ours
