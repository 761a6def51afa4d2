"""Our own workbooks: laid out from values, with what explains them, and read back whatever was done to them.

The same values give the same bytes, and text is only ever text. `ink` is the one place that knows the writing
library. An existing workbook is never laid out again: `formats.patch` changes its cells.
"""

from tracker.formats.books.adjustments import Adjustments, lay_out_adjustments, read_adjustments
from tracker.formats.books.applications import lay_out_applications, read_applications
from tracker.formats.books.calls import CallList, CallRow, lay_out_calls, missing_calls, read_calls
from tracker.formats.books.charts import is_untouched, lay_out_charts, lay_out_sheet
from tracker.formats.books.comparison import ComparisonReading, lay_out_comparison, read_comparison
from tracker.formats.books.form import lay_out_form
from tracker.formats.books.ink import as_day, height_for, lines_in
from tracker.formats.books.ledger_book import (
    LEDGER_NOTE,
    LEDGER_SHEETS,
    WARNING,
    LedgerReading,
    SheetReading,
    lay_out_ledger,
    read_ledger_book,
)
from tracker.formats.books.proof import lay_out_proof
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
    as_tables,
    plain_text,
    read_form,
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
from tracker.formats.books.settings import (
    Lacking,
    SendingReader,
    complete_settings,
    lacking,
    lay_out_settings,
    settings_of,
)
from tracker.formats.books.signing import (
    SigningBook,
    SigningRow,
    decide_all,
    lay_out_signing,
    read_signing,
    signing_changes,
)
from tracker.formats.books.tables import day_of, lay_out

__all__ = [
    "CAME",
    "LEDGER_NOTE",
    "LEDGER_SHEETS",
    "NEW_UNIT",
    "UNITS",
    "WARNING",
    "Adjustments",
    "CallList",
    "CallRow",
    "ComparisonReading",
    "ContactRow",
    "EvidenceListRow",
    "FormCell",
    "FormReading",
    "HandOutRow",
    "Lacking",
    "LedgerReading",
    "Marks",
    "NameRow",
    "RegisterBook",
    "ReportingRow",
    "SendingReader",
    "SharedRow",
    "SheetReading",
    "SigningBook",
    "SigningRow",
    "UnitGroupRow",
    "UnitRow",
    "all_sheets",
    "as_day",
    "as_tables",
    "complete_settings",
    "day_of",
    "decide_all",
    "height_for",
    "is_untouched",
    "lacking",
    "lay_out",
    "lay_out_adjustments",
    "lay_out_applications",
    "lay_out_calls",
    "lay_out_charts",
    "lay_out_comparison",
    "lay_out_evidence",
    "lay_out_form",
    "lay_out_hand_out",
    "lay_out_ledger",
    "lay_out_proof",
    "lay_out_questions",
    "lay_out_register",
    "lay_out_reporting",
    "lay_out_settings",
    "lay_out_sheet",
    "lay_out_signing",
    "lines_in",
    "missing_calls",
    "missing_forms",
    "missing_register_rows",
    "plain_text",
    "read_adjustments",
    "read_applications",
    "read_calls",
    "read_comparison",
    "read_decisions",
    "read_form",
    "read_ledger_book",
    "read_marks",
    "read_register",
    "read_signing",
    "settings_of",
    "shared_rows",
    "signing_changes",
    "tokens_in",
]
