"""The page's pictures show the figures."""

from __future__ import annotations

import pytest

from tests.rules.reporting.test_summary import summary_of
from tests.rules.years import year_office
from tracker.rules.reporting.page import WIDE
from tracker.rules.reporting.page import page_of


def test_the_whole_bar_is_as_wide_as_the_drawing_and_shows_every_class():
    page = page_of(summary_of(year_office()), "标题")

    assert sum(each.width for each in page.whole) == pytest.approx(WIDE, abs=0.1)
    assert sum(each.n for each in page.whole) == page.total == 8


def test_parts_and_months_add_up():
    page = page_of(summary_of(year_office()), "标题")

    assert sum(each.n for each in page.sections) == page.total
    assert [(each.name, each.n, each.done) for each in page.months][:3] == [
        ("2018年8月", 1, 1),
        ("2018年9月", 1, 1),
        ("2018年10月", 1, 0),
    ]
    assert max(sum(bar.width for bar in line.bars) for line in page.months) == pytest.approx(WIDE, abs=0.1)
