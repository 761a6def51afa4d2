"""工作台账.xlsx without a column that this version knows: an earlier version's, or the office took it out."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from tests.support.syncing import LATER, POINTS, PROGRESS, Edit, book, text, texts
from tests.support.year import call, ledger_of, make_year, snapshot
from tracker.columns import Owner, Sheet, on
from tracker.steps.sync import sync

DAY = dt.timedelta(days=1)
CODE = "ledger-column-gone"
HEAD = 3


@pytest.fixture
def root(tmp_path):
    make_year(tmp_path / "办公")
    sync(call(tmp_path / "办公"))
    return tmp_path / "办公"


def column_of(page, label):
    return next(cell.column for cell in page[HEAD] if cell.value == label)


def saved(root, page, file):
    # Excel keeps the table's columns in step with the head; openpyxl wants to be told.
    page.tables.clear()
    page.data_validations.dataValidation = []
    file.save(book(root))


def take_out(root, label, sheet=POINTS):
    file = openpyxl.load_workbook(book(root))
    page = file[sheet]
    page.delete_cols(column_of(page, label))
    saved(root, page, file)


def put_in(root, label, at, sheet=POINTS, **cells):
    """Insert a column with a head, as a clerk would; `cells` by the row's number."""
    file = openpyxl.load_workbook(book(root))
    page = file[sheet]
    page.insert_cols(at)
    page.cell(HEAD, at).value = label
    for row, value in cells.items():
        page.cell(int(row[1:]), at).value = value
    saved(root, page, file)


def withhold(root, *points):
    """Keep items out of the public report; the light that a decision changes has the workbook written once more."""
    edit = Edit(root).set(POINTS, "P1-003", "认定状态", "已完成")
    for each in points:
        edit.set(POINTS, each, "不公开", "是")
    edit.save()
    assert sync(call(root, LATER)).data["state"] == "written"


def said(answer):
    return [each for each in answer.data["findings"] if each["code"] == CODE]


def test_a_column_that_is_missing_is_said_once_with_what_it_is_for_and_how_to_get_it(root):
    take_out(root, "不公开")

    first, second, third = (sync(call(root, LATER + n * DAY)) for n in range(3))

    assert [len(said(each)) for each in (first, second, third)] == [1, 0, 0]
    [finding] = said(first)
    assert finding["place"] == f"{POINTS}!A{HEAD}"
    assert "“不公开”" in finding["message"]
    assert "不写入公开版" in finding["message"]
    assert "插入一列" in finding["message"]


def test_once_it_is_said_another_run_writes_nothing(root):
    take_out(root, "不公开")
    sync(call(root, LATER))
    before = snapshot(root)
    with ledger_of(root) as ledger:
        acts = ledger.last_act

    answer = sync(call(root, LATER))

    assert answer.data["state"] == "unchanged"
    assert snapshot(root) == before
    with ledger_of(root) as ledger:
        assert ledger.last_act == acts


def test_a_dry_run_says_it_and_does_not_count_as_said(root):
    take_out(root, "不公开")

    assert len(said(sync(call(root, LATER, dry_run=True)))) == 1
    assert len(said(sync(call(root, LATER)))) == 1
    assert not said(sync(call(root, LATER, dry_run=True)))


@pytest.mark.parametrize("at", [2, 5, 30])
def test_a_column_inserted_anywhere_is_read_and_filled(root, at):
    take_out(root, "不公开")
    sync(call(root, LATER))

    put_in(root, "不公开", at, r4="是")
    answer = sync(call(root, LATER + DAY))

    assert not said(answer)
    assert answer.data["applied"] == 1
    assert texts(root)["P1-001", "", "unpublished", ""] == "是"


def test_what_the_ledger_has_comes_back_into_an_empty_column_and_is_not_taken_for_cleared(root):
    withhold(root, "P1-001", "P1-002")
    take_out(root, "不公开")
    sync(call(root, LATER + DAY))

    put_in(root, "不公开", 5)
    answer = sync(call(root, LATER + 2 * DAY))

    assert answer.data["applied"] == 0
    assert texts(root)["P1-001", "", "unpublished", ""] == "是"
    assert text(root, POINTS, "P1-001", "不公开") == text(root, POINTS, "P1-002", "不公开") == "是"
    # From then on an emptied cell is a statement again.
    Edit(root).set(POINTS, "P1-001", "不公开", None).save()
    sync(call(root, LATER + 3 * DAY))
    assert texts(root)["P1-001", "", "unpublished", ""] == ""


def test_an_empty_column_says_nothing_until_the_workbook_could_be_written(root, owner_file):
    withhold(root, "P1-001")
    take_out(root, "不公开")
    sync(call(root, LATER + DAY))
    put_in(root, "不公开", 5)
    mark = owner_file(book(root).with_name("~$工作台账.xlsx"), b"\x04wang")

    assert sync(call(root, LATER + 2 * DAY)).data["state"] == "beside"
    mark.unlink()
    sync(call(root, LATER + 3 * DAY))

    assert texts(root)["P1-001", "", "unpublished", ""] == "是"
    assert text(root, POINTS, "P1-001", "不公开") == "是"


def test_a_computed_column_that_came_back_empty_is_filled_without_reproach(root):
    take_out(root, "亮灯", PROGRESS)
    sync(call(root, LATER))
    put_in(root, "亮灯", 4, PROGRESS)

    answer = sync(call(root, LATER + DAY))

    assert "not-editable" not in [each["code"] for each in answer.data["findings"]]
    assert text(root, PROGRESS, "P1-001|U002", "亮灯") == "绿 正常推进"


def test_a_column_that_went_away_a_second_time_is_said_again(root):
    take_out(root, "不公开")
    sync(call(root, LATER))
    put_in(root, "不公开", 5)
    sync(call(root, LATER + DAY))
    take_out(root, "不公开")

    assert len(said(sync(call(root, LATER + 2 * DAY)))) == 1


def test_a_sheet_that_is_away_for_a_while_makes_nothing_said_twice(root):
    take_out(root, "不公开")
    sync(call(root, LATER))
    file = openpyxl.load_workbook(book(root))
    head = file[POINTS].cell(HEAD, 1)
    head.value = "编号"
    file.save(book(root))
    gone = sync(call(root, LATER + DAY))
    file = openpyxl.load_workbook(book(root))
    file[POINTS].cell(HEAD, 1).value = "事项编号"
    file.save(book(root))

    answer = sync(call(root, LATER + 2 * DAY))

    assert "ledger-sheet-gone" in [each["code"] for each in gone.data["findings"]]
    assert not said(answer)


@pytest.mark.parametrize(
    "column", [each for each in on(Sheet.POINTS) if each.owner is not Owner.PLAN], ids=lambda each: each.label
)
def test_every_column_has_a_purpose_to_be_told(root, column):
    take_out(root, column.label)

    [finding] = said(sync(call(root, LATER)))

    assert f"“{column.label}”一栏（" in finding["message"]
    assert "（）" not in finding["message"]
