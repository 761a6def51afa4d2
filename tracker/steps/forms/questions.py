"""待核对事项清单.xlsx kept up to date: open questions in, decisions typed already stay."""

from __future__ import annotations

from tracker.files.folders import QUESTIONS
from tracker.files.guard import open_source
from tracker.files.safe import Written
from tracker.files.safe import safe_write
from tracker.files.workbooks.questions import lay_out_questions
from tracker.files.workbooks.questions import read_decisions
from tracker.rules.returns.questions import questions
from tracker.rules.state import Office
from tracker.steps.desk import Desk


def write_questions(desk: Desk, office: Office) -> Written | None:
    """Write the list; None where there is no question and no list either."""
    path = desk.folder.path(QUESTIONS)
    asked = questions(office)
    if not path.exists():
        return safe_write(path, lay_out_questions(asked), now=desk.call.now) if asked else None
    source = open_source(path)
    open_ = {each.conflict for each in asked}
    decided = {conflict: said for conflict, said in read_decisions(source).items() if conflict in open_}
    return safe_write(path, lay_out_questions(asked, decided), expect=source.sha256, now=desk.call.now)
