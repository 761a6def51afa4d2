"""The page's pictures show the figures."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from tests.support.big_office import big_office
from tests.support.summaries import summary_of
from tests.support.years import TODAY, year_office
from tracker.board import Captions, LightCount, Part
from tracker.rules.board import LONGEST_NAME, LONGEST_TEXT, WIDE, headline_of, one_page_of, page_of
from tracker.rules.report.summary import SpotCheck, summarise
from tracker.settings import Day
from tracker.workdays import PUBLIC_CALENDAR


def page(**more):
    return page_of(summary_of(year_office()), "标题", office=year_office(), **more)


def test_the_whole_bar_is_as_wide_as_the_drawing_and_shows_every_class():
    whole = page().whole

    assert sum(each.width for each in whole) == pytest.approx(WIDE, abs=0.1)
    assert sum(each.n for each in whole) == page().total == 8


def test_the_shares_of_the_classes_and_of_the_lights_add_up():
    for shown in (page().whole, page().lamps):
        whole = sum(Decimal(each.share) for each in shown if each.share)
        assert abs(whole - Decimal("100.0")) <= Decimal("0.2")  # equal counts have equal shares
    assert [each.share for each in page().whole if each.code == "continuing"] == [""]


def test_every_item_shines_in_one_light_and_a_light_without_items_is_there_with_its_word():
    lamps = page().lamps

    assert [(each.word, each.n) for each in lamps] == [("红", 1), ("黄", 2), ("蓝", 1), ("绿", 3), ("灰", 1)]
    assert all(each.says for each in lamps)


def test_parts_add_up_and_stand_in_plan_order():
    sections = page().sections

    assert [(each.name, each.n, each.done) for each in sections] == [
        ("推进重点信息公开", 4, 2),
        ("提升服务水平", 4, 0),
    ]
    assert [each.key for each in sections] == ["一、推进重点信息公开", "二、提升服务水平"]


def test_an_item_says_how_urgent_it_is_and_how_late():
    lines = {each.wp: each for each in page().items}

    assert (lines["P1-002"].rank, lines["P1-002"].late, lines["P1-002"].light) == (1, 50, "红")
    assert lines["P1-002"].problem == "系统改造未完成，预计2019年1月底前公布。"
    assert (lines["P1-001"].rank, lines["P1-001"].late) == (0, 0)
    assert lines["P1-005"].units == ("U5", "U1", "U2", "U3", "U4")


def test_without_the_office_nothing_is_said_of_burden():
    alone = page_of(summary_of(year_office()), "标题")

    assert alone.burden == ""
    assert page().burden.startswith("本年共印发填报表5份（每个单位最多1份），涉及17项次")


def test_what_spot_checks_found_is_a_part_of_the_page():
    day = dt.date(2018, 10, 12)
    checks = tuple(
        SpotCheck(f"C{n}", "市财政局", day, "预决算专栏", "栏目未更新", day, "已更新", is_closed=n < 2)
        for n in range(3)
    )

    (part,) = page_of(
        summarise(year_office(), "P1", Day(TODAY, PUBLIC_CALENDAR), checks=checks), "标题"
    ).parts

    assert part.figures == (("发现问题", "3个"), ("已整改", "2个"), ("整改率", "66.7%"))
    assert [row[-1] for row in part.rows] == ["已整改", "已整改", "整改中"]
    assert all(len(row) == len(part.columns) for row in part.rows)


def test_a_text_longer_than_a_page_is_shown_from_its_beginning_and_says_where_the_whole_is():
    long = "很长的进展情况" * 1_000
    drawn = year_office(p=(("P1-002", "U1", "progress", "R1"), long))

    (line,) = (each for each in page_of(summary_of(drawn), long).items if each.wp == "P1-002")

    assert line.text.startswith(long[:LONGEST_TEXT])
    assert line.text.endswith("……（全文见工作台账）")
    assert len(page_of(summary_of(drawn), long).title) == LONGEST_NAME


def test_a_part_without_rows_is_no_part():
    assert page(parts=(Part("抽查整改", (("发现问题", "0个"),)),)).parts == ()
    assert page(parts=(Part("抽查整改", rows=(("甲",),)),)).parts != ()


def test_the_page_says_first_what_needs_somebody_and_that_nothing_does():
    quiet = [
        LightCount("红", "#c62828", "逾期未完成", 0, "0.0"),
        LightCount("绿", "#2e7d32", "已完成", 3, "100.0"),
    ]

    assert page().headline == "1项逾期未完成，2项滞后、到期当月未启动、待核实或待确认，1项临近到期"
    assert headline_of(quiet) == "没有逾期、滞后或临近到期的事项"
    assert page().urgent[0].wp == "P1-002"
    assert [line.rank for line in page().urgent] == sorted(line.rank for line in page().urgent)


def test_the_pictures_are_headed_by_what_they_show():
    assert page().captions == Captions(
        "计入完成率的7项，已完成2项，1项逾期",
        "“推进重点信息公开”逾期最多：1项",
        "截至上月底应完成3项，已完成2项",
    )


def test_the_height_that_is_left_on_the_sheet_goes_to_the_causes_of_the_most_urgent():
    few = one_page_of(page())
    office = big_office(400, 12)
    many = one_page_of(page_of(summary_of(office), "标题", office=office))

    assert [line.cause for line in few.urgent if line.cause] != []
    assert len(many.urgent) == 7 and sum(bool(line.cause) for line in many.urgent) <= 2
