"""Equal neighbours become one cell, and never across a border to their left."""

from __future__ import annotations

from hypothesis import given, strategies as st
from lxml import etree

from tracker.columns import Column
from tracker.formats.documents.wordml import MOST_ROWS, merge_marks, pieces_of, table
from tracker.table import Table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COLUMNS = (Column("甲", 1, merge=True), Column("乙", 1, merge=True), Column("丙", 1))
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


def test_a_head_may_have_a_row_above_and_a_cell_may_cover_those_to_its_right():
    columns = (Column("", 1), Column("", 1), Column("甲", 1), Column("乙", 1))
    content = Table(
        (*columns, Column("合计", 1)),
        (("全", "", "1", "2", "3"), ("部分", "其中", "1", "2", "3")),
        over=(("事项", 2), ("数量", 2), ("", 1)),
        wide=frozenset({(0, 0, 2)}),
    )

    tree = etree.fromstring(table(content, 5000))

    rows = [list(row.iter(f"{W}tc")) for row in tree.iter(f"{W}tr")]
    heads = [row for row in tree.iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is not None]
    assert len(heads) == 2
    said = [["".join(cell.itertext()) for cell in row] for row in rows]
    assert said == [
        ["事项", "数量", "合计"],
        ["", "甲", "乙", ""],
        ["全", "1", "2", "3"],
        ["部分", "其中", "1", "2", "3"],
    ]
    for row in rows:
        spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row]
        assert sum(1 if each is None else int(each.get(f"{W}val")) for each in spans) == 5
        widths = [int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) for cell in row]
        assert sum(widths) == 5000


def test_a_long_table_is_pieces_with_the_head_each_that_hold_every_row_and_wide_cell_once():
    rows = tuple(("甲", str(n), "") for n in range(2 * MOST_ROWS + 1))
    wide = frozenset({(1, 0, 2), (2 * MOST_ROWS, 0, 3)})
    pieces = list(pieces_of(Table(COLUMNS, rows, wide=wide)))

    assert [len(piece.rows) for piece in pieces] == [MOST_ROWS, MOST_ROWS, 1]
    assert [row for piece in pieces for row in piece.rows] == list(rows)
    assert [piece.wide for piece in pieces] == [frozenset({(1, 0, 2)}), frozenset(), frozenset({(0, 0, 3)})]
    for piece in pieces:
        assert etree.fromstring(table(piece, 9000)).findall(f".//{W}tblHeader")
