"""The year on one sheet of A4: as much as fits, and where the rest is to be found.

What an office has differs (1 unit or 200, 30 items or 2,000, a title of ten characters or of ten thousand), and
the sheet does not grow. So everything that could is cut here, once, for whatever lays it out:

    text                        cut to a length that fits its place, `…` after it
    parts of the plan           the largest `SECTIONS`, the others together
    groups of units             the largest `GROUPS`, the others together
    months                      `months.LONGEST`, at most
    items that want attention   the `ITEMS` most urgent, then how many more and where they stand
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.board import Bar, BarLine, BoardPage, OnePage, OnePageGroup, UnitLine, UrgentLine
from tracker.rules.board.bars import MOST_MONTHS
from tracker.rules.board.page import cut
from tracker.rules.progress import percent

SECTIONS, GROUPS, ITEMS = 7, 5, 7
# Letters that a title, a name, an item, a note of one line and one of two lines may have.
_TITLE, _NAME, _LINE, _NOTE, _TWO = 34, 16, 34, 60, 110


def one_page_of(page: BoardPage, *, rest: str = "一页看板网页") -> OnePage:
    """The sheet of a page; `rest` names where everything stands."""
    urgent = page.urgent
    surplus = len(urgent) - ITEMS
    return OnePage(
        title=cut(page.title, _TITLE),
        as_of=page.as_of,
        cards=page.cards,
        lamps=page.lamps,
        classes=page.classes,
        whole=page.whole,
        months=replace(page.timeline, months=page.timeline.months[: MOST_MONTHS + 1]),
        sections=_largest(page.sections, page.total),
        groups=_groups(page),
        urgent=tuple(
            UrgentLine(
                line.light,
                line.colour,
                cut(line.name, _LINE),
                cut(line.lead or line.others, _NAME),
                cut(line.deadline, 12),
                line.word.partition("（")[0] + (f"{line.late}天" if line.late else ""),
            )
            for line in urgent[:ITEMS]
        ),
        more=f"其余{surplus}项见{rest}。" if surplus > 0 else "",
        notes=tuple(_notes(page)),
    )


def _largest(lines: Sequence[BarLine], whole: int) -> tuple[BarLine, ...]:
    """The largest lines in the order of the plan, the others as one."""
    if len(lines) <= SECTIONS + 1:
        return tuple(replace(line, name=cut(line.name, _NAME)) for line in lines)
    indexes = sorted(sorted(range(len(lines)), key=lambda index: (-lines[index].n, index))[:SECTIONS])
    others = [line for number, line in enumerate(lines) if number not in indexes]
    largest = [replace(lines[index], name=cut(lines[index].name, _NAME)) for index in indexes]
    return (*largest, _together(others))


def _together(lines: Sequence[BarLine]) -> BarLine:
    bars: dict[str, Bar] = {}
    for line in lines:
        for bar in line.bars:
            previous = bars.get(bar.code)
            bars[bar.code] = replace(bar, n=bar.n + (previous.n if previous else 0))
    n, done = sum(line.n for line in lines), sum(line.done for line in lines)
    return BarLine(f"其余{len(lines)}个板块", n, done, tuple(bars.values()))


def _groups(page: BoardPage) -> tuple[OnePageGroup, ...]:
    rows = [_row(group.name, len(group.units), group.whole) for group in page.groups]
    if len(rows) <= GROUPS + 1:
        return tuple(rows)
    others = rows[GROUPS:]
    units, own_count, base, done, overdue = (
        sum(getattr(row, name) for row in others) for name in ("units", "own", "base", "done", "overdue")
    )
    share = percent(done, base)
    together = OnePageGroup(f"其余{len(others)}类", units, own_count, base, done, share, overdue)
    return (*rows[:GROUPS], together)


def _row(name: str, units: int, whole: UnitLine) -> OnePageGroup:
    return OnePageGroup(
        cut(name, _NAME), units, whole.own, whole.base, whole.done, whole.share, whole.overdue
    )


def _notes(page: BoardPage) -> list[str]:
    late = [unit for group in page.groups for unit in group.units if unit.overdue]
    notes = []
    if late:
        names = "、".join(f"{cut(unit.name, 12)}（{unit.overdue}项）" for unit in late[:3])
        notes.append(f"有逾期事项的单位{len(late)}个：{names}{'等' if len(late) > 3 else ''}。")
    if page.timeline.undated:
        notes.append(f"另有{page.timeline.undated}项没有固定完成日期，未列入到期时间分布。")
    if page.burden:
        notes.append(cut(page.burden, _TWO))
    for part in page.parts[:2]:
        figures = "，".join(f"{label}{text}" for label, text in part.figures[:4])
        notes.append(cut(f"{cut(part.heading, _NAME)}：{figures}。", _NOTE))
    if sentences := page.running.sentences:
        notes.append(cut("".join(sentences[:2]), _NOTE))
    return notes
