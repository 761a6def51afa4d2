"""Where work points stand on a day: status, light, lateness, the figures, what waits today, and the rows of 工作台账."""

from tracker.late import late

with late(globals()):
    from tracker.rules.progress.figures import (
        NOT_DONE,
        POINT_CLASSES,
        PUBLIC_CLASSES,
        UNCOUNTED,
        CountedPoint,
        Figure,
        count_figures,
        percent,
        sections,
        shares,
    )
    from tracker.rules.progress.lights import DONE, LEFT_OUT, UNREPORTED, Light
    from tracker.rules.progress.rows import editable, key_of, ledger_rows, subject_of
    from tracker.rules.progress.standing import (
        Standing,
        StandingIndex,
        UnitStanding,
        deciders,
        gather_index,
        main_units,
        standing_of,
        standings,
    )
    from tracker.rules.progress.todo import Todo, todo_line, todos

__all__ = [
    "DONE",
    "LEFT_OUT",
    "NOT_DONE",
    "POINT_CLASSES",
    "PUBLIC_CLASSES",
    "UNCOUNTED",
    "UNREPORTED",
    "CountedPoint",
    "Figure",
    "Light",
    "Standing",
    "StandingIndex",
    "Todo",
    "UnitStanding",
    "count_figures",
    "deciders",
    "editable",
    "gather_index",
    "key_of",
    "ledger_rows",
    "main_units",
    "percent",
    "sections",
    "shares",
    "standing_of",
    "standings",
    "subject_of",
    "todo_line",
    "todos",
]
