"""The report's twin and other lists of figures as plain workbooks."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.files.lists.books import BookColumn
from tracker.files.lists.books import BookSheet
from tracker.files.lists.books import lay_out
from tracker.rules.reporting.twin import ReportSheet


def lay_out_tables(sheets: Sequence[ReportSheet]) -> bytes:
    """One sheet for each table; figures are figures."""
    return lay_out(
        [
            BookSheet(
                name=sheet.name,
                title=sheet.title,
                notes=(sheet.note,),
                columns=tuple(BookColumn(label, width, numbers=True) for label, width in sheet.columns),
                rows=sheet.rows,
            )
            for sheet in sheets
        ]
    )
