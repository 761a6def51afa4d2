"""Proposals for two years: one to one, pieces, ties that are asked."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from tests.support.drawn_years import carried, office, plan, points
from tests.support.properties import examples
from tracker import facts
from tracker.rules.compare.proposals import (
    ASK,
    LinkProposal,
    Scale,
    ancestors,
    our_plans_for,
    propose_years,
    superseded_ids,
    words,
)
from tracker.rules.plans.editions import last_year_plans, past_plans


def proposed(old, new, **more):
    result = propose_years(points("P1", *old), points("P2", *new), **more)
    return {wp: (entry.how, entry.others) for wp, entry in result.items()}


def test_reworded_renumbered_new_and_dropped():
    result = proposed(
        ("公开部门预算和决算", "按月发布环境空气质量信息", "举办成立二十周年纪念活动"),
        ("继续按月发布环境空气质量和水质信息", "细化部门预算、决算公开内容", "开放公共数据目录"),
    )

    assert result == {
        "P2-001": ("continued", ("P1-002",)),
        "P2-002": ("continued", ("P1-001",)),
        "P2-003": ("new", ()),
        "P1-003": ("dropped", ()),
    }


def test_what_was_put_together_and_what_was_split():
    result = proposed(
        ("建设首贷服务中心", "每季度举办银企对接会", "修订执法公示办法，开展执法人员培训"),
        ("建设首贷服务中心；每季度举办银企对接会", "修订执法公示办法", "开展执法人员培训"),
    )

    assert result == {
        "P2-001": ("merged", ("P1-001", "P1-002")),
        "P2-002": ("divided", ("P1-003",)),
        "P2-003": ("divided", ("P1-003",)),
    }


def test_an_unfinished_item_that_nothing_continues_is_asked():
    assert proposed(("公开预算和决算",), ("开放公共数据目录",), unfinished_ids={"P1-001"})["P1-001"] == (
        ASK,
        (),
    )


def test_two_that_are_equally_alike_are_a_tie_from_either_side():
    two_old = proposed(("公开市级部门预算情况甲", "公开市级部门预算情况乙"), ("公开市级部门预算情况",))
    two_new = proposed(("公开市级部门预算情况",), ("公开市级部门预算情况甲", "公开市级部门预算情况乙"))

    assert two_old["P2-001"][0] == ASK
    assert set(two_old["P2-001"][1]) == {"P1-001", "P1-002"}
    assert [two_new[wp][0] for wp in ("P2-001", "P2-002")] == [ASK, ASK]


def test_equal_texts_are_told_apart_by_their_place_or_asked():
    by_place = proposed(("甲乙丙丁戊", "甲乙丙丁戊"), ("甲乙丙丁戊", "甲乙丙丁戊"))
    one_gone = proposed(("甲乙丙丁戊", "子丑寅卯辰", "甲乙丙丁戊"), ("子丑寅卯辰", "甲乙丙丁戊"))

    assert by_place == {"P2-001": ("continued", ("P1-001",)), "P2-002": ("continued", ("P1-002",))}
    assert one_gone["P2-002"][0] == ASK


def test_a_better_partner_elsewhere_makes_no_tie():
    result = proposed(
        ("公开市级部门预算和决算，细化到科目", "公开市级部门预算和决算"),
        ("公开市级部门预算和决算", "公开市级部门预算和决算，细化到科目，公布说明"),
    )

    assert result["P2-001"] == ("continued", ("P1-002",))
    assert result["P2-002"] == ("continued", ("P1-001",))


PIECES = (
    "公开预算",
    "发布环境质量",
    "公布招生范围",
    "举办培训班",
    "清理证明事项",
    "开放数据目录",
    "修订目录",
    "整合热线",
)
texts = st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map("，".join), max_size=7)


@given(old=texts, new=texts)
@examples(150)
def test_every_item_is_proposed_once_and_no_item_of_last_year_for_two_unless_it_was_split(old, new):
    olds, news = points("P1", *old), points("P2", *new)
    result = propose_years(olds, news)

    proposals_of: dict[str, list[LinkProposal]] = {}
    for wp, entry in result.items():
        if wp.startswith("P2"):
            for other in entry.others if entry.how != ASK else ():
                proposals_of.setdefault(other, []).append(entry)
    assert {entry.id for entry in news} <= result.keys()
    assert {entry.id for entry in olds} <= result.keys() | {
        other for entry in result.values() for other in entry.others
    }
    for proposals in proposals_of.values():
        assert len(proposals) == 1 or {entry.how for entry in proposals} == {"divided"}
    assert not [wp for wp in result if wp.startswith("P1") and wp in proposals_of]


@given(texts=st.lists(st.sampled_from(PIECES), unique=True, min_size=1), data=st.data())
@examples(60)
def test_a_plan_that_was_only_renumbered_goes_on_item_by_item(texts, data):
    shuffled = data.draw(st.permutations(texts))
    result = proposed(texts, shuffled)

    assert result == {
        f"P2-{n:03}": ("continued", (f"P1-{texts.index(text) + 1:03}",)) for n, text in enumerate(shuffled, 1)
    }


TEXTS = ("公开部门预算和决算", "按月发布环境空气质量", "及时公布义务教育招生范围", "公开政府采购项目清单")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("1.公开预算", "公开预算"),
        ("（三）公开2025年预算", "公开预算"),
        ("一、2026年度公开预算", "公开预算"),
        ("12月底前公开", "12月底前公开"),
        ("３．公开预算。", "公开预算"),
    ],
)
def test_numbers_of_headings_and_names_of_years_say_nothing(text, left):
    assert words(text) == left


def test_what_stands_in_every_item_weighs_next_to_nothing():
    scale = Scale([f"公开{text}" for text in ("甲乙丙丁", "戊己庚辛", "子丑寅卯", "辰巳午未")])

    assert scale.likeness("公开甲乙丙丁", "公开戊己庚辛") < 0.1


def test_a_text_that_stands_whole_in_a_longer_one_is_alike_though_most_of_that_is_other():
    scale = Scale([*TEXTS, "推进财政信息公开，公开部门预算和决算，细化到项级科目，按季度公布执行情况"])
    long = "推进财政信息公开，公开部门预算和决算，细化到项级科目，按季度公布执行情况"

    assert scale.likeness("公开部门预算和决算", long) > 0.4
    assert scale.containment("公开部门预算和决算", long) == 1.0
    assert scale.containment(long, "公开部门预算和决算") < 0.5


def test_short_texts_are_like_themselves_only():
    scale = Scale([*TEXTS, "培训", "培训班"])

    assert (scale.likeness("培训", "培训"), scale.likeness("培训", "培训班")) == (1.0, 0.0)


def test_equal_headings_help_and_do_not_decide():
    scale = Scale(TEXTS)
    plain = scale.likeness("公开部门预算", "公开部门预算和决算情况", headings=("一、财政", "二、民生"))
    same = scale.likeness("公开部门预算", "公开部门预算和决算情况", headings=("一、财政", "三、财政"))

    assert plain < same <= plain + 0.1 + 1e-9
    assert scale.likeness(TEXTS[0], TEXTS[1], headings=("财政", "财政")) < 0.22


text = st.text(alphabet="公开预算决算教育招生环境质量项目", min_size=0, max_size=20)


@given(one=text, other=text, rest=st.lists(text, max_size=4))
def test_likeness_lies_between_0_and_1_and_has_no_direction(one, other, rest):
    scale = Scale([one, other, *rest])
    result = scale.likeness(one, other)

    assert 0.0 <= result <= 1.0
    assert result == scale.likeness(other, one)
    assert scale.likeness(one, one) == 1.0


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
