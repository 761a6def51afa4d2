"""Somebody before the local page in a real browser: clicks, types and drops, and counts it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl

from tests.support.browser import WHOLE, Browser, browser
from tests.support.desk import running_desk


class Clerk:
    """Counts clicks and typed fields."""

    def __init__(self, window: Browser) -> None:
        self.window = window
        self.clicks, self.fields, self.start = 0, 0, time.monotonic()

    def read(self) -> str:
        """What stands on the page."""
        return str(self.window.run("document.body.innerText"))

    def click(self, words: str) -> str:
        """Press what bears these words, a button, a link or a label, wait for what follows, and read it."""
        self.clicks += 1
        count = self.window.run(
            "(() => { const all = [...document.querySelectorAll('main button, main a, main summary, nav a, main label')]"
            f".filter(one => one.innerText.trim().startsWith({words!r}));"
            " if (all.length) all[0].click(); return all.length })()"
        )
        assert count, f"no {words} on: {self.read()[:1500]}"
        self._settle()
        return self.read()

    def type(self, field: str, text: str) -> None:
        """Type into a field."""
        self.fields += 1
        self.window.run(
            f"(() => {{ const one = document.getElementsByName({field!r})[0]; one.value = {text!r};"
            " one.dispatchEvent(new Event('input', {bubbles: true})) })()"
        )

    def drop(self, *files: Path) -> str:
        """Choose files in the first box of the page, wait, and read what came of them."""
        self.clicks += 1
        document = self.window.ask("DOM.getDocument")["root"]["nodeId"]
        node = self.window.ask("DOM.querySelector", nodeId=document, selector="input[type=file]")["nodeId"]
        self.window.ask("DOM.setFileInputFiles", nodeId=node, files=[str(file) for file in files])
        self._settle()
        return self.read()

    def _settle(self) -> None:
        end, calm = time.monotonic() + 240, 0
        while calm < 3:
            assert time.monotonic() < end, self.read()[:1500]
            time.sleep(0.25)
            calm = calm + 1 if self.window.holds(WHOLE) else 0


@contextmanager
def clerk_at(root: Path, command: str, profile: Path, *, now: str) -> Iterator[Clerk]:
    """A clerk who has just opened the page of a folder; at the end the browser has complained of nothing."""
    with running_desk(root, now=now) as (entrance, visitor), browser(command, profile) as window:
        window.see(1366, 768)
        window.open(f"http://127.0.0.1:{visitor.port}{entrance}")
        yield Clerk(window)
        assert window.complaints == []


def write_beside(path: Path, label: str, text: str) -> None:
    """Type into the cell to the right of the one that says `label`, and save."""
    book = openpyxl.load_workbook(path)
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    cell = next(cell for cell in cells if cell.value == label)
    cell.offset(0, 1).value = text
    book.save(path)


# What may stand on a page in Latin letters: names of programs, files and ids.
_LATIN = re.compile(
    r"Word|Excel|WPS|PDF|OA|Outlook|LibreOffice|Edge|Chrome|\w[\w（）()\- ]*\.(?:xlsx|docx|html|ics|jpg|txt|zip|csv|pdf|png)|\b[A-Z]\d[\w-]*"
    r"|\bSheet\d?\b"
)


def english_in(text: str, root: Path) -> list[str]:
    """Words on a page of the office at `root` that a clerk would not understand."""
    return re.findall(r"[A-Za-z_]{3,}", _LATIN.sub("", text.replace(str(root), "")))
