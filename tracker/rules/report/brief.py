"""内部专报: one or two pages for the leader, any day: where it stands, what needs him, who is late and what each must do.

    一、总体进展             the classes of the plan, what was gained since the last 专报, what is due in thirty days
    二、需要协调推动的事项   each with its lead, its day and the cause in the unit's words
    三、逾期、未报的单位和要求 a table: unit, what is late, by when it has to do what

It stays inside the office: here, and not in the report to the superior, units are named for being late. Where two pages
do not hold everything, the table is cut first, and says how many are left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tracker.columns import Align, Column
from tracker.grid import as_text
from tracker.numerals import chinese_number
from tracker.outline import Block, Heading, Letterhead, Official, Say, Text, long_date
from tracker.rules.report.chapters import estimated_pages, silent_units, unit_names
from tracker.rules.report.edition import ReportChanges
from tracker.rules.report.summary import ReportItem, YearSummary
from tracker.rules.report.year_report import subject_of
from tracker.rules.wording import short_name
from tracker.table import Table

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
        name=short_name(item.point.requirement),
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
