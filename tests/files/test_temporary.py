import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tracker.files.safe import machine, safe_write


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "工作台账.xlsx"
    path.write_bytes(b"what the office typed")
    return path


def names(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir())


def test_what_a_killed_process_left_goes_with_the_next_write_and_a_living_one_keeps_its_own(ledger):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    living = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    for process in (dead, living):
        ledger.with_name(f".~tracker-{machine()}-{process.pid}-0.tmp").write_bytes(b"half")

    safe_write(ledger, b"new")
    living.communicate(b"\n")

    assert names(ledger) == [f".~tracker-{machine()}-{living.pid}-0.tmp", "工作台账.xlsx"]


def test_what_another_machine_left_is_swept_an_hour_later_and_not_before(ledger):
    old, fresh = ledger.with_name(".~tracker-zz-1-0.tmp"), ledger.with_name(".~tracker-zz-2-0.tmp")
    old.write_bytes(b"half")
    fresh.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)

    safe_write(ledger, b"new")

    assert names(ledger) == [".~tracker-zz-2-0.tmp", "工作台账.xlsx"]
