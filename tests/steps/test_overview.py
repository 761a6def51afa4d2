"""检查情况汇总.xlsx and 今日待办: what logbooks, limits, checks and shortcomings come to, by unit."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from tests.support.logbook_sheets import keep, shown, switch, write
from tests.support.year import call, make_year
from tracker.spotcheck import check_items
from tracker.steps.check import check
from tracker.steps.hand_out import hand_out
from tracker.steps.status import status


@pytest.fixture
def office(tmp_path: Path) -> Path:
    root = make_year(tmp_path / "办公")
    keep(root)
    return root


def overview(root: Path, sheet: str, day: str = "2018-09-03") -> list[tuple[object, ...]]:
    check(call(root, dt.datetime.fromisoformat(f"{day}T10:00:00+08:00")))
    page = openpyxl.load_workbook(root / "抽查" / "检查情况汇总.xlsx")[sheet]
    rows = [row for row in page.iter_rows(values_only=True) if sum(cell is not None for cell in row) > 1]
    return rows[1:]


def sheet_notes(root: Path, sheet: str) -> str:
    page = openpyxl.load_workbook(root / "抽查" / "检查情况汇总.xlsx")[sheet]
    return "\n".join(str(row[0]) for row in page.iter_rows(max_row=6, values_only=True))


def set_value(root: Path, label: str, text: str) -> None:
    """Write a value into 设置.xlsx."""
    book = openpyxl.load_workbook(root / "设置.xlsx")
    cells = (cell for page in book for row in page.iter_rows() for cell in row)
    cell = next(cell for cell in cells if cell.value == label)
    cell.offset(0, 1).value = text
    book.save(root / "设置.xlsx")


def test_limits_are_counted_by_unit_and_rule_and_what_is_open_is_in_no_rate(office):
    for start, end in (
        ("2018-08-01 09:00", "2018-08-03"),
        ("2018-08-01 09:00", None),
        ("2018-09-01 09:00", None),
    ):
        write(
            office, "时限事项", "", 单位="市司法局", 事项="文件", 适用规则="R05", 起算时间=start, 完成时间=end
        )

    assert overview(office, "时限执行情况表") == [
        ("市司法局", "R05", "规范性文件上网公开", 3, 1, 0, 1, 1, 0.5)
    ]


def test_what_a_year_asks_for_is_told_for_each_unit_that_has_not_got_it(office):
    switch(office, "听取汇报")
    keep(office)
    write(office, "听取汇报", "", 单位="市教育局", 听取日期="2018-03-01")

    def gaps(day: str) -> dict[object, object]:
        return {row[1]: row[5] for row in overview(office, "登记情况", day) if row[0] == "听取汇报"}

    assert gaps("2018-12-31") == {"市教育局": None}  # a year that is not over lacks nothing yet
    assert gaps("2019-01-02") == {
        "市教育局": None,
        **dict.fromkeys(("市司法局", "市财政局", "市民政局", "市审计局"), "2018年"),
    }
    lines = "\n".join(status(call(office, dt.datetime.fromisoformat("2018-12-01T10:00:00+08:00"))).lines)
    assert (
        "4 处应登记的快到期末，还没有登记：听取汇报（2018年）：市司法局、市财政局、市民政局、市审计局"
        in lines
    )


def test_what_a_period_before_the_office_began_asks_for_is_nobodys_lack(office):
    # The plan was entered on 4 August: the second quarter was over, the third was not.
    switch(office, "网站监测抽查")
    keep(office)

    rows = [row for row in overview(office, "登记情况", "2018-12-31") if row[0] == "网站监测抽查"]

    assert [(row[1], row[5]) for row in rows] == [("（本办）", "第3季度")]


def test_what_the_office_itself_owes_each_quarter_is_told_once(office):
    switch(office, "网站监测抽查")
    keep(office)
    write(office, "网站监测抽查", "", 主办单位="市教育局", 网站名称="甲网", 抽查日期="2018-08-01")

    rows = [row for row in overview(office, "登记情况", "2019-01-02") if row[0] == "网站监测抽查"]

    assert [(row[1], row[2], row[5]) for row in rows] == [("（本办）", 1, "第4季度")]


def test_a_unit_without_task_and_check_stands_out(tmp_path):
    root = make_year(tmp_path / "办公", points=1)

    words = {row[0]: row[8] for row in overview(root, "覆盖矩阵")}

    assert words["市教育局"] is None
    assert words["市审计局"] == "没有任务，也没有检查过"


def test_who_stands_under_a_government_stands_below_it_in_the_matrix(tmp_path):
    names = (
        "市教育局",
        "云山县人民政府",
        "市司法局",
        "云山县教育局",
        "云山县青石镇人民政府",
        "云水县人民政府",
    )
    root = make_year(tmp_path / "办公", units={f"U{n:03}": name for n, name in enumerate(names, start=1)})

    assert [(row[0], row[2]) for row in overview(root, "覆盖矩阵")] == [
        ("市教育局", None),
        ("云山县人民政府", None),
        ("云山县教育局", "云山县人民政府"),
        ("云山县青石镇人民政府", "云山县人民政府"),
        ("市司法局", None),
        ("云水县人民政府", None),
    ]


def test_an_index_is_told_from_year_to_year(office):
    switch(office, "外部评估结果")
    keep(office)
    for name, day, place in (("指数", "2017-12-01", 4), ("考核", "2017-12-02", 8), ("指数", "2018-01-05", 2)):
        write(office, "外部评估结果", "", 评估名称=name, 公布日期=day, 名次=place, 参评个数=31)

    assert [(row[0], row[1], row[2], row[5]) for row in overview(office, "历年评估")] == [
        ("指数", "2017", 4, None),
        ("指数", "2018", 2, "上升2位"),
        ("考核", "2017", 8, None),
    ]


@pytest.mark.parametrize(("target", "verdict", "words"), [(1, "达到", "已达到"), (0, None, "")])
def test_what_was_asked_of_units_is_held_against_the_target(office, target, verdict, words):
    set_value(office, "每单位全年填报表上限（份）", str(target))
    hand_out(call(office))

    rows = overview(office, "报表精简情况")
    notes = sheet_notes(office, "报表精简情况")

    assert {(row[1], row[2], row[8]) for row in rows} == {(1, 0, verdict)}
    assert ("精简目标：每个单位全年不超过1份；各单位都没有超过，已达到。" in notes) is bool(words)


def test_shortcomings_are_counted_by_the_four_faults(office):
    for kind in ("不及时", "不及时", "不实用"):
        write(
            office, "整改台账", "", 单位="市财政局", 检查日期="2018-08-01", 发现的问题="栏目空白", 四不=kind
        )

    rows = overview(office, "问题分类")

    assert [(row[1], row[2], row[3], row[4]) for row in rows] == [
        ("不及时", "市财政局", 2, 2),
        ("不实用", "市财政局", 1, 1),
    ]


def test_choices_are_counted(office):
    switch(office, "行动归类")
    keep(office)
    for number, action in (("XD-P1-001", "五公开"), ("XD-P1-002", "五公开"), ("XD-P1-003", "业务培训")):
        write(office, "行动归类", number, 所属行动=action)

    assert overview(office, "选项统计") == [
        ("行动归类", "所属行动", "五公开", 2),
        ("行动归类", "所属行动", "业务培训", 1),
    ]


def test_shortcomings_are_done_when_they_are_closed_and_late_over_their_day(office):
    write(
        office, "整改台账", "", 单位="市财政局", 检查日期="2018-08-01", 发现的问题="甲", 整改期限="2018-08-20"
    )
    write(
        office,
        "整改台账",
        "",
        单位="市司法局",
        检查日期="2018-08-01",
        发现的问题="乙",
        整改期限="2018-09-20",
        整改情况="已改",
        复核结果="通过",
    )

    rows = [row for row in overview(office, "登记情况") if row[0] == "整改台账"]

    assert [row[1:5] for row in rows] == [("市财政局", 1, 0, 1), ("市司法局", 1, 1, 0)]


def test_who_and_what_was_never_drawn_comes_first(office):
    rows = overview(office, "未抽查清单")

    assert len(rows) == 5 + len(check_items([]))
    assert {row[4] for row in rows} == {"从未抽到"}


@pytest.mark.parametrize(
    ("name", "cells", "state"),
    [
        ("考核权重核对", {"考核办法": "甲", "总分": 100, "政务公开分值": 3}, "3%，低于4%"),
        ("考核权重核对", {"考核办法": "甲", "总分": 150, "政务公开分值": 7}, "4.67%，符合"),
        ("办事服务信息", {"事项名称": "开办", "改革前天数": 20, "改革后天数": 10}, "50%，符合"),
        ("办事服务信息", {"事项名称": "开办", "改革前天数": 20, "改革后天数": 11}, "55%，超过50%"),
        ("外部评估结果", {"评估名称": "市考核", "名次": 9, "目标名次": 8}, "差1"),
        ("外部评估结果", {"评估名称": "市考核", "名次": 8, "目标名次": 8}, "符合"),
        ("互动渠道和公开专区", {"类别": "领导信箱", "收到件数": 8, "按时办结件数": 6}, "75%"),
        ("公文公开属性", {"文件标题": "甲", "公开属性": "不予公开"}, "缺不公开的法定依据"),
        ("公文公开属性", {"文件标题": "甲"}, "缺公开属性"),
        ("公文公开属性", {"文件标题": "甲", "公开属性": "主动公开"}, None),
        (
            "五同落实",
            {"同研究": "是", "同部署": "是", "同检查": "否", "同推进": "是"},
            "3/5，缺：同检查、同落实",
        ),
        (
            "政策解读",
            {"文件标题": "甲", "同步组织": "是", "同步审签": "是", "同步部署": "是", "主要负责人解读": "是"},
            "4/4",
        ),
    ],
)
def test_a_row_says_what_its_own_cells_come_to(office, name, cells, state):
    switch(office, name)
    keep(office)
    number = next(iter(shown(office, name)), "")
    write(office, name, number if name == "五同落实" else "", **cells)
    keep(office)

    rows = shown(office, name)
    assert (rows[number] if name == "五同落实" else next(iter(rows.values())))["办理状态"] == state


def test_what_is_late_in_a_logbook_waits_today(office):
    write(office, "领导批示和临时交办", "", 单位="市教育局", 批示或交办内容="查明情况", 办理期限="2018-08-20")
    keep(office)

    lines = "\n".join(status(call(office)).lines)

    assert "1 件登记事项已过时限：L1（领导批示和临时交办）" in lines


def test_a_sheet_without_rows_is_not_laid_out_but_for_the_first(office):
    overview(office, "时限执行情况表")
    book = openpyxl.load_workbook(office / "抽查" / "检查情况汇总.xlsx")

    assert book.sheetnames[0] == "时限执行情况表"
    assert "历年评估" not in book.sheetnames
    assert "覆盖矩阵" in book.sheetnames
