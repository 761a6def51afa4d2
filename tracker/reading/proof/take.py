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
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from typing import Protocol

from tracker.grid import Grid
from tracker.grid import Source
from tracker.model import Duty
from tracker.model import Group
from tracker.model import Plan
from tracker.model import WorkPoint
from tracker.problems import Finding
from tracker.problems import proofing
from tracker.problems import reading as problems
from tracker.problems.proofing import ProofDamaged
from tracker.reading.answers import as_date
from tracker.reading.captions import BY_WORD
from tracker.reading.drafts import Field
from tracker.reading.labelled import TableRow
from tracker.reading.labelled import find_head
from tracker.reading.labelled import rows_of
from tracker.reading.marks import IDENTITY_SHEET
from tracker.reading.plan import Reading
from tracker.reading.proof import cells as typed
from tracker.reading.proof import pages
from tracker.reading.proof.memory import Remembered
from tracker.reading.proof.memory import is_proof
from tracker.reading.proof.memory import recall
from tracker.workdays import Calendar

_POINTS = (pages.ROW, pages.REQUIREMENT, pages.LIMIT)
_DUTIES = (pages.ROW, pages.WHAT, pages.LIMIT)
_DEADLINE = frozenset((pages.LIMIT, pages.DUE))


class Again(Protocol):
    """Reads the original again as a person corrected it."""

    def __call__(
        self, *, columns: Mapping[str, Field], issued_on: dt.date | None, year: int | None
    ) -> Reading:
        """Read it."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A cell that a person changed: where, of which work point (its place in the original), and both texts."""

    place: str
    of: str
    label: str
    before: str
    after: str


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
    rows = marks_of(source)
    try:
        base = recall(rows)
    except ValueError as error:
        raise ProofDamaged(file=source.name) from error
    taking = _Taking(source, base, again, calendar)
    return taking.result()


class _Taking:
    """One workbook being taken; findings and corrections gather here."""

    def __init__(self, source: Source, base: Remembered, again: Again, calendar: Calendar) -> None:
        self.source = source
        self.base = base
        self.calendar = calendar
        self.unclear: list[Finding] = []
        self.told: list[Finding] = []
        self.corrections: list[Correction] = []
        self.solved: set[tuple[str, str]] = set()
        self.typed: set[str] = set()
        self.about, said = self._about()
        self.columns, corrected = self._columns()
        self.corrected_columns = corrected
        self.reading = Reading(base.plan, base.findings)
        dated = {label for label in (pages.ISSUED, pages.YEAR) if label in said}
        if corrected or dated:
            self.reading = again(
                columns=self.columns if corrected else {},
                issued_on=self.about.issued_on,
                year=self.about.year,
            )
            what = "、".join([*(["栏目对应"] if corrected else []), *sorted(dated)])
            count = len(self.reading.plan.work_points)
            self.told.append(proofing.READ_AGAIN.at(what=what, count=count))

    def result(self) -> Taken:
        points = self._points()
        plan = replace(
            self.about,
            work_points=points,
            duties=self._duties(),
            groups=self._groups(points),
        )
        left = [each for each in self.reading.findings if not self._is_solved(each, plan)]
        return Taken(
            base=self.base,
            plan=plan,
            findings=(*left, *self.told),
            unclear=tuple(self.unclear),
            corrections=tuple(self.corrections),
            columns=self.columns,
            corrected_columns=self.corrected_columns,
            typed=frozenset(self.typed),
        )

    # --- 方案信息 and 栏目对应

    def _about(self) -> tuple[Plan, set[str]]:
        plan = self.base.plan
        shown = pages.about_cells(plan)
        said: dict[str, str] = {}
        for row in self._rows((pages.ITEM, pages.CONTENT)):
            label, text = row.text(pages.ITEM), pages.shown(row.text(pages.CONTENT))
            if label not in shown or text == shown[label] or pages.CONTENT not in row.cells:
                continue
            place = row.places[pages.CONTENT]
            if label == pages.ISSUED and text:
                day = as_date(row.cells[pages.CONTENT])
                if day is None:
                    self.unclear.append(proofing.BAD_DAY.at(place, label=label, text=text))
                    continue
                text = day.isoformat()
                if text == shown[label]:
                    continue
            if label == pages.YEAR and not (text.isdecimal() and len(text) == 4):
                self.unclear.append(proofing.BAD_YEAR.at(place, text=text))
                continue
            said[label] = text
            self.corrections.append(Correction(place, "", label, shown[label], text))
        now = {**shown, **said}
        changed = replace(
            plan,
            title=now[pages.TITLE] if pages.TITLE in said else plan.title,
            number=now[pages.NUMBER] if pages.NUMBER in said else plan.number,
            issuer=now[pages.ISSUER] if pages.ISSUER in said else plan.issuer,
            issued_on=dt.date.fromisoformat(now[pages.ISSUED]) if now[pages.ISSUED] else None,
            year=int(now[pages.YEAR]) if now[pages.YEAR] else None,
        )
        return changed, set(said)

    def _columns(self) -> tuple[dict[str, Field], bool]:
        known = {each.label: each.field for each in self.base.captions}
        said = dict(known)
        for row in self._rows((pages.CAPTION, pages.READ_AS)):
            label, word = row.text(pages.CAPTION), row.text(pages.READ_AS)
            before = next((each for each in self.base.captions if pages.shown(each.label) == label), None)
            if before is None or word == pages.read_as(before) or pages.READ_AS not in row.cells:
                continue
            place = row.places[pages.READ_AS]
            if word not in BY_WORD:
                allowed = "、".join(BY_WORD)
                self.unclear.append(
                    proofing.BAD_CHOICE.at(place, label=pages.READ_AS, text=word, allowed=allowed)
                )
                continue
            said[before.label] = BY_WORD[word]
            self.corrections.append(Correction(place, before.place, label, pages.read_as(before), word))
        return said, said != known

    # --- the work points

    def _points(self) -> tuple[WorkPoint, ...]:
        shown = {pages.row_name(n): point for n, point in enumerate(self.base.plan.work_points)}
        now = list(self.reading.plan.work_points)
        homes = {point.place: n for n, point in enumerate(now)}
        seen: set[str] = set()
        dropped: set[int] = set()
        added: list[tuple[int, WorkPoint]] = []
        last = -1
        grid = self._grid(_POINTS)
        missing = self._missing(grid)
        for row in rows_of(grid, _POINTS) if grid is not None else ():
            key = row.text(pages.ROW)
            if key and key not in shown:
                self.unclear.append(proofing.UNKNOWN_ROW.at(row.places[pages.ROW], row=key))
                continue
            if not key or key in seen:
                if key:
                    self.told.append(proofing.COPIED.at(row.places[pages.ROW], row=key))
                point = self._by_hand(row)
                if point is not None:
                    added.append((last, point))
                continue
            seen.add(key)
            before = shown[key]
            changed = self._changed(row, pages.point_cells(before), missing)
            taken = self._is_taken(row)
            home = homes.get(before.place)
            if home is None:
                if changed:
                    self.unclear.append(
                        proofing.NO_HOME.at(row.places[pages.REQUIREMENT], origin=before.place)
                    )
                continue
            last = home
            if not taken:
                dropped.add(home)
                self._note(row, pages.TAKEN, before.place, "", pages.NOT_TAKEN)
            now[home] = self._corrected(now[home], before, row, changed)
        gone = [key for key in shown if key not in seen]
        if gone:
            some = "、".join(gone[:8]) + ("…" if len(gone) > 8 else "")
            place = grid.name if grid is not None else self.source.name
            self.unclear.append(proofing.ROW_GONE.at(place, count=len(gone), rows=some))
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
        self.told += [proofing.COLUMN_GONE.at(grid.name, label=label) for label in gone]
        return frozenset(gone)

    def _changed(self, row: TableRow, shown: Mapping[str, str], missing: frozenset[str]) -> dict[str, str]:
        """The texts that differ from what the cells showed."""
        found = {}
        for label, before in shown.items():
            if label in missing:
                continue
            text, problem = typed.text_of(row, label)
            if problem is not None:
                self.unclear.append(problem)
            elif text != before:
                found[label] = text
        return found

    def _is_taken(self, row: TableRow) -> bool:
        word = row.text(pages.TAKEN)
        if word in ("", "登记", pages.YES):
            return True
        if word in (pages.NOT_TAKEN, "否", "不"):
            return False
        allowed = f"登记、{pages.NOT_TAKEN}"
        place = row.places[pages.TAKEN]
        self.unclear.append(proofing.BAD_CHOICE.at(place, label=pages.TAKEN, text=word, allowed=allowed))
        return True

    def _corrected(
        self, point: WorkPoint, before: WorkPoint, row: TableRow, changed: Mapping[str, str]
    ) -> WorkPoint:
        shown = pages.point_cells(before)
        for label, text in changed.items():
            self._note(row, label, before.place, shown[label], text)
            self.solved.add((before.place, label))
        point = replace(
            point,
            section=changed.get(pages.SECTION, point.section),
            task=changed.get(pages.TASK, point.task),
            no=changed.get(pages.NO, point.no),
        )
        if pages.REQUIREMENT in changed:
            if changed[pages.REQUIREMENT]:
                point = replace(point, requirement=changed[pages.REQUIREMENT])
            elif self._is_taken(row):
                self.unclear.append(proofing.EMPTIED.at(row.places[pages.REQUIREMENT]))
        who, told = typed.responsibility(point.responsibility, changed, row)
        self.unclear += told
        deadline = point.deadline
        if _DEADLINE & changed.keys():
            deadline, told = typed.deadline(deadline, changed, row, self.about, self.calendar)
            self.unclear += told
        inherited = point.inherited
        if pages.INHERITED in changed:
            inherited = changed[pages.INHERITED] == pages.YES
            if changed[pages.INHERITED] not in ("", pages.YES, "否"):
                place, text = row.places[pages.INHERITED], changed[pages.INHERITED]
                self.unclear.append(
                    proofing.BAD_CHOICE.at(place, label=pages.INHERITED, text=text, allowed=pages.YES)
                )
        elif pages.UNITS.keys() & changed.keys():
            inherited = False
        return replace(point, responsibility=who, deadline=deadline, inherited=inherited)

    def _by_hand(self, row: TableRow) -> WorkPoint | None:
        """An item that a person typed into a row of its own."""
        said = {}
        for label in pages.point_cells(WorkPoint("")):
            text, problem = typed.text_of(row, label)
            if problem is not None:
                self.unclear.append(problem)
            elif text:
                said[label] = text
        if not said or not self._is_taken(row):
            return None
        place = row.places[pages.REQUIREMENT]
        if pages.REQUIREMENT not in said:
            self.unclear.append(proofing.EMPTIED.at(place))
            return None
        blank = WorkPoint(said[pages.REQUIREMENT], place=place)
        self.typed.add(place)
        point = self._corrected(blank, blank, row, said)
        if not point.responsibility.assignments:
            self.told.append(problems.NO_UNIT.at(place))
        return point

    # --- the other sheets

    def _duties(self) -> tuple[Duty, ...]:
        now = list(self.reading.plan.duties)
        base = self.base.plan.duties
        homes = {(duty.place, duty.what): n for n, duty in enumerate(now)}
        names = {pages.duty_name(n): duty for n, duty in enumerate(base)}
        dropped: set[int] = set()
        added: list[Duty] = []
        for row in self._rows(_DUTIES):
            key = row.text(pages.ROW)
            before = names.get(key, Duty(""))
            changed = self._changed(row, pages.duty_cells(before), frozenset())
            if key not in names and not changed:
                continue
            place = row.places[pages.WHAT]
            home = homes.get((before.place, before.what))
            duty = now[home] if home is not None else replace(before, place=before.place or place)
            for label, text in changed.items():
                self._note(row, label, before.place, pages.duty_cells(before)[label], text)
            deadline = duty.deadline
            if _DEADLINE & changed.keys():
                deadline, told = typed.deadline(deadline, changed, row, self.about, self.calendar)
                self.unclear += told
            duty = replace(
                duty,
                what=changed.get(pages.WHAT, duty.what),
                addressee=changed.get(pages.ADDRESSEE, duty.addressee),
                deadline=deadline,
            )
            if not self._is_taken(row) or not duty.what:
                dropped |= {home} if home is not None else set()
            elif home is not None:
                now[home] = duty
            else:
                added.append(duty)
                self.typed |= {duty.place} if key not in names else set()
        return (*(duty for n, duty in enumerate(now) if n not in dropped), *added)

    def _groups(self, points: tuple[WorkPoint, ...]) -> tuple[Group, ...]:
        used = dict.fromkeys(name for point in points for name in point.responsibility.groups)
        known = {each.name: each.members for each in self.reading.plan.groups if each.name in used}
        found: dict[str, tuple[str, ...] | None] = {name: known.get(name) for name in used}
        shown = {each.name: "、".join(each.members or ()) for each in self.base.plan.groups}
        for row in self._rows((pages.NAME, pages.MEMBERS)):
            name = row.text(pages.NAME)
            text, problem = typed.text_of(row, pages.MEMBERS)
            place = row.places[pages.MEMBERS]
            if problem is not None:
                self.unclear.append(problem)
                continue
            if not name or text == pages.shown(shown.get(name, "")):
                continue
            if name not in found:
                self.told.append(proofing.UNUSED_GROUP.at(place, name=name))
                continue
            members, why = typed.names(text)
            if why:
                self.unclear.append(proofing.BAD_UNITS.at(place, label=pages.MEMBERS, text=text, why=why))
                continue
            self.corrections.append(Correction(place, "", f"“{name}”成员", shown.get(name, ""), text))
            found[name] = members or None
        return tuple(Group(name, members) for name, members in found.items())

    def _is_solved(self, finding: Finding, plan: Plan) -> bool:
        about = pages.CELLS_OF.get(finding.code, ())
        if finding.code in ("undefined-group", "missing-annex"):
            open_ = [each for each in plan.groups if each.members is None]
            named = any(f"“{each.name}”" in finding.message for each in open_)
            return not named if finding.code == "undefined-group" else not open_
        if finding.code == "no-year":
            return plan.year is not None and self.base.plan.year is None
        places = {point.place for point in plan.work_points} | self.typed
        if (
            about
            and finding.place
            and finding.place in {p.place for p in self.base.plan.work_points} - places
        ):
            return True  # the row is not to be recorded
        return any((finding.place, label) in self.solved for label in about)

    # --- the workbook

    def _grid(self, labels: tuple[str, ...]) -> Grid | None:
        return next((grid for grid in self.source.grids if find_head(grid, labels)), None)

    def _rows(self, labels: tuple[str, ...]) -> tuple[TableRow, ...]:
        grid = self._grid(labels)
        return tuple(rows_of(grid, labels)) if grid is not None else ()

    def _note(self, row: TableRow, label: str, of: str, before: str, after: str) -> None:
        place = row.places.get(label, "")
        self.corrections.append(Correction(place, of, label, before, after))
