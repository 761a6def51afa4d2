"""Comparing plans: this year's with last year's (年度对照), the superior's with ours (上级任务对照表).

    1. read the workbooks in 报告 as they came back: what a person decided since they were laid out
    2. turn it into facts, all in one act; what cannot be taken stays in its row, with the reason
    3. propose for what is still open, and lay the workbooks out again: decisions, proposals, counts as of the day

Only a person's word becomes a fact. Done twice, it changes nothing. Killed between 2 and 3, the next run finds the
decisions recorded and lays out the workbook.

上级任务对照表 is a Word file for the superior, too: written once anybody has confirmed anything, never over a clerk's
draft.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from tracker import facts
from tracker.comparison import Judgement, JudgementEntry
from tracker.facts import Fact
from tracker.files.folders import REPORTS
from tracker.files.guard import read_bytes
from tracker.files.ledger import Act
from tracker.files.safe import WriteState, safe_write
from tracker.files.templates import words
from tracker.formats.books import ComparisonReading, lay_out_comparison, read_comparison
from tracker.formats.documents import render_official
from tracker.outline import Letterhead
from tracker.problems.base import Exit, Finding, once
from tracker.problems.plans import CannotCompare, ForeignComparison, NothingToCompare
from tracker.rules.compare import (
    LEVELS,
    Comparison,
    Statements,
    comparison_book,
    comparisons,
    decide,
    level_annex,
    statements_of,
    way_of,
)
from tracker.rules.office import WITHDRAWAL, Office
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, keep_original, open_desk
from tracker.steps.publishing import publish
from tracker.values import dataclass


@dataclass(frozen=True)
class ComparisonFile:
    """A workbook as it was read; nothing of it where there is none yet."""

    path: Path
    data: bytes = b""
    sha: str = ""
    reading: ComparisonReading = field(default_factory=lambda: ComparisonReading({}, {}, ()))

    def statements(self, now: Mapping[str, Judgement], words: Sequence[str]) -> Statements:
        """What it says, against what the ledger holds."""
        return statements_of(self.reading.statements, self.reading.laid_out, now, words)

    def place_of(self, key: str) -> str:
        """Where a row's 判断 stands."""
        return next((entry.place for name, entry in self.reading.statements if name == key), "")

    def not_taken(self, statements: Statements, refusals: Mapping[str, Finding]) -> dict[str, JudgementEntry]:
        """What somebody typed and has to stay in sight: half filled in, or refused."""
        keys = {*statements.half, *refusals, *statements.findings} - statements.conflicts.keys()
        entries: dict[str, JudgementEntry] = {}
        for key, entry in self.reading.statements:
            if key in keys:
                entries.setdefault(key, entry)
        return entries


@dataclass(frozen=True)
class ComparisonDecisions:
    """What was decided in a workbook.

    Attributes:
        facts: Each with the place that it came from.
        count: How many rows were decided.
        findings: What could not be taken, by row.
        entries: What of it stays in sight.
        has_overruled: Whether something typed was decided otherwise meanwhile.
    """

    facts: tuple[tuple[Fact, str], ...]
    count: int
    findings: Mapping[str, Finding]
    entries: Mapping[str, JudgementEntry]
    has_overruled: bool


def comparisons_of(desk: Desk, office: Office, plan: str = "") -> list[Comparison]:
    """What there is to compare: of one plan, or of every plan of the latest year."""
    return list(comparisons(office, desk.day, plan))


def open_book(desk: Desk, comparison: Comparison) -> ComparisonFile:
    """Read the workbook as it came back.

    Raises:
        ForeignComparison: when it is about other plans, or of another office.
    """
    name = f"{comparison.way.book_name(comparison.plan)}.xlsx"
    path = desk.folder.path(REPORTS, name)
    if not path.exists():
        return ComparisonFile(path)
    data = path.read_bytes()
    source = read_bytes(data, name)
    reading = read_comparison(source, comparison.way.key, comparison.way.others)
    if dict(reading.marks) != _marks(desk, comparison):
        raise ForeignComparison(file=name)
    return ComparisonFile(path, data, source.sha256, reading)


def _marks(desk: Desk, comparison: Comparison) -> dict[str, str]:
    return {"kind": comparison.way.kind, "office": desk.folder.office, "plan": comparison.plan}


def decisions_in(comparison: Comparison, workbook: ComparisonFile) -> ComparisonDecisions:
    """What was decided in a workbook."""
    way = comparison.way
    statements = workbook.statements(comparison.judgements, way.labels)
    points, others = ({point.id for point in side} for side in (comparison.points, comparison.others))
    decision = decide(way, statements.judgements, comparison.links, points, others)
    return ComparisonDecisions(
        tuple(
            (fact, workbook.place_of(mine) or workbook.place_of(other))
            for fact in decision.facts
            for mine, other in [way.ends(fact)]
        ),
        len(decision.rows),
        {**statements.findings, **decision.findings},
        workbook.not_taken(statements, decision.findings),
        bool(statements.conflicts),
    )


def write_annex(desk: Desk, office: Office, levels: Comparison) -> tuple[list[str], bool]:
    """Write the document; what to tell, and whether it stands where it belongs."""
    if not levels.judgements:
        return [], True
    if findings := desk.lacks_issuer("上级任务对照说明"):
        return [str(finding) for finding in once(findings)], False
    settings = desk.settings
    head = Letterhead(settings.text("office_name"), settings.text("superior"), settings.text("place_name"))
    say = words("years.txt", office=desk.folder.root)
    document = level_annex(office, levels, say, head, as_of=desk.today)
    name = f"{levels.way.book_name(levels.plan)}.docx"
    lines, all_written = publish(desk, {name: render_official(document)}, verb="compare")
    if levels.open_ids:
        lines.append(f"  其中{len(levels.open_ids)}项还没有确认，文中写明“待确认”，报送前请先确认。")
    return lines, all_written


def compare(call: Call, *, plan: str = "", beside: Sequence[str] = ()) -> Result:
    """Compare plans, take the decisions, lay out the workbooks.

    Args:
        call: Who calls, when and where.
        plan: Only this one, ours or the superior's; empty for every plan of the latest year.
        beside: The plans to compare it with, remembered; empty for those that go with it.
    """
    with open_desk(call) as desk:
        office = desk.office()
        _check(office, plan, beside)
        lines: list[str] = []
        data: list[dict[str, Any]] = []
        outcome = Exit.DONE
        with desk.act("compare") as act:
            act.add(*_links(office, plan, beside))
            pairs = comparisons_of(desk, act.office(), plan)
            if not pairs:
                raise NothingToCompare()
            runs = []
            for comparison in pairs:
                workbook = open_book(desk, comparison)
                runs.append((comparison.plan, workbook, _take(desk, act, comparison, workbook)))
            office = act.office()
        for key, workbook, decisions in runs:
            (comparison,) = comparisons_of(desk, office, key)
            comparison_lines, comparison_data, all_written = write_comparison(
                desk, office, comparison, workbook, decisions
            )
            lines += comparison_lines
            data.append(comparison_data)
            if decisions.findings or not all_written:
                outcome = Exit.PARTLY
        return Result(tuple(lines), {"comparisons": data}, outcome)


def _check(office: Office, plan: str, beside: Sequence[str]) -> None:
    plans = (
        "、".join(f"{key}《{plan_now.edition.title}》" for key, plan_now in office.every_plan.items())
        or "（还没有）"
    )
    if plan and plan not in office.every_plan:
        raise CannotCompare(what=f"没有编号为“{plan}”的方案", plans=plans)
    if beside and not plan:
        raise CannotCompare(what="用 --with 时要用 --plan 写明是哪个方案", plans=plans)
    wrong = [other for other in beside if other not in office.plans or other == plan]
    if wrong:
        raise CannotCompare(what=f"“{'、'.join(wrong)}”不是可以对照的本级方案", plans=plans)
    later = [other for other in beside if plan in office.plans and not _earlier(office, other, plan)]
    if later:
        raise CannotCompare(what=f"“{'、'.join(later)}”的年度不早于 {plan}", plans=plans)


def _earlier(office: Office, one: str, other: str) -> bool:
    return office.plans[one].edition.year < office.plans[other].edition.year


def _links(office: Office, plan: str, beside: Sequence[str]) -> list[facts.PlanLink]:
    """What a person said about the plans, where it is news."""
    if not beside:
        return []
    how = way_of(office, plan).link_kind
    links = {link.other: link for link in office.plan_links if link.plan == plan}
    return [
        *(facts.PlanLink(plan, other, how) for other in beside if other not in links),
        *(facts.PlanLink(plan, other, WITHDRAWAL) for other in links if other not in beside),
    ]


def _take(desk: Desk, act: Act, comparison: Comparison, workbook: ComparisonFile) -> ComparisonDecisions:
    decisions = decisions_in(comparison, workbook)
    # What was typed stays, whatever becomes of it: the workbook is laid out anew.
    if decisions.facts:
        keep_original(desk, act, workbook.data, workbook.path.name, workbook.sha)
    elif decisions.has_overruled and not desk.call.dry_run:
        desk.folder.keep(workbook.data, workbook.path.name)
    for fact, place in decisions.facts:
        act.add(fact, file=workbook.sha, place=place)
    return decisions


def write_comparison(
    desk: Desk,
    office: Office,
    comparison: Comparison,
    workbook: ComparisonFile,
    decisions: ComparisonDecisions,
) -> tuple[list[str], dict[str, Any], bool]:
    """Lay the workbook out again, unless somebody saved another one since `workbook` was read.

    Returns:
        What to tell, for people and for machines, and whether every file stands where it belongs.
    """
    way, path = comparison.way, f"{REPORTS}/{workbook.path.name}"
    remarks = [remark for remark in (way.loud(comparison), *decisions.findings.values()) if remark]
    lines = [way.summary(office, comparison), *(f"  {remark}" for remark in remarks)]
    data = {
        "kind": way.kind,
        "plan": comparison.plan,
        "with": list(comparison.beside),
        "figures": {code: figure.n for code, figure in comparison.by_code().items()},
        **way.data(comparison),
        "workbook": path,
        "taken": decisions.count,
        "findings": [
            {"row": row, "code": finding.code, "message": finding.message}
            for row, finding in decisions.findings.items()
        ],
    }
    if desk.call.dry_run:
        return [*lines, f"  将记入{decisions.count}行判断，将更新 {path}"], data, True
    workbook.path.parent.mkdir(parents=True, exist_ok=True)
    book = comparison_book(
        office, comparison, as_of=desk.today, entries=decisions.entries, findings=decisions.findings
    )
    content = lay_out_comparison(book, _marks(desk, comparison))
    write_result = safe_write(workbook.path, content, expect=workbook.sha or None, now=desk.call.now)
    is_beside = write_result.state is WriteState.BESIDE
    done = "没有变化" if write_result.state is WriteState.UNCHANGED else "已更新"
    lines.append(f"  记入{decisions.count}行判断。" if decisions.count else "  没有新的判断。")
    lines.append(
        f"  {write_result.why}新内容在 {REPORTS}/{write_result.path.name}。"
        if is_beside
        else f"  {done} {path}"
    )
    annex_lines, annexed = write_annex(desk, office, comparison) if way is LEVELS else ([], True)
    return [*lines, *annex_lines], data, not is_beside and annexed
