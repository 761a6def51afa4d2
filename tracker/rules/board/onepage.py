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
from dataclasses import dataclass
from dataclasses import replace

from tracker.rules.board.bars import Bar
from tracker.rules.board.bars import BarLine
from tracker.rules.board.bars import Class
from tracker.rules.board.brief import cut
from tracker.rules.board.groups import UnitLine
from tracker.rules.board.lamps import Lamp
from tracker.rules.board.months import LONGEST
from tracker.rules.board.months import Timeline
from tracker.rules.board.page import Page
from tracker.rules.reporting.shares import percent

SECTIONS, GROUPS, ITEMS = 7, 5, 7
# Letters that a title, a name, an item, a note of one line and one of two lines may have.
_TITLE, _NAME, _LINE, _NOTE, _TWO = 34, 16, 34, 60, 110


@dataclass(frozen=True, slots=True)
class Urgent:
    """An item that wants attention, in a line."""

    light: str
    colour: str
    name: str
    unit: str
    due: str
    state: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of units, in a line."""

    name: str
    units: int
    own: int
    done: int
    share: str
    overdue: int


@dataclass(frozen=True)
class OnePage:
    """What stands on the sheet."""

    title: str
    as_of: str
    cards: tuple[tuple[str, str], ...]
    lamps: tuple[Lamp, ...]
    classes: tuple[Class, ...]
    whole: tuple[Bar, ...]
    months: Timeline
    sections: tuple[BarLine, ...]
    groups: tuple[GroupRow, ...]
    urgent: tuple[Urgent, ...]
    more: str
    notes: tuple[str, ...]


def one_page_of(page: Page, *, rest: str = "一页看板网页") -> OnePage:
    """The sheet of a page; `rest` names where everything stands."""
    urgent = [each for each in page.items if each.rank]
    urgent.sort(key=lambda each: (each.rank, each.due or "9999"))
    left = len(urgent) - ITEMS
    return OnePage(
        title=cut(page.title, _TITLE),
        as_of=page.as_of,
        cards=page.cards,
        lamps=page.lamps,
        classes=page.classes,
        whole=page.whole,
        months=replace(page.timeline, months=page.timeline.months[: LONGEST + 1]),
        sections=_largest(page.sections, page.total),
        groups=_groups(page),
        urgent=tuple(
            Urgent(
                each.light,
                each.colour,
                cut(each.name, _LINE),
                cut(each.lead or each.others, _NAME),
                cut(each.deadline, 12),
                each.word + (f"{each.late}天" if each.late else ""),
            )
            for each in urgent[:ITEMS]
        ),
        more=f"其余{left}项见{rest}。" if left > 0 else "",
        notes=tuple(_notes(page)),
    )


def _largest(lines: Sequence[BarLine], whole: int) -> tuple[BarLine, ...]:
    """The largest lines in the order of the plan, the others as one."""
    if len(lines) <= SECTIONS + 1:
        return tuple(replace(each, name=cut(each.name, _NAME)) for each in lines)
    kept = sorted(sorted(range(len(lines)), key=lambda each: (-lines[each].n, each))[:SECTIONS])
    others = [each for number, each in enumerate(lines) if number not in kept]
    shown = [replace(lines[each], name=cut(lines[each].name, _NAME)) for each in kept]
    return (*shown, _together(others))


def _together(lines: Sequence[BarLine]) -> BarLine:
    found: dict[str, Bar] = {}
    for line in lines:
        for bar in line.bars:
            known = found.get(bar.code)
            found[bar.code] = replace(bar, n=bar.n + (known.n if known else 0))
    n, done = sum(each.n for each in lines), sum(each.done for each in lines)
    return BarLine(f"其余{len(lines)}个板块", n, done, tuple(found.values()))


def _groups(page: Page) -> tuple[GroupRow, ...]:
    rows = [_row(each.name, len(each.units), each.whole) for each in page.groups]
    if len(rows) <= GROUPS + 1:
        return tuple(rows)
    others = rows[GROUPS:]
    units, own, done, overdue = (
        sum(getattr(each, name) for each in others) for name in ("units", "own", "done", "overdue")
    )
    together = GroupRow(f"其余{len(others)}类", units, own, done, percent(done, own), overdue)
    return (*rows[:GROUPS], together)


def _row(name: str, units: int, whole: UnitLine) -> GroupRow:
    return GroupRow(cut(name, _NAME), units, whole.own, whole.done, whole.share, whole.overdue)


def _notes(page: Page) -> list[str]:
    late = [each for group in page.groups for each in group.units if each.overdue]
    notes = []
    if late:
        named = "、".join(f"{cut(each.name, 12)}（{each.overdue}项）" for each in late[:3])
        notes.append(f"有逾期事项的单位{len(late)}个：{named}{'等' if len(late) > 3 else ''}。")
    if page.timeline.undated:
        notes.append(f"另有{page.timeline.undated}项没有固定完成日期，未列入到期时间分布。")
    if page.burden:
        notes.append(cut(page.burden, _TWO))
    for part in page.parts[:2]:
        figures = "，".join(f"{label}{text}" for label, text in part.figures[:4])
        notes.append(cut(f"{cut(part.heading, _NAME)}：{figures}。", _NOTE))
    if said := page.running.sentences:
        notes.append(cut("".join(said[:2]), _NOTE))
    return notes
