"""What does not fit together in what units wrote is told, each at its place, and nothing else is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.support.offices import office, point
from tracker import facts
from tracker.rules.check import inconsistencies
from tracker.rules.check.consistency import SILENT_DAYS
from tracker.rules.office import Office

TODAY = dt.date(2018, 10, 8)
LONG = "召开推进会议三次，印发工作方案，完成全部门店的检查"


def told(some_office: Office, today: dt.date = TODAY) -> list[tuple[str, str]]:
    """Code and place, but for contacts, which the small offices have not."""
    findings = inconsistencies(some_office, today)
    return [(finding.code, finding.place) for finding in findings if finding.code != "no-contact"]


def issued(some_office: Office, on: dt.date) -> Office:
    plan = some_office.plans["P1"]
    return replace(some_office, plans={"P1": replace(plan, edition=replace(plan.edition, issued_on=on))})


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({}, ["done-without-evidence"]),
        ({("U1", "evidence", "R1"): "某府办〔2018〕3号"}, []),
        ({("U1", "done_on", "R1"): "2018-08-01"}, []),
    ],
)
def test_done_wants_a_day_or_evidence(more, codes):
    answers = {("U1", "status", "R1"): "已完成", ("U1", "progress", "R1"): "已经办好", **more}

    assert [code for code, _ in told(office(point(U1="牵头"), said=answers))] == codes


@pytest.mark.parametrize(
    ("forms", "answers", "is_told"),
    [
        ((("U1", "R1"), ("U2", "R1")), {("U2", "progress", "R1"): "办了"}, True),
        ((("U1", "R1"), ("U2", "R1")), {("U1", "progress", "R1"): "办了"}, False),
        ((("U1", "R1"), ("U2", "R1")), {}, False),
        # A lead that was not asked is not silent.
        ((("U2", "R1"),), {("U2", "progress", "R1"): "办了"}, False),
        # Who answered in one round is silent in the next.
        (
            (("U1", "R1"), ("U1", "R2"), ("U2", "R2")),
            {("U1", "progress", "R1"): "办了", ("U2", "progress", "R2"): "又办了"},
            True,
        ),
    ],
)
def test_a_lead_is_silent_where_it_was_asked_and_others_wrote(forms, answers, is_told):
    found = told(office(point(U1="牵头", U2="责任"), said=answers, forms=forms))

    assert ("lead-silent" in [code for code, _ in found]) is is_told


@pytest.mark.parametrize(("days", "is_told"), [(SILENT_DAYS - 1, False), (SILENT_DAYS, True)])
def test_a_point_without_a_word_is_told_after_so_many_days(days, is_told):
    some_office = issued(office(point(U1="牵头")), TODAY - dt.timedelta(days=days))

    assert told(some_office) == ([("no-entry", "P1-001")] if is_told else [])


def test_a_point_that_somebody_wrote_about_has_an_entry():
    some_office = office(point(U1="牵头"), said={("U1", "progress", "R1"): "办了"})

    assert told(issued(some_office, dt.date(2018, 1, 1))) == []


def test_a_point_that_nobody_owns_is_told():
    assert told(office(point())) == [("nobody-owns", "P1-001")]


def test_a_unit_without_anybody_to_call_is_told_once():
    some_office = office(point(U1="牵头"), point(wp="P1-002", U1="牵头"))

    assert [finding.code for finding in inconsistencies(some_office, TODAY)] == ["no-contact"]
    contact = facts.Contact("U1", "联络员", "张三", "0123-1234567", "", True)
    with_contact = replace(some_office, units={"U1": replace(some_office.units["U1"], contacts=(contact,))})
    assert inconsistencies(with_contact, TODAY) == ()


@pytest.mark.parametrize(
    ("one", "other", "is_told"),
    [
        (f"U1单位{LONG}。", f"U2单位{LONG}", True),
        (LONG, LONG.replace("三次", "四次"), False),
        ("按时完成。", "按时完成。", False),
    ],
)
def test_units_that_wrote_the_same_words_are_told(one, other, is_told):
    answers = {("U1", "progress", "R1"): one, ("U2", "progress", "R1"): other}
    found = told(office(point(U1="牵头", U2="责任"), said=answers))

    assert found == ([("same-text", "P1-001 第三季度")] if is_told else [])


def test_a_unit_that_sends_last_rounds_words_again_is_told_in_the_later_round():
    answers = {("U1", "progress", "R2"): LONG, ("U1", "progress", "R1"): LONG}

    assert told(office(point(U1="牵头"), said=answers)) == [("same-text-again", "P1-001 年终")]
