"""Minutes and decisions that tell somebody what to do are plans: who, what and by when stand in their sentences."""

import pytest

from tests.support.drawn_plans import lines, read, who
from tracker.reading.plan.plan import PlanReading


def reading(text: str) -> PlanReading:
    return read(*lines(text), kind="txt")


def tasks_of(plan_reading: PlanReading) -> list[tuple[str, str]]:
    return [(who(point), str(point.deadline.due or "")) for point in plan_reading.plan.work_points]


WANTED = [
    ("责:市公安局", "2026-06-15"),
    ("牵:市城管局 配:市住建局、各街道", "2026-05-31"),
    ("责:市园林局", "2026-09-30"),
]
HEADS = {
    "numbers": (
        "澜江市夜市管理专题会议纪要\n2026年4月8日，副市长召集会议，议定如下：",
        "（一）",
        "（二）",
        "（三）",
    ),
    "paragraphs": ("澜江市夜市管理专题会议纪要（2026年4月8日）", "会议明确，", "会议要求，", "会议决定，"),
    "no title": ("2026年4月8日，副市长召集会议，研究夜市管理。", "会议明确，", "会议议定，", "会议决定，"),
    "a decision": ("澜江市城市管理委员会决定\n经2026年4月8日会议研究，决定：", "1.", "2.", "3."),
}
SENTENCES = {
    "whom it is given to": (
        "由市公安局负责，在路口加装隔离桩，6月15日前启用。",
        "由市城管局牵头，市住建局、各街道配合，于5月底前拿出摊位方案。",
        "由市园林局负责，补植行道树三百株，9月底前完成。",
    ),
    "who must": (
        "市公安局要在6月15日前加装隔离桩并启用。",
        "由市城管局牵头，市住建局、各街道配合，5月底前拿出摊位方案。",
        "市园林局应于9月底前补植行道树三百株。",
    ),
}


@pytest.mark.parametrize("sentences", SENTENCES.values(), ids=SENTENCES)
@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_what_minutes_tell_somebody_to_do_is_a_work_point(head, sentences):
    front, *openings = head
    body = "\n".join(opening + text for opening, text in zip(openings, sentences, strict=True))
    plan_reading = reading(f"{front}\n{body}\n各单位要加强配合，形成合力。")

    assert tasks_of(plan_reading) == WANTED
    assert not [finding for finding in plan_reading.findings if finding.code != "source-year"]


def test_headings_of_minutes_stay_headings_and_those_who_were_there_answer_for_nothing():
    plan_reading = reading("""
    澜江市夜市管理专题会议纪要
    时间：2026年4月8日
    地点：市政府三楼会议室
    参加单位：市公安局、市城管局、市住建局
    记录：市政府办
    一、关于路口
    会议听取了汇报。由市公安局负责，加装隔离桩，6月15日前启用。
    二、关于经费
    所需经费由市财政局审核后拨付，5月底前到位。
    """)

    assert tasks_of(plan_reading) == [("责:市公安局", "2026-06-15"), ("责:市财政局", "2026-05-31")]
    assert [point.section for point in plan_reading.plan.work_points] == ["一、关于路口", "二、关于经费"]
    assert plan_reading.plan.title == "澜江市夜市管理专题会议纪要"


def test_below_a_line_that_resolves_no_day_is_needed():
    plan_reading = reading("""
    澜江市政府专题会议纪要
    会议议定以下事项：
    一、同意修缮老码头。由市文旅局牵头，市住建局配合。
    二、同意调整公交线路。由市交通局负责，加密早晚班次。
    """)

    assert tasks_of(plan_reading) == [("牵:市文旅局 配:市住建局", ""), ("责:市交通局", "")]


def test_items_that_one_line_counts_are_parted_where_each_names_somebody():
    plan_reading = reading("""
    澜江市夜市管理联席会议纪要（2026年4月8日）
    会议议定：①市城管局负责更换果皮箱，4月底前完成；②市住建局负责修补路面，5月底前完成。
    """)

    assert tasks_of(plan_reading) == [("责:市城管局", "2026-04-30"), ("责:市住建局", "2026-05-31")]
    assert [point.no for point in plan_reading.plan.work_points] == ["①", "②"]
    assert not plan_reading.findings


def test_what_follows_the_verb_of_a_unit_is_no_unit():
    plan_reading = reading("""
    澜江市2026年江堤巡查任务
    1.由市水利局负责，加密巡查班次，每日报送。
    2.由市应急局牵头，市气象局配合，补足沙袋，5月底前到位。
    3.由市交通局负责，重新核定限载标准，6月底前完成。
    """)

    assert [who(point) for point in plan_reading.plan.work_points] == [
        "责:市水利局",
        "牵:市应急局 配:市气象局",
        "责:市交通局",
    ]
