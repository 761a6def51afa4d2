"""Joining what came back to what the ledger says: three versions of every cell, and nothing lost.

`base` is what was handed out, `ours` what the ledger says now, `theirs` what came back. One cell:

    base  ours  theirs   outcome
    a     a     a        unchanged    nobody changed it
    a     b     a        unchanged    the ledger moved on; the file still shows what was handed out
    a     b     b        unchanged    both changed it alike
    a     a     b        applied      they changed it
    a     b     c        conflict     both changed it, and differ: a person decides

Whole rows, told by their identity and never by their position:

    base  ours  theirs   outcome
    yes   yes   no       nothing is offered: a missing row is no statement, and never a deletion
    yes   yes   partly   a missing column is no statement either
    yes   no    as base  unchanged    the ledger dropped it, they did not touch it
    yes   no    edited   conflict     delete against edit: what they wrote stays readable
    no    no    yes      applied      they added it, where rows may be added; else refused
    no    yes   yes      cell by cell against an empty base, where rows may be added; else refused

`refuse` names cells that must not be applied whatever they say (a spoiled number, a column sorted alone).
Every cell offered ends in exactly one list; `Joined` refuses to exist otherwise.

    >>> joined = join({"P1-001": {"status": ""}}, {"P1-001": {"status": ""}}, {"P1-001": {"status": "已完成"}})
    >>> joined.applied
    (Change(row='P1-001', column='status', before='', after='已完成'),)

Nothing here writes anything, picks one of two texts or puts them together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

# Row identity -> column -> text. A column that is absent is no statement; an empty text is one.
Rows = Mapping[str, Mapping[str, str]]
Key = tuple[str, str]


class Why(Enum):
    """Why a person has to decide."""

    # Both changed the cell since the hand-out.
    BOTH_CHANGED = "双方都改了这一格"
    # The ledger dropped the row, and they went on writing in it.
    DROPPED_AND_EDITED = "台账已删除这一项，报送中仍有填写"
    # Both added a row with the same identity.
    BOTH_ADDED = "双方新增了同一编号"


@dataclass(frozen=True, slots=True)
class Change:
    """A cell to be changed in the ledger."""

    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell that two owners changed; the ledger keeps `ours` until a person decides."""

    row: str
    column: str
    base: str
    ours: str
    theirs: str
    why: Why


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that was not taken, and why."""

    row: str
    column: str
    theirs: str
    why: str


class Unbalanced(AssertionError):
    """A cell was offered and ended in no list, or in two: a defect of this program, never of a file."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What should happen to every cell that came back.

    Attributes:
        offered: How many cells came back.
        applied: To be recorded.
        unchanged: Cells that say what the ledger says, or what was handed out.
        conflicts: For a person.
        refused: Not taken.
    """

    offered: int
    applied: tuple[Change, ...] = ()
    unchanged: tuple[Key, ...] = ()
    conflicts: tuple[Clash, ...] = ()
    refused: tuple[Refused, ...] = ()

    def __post_init__(self) -> None:
        listed: tuple[Change | Clash | Refused, ...] = (*self.applied, *self.conflicts, *self.refused)
        keys = [*self.unchanged, *((each.row, each.column) for each in listed)]
        if len(keys) != self.offered or len(set(keys)) != self.offered:
            raise Unbalanced(
                f"{self.offered} cells offered, {len(keys)} accounted for, {len(set(keys))} distinct"
            )

    @property
    def balance(self) -> dict[str, int]:
        """The counts; the first is the sum of the others."""
        return {
            "offered": self.offered,
            "applied": len(self.applied),
            "unchanged": len(self.unchanged),
            "conflicts": len(self.conflicts),
            "refused": len(self.refused),
        }


class Outcome(Enum):
    """What one cell's three versions come to."""

    UNCHANGED = "unchanged"
    APPLIED = "applied"
    CONFLICT = "conflict"


def merge_cell(base: str, ours: str, theirs: str) -> Outcome:
    """Decide one cell; see the table of the module."""
    if theirs in (base, ours):
        return Outcome.UNCHANGED
    return Outcome.APPLIED if ours == base else Outcome.CONFLICT


def join(
    base: Rows,
    ours: Rows,
    theirs: Rows,
    *,
    may_add: bool = False,
    refuse: Mapping[Key, str] | None = None,
) -> Joined:
    """Decide every cell of `theirs`.

    Args:
        base: As handed out.
        ours: As the ledger says.
        theirs: As it came back; only what was really there.
        may_add: Whether a row that nobody handed out is an addition; else it is refused.
        refuse: Cells that are not taken, and why.
    """
    refuse = refuse or {}
    applied: list[Change] = []
    unchanged: list[Key] = []
    conflicts: list[Clash] = []
    refused: list[Refused] = []
    offered = 0
    for row in sorted(theirs):
        why = _why(row in base, row in ours)
        for column in sorted(theirs[row]):
            offered += 1
            said = theirs[row][column]
            was = base.get(row, {}).get(column, "")
            # A dropped row says nothing: whatever they changed in it must not pass for an ordinary edit.
            now = ours[row].get(column, "") if row in ours else was
            outcome = merge_cell(was, now, said)
            if (row, column) in refuse:
                refused.append(Refused(row, column, said, refuse[row, column]))
            elif row not in base and not may_add:
                refused.append(Refused(row, column, said, "没有下发过这一项"))
            elif outcome is Outcome.UNCHANGED:
                unchanged.append((row, column))
            elif outcome is Outcome.CONFLICT or why is Why.DROPPED_AND_EDITED:
                conflicts.append(Clash(row, column, was, now if row in ours else "", said, why))
            else:
                applied.append(Change(row, column, now, said))
    return Joined(offered, tuple(applied), tuple(unchanged), tuple(conflicts), tuple(refused))


def _why(in_base: bool, in_ours: bool) -> Why:
    if in_base and not in_ours:
        return Why.DROPPED_AND_EDITED
    return Why.BOTH_CHANGED if in_base else Why.BOTH_ADDED


def apply(ours: Rows, joined: Joined) -> dict[str, dict[str, str]]:
    """What the ledger says after the join; conflicts and refusals leave it as it is."""
    rows = {row: dict(cells) for row, cells in ours.items()}
    for change in joined.applied:
        rows.setdefault(change.row, {})[change.column] = change.after
    return rows
