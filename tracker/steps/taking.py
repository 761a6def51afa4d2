"""One run of taking back: each file judged in turn, what was taken earlier in the run included, and recorded."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from dataclasses import field

from tracker import facts
from tracker.files.guard import read_bytes
from tracker.files.inbox import Arrived
from tracker.files.ledger import Act
from tracker.grid import Source
from tracker.problems import Finding
from tracker.problems import TrackerError
from tracker.problems import returns
from tracker.rules.asking import form_sheet
from tracker.rules.forms import token_of
from tracker.rules.ledger_rows import subject_of
from tracker.rules.state import CellNow
from tracker.rules.state import Office
from tracker.steps.desk import Desk
from tracker.steps.joining import Judged
from tracker.steps.joining import Known
from tracker.steps.joining import judge
from tracker.steps.past import Past
from tracker.steps.whose import Whose
from tracker.steps.whose import whose

# How many findings of one return its fact remembers; all of them are said when it is taken.
_REMEMBERED = 5


@dataclass(frozen=True)
class Outcome:
    """What became of one file.

    Attributes:
        name: The file, as it lies in the folder.
        form: The form that it is; None where it is none of ours.
        judged: What it amounts to; None where it could not be read.
        refused: Why nothing of it was taken; empty otherwise.
        findings: What a person should look at.
    """

    name: str
    form: facts.Form | None = None
    judged: Judged | None = None
    refused: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass
class Run:
    """What one run gathers."""

    desk: Desk
    office: Office
    past: Past
    forms: dict[str, facts.Form]
    old_rounds: bool
    seen: set[str]
    cells: dict[tuple[str, str, str, str], CellNow]
    asked: set[tuple[str, ...]]
    # Returns taken by form: their hashes, and when each was saved where that is known from this run.
    taken: dict[str, dict[str, dt.datetime | None]] = field(default_factory=dict)
    # The returns of each form as facts, to say later that they were superseded.
    returns: dict[str, list[facts.Return]] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    repeated: int = 0


@dataclass(frozen=True)
class Opened:
    """A file as it came through the door, or why it did not; neither where its bytes are known already."""

    arrived: Arrived
    sha: str
    source: Source | None = None
    problem: TrackerError | None = None


def open_arrived(arrived: Arrived, known: set[str]) -> Opened:
    """Read a file, unless its bytes are known already."""
    sha = hashlib.sha256(arrived.data).hexdigest()
    if arrived.problem is not None or sha in known:
        return Opened(arrived, sha, problem=arrived.problem)
    try:
        return Opened(arrived, sha, read_bytes(arrived.data, arrived.name))
    except TrackerError as problem:
        return Opened(arrived, sha, problem=problem)


def start(desk: Desk, office: Office, *, old_rounds: bool) -> Run:
    """Begin a run with what the ledger knows."""
    run = Run(
        desk=desk,
        office=office,
        past=Past(desk.ledger),
        forms={token_of(desk.folder.office, each.form): each for each in office.forms.values()},
        old_rounds=old_rounds,
        seen={each.sha for _, each in office.returns},
        cells=dict(office.cells),
        asked={_question(entry.fact) for entry in desk.ledger.entries(facts.Conflict)},
    )
    for _, each in office.returns:
        if each.outcome != "refused":
            run.taken.setdefault(each.form, {})[each.sha] = None
            run.returns.setdefault(each.form, []).append(each)
    return run


def take_file(run: Run, opened: Opened, act: Act | None) -> None:
    """Take one file, or say why not."""
    arrived, sha = opened.arrived, opened.sha
    if opened.problem is not None:
        run.outcomes.append(Outcome(arrived.name, refused=str(opened.problem)))
        return
    if sha in run.seen or opened.source is None:
        run.repeated += 1
        return
    taken = frozenset() if run.old_rounds else frozenset(run.taken)
    found = whose(opened.source, run.forms, run.office, taken=taken)
    if found.form is None:
        run.outcomes.append(Outcome(arrived.name, refused=str(found.finding)))
        return
    run.seen.add(sha)
    outcome = _judge(run, arrived, sha, found)
    run.outcomes.append(outcome)
    if act is not None:
        _record(run, act, arrived, sha, outcome)


def _judge(run: Run, arrived: Arrived, sha: str, found: Whose) -> Outcome:
    form = found.form
    assert form is not None
    round_ = run.office.rounds[form.round]
    base = run.past.office(form.base_seq)
    sheet = form_sheet(base, form, round_, office_id=run.desk.folder.office)
    # The order of two files saved in the same second is not known: then neither replaces the other.
    own = frozenset(earlier for earlier, when in run.taken.get(form.form, {}).items() if when != arrived.when)
    judged = judge(found.source, form, sheet, Known(base, run.cells, round_.opens, own))
    findings = [each for each in (found.finding, *judged.findings) if each is not None]
    if found.refused:
        return Outcome(arrived.name, form, judged, str(found.finding), tuple(findings))
    if judged.refused:
        if not judged.joined.offered or judged.refused == "一项都没有填":
            unit = run.office.name_of(form.unit)
            findings.append(returns.EMPTY_RETURN.at(arrived.name, unit=unit))
        return Outcome(arrived.name, form, judged, str(findings[-1]), tuple(findings))
    run.taken.setdefault(form.form, {})[sha] = arrived.when
    for change in judged.joined.applied:
        wp, unit = subject_of(change.row)
        place = judged.place(change.row, change.column)
        run.cells[wp, unit, change.column, form.round] = CellNow(change.after, "unit", 0, 0, sha, place)
    return Outcome(arrived.name, form, judged, "", tuple(findings))


def _record(run: Run, act: Act, arrived: Arrived, sha: str, outcome: Outcome) -> None:
    """Keep the original and turn an outcome into facts."""
    form, judged = outcome.form, outcome.judged
    assert form is not None and judged is not None
    name = arrived.name.rpartition("/")[2]
    run.desk.folder.keep(arrived.data, name)
    if sha not in run.office.files:
        act.add(facts.File(sha, arrived.name, run.office.name_of(form.unit), run.desk.call.now), file=sha)
    balance = judged.joined.balance
    if outcome.refused:
        # The whole form is refused, whatever its cells would have come to.
        n = balance["offered"]
        balance = {"offered": n, "applied": 0, "unchanged": 0, "conflicts": 0, "refused": n}
    told = [str(each) for each in outcome.findings if each.severity.value == "error"]
    reason = outcome.refused or "；".join(told[:_REMEMBERED])
    signed = dict(sorted(judged.reading.signed.items()))
    content = json.dumps({**balance, "signed": signed}, ensure_ascii=False, sort_keys=True)
    result = facts.Return(form.form, sha, "refused" if outcome.refused else "taken", reason, content)
    if not outcome.refused:
        for earlier in run.returns.get(form.form, []):
            if earlier.outcome == "taken":
                act.add(facts.Return(form.form, earlier.sha, "superseded", "后有新版", earlier.balance))
        run.returns[form.form] = [result]
    act.add(result, file=sha)
    if outcome.refused:
        return
    for change in judged.joined.applied:
        wp, unit = subject_of(change.row)
        cell = facts.Cell(wp, unit, change.column, form.round, change.after, "unit", form.base_seq)
        act.add(cell, file=sha, place=judged.place(change.row, change.column))
    for clash in judged.joined.conflicts:
        wp, unit = subject_of(clash.row)
        question = (wp, unit, clash.column, form.round, clash.ours, clash.theirs)
        if question in run.asked:
            continue
        run.asked.add(question)
        act.add(
            facts.Conflict(
                act.mint("C"),
                wp,
                unit,
                clash.column,
                form.round,
                clash.base,
                clash.ours,
                clash.theirs,
                clash.why.value,
            ),
            file=sha,
            place=judged.place(clash.row, clash.column),
        )


def _question(each: facts.Conflict) -> tuple[str, ...]:
    return (each.subject, each.unit, each.field, each.period, each.ours, each.theirs)
