"""The year in numbers: every number knows its rows, and nothing is counted twice or not at all."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from itertools import product

import pytest

from tests.support.offices import office, point
from tests.support.summaries import summary_of
from tests.support.years import year_office
from tracker.columns import STATUSES
from tracker.model import Mode
from tracker.rules.progress.figures import POINT_CLASSES


def test_every_item_is_in_exactly_one_class_and_the_shares_add_up():
    f = summary_of(year_office()).figures

    rows = [wp for kind in POINT_CLASSES for wp in f[kind].rows]

    assert sorted(rows) == sorted(f["total"].rows)
    assert sum(Decimal(f[kind].share) for kind in POINT_CLASSES if f[kind].share) >= Decimal("99.5")
    assert not f["continuing"].share


@pytest.mark.parametrize(
    ("word", "today"), list(product([*STATUSES, ""], [dt.date(2018, 9, 3), dt.date(2018, 10, 8)]))
)
def test_each_status_word_has_its_class_before_and_after_the_day(word, today):
    asked = point(Mode.SINGLE, U1="责任")
    drawn = office(asked, said={("U1", "status", "R1"): word} if word else {})

    (item,) = summary_of(drawn, today).items

    before = {"已完成": "done", "持续推进": "in_progress", "不涉及": "unreported", "": "unreported"}
    before |= {"正在推进": "in_progress", "未启动": "not_started", "进展滞后": "in_progress"}
    is_late = today.month == 10 and word not in ("已完成", "不涉及")
    assert item.kind == ("overdue" if is_late else before[word])


def test_the_drawn_year_is_counted_as_a_person_counts_it():
    f = summary_of(year_office()).figures

    assert f["total"].n == 8
    assert f["done"].rows == ("P1-001", "P1-003")
    assert (f["continuing"].rows, f["sustained"].rows) == (("P1-004",), ("P1-004",))
    assert f["base"].n == 7
    assert f["overdue"].rows == ("P1-002",)
    assert f["left_out"].rows == ("P1-009",)
    assert (f["asked"].n, f["answered"].n, f["silent"].rows) == (5, 4, ("U4",))
    assert (f["section.1.total"].n, f["section.1.done"].n, f["section.2.total"].n) == (4, 2, 4)
    assert f["unit.U5.lead"].rows == ("P1-005", "P1-006", "P1-008")
    assert f["unit.U5.support"].rows == ("P1-002",)
    assert f["unit.U1.overdue"].rows == ("P1-002",)
    # Asked about what its lead has finished, and silent: its own share is open, and late.
    assert f["unit.U2.done"].rows == ("P1-003",)
    assert f["unit.U2.overdue"].rows == ("P1-001",)


def test_every_number_has_a_definition():
    assert all(each.definition.endswith("。") for each in summary_of(year_office()).figures.values())


def test_the_offices_wording_stands_before_every_units_text():
    items = summary_of(year_office())

    assert items.item("P1-003").is_approved
    assert [each.text for each in items.item("P1-003").texts] == [
        "全市义务教育招生范围、录取结果按时公布，做到校校有方案、榜榜有公示。"
    ]


def test_a_summary_stands_before_a_progress_text_and_keeps_its_file_and_cell():
    both = year_office(more=(("P1-002", "U1", "summary", "R1"), "项目清单已梳理完毕。"))

    (said,) = summary_of(both).item("P1-002").texts

    assert (said.who, said.text, said.column) == ("市财政局", "项目清单已梳理完毕。", "summary")
    assert (said.file, said.place) == ("年终填报表.xlsx", "填报表!H7")


def test_where_nobody_wrote_anything_nothing_is_made_up():
    item = summary_of(year_office()).item("P1-008")

    assert item.texts == ()
    assert item.problems == ()


def test_a_retired_point_is_in_no_count():
    drawn = year_office()
    plan = drawn.plans["P1"]
    points = tuple(dataclasses.replace(each, is_retired=each.id == "P1-001") for each in plan.points)
    without = dataclasses.replace(drawn, plans={"P1": dataclasses.replace(plan, points=points)})

    f = summary_of(without).figures

    assert all("P1-001" not in each.rows for each in f.values())
    assert f["total"].n == 7


def test_a_supporting_unit_that_wrote_does_not_speak_for_the_point():
    loud = year_office(
        more=(("P1-008", "U5", "summary", "R1"), ""), other=(("P1-002", "U5", "summary", "R1"), "我们很忙。")
    )

    assert [each.who for each in summary_of(loud).item("P1-002").texts] == ["市财政局"]


@pytest.mark.parametrize(("ticked", "who"), [((), ["U1单位", "U2单位"]), (("U2",), ["U2单位"])])
def test_of_several_units_only_those_that_ticked_are_printed_and_all_where_nobody_did(ticked, who):
    asked = point(Mode.EACH, U1="责任", U2="责任")
    said = {(unit, "progress", "R1"): "办了" for unit in ("U1", "U2")}
    said |= {(unit, "in_report", "R1"): "是" for unit in ticked}

    (item,) = summary_of(office(asked, said=said)).items

    assert [each.who for each in item.texts] == who
