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
from tracker.rules.reporting.annexes import silent
from tracker.rules.reporting.budget import Detail
from tracker.rules.reporting.item import LEFT
from tracker.rules.reporting.item import Item
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


def itemised(
    summary: YearSummary, say: Say, detail: Detail, annex: Annexes, *, public: bool = False
) -> Iterator[Block]:
    """The chapter without its heading; a public one does not say who reported."""
    counted = [each for each in summary.items if each.kind != LEFT]
    has_parts = len({each.point.section for each in counted}) > 1
    level_of_task = 3 if has_parts else 2
    level_of_item = level_of_task + (1 if any(each.point.task for each in counted) else 0)
    section = None
    for (part, task), group in itertools.groupby(
        counted, key=lambda each: (each.point.section, each.point.task)
    ):
        if part != section:
            section = part
            if part and has_parts:
                yield Heading(2, without_number(part))
        if task:
            yield Heading(level_of_task, without_number(task))
        items = list(group)
        shown = [each for each in items if each.wp in detail.shown]
        for item in shown:
            name, said = (
                f"{short_name(item.point.requirement, _LONGEST)}。",
                _says(item, summary, say, detail, annex, public),
            )
            if task and len(shown) == 1:
                yield Text(name + said)
            else:
                yield Heading(level_of_item, name, run_in=said)
        rest = len(items) - len(shown)
        if rest:
            done = sum(each.kind == "done" for each in items if each.wp not in detail.shown)
            yield Text(say("item.rest", n=rest, done=done, others=bool(shown), annex=annex.items))


def pooled(summary: YearSummary, detail: Detail) -> tuple[tuple[str, str, tuple[Item, ...]], ...]:
    """The items without a paragraph of their own, by part and task."""
    counted = [each for each in summary.items if each.kind != LEFT]
    groups = itertools.groupby(counted, key=lambda each: (each.point.section, each.point.task))
    found = [
        (part, task, tuple(each for each in group if each.wp not in detail.shown))
        for (part, task), group in groups
    ]
    return tuple(each for each in found if each[2])


def _says(item: Item, summary: YearSummary, say: Say, detail: Detail, annex: Annexes, public: bool) -> str:
    """What the body says for one item."""
    if not item.texts:
        text = "" if public else silent(item, summary, say)
    elif len(item.texts) > _MANY:
        counts = {"asked": len(item.answering), "wrote": len(item.wrote)}
        finished = sum(each.done for each in item.answering)
        text = say("item.many.public" if public else "item.many", **counts, done=finished, annex=annex.items)
    else:
        texts = [{"who": each.who, "text": sentence(each.text)} for each in item.texts]
        text = say("item.text", texts=texts)
    units = say("item.units", lead=named(item, item.lead), shared=named(item, item.shared))
    evidence = "；".join(" ".join(each.text.split()) for each in item.evidence[:_MANY])
    return say(
        "item",
        # 未报送 would say the same twice.
        word="" if item.kind == "unreported" and not item.texts else summary.word(item),
        text=text,
        units=bracketed(units) if units else "",
        evidence=evidence if detail.evidence else "",
    )


def named(item: Item, units: Sequence[str]) -> str:
    """Some units of an item as a sentence names them; a collective name is no single unit and is not counted."""
    collective = {name for name, _ in item.point.collectives}
    more = "等单位" if collective & set(units) else f"等{len(units)}个单位"
    return names(units, more=more)
