"""临时交办: an item that somebody typed into 任务事项 of 工作台账.xlsx, below the table or between its rows.

That is where a clerk writes down what the leader has just said. A row without 事项编号 that says what is required and
who answers becomes an item of the plan that the row above it belongs to, as a change of some items (局部调整) whose
source is the cell itself; its number is written into the row. A row that names nobody stays what it is: a note.

A row that was recorded before, by a run that was killed before it wrote the number, is known by its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace

from tracker import facts
from tracker.columns import Sheet
from tracker.files.ledger import Act
from tracker.grid import Source
from tracker.model import Assignment
from tracker.model import Plan
from tracker.model import Responsibility
from tracker.model import Role
from tracker.model import WorkPoint
from tracker.problems import Finding
from tracker.problems import syncing
from tracker.reading.clauses import is_group
from tracker.reading.clauses.mode import mode_of
from tracker.reading.deadlines import is_readable
from tracker.reading.deadlines import read_deadline
from tracker.reading.forms.answers import as_date
from tracker.reading.forms.form import Said
from tracker.reading.plans.plan import Reading
from tracker.reading.proof.cells import names
from tracker.reading.sheets.ledger_sheet import LedgerReading
from tracker.rules.plans.editions import How
from tracker.rules.plans.editions import Proposal
from tracker.rules.plans.identity import Matching
from tracker.rules.plans.identity import bare
from tracker.rules.state import Office
from tracker.steps.desk import Desk
from tracker.steps.entering.edition_facts import record_edition
from tracker.steps.entering.naming import name_units
from tracker.steps.entering.proof import Original
from tracker.steps.entering.proof import Understood
from tracker.steps.entering.register import path_of
from tracker.steps.entering.register import read_book

TITLE = "临时交办"
_ROLES = {"lead": Role.LEAD, "responsible": Role.RESPONSIBLE, "support": Role.SUPPORT}


@dataclass
class Typed:
    """What became of the typed rows.

    Attributes:
        reading: The workbook, the rows that became items under their numbers.
        recorded: Number of each new item, and its text.
        findings: Rows that stay notes for now, and names that nobody knows.
    """

    reading: LedgerReading
    recorded: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def take_typed(desk: Desk, office: Office, reading: LedgerReading, source: Source, data: bytes) -> Typed:
    """Record the items that were typed into the workbook; one act for all of them."""
    done = Typed(reading)
    sheet = reading.sheets.get(Sheet.POINTS)
    if sheet is None or not sheet.typed:
        return done
    given = Original(source.name, source.sha256, data)
    wanted: dict[str, list[tuple[int, WorkPoint]]] = {}
    for row, cells in sheet.typed.items():
        plan = _plan_above(office, sheet.rows, row)
        known = _recorded_before(office, plan, cells["requirement"].text, sheet.rows)
        if known:
            done.reading = _numbered(done.reading, row, known)
            continue
        point, why = _point(desk, office, plan, cells)
        if point is None:
            done.findings.append(syncing.TYPED_UNCLEAR.at(cells["requirement"].place, why=why))
        else:
            wanted.setdefault(plan, []).append((row, point))
    if not wanted:
        return done
    if not desk.call.dry_run:
        desk.folder.keep(data, source.name)
    with desk.act("sync") as act:
        for plan, rows in wanted.items():
            for (row, point), wp in zip(
                rows, _record(desk, act, plan, [each for _, each in rows], given, done), strict=True
            ):
                done.recorded[wp] = point.requirement
                if not desk.call.dry_run:
                    done.reading = _numbered(done.reading, row, wp)
    return done


def _plan_above(office: Office, rows: Mapping[str, int], row: int) -> str:
    """The plan of the nearest row above that has a number; else the last plan recorded."""
    above = [(at, key) for key, at in rows.items() if at < row and key.rpartition("-")[0] in office.plans]
    return max(above)[1].rpartition("-")[0] if above else list(office.plans)[-1]


def _recorded_before(office: Office, plan: str, text: str, rows: Mapping[str, int]) -> str:
    same = (
        each.id
        for each in office.plans[plan].points
        if not each.retired and each.id not in rows and bare(each.requirement) == bare(text)
    )
    return next(same, "")


def _point(desk: Desk, office: Office, plan: str, cells: Mapping[str, Said]) -> tuple[WorkPoint | None, str]:
    """The item that a row states, or why it states none."""
    assignments: list[Assignment] = []
    for name, role in _ROLES.items():
        text = cells[name].text.strip() if name in cells else ""
        units, why = names(text, role)
        if why:
            return None, f"“{text}”：{why}"
        assignments += [Assignment(unit, role) for unit in units]
    if not assignments:
        return None, "没有写牵头单位或责任单位"
    year = office.plans[plan].edition.year
    text = cells["deadline"].text.strip() if "deadline" in cells else ""
    deadline = read_deadline(text, year=year, issued_on=desk.today, calendar=desk.calendar)
    day = as_date(cells["due"].text) if "due" in cells else None
    if day is not None:
        deadline = replace(
            read_deadline(day, year=year, calendar=desk.calendar), text=text or day.isoformat()
        )
    elif text and not is_readable(text, year=year, issued_on=desk.today):
        return None, f"完成时限“{text}”算不出日期"
    groups = tuple(each.unit for each in assignments if is_group(each.unit))
    who = Responsibility(tuple(assignments), mode_of(tuple(assignments)), groups)
    said = {name: cells[name].text.strip() for name in ("section", "task", "no") if name in cells}
    place = cells["requirement"].place
    point = WorkPoint(cells["requirement"].text.strip(), responsibility=who, deadline=deadline, place=place)
    return replace(
        point,
        section=said.get("section") or TITLE,
        task=said.get("task", ""),
        no=said.get("no", ""),
    ), ""


def _record(
    desk: Desk, act: Act, plan: str, points: Sequence[WorkPoint], given: Original, done: Typed
) -> list[str]:
    office = act.office()
    held = office.plans[plan]
    stated = Plan(title=TITLE, issued_on=desk.today, year=held.edition.year, work_points=tuple(points))
    old = tuple(point for point in held.points if not point.retired)
    proposal = Proposal(
        How.AMENDMENT, plan, (plan,), old, Matching((), tuple(range(len(points))), tuple(range(len(old))))
    )
    naming = name_units(act, stated, read_book(path_of(desk.folder.root)), today=desk.today)
    done.findings += naming.findings
    source = Source("xlsx", given.name, (), given.sha)
    file = facts.File(given.sha, given.name, "本办", desk.call.now)
    record_edition(act, stated, proposal, naming, Understood(Reading(stated), source, given), [file], {})
    known = {point.id for point in held.points}
    return [point.id for point in act.office().plans[plan].points if point.id not in known]


def _numbered(reading: LedgerReading, row: int, wp: str) -> LedgerReading:
    """The workbook with a typed row under its number; the number itself is still missing in the file."""
    sheet = reading.sheets[Sheet.POINTS]
    changed = replace(
        sheet,
        rows={**sheet.rows, wp: row},
        cells={**sheet.cells, wp: sheet.typed[row]},
        typed={at: cells for at, cells in sheet.typed.items() if at != row},
    )
    return replace(reading, sheets={**reading.sheets, Sheet.POINTS: changed})
