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
from tracker.reading.plans.plan import Reading
from tracker.reading.proof import cells as typed_cells
from tracker.reading.proof import pages
from tracker.reading.proof.gather import Correction
from tracker.reading.proof.gather import Gather
from tracker.reading.tabular.captions import BY_WORD

_DUTIES = (pages.ROW, pages.WHAT, pages.LIMIT)
_DEADLINE = frozenset((pages.LIMIT, pages.DUE))


def take_about(work: Gather) -> tuple[Plan, set[str]]:
    """方案信息 as the person left it, and the labels that were changed."""
    plan = work.base.plan
    shown = pages.about_cells(plan)
    said: dict[str, str] = {}
    for row in work.rows((pages.ITEM, pages.CONTENT)):
        label, text = row.text(pages.ITEM), pages.shown(row.text(pages.CONTENT))
        if label not in shown or text == shown[label] or pages.CONTENT not in row.cells:
            continue
        place = row.places[pages.CONTENT]
        if label == pages.ISSUED and text:
            day = as_date(row.cells[pages.CONTENT])
            if day is None:
                work.unclear.append(proofing.BAD_DAY.at(place, label=label, text=text))
                continue
            text = day.isoformat()
            if text == shown[label]:
                continue
        if label == pages.YEAR and not (text.isdecimal() and len(text) == 4):
            work.unclear.append(proofing.BAD_YEAR.at(place, text=text))
            continue
        said[label] = text
        work.corrections.append(Correction(place, "", label, shown[label], text))
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


def take_columns(work: Gather) -> tuple[dict[str, Field], bool]:
    """栏目对应 as the person left it, and whether that differs from what had been understood."""
    known = {each.label: each.field for each in work.base.captions}
    said = dict(known)
    for row in work.rows((pages.CAPTION, pages.READ_AS)):
        label, word = row.text(pages.CAPTION), row.text(pages.READ_AS)
        before = next((each for each in work.base.captions if pages.shown(each.label) == label), None)
        if before is None or word == pages.read_as(before) or pages.READ_AS not in row.cells:
            continue
        place = row.places[pages.READ_AS]
        if word not in BY_WORD:
            allowed = "、".join(BY_WORD)
            work.unclear.append(
                proofing.BAD_CHOICE.at(place, label=pages.READ_AS, text=word, allowed=allowed)
            )
            continue
        said[before.label] = BY_WORD[word]
        work.corrections.append(Correction(place, before.place, label, pages.read_as(before), word))
    return said, said != known


def take_duties(work: Gather, reading: Reading, about: Plan) -> tuple[Duty, ...]:
    """来文要求 as the person left it."""
    now = list(reading.plan.duties)
    base = work.base.plan.duties
    homes = {(duty.place, duty.what): n for n, duty in enumerate(now)}
    names = {pages.duty_name(n): duty for n, duty in enumerate(base)}
    dropped: set[int] = set()
    added: list[Duty] = []
    for row in work.rows(_DUTIES):
        key = row.text(pages.ROW)
        before = names.get(key, Duty(""))
        changed = work.changed(row, pages.duty_cells(before), frozenset())
        if key not in names and not changed:
            continue
        place = row.places[pages.WHAT]
        home = homes.get((before.place, before.what))
        duty = now[home] if home is not None else replace(before, place=before.place or place)
        for label, text in changed.items():
            work.note(row, label, before.place, pages.duty_cells(before)[label], text)
        deadline = duty.deadline
        if _DEADLINE & changed.keys():
            deadline, told = typed_cells.deadline(deadline, changed, row, about, work.calendar)
            work.unclear += told
        duty = replace(
            duty,
            what=changed.get(pages.WHAT, duty.what),
            addressee=changed.get(pages.ADDRESSEE, duty.addressee),
            deadline=deadline,
        )
        if not work.is_taken(row) or not duty.what:
            dropped |= {home} if home is not None else set()
        elif home is not None:
            now[home] = duty
        else:
            added.append(duty)
            work.typed |= {duty.place} if key not in names else set()
    return (*(duty for n, duty in enumerate(now) if n not in dropped), *added)


def take_groups(work: Gather, reading: Reading, points: Sequence[WorkPoint]) -> tuple[Group, ...]:
    """The collective names that the points use, with the members of 统称及成员."""
    used = dict.fromkeys(name for point in points for name in point.responsibility.groups)
    known = {each.name: each.members for each in reading.plan.groups if each.name in used}
    found: dict[str, tuple[str, ...] | None] = {name: known.get(name) for name in used}
    shown = {each.name: "、".join(each.members or ()) for each in work.base.plan.groups}
    for row in work.rows((pages.NAME, pages.MEMBERS)):
        name = row.text(pages.NAME)
        text, problem = typed_cells.text_of(row, pages.MEMBERS)
        place = row.places[pages.MEMBERS]
        if problem is not None:
            work.unclear.append(problem)
            continue
        if not name or text == pages.shown(shown.get(name, "")):
            continue
        if name not in found:
            work.told.append(proofing.UNUSED_GROUP.at(place, name=name))
            continue
        members, why = typed_cells.names(text)
        if why:
            work.unclear.append(proofing.BAD_UNITS.at(place, label=pages.MEMBERS, text=text, why=why))
            continue
        work.corrections.append(Correction(place, "", f"“{name}”成员", shown.get(name, ""), text))
        found[name] = members or None
    return tuple(Group(name, members) for name, members in found.items())
