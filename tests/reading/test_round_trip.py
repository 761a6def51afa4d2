"""Plans drawn from a grammar of layouts are read back equal, and damaged ones end in no error but a refusal."""

import random

import pytest
from hypothesis import given, strategies as st

from tests.soaks import reading as soak
from tests.support.properties import examples
from tracker.problems.reading import NotAPlan
from tracker.reading.plan.plan import read_plan


@examples(150)
@given(st.integers(min_value=0, max_value=10**9))
def test_a_plan_of_any_layout_is_read_back_equal(seed):
    example = soak.draw(random.Random(seed))

    title, points = soak.read_back(example.source)

    assert points == example.points
    assert title == example.title


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_plan_is_read_or_refused_and_never_ends_in_an_error(seed):
    example = soak.draw(random.Random(seed))

    try:
        plan_reading = read_plan(soak.damaged(example, random.Random(-seed)))
    except NotAPlan:
        return

    assert plan_reading.plan.work_points
