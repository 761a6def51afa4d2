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
KINDS = {"added": "新增", "changed": "改动", "retired": "取消", "split": "拆分", "merge": "合并"}


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the table of differences.

    Attributes:
        kind: A key of `KINDS`.
        wp: Ids of the old points concerned; empty for a new one.
        place: Where it stands in the new file; empty for what is dropped.
        label: The column that differs; 事项 for a whole point.
        before: The old text.
        after: The new one.
    """

    kind: str
    wp: str
    place: str
    label: str
    before: str
    after: str

    @property
    def word(self) -> str:
        """The word that users see."""
        return KINDS[self.kind]


def differences(proposal: Proposal, plan: Plan) -> tuple[Change, ...]:
    """What recording would change, in the order of the new file, dropped points last."""
    if proposal.matching is None:
        return ()
    pairs = {pair.new: pair for pair in proposal.matching.pairs}
    olds = {point.id: point for point in proposal.old}
    sources: dict[int, list[tuple[str, str]]] = {}
    for wp, new, how in proposal.carried:
        sources.setdefault(new, []).append((wp, how))
    found: list[Change] = []
    for position, point in enumerate(plan.work_points):
        if position in pairs:
            if position not in proposal.changed:
                continue
            found += _changed(proposal.old[pairs[position].old], point)
        elif position in sources:
            ids = "、".join(wp for wp, _ in sources[position])
            before = "；".join(olds[wp].requirement for wp, _ in sources[position] if wp in olds)
            found.append(Change(sources[position][0][1], ids, point.place, "事项", before, _told(point)))
        else:
            found.append(Change("added", "", point.place, "事项", "", _told(point)))
    carried = {wp for wp, _, _ in proposal.carried}
    found += [
        Change("retired", point.id, "", "事项", point.requirement, "")
        for point in proposal.retired
        if point.id not in carried
    ]
    return tuple(found)


def _changed(old: Point, new: WorkPoint) -> Iterator[Change]:
    before, after = _columns_of(old), _columns_now(new)
    for label, text in after.items():
        # The order in which names were written is no change.
        if sorted(before[label].split("、")) != sorted(text.split("、")):
            yield Change("changed", old.id, new.place, label, before[label], text)


def _columns_of(point: Point) -> dict[str, str]:
    written = [(each.written, each.role) for each in point.answers if not each.via] + list(point.collectives)
    return {
        "板块": point.section,
        "工作任务": point.task,
        "序号": point.no,
        "具体要求": point.requirement,
        **{
            f"{role.label}单位": "、".join(dict.fromkeys(name for name, of in written if of is role))
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
        **{f"{role.label}单位": "、".join(point.responsibility.having(role)) for role in Role},
        "分工方式": _MODES[point.responsibility.mode],
        "完成时限": _limit(point.deadline),
    }


def _limit(deadline: Deadline) -> str:
    due = f"（{deadline.due.isoformat()}）" if deadline.due else ""
    return f"{deadline.text}{due}"


def _told(point: WorkPoint) -> str:
    who = "，".join(
        f"{role.label}：{'、'.join(point.responsibility.having(role))}"
        for role in Role
        if point.responsibility.having(role)
    )
    return "；".join(part for part in (point.requirement, who, _limit(point.deadline)) if part)
