"""Chapters of a text that are none of its plan, and plans that stand in one file."""

from tests.support.drawn_plans import lines, read, who
from tracker.reading.plan import PlanReading


def reading(text: str) -> PlanReading:
    return read(*lines(text), kind="txt")


def requirements(text: str) -> list[str]:
    return [point.requirement for point in reading(text).plan.work_points]


def test_what_was_done_is_no_task_where_a_later_chapter_says_what_is_to_be_done():
    report = """
    丘坪县2026年茶业重点任务
    一、2025年工作完成情况
    1.改造茶园三百亩，由县茶业中心牵头实施。
    2.建成冷库两座。（县供销社）
    二、2026年重点任务
    1.改造茶园五百亩，9月底前完成。（县茶业中心牵头，县农技站配合）
    2.培训制茶师六十名。（县人社局）
    """

    assert requirements(report) == ["改造茶园五百亩，9月底前完成。", "培训制茶师六十名。"]


def test_a_chapter_on_what_goes_on_keeps_its_tasks_where_none_looks_ahead():
    report = """
    丘坪县2026年茶业任务清单
    一、项目推进情况
    1.改造茶园三百亩。（县茶业中心）
    2.建成冷库两座。（县供销社）
    二、培训
    1.培训制茶师六十名。（县人社局）
    """

    assert len(requirements(report)) == 3


def test_the_year_of_a_title_that_looks_back_and_ahead_is_that_of_the_plan():
    plan = reading("""
    丘坪县2025年工作总结和2026年工作安排
    1.改造茶园五百亩，9月底前完成。（县茶业中心）
    2.培训制茶师六十名。（县人社局）
    """).plan

    assert plan.year == 2026


def test_the_second_annex_is_a_plan_where_its_items_name_somebody_and_a_list_where_they_are_members():
    head = """
    附件1
    丘坪县2026年茶业任务分工
    1.改造茶园五百亩。（县茶业中心）
    2.培训制茶师六十名。（县人社局）
    附件2
    """

    assert (
        len(requirements(head + "丘坪县2026年水利任务分工\n1.疏浚支渠。（县水利局）\n2.加固塘坝。（各乡镇）"))
        == 4
    )
    assert len(requirements(head + "成员单位名单\n1.县水利局\n2.县林业局\n3.县供销社")) == 2


def test_a_heading_with_its_first_and_last_day_sets_the_last_as_limit_of_its_items():
    points = reading("""
    2026年茶市保障日程
    第一阶段：筹备（3月1日至3月20日）
    1.搭建摊棚。（县供销社）
    第二阶段：开市（3月21日至4月5日）
    2.疏导交通。（县交通局，4月2日前）
    3.抽检春茶。（县茶业中心）
    """).plan.work_points

    assert [point.deadline.due.isoformat() for point in points] == ["2026-03-20", "2026-04-02", "2026-04-05"]


def test_who_helps_with_one_item_stands_beside_who_leads_all():
    points = reading("""
    丘坪县医院2026年改善服务任务
    一、门诊
    以下任务由门诊部牵头。
    1.推行分时段预约，4月底前实现。
    2.增设自助机八台，6月底前到位。信息科配合。
    """).plan.work_points

    assert [who(point) for point in points] == ["牵:门诊部", "牵:门诊部 配:信息科"]


def test_headings_that_say_who_leads_what_stands_below_lend_beside_one_that_names_nobody():
    points = reading("""
    丘坪县医院2026年重点工作
    一、医务科牵头的工作
    1.开展病历点评。
    2.组建卒中中心。
    二、护理部牵头的工作
    1.推行床旁交接。
    三、其他工作
    1.更新食堂设备。责任科室：后勤部
    """).plan.work_points

    assert [who(point) for point in points] == ["牵:医务科", "牵:医务科", "牵:护理部", "责:后勤部"]


def test_a_line_of_telephones_below_the_last_of_several_items_is_none():
    texts = requirements("""
    2026年开放日活动分工
    一、布置展板（宣传科，4月13日前）
    二、组织参观（教育科，4月14日前）
    三、汇总情况（办公室，4月18日前）
    联系人：王芳　联系电话：0312-5551234
    邮箱：kf@example.cn
    """)

    assert texts == ["布置展板", "组织参观", "汇总情况"]


def test_a_letter_that_asks_for_a_report_on_tasks_may_be_a_plan():
    letter = """
    关于报送2026年助残任务落实情况的函
    一、请县甲局牵头，6月底前完成两项补贴复核。
    二、请县乙局负责，9月底前开发公益岗位。
    三、请县丙局负责，8月底前落实送教上门。
    """

    assert len(requirements(letter)) == 3
