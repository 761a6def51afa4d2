"""Papers with a frame of their own: what stands around, above and behind the items is no part of them, what goes on is."""

import pytest

from tracker.grid import Paragraph, Source
from tracker.model import Role
from tracker.reading.plan import PlanReading, read_plan


def read(*lines: str) -> PlanReading:
    return read_plan(
        Source("txt", "方案.txt", tuple(Paragraph(line, f"L{n}") for n, line in enumerate(lines, 1)))
    )


def units(reading: PlanReading) -> list[list[str]]:
    return [
        [assignment.unit for assignment in point.responsibility.assignments]
        for point in reading.plan.work_points
    ]


def limits(reading: PlanReading) -> list[str]:
    return [point.deadline.text for point in reading.plan.work_points]


def requirements(reading: PlanReading) -> list[str]:
    return [point.requirement for point in reading.plan.work_points]


def places(reading: PlanReading) -> list[tuple[str, str]]:
    return [(finding.code, finding.place) for finding in reading.findings]


TITLE = "石桥县2026年重点任务安排"
ITEMS = ("1.疏浚河道三公里。（县水利局）", "2.栽种护岸林十亩。（县林业局）", "3.更新校车五辆。（县教育局）")


def test_a_body_and_a_day_in_one_line_sign_a_table_that_was_pasted_a_cell_a_line():
    reading = read(
        "石桥县2026年绿化任务分解表", "工作任务", "责任单位", "1.补植行道树，3月底前栽完。", "县林业局、县公路局",
        "2.创建森林村庄十二个。", "县林业局牵头，各乡镇人民政府配合", "3.防治美国白蛾，飞机喷药。", "县林业局牵头，县财政局配合",
        "县林业局办公室 2026年2月21日",
    )  # fmt: skip

    assert [point.no for point in reading.plan.work_points] == ["1", "2", "3"]


@pytest.mark.parametrize("deed", ["督办", "负责督查", "牵头考核", "负责汇总", "调度"])
def test_who_looks_after_all_tasks_has_none_of_them(deed):
    reading = read(TITLE, f"以下任务由县政府督查室{deed}。", *ITEMS)

    assert units(reading) == [["县水利局"], ["县林业局"], ["县教育局"]]


def test_a_signature_behind_a_gap_is_none_of_the_units_behind_dashes():
    reading = read(
        "石桥县2026年爱国卫生任务安排", "", "  1、清运冬储垃圾，日产日清。", "     ——县城管局、各街道办事处（4月20日前）", "",
        "  2、整治农贸市场污水横流。", "     ——县市场监管局牵头，县商务局配合（6月底前）", "",
        "  3、开展春秋两季灭鼠，登记造册。", "     ——县疾控中心（10月底前）", "", "石桥县爱国卫生运动委员会", "2026年3月20日",
    )  # fmt: skip

    assert units(reading)[2] == ["县疾控中心"]
    assert limits(reading) == ["4月20日前", "6月底前", "10月底前"]


@pytest.mark.parametrize("label", ["时间", "活动时间", "开展时间"])
def test_from_when_to_when_all_takes_place_is_no_limit_and_is_told_once(label):
    reading = read(TITLE, f"{label}：2026年4月1日至4月30日。", *ITEMS)

    assert limits(reading) == ["", "", ""]
    assert places(reading) == [("unplaced-limit", "L2")]


def test_a_name_behind_a_dash_needs_no_ending_where_others_stand_there():
    reading = read(
        TITLE,
        "1）粉刷宿舍内墙。——修缮中心",
        "2）更换空调主机。——动力中心、修缮中心",
        "3）改造排烟管道。——饮食中心",
    )

    assert units(reading) == [["修缮中心"], ["动力中心", "修缮中心"], ["饮食中心"]]


def test_a_sentence_with_a_count_of_parts_below_it_is_one_item_where_others_count_none():
    reading = read(
        TITLE, "一、划定保护区。", "（1）勘测边界；", "（2）竖立界碑，9月底前立完。", "责任单位：县水利局",
        "二、建设连通管线，12月20日前通水。", "责任单位：县自来水公司",
    )  # fmt: skip

    assert [point.no for point in reading.plan.work_points] == ["一", "二"]
    assert requirements(reading)[0] == "划定保护区。 （1）勘测边界； （2）竖立界碑，9月底前立完。"


def test_an_answer_goes_on_with_its_question():
    reading = read(
        TITLE,
        "1.问：车站没有座椅，不便。",
        "答：增设座椅，7月底前装好。（设施科）",
        "2.问：车内太热。",
        "答：统一设定温度。（运营科）",
    )

    assert requirements(reading) == [
        "问：车站没有座椅，不便。 答：增设座椅，7月底前装好。",
        "问：车内太热。 答：统一设定温度。",
    ]


def test_what_a_letter_says_is_a_part_of_what_it_asks():
    reading = read(
        "石桥县区长信箱交办单", "1.张先生来信反映：梧桐巷夜间路灯不亮。", "办理要求：检修线路，7月25日前恢复。", "（承办单位：县城管局）",
        "2.匿名来信反映：菜市场后街油烟扰民。", "办理要求：安装净化设备。", "（承办单位：县生态环境局）",
        "3.李女士来信建议：校门前设护学岗。", "办理要求：安排值守。", "（承办单位：县公安局；协办单位：县教育局）",
    )  # fmt: skip

    assert [point.no for point in reading.plan.work_points] == ["1", "2", "3"]
    assert all("来信" in text for text in requirements(reading))


def test_where_units_stand_on_the_page_is_no_item():
    reading = read(
        TITLE,
        "今年以数字转型为主线。任务前括号内为负责单位。",
        "【县档案馆】扫描档案九万页。",
        "【县档案馆、县文旅局】征集口述档案。",
        "【县保密局】修订解密办法。",
    )

    assert units(reading) == [["县档案馆"], ["县档案馆", "县文旅局"], ["县保密局"]]


def test_a_head_of_annexed_explanations_is_no_unit():
    reading = read(
        TITLE,
        "1.新建幼儿园两所。",
        "主办：县教育局",
        "2.加装电梯五十部。",
        "主办：县住建局",
        "附：有关说明",
        "进展按月公开。",
    )

    assert units(reading) == [["县教育局"], ["县住建局"]]


def test_a_time_behind_the_units_of_a_line_is_that_of_its_item():
    reading = read(
        TITLE,
        "1.加固戏台。牵头：文化站，配合：供电所。4月10日前。",
        "2.摆够厕所。牵头：环卫站，配合：市政所。4月15日前。",
        "3.画停车线。牵头：交管站。4月12日前。",
    )

    assert limits(reading) == ["4月10日前", "4月15日前", "4月12日前"]


def test_lines_behind_the_same_sign_are_never_one_however_wide():
    reading = read(
        TITLE, "+ 清洗空调滤网，遥控器贴大字 （维修组负责，5月25日前）", "+ 绿豆汤凉白开放到每层楼上面 （厨房负责，每天都送）", "+ 凉席挨床擦洗，毛刺多的换掉 （护理组负责，6月1日前）",
        "+ 纱窗有洞的补上 （后勤组负责，5月底前）", "+ 中暑怎么办，护工都要会，练两遍 （医务室牵头，护理组参加，6月10日前）",
    )  # fmt: skip

    assert {"维修组", "护理组", "后勤组"} <= {name for names in units(reading) for name in names}
    assert units(reading)[0] == ["维修组"]


def test_units_between_a_number_and_its_task_are_those_of_that_number():
    reading = read(
        TITLE,
        "1.责任单位：县气象局",
        "内容：雷达组网。",
        "2.责任单位：县水利局、县林业局",
        "内容：检定仪器。",
        "完成期限：6月中旬",
        "3.责任单位：县财政局",
        "内容：清点弹药。",
    )

    assert units(reading) == [["县气象局"], ["县水利局", "县林业局"], ["县财政局"]]
    assert limits(reading) == ["", "6月中旬", ""]
    assert places(reading) == []


def test_a_bracket_of_labels_between_a_number_and_its_task_is_said_of_that_task():
    in_square = read(
        TITLE,
        "（1）【牵头：县水利局】布设红外相机。",
        "（2）【牵头：县林业局；协助：县公安局】补植火烧迹地。（务于4月10日前完成）",
        "（3）【牵头：县水利局】古树全部挂牌。",
    )
    in_round = read(
        TITLE,
        "（一）（牵头单位：县委政法委）完善制度；3月底前完成",
        "（二）（牵头单位：县公安局）深挖积案",
        "（三）（牵头单位：县司法局；配合单位：县法院）开展帮扶",
    )

    assert units(in_square) == [["县水利局"], ["县林业局", "县公安局"], ["县水利局"]]
    assert units(in_round) == [["县委政法委"], ["县公安局"], ["县司法局", "县法院"]]
    assert limits(in_round)[0] == "3月底前"


def test_what_a_boxed_label_says_needs_no_form():
    reading = read(
        TITLE,
        "1.复核线索。【责任】监察支队【时限】次年1月15日前",
        "2.推广程序。【责任】工伤保险科【时限】4月起实施",
        "3.培训工人。【责任】县就业中心【时限】11月末",
    )

    assert units(reading) == [["监察支队"], ["工伤保险科"], ["县就业中心"]]


def test_a_time_behind_a_bracket_or_a_last_date_behind_a_dash_is_that_of_the_item():
    dashes = read(
        TITLE,
        "（1）变电站投产——供电公司，截止日期6月28日。",
        "（2）建立健康档案——运检部、供电公司。",
        "（3）服务覆盖各村——营销部，截止日期10月20日。",
    )
    brackets = read(
        TITLE,
        "1.轮训执委。〔县妇联〕—7月底",
        "2.评选家庭。〔县文明办〕",
        "3.免费筛查。〔县卫健局〕—10月25日前",
    )

    assert units(dashes) == [["供电公司"], ["运检部", "供电公司"], ["营销部"]]
    assert limits(dashes) == ["6月28日", "", "10月20日"]
    assert limits(brackets) == ["7月底", "", "10月25日前"]


def test_what_stands_once_before_a_time_is_a_task_and_no_label():
    reading = read(
        TITLE,
        "1、春季集中免疫：3月10日至4月20日。",
        "牵头：县疫控中心；落实：各乡镇人民政府",
        "2、秋季集中免疫：9月中旬至10月底。",
        "牵头：县疫控中心；落实：各乡镇人民政府",
    )

    assert [point.deadline.due.isoformat() for point in reading.plan.work_points] == [
        "2026-04-20",
        "2026-10-31",
    ]


def test_units_that_stand_behind_a_later_number_are_told():
    reading = read(
        TITLE,
        "1.清淤三公里。",
        "2.责任单位：县水利局",
        "3.植树十亩。",
        "4.责任单位：县林业局",
        "5.补路五条。",
        "6.责任单位：县交通局",
    )

    assert {place for code, place in places(reading) if code == "odd-item"} >= {
        point.place for point in reading.plan.work_points
    }


@pytest.mark.parametrize("mark", [" → ", "->", " / ", "｜", " —— ", " 👉 "])
def test_rows_that_one_mark_parts_are_tasks_units_and_times_whatever_the_names_look_like(mark):
    rows = (
        ("清洗冲床油路，旧油另存", "机修班", "7月15日前"),
        ("更换行车钢丝绳", "机修班牵头，起重班配合", "7月20日前"),
        ("重刷地面黄线", "甲班、乙班", "8月底"),
        ("旧件造册入库", "库房", "定期"),
    )
    reading = read("二车间大修谁来干", "干完在白板上打勾。", *(mark.join(row) for row in rows))

    assert requirements(reading) == [task for task, _, _ in rows]
    assert units(reading) == [["机修班"], ["机修班", "起重班"], ["甲班", "乙班"], ["库房"]]
    assert limits(reading) == [time for _, _, time in rows]


def test_a_day_with_a_point_in_a_row_is_a_limit():
    reading = read(
        "2026年春播分工",
        "地块测墒情 / 农技站 / 3.25前",
        "种子拌药 / 种子站 / 4.5前",
        "上油堵漏 / 水管站 / 4月中旬",
    )

    assert [point.deadline.due.isoformat()[5:] for point in reading.plan.work_points] == [
        "03-25",
        "04-05",
        "04-20",
    ]


def test_two_processes_with_arrows_are_no_rows():
    reading = read(
        TITLE,
        "1.优化流程：受理 → 审核 → 办结。（县水利局）",
        "2.栽种护岸林十亩。（县林业局）",
        "3.更新校车五辆。（县教育局）",
    )

    assert units(reading) == [["县水利局"], ["县林业局"], ["县教育局"]]


def test_a_label_of_a_role_and_offices_of_any_kind_is_one_where_it_returns():
    reading = read(
        TITLE,
        "（一）育秧一千亩。",
        "责任领导：陈国强",
        "责任办所：综合服务中心",
        "完成时限：4月20日前",
        "（二）复核低保对象。",
        "责任领导：刘芳",
        "责任办所：社会事务办、民政所",
        "（三）清淤山塘。",
        "责任领导：周明",
        "责任办所：水利站",
    )

    assert units(reading) == [["综合服务中心"], ["社会事务办", "民政所"], ["水利站"]]


def test_the_annexes_that_a_letter_lists_below_its_items_are_no_items():
    reading = read(TITLE, *ITEMS, "附件：1.政策清单", "2.联络员名单（县林业局）", "3.考核办法（县水利局）")

    assert len(reading.plan.work_points) == len(ITEMS)


def test_a_body_and_a_day_are_no_more_of_the_units_above_however_full_their_line_is():
    reading = read(
        TITLE, "1.适配辅具八百件。责任单位：县残联", "2.无障碍改造一百户，9月底前完成。责任单位：县残联、县住建局",
        "3.按比例就业审核，6月底前完成。责任单位：县残联、县人社局、县税务局", "抄送：市残联。", "石桥县残疾人联合会办公室　2026年2月3日印发",
    )  # fmt: skip

    assert units(reading)[2] == ["县残联", "县人社局", "县税务局"]
    assert limits(reading)[2] == "6月底前"


def test_what_a_note_says_of_some_items_may_end_in_any_verb():
    reading = read(TITLE, *ITEMS, "备注：第1项8月底前通水，其余12月底前完成。")

    assert [point.deadline.due.isoformat()[5:] for point in reading.plan.work_points] == [
        "08-31",
        "12-31",
        "12-31",
    ]


RECORDS = {
    "units first": ("{n}.责任单位：{unit}", "完成时限：{time}", "工作任务：{task}"),
    "a number alone": (
        "{n}.",
        "配合单位：县公安局",
        "责任单位：{unit}",
        "完成时限：{time}",
        "工作任务：{task}",
    ),
    "counted labels": (
        "3.{n}",
        "3.{n}.1 任务内容：{task}",
        "3.{n}.2 责任单位：{unit}",
        "3.{n}.3 完成时限：{time}",
    ),
    "in boxes": ("（{n}）【责任科室】{unit}【任务】{task}【节点】{time}",),
    "behind circles": ("{n}. ①内容：{task}②承办：{unit}③进度：{time}",),
    "in angles": ("{n} 〈事项〉{task}〈主责部门〉{unit}〈时限〉{time}",),
    "behind tabs": ("S-0{n}\t(1)任务：{task}\t(2)责任部门：{unit}\t(3)节点：{time}",),
    "behind bars": ("{n}、｜承办：{unit}｜事项：{task}｜分值：5｜节点：{time}",),
    "units and a time behind one label": ("{n}. {task}", "责任股所及时限：{unit}，{time}"),
    "who watches between": (
        "（{n}）重点任务：{task}",
        "责任股室：{unit}",
        "督导股室：县公安局",
        "完成时限：{time}",
    ),
    "an aim between": ("{n}. 重点措施：{task}", "目标：合格率100%", "主责单位：{unit}", "时间节点：{time}"),
}


@pytest.mark.parametrize("form", RECORDS.values(), ids=RECORDS)
def test_records_of_labels_in_any_order_are_items(form):
    items = (
        ("清理河道违建", "县河长办", "10月底前"),
        ("更新人员名单", "县水利局、县应急局", "6月1日前"),
        ("加装消毒设备", "县卫健局", "8月上旬"),
    )
    reading = read(
        TITLE,
        *(
            line.format(n=n, task=task, unit=unit, time=time)
            for n, (task, unit, time) in enumerate(items, 1)
            for line in form
        ),
    )

    assert requirements(reading) == [task for task, _, _ in items]
    assert [[name for name in names if name != "县公安局"] for names in units(reading)] == [
        unit.split("、") for _, unit, _ in items
    ]
    assert limits(reading) == [time for _, _, time in items]


def test_a_heading_with_a_label_of_its_own_is_no_record():
    reading = read(
        TITLE, *(
            line for n, (problem, task) in enumerate((("账目不全", "盘点实物。"), ("计划不报", "修订办法。"), ("压级压价", "开设专线。")), 1)
            for line in (f"{n}.反馈问题：{problem}", f"整改措施：{task}", "责任单位：县水利局")
        )
    )  # fmt: skip

    assert requirements(reading) == ["盘点实物。", "修订办法。", "开设专线。"]


@pytest.mark.parametrize(
    "form",
    [
        "{task}。[牵头：{unit}]{{参加：县公安局}}<时限：{time}>",
        "{task}。［{time}］〔牵头：{unit}〕（参加：县公安局）",
        "{task}（含道口）[牵头：{unit}]{{参加：县公安局}}<{time}>",
    ],
)
def test_brackets_of_any_kind_at_the_end_hold_labels_and_a_time(form):
    items = (
        ("打通断头路", "县住建局", "三季度"),
        ("加装电梯", "县民政局", "12月10日前"),
        ("核发津贴", "县财政局", "5月底前"),
    )
    reading = read(
        TITLE,
        *(
            f"{n}、" + form.format(task=task, unit=unit, time=time)
            for n, (task, unit, time) in enumerate(items, 1)
        ),
    )

    assert units(reading) == [[unit, "县公安局"] for _, unit, _ in items]
    assert limits(reading) == [time for _, _, time in items]


def test_units_time_and_task_of_a_record_go_on_in_the_next_line():
    reading = read(
        TITLE,
        "（一）工作任务：更换老旧路灯。",
        "牵头部门：县住建局",
        "县城管局",
        "完成时限：2026年8月",
        "底前",
        "（二）工作任务：沿街店铺的招牌",
        "统一编号、登记造册。",
        "牵头部门：县民政局",
        "配合部门：县公安局；",
        "县水利局",
        "完成时限：三季度",
        "（三）工作任务：清理背街小巷。",
        "牵头部门：县卫健局",
        "配合部门：县残联、",
        "皮影传习堂",
        "完成时限：每月",
    )

    assert requirements(reading) == ["更换老旧路灯。", "沿街店铺的招牌统一编号、登记造册。", "清理背街小巷。"]
    assert [
        [(assignment.unit, assignment.role) for assignment in point.responsibility.assignments]
        for point in reading.plan.work_points
    ] == [
        [("县住建局", Role.LEAD), ("县城管局", Role.LEAD)],
        [("县民政局", Role.LEAD), ("县公安局", Role.SUPPORT), ("县水利局", Role.SUPPORT)],
        [("县卫健局", Role.LEAD), ("县残联", Role.SUPPORT), ("皮影传习堂", Role.SUPPORT)],
    ]
    assert limits(reading) == ["2026年8月底前", "三季度", "每月"]


def test_whoever_stands_behind_a_label_of_no_kind_in_a_record_is_not_lost():
    reading = read(
        TITLE, *(
            f"{n}、｜承办：县住建局｜事项：{task}｜会签：县水利局｜节点：8月底前"
            for n, task in enumerate(("更换路灯。", "统一招牌。", "清理小巷。"), 1)
        )
    )  # fmt: skip

    assert units(reading) == [["县住建局", "县水利局"]] * 3
    assert limits(reading) == ["8月底前"] * 3


def test_what_stands_below_a_task_without_a_full_stop_is_the_task_where_all_are_titles():
    reading = read(
        TITLE, *(
            line for n, (title, task) in enumerate((("停车便民", "新增车位八百个。"), ("灯光亮化", "更换路灯。"), ("店招统一", "编号造册。")), 1)
            for line in (f"（{n}）工作任务：{title}", task, "牵头部门：县住建局", "完成时限：8月底前")
        )
    )  # fmt: skip

    assert requirements(reading) == ["新增车位八百个。", "更换路灯。", "编号造册。"]


def test_who_signs_below_the_last_record_is_none_of_its_units():
    reading = read(
        TITLE, *(
            line for n, task in enumerate(("更换路灯。", "统一招牌。", "清理小巷。"), 1)
            for line in (f"（{n}）工作任务：{task}", "完成时限：8月底前", "牵头部门：县住建局")
        ), "县民政局"
    )  # fmt: skip

    assert all("县民政局" not in names for names in units(reading))
