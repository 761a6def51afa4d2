"""Finding last edition's work points again in a new edition of a plan.

Each pair is decided by the first of these that applies, one to one, never by position alone:

    how        rule
    equal      the requirement is the same text, marks and blanks aside; where several are the same, those
               with the same task and number go together
    number     the same task and number, and the texts at least half alike
    likeness   what is left is paired so that all pairs together are as alike as possible (at least 0.6)

A new point that is nearly as like to another old point as to its own partner (within 0.03) is a tie: a person
says which it is. What finds no partner is added or retired.

    >>> old = [Words("", "（一）公开", "1", "按时公开预算"), Words("", "（一）公开", "2", "办好热线")]
    >>> new = [Words("", "（一）公开", "1", "办好热线。"), Words("", "（一）公开", "2", "按时公开预算和决算")]
    >>> [(pair.old, pair.new, pair.rule) for pair in match(old, new).pairs]
    [(1, 0, 'equal'), (0, 1, 'likeness')]
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.rules.plans.matching import best_assignment

# Below these two texts are not taken for the same work point.
LIKE_BY_NUMBER = 0.5
LIKE = 0.6
# Two candidates closer than this are for a person to decide.
TIE = 0.03

_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Words:
    """What a work point is recognised by."""

    section: str
    task: str
    no: str
    requirement: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Old and new point (their positions) that are one work point, by which rule, and how alike they are."""

    old: int
    new: int
    rule: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Tie:
    """A new point that could continue several old ones; the most alike stands first."""

    new: int
    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pairing:
    """The whole comparison: every old and every new position stands in it exactly once, ties aside."""

    pairs: tuple[Pair, ...]
    additions: tuple[int, ...]
    retirements: tuple[int, ...]
    ties: tuple[Tie, ...] = ()


def bare(text: str) -> str:
    """A text without marks, blanks and width, for comparison only."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))


def match(old: Sequence[Words], new: Sequence[Words], *, decisions: dict[int, int] | None = None) -> Pairing:
    """Pair two editions. `decisions` maps new positions to old ones that a person has paired already."""
    pairs: dict[int, Pair] = {
        here: Pair(there, here, "person", _alike(bare(old[there].requirement), bare(new[here].requirement)))
        for here, there in (decisions or {}).items()
    }
    partners = {pair.old for pair in pairs.values()}
    _pair_equal(old, new, pairs, partners)
    _pair_by_number(old, new, pairs, partners)
    ties = _pair_alike(old, new, pairs, partners, frozenset(decisions or {}))
    return Pairing(
        pairs=tuple(pairs[here] for here in sorted(pairs)),
        additions=tuple(here for here in range(len(new)) if here not in pairs),
        retirements=tuple(there for there in range(len(old)) if there not in partners),
        ties=ties,
    )


def _place(words: Words) -> tuple[str, str]:
    return bare(words.task or words.section), bare(words.no)


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < LIKE_BY_NUMBER or matcher.quick_ratio() < LIKE_BY_NUMBER:
        return 0.0
    return matcher.ratio()


def _pair_equal(
    old: Sequence[Words], new: Sequence[Words], pairs: dict[int, Pair], partners: set[int]
) -> None:
    by_text: dict[str, list[int]] = defaultdict(list)
    for there, words in enumerate(old):
        if there not in partners:
            by_text[bare(words.requirement)].append(there)
    open_positions = [here for here in range(len(new)) if here not in pairs]
    # Those with the same task and number first, so that equal texts do not change places.
    for same_place in (True, False):
        for here in open_positions:
            if here in pairs:
                continue
            text = bare(new[here].requirement)
            for there in by_text.get(text, ()):
                if there not in partners and (not same_place or _place(old[there]) == _place(new[here])):
                    pairs[here] = Pair(there, here, "equal", 1.0)
                    partners.add(there)
                    break


def _pair_by_number(
    old: Sequence[Words], new: Sequence[Words], pairs: dict[int, Pair], partners: set[int]
) -> None:
    by_place: dict[tuple[str, str], list[int]] = defaultdict(list)
    for there, words in enumerate(old):
        if there not in partners and words.no:
            by_place[_place(words)].append(there)
    for here, words in enumerate(new):
        candidates = by_place.get(_place(words), []) if words.no else []
        if here in pairs or len(candidates) != 1 or candidates[0] in partners:
            continue
        likeness = _alike(bare(old[candidates[0]].requirement), bare(words.requirement))
        if likeness >= LIKE_BY_NUMBER:
            pairs[here] = Pair(candidates[0], here, "number", likeness)
            partners.add(candidates[0])


def _pair_alike(
    old: Sequence[Words],
    new: Sequence[Words],
    pairs: dict[int, Pair],
    partners: set[int],
    decisions: frozenset[int],
) -> tuple[Tie, ...]:
    rows = [here for here in range(len(new)) if here not in pairs]
    columns = [there for there in range(len(old)) if there not in partners]
    olds = {there: bare(old[there].requirement) for there in columns}
    likeness = [[_alike(olds[there], bare(new[here].requirement)) for there in columns] for here in rows]
    likeness = [[value if value >= LIKE else 0.0 for value in row] for row in likeness]
    ties: list[Tie] = []
    for row, column in enumerate(best_assignment(likeness)):
        if column is None or not likeness[row][column]:
            continue
        best = likeness[row][column]
        rivals = [
            other for other, value in enumerate(likeness[row]) if other != column and value >= best - TIE
        ]
        here, there = rows[row], columns[column]
        if rivals and here not in decisions:
            order = sorted([column, *rivals], key=lambda position: (-likeness[row][position], position))
            ties.append(Tie(here, tuple(columns[position] for position in order)))
        pairs[here] = Pair(there, here, "likeness", best)
        partners.add(there)
    return tuple(ties)
