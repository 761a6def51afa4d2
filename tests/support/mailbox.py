"""An office with contacts and slips, for tests of sending."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import openpyxl

from tests.support.year import ROUNDS, UNITS, call, make_year
from tracker import facts
from tracker.files.folders import SETTINGS, find_office
from tracker.files.ledger.ledger import open_ledger
from tracker.files.ledger.place import ledger_path
from tracker.formats.books.settings import lay_out_settings
from tracker.settings import Robot, SendingSettings, Settings
from tracker.steps.call import CHINA

# Tuesday, a working day.
MORNING = dt.datetime(2018, 9, 4, 9, 30, tzinfo=CHINA)
MAIL = {
    "send_by": "邮件",
    "mail_host": "127.0.0.1",
    "mail_security": "无",
    "mail_from": "office@example.gov.cn",
    "mail_domains": "example.gov.cn",
}


class Clock:
    """A clock that a test turns."""

    def __init__(self, now: dt.datetime = MORNING) -> None:
        self.moment = now

    def now(self) -> dt.datetime:
        return self.moment

    def wait(self, seconds: float) -> None:
        self.moment += dt.timedelta(seconds=max(0.0, seconds))


def make_office(
    root: Path, values: dict[str, str] | None = None, robots: tuple[Robot, ...] = (), units=None
) -> Path:
    """An office whose units have one contact each; nothing is to be sent yet."""
    units = units or UNITS
    make_year(root, points=len(units), units=units)
    change_settings(root, values or {}, robots)
    record(root, *(contact(unit) for unit in units))
    return root


def change_settings(root: Path, values: dict[str, str], robots: tuple[Robot, ...] = ()) -> None:
    settings = Settings(
        values={"office_name": "市政府办公室"}, rounds=ROUNDS, send_settings=SendingSettings(values, robots)
    )
    (root / SETTINGS).write_bytes(lay_out_settings(settings))


def contact(unit: str, mail: str = "", *, name: str = "", active: bool = True) -> facts.Contact:
    mail = mail or f"{unit.lower()}@example.gov.cn"
    return facts.Contact(unit, "联络员", name or f"{unit}联络员", "0000", mail, active)


def record(root: Path, *said: facts.Fact, at: dt.datetime = MORNING - dt.timedelta(hours=1)) -> None:
    with ledger_of(root) as ledger, ledger.act("record", person="王敏", at=at) as act:
        act.add(*said)


def ledger_of(root: Path):
    folder = find_office(root)
    return open_ledger(ledger_path(folder.root, folder.office), office=folder.office)


def office_of(root: Path):
    with ledger_of(root) as ledger:
        return ledger.office()


def slip(root: Path, number: int, unit: str, tier: str = "提醒", state: str = "", on: dt.date | None = None):
    """A slip about the unit's first work point; a reminder is signed by nature, others are drafts."""
    on = on or MORNING.date()
    wp = f"P1-{list(office_of(root).units).index(unit) + 1:03}" if unit else "P1-001"
    document = facts.Document(
        f"D{number}",
        tier,
        unit,
        (wp,),
        on,
        state or ("signed" if tier == "提醒" else "drafted"),
        "",
        f"督办/{on.isoformat()} {tier}/D{number}.docx",
    )
    record(root, document, at=dt.datetime.combine(on, dt.time(9), tzinfo=CHINA))
    return document


def sign(root: Path, document: facts.Document, state: str = "signed") -> facts.Document:
    changed = replace(document, state=state)
    record(root, changed)
    return changed


def type_in(root: Path, document: str, **cells: object) -> None:
    """Type into a row of the signing list, as a person does in Excel."""
    path = root / "督办" / "送签单.xlsx"
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    head = next(row for row in page.iter_rows() if any(cell.value == "编号" for cell in row))
    columns = {cell.value: cell.column for cell in head if cell.value}
    row = next(each for each in page.iter_rows() if each[columns["编号"] - 1].value == document)
    for label, value in cells.items():
        page.cell(row[0].row, columns[label]).value = value
    book.save(path)


__all__ = ["call"]
