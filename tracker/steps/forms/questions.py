"""待核对事项清单.xlsx kept up to date: open questions in, decisions typed already stay."""

from __future__ import annotations

from tracker.files.folders import QUESTIONS
from tracker.files.guard import open_source
from tracker.files.safe import WriteResult
from tracker.files.safe import safe_write
from tracker.files.workbooks.questions import lay_out_questions
from tracker.files.workbooks.questions import read_decisions
from tracker.rules.returns.questions import questions
from tracker.rules.state import Office
from tracker.steps.desk import Desk


def write_questions(desk: Desk, office: Office) -> WriteResult | None:
    """Write the list; None where there is no question and no list either."""
    path = desk.folder.path(QUESTIONS)
    open_questions = questions(office)
    if not path.exists():
        return (
            safe_write(path, lay_out_questions(open_questions), now=desk.call.now) if open_questions else None
        )
    source = open_source(path)
    open_ = {question.conflict for question in open_questions}
    decisions = {
        conflict: decision for conflict, decision in read_decisions(source).items() if conflict in open_
    }
    return safe_write(
        path, lay_out_questions(open_questions, decisions), expect=source.sha256, now=desk.call.now
    )
