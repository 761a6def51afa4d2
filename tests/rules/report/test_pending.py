"""What is missing is listed for the clerk."""

from __future__ import annotations

import dataclasses

import pytest

from tests.support.summaries import summary_of
from tests.support.years import year_office
from tracker import facts
from tracker.model import Role
from tracker.rules.office import Assignee
from tracker.rules.report.review import page_notes, review_notes


def codes(office, wp, **settings):
    return [each.code for each in review_notes(summary_of(office), **settings) if each.point_id == wp]


@pytest.mark.parametrize(
    ("wp", "expected"),
    [
        ("P1-001", ["no-approval", "proposed", "unfinished"]),
        ("P1-003", ["no-date", "no-evidence", "proposed"]),
        ("P1-008", ["no-text", "silent"]),
        ("P1-007", ["no-text", "claim"]),
        ("P1-009", []),
    ],
)
def test_each_gap_is_named_once(wp, expected):
    assert codes(year_office(), wp) == expected


def test_an_overdue_item_without_a_reason_is_asked_for():
    silent = year_office(x=(("P1-002", "U1", "problem", "R1"), ""))

    assert "no-reason" not in codes(year_office(), "P1-002")
    assert "no-reason" in codes(silent, "P1-002")


def test_a_summary_over_the_limit_is_flagged_and_never_cut():
    assert "long-text" in codes(year_office(), "P1-001", limit=10)
    assert summary_of(year_office()).item("P1-001").texts[0].text.endswith("细化到项级科目")


def test_a_decision_that_contradicts_the_units_is_shown():
    against = year_office(x=(("P1-006", "", "decision", ""), "已完成"))
    agreeing = year_office(x=(("P1-001", "", "decision", ""), "已完成"))

    assert "disagree" in codes(against, "P1-006")
    assert "disagree" not in codes(agreeing, "P1-001")


def test_an_undecided_name_and_an_open_conflict_are_shown():
    drawn = year_office()
    plan = drawn.plans["P1"]
    points = tuple(
        dataclasses.replace(each, assignees=(*each.assignees, Assignee("有关单位", "", Role.RESPONSIBLE)))
        if each.id == "P1-001"
        else each
        for each in plan.points
    )
    conflict = facts.Conflict("C1", "P1-001", "U1", "progress", "R1", "", "甲", "乙", "both")
    drawn = dataclasses.replace(
        drawn, plans={"P1": dataclasses.replace(plan, points=points)}, conflicts={"C1": conflict}
    )

    assert {"no-unit", "conflict"} <= set(codes(drawn, "P1-001"))


def test_settings_that_were_left_empty_are_named():
    found = review_notes(summary_of(year_office()), empty_settings=("报告主送机关",))

    assert "报告主送机关" in found[0].text


def test_a_limit_of_pages_that_cannot_be_kept_says_its_cost():
    assert page_notes(8, 8, 500) == ()
    assert "正文约9页，超过“报告正文页数上限”8页" in page_notes(9, 8, 500)[0].text
    assert "附件的一览表不列落实情况" in page_notes(8, 8, 501)[0].text
