"""Applying what a person decided in 待核对事项清单.xlsx.

Each decision becomes a fact of its own, and the cell says what was chosen, with the list as its source. A
decision that cannot be carried out (no choice, 另行填写 without a text) stays in the list and is named. Which of
two returns is the later one is decided once for the whole file (`steps.forms.versions`).
"""

from __future__ import annotations

from tracker import facts
from tracker.files.folders import QUESTIONS
from tracker.files.guard import read_bytes
from tracker.files.workbooks.questions import read_decisions
from tracker.problems import Finding
from tracker.problems import settling
from tracker.rules.returns.questions import CHOICE_CODES
from tracker.rules.returns.questions import KEEP_OURS
from tracker.rules.returns.questions import TAKE_THEIRS
from tracker.rules.returns.questions import VERSION
from tracker.rules.returns.questions import WRITE_OTHER
from tracker.steps.call import Call
from tracker.steps.call import Result
from tracker.steps.desk import open_desk
from tracker.steps.forms.questions import write_questions
from tracker.steps.forms.reported_page import refresh_reporting
from tracker.steps.forms.versions import settle_version


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
                findings.append(settling.NO_CHOICE.at(QUESTIONS, conflict=conflict, text=choice or text))
            elif choice == WRITE_OTHER and not text.strip():
                findings.append(settling.NO_TEXT.at(QUESTIONS, conflict=conflict))
            else:
                value = {KEEP_OURS: question.ours, TAKE_THEIRS: question.theirs, WRITE_OTHER: text}[choice]
                ready.append((question, choice, value))
        if ready and not call.dry_run:
            desk.folder.keep(data, QUESTIONS)
            with desk.act("settle") as act:
                if source.sha256 not in office.files:
                    act.add(facts.File(source.sha256, QUESTIONS, "本办", call.now), file=source.sha256)
                for question, choice, value in ready:
                    if question.field == VERSION:
                        settle_version(desk, act, question, CHOICE_CODES[choice], source.sha256)
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
