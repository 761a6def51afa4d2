"""The 专报: two pages at most, the plan's own numbers, and each late unit by name with what it must do by when."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import pytest

from tests.support.summaries import HEAD, summary_of
from tests.support.years import year_office
from tracker.files.templates import words
from tracker.outline import Text
from tracker.rules.report.edition import ReportChange, ReportChanges
from tracker.rules.report.relatives import PAGES, _pages, write_brief
from tracker.rules.report.year_report import write_report
from tracker.table import Table

SAY = words("relatives.txt")
ASK_BY = dt.date(2018, 12, 27)


def brief(summary=None, **more):
    return write_brief(summary or summary_of(year_office()), SAY, HEAD, ask_by=ASK_BY, **more)


def text(document):
    return "\n".join(block.text for block in document.blocks if isinstance(block, Text))


def rows(document):
    return [row for block in document.blocks if isinstance(block, Table) for row in block.rows]


def test_the_numbers_are_those_of_the_report():
    f = summary_of(year_office()).figures

    assert (
        f"列入的{f['total'].n}项任务中，计入完成率的{f['base'].n}项，已完成{f['done'].n}项，占{f['done'].share}%"
        in text(brief())
    )
    assert f"逾期未完成{f['overdue'].n}项" in text(brief())


def test_what_needs_a_leader_has_its_lead_its_day_and_the_cause():
    assert (
        "“公开政府采购项目清单，按月更新”（市财政局，应于2018年10月31日前完成）逾期未完成。"
        "主要原因和打算：系统改造未完成，预计2019年1月底前公布。"
    ) in text(brief())


def test_each_late_unit_is_named_with_what_it_must_do_by_when():
    overdue, unexplained, *_, silent = rows(brief())

    assert overdue == (
        "1",
        "市财政局",
        "公开政府采购项目清单，按月更新",
        "按说明的时间抓紧完成，2018年12月27日前报送进展",
    )
    assert unexplained[1:] == ("市教育局", "公开部门预算和决算", "2018年12月27日前说明原因、明确完成时间")
    assert silent == ("4", "市卫生健康局", "未按期报送年终进展", "2018年12月27日前补报")


def test_whose_task_is_late_and_whose_form_is_are_counted_apart():
    assert "目前有3个单位承担的任务逾期，1个单位未按期报送年终进展，逐个要求如下。" in text(brief())


def test_a_unit_that_is_late_with_task_and_form_stands_in_one_row():
    drawn = year_office()
    office = dataclasses.replace(drawn, returns=tuple(one for one in drawn.returns if one[1].form != "FU1"))

    mine = [row for row in rows(brief(summary_of(office))) if row[1] == "市财政局"]

    assert [row[2] for row in mine] == ["公开政府采购项目清单，按月更新；未按期报送年终进展"]


def test_where_nobody_is_late_the_table_is_not_there_and_it_is_said():
    done = {f"x{n}": ((f"P1-00{n}", "", "decision", ""), "已完成") for n in range(1, 10)}
    drawn = year_office(**done)
    moment, taken = drawn.returns[0]
    late = (moment, dataclasses.replace(taken, form="FU4"))
    document = brief(summary_of(dataclasses.replace(drawn, returns=(*drawn.returns, late))))

    assert rows(document) == []
    assert "没有逾期未完成或者未按期报送的单位" in text(document)
    assert "没有需要领导协调的事项" in text(document)


@pytest.mark.parametrize("count", [1, 30, 200])
def test_two_pages_hold_it_however_much_is_late_and_what_is_left_out_is_counted(count):
    summary = summary_of(year_office())
    late = summary.item("P1-002")
    items = tuple(
        dataclasses.replace(
            late,
            point=dataclasses.replace(late.point, id=f"P1-{n:03}"),
            problems=(dataclasses.replace(late.problems[0], text="系统改造未完成，" * 8),),
        )
        for n in range(100, 100 + count)
    )
    document = brief(dataclasses.replace(summary, items=(*summary.items, *items)))

    assert _pages(document.blocks) <= PAGES
    if count > 6:
        assert "其余" in text(document)


def test_what_was_gained_since_the_last_one_is_said():
    gained = ReportChange("P1-001", "预算", "in_progress", "done", "")
    changes = ReportChanges(dt.date(2018, 11, 30), 1, (gained,))

    assert "比上次（2018年11月30日）新增完成1项。" in text(brief(changes=changes))


def test_quotation_marks_within_a_name_are_single_ones():
    drawn = year_office()
    plan = drawn.plans["P1"]
    points = tuple(
        dataclasses.replace(point, requirement=f"开设“局长接线日”第{n}期，按时公布。")
        for n, point in enumerate(plan.points)
    )
    summary = summary_of(dataclasses.replace(drawn, plans={"P1": dataclasses.replace(plan, points=points)}))

    for document in (brief(summary), write_report(summary, words("report.txt"), HEAD).document):
        assert "‘局长接线日’" in text(document)
        assert not re.search("“[^”]*“", text(document))
