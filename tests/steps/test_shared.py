"""One file of many units, one unit of many departments, a form pasted as text."""

from __future__ import annotations

import datetime as dt
import os

import docx
import openpyxl
import pytest

from tests.support.year import ROUNDS, SEPTEMBER, call, fill, form_of, ledger_of, make_year, year_with_forms
from tracker import facts
from tracker.formats.books.settings import lay_out_settings
from tracker.settings import Settings
from tracker.steps.hand_out import hand_out
from tracker.steps.take_back import take_back

LATER = SEPTEMBER + dt.timedelta(days=5)


@pytest.fixture
def root(tmp_path):
    return year_with_forms(tmp_path / "办公")


def table(path, *rows, merge=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merge:
        book.active.merge_cells(area)
    book.save(path)


def texts(root, field="progress"):
    with ledger_of(root) as ledger:
        cells = ledger.office().cells.items()
    return {key[:2]: cell.value for key, cell in cells if key[2] == field and cell.value}


def test_a_table_of_many_units_goes_to_each_unit_row_by_row(root):
    table(
        root / "各单位报送" / "汇总.xlsx",
        ("各单位进展汇总",),
        ("责任单位", "事项编号", "具体要求", "自报状态", "进展情况"),
        ("市司法局", "P1-001", "完成第1件公开工作", "正在推进", "司法局写的"),
        ("市教育局", "P1-001", None, "正在推进", "教育局写的"),
        (None, "P1-006", None, None, "教育局又写的"),
        ("市财政局", None, "完成第2件公开工作", "已完成", "财政局写的"),
        merge=["A4:A5"],
    )

    answer = take_back(call(root, LATER))

    assert answer.data["refused"] == []
    assert texts(root) == {
        ("P1-001", "U002"): "司法局写的",
        ("P1-001", "U001"): "教育局写的",
        ("P1-006", "U001"): "教育局又写的",
        ("P1-002", "U003"): "财政局写的",
    }
    assert take_back(call(root, LATER)).data["repeated"] == 1


def test_rows_of_nobody_of_an_unknown_unit_and_of_what_was_not_asked_are_named(root):
    table(
        root / "各单位报送" / "汇总.xlsx",
        ("事项编号", "单位", "自报状态", "进展情况"),
        ("P1-001", "市司法局", "正在推进", "写了"),
        ("P1-001", None, "正在推进", "没写单位"),
        ("P1-001", "市气象局", "正在推进", "不认识"),
        ("P1-003", "市司法局", "正在推进", "没问过"),
    )

    answer = take_back(call(root, LATER))

    findings = [each for taken in answer.data["taken"] for each in taken["findings"]]
    codes = {each["code"]: each["place"] for each in findings if each["code"] != "missing-column"}
    assert codes == {
        "row-without-unit": "Sheet!B3",
        "unknown-unit": "Sheet!B4",
        "not-asked": "Sheet!B5",
        "missing-rows": "汇总.xlsx",
    }
    assert texts(root) == {("P1-001", "U002"): "写了"}


def test_a_table_with_a_row_for_a_unit_and_a_column_for_a_point_goes_to_each_unit_point_by_point(root):
    table(
        root / "各单位报送" / "收集表.xlsx",
        (
            "提交人",
            "提交时间",
            "单位名称（必填）",
            "1、完成第1件公开工作。（必填）",
            "P1-006 进展情况",
            "完成第6件公开工作——完成情况",
            "建议",
        ),
        ("张三", "2018-09-05", "市司法局", "司法局写的", None, None, "没有"),
        ("李四", "2018-09-05", "市教育局", "教育局写的", "教育局又写的", "已办结", None),
    )

    answer = take_back(call(root, LATER))

    assert answer.data["refused"] == []
    assert texts(root) == {
        ("P1-001", "U002"): "司法局写的",
        ("P1-001", "U001"): "教育局写的",
        ("P1-006", "U001"): "教育局又写的",
    }
    assert texts(root, "status") == {("P1-006", "U001"): "已完成"}
    codes = {each["code"]: each["place"] for taken in answer.data["taken"] for each in taken["findings"]}
    assert codes["columns-read-as"] == "Sheet!D1"
    assert codes["unknown-column"] == "Sheet!G1"
    assert sum(taken["balance"]["refused"] for taken in answer.data["taken"]) == 1
    with ledger_of(root) as ledger:
        places = {entry.place for entry in ledger.entries(facts.Cell) if entry.fact.value == "教育局又写的"}
    assert places == {"Sheet!E3"}


def test_the_questions_of_a_point_may_stand_below_its_merged_title(root):
    table(
        root / "各单位报送" / "收集表.xlsx",
        ("单位", "完成第1件公开工作", None, None, "完成第6件公开工作", None, None),
        (None, "完成情况", "进展情况", "完成日期", "完成情况", "进展情况", "完成日期"),
        ("市教育局", "已完成", "甲", "3.25", "正在推进", "乙", None),
        merge=["A1:A2", "B1:D1", "E1:G1"],
    )

    take_back(call(root, LATER))

    assert texts(root) == {("P1-001", "U001"): "甲", ("P1-006", "U001"): "乙"}
    assert texts(root, "status") == {("P1-001", "U001"): "已完成", ("P1-006", "U001"): "正在推进"}
    assert texts(root, "done_on") == {("P1-001", "U001"): "2018-03-25"}


def test_what_a_wide_table_asks_twice_or_a_stranger_answers_is_told(root):
    table(
        root / "各单位报送" / "收集表.xlsx",
        ("单位", "完成第1件公开工作", "完成第1件公开工作：进展情况", "完成第3件公开工作"),
        ("市司法局", "甲", "乙", None),
        ("市气象局", "丙", None, "丁"),
        ("市司法局", None, None, "没问过"),
    )

    answer = take_back(call(root, LATER))

    codes = [each["code"] for taken in answer.data["taken"] for each in taken["findings"]]
    assert [code for code in codes if code in ("unknown-column", "unknown-unit", "not-asked")] == [
        "unknown-unit",
        "not-asked",
        "unknown-column",
    ]
    assert texts(root) == {("P1-001", "U002"): "甲"}


def test_who_sent_the_answers_in_speaks_for_the_unit_whose_one_contact_it_is(root):
    with ledger_of(root) as ledger, ledger.act("register", person="王敏", at=SEPTEMBER) as act:
        people = (("U001", "李四"), ("U002", "张三"), ("U003", "王五"), ("U004", "王五"))
        act.add(*(facts.Contact(unit, "联络员", name, "", "", True) for unit, name in people))
    table(
        root / "各单位报送" / "收集表.xlsx",
        ("提交者（自动）", "完成第1件公开工作", "完成第3件公开工作"),
        ("张三", "司法局写的", None),
        ("王五", None, "谁写的"),
    )

    answer = take_back(call(root, LATER))

    codes = [each["code"] for taken in answer.data["taken"] for each in taken["findings"]]
    assert "found-by-contact" in codes and "unknown-unit" in codes
    assert texts(root) == {("P1-001", "U002"): "司法局写的"}


@pytest.mark.parametrize(("points", "expected"), [(1, {("P1-001", "U002"): "写了"}), (6, {})])
def test_a_row_without_any_point_is_of_the_single_one_that_its_unit_was_asked(tmp_path, points, expected):
    root = make_year(tmp_path / "少", points=points)
    hand_out(call(root))
    table(
        root / "各单位报送" / "收集表.xlsx",
        ("单位", "完成情况", "进展情况", "完成日期"),
        ("市司法局", "正在推进", "写了", None),
    )

    answer = take_back(call(root, LATER))

    assert texts(root) == expected
    assert ("row-found-alone" in str(answer.data)) == bool(expected)
    assert ("not-asked" in "".join(answer.lines)) != bool(expected)


def test_departments_in_one_file_are_stacked_and_a_choice_that_differs_is_refused(root):
    path = fill(form_of(root, "市司法局"), {}, root / "x.xlsx")
    token = openpyxl.load_workbook(path)["填报表"]["B2"].value
    table(
        root / "各单位报送" / "各科室.xlsx",
        (token,),
        ("事项编号", "填报科室", "自报状态", "进展情况"),
        ("P1-001", "法制科", "正在推进", "甲"),
        (None, "宣传科", "正在推进", "乙"),
        ("P1-002", "法制科", "已完成", "丙"),
        ("P1-002", "宣传科", "正在推进", None),
        merge=["A3:A4"],
    )

    answer = take_back(call(root, LATER))

    codes = [each["code"] for each in answer.data["taken"][0]["findings"]]
    assert codes.count("parts-differ") == 1 and codes.count("stacked") == 1
    assert texts(root) == {
        ("P1-001", "U002"): "【法制科】甲\n【宣传科】乙",
        ("P1-002", "U002"): "【法制科】丙",
    }
    assert texts(root, "status") == {("P1-001", "U002"): "正在推进"}


def send(root, name, answers, stamp):
    path = fill(form_of(root, "市司法局"), answers, root / "各单位报送" / name)
    os.utime(path, (stamp, stamp))
    return take_back(call(root, LATER))


def test_departments_that_send_a_file_each_never_replace_one_another(root):
    settings = Settings(values={"divided": "市司法局"}, rounds=ROUNDS)
    (root / "设置.xlsx").write_bytes(lay_out_settings(settings))
    send(root, "法制科.xlsx", {"P1-001": {"自报状态": "正在推进", "进展情况": "甲"}}, 1_000_000_000)
    send(root, "宣传科.xlsx", {"P1-001": {"进展情况": "乙"}, "P1-002": {"进展情况": "丙"}}, 1_000_000_000)
    assert texts(root) == {
        ("P1-001", "U002"): "【法制科】甲\n【宣传科】乙",
        ("P1-002", "U002"): "【宣传科】丙",
    }
    assert texts(root, "status") == {("P1-001", "U002"): "正在推进"}

    again = send(root, "法制科.xlsx", {"P1-001": {"自报状态": "已完成", "进展情况": "甲二"}}, 1_000_000_100)
    other = send(root, "宣传科.xlsx", {"P1-001": {"自报状态": "不涉及", "进展情况": "乙"}}, 1_000_000_100)

    assert again.data["conflicts"] == 0 and other.data["conflicts"] == 1
    assert texts(root)["P1-001", "U002"] == "【法制科】甲二\n【宣传科】乙"
    assert texts(root, "status") == {("P1-001", "U002"): "已完成"}
    with ledger_of(root) as ledger:
        outcomes = [each.outcome for _, each in ledger.office().returns]
    assert outcomes == ["superseded", "superseded", "taken", "taken"]


LINES = ("序号", "具体要求", "自报状态", "进展情况")


def test_a_form_pasted_one_cell_to_a_line_is_taken_where_its_rows_are_certain(root):
    token = openpyxl.load_workbook(form_of(root, "市司法局"))["填报表"]["B2"].value
    lines = [
        token,
        *LINES,
        "1",
        "完成第1件公开工作",
        "正在推进",
        "写的一",
        "2",
        "完成第2件公开工作",
        "",
        "写的二",
    ]
    lines += ["6", "完成第6件公开工作", "已完成", "第一行", "第二行", "填报人：张三　审核人：李四"]
    (root / "各单位报送" / "微信粘贴.txt").write_text("\n".join(lines), encoding="utf-8")

    answer = take_back(call(root, LATER))

    assert texts(root) == {("P1-001", "U002"): "写的一", ("P1-002", "U002"): "写的二"}
    found = {each["code"]: each["place"] for each in answer.data["taken"][0]["findings"]}
    assert found["uneven-lines"] == "L15"


def test_paragraphs_of_word_and_rows_with_tabs_are_taken_too(root):
    document = docx.Document()
    token = openpyxl.load_workbook(form_of(root, "市司法局"))["填报表"]["B2"].value
    for text in (token, *LINES, "1", "完成第1件公开工作", "正在推进", "段落里的"):
        document.add_paragraph(text)
    document.save(root / "各单位报送" / "段落.docx")
    token = openpyxl.load_workbook(form_of(root, "市财政局"))["填报表"]["B2"].value
    lines = [token, "", "说明：见下", "", "\t".join(LINES), "2\t完成第2件公开工作\t正在推进\t制表符的"]
    (root / "各单位报送" / "制表.txt").write_text("\r\n".join(lines), encoding="gb18030")

    answer = take_back(call(root, LATER))

    assert answer.data["refused"] == []
    assert texts(root) == {("P1-001", "U002"): "段落里的", ("P1-002", "U003"): "制表符的"}
