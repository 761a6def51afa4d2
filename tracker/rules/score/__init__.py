"""The score of a unit: points with their reasons, the total that is their sum, ranks and grades."""

# mypy: implicit-reexport

from tracker.rules.score.measures import (
    Evidence,
    HandScore,
    composite,
    grade_of,
    is_bystander,
    measures_of,
    scheme_faults,
    score_unit,
    source_names,
)
from tracker.rules.score.tables import (
    UnitResult,
    appeal_table,
    bystander_notes,
    places,
    score_circular,
    score_tables,
)
