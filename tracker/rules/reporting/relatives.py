"""Relatives of the report, made of the same summary: a unit's own report, a circular, and a public version.

    own report   what one unit leads, answers for and supports, in its own words, as a draft that it signs
    public       the report's numbers and items as `rules.reporting.public` allows; no problems, no next steps, no reasons

The third relative, the circular, is `rules.reporting.circular`. Items marked 不通报 are in none of them: they are
not in the summary.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator

from tracker.rules.reporting.annexes import ITEMS
from tracker.rules.reporting.annexes import annexes_of
from tracker.rules.reporting.budget import Detail
from tracker.rules.reporting.budget import choose_detail
from tracker.rules.reporting.budget import estimated_pages
from tracker.rules.reporting.item import UNCOUNTED
from tracker.rules.reporting.itemised import items_chapter
from tracker.rules.reporting.overview import overview_chapter
from tracker.rules.reporting.public import public_summary
from tracker.rules.reporting.report import Letterhead
from tracker.rules.reporting.report import subject_of
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.wording.outline import Block
from tracker.rules.wording.outline import Heading
from tracker.rules.wording.outline import Official
from tracker.rules.wording.outline import Text
from tracker.rules.wording.outline import long_date
from tracker.rules.wording.phrases import sentence
from tracker.rules.wording.phrases import short_name

Say = Callable[..., str]


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
    edition, f = summary.plan.edition, summary.figures
    names = ("lead", "responsible", "support", "done", "overdue")
    counts = {name: f[f"unit.{unit}.{name}"].n for name in names}
    mine = [
        (item, standing)
        for item in summary.items
        for standing in item.standing.units
        if item.kind != UNCOUNTED and standing.unit == unit and standing.status != "not_applicable"
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
    """What may be published; `rules.reporting.public` says what that is, `excluded_columns` are the columns kept out."""
    public = public_summary(summary, excluded_columns)
    subject = subject_of(public)
    annex = annexes_of(public, report_say, subject, which=(ITEMS,), public=True)

    def body(detail: Detail) -> Iterator[Block]:
        yield Heading(1, report_say("head.overview"))
        yield from overview_chapter(public, report_say)
        yield Heading(1, report_say("head.items"))
        yield from items_chapter(public, report_say, detail, annex, public=True)

    report_items = [item for item in public.items if item.kind != UNCOUNTED]
    detail = choose_detail(report_items, lambda some: estimated_pages(tuple(body(some))) <= head.pages)
    return Official(
        title=say("public.title", subject=subject),
        blocks=tuple(body(detail)),
        signature=head.office_name,
        date=summary.as_of,
        attachments=annex.attachments,
    )
