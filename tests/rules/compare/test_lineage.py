"""Which plan is last year's, and where an item comes from."""

from __future__ import annotations

from tests.support.drawn_years import carried, office, plan
from tracker import facts
from tracker.rules.compare.proposals import ancestors, our_plans_for, superseded_ids
from tracker.rules.plans.editions import last_year_plans, past_plans


def test_last_years_plan_is_the_latest_earlier_one_with_the_same_theme():
    now = office(
        plan("P1", 2023, "甲"),
        plan("P2", 2024, "甲"),
        plan("P3", 2024, "乙", title="政务公开工作要点"),
        plan("P4", 2026, "甲"),
    )

    assert last_year_plans(now, "P4") == ("P2",)
    assert last_year_plans(now, "P2") == ("P1",)
    assert last_year_plans(now, "P1") == ()
    assert past_plans(now) == {"P1", "P2"}


def test_a_person_may_name_another_plan():
    link = facts.PlanLink("P3", "P1", "year")
    now = office(
        plan("P1", 2024, "甲", title="数字政府"),
        plan("P2", 2025, "甲"),
        plan("P3", 2026, "甲"),
        plan_links=(link,),
    )

    assert last_year_plans(now, "P3") == ("P1",)


def test_ours_for_a_superiors_plan_have_its_year_and_its_theme():
    superior = plan("P9", 2026, "甲", title="政务公开工作要点")
    same = office(
        plan("P1", 2026, "甲"), plan("P2", 2026, "甲", title="政务公开分工方案"), superiors=(superior,)
    )
    other = office(plan("P1", 2026, "甲"), plan("P2", 2025, "甲"), superiors=(superior,))

    assert our_plans_for(same, "P9") == ("P2",)
    assert our_plans_for(other, "P9") == ("P1",)


def test_an_item_comes_from_every_year_before():
    now = office(
        continuations=carried(
            ("P2-001", "P3-001", "continued"),
            ("P1-001", "P2-001", "merged"),
            ("P1-002", "P2-001", "merged"),
            ("", "P3-002", "new"),
            ("P1-009", "", "dropped"),
        )
    )

    assert ancestors(now, "P3-001") == ("P2-001", "P1-001", "P1-002")
    assert ancestors(now, "P3-002") == ()
    assert superseded_ids(now) == {"P2-001", "P1-001", "P1-002", "P1-009"}
