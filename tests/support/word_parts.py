"""Paragraphs and cells of Word, as its XML."""

from __future__ import annotations


def p(text: str = "", properties: str = "") -> str:
    """A paragraph."""
    run = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{run}</w:p>"


def tc(text: str = "", properties: str = "") -> str:
    """A table cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


RESTART = '<w:vMerge w:val="restart"/>'


GOES_ON = "<w:vMerge/>"
