"""How long the ledger takes with many cells: one office of 2,000 points, 40 units that report and 4 rounds.

python -m tests.soaks.ledger_speed 2000
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tracker import facts
from tracker.files.ledger.ledger import Ledger, open_ledger

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
UNITS = 40
ROUNDS = 4


def fill(ledger: Ledger, points: int) -> None:
    """Record a plan of so many points, and what every unit says about each in every round."""
    units = [f"U{number:03}" for number in range(1, UNITS + 1)]
    with ledger.act("record", person="王敏", at=NOW) as act:
        act.add(facts.PlanEdition("P1", 1, "new", "工作要点", "", "", None, 2026, ""))
        act.add(*(facts.Unit(unit, "市直部门") for unit in units))
        for number in range(points):
            wp = act.mint_point("P1")
            words = facts.WpText(
                wp, 1, number, "一", "（一）", "1", "要求" * 30, "{}", "single", False, "new", False
            )
            act.add(facts.PointFact(wp, "P1"), words, place=f"分工表!C{number}")
            act.add(facts.AssignmentFact(wp, 1, "某局", units[number % UNITS], "lead", "", "", True))
    for number in range(1, ROUNDS + 1):
        with ledger.act("take-back", person="王敏", at=NOW) as act:
            for row in range(1, points + 1):
                for unit in units:
                    cell = facts.Cell(
                        f"P1-{row:03}", unit, "progress", f"R{number}", "进展情况" * 10, "unit", 0
                    )
                    act.add(cell, file=f"{number:064x}", place=f"填报!F{row}")


@contextlib.contextmanager
def _timed(what: str) -> Iterator[None]:
    start, spent = time.perf_counter(), time.process_time()
    yield
    print(f"{what:<40}{time.perf_counter() - start:8.2f} s {time.process_time() - spent:8.2f} s of processor")


def main(points: int, where: str = "") -> None:
    """Fill a new ledger and time what commands ask of it."""
    with tempfile.TemporaryDirectory() as folder:
        address = where or str(Path(folder) / "ledger.db")
        with open_ledger(address) as ledger, _timed(f"record {points * UNITS * ROUNDS:,} cells"):
            fill(ledger, points)
        with open_ledger(address) as ledger:
            with _timed("the office, first time"):
                ledger.office()
            with (
                _timed("one act that reads it and adds a cell"),
                ledger.act("sync", person="王敏", at=NOW) as act,
            ):
                act.office()
                act.add(facts.Cell("P1-001", "", "note", "", "甲", "office", 0))
            with _timed("the office after it"):
                ledger.office()
            with _timed("the office after act 3"):
                ledger.office(until=3)
            with _timed("the office on a day"):
                ledger.office_as_of(NOW.date())
            with _timed("check"):
                ledger.check()
            with _timed("backup, checked"):
                ledger.backup(Path(folder) / "backup.db")
        size = (Path(folder) / "backup.db").stat().st_size
        print(f"{'its backup':<40}{size / 1e6:8.1f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
