"""What has to be done within seconds, on a machine that nobody else uses.

    python -m tests.soaks.walls

The tests count work instead of seconds; an expression that runs back and forth over its text does no countable
work, and what a person waits for are seconds.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

from tests.support.hostile import HOSTILE
from tests.support.many import report_on
from tracker.files.guard import opening
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


def _read(data: bytes, name: str) -> None:
    with contextlib.suppress(TrackerError):
        opening.read_bytes(data, name)


def walls() -> Iterator[tuple[str, float, Callable[[], object]]]:
    """What is done, within how many seconds, and the doing; a file is drawn before its clock starts."""
    yield "deadlines in a page of figures", 2, _deadlines
    for case in HOSTILE:
        yield case.what, 2, partial(_read, case.draw(), case.name)
    yield "a report on two thousand items", 15, lambda: report_on(2000)


def main() -> bool:
    """Measure them all; true when each is within its seconds."""
    opening.warm()
    is_within = True
    for what, limit, work in walls():
        start = time.perf_counter()
        work()
        seconds = time.perf_counter() - start
        is_within = is_within and seconds < limit
        print(f"{what:<45}{seconds:8.2f} s of {limit:g}")
    return is_within


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
