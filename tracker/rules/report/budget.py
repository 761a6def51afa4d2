"""How much of the year fits the pages of a report.

Where the whole does not fit, as many items keep their own sentence as fit, in this order (within each line the first
item of every task, then the second of each, so that no part falls silent):

    0  the office's 核定表述, 亮点  always kept, whatever the pages
    1  a 摘要 with a figure in it
    2  any other 摘要
    3  进展情况 only
    4  nothing written

The others are counted in one sentence at the end of their paragraph, stand whole in annex 1, and are listed in the
workbook. No text is ever cut in its middle.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker.outline import Block, Heading, Text
from tracker.rules.report.summary import ReportItem
from tracker.values import dataclass

LINES, CHARACTERS = 22, 28
# Title (two lines, higher than others), the empty line below it and 主送机关.
_HEAD = 5
# An empty line each above the list of annexes and the signature, two annexes, name and date.
_FOOT = 6
# A heading of these levels that stands alone is kept on one page with what follows it.
_KEEP_WITH_NEXT = 3
# So many lines of the paragraph below a heading stay with it (measured with LibreOffice 7.4).
_FIRST_LINES = 3


@dataclass(frozen=True, slots=True)
class Detail:
    """How much the body says.

    Attributes:
        point_ids: Items with a sentence of their own.
    """

    point_ids: frozenset[str]


def choose_detail(items: Sequence[ReportItem], fits: Callable[[Detail], bool]) -> Detail:
    """The most detail that fits."""
    every = frozenset(item.point_id for item in items)
    if fits(Detail(every)):
        return Detail(every)
    tasks: dict[tuple[int, str, str], int] = {}
    order = {}
    for item in sorted(items, key=lambda item: item.point.position):
        task = (rank(item), item.point.section, item.point.task)
        order[item.point_id] = tasks[task] = tasks.get(task, 0) + 1
    by_rank = sorted(items, key=lambda item: (rank(item), order[item.point_id], item.point.position))
    low, high = sum(not rank(item) for item in items), len(by_rank)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(Detail(frozenset(item.point_id for item in by_rank[:middle]))):
            low = middle
        else:
            high = middle - 1
    return Detail(frozenset(item.point_id for item in by_rank[:low]))


def rank(item: ReportItem) -> int:
    """The line of the table in the module's docstring."""
    if item.is_approved or item.is_practice:
        return 0
    summaries = [quote.text for quote in item.texts if quote.column == "summary"]
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
    height = _HEAD
    heading_lines = 0
    for block in blocks:
        lines = _lines(block)
        if isinstance(block, Heading) and not block.run_in and block.level <= _KEEP_WITH_NEXT:
            heading_lines += lines
            continue
        if heading_lines:
            height = _over(height, heading_lines + _FIRST_LINES) + heading_lines
            heading_lines = 0
        last = lines
        height = _below(height, lines)
    if blocks and not heading_lines:
        height = _over(height - last, min(last, LINES) + _FOOT) + last
    return (height + heading_lines + _FOOT) / LINES


def _over(height: int, lines: int) -> int:
    """Where lines that are kept together begin: here, or on the next page."""
    room = -height % LINES
    return height + room if room and lines > room else height


def _below(height: int, lines: int) -> int:
    """How far down a paragraph reaches: no single line of it stands on a page, neither its first nor its last.

    >>> _below(21, 2), _below(20, 3), _below(18, 5), _below(18, 4)
    (24, 25, 24, 22)
    """
    room = -height % LINES
    if room and lines > room:
        alone = (lines - room) % LINES == 1
        height += room if room == 1 or (alone and room == 2) else int(alone)
    return height + lines


def _lines(block: Block) -> int:
    match block:
        case Heading(text=text, run_in=more):
            return -(-(len(text) + len(more) + 5) // CHARACTERS)
        case Text(text=text):
            return sum(-(-(len(line) + 2) // CHARACTERS) for line in text.splitlines() or [""])
        case _:
            return 1
