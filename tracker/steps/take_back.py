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

import json
import re
from collections.abc import Sequence

from tracker.files.inbox import FOLDER
from tracker.files.inbox import arrivals
from tracker.files.safe import safe_write
from tracker.files.workbooks.reported import ReportedRow
from tracker.files.workbooks.reported import lay_out_reported
from tracker.problems import Exit
from tracker.rules.forms import token_of
from tracker.rules.reported import Reported
from tracker.rules.reported import State
from tracker.rules.reported import reported
from tracker.rules.state import Office
from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.questions import write_questions
from tracker.steps.recording import take_file
from tracker.steps.taking import Outcome
from tracker.steps.taking import Run
from tracker.steps.taking import open_arrived
from tracker.steps.taking import start

PAGE = ("台账", "报送情况.xlsx")
_CODE = re.compile(r"\[[a-z-]+\]")


def take_back(call: Call, *, old_rounds: bool = False) -> Answer:
    """Take in every form that lies in the folder.

    Args:
        call: The call.
        old_rounds: Take corrections of rounds that were taken already, too, though a newer one is out.
    """
    with open_desk(call) as desk:
        # Read before the act begins: nobody else can write while it lasts.
        known = {each.sha for _, each in desk.office().returns}
        files = [open_arrived(arrived, known) for arrived in arrivals(desk.folder.path(FOLDER))]
        if call.dry_run:
            run = start(desk, desk.office(), old_rounds=old_rounds)
            for opened in files:
                take_file(run, opened, None)
            return _answer(run, desk.office())
        with desk.act("take-back") as act:
            run = start(desk, act.office(), old_rounds=old_rounds)
            for opened in files:
                take_file(run, opened, act)
        office = desk.office()
        write_questions(desk, office)
        _write_page(desk, office, run)
        return _answer(run, office)


def _unknown(run: Run) -> list[tuple[str, str]]:
    return [(each.name, _sentence(each.refused, each.name)) for each in run.outcomes if each.form is None]


def _sentence(problem: str, name: str = "") -> str:
    """A problem for a page that names the file already: without its name and its code."""
    return _CODE.sub("", problem.removeprefix(f"{name}："))


def _write_page(desk: Desk, office: Office, run: Run) -> None:
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


def _answer(run: Run, office: Office) -> Answer:
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
