"""The page a leader looks at, as the year stands now: the report's page without a report.

Nothing is frozen and nothing is recorded: the page is drawn anew each time, under a name of its own, so that a
link to it stays good.
"""

from __future__ import annotations

from tracker.files.dashboard import lay_out_page
from tracker.files.safe import State
from tracker.files.safe import safe_write
from tracker.problems import Exit
from tracker.problems.reporting import NothingToReport
from tracker.rules.board.running import Running
from tracker.rules.outgoing.slots import last_good
from tracker.rules.reporting.page import page_of
from tracker.rules.reporting.report import subject_of
from tracker.rules.reporting.summary import summarise
from tracker.rules.state import Office
from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.reporting.report_files import FOLDER
from tracker.steps.timing.watch import watch


def board(call: Call) -> Answer:
    """Write the page of every plan to 报告/一页看板-….html."""
    with open_desk(call) as desk:
        office = desk.office()
        if not office.plans:
            raise NothingToReport()
        limits = desk.settings.thresholds
        lines, paths, outcome = [], [], Exit.DONE
        for plan in office.plans:
            summary = summarise(office, plan, today=desk.today, calendar=desk.calendar, thresholds=limits)
            shown = page_of(
                summary, f"{subject_of(summary)}进展情况", office=office, running=_running(desk, office)
            )
            page = lay_out_page(shown, office=desk.folder.root)
            target = desk.folder.path(FOLDER, f"一页看板-{plan}.html")
            paths.append(desk.folder.relative(target))
            if call.dry_run:
                lines.append(f"将生成 {paths[-1]}")
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            written = safe_write(target, page, now=call.now)
            if written.state is State.BESIDE:
                outcome = Exit.PARTLY
                lines.append(f"{written.why}新内容在 {desk.folder.relative(written.path)}。")
            else:
                lines.append(f"已生成 {paths[-1]}，用浏览器打开即可，也可以直接打印。")
        return Answer(tuple(lines), {"pages": paths}, outcome)


def _running(desk: Desk, office: Office) -> Running:
    acts = desk.ledger.acts()
    ran = last_good(office)
    return Running(
        f"{acts[-1].recorded_at.astimezone(desk.call.now.tzinfo):%Y-%m-%d %H:%M}" if acts else "",
        f"{ran:%Y-%m-%d %H:%M}" if ran else "",
        tuple(watch(desk, office)),
    )
