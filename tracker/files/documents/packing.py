"""The same document gives the same bytes: parts in a fixed order, with one fixed time stamp."""

from __future__ import annotations

import io
import zipfile

# The earliest moment that a zip entry can name.
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def repack(package: bytes) -> bytes:
    """The same parts, without the clock of the moment in which they were written."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new,
    ):
        names = old.namelist()
        # Readers that look at the first entry only expect the list of content types there.
        first = [name for name in names if name == "[Content_Types].xml"]
        for name in first + sorted(set(names) - set(first)):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, old.read(name))
    return out.getvalue()
