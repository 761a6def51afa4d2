"""复核: each unit that a sentence speaks of confirms on one page what the report will say of its work points; what came back is one list.

    报告/复核/复核表-单位.xlsx      laid out by `tracker report --review`; the office sends them as it sends anything
    各单位报送/                    they come back here under any name; `tracker take-back` records what they say
    报告/复核/复核情况.xlsx         laid out anew by `tracker report --review`: who confirmed, who wants what changed

A unit's word is a fact of its own (`columns.REVIEW`) and changes no wording: the office takes a change over in 起草素材表, or
does not. A sheet that somebody has worked on is never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker import facts
from tracker.columns import REVIEW
from tracker.files.folders import REPORTS
from tracker.files.ledger import Act
from tracker.files.templates import words
from tracker.formats.books import lay_out_review, lay_out_review_list, read_review
from tracker.outline import long_date
from tracker.printable import name_for_file
from tracker.problems.base import Exit
from tracker.problems.report import REVIEW_OF_NOBODY
from tracker.rules.chase import Countdown
from tracker.rules.office import Office
from tracker.rules.progress import deciders
from tracker.rules.report import (
    YearSummary,
    annexes_of,
    is_of_many,
    material_of,
    report_items,
    sentences_of,
    subject_of,
)
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, keep_original, open_desk
from tracker.steps.incoming import IncomingFile
from tracker.steps.material import take_in_material, told_of
from tracker.steps.publishing import mark_of, plans_of, publish, year_of

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
