"""Equal neighbours become one cell, and never across a border to their left."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.files.documents.wordml import merge_marks
from tracker.rules.wording.outline import Table
from tracker.rules.wording.outline import TableColumn

COLUMNS = (TableColumn("甲", 1, merge=True), TableColumn("乙", 1, merge=True), TableColumn("丙", 1))
ROWS = st.lists(st.tuples(*[st.sampled_from(["", "一", "二"])] * 3), max_size=12)


def shown(rows, marks):
    """What a reader sees: a continued cell shows the one above."""
    seen = []
    for row, line in zip(rows, marks, strict=True):
        above = seen[-1] if seen else ("", "", "")
        seen.append(
            tuple(up if mark == "on" else own for up, own, mark in zip(above, row, line, strict=True))
        )
    return seen


@given(ROWS)
def test_a_reader_sees_the_same_values(rows):
    assert shown(rows, merge_marks(Table(COLUMNS, tuple(rows)))) == rows


@given(ROWS)
def test_every_merge_begins_and_stays_inside_the_merge_to_its_left(rows):
    marks = merge_marks(Table(COLUMNS, tuple(rows)))

    for n, (first, second, third) in enumerate(marks):
        assert third == ""
        if first == "on":
            assert marks[n - 1][0] in ("start", "on")
        if second == "on":
            assert first == "on"


@given(ROWS)
def test_what_can_merge_does(rows):
    marks = merge_marks(Table(COLUMNS, tuple(rows)))

    for n in range(1, len(rows)):
        assert (marks[n][0] == "on") == (rows[n][0] == rows[n - 1][0] != "")
