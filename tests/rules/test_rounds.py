"""Which rounds are handed out on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.support.offices import WP, office, point
from tracker import facts
from tracker.facts import Round
from tracker.rules.rounds import (
    form_sheet,
    is_last,
    openings,
    rounds_to_type,
    without_round,
    yearly_rounds,
)
from tracker.settings import RoundSetting

SPRING = RoundSetting("第一季度", "", dt.date(2018, 3, 10), dt.date(2018, 3, 31))
YEAR_END = RoundSetting("年终", "", dt.date(2018, 12, 1), dt.date(2019, 1, 10))
OTHER_YEAR = RoundSetting("旧年终", "", dt.date(2017, 12, 1), dt.date(2017, 12, 20))


def names(today, rounds=(YEAR_END, SPRING, OTHER_YEAR), **more):
    return [each.name for each in openings(office(point(U1="责任")), rounds, today=today, **more)]


def test_a_round_opens_on_its_day_and_stays_known_afterwards():
    assert names(dt.date(2018, 3, 9)) == []
    assert names(dt.date(2018, 3, 10)) == ["第一季度"]
    assert names(dt.date(2018, 12, 1)) == ["第一季度", "年终"]


def test_a_round_of_another_year_is_nobodys():
    assert "旧年终" not in names(dt.date(2018, 12, 31))


def test_a_round_that_is_named_may_be_handed_out_before_its_day():
    assert names(dt.date(2018, 1, 1), name="年终") == ["年终"]


@pytest.mark.parametrize(("plan", "found"), [("P1", 1), ("P2", 0), ("", 1)])
def test_a_round_may_belong_to_one_plan(plan, found):
    assert len(names(dt.date(2018, 3, 10), rounds=(replace(SPRING, plan=plan),))) == found


def test_a_round_that_was_due_before_its_plan_was_issued_is_not_missed():
    known = office(point(U1="责任"))
    plan = known.plans["P1"]
    issued = replace(plan, edition=replace(plan.edition, issued_on=dt.date(2018, 6, 29)))

    assert openings(replace(known, plans={"P1": issued}), (SPRING,), today=dt.date(2018, 7, 1)) == ()


def test_a_round_that_was_due_before_the_office_entered_the_plan_is_not_missed_and_may_be_named():
    known = office(point(U1="责任"))
    entered = replace(
        known, plans={"P1": replace(known.plans["P1"], entered_on=dt.date(2018, 7, 6))}, rounds={}
    )
    rounds, today = (SPRING, YEAR_END), dt.date(2018, 12, 3)

    assert [open_round.name for open_round in openings(entered, rounds, today=today)] == ["年终"]
    assert [open_round.name for open_round in openings(entered, rounds, today=today, name="第一季度")] == [
        "第一季度"
    ]


def test_a_round_that_was_handed_out_is_known_by_its_id_and_whether_its_day_is_over():
    known = office(point(U1="责任"))
    [found] = openings(known, (replace(SPRING, name="第三季度"),), today=dt.date(2018, 4, 1))

    assert (found.round, found.past) == ("R1", True)


def test_the_last_round_is_the_one_at_the_end_of_the_year_with_none_after_it():
    known = replace(office(point(U1="责任")), rounds={})

    def last(due, *rounds):
        return is_last(known, rounds, Round("R9", "P1", "一期", dt.date(2018, 1, 1), due))

    assert last(dt.date(2019, 1, 10), SPRING, YEAR_END)
    assert not last(dt.date(2018, 12, 10), SPRING, YEAR_END)
    assert not last(dt.date(2018, 3, 31))
    assert last(dt.date(2018, 11, 1))
    assert not last(dt.date(2018, 10, 31))


def test_a_plan_of_this_year_that_no_round_is_for_is_named_and_one_of_last_year_is_not():
    known = office(point(U1="责任"))

    assert without_round(known, (SPRING,), today=dt.date(2018, 4, 1)) == ()
    next_years = (replace(SPRING, opens=dt.date(2019, 3, 1), due=dt.date(2019, 3, 31)),)
    assert without_round(known, next_years, today=dt.date(2018, 4, 1)) == ("P1",)
    assert without_round(known, next_years, today=dt.date(2019, 1, 2)) == ()
    assert without_round(known, (replace(SPRING, plan="P2"),), today=dt.date(2018, 4, 1)) == ("P1",)


def test_a_plan_of_a_year_without_rounds_has_those_of_the_latest_year_before_that_are_for_it():
    known = office(point(U1="责任"))
    leap = RoundSetting("二月底", "", dt.date(2016, 2, 29), dt.date(2016, 3, 31))
    older = replace(leap, opens=dt.date(2015, 6, 1), due=dt.date(2015, 6, 30))

    (carried,) = yearly_rounds(known, (leap, older, replace(leap, plan="P2")))

    assert (carried.plan, carried.opens, carried.due) == ("P1", dt.date(2018, 2, 28), dt.date(2018, 3, 31))
    (opening,) = openings(known, (leap,), today=dt.date(2018, 3, 1))
    assert (opening.due, opening.is_typed) == (dt.date(2018, 3, 31), False)
    assert rounds_to_type(known, (leap,)) == (replace(carried, plan=""),)
    (typed,) = openings(known, rounds_to_type(known, (leap,)), today=dt.date(2018, 3, 1))
    assert typed == replace(opening, is_typed=True)
    assert yearly_rounds(known, (leap, SPRING)) == ()
    assert yearly_rounds(known, (replace(leap, plan="P2"),)) == ()
    assert not is_last(
        known,
        (replace(YEAR_END, opens=dt.date(2017, 12, 1), due=dt.date(2017, 12, 20)),),
        Round("R9", "P1", "一期", dt.date(2018, 1, 1), dt.date(2018, 11, 30)),
    )


def test_a_year_end_round_that_is_due_in_january_is_none_of_the_new_year():
    ledger = office(point(U1="责任"))
    late = replace(YEAR_END, opens=dt.date(2017, 12, 10), due=dt.date(2018, 1, 10))

    assert without_round(ledger, (late,), today=dt.date(2018, 1, 2)) == ("P1",)


def test_a_form_shows_what_was_reported_by_a_unit_that_went_on_in_this_one():
    drawn = office(
        point(U2="责任"), point(wp="P1-002", U1="责任"), said={("U1", "progress", "R1"): "甲局办了"}
    )
    link = facts.UnitLink("U1", "U2", dt.date(2018, 10, 1), "merge")
    merged = replace(drawn, units={**drawn.units, "U1": replace(drawn.units["U1"], links=(link,))})
    form = facts.Form("F", "R2", "U2", 0, (WP,), ("status", "progress"), "")

    (before,) = form_sheet(drawn, form, drawn.rounds["R2"], office_id="x").rows
    (after,) = form_sheet(merged, form, merged.rounds["R2"], office_id="x").rows

    assert "progress" not in before.cells
    assert (after.cells["progress"], after.cells["role"]) == ("甲局办了", "责任")
