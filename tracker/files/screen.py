"""A bar at the terminal that says how far a long command is; rich draws it, and is loaded when one is drawn.

    with ProgressBar() as bar:
        sync(replace(call, progress=bar.report, ask=bar.aside(call.ask)))

Nothing is drawn in the first PATIENCE seconds, nor while somebody is asked, and nothing stays when it ends. A command that
reports nothing gets a bar that only moves. What is printed meanwhile stands above the bar.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# Seconds that somebody waits without being told.
PATIENCE = 2.0
# What is said of a command that does not say how far it is.
_AT_WORK = "正在办理"


class ProgressBar:
    """What a command reports, shown on stderr from `patience` seconds on."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._lock = threading.Lock()
        self._clock = threading.Timer(patience, self._show)
        self._clock.daemon = True
        self._is_due = self._is_over = self._is_asking = False
        # Done, of how many (None: nobody knows), and of what.
        self._state: tuple[int, int | None, str] = (0, None, _AT_WORK)
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
            self._hide()

    def report(self, done: int, total: int, word: str) -> None:
        """So many of so many are done; the word says of what."""
        with self._lock:
            self._state = (done, total, word)
            if self._is_due:
                self._draw()

    def aside(self, ask: Callable[[str], str] | None) -> Callable[[str], str] | None:
        """The same way of asking, with no bar in the line in which somebody types."""
        if ask is None:
            return None

        def ask_alone(question: str) -> str:
            with self._lock:
                self._is_asking = True
                self._hide()
            try:
                return ask(question)
            finally:
                with self._lock:
                    self._is_asking = False
                    if self._is_due:
                        self._draw()

        return ask_alone

    def _hide(self) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._progress = self._task = None

    def _show(self) -> None:
        with self._lock:
            self._is_due = True
            self._draw()

    def _draw(self) -> None:
        if self._is_over or self._is_asking:
            return
        done, total, word = self._state
        text = word if total is None else f"{word} {done}/{total}"
        if self._progress is None or self._task is None:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._progress.add_task(text, total=total)
            self._progress.start()
        self._progress.update(self._task, description=text, completed=done, total=total)
