"""The ladder: who is reminded on a day, by which slip, and who is not and why."""

from __future__ import annotations

import datetime as dt

import pytest

from tracker.facts import Document
from tracker.rules.reminders import Matter
from tracker.rules.reminders import Steps
from tracker.rules.reminders import Tier
from tracker.rules.reminders import decide
from tracker.workdays import Calendar

# Friday 2026-06-26 was worked; 06-19 to 06-21 were days off.
DUE = dt.date(2026, 6, 26)
MATTER = Matter("P1-001", "U001", DUE, "公开预算")
STEPS = Steps(before=5, after_call=5, after_supervision=5, after_circular=5)


def slip(tier, on, *, state="sent", unit="U001", subjects=("P1-001",)):
    return Document("D1", tier.value, unit, subjects, dt.date.fromisoformat(on), state, "", "")


def on(day, *slips, matter=MATTER):
    return decide(matter, slips, today=dt.date.fromisoformat(day), calendar=Calendar(), steps=STEPS)


def test_long_before_its_day_nobody_is_troubled():
    decision = on("2026-06-01")

    assert decision.tier is None
    assert decision.why == "距期限还有18个工作日"


@pytest.mark.parametrize("day", ["2026-06-22", "2026-06-26"])
def test_a_few_working_days_before_it_is_reminded(day):
    assert on(day).tier is Tier.REMIND


def test_the_days_off_between_are_not_counted():
    assert on("2026-06-17").tier is None
    assert on("2026-06-18").tier is Tier.REMIND


def test_it_is_reminded_once_for_one_day():
    assert on("2026-06-24", slip(Tier.REMIND, "2026-06-22")).why == "本期限已提醒过"


def test_an_extension_is_a_new_day_and_reminded_again():
    later = Matter("P1-001", "U001", dt.date(2026, 9, 18), "公开预算")

    assert on("2026-09-16", slip(Tier.REMIND, "2026-06-22"), matter=later).tier is Tier.REMIND


def test_the_day_after_it_is_called():
    assert on("2026-06-27").tier is Tier.CALL


@pytest.mark.parametrize(
    ("before", "then"),
    [(Tier.CALL, Tier.SUPERVISE), (Tier.SUPERVISE, Tier.CIRCULATE), (Tier.CIRCULATE, Tier.TALK)],
)
def test_a_slip_that_is_ignored_leads_to_the_next_rung(before, then):
    assert on("2026-07-06", slip(before, "2026-06-29")).tier is then


@pytest.mark.parametrize("before", [Tier.CALL, Tier.SUPERVISE, Tier.CIRCULATE])
def test_before_its_days_are_over_the_next_rung_is_too_soon(before):
    decision = on("2026-07-03", slip(before, "2026-06-29"))

    assert decision.tier is None
    assert "仅4个工作日" in decision.why


def test_a_draft_that_waits_for_its_signature_blocks_the_next():
    assert on("2026-08-03", slip(Tier.CALL, "2026-06-29", state="drafted")).why == "催办单 D1 尚未签发"


def test_a_draft_that_was_withdrawn_never_was():
    assert on("2026-08-03", slip(Tier.CALL, "2026-06-29", state="withdrawn")).tier is Tier.CALL


def test_slips_about_other_matters_and_to_other_units_do_not_count():
    others = (
        slip(Tier.CALL, "2026-06-29", subjects=("P1-002",)),
        slip(Tier.CALL, "2026-06-29", unit="U002"),
    )

    assert on("2026-07-20", *others).tier is Tier.CALL


def test_a_circular_to_all_counts_for_each_that_it_names():
    assert on("2026-07-20", slip(Tier.CIRCULATE, "2026-07-06", unit="")).tier is Tier.TALK


def test_handing_the_tasks_over_is_no_call():
    assert on("2026-06-29", slip(Tier.ASSIGN, "2026-03-03")).tier is Tier.CALL


def test_after_the_proposal_to_the_leader_the_ladder_ends():
    assert on("2026-08-20", slip(Tier.TALK, "2026-08-03")).tier is None


def test_a_year_that_nobody_arranged_is_counted_by_the_week():
    matter = Matter("P1-001", "U001", dt.date(2031, 3, 14), "公开预算")

    assert on("2031-03-12", matter=matter).tier is Tier.REMIND
