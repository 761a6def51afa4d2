"""Rows in another order: each moves whole, and what would point at the wrong row afterwards is refused."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st

from tests.support.workbook_parts import book
from tracker.formats.patch.grafting import order_rows
from tracker.problems.files import CannotPatch


def drawn(extra: str = "", cell: str = "<v>{n}</v>") -> bytes:
    rows = "".join(
        f'<row r="{n}" ht="{10 + n}" customHeight="1"><c r="A{n}" s="1">{cell.format(n=n)}</c><c r="B{n}"><v>{n * n}</v></c></row>'
        for n in range(1, 7)
    )
    return book(f"<sheetData>{rows}</sheetData>{extra}")


@settings(max_examples=24, deadline=None)
@given(st.permutations(range(1, 5)))
def test_values_formats_and_heights_move_together_and_the_other_rows_stay(order):
    page = openpyxl.load_workbook(io.BytesIO(order_rows(drawn(), "表", order)))["表"]

    numbers = [1, *(row + 1 for row in order), 6]
    assert [[cell.value for cell in row] for row in page.iter_rows(max_col=2)] == [
        [openpyxl.utils.datetime.from_excel(n) if cell else n * n for cell in (True, False)] for n in numbers
    ]
    assert [page.row_dimensions[line].height for line in range(1, 7)] == [10 + n for n in numbers]


@pytest.mark.parametrize(
    ("extra", "cell"),
    [
        ('<mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells>', "<v>{n}</v>"),
        (
            '<dataValidations count="1"><dataValidation type="list" sqref="A2:A3"><formula1>"是"</formula1></dataValidation></dataValidations>',
            "<v>{n}</v>",
        ),
        ("", "<f>B{n}+1</f><v>{n}</v>"),
    ],
    ids=["a merge in one row", "a drop-down of some rows", "a formula"],
)
def test_what_stands_at_its_place_is_not_torn_from_its_row(extra, cell):
    with pytest.raises(CannotPatch):
        order_rows(drawn(extra, cell), "表", (4, 3, 2, 1))


def test_a_drop_down_of_all_the_rows_holds_wherever_they_stand():
    rule = '<dataValidations count="1"><dataValidation type="list" sqref="A1:A9"><formula1>"是"</formula1></dataValidation></dataValidations>'

    assert order_rows(drawn(rule), "表", (2, 1)) != drawn(rule)


def test_the_order_that_is_there_changes_no_byte():
    assert order_rows(drawn(), "表", (1, 2, 3)) == drawn()
