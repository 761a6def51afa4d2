"""Six more strange tables: three rows of head over formulas, nested, on its side, two in a sheet, by month, other words."""

from __future__ import annotations

import docx
import pytest

from tests.support.filling import DAY, codes, document, filled, gaps, parts, texts, values, workbook
from tests.support.reporting import at, report_office
from tracker.problems.base import Exit
from tracker.problems.report import NestedTable, NoTable, TurnedTable
from tracker.steps.fill import Order, fill


@pytest.fixture
def run(tmp_path):
    root = report_office(tmp_path)

    def call(path, **order):
        return fill(at(DAY, root), path, Order(**order))

    return call


def changed(path):
    before, after = parts(path.read_bytes()), parts(filled(path).read_bytes())
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def test_1_three_rows_of_head_over_formulas_and_a_total(run, tmp_path):
    rows = [
        ["附表1　重点工作推进情况调度表"],
        ["编号", "任务内容", "责任落实", None, None, "推进情况", None, "困难和问题"],
        [None, None, "主办单位", "协办", None, "是否办结", "取得的成效", None],
        [None, None, None, "协办单位", "责任类型", None, None, None],
        *([f"=ROW()-{4}"] for _ in range(9)),
        ["合计", None, None, None, None, '=COUNTIF(F5:F13,"是")'],
    ]
    merges = ["A1:H1", "A2:A4", "B2:B4", "C2:E2", "C3:C4", "D3:E3", "F2:G2", "F3:F4", "G3:G4", "H2:H4"]
    path = workbook(tmp_path / "调度表.xlsx", rows, merges)

    answer = run(path)

    after = values(path)
    assert [row[0] for row in after[4:13]] == ["=ROW()-4"] * 9
    assert after[13][5] == '=COUNTIF(F5:F13,"是")'
    assert after[4][1:4] == ["公开部门预算和决算，细化到项级科目。", "市财政局", None]
    assert (after[4][5], after[5][5]) == ("是", "否")
    assert after[5][7] == "系统改造未完成，预计2019年1月底前公布"
    assert answer.exit in (Exit.DONE, Exit.PARTLY)
    assert set(changed(path)) <= {"xl/worksheets/sheet1.xml", "xl/styles.xml"}


def test_2_a_table_inside_a_cell_is_refused_by_name(run, tmp_path):
    word = docx.Document()
    outer = word.add_table(1, 1).cell(0, 0)
    inner = outer.add_table(3, 4)
    for column, label in enumerate(("事项", "承办单位", "时限要求", "办理进度")):
        inner.cell(0, column).text = label
    path = tmp_path / "嵌套.docx"
    word.save(path)

    with pytest.raises(NestedTable):
        run(path)
    assert not filled(path).exists()


def test_3_a_table_on_its_side_is_refused_with_the_way_out(run, tmp_path):
    path = workbook(
        tmp_path / "转置.xlsx",
        [
            ["项目", "公开部门预算和决算", "编印办事指南，做到一事一图。"],
            ["牵头单位"],
            ["完成时限"],
            ["完成情况"],
        ],
    )

    with pytest.raises(TurnedTable, match="转置"):
        run(path)
    assert not filled(path).exists()


def test_4_two_tables_below_each_other_are_two_tables(run, tmp_path):
    path = workbook(
        tmp_path / "两张表.xlsx",
        [
            ["表一　各单位"],
            ["单位", "牵头项数", "已完成项数"],
            ["市财政局"],
            ["市教育局"],
            [],
            ["表二　逐项"],
            ["序号", "重点任务", "牵头单位", "是否完成"],
            [1, "编印办事指南，做到一事一图。"],
            [2, "公布义务教育招生范围和录取结果。"],
        ],
    )

    answer = run(path)

    rows = [row[:4] for row in values(path)]
    assert answer.exit is Exit.DONE
    assert rows[2:4] == [["市财政局", 2, 1, None], ["市教育局", 1, 1, None]]
    assert rows[4:7] == [
        [None] * 4,
        ["表二　逐项", None, None, None],
        ["序号", "重点任务", "牵头单位", "是否完成"],
    ]
    assert rows[7][2:] == ["市行政审批局", "否"]
    assert rows[8][2:] == ["市教育局", "是"]
    assert gaps(path) == set()


def test_5_units_down_and_months_across_is_nothing_that_the_ledger_holds(run, tmp_path):
    rows = [["各单位按月完成数"], ["单位", *(f"{n}月" for n in range(1, 13)), "合计"]]
    path = workbook(tmp_path / "按月.xlsx", [*rows, ["市财政局"], ["市教育局"]])

    with pytest.raises(NoTable):
        run(path)


def test_6_other_words_are_understood_or_asked_and_never_taken_for_a_part_of_the_plan(run, tmp_path):
    path = document(
        tmp_path / "别的说法.docx",
        [
            ("佐证链接", "落实举措", "责任处室", "工作任务", "要求内容"),
            ("", "", "", "财政信息", "公开部门预算和决算，细化到项级科目。"),
            ("", "", "", "", "公开政府采购项目清单，按月更新。"),
            ("", "", "", "办事大厅", "编印办事指南"),
        ],
        merges=[((1, 3), (2, 3))],
    )

    answer = run(path)

    after = texts(path)
    assert after[1][0] == "市政府网站预决算专栏"
    assert [row[1] for row in after[1:]] == ["", "", ""]
    assert "unknown-column" in codes(answer)
    assert after[1][2] == "市财政局、市教育局、市民政局"
    assert changed(path) == ["word/document.xml"]


def test_data_that_reads_like_a_head_does_not_end_a_table(run, tmp_path):
    path = workbook(
        tmp_path / "连着.xlsx",
        [
            ["序号", "重点任务", "牵头单位"],
            [1, "编印办事指南，做到一事一图。"],
            [2, "公布义务教育招生范围和录取结果。"],
            ["序号", "责任单位", "完成时限"],
            [3, "开通移动端查询。"],
        ],
    )

    run(path)

    assert [row[2] for row in values(path)][1:3] == ["市行政审批局", "市教育局"]
    assert values(path)[4][2] == "市行政审批局"
