"""Taking back a 分工核对表: what a person changed in it, applied to the plan as it was read.

    1. the hidden sheet says what was shown; a cell that shows it still is no statement
    2. 栏目对应, 印发日期 and 年度, where they were changed, ask for the original to be read again with them
    3. every other changed cell replaces what was understood of its own work point, found by its 核对号
    4. a row without 核对号 is an item typed by hand; its place is its own cell here
    5. what was to be looked at and has been put right is no finding any more

A cell that cannot be understood is a finding at its cell, and what was read before stays in its stead: the step
records nothing then unless a person insists. A row that is gone says nothing for certain, so it is one, too.

The smaller sheets (方案信息, 栏目对应, 来文要求, 统称及成员) are taken back in the same way.

**Single cells** say names of units, a way to answer, a time limit. They hold what a clerk types, so a name is taken as written; the grammar of clauses only says whether it is one
name, in the role of its column, and whether it is collective:

    >>> unit_names("市教育局、各县（市、区）人民政府")
    (('市教育局', '各县（市、区）人民政府'), '')
    >>> unit_names("市教育局牵头，市财政局配合")
    ((), '“市教育局牵头”带有分工用语')
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from tracker import patterns as re
from tracker.days import day_of
from tracker.formats.books.answers import IDENTITY_SHEET, TableRow, find_head, rows_of
from tracker.formats.books.memory import BY_WORD, ProofMemory, is_proof, recall
from tracker.formats.books.proof import (
    CELLS_OF,
    MODES,
    UNITS,
    Label,
    about_cells,
    cell_text,
    duty_cells,
    duty_name,
    point_cells,
    read_as,
    row_name,
)
from tracker.grid import ErrorValue, Grid, Source, as_text
from tracker.model import (
    Assignment,
    Deadline,
    DeadlineKind,
    Duty,
    Group,
    Mode,
    Plan,
    Responsibility,
    Role,
    WorkPoint,
)
from tracker.problems.base import Finding
from tracker.problems.reading import (
    BAD_CHOICE,
    BAD_DAY,
    BAD_LIMIT,
    BAD_UNITS,
    BAD_YEAR,
    COLUMN_GONE,
    COPIED_ROW,
    EMPTIED,
    ERROR_CELL,
    NO_HOME,
    NO_UNIT,
    READ_AGAIN,
    ROW_GONE,
    UNKNOWN_ROW,
    UNUSED_GROUP,
    ProofDamaged,
)
from tracker.reading.clauses import is_group, mode_of, read_responsibility
from tracker.reading.deadlines import read_deadline, understand
from tracker.reading.plan import PlanReading
from tracker.reading.tables import Field
from tracker.values import dataclass
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
    if label in (Label.DUE, Label.ISSUE_DAY) and isinstance(value, (dt.date, dt.datetime)):
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
    if Label.MODE in changes:
        words = {word: mode for mode, word in MODES.items()}
        if changes[Label.MODE] in words:
            mode = words[changes[Label.MODE]]
        elif changes[Label.MODE]:
            place, text = row.places[Label.MODE], changes[Label.MODE]
            findings.append(BAD_CHOICE.at(place, label=Label.MODE, text=text, allowed="、".join(words)))
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
    text = changes.get(Label.LIMIT, before.text)
    limit = before
    year = plan.year or (plan.issued_on.year if plan.issued_on else None)
    is_readable = True
    if Label.LIMIT in changes:
        reading = understand(text, year=year, issued_on=plan.issued_on, calendar=calendar)
        limit, is_readable = reading.deadline, not reading.unreadable
    if not changes.get(Label.DUE):
        if not is_readable:
            return before, [BAD_LIMIT.at(row.places[Label.LIMIT], text=text)]
        if Label.DUE in changes and Label.LIMIT not in changes:
            # The day was taken out and the words left: they name no day.
            kind = DeadlineKind.NONE if before.kind is DeadlineKind.DATE else before.kind
            limit = replace(before, kind=kind, due=None, workday_due=None)
        return limit, []
    day = day_of(row.cells.get(Label.DUE))
    if day is None:
        place = row.places[Label.DUE]
        return before, [BAD_DAY.at(place, label=Label.DUE, text=changes[Label.DUE])]
    day_limit = read_deadline(day, year=day.year, calendar=calendar)
    if limit.due == day:
        return limit, []
    # The parts that end before the typed day stay, and the last one ends on it.
    parts = [part for part in limit.milestones[:-1] if part.due is None or part.due < day]
    milestones = (*parts, replace(limit.milestones[-1], due=day)) if parts else ()
    return replace(day_limit, text=text or day.isoformat(), milestones=milestones), []


@dataclass(frozen=True, slots=True)
class Correction:
    """A cell that a person changed: where, of which work point (its place in the original), and both texts."""

    place: str
    of: str
    label: str
    before: str
    after: str


class ProofBook:
    """A workbook, its base, and what gathers while it is taken.

    Attributes:
        unclear: Cells that nobody understands.
        told: What a person should look at all the same.
        corrections: What was changed.
        solved: Place in the original and label of every cell that was put right.
        typed: Places of items that stand in the workbook itself.
    """

    def __init__(self, source: Source, base: ProofMemory, calendar: Calendar) -> None:
        self.source = source
        self.base = base
        self.calendar = calendar
        self.unclear: list[Finding] = []
        self.told: list[Finding] = []
        self.corrections: list[Correction] = []
        self.solved: set[tuple[str, str]] = set()
        self.typed: set[str] = set()

    def grid(self, labels: tuple[str, ...]) -> Grid | None:
        """The sheet whose head holds these labels, wherever it is now."""
        return next((grid for grid in self.source.grids if find_head(grid, labels)), None)

    def rows(self, labels: tuple[str, ...]) -> tuple[TableRow, ...]:
        """The rows below that head."""
        grid = self.grid(labels)
        return tuple(rows_of(grid, labels)) if grid is not None else ()

    def changes(
        self, row: TableRow, texts: Mapping[str, str], missing_labels: frozenset[str]
    ) -> dict[str, str]:
        """The texts that differ from what the cells showed."""
        changes = {}
        for label, before in texts.items():
            if label in missing_labels:
                continue
            text, problem = text_of(row, label)
            if problem is not None:
                self.unclear.append(problem)
            elif text != before:
                changes[label] = text
        return changes

    def is_taken(self, row: TableRow) -> bool:
        """Whether the row is to be recorded; 是否登记 says so."""
        word = row.text(Label.TO_RECORD)
        if word in ("", "登记", Label.YES):
            return True
        if word in (Label.NOT_TO_RECORD, "否", "不"):
            return False
        words = f"登记、{Label.NOT_TO_RECORD}"
        place = row.places[Label.TO_RECORD]
        self.unclear.append(BAD_CHOICE.at(place, label=Label.TO_RECORD, text=word, allowed=words))
        return True

    def note(self, row: TableRow, label: str, of: str, before: str, after: str) -> None:
        """Remember a changed cell."""
        place = row.places.get(label, "")
        self.corrections.append(Correction(place, of, label, before, after))


_DUTIES = (Label.ROW, Label.WHAT, Label.LIMIT)
_TIME_LABELS = frozenset((Label.LIMIT, Label.DUE))


def take_about(work: ProofBook) -> tuple[Plan, set[str]]:
    """方案信息 as the person left it, and the labels that were changed."""
    plan = work.base.plan
    texts = about_cells(plan)
    changes: dict[str, str] = {}
    for row in work.rows((Label.ITEM, Label.CONTENT)):
        label, text = row.text(Label.ITEM), cell_text(row.text(Label.CONTENT))
        if label not in texts or text == texts[label] or Label.CONTENT not in row.cells:
            continue
        place = row.places[Label.CONTENT]
        if label == Label.ISSUE_DAY and text:
            day = day_of(row.cells[Label.CONTENT])
            if day is None:
                work.unclear.append(BAD_DAY.at(place, label=label, text=text))
                continue
            text = day.isoformat()
            if text == texts[label]:
                continue
        if label == Label.YEAR and not (text.isdecimal() and len(text) == 4):
            work.unclear.append(BAD_YEAR.at(place, text=text))
            continue
        changes[label] = text
        work.corrections.append(Correction(place, "", label, texts[label], text))
    now = {**texts, **changes}
    new_plan = replace(
        plan,
        title=now[Label.TITLE] if Label.TITLE in changes else plan.title,
        number=now[Label.NUMBER] if Label.NUMBER in changes else plan.number,
        issuer=now[Label.ISSUER] if Label.ISSUER in changes else plan.issuer,
        issued_on=dt.date.fromisoformat(now[Label.ISSUE_DAY]) if now[Label.ISSUE_DAY] else None,
        year=int(now[Label.YEAR]) if now[Label.YEAR] else None,
    )
    return new_plan, set(changes)


def take_columns(work: ProofBook) -> tuple[dict[str, Field], bool]:
    """栏目对应 as the person left it, and whether that differs from what had been understood."""
    fields = {caption.label: caption.field for caption in work.base.captions}
    new_fields = dict(fields)
    for row in work.rows((Label.CAPTION, Label.READ_AS)):
        label, word = row.text(Label.CAPTION), row.text(Label.READ_AS)
        before = next((caption for caption in work.base.captions if cell_text(caption.label) == label), None)
        if before is None or word == read_as(before) or Label.READ_AS not in row.cells:
            continue
        place = row.places[Label.READ_AS]
        if word not in BY_WORD:
            words = "、".join(BY_WORD)
            work.unclear.append(BAD_CHOICE.at(place, label=Label.READ_AS, text=word, allowed=words))
            continue
        new_fields[before.label] = BY_WORD[word]
        work.corrections.append(Correction(place, before.place, label, read_as(before), word))
    return new_fields, new_fields != fields


def take_duties(work: ProofBook, reading: PlanReading, about: Plan) -> tuple[Duty, ...]:
    """来文要求 as the person left it."""
    now = list(reading.plan.duties)
    base = work.base.plan.duties
    homes = {(duty.place, duty.what, duty.logbook): n for n, duty in enumerate(now)}
    names = {duty_name(n): duty for n, duty in enumerate(base)}
    removals: set[int] = set()
    additions: list[Duty] = []
    for row in work.rows(_DUTIES):
        key = row.text(Label.ROW)
        before = names.get(key, Duty(""))
        changes = work.changes(row, duty_cells(before), frozenset({Label.LOGBOOK} - row.columns.keys()))
        if key not in names and not changes:
            continue
        place = row.places[Label.WHAT]
        home = homes.get((before.place, before.what, before.logbook))
        duty = now[home] if home is not None else replace(before, place=before.place or place)
        for label, text in changes.items():
            work.note(row, label, before.place, duty_cells(before)[label], text)
        deadline = duty.deadline
        if _TIME_LABELS & changes.keys():
            deadline, findings = corrected_deadline(deadline, changes, row, about, work.calendar)
            work.unclear += findings
        duty = replace(
            duty,
            what=changes.get(Label.WHAT, duty.what),
            addressee=changes.get(Label.ADDRESSEE, duty.addressee),
            deadline=deadline,
            logbook=changes.get(Label.LOGBOOK, duty.logbook),
        )
        if not work.is_taken(row) or not duty.what:
            removals |= {home} if home is not None else set()
        elif home is not None:
            now[home] = duty
        else:
            additions.append(duty)
            work.typed |= {duty.place} if key not in names else set()
    return (*(duty for n, duty in enumerate(now) if n not in removals), *additions)


def take_groups(work: ProofBook, reading: PlanReading, points: Sequence[WorkPoint]) -> tuple[Group, ...]:
    """The collective names that the points use, with the members of 统称及成员."""
    group_names = dict.fromkeys(name for point in points for name in point.responsibility.groups)
    members_before = {group.name: group.members for group in reading.plan.groups if group.name in group_names}
    members_now: dict[str, tuple[str, ...] | None] = {name: members_before.get(name) for name in group_names}
    texts = {group.name: "、".join(group.members or ()) for group in work.base.plan.groups}
    for row in work.rows((Label.NAME, Label.MEMBERS)):
        name = row.text(Label.NAME)
        text, problem = text_of(row, Label.MEMBERS)
        place = row.places[Label.MEMBERS]
        if problem is not None:
            work.unclear.append(problem)
            continue
        if not name or text == cell_text(texts.get(name, "")):
            continue
        if name not in members_now:
            work.told.append(UNUSED_GROUP.at(place, name=name))
            continue
        members, why = unit_names(text)
        if why:
            work.unclear.append(BAD_UNITS.at(place, label=Label.MEMBERS, text=text, why=why))
            continue
        work.corrections.append(Correction(place, "", f"“{name}”成员", texts.get(name, ""), text))
        members_now[name] = members or None
    return tuple(Group(name, members) for name, members in members_now.items())


_POINTS = (Label.ROW, Label.REQUIREMENT, Label.LIMIT)
_DEADLINE = frozenset((Label.LIMIT, Label.DUE))


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
        find_head(grid, (Label.ROW, Label.SOURCE_TEXT, Label.LOOK)) for grid in source.grids
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
    date_labels = {label for label in (Label.ISSUE_DAY, Label.YEAR) if label in about_changes}
    if has_new_columns or date_labels:
        reading = again(
            columns=columns if has_new_columns else {}, issued_on=about.issued_on, year=about.year
        )
        causes = "、".join([*(["栏目对应"] if has_new_columns else []), *sorted(date_labels)])
        work.told.append(READ_AGAIN.at(what=causes, count=len(reading.plan.work_points)))
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
        shown_points = {row_name(n): point for n, point in enumerate(self.work.base.plan.work_points)}
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
            key = row.text(Label.ROW)
            if key and key not in shown_points:
                self.work.unclear.append(UNKNOWN_ROW.at(row.places[Label.ROW], row=key))
                continue
            if not key or key in keys:
                if key:
                    self.work.told.append(COPIED_ROW.at(row.places[Label.ROW], row=key))
                point = self._by_hand(row)
                if point is not None:
                    additions.append((last, point))
                continue
            keys.add(key)
            before = shown_points[key]
            changes = self.work.changes(row, point_cells(before), missing_labels)
            is_recorded = self.work.is_taken(row)
            home = homes.get(spots[key])
            if home is None:
                if changes:
                    self.work.unclear.append(NO_HOME.at(row.places[Label.REQUIREMENT], origin=before.place))
                continue
            last = home
            if not is_recorded:
                removals.add(home)
                self.work.note(row, Label.TO_RECORD, before.place, "", Label.NOT_TO_RECORD)
            now[home] = self._correct(now[home], before, row, changes)
        missing_rows = [key for key in shown_points if key not in keys]
        if missing_rows:
            some = "、".join(missing_rows[:8]) + ("…" if len(missing_rows) > 8 else "")
            place = grid.name if grid is not None else self.work.source.name
            self.work.unclear.append(ROW_GONE.at(place, count=len(missing_rows), rows=some))
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
        missing_labels = [label for label in point_cells(WorkPoint("")) if label not in columns]
        self.work.told += [COLUMN_GONE.at(grid.name, label=label) for label in missing_labels]
        return frozenset(missing_labels)

    def _correct(
        self, point: WorkPoint, before: WorkPoint, row: TableRow, changes: Mapping[str, str]
    ) -> WorkPoint:
        texts = point_cells(before)
        for label, text in changes.items():
            self.work.note(row, label, before.place, texts[label], text)
            self.work.solved.add((before.place, label))
        point = replace(
            point,
            section=changes.get(Label.SECTION, point.section),
            task=changes.get(Label.TASK, point.task),
            no=changes.get(Label.NO, point.no),
        )
        if Label.REQUIREMENT in changes:
            if changes[Label.REQUIREMENT]:
                point = replace(point, requirement=changes[Label.REQUIREMENT])
            elif self.work.is_taken(row):
                self.work.unclear.append(EMPTIED.at(row.places[Label.REQUIREMENT]))
        who, findings = corrected_responsibility(point.responsibility, changes, row)
        self.work.unclear += findings
        deadline = point.deadline
        if _DEADLINE & changes.keys():
            deadline, findings = corrected_deadline(deadline, changes, row, self.about, self.work.calendar)
            self.work.unclear += findings
        is_continued = point.inherited
        if Label.SAME_AS_ABOVE in changes:
            is_continued = changes[Label.SAME_AS_ABOVE] == Label.YES
            if changes[Label.SAME_AS_ABOVE] not in ("", Label.YES, "否"):
                place, text = row.places[Label.SAME_AS_ABOVE], changes[Label.SAME_AS_ABOVE]
                self.work.unclear.append(
                    BAD_CHOICE.at(place, label=Label.SAME_AS_ABOVE, text=text, allowed=Label.YES)
                )
        elif UNITS.keys() & changes.keys():
            is_continued = False
        return replace(point, responsibility=who, deadline=deadline, inherited=is_continued)

    def _by_hand(self, row: TableRow) -> WorkPoint | None:
        """An item that a person typed into a row of its own."""
        texts = {}
        for label in point_cells(WorkPoint("")):
            text, problem = text_of(row, label)
            if problem is not None:
                self.work.unclear.append(problem)
            elif text:
                texts[label] = text
        if not texts or not self.work.is_taken(row):
            return None
        place = row.places[Label.REQUIREMENT]
        if Label.REQUIREMENT not in texts:
            self.work.unclear.append(EMPTIED.at(place))
            return None
        blank = WorkPoint(texts[Label.REQUIREMENT], place=place)
        self.work.typed.add(place)
        point = self._correct(blank, blank, row, texts)
        if not point.responsibility.assignments:
            self.work.told.append(NO_UNIT.at(place))
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
    about = CELLS_OF.get(finding.code, ())
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
