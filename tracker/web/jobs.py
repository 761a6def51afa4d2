"""What is being done: one verb at a time, each a program of its own, started again from the same code.

A verb runs as `python -m tracker VERB … --full-json --office FOLDER`. To stop it is to kill it and what it started: every
step survives that (its docstring says what a kill leaves). What it says goes into files, not into pipes: a verb whose
page is gone does its work to the end all the same.

    running   started, not over
    done      exit code 0
    partly    exit code 1: a part could not be done, and is named
    refused   exit code 2 or 3: nothing was done
    stopped   killed by a person
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from pathlib import Path
from typing import Any

import tracker
from tracker.problems.base import Exit
from tracker.problems.office import JobRunning
from tracker.values import dataclass

# So many lines of what a verb says while it runs are shown.
_LAST_LINES = 200
# How many jobs are remembered, for pages that show what came of them.
_MEMORY = 60


class JobState(StrEnum):
    """Where a job stands; see the module."""

    RUNNING = "running"
    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"
    STOPPED = "stopped"


_STATES = {
    int(Exit.DONE): JobState.DONE,
    int(Exit.PARTLY): JobState.PARTLY,
    int(Exit.USAGE): JobState.REFUSED,
    int(Exit.REFUSED): JobState.REFUSED,
}


@dataclass(frozen=True, slots=True)
class JobOrder:
    """What is to be done.

    Attributes:
        act: Its name among the acts of the page.
        title: What people call it.
        page: The page that it belongs to.
        words: The verb and what is typed after it.
        subject: The file that it is about, as a path below the office folder or its name; may be empty.
    """

    act: str
    title: str
    page: str
    words: tuple[str, ...]
    subject: str = ""


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as a page shows it.

    Attributes:
        number: Which.
        order: What was to be done.
        state: Where it stands.
        seconds: How long it has run.
        end: When it was over, by the steady clock.
        lines: What it says to people.
        data: What it says to machines; empty until it is done.
    """

    number: int
    order: JobOrder
    state: JobState
    seconds: int
    lines: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    end: float = 0

    @property
    def is_running(self) -> bool:
        """Whether it is not over."""
        return self.state is JobState.RUNNING


class _Job:
    """A verb that runs, and what it has said."""

    def __init__(self, number: int, order: JobOrder, command: Sequence[str], root: Path) -> None:
        self.number, self.order = number, order
        self._folder = tempfile.TemporaryDirectory(prefix="tracker-desk-", ignore_cleanup_errors=True)
        self._out, self._err = Path(self._folder.name, "out"), Path(self._folder.name, "err")
        self._start = time.monotonic()
        self._end: JobView | None = None
        self._is_stopped = False
        code = str(Path(tracker.__file__).resolve().parent.parent)
        # The same code as ours, wherever it stands.
        paths = [code, *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self._process = subprocess.Popen(
                command,
                cwd=root,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=os.name != "nt",
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )

    def wait(self) -> None:
        code = self._process.wait()
        lines, data = self._said_lines(), {}
        # Killed, it has said nothing; refused, it has said a sentence and no JSON.
        with contextlib.suppress(ValueError):
            answer = json.loads(self._out.read_text(encoding="utf-8"))
            lines, data = (*lines, *answer["lines"]), answer["data"]
        if self._is_stopped:
            state, note = JobState.STOPPED, "已停止。做完的部分都已保存；再做一次就会接着做完。"
        elif code in _STATES:
            state, note = _STATES[code], ""
        else:
            state, note = JobState.PARTLY, "程序被系统中断了，做完的部分都已保存；请再做一次。"
        end = time.monotonic()
        lines = (*lines, note) if note else lines
        self._end = JobView(self.number, self.order, state, int(end - self._start), lines, data, end)
        self._folder.cleanup()

    def view(self) -> JobView:
        if self._end is not None:
            return self._end
        seconds = int(time.monotonic() - self._start)
        return JobView(self.number, self.order, JobState.RUNNING, seconds, self._said_lines()[-_LAST_LINES:])

    def stop(self) -> None:
        if self._process.poll() is not None:
            return
        self._is_stopped = True
        if os.name == "nt":
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(self._process.pid)],
                check=False,
                capture_output=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def _said_lines(self) -> tuple[str, ...]:
        try:
            return tuple(self._err.read_text(encoding="utf-8", errors="replace").splitlines())
        except OSError:
            return ()


class Workshop:
    """The jobs of one run of the page: one at a time, those that are over remembered."""

    def __init__(self, options: Sequence[str] = ()) -> None:
        """Keep what is typed after every verb, besides the folder."""
        self._options = tuple(options)
        self._lock = threading.Lock()
        self._jobs: dict[int, _Job] = {}
        self._last = 0

    def start(self, order: JobOrder, root: Path) -> JobView:
        """Begin; `JobRunning` while another one runs."""
        with self._lock:
            job_now = self.job_now()
            if job_now is not None:
                raise JobRunning(title=job_now.order.title)
            self._last += 1
            folder = ("--office", str(root)) if order.act != "init" else ()
            verb, *words = order.words
            options = ("--full-json", *folder, *self._options)
            command = [sys.executable, "-m", "tracker", verb, *options, *words]
            job = _Job(self._last, order, command, root)
            self._jobs[self._last] = job
            self._jobs.pop(self._last - _MEMORY, None)
        threading.Thread(target=job.wait, name=f"job-{job.number}", daemon=True).start()
        return job.view()

    def stop(self, number: int) -> None:
        """Stop one, if it still runs."""
        job = self._jobs.get(number)
        if job is not None:
            job.stop()

    def job_now(self) -> JobView | None:
        """The job that is not over."""
        return next((view for view in self.views() if view.is_running), None)

    def views(self) -> tuple[JobView, ...]:
        """Every job that is remembered, the latest first."""
        return tuple(job.view() for job in reversed(list(self._jobs.values())))

    def latest(self, *acts: str, subject: str | None = None) -> JobView | None:
        """The latest job of these acts that is over; about one file, where it is named."""
        return next(
            (
                view
                for view in self.views()
                if not view.is_running
                and view.order.act in acts
                and (subject is None or view.order.subject == subject)
            ),
            None,
        )
