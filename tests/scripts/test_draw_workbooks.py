"""What `workbooks/` shows is what the product makes today."""

from __future__ import annotations

import openpyxl
import pytest

from scripts.draw_workbooks import MADE, WORKBOOKS, draw_all
from tracker.files.guard import open_source
from tracker.reading.plan import read_plan

PLANS = {"政务公开": "table with annexes", "安全生产": "letter above the table", "营商环境": "flat list"}


@pytest.fixture(scope="module")
def new(tmp_path_factory):
    folder = tmp_path_factory.mktemp("workbooks")
    draw_all(folder)
    return folder


def cells(path):
    book = openpyxl.load_workbook(path)
    return {
        page.title: [[(cell.value, cell.number_format) for cell in row] for row in page.iter_rows()]
        for page in book.worksheets
    }


@pytest.mark.parametrize("name", [*MADE, *(f"{plan}/plan.xlsx" for plan in PLANS)])
def test_each_workbook_is_as_it_is_drawn_today(new, name):
    assert cells(WORKBOOKS / name) == cells(new / name), "python scripts/draw_workbooks.py draws them anew"


def test_the_readme_of_the_folder_has_a_line_for_each_file_and_names_no_other():
    text = (WORKBOOKS / "README.md").read_text(encoding="utf-8")
    files = {path.relative_to(WORKBOOKS).as_posix() for path in WORKBOOKS.rglob("*.xlsx")}

    assert files == {line.split("`")[1] for line in text.splitlines() if line.startswith("| `")}


@pytest.mark.parametrize(("plan", "count"), [("政务公开", 37), ("安全生产", 17), ("营商环境", 8)])
def test_every_plan_is_read_as_it_was_meant(plan, count):
    reading = read_plan(open_source(WORKBOOKS / plan / "plan.xlsx"))

    assert len(reading.plan.work_points) == count
