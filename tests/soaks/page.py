"""The one page of many made-up years, in a real browser: nothing asked for, nothing complained about, one sheet.

python -m tests.soaks.page 200
python -m tests.soaks.page load      how long pages of 40 and of 2,000 items take to load, the best of five

Each year has a size of its own (up to 400 items and 90 units) and, every other time, one odd text in every field that
anybody types (markup, template braces, line separators, right-to-left marks, 10,000 letters). For each of them

- the browser opens the file and asks for nothing else; its console stays empty
- the page holds its own two scripts and no element that a text brought in; every item is a row of the list
- every filter by unit shows the rows of that unit and no other, as counted from the facts
- the sheet of A4 holds everything that it shows, and prints on one page
- laid out again, it has the same bytes

Every twentieth is printed by LibreOffice, too. Wants Chromium; LibreOffice where it is there.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.support.big_office import big_office
from tests.support.browser import Browser, browser
from tests.support.odd_texts import ODD
from tests.support.years import TODAY
from tracker.board import BoardPage
from tracker.files import programs
from tracker.files.dashboard import lay_out_page
from tracker.files.programs import pages_in
from tracker.formats.books.charts import lay_out_sheet
from tracker.rules.board import one_page_of, page_of
from tracker.rules.report.summary import summarise
from tracker.settings import Day
from tracker.workdays import PUBLIC_CALENDAR

_ELEMENTS = (
    "['script','style','img','a','iframe','object'].map(t => document.querySelectorAll(t).length).join()"
)
_SHEET = "(a => [a.scrollHeight - a.clientHeight, a.scrollWidth - a.clientWidth].join())(document.querySelector('.a4'))"
_UNIT = (
    "(u => {{ const e = document.getElementById('unit'); document.getElementById('clear').click(); e.value = u;"
    " e.dispatchEvent(new Event('change'));"
    " return Array.from(document.querySelectorAll('#items tbody tr')).filter(r => !r.hidden).length; }})('{}')"
)


def drawn(luck: random.Random) -> BoardPage:
    """A page at random."""
    text = luck.choice(ODD) if luck.random() < 0.5 else ""
    most = 30 if len(text) > 1_000 else 400
    units = luck.randint(1, 6 if len(text) > 1_000 else 90)
    office = big_office(luck.randint(1, most), units, text=text, sections=luck.randint(1, 20))
    year = summarise(office, "P1", Day(TODAY, PUBLIC_CALENDAR))
    return page_of(year, text or "××市2018年政务公开工作要点进展情况", office=office)


def faults(page: BoardPage, data: bytes, shown: Browser, source: Path) -> list[str]:
    """What is wrong with a page."""
    source.write_bytes(data)
    wrong = []
    shown.open("about:blank")
    shown.open(source.as_uri())
    if shown.requests != [source.as_uri()]:
        wrong.append(f"it asked for {shown.requests}")
    if shown.complaints:
        wrong.append(f"the console says {shown.complaints}")
    if shown.run(_ELEMENTS) != "2,1,0,0,0,0":
        wrong.append(f"a text became part of the page: {shown.run(_ELEMENTS)}")
    if shown.run("document.querySelectorAll('#items tbody tr').length") != len(page.items):
        wrong.append("an item has no row")
    for unit in {unit for each in page.items[:3] for unit in each.units}:
        if shown.run(_UNIT.format(unit)) != sum(unit in each.units for each in page.items):
            wrong.append(f"the filter of {unit} shows others")
    shown.open("about:blank")
    shown.open(source.as_uri() + "#a4")
    if shown.run(_SHEET) != "0,0":
        wrong.append(f"the sheet overflows by {shown.run(_SHEET)}")
    if pages_in(shown.printed()) != 1:
        wrong.append("the sheet takes more than one page")
    return wrong


_LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
_LOADINGS, _UNITS = 5, 120
# A page of 2,000 items may take so much longer than one of 40.
_AT_MOST = 2.5


def loading() -> bool:
    """Measure how long the small page and the large one take to load."""
    command = shutil.which("chromium") or shutil.which("google-chrome")
    if not command:
        print("no browser here: nothing was measured")
        return False
    best: dict[int, float] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        browser(command, Path(folder) / "profile") as screen,
    ):
        screen.see(1366, 768)
        for size in (40, 2_000):
            office = big_office(size, _UNITS)
            year = summarise(office, "P1", Day(TODAY, PUBLIC_CALENDAR))
            source = Path(folder) / f"{size}.html"
            source.write_bytes(lay_out_page(page_of(year, "进展情况", office=office)))
            times = []
            for _ in range(_LOADINGS):
                screen.open("about:blank")
                screen.open(source.as_uri())
                times.append(screen.run(_LOADED))
            best[size] = min(times)
            print(f"{size} items: {best[size]:.0f} ms")
    print(f"{best[2_000] / best[40]:.2f} times")
    return best[2_000] <= _AT_MOST * best[40]


def main(size: int) -> bool:
    """Draw so many years and look at each in a browser."""
    command = shutil.which("chromium") or shutil.which("google-chrome")
    if not command:
        print("no browser here: nothing was looked at")
        return False
    wrong, most, begun = 0, 0, time.perf_counter()
    with (
        tempfile.TemporaryDirectory() as folder,
        browser(command, Path(folder) / "profile") as shown,
    ):
        shown.see(1366, 768)
        for seed in range(size):
            page = drawn(random.Random(seed))
            data = lay_out_page(page)
            found = faults(page, data, shown, Path(folder) / "page.html")
            if lay_out_page(page) != data:
                found.append("again it has other bytes")
            if seed % 20 == 0 and programs.find_libreoffice():
                pdf = programs.through_office(lay_out_sheet(one_page_of(page)), "xlsx", "pdf")
                if pages_in(pdf) != 1:
                    found.append("LibreOffice needs more than one page")
            for each in found:
                print(f"seed {seed}: {each}")
            wrong, most = wrong + bool(found), max(most, len(data))
    print(
        f"{size} pages, {wrong} with faults; the largest {most:,} bytes; {time.perf_counter() - begun:.0f} s"
    )
    return not wrong


if __name__ == "__main__":
    size_or_load = sys.argv[1] if len(sys.argv) > 1 else "200"
    sys.exit(0 if (loading() if size_or_load == "load" else main(int(size_or_load))) else 1)
