"""The circular to the units (季度通报): numbers, units and their ranking, problems, what is asked of them.

    一、总体情况             as in the report; against the last circular
    二、各单位任务完成情况    a table for each group of units, best first
    三、存在的主要问题       as in the report
    四、工作要求             the report's next steps, said to the units
    附件 未完成事项及原因, 抽查整改情况 (where there are any)

Real circulars have these parts (总体情况, 存在问题, 整改要求 or 工作要求) and name the units at each problem.

Units are ranked by how much of what was due is done, each group of units apart:

    到期完成率 = 到期已完成 / 到期应完成         of the items that a unit leads or answers for
    equal rates share a rank, the next one is as many further (1, 1, 3)
    a unit of which nothing was due has no rank and stands below the others of its group

Units are compared with their like only: departments and counties are groups of their own (类别 in
单位及联络员名单.xlsx); party organs, congress, courts and bodies that answer to a superior of their own stand in no group.
Who sent a form late is not told: a circular is about tasks. Only what was due counts, or a unit with late deadlines would be last all year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tracker.columns import Align, Column
from tracker.outline import Block, Heading, Letterhead, Official, Say, Text, long_date
from tracker.rules.progress import percent
from tracker.rules.report.annexes import CHECKS, OPEN, annexes_of
from tracker.rules.report.chapters import next_steps_chapter, overview_chapter, problems_chapter
from tracker.rules.report.edition import ReportChanges
from tracker.rules.report.summary import YearSummary
from tracker.rules.report.year_report import subject_of
from tracker.table import Table
from tracker.tiers import is_asked
from tracker.values import dataclass

# What a line counts, in the order of the table; names of the figures of a unit.
COUNT_NAMES = ("lead", "responsible", "done", "due", "overdue")


@dataclass(frozen=True, slots=True)
class RankingLine:
    """A unit in the circular.

    Attributes:
        unit: Its id.
        name: Its name on the day.
        rank: Its rank in its group; 0 where nothing was due.
        counts: How many, for each of `COUNT_NAMES`.
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
    """The units that lead or answer for anything, by group; groups in the order of the list of units.

    Units that are asked by letter (`tiers.UNIT_KINDS`) stand in none.
    """
    f = summary.unit_figures
    units = [
        unit
        for unit in sorted(summary.unit_names)
        if (f[unit]["lead"].n or f[unit]["responsible"].n) and not is_asked(summary.unit_kinds.get(unit, ""))
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
    f = summary.unit_figures
    due = {unit: f[unit]["due"].n for unit in units}
    rates = {unit: Fraction(f[unit]["met"].n, n) for unit, n in due.items() if n}
    rank = dict(zip(rates, ranks(list(rates.values())), strict=True))
    for unit in sorted(units, key=lambda candidate: (rank.get(candidate, len(units) + 1), candidate)):
        yield RankingLine(
            unit,
            summary.unit_names[unit],
            rank.get(unit, 0),
            tuple(f[unit][name].n for name in COUNT_NAMES),
            percent(f[unit]["met"].n, due[unit]),
        )


_NUMBERS = {"牵头": 11, "负责": 11, "已完成": 14, "到期": 11, "逾期": 11, "到期完成率": 20}
_UNITS = (Column("单位", 40), *(Column(*column, align=Align.CENTER) for column in _NUMBERS.items()))


def write_circular(
    summary: YearSummary,
    say: Say,
    report_say: Say,
    head: Letterhead,
    *,
    period: str = "",
    changes: ReportChanges | None = None,
    has_ranks: bool = True,
) -> Official:
    """The circular of a period (`第三季度`; empty for none).

    Without `has_ranks`, or where every unit with something due has the same rate, units stand as in their list: a table
    in which all are first tells nobody anything.
    """
    words = {"subject": subject_of(summary), "period": period}
    annex = annexes_of(summary, report_say, words["subject"], which=(OPEN, CHECKS), names_late=True)
    groups = ranking_groups(summary)
    rates = {line.rate for group in groups for line in group.lines if line.rate}
    level = has_ranks and len(rates) < 2
    has_ranks = has_ranks and not level
    blocks: list[Block] = [
        Text(say("circular.opening", **words, as_of=long_date(summary.as_of))),
        Heading(1, report_say("head.overview")),
        *overview_chapter(summary, report_say, changes=changes, inside=True),
        Heading(1, say("circular.units")),
        Text(
            say("circular.table", ranking=has_ranks, groups=len(groups), level=level and rates == {"100.0"})
        ),
    ]
    for group in groups:
        if len(groups) > 1:
            blocks.append(Heading(2, group.name or say("circular.ungrouped")))
        blocks.append(_table(group, has_ranks=has_ranks))
    blocks += [
        Heading(1, report_say("head.problems")),
        *problems_chapter(summary, report_say, annex),
    ]
    blocks += [
        Heading(1, say("circular.next")),
        *next_steps_chapter(summary, say, "circular.next"),
    ]
    return Official(
        title=say("circular.title", **words),
        blocks=tuple(blocks),
        addressee=say("circular.addressee"),
        signature=head.office_name,
        date=summary.as_of,
        attachments=annex.attachments,
        masthead=head.masthead(summary.as_of.year),
        copies=say("circular.copies"),
    )


def _table(group: RankingGroup, *, has_ranks: bool) -> Table:
    rows = tuple(_rows(group, has_ranks=has_ranks))
    return Table((Column("名次" if has_ranks else "序号", 12, align=Align.CENTER), *_UNITS), rows)


def _rows(group: RankingGroup, *, has_ranks: bool) -> Iterator[tuple[str, ...]]:
    lines = group.lines if has_ranks else sorted(group.lines, key=lambda line: line.unit)
    for number, line in enumerate(lines, start=1):
        place = str(line.rank or "—") if has_ranks else str(number)
        rate = f"{line.rate}%" if line.rate else "—"
        yield (place, line.name, *map(str, line.counts), rate)
