"""Old text documents (.doc, .wps, .rtf, .odt) turned into .docx by LibreOffice, where it is installed.

LibreOffice runs without a screen, with a profile of its own that is thrown away (a running LibreOffice of the
user is left in peace, and no macro setting of theirs holds here: in a fresh profile macros do not run), and
with a time limit. What it makes comes in through the door like any other file.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tracker.problems.door import NeedsOffice
from tracker.problems.door import NotConverted

SECONDS = 90.0
# Where installers put it without telling the search path.
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


def office() -> str:
    """LibreOffice's command; empty where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found:
        return found
    return next((place for place in _PLACES if Path(place).is_file()), "")


def to_docx(data: bytes, *, kind: str, name: str, seconds: float = SECONDS) -> bytes:
    """Convert a document; raises `NeedsOffice` or `NotConverted`."""
    command = office()
    if not command:
        raise NeedsOffice(file=name)
    with tempfile.TemporaryDirectory(prefix="tracker-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        source = work / f"document.{kind}"
        source.write_bytes(data)
        _run(
            [command, "--headless", "--norestore", "--nolockcheck", "--nodefault",
             f"-env:UserInstallation={(work / 'profile').as_uri()}",
             "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(work / "out"), str(source)],
            name, seconds,
        )  # fmt: skip
        made = work / "out" / "document.docx"
        if not made.is_file():
            raise NotConverted(file=name, what="没有得到结果")
        return made.read_bytes()


def _run(words: list[str], name: str, seconds: float) -> None:
    # In a group of its own: the command is a script that starts the program proper.
    process = subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise NotConverted(file=name, what="转换超时") from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it started, if any of it still runs."""
    if process.poll() is None:
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                subprocess.run(
                    ["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False
                )
            else:
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    process.wait()
