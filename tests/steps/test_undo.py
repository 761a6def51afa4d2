"""A record that was a mistake is taken back, whole, unless something was done on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.support.recording import ROWS, call, enter, new_office, office, points, sheet_file
from tests.support.year import fill
from tracker.problems.plans import CannotUndo, NothingToUndo
from tracker.rules.plans.editions import EditionKind
from tracker.steps.hand_out import hand_out
from tracker.steps.history import history
from tracker.steps.report import report
from tracker.steps.take_back import take_back
from tracker.steps.undo import undo

REVISED = (
    ROWS[0].replace("1天", "半天").replace("市税务局", "市商务局"),
    *ROWS[1:4],
    "| 四、人才 | 6.发放人才公寓补贴 | 市人社局负责 | 年底前 |",
)


@pytest.fixture
def root(tmp_path):
    root = new_office(tmp_path)
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    return root


def live(root):
    """Words, units, place in the plan of every point that is in force."""
    return {key: replace(point, place="") for key, point in points(root).items() if not point.is_retired}


def test_a_strangers_table_is_got_rid_of_and_the_next_plan_has_a_number_of_its_own(root, tmp_path):
    table = sheet_file(tmp_path / "别人的.xlsx", ("| 一、别处 | 1.修桥 | 市交通局负责 | 年底前 |",))
    enter(root, table, how=EditionKind.NEW)

    answer = undo(call(root), None)

    assert answer.data["plan"] == "P2" and answer.data["units"] == ["市交通局"]
    assert list(office(root).plans) == ["P1"]
    assert enter(root, table, how=EditionKind.NEW).data["plan"] == "P3"


def test_a_revision_is_taken_back_with_words_units_and_what_it_dropped(root, tmp_path):
    before = live(root)
    file = sheet_file(tmp_path / "b.xlsx", REVISED)
    enter(root, file, days=1)
    assert live(root) != before

    undo(call(root, days=2), None)

    assert live(root) == before
    assert points(root)["P1-006"].is_retired
    assert enter(root, sheet_file(tmp_path / "a.xlsx", ROWS), days=3).data["how"] == "same"
    assert enter(root, file, days=4).data["how"] == "revision"
    assert "撤回" in "".join(history(call(root), "P1").lines)


def test_two_revisions_are_taken_back_one_after_the_other(root, tmp_path):
    first = live(root)
    enter(root, sheet_file(tmp_path / "b.xlsx", REVISED), days=1)
    second = live(root)
    enter(root, sheet_file(tmp_path / "c.xlsx", REVISED[:4]), days=2, how=EditionKind.REVISION, plan="P1")

    undo(call(root, days=3), None)
    assert live(root) == second
    undo(call(root, days=4), None)

    assert live(root) == first


def test_the_record_of_a_file_can_be_named_and_a_later_one_of_its_plan_stands_in_the_way(root, tmp_path):
    enter(root, sheet_file(tmp_path / "别人的.xlsx", ROWS[:2]), how=EditionKind.NEW)
    enter(root, sheet_file(tmp_path / "b.xlsx", REVISED), how=EditionKind.REVISION, plan="P1", days=1)

    with pytest.raises(CannotUndo, match="先撤回后一次"):
        undo(call(root), tmp_path / "a.xlsx")
    assert undo(call(root), tmp_path / "别人的.xlsx").data["plan"] == "P2"
    with pytest.raises(NothingToUndo):
        undo(call(root), tmp_path / "别人的.xlsx")


def test_what_was_handed_out_written_or_reported_stands_in_the_way_and_is_named(root, tmp_path):
    hand_out(call(root, days=90), round_name="第二季度", due=dt.date(2026, 6, 30))
    act = office(root).act
    with pytest.raises(CannotUndo, match="5份填报表"):
        undo(call(root, days=91), None)
    form = root / "填报表" / "2026-第二季度" / "市司法局.xlsx"
    fill(form, {"P1-005": {"进展情况": "清理完毕"}}, root / "各单位报送" / "1.xlsx")
    assert office(root).act == act
    take_back(call(root, days=92))
    report(call(root, days=93))

    with pytest.raises(CannotUndo, match=r"P1-005等.*出过报告"):
        undo(call(root, days=94), None)
    assert list(office(root).plans) == ["P1"]


def test_a_dry_run_says_it_and_takes_nothing_back(root):
    assert "将撤回" in undo(call(root, dry_run=True), None).lines[0]
    assert list(office(root).plans) == ["P1"]


def test_an_office_without_a_plan_has_nothing_to_take_back(tmp_path):
    with pytest.raises(NothingToUndo):
        undo(call(new_office(tmp_path)), None)
