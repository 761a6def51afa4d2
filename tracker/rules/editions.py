"""What a plan file is to the plans that the ledger holds: a new plan, a revision, or a change of some items.

    the file                                                        is taken for
    the same document number, or the same year and title, or the    a candidate
      same year and theme, or the same year and at least half of
      its points found again
    no candidate                                                    new
    several candidates                                              undecided: a person names the plan
    one candidate, and nothing differs                              same
    one candidate, the title says 调整, 补充, 修改, 变更, 更正        amendment
    one candidate, and none of its points found again               undecided
    one candidate, and less than half as many points                undecided: a revision would retire the rest
    one candidate otherwise                                         revision

An amendment retires nothing by leaving it out. A revision that would retire more than a fifth of the plan is
probably the wrong file; it needs `--force`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from tracker.model import Plan
from tracker.rules.identity import Matching
from tracker.rules.identity import Words
from tracker.rules.identity import bare
from tracker.rules.identity import match
from tracker.rules.state import Office
from tracker.rules.state import PlanNow
from tracker.rules.state import Point

# A revision that retires more than this share is probably an accident.
PROBABLE_ACCIDENT = 0.2

_CHANGES = re.compile("调整|补充|修改|变更|更正|調整|補充|變更")
_YEAR = re.compile(r"^.*?(?:(?:19|20)\d\d|[二一][〇○零九][〇○零一二三四五六七八九]{2})(?:[—–-]\d{4})?年度?")
_TAIL = re.compile(
    r"(?:重点)?(?:工作)?(?:要点|任务)?(?:责任)?(?:分工方案|分工表|任务分工|分工|任务分解表|分解表|任务分解|任务清单"
    r"|责任清单|清单|实施方案|工作方案|方案|台账|一览表|要点)?(?:的通知)?(?:[（(].*[）)])?$"
)
_LEAD = re.compile(r"^(?:.*关于)?(?:印发|调整|下达)?[《“]?")


class How(Enum):
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
class Proposal:
    """What the file is, which plan it continues, and how its points are found there.

    Attributes:
        how: None when it cannot be decided.
        plan: Id of the plan that it continues; empty for a new one or while undecided.
        candidates: Plans that it could continue.
        old: The plan's points that the matching's old positions mean.
        matching: The comparison; None without a plan.
        changed: New positions whose words, units or deadline differ from the recorded ones.
    """

    how: How | None
    plan: str = ""
    candidates: tuple[str, ...] = ()
    old: tuple[Point, ...] = ()
    matching: Matching | None = None
    changed: tuple[int, ...] = ()

    @property
    def retired(self) -> tuple[Point, ...]:
        """Points that recording would retire; an amendment retires none."""
        if self.matching is None or self.how is not How.REVISION:
            return ()
        return tuple(self.old[each] for each in self.matching.retired)

    @property
    def is_probable_accident(self) -> bool:
        """Whether more would be retired than a person should let pass unasked."""
        return len(self.retired) > PROBABLE_ACCIDENT * max(len(self.old), 1)


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
    how: How | None = None,
    continues: str = "",
    decided: Mapping[str, int] | None = None,
) -> Proposal:
    """Decide what a file is. `how` and `continues` are what a person said; `decided` pairs old ids with new positions."""
    if how is How.NEW:
        return Proposal(How.NEW)
    candidates = (continues,) if continues else _candidates(office, plan)
    if not candidates:
        return Proposal(How.NEW)
    if len(candidates) > 1:
        return Proposal(None, candidates=candidates)
    old = tuple(point for point in office.plans[candidates[0]].points if not point.retired)
    matching = _compare(old, plan, decided or {})
    changed = tuple(pair.new for pair in matching.pairs if _differs(old[pair.old], plan, pair.new))
    if how is None:
        how = _judge(plan, old, matching, changed)
    return Proposal(how, candidates[0] if how else "", candidates, old, matching, changed)


def _judge(plan: Plan, old: tuple[Point, ...], matching: Matching, changed: tuple[int, ...]) -> How | None:
    order = [pair.old for pair in matching.pairs]
    moved = order != sorted(order)
    if not (matching.added or matching.retired or changed or moved):
        return How.SAME
    if _CHANGES.search(plan.title):
        unchanged = not matching.added and not changed
        return How.SAME if unchanged else How.AMENDMENT
    if not matching.pairs or 2 * len(plan.work_points) < len(old):
        return None
    return How.REVISION


def _candidates(office: Office, plan: Plan) -> tuple[str, ...]:
    held = office.plans
    by_number = [
        key for key, each in held.items() if plan.number and bare(each.edition.number) == bare(plan.number)
    ]
    if by_number:
        return tuple(by_number)
    same_year = {
        key: each for key, each in held.items() if plan.year is None or each.edition.year == plan.year
    }
    theme = bare(theme_of(plan.title))
    alike = [
        key for key, each in same_year.items() if theme and theme in (bare(each.edition.theme), _theme(each))
    ]
    return tuple(alike or (key for key, each in same_year.items() if _found_again(each, plan)))


def _theme(plan: PlanNow) -> str:
    return bare(theme_of(plan.edition.title))


def _found_again(held: PlanNow, plan: Plan) -> bool:
    old = tuple(point for point in held.points if not point.retired)
    known = {bare(point.requirement) for point in old}
    found = sum(bare(point.requirement) in known for point in plan.work_points)
    return bool(plan.work_points) and 2 * found >= len(plan.work_points)


def _compare(old: tuple[Point, ...], plan: Plan, decided: Mapping[str, int]) -> Matching:
    positions = {point.id: position for position, point in enumerate(old)}
    return match(
        [Words(each.section, each.task, each.no, each.requirement) for each in old],
        [Words(each.section, each.task, each.no, each.requirement) for each in plan.work_points],
        decided={new: positions[wp] for wp, new in decided.items() if wp in positions},
    )


def _differs(point: Point, plan: Plan, position: int) -> bool:
    new = plan.work_points[position]
    written = {(each.written, each.role) for each in point.answers if not each.via}
    written |= set(point.collectives)
    return (
        (point.section, point.task, point.no, point.requirement, point.mode, point.deadline)
        != (new.section, new.task, new.no, new.requirement, new.responsibility.mode, new.deadline)
    ) or written != {(each.unit, each.role) for each in new.responsibility.assignments}
