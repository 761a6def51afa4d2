"""Where a work point stands on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import product

import pytest

from tests.support.offices import office, point
from tracker.columns import DECISIONS, STATUSES
from tracker.facts import UnitLink
from tracker.model import DeadlineKind, Mode
from tracker.rules.progress.lights import Light
from tracker.rules.progress.standing import standing_of
from tracker.workdays import PUBLIC_CALENDAR

JULY, OCTOBER = dt.date(2018, 7, 2), dt.date(2018, 10, 8)


def stand(point_, office_, today=JULY):
    return standing_of(office_, point_, today=today, calendar=PUBLIC_CALENDAR)


def with_words(mode, words, today=JULY, **roles):
    """A point whose units said these words in the first round, in the order of `roles`."""
    asked = point(mode, **roles)
    said = {(unit, "status", "R1"): word for unit, word in zip(roles, words, strict=True) if word}
    return stand(asked, office(asked, said=said), today)


@pytest.mark.parametrize("word", STATUSES)
def test_a_single_unit_speaks_for_its_point(word):
    found = with_words(Mode.SINGLE, [word], U1="责任")

    assert found.status == STATUSES[word]
    assert found.done == (word == "已完成")


@pytest.mark.parametrize(("lead", "other"), list(product([*STATUSES, ""], repeat=2)))
def test_the_lead_speaks_for_all_unless_it_says_not_applicable(lead, other):
    roles = {"U1": "牵头", "U2": "责任"}
    decider = other if lead == "不涉及" else lead

    for mode in (Mode.LEAD_ALL, Mode.JOINTLY, Mode.UNSPECIFIED):
        found = with_words(mode, [lead, other], **roles)
        expected = "not_applicable" if decider == "不涉及" else STATUSES.get(decider, "unreported")
        assert found.status == expected


@pytest.mark.parametrize(("one", "two"), list(product([*STATUSES, ""], repeat=2)))
def test_where_each_answers_for_its_share_the_point_is_done_when_all_are(one, two):
    found = with_words(Mode.EACH, [one, two], U1="责任", U2="责任")
    deciding = {one, two} - {"不涉及"}

    assert found.done == (deciding == {"已完成"})
    assert (found.status == "not_applicable") == (not deciding)
    if "进展滞后" in deciding:
        assert found.status == "lagging"


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


def test_a_continuing_point_is_done_for_the_year_when_every_round_has_an_entry():
    asked = point(kind=DeadlineKind.ONGOING, due=None, U1="责任")
    half = {("U1", "status", "R1"): "持续推进", ("U1", "progress", "R1"): "按月开展"}

    open_ = stand(asked, office(asked, said=half), dt.date(2018, 12, 20))
    whole = stand(
        asked, office(asked, said={**half, ("U1", "progress", "R2"): "全年开展"}), dt.date(2018, 12, 20)
    )

    assert (open_.done, open_.overdue, open_.light) == (False, False, Light.GREY)
    assert (whole.status, whole.done, whole.light) == ("continuing", True, Light.GREEN)


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


def test_a_point_that_nobody_answers_for_is_shown_as_unreported():
    asked = point()

    assert stand(asked, office(asked)).word == "未报送"
