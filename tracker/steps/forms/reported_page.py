"""报送情况.xlsx: read for what a clerk wrote on it, and laid out anew from the facts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from collections.abc import Sequence

from tracker.files.guard import open_source
from tracker.files.safe import Written
from tracker.files.safe import safe_write
from tracker.files.workbooks.reported import CAME
from tracker.files.workbooks.reported import Marks
from tracker.files.workbooks.reported import ReportedRow
from tracker.files.workbooks.reported import lay_out_reported
from tracker.files.workbooks.reported import read_marks
from tracker.problems import TrackerError
from tracker.rules.returns.forms import token_of
from tracker.rules.returns.reported import Reported
from tracker.rules.returns.reported import reported
from tracker.rules.state import Office
from tracker.steps.desk import Desk

PAGE = ("台账", "报送情况.xlsx")
_UNREADABLE = "0" * 64
_CODE = re.compile(r"\[[a-z-]+\]")


def standing(desk: Desk, office: Office) -> tuple[Reported, ...]:
    """Where every form stands, as this office wants it."""
    wants = desk.settings.text("stamp") == "是"
    return reported(office, today=desk.today, wants_stamp=wants)


def read_page(desk: Desk) -> Marks:
    """What a clerk wrote on the page; nothing where there is none, or where it cannot be read.

    A page that cannot be read is not written over either: its hash is one that no file has.
    """
    path = desk.folder.path(*PAGE)
    try:
        return read_marks(open_source(path)) if path.exists() else Marks()
    except TrackerError:
        return Marks(sha=_UNREADABLE)


def write_page(
    desk: Desk,
    office: Office,
    unknown: Sequence[tuple[str, str]],
    marks: Marks,
    *,
    pending: Mapping[str, str] | None = None,
) -> Written:
    """Lay out the page.

    Args:
        desk: The desk.
        office: As it is now.
        unknown: Files that were not taken, and why.
        marks: What a clerk wrote on the page before.
        pending: Ticks by 表号 that were not taken in yet.
    """
    rows = [_row(desk, office, each, pending or {}) for each in standing(desk, office)]
    path = desk.folder.path(*PAGE)
    path.parent.mkdir(parents=True, exist_ok=True)
    told = [(name, _sentence(why, name)) for name, why in unknown]
    data = lay_out_reported(rows, told, as_of=desk.today, typed=marks.whose)
    return safe_write(path, data, expect=marks.sha or None, now=desk.call.now)


def refresh_page(desk: Desk, office: Office) -> None:
    """Lay out the page anew where there is one: what a clerk wrote on it and the files not taken stay."""
    marks = read_page(desk)
    if marks.sha and marks.sha != _UNREADABLE:
        write_page(desk, office, marks.unknown, marks, pending=marks.stamped)


def _sentence(problem: str, name: str = "") -> str:
    """A problem for a page that names the file already: without its name and its code."""
    return _CODE.sub("", problem.removeprefix(f"{name}："))


def _row(desk: Desk, office: Office, each: Reported, pending: Mapping[str, str]) -> ReportedRow:
    signed = {}
    for _, back in office.returns:
        if (back.form, back.sha) == (each.form.form, each.file):
            signed = json.loads(back.balance).get("signed", {})
    file = office.files.get(each.file)
    token = token_of(desk.folder.office, each.form.form)
    return ReportedRow(
        round=each.round.name,
        unit=office.name_of(each.form.unit),
        token=token,
        points=len(each.form.rows),
        state=each.state.value,
        at=each.at.date() if each.at else None,
        timely="逾期" if each.late else "按时" if each.at else "",
        signed="、".join(signed[key] for key in ("填报人", "审核人") if signed.get(key)),
        file=file.name if file else "",
        reason=_sentence(each.reason, file.name if file else ""),
        stamped=pending.get(token, CAME if each.stamped else ""),
    )
