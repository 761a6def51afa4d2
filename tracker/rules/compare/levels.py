"""The superior's plan against ours: which of our items serve which of its items, how far, the gaps, and what it gets to read.

Proposed by likeness, decided by a person; many to many:

    proposed for an item of the superior's
    ours at least 0.20 alike, three at most, each 0.30 alike or 0.6 as alike as the best   承接 by them
    none                                                                                   未承接: a gap

A gap is proposed and never accepted together with all others: that nothing of ours serves an item of the superior's is
said for each one by itself. What was decided is not proposed anew; an item of ours may serve any number.

    theirs is              when
    承接 (served)           a person named items of ours, and one of them is still in our plan
    未承接 (gap)            a person said that nothing of ours serves it
    不属本级 (elsewhere)     a person said that it is no duty of ours; it counts in no rate
    待确认 (open)            nobody has said anything, or what served it has left our plan

Coverage is served / (all - elsewhere).

The annex is one page of text, every item of its plan with who serves it here and how far, and the gaps. It states what a person confirmed; what nobody confirmed says 待确认, so that nobody signs it unseen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.columns import Align, Column
from tracker.comparison import Judgement
from tracker.facts import Serves
from tracker.model import Role
from tracker.outline import Attachment, Letterhead, Official, Say, Text, long_date
from tracker.problems.base import Finding
from tracker.problems.compare import NO_SUCH_ITEM, WRONG_COUNT
from tracker.rules.compare.lineage import PERSON, live_points, our_plans_for
from tracker.rules.compare.proposals import LinkProposal, Scale, nearest
from tracker.rules.office import WITHDRAWAL, Office, Point, names_in_role
from tracker.rules.progress import Figure, Standing, percent, standings
from tracker.rules.wording import without_number
from tracker.settings import Thresholds
from tracker.table import Table
from tracker.workdays import Calendar


def units_of(point: Point) -> str:
    """Who leads and who answers, as the plan wrote them."""
    leads, others = names_in_role(point, Role.LEAD), names_in_role(point, Role.RESPONSIBLE)
    return "、".join([*(f"{lead}（牵头）" for lead in leads), *others])


SERVES, GAP, ELSEWHERE = "serves", "gap", "elsewhere"
LEVEL_WORDS: dict[str, str] = {SERVES: "承接", GAP: "未承接", ELSEWHERE: "不属本级"}
_HOW = {word: how for how, word in LEVEL_WORDS.items()}
# Nobody has said anything.
OPEN = "open"

LEVEL_LIKENESS, SURE, NEARLY, MOST = 0.20, 0.30, 0.6, 3


def propose_levels(
    theirs: Sequence[Point], ours: Sequence[Point], decided_ids: Collection[str] = ()
) -> Mapping[str, LinkProposal]:
    """Propose for the superior's items; `decided_ids` are those that a person has decided."""
    scale = Scale([point.requirement for point in (*theirs, *ours)])
    proposals = {}
    for point in theirs:
        if point.id in decided_ids:
            continue
        alike = sorted(
            (-scale.likeness(point.requirement, other.requirement, headings=_headings(point, other)), n)
            for n, other in enumerate(ours)
        )
        best = -alike[0][0] if alike else 0.0
        near = [n for value, n in alike if -value >= LEVEL_LIKENESS and -value >= min(SURE, NEARLY * best)][
            :MOST
        ]
        proposals[point.id] = (
            LinkProposal(SERVES, tuple(ours[n].id for n in near), best)
            if near
            else LinkProposal(GAP, near=nearest(point, ours, scale))
        )
    return proposals


def _headings(one: Point, other: Point) -> tuple[str, str]:
    return one.task or one.section, other.task or other.section


def level_judgements(
    serves: Iterable[Serves], theirs: Collection[str], ours: Collection[str]
) -> dict[str, Judgement]:
    """What the ledger holds of each item of the superior's; items of ours that are gone are left out."""
    judgements: dict[str, Judgement] = {}
    for link in serves:
        if link.theirs not in theirs or (link.ours and link.ours not in ours):
            continue
        earlier = judgements.get(link.theirs)
        others = earlier.others if earlier and earlier.word == LEVEL_WORDS[SERVES] else ()
        judgements[link.theirs] = Judgement(
            LEVEL_WORDS[link.how], (*others, link.ours) if link.ours else (), link.note
        )
    return judgements


def decide_levels(
    judgements: Mapping[str, Judgement], serves: Sequence[Serves], ours: Collection[str]
) -> tuple[tuple[Serves, ...], Mapping[str, Finding]]:
    """Turn statements into facts, and say why others are none."""
    facts: list[Serves] = []
    findings: dict[str, Finding] = {}
    for key in sorted(judgements):
        links = _links(key, judgements[key], ours)
        if isinstance(links, Finding):
            findings[key] = links
            continue
        old_links = {link.ours: link for link in serves if link.theirs == key}
        new_links = {link.ours: link for link in links}
        facts += [
            Serves(key, point_id, WITHDRAWAL, PERSON, old_links[point_id].note)
            for point_id in old_links
            if point_id not in new_links
        ]
        facts += [link for ours_, link in new_links.items() if old_links.get(ours_) != link]
    return tuple(facts), findings


def _links(key: str, judgement: Judgement, ours: Collection[str]) -> tuple[Serves, ...] | Finding:
    if not judgement.word:
        return ()
    how = _HOW[judgement.word]
    if how != SERVES:
        return (Serves(key, "", how, PERSON, judgement.note),)
    strangers = [point_id for point_id in judgement.others if point_id not in ours]
    if strangers:
        return NO_SUCH_ITEM.at(key, wp="、".join(strangers), side="本级")
    if not judgement.others:
        return WRONG_COUNT.at(key, why="“承接”没有写本级事项编号")
    return tuple(Serves(key, point_id, how, PERSON, judgement.note) for point_id in judgement.others)


@dataclass(frozen=True)
class Levels:
    """The superior's plan and ours.

    Attributes:
        superior: Its id.
        plans: Ours.
        theirs: The superior's items.
        ours: Our items.
        judgements: What a person decided, by the superior's item.
        states: Where each item of ours stands.
    """

    superior: str
    plans: tuple[str, ...]
    theirs: tuple[Point, ...]
    ours: tuple[Point, ...]
    judgements: Mapping[str, Judgement]
    states: Mapping[str, Standing]

    def ids_with(self, how: str) -> tuple[str, ...]:
        """The superior's items that a person said this of."""
        return tuple(
            point.id
            for point in self.theirs
            if point.id in self.judgements and self.judgements[point.id].word == LEVEL_WORDS[how]
        )

    @property
    def open_ids(self) -> tuple[str, ...]:
        """Those that nobody has said anything of."""
        return tuple(point.id for point in self.theirs if point.id not in self.judgements)

    def is_done(self, theirs: str) -> bool:
        """Whether every item that serves it is done."""
        others = self.judgements[theirs].others if theirs in self.judgements else ()
        return bool(others) and all(self.states[point_id].done for point_id in others)

    def state_word(self, point_id: str) -> str:
        """Where an item of ours stands, in a word."""
        state = self.states[point_id]
        return "逾期未完成" if state.overdue else "已完成" if state.done else state.word


def compare_levels(
    office: Office, superior: str, *, today: dt.date, calendar: Calendar, thresholds: Thresholds | None = None
) -> Levels | None:
    """Gather both levels; None where no plan of ours goes with the superior's."""
    plans = our_plans_for(office, superior)
    if not plans:
        return None
    theirs = live_points(office.superiors[superior])
    ours = tuple(point for plan in plans for point in live_points(office.plans[plan]))
    return Levels(
        superior,
        plans,
        theirs,
        ours,
        level_judgements(office.serves, {point.id for point in theirs}, {point.id for point in ours}),
        standings(office, ours, today=today, calendar=calendar, thresholds=thresholds),
    )


def level_figures(levels: Levels) -> tuple[Figure, ...]:
    """The counts: coverage, gaps, how far what serves has come."""
    served_ids, elsewhere = levels.ids_with(SERVES), levels.ids_with(ELSEWHERE)
    due = tuple(point.id for point in levels.theirs if point.id not in elsewhere)
    done = tuple(point_id for point_id in served_ids if levels.is_done(point_id))
    serving_ids = {point_id for judgement in levels.judgements.values() for point_id in judgement.others}
    own_ids = tuple(point.id for point in levels.ours if point.id not in serving_ids)
    return (
        Figure("levels.due", "应承接的上级事项", "上级方案的事项，确认“不属本级”的除外。", due),
        Figure(
            "levels.served",
            "已承接（覆盖率）",
            "应承接的上级事项中，经确认有本级事项承接的。",
            served_ids,
            percent(len(served_ids), len(due)),
        ),
        Figure(
            "levels.gap", "未承接", "应承接的上级事项中，经确认没有本级事项承接的。", levels.ids_with(GAP)
        ),
        Figure("levels.waiting", "待确认", "应承接的上级事项中，尚未确认的。", levels.open_ids),
        Figure(
            "levels.done",
            "已承接且均已完成",
            "已承接的上级事项中，承接它的本级事项全部完成的。",
            done,
            percent(len(done), len(served_ids)),
        ),
        Figure("levels.elsewhere", "不属本级", "经确认不属于本级职责的上级事项，不计入覆盖率。", elsewhere),
        Figure("levels.own", "本级自定事项", "本级方案中没有承接任何上级事项的（含尚未确认的）。", own_ids),
    )


_ANNEX_COLUMNS = (
    Column("序号", 11, align=Align.CENTER),
    Column("上级任务", 24, merge=True),
    Column("上级要求", 62),
    Column("本级承接事项", 66),
    Column("责任单位", 34),
    Column("进展", 20, align=Align.CENTER),
    Column("备注", 22),
)
_GAP_COLUMNS = (
    Column("序号", 11, align=Align.CENTER),
    Column("上级任务", 28, merge=True),
    Column("上级要求", 80),
    Column("情况", 18, align=Align.CENTER),
    Column("说明", 60),
)


def level_annex(office: Office, levels: Levels, say: Say, head: Letterhead, *, as_of: dt.date) -> Official:
    """The document as an outline."""
    edition = office.superiors[levels.superior].edition
    figures = {figure.code.removeprefix("levels."): figure for figure in level_figures(levels)}
    ours = {point.id: point for point in levels.ours}
    rows: list[tuple[str, ...]] = []
    gaps: list[tuple[str, ...]] = []
    for number, point in enumerate(levels.theirs, start=1):
        judgement = levels.judgements.get(point.id)
        others = tuple(point_id for point_id in judgement.others if point_id in ours) if judgement else ()
        word = judgement.word if judgement else "待确认"
        task = without_number(point.task or point.section) if point.task or point.section else ""
        rows.append(
            (
                str(number),
                task,
                point.requirement,
                "\n".join(ours[point_id].requirement for point_id in others) or word,
                "\n".join(dict.fromkeys(units_of(ours[point_id]) for point_id in others)),
                "\n".join(dict.fromkeys(levels.state_word(point_id) for point_id in others)) or "—",
                judgement.note if judgement else "",
            )
        )
        if judgement is None or judgement.word in (LEVEL_WORDS[GAP], LEVEL_WORDS[ELSEWHERE]):
            gaps.append(
                (str(len(gaps) + 1), task, point.requirement, word, judgement.note if judgement else "")
            )
    titles = "、".join(f"《{office.plans[plan].edition.title}》" for plan in levels.plans)
    text = say(
        "level.opening",
        title=edition.title,
        number=edition.number,
        own=titles,
        as_of=long_date(as_of),
        f=figures,
    )
    attachments = [Attachment(say("level.all"), (Table(_ANNEX_COLUMNS, tuple(rows)),), landscape=True)]
    if gaps:
        attachments.append(Attachment(say("level.gaps"), (Table(_GAP_COLUMNS, tuple(gaps)),), landscape=True))
    return Official(
        title=say("level.title", title=edition.title),
        blocks=(Text(text), Text(say("level.close"))),
        addressee=head.superior,
        signature=head.office_name,
        date=as_of,
        attachments=tuple(attachments),
    )
