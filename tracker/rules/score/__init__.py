"""The score of a unit: points with their reasons, the total that is their sum, ranks and grades."""

from tracker.rules.score.faults import scheme_faults
from tracker.rules.score.measures import Evidence, measures_of, source_names
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
from tracker.rules.score.tables import UnitResult, appeal_table, places, score_circular, score_tables

__all__ = [
    "Evidence",
    "HandScore",
    "Measure",
    "ScoreLine",
    "UnitResult",
    "UnitScore",
    "appeal_table",
    "composite",
    "grade_of",
    "measures_of",
    "places",
    "ranks",
    "scheme_faults",
    "score_circular",
    "score_tables",
    "score_unit",
    "source_names",
]
