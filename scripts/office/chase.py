"""今天该提醒、催办谁: takes in what was edited, drafts the slips of the day and says what waits.

    python scripts/office/chase.py [办公文件夹] [--wait]      (see `scripts/office/program.py`)

Harmless when it is run again: asking twice on one day gives nothing new.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # started by its path, also by a double-click

from scripts.office.program import run, verbs

if __name__ == "__main__":
    sys.exit(run(__file__, verbs(["sync"], ["chase"], ["status"])))
