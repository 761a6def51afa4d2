"""Streams of an OLE compound file ([MS-CFB]): the container of .xls, .et, .doc, .wps and encrypted files.

Only what telling the kind and reading one stream needs; a chain that turns in a circle or leaves the file
raises `ValueError`.
"""

from __future__ import annotations

import struct

from tracker.values import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA  # sector numbers from here on mean: free, end of chain, table
_MINI_SECTOR = 64


@dataclass(frozen=True, slots=True)
class StreamEntry:
    """One stream: its name, its first sector and its length."""

    name: str
    start: int
    size: int


class Compound:
    """A compound file: `entries` by path (`Workbook`, `folder/stream`), `stream(path)` for the bytes of one.

    A stream to which no folder leads stands under its bare name.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(MAGIC):
            raise ValueError("no compound file")
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sector size")
        self._data = data
        self._sector = 1 << shift
        (directory, _, self._cutoff, mini_table) = struct.unpack_from("<IIII", data, 48)
        self._table = self._read_table()
        raw = self._chain(directory)
        self.entries: dict[str, StreamEntry] = {}
        self._mini_start, self._mini_size = _LAST, 0
        folders = _folders(raw)
        for number, at in enumerate(range(0, len(raw) - 127, 128)):
            length, kind = struct.unpack_from("<HB", raw, at + 64)
            start, size = struct.unpack_from("<II", raw, at + 116)
            if kind == 5:
                self._mini_start, self._mini_size = start, size
            if kind == 2 and 2 <= length <= 64:
                name = folders.get(number, "") + _entry_name(raw, at)
                self.entries.setdefault(name, StreamEntry(name, start, size))
        self._mini_table_start = mini_table

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; raises `KeyError` when there is none of that name."""
        entry = self.entries[name]
        if entry.size >= self._cutoff:
            return self._chain(entry.start)[: entry.size]
        table = self._chain(self._mini_table_start)
        small = self._chain(self._mini_start)
        pieces, at = [], entry.start
        for _ in range(entry.size // _MINI_SECTOR + 1):
            if at >= _LAST or at * 4 + 4 > len(table):
                break
            pieces.append(small[at * _MINI_SECTOR : (at + 1) * _MINI_SECTOR])
            (at,) = struct.unpack_from("<I", table, at * 4)
        return b"".join(pieces)[: entry.size]

    def _read_table(self) -> list[int]:
        head = struct.unpack_from("<109I", self._data, 76)
        sectors = [number for number in head if number < _LAST]
        (at, count) = struct.unpack_from("<II", self._data, 68)
        per_sector = self._sector // 4
        for _ in range(min(count, len(self._data) // self._sector)):
            if at >= _LAST:
                break
            more = struct.unpack(f"<{per_sector}I", self._at(at))
            sectors += [number for number in more[:-1] if number < _LAST]
            at = more[-1]
        if len(sectors) > len(self._data) // self._sector + 1:
            raise ValueError("table larger than the file")
        table: list[int] = []
        for sector in sectors:
            table += struct.unpack(f"<{per_sector}I", self._at(sector))
        return table

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        piece = self._data[start : start + self._sector]
        if not piece:
            raise ValueError("sector outside the file")
        return piece.ljust(self._sector, b"\0")

    def _chain(self, at: int) -> bytes:
        pieces: list[bytes] = []
        for _ in range(len(self._table) + 1):
            if at >= _LAST:
                return b"".join(pieces)
            if at >= len(self._table):
                raise ValueError("chain outside the table")
            pieces.append(self._at(at))
            at = self._table[at]
        raise ValueError("chain in a circle")


def _entry_name(raw: bytes, at: int) -> str:
    (length,) = struct.unpack_from("<H", raw, at + 64)
    return raw[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")


def _folders(raw: bytes) -> dict[int, str]:
    """The folder of each entry, ending in a slash, by its number: siblings are a tree, a folder names one of them."""
    folders: dict[int, str] = {}
    count = len(raw) // 128
    if not count:
        return folders
    stack = [(struct.unpack_from("<I", raw, 76)[0], "")]
    while stack:
        number, folder = stack.pop()
        if number >= count or number in folders or number == 0:
            continue
        folders[number] = folder
        at = number * 128
        left, right, child = struct.unpack_from("<III", raw, at + 68)
        stack += [(left, folder), (right, folder)]
        if raw[at + 66] == 1:
            stack.append((child, f"{folder}{_entry_name(raw, at)}/"))
    return folders
