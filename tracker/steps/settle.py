"""Applying what a person decided in 待核对事项清单.xlsx.

Each decision becomes a fact of its own, and the cell says what was chosen, with the list as its source. A
decision that cannot be carried out (no choice, 另行填写 without a text) stays in the list and is named.

Which of two returns of one form is the later one is decided once for the whole file: the one that waited is taken from
its kept original as if it came now, or counts as replaced already.
"""

from __future__ import annotations

from tracker import facts
from tracker.files.folders import QUESTIONS
from tracker.files.guard import read_bytes
from tracker.files.inbox import Arrival
from tracker.files.ledger import Act
from tracker.formats.books import read_decisions
from tracker.forms import KEEP_OURS, TAKE_THEIRS, WRITE_OTHER
from tracker.problems.base import Finding
from tracker.problems.returns import NO_CHOICE, NO_TEXT
from tracker.rules.office import CellNow
from tracker.rules.returns import CHOICE_CODES, VERSION
from tracker.steps.call import Call, Result
from tracker.steps.desk import keep_original, open_desk
from tracker.steps.joining import Run, start
from tracker.steps.return_lists import refresh_reporting, write_questions
from tracker.steps.take_back import take_version


def settle_version(run: Run, act: Act, question: facts.Conflict, choice: str, source: str) -> None:
    """Carry out a decision; `source` is the hash of the list that it stands in."""
    sha = run.question_files[question.conflict]
    if choice == "theirs":
        name = run.file_names[sha]
        data = run.desk.folder.original(sha, name).read_bytes()
        take_version(run, Arrival(name, data, run.desk.call.now), sha, question.subject, act)
    else:
        balance = next(
            return_.balance
            for _, return_ in run.office.returns
            if (return_.form, return_.sha) == (question.subject, sha)
        )
        superseded = facts.Return(question.subject, sha, "superseded", "核对时选定先收的一份", balance)
        act.add(superseded, file=sha)
    value = (question.theirs if choice == "theirs" else question.ours).partition("\n")[0]
    act.add(facts.Settled(question.conflict, choice, value), file=source, place=question.conflict)


def settle_cell(run: Run, act: Act, question: facts.Conflict, choice: str, value: str, source: str) -> None:
    """Record a decision about a cell, and what the cell says from now on."""
    act.add(facts.Settled(question.conflict, choice, value), file=source, place=question.conflict)
    key = (question.subject, question.unit, question.field, question.period)
    now = run.cells.get(key)
    if (now.value if now else "") != value:
        seq = act.add(facts.Cell(*key, value, "settle", run.office.seq), file=source, place=question.conflict)
        run.cells[key] = CellNow(value, "settle", seq, act.no, source, question.conflict)


def settle(call: Call) -> Result:
    """Apply the decisions that were made, and lay out the list of what is still open."""
    with open_desk(call) as desk:
        path = desk.folder.path(QUESTIONS)
        if not path.exists():
            return Result(("没有待核对事项。",), {"settled": 0, "open": 0, "findings": []})
        data = path.read_bytes()
        source = read_bytes(data, QUESTIONS)
        decisions = read_decisions(source)
        office = desk.office()
        findings: list[Finding] = []
        ready: list[tuple[facts.Conflict, str, str]] = []
        for conflict, (choice, text) in sorted(decisions.items()):
            question = office.conflicts.get(conflict)
            if question is None:
                continue
            if choice not in CHOICE_CODES or (question.field == VERSION and choice == WRITE_OTHER):
                findings.append(NO_CHOICE.at(QUESTIONS, conflict=conflict, text=choice or text))
            elif choice == WRITE_OTHER and not text.strip():
                findings.append(NO_TEXT.at(QUESTIONS, conflict=conflict))
            else:
                value = {KEEP_OURS: question.ours, TAKE_THEIRS: question.theirs, WRITE_OTHER: text}[choice]
                ready.append((question, choice, value))
        if ready and not call.dry_run:
            with desk.act("settle") as act:
                run = start(desk, act.office(), old_rounds=True)
                keep_original(desk, act, data, QUESTIONS, source.sha256)
                for question, choice, value in ready:
                    if question.field == VERSION:
                        settle_version(run, act, question, CHOICE_CODES[choice], source.sha256)
                    else:
                        settle_cell(run, act, question, CHOICE_CODES[choice], value, source.sha256)
            office = desk.office()
            write_questions(desk, office)
            refresh_reporting(desk, office)
        lines = [str(finding) for finding in findings]
        lines.append(
            f"{'将处理' if call.dry_run else '已处理'}{len(ready)}条，还有{len(office.conflicts)}条待核对。"
        )
        output = {
            "settled": len(ready),
            "open": len(office.conflicts),
            "findings": [{"code": finding.code, "message": finding.message} for finding in findings],
        }
        return Result(tuple(lines), output)
