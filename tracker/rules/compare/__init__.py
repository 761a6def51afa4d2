"""One year against the next, one level against the other: what is proposed, what a person decided, what follows."""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.rules.compare.comparison import Comparison, decide
    from tracker.rules.compare.levels import LEVELS, level_annex
    from tracker.rules.compare.proposals import GAP, ancestors, superseded_ids
    from tracker.rules.compare.ways import comparison_todos, comparisons, way_of
    from tracker.rules.compare.workbooks import Statements, comparison_book, statements_of
    from tracker.rules.compare.years import YEARS_LABELS, YearsInReport, years_in_report
