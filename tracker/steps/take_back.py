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
from tracker.files.inbox import Arrived
from tracker.files.inbox import arrivals
from tracker.files.inbox import arrived_from
from tracker.files.ledger import Act
from tracker.files.safe import State as Laid
from tracker.files.safe import Written
from tracker.problems import Exit
from tracker.rules.returns.reported import Reported
from tracker.rules.returns.reported import State
from tracker.rules.state import Office
from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.desk import open_desk
from tracker.steps.forms.attaching import Word
from tracker.steps.forms.attaching import attach
from tracker.steps.forms.attaching import lines as paper_lines
from tracker.steps.forms.attaching import paper_of
from tracker.steps.forms.attaching import tick
from tracker.steps.forms.evidence import write_evidence
from tracker.steps.forms.questions import write_questions
from tracker.steps.forms.recording import take_file
from tracker.steps.forms.reported_page import read_page
from tracker.steps.forms.reported_page import standing
from tracker.steps.forms.reported_page import write_page
from tracker.steps.forms.taking import Outcome
from tracker.steps.forms.taking import Run
from tracker.steps.forms.taking import start
from tracker.steps.opening import Opened
from tracker.steps.opening import known_files
from tracker.steps.opening import open_arrived


@dataclass(frozen=True, slots=True)
class Attach:
    """A file from anywhere, and whose it is: `tracker take-back --attach`."""

    path: Path
    word: Word


def take_back(call: Call, *, old_rounds: bool = False, added: Attach | None = None) -> Answer:
    """Take in every form and paper that lies in the folder.

    Args:
        call: The call.
        old_rounds: Take corrections of rounds that were taken already, too, though a newer one is out.
        added: A paper that lies elsewhere.
    """
    with open_desk(call) as desk:
        marks = read_page(desk)
        words = dict(marks.whose)
        arrived: list[Arrived] = list(arrivals(desk.folder.path(FOLDER)))
        if added is not None:
            extra = arrived_from(added.path)
            arrived.append(extra)
            words[extra.name] = added.word
        # Read before the act begins: nobody else can write while it lasts.
        known = known_files(desk.office())
        files = [open_arrived(each, known) for each in arrived]
        if call.dry_run:
            run = start(desk, desk.office(), old_rounds=old_rounds)
            _take(run, files, words, None)
            return _answer(run, desk.office())
        with desk.act("take-back") as act:
            run = start(desk, act.office(), old_rounds=old_rounds)
            tick(run, marks.stamped, act)
            _take(run, files, words, act)
        office = desk.office()
        write_questions(desk, office)
        unknown = [(each.name, each.refused) for each in run.outcomes if each.form is None]
        page = write_page(desk, office, unknown, marks)
        write_evidence(desk, office)
        return _answer(run, office, page)


def _take(run: Run, files: Sequence[Opened], words: dict[str, Word], act: Act | None) -> None:
    """Take forms first: what a paper shows may stand in one of them."""
    papers = []
    for opened in files:
        paper = paper_of(run, opened, words)
        if paper is None or opened.sha in run.seen:
            take_file(run, opened, act)
        else:
            papers.append(opened)
    for opened in papers:
        paper = paper_of(run, opened, words)
        if opened.sha in run.seen:
            run.repeated += 1
        elif paper is not None:
            attach(run, opened, paper, act)


def _answer(run: Run, office: Office, page: Written | None = None) -> Answer:
    lines: list[str] = []
    taken = [each for each in run.outcomes if not each.refused]
    refused = [each for each in run.outcomes if each.refused]
    for each in taken:
        lines += _lines(each, office)
    lines += paper_lines(run)
    for each in refused:
        lines.append(f"没有收：{each.refused}")
        lines += [f"  {finding}" for finding in each.findings if str(finding) != each.refused]
    if run.repeated:
        lines.append(f"{run.repeated}个文件以前收过，内容没有变，已略过。")
    stand = standing(run.desk, office)
    lines.append(_summary(stand))
    if page is not None and page.state is Laid.BESIDE:
        lines.append(f"{page.why}新版在旁边：{page.path.name}")
    if office.conflicts:
        lines.append(f"有{len(office.conflicts)}处两边说法不一，请打开《待核对事项清单》逐条选定。")
    data = {
        "taken": [_data(each) for each in taken],
        "refused": [_data(each) for each in refused],
        "papers": [
            {"file": paper.name, "unit": paper.unit, "kind": paper.kind, "point": paper.wp}
            for paper, _ in run.papers
        ],
        "repeated": run.repeated,
        "conflicts": len(office.conflicts),
        "standing": {
            state.value: [each.form.unit for each in stand if each.state is state] for state in State
        },
    }
    return Answer(tuple(lines), data, Exit.PARTLY if refused else Exit.DONE)


def _lines(each: Outcome, office: Office) -> list[str]:
    assert each.judged is not None and each.form is not None
    n = each.judged.joined.balance
    unit = office.name_of(each.form.unit)
    said = (
        f"{each.name}：{unit}，收到{n['offered']}格，暂未采用。"
        if each.waits
        else f"{each.name}：{unit}，收到{n['offered']}格，采用{n['applied']}，"
        f"未变{n['unchanged']}，待核对{n['conflicts']}，未采用{n['refused']}。"
    )
    return [said, *(f"  {finding}" for finding in each.findings)]


def _data(each: Outcome) -> dict[str, object]:
    return {
        "file": each.name,
        "form": each.form.form if each.form else "",
        "unit": each.form.unit if each.form else "",
        "reason": each.refused,
        "waits": bool(each.waits),
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
