"""The block for the annual report: made of the register where an office keeps one, and nothing where it does not."""

from __future__ import annotations

import openpyxl
import pytest

from tests.support.check_official import check
from tests.support.reporting import at, report_office
from tracker.problems.base import Exit
from tracker.steps.report import REGISTER, annual, report

DAY = (12, 20)
NAME = "2018年政府信息公开申请情况（年报第三张表）"


def keep(root, *rows):
    annual(at(DAY, root))
    path = root / REGISTER
    book = openpyxl.load_workbook(path)
    sheet = book.active
    head = next(row for row in range(1, 9) if sheet.cell(row, 1).value == "登记号")
    for number, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            sheet.cell(head + number, column).value = value
    book.save(path)
    return head


def files(root):
    return sorted(each.name for each in (root / "报告").iterdir() if "年报" in each.name)


@pytest.fixture
def root(tmp_path):
    return report_office(tmp_path)


def test_without_a_register_a_report_says_nothing_of_it(root):
    answer = report(at(DAY, root))

    assert files(root) == []
    assert "依申请" not in "".join(answer.lines)


def test_asked_for_it_lays_out_an_empty_register(root):
    answer = annual(at(DAY, root))

    assert answer.exit is Exit.PARTLY
    assert (root / REGISTER).exists()
    assert annual(at(DAY, root)).data["agrees"]


def test_a_dry_run_lays_out_nothing(root):
    annual(at(DAY, root, dry_run=True))

    assert not (root / REGISTER).exists()


def test_the_register_becomes_a_table_in_official_layout_beside_the_report(root):
    keep(
        root,
        ("1号", "2018-03-02", "自然人", "预算", "2018-03-20", "予以公开"),
        ("2号", "2018年12月19日", "商业企业", "合同", None, None),
    )

    answer = report(at(DAY, root))

    assert files(root) == [f"{NAME}.docx", f"{NAME}.xlsx"]
    data = (root / "报告" / f"{NAME}.docx").read_bytes()
    assert [each for each in check(data) if "signature" not in each] == []
    assert any("各列均符合一+二=三+四" in line for line in answer.lines)
    again = report(at(DAY, root))
    assert sum("没有变化 报告/2018年政府信息公开申请情况" in line for line in again.lines) == 2


def test_rows_that_nobody_can_use_are_named_by_their_cell(root):
    head = keep(
        root,
        ("1号", "三月初", "自然人", "", "2018-03-20", "予以公开"),
        ("2号", "2018-03-02", "个人", "", "2018-03-20", "同意公开"),
        ("2号", "2018-03-02", "自然人", "", None, "属于国家秘密"),
    )

    answer = annual(at(DAY, root))

    places = {(each["code"], each["place"].rpartition("!")[2]) for each in answer.data["findings"]}
    assert ("application-day", f"B{head + 1}") in places
    assert ("application-applicant", f"C{head + 2}") in places
    assert ("application-result", f"F{head + 2}") in places
    assert ("application-twice", f"A{head + 3}") in places
    assert ("application-answer-day", f"A{head + 3}") in places
    assert not answer.data["agrees"]


def test_a_register_without_its_head_is_not_counted(root):
    keep(root)
    book = openpyxl.load_workbook(root / REGISTER)
    book.active.delete_rows(1, 8)
    book.save(root / REGISTER)

    answer = annual(at(DAY, root))

    assert answer.exit is Exit.PARTLY
    assert [each["code"] for each in answer.data["findings"]] == ["register-spoiled"]
    assert files(root) == []
