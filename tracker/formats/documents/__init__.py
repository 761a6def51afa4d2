"""Word documents: in official layout, and cells of the tables of somebody else's.

`render_official(document)` lays out an `outline.Official` after GB/T 9704-2012. Same value, same bytes. python-docx is
imported when the first document is rendered, so that a verb that renders none does not wait for it.
"""

# mypy: implicit-reexport

from tracker.late import late
from tracker.outline import Official

with late(globals()):
    from tracker.formats.documents.wordtable import CellText, RowCopies, change_tables


def render_official(document: Official) -> bytes:
    """The bytes of a .docx in official layout."""
    from tracker.formats.documents.official import render

    return render(document)
