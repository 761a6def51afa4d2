"""How much of the year fits the pages of a report.

Where the whole does not fit, 佐证材料 go first. Then as many items keep their own paragraph as fit, in this
order (in plan order within each line):

    0  the office's 核定表述        always kept, whatever the pages
    1  a 摘要 with a figure in it
    2  any other 摘要
    3  进展情况 only
    4  nothing written

The others are counted in one sentence at the end of their task, stand whole in annex 1, and are listed in the
workbook. No text is ever cut in its middle.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.rules.reporting.summary import Item
from tracker.rules.wording.outline import Block
from tracker.rules.wording.outline import Heading
from tracker.rules.wording.outline import Text

LINES, CHARACTERS = 22, 28
# Title, addressee, list of annexes and signature.
_AROUND = 10


@dataclass(frozen=True, slots=True)
class Detail:
    """How much the body says.

    Attributes:
        shown: Items with a paragraph of their own.
        evidence: Whether 佐证材料 are named.
    """

    shown: frozenset[str]
    evidence: bool = True


def choose(items: Sequence[Item], fits: Callable[[Detail], bool]) -> Detail:
    """The most detail that fits."""
    every = frozenset(each.wp for each in items)
    for evidence in (True, False):
        if fits(Detail(every, evidence)):
            return Detail(every, evidence)
    ranked = sorted(items, key=lambda each: (rank(each), each.point.position))
    low, high = sum(each.is_approved for each in items), len(ranked)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(Detail(frozenset(each.wp for each in ranked[:middle]), evidence=False)):
            low = middle
        else:
            high = middle - 1
    return Detail(frozenset(each.wp for each in ranked[:low]), evidence=False)


def rank(item: Item) -> int:
    """The line of the table in the module's docstring."""
    if item.is_approved:
        return 0
    summaries = [each.text for each in item.texts if each.column == "summary"]
    if any(character.isdigit() for text in summaries for character in text):
        return 1
    return 2 if summaries else 3 if item.texts else 4


def estimated_pages(blocks: Sequence[Block]) -> float:
    """How many pages a body takes: its lines of 28 characters, 22 on a page, and those around it.

    >>> estimated_pages((Text("字" * 26), Text("字" * 27))) * LINES
    13.0
    """
    lines = _AROUND
    for block in blocks:
        match block:
            case Heading(text=text, run_in=more):
                lines += -(-(len(text) + len(more) + 5) // CHARACTERS)
            case Text(text=text):
                lines += sum(-(-(len(each) + 2) // CHARACTERS) for each in text.splitlines() or [""])
            case _:
                lines += 1
    return lines / LINES
