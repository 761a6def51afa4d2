"""LibreOffice, where it is installed: turns a file of one kind into another, without a screen.

It runs with a profile of its own that is thrown away (a running LibreOffice of the user is left in peace, and no
setting of theirs holds here) and that forbids macros and linked content, and with a time limit.
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

CONVERSION_SECONDS = 90.0
# In the throw-away profile: no macro, no active content, nothing fetched that a document links to.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
</oor:items>
"""
# Where installers put it without telling the search path.
_LIBREOFFICE_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


def find_libreoffice() -> str:
    """LibreOffice's command; empty where it is not installed."""
    command = shutil.which("soffice") or shutil.which("libreoffice")
    if command:
        return command
    return next((place for place in _LIBREOFFICE_PLACES if Path(place).is_file()), "")


class NotMade(Exception):
    """LibreOffice made nothing; its text says why, for people."""


def through_office(
    data: bytes, ending: str, becomes: str, *, writer: str = "", seconds: float = CONVERSION_SECONDS
) -> bytes:
    """Have a file turned into another.

    Args:
        data: The file.
        ending: The ending that LibreOffice goes by.
        becomes: The ending of what comes out.
        writer: LibreOffice's name for the filter that writes it; empty leaves the choice to it.
        seconds: After so long it is ended.

    Raises:
        NotMade: It took too long, or nothing came out.
    """
    with tempfile.TemporaryDirectory(prefix="tracker-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        source = work / f"source.{ending}"
        source.write_bytes(data)
        settings = work / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        words = [
            find_libreoffice(), "--headless", "--norestore", "--nolockcheck", "--nodefault",
            f"-env:UserInstallation={(work / 'profile').as_uri()}",
            "--convert-to", f"{becomes}:{writer}" if writer else becomes, "--outdir", str(work / "out"), str(source),
        ]  # fmt: skip
        if not run_within(words, seconds):
            raise NotMade("转换超时")
        target = work / "out" / f"source.{becomes}"
        if not target.is_file():
            raise NotMade("没有得到结果")
        return target.read_bytes()


def run_within(words: list[str], seconds: float) -> bool:
    """Run a program; False when it took too long and was ended."""
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
        return True
    except subprocess.TimeoutExpired:
        return False
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
