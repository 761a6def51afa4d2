"""Files as a .zip: the same files give the same bytes, and Chinese names are kept as UTF-8.

Parts stand in a fixed order, with one fixed time stamp.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

# The earliest moment that a zip entry can name.
_STAMP = (1980, 1, 1, 0, 0, 0)


def pack(files: Mapping[str, bytes]) -> bytes:
    """The archive of some files, by their names inside it.

    >>> pack({"a.txt": b"1", "b.txt": b"2"}) == pack({"b.txt": b"2", "a.txt": b"1"})
    True
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, files[name])
    return out.getvalue()


def names_in(data: bytes) -> set[str]:
    """The names inside an archive of ours; none when it cannot be read.

    >>> names_in(pack({"a.txt": b"1"})), names_in(b"cut short")
    ({'a.txt'}, set())
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return set(archive.namelist())
    except zipfile.BadZipFile:
        return set()


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
