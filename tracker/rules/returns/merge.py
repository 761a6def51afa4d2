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
Every cell offered ends in exactly one list; `CellMerge` refuses to exist otherwise.

    >>> merge = join({"P1-001": {"status": ""}}, {"P1-001": {"status": ""}}, {"P1-001": {"status": "已完成"}})
    >>> merge.changes
    (CellChange(row='P1-001', column='status', before='', after='已完成'),)

Nothing here writes anything, picks one of two texts or puts them together.

What two owners said about one cell becomes a question (待核对事项清单) for a person to decide. A decision is one of three words; 用单位报送 and 用台账现有 take one text whole, 另行填写 takes what stands beside it.
Some questions are about a whole file (`FILE_QUESTIONS`), which 用新报送的 joins and 用台账现有 leaves out: which of two
returns is the later one; whose a form is that bears another unit's name; what to do with an old round's form.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from tracker import facts
from tracker.columns import label_of
from tracker.forms import (
    FILE_QUESTIONS,
    KEEP_OURS,
    OPEN_QUESTIONS,
    OPENING,
    QUESTION_HEADS,
    TAKE_THEIRS,
    WRITE_OTHER,
    Question,
)
from tracker.rules.office import Office
from tracker.values import dataclass

# Row identity -> column -> text. A column that is absent is no statement; an empty text is one.
Rows = Mapping[str, Mapping[str, str]]
Key = tuple[str, str]


class ConflictReason(Enum):
    """Why a person has to decide."""

    # Both changed the cell since the hand-out.
    BOTH_CHANGED = "双方都改了这一格"
    # The ledger dropped the row, and they went on writing in it.
    DROPPED_AND_EDITED = "台账已删除这一项，报送中仍有填写"
    # Both added a row with the same identity.
    BOTH_ADDED = "双方新增了同一编号"


class CellChange(NamedTuple):
    """A cell to be changed in the ledger."""

    row: str
    column: str
    before: str
    after: str


class CellConflict(NamedTuple):
    """A cell that two owners changed; the ledger keeps `ours` until a person decides."""

    row: str
    column: str
    base: str
    ours: str
    theirs: str
    why: ConflictReason


class CellRefusal(NamedTuple):
    """A cell that was not taken, and why."""

    row: str
    column: str
    theirs: str
    why: str


class Unbalanced(AssertionError):
    """A cell was offered and ended in no list, or in two: a defect of this program, never of a file."""


@dataclass(frozen=True, slots=True)
class CellMerge:
    """What should happen to every cell that came back.

    Attributes:
        count: How many cells came back.
        changes: To be recorded.
        same_keys: Cells that say what the ledger says, or what was handed out.
        conflicts: For a person.
        refusals: Not taken.
    """

    count: int
    changes: tuple[CellChange, ...] = ()
    same_keys: tuple[Key, ...] = ()
    conflicts: tuple[CellConflict, ...] = ()
    refusals: tuple[CellRefusal, ...] = ()

    def __post_init__(self) -> None:
        entries = (*self.changes, *self.conflicts, *self.refusals)
        keys = {*self.same_keys, *(entry[:2] for entry in entries)}
        count = len(self.same_keys) + len(entries)
        if count != self.count or len(keys) != self.count:
            raise Unbalanced(f"{self.count} cells offered, {count} accounted for, {len(keys)} distinct")

    def __add__(self, other: CellMerge) -> CellMerge:
        """Both together; no cell is in both."""
        return CellMerge(
            self.count + other.count,
            self.changes + other.changes,
            self.same_keys + other.same_keys,
            self.conflicts + other.conflicts,
            self.refusals + other.refusals,
        )

    @property
    def balance(self) -> dict[str, int]:
        """The counts; the first is the sum of the others."""
        return {
            "offered": self.count,
            "applied": len(self.changes),
            "unchanged": len(self.same_keys),
            "conflicts": len(self.conflicts),
            "refused": len(self.refusals),
        }


class CellOutcome(Enum):
    """What one cell's three versions come to."""

    UNCHANGED = "unchanged"
    APPLIED = "applied"
    CONFLICT = "conflict"


def merge_cell(base: str, ours: str, theirs: str) -> CellOutcome:
    """Decide one cell; see the table of the module."""
    if theirs in (base, ours):
        return CellOutcome.UNCHANGED
    return CellOutcome.APPLIED if ours == base else CellOutcome.CONFLICT


def join(
    base: Rows,
    ours: Rows,
    theirs: Rows,
    *,
    may_add: bool = False,
    refuse: Mapping[Key, str] | None = None,
) -> CellMerge:
    """Decide every cell of `theirs`.

    Args:
        base: As handed out.
        ours: As the ledger says.
        theirs: As it came back; only what was really there.
        may_add: Whether a row that nobody handed out is an addition; else it is refused.
        refuse: Cells that are not taken, and why.
    """
    refuse = refuse or {}
    changes: list[CellChange] = []
    same_keys: list[Key] = []
    conflicts: list[CellConflict] = []
    refusals: list[CellRefusal] = []
    count = 0
    for row, cells in sorted(theirs.items()):
        handed_out, ours_now = base.get(row), ours.get(row)
        is_dropped = handed_out is not None and ours_now is None
        may_take = may_add or handed_out is not None
        count += len(cells)
        for column, text in sorted(cells.items()):
            was = handed_out.get(column, "") if handed_out is not None else ""
            # A dropped row says nothing: whatever they changed in it must not pass for an ordinary edit.
            now = ours_now.get(column, "") if ours_now is not None else was
            if refuse and (row, column) in refuse:
                refusals.append(CellRefusal(row, column, text, refuse[row, column]))
            elif not may_take:
                refusals.append(CellRefusal(row, column, text, "没有印发过这一项"))
            elif (outcome := merge_cell(was, now, text)) is CellOutcome.UNCHANGED:
                same_keys.append((row, column))
            elif is_dropped or outcome is CellOutcome.CONFLICT:
                mine = now if ours_now is not None else ""
                why = _why(handed_out is not None, ours_now is not None)
                conflicts.append(CellConflict(row, column, was, mine, text, why))
            else:
                changes.append(CellChange(row, column, now, text))
    return CellMerge(count, tuple(changes), tuple(same_keys), tuple(conflicts), tuple(refusals))


def _why(in_base: bool, in_ours: bool) -> ConflictReason:
    if in_base and not in_ours:
        return ConflictReason.DROPPED_AND_EDITED
    return ConflictReason.BOTH_CHANGED if in_base else ConflictReason.BOTH_ADDED


def apply(ours: Rows, merge: CellMerge) -> dict[str, dict[str, str]]:
    """What the ledger says after the join; conflicts and refusals leave it as it is."""
    rows = {row: dict(cells) for row, cells in ours.items()}
    for change in merge.changes:
        rows.setdefault(change.row, {})[change.column] = change.after
    return rows


# How `facts.Settled.choice` says it.
CHOICE_CODES = {KEEP_OURS: "ours", TAKE_THEIRS: "theirs", WRITE_OTHER: "other"}


def questions(office: Office) -> tuple[Question, ...]:
    """The open conflicts, in the order they arose."""
    return tuple(_question(office, conflict) for conflict in office.conflicts.values())


def _question(office: Office, conflict: facts.Conflict) -> Question:
    try:
        point = f"{conflict.subject} {office.point(conflict.subject).requirement}"
    except KeyError:
        point = "填报表" if conflict.field in FILE_QUESTIONS else conflict.subject
    round_ = office.rounds.get(conflict.period)
    return Question(
        conflict=conflict.conflict,
        point=point,
        unit=office.name_of(conflict.unit) if conflict.unit in office.units else conflict.unit,
        column=QUESTION_HEADS.get(conflict.field) or label_of(conflict.field),
        round=round_.name if round_ else "",
        base="" if conflict.field in (OPENING, *OPEN_QUESTIONS) else conflict.base,
        ours=conflict.ours,
        theirs=conflict.theirs,
        why=conflict.why,
    )
