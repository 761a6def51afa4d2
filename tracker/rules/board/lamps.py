"""The lights of the year: how many items shine in which colour, each colour with what it says.

The shares add up to 100.0 (`rules.reporting.shares`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.rules.progress.lights import Light
from tracker.rules.reporting.item import ReportItem
from tracker.rules.reporting.shares import shares

# Worst first, as a leader reads it: the colour, and what it says (`rules.progress.lights`).
LIGHT_MEANINGS: dict[Light, tuple[str, str]] = {
    Light.RED: ("#c62828", "逾期未完成"),
    Light.YELLOW: ("#f9a825", "滞后或到期当月未启动"),
    Light.BLUE: ("#1565c0", "临近到期"),
    Light.GREEN: ("#2e7d32", "已完成或正常推进"),
    Light.GREY: ("#757575", "长期推进或无固定时限"),
}
# The lights that want somebody's attention.
URGENT_LIGHTS = (Light.RED, Light.YELLOW, Light.BLUE)


@dataclass(frozen=True, slots=True)
class LightCount:
    """A light, what it says, and how many items shine in it."""

    word: str
    colour: str
    says: str
    n: int
    share: str


def light_counts(items: Sequence[ReportItem]) -> tuple[LightCount, ...]:
    """Every light, also those in which nothing shines: a leader looks for the red that is not there."""
    counts = [sum(item.standing.light is light for item in items) for light in LIGHT_MEANINGS]
    parts = shares(counts)
    return tuple(
        LightCount(light.value, *LIGHT_MEANINGS[light], n, share)
        for light, n, share in zip(LIGHT_MEANINGS, counts, parts, strict=True)
    )
