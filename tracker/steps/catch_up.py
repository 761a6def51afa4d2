"""Where no scheduled task is allowed: a command that somebody types does first what should have been done by now.

Only on a PC on which `tracker run` was run once, and for commands of the daily work (`cli.verbs`). The heartbeat of
the machine says when something is due next, so looking costs the reading of one small file; only what has been due for
longer than GRACE is done, since a scheduled task that works has done it by then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from tracker.files.folders import find_office
from tracker.files.machine import read_heartbeat
from tracker.problems.base import TrackerError
from tracker.problems.office import NoOffice
from tracker.steps.call import Call
from tracker.steps.clock import Machine

# Three times the interval at which the installed task comes.
GRACE = dt.timedelta(minutes=15)


def catch_up(call: Call, tell: Callable[[str], None], *, machine: Machine | None = None) -> bool:
    """Tick when a tick is missing; whether it was. What is wrong is told, and the command goes on all the same."""
    machine = machine or Machine.this()
    try:
        last = read_heartbeat(find_office(call.start), machine.name)
    except NoOffice:
        return False
    if last is None or last.next is None or call.now < last.next + GRACE:
        return False
    from tracker.steps.run import tick

    tell(f"{last.next:%m-%d %H:%M}起的定时任务还没有做，先补做。")
    try:
        result = tick(call, machine=machine)
    except TrackerError as problem:
        tell(str(problem))
    else:
        for line in result.lines:
            tell(f"  {line}")
    return True
