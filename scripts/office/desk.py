"""打开工作台: the local page, in an office folder or in one that is to become an office.

    python scripts/office/desk.py [文件夹]      (see `scripts/office/program.py`)

The window stays while the page is served, and says why where it cannot be: then the other launchers are the way.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # started by its path, also by a double-click

from scripts.office.program import run, verbs

if __name__ == "__main__":
    sys.exit(run(__file__, verbs(["desk"]), needs_office=False))
