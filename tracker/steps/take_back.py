"""Taking back forms: what lies in 各单位报送, joined to the ledger cell by cell.

    1. every file, whatever its name: the same bytes as before are passed over; who it is from is told by its
       token, never by its name; a picture or scan is a paper of a unit (`steps.forms.attaching`)
    2. the originals are kept by their hash
    3. one act: a `Return` for each form with its balance, the cells with their file and place, the conflicts,
       the papers, what a clerk ticked in 报送情况
    4. 待核对事项清单, 报送情况 and 佐证清单 are laid out from the facts

Killed before 3, nothing happened but a kept copy; killed after it, the next run passes over what was taken and
does 4. A file that cannot be taken stays where it is and is named with its reason at every run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker.files.inbox import FOLDER
from tracker.files.inbox import Arrival
from tracker.files.inbox import arrival_from
from tracker.files.inbox import arrivals
from tracker.files.ledger import Act
from tracker.files.safe import WriteResult
from tracker.files.safe import WriteState as Laid
from tracker.problems import Exit
from tracker.rules.returns.reported import FormReporting
from tracker.rules.returns.reported import ReportingState
from tracker.rules.state import Office
from tracker.steps.call import Call
from tracker.steps.call import Result
from tracker.steps.desk import open_desk
from tracker.steps.forms.attaching import Word
from tracker.steps.forms.attaching import attach
from tracker.steps.forms.attaching import paper_lines as paper_lines
from tracker.steps.forms.attaching import paper_of
from tracker.steps.forms.attaching import tick
from tracker.steps.forms.evidence import write_evidence
from tracker.steps.forms.questions import write_questions
from tracker.steps.forms.recording import take_file
from tracker.steps.forms.reported_page import read_reporting
from tracker.steps.forms.reported_page import reporting_now
from tracker.steps.forms.reported_page import write_reporting
from tracker.steps.forms.taking import FileOutcome
from tracker.steps.forms.taking import Run
from tracker.steps.forms.taking import start
from tracker.steps.opening import IncomingFile
from tracker.steps.opening import known_files
from tracker.steps.opening import open_arrival


@dataclass(frozen=True, slots=True)
class LoosePaper:
    """A file from anywhere, and whose it is: `tracker take-back --attach`."""

    path: Path
    word: Word


def take_back(call: Call, *, old_rounds: bool = False, loose_paper: LoosePaper | None = None) -> Result:
    """Take in every form and paper that lies in the folder.

    Args:
        call: The call.
        old_rounds: Take corrections of rounds that were taken already, too, though a newer one is out.
        loose_paper: A paper that lies elsewhere.
    """
    with open_desk(call) as desk:
        marks = read_reporting(desk)
        words = dict(marks.whose)
        inbox_files: list[Arrival] = list(arrivals(desk.folder.path(FOLDER)))
        if loose_paper is not None:
            extra = arrival_from(loose_paper.path)
            inbox_files.append(extra)
            words[extra.name] = loose_paper.word
        # Read before the act begins: nobody else can write while it lasts.
        hashes = known_files(desk.office())
        files = [open_arrival(arrival, hashes) for arrival in inbox_files]
        if call.dry_run:
            run = start(desk, desk.office(), old_rounds=old_rounds)
            _take(run, files, words, None)
            return _result(run, desk.office())
        with desk.act("take-back") as act:
            run = start(desk, act.office(), old_rounds=old_rounds)
            tick(run, marks.stamps, act)
            _take(run, files, words, act)
        office = desk.office()
        write_questions(desk, office)
        refusals = [(outcome.name, outcome.refusal) for outcome in run.outcomes if outcome.form is None]
        page = write_reporting(desk, office, refusals, marks)
        write_evidence(desk, office)
        return _result(run, office, page)


def _take(run: Run, files: Sequence[IncomingFile], words: dict[str, Word], act: Act | None) -> None:
    """Take forms first: what a paper shows may stand in one of them."""
    papers = []
    for incoming in files:
        paper = paper_of(run, incoming, words)
        if paper is None or incoming.sha in run.hashes:
            take_file(run, incoming, act)
        else:
            papers.append(incoming)
    for incoming in papers:
        paper = paper_of(run, incoming, words)
        if incoming.sha in run.hashes:
            run.repeats += 1
        elif paper is not None:
            attach(run, incoming, paper, act)


def _result(run: Run, office: Office, page: WriteResult | None = None) -> Result:
    lines: list[str] = []
    good_outcomes = [outcome for outcome in run.outcomes if not outcome.refusal]
    bad_outcomes = [outcome for outcome in run.outcomes if outcome.refusal]
    for outcome in good_outcomes:
        lines += _lines(outcome, office)
    lines += paper_lines(run)
    for outcome in bad_outcomes:
        lines.append(f"没有收：{outcome.refusal}")
        lines += [f"  {finding}" for finding in outcome.findings if str(finding) != outcome.refusal]
    if run.repeats:
        lines.append(f"{run.repeats}个文件以前收过，内容没有变，已略过。")
    stand = reporting_now(run.desk, office)
    lines.append(_summary(stand))
    if page is not None and page.state is Laid.BESIDE:
        lines.append(f"{page.why}新版在旁边：{page.path.name}")
    if office.conflicts:
        lines.append(f"有{len(office.conflicts)}处两边说法不一，请打开《待核对事项清单》逐条选定。")
    data = {
        "taken": [_data(outcome) for outcome in good_outcomes],
        "refused": [_data(outcome) for outcome in bad_outcomes],
        "papers": [
            {"file": paper.name, "unit": paper.unit, "kind": paper.kind, "point": paper.point_id}
            for paper, _ in run.papers
        ],
        "repeated": run.repeats,
        "conflicts": len(office.conflicts),
        "standing": {
            state.value: [reporting.form.unit for reporting in stand if reporting.state is state]
            for state in ReportingState
        },
    }
    return Result(tuple(lines), data, Exit.PARTLY if bad_outcomes else Exit.DONE)


def _lines(outcome: FileOutcome, office: Office) -> list[str]:
    assert outcome.assessment is not None and outcome.form is not None
    n = outcome.assessment.merge.balance
    unit = office.name_of(outcome.form.unit)
    sentence = (
        f"{outcome.name}：{unit}，收到{n['offered']}格，暂未采用。"
        if outcome.waits
        else f"{outcome.name}：{unit}，收到{n['offered']}格，采用{n['applied']}，"
        f"未变{n['unchanged']}，待核对{n['conflicts']}，未采用{n['refused']}。"
    )
    return [sentence, *(f"  {finding}" for finding in outcome.findings)]


def _data(outcome: FileOutcome) -> dict[str, object]:
    return {
        "file": outcome.name,
        "form": outcome.form.form if outcome.form else "",
        "unit": outcome.form.unit if outcome.form else "",
        "reason": outcome.refusal,
        "waits": bool(outcome.waits),
        "balance": outcome.assessment.merge.balance if outcome.assessment else {},
        "findings": [
            {"code": finding.code, "place": finding.place, "message": finding.message}
            for finding in outcome.findings
        ],
    }


def _summary(stand: Sequence[FormReporting]) -> str:
    if not stand:
        return "还没有下发填报表。"
    counts = "，".join(
        f"{state.value} {sum(reporting.state is state for reporting in stand)}"
        for state in ReportingState
        if any(reporting.state is state for reporting in stand)
    )
    return f"报送情况：共{len(stand)}份，{counts}（详见台账/报送情况.xlsx）。"
