"""Relatives of the report, made of the same summary: a unit's own report, a circular, and a public version.

    own report   what one unit leads, answers for and supports, in its own words, as a draft that it signs
    circular     the report's numbers, a table of the units, its problems and next steps; no item by item
    public       the report's numbers and items, each with its status; without the chapters of problems and next steps,
                 without who sent its form back, without 附件2 (the reasons)

Items marked 不通报 are in none of them: they are not in the summary.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import replace

from tracker.rules.reporting.report import Letterhead
from tracker.rules.reporting.report import subject_of
from tracker.rules.reporting.report import write_report
from tracker.rules.reporting.summary import LEFT
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.wording.outline import Align
from tracker.rules.wording.outline import Block
from tracker.rules.wording.outline import Heading
from tracker.rules.wording.outline import Official
from tracker.rules.wording.outline import Table
from tracker.rules.wording.outline import TableColumn
from tracker.rules.wording.outline import Text
from tracker.rules.wording.outline import long_date
from tracker.rules.wording.phrases import sentence
from tracker.rules.wording.phrases import short_name

Say = Callable[..., str]

_UNITS = (
    TableColumn("序号", 10, Align.CENTER),
    TableColumn("单位", 40),
    TableColumn("牵头", 14, Align.CENTER),
    TableColumn("负责", 14, Align.CENTER),
    TableColumn("已完成", 14, Align.CENTER),
    TableColumn("逾期", 14, Align.CENTER),
    TableColumn("报送", 14, Align.CENTER),
)
# Who sent a form back and who did not.
_RETURNS = ("asked", "answered", "silent")


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


def circular(summary: YearSummary, say: Say, report_say: Say, head: Letterhead) -> Official:
    """The circular to the units (季度通报): numbers, units, problems, next steps."""
    report = write_report(summary, report_say, head)
    chapters = _chapters(report)
    blocks: list[Block] = [
        Text(say("circular.opening", subject=subject_of(summary), as_of=long_date(summary.as_of)))
    ]
    blocks += chapters[report_say("head.overview")]
    blocks += [Heading(1, say("circular.units")), Table(_UNITS, tuple(_unit_rows(summary)))]
    blocks += chapters[report_say("head.problems")] + chapters[report_say("head.next")]
    return Official(
        title=say("circular.title", subject=subject_of(summary)),
        blocks=tuple(blocks),
        addressee=say("circular.addressee"),
        signature=head.office_name,
        date=summary.as_of,
    )


def _unit_rows(summary: YearSummary) -> Iterator[tuple[str, ...]]:
    f = summary.figures
    answered = f["answered"].rows if "answered" in f else ()
    silent = f["silent"].rows if "silent" in f else ()
    number = 0
    for unit, name in sorted(summary.unit_names.items()):
        counts = [f[f"unit.{unit}.{each}"].n for each in ("lead", "responsible", "done", "overdue")]
        if not any(counts[:2]):
            continue
        number += 1
        returned = "已报" if unit in answered else "未报" if unit in silent else "—"
        yield (str(number), name, *map(str, counts), returned)


def public_version(summary: YearSummary, say: Say, report_say: Say, head: Letterhead) -> Official:
    """What may be published: numbers and items, no list of who is late, no reasons, no returns."""
    figures = {code: each for code, each in summary.figures.items() if code not in _RETURNS}
    report = write_report(replace(summary, figures=figures), report_say, head)
    chapters = _chapters(report)
    kept = chapters[report_say("head.overview")] + chapters[report_say("head.items")]
    return replace(
        report,
        title=say("public.title", subject=subject_of(summary)),
        blocks=tuple(kept),
        addressee="",
        attachments=tuple(each for each in report.attachments if each.title != report_say("annex.open")),
    )


def _chapters(document: Official) -> dict[str, list[Block]]:
    """The blocks of each chapter, its heading first."""
    found: dict[str, list[Block]] = {}
    current: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            current = found.setdefault(block.text, [])
        current.append(block)
    return found
