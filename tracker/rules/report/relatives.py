"""Relatives of the report, made of the same summary: a unit's own report, and a public version.

    own report   what one unit leads, answers for and supports, in its own words, as a draft that it signs
    public       the report's numbers and items as far as they may be published; no problems, no next steps, no reasons

The third relative, the circular, is `rules.report.circular`. Items marked 不通报 are in none of them: they are
not in the summary.

What may be published of a year is fewer items, fewer words, three classes:

    left out                                   why
    items marked 不公开 (and those 不通报)        the office's word; they are in no number either
    texts of the columns 不公开的栏目             written for the office: 进展情况, 存在问题, 佐证材料 by default
    who sent its form back, who did not, checks  the office's own discipline
    what goes on from last year                  the office's own account
    基本完成, 进展滞后, 未启动, 待核实, 逾期        words of supervision: the item is 尚未完成

Nothing is made to look better than it is: what is not done counts as not done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tracker.outline import Block, Heading, Letterhead, Official, Say, Text, long_date
from tracker.rules.progress import NOT_DONE, PUBLIC_CLASSES, UNCOUNTED, count_figures
from tracker.rules.report.annexes import ITEMS, annexes_of
from tracker.rules.report.chapters import (
    Detail,
    choose_detail,
    estimated_pages,
    items_chapter,
    overview_chapter,
    report_items,
    sentences_of,
)
from tracker.rules.report.summary import ReportItem, YearSummary
from tracker.rules.report.year_report import subject_of
from tracker.rules.wording import sentence, short_name


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
            [item.counted for item in items], names, classes=PUBLIC_CLASSES, as_of=summary.as_of
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
