"""Old documents and sheets (.doc, .wps, .rtf, Excel 2003 XML …) turned into new ones by LibreOffice, if installed.

LibreOffice runs without a screen, with a profile of its own that is thrown away (a running LibreOffice of the
user is left in peace, and no setting of theirs holds here) and that forbids macros and linked content, and with
a time limit. What it makes comes in through the door like any other file.
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
_TEXT = ("docx", "MS Word 2007 XML")
_SHEET = ("xlsx", "Calc MS Excel 2007 XML")
# What the user is told it is, the ending that LibreOffice goes by, what it becomes and through which filter.
_OLD = {
    "doc": ("旧版 Word 或 WPS 文字文件", "doc", *_TEXT),
    "rtf": ("RTF 文件", "rtf", *_TEXT),
    "odt": ("OpenDocument 文字文件", "odt", *_TEXT),
    "xml-text": ("Word XML 文件", "xml", *_TEXT),
    "biff": ("早期版本的 Excel 文件", "xls", *_SHEET),
    "xml-sheet": ("Excel 2003 XML 表格", "xml", *_SHEET),
    "flat-open": ("OpenDocument 单一 XML 表格", "fods", *_SHEET),
}
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


def convert(data: bytes, *, kind: str, name: str, seconds: float = SECONDS) -> bytes:
    """Convert a file of an old kind; raises `NeedsOffice` or `NotConverted`."""
    called, ending, becomes, through = _OLD[kind]
    command = office()
    if not command:
        raise NeedsOffice(file=name, kind=called, ending=f".{becomes}")
    with tempfile.TemporaryDirectory(prefix="tracker-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        source = work / f"source.{ending}"
        source.write_bytes(data)
        settings = work / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        words = [
            command, "--headless", "--norestore", "--nolockcheck", "--nodefault",
            f"-env:UserInstallation={(work / 'profile').as_uri()}",
            "--convert-to", f"{becomes}:{through}", "--outdir", str(work / "out"), str(source),
        ]  # fmt: skip
        if not _run(words, seconds):
            raise NotConverted(file=name, kind=called, what="转换超时", ending=f".{becomes}")
        made = work / "out" / f"source.{becomes}"
        if not made.is_file():
            raise NotConverted(file=name, kind=called, what="没有得到结果", ending=f".{becomes}")
        return made.read_bytes()


def _run(words: list[str], seconds: float) -> bool:
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
