"""What two texts of different years share, weighed by how rare it is."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from tracker.rules.compare.proposals import Scale, words

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
    found = scale.likeness(one, other)

    assert 0.0 <= found <= 1.0
    assert found == scale.likeness(other, one)
    assert scale.likeness(one, one) == 1.0
