"""What every step is told: the clock, the person and the folder. Only `cli` reads them from the world."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, TypeVar

from tracker.problems.base import Exit, TrackerError
from tracker.values import dataclass
from tracker.workdays import CHINA as CHINA

T = TypeVar("T")


def _say_nothing(done: int, total: int, word: str) -> None:
    """Nobody is watching."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a verb.

    Attributes:
        now: The moment, with time zone +08:00.
        person: Who calls, for the act.
        start: The folder the command stands in, or that `--office` names; the office folder is looked for
            from here upwards.
        dry_run: Decide and say, but write nothing.
        progress: Is told how far a long step is: so many done, of how many, and of what in a word.
        ask: Asks the person who calls and gives the answer; None where nobody sits there.
        tell: Says a line at once, whatever the verb says when it is done.
    """

    now: dt.datetime
    person: str
    start: Path
    dry_run: bool = False
    progress: Callable[[int, int, str], None] = field(default=_say_nothing, compare=False, repr=False)
    ask: Callable[[str], str] | None = field(default=None, compare=False)
    tell: Callable[[str], None] = field(default=lambda line: None, compare=False)

    def one_by_one(self, things: Collection[T], word: str) -> Iterator[T]:
        """The things one after the other; how far they are is told."""
        total = len(things)
        for done, item in enumerate(things):
            self.progress(done, total, word)
            yield item
        self.progress(total, total, word)

    @property
    def today(self) -> dt.date:
        """The day of `now`."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Result:
    """What a verb says when it is done.

    Attributes:
        lines: For people, in Chinese, one line each.
        data: For machines (`--json`): values that JSON can hold.
        exit: How it went.
        problem: A refusal that goes with what could be said all the same; told on stderr.
    """

    lines: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    exit: Exit = Exit.DONE
    problem: TrackerError | None = None
