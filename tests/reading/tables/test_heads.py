"""Two hundred heads over contents of their kind: what is not read right is told."""

from pathlib import Path

import pytest

from tests.support.drawn_plans import read
from tracker.grid import Grid
from tracker.model import Role

ROWS = 5
# What stands below a head, by its kind; of a second column beside it, too.
CELLS = {
    "number": "1 2 3 4 5",
    "section": "林地管护 林地管护 种苗 种苗 科普",
    "task": "巡山 补界桩 育苗 引种 办展",
    "requirement": "沿山脊每旬巡查一遍，火点当天上报。 补立界桩一百二十根，坐标入库。 育苗三十万株，出圃前逐床抽检。"
    " 引进耐旱树种四个，试种两亩。 布置标本展柜，假期免费开放。",
    "lead": "县林业局 县林业局 县国有林场 县农科所 县博物馆",
    "responsible": "县护林大队、各乡镇 县国土局 县苗圃中心、县供销社 县农科所 县文旅局、县教育局",
    "support": "县应急局 县财政局、县档案馆 县水务局 县科技局 县融媒体中心、各中小学校",
    "deadline": "每旬 6月底前 2026年9月30日 第三季度 长期坚持",
    "person": "周大川 副县长吴春兰 郑国栋 周大川 13912345678",
    "status": "正在推进 已完成 未启动 正在推进 基本完成，待验收",
    "figure": "120 35% 30 4 2",
    "note": "续建 省级督查事项 续建 县政府工作报告 见会议纪要",
}
BASE = {
    "number": "序号",
    "task": "重点任务",
    "requirement": "工作内容",
    "lead": "牵头单位",
    "support": "配合单位",
    "deadline": "完成时限",
}
# Where a column stands that the usual table has not got.
BEFORE = {"section": "task", "person": "deadline"}

HEADS = [
    (kind, head)
    for line in Path(__file__).with_name("heads.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for kind, *heads in [line.split()]
    for head in heads
]


def columns(kind: str, head: str) -> list[tuple[str, str]]:
    """Kind and head of each column of a usual table that has this one."""
    usual = list(BASE.items())
    if kind in BASE:
        return [(name, head if name == kind else words) for name, words in usual]
    if kind == "responsible":
        return [
            (kind, head) if name == "lead" else (name, words) for name, words in usual if name != "support"
        ]
    at = next((at for at, (name, _) in enumerate(usual) if name == BEFORE.get(kind)), len(usual))
    return [*usual[:at], (kind, head), *usual[at:]]


def rows_of(table: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{kind: CELLS[kind].split(" ")[row] for kind, _ in table} for row in range(ROWS)]


def as_written(point, kinds) -> dict[str, str]:
    """What a work point says of the columns that are compared."""
    answers = point.responsibility
    values = {
        "number": point.no,
        "section": point.section,
        "task": point.task,
        "requirement": point.requirement,
        "lead": "、".join(answers.names_in(Role.LEAD)),
        "responsible": "、".join(answers.names_in(Role.RESPONSIBLE)),
        "support": "、".join(answers.names_in(Role.SUPPORT)),
        "deadline": point.deadline.text,
    }
    remarks = " ".join(value for _, value in point.remarks)
    return {kind: values.get(kind, remarks) for kind in kinds}


def test_there_are_two_hundred_heads():
    assert len(HEADS) >= 200
    assert len(set(HEADS)) == len(HEADS)


@pytest.mark.parametrize(("kind", "head"), HEADS, ids=lambda word: word)
def test_a_head_over_cells_of_its_kind_is_right_or_told(kind: str, head: str):
    table = columns(kind, head)
    rows = rows_of(table)
    cells = [[row[name] for name, _ in table] for row in rows]
    title = ("某县2026年林业重点工作分工表", *[None] * (len(table) - 1))
    reading = read(Grid("分工表", (title, tuple(words for _, words in table), *map(tuple, cells))))

    compared = [name for name, _ in table if name != "person"] + [
        name for name in ("lead", "responsible", "support") if name not in dict(table)
    ]
    wanted = [{name: row.get(name, "") for name in compared} for row in rows]
    found = [as_written(point, compared) for point in reading.plan.work_points]
    is_told = any(finding.code == "columns-by-content" for finding in reading.findings)
    assert found == wanted or is_told
