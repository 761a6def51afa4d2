"""Applying what a person decided in 待核对事项清单.xlsx.

Each decision becomes a fact of its own, and the cell says what was chosen, with the list as its source. A
decision that cannot be carried out (no choice, 另行填写 without a text) stays in the list and is named.

What is asked about a whole file (which of two returns is the later one; whose it is; an old round's form) is decided
once: the file is taken from its kept original as if it came now, or left out; one of two returns counts as replaced then. What a plan file is to the
ledger is answered there, too (`steps.plan_questions`): `record` goes on where it stopped. Killed between the two, the
answer is applied again, and the file is known.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from tracker import facts
from tracker.files.folders import QUESTIONS
from tracker.files.guard import read_bytes
from tracker.files.inbox import Arrival
from tracker.files.ledger import Act
from tracker.formats.books import read_decisions
from tracker.forms import FILE_QUESTIONS, KEEP_OURS, OLD_FORM, PLAN_FILE, TAKE_THEIRS, WRITE_OTHER
from tracker.problems.base import Exit, Finding, TrackerError
from tracker.problems.plans import NOT_AN_ANSWER, PlanQuestion
from tracker.problems.returns import NO_CHOICE, NO_TEXT
from tracker.rules.office import CellNow, Office
from tracker.rules.returns import CHOICE_CODES
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, keep_original, open_desk
from tracker.steps.joining import Run, start
from tracker.steps.plan_questions import PlanAnswer, answer_of
from tracker.steps.record import record
from tracker.steps.return_lists import refresh_reporting, write_questions
from tracker.steps.take_back import take_version


def settle_file(run: Run, act: Act, question: facts.Conflict, choice: str, text: str, source: str) -> None:
    """Carry out a decision about a file; `text` names the old round of 另行填写, `source` is the hash of the list."""
    sha, office = run.question_files[question.conflict], run.office
    form = (
        question.subject
        if choice == "theirs"
        else old_form(office, question, text)
        if choice == "other"
        else ""
    )
    if form:
        name = run.file_names[sha]
        data = run.desk.folder.original(sha, name).read_bytes()
        is_old = form != question.subject or question.field != OLD_FORM
        run_of_form = replace(run, old_rounds=is_old)
        take_version(run_of_form, Arrival(name, data, run.desk.call.now), sha, form, act)
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
        plan_answers: list[tuple[facts.Conflict, str, PlanAnswer]] = []
        for conflict, (choice, text) in sorted(decisions.items()):
            question = office.conflicts.get(conflict)
            if question is None:
                continue
            if question.field == PLAN_FILE:
                words = {KEEP_OURS: "否", TAKE_THEIRS: "是", WRITE_OTHER: text}.get(choice, "?")
                answer = answer_of(desk, office, question, words)
                if answer is None:
                    findings.append(NOT_AN_ANSWER.at(QUESTIONS, conflict=conflict, text=text or choice))
                else:
                    plan_answers.append((question, CHOICE_CODES[choice], answer))
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
                run = start(desk, act.office(), old_rounds=True)
                keep_original(desk, act, data, QUESTIONS, source.sha256)
                for question, choice, value in ready:
                    if question.field in FILE_QUESTIONS:
                        named_round = value if choice == WRITE_OTHER else ""
                        settle_file(run, act, question, CHOICE_CODES[choice], named_round, source.sha256)
                    else:
                        settle_cell(run, act, question, CHOICE_CODES[choice], value, source.sha256)
        lines = [str(finding) for finding in findings]
        outcome, count = Exit.DONE, len(ready)
        for question, choice, answer in plan_answers:
            result = _enter(desk, question, choice, answer, source.sha256)
            lines += [*result.lines, *([str(result.problem)] if result.problem else [])]
            outcome = max(outcome, result.exit)
            count += result.problem is None
        if (ready or plan_answers) and not call.dry_run:
            office = desk.office()
            write_questions(desk, office)
            refresh_reporting(desk, office)
        lines.append(
            f"{'将处理' if call.dry_run else '已处理'}{count}条，还有{len(office.conflicts)}条待核对。"
        )
        output = {
            "settled": count,
            "open": len(office.conflicts),
            "findings": [{"code": finding.code, "message": finding.message} for finding in findings],
        }
        return Result(tuple(lines), output, outcome)


def _enter(desk: Desk, question: facts.Conflict, choice: str, answer: PlanAnswer, source: str) -> Result:
    """Enter a plan as a person answered; a question that this raises takes the place of the one that was answered."""
    result = Result()
    if answer.instructions is not None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, Path(answer.name).name)
            path.write_bytes(answer.data)
            try:
                result = record(replace(desk.call, ask=None), path, answer.instructions)
            except PlanQuestion as problem:
                result = Result((str(problem),), exit=Exit.PARTLY)
            except TrackerError as problem:
                return Result(exit=Exit.PARTLY, problem=problem)
    with desk.act("settle") as act:
        act.add(facts.Settled(question.conflict, choice, ""), file=source, place=question.conflict)
    return result
