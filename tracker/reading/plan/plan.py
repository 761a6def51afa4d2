"""Reading an allocation plan of any shape: which part of a file is the plan, and what it says.

    0. The state of each cell is settled (`states`).
    1. Every visible sheet or table is read as a matrix or a table; samples and instructions are left out.
    2. Those that yield work points with units are the plan. Other lists are annexes; the rest is named.
    3. Without such a table the lines are read as a pasted table, else as running text.
    4. The words of each work point are read (`points`), with the notes that hold for all.
    5. Title, number, dates, groups with their members and the duties of the letter are read from the rest.

What is ambiguous becomes a finding and stays empty. A file without any work point is refused (`NotAPlan`).

**Deadlines that reach a year whose days off nobody has announced yet** are told: said once for each year, loudly.

>>> from tracker.model import Deadline, DeadlineKind, WorkPoint
>>> late = Deadline("2031年底", DeadlineKind.DATE, dt.date(2031, 12, 31))
>>> print(*calendar_gaps((("分工表!C5", late),), Calendar()))
分工表!C5：期限涉及2031年，但还没有2031年的节假日安排，无法推算工作日；请按国务院办公厅通知填写设置.xlsx 的“节假日安排”。[no-calendar]
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import field, replace

from tracker.grid import Source
from tracker.model import Deadline, DeadlineKind, Duty, Group, Plan, WorkPoint
from tracker.problems.base import Finding
from tracker.problems.office import NO_CALENDAR_YET
from tracker.problems.reading import MISSING_ANNEX, NO_YEAR, UNDEFINED_GROUP, CellsRunTogether, NotAPlan
from tracker.reading.clauses import denotes_all
from tracker.reading.plan.account import Account, balance, leftovers
from tracker.reading.plan.duties import read_duties
from tracker.reading.plan.groups import annex_of, members_of
from tracker.reading.plan.meta import read_meta
from tracker.reading.plan.parts import Parts, find_parts, without_frames
from tracker.reading.plan.points import PlanContext, read_points, year_of_limits
from tracker.reading.tables import Draft, emptied_by, settle, state_findings
from tracker.reading.text import clean
from tracker.values import dataclass
from tracker.workdays import Calendar


def calendar_gaps(
    deadlines: Iterable[tuple[str, Deadline]], calendar: Calendar, *, issued_on: dt.date | None = None
) -> tuple[Finding, ...]:
    """Tell which years the deadlines reach that have no arrangement, each at the first place that needs it.

    Args:
        deadlines: Each with its place.
        calendar: The working days.
        issued_on: Date of issue: a period of working days that runs from it and has no end reached such a year.
    """
    first: dict[int, str] = {}
    for place, deadline in deadlines:
        if deadline.workday_due is not None:
            continue
        if deadline.due is not None:
            first.setdefault(_missing_year(deadline.due.year, calendar), place)
        elif issued_on and deadline.kind is DeadlineKind.RELATIVE and "发文" in deadline.anchor:
            first.setdefault(_missing_year(issued_on.year, calendar), place)
    return tuple(NO_CALENDAR_YET.at(place, year=year) for year, place in sorted(first.items()))


def _missing_year(year: int, calendar: Calendar) -> int:
    """The year itself, or the next one into which its last days were rolled."""
    return year + 1 if calendar.knows(year) else year


# A text that is no plan says what it is about in its first lines.
_HEADLINES = 6


@dataclass(frozen=True, slots=True)
class PlanReading:
    """A plan as it was understood, and what a person should look at.

    Attributes:
        plan: What was understood.
        findings: What a person should look at.
        drafts: The text of each work point before its words were read, in the same order.
        account: Where every cell and line of the file went.
    """

    plan: Plan
    findings: tuple[Finding, ...] = ()
    drafts: tuple[Draft, ...] = ()
    account: Account = field(default_factory=Account)


def read_plan(
    source: Source,
    *,
    calendar: Calendar | None = None,
    issued_on: dt.date | None = None,
    year: int | None = None,
) -> PlanReading:
    """Read the plan in a file.

    Args:
        source: The file as it came through the door.
        calendar: Working days; the published arrangements by default.
        issued_on: Date of issue, as a person said it; what the file prints does not count then.
        year: The plan year, likewise.

    Raises:
        NotAPlan: when no work point with somebody who answers can be found; what such a text asks for by a time
            goes with it as the fact `duties` (`sources` reads it whole). As `CellsRunTogether` where a table stands there that was pasted without
            anything between its cells.
    """
    calendar = calendar or Calendar()
    raw_source = source
    source, notes = settle(source)
    emptied = emptied_by(raw_source, source) if source is not raw_source else []
    source = without_frames(source)
    parts = find_parts(source)
    meta = read_meta(parts.front, back=parts.back, names=parts.names)
    meta = replace(meta, issued_on=issued_on or meta.issued_on)
    if not parts.drafts:
        headlines = read_meta([clean(paragraph.text).text for paragraph in source.paragraphs[:_HEADLINES]])
        duties = read_duties(
            source.paragraphs,
            issued_on=meta.issued_on or headlines.issued_on,
            year=year or meta.year or headlines.year,
            calendar=calendar,
        )
        if parts.run_together is not None:
            place, text = parts.run_together.place, parts.run_together.text
            raise CellsRunTogether(file=source.name, place=place, text=text, duties=duties)
        raise NotAPlan(file=source.name, why=parts.why + _duties_sentence(duties), duties=duties)
    year = year or meta.year or (issued_on and issued_on.year) or year_of_limits(parts.drafts)
    context = PlanContext(year, meta.issued_on, calendar, tuple(text for text, _ in parts.notes))
    points, findings = read_points(parts.drafts, context)
    if not any(point.responsibility.assignments for point in points):
        raise NotAPlan(file=source.name, why="表中没有一项写明责任单位。")
    if year is None and any(draft.deadline not in ("", None) for draft in parts.drafts):
        findings.append(NO_YEAR.at(file=source.name))
    found_groups, group_findings = _groups(points, parts)
    plan = Plan(
        title=meta.title,
        number=meta.number,
        issuer=meta.issuer,
        issued_on=meta.issued_on,
        year=year,
        work_points=points,
        duties=read_duties(parts.letter, issued_on=meta.issued_on, year=year, calendar=calendar),
        groups=found_groups,
    )
    limits = [(point.place, point.deadline) for point in plan.work_points]
    limits += [(duty.place, duty.deadline) for duty in plan.duties]
    source = parts.source or source
    words = leftovers(source, parts.drafts, parts.unanswered)
    account = balance(source, parts.uses, emptied=emptied, words=words)
    late = calendar_gaps(limits, calendar, issued_on=plan.issued_on)
    return PlanReading(
        plan,
        (
            *findings,
            *group_findings,
            *parts.findings,
            *state_findings(notes, parts.names, parts.drafts),
            *account.findings(),
            *late,
        ),
        tuple(parts.drafts),
        account,
    )


def _duties_sentence(duties: Sequence[Duty]) -> str:
    """What a text without work points asks for by a time, in a few words, so that a refusal hides nothing."""
    if not duties:
        return ""
    return f"文中有{len(duties)}处有时限的要求，但未写明责任单位。"


def _groups(points: Sequence[WorkPoint], parts: Parts) -> tuple[tuple[Group, ...], list[Finding]]:
    """Every collective name used, with its members; what is defined nowhere is told once, where it is first used."""
    places: dict[str, str] = {}
    for point in points:
        for name in point.responsibility.groups:
            places.setdefault(name, point.place)
    clauses = list(dict.fromkeys(statement.text for draft in parts.drafts for statement in draft.statements))
    notes = [text for text, _ in parts.notes] + parts.back + parts.front
    plan_groups: list[Group] = []
    findings: list[Finding] = []
    missing_annexes: dict[str, Finding] = {}
    for name, place in places.items():
        members = members_of(name, clauses, parts.annexes, notes)
        plan_groups.append(Group(name, members))
        if members is not None:
            continue
        label = next((label for clause in clauses if (label := annex_of(name, clause))), "")
        if label:
            missing_annexes.setdefault(label, MISSING_ANNEX.at(place, name=label))
        if not denotes_all(name):
            findings.append(UNDEFINED_GROUP.at(place, name=name))
    return tuple(plan_groups), [*findings, *missing_annexes.values()]
