"""The frames of a spot check: what is drawn from, and what is looked at whole."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from tracker.rules.check import FrameKind, frames_of
from tracker.spotcheck import CHECK_ITEMS, SpotPlan
from tracker.workdays import Calendar

UNITS = (("U001", "市甲局", "市直部门"), ("U002", "乙县", "县（市、区）"))


@pytest.mark.parametrize(("days", "units", "contents"), list(itertools.product((0, 1), repeat=3)))
def test_a_dimension_of_which_nothing_is_drawn_is_no_frame(days, units, contents):
    plan = SpotPlan(
        "抽查", dt.date(2026, 4, 1), dt.date(2026, 4, 10), days=days, units=units, contents=contents
    )

    frames = frames_of(plan, UNITS, CHECK_ITEMS, (), Calendar())

    wishes = {FrameKind.DAY: days, FrameKind.UNIT: units, FrameKind.CONTENT: contents}
    assert {frame.kind for frame in frames} == {kind for kind, size in wishes.items() if size}
