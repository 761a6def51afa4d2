"""What the sheets of an .xlsx say beside their values: hidden rows and columns, formulas, error cells.

A scan of bytes, not a parse: the gate has passed the file, so every part is UTF-8 without document type.
Most sheets hold none of the three, which is seen at once. A row or cell that does not state its address
follows the one before it (ECMA-376 18.3.1.73 and 18.3.1.4).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from xml.etree import ElementTree

from tracker.grid import Merge

_MOST = 1_048_576


@dataclass(frozen=True, slots=True)
class Look:
    """What one sheet says beside its values; rows and columns 0-based.

    Attributes:
        hidden_rows: Rows that it hides, filtered ones included.
        hidden_columns: Columns that it hides.
        errors: Cells that hold an error, and its code.
        formulas: Cells that hold a formula, and whether a value was stored with it.
        merges: Merged ranges, where calamine does not give them (.xlsb).
    """

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formulas: Mapping[tuple[int, int], bool] = field(default_factory=dict)
    merges: tuple[Merge, ...] = ()


def scan(data: bytes) -> tuple[dict[str, Look], bool]:
    """Look at every sheet of a workbook, by its name, and say whether it has macros."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part.filename.replace("\\", "/").lower().lstrip("/"): part for part in archive.infolist()}
        has_macros = any(part.endswith("vbaproject.bin") for part in parts)
        looks = {}
        for name, path in sheet_parts(archive, parts).items():
            if path in parts:
                looks[name] = scan_sheet(archive.read(parts[path]))
        return looks, has_macros


def sheet_parts(archive: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo]) -> dict[str, str]:
    """Sheet names and the lower-case path of the part of each."""
    book = "xl/workbook.xml"
    links = "xl/_rels/workbook.xml.rels"
    if book not in parts or links not in parts:
        return {}
    try:
        targets = {
            link.get("Id", ""): link.get("Target", "")
            for link in ElementTree.fromstring(archive.read(parts[links]))
        }
        sheets = [
            element
            for element in ElementTree.fromstring(archive.read(parts[book])).iter()
            if element.tag.rpartition("}")[2] == "sheet"
        ]
    except ElementTree.ParseError:
        return {}
    paths = {}
    for sheet in sheets:
        link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        target = targets.get(link, "").replace("\\", "/")
        if target:
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            paths[sheet.get("name", "")] = path.lower()
    return paths


_DATA = re.compile(rb"<((?:\w+:)?)sheetData[\s>/]")
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ADDRESS = re.compile(rb"([A-Za-z]{1,3})(\d{1,7})")
_IS_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")


@dataclass(frozen=True, slots=True)
class _Tags:
    """The beginnings of the tags looked for, with the prefix that this sheet gives its names.

    Sheets are split at them, which takes a tenth of the time that matching whole elements takes.
    """

    row: re.Pattern[bytes]
    cell: re.Pattern[bytes]
    column: re.Pattern[bytes]
    formula: re.Pattern[bytes]
    value: re.Pattern[bytes]

    @staticmethod
    def of(prefix: bytes) -> _Tags:
        return _Tags(
            row=re.compile(rb"<%srow(?=[\s>/])" % prefix),
            cell=re.compile(rb"<%sc(?=[\s>/])" % prefix),
            column=re.compile(rb"<%scol\s([^>]*)>" % prefix),
            formula=re.compile(rb"<%sf[\s/>]" % prefix),
            value=re.compile(rb"<%s[vt](?:\s[^>]*)?>([^<]*)<" % prefix),
        )


def scan_sheet(xml: bytes) -> Look:
    """Look at the XML of one sheet."""
    data = _DATA.search(xml)
    if data is None:
        return Look()
    tags = _Tags.of(data[1])
    head, body = xml[: data.start()], xml[data.end() - 1 :]
    body = body[:end] if (end := body.rfind(b"</%ssheetData" % data[1])) >= 0 else body
    hidden_columns: set[int] = set()
    if b"hidden" in head:
        for match in tags.column.finditer(head):
            attributes = _attributes(match[1])
            if _is_true(attributes.get(b"hidden")):
                first, last = _whole(attributes.get(b"min")), _whole(attributes.get(b"max"))
                if 1 <= first <= last:
                    hidden_columns.update(range(first - 1, min(last, 16_384)))
    wants_cells = bool(tags.formula.search(body)) or bool(_IS_ERROR.search(body))
    if not wants_cells and b"hidden" not in body:
        return Look(hidden_columns=frozenset(hidden_columns))
    hidden_rows: set[int] = set()
    errors: dict[tuple[int, int], str] = {}
    formulas: dict[tuple[int, int], bool] = {}
    row = -1
    for piece in tags.row.split(body)[1:]:
        start, _, cells = piece.partition(b">")
        attributes = _attributes(start)
        number = _whole(attributes.get(b"r"))
        row = number - 1 if 1 <= number <= _MOST else row + 1
        if _is_true(attributes.get(b"hidden")):
            hidden_rows.add(row)
        if wants_cells and (tags.formula.search(cells) or _IS_ERROR.search(cells)):
            _scan_cells(cells, row, tags, errors, formulas)
    return Look(frozenset(hidden_rows), frozenset(hidden_columns), errors, formulas)


def _scan_cells(
    cells: bytes,
    row: int,
    tags: _Tags,
    errors: dict[tuple[int, int], str],
    formulas: dict[tuple[int, int], bool],
) -> None:
    column = -1
    for piece in tags.cell.split(cells)[1:]:
        start, _, content = piece.partition(b">")
        attributes = _attributes(start)
        address = _ADDRESS.fullmatch(attributes.get(b"r", b""))
        column = _column(address[1]) if address else column + 1
        is_formula = bool(tags.formula.search(content))
        is_error = attributes.get(b"t") == b"e"
        if not is_formula and not is_error:
            continue
        value = tags.value.search(content)
        text = value[1] if value else b""
        if is_error:
            errors[row, column] = text.decode("utf-8", "replace").strip() or "#ERROR"
        if is_formula:
            # An empty value is a result only where the result is text.
            formulas[row, column] = bool(text) or attributes.get(b"t") == b"str"


def _attributes(text: bytes) -> dict[bytes, bytes]:
    return {match[1]: match[2] if match[2] is not None else match[3] for match in _ATTRIBUTE.finditer(text)}


def _is_true(text: bytes | None) -> bool:
    return text in (b"1", b"true", b"on")


def _whole(digits: bytes | None) -> int:
    return int(digits) if digits and digits.isdigit() and len(digits) < 9 else 0


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1
