"""Guard."""

from tracker.late import late

with late(globals()):
    from tracker.files.guard.opening import SourcePicture, open_known, open_source, read_bytes, read_files

__all__ = [
    "SourcePicture",
    "open_known",
    "open_source",
    "read_bytes",
    "read_files",
]
