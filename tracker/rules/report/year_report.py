"""The year-end report as an outline: which part says what, in the order of real reports.

    一、总体情况             numbers of the plan, of its parts, of the latest round, against the last edition
    二、任务落实情况         plan order: part, task, and a sentence for each item; 典型做法
    三、存在的主要问题       problems of the work; nobody's lateness by name
    四、下一步工作打算
    附件 任务落实情况一览表, 未完成事项及原因, 各单位落实情况, 抽查整改情况 (where there are any)

What the office wrote in 起草素材表 for the report as a whole stands in 一: the guiding paragraph, totals of the year with
source and cut-off day, how it was checked; 主送, 抄送 and 联系人 in the standard's places.

While an item has no status (nobody reported, 责任单位未明确) the title says 征求意见稿.

Words come from `say` (templates/report.txt), numbers from `YearSummary`. A part without facts does not
appear. Where the plan has no parts or no tasks, the levels below move up.

Where the pages that the office allows do not hold every item, `rules.report.chapters` decides which ones keep a
paragraph of their own; the others are counted in one sentence at the end of their task.

An office's own Word template names the report's parts under Chinese names (`template_values`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tracker.grid import as_text
from tracker.outline import (
    Attachment,
    Block,
    Heading,
    Letterhead,
    Official,
    Say,
    Text,
    deeper,
    long_date,
    number_headings,
)
from tracker.rules.report.annexes import Annexes, annexes_of
from tracker.rules.report.chapters import (
    Detail,
    choose_detail,
    estimated_pages,
    items_chapter,
    next_steps_chapter,
    overview_chapter,
    report_items,
    sentences_of,
    short_day,
    work_problems,
)
from tracker.rules.report.edition import ReportChanges
from tracker.rules.report.summary import CHECK_LABELS, YearSummary, check_row
from tracker.rules.wording import sentence
from tracker.table import Table
from tracker.values import dataclass


def subject_of(summary: YearSummary) -> str:
    """What the report is about: `2018年政务公开工作要点`; a theme that begins with its year says it once."""
    edition = summary.plan.edition
    theme = (edition.theme or edition.title).removeprefix(f"{edition.year}年")
    kind = "工作要点" if "工作要点" in edition.title else "工作"
    return f"{edition.year}年{theme}" + ("" if theme.endswith(("工作", "任务", "工作要点")) else kind)


@dataclass(frozen=True)
class ReportDraft:
    """The report, and what was decided on the way.

    Attributes:
        document: The report as an outline, with as much detail as fits the pages that the office allows.
        detail: How much that is; see `rules.report.chapters`.
        sentences: The sentence of every item by its id, whether it fits or not.
    """

    document: Official
    detail: Detail
    sentences: Mapping[str, str]


def write_report(
    summary: YearSummary, say: Say, head: Letterhead, *, changes: ReportChanges | None = None
) -> ReportDraft:
    """The report with as much detail as fits its pages; what stands around the items is laid out once."""
    contact = summary.elements.get("contact_person", head.contact)
    annex = annexes_of(summary, say, subject_of(summary))
    sentences = sentences_of(summary, say, annex)
    before = tuple(_before_items(summary, say, head, changes))
    after = tuple(_after_items(summary, say, annex))

    def body(detail: Detail) -> tuple[Block, ...]:
        return (*before, *items_chapter(summary, say, detail, annex, sentences), *after)

    detail = choose_detail(report_items(summary), lambda some: estimated_pages(body(some)) <= head.pages)
    document = Official(
        title=say("title", subject=subject_of(summary), stage=summary.stage),
        blocks=body(detail),
        addressee=summary.elements.get("addressee", head.superior),
        signature=head.office_name,
        date=summary.as_of,
        attachments=annex.attachments,
        masthead=head.masthead(summary.as_of.year, upward=True),
        note=say("contact", contact=contact) if contact else "",
        copies=summary.elements.get("copies", "").rstrip("。"),
    )
    return ReportDraft(document, detail, sentences)


def insert_of(document: Official, say: Say, levels: int) -> Official:
    """Chapter 二 alone, its headings moved down, to be inserted into another report (政府信息公开工作年度报告)."""
    chapter, inside = [], False
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            inside = block.text == say("head.items")
        if inside:
            chapter.append(block)
    return Official(title=say("insert.title", title=document.title), blocks=deeper(chapter, levels))


def _before_items(
    summary: YearSummary, say: Say, head: Letterhead, changes: ReportChanges | None
) -> Iterator[Block]:
    edition = summary.plan.edition
    yield Text(say("opening", title=edition.title, number=edition.number, place=head.place_name))
    yield Heading(1, say("head.overview"))
    if guiding := summary.elements.get("guiding"):
        yield Text(guiding)
    yield from overview_chapter(summary, say, changes=changes)
    if summary.totals:
        totals = [
            replace(total, day=short_day(total.day, edition.year) or total.day) for total in summary.totals
        ]
        yield Text(say("totals", totals=totals))
    if checking := summary.elements.get("checking"):
        yield Text(sentence(checking))
    yield Heading(1, say("head.items"))


def _after_items(summary: YearSummary, say: Say, annex: Annexes) -> Iterator[Block]:
    yield Heading(1, say("head.problems"))
    yield from work_problems(summary, say, annex)
    yield Heading(1, say("head.next"))
    yield from next_steps_chapter(summary, say)


def template_values(summary: YearSummary, document: Official) -> dict[str, Any]:
    """The values by name; see `files.templates` for how a template uses them."""
    parts = [
        {"级": block.level, "文": block.text + block.run_in}
        if isinstance(block, Heading)
        else {"级": 0, "文": block.text}
        for block in number_headings(document.blocks)
        if isinstance(block, Heading | Text)
    ]
    plain = summary.plan_figures
    return {
        "标题": document.title,
        "主送机关": document.addressee,
        "署名": document.signature,
        "成文日期": long_date(document.date) if document.date else "",
        "正文": parts,
        "数字": {figure.label: figure.n for figure in plain.values()},
        "占比": {figure.label: f"{figure.share}%" for figure in plain.values() if figure.share},
        "一览表": _annex(document, "板块"),
        "未完成": _annex(document, "原因、措施和预计完成时间"),
        "抽查整改": [
            dict(zip(("序号", *CHECK_LABELS), (str(number), *check_row(check)), strict=True))
            for number, check in enumerate(summary.checks, start=1)
        ],
    }


def _annex(document: Official, column: str) -> list[dict[str, str]]:
    """The rows of the annex that has a column; none where it is not there."""
    tables = (_rows(attachment) for attachment in document.attachments)
    return next((rows for rows in tables if rows and column in rows[0]), [])


def _rows(attachment: Attachment) -> list[dict[str, str]]:
    return [
        {column.label: as_text(value) for column, value in zip(block.columns, row, strict=True)}
        for block in attachment.blocks
        if isinstance(block, Table)
        for row in block.rows
    ]
