"""What is proposed for two plans, and how alike two of their items are: never a fact, only what stands prefilled.

Each item that nobody has decided gets the first of these that fits:

    of this year's items                                                          proposed
    the same words as one of last year's                                          延续
    it stands nearly whole (0.75) in one of last year's, and so does another one  拆分 from it
    two or more of last year's stand nearly whole in it                           合并 with them
    its partner when all pairs together are as alike as possible (at least 0.22)  延续
      but another one, without a better partner, is nearly as like (within 0.03)  a tie: the candidates are named
    nothing                                                                       新增

    of last year's items that are proposed for nothing
    not finished when last year ended                                             nothing: a person has to say
    else                                                                          不再列入

    of the superior's items
    ours at least 0.20 alike, three at most, each 0.30 alike or 0.6 as alike as the best   承接 by them
    none                                                                                   未承接: a gap

What a person decided is on neither side of the comparison, so a later run cannot propose against it; last year's item
that was 拆分 stays on offer, for the rest of it may stand in an item that was added later. An item of ours may serve any
number of the superior's. A gap is never accepted together with all others.

How alike two items of different plans are, between 0 and 1: within a year an edition repeats its words, and
`rules.plans.identity` compares letter by letter. From one year to the next, and from one level to the other, a text is written anew: sentences change places, names of the year come and go,
and what stays are the words that say what it is about. So a text is the set of its pairs of neighbouring letters, and a
pair weighs the more the fewer items of both plans have it: 公开 and 推进 stand in every item and weigh next to nothing.

    shared      weight of the pairs that both have, against the mean weight of the two texts (Dice's coefficient)
    contained   the same against the lighter text: how much of the shorter one stands in the longer one
    likeness    0.55 shared + 0.35 contained + 0.10 of what their headings share

Years, the numbers of headings and the documents that a text refers to (按照《…》, 《…》（…号）) say nothing of what is to
be done and are left out. A text of fewer than four letters is like itself only.

    >>> ours = ("公开部门预算和决算，细化到项级科目", "按月发布环境空气质量", "及时公布义务教育招生范围")
    >>> theirs = ("推进财政预算、决算公开", "公布义务教育学校招生范围和结果")
    >>> scale = Scale([*ours, *theirs])
    >>> [max(range(3), key=lambda n: scale.likeness(text, ours[n])) for text in theirs]
    [0, 2]
    >>> scale.likeness(ours[0], ours[0]), scale.likeness(ours[0], ours[1])
    (1.0, 0.0)

Which plans are compared with which, and where an item came from in earlier years.

last year's plan       `rules.plans.last_year_plans`
ours for a superior's  those that a person named; else our plans of its year with its theme, else all of its year

>>> from tracker.facts import Carried
>>> office = Office(continuations=(Carried("P1-003", "P2-001", "continued", ""), Carried("P1-009", "", "dropped", "")))
>>> ancestors(office, "P2-001"), sorted(superseded_ids(office))
(('P1-003',), ['P1-003', 'P1-009'])
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from tracker import patterns as re
from tracker.numerals import HAN
from tracker.rules.office import Office, Point
from tracker.rules.plans import LAST_YEAR, TIE, bare, best_assignment, linked_plans, steps_from, theme_key
from tracker.values import dataclass

PERSON = "person"

YEAR, SUPERIOR = LAST_YEAR, "superior"
# `facts.Carried.how` from one year to the next.
CONTINUATION, MERGER, DIVISION, NEW, OMISSION = "continued", "merged", "divided", "new", "dropped"
GOES_ON = (CONTINUATION, MERGER, DIVISION)
# `facts.Serves.how`.
SERVES, GAP, ELSEWHERE = "serves", "gap", "elsewhere"


def our_plans_for(office: Office, superior: str) -> tuple[str, ...]:
    """Our plans that answer to a plan of the superior's."""
    plans = linked_plans(office, superior, SUPERIOR)
    if plans:
        return plans
    theirs = office.superiors[superior]
    same_year = {key: plan for key, plan in office.plans.items() if plan.edition.year == theirs.edition.year}
    theme = theme_key(theirs)
    alike = tuple(key for key, plan in same_year.items() if theme and theme_key(plan) == theme)
    return alike or tuple(same_year)


def ancestors(office: Office, point_id: str) -> tuple[str, ...]:
    """Every item of earlier years that goes on in this one, the latest year first."""
    links = (link for link in office.continuations if link.from_wp and link.to_wp and link.how in GOES_ON)
    return steps_from(point_id, ((link.to_wp, link.from_wp) for link in links))


def superseded_ids(office: Office) -> frozenset[str]:
    """Items of earlier years that nobody owes under their old number: they go on in another, or were dropped."""
    return frozenset(
        link.from_wp for link in office.continuations if link.from_wp and link.how in (*GOES_ON, OMISSION)
    )


SHARE_WEIGHT, CONTAINMENT_WEIGHT, HEADING_WEIGHT = 0.55, 0.35, 0.10

_YEAR = re.compile(r"(?:19|20)\d\d年?度?|今年|本年度?|全年")
_NUMBER = re.compile(rf"^\s*(?:第?[{HAN}]+[、.．条章]|[（(][{HAN}\d]+[)）]|\d+[.．、])")
_CITATION = re.compile(
    r"(?:按照|根据|依据|依照|对照|落实|执行)《[^《》]+(?:《[^《》]*》[^《》]*)?》(?:[（(][^（）()]*[）)])?(?:的?(?:要求|规定|精神))?"
    r"|《[^《》]+(?:《[^《》]*》[^《》]*)?》[（(][^（）()]*号[）)](?:的?(?:要求|规定|精神))?"
)
_LEAST = 4


def words(text: str) -> str:
    """What of a text is compared: no marks, no years, no number in front, no document that it only refers to.

    >>> words("3.按照《关于做好公报工作的通知》（某府办〔2018〕18号）要求，2018年办好公报")
    '办好公报'
    """
    return bare(_YEAR.sub("", _CITATION.sub("", _NUMBER.sub("", text))))


def _letter_pairs(text: str) -> frozenset[str]:
    return frozenset(text[n : n + 2] for n in range(len(text) - 1))


class Scale:
    """What pairs of letters weigh in two plans, and how alike their items are by it."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._known: dict[str, tuple[str, frozenset[str], float]] = {}
        bags = [_letter_pairs(words(text)) for text in texts]
        counts = Counter(pair for bag in bags for pair in bag)
        self._most = len(bags) + 1
        # 0 for a pair that stands in every item, the full weight for one that stands in one or two.
        self._weights: Mapping[str, float] = {
            pair: math.log(self._most / max(count, 2)) for pair, count in counts.items()
        }

    def likeness(self, one: str, other: str, *, headings: tuple[str, str] = ("", "")) -> float:
        """How alike two texts are; `headings` are the parts and tasks that they stand under."""
        bare_one, _, _ = self._bag(one)
        bare_other, _, _ = self._bag(other)
        if bare_one == bare_other:
            return 1.0
        if min(len(bare_one), len(bare_other)) < _LEAST:
            return 0.0
        share, containment = self._shares(one, other)
        if not all(headings):
            return round(
                (SHARE_WEIGHT * share + CONTAINMENT_WEIGHT * containment)
                / (SHARE_WEIGHT + CONTAINMENT_WEIGHT),
                4,
            )
        heading_share = 1.0 if words(headings[0]) == words(headings[1]) else self._shares(*headings)[0]
        return round(
            SHARE_WEIGHT * share + CONTAINMENT_WEIGHT * containment + HEADING_WEIGHT * heading_share, 4
        )

    def containment(self, part: str, whole: str) -> float:
        """How much of one text stands in another."""
        _, pairs, weight = self._bag(part)
        _, others, _ = self._bag(whole)
        return self._weight(pairs & others) / weight if weight else 0.0

    def _shares(self, one: str, other: str) -> tuple[float, float]:
        _, pairs, weight = self._bag(one)
        _, others, other_weight = self._bag(other)
        if not weight or not other_weight:
            return 0.0, 0.0
        both = self._weight(pairs & others)
        return 2 * both / (weight + other_weight), both / min(weight, other_weight)

    def _weight(self, pairs: Iterable[str]) -> float:
        # Summed in order, so that the same texts give the same number.
        return sum(self._weights.get(pair, math.log(self._most / 2)) for pair in sorted(pairs))

    def _bag(self, text: str) -> tuple[str, frozenset[str], float]:
        if text not in self._known:
            bare_text = words(text)
            pairs = _letter_pairs(bare_text)
            self._known[text] = bare_text, pairs, self._weight(pairs)
        return self._known[text]


# Less alike than this is a new item.
LEAST_LIKENESS = 0.22
# Equal numbers, equal headings and equal places break what is otherwise equal; they never make a pair.
_NUDGE = 1e-4
# So much of an item stands in another one; shorter ones stand in many.
PIECE, _LEAST_LETTERS = 0.75, 6
# Of ours for one of the superior's: so alike at least, surely so, or so much of the best; and so many.
LEVEL_LIKENESS, _SURE, _NEARLY, _MOST = 0.20, 0.30, 0.6, 3
# From here on an item may be named as the nearest; so many are.
LEAST_NEAR, _NEAR = 0.08, 2
# What nobody can propose.
ASK = "ask"


@dataclass(frozen=True, slots=True)
class LinkProposal:
    """What is proposed for an item.

    Attributes:
        how: A word of `Carried.how`, or `ask`.
        others: Items of the other plan, the most alike first; of a tie the candidates.
        likeness: To the first of them.
        near: The nearest of the other plan where none is alike enough; said, never accepted.
    """

    how: str
    others: tuple[str, ...] = ()
    likeness: float = 0.0
    near: tuple[str, ...] = ()

    @property
    def may_be_accepted(self) -> bool:
        """Whether 按建议 means something."""
        return self.how not in (ASK, GAP)


def propose_years(
    old: Sequence[Point],
    new: Sequence[Point],
    *,
    unfinished_ids: Collection[str] = (),
) -> Mapping[str, LinkProposal]:
    """Propose for items that nobody has decided.

    Args:
        old: Last year's, in the order of their plans.
        new: This year's.
        unfinished_ids: Ids of last year's items that had not been finished.
    """
    scale = Scale([point.requirement for point in (*old, *new)])
    proposals = _pairs(old, new, scale, least=1.0)
    proposals |= _pieces(_free(old, proposals), [point for point in new if point.id not in proposals], scale)
    proposals |= _pairs(
        _free(old, proposals),
        [point for point in new if point.id not in proposals],
        scale,
        least=LEAST_LIKENESS,
    )
    partner_ids = {point_id for proposal in proposals.values() for point_id in proposal.others}
    for point in new:
        if point.id not in proposals:
            proposals[point.id] = LinkProposal(NEW, near=nearest(point, old, scale))
    for point in old:
        if point.id not in partner_ids:
            how = ASK if point.id in unfinished_ids else OMISSION
            proposals[point.id] = LinkProposal(how, near=nearest(point, new, scale))
    return proposals


def propose_levels(
    theirs: Sequence[Point], ours: Sequence[Point], decided_ids: Collection[str] = ()
) -> Mapping[str, LinkProposal]:
    """Propose for the superior's items; `decided_ids` are those that a person has decided."""
    scale = Scale([point.requirement for point in (*theirs, *ours)])
    proposals = {}
    for point in theirs:
        if point.id in decided_ids:
            continue
        alike = sorted((-_likeness(point, other, scale), n) for n, other in enumerate(ours))
        best = -alike[0][0] if alike else 0.0
        least = max(LEVEL_LIKENESS, min(_SURE, _NEARLY * best))
        near = tuple(ours[n].id for value, n in alike if -value >= least)[:_MOST]
        proposals[point.id] = (
            LinkProposal(SERVES, near, best) if near else LinkProposal(GAP, near=nearest(point, ours, scale))
        )
    return proposals


def nearest(point: Point, others: Sequence[Point], scale: Scale) -> tuple[str, ...]:
    """The two that are most like an item, where they have anything to do with it."""
    alike = sorted((-scale.likeness(point.requirement, other.requirement), other.id) for other in others)
    return tuple(point_id for value, point_id in alike[:_NEAR] if -value >= LEAST_NEAR)


def _free(old: Sequence[Point], proposals: Mapping[str, LinkProposal]) -> list[Point]:
    partner_ids = {point_id for proposal in proposals.values() for point_id in proposal.others}
    return [point for point in old if point.id not in partner_ids]


def _pieces(old: Sequence[Point], new: Sequence[Point], scale: Scale) -> dict[str, LinkProposal]:
    """What stands in pieces in two or more, or holds two or more whole."""
    proposals: dict[str, LinkProposal] = {}
    partner_ids: set[str] = set()
    for point in old:
        parts = [part for part in new if _stands_in(part, point, scale)]
        if len(parts) > 1:
            proposals |= {
                part.id: LinkProposal(DIVISION, (point.id,), _share(part, point, scale)) for part in parts
            }
            partner_ids.add(point.id)
    for point in new:
        wholes = [whole for whole in old if whole.id not in partner_ids and _stands_in(whole, point, scale)]
        if point.id not in proposals and len(wholes) > 1:
            share = min(_share(whole, point, scale) for whole in wholes)
            proposals[point.id] = LinkProposal(MERGER, tuple(whole.id for whole in wholes), share)
            partner_ids |= {whole.id for whole in wholes}
    return proposals


def _stands_in(part: Point, whole: Point, scale: Scale) -> bool:
    shorter = len(words(part.requirement)) < len(words(whole.requirement))
    return shorter and len(words(part.requirement)) >= _LEAST_LETTERS and _share(part, whole, scale) >= PIECE


def _share(part: Point, whole: Point, scale: Scale) -> float:
    return round(scale.containment(part.requirement, whole.requirement), 4)


def _pairs(
    old: Sequence[Point], new: Sequence[Point], scale: Scale, *, least: float
) -> dict[str, LinkProposal]:
    """Pairs at least so alike, all together as alike as possible, and ties."""
    likeness = [[_likeness(point, other, scale) for other in old] for point in new]
    weights = [
        [
            value + _NUDGE * _same_place(new[row], old[column]) if value >= least else 0.0
            for column, value in enumerate(line)
        ]
        for row, line in enumerate(likeness)
    ]
    partners = best_assignment(weights)
    pairs = {
        row: column for row, column in enumerate(partners) if column is not None and weights[row][column]
    }
    column_weights = {column: weights[row][column] for row, column in pairs.items()}
    proposals: dict[str, LinkProposal] = {}
    rival_columns: set[int] = set()
    for row, line in enumerate(weights):
        column = pairs.get(row)
        best = line[column] if column is not None else 0.0
        # Whoever has a better partner elsewhere is no rival.
        rivals = [
            n
            for n, value in enumerate(line)
            if n != column and value and value >= best - TIE and value >= column_weights.get(n, 0.0) - TIE
            if not (value > 1.0 - _NUDGE and abs(value - best) > _NUDGE / 2)
        ]
        if column is None and not rivals:
            continue
        candidates = rivals if column is None else [column, *rivals]
        order = sorted(candidates, key=lambda n: (-line[n], n))
        how = ASK if rivals else CONTINUATION
        proposals[new[row].id] = LinkProposal(how, tuple(old[n].id for n in order), likeness[row][order[0]])
        if column is None:
            rival_columns |= set(rivals)
    for row, column in pairs.items():
        if column in rival_columns:
            proposals[new[row].id] = replace(proposals[new[row].id], how=ASK)
    return proposals


def _likeness(one: Point, other: Point, scale: Scale) -> float:
    return scale.likeness(one.requirement, other.requirement, headings=_headings(one, other))


def _headings(one: Point, other: Point) -> tuple[str, str]:
    return one.task or one.section, other.task or other.section


def _same_place(one: Point, other: Point) -> int:
    here, there = _headings(one, other)
    return (bool(one.no) and one.no == other.no) + (here == there)
