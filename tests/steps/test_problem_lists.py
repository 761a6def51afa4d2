"""A list of problems from outside is split to units, entered once, and answered as a whole."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.support.logbook_sheets import shown, write
from tests.support.year import call, make_year
from tracker.steps.check import check

HEAD = ("序号", "责任单位", "存在问题", "整改时限")
LINES = (
    (1, "市教育局", "栏目空白", "2018年9月20日"),
    (2, "市司法局", "链接打不开", None),
    (3, "", "无人认领", None),
)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    root = make_year(tmp_path / "办公")
    lay(root, HEAD, *LINES)
    return root


def lay(root: Path, *rows: tuple[object, ...]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    path = root / "抽查" / "问题清单" / "省评估.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def answers(root: Path) -> list[tuple[object, ...]]:
    page = openpyxl.load_workbook(root / "抽查" / "问题清单" / "整改情况-省评估.xlsx").active
    return [row[1:4] + row[6:7] for row in page.iter_rows(values_only=True) if str(row[0]).startswith("W")]


def test_each_line_becomes_a_row_of_its_unit_once_and_one_without_unit_is_told(office):
    first, second = check(call(office)), check(call(office))

    rows = shown(office, "整改台账")
    assert [(row["单位"], row["来源"], row["发现的问题"], row["办理状态"]) for row in rows.values()] == [
        ("市教育局", "省评估", "栏目空白", "整改中"),
        ("市司法局", "省评估", "链接打不开", "待交办"),
    ]
    assert sum("line-without-problem" in line for line in first.lines) == 1
    assert first.data["shortcomings"] == second.data["shortcomings"]


def test_it_is_answered_as_a_whole_with_what_was_done(office):
    check(call(office))
    assert answers(office)[0] == ("市教育局", "栏目空白", None, "整改中")
    write(office, "整改台账", "W1", 整改情况="已补全", 复核结果="通过")
    check(call(office))

    assert answers(office) == [
        ("市教育局", "栏目空白", "已补全", "已销号"),
        ("市司法局", "链接打不开", None, "待交办"),
    ]


def test_a_line_that_was_added_to_the_list_is_entered_behind_the_others(office):
    check(call(office))
    lay(office, HEAD, (1, "市民政局", "新问题", None), *LINES)
    check(call(office))

    assert [row["单位"] for row in shown(office, "整改台账").values()] == ["市教育局", "市司法局", "市民政局"]


def test_a_workbook_that_is_no_list_is_named(office):
    lay(office, ("甲", "乙"), (1, 2))

    assert any("省评估.xlsx" in line and "no-problem-list" in line for line in check(call(office)).lines)


def test_a_dry_run_takes_nothing_in(office):
    check(call(office, dry_run=True))

    assert not (office / "台账").joinpath("整改台账.xlsx").exists()
    assert not (office / "抽查" / "问题清单" / "整改情况-省评估.xlsx").exists()
