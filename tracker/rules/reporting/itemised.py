"""Chapter 二 任务落实情况: part, task, item, in plan order and under the plan's own headings.

Where the plan has one part, or none, or no tasks, the levels below move up. An item that is alone in its task has
no number: there is no (1) without a (2). Items that the pages do not hold are counted in one sentence at the end
of their task.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence

from tracker.rules.reporting.annexes import Annexes
from tracker.rules.reporting.annexes import silence_text
from tracker.rules.reporting.budget import Detail
from tracker.rules.reporting.item import UNCOUNTED
from tracker.rules.reporting.item import ReportItem
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.wording.outline import Block
from tracker.rules.wording.outline import Heading
from tracker.rules.wording.outline import Text
from tracker.rules.wording.phrases import bracketed
from tracker.rules.wording.phrases import names
from tracker.rules.wording.phrases import sentence
from tracker.rules.wording.phrases import short_name
from tracker.rules.wording.phrases import without_number

Say = Callable[..., str]

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
        texts = [{"who": quote.who, "text": sentence(quote.text)} for quote in item.texts]
        text = say("item.text", texts=texts)
    units = say("item.units", lead=unit_names(item, item.lead), shared=unit_names(item, item.responsible))
    evidence = "；".join(" ".join(quote.text.split()) for quote in item.evidence[:_MANY])
    return say(
        "item",
        # 未报送 would say the same twice.
        word="" if item.kind == "unreported" and not item.texts else summary.word(item),
        text=text,
        units=bracketed(units) if units else "",
        evidence=evidence if detail.evidence else "",
    )


def unit_names(item: ReportItem, units: Sequence[str]) -> str:
    """Some units of an item as a sentence names them; a collective name is no single unit and is not counted."""
    collective = {name for name, _ in item.point.collectives}
    more = "等单位" if collective & set(units) else f"等{len(units)}个单位"
    return names(units, more=more)
