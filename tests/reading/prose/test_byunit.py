"""Lists by unit, with and without words of their own at the items."""

from tests.support.drawn_plans import lines, read, who
from tracker.reading.plan import PlanReading

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
    plan_reading = reading(LIST.format(preface="各部分标题所列单位为牵头单位，括号内为配合单位。"))

    assert [who(point) for point in plan_reading.plan.work_points] == [
        "牵:县商务局 配:县工商联",
        "牵:县商务局",
        "牵:县农业局、县供销社 配:县农科所",
    ]
    assert [point.section for point in plan_reading.plan.work_points] == ["一、县商务局"] * 2 + [
        "二、县农业局、县供销社"
    ]


def test_without_a_word_about_headings_their_unit_is_responsible():
    plan_reading = reading(LIST.format(preface="任务如下。"))

    assert [who(point) for point in plan_reading.plan.work_points][:2] == [
        "责:县商务局 配:县工商联",
        "责:县商务局",
    ]


def test_a_name_that_stands_alone_above_items_is_such_a_heading():
    plan_reading = reading("""
    丘坪县2026年文明旅游任务清单
    县文旅局
    1.景区讲解词全部重写。（配合单位：县史志办）
    2.讲解员持证上岗。
    县交通局
    3.旅游专线七点发首班。
    """)

    assert [who(point) for point in plan_reading.plan.work_points] == [
        "责:县文旅局 配:县史志办",
        "责:县文旅局",
        "责:县交通局",
    ]


def test_names_below_their_items_are_no_headings():
    plan_reading = reading("""
    丘坪县2026年文明旅游任务清单
    1.景区讲解词全部重写。
    县文旅局负责
    2.讲解员持证上岗。
    县人社局负责
    3.旅游专线七点发首班。
    县交通局负责
    """)

    assert [who(point) for point in plan_reading.plan.work_points] == [
        "责:县文旅局",
        "责:县人社局",
        "责:县交通局",
    ]


def test_a_unit_over_one_sentence_among_units_over_numbered_items_answers_for_it():
    plan = reading("""
    云溪县2026年人才工作任务分工
    县委组织部：1.开展需求调查。2.组织返乡宣讲。
    县财政局：落实专项资金五百万元。
    县教育局：1.引进骨干教师。2.办好名师工作室。
    """).plan

    assert [(point.requirement, who(point)) for point in plan.work_points] == [
        ("开展需求调查。", "责:县委组织部"),
        ("组织返乡宣讲。", "责:县委组织部"),
        ("落实专项资金五百万元。", "责:县财政局"),
        ("引进骨干教师。", "责:县教育局"),
        ("办好名师工作室。", "责:县教育局"),
    ]


def test_a_title_that_names_units_in_a_bracket_is_no_task_and_lends_them():
    plan = reading("""
    2026年城区停车秩序整治工作方案（区城管局、区交警大队）
    1.施划停车泊位三百个。（区住建局）
    2.拆除私设地锁。
    3.查处占道停车。（区交警大队）
    """).plan

    assert [who(point) for point in plan.work_points] == [
        "责:区住建局",
        "责:区城管局、区交警大队",
        "责:区交警大队",
    ]


def test_what_stands_below_the_units_of_every_card_is_required_and_the_heading_is_its_task():
    plan = reading("""
    某县2026年燃气安全行动方案
    任务一：隐患排查
    牵头单位：县住建局
    完成时限：4月底
    对全县餐饮场所逐户排查。
    任务二：管网更新
    牵头单位：县城管局
    完成时限：10月底
    更新老化管道二十公里。
    任务三：宣传教育
    牵头单位：县教育局
    完成时限：6月底
    开展安全进校园活动。
    """).plan

    assert [(point.requirement, who(point), point.deadline.text) for point in plan.work_points] == [
        ("对全县餐饮场所逐户排查。", "牵:县住建局", "4月底"),
        ("更新老化管道二十公里。", "牵:县城管局", "10月底"),
        ("开展安全进校园活动。", "牵:县教育局", "6月底"),
    ]


def test_a_unit_that_is_the_heading_is_said_of_each_item_and_one_beside_its_words_is_continued():
    by_unit = reading(LIST.format(preface="各部分标题所列单位为牵头单位。"))
    beside = reading("""
    某县2026年保洁任务分工
    一、河道保洁（县水利局）
    1.清漂三公里。
    2.清淤五公里。
    二、公路保洁（县交通局）
    3.清边沟。
    """)

    assert [point.inherited for point in by_unit.plan.work_points] == [False] * 3
    assert [point.inherited for point in beside.plan.work_points] == [True] * 3
