"""今日待办 says what a clerk knows: a unit, a period, a work point by its number and a few words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.support.offices import office, point
from tracker import facts
from tracker.rules.progress.duties import todos

TODAY = dt.date(2018, 10, 15)


def conflict(n: int, subject: str, field: str = "progress", unit: str = "U1", period: str = "R1"):
    return facts.Conflict(f"C{n}", subject, unit, field, period, "", "甲", "乙", "两边都改了")


def told(drawn, *conflicts, **more):
    return {
        each.code: each
        for each in todos(
            replace(drawn, conflicts={each.conflict: each for each in conflicts}), TODAY, **more
        )
    }


def test_a_question_names_the_unit_the_point_and_where_the_two_differ():
    drawn = office(point(U1="责任"), forms=(("U1", "R1"),))

    line = told(drawn, conflict(1, "P1-001"))["conflicts"]

    assert line.names == ("U1单位 P1-001 完成第1项（第三季度进展情况）",)
    assert line.line.startswith("1 处待核对：U1单位 P1-001")


def test_a_question_between_two_files_names_the_unit_and_the_period_and_no_form_number():
    drawn = office(point(U1="责任"), forms=(("U1", "R1"),))

    line = told(drawn, conflict(1, "R1U1", "version"))["conflicts"]

    assert line.names == ("U1单位“第三季度”填报表（以哪份为准）",)


def test_an_office_s_own_column_has_no_unit_and_no_period():
    drawn = office(point(U1="责任"))

    assert told(drawn, conflict(1, "P1-001", "decision", unit="", period=""))["conflicts"].names == (
        "P1-001 完成第1项（认定状态）",
    )


def test_nobody_is_asked_for_the_form_of_a_round_after_which_a_later_one_was_handed_out():
    drawn = office(point(U1="责任", U2="配合"), forms=(("U1", "R1"), ("U2", "R1")))
    later = office(point(U1="责任", U2="配合"), forms=(("U1", "R1"), ("U2", "R1"), ("U1", "R2")))

    assert told(drawn)["late-returns"].names == ("U1单位", "U2单位")
    # The forms of the first round are refused by now; those of the second are not late yet.
    assert "late-returns" not in told(later)
    assert [line.names for line in todos(later, dt.date(2018, 12, 20)) if line.code == "late-returns"] == [
        ("U1单位",)
    ]


def test_two_questions_about_one_cell_are_counted_and_named_once():
    drawn = office(point(U1="责任"))

    line = told(drawn, conflict(1, "P1-001"), conflict(2, "P1-001"))["conflicts"]

    assert (line.count, len(line.names)) == (2, 1)


def test_what_is_overdue_is_named_with_a_few_words():
    line = told(office(point(U1="责任")), overdue=("P1-001",))["overdue"]

    assert line.names == ("P1-001 完成第1项",)
