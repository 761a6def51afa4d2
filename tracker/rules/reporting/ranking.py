"""Ranking units in a circular: by how much of what was due is done, each group of units apart.

    到期完成率 = 到期已完成 / 到期应完成         of the items that a unit leads or answers for
    equal rates share a rank, the next one is as many further (1, 1, 3)
    a unit of which nothing was due has no rank and stands below the others of its group

Units are compared with their like only: departments, counties and units that follow their own line are groups of
their own (类别 in 单位及联络员名单.xlsx). Only what was due counts, or a unit with late deadlines would be last all year.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from tracker.rules.reporting.shares import percent
from tracker.rules.reporting.summary import YearSummary

# What a line counts, in the order of the table; names of the figures of a unit.
COUNT_NAMES = ("lead", "responsible", "done", "due", "overdue")


@dataclass(frozen=True, slots=True)
class RankingLine:
    """A unit in the circular.

    Attributes:
        unit: Its id.
        name: Its name on the day.
        rank: Its rank in its group; 0 where nothing was due.
        counts: How many, for each of `COUNTED`.
        rate: 到期完成率 with one decimal; empty where nothing was due.
    """

    unit: str
    name: str
    rank: int
    counts: tuple[int, ...]
    rate: str


@dataclass(frozen=True, slots=True)
class RankingGroup:
    """The units of one 类别, best first."""

    name: str
    lines: tuple[RankingLine, ...]


def ranking_groups(summary: YearSummary) -> tuple[RankingGroup, ...]:
    """The units that lead or answer for anything, by group; groups in the order of the list of units."""
    f = summary.figures
    units = [
        unit
        for unit in sorted(summary.unit_names)
        if f[f"unit.{unit}.lead"].n or f[f"unit.{unit}.responsible"].n
    ]
    groups = dict.fromkeys(summary.unit_kinds.get(unit, "") for unit in units)
    return tuple(
        RankingGroup(
            name, tuple(_lines(summary, [u for u in units if summary.unit_kinds.get(u, "") == name]))
        )
        for name in groups
    )


def ranks(rates: Sequence[Fraction]) -> list[int]:
    """The rank of each rate; equal ones share it.

    >>> ranks([Fraction(1), Fraction(1, 2), Fraction(1), Fraction(0)])
    [1, 3, 1, 4]
    """
    return [1 + sum(other > rate for other in rates) for rate in rates]


def _lines(summary: YearSummary, units: Sequence[str]) -> Iterator[RankingLine]:
    f = summary.figures
    due = {unit: f[f"unit.{unit}.due"].n for unit in units}
    rates = {unit: Fraction(f[f"unit.{unit}.met"].n, n) for unit, n in due.items() if n}
    rank = dict(zip(rates, ranks(list(rates.values())), strict=True))
    for unit in sorted(units, key=lambda candidate: (rank.get(candidate, len(units) + 1), candidate)):
        yield RankingLine(
            unit,
            summary.unit_names[unit],
            rank.get(unit, 0),
            tuple(f[f"unit.{unit}.{name}"].n for name in COUNT_NAMES),
            percent(f[f"unit.{unit}.met"].n, due[unit]),
        )
