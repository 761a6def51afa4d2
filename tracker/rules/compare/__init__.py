"""One year against the next, one level against the other: what is proposed, what a person decided, what follows."""

from tracker.late import late

with late(globals()):
    from tracker.rules.compare.comparison import Comparison, compare_plans, decide
    from tracker.rules.compare.levels import LEVELS, level_annex
    from tracker.rules.compare.lineage import GAP, ancestors, superseded_ids
    from tracker.rules.compare.statements import Statements, statements_of
    from tracker.rules.compare.ways import comparison_todos, comparisons, way_of
    from tracker.rules.compare.workbooks import comparison_book
    from tracker.rules.compare.years import YEARS, YEARS_LABELS, YearsInReport, years_in_report

__all__ = [
    "GAP",
    "LEVELS",
    "YEARS",
    "YEARS_LABELS",
    "Comparison",
    "Statements",
    "YearsInReport",
    "ancestors",
    "compare_plans",
    "comparison_book",
    "comparison_todos",
    "comparisons",
    "decide",
    "level_annex",
    "statements_of",
    "superseded_ids",
    "way_of",
    "years_in_report",
]
