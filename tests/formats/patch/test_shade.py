"""An empty cell that is to stand out takes another background and nothing else."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.support.workbook_parts import book
from tracker.formats.patch import Append, Shade, patch
from tracker.problems.files import CannotPatch

ROWS = '<sheetData><row r="1"><c r="A1" s="1"/><c r="B1"><v>1</v></c></row></sheetData>'


def cells(data):
    return openpyxl.load_workbook(io.BytesIO(data))["表"]


def test_a_shaded_cell_keeps_everything_else_of_its_format():
    page = cells(patch(book(ROWS), (), shades=(Shade("表", 0, 0), Shade("表", 4, 3))))

    assert page["A1"].fill.fgColor.rgb == page["D5"].fill.fgColor.rgb == "FFFFF2CC"
    assert page["A1"].number_format == "mm-dd-yy"
    assert page["A1"].value is None


def test_a_cell_in_a_new_row_can_be_shaded():
    page = cells(patch(book(ROWS), (), (Append("表", (("甲", None),)),), shades=(Shade("表", 1, 1),)))

    assert (page["A2"].value, page["B2"].fill.fgColor.rgb) == ("甲", "FFFFF2CC")


def test_a_cell_that_holds_anything_is_never_shaded():
    with pytest.raises(CannotPatch):
        patch(book(ROWS), (), shades=(Shade("表", 0, 1),))
