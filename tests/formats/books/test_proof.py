"""分工核对表 of plans of any layout: what is not changed stays, what is changed is all that changes."""

import pytest

from tests.soaks import proof as soak


@pytest.mark.parametrize("seed", [*range(45), 845, 1214])
def test_a_drawn_plan_comes_back_as_it_was_and_a_correction_changes_its_cell_alone(seed):
    assert soak.check(seed) == ""
