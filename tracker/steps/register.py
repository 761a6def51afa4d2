"""The units' list and the ledger: what the office typed becomes facts, what is new goes back into the workbook.

The workbook is what the office says, so its rows become facts as they stand; the ledger keeps what it said
before. A typed name that is near a known one is asked first; a unit that nothing went to is simply corrected, or deleted
with its row. Whose an address is, or ever was, is asked here, too (`homes_of`): it is what the guard against swapped
addresses is told.

A name that stands only as a member in 单位组, or as the unit of a 联络员, while there is a plan:

    the name                                         becomes
    answered in 待确认名称                            what the answer says, a new unit or another name of one
    near a known one (`resembles`, `is_mistyped`)    a question there
    surely a body's, and no group's                  a new unit, told once with where it came from
    any other                                        nothing; it is told until it is mended

Every verb that reads the workbook completes it (`complete_list`): rows of units that it does not have yet, 编号 and 类别 of
those that somebody typed, questions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from tracker import facts
from tracker.files.folders import REGISTER
from tracker.files.ledger import Act
from tracker.files.safe import WriteResult, WriteState, safe_write
from tracker.formats.books import (
    NEW_UNIT,
    UNITS,
    NameRow,
    RegisterBook,
    UnitGroupRow,
    UnitRow,
    all_sheets,
    lay_out_register,
    missing_register_rows,
    read_register,
)
from tracker.formats.patch import Append, Edit, patch
from tracker.problems.base import Finding
from tracker.problems.plans import (
    CORRECTED_UNIT,
    KIND_PROPOSED,
    LIST_BESIDE,
    NAME_OF_ANOTHER,
    NEAR_UNIT,
    NEW_UNITS,
    RENAMED_UNIT,
    SUCCESSOR_WITHOUT_DAY,
    UNKNOWN_CONTACT,
    UNKNOWN_MEMBER,
    UNKNOWN_SUCCESSOR,
    UNSURE_ANSWER,
)
from tracker.problems.report import WhichUnit
from tracker.rules.office import WITHDRAWAL, Office, PlanNow, UnitNow
from tracker.rules.outgoing import addr_spec
from tracker.rules.plans import REVOCATION
from tracker.rules.register import Register, RegisterName, exact, is_mistyped, resembles
from tracker.steps.desk import Desk, open_list
from tracker.tiers import proposed_kind

_LINKS = {"更名": "rename", "合并": "merge", "分设": "split"}


def known_names(office: Office) -> tuple[RegisterName, ...]:
    """Every name that means a unit, with its days."""
    return tuple(
        RegisterName(unit.unit, name.name, name.since, name.until)
        for unit in office.units.values()
        for name in unit.names
    )


def register_of(office: Office, *, on: dt.date | None = None) -> Register:
    """Who is meant by which name, on a day."""
    return Register(known_names(office), on=on)


def unit_by_name(office: Office, name: str) -> str:
    """The unit that a person means, by its id or any of its names; `WhichUnit` where nobody has that name."""
    if name in office.units:
        return name
    resolution = register_of(office).resolve(name)
    if not resolution.unit:
        near = "、".join(office.name_of(candidate) for candidate in resolution.candidates)
        raise WhichUnit(name=name, near=f"（最接近的有：{near}）" if near else "")
    return resolution.unit


def read_book(path: Path) -> RegisterBook:
    """Read the workbook; a missing one says nothing."""
    return read_register(open_list(path.parent, path)) if path.exists() else RegisterBook()


def bring_in(desk: Desk, act: Act, book: RegisterBook) -> list[Finding]:
    """Record what the workbook says and the ledger does not know yet; give what cannot be understood.

    Members come before contacts, whose units they may be.
    """
    return [
        *bring_in_units(desk, act, book),
        *bring_in_members(desk, act, book),
        *bring_in_contacts(desk, act, book),
    ]


def bring_in_units(desk: Desk, act: Act, book: RegisterBook) -> list[Finding]:
    """Record the units, their names and who succeeds them; give what cannot be understood."""
    office = act.office()
    register = register_of(office)
    findings: list[Finding] = []
    near_names = {row.written: row.near for row in near_rows(office, book)}
    proposals: list[tuple[str, str]] = []
    rows = []
    for row in book.units:
        other = register.resolve(row.name).unit
        if not row.unit and not other and row.name in near_names:
            findings.append(NEAR_UNIT.at(row.place, name=row.name, near=near_names[row.name]))
        elif row.unit in office.units and other not in ("", row.unit):
            findings.append(_take_for(act, office, row, other))
        else:
            rows.append(row)
    for row in rows:
        unit = row.unit or register.resolve(row.name).unit or act.mint("U")
        unit_now = office.units.get(unit, UnitNow(unit))
        is_mistake = _is_mistake(office, unit_now, row)
        kind = row.kind or kind_of(desk, row.name)
        new_facts = tuple(_unit_facts(unit, row, unit_now, kind, act.row.day, is_mistake=is_mistake))
        act.add(*new_facts, place=row.place)
        findings += [
            RENAMED_UNIT.at(row.place, before=fact.name, name=row.name)
            for fact in new_facts
            if isinstance(fact, facts.UnitName) and fact.rank == "former"
        ]
        proposals += [
            (row.name, fact.kind)
            for fact in new_facts
            if isinstance(fact, facts.Unit) and fact.kind != row.kind
        ]
    act.add(*_deletions(office, book))
    register = register_of(act.office())
    findings += kind_findings(proposals)
    for row in rows:
        unit = row.unit or register.resolve(row.name).unit
        links, link_findings = _links(unit, row, office.units.get(unit, UnitNow(unit)), register)
        findings += link_findings
        act.add(*links, place=row.place)
    return findings


def kind_of(desk: Desk, name: str) -> str:
    """The 类别 that is proposed for a unit in this office."""
    return proposed_kind(name, desk.settings.text("office_name"))


def mint_unit(desk: Desk, act: Act, name: str, written: str = "") -> str:
    """A new unit of that name; `written` is another name that means it."""
    unit = act.mint("U")
    act.add(facts.Unit(unit, kind_of(desk, name)), facts.UnitName(unit, name, None, None, "current"))
    if written not in ("", name):
        act.add(facts.UnitName(unit, written, None, None, "other"))
    return unit


def _answers(book: RegisterBook) -> dict[str, NameRow]:
    """The rows of 待确认名称 that somebody answered, by name."""
    return {exact(row.written): row for row in book.names if row.means}


def _unit_by_answer(desk: Desk, act: Act, name: str, row: NameRow) -> tuple[str, tuple[Finding, ...]]:
    """The unit that an answer of 待确认名称 gives a name, minted where it is a new one.

    A right name that stands in no list is a new unit; one that resembles a known unit is told, and decides nothing.
    """
    office = act.office()
    register = register_of(office)
    right_name = name if row.means == NEW_UNIT else row.means
    unit = register.resolve(right_name).unit
    near = _near(right_name, office, register) if row.means != NEW_UNIT and not unit else ()
    if any(resembles(right_name, other) for other in near):
        near_names = "、".join(near)
        return "", (UNSURE_ANSWER.at(row.place, name=row.written, text=right_name, near=near_names),)
    return unit or mint_unit(desk, act, right_name, name), ()


def bring_in_names(desk: Desk, act: Act, book: RegisterBook) -> list[Finding]:
    """Give the tasks of names that nobody knew to the units that the office says they mean (待确认名称)."""
    answers = _answers(book)
    questions = [
        (point, assignee, answers[exact(assignee.written)])
        for plan in act.office().plans.values()
        for point in plan.points
        for assignee in point.assignees
        if not point.is_retired and not assignee.unit and exact(assignee.written) in answers
    ]
    if not questions:
        return []
    editions = {entry.fact.wp: entry.fact.edition for entry in desk.ledger.entries(facts.AssignmentFact)}
    findings: dict[str, Finding] = {}
    for point, assignee, row in questions:
        unit, unsure = _unit_by_answer(desk, act, assignee.written, row)
        findings |= {finding.place: finding for finding in unsure}
        if not unit:
            continue
        open_fact = facts.AssignmentFact(
            point.id,
            editions[point.id],
            assignee.written,
            "",
            assignee.role.value,
            "",
            assignee.part,
            active=False,
        )
        act.add(open_fact, replace(open_fact, unit=unit, active=True), place=row.place)
    return list(findings.values())


def _bring_in_typed(
    desk: Desk, act: Act, book: RegisterBook, names: Iterable[str], origin: str
) -> list[Finding]:
    """Make units of names that stand in no row of 单位, by the table of the module; `origin` says where they stand."""
    office = act.office()
    register = register_of(office)
    answers = _answers(book)
    findings: list[Finding] = []
    new_names: list[str] = []
    for name in dict.fromkeys(names):
        if not office.plans or register.resolve(name).unit:
            continue
        row = answers.get(exact(name))
        if row is not None:
            unit, unsure = _unit_by_answer(desk, act, name, row)
            findings += unsure
            if unit in office.units:
                act.add(facts.UnitName(unit, name, None, None, "other"), place=row.place)
        elif _is_new_unit(name) and not _typed_near(office, name):
            mint_unit(desk, act, name)
            new_names.append(name)
    if new_names:
        names_told = "、".join(new_names)
        findings.append(NEW_UNITS.at(REGISTER, n=len(new_names), names=names_told, origin=origin))
    kinds = ((name, kind_of(desk, name)) for name in new_names)
    return findings + kind_findings((name, kind) for name, kind in kinds if kind)


def _is_new_unit(name: str) -> bool:
    """Whether a name that nobody knows reads like one unit."""
    # Imported here: only new names need the grammar of who answers.
    from tracker.reading.clauses import is_group, is_unit_as_written

    return is_unit_as_written(name) and not is_group(name)


def bring_in_members(desk: Desk, act: Act, book: RegisterBook) -> list[Finding]:
    """Record who belongs to a collective name of the latest year's plans from today on; give the names that nobody has.

    A row without members is no statement. Where a name of it is unclear, nobody is taken out of the group.
    """
    new_findings: list[Finding] = []
    findings: dict[str, Finding] = {}
    for plan in act.office().plans.values():
        live = plan.live_points
        for group, row in _rows_of_groups(act.office(), book, plan, act.row.day).items():
            new_findings += _bring_in_typed(desk, act, book, row.members, f"“{group}”的成员")
            office = act.office()
            register = register_of(office)
            units = {name: register.resolve(name).unit for name in row.members}
            strangers = [name for name, unit in units.items() if not unit]
            for name in strangers:
                near = "、".join(_near(name, office, register)) or "没有"
                findings[name] = UNKNOWN_MEMBER.at(row.place, group=group, unit=name, near=near)
            before = {
                assignee.unit
                for point in live
                for assignee in point.assignees
                if assignee.via == group and assignee.unit
            }
            now = {unit for unit in units.values() if unit} | (before if strangers else set())
            if now != before:
                edition = plan.edition.edition
                act.add(
                    *(
                        facts.Member(plan.plan, edition, group, unit, active=unit in now)
                        for unit in sorted(now | before)
                    ),
                    place=row.place,
                )
    return [*new_findings, *findings.values()]


def _rows_of_groups(
    office: Office, book: RegisterBook, plan: PlanNow, day: dt.date
) -> dict[str, UnitGroupRow]:
    """By collective name of a plan of the latest year, the row of 单位组 that states its members on a day."""
    rows = {exact(row.name): row for row in book.groups if row.members and row.holds(day)}
    latest = max((plan.edition.year for plan in office.plans.values()), default=0)
    live = [point for point in plan.points if not point.is_retired and plan.edition.year == latest]
    groups = dict.fromkeys(name for point in live for name, _ in point.collectives)
    return {group: rows[exact(group)] for group in groups if exact(group) in rows}


def kind_findings(proposals: Iterable[tuple[str, str]]) -> list[Finding]:
    """One line about the 类别 that were proposed from units' names, where there are any."""
    names: dict[str, list[str]] = {}
    for name, kind in proposals:
        names.setdefault(kind, []).append(name)
    what = "；".join(f"{'、'.join(some)}为{kind}" for kind, some in names.items())
    return [KIND_PROPOSED.at(REGISTER, what=what)] if what else []


def _typed_near(office: Office, name: str) -> list[str]:
    """The units for which a name that stands in no row of 单位 may be meant."""
    return [
        office.name_of(unit)
        for unit, unit_now in office.units.items()
        if any(resembles(name, other.name) or is_mistyped(name, other.name) for other in unit_now.names)
    ]


def _questions(office: Office, book: RegisterBook, day: dt.date) -> tuple[NameRow, ...]:
    """What 待确认名称 asks: names of rows, members and contacts' units that are near a known one."""
    register = register_of(office)
    members = (
        name
        for plan in office.plans.values()
        for row in _rows_of_groups(office, book, plan, day).values()
        for name in row.members
    )
    names = dict.fromkeys((*members, *(contact.unit for contact in book.contacts)))
    near_names = {
        name: _typed_near(office, name)
        for name in names
        if exact(name) not in _answers(book) and not register.resolve(name).unit
    }
    name_rows = (NameRow(name, "、".join(near[:3])) for name, near in near_names.items() if near)
    rows = {row.written: row for row in (*name_rows, *near_rows(office, book))}
    return tuple(rows.values())


def near_rows(office: Office, book: RegisterBook) -> tuple[NameRow, ...]:
    """Names typed into the list that are near a known one, and of which nobody said yet that they are another unit's.

    Who is named as somebody's 接续单位, or has a day of its own, was meant.
    """
    register = register_of(office)
    answers = {*_answers(book), *(exact(name) for row in book.units for name in row.successors)}
    rows = []
    for row in book.units:
        if row.unit or row.since or register.resolve(row.name).unit or exact(row.name) in answers:
            continue
        near = [
            office.name_of(unit)
            for unit, unit_now in office.units.items()
            if any(
                is_mistyped(row.name, name.name) or _abbreviates(row.name, name.name)
                for name in unit_now.names
            )
        ]
        if near:
            rows.append(NameRow(row.name, "、".join(near[:3])))
    return tuple(rows)


def _abbreviates(one: str, other: str) -> bool:
    """Whether two names of one length or nearly so could be one body's; 市财政局国库支付中心 is none of 市财政局."""
    return resembles(one, other) and abs(len(one) - len(other)) <= 1


def _went_out(office: Office) -> frozenset[str]:
    """Units to which anything went, or that wrote anything."""
    forms = (form.unit for form in office.forms.values())
    documents = (document.unit for document in office.documents.values())
    messages = (message.fact.unit for message in office.messages.values())
    return frozenset((*forms, *documents, *messages, *(unit for _, unit, _, _ in office.cells)))


def _take_for(act: Act, office: Office, row: UnitRow, other: str) -> Finding:
    """A unit of the list got the name of another one: a slip that is corrected, or a merger that wants its day."""
    words = {"unit": row.unit, "name": row.name, "other": other}
    if row.unit in _went_out(office):
        return NAME_OF_ANOTHER.at(row.place, **words)
    link = facts.UnitLink(row.unit, other, dt.date.min, "merge")
    if link not in office.units[row.unit].links:
        act.add(link, place=row.place)
    return CORRECTED_UNIT.at(row.place, **words)


def _is_mistake(office: Office, unit_now: UnitNow, row: UnitRow) -> bool:
    """Whether the present name is one that no plan prints and that went nowhere, so that it never was one."""
    names = {name.name for name in unit_now.names}
    if row.name in names:
        return False
    other_names = {
        assignee.written
        for plan in office.every_plan.values()
        for point in plan.points
        for assignee in point.assignees
        if assignee.unit == unit_now.unit and not assignee.via
    }
    return not names & other_names and unit_now.unit not in _went_out(office)


def _deletions(office: Office, book: RegisterBook) -> Iterator[facts.UnitName]:
    """The names of units whose row was deleted, that answer for nothing and that nothing went to."""
    if not book.units:
        return
    register = register_of(office)
    ids = {unit for row in book.units for unit in (row.unit, register.resolve(row.name).unit)}
    busy = _went_out(office) | {
        unit for plan in office.every_plan.values() for point in plan.points for unit in point.units()
    }
    links = {link.successor for unit_now in office.units.values() for link in unit_now.links}
    for unit, unit_now in office.units.items():
        if unit not in ids | busy | links and not unit_now.links and not unit_now.contacts:
            yield from (replace(name, rank=WITHDRAWAL) for name in unit_now.names)


def bring_in_contacts(desk: Desk, act: Act, book: RegisterBook) -> list[Finding]:
    """Record who is called; give the rows whose unit nobody knows.

    Whoever enters a plan calls this after its names are decided: a unit that the plan names first is known then.
    """
    findings = _bring_in_typed(desk, act, book, (contact.unit for contact in book.contacts), "“联络员”表")
    office = act.office()
    register = register_of(office)
    for contact in book.contacts:
        unit = register.resolve(contact.unit).unit
        if not unit:
            near = "、".join(_near(contact.unit, office, register)) or "没有"
            person = contact.name or "未填姓名"
            findings.append(UNKNOWN_CONTACT.at(contact.place, unit=contact.unit, name=person, near=near))
            continue
        fact = facts.Contact(unit, contact.role, contact.name, contact.phone, contact.mail, active=True)
        if fact not in office.units.get(unit, UnitNow(unit)).contacts:
            act.add(fact, place=contact.place)
    act.add(*_former_contacts(office, book, register))
    return findings


def _near(text: str, office: Office, register: Register) -> tuple[str, ...]:
    """The units that a name may be meant for: those that it abbreviates first, then the likest letters."""
    short = (
        unit
        for unit, unit_now in office.units.items()
        if any(resembles(text, name.name) for name in unit_now.names)
    )
    units = dict.fromkeys((*short, *register.resolve(text).candidates))
    return tuple(office.name_of(unit) for unit in units)[:3]


def _former_contacts(office: Office, book: RegisterBook, register: Register) -> Iterator[facts.Contact]:
    """Contacts whose row was taken out or says another name: nothing is sent to who is no contact any more.

    A sheet without any row is no statement: it is an older workbook, or an accident. Neither is a row whose unit
    nobody knows: it may be one that was misspelt.
    """
    if not book.contacts:
        return
    contact_keys = {
        (register.resolve(contact.unit).unit, contact.role, contact.name) for contact in book.contacts
    }
    unclear = {(role, name) for unit, role, name in contact_keys if not unit}
    for unit in office.units.values():
        for contact in unit.contacts:
            person = contact.role, contact.name
            if (unit.unit, *person) not in contact_keys and person not in unclear:
                yield replace(contact, active=False)


def _unit_facts(
    unit: str, row: UnitRow, unit_now: UnitNow, kind: str, today: dt.date, *, is_mistake: bool
) -> Iterator[facts.Fact]:
    """What a row says anew of a unit.

    Another name in the row is a renaming: from 启用日期 where that was changed with it, else from today. The former
    name keeps meaning the unit for what was written in its days; one that was a mistake is taken back.
    """
    is_retired = row.until is not None and row.until <= today
    if (kind, is_retired) != (unit_now.kind, unit_now.is_retired) or not unit_now.names:
        yield facts.Unit(unit, kind, is_retired)
    names = {name.name: name for name in unit_now.names}
    current = next((name for name in reversed(unit_now.names) if name.rank == "current"), None)
    if current is None:
        yield facts.UnitName(unit, row.name, row.since, row.until, "current")
    elif current.name != row.name and is_mistake:
        yield facts.UnitName(unit, row.name, current.since, row.until, "current")
        yield replace(current, rank=WITHDRAWAL)
    elif current.name != row.name:
        since = row.since if row.since and row.since != current.since else today
        yield facts.UnitName(unit, current.name, current.since, since - dt.timedelta(days=1), "former")
        yield facts.UnitName(unit, row.name, since, row.until, "current")
    elif row.until != current.until:
        yield facts.UnitName(unit, row.name, current.since, row.until, "current")
    for name in row.other_names:
        if name not in names:
            yield facts.UnitName(unit, name, None, None, "other")


def _links(
    unit: str, row: UnitRow, unit_now: UnitNow, register: Register
) -> tuple[tuple[facts.UnitLink, ...], list[Finding]]:
    """What a row says anew of a unit's successors; one that is no longer named is taken back."""
    if not unit or (row.successors and not row.until):
        findings = [SUCCESSOR_WITHOUT_DAY.at(row.place, name=row.name)] if row.successors else []
        return (), findings
    heirs = {name: register.resolve(name).unit for name in row.successors}
    unknown_names = [name for name, heir in heirs.items() if not heir]
    if unknown_names:
        return (), [UNKNOWN_SUCCESSOR.at(row.place, name=row.name, heir="、".join(unknown_names))]
    how = _LINKS.get(row.change, "split" if len(heirs) > 1 else "merge")
    links = {
        facts.UnitLink(unit, heir, row.until, how) for heir in heirs.values() if row.until and heir != unit
    }
    keys = {(link.successor, link.on) for link in links}
    old_links = {link for link in unit_now.links if link.how != REVOCATION}
    withdrawals = (
        replace(link, how=REVOCATION) for link in old_links if (link.successor, link.on) not in keys
    )
    new = (*withdrawals, *(link for link in links if link not in unit_now.links))
    return tuple(sorted(new, key=lambda link: (link.how != REVOCATION, link.successor, link.on))), []


def take_in_register(desk: Desk) -> tuple[Office, list[Finding]]:
    """Record what the office typed into the units' list since; the office with it, and what is unclear there.

    A merger takes effect on its day, whichever command runs first on it. Nothing new makes no act. The list is
    completed.
    """
    book = read_book(path_of(desk.folder.root))
    with desk.act("register") as act:
        findings = [*bring_in(desk, act, book), *bring_in_names(desk, act, book)]
        office = act.office()
    return office, [*findings, *list_beside(complete_list(desk, office, book))]


def complete_list(
    desk: Desk, office: Office, book: RegisterBook, questions: tuple[NameRow, ...] = ()
) -> WriteResult | None:
    """Write what the list does not have yet; None where it lacks nothing, or nothing is to be written."""
    if desk.call.dry_run or not office.plans:
        return None
    target = _complete_book(office, (*questions, *_questions(office, book, desk.today)))
    return _write_back(path_of(desk.folder.root), book, target, now=desk.call.now)


def list_beside(write_result: WriteResult | None) -> list[Finding]:
    """That the list could not be written, with the file that was written beside it."""
    if write_result is None or write_result.state is not WriteState.BESIDE:
        return []
    return [LIST_BESIDE.at(REGISTER, why=write_result.why, name=write_result.path.name)]


def _complete_book(office: Office, names: tuple[NameRow, ...]) -> RegisterBook:
    """Every row that the workbook should have, as the ledger knows it; a row that was a slip of the hand stays deleted."""
    units = tuple(
        UnitRow(
            unit=unit.unit,
            name=office.name_of(unit.unit),
            other_names=tuple(name.name for name in unit.names if name.rank == "other"),
            kind=unit.kind,
        )
        for unit in office.units.values()
        if unit.names and not any(link.on == dt.date.min for link in unit.links)
    )
    groups: dict[str, UnitGroupRow] = {}
    for plan in office.plans.values():
        for point in plan.points:
            for collective, _ in point.collectives:
                members = plan.members.get(collective, ())
                groups[collective] = UnitGroupRow(collective, tuple(office.name_of(unit) for unit in members))
    return RegisterBook(units, tuple(groups.values()), (), names)


def _write_back(
    path: Path, book: RegisterBook, target: RegisterBook, *, now: dt.datetime
) -> WriteResult | None:
    """Complete the workbook; None when nothing is missing. Rows that the office has are not touched."""
    if not path.exists():
        return safe_write(path, lay_out_register(target), now=now)
    additions = missing_register_rows(book, target)
    appends = tuple(Append(sheet, rows, like=None) for sheet, rows in all_sheets(additions) if rows)
    ids = {unit.name: unit.unit for unit in target.units}
    edits = tuple(
        Edit(UNITS, row.row, row.id_column, ids[row.name])
        for row in book.units
        if not row.unit and row.row >= 0 and row.name in ids and row.place.startswith(f"{UNITS}!")
    )
    kinds = {unit.name: unit.kind for unit in target.units if unit.kind}
    edits += tuple(
        Edit(UNITS, row.row, row.kind_column, kinds[row.name])
        for row in book.units
        if not row.kind and row.kind_column >= 0 and row.name in kinds and row.place.startswith(f"{UNITS}!")
    )
    if not appends and not edits:
        return None
    return safe_write(
        path, patch(path.read_bytes(), edits, appends, name=path.name), expect=book.sha, now=now
    )


def path_of(root: Path) -> Path:
    """Where the workbook lies."""
    return root / REGISTER


def homes_of(desk: Desk) -> dict[str, frozenset[str]]:
    """For each address in small letters, every unit that ever had it as a contact's."""
    units_by_address: dict[str, set[str]] = {}
    for entry in desk.ledger.entries(facts.Contact):
        address = addr_spec(entry.fact.mail).lower()
        if address:
            units_by_address.setdefault(address, set()).add(entry.fact.unit)
    return {address: frozenset(units) for address, units in units_by_address.items()}
