"""The timeline: every month once, what is late in red, today where it is."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from tests.support.offices import office, point
from tests.support.summaries import summary_of
from tests.support.years import TODAY, year_office
from tracker import facts
from tracker.board import Burden
from tracker.rules.board import (
    GROUPS,
    ITEMS,
    MOST_MONTHS,
    NO_GROUP,
    SECTIONS,
    WIDE,
    burden_of,
    cut,
    groups_of,
    one_page_of,
    page_of,
    timeline_of,
    total_burden,
)
from tracker.rules.progress.figures import UNCOUNTED
from tracker.tiers import SlipState


def seen(today=TODAY):
    items = [entry for entry in summary_of(year_office(), today).items if entry.kind != UNCOUNTED]
    return timeline_of(items, today)


def test_months_stand_in_order_and_those_between_are_there_too():
    line = seen()

    assert [(entry.name, entry.n, entry.done) for entry in line.months] == [
        ("2018年8月", 1, 1),
        ("2018年9月", 1, 1),
        ("2018年10月", 1, 0),
        ("2018年11月", 0, 0),
        ("2018年12月", 2, 0),
        ("2019年1月", 2, 0),
    ]
    assert line.undated == 1


def test_what_is_late_is_red_and_what_is_still_to_come_is_not():
    line = seen()

    assert [(entry.key, entry.count("overdue"), entry.count("running")) for entry in line.months[2:]] == [
        ("2018-10", 1, 0),
        ("2018-11", 0, 0),
        ("2018-12", 0, 2),
        ("2019-01", 0, 2),
    ]


def test_what_should_be_done_and_what_was_grow_month_by_month_and_the_second_ends_today():
    line = seen()

    assert line.planned == (1, 2, 3, 3, 5, 7)
    assert line.actual == (1, 2, 2, 2, 2)


@pytest.mark.parametrize(
    ("today", "place"),
    [
        (dt.date(2018, 12, 31), 5.0),  # the right edge of the fifth month
        (dt.date(2018, 11, 15), 3.5),
        (dt.date(2018, 8, 31), 1.0),
    ],
)
def test_today_stands_within_its_month(today, place):
    assert seen(today).today == place


def test_the_month_of_today_is_there_even_where_nothing_is_due_in_it():
    assert [entry.key for entry in seen(dt.date(2018, 6, 15)).months][:3] == ["2018-06", "2018-07", "2018-08"]
    assert [entry.key for entry in seen(dt.date(2019, 3, 15)).months][-2:] == ["2019-02", "2019-03"]


def test_a_year_that_was_mistyped_does_not_draw_a_thousand_months():
    far = dt.date(2108, 6, 30)
    drawn = office(point(due=far, U1="责任"))
    (item,) = summary_of(drawn, TODAY).items

    line = timeline_of([item], TODAY)

    assert [entry.key for entry in line.months] == ["2108-06"]
    assert line.today == 0.0
    assert len(line.months) <= MOST_MONTHS


def test_without_a_day_there_is_no_timeline():
    assert timeline_of([], TODAY).months == ()


KINDS = {"U1": "市直部门", "U2": "市直部门", "U3": "县（市、区）", "U4": " ", "U5": "市直部门"}


def test_units_stand_in_the_groups_of_the_register_the_largest_first():
    groups = groups_of(summary_of(year_office()), KINDS, {})

    assert [(entry.name, [unit.key for unit in entry.units]) for entry in groups] == [
        ("市直部门", ["U1", "U2", "U5"]),
        ("县（市、区）", ["U3"]),
        (NO_GROUP, ["U4"]),
    ]


def test_a_group_is_the_sum_of_its_units():
    asked = {"U1": Burden(1, 3, 9, 1, 2), "U5": Burden(1, 4, 12, 0, 1)}

    group = groups_of(summary_of(year_office()), KINDS, asked)[0]

    for count in ("lead", "responsible", "support", "done", "overdue", "own"):
        assert getattr(group.whole, count) == sum(getattr(entry, count) for entry in group.units)
    assert group.whole.asked == Burden(2, 7, 21, 1, 3)


def test_a_unit_that_only_supports_has_no_rate():
    office = year_office()
    plan = office.plans["P1"]
    only = dataclasses.replace(plan, points=plan.points[1:2])
    groups = groups_of(summary_of(dataclasses.replace(office, plans={"P1": only})), {}, {})

    assert {entry.key: entry.share for entry in groups[0].units} == {"U1": "0.0", "U5": ""}


def slips(*states, unit="U1", wp="P1-002"):
    documents = {
        f"D{n}": facts.Document(f"D{n}", "催办", unit, (wp,), dt.date(2018, 11, 1), state.value, "", "")
        for n, state in enumerate(states, start=1)
    }
    return dataclasses.replace(year_office(), documents=documents)


def test_forms_rows_and_boxes_are_counted_for_each_unit():
    drawn = year_office()
    forms = {
        token: dataclasses.replace(form, columns=("status", "progress", "problem"))
        for token, form in drawn.forms.items()
    }

    asked = burden_of(dataclasses.replace(drawn, forms=forms), "P1")

    assert asked["U1"] == Burden(forms=1, rows=3, cells=9, back=1)
    assert asked["U4"].back == 0
    assert total_burden(asked.values()).forms == 5


@pytest.mark.parametrize("state", list(SlipState))
def test_a_slip_burdens_a_unit_once_it_is_signed_and_never_as_a_draft(state):
    asked = burden_of(slips(state), "P1")

    assert asked["U1"].slips == (state in (SlipState.SIGNED, SlipState.SENT))


def test_another_plan_is_another_burden():
    assert burden_of(slips(SlipState.SENT, wp="P11-002"), "P1")["U1"].slips == 0
    assert burden_of(slips(SlipState.SENT), "P2") == {}


def test_a_slip_for_all_units_is_nobody_s_own():
    assert "" not in burden_of(slips(SlipState.SENT, unit=""), "P1")


def page(**more):
    whole = page_of(summary_of(year_office()), "标题", office=year_office())
    return dataclasses.replace(whole, **more)


def test_the_most_urgent_items_come_first_and_the_rest_is_counted():
    line = next(entry for entry in page().items if entry.rank == 2)
    red = next(entry for entry in page().items if entry.rank == 1)
    many = tuple(dataclasses.replace(line, due=f"2018-12-{n:02}") for n in range(20, 0, -1))

    sheet = one_page_of(page(items=(*many, red)), rest="清单")

    assert len(sheet.urgent) == ITEMS
    assert [entry.light for entry in sheet.urgent[:2]] == ["红", "黄"]
    assert sheet.more == f"其余{21 - ITEMS}项见清单。"
    assert one_page_of(page(items=(red,))).more == ""


@pytest.mark.parametrize("n", [1, SECTIONS, SECTIONS + 1, SECTIONS + 2, 60])
def test_parts_beyond_the_largest_are_put_together_and_nothing_is_lost(n):
    part = page().sections[0]
    parts = tuple(dataclasses.replace(part, name=f"板块{entry}") for entry in range(n))

    sections = one_page_of(page(sections=parts)).sections

    assert len(sections) == min(n, SECTIONS + 1)
    assert sum(entry.n for entry in sections) == 4 * n
    assert sum(entry.count("done") for entry in sections) == 2 * n
    assert {round(bar.width / bar.n) for entry in sections for bar in entry.bars} == {
        round(WIDE / max(entry.n for entry in sections))
    } or n == 1
    for entry in sections:
        assert all(
            bar.x == pytest.approx(sum(other.width for other in entry.bars[:at]), abs=0.1)
            for at, bar in enumerate(entry.bars)
        )
    if n > SECTIONS + 1:
        assert sections[-1].name == f"其余{n - SECTIONS}个板块"


@pytest.mark.parametrize("n", [1, GROUPS + 1, GROUPS + 2, 30])
def test_groups_beyond_the_largest_are_put_together(n):
    group = page().groups[0]
    groups = tuple(dataclasses.replace(group, name=f"类别{entry}") for entry in range(n))

    rows = one_page_of(page(groups=groups)).groups

    assert len(rows) == min(n, GROUPS + 1)
    assert sum(entry.units for entry in rows) == 5 * n
    assert {entry.share for entry in rows} == {"14.3"}


def test_no_text_is_longer_than_its_place():
    long = "很长的名称" * 2_000
    line = dataclasses.replace(page().items[1], name=long, lead=long, deadline=long)
    group = dataclasses.replace(page().groups[0], name=long)
    sheet = one_page_of(page(title=long, items=(line,), groups=(group,), burden=long))

    texts = [sheet.title, *sheet.notes, sheet.groups[0].name]
    texts += [entry for urgent in sheet.urgent for entry in (urgent.name, urgent.unit, urgent.due)]
    assert max(map(len, texts)) <= 110
    assert all(entry.endswith("…") for entry in texts if len(entry) == 110)


def test_a_cut_text_is_one_line():
    assert cut("一\n二\u2028三", 9) == "一 二 三"
