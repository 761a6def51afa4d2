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
from tracker.rules.reporting.annexes import annexes
from tracker.rules.reporting.budget import Detail
from tracker.rules.reporting.budget import choose
from tracker.rules.reporting.budget import estimated_pages
from tracker.rules.reporting.item import LEFT
from tracker.rules.reporting.itemised import itemised
from tracker.rules.reporting.overview import overview
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
        blocks=tuple(_own(summary, unit, say, report_say)),
        addressee=head.office_name,
        signature=summary.unit_names.get(unit, unit),
        date=summary.as_of,
    )


def _own(summary: YearSummary, unit: str, say: Say, report_say: Say) -> Iterator[Block]:
    edition, f = summary.plan.edition, summary.figures
    names = ("lead", "responsible", "support", "done", "overdue")
    counts = {each: f[f"unit.{unit}.{each}"].n for each in names}
    mine = [
        (each, own)
        for each in summary.items
        for own in each.standing.units
        if each.kind != LEFT and own.unit == unit and own.status != "not_applicable"
    ]
    yield Text(say("own.opening", title=edition.title, number=edition.number))
    yield Heading(1, report_say("head.overview"))
    yield Text(say("own.overview", as_of=long_date(summary.as_of), **counts))
    yield Heading(1, report_say("head.items"))
    problems: list[Block] = []
    for item, own in mine:
        name, text = short_name(item.point.requirement), own.summary or own.progress
        problem = own.answers.get("problem", "")
        said = say(
            "own.item",
            role=own.role.label,
            state=own.word,
            text=sentence(text) if text else say("own.silent"),
        )
        yield Heading(2, f"{name}。", run_in=said)
        if problem:
            problems.append(Heading(2, f"{name}。", run_in=sentence(problem)))
    yield Heading(1, say("own.problems"))
    yield from problems or [Text(say("own.no_problems"))]


def public_version(
    summary: YearSummary, say: Say, report_say: Say, head: Letterhead, *, hidden: frozenset[str] = frozenset()
) -> Official:
    """What may be published; `rules.reporting.public` says what that is, `hidden` are the columns kept out."""
    public = public_summary(summary, hidden)
    subject = subject_of(public)
    annex = annexes(public, report_say, subject, which=(ITEMS,), public=True)

    def body(detail: Detail) -> Iterator[Block]:
        yield Heading(1, report_say("head.overview"))
        yield from overview(public, report_say)
        yield Heading(1, report_say("head.items"))
        yield from itemised(public, report_say, detail, annex, public=True)

    counted = [each for each in public.items if each.kind != LEFT]
    detail = choose(counted, lambda some: estimated_pages(tuple(body(some))) <= head.pages)
    return Official(
        title=say("public.title", subject=subject),
        blocks=tuple(body(detail)),
        signature=head.office_name,
        date=summary.as_of,
        attachments=annex.attachments,
    )
