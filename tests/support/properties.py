"""How many examples a property is tried on: a few and the same in the test command, many and fresh in the soak."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# `tests.soaks.properties` sets it; 1 is the test command.
SCALE = int(os.environ.get("TRACKER_PROPERTY_SCALE", "1"))
USUAL = 100


def examples(count: int = USUAL) -> settings:
    """So many examples in the test command, `SCALE` times as many in the soak."""
    return settings(max_examples=count * SCALE)


def load_profile() -> None:
    """Make it what every property follows that says nothing else."""
    settings.register_profile(
        "tracker",
        max_examples=USUAL * SCALE,
        deadline=None,  # a shared machine is slow now and then, and no property is about seconds
        derandomize=SCALE == 1,
        database=None,
        print_blob=SCALE > 1,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("tracker")
