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
from tracker.rules.returns.questions import CODES
from tracker.rules.returns.questions import OTHER
from tracker.rules.returns.questions import OURS
from tracker.rules.returns.questions import THEIRS
from tracker.rules.returns.questions import VERSION
from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.desk import open_desk
from tracker.steps.forms.questions import write_questions
from tracker.steps.forms.reported_page import refresh_page
from tracker.steps.forms.versions import settle_version


def settle(call: Call) -> Answer:
    """Apply the decisions that were made, and lay out the list of what is still open."""
    with open_desk(call) as desk:
        path = desk.folder.path(QUESTIONS)
        if not path.exists():
            return Answer(("没有待核对事项。",), {"settled": 0, "open": 0, "findings": []})
        data = path.read_bytes()
        source = read_bytes(data, QUESTIONS)
        decisions = read_decisions(source)
        office = desk.office()
        findings: list[Finding] = []
        ready: list[tuple[facts.Conflict, str, str]] = []
        for conflict, (choice, text) in sorted(decisions.items()):
            each = office.conflicts.get(conflict)
            if each is None:
                continue
            if choice not in CODES or (each.field == VERSION and choice == OTHER):
                findings.append(settling.NO_CHOICE.at(QUESTIONS, conflict=conflict, text=choice or text))
            elif choice == OTHER and not text.strip():
                findings.append(settling.NO_TEXT.at(QUESTIONS, conflict=conflict))
            else:
                value = {OURS: each.ours, THEIRS: each.theirs, OTHER: text}[choice]
                ready.append((each, choice, value))
        if ready and not call.dry_run:
            desk.folder.keep(data, QUESTIONS)
            with desk.act("settle") as act:
                if source.sha256 not in office.files:
                    act.add(facts.File(source.sha256, QUESTIONS, "本办", call.now), file=source.sha256)
                for each, choice, value in ready:
                    if each.field == VERSION:
                        settle_version(desk, act, each, CODES[choice], source.sha256)
                        continue
                    settled = facts.Settled(each.conflict, CODES[choice], value)
                    act.add(settled, file=source.sha256, place=each.conflict)
                    now = act.office().cells.get((each.subject, each.unit, each.field, each.period))
                    if (now.value if now else "") != value:
                        cell = facts.Cell(
                            each.subject, each.unit, each.field, each.period, value, "settle", office.seq
                        )
                        act.add(cell, file=source.sha256, place=each.conflict)
            office = desk.office()
            write_questions(desk, office)
            refresh_page(desk, office)
        lines = [str(each) for each in findings]
        lines.append(
            f"{'将处理' if call.dry_run else '已处理'}{len(ready)}条，还有{len(office.conflicts)}条待核对。"
        )
        data_ = {
            "settled": len(ready),
            "open": len(office.conflicts),
            "findings": [{"code": each.code, "message": each.message} for each in findings],
        }
        return Answer(tuple(lines), data_)
