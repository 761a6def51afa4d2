"""An office that starts in mid-year brings its own 台账, and what it says beside the tasks is not lost."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest

from tests.support.recording import call, new_office, office, sheet_file
from tracker.steps.plan_questions import Instructions
from tracker.steps.record import record
from tracker.steps.settle import settle
from tracker.steps.undo import undo

HEAD = """
| 云溪市2026年营商环境工作台账 | < | < | < | < | < |
| 工作任务 | 具体要求 | 责任单位 | 完成时限 | 进展情况 | 是否完成 |
"""
ROWS = (
    "| 一、审批 | 1.压缩开办企业时间到1天 | 市市场监管局负责 | 6月底前 | 已压缩到1.5天 | 否 |",
    "| ^ | 2.推行施工许可分阶段办理 | 市住房城乡建设局负责 | 9月底前 | 全部上线 | 是 |",
    "| ^ | 3.清理妨碍公平竞争的规定 | 市司法局负责 | 10月底前 |  |  |",
)
ACCEPTED = {
    ("P1-001", "note"): "已压缩到1.5天",
    ("P1-002", "decision"): "已完成",
    ("P1-002", "wording"): "全部上线",
}


@pytest.fixture
def root(tmp_path):
    sheet_file(tmp_path / "台账.xlsx", ROWS, HEAD)
    return new_office(tmp_path)


def cells(root):
    return {key[0::2]: cell.value for key, cell in office(root).cells.items()}


def enter(root, answer):
    said = replace(call(root), ask=None if answer is None else lambda question: answer)
    return record(said, root.parent / "台账.xlsx", Instructions())


@pytest.mark.parametrize(("answer", "expected"), [("是", ACCEPTED), ("否", {})])
def test_at_the_terminal_it_is_asked_at_once(root, answer, expected):
    enter(root, answer)

    assert cells(root) == expected and office(root).conflicts == {}
    if expected:
        assert office(root).cells["P1-002", "", "wording", ""].place == "分工表!B4"


@pytest.mark.parametrize(("choice", "expected"), [("用新报送的", ACCEPTED), ("用台账现有", {})])
def test_elsewhere_it_stands_in_the_list_once_for_the_whole_file(root, choice, expected):
    answer = enter(root, None)
    assert answer.data["how"] == "new" and "期初情况" in answer.lines[-1]
    path = root / "待核对事项清单.xlsx"
    book = openpyxl.load_workbook(path)
    (row,) = [row for row in book.active.iter_rows() if str(row[0].value).startswith("C")]
    row[9].value = choice
    book.save(path)

    settle(replace(call(root), ask=None))

    assert cells(root) == expected and office(root).conflicts == {}


def test_a_plan_without_such_columns_asks_nothing_and_one_taken_back_asks_no_more(root, tmp_path):
    enter(root, None)
    undo(call(root), None)

    assert office(root).conflicts == {}
