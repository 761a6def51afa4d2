"""A plan that goes on: what a revision did not touch stays, and what it changes is said before it is done."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import openpyxl
import pytest

from tests.support.recording import (
    HEAD,
    ROWS,
    call,
    edit_list,
    enter,
    new_office,
    office,
    points,
    sheet_file,
)
from tests.support.syncing import text
from tests.support.year import fill
from tracker.problems.plans import RetiresMuch, UnconfirmedPlan
from tracker.rules.plans.editions import EditionKind
from tracker.rules.progress.rows import ledger_rows
from tracker.settings import Day
from tracker.steps.hand_out import hand_out
from tracker.steps.plan_questions import Instructions
from tracker.steps.read import read
from tracker.steps.record import record
from tracker.steps.settle import settle
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

    rows = ledger_rows(office(root), Day(dt.date(2026, 9, 20), Calendar()))
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

    about = [line for line in answer.lines if "可自行删除" in line]
    assert [("P1-003" in line, "P1-004" in line) for line in about] == [(False, True)]
    assert text(root, "各单位进展", "P1-003|U004", "进展情况") == TEXT
    assert text(root, "各单位进展", "P1-004|U004", "亮灯") == "灰 不再承担"


def test_a_name_that_is_none_of_the_items_units_means_what_the_list_says(root, tmp_path):
    enter(root, sheet_file(tmp_path / "b.xlsx", revised("市司法局")), days=200)

    assert {office(root).name_of(unit) for unit in points(root)["P1-003"].units()} == {"市司法局"}


# 临时交办, and the question before a plan is changed.


def quiet(root, days):
    """A call of a script: nobody sits there."""
    return replace(call(root, days=days), ask=None)


def decide(root, choice, text=None, days=220):
    path = root / "待核对事项清单.xlsx"
    book = openpyxl.load_workbook(path)
    row = [row for row in book.active.iter_rows() if str(row[0].value).startswith("C")][-1]
    row[9].value, row[10].value = choice, text
    book.save(path)
    return settle(quiet(root, days))


def type_item(root, text="办好一件急事"):
    path = root / "台账" / "工作台账.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["任务事项"]
    head = {cell.value: cell.column for cell in page[3] if cell.value}
    row = page.max_row + 1
    page.cell(row, head["具体要求"]).value = text
    page.cell(row, head["责任单位"]).value = "市司法局"
    book.save(path)
    return sync(call(root, days=150))


def test_a_full_revision_leaves_what_was_handed_over_in_mid_year_unless_it_is_named(root, tmp_path):
    type_item(root)
    assert "P1-006" in points(root)

    answer = enter(root, sheet_file(tmp_path / "b.xlsx", revised("市金融办")), days=200)

    assert answer.data["retired"] == [] and not points(root)["P1-006"].is_retired
    enter(root, sheet_file(tmp_path / "c.xlsx", ROWS), days=201, retires=("P1-006",))
    assert points(root)["P1-006"].is_retired


def test_the_plan_again_with_items_handed_over_is_the_same_plan(root, tmp_path):
    type_item(root)
    copy = sheet_file(tmp_path / "b.xlsx", ROWS, HEAD + "\n")
    copy.write_bytes(copy.read_bytes() + b"\0")

    assert enter(root, copy, days=200).data["how"] == "same"


def test_where_nobody_sits_a_revision_is_refused_with_what_it_changes_and_asked_in_the_list(root, tmp_path):
    before = points(root)

    with pytest.raises(UnconfirmedPlan, match=r"新增 0 项、改动 1 项、取消 0 项.*半天.*用新报送的"):
        record(quiet(root, 200), sheet_file(tmp_path / "b.xlsx", revised("市金融办")), Instructions())

    assert points(root) == before
    assert [question.field for question in office(root).conflicts.values()] == ["plan-file"]
    again = office(root).act
    with pytest.raises(UnconfirmedPlan):
        record(quiet(root, 201), tmp_path / "b.xlsx", Instructions())
    assert office(root).act == again


@pytest.mark.parametrize(
    ("choice", "text", "expected"),
    [
        ("用新报送的", None, "压缩开办企业时间到半天"),
        ("另行填写", "调整P1", "压缩开办企业时间到半天"),
        ("用台账现有", None, "压缩开办企业时间到1天"),
    ],
)
def test_the_answer_in_the_list_is_applied_by_settle(root, tmp_path, choice, text, expected):
    with pytest.raises(UnconfirmedPlan):
        record(quiet(root, 200), sheet_file(tmp_path / "b.xlsx", revised("市金融办")), Instructions())
    (tmp_path / "b.xlsx").unlink()

    answer = decide(root, choice, text)

    assert answer.data["settled"] == 1 and office(root).conflicts == {}
    assert points(root)["P1-001"].requirement == expected
    assert (root / "方案" / "b.xlsx").exists() == ("半天" in expected)


def test_an_answer_that_nobody_understands_stays_in_the_list_and_is_named(root, tmp_path):
    with pytest.raises(UnconfirmedPlan):
        record(quiet(root, 200), sheet_file(tmp_path / "b.xlsx", revised("市金融办")), Instructions())

    answer = decide(root, "另行填写", "随便")

    assert any("plan-answer" in line for line in answer.lines)
    assert len(office(root).conflicts) == 1


def test_a_file_that_was_entered_after_all_is_no_question_any_more(root, tmp_path):
    plan = sheet_file(tmp_path / "b.xlsx", revised("市金融办"))
    with pytest.raises(UnconfirmedPlan):
        record(quiet(root, 200), plan, Instructions())

    record(quiet(root, 201), plan, Instructions(how=EditionKind.REVISION, plan="P1"))

    assert office(root).conflicts == {}


def test_much_that_would_be_dropped_is_asked_in_the_list_too(root, tmp_path):
    with pytest.raises(RetiresMuch):
        record(quiet(root, 200), sheet_file(tmp_path / "b.xlsx", ROWS[:3]), Instructions())

    decide(root, "用新报送的")

    assert [key for key, point in points(root).items() if point.is_retired] == ["P1-004", "P1-005"]


def test_at_the_terminal_the_answer_decides_and_no_leaves_nothing(root, tmp_path):
    plan = sheet_file(tmp_path / "b.xlsx", revised("市金融办"))
    acts = office(root).act
    lines = []
    no = replace(call(root, days=200), ask=lambda question: "否", tell=lines.append)

    with pytest.raises(UnconfirmedPlan):
        record(no, plan, Instructions())

    assert office(root).act == acts and any("半天" in line for line in lines)
    answers = iter(["怎么回事", "新方案"])
    yes = replace(call(root, days=200), ask=lambda question: next(answers))
    assert record(yes, plan, Instructions()).data["plan"] == "P2"


def test_the_same_file_with_new_again_is_known(root, tmp_path):
    plan = sheet_file(tmp_path / "b.xlsx", ROWS[:3])
    first = enter(root, plan, days=200, how=EditionKind.NEW)
    act = office(root).act

    again = enter(root, plan, days=201, how=EditionKind.NEW)

    assert (first.data["plan"], again.data["plan"], again.data["how"]) == ("P2", "P2", "same")
    assert "已登记过" in again.lines[0] and office(root).act == act


def test_a_day_that_a_person_gave_a_limit_stays_with_its_words_through_a_revision(tmp_path):
    root = new_office(tmp_path)
    rows = (*ROWS[:4], "| 三、法治 | 5.清理妨碍公平竞争的规定 | 市司法局负责 | 汛期结束前 |")
    enter(root, sheet_file(tmp_path / "a.xlsx", rows))
    read(call(root), tmp_path / "a.xlsx", with_proof=True)
    (book_path,) = tmp_path.glob("分工核对表*.xlsx")
    book = openpyxl.load_workbook(book_path)
    page = book["分工核对表"]
    heads = {cell.value: cell.column for row in page for cell in row}
    row = next(cell.row for line in page for cell in line if cell.value == "汛期结束前")
    page.cell(row, heads["到期日"]).value = dt.datetime(2026, 9, 30)
    book.save(book_path)
    enter(root, book_path, days=1)

    again = (rows[0].replace("1天", "半天"), *rows[1:])
    answer = enter(root, sheet_file(tmp_path / "b.xlsx", again), days=2)
    due = points(root)["P1-005"].deadline.due
    moved = (*again[:4], again[4].replace("汛期结束前", "主汛期结束前"))
    other = enter(root, sheet_file(tmp_path / "c.xlsx", moved), days=3)

    assert "新增 0 项、改动 1 项" in "".join(answer.lines)
    assert ["unreadable-deadline" in "".join(said.lines) for said in (answer, other)] == [False, True]
    assert (due, points(root)["P1-005"].deadline.due) == (dt.date(2026, 9, 30), None)
