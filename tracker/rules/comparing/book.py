"""What a comparison's workbook shows, before anybody lays it out: columns, rows, tones, and what it remembers.

The first column names the row: the item that it is about. A person fills in 判断, 对应编号 and 说明; every other column is
ours. The row 全部 stands first. What the workbook was laid out with goes with it unseen (`memory`), so that what was
typed is told from what was proposed wherever the rows are sorted to.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from tracker.problems import Finding
from tracker.rules.comparing.proposing import LinkProposal
from tracker.rules.comparing.stating import ALL
from tracker.rules.comparing.stating import AS_PROPOSED
from tracker.rules.comparing.stating import Judgement
from tracker.rules.comparing.stating import JudgementEntry
from tracker.rules.comparing.stating import RowMemory

WORD, NOTE, HINT = "判断", "说明", "提示"
ROW = "row:"
# From this likeness on, in words.
_NEARNESS = ((0.85, "基本相同"), (0.5, "很相近"), (0.3, "相近"), (0.0, "较弱"))


@dataclass(frozen=True, slots=True)
class ComparisonColumn:
    """A column: head, width, whether it is ours, and allowed words."""

    label: str
    width: int
    ours: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComparisonSheet:
    """One sheet: rows of texts and figures; `tones` names the ground of single cells (error, warning, info)."""

    name: str
    title: str
    notes: tuple[str, ...]
    columns: tuple[ComparisonColumn, ...]
    rows: tuple[tuple[str | int, ...], ...]
    tones: Mapping[tuple[int, int], str] = field(default_factory=dict)
    fixed_columns: int = 0


@dataclass(frozen=True)
class ComparisonBook:
    """A workbook: the sheet that is filled in stands first."""

    sheets: tuple[ComparisonSheet, ...]
    memory: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OpenCells:
    """What the three open cells of a row show, and what is said beside them."""

    word: str
    others: str
    note: str
    hint: str
    tone: str


def open_cells(
    judgement: Judgement | None,
    proposal: LinkProposal | None,
    entry: JudgementEntry | None,
    finding: Finding | None,
    hint: str = "",
) -> OpenCells:
    """The open cells: what somebody typed and could not be taken, else what was decided, else what is proposed."""
    if entry is not None:
        message = finding.message if finding else hint or "填了内容，还没有选判断。"
        return OpenCells(entry.word, entry.others, entry.note, message, "error" if finding else "warning")
    if judgement is not None:
        return OpenCells(
            judgement.word,
            "、".join(judgement.others),
            judgement.note,
            finding.message if finding else "",
            "error" if finding else "",
        )
    others = "、".join(proposal.others) if proposal and proposal.may_be_accepted else ""
    return OpenCells("", others, "", finding.message if finding else hint, "error" if finding else "warning")


def nearness(likeness: float) -> str:
    """How alike, in words and a number.

    >>> nearness(0.912), nearness(0.2)
    ('基本相同 0.91', '较弱 0.20')
    """
    word = next(word for least, word in _NEARNESS if likeness >= least)
    return f"{word} {likeness:.2f}"


def memory_of(rows: Mapping[str, RowMemory]) -> tuple[tuple[str, str], ...]:
    """Rows as the unseen sheet holds them."""
    return tuple(
        (f"{ROW}{key}", json.dumps([_flat(row.judgement), _flat(row.proposal)], ensure_ascii=False))
        for key, row in sorted(rows.items())
    )


def rows_of_memory(memory: Sequence[tuple[str, str]]) -> dict[str, RowMemory]:
    """What `remembered` wrote.

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


def first_row(columns: Sequence[ComparisonColumn], sentence: str) -> tuple[str, ...]:
    """The row that speaks for all others: 全部, and a sentence in the widest column."""
    widest = max(range(1, len(columns)), key=lambda n: (columns[n].width, -n))
    return tuple(ALL if n == 0 else sentence if n == widest else "" for n in range(len(columns)))


def choices(words: Sequence[str]) -> tuple[str, ...]:
    """What 判断 offers."""
    return (AS_PROPOSED, *words)
