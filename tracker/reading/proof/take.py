"""Taking back a 分工核对表: what a person changed in it, applied to the plan as it was read.

    1. the hidden sheet says what was shown; a cell that shows it still is no statement
    2. 栏目对应, 印发日期 and 年度, where they were changed, ask for the original to be read again with them
    3. every other changed cell replaces what was understood of its own work point, found by its 核对号
    4. a row without 核对号 is an item typed by hand; its place is its own cell here
    5. what was to be looked at and has been put right is no finding any more

A cell that cannot be understood is a finding at its cell, and what was read before stays in its stead: the step
records nothing then unless a person insists. A row that is gone says nothing for certain, so it is one, too.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from typing import Protocol

from tracker.grid import Grid
from tracker.grid import Source
from tracker.model import Plan
from tracker.model import WorkPoint
from tracker.problems import Finding
from tracker.problems import proofing
from tracker.problems import reading as problems
from tracker.problems.proofing import ProofDamaged
from tracker.reading.marks import IDENTITY_SHEET
from tracker.reading.plans.drafts import Field
from tracker.reading.plans.plan import Reading
from tracker.reading.proof import cells as typed_cells
from tracker.reading.proof import pages
from tracker.reading.proof.gather import Correction
from tracker.reading.proof.gather import Gather
from tracker.reading.proof.lists import take_about
from tracker.reading.proof.lists import take_columns
from tracker.reading.proof.lists import take_duties
from tracker.reading.proof.lists import take_groups
from tracker.reading.proof.memory import Remembered
from tracker.reading.proof.memory import is_proof
from tracker.reading.proof.memory import recall
from tracker.reading.sheets.labelled import TableRow
from tracker.reading.sheets.labelled import find_head
from tracker.reading.sheets.labelled import rows_of
from tracker.workdays import Calendar

_POINTS = (pages.ROW, pages.REQUIREMENT, pages.LIMIT)
_DEADLINE = frozenset((pages.LIMIT, pages.DUE))


class Again(Protocol):
    """Reads the original again as a person corrected it."""

    def __call__(
        self, *, columns: Mapping[str, Field], issued_on: dt.date | None, year: int | None
    ) -> Reading:
        """Read it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a corrected 分工核对表 says.

    Attributes:
        base: What it was made from.
        plan: The plan with the corrections.
        findings: What is left to be looked at.
        unclear: Cells that could not be understood; the plan holds what was read before in their stead.
        corrections: What was changed.
        columns: What each column of the original is, as the person left it.
        corrected_columns: Whether that differs from what had been understood.
        typed: Places of items that stand in this workbook and not in the original.
    """

    base: Remembered
    plan: Plan
    findings: tuple[Finding, ...]
    unclear: tuple[Finding, ...]
    corrections: tuple[Correction, ...]
    columns: Mapping[str, Field]
    corrected_columns: bool
    typed: frozenset[str]


def marks_of(source: Source) -> tuple[tuple[str, str], ...]:
    """What the hidden sheet of a workbook of ours holds."""
    return tuple(
        (grid.text(row, 0), grid.text(row, 1))
        for grid in source.grids
        if grid.name == IDENTITY_SHEET
        for row in range(grid.height)
    )


def is_proof_book(source: Source) -> bool:
    """Whether a file is a 分工核对表, told by what it holds and never by its name."""
    return is_proof(dict(marks_of(source))) or any(
        find_head(grid, (pages.ROW, pages.SOURCE_TEXT, pages.LOOK)) for grid in source.grids
    )


def take_proof(source: Source, *, again: Again, calendar: Calendar) -> Taken:
    """Take what a person changed.

    Raises:
        ProofDamaged: when the hidden sheet is gone or spoiled.
    """
    try:
        base = recall(marks_of(source))
    except ValueError as error:
        raise ProofDamaged(file=source.name) from error
    work = Gather(source, base, calendar)
    about, said = take_about(work)
    columns, corrected = take_columns(work)
    reading = Reading(base.plan, base.findings)
    dated = {label for label in (pages.ISSUED, pages.YEAR) if label in said}
    if corrected or dated:
        reading = again(columns=columns if corrected else {}, issued_on=about.issued_on, year=about.year)
        what = "、".join([*(["栏目对应"] if corrected else []), *sorted(dated)])
        work.told.append(proofing.READ_AGAIN.at(what=what, count=len(reading.plan.work_points)))
    points = _Points(work, reading, about).take()
    groups, duties = take_groups(work, reading, points), take_duties(work, reading, about)
    plan = replace(about, work_points=points, duties=duties, groups=groups)
    left = [each for each in reading.findings if not _is_solved(work, each, plan)]
    return Taken(
        base=base,
        plan=plan,
        findings=(*left, *work.told),
        unclear=tuple(work.unclear),
        corrections=tuple(work.corrections),
        columns=columns,
        corrected_columns=corrected,
        typed=frozenset(work.typed),
    )


class _Points:
    """The work points of the first sheet."""

    def __init__(self, work: Gather, reading: Reading, about: Plan) -> None:
        self.work = work
        self.reading = reading
        self.about = about

    def take(self) -> tuple[WorkPoint, ...]:
        """The points as the person left them, in the order of the original, typed ones where they stand."""
        shown = {pages.row_name(n): point for n, point in enumerate(self.work.base.plan.work_points)}
        now = list(self.reading.plan.work_points)
        # Of several points in one cell the first is the first again.
        homes = {spot: n for n, spot in enumerate(_spots(now))}
        spots = dict(zip(shown, _spots(self.work.base.plan.work_points), strict=True))
        seen: set[str] = set()
        dropped: set[int] = set()
        added: list[tuple[int, WorkPoint]] = []
        last = -1
        grid = self.work.grid(_POINTS)
        missing = self._missing(grid)
        for row in rows_of(grid, _POINTS) if grid is not None else ():
            key = row.text(pages.ROW)
            if key and key not in shown:
                self.work.unclear.append(proofing.UNKNOWN_ROW.at(row.places[pages.ROW], row=key))
                continue
            if not key or key in seen:
                if key:
                    self.work.told.append(proofing.COPIED.at(row.places[pages.ROW], row=key))
                point = self._by_hand(row)
                if point is not None:
                    added.append((last, point))
                continue
            seen.add(key)
            before = shown[key]
            changed = self.work.changed(row, pages.point_cells(before), missing)
            taken = self.work.is_taken(row)
            home = homes.get(spots[key])
            if home is None:
                if changed:
                    self.work.unclear.append(
                        proofing.NO_HOME.at(row.places[pages.REQUIREMENT], origin=before.place)
                    )
                continue
            last = home
            if not taken:
                dropped.add(home)
                self.work.note(row, pages.TAKEN, before.place, "", pages.NOT_TAKEN)
            now[home] = self._corrected(now[home], before, row, changed)
        gone = [key for key in shown if key not in seen]
        if gone:
            some = "、".join(gone[:8]) + ("…" if len(gone) > 8 else "")
            place = grid.name if grid is not None else self.work.source.name
            self.work.unclear.append(proofing.ROW_GONE.at(place, count=len(gone), rows=some))
        found: list[WorkPoint] = [point for after, point in added if after == -1]
        for n, point in enumerate(now):
            if n not in dropped:
                found.append(point)
            found += [each for after, each in added if after == n]
        return tuple(found)

    def _missing(self, grid: Grid | None) -> frozenset[str]:
        """Columns that a person took out: no statement."""
        if grid is None:
            return frozenset()
        head = find_head(grid, _POINTS)
        columns = head[1] if head else {}
        gone = [label for label in pages.point_cells(WorkPoint("")) if label not in columns]
        self.work.told += [proofing.COLUMN_GONE.at(grid.name, label=label) for label in gone]
        return frozenset(gone)

    def _corrected(
        self, point: WorkPoint, before: WorkPoint, row: TableRow, changed: Mapping[str, str]
    ) -> WorkPoint:
        shown = pages.point_cells(before)
        for label, text in changed.items():
            self.work.note(row, label, before.place, shown[label], text)
            self.work.solved.add((before.place, label))
        point = replace(
            point,
            section=changed.get(pages.SECTION, point.section),
            task=changed.get(pages.TASK, point.task),
            no=changed.get(pages.NO, point.no),
        )
        if pages.REQUIREMENT in changed:
            if changed[pages.REQUIREMENT]:
                point = replace(point, requirement=changed[pages.REQUIREMENT])
            elif self.work.is_taken(row):
                self.work.unclear.append(proofing.EMPTIED.at(row.places[pages.REQUIREMENT]))
        who, told = typed_cells.responsibility(point.responsibility, changed, row)
        self.work.unclear += told
        deadline = point.deadline
        if _DEADLINE & changed.keys():
            deadline, told = typed_cells.deadline(deadline, changed, row, self.about, self.work.calendar)
            self.work.unclear += told
        inherited = point.inherited
        if pages.INHERITED in changed:
            inherited = changed[pages.INHERITED] == pages.YES
            if changed[pages.INHERITED] not in ("", pages.YES, "否"):
                place, text = row.places[pages.INHERITED], changed[pages.INHERITED]
                self.work.unclear.append(
                    proofing.BAD_CHOICE.at(place, label=pages.INHERITED, text=text, allowed=pages.YES)
                )
        elif pages.UNITS.keys() & changed.keys():
            inherited = False
        return replace(point, responsibility=who, deadline=deadline, inherited=inherited)

    def _by_hand(self, row: TableRow) -> WorkPoint | None:
        """An item that a person typed into a row of its own."""
        said = {}
        for label in pages.point_cells(WorkPoint("")):
            text, problem = typed_cells.text_of(row, label)
            if problem is not None:
                self.work.unclear.append(problem)
            elif text:
                said[label] = text
        if not said or not self.work.is_taken(row):
            return None
        place = row.places[pages.REQUIREMENT]
        if pages.REQUIREMENT not in said:
            self.work.unclear.append(proofing.EMPTIED.at(place))
            return None
        blank = WorkPoint(said[pages.REQUIREMENT], place=place)
        self.work.typed.add(place)
        point = self._corrected(blank, blank, row, said)
        if not point.responsibility.assignments:
            self.work.told.append(problems.NO_UNIT.at(place))
        return point


def _spots(points: Sequence[WorkPoint]) -> list[tuple[str, int]]:
    """Where each point stands, and the which one of that place it is."""
    seen: Counter[str] = Counter()
    found = []
    for point in points:
        found.append((point.place, seen[point.place]))
        seen[point.place] += 1
    return found


def _is_solved(work: Gather, finding: Finding, plan: Plan) -> bool:
    about = pages.CELLS_OF.get(finding.code, ())
    if finding.code in ("undefined-group", "missing-annex"):
        open_ = [each for each in plan.groups if each.members is None]
        named = any(f"“{each.name}”" in finding.message for each in open_)
        return not named if finding.code == "undefined-group" else not open_
    if finding.code == "no-year":
        return plan.year is not None and work.base.plan.year is None
    places = {point.place for point in plan.work_points} | work.typed
    if about and finding.place and finding.place in {p.place for p in work.base.plan.work_points} - places:
        return True  # the row is not to be recorded
    return any((finding.place, label) in work.solved for label in about)
