"""The lists about what came back, kept up to date: 待核对事项清单, 报送情况 and 佐证清单.

Each is laid out anew from the facts. Decisions that were typed into 待核对事项清单 already stay, and so does what a clerk
wrote on 报送情况, which is read for it; 佐证清单 names the evidence: pictures and links of forms, and papers. A list that
nothing has to stand in, and that is not there, is not made.

**At the terminal** the questions come one after the other, whatever they are about:

    1, 用台账现有              the ledger's text, or 不登记, or 留空
    2, 用新报送的              what came, where something did
    3 文字, 另行填写 文字        another text
    文字                     the same, of a question that has no text in the ledger (a plan file, somebody's table)
    nothing                  later: the question stays in the list

What is not understood is asked once more and stays in the list then.

    >>> answer_to("2", is_open=False), answer_to("3 两边商定的", is_open=False), answer_to("具体要求", is_open=True)
    (('用新报送的', ''), ('另行填写', '两边商定的'), ('另行填写', '具体要求'))
    >>> answer_to("", is_open=False), answer_to("两边商定的", is_open=False)
    (('', ''), None)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence

from tracker import facts, patterns as re
from tracker.files.folders import QUESTIONS
from tracker.files.live import office_book
from tracker.files.safe import NO_FILE, WriteResult, safe_write
from tracker.formats.books import (
    CAME,
    EvidenceListRow,
    Marks,
    ReportingRow,
    lay_out_evidence,
    lay_out_questions,
    lay_out_reporting,
    read_decisions,
    read_marks,
)
from tracker.forms import KEEP_OURS, QUESTION_HEADS, TAKE_THEIRS, WRITE_OTHER, Question, token_of
from tracker.problems.base import TrackerError
from tracker.rules.merge import CellConflict, questions
from tracker.rules.office import Office
from tracker.rules.papers import EvidenceRow, FormReporting, evidence, reporting_of
from tracker.rules.progress import subject_of
from tracker.rules.rounds import is_last
from tracker.steps.desk import Desk, open_list

EVIDENCE_BOOK = ("台账", "佐证清单.xlsx")


def write_evidence(desk: Desk, office: Office) -> WriteResult | None:
    """Lay out the list; None where there is no evidence and no list either."""
    rows = [_evidence_line(desk, office, row) for row in evidence(office)]
    path = desk.folder.path(*EVIDENCE_BOOK)
    if not rows and not path.exists():
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    return safe_write(path, lay_out_evidence(rows), now=desk.call.now)


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


def cell_question(conflict: CellConflict, round_: str) -> facts.Conflict:
    """A cell that two sides changed, as a question without a number yet; `round_` is empty for a cell of no round."""
    point_id, unit = subject_of(conflict.row)
    texts = (conflict.base, conflict.ours, conflict.theirs)
    return facts.Conflict("", point_id, unit, conflict.column, round_, *texts, conflict.why.value)


def question_of(conflict: facts.Conflict) -> tuple[str, ...]:
    """What makes two questions one."""
    return (conflict.subject, conflict.unit, conflict.field, conflict.period, conflict.ours, conflict.theirs)


def write_questions(desk: Desk, office: Office) -> WriteResult | None:
    """Write the list; None where there is no question and no list either."""
    path = desk.folder.path(QUESTIONS)
    open_questions = questions(office)
    if not path.exists():
        return (
            safe_write(path, lay_out_questions(open_questions), now=desk.call.now) if open_questions else None
        )
    book = office_book(path)
    open_ = {question.conflict for question in open_questions}
    decisions = {
        conflict: decision for conflict, decision in read_decisions(book.source).items() if conflict in open_
    }
    return book.write(lay_out_questions(open_questions, decisions), now=desk.call.now)


REPORTING_BOOK = ("台账", "报送情况.xlsx")
_CODE = re.compile(r"\[[a-z-]+\]")


def reporting_now(desk: Desk, office: Office) -> tuple[FormReporting, ...]:
    """Where every form stands, as this office wants it."""
    stamps = frozenset(
        round_.round
        for round_ in office.rounds.values()
        if desk.settings.wants_stamp(is_last=is_last(office, desk.settings.rounds, round_))
    )
    return reporting_of(office, today=desk.today, stamped=stamps)


def read_reporting(desk: Desk) -> Marks:
    """What a clerk wrote on the page; nothing where there is none, or where it cannot be read.

    A page that cannot be read is not written over either: its hash is one that no file has.
    """
    path = desk.folder.path(*REPORTING_BOOK)
    try:
        return read_marks(open_list(desk.folder.root, path)) if path.exists() else Marks()
    except TrackerError:
        return Marks(sha=NO_FILE)


def write_reporting(
    desk: Desk,
    office: Office,
    stray_files: Sequence[tuple[str, str]],
    marks: Marks,
    *,
    ticks: Mapping[str, str] | None = None,
) -> WriteResult:
    """Lay out the page.

    Args:
        desk: The desk.
        office: As it is now.
        stray_files: Files that were not taken, and why (`stray_row`).
        marks: What a clerk wrote on the page before.
        ticks: Ticks by 表号 that were not taken in yet.
    """
    signatures = {
        (return_.form, return_.sha): json.loads(return_.balance).get("signed", {})
        for _, return_ in office.returns
    }
    rows = [
        _row(
            desk,
            office,
            reporting,
            ticks or {},
            signatures.get((reporting.form.form, reporting.file), {}),
        )
        for reporting in reporting_now(desk, office)
    ]
    path = desk.folder.path(*REPORTING_BOOK)
    path.parent.mkdir(parents=True, exist_ok=True)
    data = lay_out_reporting(rows, stray_files, as_of=desk.today, remarks=marks.whose)
    return safe_write(path, data, expect=marks.sha or None, now=desk.call.now)


def refresh_reporting(desk: Desk, office: Office) -> None:
    """Lay out the page anew where there is one: what a clerk wrote on it and the files not taken stay."""
    marks = read_reporting(desk)
    if marks.sha and marks.sha != NO_FILE:
        write_reporting(desk, office, marks.stray_files, marks, ticks=marks.stamps)


def stray_row(name: str, why: str) -> tuple[str, str]:
    """A file that was not taken, as the page lists it."""
    return name, bare_sentence(why, name)


def bare_sentence(problem: str, name: str = "") -> str:
    """A problem for a page that names the file already: without its name and its code."""
    return _CODE.sub("", problem.removeprefix(f"{name}："))


def _row(
    desk: Desk,
    office: Office,
    reporting: FormReporting,
    ticks: Mapping[str, str],
    signatures: Mapping[str, str],
) -> ReportingRow:
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
        reason=bare_sentence(reporting.reason, file.name if file else ""),
        stamp=ticks.get(token, CAME if reporting.stamp_day else ""),
    )


_WORDS = {"1": KEEP_OURS, KEEP_OURS: KEEP_OURS, "2": TAKE_THEIRS, TAKE_THEIRS: TAKE_THEIRS}
_OTHER = re.compile(rf"(?:3|{WRITE_OTHER})[\s:：，,、]+(?P<text>.+)", re.DOTALL)


def answer_to(text: str, *, is_open: bool) -> tuple[str, str] | None:
    """Choice and text of an answer; an empty choice for later, None where it is not understood.

    `is_open` is said of a question that any text answers.
    """
    text = text.strip()
    other = _OTHER.fullmatch(text)
    if not text:
        return "", ""
    if text in _WORDS:
        return _WORDS[text], ""
    if other is not None:
        return WRITE_OTHER, other["text"].strip()
    return (WRITE_OTHER, text) if is_open else None


def ask(
    asker: Callable[[str], str], questions: Sequence[Question], open_ids: Collection[str] = ()
) -> dict[str, tuple[str, str]]:
    """Choice and text by question, as whoever sits there says; what is left for later is not there.

    Args:
        asker: Asks and gives the answer.
        questions: Of the list.
        open_ids: Those that any text answers.
    """
    answers: dict[str, tuple[str, str]] = {}
    for question in questions:
        is_open = question.conflict in open_ids
        for hint in ("", "没有看懂。"):
            answer = answer_to(asker(_words(question, hint)), is_open=is_open)
            if answer is not None:
                break
        if answer is not None and answer[0]:
            answers[question.conflict] = answer
    return answers


def _words(question: Question, hint: str) -> str:
    about = " ".join(
        part for part in (question.point, question.unit, question.round, question.column) if part
    )
    lines = [
        f"{question.conflict} {about}",
        question.why if question.column in QUESTION_HEADS.values() else "",
    ]
    lines += [f"  1 {KEEP_OURS}：{question.ours or '（空）'}"]
    lines += [f"  2 {TAKE_THEIRS}：{question.theirs}"] if question.theirs else []
    lines += [f"{hint}请回答 1、2，或 3 加要写的内容；直接回车就先放着："]
    return "\n".join(line for line in lines if line)
