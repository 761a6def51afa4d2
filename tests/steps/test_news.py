"""Sync and take-back open nothing where nothing moved, and look at everything where anything did."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace

import openpyxl
import pytest

from tests.support.mailbox import make_office
from tests.support.pictures import png
from tests.support.syncing import POINTS, PROGRESS, Edit, book
from tests.support.year import (
    SEPTEMBER,
    add_point,
    call,
    fill,
    form_of,
    ledger_of,
    make_year,
    snapshot,
    year_with_forms,
)
from tracker import facts
from tracker.problems.base import Exit
from tracker.settings import Settings
from tracker.steps import news
from tracker.steps.call import CHINA
from tracker.steps.chase import chase
from tracker.steps.clock import Machine
from tracker.steps.desk import open_desk
from tracker.steps.news import answer_without_news
from tracker.steps.run import tick
from tracker.steps.sync import _holds_today as holds_today, sync
from tracker.steps.take_back import take_back

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@pytest.fixture
def root(tmp_path):
    """An office whose workbook was written, and found to be as it should."""
    root = make_year(tmp_path / "办公")
    for _ in range(2):
        sync(call(root))
    return root


def test_where_nothing_moved_the_answer_is_that_of_a_whole_run(root):
    before = snapshot(root)

    answer = answer_without_news(call(root), "sync")

    assert answer == sync(call(root))
    assert (answer.data["state"], answer.exit) == ("unchanged", Exit.DONE)
    assert snapshot(root) == before


def test_what_a_whole_run_says_each_time_is_said_without_it_too(root):
    Edit(root).set(POINTS, "P1-001", "认定状态", "差不多了").save()
    for _ in range(2):
        whole = sync(call(root))

    assert any("差不多了" in line for line in whole.lines)
    assert answer_without_news(call(root), "sync") == whole


def comment(root):
    edit = Edit(root)
    edit.find(POINTS, "P1-001", "备注").comment = openpyxl.comments.Comment("问过了", "王敏")
    edit.save()


def setting(root):
    file = openpyxl.load_workbook(root / "设置.xlsx")
    file["基本设置"]["B5"] = "3"
    file.save(root / "设置.xlsx")


def fact(root):
    with ledger_of(root) as ledger, ledger.act("settle", person="王敏", at=SEPTEMBER) as act:
        act.add(facts.Cell("P1-001", "", "decision", "", "已完成", "office", act.row.first_seq - 1))


def point(root):
    with ledger_of(root) as ledger, ledger.act("record", person="王敏", at=SEPTEMBER) as act:
        add_point(act, "P1", 9, ("U001",))


MOVES = {
    "a cell of the workbook": lambda root: Edit(root).set(PROGRESS, "P1-001|U001", "备注", "问过").save(),
    "a comment": comment,
    "the workbook gone": lambda root: book(root).unlink(),
    "a setting": setting,
    "a fact": fact,
    "a new point": point,
    "the register": lambda root: shutil.copy(book(root), root / "单位及联络员名单.xlsx"),
    "a copy of a list": lambda root: shutil.copy(book(root), book(root).with_name("事项调整 - 副本.xlsx")),
    "a list in another format": lambda root: (root / "台账" / "事项调整.et").write_bytes(b"x"),
    "the material of the report": lambda root: shutil.copy(book(root), root / "报告" / "起草素材表.xlsx"),
    "the list of questions": lambda root: shutil.copy(book(root), root / "待核对事项清单.xlsx"),
    "another office": lambda root: (root / ".tracker" / "office.json").write_text('{"office": "another"}'),
    "the ledger gone": lambda root: (root / ".tracker" / "ledger.db").unlink(),
    "a workbook open in Excel": lambda root: book(root).with_name("~$工作台账.xlsx").write_bytes(b"x"),
    "a workbook open in WPS": lambda root: book(root).with_name(".~工作台账.xlsx").write_bytes(b"x"),
    "a spoiled memory": lambda root: (root / ".tracker" / "synced.json").write_text("[{", encoding="utf-8"),
    "another memory": lambda root: (root / ".tracker" / "synced.json").write_text("[]", encoding="utf-8"),
    "no memory": lambda root: (root / ".tracker" / "synced.json").unlink(),
}


@pytest.mark.parametrize("move", MOVES)
def test_whatever_moves_is_looked_at(root, move):
    MOVES[move](root)

    assert answer_without_news(call(root), "sync") is None


def test_while_a_workbook_is_open_nothing_is_remembered(root):
    for _ in range(2):
        book(root).with_name("~$工作台账.xlsx").write_bytes(b"x")
        sync(call(root, SEPTEMBER + DAY))

    assert answer_without_news(call(root, SEPTEMBER + DAY), "sync") is None


def test_another_day_turns_lights_and_is_looked_at(root):
    new_year = SEPTEMBER.replace(year=2019, month=1, day=2)

    assert answer_without_news(call(root, SEPTEMBER + HOUR), "sync") is not None
    assert answer_without_news(call(root, new_year), "sync") is None
    assert sync(call(root, new_year)).data["state"] == "written"


def test_another_program_looks_itself(root, monkeypatch):
    monkeypatch.setattr(news, "__version__", "99")

    assert answer_without_news(call(root), "sync") is None


def test_a_copy_of_the_folder_is_looked_at(root, tmp_path):
    shutil.copytree(root, tmp_path / "副本")

    assert answer_without_news(call(tmp_path / "副本"), "sync") is None


def test_what_would_be_done_is_decided_anew(root):
    assert answer_without_news(call(root, dry_run=True), "sync") is None


def test_a_run_that_did_something_or_only_said_it_is_not_remembered(tmp_path):
    root = make_year(tmp_path / "办公")
    sync(call(root))
    assert answer_without_news(call(root), "sync") is None

    sync(call(root, dry_run=True))
    assert answer_without_news(call(root), "sync") is None

    chase(call(root))
    Edit(root).set(POINTS, "P1-001", "认定状态", "已完成").save()
    sync(call(root))
    assert answer_without_news(call(root), "sync") is None


def test_what_somebody_saved_while_sync_was_running_is_looked_at(root, monkeypatch):
    fact(root)
    sync(call(root))

    def save_meanwhile(done, total, word):
        if word == "整理清单":
            Edit(root).set(POINTS, "P1-002", "备注", "刚改的").save()

    sync(replace(call(root), progress=save_meanwhile))

    assert answer_without_news(call(root), "sync") is None
    assert sync(call(root)).data["applied"] == 1


def test_a_warning_of_the_scheduler_that_is_due_later_in_the_day_is_not_missed(tmp_path):
    root, monday = make_office(tmp_path / "办公"), dt.datetime(2018, 9, 3, 10, 0, tzinfo=CHINA)
    machine = Machine("pc", 1_000.0)
    tick(call(root, monday), machine=machine, worker="pc:1", work={"chase": lambda _call: "好"})
    early, late = (monday.replace(hour=hour) + 2 * DAY for hour in (1, 23))
    for _ in range(2):
        sync(call(root, early))

    assert answer_without_news(call(root, early), "sync") is None
    assert sync(call(root, late)).data["state"] == "written"
    assert sync(call(root, late)).data["state"] == "unchanged"
    assert answer_without_news(call(root, late + HOUR / 2), "sync") is not None


def test_a_ledger_on_a_server_is_asked_each_time(root):
    with open_desk(call(root)) as desk:
        shared = replace(desk, settings=Settings(values={"database": "postgresql://server/office"}))

        assert holds_today(desk)
        assert not holds_today(shared)


@pytest.fixture
def returned(tmp_path):
    """An office that took back a form and a scan, and has a question about a cell."""
    root = year_with_forms(tmp_path / "办公")
    fill(form_of(root, "市司法局"), {"P1-001": {"进展情况": "已办"}}, root / "各单位报送" / "一稿.xlsx")
    (root / "各单位报送" / "市司法局").mkdir()
    (root / "各单位报送" / "市司法局" / "盖章页.png").write_bytes(png())
    take_back(call(root))
    return root


def test_after_every_file_was_taken_the_next_run_is_known_and_writes_nothing(returned):
    before = snapshot(returned)

    answer = answer_without_news(call(returned), "take-back")

    assert answer.data["repeated"] == 2
    (returned / ".tracker" / "returned.json").unlink()
    assert answer == take_back(call(returned))
    assert {name: data for name, data in snapshot(returned).items() if name in before} == before


def page(root):
    file = openpyxl.load_workbook(root / "台账" / "报送情况.xlsx")
    file.active["A1"] = "改过"
    file.save(root / "台账" / "报送情况.xlsx")


RETURN_MOVES = {
    "a new file": lambda root: fill(
        form_of(root, "市教育局"), {"P1-001": {"进展情况": "已办"}}, root / "各单位报送" / "新.xlsx"
    ),
    "a new file of any kind in a folder": lambda root: (
        root / "各单位报送" / "市司法局" / "说明.txt"
    ).write_text("见附件", encoding="utf-8"),
    "other bytes": lambda root: (root / "各单位报送" / "市司法局" / "盖章页.png").write_bytes(png(2)),
    "a file gone": lambda root: (root / "各单位报送" / "一稿.xlsx").unlink(),
    "another name": lambda root: (root / "各单位报送" / "一稿.xlsx").rename(
        root / "各单位报送" / "二稿.xlsx"
    ),
    "what a clerk wrote": page,
    "a list gone": lambda root: (root / "台账" / "报送情况.xlsx").unlink(),
    "a decision": lambda root: (root / "待核对事项清单.xlsx").write_bytes(b"x"),
    "a setting": setting,
    "a fact": fact,
    "the page open in Excel": lambda root: (root / "台账" / "~$报送情况.xlsx").write_bytes(b"x"),
}


@pytest.mark.parametrize("move", RETURN_MOVES)
def test_whatever_moves_among_returns_is_looked_at(returned, move):
    assert answer_without_news(call(returned), "take-back") is not None

    RETURN_MOVES[move](returned)

    assert answer_without_news(call(returned), "take-back") is None


def test_on_another_day_returns_are_looked_at(returned):
    assert answer_without_news(call(returned, SEPTEMBER + HOUR), "take-back") is not None
    assert answer_without_news(call(returned, SEPTEMBER + DAY), "take-back") is None


def test_a_file_that_was_not_taken_is_named_each_time(returned):
    (returned / "各单位报送" / "别的.xlsx").write_bytes(b"x")
    whole = take_back(call(returned))

    assert len(whole.data["refused"]) == 1
    assert answer_without_news(call(returned), "take-back") is None


def test_while_the_page_is_open_nothing_is_remembered_of_returns(returned):
    (returned / "台账" / "~$报送情况.xlsx").write_bytes(b"x")
    fill(form_of(returned, "市教育局"), {"P1-001": {"进展情况": "已办"}}, returned / "各单位报送" / "新.xlsx")
    assert len(take_back(call(returned)).data["taken"]) == 1
    (returned / "台账" / "~$报送情况.xlsx").unlink()

    assert answer_without_news(call(returned), "take-back") is None


def test_what_comes_in_while_returns_are_taken_is_looked_at(returned):
    name = returned / "各单位报送" / "刚到.xlsx"

    def arrive(done, total, word):
        if word == "汇总填报内容" and not name.exists():
            fill(form_of(returned, "市教育局"), {"P1-001": {"进展情况": "刚到"}}, name)

    (returned / ".tracker" / "returned.json").unlink()
    take_back(replace(call(returned), progress=arrive))

    assert name.exists()
    assert answer_without_news(call(returned), "take-back") is None
    assert len(take_back(call(returned)).data["taken"]) == 1
