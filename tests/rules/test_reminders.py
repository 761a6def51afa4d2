"""The ladder: who is reminded on a day, by which slip, and who is not and why."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import replace

import pytest

from tests.support.offices import office, point
from tracker.facts import Document, Event
from tracker.model import Deadline, DeadlineKind, Milestone, Mode
from tracker.rules.progress.standing import standings
from tracker.rules.reminders import (
    SLIP_UNITS,
    Countdown,
    Obligation,
    SlipIndex,
    decide,
    decide_all,
    obligations,
)
from tracker.settings import Day, RoundSetting
from tracker.tiers import (
    ASKED_TIERS,
    OUR_TIERS,
    SUPERVISION_TIERS,
    TIER_RULES,
    Tier,
    TierRule,
)
from tracker.workdays import Calendar

# Friday 2026-06-26 was worked; 06-19 to 06-21 were days off.
DUE = dt.date(2026, 6, 26)
MATTER = Obligation("P1-001", "U001", DUE, "公开预算")
FIVE = TIER_RULES.but(TierRule(Tier.REMIND, 5), TierRule(Tier.CALL, 1, apart=5))


def slip(tier, on, *, state="sent", unit="U001", subjects=("P1-001",), document="D1"):
    return Document(document, tier.value, unit, subjects, dt.date.fromisoformat(on), state, "", "")


def on(day, *slips, matter=MATTER, ladder=FIVE, events=()):
    return decide(
        matter,
        SlipIndex(slips, events),
        today=dt.date.fromisoformat(day),
        days=Countdown(Calendar()),
        rules=ladder,
    )


def test_long_before_its_day_nobody_is_troubled():
    decision = on("2026-06-01")

    assert decision.tier is None
    assert decision.why == "距期限2026-06-26还有18个工作日，2026-06-18起提醒"
    assert (on("2026-06-17").tier, on("2026-06-18").tier) == (None, Tier.REMIND)


@pytest.mark.parametrize("day", ["2026-06-22", "2026-06-26"])
def test_a_few_working_days_before_it_is_reminded(day):
    assert on(day).tier is Tier.REMIND


def test_the_days_off_between_are_not_counted():
    assert on("2026-06-17").tier is None
    assert on("2026-06-18").tier is Tier.REMIND


def test_it_is_reminded_once_for_one_day():
    assert on("2026-06-24", slip(Tier.REMIND, "2026-06-22")).why == "本期限已于2026-06-22提醒过"


def test_an_extension_is_a_new_day_and_reminded_again():
    later = Obligation("P1-001", "U001", dt.date(2026, 9, 18), "公开预算")

    assert on("2026-09-16", slip(Tier.REMIND, "2026-06-22"), matter=later).tier is Tier.REMIND


@pytest.mark.parametrize(("day", "tier"), [("2026-06-27", None), ("2026-06-29", Tier.CALL)])
def test_on_the_first_working_day_after_it_is_called(day, tier):
    assert on(day).tier is tier


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
    assert "后4个工作日仍未办结，2026-07-06起" in decision.why
    assert on("2026-07-06", slip(before, "2026-06-29")).tier is not None


def test_a_day_that_falls_on_a_rest_is_said_with_the_day_that_counts():
    matter = Obligation("P1-001", "U001", dt.date(2026, 6, 26), "公开预算", legal=dt.date(2026, 6, 28))

    assert decide(
        matter, SlipIndex(()), today=dt.date(2026, 6, 29), days=Countdown(Calendar()), rules=TIER_RULES
    ).why == ("期限2026-06-28（逢休息日，按2026-06-26计）已过1个工作日")


def test_a_draft_that_waits_for_its_signature_blocks_the_next():
    assert on("2026-08-03", slip(Tier.CALL, "2026-06-29", state="drafted")).why == "工作催办单 D1 尚未签发"


def test_a_draft_that_was_withdrawn_stays_so_and_leads_to_no_other_rung():
    decision = on("2026-08-03", slip(Tier.CALL, "2026-06-29", state="withdrawn"))

    assert (decision.tier, decision.kind) == (None, "void")
    assert "已作废，不再重拟" in decision.why


def test_what_was_withdrawn_before_the_day_says_nothing_of_what_is_late_now():
    assert on("2026-08-03", slip(Tier.CALL, "2026-06-26", state="withdrawn")).tier is Tier.CALL


def test_a_circular_that_was_withdrawn_is_drafted_as_the_next_issue():
    before = slip(Tier.SUPERVISE, "2026-06-29")
    void = slip(Tier.CIRCULATE, "2026-07-06", state="withdrawn", unit="")

    assert on("2026-07-07", before, void).tier is None
    assert on("2026-10-12", before, void).tier is Tier.CIRCULATE


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
    matter = Obligation("P1-001", "U001", dt.date(2031, 3, 14), "公开预算")

    decision = on("2031-03-12", matter=matter)

    assert decision.tier is Tier.REMIND
    assert "当年放假安排未公布，按周一至周五计" in decision.why


def test_an_extension_begins_the_ladder_anew():
    later = Obligation("P1-001", "U001", dt.date(2026, 7, 31), "公开预算", since=dt.date(2026, 7, 2))

    assert on("2026-08-10", slip(Tier.CALL, "2026-06-29"), matter=later).tier is Tier.CALL


def test_a_draft_from_before_an_extension_blocks_nothing():
    later = Obligation("P1-001", "U001", dt.date(2026, 7, 31), "公开预算", since=dt.date(2026, 7, 2))

    assert on("2026-08-10", slip(Tier.CALL, "2026-06-29", state="drafted"), matter=later).tier is Tier.CALL


def test_a_unit_has_one_reminder_a_day_and_the_next_the_day_after():
    other = slip(Tier.REMIND, "2026-06-22", subjects=("P1-009",))

    assert on("2026-06-22", other).kind == "reminded"
    assert on("2026-06-23", other).tier is Tier.REMIND


def test_a_reminder_is_repeated_only_where_an_interval_is_set():
    ladder = TIER_RULES.but(TierRule(Tier.REMIND, 10, apart=3))
    before = slip(Tier.REMIND, "2026-06-16")

    assert on("2026-06-18", before, ladder=ladder).tier is None
    assert on("2026-06-22", before, ladder=ladder).tier is Tier.REMIND
    assert on("2026-06-22", before, ladder=TIER_RULES).tier is None


def test_a_rung_that_is_off_is_passed_over():
    ladder = FIVE.but(TierRule(Tier.SUPERVISE, 5, on=False))

    assert on("2026-07-06", slip(Tier.CALL, "2026-06-29"), ladder=ladder).tier is Tier.CIRCULATE


def test_where_no_higher_rung_is_on_the_last_one_is_repeated_at_its_interval():
    ladder = FIVE.but(*(TierRule(tier, 5, on=False) for tier in (Tier.SUPERVISE, Tier.CIRCULATE, Tier.TALK)))

    assert on("2026-07-03", slip(Tier.CALL, "2026-06-29"), ladder=ladder).tier is None
    assert on("2026-07-06", slip(Tier.CALL, "2026-06-29"), ladder=ladder).tier is Tier.CALL


def test_where_every_rung_is_off_it_says_so():
    ladder = FIVE.but(*(TierRule(tier, 1, on=False) for tier in Tier))

    assert on("2026-07-06", ladder=ladder).why == "已逾期，催办各级均未启用"
    assert on("2026-06-24", ladder=ladder).tier is None


def test_two_issues_of_a_circular_are_kept_apart():
    before = slip(Tier.SUPERVISE, "2026-07-06")
    issue = slip(Tier.CIRCULATE, "2026-07-10", subjects=("P1-009",), unit="", document="D2")

    assert on("2026-07-14", before, issue).why.endswith("列入下一期通报")
    assert on("2026-07-17", before, issue).tier is Tier.CIRCULATE


def test_what_may_not_be_made_known_is_never_circulated():
    secret = Obligation("P1-001", "U001", DUE, "公开预算", tiers=OUR_TIERS - {Tier.CIRCULATE})

    assert on("2026-07-20", slip(Tier.SUPERVISE, "2026-07-06"), matter=secret).tier is Tier.TALK


def test_a_circular_counts_for_the_units_that_it_names_only():
    issue = slip(Tier.CIRCULATE, "2026-07-06", unit="", document="D2")
    named = Event("D2", SLIP_UNITS, 1, dt.date(2026, 7, 6), '{"P1-001": ["U002"]}')

    assert on("2026-07-20", issue, slip(Tier.CALL, "2026-07-01"), events=(named,)).tier is Tier.SUPERVISE


def test_on_a_quiet_day_nobody_is_troubled_and_everybody_is_told_why():
    decisions = decide_all(
        [MATTER],
        SlipIndex([]),
        today=dt.date(2026, 7, 1),
        days=Countdown(Calendar()),
        rules=TIER_RULES,
        quiet="静默日期（防汛）",
    )

    assert [(each.tier, each.why) for each in decisions] == [(None, "静默日期（防汛）")]


# Who owes what.

TODAY = dt.date(2018, 10, 8)


def owed(*points, today=TODAY, **more):
    drawn = office(*points, **more)
    stand = standings(drawn, points, Day(today, Calendar()))
    return [(each.subject, each.unit, each.due.isoformat()) for each in obligations(drawn, stand, today)]


def test_a_joint_matter_is_owed_by_its_lead():
    assert owed(point(Mode.LEAD_ALL, U1="牵头", U2="责任", U3="配合")) == [("P1-001", "U1", "2018-09-30")]


def test_of_a_matter_with_shares_each_owes_its_own_until_it_is_done():
    shared = point(Mode.EACH, U1="责任", U2="责任", U3="配合")

    found = owed(shared, said={("U1", "status", "R1"): "已完成"})

    assert [unit for _, unit, _ in found] == ["U2"]


def test_without_a_lead_all_who_answer_owe_it():
    assert [unit for _, unit, _ in owed(point(Mode.UNSPECIFIED, U1="责任", U2="责任"))] == ["U1", "U2"]


@pytest.mark.parametrize("word", ["已完成", "不涉及"])
def test_what_is_done_or_no_concern_is_owed_by_nobody(word):
    assert owed(point(U1="牵头"), said={("U1", "status", "R1"): word}) == []


def test_a_word_of_going_on_does_not_stand_for_a_day_that_the_plan_states():
    assert owed(point(U1="牵头"), said={("U1", "status", "R1"): "持续推进"})


def test_a_matter_that_comes_again_is_owed_at_the_end_of_its_period():
    quarterly = point(due=None, kind=DeadlineKind.RECURRING, period="quarterly", U1="牵头")

    # The last working day of the quarter.
    assert owed(quarterly, said={("U1", "status", "R1"): "正在推进"}) == [("P1-001", "U1", "2018-12-29")]


def test_a_matter_with_several_days_is_owed_by_its_next_one_and_names_it():
    first, last = dt.date(2018, 10, 31), dt.date(2018, 12, 31)
    parts = (Milestone("10月底前初稿", first), Milestone("12月底前印发", last))
    asked = replace(
        point(U1="牵头"),
        deadline=Deadline("10月底前初稿，12月底前印发", DeadlineKind.DATE, last, last, milestones=parts),
    )
    drawn = office(asked)
    stand = standings(drawn, (asked,), Day(TODAY, Calendar()))

    (found,) = obligations(drawn, stand, TODAY)

    assert (found.due, found.stage) == (first, "10月底前初稿")
    assert found.limit == "期限2018-10-31（10月底前初稿）"


def test_a_slip_about_an_earlier_part_is_no_slip_about_this_one():
    asked = point(due=dt.date(2018, 9, 28), U1="牵头")
    drawn = office(asked)
    early = slip(Tier.CALL, "2018-09-03", unit="U1")
    (found,) = obligations(drawn, standings(drawn, (asked,), Day(TODAY, Calendar())), TODAY)

    decision = decide(found, SlipIndex([early]), today=TODAY, days=Countdown(Calendar()), rules=TIER_RULES)

    assert decision.tier is Tier.CALL


@pytest.mark.parametrize("word", ["已调整", "已完成", "基本完成", "持续推进"])
def test_what_the_office_has_settled_is_owed_by_nobody(word):
    assert owed(point(U1="牵头"), said={("P1-001", "", "decision", ""): word}) == []


def test_a_matter_that_runs_on_is_owed_on_no_day():
    assert owed(point(due=None, kind=DeadlineKind.ONGOING, U1="牵头")) == []


def test_an_extension_moves_the_day():
    found = owed(point(U1="牵头"), events=(("extension", dt.date(2018, 9, 28), {"due": "2018-11-30"}),))

    assert found == [("P1-001", "U1", "2018-11-30")]


def test_an_extension_counts_from_the_day_it_was_granted():
    drawn = office(point(U1="牵头"), events=(("extension", dt.date(2018, 9, 28), {"due": "2018-11-30"}),))
    stand = standings(drawn, drawn.plans["P1"].points, Day(TODAY, Calendar()))

    assert [each.since for each in obligations(drawn, stand, TODAY)] == [dt.date(2018, 9, 29)]


def test_what_is_written_off_is_owed_again_when_it_is_reopened():
    off = ("write-off", dt.date(2018, 10, 1), {})

    assert owed(point(U1="牵头"), events=(off,)) == []
    assert len(owed(point(U1="牵头"), events=(off, ("reopened", dt.date(2018, 10, 5), {})))) == 1


def test_a_form_that_has_not_come_back_is_owed_from_the_day_its_round_opens():
    asked = point(due=None, kind=DeadlineKind.ONGOING, U1="牵头")

    assert owed(asked, forms=(("U1", "R1"),)) == [("R1", "U1", "2018-09-20")]
    assert owed(asked, forms=(("U1", "R2"),)) == []


@pytest.mark.parametrize(
    ("rounds", "asks_next"),
    [
        ((), ""),
        (("2018-09-20",), ""),  # over before the day: it did not ask about it
        (("2018-09-30",), ""),  # over, and it asked
        (("2018-10-08",), "期次1"),  # ends today
        (("2018-09-20", "2018-12-10"), "期次2"),
        (("2018-09-30", "2018-12-10"), ""),  # the next one is no first one
    ],
)
def test_nobody_is_supervised_before_a_round_has_asked_about_the_task(rounds, asks_next):
    drawn = dataclasses.replace(office(point(U1="牵头")), rounds={})
    stand = standings(drawn, drawn.plans["P1"].points, Day(TODAY, Calendar()))
    settings = [
        RoundSetting(f"期次{n}", "P1", dt.date(2018, 9, 1), dt.date.fromisoformat(due))
        for n, due in enumerate(rounds, start=1)
    ]

    [matter] = obligations(drawn, stand, TODAY, rounds=settings)

    assert matter.asks_next == asks_next
    assert matter.tiers == (OUR_TIERS - SUPERVISION_TIERS if asks_next else OUR_TIERS)


def test_a_call_before_the_round_has_asked_waits_for_it_and_says_so():
    matter = dataclasses.replace(MATTER, tiers=OUR_TIERS - SUPERVISION_TIERS, asks_next="年终")

    decision = on("2026-09-01", slip(Tier.CALL, "2026-06-29"), matter=matter)

    assert (decision.tier, decision.kind) == (None, "soon")
    assert decision.why.endswith("待“年终”报送后核实")


def test_a_unit_that_is_asked_by_letter_is_written_to_once_and_never_called():
    matter = dataclasses.replace(MATTER, tiers=ASKED_TIERS)
    assert on("2026-06-24", matter=matter).tier is None
    assert on("2026-07-02", matter=matter).tier is None
    assert on("2026-07-03", matter=matter).tier is Tier.LETTER
    assert on("2026-12-01", slip(Tier.LETTER, "2026-07-03"), matter=matter).tier is None
    assert on("2026-12-01", slip(Tier.CALL, "2026-07-03"), matter=matter).tier is Tier.LETTER


def test_a_form_has_no_rung_and_says_why():
    matter = Obligation("R1", "U001", DUE, "报送填报表", tiers=frozenset())

    assert on("2026-06-24", matter=matter).kind == "early"
    assert (on("2026-07-01", matter=matter).tier, on("2026-07-01", matter=matter).kind) == (None, "form")


DAYS = Countdown(Calendar())


@pytest.mark.parametrize("count", [1, 3, 10])
def test_the_first_day_of_a_countdown_is_the_first_on_which_no_more_days_are_left(count):
    # Every day of a year: working days, weekends, long holidays, weekends that were worked.
    for n in range(365):
        due = dt.date(2018, 3, 1) + dt.timedelta(days=n)
        first = DAYS.before(due, count)

        assert DAYS.count_between(first, due).count == count
        assert DAYS.count_between(first - dt.timedelta(days=1), due).count == count + 1


def test_new_year_s_day_is_no_working_day_though_nobody_arranged_the_year():
    assert Countdown(Calendar()).after(dt.date(2040, 12, 31), 1) == dt.date(2041, 1, 2)
    assert Countdown(Calendar()).count_between(dt.date(2040, 12, 31), dt.date(2041, 1, 2)).count == 1
    assert Countdown(Calendar()).is_rest(dt.date(2041, 10, 2))
