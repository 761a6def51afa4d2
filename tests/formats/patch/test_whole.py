"""Workbooks with everything that an office puts in: what is not touched stays byte for byte."""

from __future__ import annotations

import datetime as dt
import io
import struct
import subprocess
import warnings
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, strategies as st
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.properties import examples
from tests.support.workbook_parts import changed, names, packed
from tracker.formats.patch import Append, Edit, patch
from tracker.formats.patch.workbook import Package

DAY = dt.datetime(2026, 3, 2)


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def read(data: bytes) -> Worksheet:
    """The main sheet, as openpyxl reads it; it warns that it would lose what it does not know."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheet = openpyxl.load_workbook(io.BytesIO(data))["任务事项"]
    assert isinstance(sheet, Worksheet)
    return sheet


def full(rows: int = 20) -> bytes:
    """A 台账 as an office has it after a year, written by XlsxWriter."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day, open_ = (
        book.add_format({"num_format": "yyyy-mm-dd"}),
        book.add_format({"locked": False, "border": 1}),
    )
    sheet, other, lists = (book.add_worksheet(name) for name in ("任务事项", "汇总", "选项"))
    lists.write_column(0, 0, ["未启动", "正在推进", "已完成"])
    sheet.add_table(
        0, 0, rows, 4, {"columns": [{"header": h} for h in ("序号", "事项", "状态", "时限", "备注")]}
    )
    for row in range(1, rows + 1):
        sheet.write_number(row, 0, row)
        sheet.write_string(row, 1, f"第{row}项", open_)
        sheet.write_string(row, 2, "未启动", open_)
        sheet.write_datetime(row, 3, DAY, day)
    sheet.write_formula(1, 7, "=COUNTA(B2:B21)", None, rows)
    sheet.write_rich_string(2, 7, "红", book.add_format({"color": "red"}), "字", "不变")
    sheet.data_validation(1, 2, rows, 2, {"validate": "list", "source": "=选项!$A$1:$A$3"})
    sheet.conditional_format(
        1, 2, rows, 2, {"type": "cell", "criteria": "==", "value": '"已完成"', "format": open_}
    )
    sheet.conditional_format(1, 0, rows, 0, {"type": "data_bar", "data_bar_2010": True})
    sheet.write_comment(3, 1, "请核对")
    sheet.insert_image(5, 9, "点.png", {"image_data": io.BytesIO(_png())})
    sheet.insert_textbox(9, 9, "说明")
    sheet.add_sparkline(4, 7, {"range": "任务事项!A2:A9"})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=任务事项!$A$2:$A$21"})
    sheet.insert_chart(15, 9, chart)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, rows, 4)
    sheet.set_header("&C任务事项")
    sheet.protect("", {"sort": True, "autofilter": True})
    other.write_formula(0, 0, "=任务事项!A2")
    other.merge_range(2, 0, 2, 3, "合并")
    book.define_name("选项表", "=选项!$A$1:$A$3")
    book.set_properties({"title": "台账", "created": DAY})
    book.close()
    return out.getvalue()


def by_openpyxl() -> bytes:
    """The same kind of workbook, written by openpyxl."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "任务事项"
    sheet.append(["序号", "事项"])
    for row in range(1, 10):
        sheet.append([row, f"第{row}项"])
    sheet["B2"].comment = Comment("请核对", "办公室")
    sheet.conditional_formatting.add("A2:A10", CellIsRule("greaterThan", ["5"]))
    check = DataValidation("list", formula1='"甲,乙"')
    check.add("B2:B10")
    sheet.add_data_validation(check)
    sheet.merge_cells("D1:E2")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_changed_cell_touches_the_sheet_and_asks_for_calculation_and_nothing_else():
    data = full()

    patched = patch(data, [Edit("任务事项", 3, 4, "=电话催过")])

    # XlsxWriter itself asks for calculation, so even the workbook's part stays.
    assert changed(data, patched) == ["xl/worksheets/sheet1.xml"]
    assert names(patched) == names(data)


def test_new_rows_touch_the_sheet_its_table_and_its_print_area_and_nothing_else():
    data = full()

    patched = patch(
        data, [], [Append("任务事项", ((21, "新增事项", "未启动", DAY.date()),), like=20, table="Table1")]
    )

    assert sorted(changed(data, patched)) == [
        "xl/tables/table1.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    ]
    sheet = read(patched)
    assert sheet.tables["Table1"].ref == "A1:E22"
    assert sheet.print_area == "'任务事项'!$A$1:$E$22"
    assert sheet["D22"].value == DAY
    assert str(sheet.data_validations.dataValidation[0].sqref) == "C2:C22"


def test_bytes_of_the_sheet_itself_change_only_where_the_cell_is():
    data = full()
    before = Package(data).part("xl/worksheets/sheet1.xml")

    after = Package(patch(data, [Edit("任务事项", 3, 1, "改")])).part("xl/worksheets/sheet1.xml")

    begin, end = before.index(b'<c r="B4"'), before.index(b'<c r="C4"')
    assert after.startswith(before[:begin])
    assert after.endswith(before[end:])


def test_the_zip_is_sound_and_every_part_keeps_its_time_and_place():
    data = full()

    patched = patch(data, [Edit("汇总", 0, 0, 5)], [Append("任务事项", (("x",),))])

    old, new = (zipfile.ZipFile(io.BytesIO(each)) for each in (data, patched))
    assert new.testzip() is None
    assert [(i.filename, i.date_time, i.compress_type) for i in new.infolist()] == [
        (i.filename, i.date_time, i.compress_type) for i in old.infolist()
    ]


def test_a_zip_that_was_streamed_or_stored_is_copied_as_well():
    class Stream(io.RawIOBase):
        """A file that cannot go back, so that sizes stand behind the content."""

        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data) -> int:
            self.data += data
            return len(data)

    parts = {name: Package(by_openpyxl()).part(name) for name in names(by_openpyxl())}
    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:  # type: ignore[arg-type] # it needs no more
        for n, (name, content) in enumerate(parts.items()):
            with target.open(name, "w", force_zip64=n % 2 == 0) as file:
                file.write(content)
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as target:
        target.comment = "备注".encode()
        for name, content in parts.items():
            target.writestr(name, content)

    for data in (bytes(stream.data), stored.getvalue(), b"prefix" + stored.getvalue()):
        patched = patch(data, [Edit("任务事项", 1, 1, "改")])

        archive = zipfile.ZipFile(io.BytesIO(patched))
        assert archive.testzip() is None
        assert archive.comment == zipfile.ZipFile(io.BytesIO(data)).comment
        assert {n for n in names(data) if Package(patched).part(n) != parts[n]} == {
            "xl/worksheets/sheet1.xml"
        }
        assert read(patched)["B2"].value == "改"


def test_a_part_that_is_there_twice_is_refused():
    out = io.BytesIO(packed({"a.xml": "<a/>"}))
    with zipfile.ZipFile(out, "a") as target, pytest.warns(UserWarning, match="Duplicate"):
        target.writestr("a.xml", "<b/>")

    with pytest.raises(Exception, match="两个 a"):
        Package(out.getvalue())


def test_a_workbook_of_openpyxl_can_be_patched_too():
    data = by_openpyxl()

    patched = patch(data, [Edit("任务事项", 1, 1, "改")], [Append("任务事项", ((10, "乙"),), like=9)])

    assert changed(data, patched) == ["xl/worksheets/sheet1.xml"]
    sheet = read(patched)
    assert [sheet["B2"].value, sheet["A11"].value, sheet["B11"].value] == ["改", 10, "乙"]
    assert str(sheet.data_validations.dataValidation[0].sqref) == "B2:B11"


def _dates() -> st.SearchStrategy[dt.datetime]:
    return st.dates(dt.date(1900, 3, 1), dt.date(2200, 1, 1)).map(
        lambda day: dt.datetime(*day.timetuple()[:3])
    )


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(-1e12, 1e12).map(lambda number: round(number, 3)),
    st.text(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="_\ufffe\uffff"),
        min_size=1,
        max_size=30,
    ),
    _dates(),
)
FULL = full()
BEFORE = read(FULL)


@examples(25)
@given(st.dictionaries(st.tuples(st.integers(1, 40), st.integers(0, 12)), VALUES, max_size=25))
def test_any_edits_are_read_back_and_every_other_cell_is_as_before(wanted):
    patched = patch(FULL, [Edit("任务事项", *cell, value) for cell, value in wanted.items()])

    sheet = read(patched)
    for row in range(1, 45):
        for column in range(14):
            expected = wanted.get((row, column), BEFORE.cell(row + 1, column + 1).value)
            assert sheet.cell(row + 1, column + 1).value == expected
    assert not set(changed(FULL, patched)) - {"xl/worksheets/sheet1.xml", "xl/styles.xml"}


def test_libreoffice_opens_it_and_shows_the_values(soffice, tmp_path: Path):
    from python_calamine import CalamineWorkbook

    edits = [
        Edit("任务事项", 1, 1, "=1+1"),
        Edit("任务事项", 2, 4, " 前\n后 "),
        Edit("任务事项", 3, 0, 42.5),
        Edit("任务事项", 4, 4, dt.date(2026, 7, 1)),
    ]
    for name, data in (("full", full()), ("openpyxl", by_openpyxl())):
        (tmp_path / f"{name}.xlsx").write_bytes(
            patch(data, edits, [Append("任务事项", ((99, "新增"),), like=5)])
        )

    subprocess.run(
        [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "ods",
         "--outdir", str(tmp_path), *(str(tmp_path / f"{name}.xlsx") for name in ("full", "openpyxl"))],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip

    for name, last in (("full", 21), ("openpyxl", 10)):
        rows = CalamineWorkbook.from_path(tmp_path / f"{name}.ods").get_sheet_by_name("任务事项")
        shown = rows.to_python(skip_empty_area=False)
        assert [shown[1][1], shown[2][4], shown[3][0], shown[4][4]] == [
            "=1+1",
            " 前\n后 ",
            42.5,
            dt.date(2026, 7, 1),
        ]
        assert shown[last][:2] == [99.0, "新增"]
