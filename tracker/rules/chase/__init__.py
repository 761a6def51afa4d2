"""The ladder of slips: who is reminded on a day, by which slip, and what it says."""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.rules.chase.reminders import (
        FORM_TIERS,
        FORM_WORD,
        SLIP_UNITS,
        Countdown,
        Decision,
        SlipIndex,
        begun_anew,
        decide_all,
        group_words,
        obligations,
        open_forms,
        since_for,
        units_named,
    )
    from tracker.rules.chase.slips import (
        PlanCounts,
        Sender,
        Slip,
        SlipLine,
        file_name,
        next_number,
        number_gaps,
        sample_slips,
        slip_outline,
        slip_values,
    )
