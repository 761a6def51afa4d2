"""Reading an allocation plan of any shape: which part of a file is the plan, and what it says.

    0. The state of each cell is settled (`cells`).
    1. Every visible sheet or table is read as a matrix or a table; samples and instructions are left out.
    2. Those that yield work points with units are the plan. Other lists are annexes; the rest is named.
    3. Without such a table the lines are read as a pasted table, else as running text.
    4. The words of each work point are read (`read_points`), with the notes that hold for all.
    5. Title, number, dates, groups with their members and the duties of the letter are read from the rest.

What is ambiguous becomes a finding and stays empty. A file without any work point is refused (`NotAPlan`).

**A term of working days that runs into a year whose days off nobody has announced yet** has no day: it is told once for each
year. A limit that has a day in such a year is not told here, months before anybody could know: 今日待办 asks in December.

>>> from tracker.model import Deadline, DeadlineKind
>>> term = Deadline("发文之日起15个工作日内", DeadlineKind.RELATIVE, anchor="发文之日", offset="15WD")
>>> print(*calendar_gaps((("分工表!C5", term),), Calendar(), issued_on=dt.date(2031, 5, 6)))
分工表!C5：期限涉及2031年，但还没有2031年的节假日安排，无法推算工作日；请按国务院办公厅通知填写设置.xlsx 的“节假日安排”。[no-calendar]
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from tracker import patterns as re
from tracker.grid import Grid, Notation, Source, as_text
from tracker.model import (
    Assignment,
    Deadline,
    DeadlineKind,
    Duty,
    Group,
    Milestone,
    Mode,
    Plan,
    Responsibility,
    Role,
    WorkPoint,
)
from tracker.problems.base import Finding
from tracker.problems.office import NO_CALENDAR_YET
from tracker.problems.reading import (
    DOUBTFUL_UNIT,
    DUPLICATE_NUMBER,
    GARBLED,
    HIDDEN_ROW,
    MISSING_ANNEX,
    NO_LEAD_OF_SEVERAL,
    NO_UNIT,
    NO_YEAR,
    REMARK_CHANGES,
    SOURCE_YEAR,
    TOO_LONG,
    UNDEFINED_GROUP,
    UNREADABLE_DEADLINE,
    CellsRunTogether,
    NotAPlan,
    UnruledPdfTable,
)
from tracker.reading.clauses import (
    NoteEffect,
    Sense,
    apply_note,
    denotes_all,
    is_group,
    is_sound_name,
    is_unit,
    mode_of,
    read_note,
    read_responsibility,
    senses_of,
)
from tracker.reading.deadlines import (
    DeadlineReading,
    heading_limit,
    heading_period,
    is_note_of_limits,
    note_limit,
    understand,
)
from tracker.reading.lines import TextLine, split_items, stream
from tracker.reading.plan.account import PlanReading, balance, leftovers, page_of, unread_lines
from tracker.reading.plan.evidence import evidence_findings, with_limits
from tracker.reading.plan.letter import (
    Meta,
    annex_of,
    dates_in,
    headlines,
    members_of,
    read_duties,
    read_meta,
    year_of,
)
from tracker.reading.plan.parts import Parts, find_parts
from tracker.reading.prose import SIGNS, with_signs
from tracker.reading.tables import (
    HEAD_OF,
    LONGEST_CLAUSE,
    Caption,
    Draft,
    Field,
    RoleStatement,
    Use,
    emptied_by,
    is_error,
    names_role,
    plain_head,
    settle,
    start_of,
    state_findings,
    without_frames,
)
from tracker.text import clean
from tracker.values import dataclass
from tracker.workdays import Calendar

# 责任单位及责任人: 市甲局（某某), the bracket holds a person.
_WITH_PERSONS = re.compile(r"责任人|负责人|联系人|领导")
_BRACKETED_PERSON = re.compile(r"[（(]\s*([^()（）]{2,4})\s*[)）]")
# A remark that takes back or changes what its row says; a column of progress only tells how it went.
_REMARKS = re.compile(r"备\s*注|说\s*明")
_CHANGES = re.compile(
    r"取消|撤销|作废|终止|不再(?:列|实施|执行|承担|办理)|(?:改|调整|变更|推迟|顺延|延期|延长|延)(?:为|至|到|由)|改由"
)
_SAYS_BY_WHEN = re.compile("前|完成|办结")
# The cells of a table repeat each other.
_CELLS = 4096
# What stands in a unit cell and names nobody: 待定, 详见附件, figures.
_NO_NAME = re.compile(
    r"待定|未定|暂无|另行|见附|详见|同上|不涉及|[\d。：:？?!！]|^[无否]$|#|人$|人员$|领导|同志"
)


@dataclass(frozen=True, slots=True)
class PlanContext:
    """What holds for the whole plan.

    Attributes:
        year: The plan year.
        issued_on: Date of issue.
        calendar: Working days.
        notes: Notes that may change roles, as written.
        title: What the plan is called.
        is_calendar: Several headings name their times: 一、上半年任务 … 二、下半年任务.
    """

    year: int | None
    issued_on: dt.date | None
    calendar: Calendar
    notes: tuple[str, ...] = ()
    title: str = ""
    is_calendar: bool = False


def one_line(text: str) -> str:
    r"""A text with every run of blanks and breaks as one blank, ends trimmed.

    >>> one_line("　完成登记，\n逐户核对 ")
    '完成登记， 逐户核对'
    """
    return " ".join(text.split())


def read_points(drafts: Sequence[Draft], context: PlanContext) -> tuple[tuple[WorkPoint, ...], list[Finding]]:
    """Read all drafts of a plan, with the findings about single work points, in order."""
    notes = [note for text in context.notes if (note := read_note(text))]
    read = partial(understand, year=context.year, issued_on=context.issued_on, calendar=context.calendar)
    points: list[WorkPoint] = []
    joint_points: list[WorkPoint] = []
    findings: list[Finding] = []
    for whole_draft in drafts:
        draft = whole_draft
        if any(len(statement.text) > LONGEST_CLAUSE for statement in draft.statements):
            draft, cuts = _within_budget(draft)
            findings += cuts
        responsibility = _read_cells(
            tuple((statement.text, statement.field, statement.header) for statement in draft.statements)
        )
        clause = " ".join(statement.text for statement in draft.statements)
        for note in notes:
            responsibility = apply_note(responsibility, note, text=clause)
        # 以下均需…配合，不再列出; 排在第一位的为牵头单位，下同: said inside one clause, and it holds for all that follow.
        notes += [
            note
            for statement in draft.statements
            if not statement.is_continued
            and (note := read_note(statement.text))
            and (note.extra_units or _HOLDS_ON.search(statement.text))
        ]
        deadline, unreadable = _deadline(draft, context, read)
        point = WorkPoint(
            requirement=one_line(clean(draft.requirement).text),
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
        findings += [
            DOUBTFUL_UNIT.at(draft.place, name=assignment.unit)
            for assignment in responsibility.assignments
            if not is_sound_name(assignment.unit)
        ]
        findings += unreadable
        texts = [draft.requirement, *[statement.text for statement in draft.statements]]
        if draft.remarks or [text for text in texts if clean(text).spots]:
            findings += _doubts_of_words(draft, notes)
        if responsibility.mode is Mode.JOINTLY and _lacks_lead(point, draft):
            joint_points.append(point)
    # Told once for a plan, at the first such work point.
    findings += [
        NO_LEAD_OF_SEVERAL.at(
            point.place, unit=point.responsibility.names_in(Role.RESPONSIBLE)[0], count=len(joint_points)
        )
        for point in joint_points[:1]
    ]
    return tuple(points), [*findings, *duplicates(drafts)]


def _doubts_of_words(draft: Draft, notes: Sequence[NoteEffect]) -> list[Finding]:
    """Remarks that change what a draft says, and its first gap; 市甲局* is none where a note says what the star means."""
    findings = [
        REMARK_CHANGES.at(draft.place, label=label, text=start_of(text))
        for label, text in draft.remarks
        if _REMARKS.fullmatch(label) and _CHANGES.search(text)
    ]
    spots = clean(draft.requirement).spots
    if not any(note.star and note.star in "*＊" for note in notes):
        spots += tuple(spot for statement in draft.statements for spot in clean(statement.text).spots)
    return [*findings, *(GARBLED.at(draft.place, text=spot.around) for spot in spots[:1])]


_HOLDS_ON = re.compile("(?:以?下|后)(?:均|皆)?(?:同|照此)(?!步|[意时志])")
# A verb says what 市甲局会同市乙局 leaves open; a column of 责任单位 does not, who leads stands in it as well.
_ANSWERS = re.compile("负责|承办|主责|落实|实施|办理")


def _lacks_lead(point: WorkPoint, draft: Draft) -> bool:
    """Whether a work point says 市甲局会同市乙局 without a word that says in what role."""
    return (
        not point.inherited
        and not point.responsibility.names_in(Role.LEAD)
        and len(point.responsibility.names_in(Role.RESPONSIBLE)) == 1
        and not any(
            "会同" in statement.text and _ANSWERS.search(statement.text) for statement in draft.statements
        )
    )


def _within_budget(draft: Draft) -> tuple[Draft, list[Finding]]:
    """A draft whose statements are no longer than a clause can be; a longer one ends at a separator and is told."""
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


@lru_cache(maxsize=_CELLS)
def _read_cells(statements: tuple[tuple[str, Field, str], ...]) -> Responsibility:
    """Who answers by several statements: text, role of the column, its head."""
    return join_responsibilities([_read_cell(*statement) for statement in statements])


@lru_cache(maxsize=_CELLS)
def _read_cell(wording: str, field: Field, header: str) -> Responsibility:
    """Read one statement, its column's role for names without a word of their own."""
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


def _without_numbers(text: str) -> str:
    """A text in one line, its items without their numbers: in 1.4月底前选址。2.8月底前装修。 no month is 1.4.

    >>> _without_numbers("1.4月底前选址。2.8月底前装修。"), _without_numbers("6月底前选址。")
    ('4月底前选址。 8月底前装修。', '6月底前选址。')
    """
    items = split_items(text)
    return one_line(" ".join(item for _, item, _ in items) if len(items) > 1 else text)


def _deadline(
    draft: Draft, context: PlanContext, read: Callable[..., DeadlineReading]
) -> tuple[Deadline, list[Finding]]:
    """The time limit of a draft; `read` understands a phrase by the year, the date of issue and the working days of the plan."""
    inside = draft.deadline in ("", None)
    if inside:
        # （市甲局牵头，6月底前完成): who writes a limit beside the units means it for the whole, whatever the sentence
        # says of its parts (全年新增1000户).
        for statement in draft.statements:
            limit = read(one_line(statement.text), inside=True).deadline
            if limit.kind is DeadlineKind.NONE:
                # （市甲局，长期）, 市甲局 / 2026-06-30
                times = (words for sense, words in senses_of(statement.text) if sense is Sense.TIME)
                limit = read(one_line("，".join(times)), inside=False).deadline
            if not statement.is_continued and limit.kind is not DeadlineKind.NONE:
                return _with_parts(limit, read(one_line(draft.requirement), inside=True).deadline), []
    value = _without_numbers(draft.requirement) if inside else draft.deadline
    if isinstance(value, str):
        value = one_line(value)
    reading = read(value, inside=inside)
    deadline = reading.deadline
    # Without a plan year every 6月底 would be unreadable: that is told once, not for each row.
    if inside and deadline.kind is DeadlineKind.NONE:
        # Said once for several: in the heading above, in the name of the sheet or plan, or in a note below.
        # A sheet called 3月 may be what was reported in March; one called 3月底前完成 is not.
        names = (name for name in (draft.stream, context.title) if _SAYS_BY_WHEN.search(name))
        headings = [
            heading
            for heading in (draft.task, draft.section)
            if heading and (context.is_calendar or not heading_period(heading))
        ]
        wording = next(filter(None, map(heading_limit, (*headings, *names))), "")
        if not wording:
            limits = set(filter(None, map(note_limit, context.notes)))
            # Two that differ are told as limits of no task.
            wording = limits.pop() if len(limits) == 1 else ""
        if not wording:
            return read(value, inside=True, by_place=True).deadline, []
        return read(wording, inside=False).deadline, []
    if reading.unreadable and not inside:
        return deadline, [UNREADABLE_DEADLINE.at(draft.place, text=as_text(value))]
    return deadline, []


def _with_parts(limit: Deadline, sentence: Deadline) -> Deadline:
    """The limit beside the units, with the days of the sentence that come before it as its first parts."""
    days = sentence.milestones or (Milestone(sentence.text, sentence.due),)
    parts = tuple(day for day in days if day.due and limit.due and day.due < limit.due)
    return replace(limit, milestones=(*parts, Milestone(limit.text, limit.due))) if parts else limit


def year_of_limits(drafts: Sequence[Draft]) -> int | None:
    """The one year that the time cells of a plan without a year name; None if they name several or none."""
    years = {year for draft in drafts if (year := year_of(as_text(draft.deadline)))}
    return years.pop() if len(years) == 1 else None


def _without_year(drafts: Sequence[Draft], points: Sequence[WorkPoint]) -> list[str]:
    """The points whose limit took the year that others name."""
    return [
        draft.place
        for draft, point in zip(drafts, points, strict=True)
        if point.deadline.due and not year_of(as_text(draft.deadline) or draft.requirement)
    ]


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


def calendar_gaps(
    deadlines: Iterable[tuple[str, Deadline]], calendar: Calendar, *, issued_on: dt.date
) -> tuple[Finding, ...]:
    """Tell which years without an arrangement leave a term of working days without its day, each at its first place.

    Args:
        deadlines: Each with its place.
        calendar: The working days.
        issued_on: Date of issue, from which such terms run.
    """
    first: dict[int, str] = {}
    for place, deadline in deadlines:
        is_without_day = deadline.kind is DeadlineKind.RELATIVE and deadline.due is None
        if is_without_day and "发文" in deadline.anchor:
            first.setdefault(_missing_year(issued_on.year, calendar), place)
    return tuple(NO_CALENDAR_YET.at(place, year=year) for year, place in sorted(first.items()))


def _missing_year(year: int, calendar: Calendar) -> int:
    """The year itself, or the next one into which its last days were rolled."""
    return year + 1 if calendar.knows(year) else year


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
            goes with it as the fact `duties` (`letter.read_source` reads it whole). As `CellsRunTogether` where a table stands there that was pasted without
            anything between its cells.
    """
    calendar = calendar or Calendar()
    visible, notes = settle(source)
    emptied = emptied_by(source, visible) if visible is not source else []
    sign_findings: list[Finding] = []
    texts = (block.characters if isinstance(block, Grid) else block.text for block in visible.blocks)
    if not SIGNS.isdisjoint(frozenset().union(*texts)):
        visible, sign_findings = with_signs(visible)
    if not all(isinstance(block, Grid) and block.notation is Notation.SHEET for block in visible.blocks):
        visible = without_frames(visible)
    parts = find_parts(visible)
    # A text that is no plan says what it is about in its first lines.
    meta = read_meta(parts.front if parts.drafts else headlines(visible), back=parts.back, names=parts.names)
    meta = replace(meta, issued_on=issued_on or meta.issued_on)
    if not parts.drafts:
        raise _refusal(visible, parts, replace(meta, year=year or meta.year), calendar)
    year = year or meta.year or (issued_on.year if issued_on else None)
    limits_year = None if year else year_of_limits(parts.drafts)
    year = year or limits_year
    # An e-mail has no title; the year of its only date is that of what it asks for, and told.
    dated_year = None if year else _only_year(visible)
    year = year or dated_year
    notes_of_all = tuple(text for text, _ in parts.notes)
    headings = {heading for draft in parts.drafts for heading in (draft.section, draft.task) if heading}
    is_calendar = len(set(filter(None, map(heading_limit, headings)))) > 1
    context = PlanContext(year, meta.issued_on, calendar, notes_of_all, meta.title, is_calendar)
    points, findings = read_points(parts.drafts, context)
    if not any(point.responsibility.assignments for point in points):
        raise NotAPlan(file=source.name, why="表中没有一项写明责任单位。")
    if year is None and _needs_year(parts.drafts, points):
        findings.append(NO_YEAR.at(file=source.name))
    if dated_year:
        findings.append(SOURCE_YEAR.at(year=dated_year))
    if limits_year:
        findings += [SOURCE_YEAR.at(place, year=limits_year) for place in _without_year(parts.drafts, points)]
    visible = parts.source or visible
    loans: list[Finding] = []
    if parts.lines or visible.paragraphs or parts.notes:
        page = page_of(_lines_of(parts, visible), parts.uses.lines, parts.drafts, points, year)
        page, loans = with_limits(page, calendar)
        points = tuple(page.points)
        parts.uses.lines |= dict.fromkeys(unread_lines(page), Use.UNREAD)
        findings += [*loans, *evidence_findings(page)]
    groups: tuple[Group, ...] = ()
    if any(point.responsibility.groups for point in points):
        groups, group_findings = _groups(points, parts)
        findings += group_findings
    # What the plan is called asks for nothing; a limit of all is that of the points.
    lent_places = {loan.place for loan in loans}
    letter = [
        paragraph
        for paragraph in parts.letter
        if (text := paragraph.text.strip()) != meta.title
        and not is_note_of_limits(text)
        and paragraph.place not in lent_places
    ]
    plan = Plan(
        title=meta.title,
        number=meta.number,
        issuer=meta.issuer,
        issued_on=meta.issued_on,
        year=year,
        work_points=points,
        duties=read_duties(letter, issued_on=meta.issued_on, year=year, calendar=calendar) if letter else (),
        groups=groups,
    )
    captions: dict[str, Caption] = {}
    for caption in parts.captions:
        captions.setdefault(plain_head(caption.label), caption)
    limits = [(point.place, point.deadline) for point in points]
    limits += [(duty.place, duty.deadline) for duty in plan.duties]
    words = leftovers(visible, parts.drafts, parts.unanswered, parts.uses)
    account = balance(visible, parts.uses, emptied=emptied, words=words)
    return PlanReading(
        plan,
        (
            *findings,
            *parts.findings,
            *(state_findings(notes, parts.names, parts.drafts) if notes else ()),
            *sign_findings,
            *account.findings(),
            *(calendar_gaps(limits, calendar, issued_on=meta.issued_on) if meta.issued_on else ()),
        ),
        tuple(parts.drafts),
        account,
        tuple(captions.values()),
    )


def _refusal(source: Source, parts: Parts, meta: Meta, calendar: Calendar) -> NotAPlan:
    """Why a file is no plan, with what it asks for by a time."""
    duties = read_duties(source.paragraphs, issued_on=meta.issued_on, year=meta.year, calendar=calendar)
    if parts.run_together is not None:
        place, text = parts.run_together.place, parts.run_together.text
        refusal = UnruledPdfTable if source.kind == "pdf" else CellsRunTogether
        return refusal(file=source.name, place=place, text=text, duties=duties)
    return NotAPlan(file=source.name, why=parts.why + _duties_sentence(duties), duties=duties)


def _needs_year(drafts: Sequence[Draft], points: Sequence[WorkPoint]) -> bool:
    """Whether a limit stands there whose day nobody knows without a year."""
    return any(
        draft.deadline not in ("", None)
        or (point.deadline.kind is DeadlineKind.DATE and point.deadline.due is None)
        for draft, point in zip(drafts, points, strict=True)
    )


def _only_year(source: Source) -> int | None:
    """The year of all whole dates in a text; None if they are of several years, or none stands there."""
    years = {day.year for paragraph in source.paragraphs for day in dates_in(paragraph.text)}
    return years.pop() if len(years) == 1 else None


def _lines_of(parts: Parts, source: Source) -> list[TextLine]:
    """The lines of a text, or those around the tables, the notes in their cells among them."""
    lines = parts.lines or stream(source.paragraphs)
    places = {line.place for line in lines}
    notes = [TextLine(text, place) for text, place in parts.notes if place not in places]
    return [*lines, *notes]


def _duties_sentence(duties: Sequence[Duty]) -> str:
    """What a text without work points asks for by a time, in a few words, so that a refusal hides nothing."""
    if not duties:
        return ""
    return f"文中有{len(duties)}处有时限的要求，但未写明责任单位。"


_OPENING = re.compile(r"[（(【\[]")


def _groups(points: Sequence[WorkPoint], parts: Parts) -> tuple[tuple[Group, ...], list[Finding]]:
    """Every collective name used, with its members; what is defined nowhere is told once, where it is first used."""
    places: dict[str, str] = {}
    for point in points:
        for name in point.responsibility.groups:
            places.setdefault(name, point.place)
    # Only a bracket sends to an annex.
    clauses = [
        text
        for text in dict.fromkeys(statement.text for draft in parts.drafts for statement in draft.statements)
        if _OPENING.search(text)
    ]
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
