"""The ledger under hostile conditions: killed while it writes, written by several at once, copied under load.

    python -m tests.soaks.ledger 200          all three at full size, on SQLite and on PostgreSQL where it is

The other forms are what this program starts as processes of its own:

    … write ADDRESS SEED [PAUSE]                acts without end; prints the number of each one that was kept
    … count ADDRESS TIMES                       adds one to a number in the ledger, so many times
"""

from __future__ import annotations

import contextlib
import datetime as dt
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.facts import Cell, Event
from tracker.files.ledger.ledger import Ledger, open_ledger

ROOT = Path(__file__).resolve().parent.parent.parent
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
# Between two acts while backups are made, or the ledger grows faster than it is copied.
PAUSE = "0.05"
COUNTER = ("P1-001", "", "note", "")


@dataclass(frozen=True, slots=True)
class Kills:
    """What was found after so many kills; `problems` has to be empty."""

    kills: int
    acts: int
    unannounced: int
    problems: tuple[str, ...]


def kill_while_writing(address: str, kills: int, *, seed: int = 1) -> Kills:
    """Start a writer, kill it at a random moment, look at what it left; again and again on one ledger."""
    chance = random.Random(seed)
    announced = unannounced = 0
    problems: list[str] = []
    for kill in range(kills):
        with _started("write", address, str(seed * 1000 + kill)) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()  # it writes; whatever happens to it now happens while it writes
            time.sleep(chance.random() * 0.1)
            writer.kill()
            lines = writer.stdout.read().split()
        with open_ledger(address) as ledger:
            announced = int(lines[-1]) if lines else announced
            if ledger.last_act < announced:
                problems.append(f"kill {kill}: act {announced} was announced, {ledger.last_act} is the last")
            unannounced += ledger.last_act > announced
            announced = ledger.last_act
            problems += [f"kill {kill}: {each}" for each in [*ledger.check(), *torn_acts(ledger)]]
    with open_ledger(address) as ledger:
        return Kills(kills, ledger.last_act, unannounced, tuple(problems))


def torn_acts(ledger: Ledger) -> list[str]:
    """Acts of `write` that hold another number of cells than they say."""
    held: dict[int, int] = {}
    for entry in ledger.entries(Cell):
        held[entry.act] = held.get(entry.act, 0) + 1
    return [
        f"act {entry.act} says {entry.fact.n} cells and holds {held.get(entry.act, 0)}"
        for entry in ledger.entries(Event)
        if held.get(entry.act, 0) != int(entry.fact.data)
    ]


def count_together(address: str, processes: int, times: int) -> tuple[int, list[str]]:
    """Let several processes add to one number at once; returns the number and what they complained of."""
    with contextlib.ExitStack() as stack:
        counters = [stack.enter_context(_started("count", address, str(times))) for _ in range(processes)]
        said = [counter.communicate()[0] for counter in counters]
    with open_ledger(address) as ledger:
        return int(ledger.cells()[COUNTER].value), [each.strip() for each in said if each.strip()]


def back_up_while_writing(address: str, backups: int, folder: Path, *, naive: bool = False) -> int:
    """Make backups while somebody writes, open and check each; returns how many were broken.

    `naive` is the mutant: it copies the database file instead.
    """
    broken = 0
    with _started("write", address, "7", PAUSE) as writer, open_ledger(address) as ledger:
        assert writer.stdout is not None
        writer.stdout.readline()
        for number in range(backups):
            target = folder / f"{number}.db"
            try:
                if naive:
                    shutil.copyfile(address, target)
                else:
                    ledger.backup(target)
                with open_ledger(target) as copy:
                    broken += bool(copy.check() or torn_acts(copy) or not copy.last_act)
            except Exception:
                broken += 1
            time.sleep(0.01)
        writer.kill()
    return broken


@contextlib.contextmanager
def _started(*words: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.soaks.ledger", *words]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def write(address: str, seed: int, pause: float = 0.0) -> None:
    """Write acts without end: 1 to 60 cells, and an event that says how many."""
    chance = random.Random(seed)
    with open_ledger(address) as ledger:
        while True:
            number = chance.randint(1, 60)
            with ledger.act("take-back", person="丁", at=NOW) as act:
                for _ in range(number):
                    point, unit = f"P1-{chance.randint(1, 40):03}", f"U{chance.randint(1, 20):03}"
                    value = "进展" * chance.randint(1, 200)
                    act.add(Cell(point, unit, "progress", "R1", value, "unit", 0), file="f", place="表!A1")
                act.add(Event("P1", "balance", act.no, NOW.date(), str(number)))
            print(act.no, flush=True)
            time.sleep(pause)


def count(address: str, times: int) -> None:
    """Read a number, add one, write it: what is lost when two do it at once without a lock."""
    with open_ledger(address) as ledger:
        for _ in range(times):
            with ledger.act("sync", person="丁", at=NOW) as act:
                cell = act.office().cells.get(COUNTER)
                value = int(cell.value) + 1 if cell else 1
                act.add(Cell(*COUNTER, str(value), "office", 0))


def main(size: int) -> int:
    """Run everything with `size` kills; returns how many things went wrong."""
    from scripts.postgresql import PrivateServer, find_programs

    wrong = 0
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        addresses = {"sqlite": [str(folder / f"{part}.db") for part in ("kill", "count", "backup")]}
        programs = find_programs()
        if programs:
            server = stack.enter_context(PrivateServer(programs))
            addresses["postgresql"] = [server.database() for _ in range(3)]
        for database, (to_kill, to_count, to_copy) in addresses.items():
            start = time.monotonic()
            kills = kill_while_writing(to_kill, size)
            print(f"{database}: {kills}, {time.monotonic() - start:.0f} s", flush=True)
            start = time.monotonic()
            total, complaints = count_together(to_count, 3, size * 15)
            print(
                f"{database}: 3 x {size * 15} -> {total}, {complaints}, {time.monotonic() - start:.0f} s",
                flush=True,
            )
            (folder / database).mkdir()
            broken = back_up_while_writing(to_copy, size * 3 // 10, folder / database)
            print(f"{database}: {size * 3 // 10} backups, {broken} broken", flush=True)
            wrong += len(kills.problems) + len(complaints) + (total != size * 45) + broken
        (folder / "naive").mkdir()
        broken = back_up_while_writing(addresses["sqlite"][2], size * 3 // 10, folder / "naive", naive=True)
        print(f"mutant, plain copies of the file: {broken} of {size * 3 // 10} broken", flush=True)
    return wrong


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(sys.argv[2], int(sys.argv[3]), *map(float, sys.argv[4:]))
    elif sys.argv[1] == "count":
        count(sys.argv[2], int(sys.argv[3]))
    else:
        sys.exit(bool(main(int(sys.argv[1]))))
