"""Other people's programs on this PC: LibreOffice, a browser, and whatever the PC opens a document with.

    program         for                                                          how
    LibreOffice     old formats; the sheet 一页看板 of the workbook of charts      a profile of its own that forbids macros and
                                                                                 linked content, thrown away; a time limit
    Edge, Chrome    the page 一页看板, where there is no LibreOffice                a profile of its own, thrown away, that may
                                                                                 resolve no name; a time limit
    of the system   a document that a person opens                               started and left alone

A running LibreOffice of the user is left in peace, and no setting of theirs holds here. It prints first: it needs no leave of
anybody's policy, fits the sheet to one page by itself, and the workbook is what the office has, too. Every Windows 10 has
Edge. Where there is neither, nothing is made, and the page itself can still be printed. The dates and ids that both write
into a .pdf are set to fixed ones: the same facts give the same bytes on the same PC.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tracker import patterns as re
from tracker.values import dataclass

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


@dataclass(frozen=True, slots=True)
class Printout:
    """What was made of a sheet.

    Attributes:
        pdf: One page; empty where nothing could make it.
        png: The same as a picture; empty likewise.
        by: The program that made it.
        failures: What was tried and did not succeed, for people; empty where all went well or nothing is installed.
    """

    pdf: bytes = b""
    png: bytes = b""
    by: str = ""
    failures: tuple[str, ...] = ()


def print_sheet(workbook: bytes, page: bytes) -> Printout:
    """Print the sheet, from the workbook or from the page."""
    ways: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
        (
            "LibreOffice",
            find_libreoffice(),
            lambda: through_office(workbook, "xlsx", "pdf"),
        ),
        ("浏览器", find_browser(), lambda: print_page(page, "#a4")),
    )
    failures: list[str] = []
    for name, command, make in ways:
        if not command:
            continue
        try:
            pdf = steady(make())
            if pages_in(pdf) != 1:
                failures.append(f"{name}没有排成一页")
                continue
            return Printout(pdf, picture(pdf), name, tuple(failures))
        except (NotMade, ValueError, OSError) as why:
            failures.append(f"{name}{why}")
    return Printout(failures=tuple(failures))


def open_with_system(path: Path) -> None:
    """Show a document or a folder in the program that this PC has for it; does not wait for it.

    Raises:
        OSError: The system has no program for it.
    """
    if sys.platform == "win32":
        os.startfile(path)
    else:
        command = "open" if sys.platform == "darwin" else "xdg-open"
        process = subprocess.Popen(
            [command, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        threading.Thread(target=process.wait, daemon=True).start()


# Wide enough to be read on a telephone; a chat group takes pictures up to 2 MB.
_DOTS_PER_INCH = 150
_DATE = re.compile(rb"/(?:CreationDate|ModDate) ?\(D:\d{14}")
# What a program draws anew each time: the file's two ids, and LibreOffice's sum of its own contents.
_ANEW = re.compile(rb"(/ID ?\[|/DocChecksum ?/)([\s<>0-9A-Fa-f]+)")
# A browser names the elements of the page by a counter of its own, which other work of its moves on.
_ELEMENT = re.compile(rb"(?<=\(node)\d{8}(?=\))")


def pages_in(pdf: bytes) -> int:
    """How many pages there are; ValueError where it is no .pdf."""
    try:
        with _document(pdf) as whole:
            return len(whole)
    except RuntimeError as why:  # pypdfium2's own error is one of these
        raise ValueError(str(why)) from why


def picture(pdf: bytes) -> bytes:
    """The first page as .png."""
    with _document(pdf) as whole:
        buffer = io.BytesIO()
        whole[0].render(scale=_DOTS_PER_INCH / 72).to_pil().save(buffer, "PNG", optimize=True)
        return buffer.getvalue()


def steady(pdf: bytes) -> bytes:
    """The same .pdf with fixed dates and ids; not a byte longer, because it knows its own places.

    >>> steady(b"/CreationDate(D:20260501093011+08'00')/ID [<AB12> <CD34>]")
    b"/CreationDate(D:20200101000000+08'00')/ID [<0000> <0000>]"
    >>> steady(b"/DocChecksum /9F3A>>")
    b'/DocChecksum /0000>>'
    >>> steady(b"/ID (node00000549) /ID (node00000551)")
    b'/ID (node00000000) /ID (node00000002)'
    """
    data = _DATE.sub(lambda date: date.group()[:-14] + b"20200101000000", pdf)
    data = _ANEW.sub(_zeros, data)
    first = min(map(int, _ELEMENT.findall(data)), default=0)
    return _ELEMENT.sub(lambda number: b"%08d" % (int(number.group()) - first), data)


def _zeros(match: re.Match[bytes]) -> bytes:
    return match.group(1) + re.sub(rb"[0-9A-Fa-f]", b"0", match.group(2))


def _document(pdf: bytes) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(pdf)
