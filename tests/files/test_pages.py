"""One sheet of A4: on one page whatever the year is like, the same bytes each time, a picture beside it."""

from __future__ import annotations

import pytest

from tests.support.big_office import big_office
from tests.support.summaries import summary_of
from tests.support.years import year_office
from tracker.board import LastRun, Part
from tracker.files import programs
from tracker.files.dashboard import lay_out_page
from tracker.files.programs import pages_in, picture, steady
from tracker.formats.books.charts import lay_out_sheet
from tracker.rules.board import one_page_of, page_of

PART = Part("抽查整改情况", (("发现问题", "12个"), ("已整改", "9个")), ("单位",), (("市财政局",),))
RUNNING = LastRun("2018-12-19 17:30", "2018-12-20 08:30", ("定时任务停了：2018-12-20 08:30起的没有做。",))


def page(office=None, title="××市2018年政务公开工作要点进展情况"):
    drawn = office or year_office()
    return page_of(summary_of(drawn), title, office=drawn, parts=(PART, PART), last_run=RUNNING)


@pytest.fixture
def nothing_installed(monkeypatch):
    """A PC without LibreOffice and without any browser that we know."""
    monkeypatch.setattr(programs, "find_libreoffice", lambda: "")
    monkeypatch.setattr(programs, "find_browser", lambda: "")


def test_where_nothing_can_print_nothing_is_made_and_nothing_failed(nothing_installed):
    assert programs.print_sheet(b"", b"") == programs.Printout()


def test_without_libreoffice_a_browser_prints_the_sheet(nothing_installed, chromium, monkeypatch):
    monkeypatch.setattr(programs, "find_browser", lambda: chromium)

    made = programs.print_sheet(b"", lay_out_page(page()))

    assert (made.by, made.failures) == ("浏览器", ())
    assert pages_in(made.pdf) == 1
    assert made.png.startswith(b"\x89PNG")
    assert len(made.png) < 2_000_000
    assert programs.print_sheet(b"", lay_out_page(page())).pdf == made.pdf


def test_what_cannot_print_is_named(nothing_installed, monkeypatch, tmp_path):
    broken = tmp_path / "soffice"
    monkeypatch.setattr(programs, "find_libreoffice", lambda: str(broken))
    monkeypatch.setattr(programs, "find_browser", lambda: str(broken))

    made = programs.print_sheet(b"", b"")

    assert made.pdf == b""
    assert [each[:3] for each in made.failures] == ["Lib", "浏览器"]


def test_a_file_that_is_no_pdf_is_refused():
    with pytest.raises(ValueError, match="load document"):
        pages_in(b"%PDF-1.7 nothing")


@pytest.mark.parametrize(
    ("points", "units", "text"), [(1, 1, ""), (2_000, 200, ""), (30, 6, "很长的名称" * 2_000)]
)
def test_libreoffice_puts_it_on_one_page(soffice, points, units, text):
    sheet = lay_out_sheet(one_page_of(page(big_office(points, units, text=text))))

    pdf = programs.through_office(sheet, "xlsx", "pdf")

    assert pages_in(pdf) == pages_in(steady(pdf)) == 1
    assert len(steady(pdf)) == len(pdf)
    assert picture(pdf).startswith(b"\x89PNG")
