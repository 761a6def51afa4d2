"""The ladder of slips: who is reminded on a day, by which slip, and what it says."""

from tracker.late import late

with late(globals()):
    from tracker.rules.chase.countdown import Countdown
    from tracker.rules.chase.reminders import (
        FORM_TIERS,
        FORM_WORD,
        SLIP_UNITS,
        Decision,
        OpenForm,
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

__all__ = [
    "FORM_TIERS",
    "FORM_WORD",
    "SLIP_UNITS",
    "Countdown",
    "Decision",
    "OpenForm",
    "PlanCounts",
    "Sender",
    "Slip",
    "SlipIndex",
    "SlipLine",
    "begun_anew",
    "decide_all",
    "file_name",
    "group_words",
    "next_number",
    "number_gaps",
    "obligations",
    "open_forms",
    "sample_slips",
    "since_for",
    "slip_outline",
    "slip_values",
    "units_named",
]
