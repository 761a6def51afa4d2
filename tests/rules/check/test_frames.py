"""The frames of a spot check: what is drawn from, and what is looked at whole."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from tracker.rules.check import FrameKind, frames_of
from tracker.spotcheck import SpotPlan, check_items
from tracker.workdays import Calendar

ITEMS = check_items([])
UNITS = (("U001", "市甲局", "市直部门"), ("U002", "乙县", "县（市、区）"))


@pytest.mark.parametrize(("days", "units", "contents"), list(itertools.product((0, 1), repeat=3)))
def test_a_dimension_of_which_nothing_is_drawn_is_no_frame(days, units, contents):
    plan = SpotPlan(
        "抽查", dt.date(2026, 4, 1), dt.date(2026, 4, 10), days=days, units=units, contents=contents
    )

    frames = frames_of(plan, UNITS, ITEMS, (), Calendar())

    wishes = {FrameKind.DAY: days, FrameKind.UNIT: units, FrameKind.CONTENT: contents}
    assert {frame.kind for frame in frames} == {kind for kind, size in wishes.items() if size}


LETTERS = (*UNITS, ("U003", "市委宣传部", "党委部门"), ("U004", "市税务局", "垂直管理"))


@pytest.mark.parametrize(
    ("also", "drawn"),
    [
        ((), {"U001", "U002"}),
        (("党委部门",), {"U001", "U002", "U003"}),
        (("市税务局",), {"U001", "U002", "U004"}),
    ],
)
def test_who_may_only_be_asked_by_letter_is_drawn_where_the_office_says_so(also, drawn):
    plan = SpotPlan("抽查", days=0, contents=0, units=1, also=also)
    (frame,) = frames_of(plan, LETTERS, ITEMS, (), Calendar())

    assert {candidate.id for candidate in frame.candidates if not candidate.exclusion} == drawn
    assert all("不属抽查范围" in one.exclusion for one in frame.candidates if one.id not in drawn)
