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
from tracker.rules.comparing.proposing import Proposed
from tracker.rules.comparing.proposing import nearest
from tracker.rules.comparing.stating import Said
from tracker.rules.fold import WITHDRAWN
from tracker.rules.state import Point

SERVES, GAP, ELSEWHERE = "serves", "gap", "elsewhere"
WORDS: dict[str, str] = {SERVES: "承接", GAP: "未承接", ELSEWHERE: "不属本级"}
_HOW = {word: how for how, word in WORDS.items()}
# Nobody has said anything.
OPEN = "open"

LIKE, SURE, NEARLY, MOST = 0.20, 0.30, 0.6, 3


def propose(
    theirs: Sequence[Point], ours: Sequence[Point], known: Collection[str] = ()
) -> Mapping[str, Proposed]:
    """Propose for the superior's items; `known` are those that a person has decided."""
    scale = Scale([each.requirement for each in (*theirs, *ours)])
    found = {}
    for point in theirs:
        if point.id in known:
            continue
        alike = sorted(
            (-scale.likeness(point.requirement, each.requirement, headings=_headings(point, each)), n)
            for n, each in enumerate(ours)
        )
        best = -alike[0][0] if alike else 0.0
        near = [n for value, n in alike if -value >= LIKE and -value >= min(SURE, NEARLY * best)][:MOST]
        found[point.id] = (
            Proposed(SERVES, tuple(ours[n].id for n in near), best)
            if near
            else Proposed(GAP, near=nearest(point, ours, scale))
        )
    return found


def _headings(one: Point, other: Point) -> tuple[str, str]:
    return one.task or one.section, other.task or other.section


def decided(serves: Iterable[Serves], theirs: Collection[str], ours: Collection[str]) -> dict[str, Said]:
    """What the ledger holds of each item of the superior's; items of ours that are gone are left out."""
    found: dict[str, Said] = {}
    for each in serves:
        if each.theirs not in theirs or (each.ours and each.ours not in ours):
            continue
        known = found.get(each.theirs)
        others = known.others if known and known.word == WORDS[SERVES] else ()
        found[each.theirs] = Said(WORDS[each.how], (*others, each.ours) if each.ours else (), each.note)
    return found


def decide(
    said: Mapping[str, Said], serves: Sequence[Serves], ours: Collection[str]
) -> tuple[tuple[Serves, ...], Mapping[str, Finding]]:
    """Turn statements into facts, and say why others are none."""
    facts: list[Serves] = []
    findings: dict[str, Finding] = {}
    for key in sorted(said):
        links = _links(key, said[key], ours)
        if isinstance(links, Finding):
            findings[key] = links
            continue
        held = {each.ours: each for each in serves if each.theirs == key}
        wanted = {each.ours: each for each in links}
        facts += [
            Serves(key, each, WITHDRAWN, PERSON, held[each].note) for each in held if each not in wanted
        ]
        facts += [each for ours_, each in wanted.items() if held.get(ours_) != each]
    return tuple(facts), findings


def _links(key: str, said: Said, ours: Collection[str]) -> tuple[Serves, ...] | Finding:
    if not said.word:
        return ()
    how = _HOW[said.word]
    if how != SERVES:
        return (Serves(key, "", how, PERSON, said.note),)
    unknown = [each for each in said.others if each not in ours]
    if unknown:
        return comparing.NO_SUCH_ITEM.at(key, wp="、".join(unknown), side="本级")
    if not said.others:
        return comparing.WRONG_COUNT.at(key, why="“承接”没有写本级事项编号")
    return tuple(Serves(key, each, how, PERSON, said.note) for each in said.others)
