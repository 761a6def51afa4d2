"""June said two were done, why one? Item, reason and file."""

from __future__ import annotations

import dataclasses
import datetime as dt

from tests.support.summaries import edition, summary_of
from tests.support.years import TODAY, year_office
from tracker import facts
from tracker.rules.report.edition import changes_since, freeze
from tracker.rules.report.relatives import public_summary

LATER = dt.date(2019, 2, 1)  # Friday


def since(before, after, today=TODAY, *, act=4):
    return changes_since(edition(before), summary_of(after, today), after, since_act=act).changes


def test_the_same_facts_freeze_to_the_same_text():
    assert freeze(summary_of(year_office())) == freeze(summary_of(year_office()))


def test_nothing_changed_is_no_change():
    assert since(year_office(), year_office()) == ()


def test_a_units_new_word_is_named_with_its_file_and_cell():
    (change,) = since(year_office(), year_office(x=(("P1-006", "U5", "status", "R1"), "已完成")))

    assert change.wp == "P1-006"
    assert change.words == ("未启动", "已完成")
    assert change.reason == "市行政审批局报“已完成”"
    assert change.source == "年终填报表.xlsx 填报表!H7"


def test_a_unit_that_does_not_decide_is_not_named_as_the_cause():
    """P1-005 is led by U5; U1 only has a share of it."""
    cells = {
        "x": (("P1-005", "U1", "status", "R1"), "已完成"),
        "y": (("P1-005", "U5", "status", "R1"), "已完成"),
    }
    seen = year_office(**cells)
    last = max(cell.seq for cell in seen.cells.values())
    share = seen.cells["P1-005", "U1", "status", "R1"]
    after = dataclasses.replace(
        seen, cells={**seen.cells, ("P1-005", "U1", "status", "R1"): dataclasses.replace(share, seq=last + 1)}
    )

    (change,) = since(year_office(), after)

    assert change.reason == "市行政审批局报“已完成”"


def test_a_day_that_passed_is_the_cause_even_where_a_unit_wrote_something_else_since():
    after = year_office(x=(("P1-006", "U5", "status", "R1"), "正在推进"))

    (change,) = [each for each in since(year_office(), after, LATER) if each.wp == "P1-006"]

    assert (change.words, change.reason) == (("未启动", "逾期未完成"), "到期日已过")


def test_an_application_that_the_office_granted_is_told_as_its_word():
    applied = {"a": (("P1-008", "U5", "status", "R1"), "不涉及")}
    granted = year_office(**applied, b=(("P1-008", "U5", "release", ""), "同意"))

    (change,) = since(year_office(**applied), granted, act=5 - 1)

    assert change.words == ("待核实", "不计入")
    assert change.reason == "市行政审批局的“不涉及”确认为“同意”"


def test_a_decision_of_the_office_stands_before_what_units_said():
    after = year_office(x=(("P1-001", "", "decision", ""), "正在推进"))

    (change,) = since(year_office(), after)

    assert change.words == ("已完成", "逾期未完成")
    assert change.reason == "认定状态改为“正在推进”"


def test_a_day_that_passed_is_a_reason_of_its_own():
    changes = since(year_office(), year_office(), LATER, act=5)

    assert {each.wp: each.reason for each in changes} == dict.fromkeys(
        ("P1-005", "P1-006", "P1-007", "P1-008"), "到期日已过"
    )


def test_items_that_came_and_went_are_said():
    before = year_office()
    plan = before.plans["P1"]
    points = tuple(dataclasses.replace(each, is_retired=each.id == "P1-002") for each in plan.points)
    after = dataclasses.replace(before, plans={"P1": dataclasses.replace(plan, points=points)})

    gone = changes_since(edition(before), summary_of(after), after, since_act=4)
    come = changes_since(edition(after), summary_of(before), before, since_act=4)

    assert [(each.wp, each.after) for each in gone.changes] == [("P1-002", "absent")]
    assert gone.rows("dropped") == ("P1-002",)
    assert [(each.wp, each.before, each.source) for each in come.changes] == [
        ("P1-002", "absent", "分工表!B4")
    ]
    assert come.rows("added") == ("P1-002",)


def test_an_item_that_was_marked_is_told_by_its_mark_and_not_by_its_name():
    marked = year_office(x=(("P1-001", "", "withheld", ""), "是"))

    (change,) = since(year_office(), marked)

    assert (change.wp, change.words) == ("P1-001", ("已完成", "未列入"))
    assert change.reason == "标注“不通报”"
    assert "预算" not in change.name


def test_an_item_whose_mark_was_taken_back_is_told_so():
    marked = year_office(x=(("P1-001", "", "withheld", ""), "是"))
    again = year_office(x=(("P1-001", "", "withheld", ""), ""))

    (change,) = since(marked, again)

    assert change.words == ("未列入", "已完成")
    assert change.reason == "取消“不通报”标注"


def test_the_public_version_tells_of_its_own_mark():
    office = year_office(x=(("P1-001", "", "unpublished", ""), "是"))
    before = facts.ReportEdition(
        "公开版/P1", 1, "P1", TODAY, freeze(public_summary(summary_of(year_office()), frozenset()))
    )

    changes = changes_since(
        before, public_summary(summary_of(office), frozenset()), office, since_act=4
    ).changes

    assert [(each.wp, each.reason) for each in changes] == [("P1-001", "标注“不公开”")]
    assert since(year_office(), office) == ()
