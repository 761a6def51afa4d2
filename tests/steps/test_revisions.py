"""A plan that goes on: what a revision did not touch stays, and what it changes is said before it is done."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.support.recording import (
    ROWS,
    call,
    edit_list,
    enter,
    new_office,
    office,
    points,
    sheet_file,
)
from tests.support.year import fill
from tracker.rules.progress.rows import ledger_rows
from tracker.steps.hand_out import hand_out
from tracker.steps.sync import sync
from tracker.steps.take_back import take_back
from tracker.workdays import Calendar

MERGED = {"停用日期": dt.date(2026, 9, 1), "接续单位": "市财政局", "变动方式": "合并"}
TEXT = "首贷中心已选址"


@pytest.fixture
def root(tmp_path):
    """An office in which 市金融办 wrote about P1-003 in June, and went into 市财政局 in September."""
    root = new_office(tmp_path)
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    hand_out(call(root, days=90), round_name="第二季度", due=dt.date(2026, 6, 30))
    form = root / "填报表" / "2026-第二季度" / "市金融办.xlsx"
    fill(form, {"P1-003": {"自报状态": "正在推进", "进展情况": TEXT}}, root / "各单位报送" / "1.xlsx")
    take_back(call(root, days=92))
    sync(call(root, days=93))
    edit_list(root, {"市金融办": MERGED}, add=({"单位名称": "市财政局"},))
    return root


def revised(unit):
    """The plan with another item changed, and the merged unit under a name."""
    return (
        ROWS[0].replace("1天", "半天"),
        ROWS[1],
        ROWS[2].replace("市金融办", unit),
        ROWS[3].replace("市金融办", unit),
        ROWS[4],
    )


@pytest.mark.parametrize("name", ["市金融办", "市财政局"])
def test_what_a_merged_unit_reported_stays_with_the_item_whichever_name_the_revision_prints(
    root, tmp_path, name
):
    enter(root, sheet_file(tmp_path / "b.xlsx", revised(name)), days=200)

    answer = sync(call(root, days=201))

    rows = ledger_rows(office(root), today=dt.date(2026, 9, 20), calendar=Calendar())
    assert TEXT in rows.points["P1-003"]["latest"]
    assert rows.points["P1-003"]["responsible"] == name
    assert [row["progress"] for key, row in rows.progress.items() if key.startswith("P1-003|")] == [TEXT]
    assert not [line for line in answer.lines if "可自行删除" in line]
    assert {assignee.written for assignee in points(root)["P1-003"].assignees} == {name}


def test_the_successor_is_asked_for_the_item_once_and_answers_for_both(root, tmp_path):
    enter(root, sheet_file(tmp_path / "b.xlsx", revised("市财政局")), days=200)

    hand_out(call(root, days=210), round_name="年终", due=dt.date(2026, 12, 10))

    now = office(root)
    names = [now.name_of(form.unit) for form in now.forms.values() if "P1-003" in form.rows]
    assert names == ["市金融办", "市财政局"]


def test_a_row_with_text_is_never_offered_for_deletion_though_another_unit_answers_now(root, tmp_path):
    enter(root, sheet_file(tmp_path / "b.xlsx", revised("市商务局")), days=200)

    answer = sync(call(root, days=201))

    about = [line for line in answer.lines if "P1-003" in line or "P1-004" in line]
    assert any("ledger-rows-with-text" in line and "P1-003" in line for line in about)
    assert not any("ledger-rows-retired" in line and "P1-003" in line for line in about)


def test_a_name_that_is_none_of_the_items_units_means_what_the_list_says(root, tmp_path):
    enter(root, sheet_file(tmp_path / "b.xlsx", revised("市司法局")), days=200)

    assert {office(root).name_of(unit) for unit in points(root)["P1-003"].units()} == {"市司法局"}
