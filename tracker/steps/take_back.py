"""Taking back forms: what lies in 各单位报送, joined to the ledger cell by cell.

    1. every file, whatever its name: the same bytes as before are passed over; who it is from is told by its
       token, never by its name
    2. the originals are kept by their hash
    3. one act: a `Return` for each form with its balance, the cells with their file and place, the conflicts
    4. 待核对事项清单 and 报送情况 are laid out from the facts

Killed before 3, nothing happened but a kept copy; killed after it, the next run passes over what was taken and
does 4. A file that cannot be taken stays where it is and is named with its reason at every run.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from tracker import facts
from tracker.files.guard import read_bytes
from tracker.files.inbox import FOLDER
from tracker.files.inbox import Arrived
from tracker.files.inbox import arrivals
from tracker.files.ledger import Act
from tracker.files.safe import safe_write
from tracker.files.workbooks.reported import ReportedRow
from tracker.files.workbooks.reported import lay_out_reported
from tracker.grid import Source
from tracker.problems import Exit
from tracker.problems import Finding
from tracker.problems import TrackerError
from tracker.problems import returns
from tracker.rules.asking import form_sheet
from tracker.rules.forms import token_of
from tracker.rules.ledger_rows import subject_of
from tracker.rules.reported import Reported
from tracker.rules.reported import State
from tracker.rules.reported import reported
from tracker.rules.state import CellNow
from tracker.rules.state import Office
from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.joining import Judged
from tracker.steps.joining import Known
from tracker.steps.joining import judge
from tracker.steps.past import Past
from tracker.steps.questions import write_questions
from tracker.steps.whose import Whose
from tracker.steps.whose import whose

PAGE = ("台账", "报送情况.xlsx")
_CODE = re.compile(r"\[[a-z-]+\]")
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
class _Run:
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


def take_back(call: Call, *, old_rounds: bool = False) -> Answer:
    """Take in every form that lies in the folder.

    Args:
        call: The call.
        old_rounds: Take corrections of rounds that were taken already, too, though a newer one is out.
    """
    with open_desk(call) as desk:
        # Read before the act begins: nobody else can write while it lasts.
        known = {each.sha for _, each in desk.office().returns}
        files = [_open(arrived, known) for arrived in arrivals(desk.folder.path(FOLDER))]
        if call.dry_run:
            run = _start(desk, desk.office(), old_rounds=old_rounds)
            for opened in files:
                _take(run, opened, None)
            return _answer(run, desk.office())
        with desk.act("take-back") as act:
            run = _start(desk, act.office(), old_rounds=old_rounds)
            for opened in files:
                _take(run, opened, act)
        office = desk.office()
        write_questions(desk, office)
        _write_page(desk, office, run)
        return _answer(run, office)


@dataclass(frozen=True)
class _Opened:
    """A file as it came through the door, or why it did not; neither where its bytes are known already."""

    arrived: Arrived
    sha: str
    source: Source | None = None
    problem: TrackerError | None = None


def _open(arrived: Arrived, known: set[str]) -> _Opened:
    sha = hashlib.sha256(arrived.data).hexdigest()
    if arrived.problem is not None or sha in known:
        return _Opened(arrived, sha, problem=arrived.problem)
    try:
        return _Opened(arrived, sha, read_bytes(arrived.data, arrived.name))
    except TrackerError as problem:
        return _Opened(arrived, sha, problem=problem)


def _start(desk: Desk, office: Office, *, old_rounds: bool) -> _Run:
    run = _Run(
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


def _take(run: _Run, opened: _Opened, act: Act | None) -> None:
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


def _judge(run: _Run, arrived: Arrived, sha: str, found: Whose) -> Outcome:
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


def _record(run: _Run, act: Act, arrived: Arrived, sha: str, outcome: Outcome) -> None:
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


def _unknown(run: _Run) -> list[tuple[str, str]]:
    return [(each.name, _sentence(each.refused, each.name)) for each in run.outcomes if each.form is None]


def _sentence(problem: str, name: str = "") -> str:
    """A problem for a page that names the file already: without its name and its code."""
    return _CODE.sub("", problem.removeprefix(f"{name}："))


def _write_page(desk: Desk, office: Office, run: _Run) -> None:
    rows = [_row(desk, office, each) for each in reported(office, today=desk.today)]
    path = desk.folder.path(*PAGE)
    path.parent.mkdir(parents=True, exist_ok=True)
    safe_write(path, lay_out_reported(rows, _unknown(run), as_of=desk.today), now=desk.call.now)


def _row(desk: Desk, office: Office, each: Reported) -> ReportedRow:
    signed = {}
    for _, back in office.returns:
        if (back.form, back.sha) == (each.form.form, each.file):
            signed = json.loads(back.balance).get("signed", {})
    file = office.files.get(each.file)
    return ReportedRow(
        round=each.round.name,
        unit=office.name_of(each.form.unit),
        token=token_of(desk.folder.office, each.form.form),
        points=len(each.form.rows),
        state=each.state.value,
        at=each.at.date() if each.at else None,
        timely="逾期" if each.late else "按时" if each.at else "",
        signed="、".join(signed[key] for key in ("填报人", "审核人") if signed.get(key)),
        file=file.name if file else "",
        reason=_sentence(each.reason, file.name if file else ""),
    )


def _answer(run: _Run, office: Office) -> Answer:
    lines: list[str] = []
    taken = [each for each in run.outcomes if not each.refused]
    refused = [each for each in run.outcomes if each.refused]
    for each in taken:
        assert each.judged is not None and each.form is not None
        n = each.judged.joined.balance
        lines.append(
            f"{each.name}：{office.name_of(each.form.unit)}，收到{n['offered']}格，采用{n['applied']}，"
            f"未变{n['unchanged']}，待核对{n['conflicts']}，未采用{n['refused']}。"
        )
        lines += [f"  {finding}" for finding in each.findings]
    lines += [f"没有收：{each.refused}" for each in refused]
    if run.repeated:
        lines.append(f"{run.repeated}个文件以前收过，内容没有变，已略过。")
    stand = reported(office, today=run.desk.today)
    lines.append(_summary(stand))
    if office.conflicts:
        lines.append(f"有{len(office.conflicts)}处两边说法不一，请打开《待核对事项清单》逐条选定。")
    data = {
        "taken": [_data(each) for each in taken],
        "refused": [_data(each) for each in refused],
        "repeated": run.repeated,
        "conflicts": len(office.conflicts),
        "standing": {
            state.value: [each.form.unit for each in stand if each.state is state] for state in State
        },
    }
    return Answer(tuple(lines), data, Exit.PARTLY if refused else Exit.DONE)


def _data(each: Outcome) -> dict[str, object]:
    return {
        "file": each.name,
        "form": each.form.form if each.form else "",
        "unit": each.form.unit if each.form else "",
        "reason": each.refused,
        "balance": each.judged.joined.balance if each.judged else {},
        "findings": [
            {"code": finding.code, "place": finding.place, "message": finding.message}
            for finding in each.findings
        ],
    }


def _summary(stand: Sequence[Reported]) -> str:
    if not stand:
        return "还没有下发填报表。"
    counts = "，".join(
        f"{state.value} {sum(each.state is state for each in stand)}"
        for state in State
        if any(each.state is state for each in stand)
    )
    return f"报送情况：共{len(stand)}份，{counts}（详见台账/报送情况.xlsx）。"
