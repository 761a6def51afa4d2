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

An amendment retires nothing by leaving it out, only what a person names, and a revision no 临时交办 item. A revision that would retire more than a
fifth of the plan is probably the wrong file; it needs `--force`.

Items are split and put together by a person's word (`PointDecisions`): the old ones are retired and go on in new ones
(`Proposal.transfers`), which is no accident. What looks like it without a word is a suspect, and is asked.

What an edition changes, point by point, with both texts, is shown before it is recorded, and kept in the history
(`differences`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from enum import Enum

from tracker import patterns as re
from tracker.model import Deadline, DeadlineKind, Mode, Plan, Role, WorkPoint
from tracker.numerals import ONES
from tracker.rules.office import Office, PlanNow, Point
from tracker.rules.plans.identity import Pairing, Suspect, Words, bare, match, suspects
from tracker.values import dataclass

# A revision that retires more than this share is probably an accident.
PROBABLE_ACCIDENT = 0.2

_CHANGES = re.compile("调整|补充|修改|变更|更正|取消|調整|補充|變更")
_NOTICE = re.compile(r"(?:补充|调整|修改|变更|更正|取消|調整|補充|變更).*(?:通知|函)$")
# So many letters of a theme tell a plan in the title of a notice.
_LEAST_LETTERS = 4
_YEAR = re.compile(rf"^.*?(?:(?:19|20)\d\d|[二一][〇○零九][〇○零{ONES}]{{2}})(?:[—–-]\d{{4}})?年度?")
_TAIL = re.compile(
    r"(?:重点)?(?:工作)?(?:要点|任务)?(?:责任)?(?:分工方案|分工表|任务分工|分工|任务分解表|分解表|任务分解|任务清单"
    r"|责任清单|清单|实施方案|工作方案|方案|台账|一览表|要点)?(?:的通知)?(?:[（(].*[）)])?$"
)
# What joins two kinds of document in one title: 工作要点及责任分工.
_JOINT = re.compile(r"(?:及其|及|和|与|暨|、)$")
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
        handed_over: Ids that a revision retires only where a person said so.
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
    handed_over: frozenset[str] = frozenset()

    @property
    def retired_points(self) -> tuple[Point, ...]:
        """Points that recording would retire; an amendment retires only what was named, split or put together."""
        if self.pairing is None or self.kind not in (EditionKind.REVISION, EditionKind.AMENDMENT):
            return ()
        retired_ids = (
            {self.old[position].id for position in self.pairing.retirements} - self.handed_over
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
        points = [point for point in self.old if point.id not in self.handed_over]
        return len(losses) > PROBABLE_ACCIDENT * max(len(points), 1)


def theme_of(title: str) -> str:
    """What a plan is about, without its year, place and kind of document.

    >>> theme_of("某市2026年政务公开工作要点分工方案"), theme_of("关于印发《2025年度营商环境重点任务清单》的通知")
    ('政务公开', '营商环境')
    >>> theme_of("2026年信访工作要点及责任分工"), theme_of("2026年乡村振兴重点任务和任务清单")
    ('信访', '乡村振兴')
    """
    title = title.replace("》", "")
    short = _YEAR.sub("", title) if _YEAR.match(title) else _LEAD.sub("", title)
    theme = _TAIL.sub("", short.strip("《》“” "))
    while (first_kind := _JOINT.sub("", theme)) != theme:
        theme = _TAIL.sub("", first_kind)
    return theme or title


def propose(
    office: Office,
    plan: Plan,
    *,
    kind: EditionKind | None = None,
    continues: str = "",
    decisions: PointDecisions | None = None,
    handed_over: frozenset[str] = frozenset(),
) -> Proposal:
    """Decide what a file is.

    Args:
        office: The plans that it may continue.
        plan: What it says.
        kind: What a person said that it is.
        continues: The plan that a person named.
        decisions: What a person said of single points.
        handed_over: Points that were never part of a plan's file (临时交办): leaving them out says nothing.
    """
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
    old = office.plans[candidates[0]].live_points
    pairing = _compare(old, plan, decisions)
    changed_positions = tuple(pair.new for pair in pairing.pairs if _differs(old[pair.old], plan, pair.new))
    if kind is None:
        kind = _judge(plan, old, pairing, changed_positions, handed_over)
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
        handed_over=handed_over,
    )


def with_known_limits(plan: Plan, proposal: Proposal) -> Plan:
    """The plan with what is known of limits whose words it repeats: nobody can read them, and a person gave the day."""
    if proposal.pairing is None:
        return plan
    points = list(plan.work_points)
    for pair in proposal.pairing.pairs:
        before, now = proposal.old[pair.old].deadline, points[pair.new].deadline
        if now.kind is DeadlineKind.NONE is not before.kind and bare(now.text) == bare(before.text):
            points[pair.new] = replace(points[pair.new], deadline=before)
    return replace(plan, work_points=tuple(points))


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
    plan: Plan,
    old: tuple[Point, ...],
    pairing: Pairing,
    changes: tuple[int, ...],
    handed_over: frozenset[str],
) -> EditionKind | None:
    order = [pair.old for pair in pairing.pairs]
    is_reordered = order != sorted(order)
    points = [point for point in old if point.id not in handed_over]
    retirements = [position for position in pairing.retirements if old[position].id not in handed_over]
    if not (pairing.additions or retirements or changes or is_reordered):
        return EditionKind.SAME
    if _CHANGES.search(plan.title):
        is_same = not pairing.additions and not changes
        return EditionKind.SAME if is_same else EditionKind.AMENDMENT
    if not pairing.pairs or 2 * len(plan.work_points) < len(points):
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
        if (theme and theme in (bare(other.edition.theme), theme_key(other)))
        # 关于调整……部分事项的通知 names the plan that it changes.
        or (
            _CHANGES.search(plan.title)
            and len(theme_key(other)) >= _LEAST_LETTERS
            and theme_key(other) in title
        )
    ]
    return tuple(alike or (key for key, other in same_year.items() if _found_again(other, plan)))


def theme_key(plan: PlanNow) -> str:
    """The theme of a plan, bare: two plans with the same one are about the same."""
    return bare(theme_of(plan.edition.title))


LAST_YEAR = "year"


def last_year_plans(office: Office, plan: str) -> tuple[str, ...]:
    """The plans of an earlier year that a plan continues.

    Those that a person named (`--with`), else our plans of the latest earlier year with the same theme.
    """
    plans = linked_plans(office, plan, LAST_YEAR)
    if plans:
        return plans
    year, theme = office.plans[plan].edition.year, theme_key(office.plans[plan])
    alike = [
        (other.edition.year, key)
        for key, other in office.plans.items()
        if other.edition.year < year and theme and theme_key(other) == theme
    ]
    latest = max((year for year, _ in alike), default=0)
    return tuple(key for year, key in alike if year == latest)


def linked_plans(office: Office, plan: str, how: str) -> tuple[str, ...]:
    """Our plans that a person named to be compared with a plan."""
    return tuple(
        link.other
        for link in office.plan_links
        if link.plan == plan and link.how == how and link.other in office.plans
    )


def past_plans(office: Office) -> frozenset[str]:
    """Our plans whose year is over, since a later one continues them.

    What was not done in them is still owed until 年度对照 says where it goes on; but nobody is asked for their forms
    any more, no round of theirs opens, and their reports stay as they are unless somebody asks for them.
    """
    return frozenset(old_plan for plan in office.plans for old_plan in last_year_plans(office, plan))


def _found_again(plan_now: PlanNow, plan: Plan) -> bool:
    old = plan_now.live_points
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
