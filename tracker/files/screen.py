"""A bar at the terminal that says how far a long command is; rich draws it, and is loaded when one is drawn.

    with ProgressBar() as bar:
        sync(replace(call, progress=bar.report))

Nothing is drawn in the first PATIENCE seconds, nor for a command that reports nothing, and nothing stays when it ends. What
is printed meanwhile stands above the bar.
"""

from __future__ import annotations

import threading
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# Seconds that somebody waits without being told.
PATIENCE = 2.0


class ProgressBar:
    """What a command reports, shown on stderr from `patience` seconds on."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._lock = threading.Lock()
        self._clock = threading.Timer(patience, self._show)
        self._clock.daemon = True
        self._is_due = self._is_over = False
        self._state: tuple[int, int, str] | None = None
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> ProgressBar:
        self._clock.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clock.cancel()
        with self._lock:
            self._is_over = True
            if self._progress is not None:
                self._progress.stop()

    def report(self, done: int, total: int, word: str) -> None:
        """So many of so many are done; the word says of what."""
        with self._lock:
            self._state = (done, total, word)
            if self._is_due:
                self._draw()

    def _show(self) -> None:
        with self._lock:
            self._is_due = True
            self._draw()

    def _draw(self) -> None:
        if self._state is None or self._is_over:
            return
        done, total, word = self._state
        if self._progress is None or self._task is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
            )
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._progress.add_task(word, total=total)
            self._progress.start()
        self._progress.update(self._task, description=word, completed=done, total=total)
