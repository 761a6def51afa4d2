"""Forms out and back: who is asked what, what may be believed, and the join that loses nothing."""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.rules.returns.merge import (
        CHOICE_CODES,
        CellConflict,
        CellMerge,
        CellOutcome,
        Doubts,
        Key,
        find_doubts,
        is_later,
        join,
        merge_cell,
        questions,
    )
    from tracker.rules.returns.papers import (
        EvidenceRow,
        FormReporting,
        ReportingState,
        ReturnNotice,
        ReturnPaper,
        evidence,
        papers_of,
        reporting_of,
        return_notice,
        says_stamped,
        shown_by,
        stamped_on,
    )
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
        rounds_to_type,
        without_round,
        yearly_rounds,
    )
