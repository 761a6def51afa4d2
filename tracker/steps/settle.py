"""Applying what a person decided in 待核对事项清单.xlsx.

Each decision becomes a fact of its own, and the cell says what was chosen, with the list as its source. A
decision that cannot be carried out (no choice, 另行填写 without a text) stays in the list and is named.

What is asked about a whole file (which of two returns is the later one; whose it is; an old round's form) is decided
once: the file is taken from its kept original as if it came now, or left out; one of two returns counts as replaced then.
"""

from __future__ import annotations

from dataclasses import replace

from tracker import facts
from tracker.files.folders import QUESTIONS
from tracker.files.guard import read_bytes
from tracker.files.inbox import Arrival
from tracker.files.ledger import Act
from tracker.formats.books import read_decisions
from tracker.forms import KEEP_OURS, TAKE_THEIRS, WRITE_OTHER
from tracker.problems.base import Finding
from tracker.problems.returns import NO_CHOICE, NO_TEXT
from tracker.rules.office import Office
from tracker.rules.returns import CHOICE_CODES, FILE_QUESTIONS, OLD_FORM
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, keep_original, open_desk
from tracker.steps.joining import start
from tracker.steps.return_lists import refresh_reporting, write_questions
from tracker.steps.take_back import take_version


def settle_file(desk: Desk, act: Act, question: facts.Conflict, choice: str, text: str, source: str) -> None:
    """Carry out a decision about a file; `text` names the old round of 另行填写, `source` is the hash of the list."""
    sha = next(
        entry.file
        for entry in desk.ledger.entries(facts.Conflict)
        if entry.fact.conflict == question.conflict
    )
    office = act.office()
    form = (
        question.subject
        if choice == "theirs"
        else old_form(office, question, text)
        if choice == "other"
        else ""
    )
    if form:
        file = office.files[sha]
        data = desk.folder.original(sha, file.name).read_bytes()
        run = start(desk, office, old_rounds=form != question.subject or question.field != OLD_FORM)
        take_version(run, Arrival(file.name, data, desk.call.now), sha, form, act)
    for _, waiting in office.returns if not form else ():
        if (waiting.form, waiting.sha, waiting.outcome) == (question.subject, sha, "waiting"):
            act.add(replace(waiting, outcome="superseded", reason="核对时选定先收的一份"), file=sha)
    value = text or (question.theirs if form else question.ours).partition("\n")[0]
    act.add(facts.Settled(question.conflict, choice, value), file=source, place=question.conflict)


def old_form(office: Office, question: facts.Conflict, name: str) -> str:
    """The unit's form of a round of that name, for a file that was filled in on an old one; empty where there is none."""
    forms = (
        form.form
        for form in office.forms.values()
        if form.unit == question.unit
        and office.rounds[form.round].name == name.strip()
        and office.rounds[form.round].plan == office.rounds[question.period].plan
        and form.round != question.period
    )
    return next(forms, "") if question.field == OLD_FORM else ""


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
            is_whole = question.field in FILE_QUESTIONS
            if choice not in CHOICE_CODES or (
                is_whole and choice == WRITE_OTHER and not old_form(office, question, text)
            ):
                findings.append(NO_CHOICE.at(QUESTIONS, conflict=conflict, text=choice or text))
            elif choice == WRITE_OTHER and not text.strip():
                findings.append(NO_TEXT.at(QUESTIONS, conflict=conflict))
            else:
                value = {KEEP_OURS: question.ours, TAKE_THEIRS: question.theirs, WRITE_OTHER: text}[choice]
                ready.append((question, choice, value))
        if ready and not call.dry_run:
            with desk.act("settle") as act:
                keep_original(desk, act, data, QUESTIONS, source.sha256)
                for question, choice, value in ready:
                    if question.field in FILE_QUESTIONS:
                        named = value if choice == WRITE_OTHER else ""
                        settle_file(desk, act, question, CHOICE_CODES[choice], named, source.sha256)
                        continue
                    decision = facts.Settled(question.conflict, CHOICE_CODES[choice], value)
                    act.add(decision, file=source.sha256, place=question.conflict)
                    now = act.office().cells.get(
                        (question.subject, question.unit, question.field, question.period)
                    )
                    if (now.value if now else "") != value:
                        cell = facts.Cell(
                            question.subject,
                            question.unit,
                            question.field,
                            question.period,
                            value,
                            "settle",
                            office.seq,
                        )
                        act.add(cell, file=source.sha256, place=question.conflict)
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
