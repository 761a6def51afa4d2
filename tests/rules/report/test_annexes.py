"""From seven units on an item is counted, those that differ are named, and what each did is an annex of its own."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from tests.support.summaries import SAY, summary_of
from tests.support.years import TODAY, year_office
from tracker import facts
from tracker.model import Mode, Role
from tracker.rules.office import Assignee, UnitNow
from tracker.rules.report.annexes import annexes_of


def year_of_many(count, done):
    """P1-001 answered for by so many units, the first of them finished; each of them wrote the same, the last another."""
    units = [f"M{n}" for n in range(count)]
    cells = {}
    for n, unit in enumerate(units):
        cells[f"s{n}"] = (("P1-001", unit, "status", "R1"), "已完成" if n < done else "正在推进")
        cells[f"p{n}"] = (
            ("P1-001", unit, "progress", "R1"),
            "另有安排。" if n == count - 1 else "专栏已上线。",
        )
    drawn = year_office(**cells)
    plan = drawn.plans["P1"]
    answers = tuple(Assignee(f"第{n}局", unit, Role.RESPONSIBLE) for n, unit in enumerate(units))
    points = tuple(
        dataclasses.replace(point, mode=Mode.EACH, assignees=answers) if point.id == "P1-001" else point
        for point in plan.points
    )
    names = {
        unit: UnitNow(unit, names=(facts.UnitName(unit, f"第{n}局", None, None, "current"),))
        for n, unit in enumerate(units)
    }
    form = drawn.forms["FU1"]
    forms = {f"F{unit}": dataclasses.replace(form, form=f"F{unit}", unit=unit) for unit in units}
    moment, taken = drawn.returns[0]
    return dataclasses.replace(
        drawn,
        plans={"P1": dataclasses.replace(plan, points=points)},
        units={**drawn.units, **names},
        forms={**drawn.forms, **forms},
        returns=(*drawn.returns, *((moment, dataclasses.replace(taken, form=f"F{unit}")) for unit in units)),
    )


def annexes(count, done, day=TODAY, **more):
    annex = annexes_of(summary_of(year_of_many(count, done), day), SAY, "要点", **more)
    return annex, {attachment.title: attachment.blocks[0].rows for attachment in annex.attachments}


@pytest.mark.parametrize(
    ("day", "others"), [(dt.date(2018, 9, 3), "，尚未完成的：第5局、第6局"), (dt.date(2018, 12, 20), "")]
)
def test_seven_units_are_counted_and_before_its_day_those_that_have_not_finished_are_named(day, others):
    _, tables = annexes(7, 5, day=day)

    assert tables["要点任务落实情况一览表"][0][-1].endswith(f"5个已完成{others}。")


def test_what_seven_units_wrote_is_an_annex_of_its_own():
    annex, tables = annexes(7, 5)

    assert annex.units == "附件3"
    assert [row[2:] for row in tables["各单位落实情况"]] == [
        ("第0局、第1局、第2局、第3局、第4局、第5局", "专栏已上线。"),
        ("第6局", "另有安排。"),
    ]


def test_six_units_stand_with_their_words_and_need_no_annex():
    annex, tables = annexes(6, 6)

    assert "第5局：另有安排。" in tables["要点任务落实情况一览表"][0][-1]
    assert annex.units == ""


def test_no_row_is_higher_than_a_page_however_many_units_wrote_the_same():
    _, tables = annexes(120, 119)

    assert [row[2].count("、") + 1 for row in tables["各单位落实情况"]] == [30, 30, 30, 29, 1]


def test_a_unit_that_reported_only_how_far_it_is_is_not_said_to_be_silent():
    first, _ = annexes_of(summary_of(year_office()), SAY, "要点").attachments[:2]
    told = {row[3]: row[-1] for row in first.blocks[0].rows}

    # U5 chose 未启动 for the guide and wrote nothing beside it; nobody reported anything of the mobile query.
    assert told["编印办事指南，做到一事一图。"] == ""
    assert told["开通移动端查询。"] == "截至2018年12月20日，责任单位尚未反馈进展。"


@pytest.mark.parametrize("nothing", ["无", "暂无。", "——", "没有问题"])
def test_a_unit_that_has_no_problem_gives_no_reason(nothing):
    said = (("P1-006", "U5", "problem", "R1"), nothing)
    _, second = annexes_of(summary_of(year_office(said=said)), SAY, "要点").attachments[:2]
    reasons = {row[1]: row[-1] for row in second.blocks[0].rows}

    assert reasons["编印办事指南，做到一事一图。"] == "责任单位未说明"


def test_an_item_that_waits_for_a_decision_after_its_day_is_not_said_to_have_time():
    reasons = {}
    for word in ("不涉及", "已完成"):
        said = (("P1-003", "U2", "status", "R1"), word)
        attachments = annexes_of(summary_of(year_office(said=said)), SAY, "要点").attachments
        reasons[word] = {row[1]: row[-1] for row in attachments[1].blocks[0].rows}

    requirement = "公布义务教育招生范围和录取结果。"
    assert reasons["不涉及"][requirement] == "有单位申请“不涉及”，正在核实"
    assert requirement not in reasons["已完成"]
    assert reasons["已完成"]["综合窗口全部实行一次叫号、一窗受理。"] == "尚未到完成时限"


def test_a_public_annex_says_who_reported_nowhere():
    _, tables = annexes(9, 3, public=True)

    assert tables["要点任务落实情况一览表"][0][-1] == "涉及9个单位，3个已完成。"
    assert "各单位落实情况" not in tables


def test_a_circular_names_who_is_late_and_a_report_to_the_superior_nobody():
    summary = summary_of(year_office())
    upward = annexes_of(summary, SAY, "要点").attachments
    inside = annexes_of(summary, SAY, "要点", names_late=True).attachments

    assert [column.label for column in inside[1].blocks[0].columns][2] == "责任单位"
    assert "责任单位" not in [column.label for column in upward[1].blocks[0].columns]
    assert {row[-2] for row in upward[0].blocks[0].rows} == {
        "已完成",
        "尚未完成",
        "长期坚持",
        "正在推进",
        "待核实",
    }
    assert "逾期未完成" in {row[-2] for row in inside[0].blocks[0].rows}
