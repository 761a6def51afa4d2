"""Extensions for one unit of several: its day moves, and nobody else's."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.support.offices import office, point
from tracker.facts import Document
from tracker.model import Mode
from tracker.rules.plans.adjustments import open_requests
from tracker.rules.progress.standing import standings
from tracker.rules.reminders import Countdown, SlipIndex, decide_all, obligations
from tracker.settings import Day
from tracker.tiers import TIER_RULES
from tracker.workdays import Calendar

DUE = dt.date(2018, 9, 30)
LATER, LATEST = dt.date(2018, 11, 30), dt.date(2018, 12, 28)
TODAY = dt.date(2018, 10, 15)
EACH = point(Mode.EACH, U1="责任", U2="责任")


def granted(due: dt.date, *units: str, at: dt.date = dt.date(2018, 9, 20)):
    return ("extension", at, {"due": due.isoformat(), **({"units": list(units)} if units else {})})


def asked(*units: str, at: dt.date = dt.date(2018, 9, 20), still_open: bool = True):
    return ("asked", at, {"row": 1, "open": still_open, **({"units": list(units)} if units else {})})


def stand(*events, mode=Mode.EACH, said=None, today=TODAY):
    drawn_point = replace(EACH, mode=mode)
    drawn = office(drawn_point, said=said, events=events)
    return standings(drawn, drawn_point and [drawn_point], Day(today, Calendar()))["P1-001"]


def dues(standing):
    return {each.unit: each.due for each in standing.units}


def test_an_extension_for_one_unit_moves_its_day_alone():
    found = stand(granted(LATER, "U1"))

    assert dues(found) == {"U1": LATER, "U2": DUE}
    assert {each.unit: each.overdue for each in found.units} == {"U1": False, "U2": True}
    assert (found.due, found.overdue, found.is_extended) == (DUE, True, False)


def test_when_the_others_are_done_the_point_waits_for_the_extended_day():
    done = {("U2", "status", "R1"): "已完成"}

    found = stand(granted(LATER, "U1"), said=done)
    late = stand(granted(LATER, "U1"), said=done, today=dt.date(2018, 12, 3))

    assert (found.due, found.overdue, found.is_extended) == (LATER, False, True)
    assert (late.overdue, {each.unit: each.overdue for each in late.units}) == (
        True,
        {"U1": True, "U2": False},
    )


@pytest.mark.parametrize(
    ("events", "wanted"),
    [
        ((granted(LATER),), {"U1": LATER, "U2": LATER}),
        ((granted(LATER, "U1"), granted(LATEST)), {"U1": LATEST, "U2": LATEST}),
        ((granted(LATER), granted(LATEST, "U2")), {"U1": LATER, "U2": LATEST}),
        ((granted(LATER, "U1", "U2"),), {"U1": LATER, "U2": LATER}),
        ((granted(LATER, "U1"), ("extension", TODAY, {"due": "", "units": ["U1"]})), {"U1": LATER, "U2": DUE}),
    ],
    ids=["all", "one, then all", "all, then one", "both by name", "another one taken back"],
)  # fmt: skip
def test_the_latest_request_that_names_a_unit_or_nobody_holds(events, wanted):
    assert dues(stand(*events)) == wanted


def test_everybody_by_name_moves_the_point_to_the_earliest_of_their_days():
    assert stand(granted(LATEST, "U1"), granted(LATER, "U2")).due == LATER


def decided(*events, slips=(), today=TODAY):
    drawn = office(EACH, events=events)
    owed = obligations(drawn, standings(drawn, [EACH], Day(today, Calendar())), today)
    found = decide_all(owed, SlipIndex(slips), today=today, days=Countdown(Calendar()), rules=TIER_RULES)
    return {each.obligation.unit: (each.kind, each.tier.value if each.tier else "") for each in found}


def test_only_the_unit_that_is_late_is_chased():
    assert decided() == {"U1": ("due", "催办"), "U2": ("due", "催办")}
    assert decided(granted(LATER, "U1")) == {"U1": ("early", ""), "U2": ("due", "催办")}


def test_the_ladder_begins_anew_for_the_unit_that_was_granted_more_time():
    called = tuple(
        Document(f"D{n}", "催办", unit, ("P1-001",), dt.date(2018, 10, 8), "sent", "", "")
        for n, unit in enumerate(("U1", "U2"))
    )
    soon = dt.date(2018, 11, 1)
    more_time = granted(dt.date(2018, 10, 31), "U1", at=dt.date(2018, 10, 10))

    # The other one is asked by the round that opens in November before it is supervised.
    assert decided(more_time, slips=called, today=soon) == {"U1": ("due", "催办"), "U2": ("soon", "")}


# Asked for, and not decided yet.


@pytest.mark.parametrize(
    ("request_", "wanted"),
    [
        (asked(), {"U1": ("asked", ""), "U2": ("asked", "")}),
        (asked("U1"), {"U1": ("asked", ""), "U2": ("due", "催办")}),
        (asked(at=dt.date(2018, 10, 9)), {"U1": ("due", "催办"), "U2": ("due", "催办")}),
        (asked(still_open=False), {"U1": ("due", "催办"), "U2": ("due", "催办")}),
    ],
    ids=["of all", "of one", "after the day", "decided or taken out"],
)
def test_a_request_made_in_time_holds_the_slips_until_somebody_decides(request_, wanted):
    assert decided(request_) == wanted


def test_what_waits_is_known_by_point_and_unit():
    assert open_requests(office(EACH, events=(asked("U2"),)), TODAY) == {
        ("P1-001", "U2"): dt.date(2018, 9, 20)
    }
