"""报送情况.xlsx: read for what a clerk wrote on it, and laid out anew from the facts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from collections.abc import Sequence

from tracker.files.guard import open_source
from tracker.files.safe import WriteResult
from tracker.files.safe import safe_write
from tracker.files.workbooks.reported import CAME
from tracker.files.workbooks.reported import Marks
from tracker.files.workbooks.reported import ReportingRow
from tracker.files.workbooks.reported import lay_out_reporting
from tracker.files.workbooks.reported import read_marks
from tracker.problems import TrackerError
from tracker.rules.returns.forms import token_of
from tracker.rules.returns.reported import FormReporting
from tracker.rules.returns.reported import reporting_of
from tracker.rules.state import Office
from tracker.steps.desk import Desk

REPORTING_BOOK = ("台账", "报送情况.xlsx")
_UNREADABLE = "0" * 64
_CODE = re.compile(r"\[[a-z-]+\]")


def reporting_now(desk: Desk, office: Office) -> tuple[FormReporting, ...]:
    """Where every form stands, as this office wants it."""
    wants = desk.settings.text("stamp") == "是"
    return reporting_of(office, today=desk.today, wants_stamp=wants)


def read_reporting(desk: Desk) -> Marks:
    """What a clerk wrote on the page; nothing where there is none, or where it cannot be read.

    A page that cannot be read is not written over either: its hash is one that no file has.
    """
    path = desk.folder.path(*REPORTING_BOOK)
    try:
        return read_marks(open_source(path)) if path.exists() else Marks()
    except TrackerError:
        return Marks(sha=_UNREADABLE)


def write_reporting(
    desk: Desk,
    office: Office,
    refusals: Sequence[tuple[str, str]],
    marks: Marks,
    *,
    ticks: Mapping[str, str] | None = None,
) -> WriteResult:
    """Lay out the page.

    Args:
        desk: The desk.
        office: As it is now.
        refusals: Files that were not taken, and why.
        marks: What a clerk wrote on the page before.
        ticks: Ticks by 表号 that were not taken in yet.
    """
    rows = [_row(desk, office, reporting, ticks or {}) for reporting in reporting_now(desk, office)]
    path = desk.folder.path(*REPORTING_BOOK)
    path.parent.mkdir(parents=True, exist_ok=True)
    refusal_rows = [(name, _sentence(why, name)) for name, why in refusals]
    data = lay_out_reporting(rows, refusal_rows, as_of=desk.today, remarks=marks.whose)
    return safe_write(path, data, expect=marks.sha or None, now=desk.call.now)


def refresh_reporting(desk: Desk, office: Office) -> None:
    """Lay out the page anew where there is one: what a clerk wrote on it and the files not taken stay."""
    marks = read_reporting(desk)
    if marks.sha and marks.sha != _UNREADABLE:
        write_reporting(desk, office, marks.stray_files, marks, ticks=marks.stamps)


def _sentence(problem: str, name: str = "") -> str:
    """A problem for a page that names the file already: without its name and its code."""
    return _CODE.sub("", problem.removeprefix(f"{name}："))


def _row(desk: Desk, office: Office, reporting: FormReporting, ticks: Mapping[str, str]) -> ReportingRow:
    signatures = {}
    for _, back in office.returns:
        if (back.form, back.sha) == (reporting.form.form, reporting.file):
            signatures = json.loads(back.balance).get("signed", {})
    file = office.files.get(reporting.file)
    token = token_of(desk.folder.office, reporting.form.form)
    return ReportingRow(
        round=reporting.round.name,
        unit=office.name_of(reporting.form.unit),
        token=token,
        points=len(reporting.form.rows),
        state=reporting.state.value,
        at=reporting.at.date() if reporting.at else None,
        timely="逾期" if reporting.late else "按时" if reporting.at else "",
        signers="、".join(signatures[key] for key in ("填报人", "审核人") if signatures.get(key)),
        file=file.name if file else "",
        reason=_sentence(reporting.reason, file.name if file else ""),
        stamp=ticks.get(token, CAME if reporting.stamp_day else ""),
    )
