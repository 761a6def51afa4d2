"""What the writing library writes, only faster."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import xlsxwriter

from tracker.formats.books.ink import CREATED, new_book


def written(book, buffer):
    page = book.add_worksheet("表")
    look = book.add_format({"bold": True})
    for column in range(60):
        page.write_string(0, column, f"<{column}> & 甲", look)
    page.write_string(1, 0, " 没有样式 ")
    page.write_blank(1, 1, None, look)
    page.write_blank(1, 2, None)
    page.write_formula(2, 0, "=200-LEN(A1)", look, 12)
    page.write_datetime(2, 1, dt.datetime(2018, 8, 30), look)
    book.close()
    with zipfile.ZipFile(buffer) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_sheet_is_byte_for_byte_what_the_library_itself_writes():
    ours, theirs = io.BytesIO(), io.BytesIO()
    plain = xlsxwriter.Workbook(theirs, {"in_memory": True, "strings_to_formulas": False})
    plain.set_properties({"created": CREATED})

    assert written(new_book(ours), ours) == written(plain, theirs)
