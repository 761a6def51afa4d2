"""Evidence: pictures and links taken out of forms, kept, and listed with everything else in 佐证清单.xlsx."""

from __future__ import annotations

import hashlib

from tracker import facts
from tracker.files.ledger import Act
from tracker.files.safe import safe_write
from tracker.files.workbooks.evidence import EvidenceListRow
from tracker.files.workbooks.evidence import lay_out_evidence
from tracker.rules.returns.attached import EVIDENCE
from tracker.rules.returns.attached import ReturnPaper
from tracker.rules.returns.attached import papers_of
from tracker.rules.returns.evidence import EvidenceRow
from tracker.rules.returns.evidence import evidence
from tracker.rules.state import Office
from tracker.steps.desk import Desk
from tracker.steps.forms.attaching import record_paper
from tracker.steps.forms.taking import FileOutcome
from tracker.steps.forms.taking import Run
from tracker.steps.opening import IncomingFile

EVIDENCE_BOOK = ("台账", "佐证清单.xlsx")


def record_pictures(run: Run, act: Act, incoming: IncomingFile, outcome: FileOutcome) -> int:
    """Keep the pictures and links of a form that was taken, each at the work point of its row; how many."""
    form, assessment = outcome.form, outcome.assessment
    if form is None or assessment is None or outcome.refusal or outcome.waits or not incoming.pictures:
        return 0
    office = act.office()
    previous = {
        (paper.unit, paper.round, paper.point_id, paper.file or paper.name) for paper in papers_of(office)
    }
    files = set(office.files)
    count = 0
    for picture in incoming.pictures:
        point_id = assessment.reading.lines.get((picture.sheet, picture.row), "")
        # Beside the rows of a table that covers many units nobody can say whose a picture is.
        if (point_id and point_id not in form.rows) or (not point_id and outcome.is_shared):
            continue
        sha = hashlib.sha256(picture.data).hexdigest() if picture.data else ""
        name = picture.name if picture.data else picture.target
        if (form.unit, form.round, point_id, sha or name) in previous:
            continue
        previous.add((form.unit, form.round, point_id, sha or name))
        if picture.data and sha not in files:
            files.add(sha)
            run.desk.folder.keep(picture.data, picture.name)
            file_name = f"{incoming.arrival.name}/{picture.name}"
            act.add(facts.File(sha, file_name, office.name_of(form.unit), run.desk.call.now), file=sha)
        source = "表内图片" if picture.data else "链接"
        record_paper(
            act,
            ReturnPaper(
                EVIDENCE,
                form.unit,
                form.round,
                point_id,
                sha,
                name,
                source,
                carrier=incoming.sha,
                place=picture.place,
                at=run.desk.today,
            ),
        )
        count += 1
    return count


def write_evidence(desk: Desk, office: Office) -> None:
    """Lay out the list; nothing where there is no evidence and no list either."""
    rows = [_evidence_line(desk, office, row) for row in evidence(office)]
    path = desk.folder.path(*EVIDENCE_BOOK)
    if rows or path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        safe_write(path, lay_out_evidence(rows), now=desk.call.now)


def _evidence_line(desk: Desk, office: Office, row: EvidenceRow) -> EvidenceListRow:
    file = office.files.get(row.file)
    original = desk.folder.relative(desk.folder.original(row.file, file.name)) if file else ""
    return EvidenceListRow(
        row.point_id,
        office.point(row.point_id).requirement if row.point_id else "",
        office.name_of(row.unit) if row.unit in office.units else row.unit,
        office.rounds[row.round].name if row.round in office.rounds else "",
        row.name,
        row.state,
        row.source,
        row.place,
        original,
    )
