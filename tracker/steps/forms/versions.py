"""Two returns of one form, and a person has said which is the later one.

The one that waited is taken from its kept original as if it came now, or counts as replaced already.
"""

from __future__ import annotations

from tracker import facts
from tracker.files.inbox import Arrival
from tracker.files.ledger import Act
from tracker.steps.desk import Desk
from tracker.steps.forms.recording import take_version
from tracker.steps.forms.taking import start


def settle_version(desk: Desk, act: Act, question: facts.Conflict, choice: str, source: str) -> None:
    """Carry out a decision; `source` is the hash of the list that it stands in."""
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
    act.add(facts.Settled(question.conflict, choice, value), file=source, place=question.conflict)
