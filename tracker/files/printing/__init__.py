"""The sheet of A4 as a .pdf and as a picture, by whatever program this PC has for it.

    LibreOffice    prints the sheet 一页看板 of the workbook of charts; it fits it to one page by itself
    Edge, Chrome   prints the page from its file; every Windows 10 has Edge
    neither        nothing is made, and the page itself can still be printed

LibreOffice goes first: it needs no leave of anybody's policy, and it prints the workbook that the office has, too.
The dates and ids that both programs write into a .pdf are set to fixed ones: the same facts give the same bytes on
the same PC.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tracker.files import libreoffice
from tracker.files.printing import browsers
from tracker.files.printing.sheets import pages_in
from tracker.files.printing.sheets import picture
from tracker.files.printing.sheets import steady


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
            libreoffice.find_libreoffice(),
            lambda: libreoffice.through_office(workbook, "xlsx", "pdf"),
        ),
        ("浏览器", browsers.find_browser(), lambda: browsers.print_page(page, "#a4")),
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
        except (libreoffice.NotMade, ValueError, OSError) as why:
            failures.append(f"{name}{why}")
    return Printout(failures=tuple(failures))
