"""Who answers and by when, in habits of an author that a text shows only as a whole."""

import re

import pytest

from tests.support.drawn_plans import allotments, lines, read
from tracker.grid import Paragraph
from tracker.problems.reading import NotAPlan
from tracker.reading.plan import PlanReading

HEAD = "桐浦区2026年实事项目责任分解\n"
BUS, ROOF, BENCH = "开通夜间公交四条", "改造候车亭九座", "添置座椅三十张"


def reading(text: str) -> PlanReading:
    return read(*lines(HEAD + text), kind="txt")


def days(plan_reading: PlanReading) -> list[str]:
    return [str(point.deadline.due) for point in plan_reading.plan.work_points]


TAILS = {
    "brackets with one name": "{n}.{text}（{unit}，{day}）",
    "a bracket for each": "{n}.{text}（{unit}）（{day}）",
    "dash": "{n}.{text}——{unit}，{day}",
    "sentence": "{n}.{text}。{unit}，{day}",
    "arrow": "▶ {text} → {unit} → {day}",
    "equals": "{text}={unit}={day}",
    "bar": "• {text}｜{unit}｜{day}",
    "person behind a blank": "{n}.{text}（{unit} 陈华，{day}）",
    "time first": "{n}.{text}（{day}，{unit}）",
    "colon and blank": "{n}.{text}：{unit} {day}",
}


@pytest.mark.parametrize("tail", TAILS.values(), ids=TAILS)
def test_the_last_pieces_of_items_say_who_and_by_when(tail):
    items = [(BUS, "公交公司", "6月底"), (ROOF, "城管局、住建局", "9月底"), (BENCH, "园林所", "10月底前")]
    plan_reading = reading(
        "\n".join(
            tail.format(n=n, text=text, unit=unit, day=day) for n, (text, unit, day) in enumerate(items, 1)
        )
    )

    assert [who for _, who in allotments(plan_reading)] == ["责:公交公司", "责:城管局、住建局", "责:园林所"]
    assert [re.sub("[。（].*", "", point.requirement) for point in plan_reading.plan.work_points] == [
        BUS,
        ROOF,
        BENCH,
    ]
    assert days(plan_reading) == ["2026-06-30", "2026-09-30", "2026-10-31"]
    assert not plan_reading.findings


def test_two_items_are_no_habit_and_a_task_that_is_named_like_a_unit_stays_one():
    two = [f"1.{BUS}——公交公司", f"2.{ROOF}——城管局、住建局。", f"3.{BENCH}，年底前完成。"]
    with pytest.raises(NotAPlan):
        reading("\n".join(two))

    plan_reading = reading("加固看台=基建处=7月\n改造食堂=后勤处=8月\n更换灯具=后勤处=9月")
    assert allotments(plan_reading)[0] == ("加固看台", "责:基建处")


def test_what_a_unit_does_is_no_name():
    plan_reading = reading(
        f"1.{BUS}。区交通局负责开线，区财政局负责补贴资金。\n2.{ROOF}。区城管局负责选址。\n3.{BENCH}。区园林局牵头。"
    )

    assert plan_reading.plan.work_points[0].requirement.endswith("区财政局负责补贴资金。")


LABELS = {
    "short words behind a blank": " 牵头：{unit} 配合：{help} 时限：{day}",
    "in a bracket": "（责任：{unit}；配合：{help}；时限：{day}）",
    "a leader first": "　领导：张志远　单位：{unit}　配合：{help}　{day}前",
    "no colon": "，责任部门{unit}，协办{help}，{day}",
    "behind a dash": "——牵头{unit}，配合{help}，{day}",
    "words of their own": "。交办对象：{unit}。协办对象：{help}。截止：{day}。",
}


@pytest.mark.parametrize("label", LABELS.values(), ids=LABELS)
def test_labels_inside_a_line_are_labels_in_any_word(label):
    items = [
        (BUS, "区交通局", "区财政局", "6月底"),
        (ROOF, "区城管局", "公安分局", "9月底"),
        (BENCH, "区园林局", "各街道", "10月底"),
    ]
    plan_reading = reading(
        "\n".join(
            f"{n}.{text}" + label.format(unit=unit, help=other, day=day)
            for n, (text, unit, other, day) in enumerate(items, 1)
        )
    )
    role = "牵" if "牵头" in label else "责"

    assert [who for _, who in allotments(plan_reading)] == [
        f"{role}:区交通局 配:区财政局",
        f"{role}:区城管局 配:公安分局",
        f"{role}:区园林局 配:各街道",
    ]
    assert [point.requirement.rstrip("。") for point in plan_reading.plan.work_points] == [BUS, ROOF, BENCH]
    assert days(plan_reading) == ["2026-06-30", "2026-09-30", "2026-10-31"]


def test_a_label_that_begins_lines_elsewhere_begins_one_where_its_break_was_lost():
    plan_reading = reading(
        f"1.{BUS}。\n包抓领导：赵某某\n牵头单位：区交通局\n"
        f"2.{ROOF}。包抓领导：王某某\n牵头单位：区城管局\n"
        f"3.{BENCH}。\n包抓领导：赵某某\n牵头单位：区园林局"
    )

    assert allotments(plan_reading) == [
        (f"{BUS}。", "牵:区交通局"),
        (f"{ROOF}。", "牵:区城管局"),
        (f"{BENCH}。", "牵:区园林局"),
    ]


@pytest.mark.parametrize("heads", [("6月底前：", "10月底前："), ("上半年", "第四季度")])
def test_lines_that_say_by_when_stand_over_the_items_below_them(heads):
    plan_reading = reading(
        f"{heads[0]}\n1.{BUS}（区交通局）\n2.{ROOF}（区城管局、区住建局）\n{heads[1]}\n3.{BENCH}（区园林局）"
    )
    first, last = ("2026-06-30", "2026-10-31") if "：" in heads[0] else ("2026-06-30", "2026-12-31")

    assert days(plan_reading) == [first, first, last]
    assert [point.section for point in plan_reading.plan.work_points] == [heads[0], heads[0], heads[1]]


def test_a_time_below_each_item_is_that_of_the_item():
    plan_reading = reading(
        f"1.{BUS}\n区交通局\n6月底前\n2.{ROOF}\n区城管局\n9月底前\n3.{BENCH}\n区园林局\n10月底前"
    )

    assert days(plan_reading) == ["2026-06-30", "2026-09-30", "2026-10-31"]


def test_a_unit_with_its_role_before_a_colon_stands_over_the_items_below_it():
    plan_reading = reading(f"公交公司负责：\n1.{BUS}\n2.{ROOF}\n园林所负责：\n1.{BENCH}\n2.修剪行道树")

    assert [who for _, who in allotments(plan_reading)] == [
        "责:公交公司",
        "责:公交公司",
        "责:园林所",
        "责:园林所",
    ]


@pytest.mark.parametrize(
    "front",
    [
        "编制单位：区政府办",
        "制表：区政府办",
        "为办好实事，制定本清单。",
        "编制单位：区政府办\n经区政府同意，现予公布。",
        "",
    ],
)
def test_what_stands_before_the_first_labelled_task_is_none_of_it(front):
    plan_reading = reading(
        f"{front}\n任务：{BUS}。\n责任单位：区交通局\n时限：6月底\n\n任务：{ROOF}。\n责任单位：区城管局\n时限：9月底\n\n"
        f"任务：{BENCH}。\n责任单位：区园林局\n时限：10月底"
    )

    assert [point.requirement for point in plan_reading.plan.work_points] == [
        f"{BUS}。",
        f"{ROOF}。",
        f"{BENCH}。",
    ]


@pytest.mark.parametrize("unit", ["培训中心", "推广中心", "创建办公室", "监督中心", "建设办"])
def test_a_unit_that_is_called_by_what_it_does_closes_an_item(unit):
    plan_reading = reading(
        f"（一）{BUS}。六月通车。\n（人事司牵头，公交局、{unit}负责）\n（二）{ROOF}。每年两座。\n（装备司牵头，{unit}、信息中心负责）\n"
        "各司局、各直属单位要加强协同，重要情况及时请示报告。"
    )

    assert [who for _, who in allotments(plan_reading)] == [
        f"牵:人事司 责:公交局、{unit}",
        f"牵:装备司 责:{unit}、信息中心",
    ]


@pytest.mark.parametrize(
    "about",
    [
        "本清单由区政府办汇总，供各单位对照落实。",
        "本方案经区政府同意，由各单位落实。",
        "本台账由区政府办负责，各单位配合。",
        "组建工作组，办公室设在区政府办。各单位要对照本清单抓好落实。",
    ],
)
def test_what_a_text_says_about_itself_gives_nobody_a_task(about):
    plan_reading = reading(
        f"{about}\n1.{BUS}。\n责任单位：区交通局\n2.{ROOF}。\n责任单位：区城管局\n如有疑问请联系区政府办综合科。"
    )

    assert [who for _, who in allotments(plan_reading)] == ["责:区交通局", "责:区城管局"]


@pytest.mark.parametrize("mark", ["。", "；"])
@pytest.mark.parametrize("ordinals", [("一是", "二是", "三是"), ("", "", "")])
def test_parts_of_a_paragraph_with_a_bracket_each_are_items(mark, ordinals):
    parts = [(BUS, "公交公司"), (ROOF, "城管局、住建局"), (BENCH, "园林所")]
    line = mark.join(
        f"{ordinal}{text}（{unit}）" for ordinal, (text, unit) in zip(ordinals, parts, strict=True)
    )
    plan_reading = reading(
        f"（一）方便出行。{line}。\n（二）美化街区。{ordinals[0]}修剪行道树（园林所）{mark}{ordinals[1]}补种灌木（林业站）。"
    )

    assert [who for _, who in allotments(plan_reading)] == [
        "责:公交公司",
        "责:城管局、住建局",
        "责:园林所",
        "责:园林所",
        "责:林业站",
    ]
    assert [point.place for point in plan_reading.plan.work_points][-1] == ("L3#3" if ordinals[0] else "L3#2")
    assert not plan_reading.findings


def test_one_bracket_for_several_parts_is_that_of_all():
    plan_reading = reading(
        f"一、出行。一是{BUS}。二是{ROOF}。（公交公司、城管局）\n二、街区。一是{BENCH}。二是修剪行道树。（园林所、各街道）"
    )

    assert [who for _, who in allotments(plan_reading)] == ["责:公交公司、城管局", "责:园林所、各街道"]


@pytest.mark.parametrize("please", ["", "请"])
def test_units_right_before_their_day_answer_for_the_item(please):
    plan_reading = reading(
        f"1.{please}区交通局6月底前{BUS}。\n2.{please}区城管局会同区住建局于9月10日前{ROOF}。\n3.{please}各街道10月底前{BENCH}。\n"
        "区政府办于12月底前汇总。"
    )

    assert [who for _, who in allotments(plan_reading)] == [
        "责:区交通局",
        "责:区城管局 配:区住建局",
        "责:各街道",
    ]
    assert days(plan_reading) == ["2026-06-30", "2026-09-10", "2026-10-31"]


def test_a_bracket_of_units_before_the_item_is_its_units():
    items = [(BUS, "规划办"), (ROOF, "农业办、财政所"), (BENCH, "民政办")]
    plan_reading = reading("\n".join(f"（{unit}）{text}；" for text, unit in items))

    assert [who for _, who in allotments(plan_reading)] == ["责:规划办", "责:农业办、财政所", "责:民政办"]


def test_labels_between_arrows_are_roles():
    items = [(BUS, "建设局", "园林所"), (ROOF, "开发公司", "建设局"), (BENCH, "招商局", "各片区")]
    plan_reading = reading(
        "\n".join(
            f"{n}.{text}→牵头：{lead}→协办：{other}→5月底" for n, (text, lead, other) in enumerate(items, 1)
        )
    )

    assert [who for _, who in allotments(plan_reading)] == [
        "牵:建设局 配:园林所",
        "牵:开发公司 配:建设局",
        "牵:招商局 配:各片区",
    ]


def test_units_that_are_left_behind_a_sign_in_a_task_are_told():
    plan_reading = reading(
        f"1.{BUS}。\n责任单位：区交通局\n2.{ROOF}→区城管局\n责任单位：区住建局\n3.{BENCH}。\n责任单位：区园林局"
    )

    assert any("区城管局" in finding.message for finding in plan_reading.findings)


@pytest.mark.parametrize(
    ("number", "head"),
    [
        ("— {n} —", "桐浦区人民政府文件"),
        ("第 {n} 页", "桐浦区2026年实事项目责任分解（续）"[:-3]),
        ("{n}/3", "桐政发2026年第8号文件"),
        ("－{n}－", "内部资料　注意保存"),
        ("- {n} -", "区政府督查室编印"),
    ],
)
def test_a_running_head_beside_page_numbers_parts_no_item(number, head):
    wide = "1.开通夜间公交四条，延长末班车的收车时间，在车站和"
    plan_reading = reading(
        "\n".join(
            (
                wide,
                number.format(n=1),
                head,
                "沿线小区张贴时刻表。（公交公司，6月底）",
                "2.改造候车亭九座，更换顶棚，增设夜间照明和无障碍坡",
                number.format(n=2),
                head,
                "道。（城管局）",
                "3.添置座椅三十张，油漆原有座椅，清除周边乱贴的小广",
                "告。（园林所）",
            )
        )
    )

    assert [who for _, who in allotments(plan_reading)] == ["责:公交公司", "责:城管局", "责:园林所"]
    assert [point.requirement[-3:] for point in plan_reading.plan.work_points] == [
        "刻表。",
        "坡道。",
        "广告。",
    ]
    assert not plan_reading.findings


def test_a_short_line_that_ends_in_a_colon_is_no_rest_of_the_unit_before_it():
    plan_reading = reading(
        "第一批：\n1.建新小区更换管网。责任单位：区住建局、建新街道\n2.红旗小区铺设路面。责任单位：区住建局、红旗街道\n"
        "第二批：\n3.铁路小区增设车棚。责任单位：区住建局、站前街道"
    )

    assert [who for _, who in allotments(plan_reading)] == [
        "责:区住建局、建新街道",
        "责:区住建局、红旗街道",
        "责:区住建局、站前街道",
    ]


def test_a_day_of_two_that_are_joined_keeps_no_conjunction():
    plan_reading = reading("1.新建泵站四座，5月底和10月底前分两批完工。（水利局）\n2.清淤。（水利局）")

    assert [part.text for part in plan_reading.plan.work_points[0].deadline.milestones] == [
        "5月底",
        "10月底前分两批完工",
    ]


def test_where_units_stand_in_lines_below_a_group_before_a_comma_is_the_subject_of_its_sentence():
    plan_reading = read(
        *lines("""桐浦区2026年供水工作分工
        1.水质检测点覆盖乡镇，超标的当日公布。
        （区疾控中心、区水务局共同负责）
        2.二次供水水箱每半年清洗。
        （区住建局负责）
        3.水表换装，抄表不入户。
        （区供水公司负责）"""),
        kind="txt",
    )

    assert allotments(plan_reading)[0] == ("水质检测点覆盖乡镇，超标的当日公布。", "责:区疾控中心、区水务局")


@pytest.mark.parametrize("tail", ["没有意见就照此执行，有变动请直接告诉我。", "大家看完抓紧落实，别再拖了。"])
def test_a_sentence_that_asks_everybody_to_act_names_nobody(tail):
    plan_reading = read(
        *lines(f"""上周定下的几件事，按科室拆了一下。{tail}
        1.更换门诊指示牌。【责任科室：总务科】
        2.开通夜间取药。【责任科室：药剂科】"""),
        kind="txt",
    )

    assert allotments(plan_reading) == [("更换门诊指示牌。", "责:总务科"), ("开通夜间取药。", "责:药剂科")]


def test_a_line_that_is_one_bracket_says_who_answers_whatever_brackets_its_names_have():
    plan_reading = read(
        *lines("""桐浦区2026年供水工作分工
        1.更换水表。
        （区水务局、各镇（街道）牵头，区住建局配合）
        2.清洗水箱。
        （区水务局牵头，各镇（街道）配合，11月底前完成）
        3.补栽行道树。
        （区园林中心负责）"""),
        kind="txt",
    )

    assert allotments(plan_reading) == [
        ("更换水表。", "牵:区水务局、各镇（街道） 配:区住建局"),
        ("清洗水箱。", "牵:区水务局 配:各镇（街道）"),
        ("补栽行道树。", "责:区园林中心"),
    ]


def test_the_day_of_an_e_mail_is_nobodys_limit_and_no_question():
    plan_reading = read(
        *lines("""发件人：区水务局办公室
        收件人：各科室
        日期：2026年2月10日
        主题：桐浦区2026年供水工作分工
        1.更换水表。（供水科）
        2.清洗水箱。（用水科）"""),
        kind="txt",
    )

    assert days(plan_reading) == ["None", "None"]
    assert not plan_reading.findings


def test_who_sends_an_e_mail_has_no_task_and_its_title_stands_below():
    plan_reading = read(
        *lines("""发件人：区水务局办公室
        主题：请各科室抓好落实
        各位同事：
        桐浦区2026年供水工作分工
        1.更换水表，5月底前完成。（供水科）
        2.清洗水箱。（用水科）"""),
        kind="txt",
    )

    assert allotments(plan_reading) == [("更换水表，5月底前完成。", "责:供水科"), ("清洗水箱。", "责:用水科")]
    assert days(plan_reading) == ["2026-05-31", "None"]


def test_a_leader_among_labels_in_a_bracket_is_no_question():
    plan_reading = read(
        *lines("""桐浦区2026年供水工作分工
        1.更换水表。（分管领导：某某某　责任科室：供水科　完成时限：5月底前）
        2.清洗水箱。（分管领导：某某 责任科室：用水科 完成时限：6月底前）""")
    )

    assert allotments(plan_reading) == [("更换水表。", "责:供水科"), ("清洗水箱。", "责:用水科")]
    assert not plan_reading.findings


def test_measures_behind_their_label_are_items_each_whoever_answers_for_the_next():
    plan_reading = read(
        *lines("""桐浦区2026年供水问题整改方案
        一、水质
        1.问题：水表老化
        整改措施：更换水表三百块。
        责任单位：区水务局
        二、水压
        2.问题：水箱积垢
        整改措施：清洗水箱四十个。
        3.问题：水压不足
        整改措施：加装水泵两台。
        责任单位：区住建局"""),
        kind="txt",
    )

    assert allotments(plan_reading) == [
        ("更换水表三百块。", "责:区水务局"),
        ("加装水泵两台。", "责:区住建局"),
    ]
    assert any("清洗水箱四十个" in finding.message for finding in plan_reading.findings)


def test_a_name_far_right_above_a_day_signs_a_text_of_names_below_items():
    plan_reading = read(
        *lines(
            "桐浦区2026年供水工作分工\n1.更换水表。\n区水务局\n2.清洗水箱。\n区住建局、区城管局\n3.补栽行道树。\n区园林局\n4.各单位要报送进展。"
        ),
        Paragraph("　" * 12 + "桐浦区人民政府办公室", "L20"),
        Paragraph("　" * 13 + "2026年2月10日", "L21"),
        kind="txt",
    )

    names = {
        assignment.unit
        for point in plan_reading.plan.work_points
        for assignment in point.responsibility.assignments
    }
    assert "桐浦区人民政府办公室" not in names


def test_a_limit_below_an_item_goes_before_that_of_its_heading():
    plan_reading = reading(
        f"一、上半年重点任务\n1.{BUS}。\n责任单位：区交通局\n完成时限：4月底前\n2.{ROOF}。\n责任单位：区城管局\n"
        f"二、全年工作安排\n3.{BENCH}。\n责任单位：区园林局"
    )

    assert days(plan_reading) == ["2026-04-30", "2026-06-30", "2026-12-31"]
    assert not plan_reading.findings


def test_persons_behind_a_dash_stand_among_units_and_times_in_one_bracket():
    plan_reading = reading(
        f"1.{BUS}。\n（时间——6月底前；联系人——张三；责任科室——营运科）\n"
        f"2.{ROOF}。\n（时间——9月底前；责任科室——基建科、财务科；配合科室——安保科；联系人——李四）"
    )

    assert [who for _, who in allotments(plan_reading)] == ["责:营运科", "责:基建科、财务科 配:安保科"]
    assert days(plan_reading) == ["2026-06-30", "2026-09-30"]


def test_a_greeting_below_items_of_a_heading_belongs_to_none():
    plan_reading = reading(
        f"一、出行（责任单位：区交通局）\n1.{BUS}。\n二、住房（责任单位：区住建局）\n2.{ROOF}。\n请各单位抓紧落实，谢谢！"
    )

    assert [point.requirement for point in plan_reading.plan.work_points] == [f"{BUS}。", f"{ROOF}。"]


def test_a_plan_in_one_line_begins_with_its_first_number():
    plan_reading = reading(
        f"为办好实事，现提出以下措施。1.{BUS}。责任单位：区交通局、区公安局。2.{ROOF}。责任单位：区住建局。3.{BENCH}。责任单位：区园林局。"
    )

    assert allotments(plan_reading)[0] == (f"{BUS}。", "责:区交通局、区公安局")


def test_whom_a_name_stands_for_in_the_text_names_nobody_who_answers():
    plan_reading = reading(
        f"现就今年工作安排如下。文中各生产单位指一矿、二矿、洗选厂。\n1.{BUS}。（机电部）\n2.{ROOF}。（各生产单位）\n3.{BENCH}。（后勤部）"
    )

    assert len(plan_reading.plan.work_points) == 3
