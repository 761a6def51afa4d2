"""The year in numbers and words: summary, report and its relatives, its workbook, other people's tables."""

from tracker.late import late

with late(globals()):
    from tracker.rules.report.annexes import ITEMS, OPEN, deadline_text, full_text, is_of_many, reasons
    from tracker.rules.report.applications import (
        applications_table,
        check_applications,
        count_applications,
        rows_of_counts,
    )
    from tracker.rules.report.brief import write_brief
    from tracker.rules.report.budget import estimated_pages
    from tracker.rules.report.chapters import items_without_paragraph, paragraphs_of, report_items
    from tracker.rules.report.checks import CHECK_LABELS, SpotCheck, check_row
    from tracker.rules.report.circular import write_circular
    from tracker.rules.report.edition import ReportChange, ReportChanges, changes_since, freeze, is_signed
    from tracker.rules.report.filling import (
        CellEntry,
        MatchKind,
        RowMatch,
        RowSubject,
        cell_entry,
        comparison_key,
        find_part,
        find_point,
    )
    from tracker.rules.report.material import (
        Material,
        MaterialRow,
        is_published,
        material_of,
        typed_cells,
    )
    from tracker.rules.report.relatives import own_report, public_summary, public_version
    from tracker.rules.report.review import (
        ReviewNote,
        notes_by_point,
        page_notes,
        review_notes,
        withheld_notes,
    )
    from tracker.rules.report.sentences import unit_names
    from tracker.rules.report.sheets import report_sheets
    from tracker.rules.report.summary import Quote, ReportItem, YearSummary, hidden_columns, summarise
    from tracker.rules.report.year_report import (
        detail_of,
        insert_of,
        subject_of,
        template_values,
        write_report,
    )

__all__ = [
    "CHECK_LABELS",
    "ITEMS",
    "OPEN",
    "CellEntry",
    "MatchKind",
    "Material",
    "MaterialRow",
    "Quote",
    "ReportChange",
    "ReportChanges",
    "ReportItem",
    "ReviewNote",
    "RowMatch",
    "RowSubject",
    "SpotCheck",
    "YearSummary",
    "applications_table",
    "cell_entry",
    "changes_since",
    "check_applications",
    "check_row",
    "comparison_key",
    "count_applications",
    "deadline_text",
    "detail_of",
    "estimated_pages",
    "find_part",
    "find_point",
    "freeze",
    "full_text",
    "hidden_columns",
    "insert_of",
    "is_of_many",
    "is_published",
    "is_signed",
    "items_without_paragraph",
    "material_of",
    "notes_by_point",
    "own_report",
    "page_notes",
    "paragraphs_of",
    "public_summary",
    "public_version",
    "reasons",
    "report_items",
    "report_sheets",
    "review_notes",
    "rows_of_counts",
    "subject_of",
    "summarise",
    "template_values",
    "typed_cells",
    "unit_names",
    "withheld_notes",
    "write_brief",
    "write_circular",
    "write_report",
]
