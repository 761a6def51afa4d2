"""What every step is told: the clock, the person and the folder. Only `cli` reads them from the world."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tracker.problems.base import Exit, TrackerError

# Offices work in one time zone; China has had no summer time since 1991.
CHINA = dt.timezone(dt.timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a verb.

    Attributes:
        now: The moment, with time zone +08:00.
        person: Who calls, for the act.
        start: The folder the command stands in, or that `--office` names; the office folder is looked for
            from here upwards.
        dry_run: Decide and say, but write nothing.
        ask: Asks the person who calls and gives the answer; None where nobody sits there.
        tell: Says a line at once, whatever the verb says when it is done.
    """

    now: dt.datetime
    person: str
    start: Path
    dry_run: bool = False
    ask: Callable[[str], str] | None = field(default=None, compare=False)
    tell: Callable[[str], None] = field(default=lambda line: None, compare=False)

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
