"""年终报告: takes in what came back, brings the 台账 up to date and writes the report, frozen as an edition.

    python scripts/office/report.py [办公文件夹] [--wait]      (see `scripts/office/program.py`)

May be run at any time of the year; each run is an edition, and says what changed since the last one.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # started by its path, also by a double-click

from scripts.office.program import run, verbs

if __name__ == "__main__":
    sys.exit(run(__file__, verbs(["take-back"], ["sync"], ["report"])))
