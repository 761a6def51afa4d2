"""Word documents in official layout: a value in, the bytes of a .docx out.

`render_official(document)` lays out an `outline.Official` after GB/T 9704-2012. Same value, same bytes.
python-docx is imported when the first document is rendered, so that importing this package stays quick.
"""

from __future__ import annotations

from tracker.outline import Official


def render_official(document: Official) -> bytes:
    """The bytes of a .docx in official layout."""
    from tracker.formats.documents.official import render

    return render(document)
