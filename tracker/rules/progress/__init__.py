"""Where work points stand on a day: status, light, lateness, the figures, what waits today, and the rows of 工作台账."""

from tracker.late import late

with late(globals()):
    from tracker.rules.progress.duties import (
        DUTY,
        DUTY_WORDS,
        LetterDuty,
        asks_publication,
        duty_figures,
        duty_id,
        duty_todos,
        is_for_units,
        letter_duties,
        letter_rules,
    )
    from tracker.rules.progress.figures import (
        LONG_TERM,
        NOT_DONE,
        POINT_CLASSES,
        PUBLIC_CLASSES,
        UNCOUNTED,
        CountedPoint,
        Figure,
        count_figures,
        percent,
        sections,
    )
    from tracker.rules.progress.lights import DONE, LEFT_OUT, UNREPORTED, Light
    from tracker.rules.progress.requests import (
        Request,
        RequestIndex,
        entered_by_hand,
        forms_back,
        gather_index,
        heirs_on,
        rounds_by_plan,
        rounds_in_hand,
    )
    from tracker.rules.progress.rows import editable, key_of, ledger_rows, subject_of
    from tracker.rules.progress.standing import (
        Standing,
        UnitStanding,
        deciders,
        main_units,
        standing_of,
        standings,
    )
    from tracker.rules.progress.todo import Todo, todo_line, todos

__all__ = [
    "DONE",
    "DUTY",
    "DUTY_WORDS",
    "LEFT_OUT",
    "LONG_TERM",
    "NOT_DONE",
    "POINT_CLASSES",
    "PUBLIC_CLASSES",
    "UNCOUNTED",
    "UNREPORTED",
    "CountedPoint",
    "Figure",
    "LetterDuty",
    "Light",
    "Request",
    "RequestIndex",
    "Standing",
    "Todo",
    "UnitStanding",
    "asks_publication",
    "count_figures",
    "deciders",
    "duty_figures",
    "duty_id",
    "duty_todos",
    "editable",
    "entered_by_hand",
    "forms_back",
    "gather_index",
    "heirs_on",
    "is_for_units",
    "key_of",
    "ledger_rows",
    "letter_duties",
    "letter_rules",
    "main_units",
    "percent",
    "rounds_by_plan",
    "rounds_in_hand",
    "sections",
    "standing_of",
    "standings",
    "subject_of",
    "todo_line",
    "todos",
]
