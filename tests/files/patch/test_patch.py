"""Changing cells of a workbook that is not loaded and saved."""

from __future__ import annotations

from tests.files.patch.drawing import book
from tests.files.patch.drawing import changed
from tests.files.patch.drawing import rows_of
from tracker.files.patch import Edit
from tracker.files.patch import patch


def test_a_changed_cell_keeps_its_format_and_the_others_their_bytes():
    data = book(
        '<sheetData><row r="1" spans="1:2"><c r="A1" s="2"><v>1</v></c><c  r="B1"><v>2</v></c></row></sheetData>'
    )

    patched = patch(data, [Edit("表", 0, 0, "=1+1")])

    assert rows_of(patched) == (
        '<sheetData><row r="1" spans="1:2"><c r="A1" s="2" t="inlineStr"><is><t>=1+1</t></is></c>'
        '<c  r="B1"><v>2</v></c></row></sheetData>'
    )
    assert changed(data, patched) == ["xl/worksheets/a.xml"]
