"""The ladder of slips: who is reminded on a day, by which slip, and what it says."""

from tracker.late import late

with late(globals()):
    from tracker.rules.chase.countdown import Countdown
    from tracker.rules.chase.reminders import (
        SLIP_UNITS,
        Decision,
        SlipIndex,
        begun_anew,
        decide_all,
        obligations,
        since_for,
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
    "SLIP_UNITS",
    "Countdown",
    "Decision",
    "PlanCounts",
    "Sender",
    "Slip",
    "SlipIndex",
    "SlipLine",
    "begun_anew",
    "decide_all",
    "file_name",
    "next_number",
    "number_gaps",
    "obligations",
    "sample_slips",
    "since_for",
    "slip_outline",
    "slip_values",
]
