"""Forms out and back: who is asked what, what may be believed, and the join that loses nothing."""

from tracker.late import late

with late(globals()):
    from tracker.rules.returns.doubts import Doubts, find_doubts, is_later
    from tracker.rules.returns.merge import (
        CHOICE_CODES,
        CellConflict,
        CellMerge,
        CellOutcome,
        CellRefusal,
        Key,
        join,
        merge_cell,
        questions,
    )
    from tracker.rules.returns.notices import ReturnNotice, return_notice
    from tracker.rules.returns.papers import (
        EvidenceRow,
        ReturnPaper,
        evidence,
        papers_of,
        says_stamped,
        shown_by,
        stamped_on,
    )
    from tracker.rules.returns.reporting import FormReporting, ReportingState, reporting_of
    from tracker.rules.returns.rounds import (
        ANSWERS,
        NEEDED,
        Ask,
        CoveringLetter,
        OpenRound,
        asks,
        cells_to_type,
        covering_letter,
        duty_sentences,
        form_sheet,
        handed_out,
        is_last,
        openings,
        without_round,
    )

__all__ = [
    "ANSWERS",
    "CHOICE_CODES",
    "NEEDED",
    "Ask",
    "CellConflict",
    "CellMerge",
    "CellOutcome",
    "CellRefusal",
    "CoveringLetter",
    "Doubts",
    "EvidenceRow",
    "FormReporting",
    "Key",
    "OpenRound",
    "ReportingState",
    "ReturnNotice",
    "ReturnPaper",
    "asks",
    "cells_to_type",
    "covering_letter",
    "duty_sentences",
    "evidence",
    "find_doubts",
    "form_sheet",
    "handed_out",
    "is_last",
    "is_later",
    "join",
    "merge_cell",
    "openings",
    "papers_of",
    "questions",
    "reporting_of",
    "return_notice",
    "says_stamped",
    "shown_by",
    "stamped_on",
    "without_round",
]
