"""The year in numbers and words: summary, report and its relatives, its workbook, other people's tables."""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.rules.report.annexes import annexes_of, deadline_text, full_text, is_of_many, reasons
    from tracker.rules.report.applications import (
        applications_table,
        check_applications,
        count_applications,
        rows_of_counts,
    )
    from tracker.rules.report.chapters import (
        estimated_pages,
        items_without_paragraph,
        paragraphs_of,
        report_items,
        sentences_of,
    )
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
    from tracker.rules.report.relatives import (
        own_report,
        public_summary,
        public_version,
        write_brief,
        write_circular,
    )
    from tracker.rules.report.review import (
        Material,
        MaterialRow,
        ReviewNote,
        is_published,
        material_of,
        notes_by_point,
        page_notes,
        review_notes,
        typed_cells,
        withheld_notes,
    )
    from tracker.rules.report.sheets import report_sheets
    from tracker.rules.report.summary import (
        CHECK_LABELS,
        ReportItem,
        SpotCheck,
        YearSummary,
        check_row,
        hidden_columns,
        summarise,
    )
    from tracker.rules.report.year_report import (
        ReportDraft,
        insert_of,
        subject_of,
        template_values,
        write_report,
    )
