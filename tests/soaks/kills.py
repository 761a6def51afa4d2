"""Verbs killed anywhere between database and file: the next run ends where an undisturbed one ends.

    python -m tests.soaks.kills 200

An office with a plan, forms and returns is copied as it is before a verb; the verb is started, killed at a random
moment, and then it and all verbs behind it run to their end. What people see (every file, byte for byte) and what the ledger says must be what they
are in the copy that nobody disturbed.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tracker.files.folders import find_office
from tracker.files.ledger.ledger import open_ledger
from tracker.files.ledger.place import ledger_path

ROOT = Path(__file__).resolve().parents[2]
VERBS = ("hand-out", "take-back", "sync", "chase", "report")
NOW = "2018-09-10T09:00+08:00"


def run(verb: str, office: Path, *, kill_after: float | None = None) -> bool:
    """Run a verb, and kill it after so many seconds; whether it was still running then."""
    words = [sys.executable, "-m", "tracker", verb, "--office", str(office), "--now", NOW]
    environment = {**os.environ, "TRACKER_PERSON": "王敏", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        words, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        code = process.wait(kill_after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    if kill_after is None and code not in (0, 1):
        raise RuntimeError(f"{verb}: exit {code}")
    return False


def state(office: Path) -> tuple[dict[str, bytes], list[object]]:
    """Every file that people see, and what the ledger says apart from numbers of acts and facts."""
    files = {
        path.relative_to(office).as_posix(): path.read_bytes()
        for path in sorted(office.rglob("*"))
        if path.is_file() and ".tracker" not in path.relative_to(office).parts
    }
    folder = find_office(office)
    with open_ledger(ledger_path(folder.root, folder.office), office=folder.office) as ledger:
        said = ledger.office()
        wrong: list[object] = [*ledger.check()]
    cells = {key: (cell.value, cell.origin, cell.file, cell.place) for key, cell in said.cells.items()}
    return files, [
        dict(said.rounds),
        dict(said.forms),
        [each for _, each in said.returns],
        sorted(cells.items()),
        dict(said.conflicts),
        dict(said.documents),
        said.events,
        dict(said.sheets),
        wrong,
    ]


def soak(prepared: Path, kills: int, *, seed: int = 1) -> list[str]:
    """Kill so many times; what differed, one line each.

    Args:
        prepared: An office with a plan, forms handed out and returns lying in 各单位报送.
        kills: How many times a verb has to be killed while it ran.
        seed: For the moments.
    """
    random_ = random.Random(seed)
    wrong = []
    with tempfile.TemporaryDirectory() as scratch:
        office = Path(scratch) / "office"
        shutil.copytree(prepared, office)
        # How long each verb takes: measured anew whenever it ends before it is killed, since the machine may be busy.
        lengths = {}
        for verb in VERBS:
            shutil.copytree(office, Path(scratch) / verb)
            started = time.monotonic()
            run(verb, office)
            lengths[verb] = time.monotonic() - started
        expected = state(office)
        done = 0
        while done < kills:
            before = random_.choice(VERBS)
            _remove(office)
            shutil.copytree(Path(scratch) / before, office)
            started = time.monotonic()
            if run(before, office, kill_after=random_.uniform(0.15, 1) * lengths[before]):
                done += 1
            else:
                lengths[before] = time.monotonic() - started
            for verb in VERBS[VERBS.index(before) :]:
                run(verb, office)
            found = state(office)
            if found != expected:
                names = {
                    name
                    for name in found[0].keys() | expected[0].keys()
                    if found[0].get(name) != expected[0].get(name)
                }
                wrong.append(
                    f"kill {done} of {before}: files {sorted(names)}, facts {found[1] == expected[1]}"
                )
    return wrong


def _remove(folder: Path) -> None:
    """Remove a folder with its read-only originals."""
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o600)
    shutil.rmtree(folder)


def main(size: int = 200) -> bool:
    """Print what differed; true when nothing did."""
    from tests.support.year import prepare_returns

    with tempfile.TemporaryDirectory() as scratch:
        prepared = prepare_returns(Path(scratch) / "办公")
        wrong = soak(prepared, size)
        _remove(prepared)
    print(f"{size} kills, {len(wrong)} ended elsewhere")
    for line in wrong:
        print(f"  {line}")
    return not wrong


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 200) else 1)
