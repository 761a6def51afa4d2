"""Applying what a person decided in 待核对事项清单.xlsx, or said of single questions without opening it.

Each decision becomes a fact of its own, and the cell says what was chosen, with the list as its source. A
decision that cannot be carried out (no choice, 另行填写 without a text) stays in the list and is named.

Which of two returns of one form is the later one is decided once for the whole file: the one that waited is taken from
its kept original as if it came now, or counts as replaced already.
"""

from __future__ import annotations

from collections.abc import Mapping

from tracker import facts
from tracker.files.folders import QUESTIONS
from tracker.files.guard import read_bytes
from tracker.files.inbox import Arrival
from tracker.files.ledger import Act
from tracker.formats.books import read_decisions
from tracker.forms import KEEP_OURS, TAKE_THEIRS, WRITE_OTHER
from tracker.problems.base import Finding
from tracker.problems.returns import NO_CHOICE, NO_QUESTION, NO_TEXT
from tracker.rules.office import Office
from tracker.rules.returns import CHOICE_CODES, VERSION
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, keep_original, open_desk
from tracker.steps.joining import start
from tracker.steps.return_lists import refresh_reporting, write_questions
from tracker.steps.take_back import take_version


def settle_version(desk: Desk, act: Act, question: facts.Conflict, choice: str, source: str) -> None:
    """Carry out a decision; `source` is the hash of the list that it stands in, if any."""
    sha = next(
        entry.file
        for entry in desk.ledger.entries(facts.Conflict)
        if entry.fact.conflict == question.conflict
    )
    return_ = next(
        candidate
        for _, candidate in act.office().returns
        if (candidate.form, candidate.sha) == (question.subject, sha)
    )
    if choice == "theirs":
        file = act.office().files[sha]
        data = desk.folder.original(sha, file.name).read_bytes()
        run = start(desk, act.office(), old_rounds=True)
        take_version(run, Arrival(file.name, data, desk.call.now), sha, question.subject, act)
    else:
        act.add(
            facts.Return(return_.form, sha, "superseded", "核对时选定先收的一份", return_.balance), file=sha
        )
    value = (question.theirs if choice == "theirs" else question.ours).partition("\n")[0]
    place = question.conflict if source else ""
    act.add(facts.Settled(question.conflict, choice, value), file=source, place=place)


def settle(call: Call, *, spoken: Mapping[str, tuple[str, str]] | None = None) -> Result:
    """Apply the decisions that were made, and lay out the list of what is still open.

    Args:
        call: The call.
        spoken: Choice and text by question, as a person said them without the list; they go before what stands there.
    """
    with open_desk(call) as desk:
        path = desk.folder.path(QUESTIONS)
        data = path.read_bytes() if path.exists() else b""
        source = read_bytes(data, QUESTIONS) if data else None
        # Question -> choice, text, and the hash of the list that says so.
        decisions = {
            conflict: (choice, text, source.sha256)
            for conflict, (choice, text) in (read_decisions(source).items() if source is not None else ())
            if source is not None
        }
        decisions |= {conflict: (choice, text, "") for conflict, (choice, text) in (spoken or {}).items()}
        office = desk.office()
        if not decisions and not office.conflicts:
            return Result(("没有待核对事项。",), {"settled": 0, "open": 0, "findings": []})
        findings: list[Finding] = []
        ready: list[tuple[facts.Conflict, str, str, str]] = []
        for conflict, (choice, text, sha) in sorted(decisions.items()):
            question = office.conflicts.get(conflict)
            if question is None:
                findings += [] if sha else [NO_QUESTION.at("", conflict=conflict)]
            elif choice not in CHOICE_CODES or (question.field == VERSION and choice == WRITE_OTHER):
                findings.append(NO_CHOICE.at(QUESTIONS, conflict=conflict, text=choice or text))
            elif choice == WRITE_OTHER and not text.strip():
                findings.append(NO_TEXT.at(QUESTIONS, conflict=conflict))
            else:
                value = {KEEP_OURS: question.ours, TAKE_THEIRS: question.theirs, WRITE_OTHER: text}[choice]
                ready.append((question, choice, value, sha))
        if ready and not call.dry_run:
            with desk.act("settle") as act:
                if source is not None and any(sha for *_, sha in ready):
                    keep_original(desk, act, data, QUESTIONS, source.sha256)
                for question, choice, value, sha in ready:
                    _apply(desk, act, office, (question, choice, value, sha))
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


def _apply(desk: Desk, act: Act, office: Office, decision: tuple[facts.Conflict, str, str, str]) -> None:
    """Record one decision: the question, the choice, the value, and the list that says so (empty: said in words)."""
    question, choice, value, sha = decision
    if question.field == VERSION:
        settle_version(desk, act, question, CHOICE_CODES[choice], sha)
        return
    place = question.conflict if sha else ""
    act.add(facts.Settled(question.conflict, CHOICE_CODES[choice], value), file=sha, place=place)
    key = (question.subject, question.unit, question.field, question.period)
    now = act.office().cells.get(key)
    if (now.value if now else "") != value:
        act.add(facts.Cell(*key, value, "settle", office.seq), file=sha, place=place)
