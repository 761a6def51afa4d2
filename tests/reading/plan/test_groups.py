"""Lists of units in annexes, however they are laid out, give a collective name its members."""

from __future__ import annotations

import pytest

from tests.support.drawn_plans import lines, read
from tracker.grid import Notation, Source, from_table
from tracker.reading.plan.plan import read_plan

PLAN = from_table(
    """
    | 云溪市2026年政务公开分工方案 | < | < |
    | 工作任务 | 具体要求 | 责任单位 |
    | 一、公开 | 1.编制目录 | 市政府办公室牵头，市有关单位（见附件1，下同）负责 |
    | ^ | 2.公布指南 | 市有关单位负责 |
    """,
    name="分工表",
)
NAMES = ("市发展改革委", "市教育局", "市工业和信息化局")
LISTS = {
    "one cell separated by 、": "| 附件1 |\n| 市有关单位名单 |\n| 市发展改革委、市教育局、市工业和信息化局 |",
    "one cell that ends in 。": "| 附件1 |\n| 市有关单位名单 |\n| 市发展改革委、市教育局、市工业和信息化局。 |",
    "one cell that begins with its name": "| 附件1 |\n| 市有关单位包括：市发展改革委、市教育局、市工业和信息化局。 |",
    "one cell with line breaks": "| 附件1 市有关单位名单 |\n| 市发展改革委\\n市教育局\\n市工业和信息化局 |",
    "title and list side by side": "| 附件1 | 市有关单位名单 |\n| 1 | 市发展改革委 |\n| 2 | 市教育局 |\n| 3 | 市工业和信息化局 |",
    "a column with a head": "| 附件1：市有关单位名单 | < |\n| 序号 | 单位名称 |\n| 1 | 市发展改革委 |\n| 2 | 市教育局 |\n| 3 | 市工业和信息化局 |",
    "two columns of names": "| 附件1 市有关单位名单 | < |\n| 市发展改革委 | 市教育局 |\n| 市工业和信息化局 | |",
}


@pytest.mark.parametrize("drawing", LISTS.values(), ids=LISTS)
def test_an_annex_sheet_gives_its_members(drawing):
    annex = from_table(drawing, name="附件1")

    reading = read_plan(Source("xlsx", "方案.xlsx", (PLAN, annex)))

    assert reading.plan.groups[0].members == NAMES
    assert not {"undefined-group", "missing-annex"} & {each.code for each in reading.findings}


def test_without_the_annex_nobody_is_guessed_and_it_is_said_once():
    reading = read_plan(Source("xlsx", "方案.xlsx", (PLAN,)))

    assert reading.plan.groups[0].members is None
    codes = [each.code for each in reading.findings]
    assert (codes.count("undefined-group"), codes.count("missing-annex")) == (1, 1)


def test_a_table_beside_a_plan_in_text_gives_the_members_of_the_annex_that_its_line_names():
    annex = from_table(
        "| 序号 | 单位 |\n| 1 | 县财政局 |\n| 2 | 县审计局 |", name="T1", notation=Notation.TABLE
    )
    text = lines("""
    柳泉县2026年水文工作分工
    1.布设水尺三十根。（县水利局）
    2.比测流量两次。（县水文站牵头，有关单位配合，名单见附件1）
    附件1：有关单位名单
    """)

    assert read(*text, annex, kind="docx").plan.groups[0].members == ("县财政局", "县审计局")
