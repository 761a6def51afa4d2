"""临时交办: an item that somebody typed into 任务事项 of 工作台账.xlsx, below the table or between its rows.

That is where a clerk writes down what the leader has just said. A row without 事项编号 that says what is required and who answers becomes an item of
the plan that the row above it belongs to, as a change of some items (局部调整) whose source is the cell itself; its
number is written into the row. A row that names nobody stays what it is: a note. A row that was recorded before, by a
run that was killed before it wrote the number, is known by its words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from tracker import facts
from tracker.columns import Sheet
from tracker.days import day_of
from tracker.files.ledger import Act
from tracker.formats.books import FormCell, LedgerReading
from tracker.grid import Source
from tracker.model import Assignment, Plan, Responsibility, Role, WorkPoint
from tracker.problems.base import Finding
from tracker.problems.returns import TYPED_UNCLEAR
from tracker.reading.clauses import is_group, mode_of
from tracker.reading.deadlines import is_readable, read_deadline
from tracker.reading.plan import PlanReading, unit_names
from tracker.rules.office import Office
from tracker.rules.plans import EditionKind, Pairing, Proposal, bare
from tracker.steps.desk import Desk
from tracker.steps.editions import TYPED_TITLE, name_units, record_edition
from tracker.steps.proof import Original, PlanFile
from tracker.steps.register import path_of, read_book
from tracker.values import dataclass

_ROLES = {"lead": Role.LEAD, "responsible": Role.RESPONSIBLE, "support": Role.SUPPORT}


@dataclass
class TypedRows:
    """What became of the typed rows.

    Attributes:
        reading: The workbook, the rows that became items under their numbers.
        new_points: Number of each new item, and its text.
        findings: Rows that stay notes for now, and names that nobody knows.
    """

    reading: LedgerReading
    new_points: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def take_typed(desk: Desk, office: Office, reading: LedgerReading, source: Source, data: bytes) -> TypedRows:
    """Record the items that were typed into the workbook; one act for all of them."""
    done = TypedRows(reading)
    sheet = reading.sheets[Sheet.POINTS]
    original = Original(source.name, source.sha256, data)
    points_by_plan: dict[str, list[tuple[int, WorkPoint]]] = {}
    for row, cells in sheet.rows_by_hand.items():
        plan = _plan_above(office, sheet.rows, row)
        old_id = _recorded_before(office, plan, cells["requirement"].text, sheet.rows)
        if old_id:
            done.reading = _with_number(done.reading, row, old_id)
            continue
        point, why = _point(desk, office, plan, cells)
        if point is None:
            done.findings.append(TYPED_UNCLEAR.at(cells["requirement"].place, why=why))
        else:
            points_by_plan.setdefault(plan, []).append((row, point))
    if not points_by_plan:
        return done
    if not desk.call.dry_run:
        desk.folder.keep(data, source.name)
    with desk.act("sync") as act:
        for plan, rows in points_by_plan.items():
            for (row, point), point_id in zip(
                rows, _record(desk, act, plan, [point for _, point in rows], original, done), strict=True
            ):
                done.new_points[point_id] = point.requirement
                if not desk.call.dry_run:
                    done.reading = _with_number(done.reading, row, point_id)
    return done


def _plan_above(office: Office, rows: Mapping[str, int], row: int) -> str:
    """The plan of the nearest row above that has a number; else the last plan recorded."""
    above = [(at, key) for key, at in rows.items() if at < row and key.rpartition("-")[0] in office.plans]
    return max(above)[1].rpartition("-")[0] if above else list(office.plans)[-1]


def _recorded_before(office: Office, plan: str, text: str, rows: Mapping[str, int]) -> str:
    same = (
        point.id
        for point in office.plans[plan].points
        if not point.is_retired and point.id not in rows and bare(point.requirement) == bare(text)
    )
    return next(same, "")


def _point(
    desk: Desk, office: Office, plan: str, cells: Mapping[str, FormCell]
) -> tuple[WorkPoint | None, str]:
    """The item that a row states, or why it states none."""
    assignments: list[Assignment] = []
    for name, role in _ROLES.items():
        text = cells[name].text.strip() if name in cells else ""
        units, why = unit_names(text, role)
        if why:
            return None, f"“{text}”：{why}"
        assignments += [Assignment(unit, role) for unit in units]
    if not assignments:
        return None, "没有写牵头单位或责任单位"
    year = office.plans[plan].edition.year
    text = cells["deadline"].text.strip() if "deadline" in cells else ""
    deadline = read_deadline(text, year=year, issued_on=desk.today, calendar=desk.calendar)
    day = day_of(cells["due"].text) if "due" in cells else None
    if day is not None:
        deadline = replace(
            read_deadline(day, year=year, calendar=desk.calendar), text=text or day.isoformat()
        )
    elif text and not is_readable(text, year=year, issued_on=desk.today):
        return None, f"完成时限“{text}”算不出日期，请在“到期日”一栏填写日期，如 2026-05-31"
    groups = tuple(assignment.unit for assignment in assignments if is_group(assignment.unit))
    who = Responsibility(tuple(assignments), mode_of(tuple(assignments)), groups)
    texts = {name: cells[name].text.strip() for name in ("section", "task", "no") if name in cells}
    place = cells["requirement"].place
    point = WorkPoint(cells["requirement"].text.strip(), responsibility=who, deadline=deadline, place=place)
    return replace(
        point,
        section=texts.get("section") or TYPED_TITLE,
        task=texts.get("task", ""),
        no=texts.get("no", ""),
    ), ""


def _record(
    desk: Desk, act: Act, plan: str, points: Sequence[WorkPoint], original: Original, done: TypedRows
) -> list[str]:
    office = act.office()
    plan_now = office.plans[plan]
    new_plan = Plan(
        title=TYPED_TITLE, issued_on=desk.today, year=plan_now.edition.year, work_points=tuple(points)
    )
    old = tuple(point for point in plan_now.points if not point.is_retired)
    proposal = Proposal(
        EditionKind.AMENDMENT,
        plan,
        (plan,),
        old,
        Pairing((), tuple(range(len(points))), tuple(range(len(old)))),
    )
    meanings = name_units(desk, act, new_plan, read_book(path_of(desk.folder.root)))
    done.findings += meanings.findings
    source = Source("xlsx", original.name, (), original.sha)
    file = facts.File(original.sha, original.name, "本办", desk.call.now)
    record_edition(
        act, new_plan, proposal, meanings, PlanFile(PlanReading(new_plan), source, original), [file], {}
    )
    old_ids = {point.id for point in plan_now.points}
    return [point.id for point in act.office().plans[plan].points if point.id not in old_ids]


def _with_number(reading: LedgerReading, row: int, point_id: str) -> LedgerReading:
    """The workbook with a typed row under its number; the number itself is still missing in the file."""
    sheet = reading.sheets[Sheet.POINTS]
    new_sheet = replace(
        sheet,
        rows={**sheet.rows, point_id: row},
        texts={
            **sheet.texts,
            point_id: {name: cell.text for name, cell in sheet.rows_by_hand[row].items()},
        },
        rows_by_hand={at: cells for at, cells in sheet.rows_by_hand.items() if at != row},
    )
    return replace(reading, sheets={**reading.sheets, Sheet.POINTS: new_sheet})
