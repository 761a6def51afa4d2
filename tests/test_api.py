"""The office as pandas tables: every question of docs/analysis.md, and what their columns promise."""

from __future__ import annotations

import ast
import csv
import datetime as dt
import re
from pathlib import Path

import openpyxl
import pytest

from tests.support.year import call, prepare_returns
from tracker.api import OfficeFrames, open_office
from tracker.steps.call import CHINA
from tracker.steps.export import export
from tracker.steps.status import status
from tracker.steps.take_back import take_back

PAGE = Path(__file__).parent.parent / "docs" / "analysis.md"
DAY = dt.date(2018, 12, 20)
TABLES = ("points", "assignments", "progress", "returns", "slips", "findings", "limits", "scores")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    root = prepare_returns(tmp_path_factory.mktemp("office") / "办公")
    take_back(call(root))
    return root


@pytest.fixture(scope="module")
def office(folder) -> OfficeFrames:
    return open_office(folder, as_of=DAY)


def test_every_question_of_the_page_has_the_answer_that_it_prints(office):
    blocks = re.findall(r"(?:^ {4}.*\n)+", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    names: dict[str, object] = {"office": office, "dt": dt}
    answers = 0
    for block in (block for block in blocks if ">>>" in block):
        lines = [line[4:] for line in block.splitlines()]
        *steps, last = [line[4:] for line in lines if line.startswith(">>> ")]
        for step in steps:
            exec(step, names)
        assert eval(last, names) == ast.literal_eval(lines[-1]), last
        answers += 1
    assert answers == 5


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_the_type_that_is_promised_even_where_a_table_is_empty(office, table):
    frame = getattr(office, table)()

    assert {str(kind) for kind in frame.dtypes} <= {"string", "boolean", "Float64", "datetime64[s]"}
    assert not frame.columns.duplicated().any()


def test_a_day_in_the_past_knows_only_what_counted_by_then(folder):
    before = open_office(folder, as_of=dt.date(2018, 9, 1)).returns()

    assert before["came_on"].notna().sum() == 0


def test_reading_writes_nothing(folder):
    before = {
        path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.suffix in (".xlsx", ".docx")
    }
    open_office(folder)

    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_files_hold_what_the_frames_hold(folder, tmp_path):
    export(
        call(folder, dt.datetime(2018, 12, 20, 9, tzinfo=CHINA)),
        tmp_path / "数据",
    )
    office = open_office(folder, as_of=DAY)

    with (tmp_path / "数据" / "分工.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:3] == ["事项编号", "单位编号", "单位"]
    assert len(rows) - 1 == len(office.assignments())
    assert (tmp_path / "数据" / "分工.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    book = openpyxl.load_workbook(tmp_path / "数据" / "台账数据.xlsx")
    assert book.sheetnames == ["事项", "分工", "进展", "报送", "督办", "问题整改", "时限事项", "考核得分"]


@pytest.mark.parametrize("text", ["=1+1", "+86甲", "-", "@甲", "\t甲"])
def test_a_text_never_becomes_a_formula_in_a_csv(text):
    from tracker.steps.export import _harmless

    assert _harmless(text).startswith("'")
    assert _harmless("-3.5") == "-3.5"


def test_what_is_done_is_what_status_counts(folder):
    counts = status(call(folder, dt.datetime(2018, 12, 20, 9, tzinfo=CHINA))).data["plans"]["P1"]

    points = open_office(folder, as_of=DAY).points()
    assert (len(points), int(points["is_done"].sum())) == (counts["points"], counts["done"])
