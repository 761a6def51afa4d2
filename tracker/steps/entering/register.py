"""The units' list and the ledger: what the office typed becomes facts, what is new goes back into the workbook.

The workbook is what the office says, so its rows become facts as they stand; the ledger keeps what it said
before. A unit that a plan named first has no row yet: it is added below the last row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tracker import facts
from tracker.files.folders import REGISTER
from tracker.files.guard import open_source
from tracker.files.ledger import Act
from tracker.files.lists.register import UNITS
from tracker.files.lists.register import GroupRow
from tracker.files.lists.register import NameRow
from tracker.files.lists.register import RegisterBook
from tracker.files.lists.register import UnitRow
from tracker.files.lists.register import all_sheets
from tracker.files.lists.register import lay_out_register
from tracker.files.lists.register import missing_rows
from tracker.files.lists.register import read_register
from tracker.files.patch import Append
from tracker.files.patch import Edit
from tracker.files.patch import patch
from tracker.files.safe import Written
from tracker.files.safe import safe_write
from tracker.problems import Finding
from tracker.problems.recording import SUCCESSOR_WITHOUT_DAY
from tracker.problems.recording import UNKNOWN_CONTACT
from tracker.problems.recording import UNKNOWN_SUCCESSOR
from tracker.reading.units import Known
from tracker.reading.units import Register
from tracker.reading.units import resembles
from tracker.rules.plans.succession import WITHDRAWN
from tracker.rules.state import Body
from tracker.rules.state import Office
from tracker.steps.desk import Desk

_LINKS = {"更名": "rename", "合并": "merge", "分设": "split"}


def known_names(office: Office) -> tuple[Known, ...]:
    """Every name that means a unit, with its days."""
    return tuple(
        Known(body.unit, name.name, name.since, name.until)
        for body in office.units.values()
        for name in body.names
    )


def register_of(office: Office, *, on: dt.date | None = None) -> Register:
    """Who is meant by which name, on a day."""
    return Register(known_names(office), on=on)


def read_book(path: Path) -> RegisterBook:
    """Read the workbook; a missing one says nothing."""
    return read_register(open_source(path)) if path.exists() else RegisterBook()


def bring_in(act: Act, book: RegisterBook, *, today: dt.date) -> list[Finding]:
    """Record what the workbook says and the ledger does not know yet; give what cannot be understood."""
    return bring_in_units(act, book, today=today) + bring_in_contacts(act, book)


def bring_in_units(act: Act, book: RegisterBook, *, today: dt.date) -> list[Finding]:
    """Record the units, their names and who succeeds them; give what cannot be understood."""
    office = act.office()
    register = register_of(office)
    for row in book.units:
        unit = row.unit or register.resolve(row.name).unit or act.mint("U")
        body = office.units.get(unit, Body(unit))
        act.add(*_unit_facts(unit, row, body, today), place=row.place)
    register = register_of(act.office())
    findings: list[Finding] = []
    for row in book.units:
        unit = row.unit or register.resolve(row.name).unit
        links, told = _links(unit, row, office.units.get(unit, Body(unit)), register)
        findings += told
        act.add(*links, place=row.place)
    return findings


def bring_in_contacts(act: Act, book: RegisterBook) -> list[Finding]:
    """Record who is called; give the rows whose unit nobody knows.

    Whoever enters a plan calls this after its names are decided: a unit that the plan names first is known then.
    """
    office = act.office()
    register = register_of(office)
    findings: list[Finding] = []
    for contact in book.contacts:
        unit = register.resolve(contact.unit).unit
        if not unit:
            near = "、".join(_near(contact.unit, office, register)) or "没有"
            person = contact.name or "未填姓名"
            findings.append(UNKNOWN_CONTACT.at(contact.place, unit=contact.unit, name=person, near=near))
            continue
        fact = facts.Contact(unit, contact.role, contact.name, contact.phone, contact.mail, active=True)
        if fact not in office.units.get(unit, Body(unit)).contacts:
            act.add(fact, place=contact.place)
    act.add(*_left(office, book, register))
    return findings


def _near(written: str, office: Office, register: Register) -> tuple[str, ...]:
    """The units that a name may be meant for: those that it abbreviates first, then the likest letters."""
    short = (
        unit
        for unit, body in office.units.items()
        if any(resembles(written, name.name) for name in body.names)
    )
    units = dict.fromkeys((*short, *register.resolve(written).candidates))
    return tuple(office.name_of(unit) for unit in units)[:3]


def _left(office: Office, book: RegisterBook, register: Register) -> Iterator[facts.Contact]:
    """Contacts whose row was taken out or says another name: nothing is sent to who is no contact any more.

    A sheet without any row is no statement: it is an older workbook, or an accident. Neither is a row whose unit
    nobody knows: it may be one that was misspelt.
    """
    if not book.contacts:
        return
    listed = {(register.resolve(each.unit).unit, each.role, each.name) for each in book.contacts}
    unclear = {(role, name) for unit, role, name in listed if not unit}
    for body in office.units.values():
        for contact in body.contacts:
            person = contact.role, contact.name
            if (body.unit, *person) not in listed and person not in unclear:
                yield replace(contact, active=False)


def _unit_facts(unit: str, row: UnitRow, body: Body, today: dt.date) -> Iterator[facts.Fact]:
    """What a row says anew of a unit.

    Another name in the row is a renaming: from 启用日期 where that was changed with it, else from today. The former
    name keeps meaning the unit for what was written in its days.
    """
    retired = row.until is not None and row.until <= today
    if (row.kind, retired) != (body.kind, body.retired) or not body.names:
        yield facts.Unit(unit, row.kind, retired)
    known = {name.name: name for name in body.names}
    current = next((name for name in reversed(body.names) if name.rank == "current"), None)
    if current is None:
        yield facts.UnitName(unit, row.name, row.since, row.until, "current")
    elif current.name != row.name:
        since = row.since if row.since and row.since != current.since else today
        yield facts.UnitName(unit, current.name, current.since, since - dt.timedelta(days=1), "former")
        yield facts.UnitName(unit, row.name, since, row.until, "current")
    elif row.until != current.until:
        yield facts.UnitName(unit, row.name, current.since, row.until, "current")
    for name in row.other_names:
        if name not in known:
            yield facts.UnitName(unit, name, None, None, "other")


def _links(
    unit: str, row: UnitRow, body: Body, register: Register
) -> tuple[tuple[facts.UnitLink, ...], list[Finding]]:
    """What a row says anew of a unit's successors; one that is no longer named is taken back."""
    if not unit or (row.successors and not row.until):
        told = [SUCCESSOR_WITHOUT_DAY.at(row.place, name=row.name)] if row.successors else []
        return (), told
    meant = {name: register.resolve(name).unit for name in row.successors}
    unknown = [name for name, heir in meant.items() if not heir]
    if unknown:
        return (), [UNKNOWN_SUCCESSOR.at(row.place, name=row.name, heir="、".join(unknown))]
    how = _LINKS.get(row.change, "split" if len(meant) > 1 else "merge")
    wanted = {
        facts.UnitLink(unit, heir, row.until, how) for heir in meant.values() if row.until and heir != unit
    }
    keys = {(each.successor, each.on) for each in wanted}
    known = {each for each in body.links if each.how != WITHDRAWN}
    gone = (replace(each, how=WITHDRAWN) for each in known if (each.successor, each.on) not in keys)
    new = (*gone, *(each for each in wanted if each not in body.links))
    return tuple(sorted(new, key=lambda each: (each.how != WITHDRAWN, each.successor, each.on))), []


def take_in_register(desk: Desk) -> tuple[Office, list[Finding]]:
    """Record what the office typed into the units' list since; the office with it, and what is unclear there.

    A merger takes effect on its day, whichever command runs first on it. Nothing new makes no act.
    """
    book = read_book(path_of(desk.folder.root))
    with desk.act("register") as act:
        findings = bring_in(act, book, today=desk.today)
        return act.office(), findings


def wanted_book(office: Office, names: tuple[NameRow, ...] = ()) -> RegisterBook:
    """Every row that the workbook should have, as the ledger knows it."""
    units = tuple(
        UnitRow(
            unit=body.unit,
            name=office.name_of(body.unit),
            other_names=tuple(name.name for name in body.names if name.rank == "other"),
            kind=body.kind,
        )
        for body in office.units.values()
        if body.names
    )
    groups: dict[str, GroupRow] = {}
    for plan in office.plans.values():
        for point in plan.points:
            for collective, _ in point.collectives:
                members = plan.members.get(collective, ())
                groups[collective] = GroupRow(collective, tuple(office.name_of(unit) for unit in members))
    return RegisterBook(units, tuple(groups.values()), (), names)


def write_back(path: Path, book: RegisterBook, wanted: RegisterBook, *, now: dt.datetime) -> Written | None:
    """Complete the workbook; None when nothing is missing. Rows that the office has are not touched."""
    if not path.exists():
        return safe_write(path, lay_out_register(wanted), now=now)
    missing = missing_rows(book, wanted)
    appends = tuple(Append(sheet, rows, like=None) for sheet, rows in all_sheets(missing) if rows)
    ids = {each.name: each.unit for each in wanted.units}
    edits = tuple(
        Edit(UNITS, row.row, row.id_column, ids[row.name])
        for row in book.units
        if not row.unit and row.row >= 0 and row.name in ids and row.place.startswith(f"{UNITS}!")
    )
    if not appends and not edits:
        return None
    return safe_write(path, patch(path.read_bytes(), edits, appends), expect=book.sha, now=now)


def path_of(root: Path) -> Path:
    """Where the workbook lies."""
    return root / REGISTER
