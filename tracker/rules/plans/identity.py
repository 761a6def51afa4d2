"""Finding last edition's work points again in a new edition of a plan.

Each pair is decided by the first of these that applies, one to one, never by position alone:

    rule       applies where
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

The pairs that are as alike as possible, all taken together (`best_assignment`): Taking each thing's best partner in turn can give two things one partner, or spoil a good pair for the sake of
a better one. The assignment that is best as a whole is found by the Hungarian method (Kuhn 1955, Munkres
1957), here in the form with potentials and shortest augmenting paths: O(n^2 m) for n rows and m columns.

    >>> best_assignment([[0.9, 0.8], [0.85, 0.1]])
    [1, 0]

The greedy pairing would have been 0.9 + 0.1; the pairs above have 0.8 + 0.85.

Items that were split or put together between two editions are asked, never decided by likeness alone. A text is contained in another when nearly all of it stands there in pieces (0.8). An old item that holds two or
more new ones looks split; a new item that holds two or more old ones looks put together.

    >>> old = ["编制公开目录并公布办事指南"]
    >>> suspects(old, ["编制公开目录", "公布办事指南"], pairs={})
    (Suspect(old=(0,), new=(0, 1)),)
    >>> suspects(["编制公开目录", "公布办事指南"], ["编制公开目录并公布办事指南"], pairs={})
    (Suspect(old=(0, 1), new=(0,)),)
    >>> suspects(["编制公开目录"], ["编制公开目录并上网", "举办培训班"], pairs={0: 0})
    ()

What became of units and of work points: renamed, merged and split in mid-year.

Who speaks for a unit today; forms follow. Counts of the past stay with the unit that the plan names; only where a form goes, and who may answer it, moves
to the successor. A unit that was split has several successors: nobody can be chosen without asking, so it keeps
speaking for itself until the office decides (`unit_link` with one successor).

Where a work point came from and where it went. What units reported on the old item stays recorded on the old item: a form that is still out names it, and two old
items of one form must not collide in one cell of the new one. So the new item shows what its origins say, under
their numbers, until somebody writes on the new one itself.

    >>> from tracker.facts import Carried
    >>> office = Office(splits_and_merges=(Carried("P1-001", "P1-007", "merge", ""), Carried("P1-002", "P1-007", "merge", "")))
    >>> origins(office, "P1-007"), heirs(office, "P1-002")
    (('P1-001', 'P1-002'), ('P1-007',))
"""

from __future__ import annotations

import datetime as dt
import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tracker import patterns as re
from tracker.rules.office import Office
from tracker.values import dataclass


def best_assignment(likeness: Sequence[Sequence[float]]) -> list[int | None]:
    """For each row the column paired with it, so that the sum of likeness is greatest.

    Rows and columns may differ in number; a row without partner gets None. Equal sums are decided by order,
    so the same matrix always gives the same pairs.
    """
    rows, columns = len(likeness), len(likeness[0]) if likeness else 0
    if not rows or not columns:
        return [None] * rows
    if rows > columns:
        row_of = best_assignment([[likeness[i][j] for i in range(rows)] for j in range(columns)])
        partner_of: list[int | None] = [None] * rows
        for column, row in enumerate(row_of):
            if row is not None:
                partner_of[row] = column
        return partner_of
    # 1-based, as the method is usually written; row 0 and column 0 are its starting points.
    row_potential = [0.0] * (rows + 1)
    column_potential = [0.0] * (columns + 1)
    partner = [0] * (columns + 1)
    way = [0] * (columns + 1)
    for start in range(1, rows + 1):
        partner[0] = start
        column = 0
        slack = [float("inf")] * (columns + 1)
        on_path = [False] * (columns + 1)
        while partner[column]:
            on_path[column] = True
            row, step, nearest = partner[column], float("inf"), 0
            for other in range(1, columns + 1):
                if on_path[other]:
                    continue
                reduced_cost = -likeness[row - 1][other - 1] - row_potential[row] - column_potential[other]
                if reduced_cost < slack[other]:
                    slack[other], way[other] = reduced_cost, column
                if slack[other] < step:
                    step, nearest = slack[other], other
            for other in range(columns + 1):
                if on_path[other]:
                    row_potential[partner[other]] += step
                    column_potential[other] -= step
                else:
                    slack[other] -= step
            column = nearest
        while column:
            partner[column] = partner[way[column]]
            column = way[column]
    result: list[int | None] = [None] * rows
    for column in range(1, columns + 1):
        if partner[column]:
            result[partner[column] - 1] = column - 1
    return result


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


# So much of a text has to stand in another one.
CONTAINMENT = 0.8
# Texts shorter than this stand in many others.
_SHORTEST = 4
# Pieces of fewer letters are chance.
_PIECE = 2


@dataclass(frozen=True, slots=True)
class Suspect:
    """One old and several new positions (a split), or several old and one new (put together)."""

    old: tuple[int, ...]
    new: tuple[int, ...]


def suspects(old: Sequence[str], new: Sequence[str], *, pairs: Mapping[int, int]) -> tuple[Suspect, ...]:
    """What looks split or put together.

    Args:
        old: Requirements of the old edition.
        new: Those of the new one.
        pairs: New position to old position, where one was found in the other; equal texts are no suspects.
    """
    olds, news = [bare(text) for text in old], [bare(text) for text in new]
    same_old = {pairs[here] for here in pairs if olds[pairs[here]] == news[here]}
    same_new = {here for here in pairs if olds[pairs[here]] == news[here]}
    partner = {there: here for here, there in pairs.items()}
    results: list[Suspect] = []
    for there, text in enumerate(olds):
        if there in same_old:
            continue
        free = [here for here in range(len(news)) if here not in same_new and pairs.get(here, there) == there]
        parts = [here for here in free if len(news[here]) < len(text) and _stands_in(news[here], text)]
        if len(parts) > 1:
            results.append(Suspect((there,), tuple(parts)))
    for here, text in enumerate(news):
        if here in same_new:
            continue
        loose = [
            there for there in range(len(olds)) if there not in same_old and partner.get(there, here) == here
        ]
        wholes = [there for there in loose if len(olds[there]) < len(text) and _stands_in(olds[there], text)]
        if len(wholes) > 1:
            results.append(Suspect(tuple(wholes), (here,)))
    return tuple(results)


def _stands_in(part: str, whole: str) -> bool:
    if len(part) < _SHORTEST:
        return False
    if part in whole:
        return True
    matcher = difflib.SequenceMatcher(None, whole, part, autojunk=False)
    common_letters = sum(block.size for block in matcher.get_matching_blocks() if block.size >= _PIECE)
    return common_letters >= CONTAINMENT * len(part)


def origins(office: Office, point_id: str) -> tuple[str, ...]:
    """The items that went on in this one, and those that went on in them; oldest statement first."""
    return steps_from(point_id, ((link.to_wp, link.from_wp) for link in office.splits_and_merges))


def heirs(office: Office, point_id: str) -> tuple[str, ...]:
    """The items in which this one goes on, at the end of the chain."""
    ids = steps_from(point_id, ((link.from_wp, link.to_wp) for link in office.splits_and_merges))
    sources = {link.from_wp for link in office.splits_and_merges}
    return tuple(heir for heir in ids if heir not in sources)


def steps_from(point_id: str, links: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Every item that links lead to from this one, the nearest first."""
    steps: dict[str, list[str]] = {}
    for start, end in links:
        steps.setdefault(start, []).append(end)
    ids: dict[str, None] = {}
    queue = list(steps.get(point_id, ()))
    while queue:
        next_id = queue.pop(0)
        if next_id not in ids and next_id != point_id:
            ids[next_id] = None
            queue += steps.get(next_id, ())
    return tuple(ids)


# What `UnitLink.how` says of a succession that the office took back.
REVOCATION = "withdrawn"


def successor(office: Office, unit: str, on: dt.date) -> str:
    """The unit that speaks for this one on a day."""
    chain = {unit}
    while True:
        heirs = _heirs(office, unit, on)
        if len(heirs) != 1 or heirs <= chain:
            return unit
        unit = heirs.pop()
        chain.add(unit)


def _heirs(office: Office, unit: str, on: dt.date) -> set[str]:
    """Who succeeded a unit by a day; what the office took back does not count, so that it can narrow a split."""
    unit_now = office.units.get(unit)
    return (
        {link.successor for link in unit_now.links if link.on <= on and link.how != REVOCATION}
        if unit_now
        else set()
    )


def split_successors(office: Office, unit: str, on: dt.date) -> tuple[str, ...]:
    """The successors of a unit between which nobody can choose; empty where there is one or none."""
    end = successor(office, unit, on)
    heirs = _heirs(office, end, on)
    return tuple(sorted(heirs)) if len(heirs) > 1 else ()


def answering_name(office: Office, unit: str, on: dt.date, printed_on: dt.date | None) -> str:
    """Who answers for a unit on a day, and beside it what the plan printed where that is another name.

    A plan whose revision prints the name of today needs no other beside it.

    Args:
        office: As it is.
        unit: As the plan names it.
        on: The day.
        printed_on: When the plan was issued.
    """
    if unit not in office.units:
        return unit
    now = office.name_of(successor(office, unit, on), on)
    name = office.name_of(unit, printed_on or dt.date.min)
    return now if now == name or _is_printed(office, unit, now) else f"{now}（原{name}）"


def _is_printed(office: Office, unit: str, name: str) -> bool:
    """Whether a plan in force prints a unit under a name: a revision may know the new one."""
    return any(
        assignee.unit == unit and assignee.written == name
        for plan in office.plans.values()
        for point in plan.points
        if not point.is_retired
        for assignee in point.assignees
    )
