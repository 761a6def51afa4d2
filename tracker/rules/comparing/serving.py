"""Which of our items serve which of the superior's: proposed by likeness, decided by a person; many to many.

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
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence

from tracker.facts import Serves
from tracker.problems import Finding
from tracker.problems import comparing
from tracker.rules.comparing.deciding import PERSON
from tracker.rules.comparing.likeness import Scale
from tracker.rules.comparing.proposing import LinkProposal
from tracker.rules.comparing.proposing import nearest
from tracker.rules.comparing.stating import Judgement
from tracker.rules.fold_keys import WITHDRAWAL
from tracker.rules.state import Point

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
        return comparing.NO_SUCH_ITEM.at(key, wp="、".join(strangers), side="本级")
    if not judgement.others:
        return comparing.WRONG_COUNT.at(key, why="“承接”没有写本级事项编号")
    return tuple(Serves(key, point_id, how, PERSON, judgement.note) for point_id in judgement.others)
