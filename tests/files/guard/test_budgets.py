"""What is small on disk and endless to work with is refused at the door, before any step has it."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from tracker.files.guard import read_bytes
from tracker.files.guard.limits import RANGE_NAMES, ROWS, SHEETS
from tracker.problems.files import Oversized

ROWS_OF_FORMAT = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(9, ROWS + 10))


def with_more(part, before, more):
    """A small workbook with more bytes in one of its parts."""
    book = openpyxl.Workbook()
    book.active["A1"] = "任务"
    plain, out = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as larger:
        for name in archive.namelist():
            data = archive.read(name)
            larger.writestr(name, data.replace(before, before + more, 1) if name == part else data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "before", "more", "word"),
    [
        (
            "xl/workbook.xml",
            b"</sheets>",
            b'<definedName name="n">x</definedName>' * (RANGE_NAMES + 1),
            "名称定义",
        ),
        ("xl/workbook.xml", b"<sheets>", b'<sheet name="s" sheetId="9"/>' * (SHEETS + 1), "工作表"),
        (
            "xl/worksheets/sheet1.xml",
            b"</row>",
            ROWS_OF_FORMAT,
            "只有格式",
        ),
    ],
    ids=["names of ranges", "sheets", "rows with a format only"],
)
def test_a_workbook_beyond_a_budget_is_refused_with_what_there_is_too_much_of(part, before, more, word):
    with pytest.raises(Oversized, match=word):
        read_bytes(with_more(part, before, more), "表.xlsx")
