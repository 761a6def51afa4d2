"""Workers: started when the first file comes, used for one file after the other, replaced when they die.

Many files go in batches. One that ends its worker takes the answers of its whole batch along; then, and only then, each
file of the batch is asked for alone, so that what comes of a file never depends on its neighbours.

Whatever a file does to a worker, the caller gets an answer within the time limit and no process is left
behind. A worker is a bare interpreter that imports `worker` and is given our own `sys.path` (a wheel, an
editable install and a clone differ in nothing else); `multiprocessing` would import the program's main
module once more.
"""

from __future__ import annotations

import atexit
import contextlib
import signal
import sys
import threading
from collections.abc import Sequence
from typing import Any, BinaryIO

from tracker.files.guard.limits import CLOCK_SECONDS, MEGABYTE, confine
from tracker.files.guard.wire import NotPlain, receive, send

_START = "import sys; sys.path[:] = {path!r}; from tracker.files.guard.worker import main; main()"


class Died(Exception):
    """The worker went away without an answer: `what` says in Chinese how, `is_late` whether by the clock."""

    def __init__(self, what: str, *, is_late: bool) -> None:
        self.what = what
        self.is_late = is_late
        super().__init__(what)


# Workers that this system let run without a limit of memory.
_FREE: list[int] = []


def lacks_limits() -> bool:
    """Whether a worker read a file with nothing but the clock to stop it: Windows gave it no job."""
    return bool(_FREE)


class Worker:
    """One process, and the two pipes to it."""

    def __init__(self) -> None:
        import subprocess

        is_windows = sys.platform == "win32"
        # A virtual environment's python.exe only starts the real one, which would escape the job.
        python = getattr(sys, "_base_executable", sys.executable) if is_windows else sys.executable
        self._process = subprocess.Popen(
            [python, "-I", "-S", "-X", "utf8", "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._job = confine(self._process)
        if self._job is None:
            _FREE.append(self._process.pid)
        self._timed_out = False

    def ask(self, name: str, data: bytes, seconds: float, task: str = "source") -> tuple[str, Any, bool]:
        """Have one file read; raises `Died` when there will be no answer."""
        ((word, value),), retires = self.ask_all([(name, data)], seconds, task)
        return word, value, retires

    def ask_all(
        self, files: Sequence[tuple[str, bytes]], seconds: float, task: str
    ) -> tuple[list[tuple[str, Any]], bool]:
        """Have files read, by name and bytes: the answers, fewer where it retires before the last, and whether it does."""
        self._timed_out = False
        clock = threading.Timer(seconds, self._out_of_time)
        clock.daemon = True
        clock.start()
        try:
            send(self._stdin, (task, list(files)))
            answers, retires = receive(self._stdout)
            return answers, retires
        except (EOFError, OSError, NotPlain):
            self.close()
            raise self._death() from None
        finally:
            clock.cancel()

    def close(self) -> None:
        """End the process and wait until it is gone."""
        with contextlib.suppress(OSError):
            self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process.wait()

    @property
    def pid(self) -> int:
        """Its process number."""
        return self._process.pid

    @property
    def _stdin(self) -> BinaryIO:
        assert self._process.stdin is not None
        return self._process.stdin  # type: ignore[return-value]  # typeshed: IO[bytes]

    @property
    def _stdout(self) -> BinaryIO:
        assert self._process.stdout is not None
        return self._process.stdout  # type: ignore[return-value]  # typeshed: IO[bytes]

    def _out_of_time(self) -> None:
        self._timed_out = True
        with contextlib.suppress(OSError):
            self._process.kill()

    def _death(self) -> Died:
        # A process that was killed for its processor time was as late as one that the clock stopped.
        processor = getattr(signal, "SIGXCPU", None)
        if self._timed_out or (processor and self._process.returncode == -processor):
            return Died("超过了时间上限", is_late=True)
        return Died("读取程序异常退出", is_late=False)


class Pool:
    """Idle workers. Threads may ask at the same time; each then has a worker of its own."""

    def __init__(self) -> None:
        self._idle: list[Worker] = []
        self._lock = threading.Lock()
        atexit.register(self.close)

    def warm(self) -> None:
        """Start a worker now, so that it is ready when the first file comes."""
        with self._lock:
            if not self._idle:
                self._idle.append(Worker())

    def ask(
        self, name: str, data: bytes, seconds: float = CLOCK_SECONDS, *, task: str = "source"
    ) -> tuple[str, Any]:
        """Have one file read by a worker (`source`, or its `pictures`); raises `Died`.

        A worker that has read other files before may die of what they left behind; what a file gives must not
        depend on its neighbours, so then, and only then, a new one is asked once more.
        """
        worker = self._idle_worker()
        if worker is not None:
            try:
                return self._ask(worker, [(name, data)], seconds, task)[0]
            except Died as death:
                if death.is_late:
                    raise
        return self._ask(Worker(), [(name, data)], seconds, task)[0]

    def ask_all(
        self, files: Sequence[tuple[str, bytes]], seconds: float = CLOCK_SECONDS, *, task: str = "source"
    ) -> list[tuple[str, Any]]:
        """Have many files read, in batches: an answer for each, `alone` where it has to be asked for by itself."""
        answers: list[tuple[str, Any]] = []
        while len(answers) < len(files):
            batch = _batch(files, len(answers))
            try:
                answers += self._ask(self._idle_worker() or Worker(), batch, seconds, task)
            except Died:
                answers += [("alone", None)] * len(batch)
        return answers

    def _idle_worker(self) -> Worker | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _ask(
        self, worker: Worker, files: Sequence[tuple[str, bytes]], seconds: float, task: str
    ) -> list[tuple[str, Any]]:
        try:
            answers, retires = worker.ask_all(files, seconds, task)
        except BaseException:
            worker.close()
            raise
        if retires:
            worker.close()
        else:
            with self._lock:
                self._idle.append(worker)
        return answers

    def close(self) -> None:
        """End all idle workers."""
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.close()


# How many files go together, and how many bytes of them: a batch is one question, held whole on both sides.
BATCH_FILES, BATCH_BYTES = 32, 4 * MEGABYTE


def _batch(files: Sequence[tuple[str, bytes]], first: int) -> Sequence[tuple[str, bytes]]:
    """The files from `first` on that go together: one at least."""
    end, size = first, 0
    while end < len(files) and end - first < BATCH_FILES and (end == first or size < BATCH_BYTES):
        size += len(files[end][1])
        end += 1
    return files[first:end]
