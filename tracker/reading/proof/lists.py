"""The smaller sheets of a 分工核对表 taken back: 方案信息, 栏目对应, 来文要求, 统称及成员."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from tracker.model import Duty
from tracker.model import Group
from tracker.model import Plan
from tracker.model import WorkPoint
from tracker.problems import proofing
from tracker.reading.forms.answers import as_date
from tracker.reading.plans.drafts import Field
from tracker.reading.plans.plan import PlanReading
from tracker.reading.proof import cells as typed_cells
from tracker.reading.proof import pages
from tracker.reading.proof.gather import Correction
from tracker.reading.proof.gather import ProofBook
from tracker.reading.tabular.captions import BY_WORD

_DUTIES = (pages.ROW, pages.WHAT, pages.LIMIT)
_TIME_LABELS = frozenset((pages.LIMIT, pages.DUE))


def take_about(work: ProofBook) -> tuple[Plan, set[str]]:
    """方案信息 as the person left it, and the labels that were changed."""
    plan = work.base.plan
    texts = pages.about_cells(plan)
    changes: dict[str, str] = {}
    for row in work.rows((pages.ITEM, pages.CONTENT)):
        label, text = row.text(pages.ITEM), pages.cell_text(row.text(pages.CONTENT))
        if label not in texts or text == texts[label] or pages.CONTENT not in row.cells:
            continue
        place = row.places[pages.CONTENT]
        if label == pages.ISSUE_DAY and text:
            day = as_date(row.cells[pages.CONTENT])
            if day is None:
                work.unclear.append(proofing.BAD_DAY.at(place, label=label, text=text))
                continue
            text = day.isoformat()
            if text == texts[label]:
                continue
        if label == pages.YEAR and not (text.isdecimal() and len(text) == 4):
            work.unclear.append(proofing.BAD_YEAR.at(place, text=text))
            continue
        changes[label] = text
        work.corrections.append(Correction(place, "", label, texts[label], text))
    now = {**texts, **changes}
    new_plan = replace(
        plan,
        title=now[pages.TITLE] if pages.TITLE in changes else plan.title,
        number=now[pages.NUMBER] if pages.NUMBER in changes else plan.number,
        issuer=now[pages.ISSUER] if pages.ISSUER in changes else plan.issuer,
        issued_on=dt.date.fromisoformat(now[pages.ISSUE_DAY]) if now[pages.ISSUE_DAY] else None,
        year=int(now[pages.YEAR]) if now[pages.YEAR] else None,
    )
    return new_plan, set(changes)


def take_columns(work: ProofBook) -> tuple[dict[str, Field], bool]:
    """栏目对应 as the person left it, and whether that differs from what had been understood."""
    fields = {caption.label: caption.field for caption in work.base.captions}
    new_fields = dict(fields)
    for row in work.rows((pages.CAPTION, pages.READ_AS)):
        label, word = row.text(pages.CAPTION), row.text(pages.READ_AS)
        before = next(
            (caption for caption in work.base.captions if pages.cell_text(caption.label) == label), None
        )
        if before is None or word == pages.read_as(before) or pages.READ_AS not in row.cells:
            continue
        place = row.places[pages.READ_AS]
        if word not in BY_WORD:
            words = "、".join(BY_WORD)
            work.unclear.append(proofing.BAD_CHOICE.at(place, label=pages.READ_AS, text=word, allowed=words))
            continue
        new_fields[before.label] = BY_WORD[word]
        work.corrections.append(Correction(place, before.place, label, pages.read_as(before), word))
    return new_fields, new_fields != fields


def take_duties(work: ProofBook, reading: PlanReading, about: Plan) -> tuple[Duty, ...]:
    """来文要求 as the person left it."""
    now = list(reading.plan.duties)
    base = work.base.plan.duties
    homes = {(duty.place, duty.what): n for n, duty in enumerate(now)}
    names = {pages.duty_name(n): duty for n, duty in enumerate(base)}
    removals: set[int] = set()
    additions: list[Duty] = []
    for row in work.rows(_DUTIES):
        key = row.text(pages.ROW)
        before = names.get(key, Duty(""))
        changes = work.changes(row, pages.duty_cells(before), frozenset())
        if key not in names and not changes:
            continue
        place = row.places[pages.WHAT]
        home = homes.get((before.place, before.what))
        duty = now[home] if home is not None else replace(before, place=before.place or place)
        for label, text in changes.items():
            work.note(row, label, before.place, pages.duty_cells(before)[label], text)
        deadline = duty.deadline
        if _TIME_LABELS & changes.keys():
            deadline, findings = typed_cells.corrected_deadline(deadline, changes, row, about, work.calendar)
            work.unclear += findings
        duty = replace(
            duty,
            what=changes.get(pages.WHAT, duty.what),
            addressee=changes.get(pages.ADDRESSEE, duty.addressee),
            deadline=deadline,
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
    for row in work.rows((pages.NAME, pages.MEMBERS)):
        name = row.text(pages.NAME)
        text, problem = typed_cells.text_of(row, pages.MEMBERS)
        place = row.places[pages.MEMBERS]
        if problem is not None:
            work.unclear.append(problem)
            continue
        if not name or text == pages.cell_text(texts.get(name, "")):
            continue
        if name not in members_now:
            work.told.append(proofing.UNUSED_GROUP.at(place, name=name))
            continue
        members, why = typed_cells.unit_names(text)
        if why:
            work.unclear.append(proofing.BAD_UNITS.at(place, label=pages.MEMBERS, text=text, why=why))
            continue
        work.corrections.append(Correction(place, "", f"“{name}”成员", texts.get(name, ""), text))
        members_now[name] = members or None
    return tuple(Group(name, members) for name, members in members_now.items())
