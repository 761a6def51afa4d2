"""The year-end report as an outline: which part says what, in the order of real reports.

    一、总体情况             numbers of the plan, of its parts, of the latest round, against the last edition
    二、任务落实情况         plan order: part, task, item; status, text, who shared it, evidence
    三、存在的主要问题       overdue, lagging, not started, unreported, units that did not return their form
    四、下一步工作打算
    附件 1 任务落实情况一览表, 2 未完成事项及原因, 3 抽查整改情况 (where there are any)

Words come from `say` (templates/report.txt), numbers from `YearSummary`. A part without facts does not
appear. Where the plan has no parts or no tasks, the levels below move up.

Where the pages that the office allows do not hold every item, `rules.reporting.budget` decides which ones keep a
paragraph of their own; the others are counted in one sentence at the end of their task.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.rules.reporting.annexes import Annexes
from tracker.rules.reporting.annexes import annexes_of
from tracker.rules.reporting.budget import Detail
from tracker.rules.reporting.budget import choose_detail
from tracker.rules.reporting.budget import estimated_pages
from tracker.rules.reporting.frozen import ReportChanges
from tracker.rules.reporting.item import UNCOUNTED
from tracker.rules.reporting.itemised import items_chapter
from tracker.rules.reporting.overview import overview_chapter
from tracker.rules.reporting.remedies import next_steps_chapter
from tracker.rules.reporting.remedies import problems_chapter
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.wording.outline import Block
from tracker.rules.wording.outline import Heading
from tracker.rules.wording.outline import Masthead
from tracker.rules.wording.outline import Official
from tracker.rules.wording.outline import Text
from tracker.rules.wording.outline import deeper

Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a report says about the office that signs it; see `rules.settings` for the fields.

    `red_head` prints the red head (版头), which the office's OA prints otherwise; `code` is the 机关代字 of its number.
    """

    office_name: str = ""
    superior: str = ""
    place_name: str = ""
    pages: int = 8
    signer: str = ""
    red_head: bool = False
    code: str = ""

    def masthead(self, year: int, *, upward: bool = False) -> Masthead | None:
        """The red head with a place for the number; upward (上行文) it names the signer, or leaves a place for one."""
        if not self.red_head:
            return None
        return Masthead(
            f"{self.office_name}文件",
            f"{self.code}〔{year}〕　号",
            (self.signer or "　　　") if upward else "",
        )


def subject_of(summary: YearSummary) -> str:
    """What the report is about: `2018年政务公开工作要点`."""
    edition = summary.plan.edition
    theme = edition.theme or edition.title
    kind = "工作要点" if "工作要点" in edition.title else "工作"
    return f"{edition.year}年{theme}" + ("" if theme.endswith(("工作", "任务", "工作要点")) else kind)


def detail_of(
    summary: YearSummary, say: Say, head: Letterhead, *, changes: ReportChanges | None = None
) -> Detail:
    """How much fits the pages that the office allows; see `rules.reporting.budget`."""
    report_items = [item for item in summary.items if item.kind != UNCOUNTED]
    annex = annexes_of(summary, say, subject_of(summary))
    return choose_detail(
        report_items,
        lambda detail: (
            estimated_pages(tuple(_body(summary, say, head, changes, detail, annex))) <= head.pages
        ),
    )


def write_report(
    summary: YearSummary,
    say: Say,
    head: Letterhead,
    *,
    changes: ReportChanges | None = None,
    detail: Detail | None = None,
) -> Official:
    """The report as an outline, with as much detail as fits its pages."""
    extent = detail or detail_of(summary, say, head, changes=changes)
    annex = annexes_of(summary, say, subject_of(summary))
    return Official(
        title=say("title", subject=subject_of(summary)),
        blocks=tuple(_body(summary, say, head, changes, extent, annex)),
        addressee=head.superior,
        signature=head.office_name,
        date=summary.as_of,
        attachments=annex.attachments,
        masthead=head.masthead(summary.as_of.year, upward=True),
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
    summary: YearSummary,
    say: Say,
    head: Letterhead,
    changes: ReportChanges | None,
    detail: Detail,
    annex: Annexes,
) -> Iterator[Block]:
    edition = summary.plan.edition
    yield Text(say("opening", title=edition.title, number=edition.number, place=head.place_name))
    yield Heading(1, say("head.overview"))
    yield from overview_chapter(summary, say, changes=changes)
    yield Heading(1, say("head.items"))
    yield from items_chapter(summary, say, detail, annex)
    yield Heading(1, say("head.problems"))
    yield from problems_chapter(summary, say, annex)
    yield Heading(1, say("head.next"))
    yield from next_steps_chapter(summary, say)
