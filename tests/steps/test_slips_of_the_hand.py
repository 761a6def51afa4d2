"""A name mistyped in the units' list is asked about, and what it made is simply corrected or deleted."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from tests.support.recording import ROWS, call, edit_list, enter, new_office, office, points, sheet_file
from tracker.rules.plans import successor
from tracker.steps.hand_out import hand_out


@pytest.fixture
def root(tmp_path):
    root = new_office(tmp_path)
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    return root


def names(root):
    now = office(root)
    return {now.name_of(unit) for unit in now.units}


def again(root, days=1):
    return enter(root, root.parent / "a.xlsx", days=days)


def delete_row(root, name):
    path = root / "单位及联络员名单.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["单位"]
    page.delete_rows(next(cell.row for row in page.iter_rows() for cell in row if cell.value == name))
    book.save(path)


@pytest.mark.parametrize("name", ["市住房城乡建没局", "市住房城建设局", "市法司局"])
def test_a_typed_name_near_a_known_one_is_asked_first_and_gets_no_form(root, name):
    edit_list(root, add=({"单位名称": name},))

    answer = again(root)

    assert "near-unit" in answer.data["findings"] and name not in names(root)
    book = openpyxl.load_workbook(root / "单位及联络员名单.xlsx")
    assert name in [row[0].value for row in book["待确认名称"].iter_rows()]


def test_it_is_a_unit_once_somebody_says_so(root):
    edit_list(root, add=({"单位名称": "市法司局"},))
    again(root)
    path = root / "单位及联络员名单.xlsx"
    book = openpyxl.load_workbook(path)
    row = next(row for row in book["待确认名称"].iter_rows() if row[0].value == "市法司局")
    row[2].value = "是新单位"
    book.save(path)

    again(root, days=2)

    assert "市法司局" in names(root)


@pytest.mark.parametrize("name", ["市教育局", "市财政局", "市税务局稽查局"])
def test_a_name_that_is_no_slip_is_a_unit_at_once(root, name):
    edit_list(root, add=({"单位名称": name},))

    again(root)

    assert name in names(root)


def test_a_unit_that_nothing_went_to_is_corrected_in_its_row_and_leaves_no_former_name(root):
    edit_list(root, add=({"单位名称": "市体肓局"},))
    again(root)
    edit_list(root, {"市体肓局": {"单位名称": "市体育局"}})

    again(root, days=2)

    assert "市体育局" in names(root)
    assert not [name for unit in office(root).units.values() for name in unit.names if "肓" in name.name]


def test_a_unit_that_nothing_went_to_is_deleted_with_its_row_and_one_with_tasks_stays(root):
    edit_list(root, add=({"单位名称": "市体肓局"},))
    again(root)
    delete_row(root, "市体肓局")
    delete_row(root, "市司法局")

    again(root, days=2)

    assert "市体肓局" not in names(root) and "市司法局" in names(root)
    assert points(root)["P1-005"].units()


def test_a_unit_that_gets_another_ones_name_is_that_one_unless_something_went_to_it(root):
    edit_list(root, add=({"单位名称": "市体肓局"},))
    again(root)
    edit_list(root, {"市体肓局": {"单位名称": "市司法局"}, "市税务局": {"单位名称": "市司法局"}})
    hand_out(call(root, days=90), round_name="第二季度", due=dt.date(2026, 6, 30))
    now = office(root)
    law = next(unit for unit in now.units if now.name_of(unit) == "市司法局")
    slip = next(unit for unit in now.units if now.name_of(unit) == "市体肓局")

    assert successor(now, slip, dt.date(2026, 3, 3)) == law
    assert not [form for form in now.forms.values() if form.unit == slip]
    act = now.act
    answer = again(root, days=91)
    assert "corrected-unit" in answer.data["findings"] and office(root).act == act
    edit_list(root, {"市金融办": {"单位名称": "市司法局"}})
    assert "name-of-another" in again(root, days=92).data["findings"]
