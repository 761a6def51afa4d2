"""Binary workbooks: what is hidden, wrong or computed is found in their records."""

from __future__ import annotations

import struct
import subprocess

import pytest
import xlsxwriter

from tests.support import hostile
from tracker.formats.readers import sheets
from tracker.grid import Merge
from tracker.problems.files import Oversized


def record(number: int, content: bytes = b"") -> bytes:
    """A record of an .xls."""
    return struct.pack("<HH", number, len(content)) + content


BEGIN = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
END = record(0x000A)


def xls(*records: bytes, styles: bytes = b"") -> bytes:
    """An .xls with one sheet, 分工表, that holds the records given."""
    title = "分工表".encode("utf-16-le")

    def book(start: int) -> bytes:
        sheet = struct.pack("<IBBBB", start, 0, 0, 3, 1) + title
        return BEGIN + styles + record(0x0085, sheet) + END

    globals_ = book(len(book(0)))
    return hostile.compound({"Workbook": globals_ + BEGIN + b"".join(records) + END})


def row(number: int, *, hidden: bool) -> bytes:
    return record(0x0208, struct.pack("<HHHHHHHH", number, 0, 3, 255, 0, 0, 0x20 if hidden else 0, 0))


def formula(at: tuple[int, int], result: bytes) -> bytes:
    return record(0x0006, struct.pack("<HHH", *at, 0) + result + b"\0" * 8)


def test_hidden_rows_and_columns_of_an_xls() -> None:
    data = xls(
        record(0x007D, struct.pack("<HHHHHH", 1, 2, 2048, 0, 1, 0)),
        record(0x007D, struct.pack("<HHHHHH", 4, 4, 2048, 0, 0, 0)),
        row(0, hidden=False),
        row(3, hidden=True),
    )

    look = sheets.scan_xls(data, "方案.xls")["分工表"]

    assert (look.hidden_rows, look.hidden_columns) == ({3}, {1, 2})


def test_errors_and_formulas_of_an_xls() -> None:
    data = xls(
        record(0x0205, struct.pack("<HHHBB", 0, 1, 0, 0x2A, 1)),
        record(0x0205, struct.pack("<HHHBB", 0, 2, 0, 1, 0)),
        formula((1, 0), struct.pack("<d", 2.0)),
        formula((1, 1), b"\x02\0\x07\0\0\0\xff\xff"),
        formula((1, 2), b"\x03\0\0\0\0\0\xff\xff"),
    )

    look = sheets.scan_xls(data, "方案.xls")["分工表"]

    assert look.errors == {(0, 1): "#N/A", (1, 1): "#DIV/0!"}
    assert look.formulas == {(1, 0): True, (1, 1): True, (1, 2): False}


def test_a_chart_inside_a_sheet_is_stepped_over() -> None:
    data = xls(BEGIN + row(7, hidden=True) + END, row(2, hidden=True))

    assert sheets.scan_xls(data, "方案.xls")["分工表"].hidden_rows == {2}


def test_cells_far_away_are_refused_before_calamine_sees_them() -> None:
    number = struct.pack("<HHHd", 65535, 255, 0, 1.0)

    with pytest.raises(Oversized, match="第 65536 行、第 256 列"):
        sheets.scan_xls(xls(record(0x0203, number)), "方案.xls")


def brt(number: int, content: bytes = b"") -> bytes:
    """A record of an .xlsb; its number and its length take one byte for each seven bits."""
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    length, size = len(content), b""
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 127 else 0)])
        length >>= 7
        if not length:
            return head + size + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(*records: bytes, more: tuple[tuple[str, str | bytes], ...] = ()) -> bytes:
    """An .xlsb with one sheet, 分工表."""
    return hostile.squeeze(
        [
            ("xl/workbook.bin", brt(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("分工表"))),
            ("xl/_rels/workbook.bin.rels", hostile.BOOK_LINKS.replace("sheet1.xml", "sheet1.bin")),
            ("xl/worksheets/sheet1.bin", b"".join(records)),
            *more,
        ]
    )


def brt_row(number: int, *, hidden: bool = False) -> bytes:
    return brt(0, struct.pack("<IIHBBB", number, 0, 300, 0, 0x10 if hidden else 0, 0) + b"\0" * 4)


def test_what_an_xlsb_says_beside_its_values() -> None:
    data = xlsb(
        brt(60, struct.pack("<IIIIH", 2, 3, 2048, 0, 1)),
        brt_row(0),
        brt(3, struct.pack("<IIB", 1, 0, 0x17)),
        brt_row(4, hidden=True),
        brt(9, struct.pack("<IId", 0, 0, 1.0) + b"\0" * 8),
        brt(11, struct.pack("<IIB", 1, 0, 0x07) + b"\0" * 8),
        brt(176, struct.pack("<IIII", 1, 3, 0, 0)),
    )

    look = sheets.scan_xlsb(data, "方案.xlsb")["分工表"]

    assert (look.hidden_rows, look.hidden_columns) == ({4}, {2, 3})
    assert look.errors == {(0, 1): "#REF!", (4, 1): "#DIV/0!"}
    assert look.formulas == {(4, 0): True, (4, 1): True}
    assert look.merges == (Merge(1, 0, 3, 0),)


def test_cells_far_away_in_an_xlsb_are_refused() -> None:
    data = xlsb(brt_row(1_048_575), brt(5, struct.pack("<IId", 16_383, 0, 1.0)))

    with pytest.raises(Oversized):
        sheets.scan_xlsb(data, "方案.xlsb")


def test_records_that_cannot_be_followed_end_the_scan() -> None:
    whole = xlsb(brt_row(1, hidden=True), b"\x80")

    assert sheets.scan_xlsb(whole, "方案.xlsb")["分工表"].hidden_rows == {1}
    assert sheets.scan_xls(b"no compound file", "方案.xls") == {}


def test_struck_cells_and_comments_of_an_xls() -> None:
    fonts = [record(0x0031, struct.pack("<HH", 200, flags) + b"\0" * 12) for flags in (0, 0, 0, 0, 8)]
    formats = [record(0x00E0, struct.pack("<H", font) + b"\0" * 18) for font in (0, 5)]
    data = xls(
        record(0x0203, struct.pack("<HHHd", 0, 1, 1, 1.0)),
        record(0x0203, struct.pack("<HHHd", 0, 2, 0, 1.0)),
        record(0x005D, struct.pack("<HHHH", 0x15, 0x12, 0x19, 7) + b"\0" * 14),
        record(0x01B6, struct.pack("<HHHHHHHHH", 0, 0, 0, 0, 0, 3, 16, 0, 0)),
        record(0x003C, b"\x01" + "改为乙".encode("utf-16-le")),
        record(0x003C, b"\0" * 16),
        record(0x001C, struct.pack("<HHHH", 4, 2, 0, 7) + b"\0" * 4),
        styles=b"".join([*fonts, *formats]),
    )

    look = sheets.scan_xls(data, "方案.xls")["分工表"]

    assert (look.struck, look.comments) == ({(0, 1): ""}, {(4, 2): "改为乙"})


def test_struck_cells_and_comments_of_an_xlsb() -> None:
    fonts = b"".join(brt(43, struct.pack("<HH", 200, flags) + b"\0" * 20) for flags in (0, 8))
    own = b"".join(brt(47, struct.pack("<HHH", 0, 0, font) + b"\0" * 10) for font in (0, 1))
    styles = fonts + brt(626) + brt(47, b"\0" * 16) + brt(627) + brt(617) + own + brt(618)
    comment = brt(635, struct.pack("<IIIII", 0, 4, 4, 2, 2) + b"\0" * 16)
    links = hostile.BOOK_LINKS.replace("/worksheet", "/comments").replace(
        "worksheets/sheet1.xml", "../comments1.bin"
    )
    data = xlsb(
        brt_row(0),
        brt(5, struct.pack("<IId", 1, 1, 1.0)),
        brt(5, struct.pack("<IId", 2, 0, 1.0)),
        more=(
            ("xl/styles.bin", styles),
            ("xl/worksheets/_rels/sheet1.bin.rels", links),
            ("xl/comments1.bin", comment + brt(637, b"\0" + wide("改为乙"))),
        ),
    )

    look = sheets.scan_xlsb(data, "方案.xlsb")["分工表"]

    assert (look.struck, look.comments) == ({(0, 1): ""}, {(4, 2): "改为乙"})


def test_an_xls_of_another_program_tells_its_strikes_and_comments(soffice, soffice_profile, tmp_path) -> None:
    with xlsxwriter.Workbook(tmp_path / "方案.xlsx") as book:
        sheet = book.add_worksheet("分工表")
        sheet.write("A1", "任务")
        sheet.write("B2", "市甲局", book.add_format({"font_strikeout": True}))
        sheet.write("C3", "市乙局")
        sheet.write_comment("C3", "改为丙")
    subprocess.run(
        [soffice, f"-env:UserInstallation={soffice_profile}", "--headless", "--convert-to", "xls", "--outdir",
         str(tmp_path), str(tmp_path / "方案.xlsx")],
        capture_output=True, check=True, timeout=180,
    )  # fmt: skip

    look = sheets.scan_xls((tmp_path / "方案.xls").read_bytes(), "方案.xls")["分工表"]

    assert look.struck == {(1, 1): ""}
    assert {spot: text.rpartition("\n")[2] for spot, text in look.comments.items()} == {(2, 2): "改为丙"}
