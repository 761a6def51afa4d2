"""台账/事项调整.xlsx taken in: 延期, 终止, 销号 and 恢复 that were granted become facts; 编号 goes back into the sheet.

Facts first, then the file: a run that was killed between, or that found the workbook open, records nothing twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tracker import facts
from tracker.applications import AdjustmentKind, AdjustmentRow, Verdict
from tracker.files.ledger import Act
from tracker.files.safe import owner, safe_write, strays
from tracker.formats.books import ListBook, lay_out_adjustments, read_adjustments
from tracker.formats.patch import Edit, patch
from tracker.problems.base import Finding
from tracker.problems.chase import ASKED_LATE, NO_APPROVER, NOT_ITS_UNIT, UNKNOWN_POINT, WHOLE_POINT
from tracker.rules.office import Office, Point
from tracker.rules.plans import facts_of, number_rows, requests_of, successor
from tracker.steps.desk import Desk, keep_original, open_list
from tracker.values import dataclass

NAME = "台账/事项调整.xlsx"


@dataclass(frozen=True)
class AdjustmentIntake:
    """What the workbook said: rows with their numbers, findings, and how many facts it gave."""

    book: ListBook[AdjustmentRow]
    rows: tuple[AdjustmentRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    count: int = 0


def take_in_adjustments(desk: Desk) -> AdjustmentIntake:
    """Record what was decided since, in an act of its own, and write the numbers of new rows."""
    book, data = open_adjustments(desk)
    with desk.act("adjust") as act:
        intake = record_adjustments(desk, act, book, data)
    complete_adjustments(desk, intake, data)
    return intake


def open_adjustments(desk: Desk) -> tuple[ListBook[AdjustmentRow], bytes]:
    """The workbook and its bytes; no bytes where there is none."""
    path = _path(desk)
    if not path.exists():
        return ListBook[AdjustmentRow](findings=tuple(strays(path))), b""
    source = open_list(desk.folder.root, path)
    data = path.read_bytes()
    book = read_adjustments(source)
    return replace(book, findings=(*book.findings, *strays(path))), data


def record_adjustments(desk: Desk, act: Act, book: ListBook[AdjustmentRow], data: bytes) -> AdjustmentIntake:
    """Record inside an act what the ledger does not know yet."""
    office = act.office()
    rows, findings = _usable(desk, office, book.rows)
    rows = number_rows(office, rows)
    count, places = _record(desk, act, office, rows, book, data)
    # How a row was understood is told when it becomes facts, not at each run.
    notes = [note for row in rows if row.place in places for note in row.notes]
    return AdjustmentIntake(book, rows, (*book.findings, *findings, *notes), count)


def complete_adjustments(desk: Desk, intake: AdjustmentIntake, data: bytes) -> None:
    """Write the numbers of new rows where nobody has the workbook open; lay an empty one out where there is none."""
    path = _path(desk)
    if desk.call.dry_run:
        return
    if not data:
        path.parent.mkdir(parents=True, exist_ok=True)
        safe_write(path, lay_out_adjustments(), now=desk.call.now)
        return
    edits = _numbers(intake.book, intake.rows)
    if edits and owner(path) is None:
        safe_write(path, patch(data, edits, name=path.name), expect=intake.book.sha, now=desk.call.now)


def _path(desk: Desk) -> Path:
    return desk.folder.path(*NAME.split("/"))


def _record(
    desk: Desk,
    act: Act,
    office: Office,
    rows: Sequence[AdjustmentRow],
    book: ListBook[AdjustmentRow],
    data: bytes,
) -> tuple[int, set[str]]:
    """Record what is new; how many decisions that is, and the places of the rows."""
    sha = book.sha
    new: list[tuple[facts.Event | facts.Cell, str]] = list(facts_of(office, rows, desk.today))
    count = len(new)
    if book.sheet:
        new += requests_of(office, rows, desk.today)
    if new:
        keep_original(desk, act, data, NAME, sha)
    for fact, place in new:
        act.add(fact, file=sha, place=place)
    return count, {place for _, place in new}


def _usable(
    desk: Desk, office: Office, rows: Sequence[AdjustmentRow]
) -> tuple[tuple[AdjustmentRow, ...], tuple[Finding, ...]]:
    points = {point.id: point for point in office.points}
    usable_rows, findings = [], []
    for row in rows:
        point = points.get(row.point_id) or points.get(_with_zeros(row.point_id))
        if point is None:
            findings.append(UNKNOWN_POINT.at(row.place, text=row.point_id))
            continue
        row = replace(row, point_id=point.id)
        if row.only and row.kind is not AdjustmentKind.EXTEND:
            findings.append(WHOLE_POINT.at(row.place, kind=row.kind.value))
            continue
        units = {name: _unit_of(desk, office, point, name) for name in row.only}
        if not all(units.values()):
            text = "、".join(name for name, unit in units.items() if not unit)
            findings.append(NOT_ITS_UNIT.at(row.place, text=text, wp=row.point_id))
            continue
        row = replace(row, only=tuple(units.values()))
        usable_rows.append(row)
        if row.verdict is Verdict.GRANTED and not row.by:
            findings.append(NO_APPROVER.at(row.place, wp=row.point_id, kind=row.kind.value))
        due, is_extension = (
            point.deadline.due,
            row.verdict is Verdict.GRANTED and row.kind is AdjustmentKind.EXTEND,
        )
        if is_extension and due and row.asked_on and row.asked_on > due:
            findings.append(ASKED_LATE.at(row.place, wp=row.point_id, due=due.isoformat()))
    return tuple(usable_rows), tuple(findings)


def _unit_of(desk: Desk, office: Office, point: Point, name: str) -> str:
    """The unit of a point that a name means, under whatever name it had or has; empty for none."""
    named_units = {
        unit.unit for unit in office.units.values() for unit_name in unit.names if unit_name.name == name
    }
    return next(
        (
            unit
            for unit in point.units()
            if unit in named_units or successor(office, unit, desk.today) in named_units
        ),
        "",
    )


def _with_zeros(point_id: str) -> str:
    """An id whose number somebody typed without its zeros.

    >>> _with_zeros("P1-3"), _with_zeros("P1-003"), _with_zeros("第3项")
    ('P1-003', 'P1-003', '第3项')
    """
    plan, dash, number = point_id.rpartition("-")
    return f"{plan}-{number:0>3}" if dash and number.isdecimal() else point_id


def _numbers(book: ListBook[AdjustmentRow], rows: Sequence[AdjustmentRow]) -> list[Edit]:
    stood = {row.row: row.n for row in book.rows}
    return [
        Edit(book.sheet, row.row, book.columns["编号"], str(row.n)) for row in rows if stood[row.row] != row.n
    ]
