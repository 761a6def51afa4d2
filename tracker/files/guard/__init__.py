"""Guard."""

from tracker.files.guard.opening import SourcePicture, open_source, read_bytes, read_files

__all__ = [
    "SourcePicture",
    "open_source",
    "read_bytes",
    "read_files",
]
