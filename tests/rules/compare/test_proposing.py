"""Proposals for two years: one to one, pieces, ties that are asked."""

from __future__ import annotations

from hypothesis import given, strategies as st

from tests.support.drawn_years import points
from tests.support.properties import examples
from tracker.rules.compare.proposals import ASK, LinkProposal, propose_years


def proposed(old, new, **more):
    found = propose_years(points("P1", *old), points("P2", *new), **more)
    return {wp: (each.how, each.others) for wp, each in found.items()}


def test_reworded_renumbered_new_and_dropped():
    found = proposed(
        ("公开部门预算和决算", "按月发布环境空气质量信息", "举办成立二十周年纪念活动"),
        ("继续按月发布环境空气质量和水质信息", "细化部门预算、决算公开内容", "开放公共数据目录"),
    )

    assert found == {
        "P2-001": ("continued", ("P1-002",)),
        "P2-002": ("continued", ("P1-001",)),
        "P2-003": ("new", ()),
        "P1-003": ("dropped", ()),
    }


def test_what_was_put_together_and_what_was_split():
    found = proposed(
        ("建设首贷服务中心", "每季度举办银企对接会", "修订执法公示办法，开展执法人员培训"),
        ("建设首贷服务中心；每季度举办银企对接会", "修订执法公示办法", "开展执法人员培训"),
    )

    assert found == {
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
    found = proposed(
        ("公开市级部门预算和决算，细化到科目", "公开市级部门预算和决算"),
        ("公开市级部门预算和决算", "公开市级部门预算和决算，细化到科目，公布说明"),
    )

    assert found["P2-001"] == ("continued", ("P1-002",))
    assert found["P2-002"] == ("continued", ("P1-001",))


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
    found = propose_years(olds, news)

    taken: dict[str, list[LinkProposal]] = {}
    for wp, each in found.items():
        if wp.startswith("P2"):
            for other in each.others if each.how != ASK else ():
                taken.setdefault(other, []).append(each)
    assert {each.id for each in news} <= found.keys()
    assert {each.id for each in olds} <= found.keys() | {
        other for each in found.values() for other in each.others
    }
    for proposals in taken.values():
        assert len(proposals) == 1 or {each.how for each in proposals} == {"divided"}
    assert not [wp for wp in found if wp.startswith("P1") and wp in taken]


@given(texts=st.lists(st.sampled_from(PIECES), unique=True, min_size=1), data=st.data())
@examples(60)
def test_a_plan_that_was_only_renumbered_goes_on_item_by_item(texts, data):
    shuffled = data.draw(st.permutations(texts))
    found = proposed(texts, shuffled)

    assert found == {
        f"P2-{n:03}": ("continued", (f"P1-{texts.index(text) + 1:03}",)) for n, text in enumerate(shuffled, 1)
    }
