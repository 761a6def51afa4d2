"""Bars: counts as lengths, each with its colour, its word and its number.

Colours always come with their word. Lengths are in the units of the drawing (1000 wide), so that a template
only places them.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.rules.reporting.item import ReportItem

WIDE = 1000


@dataclass(frozen=True, slots=True)
class BarClass:
    """What pieces of a bar are sorted by: a code, its word and its colour."""

    code: str
    word: str
    colour: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a bar: where it begins, how wide it is, its colour, its word and its number."""

    x: float
    width: float
    colour: str
    word: str
    n: int
    share: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class BarLine:
    """A bar of several pieces, with its name; `key` is what the list of items is filtered by."""

    name: str
    n: int
    done: int
    bars: tuple[Bar, ...]
    key: str = ""

    def count(self, code: str) -> int:
        """The number of one class."""
        return sum(bar.n for bar in self.bars if bar.code == code)


ClassOf = Callable[[ReportItem], str]


def bars_of(
    codes: Sequence[str], classes: Iterable[BarClass], wide: float, shares: Mapping[str, str] | None = None
) -> tuple[Bar, ...]:
    """A bar of what the codes count, in the order of the classes; nothing of classes that nothing is in."""
    x, bars = 0.0, []
    for bar_class in classes:
        n = sum(code == bar_class.code for code in codes)
        if n:
            width = round(wide * n / len(codes), 2)
            share = (shares or {}).get(bar_class.code, "")
            bars.append(Bar(round(x, 2), width, bar_class.colour, bar_class.word, n, share, bar_class.code))
            x += width
    return tuple(bars)


def lines_of(
    groups: Mapping[str, Sequence[ReportItem]],
    class_of: ClassOf,
    classes: Sequence[BarClass],
    names: Mapping[str, str] | None = None,
) -> tuple[BarLine, ...]:
    """A bar for each group, by its key; all of them to one scale, the fullest as wide as the drawing."""
    longest = max((len(some) for some in groups.values()), default=0) or 1
    return tuple(
        BarLine(
            (names or {}).get(key, key),
            len(some),
            sum(item.kind == "done" for item in some),
            bars_of([class_of(item) for item in some], classes, WIDE * len(some) / longest),
            key,
        )
        for key, some in groups.items()
    )
