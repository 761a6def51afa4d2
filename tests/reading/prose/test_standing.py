"""Units that are said once for several tasks."""

from tests.support.drawn_plans import allotments, lines, read, who
from tracker.reading.plan import PlanReading


def reading(text: str) -> PlanReading:
    return read(*lines(text), kind="txt")


def test_a_bracket_that_speaks_of_all_tasks_of_its_part_answers_for_each():
    plan_reading = reading("""
    丘坪县2026年茶园改造工作要点
    一、更新茶树（本部分各项任务由县茶业中心牵头，县农技站、各茶场配合）
    1.挖除老茶树八百亩，补植无性系良种。
    2.茶苗调运前抽检，带病的就地销毁。
    二、修整步道（责任单位：县交通局）
    3.采茶步道铺碎石，六月底前铺完。
    """)

    assert [who(point) for point in plan_reading.plan.work_points] == [
        "牵:县茶业中心 配:县农技站、各茶场",
        "牵:县茶业中心 配:县农技站、各茶场",
        "责:县交通局",
    ]
    assert [point.section for point in plan_reading.plan.work_points] == ["一、更新茶树"] * 2 + [
        "二、修整步道"
    ]
    assert all(point.inherited for point in plan_reading.plan.work_points)


def test_those_who_only_help_with_every_task_stand_beside_its_own_units_to_the_end_of_the_part():
    plan_reading = reading("""
    丘坪县2026年水库除险方案
    一、加固坝体（各项任务均需库区乡镇配合，以下不再逐项列出）
    1.坝坡翻压两层，坝脚设排水沟。（县水利局牵头）
    2.闸门换橡胶止水。（县水电公司负责）
    二、资金安排
    3.配套资金三月前拨到专户。（县财政局负责）
    """)

    assert [who(point) for point in plan_reading.plan.work_points] == [
        "牵:县水利局 配:库区乡镇",
        "责:县水电公司 配:库区乡镇",
        "责:县财政局",
    ]


CLOSED = """
丘坪县2026年老街修缮任务分解
一、修房
1.临街木楼换瓦，瓦型与旧瓦一致。
2.危墙先支护，再逐面翻修。
以上任务由县住建局牵头，县文旅局、老街管委会配合。
二、理线
3.空中线缆全部入地。（县电力公司）
"""


def test_a_sentence_behind_items_answers_for_those_that_name_nobody():
    plan_reading = reading(CLOSED)

    assert allotments(plan_reading) == [
        ("临街木楼换瓦，瓦型与旧瓦一致。", "牵:县住建局 配:县文旅局、老街管委会"),
        ("危墙先支护，再逐面翻修。", "牵:县住建局 配:县文旅局、老街管委会"),
        ("空中线缆全部入地。", "责:县电力公司"),
    ]


def test_it_leaves_alone_what_names_its_own():
    plan_reading = reading(CLOSED.replace("瓦型与旧瓦一致。", "瓦型与旧瓦一致。（县古建队）"))

    assert who(plan_reading.plan.work_points[0]) == "责:县古建队"


def test_a_sentence_before_items_answers_to_the_end_of_its_level():
    plan_reading = reading("""
    丘坪县2026年集市管理要点
    一、入市经营
    以下各项工作均由县市场监管局负责。
    1.划定摊位线，线外不摆摊。
    2.活禽与熟食分区经营。
    二、车辆停放
    1.集日东门单行。（县交警大队）
    2.北门设临时车位。
    """)

    assert allotments(plan_reading)[:2] == [
        ("划定摊位线，线外不摆摊。", "责:县市场监管局"),
        ("活禽与熟食分区经营。", "责:县市场监管局"),
    ]
    assert [point.requirement for point in plan_reading.plan.work_points][2:] == ["集日东门单行。"]


def test_a_heading_that_leads_and_items_that_name_only_who_helps_answer_together():
    plan_reading = reading("""
    丘坪县2026年爱鸟护鸟安排
    一、看护湿地（牵头单位：县林业局）
    1.候鸟季每天巡护两次。（配合单位：湿地公园）
    2.封堵盗猎小路三条。（配合单位：县公安局）
    """)

    assert [who(point) for point in plan_reading.plan.work_points] == [
        "牵:县林业局 配:湿地公园",
        "牵:县林业局 配:县公安局",
    ]


UNITS_BELOW = """
    丘坪县2026年古道修复要点
    一、清理路面
    责任单位：县交通局；配合单位：县林业局
    完成时限：6月底前
    （一）塌方逐处清除，碎石就地铺路。
    （二）补种护坡灌木，10月底前种完。
    二、整修凉亭
    牵头单位：县文旅局
    瓦面翻盖，梁柱防虫。
    亭内设长凳。
    三、立碑
    责任单位：县档案馆
    四、办展
    责任单位：县博物馆
    （一）征集物件
    征集马灯、驮鞍三十件。
    （二）布置展厅
"""


def test_units_in_a_line_below_a_heading_answer_for_all_that_stands_below_it():
    plan_reading = reading(UNITS_BELOW)

    assert allotments(plan_reading) == [
        ("塌方逐处清除，碎石就地铺路。", "责:县交通局 配:县林业局"),
        ("补种护坡灌木，10月底前种完。", "责:县交通局 配:县林业局"),
        ("瓦面翻盖，梁柱防虫。 亭内设长凳。", "牵:县文旅局"),
        ("立碑", "责:县档案馆"),
        ("征集马灯、驮鞍三十件。", "责:县博物馆"),
        ("布置展厅", "责:县博物馆"),
    ]
    assert [point.section for point in plan_reading.plan.work_points] == [
        "一、清理路面", "一、清理路面", "二、整修凉亭", "", "四、办展", "四、办展",
    ]  # fmt: skip


def test_the_time_limit_below_a_heading_is_that_of_what_names_no_day_itself():
    limits = [point.deadline.text for point in reading(UNITS_BELOW).plan.work_points]

    assert limits == ["6月底前", "10月底前", "", "", "", ""]


def test_units_below_a_heading_may_follow_its_time_limit_and_its_words_may_be_a_line_without_a_number():
    plan_reading = reading("""
    丘坪县2026年古道修复要点
    清理路面
    完成时限：6月底前
    责任单位：县交通局
    塌方逐处清除，碎石就地铺路。
    整修凉亭
    责任单位：县文旅局
    瓦面翻盖，梁柱防虫。
    """)

    assert allotments(plan_reading) == [
        ("塌方逐处清除，碎石就地铺路。", "责:县交通局"),
        ("瓦面翻盖，梁柱防虫。", "责:县文旅局"),
    ]
    assert [point.section for point in plan_reading.plan.work_points] == ["清理路面", "整修凉亭"]


def test_items_that_name_who_answers_keep_those_who_lead_their_heading():
    plan_reading = reading("""
    丘坪县2026年古道修复要点
    一、清理路面
    牵头单位：县交通局
    围绕清理路面，做好以下工作：
    1.塌方逐处清除。责任单位：各乡镇
    2.碎石就地铺路。
    二、整修凉亭
    责任单位：县文旅局
    1.瓦面翻盖。（县住建局）
    2.梁柱防虫。
    """)

    assert allotments(plan_reading) == [
        ("塌方逐处清除。", "牵:县交通局 责:各乡镇"),
        ("碎石就地铺路。", "牵:县交通局"),
        ("瓦面翻盖。", "责:县住建局"),
        ("梁柱防虫。", "责:县文旅局"),
    ]


def test_the_same_as_above_takes_the_units_of_the_work_point_before():
    plan_reading = reading("""
    丘坪县2026年健康步行活动安排
    1.每月走一次全县环线。责任单位：县文体局（牵头）、县卫健局
    2.设补水点六处。责任单位：同上
    3.发放计步手环。（责任单位同上）
    """)

    assert [who(point) for point in plan_reading.plan.work_points] == ["牵:县文体局 责:县卫健局"] * 3
    assert [point.inherited for point in plan_reading.plan.work_points] == [False, True, True]


def test_who_leads_may_be_said_in_the_first_bracket_for_all_that_follow():
    plan_reading = reading("""
    丘坪县2026年茶园改造工作要点
    1.挖除老茶树八百亩。（县茶业中心、县林业局负责，排在第一位的部门为牵头部门，下同）
    2.茶苗调运前抽检。（县农技站、县茶业中心负责）
    3.采茶步道铺碎石。（县交通局负责）
    """)

    assert [who(point) for point in plan_reading.plan.work_points] == [
        "牵:县茶业中心 责:县林业局",
        "牵:县农技站 责:县茶业中心",
        "牵:县交通局",
    ]


def test_who_leads_in_one_bracket_alone_is_said_of_it_alone():
    plan_reading = reading("""
    丘坪县2026年茶园改造工作要点
    1.挖除老茶树八百亩。（县茶业中心、县林业局负责，排在第一位的部门为牵头部门）
    2.茶苗调运前抽检。（县农技站、县茶业中心负责）
    """)

    assert [who(point) for point in plan_reading.plan.work_points] == [
        "牵:县茶业中心 责:县林业局",
        "责:县农技站、县茶业中心",
    ]
