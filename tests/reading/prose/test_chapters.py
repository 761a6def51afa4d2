"""Chapters that are none of a plan, plans that stand in one file, and what stands around and between items."""

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


def test_units_that_a_label_leaves_blank_are_blank_and_those_of_the_item_before_are_not_lent():
    plan_reading = reading("""
    丘坪县2026年粮食安全任务清单
    1.轮换储备粮八千吨。
    责任单位：县粮储中心
    2.组织中小学生参观粮库。
    责任单位：
    3.恢复撂荒耕地种粮。
    责任单位：县农业局
    """)

    assert [who(point) for point in plan_reading.plan.work_points] == ["责:县粮储中心", "", "责:县农业局"]
    assert "no-unit" in [finding.code for finding in plan_reading.findings]


def test_an_item_with_a_number_of_two_parts_takes_the_units_of_the_one_before_it():
    points = reading("""
    丘坪县2026年农机安全工作
    1.购机补贴
    1.1 抽查补贴机具三百台。
    承办：县农机科
    2.农机安全
    2.1 年检率不低于七成。
    承办：县监理所
    2.2 对逾期未检的机具上门送检。
    2.3 组织机手培训十二期。
    承办：县推广站
    """).plan.work_points

    assert [(point.no, who(point), point.inherited) for point in points][1:] == [
        ("2.1", "责:县监理所", False),
        ("2.2", "责:县监理所", True),
        ("2.3", "责:县推广站", False),
    ]


def test_a_body_above_a_day_signs_the_text_below_a_full_line_that_lists_units():
    points = reading("""
    关于做好2026年禁毒重点工作的通知
    一、排查种植。4月20日至6月10日开展踏查，发现一株铲除一株。责任单位：各村（社区）
    二、管控人员。每月尿检一次，逐人建立档案。责任单位：派出所、社区戒毒康复中心
    三、宣传教育。6月26日前开展进校园宣讲十二场。责任单位：中心学校、禁毒办
    镇禁毒委员会办公室
    2026年3月20日
    """).plan.work_points

    assert who(points[-1]) == "责:中心学校、禁毒办"


def test_a_quotation_that_a_width_broke_and_a_bracket_that_was_never_closed_are_whole():
    texts = reading("""
    丘坪县法院2026年执行工作任务分解
    1．清理执行案款，对到账超过30天尚未发放的案款建立“一案一账
    号”台账，任何个人不得收取现金。
    （牵头单位：综合处；责任单位：督察室）
    2．旅游厕所评星挂牌。（牵头单位：县文旅局；责任单位：各县（市）人民政府
    """).plan.work_points

    assert [point.requirement for point in texts] == [
        "清理执行案款，对到账超过30天尚未发放的案款建立“一案一账号”台账，任何个人不得收取现金。",
        "旅游厕所评星挂牌。",
    ]
    assert who(texts[1]) == "牵:县文旅局 责:各县（市）人民政府"


def test_a_unit_that_leads_stands_with_a_colon_over_its_items_and_blanks_may_part_it_from_its_role():
    points = reading("""
    2026年国企改革任务
    区国资中心牵头：
    （1）完成三家企业压减，6月底前注销。
    （2）建立外部董事库。
    区财政局牵头：
    （3）清缴利润。
    """).plan.work_points
    lines_below = reading("""
    2026年更新任务
    1.改造易涝点九处，加装水位标尺。
    市住建局 牵头 ，市排水公司 负责
    2.建停车场三处，收费标准公示。
    市城管局牵头，市交警支队负责
    """).plan.work_points

    assert [who(point) for point in points] == ["牵:区国资中心", "牵:区国资中心", "牵:区财政局"]
    assert [who(point) for point in lines_below] == ["牵:市住建局 责:市排水公司", "牵:市城管局 责:市交警支队"]


def test_a_rule_on_all_items_and_one_on_some_of_them_may_share_a_sentence():
    points = reading("""
    丘坪县2026年农村公路养护任务
    1.清理边沟八十公里。（养护一队）
    2.修补坑槽三千平方米。（养护二队）
    3.粉刷行道树。（养护一队）
    以上任务5月底前完成，其中第3项4月15日前完成。
    """).plan.work_points

    assert [point.deadline.due.isoformat() for point in points] == ["2026-05-31", "2026-05-31", "2026-04-15"]


def test_who_was_at_a_meeting_answers_for_nothing_whatever_its_label():
    texts = requirements("""
    专题会议纪要
    时间：2026年5月6日
    地点：县政府三楼会议室
    主持：周平
    参加：县住建局、县财政局、南河镇
    会议研究了南河棚改收尾问题，议定如下：
    一、县自然资源局6月30日前完成首次登记，县住建局配合。
    二、县财政局5月20日前拨付到位。
    三、南河镇要在6月底前完成剩余六户签约。
    """)

    assert [text[:4] for text in texts] == ["县自然资", "县财政局", "南河镇要"]


def test_promises_by_unit_are_tasks_of_the_units_that_give_them():
    points = reading("""
    丘坪县2026年机关效能提升承诺事项
    县自然资源局承诺：
    1、清理闲置土地二百亩，10月底前完成。
    县人社局承诺：
    1、社保卡即时制卡，5月底前全县铺开。
    2、开办夜间窗口。
    """).plan.work_points

    assert [who(point) for point in points] == ["责:县自然资源局", "责:县人社局", "责:县人社局"]


def test_a_word_with_a_colon_that_stands_once_is_no_label_of_units():
    texts = requirements("""
    丘坪县2026年消费帮扶任务分工
    （1）采购帮扶产品：县供销社牵头，各预算单位落实，12月底前
    （2）建设帮扶专柜：县商务局负责，6月底前
    （3）举办年货节：县商务局、县供销社负责，1月底前
    """)

    assert texts == ["采购帮扶产品", "建设帮扶专柜", "举办年货节"]


def test_a_list_below_a_lone_word_for_notes_gives_nobody_a_task():
    by_unit = """
    怀南市2026年重点项目责任清单
    市交通局（1项）
    1.国道改线：8月底前启动路面施工。
    市水利局（1项）
    2.青龙水库：溢洪道改建5月底前完工。
    说明
    1.本清单一月一调度，调度表由市督查室另行下发。
    2.投资额以批复为准。
    """
    points = reading("""
    2026年项目推进任务
    1.青禾粮库扩建。责任单位：县粮食局、县财政局
    2.南河大桥加固。责任单位：县交通局
    备注：
    1.列在首位的为牵头单位，其余为配合单位。
    2.各单位每月25日前报送进度。
    """).plan.work_points

    assert len(requirements(by_unit)) == 2
    assert [who(point) for point in points] == ["牵:县粮食局 配:县财政局", "牵:县交通局"]


def test_days_from_and_to_alone_in_a_line_are_the_limit_of_what_stands_below():
    points = reading("""
    2026年考试服务日程
    6月5日前
    1.完成网络测试。（市考试院）
    6月7日至9日
    2.实施交通管制。（市公安局）
    """).plan.work_points

    assert [point.deadline.due.isoformat() for point in points] == ["2026-06-05", "2026-06-09"]


def test_lines_of_who_leads_above_items_lend_where_lines_below_each_say_who_helps():
    points = reading("""
    丘坪县2026年城市更新重点项目
    牵头单位：县住建局
    1.改造背街小巷二十条。
    配合单位：各镇政府
    2.加装电梯一百部。
    配合单位：县市场监管局
    牵头单位：县园林局
    3.新建口袋公园十处。
    配合单位：县城管局
    """).plan.work_points

    assert [who(point) for point in points] == [
        "牵:县住建局 配:各镇政府",
        "牵:县住建局 配:县市场监管局",
        "牵:县园林局 配:县城管局",
    ]


def test_lines_behind_a_sign_that_end_in_their_time_and_their_units_are_items():
    points = reading("""
    2026年政务诚信建设重点
    ◆ 清理拖欠账款
    - 建立台账，3月底前完成，县工信局
    - 逐笔化解，11月底前完成，县财政局、各乡镇
    ◆ 兑现招商承诺
    - 梳理承诺事项，4月底前完成，县投促局
    """).plan.work_points

    assert [(who(point), point.deadline.due.isoformat()) for point in points] == [
        ("责:县工信局", "2026-03-31"),
        ("责:县财政局、各乡镇", "2026-11-30"),
        ("责:县投促局", "2026-04-30"),
    ]
