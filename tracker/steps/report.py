"""The year-end report of each plan: Word, Excel and one page, from one summary; frozen as an edition.

    1. the office as it is now, or as it was on the day that was asked for
    2. the summary, what changed since the last edition, the outline, the tables, the page
    3. the edition is recorded, unless one says the same about the same day, and the hash of each file
    4. the files are written; a file that is open, or that is none of those we wrote (a clerk has worked on the
       draft), is left alone and the new one is laid beside it

Killed between 3 and 4, the same command finds the edition recorded and writes the files.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

from tracker import facts
from tracker.problems import Exit
from tracker.problems.reporting import NoSuchEdition
from tracker.rules.reporting.frozen import ReportChanges
from tracker.rules.reporting.frozen import changes_since
from tracker.rules.reporting.pending import review_notes
from tracker.rules.reporting.report import subject_of
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.reporting.twin import notes_by_point
from tracker.rules.state import Office
from tracker.steps.call import Call
from tracker.steps.call import Result
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.reporting.annual import block_of
from tracker.steps.reporting.annual import write_block
from tracker.steps.reporting.gathering import DocumentKind
from tracker.steps.reporting.gathering import edition_of
from tracker.steps.reporting.gathering import editions
from tracker.steps.reporting.gathering import office_on
from tracker.steps.reporting.gathering import plans_of
from tracker.steps.reporting.gathering import unknown_columns
from tracker.steps.reporting.gathering import unpublished_columns
from tracker.steps.reporting.gathering import year_of
from tracker.steps.reporting.report_files import FOLDER
from tracker.steps.reporting.report_files import Report
from tracker.steps.reporting.report_files import lay_out_report
from tracker.steps.reporting.report_files import versions
from tracker.steps.reporting.report_files import write_files

# Settings that a report prints, with the labels that users know.
_LETTERHEAD_LABELS = {"office_name": "本单位名称", "superior": "报告主送机关", "place_name": "地区简称"}


def report(
    call: Call,
    *,
    plan: str = "",
    as_of: dt.date | None = None,
    known_on: dt.date | None = None,
    insert: int = 0,
) -> Result:
    """Write the report of a plan, or of every plan.

    Args:
        call: Who calls, when and where.
        plan: A plan's id; empty for every plan.
        as_of: The day that the report speaks of; None is today, or `known_on`. What was recorded later with an
            earlier date belongs to the past that it speaks of.
        known_on: Use only what had been recorded by the end of that day; None uses everything.
        insert: Write chapter 二 once more by itself, its headings so many levels deeper; 0 does not.
    """
    with open_desk(call) as desk:
        office = office_on(desk, as_of, known_on)
        day = as_of or known_on or desk.today
        reports = [_decide(desk, office, plan_id, day) for plan_id in plans_of(office, plan)]
        lines: list[str] = []
        outcome = Exit.DONE
        for plan_report in reports:
            files = dict(lay_out_report(desk, plan_report, insert=insert))
            ours = versions(desk)
            if not call.dry_run:
                _record_report(desk, plan_report, files, ours)
            f = plan_report.summary.figures
            done = f"已完成{f['done'].n}项，逾期{f['overdue'].n}项"
            file_lines, all_written = write_files(desk, files, ours)
            lines += [f"{plan_report.name}：任务事项{f['total'].n}项，{done}。", *file_lines]
            lines.append(
                f"  签发前请核实{len(notes_by_point(plan_report.todo))}处内容，见 {plan_report.name}.xlsx 的“待核实清单”。"
            )
            outcome = outcome if all_written else Exit.PARTLY
        block = block_of(desk, max(plan_report.summary.plan.edition.year for plan_report in reports))
        file_lines, all_written = write_block(desk, block)
        lines += file_lines
        outcome = outcome if all_written else Exit.PARTLY
        data = {"reports": [_data(plan_report) for plan_report in reports]}
        return Result(tuple(lines), data, outcome)


def why(
    call: Call,
    *,
    plan: str = "",
    since: int = 0,
    as_of: dt.date | None = None,
    known_on: dt.date | None = None,
    kind: DocumentKind = DocumentKind.REPORT,
) -> Result:
    """Say what differs between an edition (the last one, or number `since`) and now: item, reason, source."""
    with open_desk(call) as desk:
        office = office_on(desk, as_of, known_on)
        lines: list[str] = []
        data = []
        for plan_id in plans_of(office, plan):
            plan_editions = editions(desk, kind, plan_id)
            selection = (
                [entry for entry in plan_editions if entry.fact.n == since] if since else plan_editions[-1:]
            )
            if not selection:
                raise NoSuchEdition(plan=plan_id, n=since or 1, kind=kind.value)
            summary = year_of(desk, office, plan_id, as_of or known_on or desk.today, kind)
            changes = changes_since(selection[0].fact, summary, office, since_act=selection[0].act)
            lines += _change_lines(changes, summary, kind)
            data.append(
                {"plan": plan_id, "since": changes.since, "changes": [_change(c) for c in changes.changes]}
            )
        return Result(tuple(lines), {"plans": data})


def _decide(desk: Desk, office: Office, plan: str, day: dt.date) -> Report:
    edition = edition_of(desk, office, DocumentKind.REPORT, year_of(desk, office, plan, day))
    todo = review_notes(
        edition.summary,
        limit=desk.settings.number("summary_limit"),
        empty_settings=tuple(
            label for name, label in _LETTERHEAD_LABELS.items() if not desk.settings.text(name)
        ),
        unpublished_columns=unpublished_columns(desk),
        unknown_words=unknown_columns(desk),
    )
    return Report(_file_name(edition.summary), edition, todo, office)


def _file_name(summary: YearSummary) -> str:
    edition = summary.plan.edition
    theme = "".join("_" if character in '\\/:*?"<>|\r\n\t' else character for character in edition.theme)
    return f"{edition.year}年{theme or summary.plan.plan}落实情况报告"


def _record_report(
    desk: Desk, plan_report: Report, files: Mapping[str, bytes], ours: Mapping[str, list[str]]
) -> None:
    with desk.act("report") as act:
        seq = desk.ledger.last_seq
        if plan_report.edition.is_new:
            act.add(plan_report.edition.fact())
        for name, data in files.items():
            path, sha = f"{FOLDER}/{name}", hashlib.sha256(data).hexdigest()
            hashes = ours.get(path, [])
            if hashes[-1:] != [sha]:
                act.add(facts.SheetWritten(path, len(hashes) + 1, seq, sha))


def _change_lines(changes: ReportChanges, summary: YearSummary, kind: DocumentKind) -> list[str]:
    day = changes.since.isoformat()
    lines = [
        f"{subject_of(summary)}：与第{changes.n}次{kind.value}（截至{day}）相比，{len(changes.changes)}项有变化。"
    ]
    for change in changes.changes:
        before, after = change.words
        source = f"（{change.source}）" if change.source else ""
        lines.append(f"  {change.wp} {change.name}：{before} → {after}，{change.reason}{source}")
    return lines


def _change(change: object) -> dict[str, str]:
    names = ("wp", "name", "before", "after", "reason", "source")
    return {name: str(getattr(change, name)) for name in names}


def _data(plan_report: Report) -> dict[str, object]:
    changes = plan_report.edition.changes
    return {
        "name": plan_report.name,
        "plan": plan_report.summary.plan.plan,
        "as_of": plan_report.summary.as_of,
        "edition": plan_report.edition.n,
        "new": plan_report.edition.is_new,
        "figures": {
            code: figure.n for code, figure in plan_report.summary.figures.items() if "." not in code
        },
        "pending": [{"code": todo.code, "wp": todo.point_id, "what": todo.text} for todo in plan_report.todo],
        "changes": [_change(change) for change in changes.changes] if changes else [],
    }
