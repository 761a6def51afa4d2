"""自查报告（拟稿）: in the last round each unit gets a draft of its own report along with its form.

A draft is made of the facts up to its form's `base_seq` and speaks of the day on which the round opened, so a
missing one comes back byte for byte. One that is there is never written again: the unit's colleague may have worked
in it. It lies beside the forms, goes into the unit's archive and is attached where the form is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from tracker import facts
from tracker.files.documents import render_official
from tracker.files.safe import safe_write
from tracker.files.templates import words
from tracker.rules.reporting.relatives import own_report
from tracker.rules.reporting.report import Letterhead
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.reporting.summary import summarise
from tracker.rules.returns.openings import is_last
from tracker.rules.state import Office
from tracker.steps.desk import Desk
from tracker.steps.past import Past

DRAFTS = "自查报告稿"


def draft_path(form: facts.Form) -> str:
    """Where the draft that belongs to a form lies.

    >>> draft_path(facts.Form("F1", "R1", "U1", 0, (), (), "填报表/2018-年终/市司法局.xlsx"))
    '填报表/2018-年终/自查报告稿/市司法局自查报告（拟稿）.docx'
    """
    path = PurePosixPath(form.path)
    return f"{path.parent}/{DRAFTS}/{path.stem}自查报告（拟稿）.docx"


def write_own_drafts(desk: Desk, office: Office, forms: Sequence[facts.Form], past: Past) -> list[str]:
    """Lay out the drafts of these forms that are not there, where their round is the last; their paths."""
    paths: list[str] = []
    years: dict[tuple[int, str], YearSummary] = {}
    if desk.settings.text("own_reports") != "是":
        return paths
    root = desk.folder.root
    say, report_say = words("relatives.txt", office=root), words("report.txt", office=root)
    head = Letterhead(desk.settings.text("office_name"))
    for form in forms:
        round_, target = office.rounds[form.round], desk.folder.path(*draft_path(form).split("/"))
        if target.exists() or not is_last(office, desk.settings.rounds, round_):
            continue
        key = (form.base_seq, round_.round)
        if key not in years:
            base = past.office(form.base_seq)
            years[key] = summarise(base, round_.plan, today=round_.opens, calendar=desk.calendar)
        if form.unit not in years[key].unit_names:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        document = own_report(years[key], form.unit, say, report_say, head)
        safe_write(target, render_official(document), now=desk.call.now)
        paths.append(draft_path(form))
    return paths
