"""What is proposed for two years' plans: never a fact, only what stands prefilled in the workbook.

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

What a person decided is on neither side of the comparison, so a later run cannot propose against it; last year's item
that was 拆分 stays on offer, for the rest of it may stand in an item that was added later.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

from tracker.rules.comparing.likeness import TIE
from tracker.rules.comparing.likeness import Scale
from tracker.rules.comparing.likeness import words
from tracker.rules.comparing.lineage import CONTINUATION
from tracker.rules.comparing.lineage import DIVISION
from tracker.rules.comparing.lineage import MERGER
from tracker.rules.comparing.lineage import NEW
from tracker.rules.comparing.lineage import OMISSION
from tracker.rules.plans.matching import best_assignment
from tracker.rules.state import Point

# Less alike than this is a new item.
LEAST_LIKENESS = 0.22
# Equal numbers, equal headings and equal places break what is otherwise equal; they never make a pair.
_NUDGE = 1e-4
# So much of an item stands in another one; shorter ones stand in many.
PIECE, _LEAST_LETTERS = 0.75, 6
# From here on an item may be named as the nearest; so many are.
LEAST_NEAR, _NEAR = 0.08, 2
# What nobody can propose.
ASK = "ask"


@dataclass(frozen=True, slots=True)
class LinkProposal:
    """What is proposed for an item.

    Attributes:
        how: A word of `lineage`, or `ask`.
        others: Items of the other year, the most alike first; of a tie the candidates.
        likeness: To the first of them.
        near: The nearest of the other year where none is alike enough; said, never accepted.
    """

    how: str
    others: tuple[str, ...] = ()
    likeness: float = 0.0
    near: tuple[str, ...] = ()

    @property
    def may_be_accepted(self) -> bool:
        """Whether 按建议 means something."""
        return self.how != ASK


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
    likeness = [
        [scale.likeness(a.requirement, b.requirement, headings=_headings(a, b)) for b in old] for a in new
    ]
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


def _headings(one: Point, other: Point) -> tuple[str, str]:
    return one.task or one.section, other.task or other.section


def _same_place(one: Point, other: Point) -> int:
    here, there = _headings(one, other)
    return (bool(one.no) and one.no == other.no) + (here == there)
