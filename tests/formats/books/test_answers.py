"""What a cell of a form says, by the kind of its column."""

import pytest

from tracker.columns import Column, ColumnKind, Owner
from tracker.formats.books.answers import read_cell

PHONE = Column("phone", "联系电话", Owner.UNIT, ColumnKind.TELEPHONE)
TEXT = Column("evidence", "佐证材料", Owner.UNIT)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (13800001111, "13800001111"),
        (13800001111.0, "13800001111"),
        (2345678, "2345678"),
        ("0756-1234567", "0756-1234567"),
        ("13800001111、2345678", "13800001111、2345678"),
    ],
)
def test_a_typed_telephone_number_is_taken_in_a_column_of_telephones(value, text):
    reading = read_cell(PHONE, value, "填报表!D5")

    assert (reading.text, reading.refusal, reading.findings) == (text, "", ())


@pytest.mark.parametrize("value", [7561234567, 1.38e21, 12.5, True])
def test_a_number_that_may_have_lost_digits_is_refused_there_all_the_same(value):
    reading = read_cell(PHONE, value, "填报表!D5")

    assert [finding.code for finding in reading.findings] == ["spoiled-number"]


def test_a_number_in_any_other_column_of_texts_stays_a_spoiled_one():
    assert read_cell(TEXT, 13800001111, "填报表!D5").refusal == "文字变成了数字"
