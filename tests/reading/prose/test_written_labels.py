"""Who answers and by when, in the many ways in which offices write it beside a task."""

import pytest

from tests.support.drawn_plans import allotments, lines, read
from tracker.model import Role
from tracker.reading.lines import TextLine
from tracker.reading.plan import PlanReading
from tracker.reading.prose import with_labels

HEAD = "桐浦区2026年实事项目责任分解\n一、出行类\n"
BUS, ROOF = "开通夜间公交四条。", "改造候车亭九座。"


def reading(text: str) -> PlanReading:
    return read(*lines(HEAD + text), kind="txt")


def days(plan_reading: PlanReading) -> list[str]:
    return [str(point.deadline.due) for point in plan_reading.plan.work_points]


LABELS = {
    "colon": "责任单位：{unit}\n配合单位：{help}\n完成时限：{day}",
    "dash": "责任单位——{unit}\n配合单位——{help}\n完成时限——{day}",
    "square bracket": "[责任单位]{unit}\n[配合单位]{help}\n[完成时限]{day}",
    "pointed bracket": "<责任单位>{unit}\n<配合单位>{help}\n<完成时限>{day}",
    "short, in black brackets": "【责任】{unit}【配合】{help}【时限】{day}",
    "bar": "责任单位丨{unit}\n配合单位丨{help}\n完成时限丨{day}",
    "equals": "责任单位={unit}\n配合单位={help}\n完成时限={day}",
    "blank": "责任单位 {unit}\n配合单位 {help}\n完成时限 {day}",
    "tab": "责任单位\t{unit}\n配合单位\t{help}\n完成时限\t{day}",
    "nothing": "责任部门{unit}\n配合部门{help}\n完成时限{day}",
    "verb": "责任单位为{unit}，配合单位为{help}。\n完成时限为{day}。",
    "spaced": "责 任 单 位：{unit}\n配 合 单 位：{help}\n时     限：{day}",
    "a line of its own": "责任单位\n{unit}\n配合单位\n{help}\n完成时限\n{day}",
    "a line of its own with a colon": "责任单位：\n{unit}\n配合单位：\n{help}\n完成时限：\n{day}",
    "one line": "责任单位：{unit}　配合单位：{help}　时间：{day}",
    "behind an arrow": "→责任单位：{unit}\n→配合单位：{help}\n→时限：{day}",
    "behind a bullet": "▶ 责任单位：{unit}\n▶ 配合单位：{help}\n▶ 完成时限：{day}",
    "numbered": "（1）责任单位：{unit}\n（2）配合单位：{help}\n（3）完成时限：{day}",
    "other words": "归口单位：{unit}\n协办处室：{help}\n完成节点：{day}",
    "words that no head knows": "谁来办：{unit}\n谁配合：{help}\n啥时办完：{day}",
    "words of a web page": "承办：{unit}\n协办：{help}\n时间：{day}",
}


@pytest.mark.parametrize("label", LABELS.values(), ids=LABELS)
def test_a_label_of_any_writing_says_who_and_by_when(label):
    plan_reading = reading(
        f"1.{BUS}\n" + label.format(unit="区交通局", help="区财政局", day="6月底前") + "\n"
        f"2.{ROOF}\n" + label.format(unit="区城管局、区住建局", help="区公安局", day="9月底前")
    )

    assert allotments(plan_reading) == [
        (BUS, "责:区交通局 配:区财政局"),
        (ROOF, "责:区城管局、区住建局 配:区公安局"),
    ]
    assert days(plan_reading) == ["2026-06-30", "2026-09-30"]
    assert not plan_reading.findings


@pytest.mark.parametrize(
    "text",
    [
        "责任单位要切实履职，确保见效。",
        "牵头单位和配合单位要密切协作。",
        "时间紧、任务重，各级各部门要抓紧。",
        "工作单位：区交通局",
        "成员单位：区交通局、区财政局",
        "标题所列单位为牵头单位，括号内为配合单位。",
        "第一阶段：6月底前",
        "1.责任人名单比对：区交通局",
        "2.目标：改造九座。",
    ],
)
def test_what_only_looks_like_a_label_stays_as_it_is(text):
    assert [line.text for line in with_labels([TextLine(text, "L1"), TextLine(text, "L2")])] == [text, text]


INLINE = {
    "slashes": "1、任务：开通公交／责任：区交通局牵头，区财政局配合／时限：6月底前\n2、任务：划车位／责任：区公安局／时限：每天",
    "blanks": "1.开通公交 责任单位区交通局牵头，区财政局配合 时限6月底前\n2.划车位 责任单位区公安局 时限每天",
    "sentences": "1.开通公交。责任单位为区交通局牵头，区财政局配合，完成时限为6月底前。\n2.划车位。责任单位为区公安局，完成时限为每天。",
}


@pytest.mark.parametrize("text", INLINE.values(), ids=INLINE)
def test_labels_in_the_line_of_their_task_are_parted_by_any_mark(text):
    plan_reading = reading(text)

    assert [units for _, units in allotments(plan_reading)] == ["牵:区交通局 配:区财政局", "责:区公安局"]
    assert [point.deadline.text for point in plan_reading.plan.work_points] == ["6月底前", "每天"]


def test_what_leads_over_to_the_tasks_is_no_part_of_the_first():
    plan_reading = read(
        *lines(
            "桐浦区2026年阅读活动安排\n为推进全民阅读，现就全年活动作如下安排。\n第一，办好书市。\n责任单位：区文旅局\n第二，评选读书人。\n责任单位：区总工会"
        ),
        kind="txt",
    )

    assert [text for text, _ in allotments(plan_reading)] == ["第一，办好书市。", "第二，评选读书人。"]


BARE = {
    "pipes": "1.开通夜间公交四条｜区交通局｜6月底前\n2.改造候车亭九座｜区城管局｜9月底前\n3.划车位两千个｜区公安局｜7月底前",
    "slashes": "1.开通夜间公交四条 / 区交通局 / 6月底前\n2.改造候车亭九座 / 区城管局 / 9月底前\n3.划车位两千个 / 区公安局 / 7月底前",
    "arrows": "1.开通夜间公交四条→区交通局（6月底前）\n2.改造候车亭九座→区城管局（9月底前）\n3.划车位两千个→区公安局（7月底前）",
    "semicolons": "1.开通夜间公交四条；区交通局；6月底前。\n2.改造候车亭九座；区城管局；9月底前。\n3.划车位两千个；区公安局；7月底前。",
    "lines below": "1.开通夜间公交四条\n区交通局，6月底前\n2.改造候车亭九座\n区城管局，9月底前\n3.划车位两千个\n区公安局，7月底前",
    "time before them": "1.开通夜间公交四条\n6月底前  区交通局\n2.改造候车亭九座\n9月底前  区城管局\n3.划车位两千个\n7月底前  区公安局",
    "in a bracket": "1.开通夜间公交四条（区交通局／6月底前）\n2.改造候车亭九座（区城管局／9月底前）\n3.划车位两千个（区公安局／7月底前）",
    "before a dash": "区交通局——开通夜间公交四条，6月底前开通。\n区城管局——改造候车亭九座，9月底前完成。\n区公安局——划车位两千个，7月底前完成。",
    "a time behind the bracket": "1.开通夜间公交四条（区交通局），6月底前完成。\n2.改造候车亭九座（区城管局），9月底前完成。\n3.划车位两千个（区公安局），7月底前完成。",
    "a time in the line below": "1.开通夜间公交四条。（区交通局）\n6月底前完成。\n2.改造候车亭九座。（区城管局）\n9月底前完成。\n3.划车位两千个。（区公安局）\n7月底前完成。",
}


@pytest.mark.parametrize("text", BARE.values(), ids=BARE)
def test_units_without_a_label_answer_where_that_is_the_habit_of_the_text(text):
    plan_reading = reading(text)

    assert [units for _, units in allotments(plan_reading)] == ["责:区交通局", "责:区城管局", "责:区公安局"]
    assert days(plan_reading) == ["2026-06-30", "2026-09-30", "2026-07-31"]
    assert not plan_reading.findings


def test_statements_before_their_items_are_not_taken_for_those_behind_the_item_above():
    plan_reading = reading(
        "责任单位：区交通局\n1.开通公交。\n责任单位：区城管局\n2.改造候车亭。\n3.划车位。\n责任单位：区公安局\n4.装护栏。"
    )

    assert allotments(plan_reading) == [
        ("开通公交。", "责:区交通局"),
        ("改造候车亭。", "责:区城管局"),
        ("划车位。", "责:区城管局"),
        ("装护栏。", "责:区公安局"),
    ]


def test_a_statement_right_below_the_title_holds_for_the_whole_plan_and_the_title_is_no_task():
    plan_reading = read(
        *lines("桐浦区2026年实事项目责任分解\n责任单位：区交通局\n1.开通公交。\n2.改造候车亭。（区城管局）"),
        kind="txt",
    )

    assert allotments(plan_reading) == [("开通公交。", "责:区交通局"), ("改造候车亭。", "责:区城管局")]


def test_a_bracket_below_a_heading_answers_for_the_items_of_the_heading():
    plan_reading = reading(
        "（区交通局牵头）\n1.开通公交。\n2.改造候车亭。\n二、住房类\n（区住建局牵头）\n1.修屋顶。"
    )

    assert [units for _, units in allotments(plan_reading)] == ["牵:区交通局", "牵:区交通局", "牵:区住建局"]


def test_a_heading_that_says_by_when_lends_its_time_to_items_without_one():
    plan_reading = reading(
        "（一）6月底前完成的事项\n1.开通公交。（区交通局）\n2.5月底前改造候车亭。（区城管局）\n（二）长期坚持的事项\n3.清扫站牌。（区城管局）"
    )

    assert [point.deadline.text for point in plan_reading.plan.work_points] == [
        "6月底前",
        "5月底前",
        "长期坚持",
    ]


def test_the_parts_of_the_year_as_headings_lend_their_time():
    plan_reading = read(
        *lines(
            "桐浦区2026年任务分解\n3月份工作\n1.开通公交。（区交通局）\n2.划车位。（区公安局）\n四季度工作\n3.清扫站牌。（区城管局）"
        ),
        kind="txt",
    )

    assert days(plan_reading) == ["2026-03-31", "2026-03-31", "2026-12-31"]


def test_statements_before_paragraphs_without_a_number_are_those_of_what_follows():
    plan_reading = reading("责任单位：区交通局\n开通公交。\n责任单位：区城管局\n改造候车亭。\n装好站牌。")

    assert allotments(plan_reading) == [
        ("开通公交。", "责:区交通局"),
        ("改造候车亭。 装好站牌。", "责:区城管局"),
    ]


@pytest.mark.parametrize("heading", ["由{}负责的工作", "{}负责以下任务", "{}重点任务（2项）", "{}", "【{}】"])
def test_headings_that_say_whose_tasks_stand_below_them_are_those_of_a_list_by_unit(heading):
    first, second = heading.format("区交通局"), heading.format("区城管局")
    plan_reading = read(
        *lines(
            f"桐浦区2026年任务分解\n一、{first}\n1.开通公交。\n2.划车位。\n二、{second}\n1.改造候车亭。\n2.装站牌。"
        ),
        kind="txt",
    )

    assert [units for _, units in allotments(plan_reading)] == ["责:区交通局"] * 2 + ["责:区城管局"] * 2


def test_a_sentence_before_a_line_of_its_own_stays_in_the_requirement():
    plan_reading = reading(
        "1.改造候车亭九座。\n优先改造破损的。\n责任单位：区城管局\n2.开通公交。\n先试运行。\n责任单位：区交通局"
    )

    assert [text for text, _ in allotments(plan_reading)] == [
        "改造候车亭九座。 优先改造破损的。",
        "开通公交。 先试运行。",
    ]


@pytest.mark.parametrize("line", ["区财政局、区水务局", "9月底前", "责任单位：视情况再定的三家"])
def test_what_answers_or_limits_alone_between_tasks_is_never_lost_without_a_word(line):
    plan_reading = reading(
        f"1.开通公交。（区交通局）\n补充说明一句。\n{line}\n2.改造候车亭。（区城管局）\n3.划车位。（区公安局）"
    )

    words = line.removeprefix("责任单位：")
    assert words in "".join(finding.message for finding in plan_reading.findings) + str(
        plan_reading.plan.work_points
    )


def test_a_limit_that_runs_from_an_event_is_no_unread_word_in_a_bracket_of_units():
    plan_reading = reading(
        "1.开通公交。（收到申请后5个工作日内；区交通局负责）\n2.划车位。（印发之日起30日内；区公安局牵头）"
    )

    assert [units for _, units in allotments(plan_reading)] == ["责:区交通局", "牵:区公安局"]
    assert [finding.code for finding in plan_reading.findings if finding.code == "unread"] == []


def test_a_ruled_line_and_numbers_in_a_list_of_units_are_no_words():
    plan_reading = reading(
        "1.开通公交。\n责任单位：1.区交通局；2.区财政局\n--------\n2.划车位。\n责任单位：①区公安局②区城管局\n========"
    )

    assert [units for _, units in allotments(plan_reading)] == [
        "责:区交通局、区财政局",
        "责:区公安局、区城管局",
    ]
    assert not plan_reading.findings


def test_every_sentence_of_an_item_says_who_answers():
    plan_reading = reading(
        "1.一是开通公交，由区交通局负责。二是改造候车亭，由区城管局负责。\n2.划车位、装护栏，分别由区公安局、区住建局负责。"
    )

    assert [units for _, units in allotments(plan_reading)] == [
        "责:区交通局、区城管局",
        "责:区公安局、区住建局",
    ]


def test_several_lines_that_name_a_host_are_labels_and_one_is_the_foot_of_a_page():
    two = reading(f"1.{BUS}\n主办：区交通局\n2.{ROOF}\n主办：区城管局")
    one = reading(f"1.{BUS}（区交通局牵头）\n2.{ROOF}（区城管局牵头）\n主办：区政府办公室")

    assert (
        [units for _, units in allotments(two)]
        == [units for _, units in allotments(one)]
        == ["牵:区交通局", "牵:区城管局"]
    )


def test_who_a_group_is_may_stand_in_the_introduction_or_in_a_list_at_the_end():
    plan_reading = read(
        *lines("""
        桐浦区2026年实事项目责任分解
        本表所称专项组成员单位，是指区交通局、区公安局。
        1.开通夜间公交四条。（专项组成员单位）
        2.改造候车亭九座。（区城管局）
        3.核对站牌名称。
        责任单位：骨干企业主管部门（名单附后）
        附：骨干企业主管部门名单
        区民政局、区文旅局
        """),
        kind="txt",
    )

    assert [group.members for group in plan_reading.plan.groups] == [
        ("区交通局", "区公安局"),
        ("区民政局", "区文旅局"),
    ]
    assert not plan_reading.findings


@pytest.mark.parametrize("dash", ["——", "→", "—— ", "--"])
def test_two_labels_behind_one_dash_are_two_roles(dash: str):
    plan_reading = read(
        *lines(f"""
        2026年渡口改造任务分工
        1.翻修候船亭。{dash}牵头单位：县交通局；配合单位：县水利局
        2.清点旧航标。{dash}牵头单位：县水利局；配合单位：县海事处、县交通局
        3.拆除废码头。{dash}牵头单位：县海事处；配合单位：县交通局
        """),
        kind="txt",
    )

    assert allotments(plan_reading) == [
        ("翻修候船亭。", "牵:县交通局 配:县水利局"),
        ("清点旧航标。", "牵:县水利局 配:县海事处、县交通局"),
        ("拆除废码头。", "牵:县海事处 配:县交通局"),
    ]


@pytest.mark.parametrize("leader", ["包抓领导", "挂钩领导", "市级领导", "包联领导"])
def test_who_of_the_leaders_looks_after_a_task_is_no_part_of_it(leader: str):
    plan_reading = read(
        *lines(f"""
        2026年渡口改造任务分工
        1.翻修候船亭。
        {leader}：王某某
        牵头单位：县交通局
        2.清点旧航标。
        {leader}：李某某
        牵头单位：县水利局
        """),
        kind="txt",
    )

    assert allotments(plan_reading) == [("翻修候船亭。", "牵:县交通局"), ("清点旧航标。", "牵:县水利局")]


def test_a_bar_parts_labels_numbers_stand_alone_and_a_sign_marks_the_heading():
    reading = read(
        *lines("""
    霜河县2026年冰雪季活动任务分工
    01
    ▍冰雪大世界
    建设冰雕三十组，对外开放。
    责任单位丨县文旅局、县住建局
    完成时间丨2026年12月20日前
    02
    ▍冬捕节
    举办冬捕节开幕式，划定禁入区域。
    责任单位丨县农业局
    完成时间丨2026年12月28日前
    03
    ▍交通接驳
    开通专线四条，及时清除积雪。
    责任单位丨县交通局
    完成时间丨每月两次
    """),
        kind="txt",
    )

    assert [(point.requirement, point.deadline.text) for point in reading.plan.work_points] == [
        ("建设冰雕三十组，对外开放。", "2026年12月20日前"),
        ("举办冬捕节开幕式，划定禁入区域。", "2026年12月28日前"),
        ("开通专线四条，及时清除积雪。", "每月两次"),
    ]


def test_tags_of_several_labels_at_the_head_of_items_are_read():
    reading = read(
        *lines("""
    石桥镇2026年防汛任务安排
    1）【责任单位：镇应急办】修订预案。
    2）【责任单位：镇自然资源所；配合单位：各村（社区）】核查隐患点。
    3）【责任单位：同上】开展抽检。
    4）【责任单位：镇卫生院】储备药品。
    """),
        kind="txt",
    )

    assert [
        [assignment.unit for assignment in point.responsibility.assignments]
        for point in reading.plan.work_points
    ] == [["镇应急办"], ["镇自然资源所", "各村（社区）"], ["镇自然资源所"], ["镇卫生院"]]


def test_rows_that_a_sign_parts_below_a_head_are_a_table():
    reading = read(
        *lines("""
    某法院2026年执行攻坚任务台账
    编号｜任务｜责任部门｜协助部门｜时限
    ZX01｜清理终结本次执行案件｜执行局｜立案庭｜9月30日前
    ZX02｜集中发放执行案款｜执行局｜法警大队、综合办公室｜7月20日前
    ZX03｜核对执行案款｜计划财务科｜—｜6月30日前
    """),
        kind="txt",
    )

    assert [
        (point.requirement, point.responsibility.names_in(Role.SUPPORT)) for point in reading.plan.work_points
    ] == [
        ("清理终结本次执行案件", ("立案庭",)),
        ("集中发放执行案款", ("法警大队", "综合办公室")),
        ("核对执行案款", ()),
    ]


@pytest.mark.parametrize("person", ["", "分管领导：周平。\n", "牵头负责领导：周平。\n"])
@pytest.mark.parametrize("end", ["", "。"])
def test_the_unit_that_leads_and_answers_leads(person, end):
    plan_reading = reading(
        "\n".join(
            f"{n}.{task}\n{person}牵头责任单位：{lead}{end}\n协同责任单位：{help_}{end}"
            for n, task, lead, help_ in ((1, BUS, "区交通局", "区财政局"), (2, ROOF, "区城管局", "区住建局"))
        )
    )

    units = [units for _, units in allotments(plan_reading)]
    assert units == ["牵:区交通局 配:区财政局", "牵:区城管局 配:区住建局"]


@pytest.mark.parametrize(
    ("time", "day"),
    [
        ("首批3月底，第二批8月底", "2026-08-31"),
        ("2026年覆盖一半，2027年全覆盖", "2027-12-31"),
        ("次年1月底前", "2027-01-31"),
    ],
)
def test_a_label_of_time_holds_times_however_they_are_said(time: str, day: str):
    plan_reading = reading(
        f"1.{BUS}\n责任单位：区甲局\n推进时序：4月至10月\n2.{ROOF}\n责任单位：区乙局\n推进时序：{time}"
        "\n3.修缮凉亭六座。\n责任单位：区甲局\n推进时序：5月底前"
    )

    assert days(plan_reading) == ["2026-10-31", day, "2026-05-31"]
