"""What was decided of a return, as facts: the original kept, the return with its balance, cells, questions."""

from __future__ import annotations

import json
from dataclasses import replace

from tracker import facts
from tracker.columns import BY_NAME
from tracker.files.inbox import Arrived
from tracker.files.ledger import Act
from tracker.rules.progress.ledger_rows import subject_of
from tracker.rules.returns.questions import VERSION
from tracker.steps.forms.evidence import record_pictures
from tracker.steps.forms.joining import Judged
from tracker.steps.forms.taking import Outcome
from tracker.steps.forms.taking import Run
from tracker.steps.forms.taking import judge_file
from tracker.steps.forms.taking import judge_version
from tracker.steps.forms.taking import question_of
from tracker.steps.opening import Opened
from tracker.steps.opening import open_arrived

# How many findings of one return its fact remembers; all of them are said when it is taken.
_REMEMBERED = 5
# How many differing cells stand in the question which of two versions is the later one.
_SHOWN = 5


def take_file(run: Run, opened: Opened, act: Act | None) -> None:
    """Take one file, or say why not; without an act it is only said."""
    for outcome in judge_file(run, opened):
        run.outcomes.append(outcome)
        if act is not None and outcome.form is not None:
            _record(run, act, opened.arrived, opened.sha, outcome)
            record_pictures(run, act, opened, outcome)


def take_version(run: Run, arrived: Arrived, sha: str, form: str, act: Act) -> None:
    """Take a return whose order a person has decided."""
    opened = open_arrived(arrived, set())
    for outcome in judge_version(run, arrived, sha, form):
        run.outcomes.append(outcome)
        _record(run, act, arrived, sha, outcome)
        record_pictures(run, act, opened, outcome)


def _record(run: Run, act: Act, arrived: Arrived, sha: str, outcome: Outcome) -> None:
    """Keep the original and turn an outcome into facts."""
    form, judged = outcome.form, outcome.judged
    assert form is not None and judged is not None
    run.desk.folder.keep(arrived.data, arrived.name.rpartition("/")[2])
    if sha not in act.office().files:
        act.add(facts.File(sha, arrived.name, run.office.name_of(form.unit), run.desk.call.now), file=sha)
    result = _return(outcome, sha)
    if result.outcome == "taken":
        _supersede(run, act, result, outcome)
    act.add(result, file=sha)
    if outcome.waits:
        _ask_version(run, act, outcome, sha)
    elif result.outcome == "taken":
        _record_cells(run, act, outcome, sha)


def _return(outcome: Outcome, sha: str) -> facts.Return:
    form, judged = outcome.form, outcome.judged
    assert form is not None and judged is not None
    balance: dict[str, object] = {**judged.joined.balance}
    n = judged.joined.offered
    if outcome.refused:
        # The whole form is refused, whatever its cells would have come to.
        balance = {"offered": n, "applied": 0, "unchanged": 0, "conflicts": 0, "refused": n}
    elif outcome.waits:
        balance = {"offered": n, "applied": 0, "unchanged": 0, "conflicts": n, "refused": 0}
    told = [str(each) for each in outcome.findings if each.severity.value == "error"]
    reason = outcome.refused or "；".join(told[:_REMEMBERED])
    balance["signed"] = dict(sorted(judged.reading.signed.items()))
    if outcome.saved:
        balance["saved"] = outcome.saved.isoformat()
    if outcome.part:
        balance["part"] = outcome.part
    word = "refused" if outcome.refused else "waiting" if outcome.waits else "taken"
    content = json.dumps(balance, ensure_ascii=False, sort_keys=True)
    return facts.Return(form.form, sha, word, reason, content)


def _supersede(run: Run, act: Act, result: facts.Return, outcome: Outcome) -> None:
    """The earlier returns of the form are replaced; where each department sends its own, those of this one."""
    kept = []
    for earlier in run.returns.get(result.form, []):
        if earlier.sha == result.sha:
            continue
        if json.loads(earlier.balance).get("part", "") != outcome.part:
            kept.append(earlier)
        elif earlier.outcome == "taken":
            act.add(facts.Return(result.form, earlier.sha, "superseded", "后有新版", earlier.balance))
    run.returns[result.form] = [*kept, result]


def _record_cells(run: Run, act: Act, outcome: Outcome, sha: str) -> None:
    form, judged = outcome.form, outcome.judged
    assert form is not None and judged is not None
    for change in judged.joined.applied:
        wp, unit = subject_of(change.row)
        cell = facts.Cell(wp, unit, change.column, form.round, change.after, "unit", form.base_seq)
        act.add(cell, file=sha, place=judged.place(change.row, change.column))
    _withdraw(run, act, form, judged)
    for clash in judged.joined.conflicts:
        wp, unit = subject_of(clash.row)
        asked = facts.Conflict(
            "", wp, unit, clash.column, form.round, clash.base, clash.ours, clash.theirs, clash.why.value
        )
        if question_of(asked) in run.asked:
            continue
        run.asked.add(question_of(asked))
        _add_conflict(act, asked, sha, judged.place(clash.row, clash.column))


def _withdraw(run: Run, act: Act, form: facts.Form, judged: Judged) -> None:
    """A question about a text that the unit itself has replaced since is no question any more."""
    earlier = run.taken.get(form.form, {})
    for each in act.office().conflicts.values():
        said = judged.reading.rows.get(each.subject, {}).get(each.field)
        if (
            said is not None
            and each.period == form.round
            and run.asked_by.get(each.conflict) in earlier
            and (each.subject, each.field) not in judged.reading.refused
            and said.text != each.theirs
        ):
            act.add(facts.Settled(each.conflict, "withdrawn", each.ours))


def _ask_version(run: Run, act: Act, outcome: Outcome, sha: str) -> None:
    """One question for the whole file, however many cells differ."""
    form, judged = outcome.form, outcome.judged
    assert form is not None and judged is not None
    office = act.office()
    ours, theirs = [], []
    clashes = judged.joined.conflicts
    for clash in clashes[:_SHOWN]:
        what = f"{subject_of(clash.row)[0]} {BY_NAME[clash.column].label}："
        ours.append(what + clash.ours)
        theirs.append(what + clash.theirs)
    more = [f"……共{len(clashes)}格不同"] if len(clashes) > _SHOWN else []
    names = (office.files[outcome.waits].name, outcome.name)
    asked = facts.Conflict(
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
    _add_conflict(act, asked, sha, "")


def _add_conflict(act: Act, asked: facts.Conflict, sha: str, place: str) -> None:
    act.add(replace(asked, conflict=act.mint("C")), file=sha, place=place)
