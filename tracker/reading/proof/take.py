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
from tracker.reading.plans.plan import PlanReading
from tracker.reading.proof import cells as typed_cells
from tracker.reading.proof import pages
from tracker.reading.proof.gather import Correction
from tracker.reading.proof.gather import ProofBook
from tracker.reading.proof.lists import take_about
from tracker.reading.proof.lists import take_columns
from tracker.reading.proof.lists import take_duties
from tracker.reading.proof.lists import take_groups
from tracker.reading.proof.memory import ProofMemory
from tracker.reading.proof.memory import is_proof
from tracker.reading.proof.memory import recall
from tracker.reading.sheets.labelled import TableRow
from tracker.reading.sheets.labelled import find_head
from tracker.reading.sheets.labelled import rows_of
from tracker.workdays import Calendar

_POINTS = (pages.ROW, pages.REQUIREMENT, pages.LIMIT)
_DEADLINE = frozenset((pages.LIMIT, pages.DUE))


class Rereading(Protocol):
    """Reads the original again as a person corrected it."""

    def __call__(
        self, *, columns: Mapping[str, Field], issued_on: dt.date | None, year: int | None
    ) -> PlanReading:
        """Read it."""


@dataclass(frozen=True, slots=True)
class ProofReading:
    """What a corrected 分工核对表 says.

    Attributes:
        base: What it was made from.
        plan: The plan with the corrections.
        findings: What is left to be looked at.
        unclear: Cells that could not be understood; the plan holds what was read before in their stead.
        corrections: What was changed.
        columns: What each column of the original is, as the person left it.
        corrected_columns: Whether that differs from what had been understood.
        added_places: Places of items that stand in this workbook and not in the original.
    """

    base: ProofMemory
    plan: Plan
    findings: tuple[Finding, ...]
    unclear: tuple[Finding, ...]
    corrections: tuple[Correction, ...]
    columns: Mapping[str, Field]
    corrected_columns: bool
    added_places: frozenset[str]


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


def take_proof(source: Source, *, again: Rereading, calendar: Calendar) -> ProofReading:
    """Take what a person changed.

    Raises:
        ProofDamaged: when the hidden sheet is gone or spoiled.
    """
    try:
        base = recall(marks_of(source))
    except ValueError as error:
        raise ProofDamaged(file=source.name) from error
    work = ProofBook(source, base, calendar)
    about, about_changes = take_about(work)
    columns, has_new_columns = take_columns(work)
    reading = PlanReading(base.plan, base.findings)
    date_labels = {label for label in (pages.ISSUE_DAY, pages.YEAR) if label in about_changes}
    if has_new_columns or date_labels:
        reading = again(
            columns=columns if has_new_columns else {}, issued_on=about.issued_on, year=about.year
        )
        causes = "、".join([*(["栏目对应"] if has_new_columns else []), *sorted(date_labels)])
        work.told.append(proofing.READ_AGAIN.at(what=causes, count=len(reading.plan.work_points)))
    points = _Points(work, reading, about).take()
    groups, duties = take_groups(work, reading, points), take_duties(work, reading, about)
    plan = replace(about, work_points=points, duties=duties, groups=groups)
    open_findings = [finding for finding in reading.findings if not _is_solved(work, finding, plan)]
    return ProofReading(
        base=base,
        plan=plan,
        findings=(*open_findings, *work.told),
        unclear=tuple(work.unclear),
        corrections=tuple(work.corrections),
        columns=columns,
        corrected_columns=has_new_columns,
        added_places=frozenset(work.typed),
    )


class _Points:
    """The work points of the first sheet."""

    def __init__(self, work: ProofBook, reading: PlanReading, about: Plan) -> None:
        self.work = work
        self.reading = reading
        self.about = about

    def take(self) -> tuple[WorkPoint, ...]:
        """The points as the person left them, in the order of the original, typed ones where they stand."""
        shown_points = {pages.row_name(n): point for n, point in enumerate(self.work.base.plan.work_points)}
        now = list(self.reading.plan.work_points)
        # Of several points in one cell the first is the first again.
        homes = {spot: n for n, spot in enumerate(_spots(now))}
        spots = dict(zip(shown_points, _spots(self.work.base.plan.work_points), strict=True))
        keys: set[str] = set()
        removals: set[int] = set()
        additions: list[tuple[int, WorkPoint]] = []
        last = -1
        grid = self.work.grid(_POINTS)
        missing_labels = self._missing_columns(grid)
        for row in rows_of(grid, _POINTS) if grid is not None else ():
            key = row.text(pages.ROW)
            if key and key not in shown_points:
                self.work.unclear.append(proofing.UNKNOWN_ROW.at(row.places[pages.ROW], row=key))
                continue
            if not key or key in keys:
                if key:
                    self.work.told.append(proofing.COPIED_ROW.at(row.places[pages.ROW], row=key))
                point = self._by_hand(row)
                if point is not None:
                    additions.append((last, point))
                continue
            keys.add(key)
            before = shown_points[key]
            changes = self.work.changes(row, pages.point_cells(before), missing_labels)
            is_recorded = self.work.is_taken(row)
            home = homes.get(spots[key])
            if home is None:
                if changes:
                    self.work.unclear.append(
                        proofing.NO_HOME.at(row.places[pages.REQUIREMENT], origin=before.place)
                    )
                continue
            last = home
            if not is_recorded:
                removals.add(home)
                self.work.note(row, pages.TO_RECORD, before.place, "", pages.NOT_TO_RECORD)
            now[home] = self._correct(now[home], before, row, changes)
        missing_rows = [key for key in shown_points if key not in keys]
        if missing_rows:
            some = "、".join(missing_rows[:8]) + ("…" if len(missing_rows) > 8 else "")
            place = grid.name if grid is not None else self.work.source.name
            self.work.unclear.append(proofing.ROW_GONE.at(place, count=len(missing_rows), rows=some))
        points: list[WorkPoint] = [point for after, point in additions if after == -1]
        for n, point in enumerate(now):
            if n not in removals:
                points.append(point)
            points += [addition for after, addition in additions if after == n]
        return tuple(points)

    def _missing_columns(self, grid: Grid | None) -> frozenset[str]:
        """Columns that a person took out: no statement."""
        if grid is None:
            return frozenset()
        head = find_head(grid, _POINTS)
        columns = head[1] if head else {}
        missing_labels = [label for label in pages.point_cells(WorkPoint("")) if label not in columns]
        self.work.told += [proofing.COLUMN_GONE.at(grid.name, label=label) for label in missing_labels]
        return frozenset(missing_labels)

    def _correct(
        self, point: WorkPoint, before: WorkPoint, row: TableRow, changes: Mapping[str, str]
    ) -> WorkPoint:
        texts = pages.point_cells(before)
        for label, text in changes.items():
            self.work.note(row, label, before.place, texts[label], text)
            self.work.solved.add((before.place, label))
        point = replace(
            point,
            section=changes.get(pages.SECTION, point.section),
            task=changes.get(pages.TASK, point.task),
            no=changes.get(pages.NO, point.no),
        )
        if pages.REQUIREMENT in changes:
            if changes[pages.REQUIREMENT]:
                point = replace(point, requirement=changes[pages.REQUIREMENT])
            elif self.work.is_taken(row):
                self.work.unclear.append(proofing.EMPTIED.at(row.places[pages.REQUIREMENT]))
        who, findings = typed_cells.corrected_responsibility(point.responsibility, changes, row)
        self.work.unclear += findings
        deadline = point.deadline
        if _DEADLINE & changes.keys():
            deadline, findings = typed_cells.corrected_deadline(
                deadline, changes, row, self.about, self.work.calendar
            )
            self.work.unclear += findings
        is_continued = point.inherited
        if pages.SAME_AS_ABOVE in changes:
            is_continued = changes[pages.SAME_AS_ABOVE] == pages.YES
            if changes[pages.SAME_AS_ABOVE] not in ("", pages.YES, "否"):
                place, text = row.places[pages.SAME_AS_ABOVE], changes[pages.SAME_AS_ABOVE]
                self.work.unclear.append(
                    proofing.BAD_CHOICE.at(place, label=pages.SAME_AS_ABOVE, text=text, allowed=pages.YES)
                )
        elif pages.UNITS.keys() & changes.keys():
            is_continued = False
        return replace(point, responsibility=who, deadline=deadline, inherited=is_continued)

    def _by_hand(self, row: TableRow) -> WorkPoint | None:
        """An item that a person typed into a row of its own."""
        texts = {}
        for label in pages.point_cells(WorkPoint("")):
            text, problem = typed_cells.text_of(row, label)
            if problem is not None:
                self.work.unclear.append(problem)
            elif text:
                texts[label] = text
        if not texts or not self.work.is_taken(row):
            return None
        place = row.places[pages.REQUIREMENT]
        if pages.REQUIREMENT not in texts:
            self.work.unclear.append(proofing.EMPTIED.at(place))
            return None
        blank = WorkPoint(texts[pages.REQUIREMENT], place=place)
        self.work.typed.add(place)
        point = self._correct(blank, blank, row, texts)
        if not point.responsibility.assignments:
            self.work.told.append(problems.NO_UNIT.at(place))
        return point


def _spots(points: Sequence[WorkPoint]) -> list[tuple[str, int]]:
    """Where each point stands, and the which one of that place it is."""
    counts: Counter[str] = Counter()
    spots = []
    for point in points:
        spots.append((point.place, counts[point.place]))
        counts[point.place] += 1
    return spots


def _is_solved(work: ProofBook, finding: Finding, plan: Plan) -> bool:
    about = pages.CELLS_OF.get(finding.code, ())
    if finding.code in ("undefined-group", "missing-annex"):
        open_ = [group for group in plan.groups if group.members is None]
        is_named = any(f"“{group.name}”" in finding.message for group in open_)
        return not is_named if finding.code == "undefined-group" else not open_
    if finding.code == "no-year":
        return plan.year is not None and work.base.plan.year is None
    places = {point.place for point in plan.work_points} | work.typed
    if about and finding.place and finding.place in {p.place for p in work.base.plan.work_points} - places:
        return True  # the row is not to be recorded
    return any((finding.place, label) in work.solved for label in about)
