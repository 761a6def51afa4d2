"""Units by group: the office's own groups, never a ranking."""

from __future__ import annotations

import dataclasses

from tests.support.summaries import summary_of
from tests.support.years import year_office
from tracker.board import Burden
from tracker.rules.board import NO_GROUP, groups_of

KINDS = {"U1": "市直部门", "U2": "市直部门", "U3": "县（市、区）", "U4": " ", "U5": "市直部门"}


def test_units_stand_in_the_groups_of_the_register_the_largest_first():
    groups = groups_of(summary_of(year_office()), KINDS, {})

    assert [(each.name, [unit.key for unit in each.units]) for each in groups] == [
        ("市直部门", ["U1", "U2", "U5"]),
        ("县（市、区）", ["U3"]),
        (NO_GROUP, ["U4"]),
    ]


def test_a_group_is_the_sum_of_its_units():
    asked = {"U1": Burden(1, 3, 9, 1, 2), "U5": Burden(1, 4, 12, 0, 1)}

    group = groups_of(summary_of(year_office()), KINDS, asked)[0]

    for count in ("lead", "responsible", "support", "done", "overdue", "own"):
        assert getattr(group.whole, count) == sum(getattr(each, count) for each in group.units)
    assert group.whole.asked == Burden(2, 7, 21, 1, 3)


def test_a_unit_that_only_supports_has_no_rate():
    office = year_office()
    plan = office.plans["P1"]
    only = dataclasses.replace(plan, points=plan.points[1:2])
    groups = groups_of(summary_of(dataclasses.replace(office, plans={"P1": only})), {}, {})

    assert {each.key: each.share for each in groups[0].units} == {"U1": "0.0", "U5": ""}
