"""Units at the head of a paragraph, inside its sentence, or behind a dash."""

import pytest

from tests.support.drawn_plans import allotments, lines, places, read, who
from tracker.problems.reading import NotAPlan
from tracker.reading.plan import PlanReading


def reading(text: str) -> PlanReading:
    return read(*lines(text), kind="txt")


OPENED = """
桐浦区2026年实事项目责任分解
一、出行类
区交通局：开通夜间公交四条，末班延到零点。
区城管局（牵头），区交警大队、各街道：划非机动车位两千个，十月底前划完。
二、健康类
区卫健局、区医保局：社区站全部能开慢病长处方。
区残联，配合单位：区民政局：为听障儿童配助听器六十台。
各责任单位要倒排工期。
"""


def test_units_before_the_colon_answer_for_what_follows():
    assert allotments(reading(OPENED)) == [
        ("开通夜间公交四条，末班延到零点。", "责:区交通局"),
        ("划非机动车位两千个，十月底前划完。", "牵:区城管局 责:区交警大队、各街道"),
        ("社区站全部能开慢病长处方。", "责:区卫健局、区医保局"),
        ("为听障儿童配助听器六十台。", "责:区残联 配:区民政局"),
    ]


@pytest.mark.parametrize("title", ["桐浦区防汛应急预案", "桐浦区专题会议纪要", "上半年重点工作情况汇报"])
def test_the_same_words_in_rules_minutes_and_reports_give_nobody_a_task(title):
    with pytest.raises(NotAPlan):
        reading(OPENED.replace("桐浦区2026年实事项目责任分解", title).replace("，配合单位：区民政局", ""))


def test_units_inside_the_sentence_answer_and_the_sentence_stays_whole():
    plan_reading = reading("""
    桐浦区2026年改革工作要点
    一、经济领域
    1.推行用地清单制，由区资规局牵头，区住建局、区水务局参与，三季度印发办法。
    2.由区发改局、区国资办负责清理低效厂房，盘活五万平方米。
    二、社会领域
    3.社区减负清单，由区民政局牵头制定，年底前公布。
    """)

    assert allotments(plan_reading) == [
        (
            "推行用地清单制，由区资规局牵头，区住建局、区水务局参与，三季度印发办法。",
            "牵:区资规局 配:区住建局、区水务局",
        ),
        ("由区发改局、区国资办负责清理低效厂房，盘活五万平方米。", "责:区发改局、区国资办"),
        ("社区减负清单，由区民政局牵头制定，年底前公布。", "牵:区民政局"),
    ]


def test_where_brackets_are_the_habit_a_name_inside_a_sentence_gives_no_task():
    plan_reading = reading("""
    桐浦区2026年改革工作要点
    1.推行用地清单制。（区资规局）
    2.清理低效厂房。（区发改局）
    3.公布社区减负清单。（区民政局）
    各单位抓好落实，由区督查室负责督促检查，区委改革办配合。
    """)

    assert len(plan_reading.plan.work_points) == 3


def test_names_behind_a_dash_answer():
    plan_reading = reading("""
    桐浦区2026年助餐任务
    ①改造敬老院三所，九月底前完工——区民政局牵头，区住建局配合
    ②增设助餐点十个——各街道办事处
    """)

    assert [who(point) for point in plan_reading.plan.work_points] == [
        "牵:区民政局 配:区住建局",
        "责:各街道办事处",
    ]


def test_units_in_a_bracket_at_the_head_of_an_item_answer_for_it():
    plan_reading = reading("""
    桐浦区2026年实事项目责任分解
    1.【区交通局】开通夜间公交四条。
    2.［区城管局、各街道］划非机动车位两千个。
    3.【区卫健局牵头，区医保局配合】社区站开慢病长处方。
    4.【区民政局｜每月】为独居老人送餐上门。
    """)

    assert allotments(plan_reading) == [
        ("开通夜间公交四条。", "责:区交通局"),
        ("划非机动车位两千个。", "责:区城管局、各街道"),
        ("社区站开慢病长处方。", "牵:区卫健局 配:区医保局"),
        ("为独居老人送餐上门。", "责:区民政局"),
    ]
    assert plan_reading.plan.work_points[3].deadline.text == "每月"


PLAIN = """
桐浦区2026年实事项目责任分解
一、出行
开通夜间公交四条。责任单位：区交通局。
划非机动车位两千个，由区城管局牵头，各街道配合。
二、保障
区财政局负责落实资金，按季拨付到项目。
"""


def test_the_end_of_a_sentence_says_who_answers_where_paragraphs_without_a_number_are_items():
    assert allotments(reading(PLAIN)) == [
        ("开通夜间公交四条。", "责:区交通局"),
        ("划非机动车位两千个，由区城管局牵头，各街道配合。", "牵:区城管局 配:各街道"),
    ]


def test_a_text_that_names_somebody_in_a_form_that_is_no_habit_is_told():
    assert places(reading(PLAIN), "unread") == ["L6"]


def test_a_sentence_before_the_items_says_which_of_their_units_lead():
    plan_reading = reading("""
    桐浦区2026年实事项目责任分解
    （各项任务中列第一位的为牵头单位，其余为配合单位）
    1.开通夜间公交四条。（区交通局、区公安局）
    2.社区站开慢病长处方。（区卫健局）
    """)

    assert [who(point) for point in plan_reading.plan.work_points] == [
        "牵:区交通局 配:区公安局",
        "牵:区卫健局",
    ]


def test_what_each_unit_does_stays_in_the_requirement():
    plan_reading = reading("""
    桐浦区2026年实事项目责任分解
    1.开通公交。区交通局负责开通夜间公交四条，区财政局负责补贴资金。
    2.开慢病长处方。区卫健局负责社区站药品目录。
    3.听障救助。区残联牵头。
    """)

    assert [point.requirement for point in plan_reading.plan.work_points] == [
        "开通公交。区交通局负责开通夜间公交四条，区财政局负责补贴资金。",
        "开慢病长处方。区卫健局负责社区站药品目录。",
        "听障救助。",
    ]


def test_a_bracket_inside_an_item_that_names_somebody_who_does_not_answer_for_it_is_told():
    plan_reading = reading("""
    桐浦区2026年实事项目责任分解
    1.开通夜间公交四条（区交通局），划非机动车位两千个（区城管局），建候车亭十座（区住建局）。
    2.“区卫生中心”和社区站（含服务点）开慢病长处方（区卫健局）。
    """)

    assert places(plan_reading, "unread") == ["L2"]


def test_a_bracket_with_a_bare_name_behind_a_sentence_ends_its_item():
    result = reading("""
        桐浦区2026年实事项目责任分解
        添置健身器材四十套。（社区）疏通楼道两百处。责任单位：区城管局""")

    assert allotments(result) == [("添置健身器材四十套。", "责:社区"), ("疏通楼道两百处。", "责:区城管局")]
