"""What entering a plan tells: what the file is, how much is new, and the differences line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.model import Plan
from tracker.problems import Finding
from tracker.rules.plans.differences import PlanChange
from tracker.rules.plans.editions import EditionKind
from tracker.rules.plans.editions import Proposal
from tracker.steps.entering.naming import Meanings

# So many lines of the table of differences are shown; all of them are in the data.
_CHANGE_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Registration:
    """What became of a file.

    Attributes:
        plan: What was read.
        proposal: What the file is to the ledger.
        meanings: What its names mean.
        plan_id: The plan that it made or changed.
        superior: Whether that is the superior's.
        changes: What it changes, point by point.
        findings: What a person should look at.
    """

    plan: Plan
    proposal: Proposal
    meanings: Meanings
    plan_id: str
    superior: bool
    changes: tuple[PlanChange, ...]
    findings: tuple[Finding, ...]


def summary_lines(registration: Registration) -> list[str]:
    """What the file is to the ledger."""
    plan, proposal, meanings = registration.plan, registration.proposal, registration.meanings
    plan_id, superior = registration.plan_id, registration.superior
    assert proposal.kind is not None
    title = f"《{plan.title or '未写标题的方案'}》"
    if proposal.kind is EditionKind.SAME:
        whose = "是上级方案，只用于对照（如是本级方案，请加 --new 登记）；" if superior else ""
        return [f"{title}：{whose}已登记过（{plan_id}），内容没有变化。"]
    counts = f"任务事项 {len(plan.work_points)} 项"
    if proposal.pairing is not None:
        old_ids = {point_id for point_id, _, _ in proposal.transfers}
        fresh = len(proposal.pairing.additions) - len({new for _, new, _ in proposal.transfers})
        counts = f"新增 {fresh} 项、改动 {len(proposal.changes)} 项、取消 {len(proposal.retired_points) - len(old_ids)} 项"
        if old_ids:
            counts += f"、拆分合并 {len(old_ids)} 项"
    whose = "上级方案，只用于对照（tracker compare），不下发、不催办、不计入统计；" if superior else ""
    lines = [f"{title}：{whose}{proposal.kind.label}，编号 {plan_id}，{counts}。"]
    if meanings.new_names:
        lines.append(f"新登记单位 {len(meanings.new_names)} 个：{'、'.join(meanings.new_names)}。")
    open_groups = [name for name, units in meanings.members.items() if not units]
    if open_groups:
        lines.append(f"还不知道成员的统称 {len(open_groups)} 个：{'、'.join(open_groups)}。")
    return lines


def change_lines(changes: Sequence[PlanChange]) -> list[str]:
    """The differences, one line for each: what, which, where, both texts."""
    lines = []
    for change in changes[:_CHANGE_LIMIT]:
        which = change.point_ids if change.kind in ("changed", "retired") else change.place
        texts = f"{_short(change.before)} → {_short(change.after)}" if change.before and change.after else ""
        texts = texts or _short(change.after or change.before)
        if change.kind == "changed":
            texts = (
                f"{change.label}：{_short(change.before) or '（空）'} → {_short(change.after) or '（空）'}"
            )
        origin = f"原 {change.point_ids}：" if change.kind in ("split", "merge") else ""
        lines.append(f"  {change.word}　{which}　{origin}{texts}")
    if len(changes) > _CHANGE_LIMIT:
        lines.append(f"  …… 共 {len(changes)} 处，全部见 --json")
    return lines


def data_of(registration: Registration, *, corrections: int) -> dict[str, object]:
    """The same for machines; `corrections` is how many cells of a 分工核对表 said something else."""
    plan, proposal, meanings = registration.plan, registration.proposal, registration.meanings
    return {
        "how": proposal.kind.value if proposal.kind else "",
        "plan": registration.plan_id,
        "superior": registration.superior,
        "points": len(plan.work_points),
        "added": len(plan.work_points) if proposal.pairing is None else len(proposal.pairing.additions),
        "changed": len(proposal.changes),
        "retired": [point.id for point in proposal.retired_points],
        "carried": [
            [point_id, plan.work_points[new].place, how] for point_id, new, how in proposal.transfers
        ],
        "changes": [
            {
                "kind": change.kind,
                "wp": change.point_ids,
                "place": change.place,
                "label": change.label,
                "before": change.before,
                "after": change.after,
            }
            for change in registration.changes
        ],
        "corrections": corrections,
        "new_units": list(meanings.new_names),
        "questions": [row.written for row in meanings.questions],
        "findings": [finding.code for finding in registration.findings],
    }


def _short(text: str) -> str:
    text = text.replace("\n", " ")
    return text if len(text) <= 44 else text[:43] + "…"
