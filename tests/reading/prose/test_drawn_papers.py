"""Papers of offices that are no plain list, drawn in the habits of their kind: nothing of them is wrong without a word.

`python -m tests.soaks.tables 0 1000` draws thousands; here a few seeds of each kind stand for them.
"""

from __future__ import annotations

import pytest

from tests.support.drawn_papers import KINDS, draw_paper
from tests.support.drawn_plans import who
from tests.support.drawn_texts import hidden
from tracker.grid import Paragraph, Source
from tracker.problems.reading import NotAPlan
from tracker.reading.plan.plan import read_plan

SEEDS = range(8)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_a_drawn_paper_is_wrong_without_a_word(kind):
    papers = [draw_paper(seed, kind) for seed in SEEDS]

    errors = [error for paper in papers for error in hidden(paper, read_plan(paper.source))]

    assert errors == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawn_paper_that_is_read_rightly_is_told_of_hardly_anything(kind):
    papers = [draw_paper(seed, kind) for seed in SEEDS]

    findings = [finding for paper in papers for finding in read_plan(paper.source).findings]

    assert len(findings) * 10 <= sum(len(paper.points) for paper in papers)


def read_text(text: str) -> list[tuple[str, str, str]]:
    paragraphs = tuple(Paragraph(line, f"L{n}") for n, line in enumerate(text.strip().splitlines(), 1))
    points = read_plan(Source("txt", "方案.txt", paragraphs)).plan.work_points
    return [(point.requirement, point.section, who(point)) for point in points]


def test_a_short_item_with_units_heads_a_sentence_below_it_only_where_all_of_its_level_do():
    heads = (
        "2026年任务分工\n（一）水利。（县甲局）\n疏浚支渠三公里。\n（二）林业。（县乙局）\n补植柳树两百株。"
    )
    items = (
        "2026年任务分工\n（一）疏浚支渠。（县甲局负责）\n水利是农业的命脉。\n（二）补植柳树。（县乙局负责）"
    )

    assert read_text(heads) == [
        ("疏浚支渠三公里。", "（一）水利。", "责:县甲局"),
        ("补植柳树两百株。", "（二）林业。", "责:县乙局"),
    ]
    assert [requirement for requirement, _, _ in read_text(items)] == ["疏浚支渠。", "补植柳树。"]


def test_a_collective_name_alone_in_the_bracket_of_a_heading_answers_where_others_do():
    text = "2026年任务分工\n一、水利（县甲局）\n疏浚支渠三公里。\n二、林业（县乙局）\n补植柳树两百株。\n三、道路（各乡镇（街道））\n补路两公里。"

    assert read_text(text)[2] == ("补路两公里。", "三、道路", "责:各乡镇（街道）")


def test_an_aim_below_a_project_is_a_remark_and_a_problem_above_measures_a_heading():
    projects = "2026年任务分工\n项目：疏浚支渠\n目标：年底通水\n责任单位：县甲局\n项目：补植柳树\n目标：成活九成\n责任单位：县乙局"
    measures = "2026年整改清单\n1.管护缺位。\n整改措施：疏浚支渠。\n责任单位：县甲局\n2.台账不全。\n整改措施：补植柳树。\n责任单位：县乙局"

    assert [requirement for requirement, _, _ in read_text(projects)] == ["疏浚支渠", "补植柳树"]
    assert [requirement for requirement, _, _ in read_text(measures)] == ["疏浚支渠。", "补植柳树。"]


def test_who_met_answers_for_nothing():
    text = "县防汛工作会议纪要\n2026年4月2日，县长召开会议，县甲局、县乙局负责人参加。现将议定事项纪要如下：\n1.由县甲局牵头，5月底前疏浚支渠。\n2.由县乙局负责，6月底前补植柳树。"

    assert [units for _, _, units in read_text(text)] == ["牵:县甲局", "责:县乙局"]


@pytest.mark.parametrize("sign", ["——", "○ ", "- ", "□ "])
def test_a_sign_before_an_item_is_no_part_of_it(sign):
    text = f"2026年任务分工\n一、水利\n{sign}疏浚支渠。（县甲局负责）\n{sign}补植柳树。（县乙局负责）"

    assert [requirement for requirement, _, _ in read_text(text)] == ["疏浚支渠。", "补植柳树。"]


def test_a_dash_before_a_line_that_says_who_and_by_when_states_both():
    text = "2026年任务分工\n（1）疏浚支渠，县领导包干。\n——由组织一科负责，5月底前到位\n（2）补植柳树。\n——由干部科牵头，县甲局配合，3月兑现"

    assert [units for _, _, units in read_text(text)] == ["责:组织一科", "牵:干部科 配:县甲局"]


def test_who_explains_a_rule_and_who_gets_a_copy_has_no_task():
    text = "2026年评查工作规则\n第一条　逐月自查。（县甲部负责）\n第二条　逐案评查。（县乙部负责）\n第三条　本规则自2026年3月1日起施行，由县评查委员会负责解释。\n分送：县委办公室，县政协办公室。"

    assert [requirement for requirement, _, _ in read_text(text)] == [
        "第一条 逐月自查。",
        "第二条 逐案评查。",
    ]


def test_labels_of_tasks_below_a_heading_with_units_are_items_of_it():
    text = "2026年任务分工\n一、水利（责任单位：县甲局）\n任务：疏浚支渠\n措施：分段清淤\n时限：6月底\n任务：加固堤坝\n时限：9月底\n二、林业（责任单位：县乙局）\n任务：补植柳树\n时限：3月底"

    assert read_text(text) == [
        ("疏浚支渠 分段清淤", "一、水利", "责:县甲局"),
        ("加固堤坝", "一、水利", "责:县甲局"),
        ("补植柳树", "二、林业", "责:县乙局"),
    ]


def test_paragraphs_above_lines_of_labels_are_no_part_of_the_one_that_the_labels_close():
    labels = "主管领导：王平\n责任单位：县甲局\n进度安排：3月份完成招标；10月底前全部换装。"
    text = f"下面逐件说明。\n2026年民生实事任务\n出行\n划线泊位三千个。\n{labels}\n增设公交十条。\n{labels}\n居住\n更换软管两万户。\n{labels}"

    assert read_text(text) == [
        ("划线泊位三千个。", "出行", "责:县甲局"),
        ("增设公交十条。", "出行", "责:县甲局"),
        ("更换软管两万户。", "居住", "责:县甲局"),
    ]


def test_a_paragraph_that_a_gap_parts_from_its_neighbour_below_is_told():
    label = "责任单位：县甲局\n完成时限：6月底前"
    text = f"2026年民生实事任务\n划线泊位三千个。\n{label}\n\n这一件群众呼声最高。\n\n更换软管两万户。\n{label}\n\n接种疫苗一万人。\n{label}"
    paragraphs = tuple(Paragraph(line, f"L{n}") for n, line in enumerate(text.splitlines(), 1))

    reading = read_plan(Source("txt", "方案.txt", paragraphs))

    assert [point.place for point in reading.plan.work_points] == ["L2", "L8", "L12"]
    assert [(finding.code, finding.place) for finding in reading.findings] == [("unread", "L6")]


def test_a_label_with_all_of_its_time_does_not_go_on_in_the_next_line():
    label = "责任单位：县甲局\n进度安排：上半年完成招标；年底前完工"
    text = f"2026年民生实事任务\n划线泊位三千个，错时开放。\n{label}\n更换两万户软管，加装阀门。\n{label}\n接种疫苗一万人，开设门诊。\n{label}"

    assert len(read_text(text)) == 3


def test_labels_of_any_word_before_that_of_the_units_stand_in_their_bracket():
    text = "2026年任务分工\n1.修渠。【县领导：李某；责任单位：县甲局；配合单位：县乙局】\n2.植树。（挂钩县领导：张某；责任单位：县乙局）\n3.补路。（资金：五万元；责任单位：县甲局）"

    assert read_text(text) == [
        ("修渠。", "", "责:县甲局 配:县乙局"),
        ("植树。", "", "责:县乙局"),
        ("补路。", "", "责:县甲局"),
    ]


def test_a_heading_that_may_be_a_room_lends_nothing_to_items_that_say_who_answers():
    text = "2026年任务分工\n一、门诊\n1.分时预约。【责任科室：门诊部】\n二、住院\n2.床旁结算。【责任科室：医务科；配合科室：财务科】"

    assert [units for _, _, units in read_text(text)] == ["责:门诊部", "责:医务科 配:财务科"]


def test_a_person_in_a_bracket_behind_the_second_unit_is_no_part_of_its_name():
    text = "2026年任务分工\n1.移交小区。【落实单位：县甲公司、县乙局（曲波）】\n2.上门测温。【落实单位：县供热办（金柱）】"

    assert [units for _, _, units in read_text(text)] == ["责:县甲公司、县乙局", "责:县供热办"]


def test_a_label_of_time_may_hold_a_limit_and_its_deed():
    label = "责任单位：县甲局\n进度安排：{}。"
    text = "\n".join(
        (
            "2026年民生实事任务",
            "建公园三座。",
            label.format("10月底前开园"),
            "修路五条。",
            label.format("6月底前开工两条；12月底前全部通车"),
        )
    )
    paragraphs = tuple(Paragraph(line, f"L{n}") for n, line in enumerate(text.splitlines(), 1))

    points = read_plan(Source("txt", "方案.txt", paragraphs)).plan.work_points

    assert [str(point.deadline.due) for point in points] == ["2026-10-31", "2026-12-31"]


def test_who_stands_behind_together_with_is_read_in_minutes_too():
    text = "县专题会议纪要\n会议议定以下事项：\n1.由县甲局牵头，会同县乙局制定安置办法，9月10日前提交。\n2.由县丙局负责，7月底前交付用地。"

    assert [units for _, _, units in read_text(text)] == ["牵:县甲局 配:县乙局", "责:县丙局"]


def test_a_letter_with_one_sentence_in_which_somebody_acts_is_no_plan():
    text = "各镇人民政府：\n现将《2026年任务分解表》印发给你们。\n请对照落实。县政府督查室依照分解表抽查办理情况。\n附件：任务分解表\n县政府办公室\n2026年2月10日"

    with pytest.raises(NotAPlan):
        read_text(text)


@pytest.mark.parametrize("mark", ["  ", "。", "，", " "])
def test_a_label_of_time_before_those_of_the_units_is_no_part_of_the_task(mark):
    text = f"2026年任务分工\n①修渠三里。完成时限：6月底前{mark}牵头单位：县甲局{mark}配合单位：县乙局\n②植树百亩。完成时限：11月{mark}牵头单位：县乙局"

    assert read_text(text) == [("修渠三里。", "", "牵:县甲局 配:县乙局"), ("植树百亩。", "", "牵:县乙局")]


def test_tasks_with_a_number_in_their_label_are_items_of_the_heading_with_units():
    text = "2026年任务分工\n一、水利（责任单位：县甲局）\n任务一：疏浚支渠\n措施：分段清淤\n任务二：加固堤坝\n措施：抛石护脚\n二、林业（责任单位：县乙局）\n任务一：补植柳树\n措施：分片栽植"

    assert [requirement.split()[0] for requirement, _, _ in read_text(text)] == [
        "疏浚支渠",
        "加固堤坝",
        "补植柳树",
    ]


def test_a_remark_behind_the_labels_of_each_item_is_one_of_its_item():
    text = "2026年任务分工\n1.修渠三里。责任单位：县甲局。进度：已开工。\n2.植树百亩。责任单位：县乙局。进度：未开工。"
    paragraphs = tuple(Paragraph(line, f"L{n}") for n, line in enumerate(text.splitlines(), 1))

    reading = read_plan(Source("txt", "方案.txt", paragraphs))

    assert [dict(point.remarks) for point in reading.plan.work_points] == [
        {"进度": "已开工。"},
        {"进度": "未开工。"},
    ]
    assert reading.findings == ()


def test_who_is_to_act_together_with_another_supports_it_in_minutes():
    text = "县2026年专题会议纪要\n会议议定以下事项：\n1.由县甲局抓紧会同县乙局制定方案，6月底前报审。\n2.由县丙局负责，7月底前交付用地。"

    assert [units for _, _, units in read_text(text)] == ["责:县甲局 配:县乙局", "责:县丙局"]


def test_a_line_that_is_one_bracket_is_not_units_in_front_of_its_time():
    text = "2026年工作责任分解\n（注：责任单位中，列第一位的为牵头单位，其他为配合单位）\n1.按人头打包。\n（县甲局、县乙局，2026年9月底前）\n2.下沉坐诊。\n（县乙局、县丙局，2026年12月底前）\n3.核增编制。\n（县甲局，2026年6月底前）"

    assert read_text(text) == [
        ("按人头打包。", "", "牵:县甲局 配:县乙局"),
        ("下沉坐诊。", "", "牵:县乙局 配:县丙局"),
        ("核增编制。", "", "牵:县甲局"),
    ]


def test_names_before_a_label_in_one_bracket_answer_beside_those_behind_it():
    text = "2026年任务分工\n1.修渠。（县甲局；配合单位：县乙局）\n2.植树。[县乙局；协助：县丙局]\n3.补路。〈县丙局；县甲局；配合：县乙局〉"

    assert [units for _, _, units in read_text(text)] == [
        "责:县甲局 配:县乙局",
        "责:县乙局 配:县丙局",
        "责:县丙局、县甲局 配:县乙局",
    ]


def test_who_signs_above_the_items_has_no_task():
    text = "2026年任务分工\n签发：县甲局办公室    日期：2026年1月6日\n（县甲局　2026年1月6日）\n1、【县乙局】修渠。\n2、【县丙局】植树。\n3、【县乙局】补路。"

    assert [units for _, _, units in read_text(text)] == ["责:县乙局", "责:县丙局", "责:县乙局"]


def test_where_most_items_open_with_units_a_bracket_that_begins_like_a_deed_holds_units_too():
    text = "2026年任务分工\n1.【推广站、财务股】兑付补贴。\n2.【推广站牵头，培训中心配合】建示范点四个。\n3.【培训学校】培训农机手三百人。"

    assert [units for _, _, units in read_text(text)] == [
        "责:推广站、财务股",
        "牵:推广站 配:培训中心",
        "责:培训学校",
    ]


def test_a_role_in_a_bracket_behind_a_name_is_that_names():
    text = "2026年任务分工\n1.军训会操。【学生处〔牵头〕、高一年级部、校医室】\n2.评比内务。【宿管科】\n3.开放日。【校办〔牵头〕、团委】"

    assert [units for _, _, units in read_text(text)] == [
        "牵:学生处 责:高一年级部、校医室",
        "责:宿管科",
        "牵:校办 责:团委",
    ]


def test_a_time_behind_a_person_in_a_bracket_of_labels_is_the_tasks():
    lines = (
        "2026年任务分工",
        "1.整理病案。（责任科室：病案室，责任人：孙某，每周五）",
        "2.改造母婴室。（责任科室：总务科，责任人：赵某，11月底）",
    )
    blocks = tuple(Paragraph(line, f"L{n}") for n, line in enumerate(lines, 1))

    points = read_plan(Source("txt", "方案.txt", blocks), year=2026).plan.work_points

    assert [point.deadline.text for point in points] == ["每周五", "11月底"]


def test_a_bare_heading_lends_nothing_to_an_item_that_says_who_answers():
    text = "2026年任务清单\n一、依法治校\n1.修订章程。（责任部门：党政办公室）\n2.清理制度。（责任部门：法务处）\n二、县乙局\n3.改造宿舍。（配合单位：后勤处）"

    units = [units for _, _, units in read_text(text)]

    assert units[:2] == ["责:党政办公室", "责:法务处"]


def test_a_numbered_line_in_the_middle_of_its_sentence_is_one_item_with_the_line_that_ends_it():
    text = "2026年任务分工\n一、责任\n  1.修订责任清单，把责任写进每个岗位的作业\n指导书，4月底前完成签字。（责任部门：安全科）\n  2.带队检查。（责任部门：办公室）\n二、水利\n  3.疏浚支渠、加固堤坝\n疏浚三公里。（责任部门：工程科）"

    assert [requirement for requirement, _, _ in read_text(text)] == [
        "修订责任清单，把责任写进每个岗位的作业指导书，4月底前完成签字。",
        "带队检查。",
        "疏浚三公里。",
    ]
