"""What entering a plan tells: what the file is, how much is new, and the differences line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.model import Plan
from tracker.problems import Finding
from tracker.rules.plans.differences import Change
from tracker.rules.plans.editions import How
from tracker.rules.plans.editions import Proposal
from tracker.steps.entering.naming import Naming

# So many lines of the table of differences are shown; all of them are in the data.
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of a file.

    Attributes:
        plan: What was read.
        proposal: What the file is to the ledger.
        naming: What its names mean.
        plan_id: The plan that it made or changed.
        superior: Whether that is the superior's.
        changes: What it changes, point by point.
        findings: What a person should look at.
    """

    plan: Plan
    proposal: Proposal
    naming: Naming
    plan_id: str
    superior: bool
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]


def told(entered: Entered) -> list[str]:
    """What the file is to the ledger."""
    plan, proposal, naming = entered.plan, entered.proposal, entered.naming
    plan_id, superior = entered.plan_id, entered.superior
    assert proposal.how is not None
    title = f"《{plan.title or '未写标题的方案'}》"
    if proposal.how is How.SAME:
        whose = "是上级方案，只用于对照（如是本级方案，请加 --new 登记）；" if superior else ""
        return [f"{title}：{whose}已登记过（{plan_id}），内容没有变化。"]
    counts = f"任务事项 {len(plan.work_points)} 项"
    if proposal.matching is not None:
        carried = {wp for wp, _, _ in proposal.carried}
        fresh = len(proposal.matching.added) - len({new for _, new, _ in proposal.carried})
        counts = f"新增 {fresh} 项、改动 {len(proposal.changed)} 项、取消 {len(proposal.retired) - len(carried)} 项"
        if carried:
            counts += f"、拆分合并 {len(carried)} 项"
    whose = "上级方案，只用于对照（tracker compare），不下发、不催办、不计入统计；" if superior else ""
    lines = [f"{title}：{whose}{proposal.how.label}，编号 {plan_id}，{counts}。"]
    if naming.minted:
        lines.append(f"新登记单位 {len(naming.minted)} 个：{'、'.join(naming.minted)}。")
    open_groups = [name for name, units in naming.members.items() if not units]
    if open_groups:
        lines.append(f"还不知道成员的统称 {len(open_groups)} 个：{'、'.join(open_groups)}。")
    return lines


def table(changes: Sequence[Change]) -> list[str]:
    """The differences, one line for each: what, which, where, both texts."""
    lines = []
    for each in changes[:_SHOWN]:
        which = each.wp if each.kind in ("changed", "retired") else each.place
        texts = f"{_short(each.before)} → {_short(each.after)}" if each.before and each.after else ""
        texts = texts or _short(each.after or each.before)
        if each.kind == "changed":
            texts = f"{each.label}：{_short(each.before) or '（空）'} → {_short(each.after) or '（空）'}"
        origin = f"原 {each.wp}：" if each.kind in ("split", "merge") else ""
        lines.append(f"  {each.word}　{which}　{origin}{texts}")
    if len(changes) > _SHOWN:
        lines.append(f"  …… 共 {len(changes)} 处，全部见 --json")
    return lines


def data_of(entered: Entered, *, corrections: int) -> dict[str, object]:
    """The same for machines; `corrections` is how many cells of a 分工核对表 said something else."""
    plan, proposal, naming = entered.plan, entered.proposal, entered.naming
    return {
        "how": proposal.how.value if proposal.how else "",
        "plan": entered.plan_id,
        "superior": entered.superior,
        "points": len(plan.work_points),
        "added": len(plan.work_points) if proposal.matching is None else len(proposal.matching.added),
        "changed": len(proposal.changed),
        "retired": [point.id for point in proposal.retired],
        "carried": [[wp, plan.work_points[new].place, how] for wp, new, how in proposal.carried],
        "changes": [
            {
                "kind": each.kind,
                "wp": each.wp,
                "place": each.place,
                "label": each.label,
                "before": each.before,
                "after": each.after,
            }
            for each in entered.changes
        ],
        "corrections": corrections,
        "new_units": list(naming.minted),
        "questions": [row.written for row in naming.questions],
        "findings": [finding.code for finding in entered.findings],
    }


def _short(text: str) -> str:
    text = text.replace("\n", " ")
    return text if len(text) <= 44 else text[:43] + "…"
