"""What leaves and when: messages, their audience, their pace, and the slots of the scheduler."""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.rules.outgoing.departures import (
        ALARM,
        Dispatch,
        Hold,
        addr_spec,
        dispatch,
        find_hold,
        free_at,
        is_settled,
        one_line,
    )
    from tracker.rules.outgoing.messages import (
        FORM,
        TEXT_LIMITS,
        DueMessage,
        Fate,
        SendOutcome,
        Treatment,
        due_messages,
        message_standing,
        next_attempt,
        numbered_parts,
        stale_slips,
    )
    from tracker.rules.outgoing.slots import (
        ALARM_AT,
        ClockReading,
        ClockTrust,
        RunOutcome,
        SlotState,
        failures_in_a_row,
        judge,
        last_good,
        news,
        next_due,
        silent_since,
        slot_state,
        slots_of,
    )
