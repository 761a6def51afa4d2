"""台账/通知要求.xlsx both ways: what the office says of the letter's duties becomes facts, new duties go below its last row.

Facts first, then the file: a run that was killed between, or that found the workbook open, records nothing twice.
"""

from __future__ import annotations

import json
from dataclasses import replace

from tracker import facts
from tracker.files.ledger import Act
from tracker.files.safe import WriteResult, safe_write, strays
from tracker.formats.books import DutyBook, DutyRow, lay_out_duties, missing_duties, read_duties_book
from tracker.formats.patch import patch
from tracker.problems.base import Finding
from tracker.problems.chase import UNKNOWN_DUTY
from tracker.rules.office import Office
from tracker.rules.progress import DUTY, DUTY_WORDS, letter_duties
from tracker.steps.desk import Desk, cite, open_list

NAME = ("台账", "通知要求.xlsx")


def read_duty_book(desk: Desk) -> DutyBook:
    """The workbook as it stands; an office without one has said nothing."""
    path = desk.folder.path(*NAME)
    book = read_duties_book(open_list(desk.folder.root, path), DUTY_WORDS) if path.exists() else DutyBook()
    return replace(book, findings=(*book.findings, *strays(path)))


def take_in_duties(desk: Desk, act: Act, book: DutyBook) -> tuple[Finding, ...]:
    """Record what the workbook says and the ledger does not know yet."""
    findings = list(book.findings)
    duties = {duty.id: duty for duty in letter_duties(act.office())}
    new: list[tuple[facts.Event, str]] = []
    for row in book.rows:
        duty = duties.get(row.id)
        if duty is None:
            findings.append(UNKNOWN_DUTY.at(row.place, text=row.id))
            continue
        on = (row.on or duty.on or desk.today) if row.word else desk.today
        if (row.word, row.note) != (duty.word, duty.note) or (row.word and on != duty.on):
            data = json.dumps({"word": row.word, "note": row.note}, ensure_ascii=False, sort_keys=True)
            new.append((facts.Event(row.id, DUTY, 1, on, data), row.place))
            findings += row.notes
    sha = cite(desk, act, desk.folder.path(*NAME), book.sha) if new else ""
    for fact, place in new:
        act.add(fact, file=sha, place=place)
    return tuple(findings)


def complete_duties(desk: Desk, office: Office, book: DutyBook) -> WriteResult | None:
    """Lay the workbook out, or add the duties that it lacks; None where nothing is missing."""
    titles = {plan.plan: f"《{plan.edition.title}》印发通知" for plan in office.plans.values()}
    rows = [
        DutyRow(
            *(duty.id, duty.what, duty.addressee, duty.limit),
            titles[duty.plan] + (f"（{duty.section}）" if duty.section else ""),
            *(duty.word, duty.on, duty.note),
        )
        for duty in letter_duties(office)
    ]
    path = desk.folder.path(*NAME)
    if not rows:
        return None
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        return safe_write(path, lay_out_duties(rows, DUTY_WORDS), now=desk.call.now)
    append = missing_duties(book, rows)
    if append is None:
        return None
    return safe_write(
        path, patch(path.read_bytes(), (), (append,), name=path.name), expect=book.sha, now=desk.call.now
    )
