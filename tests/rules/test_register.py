"""Which body a written name means: exactly, or asked."""

import datetime as dt

import pytest

from tracker.rules.register import Register, RegisterName, resembles


def register(*names, on=None):
    return Register([RegisterName(f"U{n:03}", name) for n, name in enumerate(names, 1)], on=on)


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ("市发展和改革局", "市发展改革局"),
        ("市人力资源和社会保障局", "市人力资源社会保障局"),
        ("市市场监督管理局", "市市场监管局"),
        ("市人民政府办公室", "市政府办"),
        ("市国有资产监督管理委员会", "市国有资产监管委"),
        ("各县（市、区）人民政府（管委会）", "各县(市、区)人民政府(管委会)"),
        ("市税务局", "市 税务局"),
        ("市數據局", "市数据局"),
    ],
)
def test_full_and_short_forms_of_one_body_are_the_same(known, written):
    assert register(known).resolve(written).unit == "U001"


@pytest.mark.parametrize(
    ("one", "other"),
    [("市政府办", "市政管办"), ("市工商局", "市工商联"), ("市财政局", "市审计局"), ("市教育局", "县教育局")],
)
def test_similar_names_of_different_bodies_are_never_joined(one, other):
    assert register(one).resolve(other).unit == ""


def test_a_left_out_level_is_that_of_the_name_before():
    found = register("省财政厅", "市财政厅").resolve("财政厅", before="省科技厅")

    assert found.unit == "U001"


def test_a_name_that_two_bodies_bear_is_a_question():
    found = Register([RegisterName("U001", "新区管委会"), RegisterName("U002", "新区管委会")]).resolve(
        "新区管委会"
    )

    assert (found.unit, found.candidates) == ("", ("U001", "U002"))


def test_the_nearest_candidates_come_first():
    assert register("市体育局", "市发展改革局").resolve("市发改局").candidates[0] == "U002"


def test_a_name_counts_only_while_it_is_borne():
    names = [
        RegisterName("U001", "市工商局", None, dt.date(2019, 1, 31)),
        RegisterName("U002", "市市场监管局", dt.date(2019, 2, 1), None),
    ]

    before, after = Register(names, on=dt.date(2018, 7, 2)), Register(names, on=dt.date(2019, 7, 1))

    assert before.resolve("市工商局").unit == "U001"
    assert after.resolve("市工商局").unit == ""
    assert after.resolve("市市场监管局").unit == "U002"


@pytest.mark.parametrize(("one", "other"), [("市住建局", "市住房城乡建设局"), ("市卫健委", "市卫生健康局")])
def test_popular_short_forms_are_asked(one, other):
    assert resembles(one, other)
    assert resembles(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("市教育局", "市体育局"), ("市水利局", "市气象局"), ("市政府办", "市政府研究室")]
)
def test_ordinary_neighbours_are_not_asked(one, other):
    assert not resembles(one, other)
