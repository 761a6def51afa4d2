"""What a sentence says of some items by their numbers is said of each of them, or told."""

import pytest

from tests.support.drawn_plans import lines, places, read, who
from tracker.reading.plan.plan import PlanReading

TITLE = "丹霞县2026年古茶山保护任务"
BARE = ("1.测绘古茶树两千株。", "2.划定保护线。", "3.清除外来藤蔓。", "4.培训护树员四十人。")
OWNED = ("1.测绘古茶树两千株。（县林业局）", "2.划定保护线。（县住建局）", "3.清除外来藤蔓。（县农业农村局）")


def reading(*texts: str) -> PlanReading:
    return read(*lines("\n".join((TITLE, *texts))), kind="txt")


def answers(plan_reading: PlanReading) -> list[str]:
    return [who(point) for point in plan_reading.plan.work_points]


FORESTERS, HERITAGE = "责:县林业局", "责:县文旅局"


@pytest.mark.parametrize(
    ("sentence", "second", "fourth"),
    [
        ("前两项由县林业局负责，其余由县文旅局负责。", FORESTERS, HERITAGE),
        ("第1、2项由县林业局负责；第3至4项由县文旅局负责。", FORESTERS, HERITAGE),
        ("第1项和第2项由县林业局负责，后2项由县文旅局负责。", FORESTERS, HERITAGE),
        ("责任分工：第一、二项，县林业局；第三、四项，县文旅局。", FORESTERS, HERITAGE),
        ("上述第1—2项任务责任单位：县林业局；其他各项责任单位：县文旅局。", FORESTERS, HERITAGE),
        ("除第4项由县文旅局负责外，其余均由县林业局负责。", FORESTERS, HERITAGE),
        ("县林业局负责第1、2、3项，县文旅局负责第4项。", FORESTERS, HERITAGE),
        ("责任单位：县林业局（第1至3项）、县文旅局（第4项）", FORESTERS, HERITAGE),
        (
            "注：第2项由县林业局牵头、县财政局配合，其余各项由县文旅局负责。",
            "牵:县林业局 配:县财政局",
            HERITAGE,
        ),
    ],
)
@pytest.mark.parametrize("is_above", [True, False], ids=["above", "below"])
def test_each_item_that_a_sentence_counts_has_the_units_of_the_sentence(sentence, second, fourth, is_above):
    plan_reading = reading(*((sentence, *BARE) if is_above else (*BARE, sentence)))

    assert len(plan_reading.plan.work_points) == len(BARE)
    assert answers(plan_reading)[1::2] == [second, fourth]
    assert not plan_reading.findings


def test_who_helps_or_leads_stands_beside_the_units_of_an_item():
    plan_reading = reading(*OWNED, "第1、3项由县财政局配合，第2项由县自然资源局牵头。")

    assert answers(plan_reading) == [
        "责:县林业局 配:县财政局",
        "牵:县自然资源局 责:县住建局",
        "责:县农业农村局 配:县财政局",
    ]


def test_limits_are_given_to_the_items_that_the_sentence_counts_and_one_for_all_to_all():
    by_number = reading(*OWNED, "前2项5月底前完成，其余9月底前完成。")
    for_all = reading(*BARE, "前两项由县林业局负责，后两项由县文旅局负责，均于10月底前完成。")

    assert [str(point.deadline.due) for point in by_number.plan.work_points] == [
        "2026-05-31",
        "2026-05-31",
        "2026-09-30",
    ]
    assert {str(point.deadline.due) for point in for_all.plan.work_points} == {"2026-10-31"}
    assert not by_number.findings


def test_numbers_count_in_the_section_of_the_sentence_and_in_the_text_where_they_run_on():
    again = reading(
        "一、护树", *BARE[:2], "第1项由县林业局负责，第2项由县住建局负责。", "二、开放",
        "1.修步道。", "2.设展馆。", "第1项由县交通局负责，第2项由县文旅局负责。",
    )  # fmt: skip
    through = reading("一、护树", *OWNED[:2], "二、除藤", OWNED[2], "上述第1、3项由县财政局配合。")
    in_heading = reading("一、护树（第1项由县林业局牵头，第2项由县住建局牵头）", *BARE[:2])

    assert answers(again) == ["责:县林业局", "责:县住建局", "责:县交通局", "责:县文旅局"]
    assert answers(through)[::2] == ["责:县林业局 配:县财政局", "责:县农业农村局 配:县财政局"]
    assert answers(in_heading) == ["牵:县林业局", "牵:县住建局"]


def test_items_that_are_numbered_like_headings_are_items_where_a_sentence_counts_them():
    plan_reading = reading(
        "（一）测绘古茶树。", "（二）划定保护线。", "（三）清除藤蔓。",
        "以上（一）（二）项由县林业局牵头，（三）项由县农业农村局牵头。",
    )  # fmt: skip

    assert answers(plan_reading) == ["牵:县林业局", "牵:县林业局", "牵:县农业农村局"]


@pytest.mark.parametrize(
    "texts",
    [
        # A number that is none of the list, a unit beside one that answers, a day beside another one.
        (*OWNED, "第7项由县财政局牵头。"),
        (*OWNED, "第1项由县财政局负责。"),
        ("1.测绘古茶树，6月底前完成。（县林业局）", *OWNED[1:], "第1项8月20日前完成，第2项9月底前完成。"),
        # Numbers that run on through sections: from where do two count?
        ("一、护树", *OWNED[:2], "二、除藤", OWNED[2], "4.修步道。（县交通局）", "前2项由县财政局配合。"),
    ],
)
def test_what_cannot_be_given_to_items_is_told_and_changes_none(texts):
    plan_reading = reading(*texts)
    last = f"L{len(texts) + 1}"

    assert answers(plan_reading)[:3] == ["责:县林业局", "责:县住建局", "责:县农业农村局"]
    assert last in (*places(plan_reading, "unread"), *places(plan_reading, "unread-rule"))


def test_what_begins_with_a_number_and_is_about_no_items_stays_what_it_is():
    plan_reading = reading(*OWNED, "第三产业由县商务局统计。", "第一中学由县教育局督导。")

    assert answers(plan_reading)[:3] == ["责:县林业局", "责:县住建局", "责:县农业农村局"]
