"""What `tracker chase` says: who gets what and why, who does not and why not; counts first, names where asked."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from tracker import facts
from tracker.problems import Exit
from tracker.problems import Finding
from tracker.rules.chasing.reminders import Decision
from tracker.rules.chasing.slips import number_gaps
from tracker.rules.chasing.tiers import SlipState
from tracker.rules.chasing.tiers import Tier
from tracker.rules.state import Office
from tracker.rules.wording.subjects import subject_name
from tracker.steps.call import Result
from tracker.steps.chasing.signing import FOLDER
from tracker.steps.chasing.signing import LIST
from tracker.steps.desk import Desk

# How many reasons a group shows before it says how many there are, and how many units a reason.
REASON_LIMIT = 3
UNIT_LIMIT = 6

# Kinds of decisions without a slip, in the order told.
_KINDS = {
    "quiet": "今天不打扰",
    "unsigned": "已拟单子、等待签发",
    "asked": "已申请延期、等待审批",
    "soon": "已逾期、还没到再催的时候",
    "ended": "已逾期、已到最后一级",
    "reminded": "已提醒过",
    "early": "还没到提醒的时候",
}


@dataclass
class ChaseRun:
    """Everything that one run did."""

    lines: list[str] = field(default_factory=list)
    decisions: Sequence[Decision] = ()
    documents: Sequence[facts.Document] = ()
    findings: list[Finding] = field(default_factory=list)
    paths: Sequence[str] = ()
    beside: list[str] = field(default_factory=list)
    quiet: str = ""
    adjustments: int = 0
    calls: int = 0


def chase_result(desk: Desk, office: Office, run: ChaseRun, *, full: bool) -> Result:
    """The answer; with `--dry-run` or `full` the reasons are told, too."""
    lines = [*_head(desk, run), *(f"  {line}" for line in run.lines)]
    for tier in Tier:
        lines += _slip_lines(office, run, tier, full=full)
    if desk.call.dry_run or full:
        lines += _not_drafted(office, run.decisions, full=full)
        if not full and len(run.decisions) > REASON_LIMIT:
            lines.append("要看全部，请加 --all。")
    elif run.documents:
        lines.append(f"单子在“{FOLDER}”文件夹；除提醒外都是拟稿，请在《{LIST}》中签发后再发。")
    empty = number_gaps(
        Tier.CIRCULATE,
        desk.today.year,
        [
            document.number
            for document in office.documents.values()
            if document.tier == Tier.CIRCULATE.value and document.state != SlipState.WITHDRAWN.value
        ],
    )
    if empty:
        lines.append(f"督查通报空缺的期号：{'、'.join(empty)}。")
    lines += [str(finding) for finding in (*desk.findings, *run.findings)]
    lines += run.beside
    outcome = Exit.PARTLY if run.beside else Exit.DONE
    return Result(tuple(lines), _data(run), outcome)


def _head(desk: Desk, run: ChaseRun) -> Iterator[str]:
    due = len(run.documents)
    waits = sum(decision.tier is None for decision in run.decisions)
    verb = "应拟" if desk.call.dry_run else "新拟"
    units = len({document.unit for document in run.documents if document.unit})
    to = f"（{units} 个单位）" if units else ""
    yield f"{desk.today.isoformat()}　{verb} {due} 份{to}，暂不催 {waits} 项。" + (
        f"今天不催：{run.quiet}。" if run.quiet else ""
    )
    if run.adjustments:
        yield f"  事项调整：记入 {run.adjustments} 条。"
    if run.calls:
        yield f"  电话记录：记入 {run.calls} 条。"


def _slip_lines(office: Office, run: ChaseRun, tier: Tier, *, full: bool) -> Iterator[str]:
    """The slips of a tier, those for one reason in one line: forty units are read at a glance."""
    of_tier = [document for document in run.documents if document.tier == tier.value]
    if not of_tier:
        return
    why = {
        (decision.obligation.subject, decision.obligation.unit): decision.why
        for decision in run.decisions
        if decision.tier is tier
    }
    alike: dict[str, list[str]] = {}
    for document in of_tier:
        reasons = dict.fromkeys(
            reason
            for (subject, owes), reason in why.items()
            if subject in document.subjects and document.unit in (owes, "")
        )
        reason = "登记的任务还没有交办" if tier is Tier.ASSIGN else next(iter(reasons), "")
        unit = office.name_of(document.unit) if document.unit else "各有关单位"
        if len(document.subjects) == 1:
            reason = f"{subject_name(office, document.subjects[0])}　{reason}"
        else:
            unit += f"（{len(document.subjects)}项）"
        alike.setdefault(reason, []).append(unit)
    yield f"  {tier.value} {len(of_tier)} 份："
    yield from _reason_lines(alike, "份", full=full)


def _not_drafted(office: Office, decisions: Sequence[Decision], *, full: bool) -> Iterator[str]:
    for kind, title in _KINDS.items():
        of_kind = [decision for decision in decisions if decision.tier is None and decision.kind == kind]
        if not of_kind:
            continue
        yield f"  不催 {len(of_kind)} 项：{title}"
        if kind == "quiet" and not full:
            continue  # the first line says why, of everybody alike
        alike: dict[str, list[str]] = {}
        for decision in sorted(of_kind, key=lambda decision: decision.obligation.due):
            reason = f"{subject_name(office, decision.obligation.subject)}　{decision.why}"
            alike.setdefault(reason, []).append(office.name_of(decision.obligation.unit))
        yield from _reason_lines(alike, "项", full=full)


def _reason_lines(alike: Mapping[str, Sequence[str]], measure_word: str, *, full: bool) -> Iterator[str]:
    """A line for each reason with the units that it is said of; the first ones only, unless all are wanted."""
    visible = list(alike.items()) if full else list(alike.items())[:REASON_LIMIT]
    for reason, units in visible:
        some = units if full else units[:UNIT_LIMIT]
        more = f"等{len(units)}个" if len(some) < len(units) else ""
        yield f"    {reason}：{'、'.join(some)}{more}"
    rest = sum(map(len, alike.values())) - sum(len(units) for _, units in visible)
    if rest:
        yield f"    还有 {rest} {measure_word}。"


def _data(run: ChaseRun) -> dict[str, object]:
    return {
        "drafted": [
            {
                "document": document.document,
                "number": document.number,
                "tier": document.tier,
                "unit": document.unit,
                "subjects": list(document.subjects),
                "path": document.path,
            }
            for document in run.documents
        ],
        "why": [
            {
                "subject": decision.obligation.subject,
                "unit": decision.obligation.unit,
                "tier": decision.tier.value if decision.tier else "",
                "kind": decision.kind,
                "why": decision.why,
            }
            for decision in run.decisions
        ],
        "written": list(run.paths),
        "findings": [
            {"code": finding.code, "place": finding.place, "message": finding.message}
            for finding in run.findings
        ],
    }
