"""Pages that people look at: .pdf files and pictures of them."""

from tracker.formats.pages.pdf import pages_in, picture, steady

__all__ = [
    "pages_in",
    "picture",
    "steady",
]
