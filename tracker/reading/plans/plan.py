"""Reading an allocation plan of any shape: which part of a file is the plan, and what it says.

    1. Every visible sheet or table is read as a matrix or a table; samples and instructions are left out.
    2. Those that yield work points with units are the plan. Other lists are annexes; the rest is named.
    3. Without such a table the lines are read as a pasted table, else as running text.
    4. The words of each work point are read (`points`), with the notes that hold for all.
    5. Title, number, dates, groups with their members and the duties of the letter are read from the rest.

What is ambiguous becomes a finding and stays empty. A file without any work point is refused (`NotAPlan`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

from tracker.grid import Source
from tracker.model import Duty
from tracker.model import Group
from tracker.model import Plan
from tracker.model import WorkPoint
from tracker.problems import Finding
from tracker.problems import reading as problems
from tracker.problems.reading import NotAPlan
from tracker.reading.clauses import denotes_all
from tracker.reading.cleaning import clean
from tracker.reading.plans import groups
from tracker.reading.plans.apart import find_parts
from tracker.reading.plans.drafts import Draft
from tracker.reading.plans.duties import read_duties
from tracker.reading.plans.meta import read_meta
from tracker.reading.plans.parts import Parts
from tracker.reading.plans.points import PlanContext
from tracker.reading.plans.points import read_points
from tracker.reading.plans.points import year_of_limits
from tracker.reading.plans.unarranged import calendar_gaps
from tracker.reading.running.frames import without_frames
from tracker.workdays import Calendar

# A text that is no plan says what it is about in its first lines.
_HEADLINES = 6


@dataclass(frozen=True, slots=True)
class PlanReading:
    """A plan as it was understood, and what a person should look at.

    Attributes:
        plan: What was understood.
        findings: What a person should look at.
        drafts: The text of each work point before its words were read, in the same order.
    """

    plan: Plan
    findings: tuple[Finding, ...] = ()
    drafts: tuple[Draft, ...] = ()


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
            goes with it as the fact `duties`.
    """
    calendar = calendar or Calendar()
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
        raise NotAPlan(file=source.name, why=parts.why + _duties_sentence(duties), duties=duties)
    year = year or meta.year or (issued_on and issued_on.year) or year_of_limits(parts.drafts)
    context = PlanContext(year, meta.issued_on, calendar, tuple(text for text, _ in parts.notes))
    points, findings = read_points(parts.drafts, context)
    if not any(point.responsibility.assignments for point in points):
        raise NotAPlan(file=source.name, why="表中没有一项写明责任单位。")
    if year is None and any(draft.deadline not in ("", None) for draft in parts.drafts):
        findings.append(problems.NO_YEAR.at(file=source.name))
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
    late = calendar_gaps(limits, calendar, issued_on=plan.issued_on)
    return PlanReading(plan, (*findings, *group_findings, *parts.findings, *late), tuple(parts.drafts))


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
    notes = [text for text, _ in parts.notes] + list(parts.back)
    plan_groups: list[Group] = []
    findings: list[Finding] = []
    missing_annexes: dict[str, Finding] = {}
    for name, place in places.items():
        members = groups.members_of(name, clauses, parts.annexes, notes)
        plan_groups.append(Group(name, members))
        if members is not None:
            continue
        label = next((label for clause in clauses if (label := groups.annex_of(name, clause))), "")
        if label:
            missing_annexes.setdefault(label, problems.MISSING_ANNEX.at(place, name=label))
        if not denotes_all(name):
            findings.append(problems.UNDEFINED_GROUP.at(place, name=name))
    return tuple(plan_groups), [*findings, *missing_annexes.values()]
