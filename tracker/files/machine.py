"""This machine: its clocks, its heartbeat, and what wakes it.

Time that passes while a command runs, and the clock that only counts on.

A call has one moment; sending takes minutes, and attempts are told apart by when they were made. So a long command
counts from the moment of its call by the machine's own counter, which nobody can set.

The heartbeat: what this machine's scheduler last saw: the two clocks, and whether it holds; a small file, not a fact.

    .tracker/run-<machine>.json    {"now", "steady", "boot", "held", "next"}

It speaks of one machine (another seat has another clock), it changes every few minutes, and nothing is lost with it:
without the file the clock is believed. Written whole or not at all.

Waking: what wakes `tracker run`: the only module that imports schedule, which wakes and does nothing else.

`schedule` forgets its jobs when it ends, skips what was missed while the PC slept, and lets one failing job starve
the others; so it is given one job that cannot fail, and what is due is computed from facts.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tracker.files.folders import OfficeFolder
from tracker.rules.slots import ClockReading
from tracker.values import dataclass

_STARTS = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"


class Elapsed:
    """The moment of a call, and what has passed since."""

    def __init__(self, start: dt.datetime) -> None:
        self._start = start
        self._counter = time.monotonic()

    def now(self) -> dt.datetime:
        """The moment now, counted from the call's."""
        return self._start + dt.timedelta(seconds=time.monotonic() - self._counter)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        time.sleep(max(0.0, seconds))


def steady() -> float:
    """Seconds since the machine was started, with those that it slept, where the system tells them.

    Windows counts sleep in what Python calls monotonic; Linux has a clock of its own for it.
    """
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(boot) if boot is not None else time.monotonic()


def boot() -> str:
    """Which start of the machine this is: a word that another start does not have; empty where no system tells.

    Linux draws a new one at each start, Windows counts its starts.
    """
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _STARTS) as key:
                return str(winreg.QueryValueEx(key, "BootId")[0])
        except OSError:
            return ""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def worker_name() -> str:
    """How a claim names who made it: the machine and the process."""
    import socket

    return f"{socket.gethostname()}:{os.getpid()}"


def machine_name() -> str:
    """The machine, as part of a file name."""
    import socket

    return (
        "".join(
            character if character.isalnum() or character in "-_" else "-"
            for character in socket.gethostname()
        )
        or "pc"
    )


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The last believed moment, what is wrong with the clock since (empty: nothing), and when something is due next.

    `next` is None where no tick has come to its end here.
    """

    clock: ClockReading
    trouble: str = ""
    next: dt.datetime | None = None


def read_heartbeat(folder: OfficeFolder, machine: str) -> Heartbeat | None:
    """The last one; None when there is none, or it cannot be read."""
    try:
        record = json.loads(_path(folder, machine).read_text(encoding="utf-8"))
        clock = ClockReading(
            dt.datetime.fromisoformat(record["now"]), float(record["steady"]), str(record.get("boot", ""))
        )
        due = record.get("next")
        return Heartbeat(clock, str(record.get("held", "")), dt.datetime.fromisoformat(due) if due else None)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_heartbeat(folder: OfficeFolder, machine: str, beat: Heartbeat) -> None:
    """Keep it; on a folder that takes no files it is not kept, and the clock is believed."""
    path = _path(folder, machine)
    record = {
        "now": beat.clock.now.isoformat(),
        "steady": beat.clock.steady,
        "boot": beat.clock.boot,
        "held": beat.trouble,
        "next": beat.next.isoformat() if beat.next else None,
    }
    temporary = path.with_name(f"~{os.getpid()}-{path.name}")
    try:
        temporary.write_text(json.dumps(record), encoding="utf-8")
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)


def _path(folder: OfficeFolder, machine: str) -> Path:
    return folder.path(".tracker", f"run-{machine}.json")


def keep_waking(
    do: Callable[[], None],
    *,
    minutes: int,
    until: Callable[[], bool],
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Do something now and every so many minutes, until told otherwise."""
    import schedule

    waker = schedule.Scheduler()
    waker.every(minutes).minutes.do(do)
    do()
    while not until():
        waker.run_pending()
        # A clock that was set back would let the waker sleep for as long; a short sleep and a look at what is due
        # in real minutes do not depend on it.
        sleep(min(30.0, minutes * 60.0))
        idle = waker.idle_seconds
        if idle is not None and idle > minutes * 60 * 2:
            waker.clear()
            waker.every(minutes).minutes.do(do)
