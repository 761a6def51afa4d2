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
from tracker.facts import Entry
from tracker.problems import Exit
from tracker.problems.reporting import NoSuchEdition
from tracker.problems.reporting import NothingToReport
from tracker.problems.reporting import UnknownPlan
from tracker.rules.reporting.frozen import Changes
from tracker.rules.reporting.frozen import compare
from tracker.rules.reporting.frozen import freeze
from tracker.rules.reporting.pending import pending
from tracker.rules.reporting.report import subject_of
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.reporting.summary import summarise
from tracker.rules.reporting.twin import grouped
from tracker.rules.state import Office
from tracker.steps.call import CHINA
from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.reporting.report_files import FOLDER
from tracker.steps.reporting.report_files import Report
from tracker.steps.reporting.report_files import lay_out
from tracker.steps.reporting.report_files import versions
from tracker.steps.reporting.report_files import write_files

# Settings that a report prints, with the labels that users know.
_PRINTED = {"office_name": "本单位名称", "superior": "报告主送机关", "place_name": "地区简称"}


def report(
    call: Call,
    *,
    plan: str = "",
    as_of: dt.date | None = None,
    known_on: dt.date | None = None,
    insert: int = 0,
) -> Answer:
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
        office = _office(desk, as_of, known_on)
        day = as_of or known_on or desk.today
        reports = [_decide(desk, office, each, day) for each in _plans(office, plan)]
        lines: list[str] = []
        outcome = Exit.DONE
        for each in reports:
            files = dict(lay_out(desk, each, insert=insert))
            ours = versions(desk)
            if not call.dry_run:
                _record(desk, each, files, ours)
            f = each.summary.figures
            done = f"已完成{f['done'].n}项，逾期{f['overdue'].n}项"
            said, all_written = write_files(desk, files, ours)
            lines += [f"{each.name}：任务事项{f['total'].n}项，{done}。", *said]
            lines.append(
                f"  签发前请核实{len(grouped(each.todo))}处内容，见 {each.name}.xlsx 的“待核实清单”。"
            )
            outcome = outcome if all_written else Exit.PARTLY
        data = {"reports": [_data(each) for each in reports]}
        return Answer(tuple(lines), data, outcome)


def why(call: Call, *, plan: str = "", since: int = 0, as_of: dt.date | None = None) -> Answer:
    """Say what differs between an edition (the last one, or number `since`) and now: item, reason, source."""
    with open_desk(call) as desk:
        office = _office(desk, as_of)
        lines: list[str] = []
        data = []
        for each in _plans(office, plan):
            editions = _editions(desk, each)
            chosen = [entry for entry in editions if entry.fact.n == since] if since else editions[-1:]
            if not chosen:
                raise NoSuchEdition(plan=each, n=since or 1)
            summary = _summary(desk, office, each, as_of or desk.today)
            changes = compare(chosen[0].fact, summary, office, since_act=chosen[0].act)
            lines += _told(changes, summary)
            data.append(
                {"plan": each, "since": changes.since, "changes": [_change(c) for c in changes.changes]}
            )
        return Answer(tuple(lines), {"plans": data})


def _office(desk: Desk, as_of: dt.date | None, known_on: dt.date | None = None) -> Office:
    if known_on is not None:
        # In this time zone: the office's day is over at its own midnight.
        known = [act.no for act in desk.ledger.acts() if act.recorded_at.astimezone(CHINA).date() <= known_on]
        return desk.ledger.office(until=max(known, default=0))
    return desk.office() if as_of is None or as_of == desk.today else desk.ledger.office_as_of(as_of)


def _plans(office: Office, plan: str) -> tuple[str, ...]:
    if plan and plan not in office.plans:
        raise UnknownPlan(plan=plan, plans="、".join(office.plans) or "（还没有）")
    chosen = (plan,) if plan else tuple(office.plans)
    if not chosen:
        raise NothingToReport()
    return chosen


def _key(plan: str) -> str:
    return f"落实情况报告/{plan}"


def _editions(desk: Desk, plan: str) -> list[Entry[facts.ReportEdition]]:
    return [each for each in desk.ledger.entries(facts.ReportEdition) if each.fact.report == _key(plan)]


def _summary(desk: Desk, office: Office, plan: str, day: dt.date) -> YearSummary:
    limits = desk.settings.thresholds
    return summarise(office, plan, today=day, calendar=desk.calendar, thresholds=limits)


def _decide(desk: Desk, office: Office, plan: str, day: dt.date) -> Report:
    summary = _summary(desk, office, plan, day)
    content = freeze(summary)
    editions = _editions(desk, plan)
    same = [each for each in editions if each.fact.as_of == day and each.fact.content == content]
    # Compared with the last edition of an earlier day: a second print of today is no other period.
    earlier = [each for each in editions if each.fact.as_of < day]
    last = max(earlier, key=lambda each: (each.fact.as_of, each.fact.n), default=None)
    missing = tuple(label for name, label in _PRINTED.items() if not desk.settings.text(name))
    return Report(
        name=_file_name(summary),
        summary=summary,
        content=content,
        n=same[-1].fact.n if same else len(editions) + 1,
        is_new=not same,
        changes=compare(last.fact, summary, office, since_act=last.act) if last else None,
        todo=pending(summary, limit=desk.settings.number("summary_limit"), missing=missing),
    )


def _file_name(summary: YearSummary) -> str:
    edition = summary.plan.edition
    theme = "".join("_" if character in '\\/:*?"<>|\r\n\t' else character for character in edition.theme)
    return f"{edition.year}年{theme or summary.plan.plan}落实情况报告"


def _record(desk: Desk, each: Report, files: Mapping[str, bytes], ours: Mapping[str, list[str]]) -> None:
    plan = each.summary.plan.plan
    with desk.act("report") as act:
        seq = desk.ledger.last_seq
        if each.is_new:
            act.add(facts.ReportEdition(_key(plan), each.n, plan, each.summary.as_of, each.content))
        for name, data in files.items():
            path, sha = f"{FOLDER}/{name}", hashlib.sha256(data).hexdigest()
            known = ours.get(path, [])
            if known[-1:] != [sha]:
                act.add(facts.SheetWritten(path, len(known) + 1, seq, sha))


def _told(changes: Changes, summary: YearSummary) -> list[str]:
    day = changes.since.isoformat()
    lines = [
        f"{subject_of(summary)}：与第{changes.n}次报告（截至{day}）相比，{len(changes.changes)}项有变化。"
    ]
    for each in changes.changes:
        before, after = each.words
        source = f"（{each.source}）" if each.source else ""
        lines.append(f"  {each.wp} {each.name}：{before} → {after}，{each.reason}{source}")
    return lines


def _change(change: object) -> dict[str, str]:
    names = ("wp", "name", "before", "after", "reason", "source")
    return {name: str(getattr(change, name)) for name in names}


def _data(each: Report) -> dict[str, object]:
    return {
        "name": each.name,
        "plan": each.summary.plan.plan,
        "as_of": each.summary.as_of,
        "edition": each.n,
        "new": each.is_new,
        "figures": {code: figure.n for code, figure in each.summary.figures.items() if "." not in code},
        "pending": [{"code": todo.code, "wp": todo.wp, "what": todo.what} for todo in each.todo],
        "changes": [_change(change) for change in each.changes.changes] if each.changes else [],
    }
