"""A verb that is killed anywhere leaves nothing that the next run does not put right."""

from __future__ import annotations

import pytest

from tests.soaks.kills import soak
from tests.support.year import prepare_returns


@pytest.mark.parametrize("seed", range(4))
def test_killed_anywhere_the_next_run_ends_in_the_same_state(tmp_path, seed):
    assert soak(prepare_returns(tmp_path / "办公"), 5, seed=seed) == []
