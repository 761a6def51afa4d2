"""Files as a .zip: the same files give the same bytes, and Chinese names are kept as UTF-8.

Parts stand in a fixed order, with one fixed time stamp.
"""

from __future__ import annotations

import io
import zipfile
import zlib
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


def holds(data: bytes, files: Mapping[str, bytes]) -> bool:
    """Whether an archive has exactly these files, byte for byte; one that cannot be read has not.

    >>> archive = pack({"a.txt": b"1"})
    >>> holds(archive, {"a.txt": b"1"}), holds(archive, {"a.txt": b"2"}), holds(b"cut short", {})
    (True, False, False)
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sums = {entry.filename: entry.CRC for entry in archive.infolist()}
    except zipfile.BadZipFile:
        return False
    return sums == {name: zlib.crc32(content) for name, content in files.items()}


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
