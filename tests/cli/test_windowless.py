"""The scheduled task of Windows runs without a window, and so without anything to print to."""

from __future__ import annotations

import subprocess
import sys

from tests.support.mailbox import make_office, office_of

# What `pythonw.exe` makes of its three streams.
WINDOWLESS = "import sys; sys.stdin = sys.stdout = sys.stderr = None; from tracker.cli import run; run()"


def test_a_tick_does_its_work_without_a_console(tmp_path):
    root = make_office(tmp_path / "办公")
    words = ["run", "--once", "--office", str(root), "--now", "2018-09-03T17:00+08:00"]

    done = subprocess.run([sys.executable, "-c", WINDOWLESS, *words], capture_output=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert any(slot.job == "chase" for slot in office_of(root).slots.values())
