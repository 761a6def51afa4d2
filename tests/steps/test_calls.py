"""督办/电话记录.xlsx as people leave it: understood, or told by name; nothing typed is lost or counted twice."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from tests.support.year import call, ledger_of, make_year
from tracker import facts
from tracker.files.guard.opening import read_bytes
from tracker.formats.books.worklists import CallRow, add_calls, lay_out_calls, read_calls
from tracker.steps.desk import open_desk
from tracker.steps.worklists import CALLS, read_call_list, take_in_calls

DAY = dt.date(2018, 9, 3)


def row(document="D1", **more) -> CallRow:
    return CallRow(document, DAY, "市财政局", "李明", "催办", "预算公开", "年底前", **more)


ANSWERED = lay_out_calls([row(who="李明", answer="本周报", at="9月3日"), row("D2")])


def spoilt(spoil, data: bytes = ANSWERED) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    spoil(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(spoil):
    return read_calls(read_bytes(spoilt(spoil), CALLS))


def put(**cells: object):
    def spoil(page) -> None:
        for place, value in cells.items():
            page[place] = value

    return spoil


def pasted(**cells: object):
    def spoil(page) -> None:
        page.append([cell.value for cell in page[4]])
        put(**cells)(page)

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        lambda page: page.insert_cols(2),
        lambda page: page.insert_rows(1),
        lambda page: setattr(page, "title", "2018"),
        put(I3="答复情况", H3=" 接 听 人 "),
        pasted(),
        pasted(H6=None, I6=None, J6=None),
    ],
    ids=["a column more", "a row more", "another sheet name", "other heads", "a row twice", "a row twice, once empty"],
)  # fmt: skip
def test_a_list_that_was_worked_in_is_understood(spoil):
    known = read(spoil)

    assert [(each.document, each.who, each.answer, each.at) for each in known.rows] == [
        ("D1", "李明", "本周报", "9月3日"),
        ("D2", "", "", ""),
    ]
    assert known.findings == ()


@pytest.mark.parametrize(("place", "label"), [("A3", "编号"), ("I3", "答复")])
def test_without_a_column_that_it_needs_it_is_refused_by_name_and_not_added_to(place, label):
    known = read(put(**{place: "别的"}))

    assert (known.rows, [each.code for each in known.findings]) == ((), ["list-spoiled"])
    assert f"“{label}”" in known.findings[0].message
    data = spoilt(put(**{place: "别的"}))
    assert add_calls(data, known, [row("D3")]) == data


def grown(spoil):
    data = spoilt(spoil)
    known = read_calls(read_bytes(data, CALLS))
    data = add_calls(data, known, [row("D3"), replace(row("D4"), day=DAY + dt.timedelta(1))])
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def test_new_calls_stand_on_top_the_newest_first_and_the_others_move_with_all_that_people_made_of_them():
    def coloured(page) -> None:
        page["C4"].fill = PatternFill("solid", fgColor="FF00FF00")
        page.row_dimensions[4].height = 77
        put(K3="处室", K5="二科", A9="另记：周一再打")(page)

    page = grown(coloured)

    assert [page.cell(line, 1).value for line in range(3, 8)] == ["编号", "D4", "D3", "D1", "D2"]
    assert (page["I6"].value, page["K7"].value, page["J6"].value) == ("本周报", "二科", "9月3日")
    assert page["C6"].fill.fgColor.rgb == "FF00FF00" and page["C4"].fill.fgColor.rgb != "FF00FF00"
    assert page.row_dimensions[6].height == 77
    assert page["A11"].value == "另记：周一再打"


def test_where_somebody_commented_on_a_row_new_calls_stay_below_and_the_comment_at_its_row():
    page = grown(lambda page: setattr(page["I4"], "comment", Comment("已告知分管领导", "王敏")))

    assert [page.cell(line, 1).value for line in range(4, 8)] == ["D1", "D2", "D4", "D3"]
    assert page["I4"].comment.text == "已告知分管领导"


def test_one_call_with_two_answers_counts_in_neither_row():
    known = read(pasted(I6="明天报"))

    assert [each.document for each in known.rows] == ["D2"]
    assert [(each.code, each.place) for each in known.findings] == [("call-row-twice", "电话记录!I6")]


def test_an_answer_in_a_row_whose_number_is_gone_is_told():
    assert [(each.code, each.place) for each in read(put(A4=None)).findings] == [
        ("list-row-without-id", "电话记录!A4")
    ]


def test_answers_are_recorded_once_and_one_to_an_unknown_slip_is_told(tmp_path):
    root = make_year(tmp_path, points=1)
    with ledger_of(root) as ledger, ledger.act("chase", person="王敏", at=call(root).now) as act:
        act.add(facts.Document("D1", "催办", "U001", ("P1-001",), DAY, "sent", "", "督办/x.docx"))
    (root / "督办" / CALLS).write_bytes(spoilt(put(A5="D99", I5="不知道")))

    with open_desk(call(root)) as desk:
        taken = []
        for _ in range(2):
            with desk.act("chase") as act:
                taken.append(take_in_calls(desk, act, read_call_list(desk)))

    assert [each.count for each in taken] == [1, 0]
    assert [(each.code, each.place) for each in taken[1].findings] == [("unknown-slip", "电话记录!I5")]
