"""Plans that are half text and half table: items with brackets first, a table of projects behind them.

Both halves are the plan where both name units, neither repeats the other, and no line 附件 stands between them.
Else the half that names more than twice as many units is the plan, or the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.grid import Block
from tracker.grid import Grid
from tracker.grid import Source
from tracker.reading.plans.drafts import Draft
from tracker.reading.plans.parts import Parts

_FEWEST = 2
_ANNEX = re.compile(r"\s*附\s*[件表录]\s*[\d一二三四五六七八九十]{0,3}\s*(?:[:：].*)?$")
_BLANKS = re.compile(r"\s+")
# So many characters tell one requirement from another.
_ENOUGH = 14


def join_halves(text: Parts, tables: Parts, source: Source) -> Parts | None:
    """Both halves as one plan, in the order of the file; None if they are not two halves of one."""
    drafts_with_units = [draft for draft in text.drafts if draft.statements]
    if len(drafts_with_units) < _FEWEST or not any(draft.statements for draft in tables.drafts):
        return None
    keys = {_key(draft.requirement) for draft in tables.drafts}
    if any(_key(draft.requirement) in keys for draft in text.drafts):
        return None
    draft_places = [(_block_of(draft, source.blocks), draft) for draft in (*text.drafts, *tables.drafts)]
    if any(at is None for at, _ in draft_places):
        return None
    order = [at for at, _ in draft_places if at is not None]
    blocks_between = source.blocks[min(order) : max(order)]
    if any(not isinstance(block, Grid) and _ANNEX.match(block.text) for block in blocks_between):
        return None
    drafts = [
        draft
        for _, draft in sorted(zip(order, (draft for _, draft in draft_places), strict=True), key=_first)
    ]
    return Parts(
        drafts=drafts,
        front=text.front,
        back=text.back + tables.back,
        letter=text.letter,
        names=tables.names,
        notes=list(dict.fromkeys(text.notes + tables.notes)),
        annexes=list(dict.fromkeys(text.annexes + tables.annexes)),
        findings=text.findings + tables.findings,
    )


def _first(pair: tuple[int, Draft]) -> int:
    return pair[0]


def _key(text: str) -> str:
    return _BLANKS.sub("", text)[:_ENOUGH]


def _block_of(draft: Draft, blocks: Sequence[Block]) -> int | None:
    """Which block of the file a draft was read from: by its place, a table's by its words."""
    place = draft.place
    key = _key(draft.requirement)
    for at, block in enumerate(blocks):
        if not isinstance(block, Grid) and (place == block.place or place.startswith(f"{block.place}#")):
            return at
        if isinstance(block, Grid) and _holds(block, key):
            return at
    return None


def _holds(grid: Grid, key: str) -> bool:
    return any(
        key in _BLANKS.sub("", grid.text(row, column))
        for row in range(grid.height)
        for column in range(grid.width)
    )
