"""One sheet of A4: what does not fit is cut, counted, and said where it stands."""

from __future__ import annotations

import dataclasses

import pytest

from tests.support.summaries import summary_of
from tests.support.years import year_office
from tracker.rules.board import GROUPS, ITEMS, SECTIONS, WIDE, cut, one_page_of, page_of


def page(**more):
    whole = page_of(summary_of(year_office()), "标题", office=year_office())
    return dataclasses.replace(whole, **more)


def test_the_most_urgent_items_come_first_and_the_rest_is_counted():
    line = next(each for each in page().items if each.rank == 2)
    red = next(each for each in page().items if each.rank == 1)
    many = tuple(dataclasses.replace(line, due=f"2018-12-{n:02}") for n in range(20, 0, -1))

    sheet = one_page_of(page(items=(*many, red)), rest="清单")

    assert len(sheet.urgent) == ITEMS
    assert [each.light for each in sheet.urgent[:2]] == ["红", "黄"]
    assert sheet.more == f"其余{21 - ITEMS}项见清单。"
    assert one_page_of(page(items=(red,))).more == ""


@pytest.mark.parametrize("n", [1, SECTIONS, SECTIONS + 1, SECTIONS + 2, 60])
def test_parts_beyond_the_largest_are_put_together_and_nothing_is_lost(n):
    part = page().sections[0]
    parts = tuple(dataclasses.replace(part, name=f"板块{each}") for each in range(n))

    shown = one_page_of(page(sections=parts)).sections

    assert len(shown) == min(n, SECTIONS + 1)
    assert sum(each.n for each in shown) == 4 * n
    assert sum(each.count("done") for each in shown) == 2 * n
    assert {round(bar.width / bar.n) for each in shown for bar in each.bars} == {
        round(WIDE / max(each.n for each in shown))
    } or n == 1
    for each in shown:
        assert all(
            bar.x == pytest.approx(sum(other.width for other in each.bars[:at]), abs=0.1)
            for at, bar in enumerate(each.bars)
        )
    if n > SECTIONS + 1:
        assert shown[-1].name == f"其余{n - SECTIONS}个板块"


@pytest.mark.parametrize("n", [1, GROUPS + 1, GROUPS + 2, 30])
def test_groups_beyond_the_largest_are_put_together(n):
    group = page().groups[0]
    groups = tuple(dataclasses.replace(group, name=f"类别{each}") for each in range(n))

    shown = one_page_of(page(groups=groups)).groups

    assert len(shown) == min(n, GROUPS + 1)
    assert sum(each.units for each in shown) == 5 * n
    assert {each.share for each in shown} == {"14.3"}


def test_no_text_is_longer_than_its_place():
    long = "很长的名称" * 2_000
    line = dataclasses.replace(page().items[1], name=long, lead=long, deadline=long)
    group = dataclasses.replace(page().groups[0], name=long)
    sheet = one_page_of(page(title=long, items=(line,), groups=(group,), burden=long))

    texts = [sheet.title, *sheet.notes, sheet.groups[0].name]
    texts += [each for urgent in sheet.urgent for each in (urgent.name, urgent.unit, urgent.due)]
    assert max(map(len, texts)) <= 110
    assert all(each.endswith("…") for each in texts if len(each) == 110)


def test_a_cut_text_is_one_line():
    assert cut("一\n二\u2028三", 9) == "一 二 三"
