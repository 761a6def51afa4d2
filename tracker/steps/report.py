"""The year-end report of each plan: Word, Excel and one page, from one summary; frozen as an edition. And its relatives.

    1. the office as it is now, or as it was on the day that was asked for
    2. the summary, what changed since the last edition, the outline, the tables, the page
    3. the edition is recorded, unless one says the same about the same day, and the hash of each file
    4. the files are written; a file that is open, or that is none of those we wrote (a clerk has worked on the
       draft), is left alone and the new one is laid beside it

Killed between 3 and 4, the same command finds the edition recorded and writes the files.

A unit's own report, the circular and the public version are drafts from the same summary. What the office sends or
publishes is frozen as an edition of its own, because its readers will ask about its numbers
(`tracker report --circular --why`); a unit's own report is the unit's, and freezes nothing. A draft that
somebody has worked on is never overwritten.

The block for the annual government-information report, its third table, is written beside the report where
台账/依申请公开登记.xlsx is there, and nothing is said where it is not; `tracker report --annual` asks for it alone and
lays out an empty register where there is none. The register is read and never written.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path

from tracker.columns import Column
from tracker.files.dashboard import lay_out_page
from tracker.files.folders import REPORTS
from tracker.files.guard import open_source
from tracker.files.safe import safe_write
from tracker.files.templates import fill_template, words
from tracker.formats.books import lay_out, lay_out_applications, lay_out_charts, read_applications
from tracker.formats.documents import render_official
from tracker.numerals import chinese_number
from tracker.outline import Official, Say, Text
from tracker.printable import name_for_file
from tracker.problems.base import Exit, Finding, Severity, once
from tracker.problems.report import NoSuchEdition, QuarterNotBegun
from tracker.rules.board import one_page_of, page_of
from tracker.rules.office import Office
from tracker.rules.reminders import Countdown
from tracker.rules.report import (
    ReportChange,
    ReportChanges,
    ReportDraft,
    ReviewNote,
    YearSummary,
    applications_table,
    changes_since,
    check_applications,
    count_applications,
    estimated_pages,
    insert_of,
    is_signed,
    items_without_paragraph,
    notes_by_point,
    own_report,
    page_notes,
    public_version,
    report_items,
    report_sheets,
    review_notes,
    rows_of_counts,
    subject_of,
    template_values,
    withheld_notes,
    write_brief,
    write_circular,
    write_report,
)
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, open_desk
from tracker.steps.material import take_in_material, told_of, unknown_paragraphs, write_material
from tracker.steps.publishing import (
    DocumentKind,
    Edition,
    edition_of,
    editions,
    left_lines,
    letterhead,
    mark_of,
    not_recorded_on,
    office_on,
    plans_of,
    publish,
    unknown_columns,
    unpublished_columns,
    year_of,
)
from tracker.steps.register import unit_by_name
from tracker.table import Table
from tracker.values import dataclass

REGISTER = "台账/依申请公开登记.xlsx"


@dataclass(frozen=True)
class AnnualBlock:
    """The block of a year: its files by name, what the register's rows want, and whether the sums agree."""

    files: dict[str, bytes]
    findings: tuple[Finding, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether 一 + 二 = 三 + 四 in every column."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def annual(call: Call, *, year: int = 0) -> Result:
    """Write the block of a year; 0 is the year of the latest plan, or this one."""
    with open_desk(call) as desk:
        path = desk.folder.path(*REGISTER.split("/"))
        if not path.exists():
            return _empty_register(desk, path)
        block = block_of(desk, year or year_of_block(desk))
        lines, all_written = write_block(desk, block)
        done = all_written and bool(block.files)
        data = {
            "files": [f"{REPORTS}/{name}" for name in block.files],
            "findings": [{"code": f.code, "place": f.place, "message": f.message} for f in block.findings],
            "agrees": block.agrees,
        }
        return Result(tuple(lines), data, Exit.DONE if done else Exit.PARTLY)


def _empty_register(desk: Desk, path: Path) -> Result:
    """An empty register, where somebody asks for the table and there is none."""
    if not desk.call.dry_run:
        path.parent.mkdir(parents=True, exist_ok=True)
        safe_write(path, lay_out_applications(), now=desk.call.now)
    phrase = "将放一份" if desk.call.dry_run else "已放好一份"
    line = f"没有《{REGISTER}》，{phrase}空白的；请把全年（含上年未办结的）申请逐件登记后重新运行。"
    return Result((line,), {"files": [], "findings": [], "agrees": False}, Exit.PARTLY)


def year_of_block(desk: Desk) -> int:
    """The year of the latest plan: its annual report is written after its end."""
    years = [plan.edition.year for plan in desk.office().plans.values()]
    return max(years, default=desk.today.year)


def block_of(desk: Desk, year: int) -> AnnualBlock:
    """The block of a year from the register; no files where its head is spoiled, and nothing where it is not there."""
    path = desk.folder.path(*REGISTER.split("/"))
    if not path.exists():
        return AnnualBlock({})
    book = read_applications(open_source(path))
    if not book.is_read:
        return AnnualBlock({}, book.findings)
    counts = count_applications(book.rows, year)
    findings = (*book.findings, *check_applications(book.rows, counts))
    name = f"{year}年政府信息公开申请情况（年报第三张表）"
    document = Official(
        title="收到和处理政府信息公开申请情况",
        blocks=(
            Text("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"),
            applications_table(counts),
        ),
    )
    columns = (Column("项目", 40), Column("申请人", 14), Column("件数", 8), Column("登记号", 70))
    rows = Table(
        name="计入的申请",
        title=f"{year}年政府信息公开申请",
        notes=("表中每个数字计入了哪几件。",),
        columns=columns,
        rows=rows_of_counts(counts),
    )
    todo_columns = (Column("位置", 26), Column("需要核实的内容", 80))
    todo = Table(
        name="待核实清单",
        title="待核实清单",
        notes=("改正登记表后重新生成。" if findings else "各列均符合：一+二=三+四。",),
        columns=todo_columns,
        rows=tuple((finding.place, finding.message) for finding in once(findings)),
    )
    files = {f"{name}.docx": render_official(document), f"{name}.xlsx": lay_out((rows, todo))}
    return AnnualBlock(files, findings)


def write_block(desk: Desk, block: AnnualBlock) -> tuple[list[str], bool]:
    """Write the block's files, and say what the register's rows want."""
    lines, all_written = publish(desk, block.files)
    if block.files:
        phrase = "各列均符合一+二=三+四" if block.agrees else "勾稽不符或有内容无法识别，定稿前请改正"
        lines.append(f"  依申请公开登记：{phrase}。")
    return [*lines, *(f"  {finding}" for finding in once(block.findings))], all_written


class Relative(Enum):
    """Which relative of the report, and whether its numbers are frozen."""

    # One unit's report to the office.
    OWN = None
    # To all units: numbers, units by rank, who is late.
    CIRCULAR = DocumentKind.CIRCULAR
    # For everybody: numbers and items, no problems, no returns.
    PUBLIC = DocumentKind.PUBLIC
    # For the leader, any day: units by name, what each must do by when.
    BRIEF = DocumentKind.BRIEF


# Units that are late are asked to answer within so many working days.
_DAYS_TO_ANSWER = 5


def write_relative(
    call: Call,
    which: Relative,
    *,
    plan: str = "",
    unit: str = "",
    quarter: int = 0,
    as_of: dt.date | None = None,
    known_on: dt.date | None = None,
) -> Result:
    """Write one relative of the report for a plan, or for every plan.

    Args:
        call: Who calls, when and where.
        which: Which one.
        plan: A plan's id; empty for every plan.
        unit: Whose own report.
        quarter: 1 to 4: the circular of that quarter of the plan's year, as of its last day; 0 is of no quarter.
        as_of: The day that it speaks of; see `steps.report`.
        known_on: Use only what had been recorded by the end of that day.
    """
    with open_desk(call) as desk:
        if which is not Relative.OWN:
            desk.need_issuer("通报和专报")
        intake = take_in_material(desk)
        office = office_on(desk, as_of, known_on)
        unit_id = unit_by_name(office, unit) if which is Relative.OWN else ""
        files: dict[str, bytes] = {}
        new_editions: list[Edition] = []
        notes: list[ReviewNote] = []
        for plan_id, day, past in _states(
            desk, office, plan, as_of or known_on or desk.today, quarter, known_on
        ):
            summary = year_of(desk, past, plan_id, day)
            own_id = summary.heirs.get(unit_id, unit_id)
            if unit_id and own_id not in summary.unit_names:
                continue
            if which is not Relative.OWN:
                published = year_of(desk, past, plan_id, day, which.value)
                new_editions.append(edition_of(desk, past, which.value, published))
                columns = unpublished_columns(desk) if which is Relative.PUBLIC else frozenset()
                notes += [
                    note
                    for note in withheld_notes(summary, columns)
                    if which is Relative.PUBLIC or note.code == "withheld"
                ]
            name, document = _document(desk, which, summary, own_id, quarter, new_editions)
            files[f"{name}{mark_of(past, plan_id)}.docx"] = render_official(document)
        lines = [*left_lines(office, plan), *told_of(intake)]
        return _write_all(desk, files, new_editions, notes, lines)


def _states(
    desk: Desk, office: Office, plan: str, day: dt.date, quarter: int, known_on: dt.date | None
) -> list[tuple[str, dt.date, Office]]:
    """Each plan with the day that is spoken of, and the office on it; a plan that came later is left out."""
    plan_ids = plans_of(desk, office, plan, day)
    if not quarter:
        return [(plan_id, day, office) for plan_id in plan_ids]
    ends = {plan_id: _last_day(office.plans[plan_id].edition.year, quarter, day) for plan_id in plan_ids}
    states = [(plan_id, end, office_on(desk, end, known_on)) for plan_id, end in ends.items()]
    states = [state for state in states if state[0] in state[2].plans]
    if not states:
        raise not_recorded_on(desk, max(ends.values()))
    return states


def _write_all(
    desk: Desk,
    files: Mapping[str, bytes],
    new_editions: Sequence[Edition],
    notes: Sequence[ReviewNote],
    intake_lines: Sequence[str],
) -> Result:
    lines, all_written = publish(desk, files, new_editions)
    if not files:
        lines = ["这个单位在方案里没有任务，没有生成文件。"]
    lines += [*(f"  {note.point_id}{note.text}" for note in notes), *intake_lines]
    data = {
        "files": [f"{REPORTS}/{name}" for name in files],
        "editions": [
            {"plan": edition.summary.plan.plan, "n": edition.n, "new": edition.is_new}
            for edition in new_editions
        ],
        "kept_out": [{"code": note.code, "wp": note.point_id, "what": note.text} for note in notes],
    }
    return Result(tuple(lines), data, Exit.DONE if all_written and files else Exit.PARTLY)


def _last_day(year: int, quarter: int, latest: dt.date) -> dt.date:
    """The last day of a quarter, or the day asked for where that comes first."""
    if dt.date(year, 3 * quarter - 2, 1) > latest:
        raise QuarterNotBegun(year=year, quarter=chinese_number(quarter))
    after = dt.date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
    return min(after - dt.timedelta(days=1), latest)


def _document(
    desk: Desk,
    which: Relative,
    summary: YearSummary,
    unit: str,
    quarter: int,
    new_editions: Sequence[Edition],
) -> tuple[str, Official]:
    root, head = desk.folder.root, letterhead(desk)
    say, report_say = words("relatives.txt", office=root), words("report.txt", office=root)
    subject = name_for_file(subject_of(summary))
    if which is Relative.OWN:
        name = f"{subject}自查报告（{summary.unit_names[unit]}）"
        return name, own_report(summary, unit, say, report_say, head)
    if which is Relative.PUBLIC:
        columns = unpublished_columns(desk)
        return f"{subject}落实情况（公开版）", public_version(
            summary, say, report_say, head, excluded_columns=columns
        )
    if which is Relative.BRIEF:
        ask_by = Countdown(desk.calendar).after(summary.as_of, _DAYS_TO_ANSWER)
        return f"{subject}专报", write_brief(
            summary, say, head, ask_by=ask_by, changes=new_editions[-1].changes
        )
    period = f"第{chinese_number(quarter)}季度" if quarter else ""
    document = write_circular(
        summary,
        say,
        report_say,
        head,
        period=period,
        changes=new_editions[-1].changes,
        has_ranks=desk.settings.text("circular_ranking") == "是",
    )
    return f"{subject}{period}情况通报", document


# Settings that a report prints, with the labels that users know.
_LETTERHEAD_LABELS = {"office_name": "本单位名称", "superior": "报告主送机关", "place_name": "地区简称"}


def report(
    call: Call,
    *,
    plan: str = "",
    as_of: dt.date | None = None,
    known_on: dt.date | None = None,
    insert: int = 0,
) -> Result:
    """Write the report of a plan, or of every plan.

    Args:
        call: Who calls, when and where.
        plan: A plan's id; empty for every plan.
        as_of: The day that the report speaks of; None is today, or `known_on`. What was recorded later with an
            earlier date belongs to the past that it speaks of.
        known_on: Use only what had been recorded by the end of that day; None uses everything.
        insert: Write chapter 二 once more by itself, its headings so many levels deeper; 0 does not.
    """
    with open_desk(call) as desk:
        desk.need_issuer("落实情况报告")
        intake = take_in_material(desk)
        office = office_on(desk, as_of, known_on)
        day = as_of or known_on or desk.today
        plan_ids = call.one_by_one(plans_of(desk, office, plan, day), "汇总全年进展")
        reports = [_decide(desk, office, plan_id, day) for plan_id in plan_ids]
        lines: list[str] = []
        outcome = Exit.DONE
        for plan_report in call.one_by_one(reports, "撰写报告"):
            say = words("report.txt", office=desk.folder.root)
            draft = write_report(
                plan_report.summary, say, letterhead(desk), changes=plan_report.edition.changes
            )
            files = dict(lay_out_report(desk, plan_report, draft, say, insert=insert))
            is_final = plan_report.summary.is_signed and any(
                is_signed(entry.fact)
                for entry in editions(desk, DocumentKind.REPORT, plan_report.summary.plan.plan)
            )
            if is_final:
                del files[f"{plan_report.name}.docx"]
            f = plan_report.summary.figures
            done = f"已完成{f['done'].n}项，逾期{f['overdue'].n}项"
            file_lines, all_written = publish(desk, files, [plan_report.edition])
            lines += [f"{plan_report.name}：任务事项{f['total'].n}项，{done}。", *file_lines]
            if day == desk.today and known_on is None:
                line, is_written = write_material(desk, office, plan_report.summary, draft.sentences, intake)
                lines += [line, *(f"  {finding}" for finding in unknown_paragraphs(plan_report.summary))]
                all_written = all_written and is_written
            if is_final:
                lines.append(
                    "  报告已签发，Word 正文不再改动；要重出正文，请改《起草素材表》“报告要素”里的稿次。"
                )
            elif plan_report.summary.is_signed:
                lines.append("  稿次是“已签发”：这份 Word 正文就此定稿，以后不再改动。")
            if unsure := len(plan_report.summary.unsure_items):
                lines.append(f"  还有{unsure}项责任单位没有反馈或未明确，本次为征求意见稿，见“待核实清单”。")
                if plan_report.summary.has_signature:
                    lines.append(
                        "  稿次写了“已签发”，这次还没有定稿：请补报，或在《工作台账》填写这几项的认定状态，再生成一次。"
                    )
            count = len(notes_by_point(plan_report.todo))
            is_fixed = is_final or plan_report.summary.is_signed
            verify = f"定稿里还有{count}处没有核实" if is_fixed else f"签发前请核实{count}处内容"
            lines.append(f"  {verify}，见 {plan_report.name}.xlsx 的“待核实清单”。")
            outcome = outcome if all_written else Exit.PARTLY
        block = block_of(desk, max(plan_report.summary.plan.edition.year for plan_report in reports))
        file_lines, all_written = write_block(desk, block)
        lines += [*left_lines(office, plan), *file_lines, *told_of(intake)]
        outcome = outcome if all_written else Exit.PARTLY
        data = {"reports": [_data(plan_report) for plan_report in reports]}
        return Result(tuple(lines), data, outcome)


def why(
    call: Call,
    *,
    plan: str = "",
    since: int = 0,
    as_of: dt.date | None = None,
    known_on: dt.date | None = None,
    kind: DocumentKind = DocumentKind.REPORT,
) -> Result:
    """Say what differs between an edition (the last one, or number `since`) and now: item, reason, source."""
    with open_desk(call) as desk:
        office = office_on(desk, as_of, known_on)
        lines: list[str] = []
        data = []
        for plan_id in plans_of(desk, office, plan, as_of or known_on or desk.today):
            plan_editions = editions(desk, kind, plan_id)
            selection = (
                [entry for entry in plan_editions if entry.fact.n == since] if since else plan_editions[-1:]
            )
            if not selection:
                raise NoSuchEdition(plan=plan_id, n=since or 1, kind=kind.value)
            summary = year_of(desk, office, plan_id, as_of or known_on or desk.today, kind)
            changes = changes_since(selection[0].fact, summary, office, since_act=selection[0].act)
            lines += _change_lines(changes, summary, kind)
            data.append(
                {"plan": plan_id, "since": changes.since, "changes": [_change(c) for c in changes.changes]}
            )
        return Result(tuple(lines), {"plans": data})


def _decide(desk: Desk, office: Office, plan: str, day: dt.date) -> Report:
    edition = edition_of(desk, office, DocumentKind.REPORT, year_of(desk, office, plan, day))
    todo = review_notes(
        edition.summary,
        limit=desk.settings.number("summary_limit"),
        empty_settings=tuple(
            label for name, label in _LETTERHEAD_LABELS.items() if not desk.settings.text(name)
        ),
        unpublished_columns=unpublished_columns(desk),
        unknown_words=unknown_columns(desk),
    )
    plan_edition = edition.summary.plan.edition
    theme = name_for_file(plan_edition.theme.removeprefix(f"{plan_edition.year}年")) or plan
    return Report(f"{plan_edition.year}年{theme}落实情况报告{mark_of(office, plan)}", edition, todo, office)


def _change_lines(changes: ReportChanges, summary: YearSummary, kind: DocumentKind) -> list[str]:
    day = changes.since.isoformat()
    lines = [
        f"{subject_of(summary)}：与第{changes.n}次{kind.value}（截至{day}）相比，{len(changes.changes)}项有变化。"
    ]
    for change in changes.changes:
        before, after = change.words
        source = f"（{change.source}）" if change.source else ""
        lines.append(f"  {change.wp} {change.name}：{before} → {after}，{change.reason}{source}")
    return lines


def _change(change: ReportChange) -> dict[str, object]:
    names = ("wp", "name", "before", "after", "reason", "source")
    return {name: str(getattr(change, name)) for name in names} | {"words": list(change.words)}


def _data(plan_report: Report) -> dict[str, object]:
    changes = plan_report.edition.changes
    return {
        "name": plan_report.name,
        "plan": plan_report.summary.plan.plan,
        "as_of": plan_report.summary.as_of,
        "edition": plan_report.edition.n,
        "new": plan_report.edition.is_new,
        "figures": {code: figure.n for code, figure in plan_report.summary.plan_figures.items()},
        "pending": [{"code": todo.code, "wp": todo.point_id, "what": todo.text} for todo in plan_report.todo],
        "changes": [_change(change) for change in changes.changes] if changes else [],
    }


# The office's own layout, in its folder 模板.
TEMPLATE = "落实情况报告.docx"


@dataclass(frozen=True)
class Report:
    """One plan's report, decided and not yet written.

    Attributes:
        name: Name of its files, without extension.
        edition: What it says and freezes.
        todo: For the clerk.
        office: The office on the day, for what the page says of units; without it, that is left out.
    """

    name: str
    edition: Edition
    todo: tuple[ReviewNote, ...]
    office: Office | None = None

    @property
    def summary(self) -> YearSummary:
        """What it says."""
        return self.edition.summary


def lay_out_report(
    desk: Desk, plan_report: Report, draft: ReportDraft, say: Say, *, insert: int = 0
) -> Iterator[tuple[str, bytes]]:
    """The report's files by name; `insert` as in `steps.report`."""
    document, changes = draft.document, plan_report.edition.changes
    pages, limit = math.ceil(estimated_pages(document.blocks)), letterhead(desk).pages
    tables = report_sheets(
        plan_report.summary,
        (*plan_report.todo, *page_notes(pages, limit, len(report_items(plan_report.summary)))),
        changes=changes,
        rest=items_without_paragraph(plan_report.summary, draft.detail),
    )
    page = page_of(
        plan_report.summary,
        f"{subject_of(plan_report.summary)}落实情况",
        office=plan_report.office,
        changes=changes,
    )
    template = desk.folder.path("模板", TEMPLATE)
    if template.is_file():
        yield (
            f"{plan_report.name}.docx",
            fill_template(template, template_values(plan_report.summary, document)),
        )
    else:
        yield f"{plan_report.name}.docx", render_official(document)
    if insert:
        yield f"{plan_report.name}（插入段）.docx", render_official(insert_of(document, say, insert))
    yield f"{plan_report.name}.xlsx", lay_out(tables)
    yield f"{plan_report.name}.html", lay_out_page(page, office=desk.folder.root)
    yield f"{plan_report.name}图表.xlsx", lay_out_charts((page, one_page_of(page)))
