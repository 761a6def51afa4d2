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
from tracker.files.inbox import Arrived
from tracker.grid import Source
from tracker.problems import Finding
from tracker.problems import returns
from tracker.reading.units import Register
from tracker.rules.plans.carrying import heirs
from tracker.rules.progress.ledger_rows import subject_of
from tracker.rules.returns.asking import form_sheet
from tracker.rules.returns.attached import Attached
from tracker.rules.returns.forms import token_of
from tracker.rules.returns.versions import is_later
from tracker.rules.state import CellKey
from tracker.rules.state import CellNow
from tracker.rules.state import Office
from tracker.steps.desk import Desk
from tracker.steps.entering.register import register_of
from tracker.steps.forms.joining import Judged
from tracker.steps.forms.joining import Known
from tracker.steps.forms.joining import judge
from tracker.steps.forms.whose import Whose
from tracker.steps.forms.whose import whose
from tracker.steps.opening import Opened
from tracker.steps.opening import known_files
from tracker.steps.past import Past

# Outcomes of a return of which nothing was joined.
_NOT_JOINED = ("refused", "waiting")


@dataclass(frozen=True)
class Earlier:
    """A return of a form that was joined before: when it was saved, whose part it is, and whether in this run."""

    saved: dt.datetime | None
    part: str = ""
    same_run: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of one file, or of the part of it that is one form.

    Attributes:
        name: The file, as it lies in the folder.
        form: The form that it is; None where it is none of ours.
        judged: What it amounts to; None where it could not be read.
        refused: Why nothing of it was taken; empty otherwise.
        findings: What a person should look at.
        waits: An earlier return from which it differs, where nobody knows which is the later one: its hash.
        part: The department whose file it is, where each sends its own.
        saved: When the file was saved.
        is_shared: Whether the file covers other forms, too.
    """

    name: str
    form: facts.Form | None = None
    judged: Judged | None = None
    refused: str = ""
    findings: tuple[Finding, ...] = ()
    waits: str = ""
    part: str = ""
    saved: dt.datetime | None = None
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
    divided: frozenset[str]
    seen: set[str]
    cells: dict[CellKey, CellNow]
    # What a unit said last of a cell that says something else now.
    said: dict[CellKey, tuple[str, str]]
    asked: set[tuple[str, ...]]
    # The file that each question came from.
    asked_by: dict[str, str]
    # Returns joined by form and hash.
    taken: dict[str, dict[str, Earlier]] = field(default_factory=dict)
    # The returns of each form as facts, to say later that they were superseded.
    returns: dict[str, list[facts.Return]] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    # Files that are no forms, and what is to be said of them.
    papers: list[tuple[Attached, tuple[Finding, ...]]] = field(default_factory=list)
    repeated: int = 0

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
        forms={token_of(desk.folder.office, each.form): each for each in office.forms.values()},
        old_rounds=old_rounds,
        divided=frozenset(register.resolve(name.strip()).unit for name in names if name.strip()) - {""},
        seen=known_files(office),
        cells=dict(office.cells),
        said=_said(desk, office),
        asked={question_of(entry.fact) for entry in questions},
        asked_by={entry.fact.conflict: entry.file for entry in questions},
    )
    for _, each in office.returns:
        if each.outcome not in _NOT_JOINED:
            told = json.loads(each.balance)
            saved = dt.datetime.fromisoformat(told["saved"]) if told.get("saved") else None
            run.taken.setdefault(each.form, {})[each.sha] = Earlier(saved, told.get("part", ""))
            run.returns.setdefault(each.form, []).append(each)
    return run


def _said(desk: Desk, office: Office) -> dict[CellKey, tuple[str, str]]:
    changed = {
        key
        for key, cell in office.cells.items()
        if cell.origin in ("office", "settle") and key[3] and BY_NAME[key[2]].owner is Owner.UNIT
    }
    if not changed:
        return {}
    told: dict[CellKey, tuple[int, str, str]] = {}
    entries: list[tuple[int, str, facts.Cell | facts.Conflict, str]] = [
        (each.seq, each.file, each.fact, each.fact.value)
        for each in desk.ledger.entries(facts.Cell)
        if each.fact.origin in ("unit", "undo")
    ]
    entries += [(e.seq, e.file, e.fact, e.fact.theirs) for e in desk.ledger.entries(facts.Conflict)]
    for seq, file, fact, text in entries:
        key = (fact.subject, fact.unit, fact.field, fact.period)
        if key in changed and seq > told.get(key, (0, "", ""))[0]:
            told[key] = (seq, file, text)
    return {key: (file, text) for key, (_, file, text) in told.items()}


def judge_file(run: Run, opened: Opened) -> tuple[Outcome, ...]:
    """Judge one file: every form that it is, or why it is none; nothing for a file that is known."""
    arrived, sha = opened.arrived, opened.sha
    if opened.problem is not None:
        return (Outcome(arrived.name, refused=str(opened.problem)),)
    if sha in run.seen or opened.source is None:
        run.repeated += 1
        return ()
    outcomes = []
    for found in _whose(run, opened.source):
        if found.form is None:
            outcomes.append(Outcome(arrived.name, refused=str(found.finding), findings=found.findings))
        else:
            run.seen.add(sha)
            outcomes.append(_judge(run, arrived, sha, found))
    return tuple(outcomes)


def judge_version(run: Run, arrived: Arrived, sha: str, form: str) -> tuple[Outcome, ...]:
    """Judge a return whose order a person has decided: it replaces the earlier ones of its form."""
    return tuple(
        _judge(run, arrived, sha, found, is_decided=True)
        for found in _whose(run, read_bytes(arrived.data, arrived.name))
        if found.form is not None and found.form.form == form
    )


def _whose(run: Run, source: Source) -> Sequence[Whose]:
    taken = frozenset() if run.old_rounds else frozenset(run.taken)
    return whose(source, run.forms, run.office, taken=taken)


def _judge(run: Run, arrived: Arrived, sha: str, found: Whose, *, is_decided: bool = False) -> Outcome:
    form = found.form
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
    part = PurePosixPath(arrived.name).stem if form.unit in run.divided else ""
    earlier = run.taken.get(form.form, {})
    unsure = {
        other
        for other, each in earlier.items()
        if not is_decided
        and each.part == part
        and not is_later(arrived.when, each.saved, same_run=each.same_run)
    }
    known = Known(
        base,
        run.cells,
        round_.opens,
        frozenset(earlier) - unsure,
        run.said,
        part,
        {other: each.part for other, each in earlier.items()},
    )
    judged = judge(found.source, form, sheet, known, only=found.only)
    findings = [each for each in (found.finding, *found.findings, *judged.findings) if each is not None]
    findings += _moved(run.office, form, judged)
    outcome = Outcome(arrived.name, form, judged, "", tuple(findings), part=part, saved=arrived.when)
    outcome = replace(outcome, is_shared=found.only is not None)
    if found.refused:
        return _refused(outcome, str(found.finding))
    if judged.refused:
        if not judged.joined.offered or judged.refused == "一项都没有填":
            unit = run.office.name_of(form.unit)
            findings.append(returns.EMPTY_RETURN.at(arrived.name, unit=unit))
        return _refused(outcome, str(findings[-1]), findings)
    other = _clashing(run, form, judged, unsure)
    if other:
        return _waiting(run, outcome, other)
    run.taken.setdefault(form.form, {})[sha] = Earlier(arrived.when, part, same_run=True)
    _remember(run, form, judged, sha)
    return outcome


def _moved(office: Office, form: facts.Form, judged: Judged) -> list[Finding]:
    """Items of the form that a later edition dropped, split or put together: taken all the same, and said."""
    found: list[Finding] = []
    for wp in form.rows:
        if wp not in judged.reading.rows or not office.point(wp).retired:
            continue
        place = next((said.place for said in judged.reading.rows[wp].values()), "")
        into = "、".join(heirs(office, wp))
        kind = (
            returns.ITEM_MOVED.at(place, wp=wp, heirs=into) if into else returns.ITEM_DROPPED.at(place, wp=wp)
        )
        found.append(kind)
    return found


def _refused(outcome: Outcome, why: str, findings: Sequence[Finding] = ()) -> Outcome:
    return replace(outcome, refused=why, findings=tuple(findings) or outcome.findings)


def _waiting(run: Run, outcome: Outcome, other: str) -> Outcome:
    file = run.office.files.get(other)
    name = file.name if file else next((each.name for each in run.outcomes if each.saved), "前一份")
    finding = returns.WHICH_IS_LATER.at(outcome.name, other=name)
    return replace(outcome, waits=other, findings=(*outcome.findings, finding))


def _clashing(run: Run, form: facts.Form, judged: Judged, unsure: set[str]) -> str:
    """The return of uncertain order whose words this one contradicts; empty where there is none."""
    for clash in judged.joined.conflicts:
        cell = run.cells.get((*subject_of(clash.row), clash.column, form.round))
        if cell is not None and cell.file in unsure:
            return cell.file
    return ""


def _remember(run: Run, form: facts.Form, judged: Judged, sha: str) -> None:
    """What the next file of this run has to know of this one."""
    for change in judged.joined.applied:
        wp, unit = subject_of(change.row)
        place = judged.place(change.row, change.column)
        run.cells[wp, unit, change.column, form.round] = CellNow(change.after, "unit", 0, 0, sha, place)
    for clash in judged.joined.conflicts:
        wp, unit = subject_of(clash.row)
        run.said[wp, unit, clash.column, form.round] = (sha, clash.theirs)


def question_of(each: facts.Conflict) -> tuple[str, ...]:
    """What makes two questions one."""
    return (each.subject, each.unit, each.field, each.period, each.ours, each.theirs)
