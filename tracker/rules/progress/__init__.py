"""Where work points stand on a day: status, light, lateness, the figures, what waits today, and the rows of 工作台账."""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.rules.progress.duties import (
        DUTY,
        DUTY_WORDS,
        ORIGIN,
        Todo,
        asks_publication,
        duty_figures,
        duty_id,
        duty_todos,
        is_for_units,
        late_list,
        letter_duties,
        letter_rules,
        todo_line,
        todos,
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
    from tracker.rules.progress.requests import (
        RequestIndex,
        began_on,
        entered_by_hand,
        forms_back,
        gather_index,
        heirs_on,
        rounds_by_plan,
        rounds_in_hand,
    )
    from tracker.rules.progress.rows import editable, key_of, ledger_rows, subject_of
    from tracker.rules.progress.standing import (
        DONE,
        LEFT_OUT,
        UNREPORTED,
        Light,
        Standing,
        UnitStanding,
        deciders,
        main_units,
        standing_of,
        standings,
    )
