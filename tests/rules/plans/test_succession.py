"""Who speaks for a unit on a day."""

from __future__ import annotations

import datetime as dt

from tracker.facts import UnitLink
from tracker.rules.office import Office, UnitNow
from tracker.rules.plans.identity import successor

DAY = dt.date(2019, 1, 1)


def linked(*links):
    units = {}
    for unit, heir in links:
        link = UnitLink(unit, heir, DAY, "merge")
        units[unit] = UnitNow(unit, links=(*(units[unit].links if unit in units else ()), link))
    return Office(units=units)


def test_a_unit_speaks_for_itself_until_the_day_of_its_successor():
    office = linked(("甲", "乙"))

    assert successor(office, "甲", dt.date(2018, 12, 31)) == "甲"
    assert successor(office, "甲", DAY) == "乙"


def test_successors_of_successors_are_followed():
    assert successor(linked(("甲", "乙"), ("乙", "丙")), "甲", DAY) == "丙"


def test_a_unit_that_was_split_keeps_speaking_for_itself():
    assert successor(linked(("甲", "乙"), ("甲", "丙")), "甲", DAY) == "甲"


def test_links_in_a_circle_end():
    assert successor(linked(("甲", "乙"), ("乙", "甲")), "甲", DAY) in ("甲", "乙")


def test_a_unit_that_nobody_knows_speaks_for_itself():
    assert successor(Office(), "甲", DAY) == "甲"
