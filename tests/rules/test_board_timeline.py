"""The timeline: every month once, what is late in red, today where it is."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.support.offices import office, point
from tests.support.summaries import summary_of
from tests.support.years import TODAY, year_office
from tracker.rules.board import MOST_MONTHS, timeline_of
from tracker.rules.progress.figures import UNCOUNTED


def seen(today=TODAY):
    items = [each for each in summary_of(year_office(), today).items if each.kind != UNCOUNTED]
    return timeline_of(items, today)


def test_months_stand_in_order_and_those_between_are_there_too():
    line = seen()

    assert [(each.name, each.n, each.done) for each in line.months] == [
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

    assert [(each.key, each.count("overdue"), each.count("running")) for each in line.months[2:]] == [
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
    assert [each.key for each in seen(dt.date(2018, 6, 15)).months][:3] == ["2018-06", "2018-07", "2018-08"]
    assert [each.key for each in seen(dt.date(2019, 3, 15)).months][-2:] == ["2019-02", "2019-03"]


def test_a_year_that_was_mistyped_does_not_draw_a_thousand_months():
    far = dt.date(2108, 6, 30)
    drawn = office(point(due=far, U1="责任"))
    (item,) = summary_of(drawn, TODAY).items

    line = timeline_of([item], TODAY)

    assert [each.key for each in line.months] == ["2108-06"]
    assert line.today == 0.0
    assert len(line.months) <= MOST_MONTHS


def test_without_a_day_there_is_no_timeline():
    assert timeline_of([], TODAY).months == ()
