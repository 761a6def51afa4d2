"""A unit's own report, the circular and the public version: drafts in 报告, from the same summary as the report.

What the office sends or publishes is frozen as an edition of its own, because its readers will ask about its
numbers (`tracker report --circular --why`); a unit's own report is the unit's, and freezes nothing. A draft that
somebody has worked on is never overwritten.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from collections.abc import Sequence
from enum import Enum

from tracker import facts
from tracker.files.documents import render_official
from tracker.files.templates import words
from tracker.problems import Exit
from tracker.problems.filling import WhichUnit
from tracker.problems.reporting import QuarterNotBegun
from tracker.rules.reporting.circular import write_circular
from tracker.rules.reporting.pending import ReviewNote
from tracker.rules.reporting.pending import withheld_notes
from tracker.rules.reporting.relatives import own_report
from tracker.rules.reporting.relatives import public_version
from tracker.rules.reporting.report import subject_of
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.state import Office
from tracker.rules.wording.outline import Official
from tracker.rules.wording.outline import chinese_number
from tracker.steps.call import Call
from tracker.steps.call import Result
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.entering.register import register_of
from tracker.steps.reporting.gathering import DocumentKind
from tracker.steps.reporting.gathering import Edition
from tracker.steps.reporting.gathering import edition_of
from tracker.steps.reporting.gathering import letterhead
from tracker.steps.reporting.gathering import office_on
from tracker.steps.reporting.gathering import plans_of
from tracker.steps.reporting.gathering import unpublished_columns
from tracker.steps.reporting.gathering import year_of
from tracker.steps.reporting.report_files import FOLDER
from tracker.steps.reporting.report_files import versions
from tracker.steps.reporting.report_files import write_files


class Relative(Enum):
    """Which relative of the report, and whether its numbers are frozen."""

    # One unit's report to the office.
    OWN = None
    # To all units: numbers, units by rank, who is late.
    CIRCULAR = DocumentKind.CIRCULAR
    # For everybody: numbers and items, no problems, no returns.
    PUBLIC = DocumentKind.PUBLIC


def write_relative(
    call: Call,
    which: Relative,
    *,
    plan: str = "",
    unit: str = "",
    quarter: int = 0,
    as_of: dt.date | None = None,
    known_on: dt.date | None = None,
) -> Result:
    """Write one relative of the report for a plan, or for every plan.

    Args:
        call: Who calls, when and where.
        which: Which one.
        plan: A plan's id; empty for every plan.
        unit: Whose own report.
        quarter: 1 to 4: the circular of that quarter of the plan's year, as of its last day; 0 is of no quarter.
        as_of: The day that it speaks of; see `steps.report`.
        known_on: Use only what had been recorded by the end of that day.
    """
    with open_desk(call) as desk:
        office = office_on(desk, as_of, known_on)
        unit_id = _unit(office, unit) if which is Relative.OWN else ""
        files: dict[str, bytes] = {}
        new_editions: list[Edition] = []
        notes: list[ReviewNote] = []
        for plan_id in plans_of(office, plan):
            day = as_of or known_on or desk.today
            if quarter:
                day = _last_day(office.plans[plan_id].edition.year, quarter, day)
                office = office_on(desk, day, known_on)
            summary = year_of(desk, office, plan_id, day)
            if unit_id and unit_id not in summary.unit_names:
                continue
            if which is not Relative.OWN:
                published = year_of(desk, office, plan_id, day, which.value)
                new_editions.append(edition_of(desk, office, which.value, published))
                columns = unpublished_columns(desk) if which is Relative.PUBLIC else frozenset()
                notes += [
                    note
                    for note in withheld_notes(summary, columns)
                    if which is Relative.PUBLIC or note.code == "withheld"
                ]
            name, document = _document(desk, which, summary, unit_id, quarter, new_editions)
            files[f"{name}.docx"] = render_official(document)
        return _write_all(desk, files, new_editions, notes)


def _write_all(
    desk: Desk, files: Mapping[str, bytes], new_editions: Sequence[Edition], notes: Sequence[ReviewNote]
) -> Result:
    ours = versions(desk)
    if not desk.call.dry_run:
        _record_relatives(desk, files, new_editions, ours)
    lines, all_written = write_files(desk, files, ours)
    if not files:
        lines = ["这个单位在方案里没有任务，没有生成文件。"]
    lines += [f"  {note.point_id}{note.text}" for note in notes]
    data = {
        "files": [f"{FOLDER}/{name}" for name in files],
        "editions": [
            {"plan": edition.summary.plan.plan, "n": edition.n, "new": edition.is_new}
            for edition in new_editions
        ],
        "kept_out": [{"code": note.code, "wp": note.point_id, "what": note.text} for note in notes],
    }
    return Result(tuple(lines), data, Exit.DONE if all_written and files else Exit.PARTLY)


def _last_day(year: int, quarter: int, latest: dt.date) -> dt.date:
    """The last day of a quarter, or the day asked for where that comes first."""
    if dt.date(year, 3 * quarter - 2, 1) > latest:
        raise QuarterNotBegun(year=year, quarter=chinese_number(quarter))
    after = dt.date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
    return min(after - dt.timedelta(days=1), latest)


def _document(
    desk: Desk,
    which: Relative,
    summary: YearSummary,
    unit: str,
    quarter: int,
    new_editions: Sequence[Edition],
) -> tuple[str, Official]:
    root, head = desk.folder.root, letterhead(desk)
    say, report_say = words("relatives.txt", office=root), words("report.txt", office=root)
    subject = "".join(
        "_" if character in '\\/:*?"<>|\r\n\t' else character for character in subject_of(summary)
    )
    if which is Relative.OWN:
        name = f"{subject}自查报告（{summary.unit_names[unit]}）"
        return name, own_report(summary, unit, say, report_say, head)
    if which is Relative.PUBLIC:
        columns = unpublished_columns(desk)
        return f"{subject}落实情况（公开版）", public_version(
            summary, say, report_say, head, excluded_columns=columns
        )
    period = f"第{chinese_number(quarter)}季度" if quarter else ""
    document = write_circular(
        summary,
        say,
        report_say,
        head,
        period=period,
        changes=new_editions[-1].changes,
        has_ranks=desk.settings.text("circular_ranking") == "是",
    )
    return f"{subject}{period}情况通报", document


def _unit(office: Office, name: str) -> str:
    if name in office.units:
        return name
    resolution = register_of(office).resolve(name)
    if not resolution.unit:
        near = "、".join(office.name_of(candidate) for candidate in resolution.candidates)
        raise WhichUnit(name=name, near=f"（最接近的有：{near}）" if near else "")
    return resolution.unit


def _record_relatives(
    desk: Desk, files: Mapping[str, bytes], new_editions: Sequence[Edition], ours: Mapping[str, list[str]]
) -> None:
    with desk.act("report") as act:
        seq = desk.ledger.last_seq
        for edition in new_editions:
            if edition.is_new:
                act.add(edition.fact())
        for name, data in files.items():
            path, sha = f"{FOLDER}/{name}", hashlib.sha256(data).hexdigest()
            hashes = ours.get(path, [])
            if hashes[-1:] != [sha]:
                act.add(facts.SheetWritten(path, len(hashes) + 1, seq, sha))
