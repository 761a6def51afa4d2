"""A comparison of two plans as its workbook holds it: what a person states of a row, and what the workbook shows and remembers.

The first column names the row: the item that it is about. A person fills in 判断, 对应编号 and 说明; every other column is
ours. The row 全部 stands first. What the workbook was laid out with goes with it unseen (`memory`), so that what was
typed is told from what was proposed wherever the rows are sorted to.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from tracker.table import Table
from tracker.values import dataclass

WORD, NOTE, HINT = "判断", "说明", "提示"
ROW = "row:"


@dataclass(frozen=True)
class ComparisonBook:
    """A workbook: the sheet that is filled in stands first."""

    sheets: tuple[Table, ...]
    memory: tuple[tuple[str, str], ...]


def memory_of(rows: Mapping[str, RowMemory]) -> tuple[tuple[str, str], ...]:
    """Rows as the unseen sheet holds them."""
    return tuple(
        (f"{ROW}{key}", json.dumps([_flat(row.judgement), _flat(row.proposal)], ensure_ascii=False))
        for key, row in sorted(rows.items())
    )


def rows_of_memory(memory: Sequence[tuple[str, str]]) -> dict[str, RowMemory]:
    """What `memory_of` wrote.

    >>> row = RowMemory(Judgement("延续", ("P1-003",)), Judgement())
    >>> rows_of_memory(memory_of({"P2-001": row})) == {"P2-001": row}
    True
    """
    rows = {}
    for key, text in memory:
        if key.startswith(ROW):
            judgement, proposal = json.loads(text)
            rows[key.removeprefix(ROW)] = RowMemory(_judgement(judgement), _judgement(proposal))
    return rows


def _flat(judgement: Judgement) -> list[object]:
    return [judgement.word, list(judgement.others), judgement.note]


def _judgement(flat: Sequence[object]) -> Judgement:
    word, others, note = flat
    assert isinstance(others, list)
    return Judgement(str(word), tuple(str(other) for other in others), str(note))


AS_PROPOSED = "按建议"
# The row that speaks for all.
ALL = "全部"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What stands in a row: 判断, the items of the other side, 说明. Without a word nothing is decided."""

    word: str = ""
    others: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class JudgementEntry:
    """A row as it was typed: its texts as they are, and where it stands."""

    word: str
    others: str
    note: str
    place: str


@dataclass(frozen=True, slots=True)
class RowMemory:
    """What the workbook was laid out with: what was decided, and what was proposed (no word: nothing)."""

    judgement: Judgement
    proposal: Judgement
