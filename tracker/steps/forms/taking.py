"""One run of taking back: each file judged in turn, what was taken earlier in the run included, and recorded."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from pathlib import PurePosixPath

from tracker import facts
from tracker.columns import BY_NAME
from tracker.columns import Owner
from tracker.files.guard import read_bytes
from tracker.files.inbox import Arrival
from tracker.grid import Source
from tracker.problems import Finding
from tracker.problems import returns
from tracker.reading.units import Register
from tracker.rules.plans.carrying import heirs
from tracker.rules.progress.ledger_rows import subject_of
from tracker.rules.returns.asking import form_sheet
from tracker.rules.returns.attached import ReturnPaper
from tracker.rules.returns.forms import token_of
from tracker.rules.returns.versions import is_later
from tracker.rules.state import CellKey
from tracker.rules.state import CellNow
from tracker.rules.state import Office
from tracker.steps.desk import Desk
from tracker.steps.entering.register import register_of
from tracker.steps.forms.joining import Assessment
from tracker.steps.forms.joining import JoinContext
from tracker.steps.forms.joining import judge
from tracker.steps.forms.whose import Recognition
from tracker.steps.forms.whose import recognise
from tracker.steps.opening import IncomingFile
from tracker.steps.opening import known_files
from tracker.steps.past import Past

# Outcomes of a return of which nothing was joined.
_NOT_JOINED = ("refused", "waiting")


@dataclass(frozen=True)
class EarlierReturn:
    """A return of a form that was joined before: when it was saved, whose part it is, and whether in this run."""

    saved_at: dt.datetime | None
    part: str = ""
    same_run: bool = False


@dataclass(frozen=True)
class FileOutcome:
    """What became of one file, or of the part of it that is one form.

    Attributes:
        name: The file, as it lies in the folder.
        form: The form that it is; None where it is none of ours.
        assessment: What it amounts to; None where it could not be read.
        refusal: Why nothing of it was taken; empty otherwise.
        findings: What a person should look at.
        waits: An earlier return from which it differs, where nobody knows which is the later one: its hash.
        part: The department whose file it is, where each sends its own.
        saved_at: When the file was saved.
        is_shared: Whether the file covers other forms, too.
    """

    name: str
    form: facts.Form | None = None
    assessment: Assessment | None = None
    refusal: str = ""
    findings: tuple[Finding, ...] = ()
    waits: str = ""
    part: str = ""
    saved_at: dt.datetime | None = None
    is_shared: bool = False


@dataclass
class Run:
    """What one run gathers."""

    desk: Desk
    office: Office
    past: Past
    register: Register
    forms: dict[str, facts.Form]
    old_rounds: bool
    # Units whose departments send a file each.
    divided_units: frozenset[str]
    hashes: set[str]
    cells: dict[CellKey, CellNow]
    # What a unit said last of a cell that says something else now.
    statements: dict[CellKey, tuple[str, str]]
    questions: set[tuple[str, ...]]
    # The file that each question came from.
    question_files: dict[str, str]
    # Returns joined by form and hash.
    earlier_returns: dict[str, dict[str, EarlierReturn]] = field(default_factory=dict)
    # The returns of each form as facts, to say later that they were superseded.
    returns: dict[str, list[facts.Return]] = field(default_factory=dict)
    outcomes: list[FileOutcome] = field(default_factory=list)
    # Files that are no forms, and what is to be said of them.
    papers: list[tuple[ReturnPaper, tuple[Finding, ...]]] = field(default_factory=list)
    repeats: int = 0

    def office_now(self) -> Office:
        """The office with the cells that were taken in this run."""
        return replace(self.office, cells=self.cells)


def start(desk: Desk, office: Office, *, old_rounds: bool = False) -> Run:
    """Begin a run with what the ledger knows."""
    register = register_of(office)
    questions = desk.ledger.entries(facts.Conflict)
    names = desk.settings.text("divided").replace("，", "、").replace(",", "、").split("、")
    run = Run(
        desk=desk,
        office=office,
        past=Past(desk.ledger),
        register=register,
        forms={token_of(desk.folder.office, form.form): form for form in office.forms.values()},
        old_rounds=old_rounds,
        divided_units=frozenset(register.resolve(name.strip()).unit for name in names if name.strip()) - {""},
        hashes=known_files(office),
        cells=dict(office.cells),
        statements=_last_statements(desk, office),
        questions={question_of(entry.fact) for entry in questions},
        question_files={entry.fact.conflict: entry.file for entry in questions},
    )
    for _, return_ in office.returns:
        if return_.outcome not in _NOT_JOINED:
            balance = json.loads(return_.balance)
            saved_at = dt.datetime.fromisoformat(balance["saved"]) if balance.get("saved") else None
            run.earlier_returns.setdefault(return_.form, {})[return_.sha] = EarlierReturn(
                saved_at, balance.get("part", "")
            )
            run.returns.setdefault(return_.form, []).append(return_)
    return run


def _last_statements(desk: Desk, office: Office) -> dict[CellKey, tuple[str, str]]:
    keys = {
        key
        for key, cell in office.cells.items()
        if cell.origin in ("office", "settle") and key[3] and BY_NAME[key[2]].owner is Owner.UNIT
    }
    if not keys:
        return {}
    latest: dict[CellKey, tuple[int, str, str]] = {}
    entries: list[tuple[int, str, facts.Cell | facts.Conflict, str]] = [
        (entry.seq, entry.file, entry.fact, entry.fact.value)
        for entry in desk.ledger.entries(facts.Cell)
        if entry.fact.origin in ("unit", "undo")
    ]
    entries += [(e.seq, e.file, e.fact, e.fact.theirs) for e in desk.ledger.entries(facts.Conflict)]
    for seq, file, fact, text in entries:
        key = (fact.subject, fact.unit, fact.field, fact.period)
        if key in keys and seq > latest.get(key, (0, "", ""))[0]:
            latest[key] = (seq, file, text)
    return {key: (file, text) for key, (_, file, text) in latest.items()}


def judge_file(run: Run, incoming: IncomingFile) -> tuple[FileOutcome, ...]:
    """Judge one file: every form that it is, or why it is none; nothing for a file that is known."""
    arrival, sha = incoming.arrival, incoming.sha
    if incoming.problem is not None:
        return (FileOutcome(arrival.name, refusal=str(incoming.problem)),)
    if sha in run.hashes or incoming.source is None:
        run.repeats += 1
        return ()
    outcomes = []
    for recognition in _recognise(run, incoming.source):
        if recognition.form is None:
            outcomes.append(
                FileOutcome(arrival.name, refusal=str(recognition.finding), findings=recognition.findings)
            )
        else:
            run.hashes.add(sha)
            outcomes.append(_judge(run, arrival, sha, recognition))
    return tuple(outcomes)


def judge_version(run: Run, arrival: Arrival, sha: str, form: str) -> tuple[FileOutcome, ...]:
    """Judge a return whose order a person has decided: it replaces the earlier ones of its form."""
    return tuple(
        _judge(run, arrival, sha, recognition, is_decided=True)
        for recognition in _recognise(run, read_bytes(arrival.data, arrival.name))
        if recognition.form is not None and recognition.form.form == form
    )


def _recognise(run: Run, source: Source) -> Sequence[Recognition]:
    form_ids = frozenset() if run.old_rounds else frozenset(run.earlier_returns)
    return recognise(source, run.forms, run.office, form_ids=form_ids)


def _judge(
    run: Run, arrival: Arrival, sha: str, recognition: Recognition, *, is_decided: bool = False
) -> FileOutcome:
    form = recognition.form
    assert form is not None
    round_ = run.office.rounds[form.round]
    base = run.past.office(form.base_seq)
    sheet = form_sheet(
        base,
        form,
        round_,
        office_id=run.desk.folder.office,
        summary_limit=run.desk.settings.number("summary_limit"),
    )
    part = PurePosixPath(arrival.name).stem if form.unit in run.divided_units else ""
    earlier = run.earlier_returns.get(form.form, {})
    unsure = {
        other
        for other, previous in earlier.items()
        if not is_decided
        and previous.part == part
        and not is_later(arrival.when, previous.saved_at, same_run=previous.same_run)
    }
    context = JoinContext(
        base,
        run.cells,
        round_.opens,
        frozenset(earlier) - unsure,
        run.statements,
        part,
        {other: previous.part for other, previous in earlier.items()},
    )
    assessment = judge(recognition.source, form, sheet, context, only=recognition.only)
    findings = [
        finding
        for finding in (recognition.finding, *recognition.findings, *assessment.findings)
        if finding is not None
    ]
    findings += _move_findings(run.office, form, assessment)
    outcome = FileOutcome(
        arrival.name, form, assessment, "", tuple(findings), part=part, saved_at=arrival.when
    )
    outcome = replace(outcome, is_shared=recognition.only is not None)
    if recognition.is_refused:
        return _refuse(outcome, str(recognition.finding))
    if assessment.refusal:
        if not assessment.merge.count or assessment.refusal == "一项都没有填":
            unit = run.office.name_of(form.unit)
            findings.append(returns.EMPTY_RETURN.at(arrival.name, unit=unit))
        return _refuse(outcome, str(findings[-1]), findings)
    other = _conflicting_return(run, form, assessment, unsure)
    if other:
        return _hold_back(run, outcome, other)
    run.earlier_returns.setdefault(form.form, {})[sha] = EarlierReturn(arrival.when, part, same_run=True)
    _remember(run, form, assessment, sha)
    return outcome


def _move_findings(office: Office, form: facts.Form, assessment: Assessment) -> list[Finding]:
    """Items of the form that a later edition dropped, split or put together: taken all the same, and said."""
    findings: list[Finding] = []
    for point_id in form.rows:
        if point_id not in assessment.reading.rows or not office.point(point_id).is_retired:
            continue
        place = next((answer.place for answer in assessment.reading.rows[point_id].values()), "")
        into = "、".join(heirs(office, point_id))
        kind = (
            returns.ITEM_MOVED.at(place, wp=point_id, heirs=into)
            if into
            else returns.ITEM_DROPPED.at(place, wp=point_id)
        )
        findings.append(kind)
    return findings


def _refuse(outcome: FileOutcome, why: str, findings: Sequence[Finding] = ()) -> FileOutcome:
    return replace(outcome, refusal=why, findings=tuple(findings) or outcome.findings)


def _hold_back(run: Run, outcome: FileOutcome, other: str) -> FileOutcome:
    file = run.office.files.get(other)
    name = (
        file.name
        if file
        else next((previous.name for previous in run.outcomes if previous.saved_at), "前一份")
    )
    finding = returns.WHICH_IS_LATER.at(outcome.name, other=name)
    return replace(outcome, waits=other, findings=(*outcome.findings, finding))


def _conflicting_return(run: Run, form: facts.Form, assessment: Assessment, unsure: set[str]) -> str:
    """The return of uncertain order whose words this one contradicts; empty where there is none."""
    for conflict in assessment.merge.conflicts:
        cell = run.cells.get((*subject_of(conflict.row), conflict.column, form.round))
        if cell is not None and cell.file in unsure:
            return cell.file
    return ""


def _remember(run: Run, form: facts.Form, assessment: Assessment, sha: str) -> None:
    """What the next file of this run has to know of this one."""
    for change in assessment.merge.changes:
        point_id, unit = subject_of(change.row)
        place = assessment.place(change.row, change.column)
        run.cells[point_id, unit, change.column, form.round] = CellNow(change.after, "unit", 0, 0, sha, place)
    for conflict in assessment.merge.conflicts:
        point_id, unit = subject_of(conflict.row)
        run.statements[point_id, unit, conflict.column, form.round] = (sha, conflict.theirs)


def question_of(conflict: facts.Conflict) -> tuple[str, ...]:
    """What makes two questions one."""
    return (conflict.subject, conflict.unit, conflict.field, conflict.period, conflict.ours, conflict.theirs)
