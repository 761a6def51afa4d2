"""Comparing plans: this year's with last year's, the superior's with ours.

    1. read the workbooks in 报告 as they came back: what a person decided since they were laid out
    2. turn it into facts, all in one act; what cannot be taken stays in its row, with the reason
    3. propose for what is still open, and lay the workbooks out again: decisions, proposals, counts as of the day

Only a person's word becomes a fact. Done twice, it changes nothing. Killed between 2 and 3, the next run finds the
decisions recorded and lays out the workbook.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from tracker import facts
from tracker.files.ledger import Act
from tracker.files.safe import WriteState
from tracker.files.safe import safe_write
from tracker.problems import Exit
from tracker.problems.comparing import CannotCompare
from tracker.problems.comparing import NothingToCompare
from tracker.rules.comparing.lineage import SUPERIOR
from tracker.rules.comparing.lineage import YEAR
from tracker.rules.fold_keys import WITHDRAWAL
from tracker.rules.state import Office
from tracker.steps.call import Call
from tracker.steps.call import Result
from tracker.steps.comparing.annex import write_annex
from tracker.steps.comparing.levels import LevelBook
from tracker.steps.comparing.workbook import FOLDER
from tracker.steps.comparing.workbook import ComparisonDecisions
from tracker.steps.comparing.workbook import ComparisonFile
from tracker.steps.comparing.years import YearBook
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk

Pair = YearBook | LevelBook


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
            pairs = list(_pairs(desk, act.office(), plan))
            if not pairs:
                raise NothingToCompare()
            runs = [
                (pair, workbook, _take(desk, act, pair, workbook))
                for pair in pairs
                for workbook in [pair.open()]
            ]
            office = act.office()
        for pair, workbook, decisions in runs:
            pair_lines, pair_data, all_written = write_pair(
                desk, pair.after(office, decisions), workbook, decisions
            )
            lines += pair_lines
            data.append(pair_data)
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
    how = SUPERIOR if plan in office.superiors else YEAR
    links = {link.other: link for link in office.plan_links if link.plan == plan}
    return [
        *(facts.PlanLink(plan, other, how) for other in beside if other not in links),
        *(facts.PlanLink(plan, other, WITHDRAWAL) for other in links if other not in beside),
    ]


def _pairs(desk: Desk, office: Office, plan: str) -> Iterator[Pair]:
    """What there is to compare: one plan, or every plan of the latest year."""
    latest = max((plan_now.edition.year for plan_now in office.plans.values()), default=0)
    for key, plan_now in office.every_plan.items():
        if key == plan or (not plan and plan_now.edition.year == latest):
            make = LevelBook.of if key in office.superiors else YearBook.of
            pair = make(desk, office, key)
            if pair is not None:
                yield pair


def _take(desk: Desk, act: Act, pair: Pair, workbook: ComparisonFile) -> ComparisonDecisions:
    decisions = pair.take(workbook)
    if (decisions.facts or decisions.has_overruled) and not desk.call.dry_run:
        # What was typed stays, whatever becomes of it: the workbook is laid out anew.
        desk.folder.keep(workbook.data, workbook.path.name)
    if decisions.facts and workbook.sha not in act.office().files:
        act.add(facts.File(workbook.sha, workbook.path.name, "本办", desk.call.now), file=workbook.sha)
    for fact, place in decisions.facts:
        act.add(fact, file=workbook.sha, place=place)
    return decisions


def write_pair(
    desk: Desk, pair: Pair, workbook: ComparisonFile, decisions: ComparisonDecisions
) -> tuple[list[str], dict[str, Any], bool]:
    """Lay the workbook out again, unless somebody saved another one since `workbook` was read.

    Returns:
        What to tell, for people and for machines, and whether every file stands where it belongs.
    """
    lines = [pair.line(), *(f"  {remark}" for remark in (*pair.loud(), *decisions.findings.values()))]
    path = f"{FOLDER}/{pair.name}"
    data = {
        **pair.data(),
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
    write_result = safe_write(workbook.path, pair.lay_out(), expect=workbook.sha or None, now=desk.call.now)
    is_beside = write_result.state is WriteState.BESIDE
    done = "没有变化" if write_result.state is WriteState.UNCHANGED else "已更新"
    lines.append(f"  记入{decisions.count}行判断。" if decisions.count else "  没有新的判断。")
    lines.append(
        f"  {write_result.why}新内容在 {FOLDER}/{write_result.path.name}。"
        if is_beside
        else f"  {done} {path}"
    )
    annex_lines, annexed = write_annex(desk, pair) if isinstance(pair, LevelBook) else ([], True)
    return [*lines, *annex_lines], data, not is_beside and annexed
