"""Units by group (the 类别 of 单位及联络员名单: 县（市、区）, 市直部门, 垂直管理 …), each with its share of the year.

Units stand by their id, never by rank: a page that lists units by who is worst is a ranking, and whether there is
one is the office's decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.rules.board.burden import Burden
from tracker.rules.board.burden import total_burden
from tracker.rules.reporting.shares import percent
from tracker.rules.reporting.summary import YearSummary

NO_GROUP = "未分类"
NOTHING = Burden()
_LONGEST = 120
_COUNTS = ("lead", "responsible", "support", "done", "overdue")


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit, or all units of a group: what it has to do, how much is done, and what was asked of it.

    Attributes:
        key: The unit's id; empty for a group.
        share: Done of what it leads or answers for, in per cent; empty where that is nothing.
    """

    key: str
    name: str
    lead: int
    responsible: int
    support: int
    done: int
    overdue: int
    share: str
    burden: Burden = NOTHING

    @property
    def own_count(self) -> int:
        """What it leads or answers for."""
        return self.lead + self.responsible


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units of one kind.

    Attributes:
        whole: Sums over its units: an item that two units share counts for both.
        units: By id.
    """

    name: str
    whole: UnitLine
    units: tuple[UnitLine, ...]


def groups_of(
    summary: YearSummary, kinds: Mapping[str, str], burdens: Mapping[str, Burden]
) -> tuple[UnitGroup, ...]:
    """The groups, the one with most units first; `kinds` names each unit's group."""
    members: dict[str, list[UnitLine]] = {}
    for unit, name in sorted(summary.unit_names.items()):
        counts = [summary.figures[f"unit.{unit}.{figure}"].n for figure in _COUNTS]
        line = _line(unit, name[:_LONGEST], counts, burdens.get(unit, Burden()))
        members.setdefault(kinds.get(unit, "").strip()[:_LONGEST] or NO_GROUP, []).append(line)
    return tuple(
        UnitGroup(name, _sum(name, units), tuple(units))
        for name, units in sorted(members.items(), key=lambda group: (-len(group[1]), group[0]))
    )


def _sum(name: str, units: list[UnitLine]) -> UnitLine:
    counts = [sum(getattr(unit, count) for unit in units) for count in _COUNTS]
    return _line("", name, counts, total_burden(unit.burden for unit in units))


def _line(key: str, name: str, counts: list[int], burden: Burden) -> UnitLine:
    lead, responsible, support, done, overdue = counts
    share = percent(done, lead + responsible)
    return UnitLine(key, name, lead, responsible, support, done, overdue, share, burden)
