"""A scheduler as a process of its own, told by its standard input what its two clocks show: `tests.soaks.scheduler`.

    python -m tests.soaks.scheduling.process slots FOLDER PC [DATABASE]
    python -m tests.soaks.scheduling.process bare FOLDER PC

`slots` is the tick of `tracker run`. `bare` is what people write first: the same jobs at the same times in a loop of
`schedule`, with a row in the ledger for each job that was done, and without slots as facts; the soak's checks must
find it out.

Each line read is {"now", "steady", "boot"}; each line answered {"done", "failed", "held"}.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tracker import facts
from tracker.problems.base import TrackerError
from tracker.problems.chase import ClockHeld
from tracker.rules.reminders import Countdown
from tracker.rules.slots import RunOutcome
from tracker.settings import Job
from tracker.steps import run as jobs
from tracker.steps.call import CHINA, Call
from tracker.steps.clock import Machine
from tracker.steps.desk import open_desk
from tracker.steps.report import report
from tracker.steps.run import tick

Turn = Callable[[dt.datetime, float, str], dict[str, Any]]


def _weekly(call: Call) -> str:
    """The week's summary, and with it an edition of the report."""
    return f"{jobs.WORK_BY_VERB['weekly'](call)}；{report(call).lines[0]}"


WORK = {**jobs.WORK_BY_VERB, "weekly": _weekly}


def slots(root: Path, pc: str) -> Turn:
    """The real tick."""

    def turn(now: dt.datetime, steady: float, boot: str) -> dict[str, Any]:
        machine = Machine(pc.split(":")[0], steady, boot)
        answer = tick(Call(now, pc, root), machine=machine, worker=pc, work=WORK)
        return {"done": answer.data["done"], "failed": answer.data["failed"], "held": False}

    return turn


def bare(root: Path, pc: str) -> Turn:
    """The mutant: `schedule` decides what is due."""
    import schedule

    clock = _Turned()
    vars(schedule)["datetime"] = clock  # the clock that it reads is the soak's
    waker = schedule.Scheduler()
    done: list[str] = []

    def do(job: Job, this: Any) -> None:
        call = Call(clock.moment, pc, root)
        due = this[0].next_run.replace(tzinfo=CHINA)
        with open_desk(call) as desk:
            if job.days == "每个工作日" and Countdown(desk.calendar).is_rest(call.today):
                return
        with contextlib.suppress(TrackerError):
            WORK[job.verb](call)
            with open_desk(call) as desk, desk.act("run") as act:
                act.add(facts.Slot(job.verb, due), facts.SlotAttempt(job.verb, due, 1, pc))
                act.add(facts.SlotOutcome(job.verb, due, 1, RunOutcome.DONE.value, ""))
            done.append(job.verb)

    def set_up() -> None:
        with open_desk(Call(clock.moment, pc, root)) as desk:
            for job in desk.settings.jobs:
                for time in job.times:
                    this: list[Any] = []
                    every = waker.every().monday if job.days == "每周一" else waker.every().day
                    this.append(every.at(f"{time:%H:%M}").do(partial(do, job, this)))

    def turn(now: dt.datetime, _steady: float, _boot: str) -> dict[str, Any]:
        clock.moment = now
        if not waker.jobs:
            set_up()
        done.clear()
        waker.run_pending()
        return {"done": list(done), "failed": [], "held": False}

    return turn


class _Turned:
    """What stands in for the module `datetime` of `schedule`: the same, but for what time it is."""

    time = dt.time
    timedelta = dt.timedelta

    def __init__(self) -> None:
        self.moment = dt.datetime(1970, 1, 1, tzinfo=CHINA)
        outer = self

        class _DateTime(dt.datetime):
            @classmethod
            def now(cls, tz: Any = None) -> Any:
                return outer.moment.replace(tzinfo=None)

        self.datetime = _DateTime


def main(words: list[str]) -> None:
    """Answer each line until there is none."""
    kind, root, pc = words
    turn = {"slots": slots, "bare": bare}[kind](Path(root), pc)
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        said = json.loads(line)
        try:
            answer = turn(dt.datetime.fromisoformat(said["now"]), float(said["steady"]), said["boot"])
        except ClockHeld:
            answer = {"done": [], "failed": [], "held": True}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
