"""What has to be done within seconds, on a machine that nobody else uses.

    python -m tests.soaks.walls

The tests count work instead of seconds; an expression that runs back and forth over its text does no countable
work, and what a person waits for are seconds.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable
from functools import partial

from tests.support.hostile import HOSTILE, Hostile
from tests.support.many import report_on
from tracker.files.guard import opening as guard
from tracker.problems.base import TrackerError
from tracker.reading.deadlines.phrases import read_deadline

PIECES = (
    *(
        "一二三四五六七八九十",
        "1234567890",
        "6月底前完成，",
        "6月(",
        "收到后3个工作日内",
        "每",
        "《",
        "2021年",
        "1-",
    ),
)
# Characters in one cell; a tenth of a second where it is linear, a minute where it is not.
LONG = 12_000


def _deadlines() -> None:
    for piece in PIECES:
        for inside in (False, True):
            read_deadline(piece * (LONG // len(piece)), year=2021, inside=inside)


def _read(case: Hostile) -> None:
    with contextlib.suppress(TrackerError):
        guard.read_bytes(case.draw(), case.name)


WALLS: tuple[tuple[str, float, Callable[[], object]], ...] = (
    ("deadlines in a page of figures", 2, _deadlines),
    *((case.what, 2, partial(_read, case)) for case in HOSTILE),
    ("a report on two thousand items", 15, lambda: report_on(2000)),
)


def main() -> bool:
    """Measure them all; true when each is within its seconds."""
    guard.warm()
    content = True
    for what, limit, work in WALLS:
        begun = time.perf_counter()
        work()
        took = time.perf_counter() - begun
        content = content and took < limit
        print(f"{what:<45}{took:8.2f} s of {limit:g}")
    return content


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
