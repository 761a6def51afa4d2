"""Relatives of the report, made of the same summary.

    公开版     numbers and items as far as they may be published; no problems, no next steps, no reasons
    自查报告   what one unit leads, answers for and supports, in its own words, as a draft that it signs
    内部专报   one or two pages for the leader, any day: where it stands, what needs him, who is late and what each must do
    情况通报   to the units (季度通报): numbers, units and their ranking, problems, what is asked of them

Items marked 不通报 are in none of them: they are not in the summary.

What may be published of a year is fewer items, fewer words, three classes:

    left out                                   why
    items marked 不公开 (and those 不通报)        the office's word; they are in no number either
    texts of the columns 不公开的栏目             written for the office: 进展情况, 存在问题, 佐证材料 by default
    who sent its form back, who did not, checks  the office's own discipline
    what goes on from last year                  the office's own account
    基本完成, 进展滞后, 未启动, 待核实, 逾期        words of supervision: the item is 尚未完成

Nothing is made to look better than it is: what is not done counts as not done.

**内部专报** stays inside the office: here, and not in the report to the superior, units are named for being late. Where two pages
do not hold everything, the table is cut first, and says how many are left out.

    一、总体进展             the classes of the plan, what was gained since the last 专报, what is due in thirty days
    二、需要协调推动的事项   each with its lead, its day and the cause in the unit's words
    三、逾期、未报的单位和要求 a table: unit, what is late, by when it has to do what

**情况通报**

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

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from tracker.columns import Align, Column
from tracker.grid import as_text
from tracker.numerals import chinese_number
from tracker.outline import Block, Heading, Letterhead, Official, Say, Text, long_date
from tracker.rules.progress import NOT_DONE, PUBLIC_CLASSES, UNCOUNTED, count_figures, percent
from tracker.rules.report.annexes import CHECKS, ITEMS, OPEN, annexes_of
from tracker.rules.report.chapters import (
    Detail,
    choose_detail,
    estimated_pages,
    items_chapter,
    next_steps_chapter,
    overview_chapter,
    problems_chapter,
    report_items,
    sentences_of,
    silent_units,
    unit_names,
)
from tracker.rules.report.edition import ReportChanges
from tracker.rules.report.summary import ReportItem, YearSummary
from tracker.rules.report.year_report import subject_of
from tracker.rules.wording import name_in_quotes, sentence, short_name
from tracker.table import Table
from tracker.tiers import is_asked
from tracker.values import dataclass


def public_summary(summary: YearSummary, excluded_columns: frozenset[str]) -> YearSummary:
    """The year as it may be published, without the texts of some columns."""
    public_items = [item for item in summary.items if item.point_id not in summary.unpublished_points]
    items = tuple(_public(item, excluded_columns) for item in public_items)
    units = {unit.heir for item in items for unit in item.standing.units}
    names = {unit: name for unit, name in summary.unit_names.items() if unit in units}
    return replace(
        summary,
        items=items,
        figures=count_figures(
            [item.count_point for item in items], names, classes=PUBLIC_CLASSES, as_of=summary.as_of
        ),
        unit_names=names,
        latest_round="",
        checks=(),
        years=None,
        contacts={},
        excluded_columns=summary.excluded_columns | excluded_columns,
        classes=PUBLIC_CLASSES,
    )


def _public(item: ReportItem, excluded_columns: frozenset[str]) -> ReportItem:
    return replace(
        item,
        kind=item.kind if item.kind in PUBLIC_CLASSES or item.kind == UNCOUNTED else NOT_DONE,
        texts=tuple(quote for quote in item.texts if quote.column not in excluded_columns),
        problems=() if "problem" in excluded_columns else item.problems,
        evidence=() if "evidence" in excluded_columns else item.evidence,
        done_on=() if "done_on" in excluded_columns else item.done_on,
        note="" if "note" in excluded_columns else item.note,
    )


def own_report(summary: YearSummary, unit: str, say: Say, report_say: Say, head: Letterhead) -> Official:
    """What a unit may report to the office, drafted from what it sent during the year."""
    return Official(
        title=say("own.title", subject=subject_of(summary)),
        blocks=tuple(_own_blocks(summary, unit, say, report_say)),
        addressee=head.office_name,
        signature=summary.unit_names.get(unit, unit),
        date=summary.as_of,
    )


def _own_blocks(summary: YearSummary, unit: str, say: Say, report_say: Say) -> Iterator[Block]:
    edition, f = summary.plan.edition, summary.unit_figures[unit]
    names = ("lead", "responsible", "support", "done", "overdue")
    counts = {name: f[name].n for name in names}
    mine = [
        (item, standing)
        for item in summary.items
        for standing in item.standing.units
        if item.kind != UNCOUNTED and standing.heir == unit and standing.status != "not_applicable"
    ]
    yield Text(say("own.opening", title=edition.title, number=edition.number))
    yield Heading(1, report_say("head.overview"))
    yield Text(say("own.overview", as_of=long_date(summary.as_of), **counts))
    yield Heading(1, report_say("head.items"))
    problems: list[Block] = []
    for item, standing in mine:
        name, text = short_name(item.point.requirement), standing.summary or standing.progress
        problem = standing.texts.get("problem", "")
        statement = say(
            "own.item",
            role=standing.role.label,
            state=standing.word,
            text=sentence(text) if text else say("own.silent"),
        )
        yield Heading(2, f"{name}。", run_in=statement)
        if problem:
            problems.append(Heading(2, f"{name}。", run_in=sentence(problem)))
    yield Heading(1, say("own.problems"))
    yield from problems or [Text(say("own.no_problems"))]


def public_version(
    summary: YearSummary,
    say: Say,
    report_say: Say,
    head: Letterhead,
    *,
    excluded_columns: frozenset[str] = frozenset(),
) -> Official:
    """What may be published; `rules.report.relatives` says what that is, `excluded_columns` are the columns kept out."""
    public = public_summary(summary, excluded_columns)
    subject = subject_of(public)
    annex = annexes_of(public, report_say, subject, which=(ITEMS,), public=True)

    sentences = sentences_of(public, report_say, annex)

    def body(detail: Detail, has_names: bool = True) -> Iterator[Block]:
        yield Heading(1, report_say("head.overview"))
        yield from overview_chapter(public, report_say)
        yield Heading(1, report_say("head.items"))
        yield from items_chapter(
            public, report_say, detail, annex, sentences, public=True, has_names=has_names
        )

    def fits(*extent: Any) -> bool:
        return estimated_pages(tuple(body(*extent))) <= head.pages

    # An item of which nothing may be told stands in the annex alone: its requirement a second time says nothing.
    told_items = [item for item in report_items(public) if item.texts or item.is_approved]
    detail = choose_detail(told_items, fits)
    if not (has_names := fits(detail)):
        detail = choose_detail(told_items, lambda some: fits(some, False))
    if len(detail.point_ids) == len(told_items):
        annex = annexes_of(public, report_say, subject, which=(ITEMS,), public=True, has_texts=False)
    return Official(
        title=say("public.title", subject=subject),
        blocks=tuple(body(detail, has_names)),
        signature=head.office_name,
        date=summary.as_of,
        attachments=annex.attachments,
    )


PAGES = 2
# What is due in so many days is told.
_DAYS_AHEAD = 30
_MOST_NAMES = 3
# In the table names are shorter, and fewer.
_IN_A_CELL, _MOST_IN_A_CELL = 16, 2
# So many matters and rows are tried, until they fit: first fewer rows, then fewer matters.
_SIZES = ((6, 16), (6, 12), (5, 10), (5, 8), (4, 6), (3, 5), (3, 3))
_UNITS = (
    Column("序号", 18, align=Align.CENTER),
    Column("单位", 40),
    Column("滞后事项", 60),
    Column("要求", 70),
)
# A row of the table is set smaller than the body: so many characters to a line of its widest cells, so much lower.
_CELL_CHARACTERS, _CELL_HEIGHT = 9, 0.7


def write_brief(
    summary: YearSummary,
    say: Say,
    head: Letterhead,
    *,
    ask_by: dt.date,
    changes: ReportChanges | None = None,
) -> Official:
    """The 专报 of a day; `ask_by` is the day by which units that are late have to do what is asked."""
    rows = _late_rows(summary, say, ask_by)
    blocks: tuple[Block, ...] = ()
    for matters, most in _SIZES:
        blocks = tuple(_body(summary, say, rows, matters, most, changes, ask_by))
        if _pages(blocks) <= PAGES:
            break
    return Official(
        title=say("brief.title", subject=subject_of(summary)),
        blocks=blocks,
        signature=head.office_name,
        date=summary.as_of,
    )


def _body(
    summary: YearSummary,
    say: Say,
    rows: list[tuple[str, str, str]],
    most_matters: int,
    most_rows: int,
    changes: ReportChanges | None,
    ask_by: dt.date,
) -> Iterator[Block]:
    f = summary.figures
    yield Heading(1, say("brief.head.overview"))
    classes = [f[kind] for kind in summary.classes if kind not in ("done", "continuing") and f[kind].n]
    coming = [item for item in summary.items if item.is_open and _is_near(item, summary.as_of)]
    yield Text(
        say(
            "brief.overview",
            as_of=long_date(summary.as_of),
            f=f,
            rest=classes,
            gained=len(changes.rows("gained")) if changes else 0,
            since=long_date(changes.since) if changes else "",
            coming=len(coming),
            names="；".join(short_name(item.point.requirement) for item in coming[:_MOST_NAMES]),
            more=len(coming) > _MOST_NAMES,
        )
    )
    yield Heading(1, say("brief.head.matters"))
    matters = [item for item in summary.items if _needs_a_word(item)]
    if not matters:
        yield Text(say("brief.no_matters"))
    for number, item in enumerate(matters[:most_matters], start=1):
        yield Text(_matter(item, say, number if len(matters) > 1 else 0))
    if len(matters) > most_matters:
        yield Text(say("brief.more_matters", n=len(matters) - most_matters))
    yield Heading(1, say("brief.head.units"))
    if rows:
        yield Text(
            say(
                "brief.units",
                late=sum(bool(figures["overdue"].n) for figures in summary.unit_figures.values()),
                silent=len(silent_units(summary)),
                round=summary.latest_round,
                more=max(0, len(rows) - most_rows),
            )
        )
        table_rows = tuple((str(number), *row) for number, row in enumerate(rows[:most_rows], start=1))
        yield Table(_UNITS, table_rows, large=True)
        yield Text(say("brief.next", ask_by=long_date(ask_by)))
    else:
        yield Text(say("brief.no_units", as_of=long_date(summary.as_of)))


def _is_near(item: ReportItem, day: dt.date) -> bool:
    due = item.standing.due
    return due is not None and day <= due <= day + dt.timedelta(days=_DAYS_AHEAD)


def _needs_a_word(item: ReportItem) -> bool:
    """What a leader can move: what is overdue or behind, and what nobody answers for."""
    return item.kind in ("overdue", "lagging") or (item.is_open and not (item.lead or item.responsible))


def _matter(item: ReportItem, say: Say, number: int) -> str:
    due = item.standing.due
    return say(
        "brief.matter",
        number=chinese_number(number) if number else "",
        name=name_in_quotes(item.point.requirement),
        units=unit_names(item, item.lead or item.responsible),
        due=long_date(due) if due else "",
        kind=item.kind,
        cause=item.problems[0].text.strip().rstrip("。") if item.problems else "",
    )


def _late_rows(summary: YearSummary, say: Say, ask_by: dt.date) -> list[tuple[str, str, str]]:
    """Unit, what is late, what it must do: most first; then those of whom only the form of the latest round is late."""
    day = long_date(ask_by)
    rows = []
    silent = dict.fromkeys(silent_units(summary), say("brief.silent", round=summary.latest_round))
    late = {unit: figures["overdue"].rows for unit, figures in summary.unit_figures.items()}
    for unit in sorted(late, key=lambda unit: (-len(late[unit]), unit)):
        if not late[unit]:
            continue
        items = [summary.item(point_id) for point_id in late[unit]]
        names = "；".join(short_name(item.point.requirement, _IN_A_CELL) for item in items[:_MOST_IN_A_CELL])
        if len(items) > _MOST_IN_A_CELL:
            names += f"等{len(items)}项"
        if unit in silent:
            names += f"；{silent.pop(unit)}"
        is_told = all(item.problems for item in items)
        rows.append((summary.unit_names.get(unit, unit), names, say("brief.ask", by=day, told=is_told)))
    asks = say("brief.ask_form", by=day)
    return rows + [(summary.unit_names.get(unit, unit), text, asks) for unit, text in silent.items()]


def _pages(blocks: tuple[Block, ...]) -> float:
    """How many pages a 专报 takes, its table among its lines."""
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    lines = sum(max(-(-len(as_text(value)) // _CELL_CHARACTERS) for value in row) for row in rows)
    return estimated_pages(blocks) + lines * _CELL_HEIGHT / 22


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
_UNIT_NUMBERS = (Column("单位", 40), *(Column(*column, align=Align.CENTER) for column in _NUMBERS.items()))


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
    return Table((Column("名次" if has_ranks else "序号", 12, align=Align.CENTER), *_UNIT_NUMBERS), rows)


def _rows(group: RankingGroup, *, has_ranks: bool) -> Iterator[tuple[str, ...]]:
    lines = group.lines if has_ranks else sorted(group.lines, key=lambda line: line.unit)
    for number, line in enumerate(lines, start=1):
        place = str(line.rank or "—") if has_ranks else str(number)
        rate = f"{line.rate}%" if line.rate else "—"
        yield (place, line.name, *map(str, line.counts), rate)
