"""What does not fit together in what units wrote is told, each at its place, and nothing else is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.support.offices import office, point
from tests.support.work import steps_of
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


def findings_of(some_office: Office, code: str) -> list[str]:
    return [finding.message for finding in inconsistencies(some_office, TODAY) if finding.code == code]


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


def test_a_group_that_wrote_the_same_words_is_told_once_with_its_members():
    units = {f"U{n}": "责任" for n in range(1, 8)}
    answers = {(wp, unit, "progress", "R1"): LONG for unit in units for wp in ("P1-001", "P1-002")}

    (message,) = findings_of(office(point(**units), point(wp="P1-002", **units), said=answers), "same-text")
    assert message.startswith("7个单位（U1单位、U2单位、U3单位、U4单位、U5单位等）有14处进展")


@pytest.mark.parametrize(
    ("vias", "is_told"), [(("各县区", "各县区"), False), (("各县区", ""), True), (("甲", "乙"), True)]
)
def test_members_of_one_collective_may_share_their_words(vias, is_told):
    shared = point(U1="责任", U2="责任")
    assignees = tuple(replace(one, via=via) for one, via in zip(shared.assignees, vias, strict=True))
    answers = {("U1", "progress", "R1"): LONG, ("U2", "progress", "R1"): LONG}

    assert (
        bool(findings_of(office(replace(shared, assignees=assignees), said=answers), "same-text")) is is_told
    )


def test_a_unit_that_sends_last_rounds_words_again_is_told_once_in_the_later_round():
    answers = {
        (wp, "U1", "progress", round_): LONG + wp[-3:]
        for round_ in ("R2", "R1")
        for wp in ("P1-001", "P1-002")
    }

    assert told(office(point(U1="牵头"), point(wp="P1-002", U1="牵头"), said=answers)) == [
        ("same-text-again", "P1-001、P1-002 年终")
    ]


@pytest.mark.parametrize(
    ("before", "after", "is_told"),
    [
        ("累计培训1.2万人次。", "累计培训11000人次。", True),
        ("累计培训300人次。", "累计培训300人。", False),
        ("累计培训３００人次。", "累计培训299人次", True),
        ("培训300人次。", "培训200人次。", False),
        ("累计培训300人次，累计公开40件", "累计公开50件", False),
        ("累计公开40件，累计培训40人", "累计公开39件", True),
    ],
)
def test_a_figure_that_only_grows_must_not_fall(before, after, is_told):
    answers = {("U1", "progress", "R1"): before, ("U1", "progress", "R2"): after}
    found = told(office(point(U1="牵头"), said=answers))

    assert found == ([("figure-fell", "P1-001 年终")] if is_told else [])


def test_the_totals_of_a_year_must_not_fall_either():
    line = "主动公开信息\t{}\t条\t后台\t2018-09-30"
    answers = {
        ("P1", "U1", "totals", "R1"): line.format("1,200"),
        ("P1", "U1", "totals", "R2"): line.format("1100"),
        ("U1", "progress", "R1"): "办了",
        ("U1", "progress", "R2"): "又办了",
    }

    (message,) = findings_of(office(point(U1="牵头"), said=answers), "figure-fell")
    assert "“主动公开信息”是1100，第三季度写的是1200" in message


@pytest.mark.parametrize(
    ("answers", "today", "is_told"),
    [
        ({("U1", "progress", "R2"): "办了"}, dt.date(2018, 10, 8), True),
        ({("U1", "progress", "R1"): "办了"}, dt.date(2018, 10, 8), False),
        ({}, dt.date(2018, 10, 8), False),
        ({("U1", "progress", "R2"): "办了"}, dt.date(2018, 9, 20), False),
    ],
)
def test_a_round_that_is_over_without_a_word_about_a_point_is_told(answers, today, is_told):
    found = told(office(point(U1="牵头"), said=answers, forms=(("U1", "R1"),)), today)

    assert found == ([("round-without-entry", "第三季度")] if is_told else [])


def test_twice_the_units_of_a_point_are_about_twice_the_work():
    def work(count: int) -> int:
        units = {f"U{n}": "牵头" for n in range(count)}
        answers = {(unit, "progress", "R1"): f"{unit}{LONG}" for unit in units}
        drawn = office(point(**units), said=answers, forms=tuple((unit, "R1") for unit in units))
        return steps_of(lambda: told(drawn))

    work(1)  # what is loaded and compiled once is in neither count

    assert work(100) <= 2.5 * work(50)
