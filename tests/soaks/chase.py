"""Deciding for a large office, and a year of running by every pattern: `python -m tests.soaks.chase [points]`.

Two measurements. Deciding: so many work points of 40 units, each with a slip of before; the time of the decisions
alone and of everything before them. A year: a small office is run daily, weekly, on random days and after weeks
off, its slips signed by the next run; every pattern has to give the same slips for the same facts, and a second
run on the same day none.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from tests.support.chasing import quick, year
from tests.support.offices import office as drawn, point
from tests.support.year import make_year
from tracker.facts import Document
from tracker.model import Mode, Role
from tracker.rules.office import Assignee
from tracker.rules.progress.standing import standings
from tracker.rules.reminders import Countdown, SlipIndex, decide_all, obligations
from tracker.settings import Day
from tracker.tiers import TIER_RULES
from tracker.workdays import Calendar

TODAY = dt.date(2018, 10, 15)
UNITS = 40


def decide(points: int, shares: int) -> float:
    """Seconds of the processor for `points` work points, each with `shares` units that answer severally."""
    drawn_points = tuple(
        replace(
            point(Mode.EACH, wp=f"P1-{n:03}"),
            assignees=tuple(
                Assignee(
                    f"U{(n * 7 + share) % UNITS:02}单位", f"U{(n * 7 + share) % UNITS:02}", Role.RESPONSIBLE
                )
                for share in range(shares)
            ),
        )
        for n in range(1, points + 1)
    )
    slips = [
        Document(f"D{n}", "催办", each.units()[0], (each.id,), dt.date(2018, 10, 8), "sent", "", "")
        for n, each in enumerate(drawn_points)
    ]
    office = drawn(*drawn_points)
    begun = time.process_time()
    stand = standings(office, drawn_points, Day(TODAY, Calendar()))
    stood = time.process_time()
    decisions = decide_all(
        obligations(office, stand, TODAY),
        SlipIndex(slips),
        today=TODAY,
        days=Countdown(Calendar()),
        rules=TIER_RULES,
    )
    done = time.process_time()
    print(
        f"{points} points x {shares} of {UNITS} units: {len(decisions)} matters decided in {done - stood:.2f} s "
        f"(standings before that {stood - begun:.2f} s)"
    )
    return done - begun


def patterns(days: int) -> bool:
    """Whether every running pattern gives the same slips."""
    every = [dt.date(2018, 9, 3) + dt.timedelta(days=n) for n in range(days)]
    chance = random.Random(7)
    runs = {
        "daily": every,
        "twice a day": sorted(every * 2),
        "weekly": every[::7],
        "every third day": every[::3],
        "twelve days off": [
            each for each in every if not dt.date(2019, 1, 7) <= each <= dt.date(2019, 1, 18)
        ],
        "random": sorted(chance.sample(every, len(every) // 3)),
    }
    with tempfile.TemporaryDirectory() as folder:
        found = {
            name: year(quick(make_year(Path(folder) / name, points=3)), run) for name, run in runs.items()
        }
    for name, slips in found.items():
        missing, more = found["daily"] - slips, slips - found["daily"]
        print(
            f"{name:<16} {len(runs[name]):>4} runs, {len(slips)} slips, {len(missing)} missing, {len(more)} more"
        )
    return all(slips == found["daily"] for slips in found.values())


def main(size: int) -> int:
    """Measure; content when deciding takes less than three seconds and every pattern agrees."""
    slow = max(decide(size, 2), decide(size, UNITS) if size <= 2_000 else 0.0)
    same = patterns(210 if size >= 1_000 else 60)
    return 0 if slow < 3 and same else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000))
