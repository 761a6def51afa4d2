"""What this machine's scheduler last saw: the two clocks, and whether it holds; a small file, not a fact.

    .tracker/run-<machine>.json    {"now", "steady", "boot", "held", "next"}

It speaks of one machine (another seat has another clock), it changes every few minutes, and nothing is lost with it:
without the file the clock is believed. Written whole or not at all.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path

from tracker.files.folders import OfficeFolder
from tracker.rules.outgoing.clock import ClockReading


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
