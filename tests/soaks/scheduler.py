"""Two schedulers side by side for so many virtual days, killed, asleep, restarted, with clocks that jump.

    python -m tests.soaks.scheduler 300

Two processes (`tests.soaks.scheduling.process`) run the tick of `tracker run` for one office at the same moments,
with the real jobs: forms handed out, slips drafted, messages laid into 督办/待发, the week's summary with a report.
They are killed (SIGKILL) at random moments while they work, sleep for 1 to 12 days, are started anew, and their clock
goes wrong for a while, forward and back. Every official slip is signed on the next morning.

The last moment of each day on which they are awake is left in peace. So an office to which nothing of this happens,
with one scheduler that looks once at those moments, has to end with the same digests, slips, messages, files and
editions: what is more was done twice, what is less was lost. And by a calendar of the soak's own every slot that was
due has its row (`scheduling.checks`).

`schedule` in a bare loop, the mutant, is held against the same and has to fail.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import chinese_calendar

from tests.soaks.kills import ROOT
from tests.soaks.scheduling.checks import Wrong, check
from tests.soaks.scheduling.office import FIRST, make, sign_off
from tests.soaks.scheduling.process import slots
from tracker.steps.call import CHINA

MOMENTS = ("08:25", "09:15", "09:50", "11:20", "15:05", "16:45")
# Late enough for a slot to be free again whose worker was killed at the last moment before.
PEACE = "17:40"
JUMPS = (-25 * 60, -3 * 60, 40 * 60, 400 * 24 * 60)
_LONGEST_SLEEP = 12
_KILLS_A_DAY = 2


class Scheduler:
    """One process that ticks when it is told to."""

    def __init__(self, kind: str, root: Path, pc: str) -> None:
        words = [sys.executable, "-m", "tests.soaks.scheduling.process", kind, str(root), pc]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(
            words, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        self.ready = False

    def tell(self, now: dt.datetime, clocks: tuple[float, str]) -> None:
        """Say what the clocks show; it begins at once."""
        if not self.ready:
            self.ready = bool(self.process.stdout and self.process.stdout.readline())
        if self.process.stdin:
            said = {"now": now.isoformat(), "steady": clocks[0], "boot": clocks[1]}
            self.process.stdin.write(json.dumps(said) + "\n")
            self.process.stdin.flush()

    def answer(self) -> dict[str, Any] | None:
        """What it did; None when it is dead."""
        line = self.process.stdout.readline() if self.process.stdout else ""
        return json.loads(line) if line.endswith("\n") else None

    def end(self) -> None:
        """Let it end by itself, or wait for the end of one that was killed."""
        # Read to its end: one that has just begun still says that it is ready.
        with contextlib.suppress(OSError, ValueError):
            self.process.communicate()
        self.process.wait()


@dataclass
class Told:
    """What happened on the way."""

    counts: Counter[str] = field(default_factory=Counter)
    # Moments of peace: an undisturbed office is looked after at these alone.
    peace: list[tuple[dt.datetime, tuple[float, str]]] = field(default_factory=list)
    crashed: list[str] = field(default_factory=list)
    acted: list[str] = field(default_factory=list)


class Year:
    """The days, what happens on them, and the two processes."""

    def __init__(self, root: Path, kind: str, days: int, kills: int, seed: int) -> None:
        self.root, self.kind, self.days, self.kills = root, kind, days, kills
        # What happens to the PC is the same for a seed, however quick the machine is that decides whether a kill hits.
        self.weather, self.aim = random.Random(seed), random.Random(seed)
        self.told = Told()
        self.booted = dt.datetime.combine(FIRST, dt.time(7), tzinfo=CHINA)
        # Whether a tick has seen the clocks since the PC was started.
        self.seen = False
        # How long both take, by the moment of the day: a kill falls somewhere into it.
        self.length: dict[str, float] = {}
        self.both = [Scheduler(kind, root, pc) for pc in self._names()]

    @staticmethod
    def _names() -> tuple[str, str]:
        return "pc:1", "pc:2"

    def run(self) -> Told:
        """Live through the days."""
        number = 0
        while number < self.days:
            last = number == self.days - 1
            if not last and number and self.weather.random() < 0.12:
                slept = min(self.weather.randint(1, _LONGEST_SLEEP), self.days - 1 - number)
                number += slept
                self.told.counts["sleeps"] += 1
                self.told.counts["days asleep"] += slept
                if self.weather.random() < 0.5:
                    self._restart(FIRST + dt.timedelta(days=number))
            self._day(FIRST + dt.timedelta(days=number), number)
            number += 1
        for each in self.both:
            each.end()
        return self.told

    def _day(self, day: dt.date, number: int) -> None:
        working = chinese_calendar.is_workday(day)
        if self.weather.random() < 0.1:
            self._restart(day)
        sign_off(self.root, day)
        killed = 0
        for text in MOMENTS if working else MOMENTS[1:2]:
            now = self._at(day, text)
            # Right after a start there is nothing to tell a wrong clock by.
            if self.seen and self.weather.random() < 0.06:
                self._wrong_clock(now)
            # Twice at the most: what has cut off three of its workers is left alone for the day.
            left = self.kills - self.told.counts["kills"]
            armed = (
                working and killed < _KILLS_A_DAY and left > 0 and self.aim.random() < self._chance(number)
            )
            killed += self._both(now, text, kill=self.aim.randrange(2) if armed else None)
        self._both(self._at(day, PEACE), PEACE, kill=None)
        self.told.peace.append((self._at(day, PEACE), self._clocks(self._at(day, PEACE))))

    def _chance(self, number: int) -> float:
        """How likely a moment is to be one of a kill, so that the kills are spread over what is left of the days."""
        left = self.kills - self.told.counts["kills"]
        return min(0.9, left / max(1.0, (self.days - number) * 0.3 * len(MOMENTS) * 0.5))

    def _both(self, now: dt.datetime, text: str, *, kill: int | None) -> int:
        """Let both tick; whether one was killed while it did."""
        clocks = self._clocks(now)
        self.seen = True
        if kill is not None:
            # The one that is to be killed begins first: otherwise it finds nothing left to do.
            self.both.insert(0, self.both.pop(kill))
        begun = time.monotonic()
        for n, each in enumerate(self.both):
            each.tell(now + dt.timedelta(seconds=n), (clocks[0] + n, clocks[1]))
            if n == 0 and kill is not None:
                longest = self.length.get(text, 0.5)
                shot = threading.Event()
                timer = threading.Timer(self.aim.uniform(0, longest), _shoot, (each.process, shot))
                timer.start()
        answers = [each.answer() for each in self.both]
        self.told.counts["ticks"] += 2
        if kill is None:
            if any(each and each["done"] for each in answers):
                self.length[text] = time.monotonic() - begun
        else:
            timer.cancel()
            timer.join()
        died = 0
        for n, answer in enumerate(answers):
            if n == 0 and kill is not None and shot.is_set():
                # Shot after it had answered it is gone, too, and was not killed at work.
                died = int(answer is None)
                self._anew(n)
            elif answer is None:
                self.told.crashed.append(f"{now:%Y-%m-%d %H:%M}")
                self._anew(n)
        self.told.counts["kills"] += died
        return died

    def _wrong_clock(self, now: dt.datetime) -> None:
        jump = dt.timedelta(minutes=self.weather.choice(JUMPS))
        self.told.counts["jumps"] += 1
        for each in self.both:
            each.tell(now + jump, self._clocks(now))
        for n, each in enumerate(self.both):
            answer = each.answer()
            if answer is None:
                self.told.crashed.append(f"{now:%Y-%m-%d %H:%M} with its clock {jump}")
                self._anew(n)
            elif not answer["held"]:
                self.told.acted.append(f"{now:%Y-%m-%d %H:%M} with its clock {jump}")

    def _restart(self, day: dt.date) -> None:
        """The PC is started anew: its steady clock begins at nothing."""
        self.told.counts["restarts"] += 1
        self.booted, self.seen = dt.datetime.combine(day, dt.time(8), tzinfo=CHINA), False
        for n in range(2):
            self._anew(n)

    def _anew(self, n: int) -> None:
        old = self.both[n]
        old.end()
        words: Any = old.process.args
        self.both[n] = Scheduler(self.kind, self.root, words[-1])

    def _clocks(self, now: dt.datetime) -> tuple[float, str]:
        return (now - self.booted).total_seconds() + 100, self.booted.isoformat()

    @staticmethod
    def _at(day: dt.date, text: str) -> dt.datetime:
        return dt.datetime.combine(day, dt.time.fromisoformat(text), tzinfo=CHINA)


def _shoot(process: subprocess.Popen[str], shot: threading.Event) -> None:
    shot.set()
    process.kill()


def undisturbed(root: Path, peace: list[tuple[dt.datetime, tuple[float, str]]]) -> None:
    """The same year for an office to which nothing happens."""
    turn = slots(root, "calm:1")
    for now, clocks in peace:
        sign_off(root, now.date())
        turn(now, *clocks)


def soak(
    folder: Path,
    days: int,
    kills: int,
    *,
    kind: str = "slots",
    seed: int = 1,
    values: Mapping[str, str] | None = None,
) -> tuple[Wrong, dict[str, int]]:
    """Live through so many days; what was wrong, and figures.

    Args:
        folder: Where the offices are made.
        days: Virtual days.
        kills: How many times to kill, at the most.
        kind: `slots`, or `bare` for the mutant.
        seed: For everything that happens.
        values: Settings of the office, for a ledger elsewhere.
    """
    root = make(folder / "办公", values or {})
    told = Year(root, kind, days, kills, seed).run()
    clean = make(folder / "平静", {})
    undisturbed(clean, told.peace)
    wrong, figures = check(root, clean, FIRST, told.peace[-1][0], told.counts["kills"])
    wrong.tell("died though nobody killed it", list(told.crashed))
    wrong.tell("acted while its clock was wrong", list(told.acted))
    return wrong, {**told.counts, **figures}


def main(days: int = 300) -> bool:
    """Print what was wrong; true when nothing was, and the mutant was found out."""
    with tempfile.TemporaryDirectory() as folder:
        wrong, figures = soak(Path(folder) / "slots", days, days // 2)
        print(", ".join(f"{count} {what}" for what, count in figures.items()))
        print(f"wrong: {wrong.total()}")
        for each in wrong.examples:
            print(f"  {each}")
        some = min(days, 30)
        bare, _ = soak(Path(folder) / "bare", some, some // 2, kind="bare")
        print(f"bare schedule, {some} days: " + ", ".join(f"{n} {what}" for what, n in bare.items() if n))
        for path in Path(folder).rglob("原件留存/*/*"):
            path.chmod(0o600)
    return not wrong.any and bare["slots without a row"] > 0 and bare.any


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 300) else 1)
