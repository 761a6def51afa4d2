"""Our own workbooks: laid out from values, with what explains them, and read back whatever was done to them.

The same values give the same bytes, and text is only ever text. `ink` is the one place that knows the writing
library. An existing workbook is never laid out again: `formats.patch` changes its cells.
"""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.formats.books.answers import (
        ANY_DAY,
        IDENTITY_SHEET,
        DayLimits,
        ListColumn,
        TableRow,
        can_stack,
        find_head,
        list_in,
        own_block,
        rows_of,
        single_column,
        with_block,
    )
    from tracker.formats.books.applications import (
        lay_out_adjustments,
        lay_out_applications,
        read_adjustments,
        read_applications,
    )
    from tracker.formats.books.arrangements import as_tables
    from tracker.formats.books.charts import is_untouched, lay_out_charts, lay_out_sheet
    from tracker.formats.books.corrections import (
        Correction,
        ProofReading,
        is_proof_book,
        marks_of,
        take_proof,
        unit_names,
    )
    from tracker.formats.books.daybook import (
        VERDICT_WORDS,
        DayDecisions,
        DayTask,
        DraftRow,
        lay_out_daybook,
        read_daybook,
    )
    from tracker.formats.books.form import lay_out_form
    from tracker.formats.books.ink import as_day, height_for, lines_in
    from tracker.formats.books.ledger_book import (
        LEDGER_NOTE,
        LEDGER_SHEETS,
        WARNING,
        LedgerReading,
        Note,
        SheetReading,
        laid_out_reading,
        lay_out_ledger,
        read_ledger_book,
    )
    from tracker.formats.books.logbooks import (
        LOGBOOK_STATE,
        LOGBOOK_STORY,
        SUBJECT_LABELS,
        Catalogue,
        FormLogbooks,
        LogbookRow,
        cell_value,
        complete_catalogue,
        lay_out_catalogue,
        lay_out_logbook,
        logbook_columns,
        read_catalogue,
        read_form_logbooks,
        read_logbook,
    )
    from tracker.formats.books.material import (
        MaterialBook,
        is_review_sheet,
        lay_out_material,
        lay_out_review,
        lay_out_review_list,
        read_material,
        read_review,
    )
    from tracker.formats.books.memory import BY_WORD
    from tracker.formats.books.proof import lay_out_proof, prove
    from tracker.formats.books.register import (
        NEW_UNIT,
        UNITS,
        ContactRow,
        NameRow,
        RegisterBook,
        UnitGroupRow,
        UnitRow,
        all_sheets,
        lay_out_register,
        missing_register_rows,
        read_register,
    )
    from tracker.formats.books.returns import (
        FormCell,
        FormReading,
        SharedRow,
        is_form,
        read_form,
        sections_of,
        shared_rows,
        tokens_in,
    )
    from tracker.formats.books.round_lists import (
        CAME,
        EvidenceListRow,
        HandOutRow,
        Marks,
        ReportingRow,
        lay_out_evidence,
        lay_out_hand_out,
        lay_out_questions,
        lay_out_reporting,
        missing_forms,
        read_decisions,
        read_marks,
    )
    from tracker.formats.books.schemes import SchemeReading, read_scheme
    from tracker.formats.books.scoring import (
        OWN_COMPONENT,
        UNSCORED,
        PointsEntry,
        ScoreEntries,
        lay_out_components,
        lay_out_entries,
        lay_out_scheme,
        missing_entries,
        read_components,
        read_entries,
    )
    from tracker.formats.books.settings import (
        Lacking,
        add_rounds,
        complete_settings,
        is_settings,
        lacking,
        lay_out_settings,
        settings_of,
    )
    from tracker.formats.books.spotcheck import (
        CheckLine,
        SpotBook,
        lay_out_check_sheet,
        lay_out_spot_book,
        read_check_sheet,
        read_spot_book,
    )
    from tracker.formats.books.tables import (
        ComparisonReading,
        ListBook,
        lay_out,
        lay_out_comparison,
        read_comparison,
    )
    from tracker.formats.books.worklists import (
        CallRow,
        DutyRow,
        SigningRow,
        add_calls,
        decide_all,
        lay_out_calls,
        lay_out_duties,
        lay_out_signing,
        missing_duties,
        read_calls,
        read_duties_book,
        read_signing,
        signing_changes,
    )
