"""Files that nobody should open, drawn by code: what attackers, broken transfers and odd programs send.

Each is a name, its bytes and the codes that the door may refuse it with; no code at all means that it looks
frightening and is read. `HOSTILE` is the list; the functions below draw single kinds and are used by other
tests too.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_SHEET_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
BOOK = (
    f'<workbook xmlns="{_SHEET_NS}" xmlns:r="{_LINK}"><sheets>'
    '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
BOOK_LINKS = (
    f'<Relationships xmlns="{_LINKS}"><Relationship Id="rId1" Type="{_LINK}/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)
ROOT_LINKS = (
    f'<Relationships xmlns="{_LINKS}"><Relationship Id="rId1" Type="{_LINK}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
_WORD_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0"


def pack(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    """Pack parts in the order given; a name may stand twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts:
            with packed.open(zipfile.ZipInfo(name), "w") as part:
                part.write(content.encode() if isinstance(content, str) else content)
    # ZipInfo without a type stores; packing again would lose doubled names, so small parts stay as they are.
    return out.getvalue()


def squeeze(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    """Pack parts deflated."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in parts:
            packed.writestr(name, content)
    return out.getvalue()


def sheet_xml(cells: str, *, before: str = "", after: str = "") -> str:
    """A sheet of one row of the cells given."""
    return f'<worksheet xmlns="{_SHEET_NS}">{before}<sheetData>{cells}</sheetData>{after}</worksheet>'


def text_cell(address: str, text: str = "甲") -> str:
    """A cell with text of its own."""
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def book_parts(sheet: str | bytes, *more: tuple[str, str | bytes]) -> list[tuple[str, str | bytes]]:
    """The parts of a workbook with one sheet."""
    return [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT_LINKS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", BOOK_LINKS),
        ("xl/worksheets/sheet1.xml", sheet),
        *more,
    ]


def book(sheet: str | bytes, *more: tuple[str, str | bytes]) -> bytes:
    """A workbook with one sheet, and what else its package holds."""
    return squeeze(book_parts(sheet, *more))


HONEST = book(sheet_xml(f'<row r="1">{text_cell("A1")}</row>'))


def two_corners() -> bytes:
    """The smallest file that aborts a reader: the first and the last cell of a sheet."""
    return book(
        sheet_xml(f'<row r="1">{text_cell("A1")}</row><row r="1048576">{text_cell("XFD1048576")}</row>')
    )


def document(body: str, *more: tuple[str, str | bytes]) -> bytes:
    """A Word document with the body given."""
    types = TYPES.replace("/xl/workbook.xml", "/word/document.xml").replace(
        "spreadsheetml.sheet.main", "wordprocessingml.document.main"
    )
    return squeeze(
        [
            ("[Content_Types].xml", types),
            ("_rels/.rels", ROOT_LINKS.replace("xl/workbook.xml", "word/document.xml")),
            ("word/document.xml", f'<w:document xmlns:w="{_WORD_NS}"><w:body>{body}</w:body></w:document>'),
            *more,
        ]
    )


def open_sheet(rows: str, *more: tuple[str, str]) -> bytes:
    """An OpenDocument sheet with the rows given."""
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
    )
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="Sheet1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return squeeze([("mimetype", kind), ("content.xml", content), *more])


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file with the streams given, each in sectors of its own."""
    end, free, table_mark = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    chains: list[int] = []
    body = b""
    entries = []

    def add(content: bytes) -> int:
        nonlocal body
        start = len(chains)
        count = max((len(content) + 511) // 512, 1)
        chains.extend([*range(start + 1, start + count), end])
        body += content.ljust(count * 512, b"\0")
        return start

    for name, content in streams.items():
        # Streams under 4,096 bytes would have to stand in the stream of small ones.
        padded = content.ljust(4096, b"\0")
        entries.append((name, 2, add(padded), len(padded)))
    directory = b""
    for name, kind, start, size in [("Root Entry", 5, end, 0), *entries]:
        title = name.encode("utf-16-le") + b"\0\0"
        directory += struct.pack(
            "<64sHBBIII16sIQQIQ", title, len(title), kind, 1, free, free, 1 if kind == 5 else free, b"",
            0, 0, 0, start, size,
        )  # fmt: skip
    directory_start = add(directory)
    table_start = len(chains)
    chains.append(table_mark)
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(512, b"\xff")
    head = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, directory_start, 0, 4096, end, 0, end, 0, table_start,
    )  # fmt: skip
    return head.ljust(512, b"\xff") + body + table


def biff(*records: tuple[int, bytes]) -> bytes:
    """An .xls whose workbook stream holds the records given after its beginning."""
    stream = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0005, 0, 0, 0, 0)
    for number, content in records:
        stream += struct.pack("<HH", number, len(content)) + content
    return compound({"Workbook": stream + struct.pack("<HH", 0x000A, 0)})


def lying_size() -> bytes:
    """A part whose entry in the directory says a hundredth of its real size."""
    data = bytearray(squeeze(book_parts(sheet_xml("<!--" + "x" * 4_000_000 + "-->"))))
    at = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    struct.pack_into("<I", data, at + 24, 40_000)
    return bytes(data)


def many_entries() -> bytes:
    """An end record that promises 60,000 entries."""
    data = bytearray(HONEST)
    at = data.rfind(b"PK\x05\x06")
    struct.pack_into("<HH", data, at + 8, 60_000, 60_000)
    return bytes(data)


def broken_body() -> bytes:
    """A packed part whose bytes are noise."""
    data = bytearray(HONEST)
    at = data.find(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml")
    data[at + 4 : at + 40] = b"\xff" * 36
    return bytes(data)


def wrong_sum() -> bytes:
    """A stored part with one changed byte."""
    data = bytearray(pack(book_parts(sheet_xml(f'<row r="1">{text_cell("A1", "AAAAAAAA")}</row>'))))
    data[data.find(b"AAAAAAAA")] = ord("B")
    return bytes(data)


def strange_method() -> bytes:
    """A part packed by a method that nobody knows."""
    data = bytearray(HONEST)
    at = data.find(b"xl/worksheets/sheet1.xml") - 30
    struct.pack_into("<H", data, at + 8, 77)
    at = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    struct.pack_into("<H", data, at + 10, 77)
    return bytes(data)


def locked_zip() -> bytes:
    """A zip whose entries are marked as encrypted."""
    data = bytearray(HONEST)
    at = 0
    while (at := data.find(b"PK\x03\x04", at)) >= 0:
        data[at + 6] |= 1
        at += 4
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


def circle() -> bytes:
    """An OLE file whose directory chain turns in a circle."""
    data = bytearray(compound({"Workbook": b"x" * 5000}))
    (table,) = struct.unpack_from("<I", data, 76)
    (directory,) = struct.unpack_from("<I", data, 48)
    struct.pack_into("<I", data, 512 + table * 512 + directory * 4, directory)
    return bytes(data)


def picture_pdf() -> bytes:
    """A .pdf of one page that holds a picture and no text."""
    picture = zlib.compress(b"\x80" * 300)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length 30>>stream\nq 595 0 0 842 0 0 cm /I Do Q  \nendstream",
        b"<</Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceRGB/BitsPerComponent 8"
        b"/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(picture), picture),
    ]
    return pdf_of(parts)


def pdf_of(parts: list[bytes]) -> bytes:
    """A .pdf of objects, the first of which is its catalogue."""
    out = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start, size = len(out), len(parts) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(
        b"%010d 00000 n \n" % place for place in places
    )
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def _laughs() -> str:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)
    )
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]>' + sheet_xml(
        f'<row r="1">{text_cell("A1", "&j;")}</row>'
    )


@dataclass(frozen=True)
class Hostile:
    """A file, and the codes it may be refused with; none: it is read."""

    what: str
    name: str
    draw: Callable[[], bytes]
    codes: tuple[str, ...]


def _h(what: str, name: str, draw: Callable[[], bytes] | bytes, *codes: str) -> Hostile:
    return Hostile(what, name, draw if callable(draw) else lambda: draw, codes)


_ROW = f'<row r="1">{text_cell("A1")}</row>'

HOSTILE: tuple[Hostile, ...] = (
    # Not what the name says
    _h("no bytes", "方案.xlsx", b"", "empty-file"),
    _h("zeros only, not yet synchronised", "方案.xlsx", b"\0" * 5000, "damaged"),
    _h("a PNG", "方案.xlsx", _PNG + b"\0" * 100, "picture"),
    _h("a JPG", "方案.docx", b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\0" * 100, "picture"),
    _h("a GIF", "方案.xls", b"GIF89a" + b"\0" * 100, "picture"),
    _h("a BMP", "方案.csv", b"BM\x99\0\0\0\0\0\0\0" + b"\0" * 100, "picture"),
    _h("a WEBP", "方案.pdf", b"RIFF\x99\0\0\0WEBPVP8 ", "picture"),
    _h("a telephone's picture", "方案.jpg", b"\0\0\0\x18ftypheic\0\0\0\0", "picture"),
    _h("a zip", "方案.xlsx", lambda: squeeze([("a.txt", "x")]), "archive"),
    _h("an empty zip", "方案.xlsx", b"PK\x05\x06" + b"\0" * 18, "archive"),
    _h("a RAR", "方案.docx", b"Rar!\x1a\x07\x01\0" + b"\0" * 50, "archive"),
    _h("a 7Z", "方案.xlsx", b"7z\xbc\xaf\x27\x1c\0\x04" + b"\0" * 50, "archive"),
    _h("a GZ", "方案.xlsx", lambda: zlib.compress(b"x" * 100, wbits=31), "archive"),
    _h("a TAR", "方案.xlsx", b"x" * 257 + b"ustar" + b"\0" * 300, "archive"),
    _h("an OFD", "方案.ofd", lambda: squeeze([("OFD.xml", "<OFD/>"), ("Doc_0/Document.xml", "<D/>")]), "ofd"),
    _h(
        "slides",
        "方案.xlsx",
        lambda: squeeze([("[Content_Types].xml", "<Types/>"), ("ppt/presentation.xml", "<p/>")]),
        "wrong-kind",
    ),
    _h("a program", "方案.xlsx", b"MZ\x90\0\x03" + b"\0" * 300, "wrong-kind"),
    _h("a database", "方案.xlsx", b"SQLite format 3\0" + b"\0" * 100, "wrong-kind"),
    _h(
        "XML with a document type",
        "方案.xls",
        b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "x">]><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "forbidden-content",
    ),
    _h("XML of no known kind", "方案.xml", b'<?xml version="1.0"?><data/>', "wrong-kind"),
    _h(
        "a page in one file",
        "方案.xls",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x",
        "wrong-kind",
    ),
    _h("a lock file", "~$方案.xlsx", b"\x05clerk" + b" " * 159, "wrong-kind"),
    _h("noise", "方案.xlsx", lambda: bytes((n * n * 31 + n // 7) % 256 for n in range(4000)), "unknown-kind"),
    _h("an .xlsx called .xls", "方案.xls", HONEST),
    _h("an .xlsx called .txt", "方案.txt", HONEST),
    # Behind a password
    _h(
        "an encrypted workbook",
        "方案.xlsx",
        lambda: compound({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"x" * 5000}),
        "encrypted",
    ),
    _h(
        "an encrypted .doc",
        "方案.doc",
        lambda: compound({"WordDocument": b"\xec\xa5\xc1\0" + b"\0" * 7 + b"\x01" + b"\0" * 500}),
        "encrypted",
    ),
    _h("an encrypted .xls", "方案.xls", lambda: biff((0x002F, b"\1\0\1\0\1\0" + b"x" * 48)), "encrypted"),
    _h(
        "an encrypted .ods",
        "方案.ods",
        lambda: open_sheet("", ("META-INF/manifest.xml", "<manifest:encryption-data/>")),
        "encrypted",
    ),
    _h("a zip marked as encrypted", "方案.xlsx", locked_zip, "encrypted"),
    # Cells far away
    _h("the first and the last cell", "方案.xlsx", two_corners, "oversized"),
    _h(
        "a row beyond all rows",
        "方案.xlsx",
        lambda: book(sheet_xml(_ROW + f'<row r="4294967295">{text_cell("A4294967295")}</row>')),
        "oversized",
    ),
    _h(
        "column AZ of the last row",
        "方案.xlsx",
        lambda: book(sheet_xml(_ROW + f'<row r="1048576">{text_cell("AZ1048576")}</row>')),
        "oversized",
    ),
    _h(
        "column L of the last row",
        "方案.xlsx",
        lambda: book(sheet_xml(_ROW + f'<row r="1048576">{text_cell("L1048576")}</row>')),
        "oversized",
    ),
    _h(
        "a column beyond all columns",
        "方案.xlsx",
        lambda: book(sheet_xml(f'<row r="1">{text_cell("ZZZZ1")}</row>')),
        "oversized",
    ),
    _h(
        "only a format in the last cell",
        "方案.xlsx",
        lambda: book(
            sheet_xml(_ROW + '<row r="1048576"><c r="XFD1048576" s="0"/><c r="XFC1048576" s="0"></c></row>')
        ),
    ),
    _h(
        "a dimension that lies",
        "方案.xlsx",
        lambda: book(sheet_xml(_ROW, before='<dimension ref="A1:XFD1048576"/>')),
    ),
    _h(
        "a merge of the whole sheet",
        "方案.xlsx",
        lambda: book(sheet_xml(_ROW, after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')),
    ),
    _h(
        "ten thousand merges over one another",
        "方案.xlsx",
        lambda: book(
            sheet_xml(
                _ROW + f'<row r="1000">{text_cell("ZZ1000")}</row>',
                after="<mergeCells>"
                + "".join(f'<mergeCell ref="A{n % 9 + 1}:ZZ1000"/>' for n in range(10_000))
                + "</mergeCells>",
            )
        ),
        "damaged",
    ),
    _h(
        "seventy thousand merges",
        "方案.xlsx",
        lambda: book(
            sheet_xml(
                _ROW,
                after="<mergeCells>"
                + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 70_001))
                + "</mergeCells>",
            )
        ),
        "oversized",
    ),
    _h(
        "three million cells",
        "方案.xlsx",
        lambda: book(sheet_xml(("<row>" + "<c><v>1</v></c>" * 100 + "</row>") * 30_100)),
        "oversized",
    ),
    _h(
        "unnumbered cells far to the right and far down",
        "方案.xlsx",
        lambda: book(
            sheet_xml(
                "<row>"
                + "<c><v>1</v></c>" * 16_000
                + "</row>"
                + "<row/>" * 200_000
                + "<row><c><v>1</v></c></row>"
            )
        ),
        "oversized",
        "reader-failed",
        "damaged",
    ),
    _h(
        "an .ods that repeats a full row",
        "方案.ods",
        lambda: open_sheet(
            '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>'
        ),
        "oversized",
    ),
    _h(
        "an .ods that repeats an empty row",
        "方案.ods",
        lambda: open_sheet(
            '<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row><table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        ),
    ),
    _h(
        "an .xls whose last cells are far away",
        "方案.xls",
        lambda: biff(
            (0x0085, struct.pack("<IHBB", 20 + 18, 0, 1, 0) + b"A"),
        ),
        "damaged",
        "oversized",
    ),
    _h(
        "a table of ten million columns",
        "方案.docx",
        lambda: document(
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="10000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
        ),
        "oversized",
    ),
    _h(
        "a page with a cell of ten million columns",
        "方案.html",
        "<html><body><table><tr><td colspan=9999999>甲</td><td colspan=9999999>乙</td></tr></table></body></html>".encode(),
        "oversized",
    ),
    # Bombs
    _h(
        "a sheet of spaces, packed a thousandfold",
        "方案.xlsx",
        lambda: book(sheet_xml(_ROW) + " " * 20_000_000),
        "oversized",
    ),
    _h(
        "a sheet of spaces, packed a thousandfold in small parts",
        "方案.xlsx",
        lambda: book(sheet_xml(_ROW), *((f"xl/media/{n}.xml", " " * 1_000_000) for n in range(260))),
        "oversized",
    ),
    _h("a part that is larger than it says", "方案.xlsx", lying_size, "damaged", "oversized"),
    _h(
        "four thousand parts",
        "方案.xlsx",
        lambda: book(sheet_xml(_ROW), *((f"xl/media/{n}.xml", "") for n in range(4_000))),
        "oversized",
    ),
    _h("a directory that promises too much", "方案.xlsx", many_entries, "oversized"),
    _h(
        "a hundred thousand elements inside one another",
        "方案.docx",
        lambda: document("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000),
        "damaged",
        "oversized",
    ),
    _h(
        "a page of a hundred thousand elements inside one another",
        "方案.html",
        ("<html><body>" + "<div>" * 100_000 + "甲").encode(),
        "damaged",
        "reader-failed",
        "oversized",
    ),
    # XML that no office program writes
    _h("a billion laughs", "方案.xlsx", lambda: book(_laughs()), "forbidden-content"),
    _h(
        "an entity that is a file",
        "方案.xlsx",
        lambda: book(
            '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
            + sheet_xml(f'<row r="1">{text_cell("A1", "&f;")}</row>')
        ),
        "forbidden-content",
    ),
    _h(
        "a document type from outside",
        "方案.xlsx",
        lambda: book('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">' + sheet_xml(_ROW)),
        "forbidden-content",
    ),
    _h(
        "a document type behind a long comment",
        "方案.xlsx",
        lambda: book("<!--" + "x " * 600_000 + "--><!DOCTYPE x>" + sheet_xml(_ROW)),
        "forbidden-content",
        "oversized",
    ),
    _h(
        "a document type on the edge of a piece",
        "方案.docx",
        lambda: squeeze(
            [*_document_parts(), ("word/styles.xml", _random_comment((1 << 20) - 4) + "<!DOCTYPE x><x/>")]
        ),
        "forbidden-content",
    ),
    _h("a sheet in UTF-16", "方案.xlsx", lambda: book(sheet_xml(_ROW).encode("utf-16")), "forbidden-content"),
    _h(
        "a document that is a file",
        "方案.docx",
        lambda: squeeze(
            [("word/document.xml", '<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]><d>&f;</d>')]
        ),
        "forbidden-content",
    ),
    _h(
        "data of another program in UTF-16",
        "方案.xlsx",
        lambda: book(sheet_xml(_ROW), ("customXml/item1.xml", "<a/>".encode("utf-16"))),
    ),
    # Packages put together wrongly
    _h(
        "the same part twice",
        "方案.xlsx",
        lambda: pack([*book_parts(sheet_xml(_ROW)), ("xl/worksheets/SHEET1.xml", sheet_xml(""))]),
        "forbidden-content",
    ),
    _h(
        "a part outside the package",
        "方案.xlsx",
        lambda: book(sheet_xml(_ROW), ("../../x.xml", "<x/>")),
        "forbidden-content",
    ),
    _h(
        "no workbook in it",
        "方案.xlsx",
        lambda: squeeze([("[Content_Types].xml", TYPES), ("xl/worksheets/sheet1.xml", sheet_xml(_ROW))]),
        "damaged",
    ),
    _h("no sheet in it", "方案.xlsx", lambda: squeeze(book_parts("")[:-1]), "damaged"),
    _h(
        "a workbook that lists no sheet",
        "方案.xlsx",
        lambda: squeeze(
            [
                (
                    name,
                    f'<workbook xmlns="{_SHEET_NS}"><sheets/></workbook>'
                    if name == "xl/workbook.xml"
                    else part,
                )
                for name, part in book_parts(sheet_xml(_ROW))
            ]
        ),
        "damaged",
    ),
    _h("a sheet that stops in the middle", "方案.xlsx", lambda: book(sheet_xml(_ROW)[:-30]), "damaged"),
    _h(
        "a text that is not in the list of texts",
        "方案.xlsx",
        lambda: book(sheet_xml('<row r="1"><c r="A1" t="s"><v>999999</v></c></row>')),
        "damaged",
    ),
    _h("a packed part of noise", "方案.xlsx", broken_body, "damaged"),
    _h("a part packed by an unknown method", "方案.xlsx", strange_method, "damaged"),
    _h("a changed byte", "方案.xlsx", wrong_sum, "damaged"),
    _h("an OLE file that turns in a circle", "方案.xls", circle, "damaged"),
    _h(
        "half an OLE file",
        "方案.xls",
        lambda: compound({"Workbook": b"x" * 9000})[:3000],
        "damaged",
        "unknown-kind",
    ),
    _h("an OLE file of noise", "方案.xls", lambda: compound({"Workbook": bytes(range(256)) * 40}), "damaged"),
    _h("half a .pdf", "方案.pdf", lambda: picture_pdf()[:120], "damaged", "scan"),
    _h("a scan", "方案.pdf", picture_pdf, "scan"),
    # Text
    _h("text with control characters", "方案.txt", b"\x01\x02\x03\x04abc" * 50, "unknown-encoding"),
    _h("a line of ten million characters", "方案.txt", b"x" * 10_000_000),
    _h("a quotation that never ends", "方案.csv", '序号,任务\n1,"甲\n2,乙\n3,丙\n'.encode()),
    _h(
        "a table of a million fields in one record",
        "方案.csv",
        b"," * 1_000_000 + b"\n" + b"," * 1_000_000 + b"\n1,2\n" * 3,
        "oversized",
    ),
)


def _document_parts() -> list[tuple[str, str | bytes]]:
    with zipfile.ZipFile(io.BytesIO(document("<w:p/>"))) as packed:
        return [(part.filename, packed.read(part)) for part in packed.infolist()]


def _random_comment(length: int) -> str:
    """A comment of that length that does not pack well enough to be a bomb."""
    state, pieces = 1, []
    while len(pieces) < (length - 7) // 8:
        state = state * 6364136223846793005 % 2**64
        pieces.append(f"{state >> 32:08x}")
    body = "".join(pieces)
    return "<!--" + body + "x" * (length - 7 - len(body)) + "-->"
