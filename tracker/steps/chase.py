"""Chasing: who is to be reminded on the day, drafted as slips that a person signs off.

    1. take in what was signed, sent or withdrawn since (督办/签发单.xlsx)
    2. decide every matter (`rules.reminders`): say who would get what and why, and who would not and why not
    3. record the slips as drafts in one act
    4. lay out the slips that are not there, and complete the signing list

A slip is a function of its facts, so a run that was killed after 3 is finished by the next one; asking twice on
one day gives nothing new. On a rest day nothing is drafted. Nothing official leaves before it is signed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tracker import facts
from tracker.files.documents import render_official
from tracker.files.guard import open_source
from tracker.files.ledger import Act
from tracker.files.patch import patch
from tracker.files.safe import State as Wrote
from tracker.files.safe import safe_write
from tracker.files.signing import SigningRow
from tracker.files.signing import lay_out_signing
from tracker.files.signing import missing_rows
from tracker.files.signing import read_signing
from tracker.files.templates import words
from tracker.problems import Exit
from tracker.problems.workdays import NoCalendar
from tracker.rules.lights import Thresholds
from tracker.rules.phrases import short_name
from tracker.rules.phrases import without_number
from tracker.rules.reminders import Decision
from tracker.rules.reminders import State
from tracker.rules.reminders import Steps
from tracker.rules.reminders import Tier
from tracker.rules.reminders import decide
from tracker.rules.reminders import matters
from tracker.rules.slips import Slip
from tracker.rules.slips import SlipLine
from tracker.rules.slips import name_of
from tracker.rules.slips import outline
from tracker.rules.standing import Standing
from tracker.rules.standing import standings
from tracker.rules.state import Office
from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk

FOLDER = "督办"
LIST = "签发单.xlsx"
# Rungs that gather what one unit owes into one slip; the others are one matter one slip, or one for all.
_GATHERED = (Tier.REMIND,)
_FOR_ALL = (Tier.CIRCULATE, Tier.TALK)


def chase(call: Call) -> Answer:
    """Draft what is due on the day of the call."""
    with open_desk(call) as desk:
        rows = _signing_rows(desk)
        drafted: list[facts.Document] = []
        with desk.act("chase") as act:
            _take_in_signatures(act, rows, desk.today)
            office = act.office()
            decisions = _decisions(desk, office)
            drafted += _assignments(act, office, desk)
            drafted += _drafts(act, office, [each for each in decisions if each.tier], desk.today)
        outcome, written = Exit.DONE, 0
        if not call.dry_run:
            outcome, written = _lay_out_all(desk, rows)
        return _answer(desk, drafted, decisions, written, outcome)


def _signing_rows(desk: Desk) -> tuple[SigningRow, ...]:
    path = desk.folder.path(FOLDER, LIST)
    return read_signing(open_source(path)) if path.exists() else ()


def _take_in_signatures(act: Act, rows: Sequence[SigningRow], today: dt.date) -> None:
    documents = act.office().documents
    for row in rows:
        known = documents.get(row.document)
        if known is None or (row.state.value, row.number) == (known.state, known.number):
            continue
        if row.state is State.DRAFTED and not row.number:
            continue  # an emptied cell is no statement
        state = known.state if row.state is State.DRAFTED else row.state.value
        changed = replace(known, state=state, number=row.number or known.number, on=row.on or today)
        act.add(changed, place=row.place)


def _decisions(desk: Desk, office: Office) -> list[Decision]:
    stand = _stand(desk, office)
    steps = Steps(
        desk.settings.number("remind_before"),
        desk.settings.number("supervise_after"),
        desk.settings.number("circulate_after"),
        desk.settings.number("circulate_after"),
    )
    documents = tuple(office.documents.values())
    decisions = [
        decide(matter, documents, today=desk.today, calendar=desk.calendar, steps=steps)
        for matter in matters(office, stand, desk.today)
    ]
    if _rests(desk):
        return [replace(each, tier=None, why="今天不是工作日") for each in decisions]
    return decisions


def _rests(desk: Desk) -> bool:
    try:
        return not desk.calendar.is_workday(desk.today)
    except NoCalendar:
        return desk.today.weekday() > 4


def _stand(desk: Desk, office: Office) -> Mapping[str, Standing]:
    points = [point for plan in office.plans.values() for point in plan.points]
    near = Thresholds(near=desk.settings.number("remind_before"))
    return standings(office, points, today=desk.today, calendar=desk.calendar, thresholds=near)


def _assignments(act: Act, office: Office, desk: Desk) -> list[facts.Document]:
    """An 交办单 for each unit with tasks of a plan that none of its slips has handed over yet."""
    if _rests(desk):
        return []
    handed: dict[str, set[str]] = {}
    for each in office.documents.values():
        if each.tier == Tier.ASSIGN.value and each.state != State.WITHDRAWN.value:
            handed.setdefault(each.unit, set()).update(each.subjects)
    drafts = []
    for plan in office.plans.values():
        for unit in office.units:
            wanted = tuple(
                point.id
                for point in plan.points
                if not point.retired and unit in point.units() and point.id not in handed.get(unit, ())
            )
            if wanted:
                drafts.append(_draft(act, office, Tier.ASSIGN, unit, wanted, desk.today))
    return drafts


def _drafts(act: Act, office: Office, decisions: Sequence[Decision], today: dt.date) -> list[facts.Document]:
    drafts = []
    for tier in Tier:
        of_tier = [each for each in decisions if each.tier is tier]
        for unit, subjects in _bundles(tier, of_tier):
            drafts.append(_draft(act, office, tier, unit, subjects, today))
    return drafts


def _bundles(tier: Tier, decisions: Sequence[Decision]) -> Iterable[tuple[str, tuple[str, ...]]]:
    if tier in _FOR_ALL:
        return [("", tuple(dict.fromkeys(each.matter.subject for each in decisions)))] if decisions else []
    if tier in _GATHERED:
        units = dict.fromkeys(each.matter.unit for each in decisions)
        return [
            (unit, tuple(each.matter.subject for each in decisions if each.matter.unit == unit))
            for unit in units
        ]
    return [(each.matter.unit, (each.matter.subject,)) for each in decisions]


def _draft(
    act: Act, office: Office, tier: Tier, unit: str, subjects: tuple[str, ...], today: dt.date
) -> facts.Document:
    document = act.mint("D")
    name = name_of(Slip(document, "", tier, office.name_of(unit, today) if unit else "", "", ()))
    path = f"{FOLDER}/{today.isoformat()} {tier.value}/{name}.docx"
    state = State.DRAFTED.value if tier.is_official else State.SIGNED.value
    fact = facts.Document(document, tier.value, unit, subjects, today, state, "", path)
    act.add(fact)
    return fact


def _lay_out_all(desk: Desk, rows: Sequence[SigningRow]) -> tuple[Exit, int]:
    """Lay out what is missing; returns how that went and how many slips were written."""
    office = desk.office()
    written = 0
    for document in office.documents.values():
        path = desk.folder.path(*document.path.split("/"))
        if path.exists() or document.state == State.WITHDRAWN.value:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        safe_write(path, _render(desk, office, document), now=desk.call.now)
        written += 1
    official = [each for each in office.documents.values() if Tier(each.tier).is_official]
    outcome = _complete_list(
        desk.folder.path(FOLDER, LIST), rows, [_row(office, each) for each in official], desk
    )
    return outcome, written


def _row(office: Office, each: facts.Document) -> SigningRow:
    subjects = "、".join(_subject_name(office, subject) for subject in each.subjects)
    unit = office.name_of(each.unit) if each.unit else ""
    return SigningRow(
        each.document, each.tier, unit, subjects, each.on, each.path, State(each.state), each.number
    )


def _subject_name(office: Office, subject: str) -> str:
    return office.rounds[subject].name if subject in office.rounds else subject


def _complete_list(path: Path, rows: Sequence[SigningRow], wanted: Sequence[SigningRow], desk: Desk) -> Exit:
    if not wanted:
        return Exit.DONE
    if not path.exists():
        return _went(safe_write(path, lay_out_signing(wanted), now=desk.call.now).state)
    append = missing_rows(rows, wanted)
    if append is None:
        return Exit.DONE
    return _went(safe_write(path, patch(path.read_bytes(), (), (append,)), now=desk.call.now).state)


def _went(state: Wrote) -> Exit:
    return Exit.PARTLY if state is Wrote.BESIDE else Exit.DONE


def _render(desk: Desk, office: Office, document: facts.Document) -> bytes:
    say = words("slips.txt", office=desk.folder.root)
    body = office.units.get(document.unit)
    contacts = [f"{each.name} {each.phone}".strip() for each in body.contacts] if body else []
    plan = next((office.plans[wp.rsplit("-", 1)[0]] for wp in document.subjects if "-" in wp), None)
    slip = Slip(
        document=document.document,
        number=document.number,
        tier=Tier(document.tier),
        unit=office.name_of(document.unit, document.on) if document.unit else "",
        person=contacts[0] if contacts else "",
        lines=tuple(_lines(office, document)),
        plan=plan.edition.title if plan else "",
        plan_number=plan.edition.number if plan else "",
    )
    official = outline(
        slip,
        say,
        office_name=desk.settings.text("office_name"),
        contact=desk.settings.text("contact"),
        today=document.on,
    )
    return render_official(official)


def _lines(office: Office, document: facts.Document) -> Iterable[SlipLine]:
    for subject in document.subjects:
        if subject in office.rounds:
            opened = office.rounds[subject]
            units = [document.unit] if document.unit else _silent(office, subject)
            for unit in units:
                yield SlipLine(
                    subject,
                    office.name_of(unit),
                    f"报送“{opened.name}”填报表",
                    "按填报表要求逐项填写，盖章后报送。",
                    opened.due.isoformat(),
                )
            continue
        point = office.point(subject)
        role = point.role_of(document.unit) if document.unit else None
        leads = point.units()[:1]
        unit = document.unit or (leads[0] if leads else "")
        yield SlipLine(
            subject,
            office.name_of(unit) if unit else "",
            without_number(point.task or point.section) or short_name(point.requirement),
            point.requirement,
            point.deadline.text or "未写明",
            role.label if role else "",
        )


def _silent(office: Office, round_: str) -> list[str]:
    back = {each.form for _, each in office.returns if each.outcome != "refused"}
    return [form.unit for form in office.forms.values() if form.round == round_ and form.form not in back]


def _answer(
    desk: Desk, drafted: Sequence[facts.Document], decisions: Sequence[Decision], written: int, outcome: Exit
) -> Answer:
    office = desk.office()
    due = [each for each in decisions if each.tier]
    lines = [f"{desk.today.isoformat()}　应发 {len(drafted)} 份，暂不发 {len(decisions) - len(due)} 项。"]
    for tier in Tier:
        of_tier = [each for each in drafted if each.tier == tier.value]
        names = [office.name_of(each.unit) if each.unit else "（全体）" for each in of_tier]
        if names:
            lines.append(f"  {tier.value} {len(names)} 份：{'、'.join(dict.fromkeys(names))}")
    if desk.call.dry_run:
        told = [each for each in decisions if each.tier] + [each for each in decisions if not each.tier]
        lines += [
            f"  {office.name_of(each.matter.unit)}　{each.matter.subject}　"
            f"{each.tier.value if each.tier else '不发'}：{each.why}"
            for each in told
        ]
    elif drafted:
        lines.append(f"单子在“{FOLDER}”文件夹；官方单子都是拟稿，请在《{LIST}》中签发后再发。")
    if outcome is Exit.PARTLY:
        lines.append(f"《{LIST}》正被打开，新的内容放在旁边的文件里；关闭后再运行一次。")
    lines += [str(finding) for finding in desk.findings]
    return Answer(
        tuple(lines),
        {
            "drafted": [
                {
                    "document": each.document,
                    "tier": each.tier,
                    "unit": each.unit,
                    "subjects": list(each.subjects),
                }
                for each in drafted
            ],
            "why": [
                {
                    "subject": each.matter.subject,
                    "unit": each.matter.unit,
                    "tier": each.tier.value if each.tier else "",
                    "why": each.why,
                }
                for each in decisions
            ],
            "written": written,
        },
        outcome,
    )
