"""The week's summary: where the year stands, as a text for the leader's folder, and the page for a browser.

    报告/每周小结/2026-03-02.txt

The same as `tracker status` says on that day; written once a day, and again when something changed.
"""

from __future__ import annotations

from tracker.files.safe import safe_write
from tracker.steps.call import Call
from tracker.steps.call import Result
from tracker.steps.desk import open_desk
from tracker.steps.reporting.board import board
from tracker.steps.status import status

WEEKLY_FOLDER = ("报告", "每周小结")


def weekly(call: Call) -> Result:
    """Write the summary of the day and draw the page."""
    summary, page = status(call), board(call)
    with open_desk(call) as desk:
        path = desk.folder.path(*WEEKLY_FOLDER, f"{desk.today.isoformat()}.txt")
        if not call.dry_run:
            path.parent.mkdir(parents=True, exist_ok=True)
            text = "\n".join(summary.lines) + "\n"
            safe_write(path, text.encode("utf-8-sig"), now=call.now)
        name = desk.folder.relative(path)
    return Result((f"每周小结：{name}", *page.lines), {"summary": name, **page.data}, page.exit)
