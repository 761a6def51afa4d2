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
from tracker.rules.comparing.lineage import CONTINUED
from tracker.rules.comparing.lineage import DIVIDED
from tracker.rules.comparing.lineage import DROPPED
from tracker.rules.comparing.lineage import MERGED
from tracker.rules.comparing.lineage import NEW
from tracker.rules.plans.matching import best_assignment
from tracker.rules.state import Point

# Less alike than this is a new item.
LIKE = 0.22
# Equal numbers, equal headings and equal places break what is otherwise equal; they never make a pair.
_NUDGE = 1e-4
# So much of an item stands in another one; shorter ones stand in many.
PIECE, _TELLING = 0.75, 6
# From here on an item may be named as the nearest; so many are.
RELATED, _NEAR = 0.08, 2
# What nobody can propose.
ASK = "ask"


@dataclass(frozen=True, slots=True)
class Proposed:
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


def propose(
    old: Sequence[Point],
    new: Sequence[Point],
    *,
    unfinished: Collection[str] = (),
) -> Mapping[str, Proposed]:
    """Propose for items that nobody has decided.

    Args:
        old: Last year's, in the order of their plans.
        new: This year's.
        unfinished: Ids of last year's items that had not been finished.
    """
    scale = Scale([each.requirement for each in (*old, *new)])
    found = _pairs(old, new, scale, least=1.0)
    found |= _pieces(_free(old, found), [each for each in new if each.id not in found], scale)
    found |= _pairs(_free(old, found), [each for each in new if each.id not in found], scale, least=LIKE)
    used = {wp for each in found.values() for wp in each.others}
    for point in new:
        if point.id not in found:
            found[point.id] = Proposed(NEW, near=nearest(point, old, scale))
    for point in old:
        if point.id not in used:
            how = ASK if point.id in unfinished else DROPPED
            found[point.id] = Proposed(how, near=nearest(point, new, scale))
    return found


def nearest(point: Point, others: Sequence[Point], scale: Scale) -> tuple[str, ...]:
    """The two that are most like an item, where they have anything to do with it."""
    alike = sorted((-scale.likeness(point.requirement, each.requirement), each.id) for each in others)
    return tuple(wp for value, wp in alike[:_NEAR] if -value >= RELATED)


def _free(old: Sequence[Point], found: Mapping[str, Proposed]) -> list[Point]:
    used = {wp for each in found.values() for wp in each.others}
    return [each for each in old if each.id not in used]


def _pieces(old: Sequence[Point], new: Sequence[Point], scale: Scale) -> dict[str, Proposed]:
    """What stands in pieces in two or more, or holds two or more whole."""
    found: dict[str, Proposed] = {}
    used: set[str] = set()
    for point in old:
        parts = [each for each in new if _stands_in(each, point, scale)]
        if len(parts) > 1:
            found |= {each.id: Proposed(DIVIDED, (point.id,), _share(each, point, scale)) for each in parts}
            used.add(point.id)
    for point in new:
        wholes = [each for each in old if each.id not in used and _stands_in(each, point, scale)]
        if point.id not in found and len(wholes) > 1:
            share = min(_share(each, point, scale) for each in wholes)
            found[point.id] = Proposed(MERGED, tuple(each.id for each in wholes), share)
            used |= {each.id for each in wholes}
    return found


def _stands_in(part: Point, whole: Point, scale: Scale) -> bool:
    shorter = len(words(part.requirement)) < len(words(whole.requirement))
    return shorter and len(words(part.requirement)) >= _TELLING and _share(part, whole, scale) >= PIECE


def _share(part: Point, whole: Point, scale: Scale) -> float:
    return round(scale.contained(part.requirement, whole.requirement), 4)


def _pairs(old: Sequence[Point], new: Sequence[Point], scale: Scale, *, least: float) -> dict[str, Proposed]:
    """Pairs at least so alike, all together as alike as possible, and ties."""
    likeness = [
        [scale.likeness(a.requirement, b.requirement, headings=_headings(a, b)) for b in old] for a in new
    ]
    wanted = [
        [
            value + _NUDGE * _same_place(new[row], old[column]) if value >= least else 0.0
            for column, value in enumerate(line)
        ]
        for row, line in enumerate(likeness)
    ]
    partners = best_assignment(wanted)
    pairs = {row: column for row, column in enumerate(partners) if column is not None and wanted[row][column]}
    own = {column: wanted[row][column] for row, column in pairs.items()}
    found: dict[str, Proposed] = {}
    contested: set[int] = set()
    for row, line in enumerate(wanted):
        column = pairs.get(row)
        best = line[column] if column is not None else 0.0
        # Whoever has a better partner elsewhere is no rival.
        rivals = [
            n
            for n, value in enumerate(line)
            if n != column and value and value >= best - TIE and value >= own.get(n, 0.0) - TIE
            if not (value > 1.0 - _NUDGE and abs(value - best) > _NUDGE / 2)
        ]
        if column is None and not rivals:
            continue
        candidates = rivals if column is None else [column, *rivals]
        order = sorted(candidates, key=lambda n: (-line[n], n))
        how = ASK if rivals else CONTINUED
        found[new[row].id] = Proposed(how, tuple(old[n].id for n in order), likeness[row][order[0]])
        if column is None:
            contested |= set(rivals)
    for row, column in pairs.items():
        if column in contested:
            found[new[row].id] = replace(found[new[row].id], how=ASK)
    return found


def _headings(one: Point, other: Point) -> tuple[str, str]:
    return one.task or one.section, other.task or other.section


def _same_place(one: Point, other: Point) -> int:
    here, there = _headings(one, other)
    return (bool(one.no) and one.no == other.no) + (here == there)
