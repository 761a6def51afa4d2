"""每周小结: where the year stands, as a text under 报告/每周小结 and as the page for a browser.

    python scripts/office/weekly.py [办公文件夹] [--wait]      (see `scripts/office/program.py`)

Written once a day, and again when something changed.
"""

from __future__ import annotations

import datetime as dt
import getpass
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # started by its path, also by a double-click

from scripts.office.program import run


def summarise(folder: Path) -> int:
    """Write the summary and print where the year stands."""
    from tracker.problems.base import TrackerError
    from tracker.steps.board import weekly
    from tracker.steps.call import CHINA, Call

    person = os.environ.get("TRACKER_PERSON") or getpass.getuser()
    try:
        answer = weekly(Call(now=dt.datetime.now(CHINA), person=person, start=folder))
    except TrackerError as problem:
        print(problem)
        return int(problem.exit)
    print("\n".join(answer.lines))
    return int(answer.exit)


if __name__ == "__main__":
    sys.exit(run(__file__, summarise))
