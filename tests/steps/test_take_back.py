"""What comes back is joined by identity, whatever people did to the file, and nothing is lost."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import zipfile

import docx
import openpyxl
import pytest

from tests.support.year import SEPTEMBER, call, fill, form_of, ledger_of, make_year, snapshot, year_with_forms
from tracker import facts
from tracker.problems.base import Exit
from tracker.rules.merge import questions
from tracker.steps.hand_out import hand_out
from tracker.steps.take_back import take_back

LATER = SEPTEMBER + dt.timedelta(days=5)
ANSWERS = {
    "P1-001": {"自报状态": "正在推进", "进展情况": "甲一"},
    "P1-002": {"自报状态": "已完成", "进展情况": "甲二", "完成日期": dt.datetime(2018, 9, 2)},
}


@pytest.fixture
def root(tmp_path):
    return year_with_forms(tmp_path / "办公", points=12)


def send(root, unit="市司法局", name="随便起的名字.xlsx", answers=None, stamp=None):
    path = fill(form_of(root, unit), ANSWERS if answers is None else answers, root / "各单位报送" / name)
    if stamp is not None:
        os.utime(path, (stamp, stamp))
    return path


def cells(root):
    with ledger_of(root) as ledger:
        return dict(ledger.office().cells.items())


def texts(root):
    return {key: cell.value for key, cell in cells(root).items() if cell.value}


def test_answers_are_recorded_with_their_file_and_cell(root):
    send(root)

    answer = take_back(call(root, LATER))

    assert texts(root) == {
        ("P1-001", "U002", "status", "R1"): "正在推进",
        ("P1-001", "U002", "progress", "R1"): "甲一",
        ("P1-002", "U002", "status", "R1"): "已完成",
        ("P1-002", "U002", "progress", "R1"): "甲二",
        ("P1-002", "U002", "done_on", "R1"): "2018-09-02",
    }
    with ledger_of(root) as ledger:
        office = ledger.office()
        cell = office.cells["P1-001", "U002", "progress", "R1"]
        assert cell.place.startswith("填报表!")
        assert office.files[cell.file].name == "随便起的名字.xlsx"
    balance = answer.data["taken"][0]["balance"]
    assert balance["offered"] == sum(n for key, n in balance.items() if key != "offered")
    assert balance["applied"] == 5
    assert answer.exit is Exit.DONE


def test_the_original_is_kept_byte_for_byte(root):
    data = send(root).read_bytes()

    take_back(call(root, LATER))

    kept = [path.read_bytes() for path in (root / "原件留存").rglob("*.xlsx")]
    assert data in kept


def test_a_number_without_end_in_one_form_is_told_at_its_cell_and_stops_nobody(root):
    send(root, name="甲.xlsx")
    path = send(root, "市教育局", "乙.xlsx", {"P1-001": {"进展情况": "乙", "完成日期": 123456}})
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data.replace(b"<v>123456</v>", b"<v>1E+999</v>"))

    answer = take_back(call(root, LATER))

    assert texts(root)["P1-001", "U002", "progress", "R1"] == "甲一"
    assert texts(root)["P1-001", "U001", "progress", "R1"] == "乙"
    assert any("#NUM!" in line and "完成日期" in line for line in answer.lines)


def test_taking_back_twice_changes_nothing(root):
    send(root)
    take_back(call(root, LATER))
    before = snapshot(root)
    with ledger_of(root) as ledger:
        acts = ledger.last_act

    again = take_back(call(root, LATER))

    assert snapshot(root) == before
    assert (again.data["taken"], again.data["repeated"]) == ([], 1)
    with ledger_of(root) as ledger:
        assert ledger.last_act == acts


def test_a_dry_run_says_what_it_would_take_and_writes_nothing(root):
    send(root)
    before = snapshot(root)

    answer = take_back(call(root, LATER, dry_run=True))

    assert answer.data["taken"][0]["balance"]["applied"] == 5
    assert snapshot(root) == before
    assert texts(root) == {}


def test_the_same_file_under_two_names_counts_once(root):
    data = send(root).read_bytes()
    (root / "各单位报送" / "副本 (1).xlsx").write_bytes(data)

    answer = take_back(call(root, LATER))

    assert (len(answer.data["taken"]), answer.data["repeated"]) == (1, 1)


def test_a_later_return_of_a_unit_replaces_its_own_earlier_one(root):
    send(root, name="一稿.xlsx", stamp=1_000_000_000)
    take_back(call(root, LATER))
    send(
        root,
        name="二稿.xlsx",
        answers={**ANSWERS, "P1-001": {"进展情况": "甲一（已改）"}},
        stamp=1_000_000_100,
    )

    answer = take_back(call(root, LATER))

    assert answer.data["conflicts"] == 0
    assert texts(root)["P1-001", "U002", "progress", "R1"] == "甲一（已改）"
    with ledger_of(root) as ledger:
        outcomes = [each.outcome for _, each in ledger.office().returns]
    assert outcomes == ["superseded", "taken"]


def test_two_versions_in_one_run_are_joined_in_the_order_saved(root):
    send(root, name="b.xlsx", stamp=1_000_000_000)
    send(root, name="a.xlsx", answers={"P1-001": {"进展情况": "后来的"}}, stamp=1_000_000_100)

    take_back(call(root, LATER))

    assert texts(root)["P1-001", "U002", "progress", "R1"] == "后来的"


def test_two_versions_of_no_certain_order_are_named_whichever_files_came_before(root):
    send(root, "市财政局", name="0.xlsx", answers={"P1-001": {"进展情况": "财政"}}, stamp=1_000_000_000)
    for name in ("小王.xlsx", "老赵.xlsx"):
        send(root, name=name, answers={"P1-001": {"进展情况": name}}, stamp=1_000_000_000)

    look = take_back(call(root, LATER, dry_run=True))
    deed = take_back(call(root, LATER))

    for answer in (look, deed):
        assert any("和先收的“小王.xlsx”内容不同" in line for line in answer.lines), answer.lines
    with ledger_of(root) as ledger:
        assert [question.point for question in questions(ledger.office())] == ["填报表"]


def test_what_the_office_wrote_meanwhile_is_a_conflict_and_both_texts_are_kept(root):
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=LATER) as act:
        act.add(facts.Cell("P1-001", "U002", "progress", "R1", "电话里说的", "office", 0))
    send(root)

    answer = take_back(call(root, LATER))

    assert answer.data["taken"][0]["balance"]["conflicts"] == 1
    assert texts(root)["P1-001", "U002", "progress", "R1"] == "电话里说的"
    with ledger_of(root) as ledger:
        [conflict] = ledger.office().conflicts.values()
    assert (conflict.base, conflict.ours, conflict.theirs) == ("", "电话里说的", "甲一")


def test_an_empty_answer_never_wipes_what_the_ledger_says(root):
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=LATER) as act:
        act.add(facts.Cell("P1-001", "U002", "note", "", "记下的", "office", 0))
        act.add(facts.Cell("P1-001", "U002", "problem", "R1", "代录的问题", "office", 0))
    send(root)

    take_back(call(root, LATER))

    assert texts(root)["P1-001", "U002", "problem", "R1"] == "代录的问题"


def test_a_file_of_another_office_a_foreign_file_and_an_empty_form_are_refused_by_name(root, tmp_path):
    other = make_year(tmp_path / "别处")
    hand_out(call(other))
    fill(form_of(other, "市财政局"), ANSWERS, root / "各单位报送" / "别处的.xlsx")
    (root / "各单位报送" / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"0" * 100)
    book = openpyxl.Workbook()
    book.active["A1"] = "会议通知"
    book.save(root / "各单位报送" / "通知.xlsx")
    send(root, "市民政局", name="空的.xlsx", answers={})

    answer = take_back(call(root, LATER))

    reasons = {each["file"]: each["reason"] for each in answer.data["refused"]}
    assert set(reasons) == {"别处的.xlsx", "照片.jpg", "通知.xlsx", "空的.xlsx"}
    assert "不是本办公文件夹印发的" in reasons["别处的.xlsx"]
    assert "不是印发的填报表" in reasons["通知.xlsx"]
    assert "请退回市民政局" in reasons["空的.xlsx"]
    assert answer.exit is Exit.PARTLY
    assert answer.data["standing"]["待退回"] == ["U004"]
    assert texts(root) == {}

    (root / "各单位报送" / "又来一份.txt").write_text("会议通知", encoding="utf-8")
    again = take_back(call(root, LATER))

    known = {each["file"]: each["is_old"] for each in again.data["refused"]}
    assert known == {"别处的.xlsx": True, "照片.jpg": True, "通知.xlsx": True, "又来一份.txt": False}
    assert [line for line in again.lines if "没有收" in line] == [
        next(line for line in again.lines if line.startswith("没有收：又来一份.txt")),
        "还有3个文件没有收，原因和上次一样，见台账/报送情况.xlsx 的“未收的文件”。",
    ]
    assert again.exit is Exit.PARTLY


def test_a_form_in_an_archive_with_a_chinese_name_is_taken(root, tmp_path):
    path = fill(form_of(root, "市司法局"), ANSWERS, tmp_path / "x.xlsx")
    info = zipfile.ZipInfo("市司法局 报送.xlsx".encode("gbk").decode("cp437"))
    with zipfile.ZipFile(root / "各单位报送" / "打包.zip", "w") as archive:
        archive.writestr(info, path.read_bytes())

    answer = take_back(call(root, LATER))

    assert len(answer.data["taken"]) == 1


def test_the_form_of_a_past_round_sent_again_is_refused_by_the_name_of_its_round(root):
    send(root, name="三季度.xlsx")
    take_back(call(root, LATER))
    november = SEPTEMBER.replace(month=11, day=20)
    hand_out(call(root, november))
    send(root, name="年终.xlsx", answers={"P1-001": {"进展情况": "填在旧表上"}})

    answer = take_back(call(root, november))

    assert "“第三季度”的填报表" in answer.data["refused"][0]["reason"]
    assert "填在旧表上" not in texts(root).values()

    send(root, name="更正.xlsx", answers={"P1-001": {"进展情况": "确要更正"}})
    take_back(call(root, november), old_rounds=True)
    assert texts(root)["P1-001", "U002", "progress", "R1"] == "确要更正"


def test_rows_and_columns_shuffled_inserted_deleted_and_hidden_do_not_matter(root, tmp_path):
    path = fill(form_of(root, "市司法局"), ANSWERS, tmp_path / "x.xlsx")
    page = openpyxl.load_workbook(path)["填报表"]
    table = [[cell.value for cell in row] for row in page.iter_rows(min_row=4, max_row=8)]
    random_ = random.Random(7)
    order = random_.sample(range(len(table[0])), len(table[0]))
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["C1"] = page["B2"].value
    sheet.append([None, "经办人自己加的一栏", *(table[0][each] for each in order)])
    for line in random_.sample(table[1:], len(table) - 1)[:3]:
        sheet.append([])
        sheet.append([None, "张三", *(line[each] for each in order)])
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[4].hidden = True
    book.save(root / "各单位报送" / "整理过.xlsx")

    answer = take_back(call(root, LATER))

    codes = {each["code"] for each in answer.data["taken"][0]["findings"]}
    assert codes == {"unknown-column", "missing-rows"}
    shown = {"甲一", "甲二"} & set(texts(root).values())
    assert shown and {key[2] for key, text in texts(root).items() if text in shown} == {"progress"}


def test_a_column_sorted_alone_is_refused_with_examples_and_the_rest_is_taken(root):
    points = [f"P1-{n:03}" for n in (1, 2, 6, 7, 11, 12)]
    first = {
        wp: {"自报状态": "正在推进", "进展情况": f"{text}已办"}
        for wp, text in zip(points, "丙戊甲丁乙己", strict=True)
    }
    send(root, name="一稿.xlsx", answers=first, stamp=1_000_000_000)
    take_back(call(root, LATER))
    moved = dict(zip(points, sorted(each["进展情况"] for each in first.values()), strict=True))
    second = {wp: {"自报状态": "已完成", "进展情况": text} for wp, text in moved.items()}
    send(root, name="二稿.xlsx", answers=second, stamp=1_000_000_100)

    answer = take_back(call(root, LATER))

    [found] = [each for each in answer.data["taken"][0]["findings"] if each["code"] == "sorted-alone"]
    assert "“进展情况”一栏像是单独排过序" in found["message"] and "原在" in found["message"]
    assert {wp: texts(root)[wp, "U002", "progress", "R1"] for wp in points} == {
        wp: each["进展情况"] for wp, each in first.items()
    }
    assert texts(root)["P1-001", "U002", "status", "R1"] == "已完成"


def test_ids_sorted_apart_from_their_texts_refuse_the_whole_form(root):
    path = send(root)
    book = openpyxl.load_workbook(path)
    page = book["填报表"]
    ids = [page.cell(row, 1).value for row in range(5, 10)]
    for row, wp in zip(range(5, 10), reversed(ids), strict=True):
        page.cell(row, 1).value = wp
    book.save(path)

    answer = take_back(call(root, LATER))

    assert "事项编号与“具体要求”对不上" in answer.data["refused"][0]["reason"]
    assert answer.data["refused"][0]["balance"]["applied"] == 0
    assert texts(root) == {}


def test_a_form_that_lost_its_token_is_known_by_its_unit_and_its_rows(root):
    path = send(root)
    book = openpyxl.load_workbook(path)
    del book["_tracker"]
    page = book["填报表"]
    page["B2"] = "填报单位：市司法局"
    book.save(path)

    answer = take_back(call(root, LATER))

    assert answer.data["taken"][0]["unit"] == "U002"
    assert [each["code"] for each in answer.data["taken"][0]["findings"]] == ["found-by-structure"]


def test_a_form_sent_as_a_word_table_is_taken(root):
    path = fill(form_of(root, "市司法局"), ANSWERS, root / "x.xlsx")
    page = openpyxl.load_workbook(path)["填报表"]
    document = docx.Document()
    document.add_paragraph(page["B2"].value)
    shown = [column for column in range(2, page.max_column + 1) if page.cell(4, column).value]
    table = document.add_table(rows=0, cols=len(shown))
    for row in range(4, 10):
        line = table.add_row().cells
        for cell, column in zip(line, shown, strict=True):
            value = page.cell(row, column).value
            cell.text = str(value.date()) if isinstance(value, dt.datetime) else value or ""
    document.save(root / "各单位报送" / "市司法局报送.docx")

    answer = take_back(call(root, LATER))

    assert answer.data["refused"] == []
    assert texts(root)["P1-002", "U002", "progress", "R1"] == "甲二"
    assert texts(root)["P1-002", "U002", "done_on", "R1"] == "2018-09-02"
    assert cells(root)["P1-001", "U002", "progress", "R1"].place.startswith("T1R")


def test_one_page_says_who_has_reported_and_who_has_not(root):
    send(root)
    take_back(call(root, LATER + dt.timedelta(days=30)))

    page = openpyxl.load_workbook(root / "台账" / "报送情况.xlsx")["报送情况"]
    rows = {row[1]: row for row in page.iter_rows(min_row=4, values_only=True)}
    assert rows["市司法局"][2:4] == ("未盖章", "逾期")
    assert rows["市财政局"][2:4] == ("未报", "逾期")


def test_a_balance_is_recorded_for_every_return(root):
    send(root)
    take_back(call(root, LATER))

    with ledger_of(root) as ledger:
        [(_, back)] = ledger.office().returns
    counts = json.loads(back.balance)
    assert (
        counts["offered"] == counts["applied"] + counts["unchanged"] + counts["conflicts"] + counts["refused"]
    )


def test_a_row_left_empty_in_a_later_return_keeps_what_was_said_and_an_empty_cell_beside_others_does_not(
    root,
):
    send(root, name="一稿.xlsx", stamp=1_000_000_000)
    take_back(call(root, LATER))
    send(root, name="二稿.xlsx", answers={"P1-002": {"自报状态": "正在推进"}}, stamp=1_000_000_100)

    answer = take_back(call(root, LATER))

    assert texts(root) == {
        ("P1-001", "U002", "status", "R1"): "正在推进",
        ("P1-001", "U002", "progress", "R1"): "甲一",
        ("P1-002", "U002", "status", "R1"): "正在推进",
    }
    assert [each["code"] for each in answer.data["taken"][0]["findings"]] == ["rows-left-empty"]
