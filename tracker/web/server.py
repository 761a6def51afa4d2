"""One run of the page: a port of this PC's own, a browser that is shown it, and an end when nobody looks any more.

It ends when for `IDLE_SECONDS` no page was looked at (each asks `/beat` now and then; a browser lets a page in the
background do so once a minute) and no job runs. A job that runs outlives even a page that is killed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
import time
import webbrowser
from collections.abc import Callable
from dataclasses import replace

from waitress import create_server

from tracker.problems.base import TrackerError
from tracker.steps.call import CHINA, Call, Result
from tracker.steps.desk import open_desk
from tracker.web.app import TOTAL_LIMIT, make_app
from tracker.web.jobs import Workshop
from tracker.web.safety import HOST, Gate

IDLE_SECONDS = 600.0
_STEP = 1.0


def serve(
    call: Call,
    *,
    moment: tuple[str, ...] = (),
    is_shown: bool = True,
    tell: Callable[[str], None] = print,
    idle: float = IDLE_SECONDS,
) -> Result:
    """Serve the page of the office that the call stands in, or of a folder that is to become one.

    Args:
        call: The person and the folder; its clock where `moment` says so.
        moment: `--now` and the moment, typed after every verb; empty for the clock of the PC.
        is_shown: Whether to open the PC's browser.
        tell: Says where it is.
        idle: After how many seconds without anybody it ends.
    """

    def now() -> Call:
        return call if moment else replace(call, now=dt.datetime.now(CHINA))

    _back_up(call)
    last = time.monotonic()

    def heard() -> None:
        nonlocal last
        last = time.monotonic()

    workshop = Workshop(moment)
    app_of: dict[str, object] = {}

    def application(environ: dict[str, object], start: Callable[..., object]) -> object:
        return app_of["app"](environ, start)  # type: ignore[operator]

    server = create_server(
        application, host=HOST, port=0, threads=6, max_request_body_size=TOTAL_LIMIT + (1 << 20), ident=None
    )
    gate = Gate(int(server.effective_port))
    app_of["app"] = make_app(now, gate, workshop, heard)
    threading.Thread(target=server.run, name="page", daemon=True).start()
    address = f"{gate.origin}/enter/{gate.token}"
    if is_shown:
        webbrowser.open(address)
        tell("工作台已在浏览器里打开。办完关掉网页就可以，这个窗口过一会儿会自己结束。")
    else:
        tell(f"请在本机浏览器里打开（只能用一次）：{address}")
    while time.monotonic() - last < idle or workshop.running() is not None:
        time.sleep(min(_STEP, idle))
    server.close()
    return Result(("工作台已结束：有一会儿没有人看了。需要时再打开。",), {"port": gate.port})


def _back_up(call: Call) -> None:
    """Keep the day's copy of the ledger: an office without the scheduler has no other."""
    # A folder that is no office yet, or whose settings are spoiled: the page says what to do.
    with contextlib.suppress(TrackerError, OSError), open_desk(call) as desk:
        desk.back_up()
