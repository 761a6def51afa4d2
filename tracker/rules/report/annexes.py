"""The annexes of the year-end report, each where it has something to say.

    任务落实情况一览表      every item that counts
    未完成事项及原因        the open ones, with the units' reasons
    抽查整改情况            what spot checks found (`rules.report.checks`)

What the text calls an annex depends on how many there are: 附件1, 附件2; a single one is 附件.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.columns import Align, Column
from tracker.outline import Attachment, Say, long_date
from tracker.rules.progress import UNCOUNTED
from tracker.rules.report.checks import checks_table
from tracker.rules.report.summary import Quote, ReportItem, YearSummary
from tracker.rules.wording import bracketed, sentence, without_number
from tracker.table import Table

ITEMS, OPEN, CHECKS = "items", "open", "checks"


@dataclass(frozen=True, slots=True)
class Annexes:
    """The annexes of one document, and what its text calls them; an annex that is not there has no name.

    Attributes:
        attachments: In order.
        items: Name of 任务落实情况一览表.
        open: Name of 未完成事项及原因.
        checks: Name of 抽查整改情况.
    """

    attachments: tuple[Attachment, ...] = ()
    items: str = ""
    open: str = ""
    checks: str = ""


def annexes_of(
    summary: YearSummary,
    say: Say,
    subject: str,
    *,
    which: tuple[str, ...] = (ITEMS, OPEN, CHECKS),
    public: bool = False,
) -> Annexes:
    """Those of the annexes asked for that have something to say; a public one does not say who reported."""
    items = [item for item in summary.items if item.kind != UNCOUNTED]
    open_items = [item for item in items if item.is_open]
    attachments: dict[str, Attachment] = {}
    if ITEMS in which:
        rows = [
            _overview_row(number, item, summary, "" if public else silence_text(item, summary, say))
            for number, item in enumerate(items, start=1)
        ]
        attachments[ITEMS] = _across(say("annex.items", subject=subject), Table(_OVERVIEW, tuple(rows)))
    if OPEN in which and open_items:
        rows = [_open_row(number, item, summary, say) for number, item in enumerate(open_items, start=1)]
        attachments[OPEN] = _across(say("annex.open"), Table(_OPEN, tuple(rows)))
    if CHECKS in which and summary.checks:
        attachments[CHECKS] = _across(say("annex.checks"), checks_table(summary.checks))
    labels = {
        name: f"附件{number}" if len(attachments) > 1 else "附件"
        for number, name in enumerate(attachments, start=1)
    }
    return Annexes(tuple(attachments.values()), **labels)


def _across(title: str, table: Table) -> Attachment:
    return Attachment(title, (table,), landscape=True)


_OVERVIEW = (
    Column("序号", 12, align=Align.CENTER),
    Column("板块", 17, merge=True, optional=True),
    Column("工作任务", 20, merge=True, optional=True),
    Column("具体要求", 63),
    Column("牵头单位", 21, optional=True),
    Column("责任单位", 26),
    Column("完成时限", 21, align=Align.CENTER, optional=True),
    Column("状态", 20, align=Align.CENTER),
    Column("落实情况", 64),
)
_OPEN = (
    Column("序号", 12, align=Align.CENTER),
    Column("具体要求", 60),
    Column("责任单位", 36),
    Column("完成时限", 22, align=Align.CENTER, optional=True),
    Column("状态", 20, align=Align.CENTER),
    Column("原因、措施和预计完成时间", 78),
)


def silence_text(item: ReportItem, summary: YearSummary, say: Say) -> str:
    """What is said of an item of which nobody wrote anything; nothing where it is done all the same."""
    return say("item.silent", as_of=long_date(summary.as_of), done=item.kind == "done")


def _overview_row(number: int, item: ReportItem, summary: YearSummary, nothing: str) -> tuple[str, ...]:
    point = item.point
    return (
        str(number),
        without_number(point.section) if point.section else "",
        without_number(point.task) if point.task else "",
        point.requirement,
        "、".join(item.lead),
        _units(item),
        deadline_text(item),
        summary.state(item),
        full_text(item) or nothing,
    )


def _units(item: ReportItem) -> str:
    support = bracketed(f"配合：{'、'.join(item.support)}") if item.support else ""
    return "、".join(item.responsible) + support


def deadline_text(item: ReportItem) -> str:
    """The time limit as the plan writes it; where it writes none, the day."""
    if item.standing.is_extended and item.standing.due:
        return f"{long_date(item.standing.due)}（延期）"
    return item.point.deadline.text or (long_date(item.standing.due) if item.standing.due else "")


def full_text(item: ReportItem) -> str:
    """Everything that may stand for an item, each unit's words after its name where there are several."""
    return _text_with_names(item.texts)


def reasons(item: ReportItem) -> str:
    """Why an item is not done, in the units' words."""
    return _text_with_names(item.problems)


def _text_with_names(texts: Sequence[Quote]) -> str:
    """Texts with who wrote them; units that wrote the same are named together."""
    if len(texts) == 1:
        return sentence(texts[0].dated_text)
    speakers: dict[str, list[str]] = {}
    for quote in texts:
        speakers.setdefault(sentence(quote.dated_text), []).append(quote.who)
    return "".join(f"{'、'.join(who)}：{text}" for text, who in speakers.items())


def _open_row(number: int, item: ReportItem, summary: YearSummary, say: Say) -> tuple[str, ...]:
    return (
        str(number),
        item.point.requirement,
        "、".join([*(f"{name}（牵头）" for name in item.lead), *item.responsible]),
        deadline_text(item),
        summary.state(item),
        reasons(item) or say("reason.none", kind=item.kind),
    )
