"""What an edition changes, point by point, with both texts: shown before it is recorded, and kept in the history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.model import Deadline
from tracker.model import Mode
from tracker.model import Plan
from tracker.model import Role
from tracker.model import WorkPoint
from tracker.rules.plans.editions import Proposal
from tracker.rules.state import Point

# Kind of change -> the word that users see.
_MODES = {
    Mode.LEAD_ALL: "牵头负责",
    Mode.JOINTLY: "共同负责",
    Mode.EACH: "分别负责",
    Mode.SINGLE: "单独负责",
    Mode.UNSPECIFIED: "未写明",
}
CHANGE_WORDS = {"added": "新增", "changed": "改动", "retired": "取消", "split": "拆分", "merge": "合并"}


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One line of the table of differences.

    Attributes:
        kind: A key of `KINDS`.
        point_ids: Ids of the old points concerned; empty for a new one.
        place: Where it stands in the new file; empty for what is dropped.
        label: The column that differs; 事项 for a whole point.
        before: The old text.
        after: The new one.
    """

    kind: str
    point_ids: str
    place: str
    label: str
    before: str
    after: str

    @property
    def word(self) -> str:
        """The word that users see."""
        return CHANGE_WORDS[self.kind]


def differences(proposal: Proposal, plan: Plan) -> tuple[PlanChange, ...]:
    """What recording would change, in the order of the new file, dropped points last."""
    if proposal.pairing is None:
        return ()
    pairs = {pair.new: pair for pair in proposal.pairing.pairs}
    olds = {point.id: point for point in proposal.old}
    sources: dict[int, list[tuple[str, str]]] = {}
    for point_id, new, kind in proposal.transfers:
        sources.setdefault(new, []).append((point_id, kind))
    changes: list[PlanChange] = []
    for position, point in enumerate(plan.work_points):
        if position in pairs:
            if position not in proposal.changes:
                continue
            changes += _changes(proposal.old[pairs[position].old], point)
        elif position in sources:
            ids = "、".join(point_id for point_id, _ in sources[position])
            before = "；".join(
                olds[point_id].requirement for point_id, _ in sources[position] if point_id in olds
            )
            changes.append(
                PlanChange(sources[position][0][1], ids, point.place, "事项", before, _description(point))
            )
        else:
            changes.append(PlanChange("added", "", point.place, "事项", "", _description(point)))
    source_ids = {point_id for point_id, _, _ in proposal.transfers}
    changes += [
        PlanChange("retired", point.id, "", "事项", point.requirement, "")
        for point in proposal.retired_points
        if point.id not in source_ids
    ]
    return tuple(changes)


def _changes(old: Point, new: WorkPoint) -> Iterator[PlanChange]:
    before, after = _columns_of(old), _columns_now(new)
    for label, text in after.items():
        # The order in which names were written is no change.
        if sorted(before[label].split("、")) != sorted(text.split("、")):
            yield PlanChange("changed", old.id, new.place, label, before[label], text)


def _columns_of(point: Point) -> dict[str, str]:
    names = [
        (assignment.written, assignment.role) for assignment in point.assignees if not assignment.via
    ] + list(point.collectives)
    return {
        "板块": point.section,
        "工作任务": point.task,
        "序号": point.no,
        "具体要求": point.requirement,
        **{
            f"{role.label}单位": "、".join(dict.fromkeys(name for name, of in names if of is role))
            for role in Role
        },
        "分工方式": _MODES[point.mode],
        "完成时限": _limit(point.deadline),
    }


def _columns_now(point: WorkPoint) -> dict[str, str]:
    return {
        "板块": point.section,
        "工作任务": point.task,
        "序号": point.no,
        "具体要求": point.requirement,
        **{f"{role.label}单位": "、".join(point.responsibility.names_in(role)) for role in Role},
        "分工方式": _MODES[point.responsibility.mode],
        "完成时限": _limit(point.deadline),
    }


def _limit(deadline: Deadline) -> str:
    due = f"（{deadline.due.isoformat()}）" if deadline.due else ""
    return f"{deadline.text}{due}"


def _description(point: WorkPoint) -> str:
    who = "，".join(
        f"{role.label}：{'、'.join(point.responsibility.names_in(role))}"
        for role in Role
        if point.responsibility.names_in(role)
    )
    return "；".join(part for part in (point.requirement, who, _limit(point.deadline)) if part)
