"""A browser that is installed anyway (Edge, Chrome, Chromium), asked to print a page of ours without a window.

It gets a profile of its own that is thrown away, may resolve no name (a page of ours asks for nothing), and has a
time limit.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from tracker.files.libreoffice import NotMade
from tracker.files.libreoffice import run_within

PRINT_SECONDS = 60.0
_BROWSER_NAMES = ("msedge", "microsoft-edge", "google-chrome", "chromium", "chromium-browser", "chrome")
# Where installers put them without telling the search path.
_BROWSER_PLACES = (
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
_BROWSER_FLAGS = (
    "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    # Without the address and the day at the edges; the second name is that of older versions.
    "--no-pdf-header-footer", "--print-to-pdf-no-header",
)  # fmt: skip


def find_browser() -> str:
    """A browser's command; empty where none is installed."""
    path = next((command for name in _BROWSER_NAMES if (command := shutil.which(name))), "")
    return path or next((place for place in _BROWSER_PLACES if Path(place).is_file()), "")


def print_page(page: bytes, fragment: str = "", *, seconds: float = PRINT_SECONDS) -> bytes:
    """A page of ours as .pdf; `fragment` is what stands after its address."""
    with tempfile.TemporaryDirectory(prefix="tracker-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_bytes(page)
        words = [
            find_browser(),
            *_BROWSER_FLAGS,
            f"--user-data-dir={Path(folder) / 'profile'}",
            f"--print-to-pdf={target}",
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            words.append("--no-sandbox")  # it refuses to start otherwise
        if not run_within([*words, source.as_uri() + fragment], seconds):
            raise NotMade("打印超时")
        if not target.is_file():
            raise NotMade("没有得到结果")
        return target.read_bytes()
