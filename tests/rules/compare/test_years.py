"""Two years side by side: every item of last year in one line, units under today's name."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.support.drawn_years import TODAY, carried, office, plan
from tracker import facts
from tracker.rules.compare.comparison import NO_RECORD, compare_plans
from tracker.rules.compare.ways import comparison_todos
from tracker.rules.compare.years import YEARS, by_unit, years_in_report
from tracker.rules.office import CellNow, UnitNow
from tracker.rules.report.relatives import public_summary
from tracker.rules.report.sheets import report_sheets
from tracker.rules.report.summary import summarise
from tracker.settings import Day
from tracker.workdays import Calendar

LINKS = carried(("P1-001", "P2-001", "continued"), ("", "P2-002", "new"), ("P1-002", "", "dropped"))


def two(said=None, *, links=LINKS, **more):
    return office(
        plan("P1", 2025, "甲", "乙", "丙"),
        plan("P2", 2026, "甲", "丁"),
        said=said,
        continuations=links,
        **more,
    )


def compared(now):
    return compare_plans(YEARS, now, "P2", Day(TODAY, Calendar()))


def counts(now, **more):
    return {each.code.removeprefix("years."): each.rows for each in compared(now).figures(**more)}


def test_every_item_of_last_year_is_in_one_line():
    found = counts(two({"P1-001": "已完成"}))

    assert [found[each] for each in ("went_on", "dropped", "waiting")] == [
        ("P1-001",),
        ("P1-002",),
        ("P1-003",),
    ]
    assert (found["continued"], found["new"]) == (("P2-001",), ("P2-002",))
    assert sorted(found["olds"]) == sorted(found["went_on"] + found["dropped"] + found["waiting"])


def test_unfinished_and_not_continued_are_those_that_were_given_up_and_those_that_wait():
    found = counts(two({"P1-001": "正在推进"}))

    assert (found["left"], found["given_up"]) == (("P1-002", "P1-003"), ("P1-002",))
    assert counts(two({"P1-002": "已完成", "P1-003": "不涉及"}))["left"] == ()


def test_where_nothing_is_known_of_last_year_nothing_is_called_unfinished():
    now = compared(two())

    assert (now.leftovers, now.state_word("P1-002"), now.state_word("P2-001")) == ((), NO_RECORD, "待核实")
    assert "left" not in counts(two())


def test_rates_count_what_counts():
    found = {each.code: each for each in compared(two({"P1-001": "已完成", "P1-002": "不涉及"})).figures()}

    assert (found["years.last"].n, found["years.last_done"].n, found["years.last_done"].share) == (
        2,
        1,
        "50.0",
    )
    assert found["years.now_done"].share == "0.0"


def test_no_plan_of_an_earlier_year_makes_no_comparison():
    assert compare_plans(YEARS, office(plan("P2", 2026, "甲")), "P2", Day(TODAY, Calendar())) is None


def test_what_is_not_to_be_reported_is_in_no_public_count():
    now = two({"P1-001": "已完成"})
    cells = {**now.cells, ("P1-002", "", "withheld", ""): CellNow("是", "office", 9, 1)}
    now = office(*now.plans.values(), continuations=LINKS, said={"P1-001": "已完成"})
    now = type(now)(**{**{f: getattr(now, f) for f in now.__dataclass_fields__}, "cells": cells})

    assert "P1-002" in counts(now)["dropped"]
    assert counts(now, public=True)["dropped"] == ()


def test_units_are_counted_under_whoever_succeeded_them():
    day = dt.date(2025, 12, 1)
    old = UnitNow(
        "U1",
        names=(facts.UnitName("U1", "市工商局", None, None, "current"),),
        links=(facts.UnitLink("U1", "U9", day, "merge"),),
    )
    new = UnitNow("U9", names=(facts.UnitName("U9", "市市场监管局", None, None, "current"),))
    now = office(
        plan("P1", 2025, "甲", "乙", unit="U1"),
        plan("P2", 2026, "甲", unit="U9"),
        said={"P1-001": "已完成"},
        bodies={"U1": old, "U9": new},
    )

    (row,) = by_unit(now, compared(now), TODAY)

    assert (row.name, row.formerly, row.last, row.last_done, row.now) == (
        "市市场监管局",
        ("市工商局",),
        ("P1-001", "P1-002"),
        ("P1-001",),
        ("P2-001",),
    )
    before = by_unit(now, compared(now), dt.date(2025, 11, 1))
    assert [each.name for each in before] == ["市工商局", "市市场监管局"]


def test_the_report_is_silent_until_a_person_has_confirmed_anything():
    day = Day(TODAY, Calendar())

    assert years_in_report(two(links=()), "P2", day) is None
    assert years_in_report(two(), "P1", day) is None
    years = years_in_report(two({"P1-001": "已完成"}), "P2", day)
    assert years.leftovers == (("P1-002", "乙"),)
    assert [row[:1] + row[3:5] for row in years.rows] == [
        ("P1-001", "延续", "P2-001"),
        ("P1-002", "不再列入", ""),
        ("P1-003", "待确认", ""),
        ("", "新增", "P2-002"),
    ]


def test_what_waits_is_told_for_the_latest_year_only():
    day = Day(TODAY, Calendar())
    now = office(plan("P0", 2024, "甲"), plan("P1", 2025, "甲"), plan("P2", 2026, "甲"))

    assert [(todo.code, todo.names) for todo in comparison_todos(now, day)] == [
        ("years", ("P2-001",))  # the row that decides P1-001, too
    ]
    assert comparison_todos(office(plan("P2", 2026, "甲")), day) == ()


def test_a_gap_without_a_reason_waits_and_one_with_a_reason_does_not():
    day = Day(TODAY, Calendar())
    ours, theirs = plan("P2", 2026, "甲"), plan("P9", 2026, "子", "丑")
    gaps = (
        facts.Serves("P9-001", "", "gap", "person", ""),
        facts.Serves("P9-002", "", "gap", "person", "没有口岸"),
    )

    todos = comparison_todos(office(ours, superiors=(theirs,), serves=gaps), day)

    assert [(todo.code, todo.names) for todo in todos] == [("gaps", ("P9-001",))]


def test_what_goes_on_for_ever_was_not_left_undone():
    before = compared(office(plan("P1", 2025, "甲", "乙"), plan("P2", 2026, "丙")))
    for_ever = replace(before.states["P1-001"], is_long_term=True)

    now = replace(before, has_record=True, states={**before.states, "P1-001": for_ever})

    assert now.leftovers == ("P1-002",)


def summary(*links):
    now = office(plan("P1", 2025, "甲", "乙"), plan("P2", 2026, "甲", "丁"), continuations=carried(*links))
    return summarise(now, "P2", Day(TODAY, Calendar()))


def test_every_number_of_last_year_stands_in_the_workbook_with_its_rows():
    found = summary(("P1-001", "P2-001", "continued"), ("", "P2-002", "new"))

    sheets = {each.name: each for each in report_sheets(found, ())}
    numbers = {row[0]: (row[1], row[-1]) for row in sheets["数字与口径"].rows}
    assert numbers["上年事项延续到今年"] == (1, "P1-001")
    assert numbers["上年事项待确认"] == (1, "P1-002")
    assert [row[0] for row in sheets["与上年对照"].rows] == ["P1-001", "P1-002", ""]


def test_without_a_confirmed_item_there_is_neither_number_nor_sheet():
    found = summary()

    assert found.years is None
    assert not [code for code in found.figures if code.startswith("years.")]
    assert "与上年对照" not in [each.name for each in report_sheets(found, ())]


def test_nothing_of_last_year_is_published():
    found = public_summary(summary(("P1-001", "P2-001", "continued")), frozenset())

    assert found.years is None
    assert not [code for code in found.figures if code.startswith("years.")]
