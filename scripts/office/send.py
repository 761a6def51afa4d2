"""发送: what is signed, and what needs no signature, leaves by the channels of 设置.xlsx.

    python scripts/office/send.py [办公文件夹] [--wait]      (see `scripts/office/program.py`)

Nothing official leaves before it is signed; what has left does not leave again.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # started by its path, also by a double-click

from scripts.office.program import run, verbs

if __name__ == "__main__":
    sys.exit(run(__file__, verbs(["send"])))
