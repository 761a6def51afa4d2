"""What single cells of a 分工核对表 say: names of units, a way to answer, a time limit.

Cells hold what a clerk types, so a name is taken as written; the grammar of clauses only says whether it is one
name, in the role of its column, and whether it is collective:

    >>> unit_names("市教育局、各县（市、区）人民政府")
    (('市教育局', '各县（市、区）人民政府'), '')
    >>> unit_names("市教育局牵头，市财政局配合")
    ((), '“市教育局牵头”带有分工用语')
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace

from tracker.days import day_of
from tracker.grid import ErrorValue, as_text
from tracker.model import Assignment, Deadline, DeadlineKind, Mode, Plan, Responsibility, Role
from tracker.problems.base import Finding
from tracker.problems.reading import BAD_CHOICE, BAD_DAY, BAD_LIMIT, BAD_UNITS, ERROR_CELL
from tracker.reading.clauses import is_group, mode_of, read_responsibility
from tracker.reading.deadlines import is_readable, read_deadline
from tracker.reading.lists import TableRow
from tracker.reading.plan.proof import DUE, ISSUE_DAY, LIMIT, MODE, MODES, UNITS, cell_text
from tracker.workdays import Calendar

# A separator inside brackets belongs to the name.
_NAMES = re.compile(r"(?:[（(【\[][^（）()【】\[\]]*[）)】\]]|[^、，,；;\n（(【\[])+")
_NO_NAME = re.compile(r"[。：:？?!！]|^\d+$|待定|同上|不涉及|^[无/-]+$")
_LONGEST = 40
_COLUMN = {Role.LEAD: "牵头单位", Role.RESPONSIBLE: "责任单位", Role.SUPPORT: "配合单位"}


def text_of(row: TableRow, label: str) -> tuple[str, Finding | None]:
    """The text of a cell, for comparing with what it showed; a formula that failed is told."""
    value = row.cells.get(label)
    if isinstance(value, ErrorValue):
        return "", ERROR_CELL.at(row.places[label], label=label, text=value.code)
    if label in (DUE, ISSUE_DAY) and isinstance(value, (dt.date, dt.datetime)):
        day = day_of(value)
        return (day.isoformat() if day else ""), None
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat(), None
    return cell_text(as_text(value)), None


def unit_names(text: str, role: Role = Role.RESPONSIBLE) -> tuple[tuple[str, ...], str]:
    """The names in a cell of one role, or why they are none."""
    units: list[str] = []
    for piece in (part.strip() for part in _NAMES.findall(text)):
        if not piece:
            continue
        reading = read_responsibility(piece, column=_COLUMN[role])
        if len(reading.assignments) > 1:
            return (), f"“{piece}”像是几个单位"
        if reading.assignments:
            assignment = reading.assignments[0]
            if assignment.role is not role or (
                assignment.unit != piece and assignment.unit + "（" not in piece.replace("(", "（")
            ):
                return (), f"“{piece}”带有分工用语"
            units.append(assignment.unit)
        elif len(piece) > _LONGEST or _NO_NAME.search(piece):
            return (), f"“{piece[:20]}”不是单位名称"
        else:
            units.append(piece)
    return tuple(dict.fromkeys(units)), ""


def corrected_responsibility(
    before: Responsibility, changes: Mapping[str, str], row: TableRow
) -> tuple[Responsibility, list[Finding]]:
    """Who answers after the changed cells of a row; a share that the plan named stays with its unit."""
    findings: list[Finding] = []
    pairs = {(assignment.unit, assignment.role): assignment for assignment in before.assignments}
    now: dict[Role, tuple[str, ...]] = {role: before.names_in(role) for role in Role}
    for label, role in UNITS.items():
        if label not in changes:
            continue
        units, why = unit_names(changes[label], role)
        if why:
            place, text = row.places[label], changes[label]
            findings.append(BAD_UNITS.at(place, label=label, text=text, why=why))
            continue
        now[role] = units
    units_changed = any(now[role] != before.names_in(role) for role in Role)
    assignments = before.assignments
    if units_changed:
        old_assignments = [
            assignment for assignment in before.assignments if assignment.unit in now[assignment.role]
        ]
        fresh = [Assignment(unit, role) for role in Role for unit in now[role] if (unit, role) not in pairs]
        order = {Role.LEAD: 0, Role.RESPONSIBLE: 1, Role.SUPPORT: 2}
        assignments = tuple(
            sorted((*old_assignments, *fresh), key=lambda assignment: order[assignment.role])
            if fresh
            else old_assignments
        )
    mode = before.mode
    if units_changed:
        mode = mode_of(
            assignments,
            joint=before.mode is Mode.JOINTLY and len(before.names_in(Role.LEAD)) < 2,
            severally=before.mode is Mode.EACH,
        )
    if MODE in changes:
        words = {word: mode for mode, word in MODES.items()}
        if changes[MODE] in words:
            mode = words[changes[MODE]]
        elif changes[MODE]:
            place, text = row.places[MODE], changes[MODE]
            findings.append(BAD_CHOICE.at(place, label=MODE, text=text, allowed="、".join(words)))
    groups = tuple(
        dict.fromkeys(
            assignment.unit
            for assignment in assignments
            if assignment.unit in before.groups or is_group(assignment.unit)
        )
    )
    return Responsibility(assignments, mode, groups), findings


def corrected_deadline(
    before: Deadline, changes: Mapping[str, str], row: TableRow, plan: Plan, calendar: Calendar
) -> tuple[Deadline, list[Finding]]:
    """The time limit after a changed 完成时限 or 到期日; a typed day counts as it stands."""
    text = changes.get(LIMIT, before.text)
    limit = before
    year = plan.year or (plan.issued_on.year if plan.issued_on else None)
    readable = True
    if LIMIT in changes:
        limit = read_deadline(text, year=year, issued_on=plan.issued_on, calendar=calendar)
        readable = is_readable(text, year=year or 2024, issued_on=plan.issued_on)
    if not changes.get(DUE):
        if not readable:
            return before, [BAD_LIMIT.at(row.places[LIMIT], text=text)]
        if DUE in changes and LIMIT not in changes:
            # The day was taken out and the words left: they name no day.
            kind = DeadlineKind.NONE if before.kind is DeadlineKind.DATE else before.kind
            limit = replace(before, kind=kind, due=None, workday_due=None)
        return limit, []
    day = day_of(row.cells.get(DUE))
    if day is None:
        place = row.places[DUE]
        return before, [BAD_DAY.at(place, label=DUE, text=changes[DUE])]
    day_limit = read_deadline(day, year=day.year, calendar=calendar)
    if limit.due == day:
        return limit, []
    # The parts that end before the typed day stay, and the last one ends on it.
    parts = [part for part in limit.milestones[:-1] if part.due is None or part.due < day]
    milestones = (*parts, replace(limit.milestones[-1], due=day)) if parts else ()
    return replace(day_limit, text=text or day.isoformat(), milestones=milestones), []
