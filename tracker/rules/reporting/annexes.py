"""The annexes of the year-end report: 任务落实情况一览表, and 未完成事项及原因 where there are any."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from collections.abc import Iterator

from tracker.rules.reporting.figures import CLASSES
from tracker.rules.reporting.summary import LEFT
from tracker.rules.reporting.summary import Item
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.wording.outline import Align
from tracker.rules.wording.outline import Attachment
from tracker.rules.wording.outline import Table
from tracker.rules.wording.outline import TableColumn
from tracker.rules.wording.outline import long_date
from tracker.rules.wording.phrases import sentence
from tracker.rules.wording.phrases import without_number

Say = Callable[..., str]


def annexes(summary: YearSummary, say: Say, subject: str) -> Iterator[Attachment]:
    """The annexes that have something to say."""
    counted = [each for each in summary.items if each.kind != LEFT]
    rows = tuple(
        _overview_row(number, each, say, summary.as_of) for number, each in enumerate(counted, start=1)
    )
    yield Attachment(say("annex.items", subject=subject), (Table(_OVERVIEW, rows),), landscape=True)
    unfinished = [each for each in counted if each.is_open]
    if unfinished:
        rows = tuple(_open_row(number, each, say) for number, each in enumerate(unfinished, start=1))
        yield Attachment(say("annex.open"), (Table(_OPEN, rows),), landscape=True)


_OVERVIEW = (
    TableColumn("序号", 12, Align.CENTER),
    TableColumn("板块", 17, merge=True),
    TableColumn("工作任务", 20, merge=True),
    TableColumn("具体要求", 66),
    TableColumn("牵头单位", 21),
    TableColumn("责任单位", 26),
    TableColumn("完成时限", 21, Align.CENTER),
    TableColumn("状态", 15, Align.CENTER),
    TableColumn("落实情况", 66),
)
_OPEN = (
    TableColumn("序号", 12, Align.CENTER),
    TableColumn("具体要求", 60),
    TableColumn("责任单位", 36),
    TableColumn("完成时限", 22, Align.CENTER),
    TableColumn("状态", 16, Align.CENTER),
    TableColumn("原因、措施和预计完成时间", 80),
)


def _overview_row(number: int, item: Item, say: Say, as_of: dt.date) -> tuple[str, ...]:
    point = item.point
    return (
        str(number),
        without_number(point.section) if point.section else "",
        without_number(point.task) if point.task else "",
        point.requirement,
        "、".join(item.lead),
        _units(item),
        deadline_text(item),
        CLASSES[item.kind][0],
        full_text(item) or say("item.silent", as_of=long_date(as_of)),
    )


def _units(item: Item) -> str:
    support = f"（配合：{'、'.join(item.support)}）" if item.support else ""
    return "、".join(item.shared) + support


def deadline_text(item: Item) -> str:
    """The time limit as the plan writes it; where it writes none, the day."""
    if item.standing.extended and item.standing.due:
        return f"{long_date(item.standing.due)}（延期）"
    return item.point.deadline.text or (long_date(item.standing.due) if item.standing.due else "")


def full_text(item: Item) -> str:
    """Everything that may stand for an item, each unit's words after its name where there are several."""
    if len(item.texts) == 1:
        return sentence(item.texts[0].text)
    return "".join(f"{each.who}：{sentence(each.text)}" for each in item.texts)


def reasons(item: Item) -> str:
    """Why an item is not done, in the units' words."""
    if len(item.problems) == 1:
        return sentence(item.problems[0].text)
    return "".join(f"{each.who}：{sentence(each.text)}" for each in item.problems)


def _open_row(number: int, item: Item, say: Say) -> tuple[str, ...]:
    return (
        str(number),
        item.point.requirement,
        "、".join([*(f"{each}（牵头）" for each in item.lead), *item.shared]),
        deadline_text(item),
        CLASSES[item.kind][0],
        reasons(item) or say("reason.none"),
    )
