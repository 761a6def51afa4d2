"""Items whose units stand where they are easily missed: before a run of items, in the sentence itself, nowhere."""

import pytest

from tests.support.drawn_plans import allotments, lines, read, who


def test_units_before_a_colon_answer_for_the_items_that_run_on_behind_them():
    reading = read(
        *lines(
            """霁川市2031年助老任务分解（按单位）
            一、市卫生健康委
            1.签约家庭医生。
            2.增设护理床位。
            市民政局：1.改造敬老院两所。2.配齐护理员，5月底前到岗。
            市属各高校：1.组织志愿者陪护。"""
        )
    )

    assert allotments(reading) == [
        ("签约家庭医生。", "责:市卫生健康委"),
        ("增设护理床位。", "责:市卫生健康委"),
        ("改造敬老院两所。", "责:市民政局"),
        ("配齐护理员，5月底前到岗。", "责:市民政局"),
        ("组织志愿者陪护。", "责:市属各高校"),
    ]


def test_a_numbered_item_between_others_that_names_nobody_is_a_work_point_and_told():
    reading = read(
        *lines(
            """桐浦区2031年护河要点
            一、清障
            1.拆除围网。（区水务局）
            2.打捞沉船，每村不少于一次。
            3.编印巡河手册，由区河长办牵头，区文旅局配合。
            4.立界桩。（区自然资源局；适时）"""
        )
    )

    assert [(point.no, who(point)) for point in reading.plan.work_points] == [
        ("1", "责:区水务局"),
        ("2", ""),
        ("3", "牵:区河长办 配:区文旅局"),
        ("4", "责:区自然资源局"),
    ]
    assert [finding.code for finding in reading.findings] == ["no-unit"]


def test_masked_words_are_no_bold_type():
    reading = read(
        *lines("2031年任务分工\n1.命名示范村**个，复核**个。（市司法局）\n2.**修渠**三里。（市水利局）"),
        kind="md",
    )

    assert allotments(reading) == [
        ("命名示范村**个，复核**个。", "责:市司法局"),
        ("修渠三里。", "责:市水利局"),
    ]


def test_short_labels_in_lines_of_their_own_say_what_who_and_when():
    plan_reading = read(
        *lines(
            """2031年度重点任务分解
            1. 推进智慧停车
               措施：新增泊位三百个。
               牵头：市城管局
               配合：市公安局、市住建局
               时限：10月底
            2. 整治背街小巷
               措施：改造巷道二十条。
               牵头：市住建局
               时限：长期坚持"""
        )
    )

    assert [(p.requirement, who(p), p.deadline.text) for p in plan_reading.plan.work_points] == [
        ("新增泊位三百个。", "牵:市城管局 配:市公安局、市住建局", "10月底"),
        ("改造巷道二十条。", "牵:市住建局", "长期坚持"),
    ]


def test_the_title_before_the_first_item_without_a_number_is_no_part_of_it():
    plan_reading = read(
        *lines(
            """南屏区2031年惠民实事责任分解
            【实事1】新建食堂6个
            责任单位：区民政局
            【实事2】改造菜场3家
            责任单位：区商务局"""
        )
    )

    assert plan_reading.plan.title == "南屏区2031年惠民实事责任分解"
    assert [point.requirement for point in plan_reading.plan.work_points] == [
        "【实事1】新建食堂6个",
        "【实事2】改造菜场3家",
    ]


@pytest.mark.parametrize("mark", ["说明：", "备注：", "注："])
def test_a_list_of_notes_goes_on_below_its_first_and_defines_its_groups(mark):
    result = read(
        *lines(
            f"""2031年护河任务分工
            1.拆除围网。（区水务局牵头，区联席会议成员单位配合）
            2.立界桩。（区自然资源局）
            {mark}1.各项任务按月调度。
            2.区联席会议成员单位：区民政局、区财政局。"""
        ),
        kind="txt",
    )

    assert [point.no for point in result.plan.work_points] == ["1", "2"]
    assert [(group.name, group.members) for group in result.plan.groups] == [
        ("区联席会议成员单位", ("区民政局", "区财政局"))
    ]


@pytest.mark.parametrize(
    ("bracket", "expected"),
    [
        ("区评弹实验小组、公务用车平台", ["区评弹实验小组", "公务用车平台"]),
        ("公务用车平台，5月底前", ["公务用车平台"]),
        ("含支渠三公里", []),
        ("详见附件", []),
        ("王建、李丽", []),
    ],
)
def test_where_nearly_all_items_end_in_a_bracket_of_units_so_does_one_with_names_of_any_look(
    bracket, expected
):
    result = read(
        *lines(
            f"""2031年护河任务分工
            1.拆除围网。（区水务局）
            2.立界桩。（区自然资源局）
            3.打捞沉船。（{bracket}）
            4.编印巡河手册。（区河长办、区文旅局）"""
        ),
        kind="txt",
    )

    assert [
        assignment.unit for assignment in result.plan.work_points[2].responsibility.assignments
    ] == expected
    assert [finding.place for finding in result.findings if finding.code in ("no-unit", "doubtful-unit")][
        :1
    ] == ["L4"]


def test_who_is_asked_in_a_sentence_answers_with_the_role_of_its_words():
    result = read(
        *lines(
            """2031年双拥工作任务
            1.请区水务局于5月20日前疏通箱涵，施工方案报区政府办。
            2.请区住建局牵头、区城管局配合，更换雨水篦子。
            3.区交通局要会同区财政局修通训练场道路。
            4.区委宣传部要寻访老兵，区融媒体中心要开设专栏。
            5.请区民政局牵头，区财政局、区人社局配合，核对优抚对象。"""
        ),
        kind="txt",
    )

    assert [who(point) for point in result.plan.work_points] == [
        "责:区水务局",
        "牵:区住建局 配:区城管局",
        "责:区交通局 配:区财政局",
        "责:区委宣传部、区融媒体中心",
        "牵:区民政局 配:区财政局、区人社局",
    ]


def test_sentences_that_end_in_their_units_and_those_that_hold_them_are_one_habit():
    result = read(
        *lines(
            """2031年文旅工作要点
            1.记录濒危山歌，由区文化馆实施，区文旅局指导。
            2.加开班车，由区交通局负责，协调客运公司调配车辆。
            3.博物馆开通夜场，由区博物馆负责，区融媒体中心协助宣传。
            4.改造公厕，由区城管局负责。"""
        ),
        kind="txt",
    )

    assert [who(point) for point in result.plan.work_points] == [
        "责:区文化馆 配:区文旅局",
        "责:区交通局",
        "责:区博物馆 配:区融媒体中心",
        "责:区城管局",
    ]


def test_a_note_says_of_some_items_what_one_of_its_clauses_says_and_a_length_behind_a_noun_is_no_limit():
    result = read(
        *lines(
            """2031年公开任务分工
            1.0—6岁儿童筛查。（区残联）
            2.（11月上旬）保洁合同续签，原合同期限三年。（区财政局）
            3.12345热线扩容。（区信访局）
            附注：第3项于7月15日前完成；联络员名单另行通知。"""
        ),
        kind="txt",
    )

    assert [
        (point.no, point.requirement[:4], str(point.deadline.due or "")) for point in result.plan.work_points
    ] == [
        ("1", "0—6岁", ""),
        ("2", "（11月", "2031-11-10"),
        ("3", "1234", "2031-07-15"),
    ]
