"""督办/电话记录.xlsx taken in: who answered what on the telephone becomes an event of the slip."""

from __future__ import annotations

import json
from dataclasses import dataclass
from dataclasses import replace

from tracker import facts
from tracker.files.guard import open_source
from tracker.files.ledger import Act
from tracker.files.lists.calls import CallList
from tracker.files.lists.calls import read_calls
from tracker.files.lists.strays import strays
from tracker.problems import Finding
from tracker.problems.chasing import UNKNOWN_SLIP
from tracker.rules.state import Office
from tracker.steps.chasing.citing import cite
from tracker.steps.chasing.signing import FOLDER
from tracker.steps.desk import Desk

CALLS = "电话记录.xlsx"
KIND = "call"


def read_call_list(desk: Desk) -> CallList:
    """The call list as it stands."""
    path = desk.folder.path(FOLDER, CALLS)
    call_list = read_calls(open_source(path)) if path.exists() else CallList()
    return replace(call_list, findings=(*call_list.findings, *strays(path)))


@dataclass(frozen=True, slots=True)
class CallIntake:
    """How many answers are new, and what is wrong with the list."""

    count: int = 0
    findings: tuple[Finding, ...] = ()


def take_in_calls(desk: Desk, act: Act, calls: CallList) -> CallIntake:
    """Record the answers that the ledger does not know yet; an emptied row is no statement."""
    office = act.office()
    findings = list(calls.findings)
    previous, new = call_answers(office), []
    for row in calls.rows:
        answer = {"who": row.who, "answer": row.answer, "at": row.at}
        if not row.statement or previous.get(row.document) == answer:
            continue
        if row.document not in office.documents:
            findings.append(UNKNOWN_SLIP.at(row.place, document=row.document))
            continue
        data = json.dumps(answer, ensure_ascii=False, sort_keys=True)
        new.append((facts.Event(row.document, KIND, 1, desk.today, data), row.place))
    sha = cite(desk, act, desk.folder.path(FOLDER, CALLS), calls.sha) if new else ""
    for fact, place in new:
        act.add(fact, file=sha, place=place)
    return CallIntake(len(new), tuple(findings))


def call_answers(office: Office) -> dict[str, dict[str, str]]:
    """What was answered, by the slip that was called about."""
    return {event.subject: json.loads(event.data) for event in office.events if event.kind == KIND}
