"""The score of a unit: points with their reasons, the total that is their sum, ranks and grades."""

from tracker.rules.score.faults import scheme_faults
from tracker.rules.score.scoring import (
    HandScore,
    Measure,
    ScoreLine,
    UnitScore,
    composite,
    grade_of,
    ranks,
    score_unit,
)

__all__ = [
    "HandScore",
    "Measure",
    "ScoreLine",
    "UnitScore",
    "composite",
    "grade_of",
    "ranks",
    "scheme_faults",
    "score_unit",
]
