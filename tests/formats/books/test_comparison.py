"""A comparison's workbook: text stays text, drop-downs, what it remembers, read back wherever rows stand."""

from __future__ import annotations

import io

import openpyxl

from tracker.columns import Column, Owner
from tracker.comparison import (
    NOTE,
    WORD,
    ComparisonBook,
    Judgement,
    JudgementEntry,
    RowMemory,
    memory_of,
)
from tracker.files.guard.opening import read_bytes
from tracker.formats.books.tables import lay_out_comparison, read_comparison
from tracker.problems.base import Severity
from tracker.table import Table

COLUMNS = (
    Column("对照号", 9, Owner.COMPUTED),
    Column("要求", 40, Owner.COMPUTED),
    Column(WORD, 10, choices=("按建议", "延续")),
    Column("对应编号", 12),
    Column(NOTE, 20),
)
ROWS = {
    "P2-001": RowMemory(Judgement("延续", ("P1-003",), "说明=1"), Judgement()),
    "P2-002": RowMemory(Judgement(), Judgement("延续", ("P1-004",))),
}
MARKS = {"kind": "year", "office": "a1", "plan": "P2"}


def book(*rows):
    sheet = Table(
        COLUMNS,
        rows,
        name="对照",
        title="对照",
        notes=("说明",),
        tones={(0, 2): Severity.WARNING},
        fixed_columns=1,
    )
    return lay_out_comparison(ComparisonBook((sheet,), memory_of(ROWS)), MARKS)


def read(data):
    return read_comparison(read_bytes(data, "年度对照-P2.xlsx"), "对照号", "对应编号")


def test_what_was_laid_out_comes_back():
    data = book(("P2-001", "=1+1", "延续", "P1-003", "说明=1"), ("P2-002", "公开", "", "P1-004", ""))

    found = read(data)

    assert (dict(found.marks), dict(found.laid_out)) == (MARKS, ROWS)
    assert [(key, each.word, each.others, each.note) for key, each in found.statements] == [
        ("P2-001", "延续", "P1-003", "说明=1"),
        ("P2-002", "", "P1-004", ""),
    ]
    page = openpyxl.load_workbook(io.BytesIO(data))["对照"]
    assert page["B4"].value == "=1+1"
    assert page["B4"].data_type == "s"
    assert data == book(("P2-001", "=1+1", "延续", "P1-003", "说明=1"), ("P2-002", "公开", "", "P1-004", ""))


def test_the_words_are_a_drop_down_and_the_sheet_is_ready_to_print():
    page = openpyxl.load_workbook(io.BytesIO(book(("P2-001", "甲", "", "", ""))))["对照"]

    assert [each.formula1 for each in page.data_validations.dataValidation] == ['"按建议,延续"']
    assert (page.page_setup.orientation, page.print_title_rows, page.freeze_panes) == (
        "landscape",
        "$3:$3",
        "B4",
    )


def test_columns_may_stand_anywhere_and_others_may_be_added():
    edited = openpyxl.Workbook()
    edited.active.append(["我的列", NOTE, "对应编号", WORD, "对照号"])
    edited.active.append(["看", "问过", "P1-004", "延续", "p2-002"])
    edited.active.append(["", "", "", "", ""])
    edited.active.append(["", "没有编号", "", "新增", ""])
    buffer = io.BytesIO()
    edited.save(buffer)

    found = read(buffer.getvalue())

    assert found.statements[0] == ("P2-002", JudgementEntry("延续", "P1-004", "问过", "Sheet!D2"))
    assert found.statements[1][0] == "Sheet!E4"
    assert not found.marks
