"""What a row of the 台账 shows."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from tests.support.offices import WP, office, point
from tests.support.years import year_office
from tracker.model import Mode
from tracker.rules.progress.rows import ledger_rows
from tracker.settings import Day
from tracker.workdays import Calendar


def latest(roles: dict[str, str]) -> list[str]:
    said = {(unit, "progress", "R1"): f"{unit}办了" for unit in roles}
    found = office(point(Mode.EACH, **roles), said=said)
    rows = ledger_rows(found, Day(dt.date(2018, 9, 10), Calendar()))
    return rows.points[WP]["latest"].splitlines()


def test_the_words_of_an_earlier_round_are_shown_with_that_round():
    said = {("U1", "progress", "R1"): "办了一半", ("U1", "status", "R1"): "正在推进"}
    found = office(point(U1="责任"), forms=(("U1", "R1"), ("U1", "R2")), said=said)

    rows = ledger_rows(found, Day(dt.date(2018, 12, 20), Calendar()))

    assert rows.points[WP]["latest"] == "U1单位（第三季度）：办了一半"


def test_the_row_of_a_unit_that_answers_no_more_stays_with_its_words():
    drawn = office(point(U2="责任"), point(wp="P1-002", U1="责任"), said={("U1", "progress", "R1"): "甲办了"})

    rows = ledger_rows(drawn, Day(dt.date(2018, 9, 10), Calendar()))

    assert (rows.progress[f"{WP}|U1"]["role"], rows.progress[f"{WP}|U1"]["progress"]) == ("原承担", "甲办了")
    assert rows.points[WP]["latest"] == "U1单位（第三季度）：甲办了"


@pytest.mark.parametrize(
    ("roles", "shown"),
    [
        ({f"U{n}": "责任" for n in range(3)}, ["U0单位：U0办了", "U1单位：U1办了", "U2单位：U2办了"]),
        (
            {f"U{n}": "责任" for n in range(5)},
            ["U0单位：U0办了", "U1单位：U1办了", "U2单位：U2办了", "另有2个单位，见“各单位进展”。"],
        ),
        (
            {**{f"U{n}": "责任" for n in range(5)}, "U9": "牵头"},
            ["U9单位：U9办了", "另有5个单位，见“各单位进展”。"],
        ),
    ],
)
def test_the_latest_words_of_many_units_are_those_of_the_leads_or_of_the_first_three(roles, shown):
    assert latest(roles) == shown


def test_the_latest_year_stands_on_top():
    drawn = year_office()
    plan = drawn.plans["P1"]
    edition = dataclasses.replace(plan.edition, plan="P2", year=plan.edition.year + 1)
    point = dataclasses.replace(plan.points[0], id="P2-001", plan="P2")
    later = dataclasses.replace(plan, plan="P2", edition=edition, points=(point,))

    rows = ledger_rows(
        dataclasses.replace(drawn, plans={"P1": plan, "P2": later}),
        Day(dt.date(2019, 3, 1), Calendar()),
    )

    assert list(rows.points)[:2] == ["P2-001", "P1-001"]
    assert next(iter(rows.progress)).startswith("P2-001")
