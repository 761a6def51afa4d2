"""Evidence: pictures and links taken out of forms, kept, and listed with everything else in 佐证清单.xlsx."""

from __future__ import annotations

import hashlib

from tracker import facts
from tracker.files.ledger import Act
from tracker.files.safe import safe_write
from tracker.files.workbooks.evidence import ListedEvidence
from tracker.files.workbooks.evidence import lay_out_evidence
from tracker.rules.returns.attached import EVIDENCE
from tracker.rules.returns.attached import Attached
from tracker.rules.returns.attached import attached
from tracker.rules.returns.evidence import EvidenceRow
from tracker.rules.returns.evidence import evidence
from tracker.rules.state import Office
from tracker.steps.desk import Desk
from tracker.steps.forms.attaching import add
from tracker.steps.forms.taking import Outcome
from tracker.steps.forms.taking import Run
from tracker.steps.opening import Opened

LIST = ("台账", "佐证清单.xlsx")


def record_pictures(run: Run, act: Act, opened: Opened, outcome: Outcome) -> int:
    """Keep the pictures and links of a form that was taken, each at the work point of its row; how many."""
    form, judged = outcome.form, outcome.judged
    if form is None or judged is None or outcome.refused or outcome.waits or not opened.pictures:
        return 0
    office = act.office()
    known = {(each.unit, each.round, each.wp, each.file or each.name) for each in attached(office)}
    files = set(office.files)
    kept = 0
    for each in opened.pictures:
        wp = judged.reading.lines.get((each.sheet, each.row), "")
        # Beside the rows of a table that covers many units nobody can say whose a picture is.
        if (wp and wp not in form.rows) or (not wp and outcome.is_shared):
            continue
        sha = hashlib.sha256(each.data).hexdigest() if each.data else ""
        name = each.name if each.data else each.target
        if (form.unit, form.round, wp, sha or name) in known:
            continue
        known.add((form.unit, form.round, wp, sha or name))
        if each.data and sha not in files:
            files.add(sha)
            run.desk.folder.keep(each.data, each.name)
            told = f"{opened.arrived.name}/{each.name}"
            act.add(facts.File(sha, told, office.name_of(form.unit), run.desk.call.now), file=sha)
        source = "表内图片" if each.data else "链接"
        add(
            act,
            Attached(
                EVIDENCE,
                form.unit,
                form.round,
                wp,
                sha,
                name,
                source,
                carrier=opened.sha,
                place=each.place,
                at=run.desk.today,
            ),
        )
        kept += 1
    return kept


def write_evidence(desk: Desk, office: Office) -> None:
    """Lay out the list; nothing where there is no evidence and no list either."""
    rows = [_listed(desk, office, each) for each in evidence(office)]
    path = desk.folder.path(*LIST)
    if rows or path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        safe_write(path, lay_out_evidence(rows), now=desk.call.now)


def _listed(desk: Desk, office: Office, row: EvidenceRow) -> ListedEvidence:
    file = office.files.get(row.file)
    original = desk.folder.relative(desk.folder.original(row.file, file.name)) if file else ""
    return ListedEvidence(
        row.wp,
        office.point(row.wp).requirement if row.wp else "",
        office.name_of(row.unit) if row.unit in office.units else row.unit,
        office.rounds[row.round].name if row.round in office.rounds else "",
        row.name,
        row.state,
        row.source,
        row.place,
        original,
    )
