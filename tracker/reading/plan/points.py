"""From drafts to work points: the words of each draft are read, and what a person should look at is told."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from tracker.grid import Value, as_text
from tracker.model import Assignment, Deadline, DeadlineKind, Milestone, Mode, Responsibility, Role, WorkPoint
from tracker.problems.base import Finding
from tracker.problems.reading import (
    DOUBTFUL_UNIT,
    DUPLICATE_NUMBER,
    GARBLED,
    HIDDEN_ROW,
    NO_LEAD_OF_SEVERAL,
    NO_UNIT,
    TOO_LONG,
    UNREADABLE_DEADLINE,
)
from tracker.reading.clauses import (
    apply_note,
    fold_characters,
    is_group,
    is_unit,
    mode_of,
    read_note,
    read_responsibility,
)
from tracker.reading.deadlines import is_readable, read_deadline
from tracker.reading.plan.meta import year_of
from tracker.reading.tables import LONGEST_CLAUSE, Draft, Field, RoleStatement, is_error, names_role
from tracker.reading.text import clean
from tracker.values import dataclass
from tracker.workdays import Calendar

_BLANKS = re.compile(r"[\s\u3000\xa0\u200b\ufeff]+")
# 责任单位及责任人: 市甲局（某某), the bracket holds a person.
_WITH_PERSONS = re.compile(r"责任人|负责人|联系人|领导")
_BRACKETED_PERSON = re.compile(r"[（(]\s*([^()（）]{2,4})\s*[)）]")
# What stands in a unit cell and names nobody: 待定, 详见附件, figures.
_NO_NAME = re.compile(
    r"待定|未定|暂无|另行|见附|详见|同上|不涉及|[\d。：:？?!！]|^[无否]$|#|人$|人员$|领导|同志"
)
# The head that says the role of a column to the grammar of clauses.
HEAD_OF = {Field.LEAD: "牵头单位", Field.RESPONSIBLE: "责任单位", Field.SUPPORT: "配合单位"}


@dataclass(frozen=True, slots=True)
class PlanContext:
    """What holds for the whole plan.

    Attributes:
        year: The plan year.
        issued_on: Date of issue.
        calendar: Working days.
        notes: Notes that may change roles, as written.
    """

    year: int | None
    issued_on: dt.date | None
    calendar: Calendar
    notes: tuple[str, ...] = ()


def one_line(text: str) -> str:
    r"""A text with every run of blanks and breaks as one blank, ends trimmed.

    >>> one_line("　完成登记，\n逐户核对 ")
    '完成登记， 逐户核对'
    """
    return _BLANKS.sub(" ", text).strip()


def read_points(drafts: Sequence[Draft], context: PlanContext) -> tuple[tuple[WorkPoint, ...], list[Finding]]:
    """Read all drafts of a plan, with the findings about single work points, in order."""
    notes = [note for text in context.notes if (note := read_note(text))]
    points: list[WorkPoint] = []
    findings: list[Finding] = []
    for whole_draft in drafts:
        draft, cuts = _within_budget(whole_draft)
        findings += cuts
        responsibility = join_responsibilities([read_statement(statement) for statement in draft.statements])
        for note in notes:
            responsibility = apply_note(
                responsibility, note, text=" ".join(statement.text for statement in draft.statements)
            )
        # 以下均需…配合，不再列出: said inside one clause, and it holds for all that follow.
        notes += [
            note
            for statement in draft.statements
            if not statement.is_continued and (note := read_note(statement.text)) and note.extra_units
        ]
        deadline, deadline_findings = _deadline(draft, context)
        requirement = clean(draft.requirement)
        point = WorkPoint(
            requirement=one_line(requirement.text),
            section=one_line(clean(draft.section).text),
            task=one_line(clean(draft.task).text),
            no=draft.no,
            responsibility=responsibility,
            inherited=bool(draft.statements)
            and all(statement.is_continued for statement in draft.statements),
            deadline=deadline,
            remarks=draft.remarks,
            place=draft.place,
        )
        points.append(point)
        if draft.is_hidden:
            findings.append(HIDDEN_ROW.at(draft.place))
        if not responsibility.assignments:
            findings.append(NO_UNIT.at(draft.place))
        strangers = [
            assignment.unit for assignment in responsibility.assignments if _is_stranger(assignment.unit)
        ]
        findings += [DOUBTFUL_UNIT.at(draft.place, name=name) for name in strangers]
        findings += deadline_findings
        spots = [
            spot
            for text in (draft.requirement, *(statement.text for statement in draft.statements))
            for spot in clean(text).spots
        ]
        if spots:
            findings.append(GARBLED.at(draft.place, text=spots[0].around))
    return tuple(points), [*findings, *_without_lead(points), *duplicates(drafts)]


@lru_cache(maxsize=4096)
def _is_stranger(name: str) -> bool:
    """Whether a name is neither a group nor looks like a body; a plan has the same few on every page."""
    return not is_group(name) and not is_unit(fold_characters(name))


def _without_lead(points: Sequence[WorkPoint]) -> list[Finding]:
    """市甲局会同市乙局 and nobody leads: told once for a plan, at the first such work point."""
    joint_points = [
        point
        for point in points
        if point.responsibility.mode is Mode.JOINTLY
        and not point.inherited
        and not point.responsibility.names_in(Role.LEAD)
        and len(point.responsibility.names_in(Role.RESPONSIBLE)) == 1
    ]
    return [
        NO_LEAD_OF_SEVERAL.at(
            point.place,
            unit=point.responsibility.names_in(Role.RESPONSIBLE)[0],
            count=len(joint_points),
        )
        for point in joint_points[:1]
    ]


def _within_budget(draft: Draft) -> tuple[Draft, list[Finding]]:
    """A draft whose statements are no longer than a clause can be; a longer one ends at a separator and is told."""
    if all(len(statement.text) <= LONGEST_CLAUSE for statement in draft.statements):
        return draft, []
    statements: list[RoleStatement] = []
    findings: list[Finding] = []
    for statement in draft.statements:
        if len(statement.text) > LONGEST_CLAUSE:
            cut = re.sub(r"[^、，,；;\s]{0,40}$", "", statement.text[:LONGEST_CLAUSE])
            place = statement.place or draft.place
            findings.append(TOO_LONG.at(place, count=len(statement.text), kept=len(cut)))
            statements.append(replace(statement, text=cut))
        else:
            statements.append(statement)
    return replace(draft, statements=tuple(statements)), findings


def read_statement(statement: RoleStatement) -> Responsibility:
    """Read one statement, its column's role for names without a word of their own."""
    return _read_cell(statement.text, statement.field, statement.header)


@lru_cache(maxsize=4096)
def _read_cell(wording: str, field: Field, header: str) -> Responsibility:
    """The same; the cells of a table repeat each other."""
    text = clean("" if is_error(wording) else wording).text
    if _WITH_PERSONS.search(header):
        text = _BRACKETED_PERSON.sub(lambda match: match[0] if is_unit(match[1]) else "", text)
    responsibility = read_responsibility(text, column=HEAD_OF[field])
    if not responsibility.assignments and header:
        responsibility = _read_literally(text, field)
    note = read_note(header) if header else None
    return apply_note(responsibility, note, text=wording) if note is not None else responsibility


def _read_literally(text: str, field: Field) -> Responsibility:
    """A filled unit cell that the grammar finds no name in: short words between separators are names all the same."""
    names = [name for part in re.split(r"[、，,；;\n]", text) if (name := one_line(part))]
    if not names or any(len(name) > 12 or _NO_NAME.search(name) or names_role(name) for name in names):
        return Responsibility()
    role = {Field.LEAD: Role.LEAD, Field.SUPPORT: Role.SUPPORT}.get(field, Role.RESPONSIBLE)
    assignments = tuple(Assignment(name, role) for name in dict.fromkeys(names))
    groups = tuple(assignment.unit for assignment in assignments if is_group(assignment.unit))
    return Responsibility(assignments, mode_of(assignments), groups)


def join_responsibilities(parts: Sequence[Responsibility]) -> Responsibility:
    """Several cells of one work point as one statement; a name stands once, in its weightiest role."""
    if len(parts) == 1:
        return parts[0]
    rank = {Role.LEAD: 0, Role.RESPONSIBLE: 1, Role.SUPPORT: 2}
    best: dict[str, Assignment] = {}
    for part in parts:
        for assignment in part.assignments:
            previous = best.get(assignment.unit)
            if previous is None or rank[assignment.role] < rank[previous.role]:
                best[assignment.unit] = assignment
    assignments = tuple(best.values())
    groups = tuple(dict.fromkeys(name for part in parts for name in part.groups))
    joint = any(part.mode is Mode.JOINTLY and len(part.names_in(Role.LEAD)) < 2 for part in parts)
    severally = any(part.mode is Mode.EACH for part in parts)
    return Responsibility(assignments, mode_of(assignments, joint=joint, severally=severally), groups)


def _deadline(draft: Draft, context: PlanContext) -> tuple[Deadline, list[Finding]]:
    year, issued_on = context.year, context.issued_on

    def read(value: Value, *, inside: bool) -> Deadline:
        return read_deadline(value, year=year, issued_on=issued_on, calendar=context.calendar, inside=inside)

    inside = draft.deadline in ("", None)
    if inside:
        # （市甲局牵头，6月底前完成): who writes a limit beside the units means it for the whole, whatever the sentence
        # says of its parts (全年新增1000户).
        for statement in draft.statements:
            limit = read(one_line(statement.text), inside=True)
            if not statement.is_continued and limit.kind is not DeadlineKind.NONE:
                return _with_parts(limit, read(one_line(draft.requirement), inside=True)), []
    value = one_line(draft.requirement) if inside else draft.deadline
    if isinstance(value, str):
        value = one_line(value)
    deadline = read(value, inside=inside)
    # Without a plan year every 6月底 would be unreadable: that is told once, not for each row.
    if inside or is_readable(value, year=year or issued_on_year(issued_on), issued_on=issued_on):
        return deadline, []
    return deadline, [UNREADABLE_DEADLINE.at(draft.place, text=as_text(value))]


def _with_parts(limit: Deadline, sentence: Deadline) -> Deadline:
    """The limit beside the units, with the days of the sentence that come before it as its first parts."""
    days = sentence.milestones or (Milestone(sentence.text, sentence.due),)
    parts = tuple(day for day in days if day.due and limit.due and day.due < limit.due)
    return replace(limit, milestones=(*parts, Milestone(limit.text, limit.due))) if parts else limit


def year_of_limits(drafts: Sequence[Draft]) -> int | None:
    """The one year that the time cells of a plan without a year name; None if they name several or none."""
    years = {year for draft in drafts if (year := year_of(as_text(draft.deadline)))}
    return years.pop() if len(years) == 1 else None


def issued_on_year(issued_on: dt.date | None) -> int:
    """Some year to try a phrase with: that of issue, else any leap year."""
    return issued_on.year if issued_on is not None else 2024


def duplicates(drafts: Sequence[Draft]) -> list[Finding]:
    """Numbers of the 序号 column that stand twice in one run.

    A run begins again where the number is 1 and its section or task is another, or where 1 follows a number
    that is not 1.
    """
    findings: list[Finding] = []
    places: dict[str, str] = {}
    last: Draft | None = None
    for draft in drafts:
        if not draft.from_column or not draft.no:
            continue
        if last is not None and (
            draft.stream != last.stream
            or (draft.no in ("1", "１", "一") and (draft.no != last.no or _elsewhere(draft, last)))
        ):
            places = {}
        if draft.no in places:
            findings.append(DUPLICATE_NUMBER.at(draft.place, no=draft.no, other=places[draft.no]))
        places.setdefault(draft.no, draft.place)
        last = draft
    return findings


def _elsewhere(draft: Draft, last: Draft) -> bool:
    return (
        (draft.section, draft.task) != (last.section, last.task)
        if draft.task
        else draft.section != last.section
    )
