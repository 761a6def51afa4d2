"""Where a work point stands on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import product

import pytest

from tests.support.offices import WP, office, point
from tests.support.work import calls_of, steps_of
from tracker.columns import DECISIONS, STATUSES
from tracker.facts import UnitLink
from tracker.model import Deadline, DeadlineKind, Milestone, Mode
from tracker.rules.progress.figures import CountedPoint, count_figures
from tracker.rules.progress.rows import ledger_rows
from tracker.rules.progress.standing import Light, standing_of, standings
from tracker.rules.reminders import obligations
from tracker.rules.report.summary import summarise
from tracker.rules.score import Evidence, measures_of
from tracker.settings import Day
from tracker.workdays import PUBLIC_CALENDAR

JULY, OCTOBER, DECEMBER = dt.date(2018, 7, 2), dt.date(2018, 10, 8), dt.date(2018, 12, 3)


def stand(point_, office_, today=JULY):
    return standing_of(office_, point_, Day(today, PUBLIC_CALENDAR))


def with_words(mode, words, today=JULY, **roles):
    """A point whose units said these words in the first round, in the order of `roles`."""
    asked = point(mode, **roles)
    said = {(unit, "status", "R1"): word for unit, word in zip(roles, words, strict=True) if word}
    return stand(asked, office(asked, said=said), today)


# What one unit's word proposes before the day, where it is the only one that proposes.
PROPOSED = {
    "未启动": "not_started",
    "正在推进": "in_progress",
    "进展滞后": "in_progress",  # the office has to agree
    "已完成": "done",
    "持续推进": "in_progress",  # the plan states a day
    "不涉及": "unreported",  # an application
    "": "unreported",
}


@pytest.mark.parametrize("word", PROPOSED)
def test_a_single_unit_proposes_for_its_point(word):
    found = with_words(Mode.SINGLE, [word], U1="责任")

    assert found.status == PROPOSED[word]
    assert found.done == (word == "已完成")


@pytest.mark.parametrize(("lead", "other"), list(product([*STATUSES, ""], repeat=2)))
def test_the_summary_of_the_lead_proposes_for_all(lead, other):
    roles = {"U1": "牵头", "U2": "责任"}

    for mode in (Mode.LEAD_ALL, Mode.JOINTLY, Mode.UNSPECIFIED):
        assert with_words(mode, [lead, other], **roles).status == PROPOSED[lead]


@pytest.mark.parametrize(("one", "two"), list(product([*STATUSES, ""], repeat=2)))
def test_where_each_answers_for_its_share_the_point_is_done_when_all_have_finished(one, two):
    found = with_words(Mode.EACH, [one, two], U1="责任", U2="责任")

    assert found.done == ({one, two} == {"已完成"})
    if {PROPOSED[one], PROPOSED[two]} == {"unreported"}:
        assert found.status == "unreported"
    if "正在推进" in (one, two):
        assert found.status == "in_progress"


def test_a_lead_that_finished_turns_no_unit_that_was_asked_and_has_not():
    asked = point(Mode.LEAD_ALL, U1="牵头", U2="责任", U3="责任")
    said = {("U1", "status", "R1"): "已完成", ("U2", "status", "R1"): "正在推进"}
    drawn = office(asked, forms=(("U1", "R1"), ("U2", "R1")), said=said)

    standing = stand(asked, drawn, OCTOBER)

    assert standing.done
    assert [(unit.unit, unit.done, unit.overdue) for unit in standing.units] == [
        ("U1", True, False),
        ("U2", False, True),
        ("U3", True, False),  # never asked: the lead spoke for it
    ]
    assert [unit.unit for unit in standing.open_units] == ["U2"]


def test_what_the_office_decides_closes_every_share_and_what_has_not_finished_is_still_named():
    asked = point(Mode.LEAD_ALL, U1="牵头", U2="责任")
    said = {("U2", "status", "R1"): "正在推进", ("", "decision", ""): "已完成"}

    standing = stand(asked, office(asked, forms=(("U1", "R1"), ("U2", "R1")), said=said), OCTOBER)

    assert [(unit.done, unit.overdue) for unit in standing.units] == [(True, False), (True, False)]
    assert [unit.unit for unit in standing.open_units] == ["U1", "U2"]


def test_behind_is_a_claim_until_the_office_agrees():
    asked = point(U1="责任")
    claim = {("U1", "status", "R1"): "进展滞后"}

    claimed = stand(asked, office(asked, said=claim))
    agreed = stand(asked, office(asked, said={**claim, ("", "decision", ""): "进展滞后"}))

    assert (claimed.status, claimed.reason, [unit.unit for unit in claimed.claims]) == (
        "in_progress",
        "单位报滞后",
        ["U1"],
    )
    assert (agreed.status, agreed.light, agreed.reason) == ("lagging", Light.YELLOW, "进展滞后")


@pytest.mark.parametrize(
    ("release", "status", "overdue"),
    [("", "unreported", False), ("同意", "not_applicable", False), ("不同意", "unreported", True)],
)
def test_not_applicable_is_an_application_until_the_office_confirms_it(release, status, overdue):
    asked = point(U1="责任")
    said = {("U1", "status", "R1"): "不涉及"} | ({("U1", "release", ""): release} if release else {})

    found = stand(asked, office(asked, said=said), OCTOBER)

    assert (found.status, found.overdue, found.units[0].overdue) == (status, overdue, overdue)
    assert found.units[0].is_applicant == (not release)


def test_an_application_of_one_keeps_a_shared_point_open_and_a_confirmed_one_does_not():
    asked = point(Mode.EACH, U1="责任", U2="责任")
    said = {("U1", "status", "R1"): "已完成", ("U2", "status", "R1"): "不涉及"}

    assert not stand(asked, office(asked, said=said)).done
    assert stand(asked, office(asked, said={**said, ("U2", "release", ""): "同意"})).done


def test_a_supporting_unit_never_decides():
    assert with_words(Mode.LEAD_ALL, ["正在推进", "已完成"], U1="牵头", U2="配合").status == "in_progress"
    assert with_words(Mode.EACH, ["已完成", "未启动"], U1="责任", U2="配合").done


@pytest.mark.parametrize("word", DECISIONS)
def test_the_word_of_the_office_beats_every_unit(word):
    asked = point(U1="责任")
    said = {("U1", "status", "R1"): "已完成", ("", "decision", ""): word}

    found = stand(asked, office(asked, said=said), OCTOBER)

    assert found.is_decided
    assert found.status == DECISIONS[word]
    assert found.done == (word in ("已完成", "已销号"))
    assert found.units[0].done == found.done
    assert found.is_long_term == (word == "持续推进")
    assert found.overdue == (word in ("未启动", "正在推进", "进展滞后"))
    assert found.is_counted == (word not in ("不涉及", "已调整"))


def test_a_later_round_replaces_what_a_unit_said_and_a_silent_one_does_not():
    asked = point(U1="责任")
    first = {("U1", "status", "R1"): "正在推进", ("U1", "progress", "R1"): "做了一半"}

    still = stand(asked, office(asked, said={**first, ("U1", "progress", "R2"): "又做了些"}))
    done = stand(asked, office(asked, said={**first, ("U1", "status", "R2"): "已完成"}))

    assert (still.status, still.units[0].progress, still.units[0].round) == ("in_progress", "又做了些", "R2")
    assert done.done


def test_who_was_asked_last_and_who_answered_are_counted():
    asked = point(Mode.EACH, U1="责任", U2="责任", U3="配合")
    forms = (("U1", "R1"), ("U2", "R1"), ("U2", "R2"))

    nobody_asked = stand(asked, office(asked))
    waiting = stand(asked, office(asked, forms=forms, said={("U1", "status", "R1"): "已完成"}))
    returned = stand(asked, office(asked, forms=forms, said={("U2", "progress", "R2"): "做完了"}))

    assert (nobody_asked.reply_count, nobody_asked.recipient_count) == (0, 2)
    assert (waiting.reply_count, waiting.recipient_count) == (0, 1)
    assert (returned.reply_count, returned.recipient_count) == (1, 1)


def test_an_extension_moves_the_day_from_the_day_it_was_granted():
    asked = point(U1="责任")
    granted = (("extension", dt.date(2018, 9, 25), {"due": "2018-12-31"}),)

    assert stand(asked, office(asked), OCTOBER).light is Light.RED
    moved = stand(asked, office(asked, events=granted), OCTOBER)
    assert (moved.light, moved.due, moved.workday_due, moved.is_extended) == (
        Light.GREEN,
        dt.date(2018, 12, 31),
        dt.date(2018, 12, 29),
        True,
    )
    assert stand(asked, office(asked, events=granted), JULY).due == dt.date(2018, 9, 30)


def test_a_point_written_off_is_done_until_it_is_opened_again():
    asked = point(U1="责任")
    off = ("write-off", dt.date(2018, 9, 1), {})
    again = ("reopened", dt.date(2018, 9, 20), {})

    assert stand(asked, office(asked, events=(off,)), OCTOBER).status == "written_off"
    assert not stand(asked, office(asked, events=(off, again)), OCTOBER).done


def test_what_has_to_go_on_for_ever_is_never_done_by_itself_and_stands_outside():
    asked = point(kind=DeadlineKind.ONGOING, due=None, U1="责任")
    forms = (("U1", "R1"), ("U1", "R2"))
    half = {("U1", "status", "R1"): "已完成", ("U1", "progress", "R1"): "按月开展"}
    december = dt.date(2018, 12, 20)

    silent = stand(asked, office(asked, forms=forms, said={("U1", "status", "R1"): "正在推进"}), december)
    whole = stand(
        asked, office(asked, forms=forms, said={**half, ("U1", "progress", "R2"): "全年开展"}), december
    )
    closed = stand(asked, office(asked, forms=forms, said={**half, ("", "decision", ""): "已完成"}), december)

    for found in (silent, whole):
        assert (found.status, found.done, found.is_long_term, found.light) == (
            "continuing",
            False,
            True,
            Light.GREY,
        )
    assert (silent.is_on_track, whole.is_on_track) == (False, True)
    assert (closed.done, closed.is_long_term) == (True, False)


def test_a_matter_that_comes_again_is_counted_by_its_periods():
    asked = point(kind=DeadlineKind.RECURRING, due=None, period="quarterly", U1="责任")
    year_end = dt.date(2018, 12, 28)
    third = {("U1", "status", "R1"): "持续推进", ("U1", "progress", "R1"): "三次"}

    # R1 is due on 20 September, R2 on 10 December: the third quarter is told of in R2, as the fourth is.
    after_third = stand(asked, office(asked, said=third), dt.date(2018, 10, 8))
    forms = (("U1", "R1"), ("U1", "R2"))
    silent = stand(asked, office(asked, said=third, forms=forms), year_end)
    vocal = stand(asked, office(asked, said={**third, ("U1", "progress", "R2"): "四次"}), year_end)
    finished = stand(asked, office(asked, said={("U1", "status", "R2"): "已完成"}), year_end)

    assert (after_third.periods, after_third.done, after_third.due) == ((2, 4), False, dt.date(2018, 12, 31))
    assert (silent.periods, silent.overdue, silent.due) == ((2, 4), True, dt.date(2018, 9, 30))
    assert (vocal.periods, vocal.done, vocal.status) == ((4, 4), True, "done")
    assert (vocal.open_units, [unit.unit for unit in silent.open_units]) == ((), ["U1"])
    assert (finished.periods, finished.done) == ((4, 4), True)


def begun_in_july(*points, **drawn):
    """An office that entered the plan on 6 July."""
    drawn_office = office(*points, **drawn)
    plan = replace(drawn_office.plans["P1"], entered_on=dt.date(2018, 7, 6))
    return replace(drawn_office, plans={"P1": plan})


def test_a_period_that_ended_before_the_office_began_is_in_no_count():
    asked = point(kind=DeadlineKind.RECURRING, due=None, period="monthly", U1="责任")
    forms = (("U1", "R1"), ("U1", "R2"))
    third = {("U1", "status", "R1"): "正在推进"}

    mid_year = stand(asked, begun_in_july(asked, said=third, forms=forms), dt.date(2018, 12, 28))
    whole_year = stand(asked, office(asked, said=third, forms=forms), dt.date(2018, 12, 28))
    at_first = stand(asked, begun_in_july(asked), dt.date(2018, 7, 9))

    # 20 September tells of July and August; September to December are told of by the year's last round.
    assert (mid_year.periods, whole_year.periods) == ((2, 6), (8, 12))
    assert (at_first.light, at_first.due) == (Light.GREEN, dt.date(2018, 7, 31))


def test_of_a_plan_entered_after_its_year_the_last_period_is_told_of_by_the_last_round():
    asked = point(kind=DeadlineKind.RECURRING, due=None, period="monthly", U1="责任")
    drawn_office = office(asked)
    plan = replace(drawn_office.plans["P1"], entered_on=dt.date(2019, 1, 9))
    late_start = replace(drawn_office, plans={"P1": plan}, rounds={})

    assert stand(asked, late_start, dt.date(2019, 1, 10)).periods == (0, 1)


def test_a_day_before_the_office_began_is_nobodys_failing_until_a_round_that_asked_is_over():
    asked = point(due=dt.date(2018, 5, 31), U1="责任")
    drawn_office = begun_in_july(asked, forms=(("U1", "R1"),))
    before, after = (stand(asked, drawn_office, day) for day in (dt.date(2018, 9, 20), dt.date(2018, 9, 21)))
    known = stand(asked, office(asked, forms=(("U1", "R1"),)), dt.date(2018, 9, 20))

    assert (before.overdue, before.light, before.reason) == (False, Light.YELLOW, "到期待核实")
    assert (before.units[0].overdue, before.units[0].is_untold) == (False, True)
    assert (after.overdue, after.reason, after.units[0].is_untold) == (True, "逾期未完成", False)
    assert known.overdue


def test_what_nobody_was_asked_for_in_time_is_not_owed_and_not_in_the_score():
    asked = point(due=dt.date(2018, 5, 31), U1="责任")
    drawn_office = begun_in_july(asked, forms=(("U1", "R1"),))

    def owed_and_due(day):
        stand_by_id = {WP: stand(asked, drawn_office, day)}
        owed = [
            obligation.subject
            for obligation in obligations(drawn_office, stand_by_id, day)
            if obligation.subject == WP
        ]
        evidence = Evidence(tuple(stand_by_id.values()), (), (), {}, (), day)
        return owed, measures_of("U1", evidence)["任务完成率"].of

    assert owed_and_due(dt.date(2018, 9, 20)) == ([], 0)
    assert owed_and_due(dt.date(2018, 9, 21)) == ([WP], 1)


def test_a_part_whose_day_was_over_before_the_office_began_gives_way_to_the_next():
    parts = (Milestone("4月底前初稿", dt.date(2018, 4, 30)), Milestone("11月底前印发", dt.date(2018, 11, 30)))
    limit = Deadline("4月底前初稿，11月底前印发", due=dt.date(2018, 11, 30), milestones=parts)
    asked = replace(point(U1="责任"), deadline=limit)
    drawn_office = begun_in_july(asked, forms=(("U1", "R1"),))

    before, after = (stand(asked, drawn_office, day) for day in (dt.date(2018, 7, 9), dt.date(2018, 9, 21)))

    assert (before.stage, before.overdue) == ("11月底前印发", False)
    assert (after.stage, after.overdue) == ("4月底前初稿", True)


@pytest.mark.parametrize(
    ("today", "light", "due"),
    [
        (dt.date(2018, 2, 1), Light.GREEN, dt.date(2018, 3, 31)),
        (dt.date(2018, 3, 26), Light.YELLOW, dt.date(2018, 3, 31)),
        (dt.date(2018, 4, 2), Light.GREEN, dt.date(2018, 6, 30)),
        # The round that would have told of the second quarter is over.
        (dt.date(2018, 9, 25), Light.RED, dt.date(2018, 6, 30)),
    ],
)
def test_the_light_of_a_matter_that_comes_again_is_that_of_its_next_period(today, light, due):
    asked = point(kind=DeadlineKind.RECURRING, due=None, period="quarterly", U1="责任")

    found = stand(asked, office(asked, forms=(("U1", "R1"),)), today)

    assert (found.light, found.due) == (light, due)


def test_of_a_limit_with_two_days_the_light_is_that_of_the_next_open_one():
    first, last = dt.date(2018, 8, 31), dt.date(2018, 11, 30)
    asked = replace(
        point(U1="责任"),
        deadline=Deadline(
            "8月底前初稿，11月底前印发",
            due=last,
            workday_due=last,
            kind=DeadlineKind.DATE,
            milestones=(Milestone("8月底前初稿", first), Milestone("11月底前印发", last)),
        ),
    )
    on_the_way = {("U1", "status", "R1"): "正在推进"}
    behind = {("U1", "status", "R1"): "进展滞后"}

    before = stand(asked, office(asked, forms=(("U1", "R1"),)), dt.date(2018, 8, 20))
    missed = stand(asked, office(asked), dt.date(2018, 9, 3))
    met = stand(asked, office(asked, said=on_the_way), dt.date(2018, 9, 25))
    late = stand(asked, office(asked, said=behind), dt.date(2018, 9, 25))

    assert (before.due, before.stage, before.light) == (first, "8月底前初稿", Light.YELLOW)
    assert (missed.due, missed.overdue, missed.units[0].stage) == (first, True, "8月底前初稿")
    assert (met.due, met.stage, met.overdue) == (last, "11月底前印发", False)
    assert (late.due, late.overdue) == (first, True)


def test_no_unit_is_late_for_a_point_that_is_done_or_closed():
    asked = point(Mode.LEAD_ALL, U1="牵头", U2="责任")
    lead_done = stand(asked, office(asked, said={("U1", "status", "R1"): "已完成"}), OCTOBER)
    closed = stand(asked, office(asked, said={("", "decision", ""): "已调整"}), OCTOBER)
    late = stand(asked, office(asked), OCTOBER)

    assert [each.overdue for each in lead_done.units] == [False, False]
    assert [each.light for each in closed.units] == [Light.GREY, Light.GREY]
    assert [each.overdue for each in late.units] == [True, True]


def test_a_supporting_unit_is_never_late():
    asked = point(Mode.LEAD_ALL, U1="牵头", U2="配合")
    found = stand(asked, office(asked), OCTOBER)

    assert [(each.light, each.overdue) for each in found.units] == [(Light.RED, True), (Light.GREY, False)]


def test_a_successor_answers_for_the_unit_that_the_plan_names():
    asked = point(U1="责任")
    heir = office(asked, forms=(("U9", "R1"),), said={("U1", "status", "R1"): "已完成"})
    link = UnitLink("U1", "U9", dt.date(2018, 8, 1), "merge")
    units = {**heir.units, "U1": replace(heir.units["U1"], links=(link,))}
    forms = {"F": replace(heir.forms["R1U9"], rows=(asked.id,))}

    found = stand(asked, replace(heir, units=units, forms=forms))

    assert (found.reply_count, found.recipient_count) == (1, 1)


def test_a_point_that_nobody_answers_for_is_to_be_found_out():
    asked = point()

    assert stand(asked, office(asked)).word == "待核实"


def test_what_a_unit_wrote_that_is_named_no_more_stays_with_the_point():
    asked = point(U2="责任")
    said = {("U1", "status", "R1"): "已完成", ("U1", "progress", "R1"): "甲局办了"}
    drawn = office(asked, point(wp="P1-002", U1="责任"), said=said)
    link = UnitLink("U1", "U2", dt.date(2018, 6, 1), "merge")
    merged = replace(drawn, units={**drawn.units, "U1": replace(drawn.units["U1"], links=(link,))})

    apart, joined = stand(asked, drawn), stand(asked, merged)

    assert (apart.status, [(unit.unit, unit.progress) for unit in apart.former]) == (
        "unreported",
        [("U1", "甲局办了")],
    )
    # The unit that it went on in speaks with its words.
    assert (joined.status, joined.units[0].progress, joined.units[0].speaker) == ("done", "甲局办了", "U1")


def test_a_summary_that_is_told_where_points_stand_does_not_judge_them_again():
    units = {f"U{number}": "责任" for number in range(30)}
    asked = point(Mode.EACH, **units)
    drawn = office(asked, forms=tuple((unit, "R1") for unit in units))
    known = {asked.id: stand(asked, drawn)}

    def work(stand=None):
        return calls_of(lambda: summarise(drawn, "P1", Day(JULY, PUBLIC_CALENDAR), stand=stand))

    work()  # what is loaded and compiled once is in neither count

    assert work(known) < 0.7 * work()


def test_twice_the_units_are_no_more_than_twice_the_work():
    def work(count):
        units = {f"U{number}": "责任" for number in range(count)}
        points = [point(Mode.EACH, wp=f"P1-{number:03}", **units) for number in range(1, 6)]
        said = {(asked.id, unit, "status", "R1"): "已完成" for asked in points for unit in units}
        drawn = office(*points, said=said, forms=tuple((unit, "R1") for unit in units))
        rows = [CountedPoint(asked, found, "done") for asked in points for found in [stand(asked, drawn)]]
        names = dict.fromkeys(units, "")
        return (
            calls_of(lambda: standings(drawn, points, Day(JULY, PUBLIC_CALENDAR))),
            calls_of(lambda: count_figures(rows, names, as_of=JULY)),
            calls_of(lambda: ledger_rows(drawn, Day(JULY, PUBLIC_CALENDAR))),
            calls_of(lambda: summarise(drawn, "P1", Day(JULY, PUBLIC_CALENDAR))),
        )

    assert all(two <= 2.2 * one for one, two in zip(work(200), work(400), strict=True))


def test_no_unit_of_a_point_is_held_against_all_the_others():
    def work(count):
        units = {f"U{number}": "责任" for number in range(count)}
        asked = point(Mode.EACH, **units)
        said = {(unit, "status", "R1"): "已完成" for unit in units}
        drawn = office(asked, said=said, forms=tuple((unit, "R1") for unit in units))
        return steps_of(lambda: standings(drawn, [asked], Day(JULY, PUBLIC_CALENDAR)))

    work(1)  # what is loaded and compiled once is in neither count

    assert work(200) <= 2.2 * work(100)


UNCHANGED_IN_R2 = {
    ("U1", "status", "R1"): "正在推进",
    ("U1", "progress", "R1"): "起草中",
    ("U1", "unchanged", "R2"): "是",
}


def test_who_ticks_that_nothing_has_changed_answered_and_stands_by_its_words():
    asked = point(U1="责任")
    forms = (("U1", "R1"), ("U1", "R2"))

    found = stand(asked, office(asked, forms=forms, said=UNCHANGED_IN_R2), DECEMBER)
    (unit,) = found.units
    silent = stand(
        asked,
        office(asked, forms=forms, said={k: v for k, v in UNCHANGED_IN_R2.items() if k[2] == "R1"}),
        DECEMBER,
    )

    assert (found.status, found.reply_count, found.recipient_count) == ("in_progress", 1, 1)
    assert (unit.progress, unit.round, unit.status_round) == ("起草中", "R1", "R1")
    assert unit.is_current and unit.is_confirmed
    assert (silent.reply_count, silent.units[0].is_current, silent.units[0].is_confirmed) == (0, False, False)


def test_a_tick_beside_new_words_or_without_older_ones_confirms_nothing():
    asked = point(U1="责任")
    both = {**UNCHANGED_IN_R2, ("U1", "progress", "R2"): "已送审"}
    alone = {("U1", "unchanged", "R2"): "是"}

    (after,) = stand(asked, office(asked, said=both), OCTOBER).units
    (bare,) = stand(asked, office(asked, said=alone), OCTOBER).units

    assert (after.progress, after.round, after.is_confirmed) == ("已送审", "R2", False)
    assert (bare.status, bare.round, bare.is_confirmed) == ("unreported", "", False)


@pytest.mark.parametrize(
    ("word", "periods"), [("持续推进", (4, 4)), ("进展滞后", (0, 4)), ("未启动", (0, 4))]
)
def test_a_tick_keeps_a_period_only_where_the_words_it_stands_by_did(word, periods):
    asked = point(kind=DeadlineKind.RECURRING, due=None, period="quarterly", U1="责任")
    said = {("U1", "status", "R1"): word, ("U1", "unchanged", "R2"): "是"}

    found = stand(asked, office(asked, said=said), dt.date(2018, 12, 28))

    assert found.periods == periods
