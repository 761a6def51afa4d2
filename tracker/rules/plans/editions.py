"""What a plan file is to the plans that the ledger holds: a new plan, a revision, or a change of some items.

    the file                                                        is taken for
    the same document number, or the same year and title, or the    a candidate
      same year and theme (a notice of change may name it anywhere
      in its title), or the same year and at least half of
      its points found again
    no candidate                                                    new; a notice of change: undecided
    several candidates                                              undecided: a person names the plan
    one candidate, and nothing differs                              same
    one candidate, the title says 调整, 补充, 修改, 变更, 取消 …      amendment
    one candidate, and none of its points found again               undecided
    one candidate, and less than half as many points                undecided: a revision would retire the rest
    one candidate otherwise                                         revision

An amendment retires nothing by leaving it out, only what a person names. A revision that would retire more than a
fifth of the plan is probably the wrong file; it needs `--force`.

Items are split and put together by a person's word (`Decided`): the old ones are retired and go on in new ones
(`Proposal.carried`), which is no accident. What looks like it without a word is a suspect, and is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from enum import Enum

from tracker.model import Plan
from tracker.rules.plans.identity import Pairing
from tracker.rules.plans.identity import Words
from tracker.rules.plans.identity import bare
from tracker.rules.plans.identity import match
from tracker.rules.plans.pieces import Suspect
from tracker.rules.plans.pieces import suspects
from tracker.rules.state import Office
from tracker.rules.state import PlanNow
from tracker.rules.state import Point

# A revision that retires more than this share is probably an accident.
PROBABLE_ACCIDENT = 0.2

_CHANGES = re.compile("调整|补充|修改|变更|更正|取消|調整|補充|變更")
_NOTICE = re.compile(r"(?:补充|调整|修改|变更|更正|取消|調整|補充|變更).*(?:通知|函)$")
# So many letters of a theme tell a plan in the title of a notice.
_LEAST_LETTERS = 4
_YEAR = re.compile(r"^.*?(?:(?:19|20)\d\d|[二一][〇○零九][〇○零一二三四五六七八九]{2})(?:[—–-]\d{4})?年度?")
_TAIL = re.compile(
    r"(?:重点)?(?:工作)?(?:要点|任务)?(?:责任)?(?:分工方案|分工表|任务分工|分工|任务分解表|分解表|任务分解|任务清单"
    r"|责任清单|清单|实施方案|工作方案|方案|台账|一览表|要点)?(?:的通知)?(?:[（(].*[）)])?$"
)
_LEAD = re.compile(r"^(?:.*关于)?(?:印发|调整|下达)?[《“]?")


class EditionKind(Enum):
    """What a file is to the ledger."""

    NEW = "new"
    REVISION = "revision"
    AMENDMENT = "amendment"
    # Nothing in it differs from what is recorded.
    SAME = "same"

    @property
    def label(self) -> str:
        """The word that users see."""
        return {"new": "新方案", "revision": "全文修订", "amendment": "局部调整", "same": "没有变化"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class PointDecisions:
    """What a person said about single points.

    Attributes:
        matches: New position to the old ids that it continues: one, several (put together), or none (it is new).
            An old id that several new positions continue was split.
        retires: Old ids that the file takes back.
    """

    matches: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    retires: tuple[str, ...] = ()

    @property
    def transfers(self) -> tuple[tuple[str, int, str], ...]:
        """Old id, new position and `split` or `merge`, where a point goes on in others than itself."""
        times = Counter(point_id for ids in self.matches.values() for point_id in ids)
        return tuple(
            (point_id, new, "merge" if len(ids) > 1 else "split")
            for new, ids in sorted(self.matches.items())
            for point_id in ids
            if len(ids) > 1 or times[point_id] > 1
        )

    @property
    def pairs(self) -> dict[str, int]:
        """Old id to new position, where one simply goes on in the other."""
        transfer_positions = {new for _, new, _ in self.transfers}
        return {ids[0]: new for new, ids in self.matches.items() if ids and new not in transfer_positions}

    @property
    def fresh(self) -> frozenset[int]:
        """New positions that continue no old point under its own id."""
        return frozenset(new for new in self.matches if new not in self.pairs.values())


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the file is, which plan it continues, and how its points are found there.

    Attributes:
        kind: None when it cannot be decided.
        plan: Id of the plan that it continues; empty for a new one or while undecided.
        candidates: Plans that it could continue.
        old: The plan's points that the matching's old positions mean.
        pairing: The comparison; None without a plan.
        changes: New positions whose words, units or deadline differ from the recorded ones.
        transfers: Old id, new position, and how: split or merge.
        retires: Old ids that a person said are taken back.
        suspects: Old and new positions that look split or put together, and nobody said so.
    """

    kind: EditionKind | None
    plan: str = ""
    candidates: tuple[str, ...] = ()
    old: tuple[Point, ...] = ()
    pairing: Pairing | None = None
    changes: tuple[int, ...] = ()
    transfers: tuple[tuple[str, int, str], ...] = ()
    retires: tuple[str, ...] = ()
    suspects: tuple[Suspect, ...] = ()

    @property
    def retired_points(self) -> tuple[Point, ...]:
        """Points that recording would retire; an amendment retires only what was named, split or put together."""
        if self.pairing is None or self.kind not in (EditionKind.REVISION, EditionKind.AMENDMENT):
            return ()
        retired_ids = (
            {self.old[position].id for position in self.pairing.retirements}
            if self.kind is EditionKind.REVISION
            else set()
        )
        retired_ids |= {point_id for point_id, _, _ in self.transfers} | set(self.retires)
        return tuple(point for point in self.old if point.id in retired_ids)

    @property
    def is_probable_accident(self) -> bool:
        """Whether more would be retired than a person should let pass unasked."""
        stated_ids = {point_id for point_id, _, _ in self.transfers} | set(self.retires)
        losses = [point for point in self.retired_points if point.id not in stated_ids]
        return len(losses) > PROBABLE_ACCIDENT * max(len(self.old), 1)


def theme_of(title: str) -> str:
    """What a plan is about, without its year, place and kind of document.

    >>> theme_of("某市2026年政务公开工作要点分工方案"), theme_of("关于印发《2025年度营商环境重点任务清单》的通知")
    ('政务公开', '营商环境')
    """
    title = title.replace("》", "")
    short = _YEAR.sub("", title) if _YEAR.match(title) else _LEAD.sub("", title)
    return _TAIL.sub("", short.strip("《》“” ")) or title


def propose(
    office: Office,
    plan: Plan,
    *,
    kind: EditionKind | None = None,
    continues: str = "",
    decisions: PointDecisions | None = None,
) -> Proposal:
    """Decide what a file is; `kind`, `continues` and `decisions` are what a person said."""
    decisions = decisions or PointDecisions()
    if kind is EditionKind.NEW:
        return Proposal(EditionKind.NEW)
    candidates = (continues,) if continues else _candidates(office, plan)
    if not candidates:
        # A notice that changes a plan is no new plan, even where nobody can tell which one it changes.
        changes = _NOTICE.search(plan.title) and office.plans
        return Proposal(None, candidates=tuple(office.plans)) if changes else Proposal(EditionKind.NEW)
    if len(candidates) > 1:
        return Proposal(None, candidates=candidates)
    old = tuple(point for point in office.plans[candidates[0]].points if not point.is_retired)
    pairing = _compare(old, plan, decisions)
    changed_positions = tuple(pair.new for pair in pairing.pairs if _differs(old[pair.old], plan, pair.new))
    if kind is None:
        kind = _judge(plan, old, pairing, changed_positions)
    return Proposal(
        kind,
        candidates[0] if kind else "",
        candidates,
        old,
        pairing,
        changed_positions,
        transfers=decisions.transfers,
        retires=decisions.retires,
        suspects=_suspects(old, plan, pairing, decisions),
    )


def _suspects(
    old: tuple[Point, ...], plan: Plan, pairing: Pairing, decisions: PointDecisions
) -> tuple[Suspect, ...]:
    candidates = suspects(
        [point.requirement for point in old],
        [point.requirement for point in plan.work_points],
        pairs={pair.new: pair.old for pair in pairing.pairs},
    )
    stated_positions = decisions.matches.keys()
    stated_ids = {point_id for ids in decisions.matches.values() for point_id in ids} | set(decisions.retires)
    return tuple(
        suspect
        for suspect in candidates
        if not stated_positions & set(suspect.new) and not stated_ids & {old[n].id for n in suspect.old}
    )


def _judge(
    plan: Plan, old: tuple[Point, ...], pairing: Pairing, changes: tuple[int, ...]
) -> EditionKind | None:
    order = [pair.old for pair in pairing.pairs]
    is_reordered = order != sorted(order)
    if not (pairing.additions or pairing.retirements or changes or is_reordered):
        return EditionKind.SAME
    if _CHANGES.search(plan.title):
        is_same = not pairing.additions and not changes
        return EditionKind.SAME if is_same else EditionKind.AMENDMENT
    if not pairing.pairs or 2 * len(plan.work_points) < len(old):
        return None
    return EditionKind.REVISION


def _candidates(office: Office, plan: Plan) -> tuple[str, ...]:
    plans = office.plans
    by_number = [
        key for key, other in plans.items() if plan.number and bare(other.edition.number) == bare(plan.number)
    ]
    if by_number:
        return tuple(by_number)
    same_year = {
        key: other for key, other in plans.items() if plan.year is None or other.edition.year == plan.year
    }
    theme, title = bare(theme_of(plan.title)), bare(plan.title)
    alike = [
        key
        for key, other in same_year.items()
        if (theme and theme in (bare(other.edition.theme), _theme(other)))
        # 关于调整……部分事项的通知 names the plan that it changes.
        or (_CHANGES.search(plan.title) and len(_theme(other)) >= _LEAST_LETTERS and _theme(other) in title)
    ]
    return tuple(alike or (key for key, other in same_year.items() if _found_again(other, plan)))


def _theme(plan: PlanNow) -> str:
    return bare(theme_of(plan.edition.title))


def _found_again(plan_now: PlanNow, plan: Plan) -> bool:
    old = tuple(point for point in plan_now.points if not point.is_retired)
    requirements = {bare(point.requirement) for point in old}
    count = sum(bare(point.requirement) in requirements for point in plan.work_points)
    return bool(plan.work_points) and 2 * count >= len(plan.work_points)


def _compare(old: tuple[Point, ...], plan: Plan, decisions: PointDecisions) -> Pairing:
    """Match what a person left open; what was said to be new, split or taken back pairs with nothing."""
    apart = {point_id for point_id, _, _ in decisions.transfers} | set(decisions.retires)
    olds = [position for position, point in enumerate(old) if point.id not in apart]
    news = [position for position in range(len(plan.work_points)) if position not in decisions.fresh]
    at = {old[position].id: n for n, position in enumerate(olds)}
    here = {position: n for n, position in enumerate(news)}
    pairing = match(
        [Words(point.section, point.task, point.no, point.requirement) for point in (old[n] for n in olds)],
        [
            Words(point.section, point.task, point.no, point.requirement)
            for point in (plan.work_points[n] for n in news)
        ],
        decisions={here[new]: at[point_id] for point_id, new in decisions.pairs.items() if point_id in at},
    )
    pairs = tuple(replace(pair, old=olds[pair.old], new=news[pair.new]) for pair in pairing.pairs)
    partners = {pair.new for pair in pairs}, {pair.old for pair in pairs}
    return Pairing(
        pairs=pairs,
        additions=tuple(new for new in range(len(plan.work_points)) if new not in partners[0]),
        retirements=tuple(position for position in range(len(old)) if position not in partners[1]),
        ties=tuple(
            replace(tie, new=news[tie.new], candidates=tuple(olds[candidate] for candidate in tie.candidates))
            for tie in pairing.ties
        ),
    )


def _differs(point: Point, plan: Plan, position: int) -> bool:
    new = plan.work_points[position]
    assignments = {
        (assignment.written, assignment.role) for assignment in point.assignees if not assignment.via
    }
    assignments |= set(point.collectives)
    return (
        (point.section, point.task, point.no, point.requirement, point.mode, point.deadline)
        != (new.section, new.task, new.no, new.requirement, new.responsibility.mode, new.deadline)
    ) or assignments != {(assignment.unit, assignment.role) for assignment in new.responsibility.assignments}
