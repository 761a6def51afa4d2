"""Applying what a person decided in 待核对事项清单.xlsx, or says at the terminal (`steps.return_lists`).

Each decision becomes a fact of its own, and the cell says what was chosen, with the list as its source. A
decision that cannot be carried out (no choice, 另行填写 without a text) stays in the list and is named.

What is asked about a whole file (which of two returns is the later one; whose it is; an old round's form) is decided
once: the file is taken from its kept original as if it came now, or left out; one of two returns counts as replaced then. What a plan file is to the
ledger is answered there, too (`steps.plan_questions`): `record` goes on where it stopped. Killed between the two, the
answer is applied again, and the file is known. What is asked about somebody else's table (`steps.fill`) is
remembered, and the table filled again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path

from tracker import facts
from tracker.files.folders import QUESTIONS
from tracker.files.inbox import Arrival
from tracker.files.ledger import Act
from tracker.files.live import office_book
from tracker.formats.books import read_decisions
from tracker.forms import (
    FILE_QUESTIONS,
    FILL_QUESTIONS,
    KEEP_OURS,
    OLD_FORM,
    OPEN_QUESTIONS,
    OPENING,
    PLAN_FILE,
    TAKE_THEIRS,
    WRITE_OTHER,
)
from tracker.problems.base import Exit, Finding, TrackerError
from tracker.problems.plans import NOT_AN_ANSWER, PlanQuestion
from tracker.problems.report import FILE_GONE
from tracker.problems.returns import NO_CHOICE, NO_QUESTION, NO_TEXT
from tracker.rules.merge import CHOICE_CODES, questions
from tracker.rules.office import CellNow, Office
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, keep_original, open_desk
from tracker.steps.fill import BlankFile, FillAnswer, fill_answers, record_answers
from tracker.steps.joining import Run, start
from tracker.steps.plan_questions import PlanAnswer, answer_of
from tracker.steps.record import accept, record
from tracker.steps.return_lists import ask, refresh_reporting, write_questions
from tracker.steps.take_back import take_version
from tracker.values import dataclass


def _record_choice(act: Act, question: facts.Conflict, choice: str, value: str, source: str) -> None:
    """Record a decision; `source` is the hash of the list that says so, empty where a person said it in words."""
    place = question.conflict if source else ""
    act.add(facts.Settled(question.conflict, choice, value), file=source, place=place)


def settle_file(run: Run, act: Act, question: facts.Conflict, choice: str, text: str, source: str) -> None:
    """Carry out a decision about a file; `text` names the old round of 另行填写, `source` is the hash of the list, if any."""
    sha, office = run.question_files[question.conflict], run.office
    form = (
        question.subject
        if choice == "theirs"
        else old_form(office, question, text)
        if choice == "other"
        else ""
    )
    if form:
        name = run.memory.file_names[sha]
        data = run.desk.folder.original(sha, name).read_bytes()
        is_old = form != question.subject or question.field != OLD_FORM
        run_of_form = replace(run, old_rounds=is_old)
        take_version(run_of_form, Arrival(name, data, run.desk.call.now), form, act)
    else:
        for _, back in office.returns:
            if (back.form, back.sha, back.outcome) == (question.subject, sha, "waiting"):
                act.add(replace(back, outcome="superseded", reason="核对时选定先收的一份"), file=sha)
    value = text or (question.theirs if form else question.ours).partition("\n")[0]
    _record_choice(act, question, choice, value, source)


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
    _record_choice(act, question, choice, value, source)
    key = (question.subject, question.unit, question.field, question.period)
    now = run.memory.cells.get(key)
    if (now.value if now else "") != value:
        seq = act.add(
            facts.Cell(*key, value, "settle", run.office.seq),
            file=source,
            place=question.conflict if source else "",
        )
        run.memory.cells[key] = CellNow(value, "settle", seq, act.no, source, question.conflict)


@dataclass(frozen=True, slots=True)
class _CellDecision:
    """What was chosen of a cell or a file; `source` is the hash of the list that says so, if any."""

    question: facts.Conflict
    choice: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class _PlanDecision:
    """What was answered about a plan file."""

    question: facts.Conflict
    code: str
    answer: PlanAnswer
    source: str


@dataclass
class _Decisions:
    """What was decided, by what is done with it."""

    cells: list[_CellDecision] = field(default_factory=list)
    plans: list[_PlanDecision] = field(default_factory=list)
    fills: list[FillAnswer] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many can be carried out."""
        return len(self.cells) + len(self.plans) + len(self.fills)

    @property
    def in_this_act(self) -> list[str]:
        """The questions that are decided in one act; a plan is entered in acts of its own."""
        return [
            *(decision.question.conflict for decision in self.cells),
            *(answer.question.conflict for answer in self.fills),
        ]


def settle(call: Call, *, answers: Mapping[str, tuple[str, str]] | None = None) -> Result:
    """Apply the decisions that were made, and lay out the list of what is still open.

    Args:
        call: The call; whoever sits there is asked what nobody has decided yet.
        answers: Choice and text by question, as a person said them without the list; they go before what stands there.
    """
    with open_desk(call) as desk:
        path = desk.folder.path(QUESTIONS)
        book = office_book(path) if path.exists() else None
        source = book.source if book else None
        office = desk.office()
        in_list = read_decisions(source) if source is not None else {}
        in_words = dict(answers or {})
        if call.ask is not None and answers is None and not call.dry_run:
            rows = [question for question in questions(office) if question.conflict not in in_list]
            open_ids = {c.conflict for c in office.conflicts.values() if c.field in OPEN_QUESTIONS}
            in_words = ask(call.ask, rows, open_ids)
        if not in_list and not in_words and not office.conflicts:
            return Result(("没有待核对事项。",), {"settled": 0, "open": 0, "findings": []})
        lists = dict.fromkeys(in_list.keys() - in_words, source.sha256 if source is not None else "")
        done = _sorted_out(desk, office, {**in_list, **in_words}, lists)
        done.findings += [
            NO_QUESTION.at("", conflict=conflict) for conflict in in_words if conflict not in office.conflicts
        ]
        if (done.cells or done.fills) and not call.dry_run:
            with desk.act("settle") as act:
                if book and source and any(lists.get(conflict) for conflict in done.in_this_act):
                    keep_original(desk, act, book.data, QUESTIONS, source.sha256)
                run = start(desk, act.office(), old_rounds=True) if done.cells else None
                for decision in done.cells:
                    assert run is not None
                    _carry_out(run, act, decision)
                files = record_answers(act, desk.ledger, done.fills, lists)
        else:
            files = []
        lines = [str(finding) for finding in done.findings] + _choice_lines(office, done)
        outcome, count = Exit.DONE, done.count
        for plan_decision in done.plans:
            result = _enter(desk, plan_decision)
            lines += [*result.lines, *([str(result.problem)] if result.problem else [])]
            outcome = max(outcome, result.exit)
            count -= result.problem is not None
        for file in files:
            result = _fill_again(desk, file)
            lines += result.lines
            outcome = max(outcome, result.exit)
        if done.count and not call.dry_run:
            office = desk.office()
            list_result = write_questions(desk, office)
            lines += [list_result.sentence] if list_result and list_result.sentence else []
            refresh_reporting(desk, office)
        lines.append(
            f"{'将处理' if call.dry_run else '已处理'}{count}条，还有{len(office.conflicts)}条待核对。"
        )
        output = {
            "settled": count,
            "open": len(office.conflicts),
            "findings": [{"code": finding.code, "message": finding.message} for finding in done.findings],
        }
        return Result(tuple(lines), output, outcome)


def _carry_out(run: Run, act: Act, decision: _CellDecision) -> None:
    question, value, source = decision.question, decision.value, decision.source
    code = CHOICE_CODES[decision.choice]
    if question.field in FILE_QUESTIONS:
        round_name = value if decision.choice == WRITE_OTHER else ""
        settle_file(run, act, question, code, round_name, source)
    elif question.field == OPENING:
        if decision.choice == TAKE_THEIRS:
            accept(act, question, run.question_files[question.conflict])
        _record_choice(act, question, code, value, source)
    else:
        settle_cell(run, act, question, code, value, source)


def _choice_lines(office: Office, done: _Decisions) -> list[str]:
    """What was chosen of cells and files, and how a slip of the hand is mended."""
    choices = {decision.question.conflict: decision.choice for decision in done.cells}
    lines = [
        f"{question.conflict}　{question.unit}{question.column}（{question.point}）：{choices[question.conflict]}。"
        for question in questions(office)
        if question.conflict in choices
    ]
    way_back = "选错了的：在“待核对”页点“撤回上一次处理”，重新选；只错一格的，也可在《工作台账》的“各单位进展”里改成对的，保存后运行 tracker sync。"
    return [*lines, way_back] if lines else []


def _sorted_out(
    desk: Desk, office: Office, decisions: Mapping[str, tuple[str, str]], lists: Mapping[str, str]
) -> _Decisions:
    """What can be carried out of what was decided; `lists` has the hash of the list that says so, by question."""
    answers = fill_answers(office, decisions)
    done = _Decisions(fills=list(answers.answers), findings=list(answers.findings))
    for conflict, (choice, text) in sorted(decisions.items()):
        question, sha = office.conflicts.get(conflict), lists.get(conflict, "")
        if question is None or question.field in FILL_QUESTIONS:
            continue
        if question.field == PLAN_FILE:
            words = {KEEP_OURS: "否", TAKE_THEIRS: "是", WRITE_OTHER: text}.get(choice, "?")
            answer = answer_of(desk, office, question, words)
            if answer is None:
                done.findings.append(NOT_AN_ANSWER.at(QUESTIONS, conflict=conflict, text=text or choice))
            else:
                done.plans.append(_PlanDecision(question, CHOICE_CODES[choice], answer, sha))
            continue
        is_whole = question.field in (*FILE_QUESTIONS, OPENING)
        if choice not in CHOICE_CODES or (
            is_whole and choice == WRITE_OTHER and not old_form(office, question, text)
        ):
            done.findings.append(NO_CHOICE.at(QUESTIONS, conflict=conflict, text=choice or text))
        elif choice == WRITE_OTHER and not text.strip():
            done.findings.append(NO_TEXT.at(QUESTIONS, conflict=conflict))
        else:
            value = {KEEP_OURS: question.ours, TAKE_THEIRS: question.theirs, WRITE_OTHER: text}[choice]
            done.cells.append(_CellDecision(question, choice, value, sha))
    return done


def _fill_again(desk: Desk, file: BlankFile) -> Result:
    """Fill somebody's table once more with what was said of it."""
    # Imported here: hardly ever needed, and it knows how tables and reports are made.
    from tracker.steps.fill import fill_again

    try:
        result = fill_again(desk, file)
    except TrackerError as problem:
        return Result((str(problem),), exit=Exit.PARTLY)
    return result or Result((str(FILE_GONE.at("", file=Path(file.path).name)),), exit=Exit.PARTLY)


def _enter(desk: Desk, decision: _PlanDecision) -> Result:
    """Enter a plan as a person answered; a question that this raises takes the place of the one that was answered."""
    result, answer = Result(), decision.answer
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
        _record_choice(act, decision.question, decision.code, "", decision.source)
    return result
