"""The files of a round: forms, the list of who got what, the covering letter, laid out where they are missing.

In the last round there are drafts of the units' own reports, too (`own_drafts`).

A form is laid out from the facts up to its `base_seq`, so a missing one comes back byte for byte. Nothing that is
there is written again: somebody may have worked in it. New forms go below the last row of the list.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from tracker import facts
from tracker.files.archives import pack
from tracker.files.documents import render_official
from tracker.files.guard import open_source
from tracker.files.patch import patch
from tracker.files.safe import safe_write
from tracker.files.templates import words
from tracker.files.workbooks.form import lay_out_form
from tracker.files.workbooks.handed import HandOutRow
from tracker.files.workbooks.handed import lay_out_hand_out
from tracker.files.workbooks.handed import missing_forms
from tracker.rules.returns.asking import form_sheet
from tracker.rules.returns.covering import CoveringLetter
from tracker.rules.returns.covering import covering_letter
from tracker.rules.returns.forms import token_of
from tracker.rules.state import Office
from tracker.steps.desk import Desk
from tracker.steps.forms.own_drafts import draft_path
from tracker.steps.forms.own_drafts import write_own_drafts
from tracker.steps.past import Past

FORMS = "填报表"
LIST = "下发清单.xlsx"
ARCHIVES = "打包"
LETTER = "报送通知（拟稿）.docx"


def write_missing(desk: Desk, office: Office, rounds: set[str]) -> list[str]:
    """Lay out the files of these rounds that are not there, and the lists of who got what; their paths."""
    past = Past(desk.ledger)
    paths = []
    folders: dict[str, list[facts.Form]] = {}
    for form in office.forms.values():
        if form.round not in rounds:
            continue
        folders.setdefault(form.path.rpartition("/")[0], []).append(form)
        path = desk.folder.path(*form.path.split("/"))
        if path.exists():
            continue
        sheet = form_sheet(
            past.office(form.base_seq),
            form,
            office.rounds[form.round],
            office_id=desk.folder.office,
            office_name=desk.settings.text("office_name"),
            contact=desk.settings.text("contact"),
            summary_limit=desk.settings.number("summary_limit"),
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        safe_write(path, lay_out_form(sheet), now=desk.call.now)
        paths.append(form.path)
    for folder, forms in folders.items():
        rows = _list_rows(desk, office, forms)
        _list(desk, desk.folder.path(*folder.split("/"), LIST), rows)
        letter = desk.folder.path(*folder.split("/"), LETTER)
        if not letter.exists():
            safe_write(letter, _letter(desk, office, forms[0], rows), now=desk.call.now)
        paths += write_own_drafts(desk, office, forms, past)
    return paths


def write_archives(desk: Desk, office: Office, rounds: set[str]) -> list[str]:
    """One .zip for each unit of these rounds: its forms, drafts and the covering letters, as they lie there now."""
    archives = []
    folders: dict[str, dict[str, list[facts.Form]]] = {}
    for form in office.forms.values():
        if form.round in rounds:
            folder = form.path.rpartition("/")[0]
            folders.setdefault(folder, {}).setdefault(form.unit, []).append(form)
    for folder, units in folders.items():
        place = desk.folder.path(*folder.split("/"))
        letters = [path for path in place.glob("报送通知*") if path.suffix in (".docx", ".pdf", ".wps")]
        (place / ARCHIVES).mkdir(exist_ok=True)
        for forms in units.values():
            paths = [place / form.path.rpartition("/")[2] for form in forms]
            drafts = [desk.folder.path(*draft_path(form).split("/")) for form in forms]
            inside = {path.name: path.read_bytes() for path in (*paths, *drafts, *letters) if path.exists()}
            target = place / ARCHIVES / f"{paths[0].stem}.zip"
            safe_write(target, pack(inside), now=desk.call.now)
            archives.append(f"{folder}/{ARCHIVES}/{target.name}")
    return archives


def _letter(desk: Desk, office: Office, form: facts.Form, rows: Sequence[HandOutRow]) -> bytes:
    """The covering letter as drafted when the round was first handed out; nobody writes over it later."""
    round_ = office.rounds[form.round]
    about = CoveringLetter(
        plan=office.plans[round_.plan].edition.title,
        round=round_.name,
        due=round_.due,
        rows=[(row.unit, row.points) for row in rows],
        office=desk.settings.text("office_name"),
        contact=desk.settings.text("contact"),
    )
    return render_official(covering_letter(about, words("hand_out.txt", office=desk.folder.root)))


def _list(desk: Desk, path: Path, rows: list[HandOutRow]) -> None:
    """Lay out the list of who got what; what somebody ticked in it stays, new forms go below the last row."""
    if not path.exists():
        safe_write(path, lay_out_hand_out(rows), now=desk.call.now)
        return
    source = open_source(path)
    new = missing_forms(source, rows)
    if new:
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() == source.sha256:
            safe_write(path, patch(data, (), (new,)), expect=source.sha256, now=desk.call.now)


def _list_rows(desk: Desk, office: Office, forms: Sequence[facts.Form]) -> list[HandOutRow]:
    rows = []
    for form in forms:
        unit = office.units[form.unit]
        contact = unit.contacts[0] if unit.contacts else None
        round_ = office.rounds[form.round]
        rows.append(
            HandOutRow(
                unit=office.name_of(form.unit, round_.opens),
                token=token_of(desk.folder.office, form.form),
                points=len(form.rows),
                file=form.path.rpartition("/")[2],
                due=round_.due,
                contact=contact.name if contact else "",
                phone=contact.phone if contact else "",
            )
        )
    return rows
