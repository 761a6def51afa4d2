"""A real browser, asked over a pipe: what it loads, what it complains about, what stands in the page, how it prints.

Chromium's own protocol (one JSON text, then a NUL) over two pipes that it finds as its files 3 and 4; no package is
needed for that. Not on Windows, where a program does not inherit files by number.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --disable-extensions --remote-debugging-pipe"
)

# A page of the desk that is loaded, and what it started is over.
WHOLE = "document.readyState === 'complete' && document.querySelector('#job')?.dataset.state !== 'running'"


class Browser:
    """A running browser with one page open.

    Attributes:
        requests: Address of everything that the page asked for.
        complaints: What stood in its console, and every exception.
    """

    def __init__(self, command: str, profile: Path, *, javascript: bool = True) -> None:
        read_theirs, write_ours = os.pipe()
        read_ours, write_theirs = os.pipe()

        def arrange() -> None:
            # Via high numbers, lest 3 or 4 be one of the four itself.
            high = os.dup2(read_theirs, 200), os.dup2(write_theirs, 201)
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self._process = subprocess.Popen(
            [command, *FLAGS.split(), f"--user-data-dir={profile}", "about:blank"],
            preexec_fn=arrange,
            close_fds=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(read_theirs)
        os.close(write_theirs)
        self._out, self._in = os.fdopen(write_ours, "wb"), os.fdopen(read_ours, "rb")
        self._last, self._rest, self._session = 0, b"", ""
        self._events: list[dict[str, Any]] = []
        self.requests: list[str] = []
        self.complaints: list[str] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for each in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{each}.enable")
        if not javascript:
            self.ask("Emulation.setScriptExecutionDisabled", value=True)

    def ask(self, method: str, **said: Any) -> dict[str, Any]:
        """Ask something and wait for the answer."""
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": said}
        if self._session:
            message["sessionId"] = self._session
        self._out.write(json.dumps(message).encode() + b"\0")
        self._out.flush()
        while (answer := self._next()).get("id") != self._last:
            self._hear(answer)
        if "error" in answer:
            raise AssertionError(f"{method}: {answer['error']}")
        return dict(answer["result"])

    def open(self, address: str) -> None:
        """Open a page and wait until it is loaded; what was heard before is forgotten."""
        self.requests.clear()
        self.complaints.clear()
        self._events.clear()
        self.ask("Page.navigate", url=address)
        while not any(each["method"] == "Page.loadEventFired" for each in self._events):
            self._hear(self._next())
        self.ask("Runtime.evaluate", expression="1")

    def see(self, wide: int, high: int) -> None:
        """Make the window so large."""
        self.ask(
            "Emulation.setDeviceMetricsOverride", width=wide, height=high, deviceScaleFactor=1, mobile=False
        )

    def run(self, expression: str) -> Any:
        """What a line of JavaScript says."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def wait(self, expression: str, seconds: float = 60.0) -> None:
        """Wait until a line of JavaScript says something true."""
        end = time.monotonic() + seconds
        while not self.holds(expression):
            assert time.monotonic() < end, f"never: {expression}"
            time.sleep(0.1)

    def leave(self, script: str, seconds: float = 60.0) -> None:
        """Do what leads to another page, and wait until that one is whole and nothing that it tells of still runs."""
        self.run("window.former = true")
        self.run(script)
        self.wait(f"!window.former && {WHOLE}", seconds)

    def holds(self, expression: str) -> bool:
        """Whether a line of JavaScript says something true; between two pages it may fail, and holds nothing."""
        try:
            return bool(self.run(expression))
        except AssertionError:
            return False

    def printed(self, **said: Any) -> bytes:
        """The page as .pdf, in the sizes that it asks for."""
        answer = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True, **said)
        return base64.b64decode(answer["data"])

    def picture(self, *, whole: bool = False) -> bytes:
        """The page as .png."""
        answer = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        return base64.b64decode(answer["data"])

    def close(self) -> None:
        """End it."""
        self._session = ""
        try:
            self.ask("Browser.close")
        finally:
            self._out.close()
            self._in.close()
            self._process.kill()
            self._process.wait()

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            piece = os.read(self._in.fileno(), 1 << 20)
            if not piece:
                raise AssertionError("the browser ended")
            self._rest += piece
        text, self._rest = self._rest.split(b"\0", 1)
        return dict(json.loads(text))

    def _hear(self, event: dict[str, Any]) -> None:
        self._events.append(event)
        said = event.get("params", {})
        if event.get("method") == "Network.requestWillBeSent":
            self.requests.append(said["request"]["url"])
        elif event.get("method") == "Runtime.exceptionThrown":
            self.complaints.append(str(said["exceptionDetails"]))
        elif event.get("method") == "Runtime.consoleAPICalled":
            self.complaints.append(str(said["args"]))
        elif event.get("method") == "Log.entryAdded":
            self.complaints.append(said["entry"]["text"])


@contextmanager
def browser(command: str, profile: Path, *, javascript: bool = True) -> Iterator[Browser]:
    """A browser, and its end."""
    one = Browser(command, profile, javascript=javascript)
    try:
        yield one
    finally:
        one.close()
