"""What was decided of a return, as facts: the original kept, the return with its balance, cells, questions."""

from __future__ import annotations

import json
from dataclasses import replace

from tracker import facts
from tracker.columns import BY_NAME
from tracker.files.inbox import Arrival
from tracker.files.ledger import Act
from tracker.rules.progress.ledger_rows import subject_of
from tracker.rules.returns.questions import VERSION
from tracker.steps.forms.evidence import record_pictures
from tracker.steps.forms.joining import Assessment
from tracker.steps.forms.taking import FileOutcome
from tracker.steps.forms.taking import Run
from tracker.steps.forms.taking import judge_file
from tracker.steps.forms.taking import judge_version
from tracker.steps.forms.taking import question_of
from tracker.steps.opening import IncomingFile
from tracker.steps.opening import open_arrival

# How many findings of one return its fact remembers; all of them are said when it is taken.
_FINDING_LIMIT = 5
# How many differing cells stand in the question which of two versions is the later one.
_CELL_LIMIT = 5


def take_file(run: Run, incoming: IncomingFile, act: Act | None) -> None:
    """Take one file, or say why not; without an act it is only said."""
    for outcome in judge_file(run, incoming):
        run.outcomes.append(outcome)
        if act is not None and outcome.form is not None:
            _record(run, act, incoming.arrival, incoming.sha, outcome)
            record_pictures(run, act, incoming, outcome)


def take_version(run: Run, arrival: Arrival, sha: str, form: str, act: Act) -> None:
    """Take a return whose order a person has decided."""
    incoming = open_arrival(arrival, set())
    for outcome in judge_version(run, arrival, sha, form):
        run.outcomes.append(outcome)
        _record(run, act, arrival, sha, outcome)
        record_pictures(run, act, incoming, outcome)


def _record(run: Run, act: Act, arrival: Arrival, sha: str, outcome: FileOutcome) -> None:
    """Keep the original and turn an outcome into facts."""
    form, assessment = outcome.form, outcome.assessment
    assert form is not None and assessment is not None
    run.desk.folder.keep(arrival.data, arrival.name.rpartition("/")[2])
    if sha not in act.office().files:
        act.add(facts.File(sha, arrival.name, run.office.name_of(form.unit), run.desk.call.now), file=sha)
    result = _return(outcome, sha)
    if result.outcome == "taken":
        _supersede(run, act, result, outcome)
    act.add(result, file=sha)
    if outcome.waits:
        _ask_version(run, act, outcome, sha)
    elif result.outcome == "taken":
        _record_cells(run, act, outcome, sha)


def _return(outcome: FileOutcome, sha: str) -> facts.Return:
    form, assessment = outcome.form, outcome.assessment
    assert form is not None and assessment is not None
    balance: dict[str, object] = {**assessment.merge.balance}
    n = assessment.merge.count
    if outcome.refusal:
        # The whole form is refused, whatever its cells would have come to.
        balance = {"offered": n, "applied": 0, "unchanged": 0, "conflicts": 0, "refused": n}
    elif outcome.waits:
        balance = {"offered": n, "applied": 0, "unchanged": 0, "conflicts": n, "refused": 0}
    errors = [str(finding) for finding in outcome.findings if finding.severity.value == "error"]
    reason = outcome.refusal or "；".join(errors[:_FINDING_LIMIT])
    balance["signed"] = dict(sorted(assessment.reading.signatures.items()))
    if outcome.saved_at:
        balance["saved"] = outcome.saved_at.isoformat()
    if outcome.part:
        balance["part"] = outcome.part
    word = "refused" if outcome.refusal else "waiting" if outcome.waits else "taken"
    content = json.dumps(balance, ensure_ascii=False, sort_keys=True)
    return facts.Return(form.form, sha, word, reason, content)


def _supersede(run: Run, act: Act, result: facts.Return, outcome: FileOutcome) -> None:
    """The earlier returns of the form are replaced; where each department sends its own, those of this one."""
    remaining = []
    for earlier in run.returns.get(result.form, []):
        if earlier.sha == result.sha:
            continue
        if json.loads(earlier.balance).get("part", "") != outcome.part:
            remaining.append(earlier)
        elif earlier.outcome == "taken":
            act.add(facts.Return(result.form, earlier.sha, "superseded", "后有新版", earlier.balance))
    run.returns[result.form] = [*remaining, result]


def _record_cells(run: Run, act: Act, outcome: FileOutcome, sha: str) -> None:
    form, assessment = outcome.form, outcome.assessment
    assert form is not None and assessment is not None
    for change in assessment.merge.changes:
        point_id, unit = subject_of(change.row)
        cell = facts.Cell(point_id, unit, change.column, form.round, change.after, "unit", form.base_seq)
        act.add(cell, file=sha, place=assessment.place(change.row, change.column))
    _withdraw(run, act, form, assessment)
    for conflict in assessment.merge.conflicts:
        point_id, unit = subject_of(conflict.row)
        question = facts.Conflict(
            "",
            point_id,
            unit,
            conflict.column,
            form.round,
            conflict.base,
            conflict.ours,
            conflict.theirs,
            conflict.why.value,
        )
        if question_of(question) in run.questions:
            continue
        run.questions.add(question_of(question))
        _add_conflict(act, question, sha, assessment.place(conflict.row, conflict.column))


def _withdraw(run: Run, act: Act, form: facts.Form, assessment: Assessment) -> None:
    """A question about a text that the unit itself has replaced since is no question any more."""
    earlier = run.earlier_returns.get(form.form, {})
    for conflict in act.office().conflicts.values():
        answer = assessment.reading.rows.get(conflict.subject, {}).get(conflict.field)
        if (
            answer is not None
            and conflict.period == form.round
            and run.question_files.get(conflict.conflict) in earlier
            and (conflict.subject, conflict.field) not in assessment.reading.refusals
            and answer.text != conflict.theirs
        ):
            act.add(facts.Settled(conflict.conflict, "withdrawn", conflict.ours))


def _ask_version(run: Run, act: Act, outcome: FileOutcome, sha: str) -> None:
    """One question for the whole file, however many cells differ."""
    form, assessment = outcome.form, outcome.assessment
    assert form is not None and assessment is not None
    office = act.office()
    ours, theirs = [], []
    conflicts = assessment.merge.conflicts
    for conflict in conflicts[:_CELL_LIMIT]:
        prefix = f"{subject_of(conflict.row)[0]} {BY_NAME[conflict.column].label}："
        ours.append(prefix + conflict.ours)
        theirs.append(prefix + conflict.theirs)
    more = [f"……共{len(conflicts)}格不同"] if len(conflicts) > _CELL_LIMIT else []
    names = (office.files[outcome.waits].name, outcome.name)
    question = facts.Conflict(
        "",
        form.form,
        form.unit,
        VERSION,
        form.round,
        "",
        "\n".join([names[0], *ours, *more]),
        "\n".join([names[1], *theirs, *more]),
        "同一单位的两份报表，看不出哪份在后",
    )
    _add_conflict(act, question, sha, "")


def _add_conflict(act: Act, question: facts.Conflict, sha: str, place: str) -> None:
    act.add(replace(question, conflict=act.mint("C")), file=sha, place=place)
