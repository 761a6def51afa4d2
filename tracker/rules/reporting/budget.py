"""How much of the year fits the pages of a report.

Where the whole does not fit, 佐证材料 go first. Then as many items keep their own paragraph as fit, in this
order (within each line the first item of every task, then the second of each, so that no part falls silent):

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

from tracker.rules.reporting.item import Item
from tracker.rules.wording.outline import Block
from tracker.rules.wording.outline import Heading
from tracker.rules.wording.outline import Text

LINES, CHARACTERS = 22, 28
# Title (two lines, higher than others), the empty line below it and 主送机关.
_HEAD = 5
# An empty line each above the list of annexes and the signature, two annexes, name and date.
_FOOT = 6
# A heading of these levels that stands alone is kept on one page with what follows it.
_KEPT = 3
# So many lines of the paragraph below a heading stay with it (measured with LibreOffice 7.4).
_BEGUN = 3


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
    tasks: dict[tuple[int, str, str], int] = {}
    order = {}
    for each in sorted(items, key=lambda each: each.point.position):
        task = (rank(each), each.point.section, each.point.task)
        order[each.wp] = tasks[task] = tasks.get(task, 0) + 1
    ranked = sorted(items, key=lambda each: (rank(each), order[each.wp], each.point.position))
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
    """How many pages a document takes before its annexes: lines of 28 characters, 22 on a page.

    Lines are laid one after the other as the page does it: headings that stand alone go over to the next page with
    the first lines of what follows them, and the signature with the last paragraph.

    >>> estimated_pages((Text("字" * 26), Text("字" * 27))) * LINES
    14.0
    """
    used = _HEAD
    waiting = 0
    for block in blocks:
        lines = _lines(block)
        if isinstance(block, Heading) and not block.run_in and block.level <= _KEPT:
            waiting += lines
            continue
        if waiting:
            used = _over(used, waiting + _BEGUN) + waiting
            waiting = 0
        last = lines
        used += lines
    if blocks and not waiting:
        used = _over(used - last, min(last, LINES) + _FOOT) + last
    return (used + waiting + _FOOT) / LINES


def _over(used: int, lines: int) -> int:
    """Where lines that are kept together begin: here, or on the next page."""
    left = -used % LINES
    return used + left if left and lines > left else used


def _lines(block: Block) -> int:
    match block:
        case Heading(text=text, run_in=more):
            return -(-(len(text) + len(more) + 5) // CHARACTERS)
        case Text(text=text):
            return sum(-(-(len(each) + 2) // CHARACTERS) for each in text.splitlines() or [""])
        case _:
            return 1
