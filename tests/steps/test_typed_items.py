"""临时交办: what a clerk types into 任务事项 of the 台账 becomes an item with a number."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from tests.support.recording import ROWS, call, enter, ledger, office, points, sheet_file
from tracker import facts
from tracker.steps.init import init
from tracker.steps.sync import sync


@pytest.fixture
def root(tmp_path):

    root = tmp_path / "办公"
    init(call(root), root)
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    sync(call(root, days=1))
    return root


def ledger_book(root):
    return root / "台账" / "工作台账.xlsx"


def type_row(root, cells):
    """Type a row right below the table."""
    book = openpyxl.load_workbook(ledger_book(root))
    page = book["任务事项"]
    columns = {cell.value: cell.column for cell in page[3]}
    row = page.max_row + 1
    for label, value in cells.items():
        page.cell(row, columns[label]).value = value
    book.save(ledger_book(root))
    return row


def rows_of(root):
    page = openpyxl.load_workbook(ledger_book(root))["任务事项"]
    labels = [cell.value for cell in page[3]]
    return [
        dict(zip(labels, row, strict=True)) for row in page.iter_rows(min_row=4, values_only=True) if any(row)
    ]


TASK = {
    "具体要求": "筹备全市现场会",
    "牵头单位": "市政府办公室",
    "责任单位": "市司法局、市税务局",
    "完成时限": "5月底前",
}


def test_a_row_typed_below_the_table_becomes_an_item_and_gets_its_number(root):
    type_row(root, TASK)

    answer = sync(call(root, days=2))

    point = points(root)["P1-006"]
    assert (point.requirement, point.deadline.due, point.section) == (
        "筹备全市现场会",
        dt.date(2026, 5, 31),
        "临时交办",
    )
    assert [office(root).name_of(unit) for unit in point.units()] == ["市政府办公室", "市司法局", "市税务局"]
    assert [row["事项编号"] for row in rows_of(root)] == [f"P1-00{n}" for n in range(1, 7)]
    assert any("P1-006：筹备全市现场会" in line for line in answer.lines)
    assert office(root).plans["P1"].edition.title == "云溪市2026年营商环境工作要点分工方案"


def test_its_source_is_the_cell_in_the_workbook_that_was_kept(root):
    row = type_row(root, TASK)
    saved = ledger_book(root).read_bytes()

    sync(call(root, days=2))

    with ledger(root) as opened:
        entry = next(each for each in opened.entries(facts.WpText) if each.fact.wp == "P1-006")
        assert opened.office().files[entry.file].name == "工作台账.xlsx"
    assert entry.place == f"任务事项!{entry.place.split('!')[1].rstrip('0123456789')}{row}"
    assert any(each.read_bytes() == saved for each in (root / "原件留存").rglob("*.xlsx"))


def test_what_the_office_typed_beside_it_counts_too(root):
    type_row(root, {**TASK, "备注": "张市长交办"})

    sync(call(root, days=2))

    assert office(root).cells["P1-006", "", "note", ""].value == "张市长交办"


def test_doing_it_again_adds_nothing(root):
    type_row(root, TASK)
    sync(call(root, days=2))
    act = office(root).act

    sync(call(root, days=3))

    assert office(root).act == act
    assert len(rows_of(root)) == 6


def test_a_run_that_was_killed_before_it_wrote_the_number_is_completed(root):
    type_row(root, TASK)
    saved = ledger_book(root).read_bytes()
    sync(call(root, days=2))
    ledger_book(root).write_bytes(saved)

    sync(call(root, days=2))

    assert set(points(root)) == {f"P1-00{n}" for n in range(1, 7)}
    assert [row["事项编号"] for row in rows_of(root)] == [f"P1-00{n}" for n in range(1, 7)]


@pytest.mark.parametrize(
    "cells",
    [
        {"具体要求": "给周科长回电话"},
        {**TASK, "责任单位": "市司法局牵头，其他单位配合"},
        {**TASK, "完成时限": "汛前"},
    ],
)
def test_a_row_that_names_nobody_or_no_day_stays_a_note_and_is_said(root, cells):
    type_row(root, cells)

    answer = sync(call(root, days=2))

    assert len(points(root)) == 5
    assert "typed-item-unclear" in {each["code"] for each in answer.data["findings"]}
    assert rows_of(root)[-1]["具体要求"] == cells["具体要求"]


def test_a_dry_run_says_it_and_records_nothing(root):
    type_row(root, TASK)
    before = ledger_book(root).read_bytes()

    answer = sync(call(root, days=2, dry_run=True))

    assert any("筹备全市现场会" in line for line in answer.lines)
    assert len(points(root)) == 5
    assert ledger_book(root).read_bytes() == before


def test_a_limit_that_nobody_can_read_is_settled_by_a_day_beside_it(root):
    type_row(root, {**TASK, "完成时限": "汛前", "到期日": dt.date(2026, 5, 31)})

    sync(call(root, days=2))

    deadline = points(root)["P1-006"].deadline
    assert (deadline.text, deadline.due) == ("汛前", dt.date(2026, 5, 31))
