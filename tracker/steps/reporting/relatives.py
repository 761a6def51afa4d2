"""A unit's own report, the circular and the public version: drafts in 报告, from the same summary as the report.

They freeze nothing: the edition is the report's. A draft that somebody has worked on is never overwritten.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from enum import Enum

from tracker import facts
from tracker.files.documents import render_official
from tracker.files.templates import words
from tracker.problems import Exit
from tracker.problems.filling import WhichUnit
from tracker.problems.reporting import NothingToReport
from tracker.problems.reporting import UnknownPlan
from tracker.rules.reporting.relatives import circular
from tracker.rules.reporting.relatives import own_report
from tracker.rules.reporting.relatives import public_version
from tracker.rules.reporting.report import Letterhead
from tracker.rules.reporting.report import subject_of
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.reporting.summary import summarise
from tracker.rules.state import Office
from tracker.rules.wording.outline import Official
from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.entering.register import register_of
from tracker.steps.reporting.report_files import FOLDER
from tracker.steps.reporting.report_files import versions
from tracker.steps.reporting.report_files import write_files


class Relative(Enum):
    """Which relative of the report."""

    # One unit's report to the office.
    OWN = "own"
    # To all units: numbers, who is late.
    CIRCULAR = "circular"
    # For everybody: numbers and items, no problems, no returns.
    PUBLIC = "public"


def write_relative(
    call: Call, which: Relative, *, plan: str = "", unit: str = "", as_of: dt.date | None = None
) -> Answer:
    """Write one relative of the report for a plan, or for every plan."""
    with open_desk(call) as desk:
        day = as_of or desk.today
        office = desk.office() if day == desk.today else desk.ledger.office_as_of(day)
        if plan and plan not in office.plans:
            raise UnknownPlan(plan=plan, plans="、".join(office.plans) or "（还没有）")
        if not office.plans:
            raise NothingToReport()
        body = _unit(office, unit) if which is Relative.OWN else ""
        files = {}
        for each in (plan,) if plan else tuple(office.plans):
            limits = desk.settings.thresholds
            summary = summarise(office, each, today=day, calendar=desk.calendar, thresholds=limits)
            if body and body not in summary.unit_names:
                continue
            name, document = _document(desk, which, summary, body)
            files[f"{name}.docx"] = render_official(document)
        ours = versions(desk)
        if not call.dry_run:
            _record(desk, files, ours)
        lines, all_written = write_files(desk, files, ours)
        if not files:
            lines = ["这个单位在方案里没有任务，没有生成文件。"]
        data = {"files": [f"{FOLDER}/{name}" for name in files]}
        return Answer(tuple(lines), data, Exit.DONE if all_written and files else Exit.PARTLY)


def _document(desk: Desk, which: Relative, summary: YearSummary, unit: str) -> tuple[str, Official]:
    settings, root = desk.settings, desk.folder.root
    head = Letterhead(
        settings.text("office_name"),
        settings.text("superior"),
        settings.text("place_name"),
        settings.number("report_pages"),
    )
    say, report_say = words("relatives.txt", office=root), words("report.txt", office=root)
    subject = "".join("_" if letter in '\\/:*?"<>|\r\n\t' else letter for letter in subject_of(summary))
    if which is Relative.OWN:
        name = f"{subject}自查报告（{summary.unit_names[unit]}）"
        return name, own_report(summary, unit, say, report_say, head)
    if which is Relative.CIRCULAR:
        return f"{subject}情况通报", circular(summary, say, report_say, head)
    return f"{subject}落实情况（公开版）", public_version(summary, say, report_say, head)


def _unit(office: Office, name: str) -> str:
    if name in office.units:
        return name
    found = register_of(office).resolve(name)
    if not found.unit:
        near = "、".join(office.name_of(each) for each in found.candidates)
        raise WhichUnit(name=name, near=f"（最接近的有：{near}）" if near else "")
    return found.unit


def _record(desk: Desk, files: dict[str, bytes], ours: dict[str, list[str]]) -> None:
    with desk.act("report") as act:
        seq = desk.ledger.last_seq
        for name, data in files.items():
            path, sha = f"{FOLDER}/{name}", hashlib.sha256(data).hexdigest()
            known = ours.get(path, [])
            if known[-1:] != [sha]:
                act.add(facts.SheetWritten(path, len(known) + 1, seq, sha))
