"""The page is one file: no request, no foreign script, every text stays text; it works in a real browser."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
import subprocess

import pytest
from lxml import html

from tests.rules.reporting.test_summary import summary_of
from tests.rules.years import year_office
from tracker.files.dashboard import lay_out_page
from tracker.files.workbooks.charts import lay_out_charts
from tracker.rules.reporting.page import page_of

EVIL = '<script>document.title="被改"</script><img src=x onerror="document.title=1">"\'>'


def page(office=None, title="2018年政务公开工作要点落实情况"):
    return page_of(summary_of(office or year_office()), title)


def evil_office():
    """Every text that anybody typed is a script."""
    drawn = year_office(w=(("P1-003", "", "wording", ""), EVIL), p=(("P1-002", "U1", "progress", "R1"), EVIL))
    plan = drawn.plans["P1"]
    points = tuple(
        dataclasses.replace(each, section=EVIL, task=EVIL, requirement=EVIL, no=EVIL) for each in plan.points
    )
    names = {
        unit: dataclasses.replace(body, names=tuple(dataclasses.replace(n, name=EVIL) for n in body.names))
        for unit, body in drawn.units.items()
    }
    return dataclasses.replace(drawn, plans={"P1": dataclasses.replace(plan, points=points)}, units=names)


def test_the_page_asks_for_nothing_from_outside():
    tree = html.fromstring(lay_out_page(page()).decode("utf-8"))

    assert tree.xpath("//@src | //@href | //link | //iframe | //@style") == []
    assert [each for each in tree.xpath("//@*") if "//" in each] == []


def test_the_policy_names_the_hashes_of_the_only_style_and_the_only_script():
    tree = html.fromstring(lay_out_page(page()).decode("utf-8"))
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")

    for tag in ("style", "script"):
        (text,) = (each.text for each in tree.iter(tag))
        digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_script_in_every_text_field_stays_text():
    tree = html.fromstring(lay_out_page(page(evil_office(), title=EVIL)).decode("utf-8"))

    assert len(tree.xpath("//script")) == 1
    assert tree.xpath("//img | //@onerror") == []
    assert EVIL in tree.xpath("//h1")[0].text_content()


def test_the_same_year_gives_the_same_bytes():
    assert lay_out_page(page()) == lay_out_page(page())
    assert lay_out_charts(page()) == lay_out_charts(page())


@pytest.fixture
def browsed(chromium, tmp_path):
    """The page after a browser ran it, and what the browser complained about."""

    def browse(data, more=""):
        source = tmp_path / "page.html"
        source.write_bytes(data)
        flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
        flags += " --disable-component-update --disable-sync --enable-logging=stderr --v=0 --virtual-time-budget=2000"
        done = subprocess.run(
            [
                chromium,
                *flags.split(),
                f"--user-data-dir={tmp_path / 'profile'}",
                "--dump-dom",
                source.as_uri() + more,
            ],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=True,
            timeout=120,
        )
        return html.fromstring(done.stdout), [each for each in done.stderr.splitlines() if "CONSOLE" in each]

    return browse


def test_a_browser_runs_it_from_a_file_without_a_complaint(browsed):
    tree, complaints = browsed(lay_out_page(page(evil_office(), title="标题")))

    assert complaints == []
    assert tree.xpath("//title")[0].text_content() == "标题"


def test_a_page_whose_script_was_changed_is_complained_about(browsed):
    spoiled = lay_out_page(page()).replace(b'"use strict";', b'"use strict";let a=1;')

    assert browsed(spoiled)[1] != []


def test_filters_work_in_a_browser(browsed):
    """Our own script is asked to filter by what stands after # in the address, as a person would type it."""
    tree, complaints = browsed(lay_out_page(page()), "#q=财政&kind=overdue")

    shown = [row for row in tree.xpath("//table[@id='items']/tbody/tr") if row.get("hidden") is None]
    assert complaints == []
    assert [row[0].text_content() for row in shown] == ["P1-002"]
    assert re.sub(r"\s", "", tree.xpath("//output")[0].text_content()) == "1项"
