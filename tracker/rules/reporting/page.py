"""The year on one page: what a browser shows, with every length already computed.

Colours always come with their word. Lengths are in the units of the drawing (1000 wide), so that a template
only places them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.rules.reporting.annexes import deadline_text
from tracker.rules.reporting.annexes import full_text
from tracker.rules.reporting.figures import CLASSES
from tracker.rules.reporting.frozen import Changes
from tracker.rules.reporting.summary import LEFT
from tracker.rules.reporting.summary import Item
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.wording.outline import long_date
from tracker.rules.wording.phrases import without_number

WIDE = 1000

# Class -> colour; dark enough for white words on it, and different in grey, too.
COLOURS: dict[str, str] = {
    "done": "#2e7d32",
    "continuing": "#607d8b",
    "in_progress": "#1565c0",
    "lagging": "#b26a00",
    "not_started": "#8d6e63",
    "unreported": "#616161",
    "overdue": "#c62828",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a bar: where it begins, how wide it is, its colour, its word and its number."""

    x: float
    width: float
    colour: str
    word: str
    n: int
    share: str = ""

    @property
    def has_room(self) -> bool:
        """Whether its number fits inside."""
        return self.width >= 26


@dataclass(frozen=True, slots=True)
class BarLine:
    """A bar of several pieces, with its name."""

    name: str
    n: int
    done: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the page's table of items."""

    wp: str
    section: str
    task: str
    requirement: str
    lead: str
    others: str
    deadline: str
    due: str
    kind: str
    word: str
    light: str
    text: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A row of the page's table of units."""

    name: str
    lead: int
    responsible: int
    support: int
    done: int
    overdue: int


@dataclass(frozen=True)
class Page:
    """Everything that the page shows."""

    title: str
    as_of: str
    total: int
    done: int
    share: str
    overdue: int
    units_n: int
    answered: str
    whole: tuple[Bar, ...]
    sections: tuple[BarLine, ...]
    months: tuple[BarLine, ...]
    items: tuple[Line, ...]
    units: tuple[UnitLine, ...]
    words: tuple[tuple[str, str, str], ...]
    changes: tuple[tuple[str, str, str, str, str], ...]
    since: str


def page_of(summary: YearSummary, title: str, *, changes: Changes | None = None) -> Page:
    """The page of a plan's year."""
    f = summary.figures
    counted = [each for each in summary.items if each.kind != LEFT]
    parts = list(dict.fromkeys(each.point.section for each in counted))
    longest = max((sum(each.point.section == part for each in counted) for part in parts), default=1)
    months = sorted({_month(each.standing.due) for each in counted if each.standing.due})
    fullest = max((sum(_is_in(each, month) for each in counted) for month in months), default=1)
    return Page(
        title=title,
        as_of=long_date(summary.as_of),
        total=f["total"].n,
        done=f["done"].n,
        share=f["done"].share,
        overdue=f["overdue"].n,
        units_n=f["units"].n,
        answered=f"{f['answered'].n}/{f['asked'].n}" if "asked" in f else "",
        whole=_bars(counted, WIDE, {kind: f[kind].share for kind in CLASSES}),
        sections=tuple(
            _bar_line(
                without_number(part) if part else "（未分板块）",
                [each for each in counted if each.point.section == part],
                longest,
            )
            for part in parts
        ),
        months=tuple(
            _bar_line(f"{month[0]}年{month[1]}月", [each for each in counted if _is_in(each, month)], fullest)
            for month in months
        ),
        items=tuple(_line(each) for each in counted),
        units=tuple(
            UnitLine(
                name,
                *(
                    f[f"unit.{unit}.{each}"].n
                    for each in ("lead", "responsible", "support", "done", "overdue")
                ),
            )
            for unit, name in sorted(summary.unit_names.items())
        ),
        words=tuple((kind, word, COLOURS[kind]) for kind, (word, _) in CLASSES.items()),
        changes=tuple((each.name, *each.words, each.reason, each.source) for each in changes.changes)
        if changes
        else (),
        since=long_date(changes.since) if changes else "",
    )


def _bars(items: Sequence[Item], wide: float, shares: dict[str, str] | None = None) -> tuple[Bar, ...]:
    x, bars = 0.0, []
    for kind, (word, _) in CLASSES.items():
        n = sum(each.kind == kind for each in items)
        if n:
            width = round(wide * n / len(items), 2)
            bars.append(Bar(round(x, 2), width, COLOURS[kind], word, n, (shares or {}).get(kind, "")))
            x += width
    return tuple(bars)


def _bar_line(name: str, items: Sequence[Item], longest: int) -> BarLine:
    done = sum(each.kind == "done" for each in items)
    return BarLine(name, len(items), done, _bars(items, WIDE * len(items) / longest))


def _month(day: dt.date | None) -> tuple[int, int]:
    return (day.year, day.month) if day else (0, 0)


def _is_in(item: Item, month: tuple[int, int]) -> bool:
    return item.standing.due is not None and _month(item.standing.due) == month


def _line(item: Item) -> Line:
    return Line(
        wp=item.wp,
        section=without_number(item.point.section) if item.point.section else "",
        task=without_number(item.point.task) if item.point.task else "",
        requirement=item.point.requirement,
        lead="、".join(item.lead),
        others="、".join([*item.shared, *item.support]),
        deadline=deadline_text(item),
        due=item.standing.due.isoformat() if item.standing.due else "",
        kind=item.kind,
        word=CLASSES[item.kind][0],
        light=item.standing.light.value,
        text=full_text(item),
    )
