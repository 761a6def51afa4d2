"""Time that passes while a command runs, and the clock that only counts on.

A call has one moment; sending takes minutes, and attempts are told apart by when they were made. So a long command
counts from the moment of its call by the machine's own counter, which nobody can set.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
import sys
import time
from pathlib import Path

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
    return f"{socket.gethostname()}:{os.getpid()}"


def machine_name() -> str:
    """The machine, as part of a file name."""
    return (
        "".join(
            character if character.isalnum() or character in "-_" else "-"
            for character in socket.gethostname()
        )
        or "pc"
    )
