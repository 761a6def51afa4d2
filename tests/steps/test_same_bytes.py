"""What people see is a function of the facts: another process, hash seed, time zone and hour of the machine change no byte."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.year import prepare_returns, snapshot

WHOLE = Path(__file__).resolve().parents[2]
YEAR = """
import datetime as dt, sys
from pathlib import Path
from tests.support.year import SEPTEMBER, call
from tracker.steps.board import weekly
from tracker.steps.chase import chase
from tracker.steps.check import check
from tracker.steps.report import report
from tracker.steps.sync import sync
from tracker.steps.take_back import take_back

root = Path(sys.argv[1])
for days, step in ((5, take_back), (5, sync), (40, chase), (40, check), (40, weekly), (110, report)):
    step(call(root, SEPTEMBER + dt.timedelta(days=days)))
"""


def digests(root, seed, zone):
    env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
    subprocess.run(
        [sys.executable, "-c", YEAR, str(root)], check=True, cwd=WHOLE, env=env, capture_output=True
    )
    return {name: hashlib.sha256(data).hexdigest() for name, data in snapshot(root).items()}


def test_two_processes_lay_out_the_same_bytes_of_the_same_facts(tmp_path):
    root, spare = prepare_returns(tmp_path / "办公"), tmp_path / "spare"
    shutil.copytree(root, spare)

    first = digests(root, "1", "UTC")
    root.rename(tmp_path / "first")  # removed it could not be on Windows: originals are read-only
    shutil.copytree(spare, root)
    second = digests(root, "2", "America/New_York")

    assert {Path(name).suffix for name in first} >= {".xlsx", ".docx", ".html"}
    assert json.dumps([name for name in first if first[name] != second.get(name)], ensure_ascii=False) == "[]"
    assert first.keys() == second.keys()
