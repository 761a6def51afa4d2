"""报告/起草素材表.xlsx both ways: what the office wrote in it goes into the ledger, and the next one is laid out from there.

    1. the workbook is read, and joined with the ledger against what it said when it was laid out (`rules.returns.join`)
    2. what the office changed is recorded in one act, the workbook kept as its source; what both sides changed is asked
       in 待核对事项清单
    3. the report is written with it, and the workbook laid out anew (`_lay_out`)

What cannot be used (a row without 事项编号, a wrong word) is told at its cell; the workbook is left as it is then, and the
new one is laid beside it. Killed between 2 and 3, the next run finds nothing new and goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tracker import facts
from tracker.files.folders import MATERIAL, REPORTS
from tracker.files.guard import read_bytes
from tracker.files.safe import NO_FILE, WriteState, safe_write
from tracker.formats.books import MaterialBook, lay_out_material, read_material
from tracker.printable import name_for_file
from tracker.problems.base import Finding
from tracker.problems.report import (
    MATERIAL_OF_ANOTHER_PLAN,
    NO_SUCH_MATERIAL_POINT,
    NO_SUCH_PARAGRAPH,
)
from tracker.rules.office import Office
from tracker.rules.report import (
    Material,
    MaterialRow,
    YearSummary,
    is_published,
    material_of,
    paragraphs_of,
    report_items,
    typed_cells,
)
from tracker.rules.returns import join
from tracker.steps.desk import Desk, keep_original
from tracker.steps.publishing import mark_of
from tracker.steps.return_lists import cell_question, question_of, write_questions
from tracker.values import dataclass


@dataclass(frozen=True)
class MaterialIntake:
    """What came of the workbooks.

    Attributes:
        findings: What could not be used.
        count: How many cells were recorded.
        hashes: Hash of each workbook that was read and may be laid out anew, by its name.
    """

    findings: tuple[Finding, ...] = ()
    count: int = 0
    hashes: Mapping[str, str] | None = None


def name_of(office: Office, plan: str) -> str:
    """Name of a plan's workbook."""
    return f"{MATERIAL}{mark_of_plan(office, plan)}.xlsx"


def mark_of_plan(office: Office, plan: str) -> str:
    """What tells a plan's workbook from another one's; empty for the first plan."""
    if plan == next(iter(office.plans)):
        return ""
    edition = office.plans[plan].edition
    return f"（{edition.year}年{name_for_file(edition.theme or edition.title)}）{mark_of(office, plan)}"


def take_in_material(desk: Desk) -> MaterialIntake:
    """Record what the office wrote in the workbooks of every plan."""
    office = desk.office()
    findings: list[Finding] = []
    hashes: dict[str, str] = {}
    count = 0
    for plan in office.plans:
        name = name_of(office, plan)
        path = desk.folder.path(REPORTS, name)
        if not path.exists():
            continue
        data = path.read_bytes()
        source = read_bytes(data, name)
        book = read_material(source)
        if book.plan != plan:
            findings.append(MATERIAL_OF_ANOTHER_PLAN.at(name))
            continue
        problems, changes = _take(desk, office, book, data, f"{REPORTS}/{name}", source.sha256)
        findings += problems
        count += changes
        if not problems:
            hashes[name] = source.sha256
    return MaterialIntake(tuple(findings), count, hashes)


def _take(
    desk: Desk, office: Office, book: MaterialBook, data: bytes, name: str, sha: str
) -> tuple[list[Finding], int]:
    point_ids = [point.id for point in office.plans[book.plan].points]
    subjects = {*point_ids, book.plan}
    findings = list(book.findings)
    for subject in book.texts.keys() - subjects:
        place = next(place for (other, _), place in book.places.items() if other == subject)
        findings.append(NO_SUCH_MATERIAL_POINT.at(place, point=subject))
    ours = typed_cells(office, point_ids, book.plan)
    for subject, texts in ours.items():
        # A default number is target and not recorded.
        if "paragraph" in texts and not texts["paragraph"]:
            texts["paragraph"] = book.base.get(subject, {}).get("paragraph", "")
    theirs = {subject: texts for subject, texts in book.texts.items() if subject in subjects}
    # A row that was copied from another item had nothing before.
    base = {subject: book.base.get(subject, {}) for subject in theirs}
    merge = join(base, ours, theirs)
    if desk.call.dry_run or not (merge.changes or merge.conflicts):
        return findings, len(merge.changes)
    with desk.act("report") as act:
        keep_original(desk, act, data, name, sha)
        for change in merge.changes:
            cell = facts.Cell(change.row, "", change.column, "", change.after, "office", office.seq)
            act.add(cell, file=sha, place=book.places[change.row, change.column])
        questions = {question_of(question) for question in office.conflicts.values()}
        for conflict in merge.conflicts:
            question = cell_question(conflict, "")
            if question_of(question) not in questions:
                place = book.places[conflict.row, conflict.column]
                act.add(replace(question, conflict=act.mint("C")), file=sha, place=place)
    if merge.conflicts:
        write_questions(desk, desk.office())
    return findings, len(merge.changes)


def told_of(intake: MaterialIntake) -> list[str]:
    """What to tell of what was taken from the workbooks."""
    lines = [f"  起草素材表：记入{intake.count}处改动。"] if intake.count else []
    return lines + [f"  {finding}" for finding in intake.findings]


def unknown_paragraphs(summary: YearSummary) -> tuple[Finding, ...]:
    """What is said of a 段落号 that no paragraph has."""
    items = report_items(summary)
    count = len(paragraphs_of(items))
    return tuple(
        NO_SUCH_PARAGRAPH.at(item.point_id, number=item.paragraph, count=count)
        for item in items
        if item.paragraph and not 1 <= int(item.paragraph) <= count
    )


def write_material(
    desk: Desk, office: Office, summary: YearSummary, sentences: Mapping[str, str], intake: MaterialIntake
) -> tuple[str, bool]:
    """Lay the workbook of a plan out; what to tell, and whether it stands where it belongs."""
    name = name_of(office, summary.plan.plan)
    target = f"{REPORTS}/{name}"
    if desk.call.dry_run:
        return f"  将生成 {target}", True
    path = desk.folder.path(REPORTS, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    data = _lay_out(desk, office, material_of(summary, office, sentences))
    expect = (intake.hashes or {}).get(name, NO_FILE if path.exists() else None)
    result = safe_write(path, data, expect=expect, now=desk.call.now)
    if result.state is WriteState.BESIDE:
        return f"  {target} 没有覆盖，新内容在 {REPORTS}/{result.path.name}。", False
    return f"  {'没有变化' if result.state is WriteState.UNCHANGED else '已生成'} {target}", True


def _lay_out(desk: Desk, office: Office, material: Material) -> bytes:
    base = {
        row.point_id: {**row.entries, "paragraph": row.entries["paragraph"] or str(row.paragraph)}
        for row in material.rows
    }
    totals = [(total.name, total.value, total.unit, total.source, total.day) for total in material.totals]
    text = "\n".join("\t".join(row) for row in totals)
    return lay_out_material(
        material.plan,
        f"{material.subject}落实情况报告起草素材",
        [(_cells(row), _link(desk, office, row)) for row in material.rows],
        material.elements,
        totals,
        {**base, material.plan: {**material.elements, "totals": text}},
    )


def _cells(row: MaterialRow) -> dict[str, str]:
    entries = row.entries
    return {
        "段落号": entries["paragraph"] or str(row.paragraph),
        "事项编号": row.point_id,
        "要点": row.requirement,
        "认定状态及依据": row.basis,
        "拟用句": row.proposal,
        "出处": row.source,
        "数字口径": row.figures,
        "拟用问题": row.problem,
        "是否核实": entries["figures_checked"],
        "文号/网址": entries["reference"],
        "亮点": entries["highlight"],
        "问题": entries["issue"],
        "可否公开": is_published(entries),
        "改定稿": entries["wording"],
        "核稿人": entries["reviewer"],
    }


def _link(desk: Desk, office: Office, row: MaterialRow) -> str:
    """The way from the workbook to the original that the first text came from, and to its cell."""
    file = office.files.get(row.sha)
    if file is None:
        return ""
    path = desk.folder.relative(desk.folder.original(row.sha, file.name))
    # A cell can be opened in a workbook only.
    cell = f"#{row.place}" if path.endswith(".xlsx") and "!" in row.place else ""
    return f"../{path}{cell}"
