"""Files as a .zip: the same files give the same bytes, and Chinese names are kept as UTF-8.

Parts stand in a fixed order, with one fixed time stamp.

A `Container` is an archive that is read: several look at it one after the other (what is it, is it harmless, what does it
hold, what pictures), and its directory is read once and a small part unpacked once for all of them. A part of an ordinary
archive is unpacked at once (`unpack`), in a fifth of the time that `zipfile` takes to open it: a workbook has a dozen parts
of a few hundred bytes.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

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


# A part up to so many bytes is unpacked whole.
_WHOLE = 1 << 20
_HEADER = 30


def unpack(data: bytes, part: zipfile.ZipInfo) -> bytes | None:
    """The content of a part, where it is small, ordinary and as its directory says; None leaves it to `zipfile`.

    >>> data = pack({"a.txt": b"1" * 100})
    >>> (part,) = zipfile.ZipFile(io.BytesIO(data)).infolist()
    >>> unpack(data, part) == b"1" * 100, unpack(data[:36], part)
    (True, None)
    """
    start = part.header_offset
    header = data[start : start + _HEADER]
    if part.file_size > _WHOLE or part.flag_bits & 1 or len(header) < _HEADER or header[:4] != b"PK\x03\x04":
        return None
    name_end = start + _HEADER + int.from_bytes(header[26:28], "little")
    begin = name_end + int.from_bytes(header[28:30], "little")
    name, packed = data[start + _HEADER : name_end], data[begin : begin + part.compress_size]
    if name != part.orig_filename.encode("utf-8" if part.flag_bits & 0x800 else "cp437", "replace"):
        return None
    if part.compress_type == zipfile.ZIP_STORED:
        content = packed
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflater.decompress(packed, part.file_size + 1)
        except zlib.error:
            return None
    else:
        return None
    return content if len(content) == part.file_size and zlib.crc32(content) == part.CRC else None


# So much of what was unpacked of one package stays at hand.
_AT_HAND = 8 << 20


class Container(zipfile.ZipFile):
    """An archive in memory that several look at; raises what `zipfile` raises.

    >>> package = Container(pack({"a/B.txt": b"1"}))
    >>> package.parts["a/b.txt"].filename, package.read("a/B.txt")
    ('a/B.txt', b'1')
    """

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))
        self._data = data
        self._contents: dict[zipfile.ZipInfo, bytes] = {}
        self._room = _AT_HAND

    @cached_property
    def parts(self) -> Mapping[str, zipfile.ZipInfo]:
        """The parts by path, written alike: small letters, forward slashes, none at the beginning."""
        return {part.filename.replace("\\", "/").lower().lstrip("/"): part for part in self.infolist()}

    def small_part(self, part: zipfile.ZipInfo) -> bytes | None:
        """The content of a small and ordinary part (see `unpack`), else None."""
        content = self._contents.get(part)
        if (
            content is None
            and (content := unpack(self._data, part)) is not None
            and len(content) <= self._room
        ):
            self._room -= len(content)
            self._contents[part] = content
        return content

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> Any:
        """The content of a part."""
        content = self.small_part(name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name))
        return super().read(name, pwd) if content is None else content


@lru_cache(maxsize=1)
def container_of(data: bytes) -> Container:
    """The package that these bytes are; who asks for the same bytes next gets the same one, so nobody may close it."""
    return Container(data)
