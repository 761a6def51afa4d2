"""`tracker fill`: six strange tables, filled from a drawn office - right, or asked, and never wrong."""

from __future__ import annotations

import datetime as dt
import hashlib

import docx
import openpyxl
import pytest

from tests.support.filling import DAY, codes, document, filled, gaps, parts, texts, values, workbook
from tests.support.reporting import at, report_office, said
from tracker.problems.base import Exit
from tracker.problems.report import (
    NoEmptyRow,
    NoRoom,
    NoSuchColumn,
    NoTable,
    NotFillable,
    NotInTable,
    WhichSection,
    WhichUnit,
)
from tracker.steps.fill import Order, fill


@pytest.fixture
def root(tmp_path):
    return report_office(tmp_path)


@pytest.fixture
def run(root, tmp_path):
    def call(path, **order):
        return fill(at(DAY, root), path, Order(**order))

    return call


# ------------------------------------------------------------------ six tables


def test_1_an_empty_sheet_under_a_head_of_two_rows_gets_the_plan_in_order(run, tmp_path):
    path = workbook(
        tmp_path / "空表.xlsx",
        [
            ["年终统计表"],
            ["落实情况", None, "重点任务", "责任分工", None, "办结时限", "序号"],
            ["完成状态", "进展及成效", None, "牵头单位", "配合单位"],
        ],
        ["A1:G1", "A2:B2", "D2:E2", "C2:C3", "F2:F3", "G2:G3"],
    )

    answer = run(path)

    rows = values(path)[3:]
    assert answer.exit is Exit.DONE
    assert len(rows) == 9
    assert rows[1] == [
        "正在推进", "已梳理项目清单，正在核对。", "公开政府采购项目清单，按月更新。", "市财政局", "市行政审批局", "10月底前", 2,
    ]  # fmt: skip
    # The office's wording stands before the unit's.
    assert rows[2][1] == "全市义务教育招生范围、录取结果按时公布，做到校校有方案、榜榜有公示。"
    assert [row[0] for row in rows] == [
        "已完成", "正在推进", "已完成", "持续推进", "正在推进", "未启动", "正在推进", "待核实", "不涉及",
    ]  # fmt: skip
    assert gaps(path) == {"B9", "B10", "B11", "B12"}


def test_2_tasks_that_stand_there_are_found_by_their_words_or_asked(run, tmp_path):
    path = workbook(
        tmp_path / "已列.xlsx",
        [
            ["序号", "具体任务", "责任部门", "是否完成", "实际完成时间", "最新进展", "备注"],
            [1, "预约挂号接入统一平台", None, None, None, None, None],
            [2, "1.公开部门预算和决算，细化到项级科目", None, None, None, None, None],
            [3, "公开政府采购项目目录，按月更新。", None, None, None, None, None],
            [4, "建设智慧停车系统", None, None, None, None, "请抓紧"],
            ["注：未完成的请说明原因。"],
        ],
    )

    answer = run(path)

    rows = values(path)
    assert answer.exit is Exit.PARTLY
    assert rows[1] == [1, "预约挂号接入统一平台", "市卫生健康局、市行政审批局", "否", None, None, None]
    assert rows[2][2:6] == [
        "市财政局、市教育局、市民政局", "是", dt.datetime(2018, 9, 20), "108个部门的预算、决算全部公开，细化到项级科目",
    ]  # fmt: skip
    # Nearly the same is not the same.
    assert rows[3][2:] == [None] * 5
    assert rows[4][2:] == [None] * 4 + ["请抓紧"]
    assert codes(answer) == ["row-not-found", "row-not-found"]
    assert "P1-002" in answer.data["findings"][0]["message"]
    assert gaps(path) == {"F2", "C4", "D4", "E4", "F4", "G4", "C5", "D5", "E5", "F5"}


def test_3_units_are_counted_as_in_the_report_and_sums_stay_formulas(run, tmp_path):
    path = workbook(
        tmp_path / "单位.xlsx",
        [
            ["部门名称", "任务数", "其中", None, None, "完成率", "备注"],
            [None, None, "已完成", "未完成", "逾期", None, None],
            ["市财政局", None, None, None, None, None, None],
            ["市卫生健康委", None, None, None, None, None, None],
            ["市海洋局", None, None, None, None, None, None],
            ["合计", "=SUM(B3:B5)", None, None, None, None, None],
        ],
        ["C1:E1", "A1:A2", "B1:B2", "F1:F2", "G1:G2"],
    )

    answer = run(path)

    rows = values(path)
    # It leads 1 and 2 and shares 5; 1 is done, 2 is late since October.
    assert rows[2] == ["市财政局", 3, 1, 2, 1, "33.3%", None]
    assert rows[3][1:] == [None] * 6
    assert rows[5][1] == "=SUM(B3:B5)"
    assert codes(answer) == ["row-not-found", "row-not-found"]
    assert answer.exit is Exit.PARTLY


def test_4_an_empty_table_of_a_document_grows_by_copies_of_its_last_row(run, tmp_path):
    path = document(
        tmp_path / "空表.docx",
        [
            ["项次", "任务要点", "责任单位", "落实情况", ""],
            ["", "", "", "状态", "具体进展"],
            ["", "", "", "", ""],
            ["", "", "", "", ""],
        ],
        [((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (1, 2)), ((0, 3), (0, 4))],
    )

    answer = run(path, section="提升服务水平")

    rows = texts(path)[2:]
    assert answer.exit is Exit.DONE
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5"]
    assert rows[0][1:] == [
        "综合窗口全部实行一次叫号、一窗受理。",
        "市行政审批局、市财政局、市教育局、市民政局、市卫生健康局",
        "正在推进",
        "已完成三个大厅的综合窗口改造。",
    ]
    assert "填表人" in docx.Document(str(filled(path))).paragraphs[-1].text


def test_5_given_rows_of_a_document_keep_what_stands_in_them(run, tmp_path):
    path = document(
        tmp_path / "已列.docx",
        [
            ["责任单位", "任务内容", "完成时限", "目前进展", "存在的问题"],
            ["", "公布社会救助对象和标准，每季度更新一次", "", "", ""],
            ["", "公开政府采购项目清单，按月更新", "2018年12月", "", ""],
        ],
    )

    answer = run(path)

    rows = texts(path)
    assert rows[1] == ["市民政局", "公布社会救助对象和标准，每季度更新一次", "长期", "四个季度均已更新。", ""]
    assert rows[2][2:] == [
        "2018年12月",
        "已梳理项目清单，正在核对。",
        "系统改造未完成，预计2019年1月底前公布",
    ]
    assert codes(answer) == ["cell-differs"]


def test_6_one_unit_gets_its_own_words_and_its_role(run, tmp_path):
    path = document(
        tmp_path / "本单位.docx",
        [["板块", "工作事项", "承担角色", "推进情况", "佐证材料", "完成日期"], ["", "", "", "", "", ""]],
    )

    answer = run(path, unit="财政局", columns={"完成日期": "完成日期"})

    rows = texts(path)[1:]
    assert answer.exit is Exit.DONE
    assert rows[0] == [
        "一、推进重点信息公开", "公开部门预算和决算，细化到项级科目。", "牵头",
        "108个部门的预算、决算全部公开，细化到项级科目", "市政府网站预决算专栏", "2018年9月20日",
    ]  # fmt: skip
    assert rows[2][1:4] == ["综合窗口全部实行一次叫号、一窗受理。", "责任", ""]
    assert len(rows) == 3


# ------------------------------------------------------------------ what is asked, and remembered


def test_an_unknown_column_is_asked_once_and_the_answer_is_remembered_for_the_same_head(run, tmp_path):
    rows = [["重点任务", "完成时间", "领导批示"], [None, None, None]]
    first = run(workbook(tmp_path / "一.xlsx", rows))

    answered = run(tmp_path / "一.xlsx", columns={"完成时间": "完成时限", "领导批示": "留空"})
    again = run(workbook(tmp_path / "二.xlsx", rows))

    assert first.exit is Exit.PARTLY
    assert codes(first) == ["unknown-column", "unknown-column"]
    assert "完成时限、完成日期" in first.data["findings"][0]["message"]
    assert answered.exit is again.exit is Exit.DONE
    assert values(tmp_path / "二.xlsx")[1][:2] == ["公开部门预算和决算，细化到项级科目。", "9月底前"]
    assert any("上次" in line for line in again.lines)


def test_the_answer_for_one_head_says_nothing_of_another(run, tmp_path):
    run(workbook(tmp_path / "一.xlsx", [["重点任务", "完成时间"]]), columns={"完成时间": "完成时限"})

    answer = run(workbook(tmp_path / "二.xlsx", [["重点任务", "完成时间", "完成状态"]]))

    assert codes(answer) == ["unknown-column"]


def test_a_row_that_was_asked_is_answered_by_its_cell(run, tmp_path):
    path = workbook(tmp_path / "表.xlsx", [["重点任务", "牵头单位"], ["政府采购", None], ["停车", None]])

    answer = run(path, rows={"汇总!A2": "P1-002", "汇总!A3": "留空"})

    assert answer.exit is Exit.DONE
    assert values(path)[1:] == [["政府采购", "市财政局"], ["停车", None]]


def test_a_task_of_several_work_points_is_asked(run, tmp_path):
    path = workbook(tmp_path / "表.xlsx", [["重点任务", "牵头单位"], ["（四）网上服务", None]])

    answer = run(path)

    assert codes(answer) == ["row-unclear"]
    assert values(path)[1] == ["（四）网上服务", None]


def test_an_item_that_is_withheld_is_not_filled_in(run, root, tmp_path):
    said(root, (12, 13), (("P1-002", "", "withheld", ""), "是"))
    path = workbook(
        tmp_path / "表.xlsx", [["重点任务", "牵头单位"], ["公开政府采购项目清单，按月更新", None]]
    )
    empty = workbook(tmp_path / "空.xlsx", [["重点任务", "牵头单位"]])

    answer = run(path)
    run(empty)

    assert codes(answer) == ["row-withheld"]
    assert values(path)[1][1] is None
    assert len(values(empty)) == 1 + 8


@pytest.mark.parametrize(
    ("order", "problem"),
    [
        ({"columns": {"重点任务": "要求"}}, NoSuchColumn),
        ({"columns": {"没有": "具体要求"}}, NotInTable),
        ({"rows": {"汇总!A9": "P1-001"}}, NotInTable),
        ({"unit": "市海洋局"}, WhichUnit),
        ({"section": "三、别的"}, WhichSection),
    ],
)
def test_what_was_typed_and_does_not_exist_is_refused(run, tmp_path, order, problem):
    path = workbook(tmp_path / "表.xlsx", [["重点任务", "牵头单位"]])

    with pytest.raises(problem):
        run(path, **order)
    assert not filled(path).exists()


def test_a_file_without_a_table_that_anybody_knows_is_refused(run, tmp_path):
    with pytest.raises(NoTable):
        run(workbook(tmp_path / "表.xlsx", [["姓名", "性别"], ["张三", "男"]]))


def test_another_kind_of_file_is_refused(run, tmp_path):
    path = tmp_path / "表.csv"
    path.write_text("重点任务,牵头单位\n", encoding="utf-8")

    with pytest.raises(NotFillable):
        run(path)


def test_rows_are_never_pushed_over_what_stands_below(run, tmp_path):
    path = workbook(tmp_path / "表.xlsx", [["重点任务", "牵头单位"], [None, None], ["填表人：张三", None]])
    word = document(tmp_path / "表.docx", [["重点任务", "牵头单位"]])

    with pytest.raises(NoRoom):
        run(path)
    with pytest.raises(NoEmptyRow):
        run(word)


# ------------------------------------------------------------------ what stays as it is


def test_everything_else_stays_byte_for_byte(run, tmp_path):
    book = workbook(tmp_path / "表.xlsx", [["重点任务", "牵头单位", "进展情况"]])
    word = document(tmp_path / "表.docx", [["重点任务", "牵头单位", "进展情况"], ["", "", ""]])
    before = {each: each.read_bytes() for each in (book, word)}

    run(book)
    run(word)

    for path, changed in (
        (book, {"xl/worksheets/sheet1.xml", "xl/styles.xml"}),
        (word, {"word/document.xml"}),
    ):
        old, new = parts(before[path]), parts(filled(path).read_bytes())
        assert path.read_bytes() == before[path]
        assert old.keys() == new.keys()
        assert {name for name in old if old[name] != new[name]} == changed


def test_a_cell_with_a_formula_or_a_text_of_theirs_is_left(run, tmp_path):
    path = workbook(
        tmp_path / "表.xlsx",
        [
            ["重点任务", "牵头单位", "进展情况", "时限"],
            ["公开政府采购项目清单，按月更新", "市财政局", '=A2&"x"', None],
        ],
    )

    answer = run(path)

    assert values(path)[1][1:] == ["市财政局", '=A2&"x"', "10月底前"]
    assert codes(answer) == ["formula-kept"]


def test_a_table_in_which_nothing_is_to_be_filled_makes_no_file(run, tmp_path):
    path = workbook(tmp_path / "表.xlsx", [["重点任务", "备注"], ["公开政府采购项目清单，按月更新", None]])

    answer = run(path)

    assert answer.exit is Exit.DONE
    assert not filled(path).exists()


def test_a_work_point_on_several_rows_is_told_unit_by_unit(run, root, tmp_path):
    said(root, (12, 13), (("P1-005", "U2", "progress", "R1"), "教育窗口已改造。"))
    task = "综合窗口全部实行一次叫号、一窗受理。"
    path = workbook(
        tmp_path / "表.xlsx",
        [["单位", "重点任务", "进展情况"], *([unit, task, None] for unit in ("市教育局", "市行政审批局"))],
    )

    answer = run(path)

    assert [row[2] for row in values(path)[1:]] == ["教育窗口已改造。", "已完成三个大厅的综合窗口改造。"]
    assert codes(answer) == []


def test_a_unit_that_does_not_answer_for_a_work_point_is_not_given_the_words_of_others(run, tmp_path):
    task = "公开部门预算和决算，细化到项级科目。"
    path = workbook(
        tmp_path / "表.xlsx",
        [["单位", "重点任务", "进展情况"], *([unit, task, None] for unit in ("市财政局", "市行政审批局"))],
    )
    word = document(tmp_path / "表.docx", [["重点任务", "进展情况"], [task, ""]])

    answer = run(path)
    other = run(word, unit="市行政审批局")

    assert values(path)[2][2] is None
    assert texts(word)[1][1] == ""
    assert codes(answer) == codes(other) == ["row-of-others"]


def test_in_place_writes_into_the_file_and_nowhere_else(run, tmp_path):
    path = workbook(tmp_path / "表.xlsx", [["重点任务", "牵头单位"]])

    run(path, in_place=True)

    assert len(openpyxl.load_workbook(path)["汇总"]["A"]) == 10
    assert not filled(path).exists()


def test_a_filled_table_that_somebody_worked_on_is_not_overwritten(run, tmp_path):
    path = workbook(tmp_path / "表.xlsx", [["重点任务", "领导批示", "牵头单位"]])
    run(path)
    book = openpyxl.load_workbook(filled(path))
    book["汇总"]["B2"] = "请抓紧"
    book.save(filled(path))
    theirs = filled(path).read_bytes()

    answer = run(path, columns={"领导批示": "留空"})

    assert filled(path).read_bytes() == theirs
    assert answer.exit is Exit.PARTLY
    assert "新版-待替换" in answer.data["file"]


def test_our_own_filled_table_is_written_again_and_the_same_facts_give_the_same_bytes(run, tmp_path):
    path = workbook(tmp_path / "表.xlsx", [["重点任务", "领导批示", "牵头单位"]])
    run(path)
    first = filled(path).read_bytes()
    run(path)
    same = filled(path).read_bytes()
    answer = run(path, columns={"领导批示": "备注"})

    assert hashlib.sha256(first).digest() == hashlib.sha256(same).digest()
    assert filled(path).read_bytes() != first
    assert answer.exit is Exit.DONE


def test_a_dry_run_writes_and_remembers_nothing(root, run, tmp_path):
    path = workbook(tmp_path / "表.xlsx", [["重点任务", "牵头单位", "领导批示"]])

    answer = fill(at(DAY, root, dry_run=True), path, Order(columns={"领导批示": "留空"}))

    assert answer.exit is Exit.DONE
    assert not filled(path).exists()
    assert codes(run(path)) == ["unknown-column"]
