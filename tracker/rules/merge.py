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
    no    any   yes      refused      nobody handed it out: the cells are listed with their texts

`refuse` names cells that must not be applied whatever they say (a spoiled number, a column sorted alone).
Every cell offered ends in exactly one list; `CellMerge` refuses to exist otherwise.

    >>> merge = join({"P1-001": {"status": ""}}, {"P1-001": {"status": ""}}, {"P1-001": {"status": "已完成"}})
    >>> merge.changes
    (CellChange(row='P1-001', column='status', before='', after='已完成'),)

Nothing here writes anything, picks one of two texts or puts them together.

What two owners said about one cell becomes a question (待核对事项清单) for a person to decide. A decision is one of three words; 用单位报送 and 用台账现有 take one text whole, 另行填写 takes what stands beside it.
Some questions are about a whole file (`FILE_QUESTIONS`), which 用新报送的 joins and 用台账现有 leaves out: which of two
returns is the later one; whose a form is that bears another unit's name; what to do with an old round's form.

What may be believed of a form that came back, before anything is joined; and which of two returns is the later one.

The reading says what stands in each cell; here it is held against what was handed out:

- The 具体要求 beside each id must be the one that was handed out with it. Where two rows or more show each
  other's, ids and texts were sorted apart and nothing in the file can be believed.
- A column whose answers stand beside foreign rows (`find_column_sort`) is refused as a whole, against what was
  filled in beforehand or what the unit sent last time. A choice has too few words to tell.
- A row that did not come back is no statement, and is said.

    >>> doubts = find_doubts(
    ...     requirements={"1": "甲", "2": "乙"}, texts={"1": "乙", "2": "甲"}, before={}, theirs={"1": {}, "2": {}}
    ... )
    >>> doubts.swaps
    ('1', '2')

Noticing that one column of a table was sorted alone, which puts every text beside a foreign row. No join of cells can see it: each cell is simply "changed". But together the changes are a permutation:

- *pure*: the column holds the same values as before, at least `LEAST_MOVES` of them in other rows, and at least
  `DISTINCT` different values;
- *with edits*: at least half of the changed rows show a value that stood in exactly one row before, and has
  left it; at least `LEAST_MOVES` rows do. Values that stand in several rows (正在推进) say nothing and are not counted,
  and a sentence that was copied still stands where it was.

Measured on made-up texts: 3,000 of 3,000 pure sorts and 2,997 of 3,000 sorts with 20 % further edits are
noticed; none of 3,000 honest returns with copied sentences is suspected (`tests/soaks/merge.py` counts again).

    >>> before = {str(n): text for n, text in enumerate("丙 乙 戊 甲 丁 己".split())}
    >>> after = dict(zip(before, sorted(before.values())))
    >>> found = find_column_sort(before, after)
    >>> found.count, found.examples[0]
    (6, Move(row='0', text='丁', came_from='4'))
    >>> find_column_sort(before, {**before, "2": "又写了一句"}) is None
    True

Which of two returns of one form is the later one, where their dates tell:

the other return was taken          this one was saved     outcome
in this run                         later                  later
in this run                         in the same second     nobody knows: asked once
in an earlier run                   then or later          later
in an earlier run                   earlier                it came later and is older: asked once
earlier, and nobody knows when      at any time            later
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from tracker import facts
from tracker.columns import BY_NAME, ColumnKind, label_of
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
from tracker.printable import is_long
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
    DROPPED_AND_EDITED = "这一项在最新方案中已取消或换了责任单位（台账里是灰行），这一格的改动没有记入"
    # Both added a row with the same identity.


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
    refuse: Mapping[Key, str] | None = None,
) -> CellMerge:
    """Decide every cell of `theirs`.

    Args:
        base: As handed out.
        ours: As the ledger says.
        theirs: As it came back; only what was really there.
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
        count += len(cells)
        for column, text in sorted(cells.items()):
            was = handed_out.get(column, "") if handed_out is not None else ""
            # A dropped row says nothing: whatever they changed in it must not pass for an ordinary edit.
            now = ours_now.get(column, "") if ours_now is not None else was
            if refuse and (row, column) in refuse:
                refusals.append(CellRefusal(row, column, text, refuse[row, column]))
            elif handed_out is None:
                refusals.append(CellRefusal(row, column, text, "没有印发过这一项"))
            elif (outcome := merge_cell(was, now, text)) is CellOutcome.UNCHANGED:
                same_keys.append((row, column))
            elif is_dropped or outcome is CellOutcome.CONFLICT:
                mine = now if ours_now is not None else ""
                why = ConflictReason.DROPPED_AND_EDITED if is_dropped else ConflictReason.BOTH_CHANGED
                conflicts.append(CellConflict(row, column, was, mine, text, why))
            else:
                changes.append(CellChange(row, column, now, text))
    return CellMerge(count, tuple(changes), tuple(same_keys), tuple(conflicts), tuple(refusals))


# How `facts.Settled.choice` says it.
CHOICE_CODES = {KEEP_OURS: "ours", TAKE_THEIRS: "theirs", WRITE_OTHER: "other"}


def questions(office: Office) -> tuple[Question, ...]:
    """The open conflicts, in the order they arose."""
    return tuple(_question(office, conflict) for conflict in office.conflicts.values())


_LONG = "（文字太长，清单一格放不下，只显示前面的；选哪一边都按全文记入）"


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
        why=conflict.why + (_LONG if any(map(is_long, (conflict.ours, conflict.theirs))) else ""),
    )


LEAST_MOVES = 4
DISTINCT = 5
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Move:
    """A text that now stands in a row where another row had it before."""

    row: str
    text: str
    came_from: str


@dataclass(frozen=True, slots=True)
class ColumnSort:
    """A column that was sorted without its rows.

    Attributes:
        count: How many rows show another row's text.
        examples: A few of them, for the message.
    """

    count: int
    examples: tuple[Move, ...]


def find_column_sort(before: Mapping[str, str], after: Mapping[str, str]) -> ColumnSort | None:
    """Whether a column was sorted alone; both give its text by row identity.

    Rows that did not come back are no statement, but what stood in them may stand elsewhere now.
    """
    rows = [row for row in before if row in after]
    changes = [row for row in rows if before[row] != after[row]]
    if len(changes) < LEAST_MOVES or not any(before.values()):
        return None
    earlier = Counter(text for text in before.values() if text)
    later = Counter(after[row] for row in rows)
    home = {text: row for row, text in before.items() if earlier[text] == 1}
    # A copied sentence still stands where it came from; a sorted one has left, and stands in one place again.
    moves = tuple(
        Move(row, text, home[text])
        for row, text in ((row, after[row]) for row in changes)
        if text in home and later[text] == 1 and after.get(home[text]) != text
    )
    is_pure = (
        Counter(before[row] for row in rows) == Counter(after[row] for row in rows)
        and len({before[row] for row in rows}) >= DISTINCT
    )
    full_rows = [row for row in changes if after[row]]
    is_mostly = len(moves) >= LEAST_MOVES and 2 * len(moves) >= len(full_rows)
    if not (is_pure or is_mostly):
        return None
    return ColumnSort(len(changes) if is_pure else len(moves), moves[:EXAMPLES])


# How many rows must show each other's requirement before a file is refused; one alone is a person's correction.
LEAST_SWAPS = 2


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is wrong with a form as a whole.

    Attributes:
        swaps: Work points that stand beside another's requirement; empty when ids can be believed.
        columns: Columns sorted alone, by name.
        absent: Work points that were handed out and did not come back.
        is_empty: Nothing was answered at all.
    """

    swaps: tuple[str, ...]
    columns: Mapping[str, ColumnSort]
    absent: tuple[str, ...]
    is_empty: bool


def find_doubts(
    *, requirements: Mapping[str, str], texts: Mapping[str, str], before: Rows, theirs: Rows
) -> Doubts:
    """Say what is wrong with a form.

    Args:
        requirements: 具体要求 of each work point handed out, made plain for comparing.
        texts: What the file shows beside each id, likewise; only where it shows anything.
        before: Answers known when the unit sent it: filled in beforehand, or sent last time.
        theirs: Answers that came back.
    """
    swaps = _swaps(requirements, texts)
    suspects: dict[str, ColumnSort] = {}
    for name in () if swaps else _comparable(theirs):
        was = {point_id: before.get(point_id, {}).get(name, "") for point_id in requirements}
        now = {
            point_id: cells[name]
            for point_id, cells in theirs.items()
            if name in cells and point_id in requirements
        }
        suspect = find_column_sort(was, now)
        if suspect:
            suspects[name] = suspect
    return Doubts(
        swaps=swaps,
        columns=suspects,
        absent=tuple(point_id for point_id in requirements if point_id not in theirs),
        is_empty=not any(text.strip() for cells in theirs.values() for text in cells.values()),
    )


def _swaps(requirements: Mapping[str, str], texts: Mapping[str, str]) -> tuple[str, ...]:
    home: dict[str, list[str]] = {}
    for point_id, text in requirements.items():
        home.setdefault(text, []).append(point_id)
    swaps = tuple(
        point_id
        for point_id, text in texts.items()
        if point_id in requirements
        and text != requirements[point_id]
        and text in home
        and point_id not in home[text]
    )
    return swaps if len(swaps) >= LEAST_SWAPS else ()


def _comparable(theirs: Rows) -> Sequence[str]:
    names = dict.fromkeys(name for cells in theirs.values() for name in cells)
    return [name for name in names if BY_NAME[name].kind is not ColumnKind.CHOICE]


def is_later(saved_at: dt.datetime, other: dt.datetime | None, *, same_run: bool) -> bool:
    """Whether a return certainly replaces another one of the same form.

    >>> noon = dt.datetime(2018, 9, 3, 12)
    >>> is_later(noon, noon, same_run=True), is_later(noon, noon, same_run=False)
    (False, True)
    """
    if other is None:
        return True
    return saved_at > other if same_run else saved_at >= other
