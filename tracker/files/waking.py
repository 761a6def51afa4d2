"""What wakes `tracker run`: the only module that imports schedule, which wakes and does nothing else.

`schedule` forgets its jobs when it ends, skips what was missed while the PC slept, and lets one failing job starve the
others; so it is given one job that cannot fail, and what is due is computed from facts.
"""

from __future__ import annotations

import time
from collections.abc import Callable


def keep_waking(
    do: Callable[[], None],
    *,
    minutes: int,
    until: Callable[[], bool],
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Do something now and every so many minutes, until told otherwise."""
    import schedule

    waker = schedule.Scheduler()
    waker.every(minutes).minutes.do(do)
    do()
    while not until():
        waker.run_pending()
        # A clock that was set back would let the waker sleep for as long; a short sleep and a look at what is due
        # in real minutes do not depend on it.
        sleep(min(30.0, minutes * 60.0))
        idle = waker.idle_seconds
        if idle is not None and idle > minutes * 60 * 2:
            waker.clear()
            waker.every(minutes).minutes.do(do)
