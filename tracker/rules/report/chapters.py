"""The chapters of the report: 一 总体情况, 二 任务落实情况, 三 存在的主要问题, 四 下一步工作打算, each without its heading.

一 总体情况 is the plan in numbers, its parts, the latest round, what changed since the last edition. What of last
year's plan goes on is said where a person has confirmed it. A round whose day has not come is said to be under way:
nobody is late yet.

二 任务落实情况 is part, task, item, in plan order and under the plan's own headings. Where the plan has one part, or
none, or no tasks, the levels below move up. An item that is alone in its task has no number: there is no (1) without a
(2). Items that the pages do not hold are counted in one sentence at the end of their task.

三 and 四 come from what is overdue, behind, to be found out, silent or found by spot checks. Nothing is invented: where there is none of
these, the chapter says so, and each next step answers a number that stands above it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from tracker.numerals import chinese_number
from tracker.outline import Block, Heading, Say, Text, long_date
from tracker.rules.progress import LONG_TERM, UNCOUNTED, Figure
from tracker.rules.report.annexes import Annexes, silence_text
from tracker.rules.report.budget import Detail
from tracker.rules.report.edition import ReportChanges
from tracker.rules.report.summary import ReportItem, YearSummary
from tracker.rules.wording import bracketed, names, sentence, short_name, without_number


def overview_chapter(
    summary: YearSummary, say: Say, *, changes: ReportChanges | None = None
) -> Iterator[Block]:
    """The chapter without its heading."""
    f, edition = summary.figures, summary.plan.edition
    yield Text(
        say(
            "overview",
            title=edition.title,
            issued_on=long_date(edition.issued_on) if edition.issued_on else "",
            as_of=long_date(summary.as_of),
            f=f,
            rest=[f[kind] for kind in summary.classes if kind not in ("done", LONG_TERM) and f[kind].n],
        )
    )
    parts = summary.section_figures
    if len(parts) > 1:
        yield Text(say("sections", sections=[_section(heading, parts[heading]) for heading in parts]))
    if "asked" in f:
        yield Text(say("round", name=summary.latest_round, f=f))
    if "duties" in f:
        yield Text(say("duties", f=f))
    if changes is not None:
        counts = {name: len(changes.rows(name)) for name in ("gained", "lost", "added", "dropped")}
        yield Text(say("changes", since=long_date(changes.since), **counts))
    if summary.years is not None:
        years = {code.removeprefix("years."): figure for code, figure in summary.years.figures.items()}
        yield Text(say("years", as_of=long_date(summary.as_of), y=years, known="last" in years))


def _section(heading: str, figures: Mapping[str, Figure]) -> dict[str, object]:
    return {"name": without_number(heading) or "其他"} | {kind: figure.n for kind, figure in figures.items()}


# Above so many units the words of each would fill the page; the body counts them instead.
_MANY = 3
# Room for a clause with its verb: at 40 characters a long subject would stand without one.
_LONGEST = 50


def items_chapter(
    summary: YearSummary, say: Say, detail: Detail, annex: Annexes, *, public: bool = False
) -> Iterator[Block]:
    """The chapter without its heading; a public one does not say who reported."""
    report_items = [item for item in summary.items if item.kind != UNCOUNTED]
    has_parts = len({item.point.section for item in report_items}) > 1
    level_of_task = 3 if has_parts else 2
    level_of_item = level_of_task + (1 if any(item.point.task for item in report_items) else 0)
    section = None
    for (part, task), group in itertools.groupby(
        report_items, key=lambda item: (item.point.section, item.point.task)
    ):
        if part != section:
            section = part
            if part and has_parts:
                yield Heading(2, without_number(part))
        if task:
            yield Heading(level_of_task, without_number(task))
        items = list(group)
        detail_items = [item for item in items if item.point_id in detail.point_ids]
        for item in detail_items:
            name, text = (
                f"{short_name(item.point.requirement, _LONGEST)}。",
                _says(item, summary, say, detail, annex, public),
            )
            if task and len(detail_items) == 1:
                yield Text(name + text)
            else:
                yield Heading(level_of_item, name, run_in=text)
        rest = len(items) - len(detail_items)
        if rest:
            done = sum(item.kind == "done" for item in items if item.point_id not in detail.point_ids)
            yield Text(say("item.rest", n=rest, done=done, others=bool(detail_items), annex=annex.items))


def items_without_paragraph(
    summary: YearSummary, detail: Detail
) -> tuple[tuple[str, str, tuple[ReportItem, ...]], ...]:
    """The items without a paragraph of their own, by part and task."""
    report_items = [item for item in summary.items if item.kind != UNCOUNTED]
    groups = itertools.groupby(report_items, key=lambda item: (item.point.section, item.point.task))
    pools = [
        (part, task, tuple(item for item in group if item.point_id not in detail.point_ids))
        for (part, task), group in groups
    ]
    return tuple(pool for pool in pools if pool[2])


def _says(
    item: ReportItem, summary: YearSummary, say: Say, detail: Detail, annex: Annexes, public: bool
) -> str:
    """What the body says for one item."""
    if not item.texts:
        text = "" if public else silence_text(item, summary, say)
    elif len(item.texts) > _MANY:
        counts = {"asked": len(item.main_units), "wrote": len(item.reporters)}
        done = sum(unit.done for unit in item.main_units)
        text = say("item.many.public" if public else "item.many", **counts, done=done, annex=annex.items)
    else:
        texts = [{"who": quote.who, "text": sentence(quote.dated_text)} for quote in item.texts]
        text = say("item.text", texts=texts)
    units = say("item.units", lead=unit_names(item, item.lead), shared=unit_names(item, item.responsible))
    evidence = "；".join(" ".join(quote.text.split()) for quote in item.evidence[:_MANY])
    return say(
        "item",
        # What nobody reported on has no status.
        word="" if item.kind == "unreported" and not item.texts else summary.state(item),
        text=text,
        units=bracketed(units) if units else "",
        evidence=evidence if detail.evidence else "",
    )


def unit_names(item: ReportItem, units: Sequence[str]) -> str:
    """Some units of an item as a sentence names them; a collective name is no single unit and is not counted."""
    collective = {name for name, _ in item.point.collectives}
    more = "等单位" if collective & set(units) else f"等{len(units)}个单位"
    return names(units, more=more)


# So many items of a sort are named; the others stand in the annex.
_MOST_NAMES = 5
_MOST_UNITS = 10
_BEHIND = ("overdue", "lagging", "not_started", "unreported")


def problems_chapter(
    summary: YearSummary, say: Say, annex: Annexes, *, forms: bool = True
) -> Iterator[Block]:
    """The chapter 存在的主要问题 without its heading; without `forms`, nobody is named for a form that is late."""
    f = summary.figures
    points = []
    for kind in _BEHIND:
        some = summary.of(kind)
        if some:
            points.append(_behind(kind, some, summary, say, annex))
    behind = [item for item in summary.of(LONG_TERM) if not item.standing.is_on_track]
    if behind:
        name_list = "；".join(_name(item, say) for item in behind[:_MOST_NAMES])
        more = max(0, len(behind) - _MOST_NAMES)
        points.append(say("problems.continuing", n=len(behind), names=name_list, more=more))
    late = silent_units(summary) if forms else ()
    if late:
        name_list = names([summary.unit_names.get(unit, unit) for unit in late], most=_MOST_UNITS, more="等")
        points.append(say("problems.silent", round=summary.latest_round, n=len(late), names=name_list))
    if "shortcomings" in f and f["shortcomings"].n:
        points.append(
            say("problems.checks", n=f["shortcomings"].n, done=f["rectified"].n, annex=annex.checks)
        )
    leftovers = summary.years.leftovers if summary.years else ()
    if leftovers:
        name_list = "；".join(short_name(requirement) for _, requirement in leftovers[:_MOST_NAMES])
        points.append(
            say(
                "problems.years", n=len(leftovers), names=name_list, more=max(0, len(leftovers) - _MOST_NAMES)
            )
        )
    if not points:
        yield Text(say("problems.none", as_of=long_date(summary.as_of)))
    for number, point in enumerate(points, start=1):
        yield Text(f"{chinese_number(number)}是{point}" if len(points) > 1 else point)


def _behind(kind: str, some: tuple[ReportItem, ...], summary: YearSummary, say: Say, annex: Annexes) -> str:
    # One that is left over is named as well: “其余1项” would not be shorter.
    most = len(some) if len(some) == _MOST_NAMES + 1 else _MOST_NAMES
    text = say(
        f"problems.{kind}",
        n=summary.figures[kind].n,
        names="；".join(_name(item, say) for item in some[:most]),
        more=max(0, len(some) - most),
        annex=annex.open,
    )
    if kind == "overdue" and any(item.problems for item in some):
        text += say("problems.reason", annex=annex.open)
    return text


def _name(item: ReportItem, say: Say) -> str:
    due = item.standing.due
    units = unit_names(item, item.lead or item.responsible) or say("problems.nobody")
    details = say("problems.details", units=units, due=long_date(due) if due else "")
    return short_name(item.point.requirement) + bracketed(details)


def next_steps_chapter(
    summary: YearSummary, say: Say, entry: str = "next", *, forms: bool = True
) -> Iterator[Block]:
    """The chapter 下一步工作打算 without its heading; `entry` begins the names of its sentences, `forms` as above."""
    f = summary.figures
    kinds = ("overdue", "lagging", "not_started", "unreported", "mostly_done", "continuing")
    counts = {kind: f[kind].n for kind in kinds}
    if counts["overdue"]:
        yield Text(say(f"{entry}.overdue", n=counts["overdue"]))
    if counts["lagging"] or counts["not_started"]:
        yield Text(say(f"{entry}.behind", lagging=counts["lagging"], not_started=counts["not_started"]))
    if counts["unreported"]:
        yield Text(say(f"{entry}.unreported", n=counts["unreported"]))
    if counts["mostly_done"]:
        yield Text(say(f"{entry}.mostly", n=counts["mostly_done"]))
    if f["in_progress"].n:
        yield Text(say(f"{entry}.open", n=f["in_progress"].n))
    if counts["continuing"]:
        yield Text(say(f"{entry}.continuing", n=counts["continuing"]))
    open_checks = f["unrectified"].n if "unrectified" in f else 0
    late = silent_units(summary) if forms else ()
    if late:
        yield Text(say(f"{entry}.silent", n=len(late), round=summary.latest_round))
    if open_checks:
        yield Text(say(f"{entry}.checks", n=open_checks))
    if not (any(counts.values()) or f["in_progress"].n or late or open_checks):
        yield Text(say(f"{entry}.done"))


def silent_units(summary: YearSummary) -> tuple[str, ...]:
    """The units that did not return the form of the latest round by its day; none while that round is open."""
    if "silent" not in summary.figures or summary.round_is_open:
        return ()
    return summary.figures["silent"].rows
