"""Lists by unit, with and without words of their own at the items."""

from tests.support.drawn_plans import lines, read, who
from tracker.reading.plan.plan import PlanReading

LIST = """
丘坪县2026年招商任务分解
{preface}
一、县商务局
1.跑遍三省商会，签约十家。（配合单位：县工商联）
2.整理闲置厂房名册。
二、县农业局、县供销社
3.引进果品加工企业两家。（配合单位：县农科所）
三、工作要求
各单位按月报送进度。
"""


def reading(text: str) -> PlanReading:
    return read(*lines(text), kind="txt")


def test_the_unit_of_the_heading_and_those_of_the_bracket_answer_together():
    found = reading(LIST.format(preface="各部分标题所列单位为牵头单位，括号内为配合单位。"))

    assert [who(point) for point in found.plan.work_points] == [
        "牵:县商务局 配:县工商联",
        "牵:县商务局",
        "牵:县农业局、县供销社 配:县农科所",
    ]
    assert [point.section for point in found.plan.work_points] == ["一、县商务局"] * 2 + [
        "二、县农业局、县供销社"
    ]


def test_without_a_word_about_headings_their_unit_is_responsible():
    found = reading(LIST.format(preface="任务如下。"))

    assert [who(point) for point in found.plan.work_points][:2] == ["责:县商务局 配:县工商联", "责:县商务局"]


def test_a_name_that_stands_alone_above_items_is_such_a_heading():
    found = reading("""
    丘坪县2026年文明旅游任务清单
    县文旅局
    1.景区讲解词全部重写。（配合单位：县史志办）
    2.讲解员持证上岗。
    县交通局
    3.旅游专线七点发首班。
    """)

    assert [who(point) for point in found.plan.work_points] == [
        "责:县文旅局 配:县史志办",
        "责:县文旅局",
        "责:县交通局",
    ]


def test_names_below_their_items_are_no_headings():
    found = reading("""
    丘坪县2026年文明旅游任务清单
    1.景区讲解词全部重写。
    县文旅局负责
    2.讲解员持证上岗。
    县人社局负责
    3.旅游专线七点发首班。
    县交通局负责
    """)

    assert [who(point) for point in found.plan.work_points] == ["责:县文旅局", "责:县人社局", "责:县交通局"]
