"""The report drafted and confirmed before it is written: 起草素材表 and 复核表, both ways.

**报告/起草素材表.xlsx**: what the office wrote in it goes into the ledger, and the next one is laid out from there.

    1. the workbook is read, and joined with the ledger against what it said when it was laid out (`rules.merge.join`)
    2. what the office changed is recorded in one act, the workbook kept as its source; what both sides changed is asked
       in 待核对事项清单
    3. the report is written with it, and the workbook laid out anew (`_lay_out`)

What cannot be used (a row without 事项编号, a wrong word) is told at its cell; the workbook is left as it is then, and the
new one is laid beside it. Killed between 2 and 3, the next run finds nothing new and goes on.

**复核**: each unit that a sentence speaks of confirms on one page what the report will say of its work points.

    报告/复核/复核表-单位.xlsx      laid out by `tracker report --review`; the office sends them as it sends anything
    各单位报送/                    they come back here under any name; `tracker take-back` records what they say
    报告/复核/复核情况.xlsx         laid out anew by `tracker report --review`: who confirmed, who wants what changed

A unit's word is a fact of its own (`columns.REVIEW`) and changes no wording: the office takes a change over in 起草素材表, or
does not. A sheet that somebody has worked on is never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from tracker import facts
from tracker.columns import REVIEW
from tracker.files.folders import MATERIAL, REPORTS
from tracker.files.guard import read_bytes
from tracker.files.ledger import Act
from tracker.files.safe import NO_FILE, WriteState, safe_write
from tracker.files.templates import words
from tracker.formats.books import (
    MaterialBook,
    lay_out_material,
    lay_out_review,
    lay_out_review_list,
    read_material,
    read_review,
)
from tracker.outline import long_date
from tracker.printable import name_for_file
from tracker.problems.base import Exit, Finding
from tracker.problems.report import (
    MATERIAL_OF_ANOTHER_PLAN,
    NO_SUCH_MATERIAL_POINT,
    NO_SUCH_PARAGRAPH,
    REVIEW_OF_NOBODY,
)
from tracker.rules.merge import join
from tracker.rules.office import Office
from tracker.rules.progress import deciders
from tracker.rules.reminders import Countdown
from tracker.rules.report import (
    Material,
    MaterialRow,
    YearSummary,
    annexes_of,
    is_of_many,
    is_published,
    material_of,
    paragraphs_of,
    report_items,
    sentences_of,
    subject_of,
    typed_cells,
)
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, keep_original, open_desk
from tracker.steps.incoming import IncomingFile
from tracker.steps.publishing import mark_of, plans_of, publish, year_of
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


_FOLDER = "复核"
# Units are asked to confirm within so many working days.
_DAYS = 3
_NO_ANSWER = "未反馈"


def take_review(desk: Desk, incoming: IncomingFile, act: Act | None) -> tuple[str, ...]:
    """Record what a 复核表 says; gives what to tell. Without an act nothing is recorded."""
    if incoming.source is None:
        return ()
    sheet = read_review(incoming.source)
    office = act.office() if act is not None else desk.office()
    if sheet.unit not in office.units or sheet.plan not in office.plans:
        return (str(REVIEW_OF_NOBODY.at(incoming.arrival.name)),)
    new = [
        (facts.Cell(line.point_id, sheet.unit, name, "", value, "unit", office.seq), line.place)
        for line in sheet.lines
        for name, value in zip(
            (column.name for column in REVIEW),
            (line.word, line.text, line.sentence, line.person),
            strict=True,
        )
        if _text(office, line.point_id, sheet.unit, name) != value
    ]
    if new and act is not None:
        name = office.name_of(sheet.unit)
        keep_original(desk, act, incoming.arrival.data, incoming.arrival.name, incoming.sha, sender=name)
        for cell, place in new:
            act.add(cell, file=incoming.sha, place=place)
    line = f"复核表：{office.name_of(sheet.unit)}核对了{len(sheet.lines)}项。"
    return (line, *map(str, sheet.findings))


def _text(office: Office, point_id: str, unit: str, name: str) -> str:
    cell = office.cells.get((point_id, unit, name, ""))
    return cell.value if cell else ""


def review(call: Call, *, plan: str = "") -> Result:
    """Lay out each unit's 复核表 and the list of what came back."""
    with open_desk(call) as desk:
        intake = take_in_material(desk)
        office = desk.office()
        files: dict[str, bytes] = {}
        lines: list[str] = []
        for plan_id in plans_of(desk, office, plan, desk.today):
            summary = year_of(desk, office, plan_id, desk.today)
            sentences = _sentences(desk, office, summary)
            mark = mark_of(office, plan_id)
            rows = list(_answers(office, summary, sentences))
            files |= dict(_sheets(desk, office, summary, sentences, mark))
            counts = {
                word: sum(row[3] == word for row in rows) for word in dict.fromkeys(row[3] for row in rows)
            }
            count_text = "，".join(f"{word}{count}项次" for word, count in counts.items())
            note = f"截至{long_date(desk.today)}：{count_text}。要改的，在《起草素材表》的“改定稿”中写入。"
            title = f"{subject_of(summary)}复核情况"
            files[f"{_FOLDER}/复核情况{mark}.xlsx"] = lay_out_review_list(title, note, rows)
            lines.append(f"{title}：{count_text}。")
        file_lines, all_written = publish(desk, files)
        list_lines = [line for line in file_lines if "复核情况" in line or "没有覆盖" in line]
        lines += [
            f"  复核表{len(files) - len(lines)}份，在 {REPORTS}/{_FOLDER}。",
            *list_lines,
            *told_of(intake),
        ]
        data = {"files": [f"{REPORTS}/{name}" for name in files]}
        return Result(tuple(lines), data, Exit.DONE if all_written else Exit.PARTLY)


def _sentences(desk: Desk, office: Office, summary: YearSummary) -> dict[str, str]:
    """What the report will say, by work point."""
    say = words("report.txt", office=desk.folder.root)
    sentences = sentences_of(summary, say, annexes_of(summary, say, subject_of(summary)))
    rows = material_of(summary, office, sentences).rows
    return {row.point_id: row.entries["wording"] or row.proposal for row in rows}


def _units_of(summary: YearSummary) -> dict[str, list[str]]:
    """The work points whose sentence a unit has to stand for, by the unit that answers today.

    The leads stand for theirs, where there are none all who answer. Where the sentence only counts many units
    (`rules.report.is_of_many`) nobody is asked: what each wrote stands in an annex word for word.
    """
    by_unit: dict[str, list[str]] = {}
    for item in report_items(summary):
        standings = () if is_of_many(item) else deciders(item.point, item.standing.units)
        for unit in dict.fromkeys(standing.heir for standing in standings):
            by_unit.setdefault(unit, []).append(item.point_id)
    return by_unit


def _sheets(
    desk: Desk, office: Office, summary: YearSummary, sentences: dict[str, str], mark: str
) -> Iterator[tuple[str, bytes]]:
    by_day = long_date(Countdown(desk.calendar).after(desk.today, _DAYS))
    office_name = desk.settings.text("office_name") or "本办"
    until = f"请于{by_day}前报{office_name}。"
    for unit, point_ids in _units_of(summary).items():
        rows = [(point, summary.item(point).point.requirement, sentences[point]) for point in point_ids]
        name = summary.unit_names[unit]
        title = f"{subject_of(summary)}落实情况报告复核表（{name}）"
        data = lay_out_review(summary.plan.plan, unit, title, rows, until)
        yield f"{_FOLDER}/复核表-{name_for_file(name)}{mark}.xlsx", data


def _answers(office: Office, summary: YearSummary, sentences: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """Rows of 复核情况: what is to be changed first, then who has not answered, then who agrees."""
    rows = []
    for unit, point_ids in _units_of(summary).items():
        for point_id in point_ids:
            word, text, sentence, person = (_text(office, point_id, unit, column.name) for column in REVIEW)
            rows.append(
                (
                    summary.unit_names[unit],
                    point_id,
                    summary.item(point_id).point.requirement,
                    word or _NO_ANSWER,
                    sentence or sentences[point_id],
                    text,
                    person,
                )
            )
    order = {"修改": 0, _NO_ANSWER: 1}
    yield from sorted(rows, key=lambda row: (order.get(row[3], 2), row[1]))
