"""What binary workbooks say beside their values: hidden rows and columns, formulas, error cells.

.xls and WPS's .et hold records of two bytes number, two bytes length ([MS-XLS] 2.1.4) in one OLE stream;
.xlsb holds records of variable number and length ([MS-XLSB] 2.1.4), one part for each sheet. Only the handful
of records below is looked at, all others are stepped over. What cannot be followed ends the scan of that
sheet: the values are calamine's business and do not depend on it.

| said           | .xls                               | .xlsb                              |
|----------------|------------------------------------|------------------------------------|
| hidden row     | Row 0x0208, fDyZero                | BrtRowHdr 0, fDyZero               |
| hidden column  | ColInfo 0x007D, fHidden            | BrtColInfo 60, fHidden             |
| error          | BoolErr 0x0205                     | BrtCellError 3                     |
| formula        | Formula 0x0006, result             | BrtFmlaString 8 … BrtFmlaError 11  |
| merge          | (calamine gives them)              | BrtMergeCell 176                   |
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from collections.abc import Iterator
from collections.abc import Mapping
from xml.etree import ElementTree

from tracker.files.guard import ole
from tracker.files.readers.sheetscan import Look
from tracker.grid import Merge
from tracker.problems.door import Encrypted
from tracker.problems.door import Oversized

_CODES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_FILE_PASS = 0x002F
_ROWS = 1_048_576
_COLUMNS = 16_384
_BINARY_AREA = 3_000_000
# Stepping over a record takes a microsecond.
_RECORDS = 4_000_000


class _Sheet:
    """What has been seen of one sheet."""

    def __init__(self) -> None:
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.errors: dict[tuple[int, int], str] = {}
        self.formulas: dict[tuple[int, int], bool] = {}
        self.merges: list[Merge] = []
        self.bottom = 0
        self.right = 0

    def hide_columns(self, first: int, last: int) -> None:
        self.hidden_columns.update(range(min(first, _COLUMNS), min(last, _COLUMNS - 1) + 1))

    def reach(self, row: int, column: int) -> None:
        self.bottom = max(self.bottom, row)
        self.right = max(self.right, column)

    def look(self) -> Look:
        return Look(
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            self.errors,
            self.formulas,
            tuple(self.merges),
        )


def scan_xls(data: bytes, name: str) -> dict[str, Look]:
    """Look at every sheet of an .xls or .et, by its name; refuse one whose cells reach too far."""
    try:
        compound = ole.Compound(data)
        stream = next(
            compound.stream(entry) for entry in compound.entries if entry.lower() in ("workbook", "book")
        )
    except (ValueError, StopIteration):
        return {}
    if any(record == _FILE_PASS for record, _, _ in _xls_records(stream, 0)):
        # calamine says of an encrypted .xls only that it cannot tell its format.
        raise Encrypted(file=name)
    looks = {}
    for title, start in _xls_sheets(stream):
        sheet = _Sheet()
        for record, at, length in _limit_records(_xls_records(stream, start), title, name):
            _xls_record(sheet, record, stream, at, length)
        _refuse_extent(sheet, title, name)
        looks[title] = sheet.look()
    return looks


def _xls_records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Number, place and length of each record of a substream, embedded ones (charts) left out."""
    depth = 0
    while at + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, at)
        at += 4
        if at + length > len(stream):
            return
        if record in (0x0809, 0x0409, 0x0209):
            depth += 1
        elif record == 0x000A:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield record, at, length
        at += length


def _xls_sheets(stream: bytes) -> list[tuple[str, int]]:
    sheets = []
    for record, at, length in _xls_records(stream, 0):
        if record == 0x0085 and length >= 8:
            (start,) = struct.unpack_from("<I", stream, at)
            count = stream[at + 6]
            if stream[at + 7] & 1:
                title = stream[at + 8 : at + 8 + 2 * count].decode("utf-16-le", "replace")
            else:
                title = stream[at + 8 : at + 8 + count].decode("latin-1")
            sheets.append((title, start))
    return sheets


def _xls_record(sheet: _Sheet, record: int, stream: bytes, at: int, length: int) -> None:
    if record == 0x0208 and length >= 16:
        row, flags = struct.unpack_from("<H10xH", stream, at)
        if flags & 0x20:
            sheet.hidden_rows.add(row)
    elif record == 0x007D and length >= 10:
        first, last, flags = struct.unpack_from("<HH4xH", stream, at)
        if flags & 1:
            sheet.hide_columns(first, min(last, 255))
    elif record == 0x0205 and length >= 8:
        row, column, value, is_error = struct.unpack_from("<HH2xBB", stream, at)
        if is_error:
            sheet.errors[row, column] = _CODES.get(value, "#ERROR")
        sheet.reach(row, column)
    elif record in (0x0006, 0x0206, 0x0406) and length >= 14:
        row, column = struct.unpack_from("<HH", stream, at)
        result = stream[at + 6 : at + 14]
        # Bytes 6 and 7 all ones: no number; the first byte then says what (2.5.133 FormulaValue).
        if result[6:8] == b"\xff\xff" and result[0] == 2:
            sheet.errors[row, column] = _CODES.get(result[2], "#ERROR")
        sheet.formulas[row, column] = not (result[6:8] == b"\xff\xff" and result[0] == 3)
        sheet.reach(row, column)
    elif record in (0x00FD, 0x0203, 0x027E, 0x0204, 0x00D6) and length >= 6:
        sheet.reach(*struct.unpack_from("<HH", stream, at))


def scan_xlsb(data: bytes, name: str) -> dict[str, Look]:
    """Look at every sheet of an .xlsb, by its name; refuse one whose cells reach too far."""
    looks = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part.filename.replace("\\", "/").lower().lstrip("/"): part for part in archive.infolist()}
        for title, path in _xlsb_sheets(archive, parts):
            if path not in parts:
                continue
            sheet = _Sheet()
            row = 0
            body = archive.read(parts[path])
            for record, at, length in _limit_records(_xlsb_records(body), title, name):
                row = _xlsb_record(sheet, record, body, at, length, row)
            _refuse_extent(sheet, title, name)
            looks[title] = sheet.look()
    return looks


def _xlsb_sheets(archive: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo]) -> Iterator[tuple[str, str]]:
    book, links = "xl/workbook.bin", "xl/_rels/workbook.bin.rels"
    if book not in parts or links not in parts:
        return
    try:
        targets = {
            relation.get("Id", ""): relation.get("Target", "")
            for relation in ElementTree.fromstring(archive.read(parts[links]))
        }
    except ElementTree.ParseError:
        return
    body = archive.read(parts[book])
    for record, at, length in _xlsb_records(body):
        if record != 156:
            continue
        # BrtBundleSh: hsState, iTabID, then two strings: the link and the name.
        link, after = _wide(body, at + 8, at + length)
        title, _ = _wide(body, after, at + length)
        target = targets.get(link, "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        yield title, path.lower()


def _wide(body: bytes, at: int, end: int) -> tuple[str, int]:
    if at + 4 > end:
        return "", end
    (count,) = struct.unpack_from("<I", body, at)
    if count > (end - at - 4) // 2:
        return "", end
    after = at + 4 + 2 * count
    return body[at + 4 : after].decode("utf-16-le", "replace"), after


def _xlsb_records(body: bytes) -> Iterator[tuple[int, int, int]]:
    at = 0
    while at < len(body):
        record = body[at]
        at += 1
        if record & 0x80:
            if at >= len(body):
                return
            record = (record & 0x7F) | (body[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        for _ in range(4):
            if at >= len(body):
                return
            piece = body[at]
            at += 1
            length |= (piece & 0x7F) << shift
            shift += 7
            if not piece & 0x80:
                break
        if at + length > len(body):
            return
        yield record, at, length
        at += length


def _xlsb_record(sheet: _Sheet, record: int, body: bytes, at: int, length: int, row: int) -> int:
    """Take in one record; returns the row that the following cells stand in."""
    if record == 0 and length >= 13:
        (row,) = struct.unpack_from("<I", body, at)
        if body[at + 11] & 0x10 and row < _ROWS:
            sheet.hidden_rows.add(row)
    elif record == 60 and length >= 18:
        first, last, flags = struct.unpack_from("<II8xH", body, at)
        if flags & 1:
            sheet.hide_columns(first, last)
    elif record == 176 and length >= 16:
        top, bottom, left, right = struct.unpack_from("<IIII", body, at)
        sheet.merges.append(Merge(top, left, bottom, right))
    elif 1 <= record <= 11 and length >= 8:
        (column,) = struct.unpack_from("<I", body, at)
        if record in (3, 11) and length >= 9:
            sheet.errors[row, column] = _CODES.get(body[at + 8], "#ERROR")
        if record >= 8:
            sheet.formulas[row, column] = True
        if record != 1:
            sheet.reach(row, column)
    return row


def _limit_records(
    records: Iterator[tuple[int, int, int]], title: str, name: str
) -> Iterator[tuple[int, int, int]]:
    for count, record in enumerate(records):
        if count > _RECORDS:
            raise Oversized(file=name, what=f"工作表“{title}”的记录过多")
        yield record


def _refuse_extent(sheet: _Sheet, title: str, name: str) -> None:
    if (sheet.bottom + 1) * (sheet.right + 1) > _BINARY_AREA:
        raise Oversized(
            file=name,
            what=f"工作表“{title}”的内容一直到第 {sheet.bottom + 1} 行、第 {sheet.right + 1} 列",
        )
