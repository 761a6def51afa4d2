"""Word documents: in official layout, and cells of the tables of somebody else's."""

from tracker.formats.documents.layout import render_official
from tracker.formats.documents.wordtable import CellText, RowCopies, change_tables

__all__ = [
    "CellText",
    "RowCopies",
    "change_tables",
    "render_official",
]
