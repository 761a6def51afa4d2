"""Workbooks for these tests: drawn part by part, or by XlsxWriter with everything that an office puts in."""

from __future__ import annotations

import io
import zipfile

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def book(
    rows: str,
    *,
    before: str = "",
    after: str = "",
    root: str = f'<worksheet xmlns="{MAIN}">',
    workbook: str = "",
    styles: str = '<xf numFmtId="0"/><xf numFmtId="14" fontId="0"/><xf numFmtId="10"/>',
    tables: tuple[str, ...] = (),
    parts: dict[str, str] | None = None,
    relations: str = "",
    sheet: str | None = None,
) -> bytes:
    """A workbook with one sheet called 表, written out by hand."""
    closing = "</" + root[1:].split()[0].rstrip(">") + ">"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/a.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/calcChain.xml" ContentType="{_TYPE}.calcChain+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        + (workbook or '<sheets><sheet name="表" sheetId="1" r:id="rId7"/></sheets>')
        + "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId7" Type="{RELATIONS}/worksheet" Target="worksheets/a.xml"/>'
        f'<Relationship Id="rId8" Type="{RELATIONS}/styles" Target="/xl/styles.xml"/>'
        f"{relations}</Relationships>",
        "xl/worksheets/a.xml": sheet
        if sheet is not None
        else f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{root}{before}{rows}{after}{closing}',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>'
        '<fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{styles.count("<xf")}">{styles}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    }
    if tables:
        files["xl/worksheets/_rels/a.xml.rels"] = (
            f'<Relationships xmlns="{_PACKAGE}/relationships">'
            + "".join(
                f'<Relationship Id="t{n}" Type="{RELATIONS}/table" Target="../tables/table{n}.xml"/>'
                for n in range(1, len(tables) + 1)
            )
            + "</Relationships>"
        )
    for n, table in enumerate(tables, start=1):
        files[f"xl/tables/table{n}.xml"] = table
    return packed({**files, **(parts or {})})


def packed(files: dict[str, str | bytes] | dict[str, str]) -> bytes:
    """Zip parts up."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(zipfile.ZipInfo(name, (2026, 3, 2, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def part(data: bytes, name: str = "xl/worksheets/a.xml") -> str:
    """The text of a part."""
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def names(data: bytes) -> list[str]:
    """The parts of a workbook, in order."""
    return zipfile.ZipFile(io.BytesIO(data)).namelist()


def rows_of(data: bytes) -> str:
    """The rows of the sheet, as written."""
    text = part(data)
    return text[text.index("sheetData") - 1 : text.rindex("sheetData") + 10]


def changed(before: bytes, after: bytes) -> list[str]:
    """The parts whose compressed bytes are not the same any more."""

    def records(data: bytes) -> dict[str, tuple[bytes, tuple[int, ...], int]]:
        archive = zipfile.ZipFile(io.BytesIO(data))
        found = {}
        for info in archive.infolist():
            start = info.header_offset + 30
            name, extra = data[start - 4 : start - 2], data[start - 2 : start]
            start += int.from_bytes(name, "little") + int.from_bytes(extra, "little")
            found[info.filename] = (
                data[start : start + info.compress_size],
                info.date_time,
                info.compress_type,
            )
        return found

    old, new = records(before), records(after)
    return [name for name in old | new if old.get(name) != new.get(name)]


def opened(data: bytes) -> Worksheet:
    """The first sheet, as openpyxl reads it."""
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet
