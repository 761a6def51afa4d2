"""The year-end report as an outline: which part says what, in the order of real reports.

    一、总体情况             numbers of the plan, of its parts, of the latest round, against the last edition
    二、任务落实情况         plan order: part, task, item; status, text, who shared it, evidence
    三、存在的主要问题       overdue, lagging, not started, unreported, units that did not return their form
    四、下一步工作打算
    附件 1 任务落实情况一览表, 2 未完成事项及原因 (where there are any)

Words come from `say` (templates/report.txt), numbers from `YearSummary`. A part without facts does not
appear. Where the plan has no parts or no tasks, the levels below move up.

Where the pages that the office allows do not hold every item, `rules.reporting.budget` decides which ones keep a
paragraph of their own; the others are counted in one sentence at the end of their task.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.rules.reporting.annexes import annexes
from tracker.rules.reporting.budget import Detail
from tracker.rules.reporting.budget import choose
from tracker.rules.reporting.budget import estimated_pages
from tracker.rules.reporting.figures import CLASSES
from tracker.rules.reporting.frozen import Changes
from tracker.rules.reporting.summary import LEFT
from tracker.rules.reporting.summary import Item
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.wording.outline import Block
from tracker.rules.wording.outline import Heading
from tracker.rules.wording.outline import Official
from tracker.rules.wording.outline import Text
from tracker.rules.wording.outline import chinese_number
from tracker.rules.wording.outline import deeper
from tracker.rules.wording.outline import long_date
from tracker.rules.wording.phrases import names
from tracker.rules.wording.phrases import sentence
from tracker.rules.wording.phrases import short_name
from tracker.rules.wording.phrases import without_number

Say = Callable[..., str]

# Above so many units the words of each would fill the page; the body counts them instead.
_MANY = 3


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a report says about the office that signs it; see `rules.settings` for the fields."""

    office_name: str = ""
    superior: str = ""
    place_name: str = ""
    pages: int = 8


def subject_of(summary: YearSummary) -> str:
    """What the report is about: `2018年政务公开工作要点`."""
    edition = summary.plan.edition
    theme = edition.theme or edition.title
    kind = "工作要点" if "工作要点" in edition.title else "工作"
    return f"{edition.year}年{theme}" + ("" if theme.endswith(("工作", "任务", "工作要点")) else kind)


def detail_of(summary: YearSummary, say: Say, head: Letterhead, *, changes: Changes | None = None) -> Detail:
    """How much fits the pages that the office allows; see `rules.reporting.budget`."""
    counted = [each for each in summary.items if each.kind != LEFT]
    return choose(
        counted,
        lambda detail: estimated_pages(tuple(_body(summary, say, head, changes, detail))) <= head.pages,
    )


def write_report(
    summary: YearSummary,
    say: Say,
    head: Letterhead,
    *,
    changes: Changes | None = None,
    detail: Detail | None = None,
) -> Official:
    """The report as an outline, with as much detail as fits its pages."""
    chosen = detail or detail_of(summary, say, head, changes=changes)
    return Official(
        title=say("title", subject=subject_of(summary)),
        blocks=tuple(_body(summary, say, head, changes, chosen)),
        addressee=head.superior,
        signature=head.office_name,
        date=summary.as_of,
        attachments=tuple(annexes(summary, say, subject_of(summary))),
    )


def insert_of(document: Official, say: Say, levels: int) -> Official:
    """Chapter 二 alone, its headings moved down, to be inserted into another report (政府信息公开工作年度报告)."""
    chapter, inside = [], False
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            inside = block.text == say("head.items")
        if inside:
            chapter.append(block)
    return Official(title=say("insert.title", title=document.title), blocks=deeper(chapter, levels))


def _body(
    summary: YearSummary, say: Say, head: Letterhead, changes: Changes | None, detail: Detail
) -> Iterator[Block]:
    edition = summary.plan.edition
    yield Text(say("opening", title=edition.title, number=edition.number, place=head.place_name))
    yield Heading(1, say("head.overview"))
    yield from _overview(summary, say, changes)
    yield Heading(1, say("head.items"))
    yield from _items(summary, say, detail)
    yield Heading(1, say("head.problems"))
    yield from _problems(summary, say)
    yield Heading(1, say("head.next"))
    yield from _next(summary, say)


def _overview(summary: YearSummary, say: Say, changes: Changes | None) -> Iterator[Block]:
    f, edition = summary.figures, summary.plan.edition
    yield Text(
        say(
            "overview",
            title=edition.title,
            issued_on=long_date(edition.issued_on) if edition.issued_on else "",
            as_of=long_date(summary.as_of),
            f=f,
            rest=[f[kind] for kind in CLASSES if kind != "done" and f[kind].n],
        )
    )
    parts = list(dict.fromkeys(each.point.section for each in summary.items))
    if len(parts) > 1:
        yield Text(say("sections", sections=[_section(summary, n, name) for n, name in enumerate(parts, 1)]))
    if "asked" in f:
        yield Text(say("round", name=summary.latest_round, f=f))
    if changes is not None:
        counts = {name: len(changes.rows(name)) for name in ("gained", "lost", "added", "dropped")}
        yield Text(say("changes", since=long_date(changes.since), **counts))


def _section(summary: YearSummary, number: int, name: str) -> dict[str, object]:
    f = summary.figures
    return {"name": without_number(name) or "其他"} | {
        each: f[f"section.{number}.{each}"].n for each in ("total", "done", "overdue")
    }


def _items(summary: YearSummary, say: Say, detail: Detail) -> Iterator[Block]:
    counted = [each for each in summary.items if each.kind != LEFT]
    level_of_task = 3 if any(each.point.section for each in counted) else 2
    level_of_item = level_of_task + (1 if any(each.point.task for each in counted) else 0)
    section = None
    for (part, task), group in itertools.groupby(
        counted, key=lambda each: (each.point.section, each.point.task)
    ):
        if part != section:
            section = part
            if part:
                yield Heading(2, without_number(part))
        if task:
            yield Heading(level_of_task, without_number(task))
        items = list(group)
        for item in items:
            if item.wp in detail.shown:
                name = short_name(item.point.requirement)
                yield Heading(level_of_item, f"{name}。", run_in=_says(item, summary, say, detail))
        rest = [each for each in items if each.wp not in detail.shown]
        if rest:
            done = sum(each.kind == "done" for each in rest)
            yield Text(say("item.rest", n=len(rest), done=done, others=len(rest) < len(items)))


def pooled(summary: YearSummary, detail: Detail) -> tuple[tuple[str, str, tuple[Item, ...]], ...]:
    """The items without a paragraph of their own, by part and task."""
    counted = [each for each in summary.items if each.kind != LEFT]
    groups = itertools.groupby(counted, key=lambda each: (each.point.section, each.point.task))
    found = [
        (part, task, tuple(each for each in group if each.wp not in detail.shown))
        for (part, task), group in groups
    ]
    return tuple(each for each in found if each[2])


def _says(item: Item, summary: YearSummary, say: Say, detail: Detail) -> str:
    """What the body says for one item."""
    if not item.texts:
        text = say("item.silent", as_of=long_date(summary.as_of))
    elif len(item.texts) > _MANY:
        done = sum(each.done for each in item.answering)
        text = say("item.many", asked=len(item.answering), wrote=len(item.wrote), done=done)
    else:
        texts = [{"who": each.who, "text": sentence(each.text)} for each in item.texts]
        text = say("item.text", texts=texts)
    evidence = "；".join(" ".join(each.text.split()) for each in item.evidence[:_MANY])
    return say(
        "item",
        word=CLASSES[item.kind][0],
        text=text,
        lead=names(item.lead),
        shared=names(item.shared),
        evidence=evidence if detail.evidence else "",
    )


def _problems(summary: YearSummary, say: Say) -> Iterator[Block]:
    points = []
    for kind in ("overdue", "lagging", "not_started", "unreported"):
        some = summary.of(kind)
        if some:
            named = names([_problem_name(each, say) for each in some], most=5, between="；", more="等")
            said = say(f"problems.{kind}", n=summary.figures[kind].n, names=named)
            if kind == "overdue" and any(each.problems for each in some):
                said += say("problems.reason")
            points.append(said)
    silent = summary.figures.get("silent")
    if silent is not None and silent.n:
        who = names([summary.unit_names.get(each, each) for each in silent.rows], most=10)
        points.append(say("problems.silent", round=summary.latest_round, n=silent.n, names=who))
    if not points:
        yield Text(say("problems.none", as_of=long_date(summary.as_of)))
    for number, point in enumerate(points, start=1):
        yield Text(f"{chinese_number(number)}是{point}" if len(points) > 1 else point)


def _problem_name(item: Item, say: Say) -> str:
    due = item.standing.due
    return say(
        "problems.name",
        name=short_name(item.point.requirement),
        units=names(item.lead or item.shared or ("责任单位待明确",)),
        due=long_date(due) if due else "",
    )


def _next(summary: YearSummary, say: Say) -> Iterator[Block]:
    f = summary.figures
    late, lasting = f["overdue"].n, f["continuing"].n
    underway = f["underway"].n
    if late:
        yield Text(say("next.overdue", n=late))
    if underway:
        yield Text(say("next.open", n=underway))
    if lasting:
        yield Text(say("next.continuing", n=lasting))
    if not (late or underway or lasting):
        yield Text(say("next.done"))
