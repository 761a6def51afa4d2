"""Guard."""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.files.guard.limits import FILE_BYTES, MEGABYTE
    from tracker.files.guard.opening import SourcePicture, open_known, open_source, read_bytes, read_files
    from tracker.files.guard.pool import lacks_limits
