"""Numbers of any writing before items, rules between them, and what stands above the first of them."""

import pytest

from tests.support.drawn_plans import allotments, lines, read, who
from tracker.problems.reading import NotAPlan
from tracker.reading.plan import PlanReading

FRAMES = (
    "任务{}：",
    "第{}项　",
    "★ {} ★",
    "【{}】",
    "其{}，",
    "事项{} ",
    "第{}，",
    "No.{} ",
    "第{}项任务——",
)
TASKS = (
    ("翻修候船亭", "县交通局"),
    ("清点旧航标", "县水利局"),
    ("补发船员证", "县海事处"),
    ("拆除废码头", "县住建局"),
)


def reading(text: str) -> PlanReading:
    return read(*lines(text), kind="txt")


def numerals(frame: str) -> str:
    return "1234" if "★" in frame or "No" in frame else "一二三四"


def written(frame: str, *, between: str = "", link: str = "") -> str:
    blocks = [
        f"{frame.format(number)}{link}{task}\n责任单位：{unit}\n时限：6月底前"
        for number, (task, unit) in zip(numerals(frame), TASKS, strict=True)
    ]
    return "岚江县2026年渡口改造任务单\n（请对照办理）\n" + f"\n{between}\n".join(blocks)


ALL = [(task, f"责:{unit}") for task, unit in TASKS]


@pytest.mark.parametrize("frame", FRAMES)
def test_what_counts_in_one_frame_numbers_the_items(frame: str):
    plan_reading = reading(written(frame))

    assert allotments(plan_reading) == ALL
    assert [point.no for point in plan_reading.plan.work_points] == ["1", "2", "3", "4"]
    assert plan_reading.plan.title == "岚江县2026年渡口改造任务单"
    assert not plan_reading.findings


@pytest.mark.parametrize("frame", ["★ {} ★", "任务{}：", "第{}项", "{}."])
def test_a_number_alone_in_its_line_goes_before_the_next(frame: str):
    plan_reading = reading(written(frame, link="\n"))

    assert allotments(plan_reading) == ALL
    assert [point.place for point in plan_reading.plan.work_points] == ["L4", "L9", "L14", "L19"]


@pytest.mark.parametrize("rule", ["-----", "———————", "* * *", "＝＝＝＝", "☆☆☆", "┄┄┄┄"])
def test_a_rule_between_tasks_is_no_text(rule: str):
    for frame in ("任务{}：", "甲{}线："):
        plan_reading = reading(written(frame, between=rule))

        assert [who(point) for point in plan_reading.plan.work_points] == [units for _, units in ALL]
        assert not any(rule in point.requirement for point in plan_reading.plan.work_points)
        assert not plan_reading.findings


def test_items_below_a_count_may_have_numbers_of_their_own_and_the_count_may_begin_again():
    plan_reading = reading("""
    岚江县2026年渡口改造任务单
    一、水上
    任务一：翻修候船亭
    （1）换顶。
    （2）刷漆。
    责任单位：县交通局
    任务二：清点旧航标
    责任单位：县水利局
    二、岸上
    任务一：拆除废码头
    责任单位：县住建局
    """)

    assert [(point.section, point.no, who(point)) for point in plan_reading.plan.work_points][-2:] == [
        ("一、水上", "2", "责:县水利局"),
        ("二、岸上", "1", "责:县住建局"),
    ]


@pytest.mark.parametrize("frame", ["第{}阶段：", "附件{}：", "第{}条 ", "表{}："])
def test_what_divides_a_year_or_a_document_counts_no_items(frame: str):
    assert all(not point.no for point in reading(written(frame)).plan.work_points)


def test_lines_that_count_and_name_nobody_keep_their_words():
    text = """
    岚江县2026年渡口改造任务单
    第一，提高认识
    第二，压实责任
    第三，按时报送
    1.翻修候船亭。（县交通局）
    2.清点旧航标。（县水利局）
    """

    assert allotments(reading(text)) == [("翻修候船亭。", "责:县交通局"), ("清点旧航标。", "责:县水利局")]


def test_lines_of_a_page_above_the_title_are_no_task():
    plan_reading = reading("""
    办事指南
    通知公告
    岚江县2026年渡口改造工作安排
    （2026年3月2日印发）
    翻修候船亭，补齐护栏。
    责任单位——县交通局
    清点旧航标，登记造册。
    责任单位——县水利局
    """)

    assert allotments(plan_reading) == [
        ("翻修候船亭，补齐护栏。", "责:县交通局"),
        ("清点旧航标，登记造册。", "责:县水利局"),
    ]
    assert plan_reading.plan.title == "岚江县2026年渡口改造工作安排"


SENTENCES = """
    {title}
    一是由县交通局牵头、县水利局配合，7月10日前翻修候船亭。
    二是由县水利局牵头、各乡镇配合，8月底前清点旧航标。
    三是由县海事处牵头，县人社局配合，{third}补发船员证。
    """


@pytest.mark.parametrize("title", ["岚江县2026年渡口改造推进思路", "岚江县2026年渡口改造工作部署"])
def test_numbered_sentences_that_say_who_and_by_when_are_a_plan_unless_the_title_denies_it(title: str):
    plan_reading = reading(SENTENCES.format(title=title, third="9月底前"))

    assert [who(point) for point in plan_reading.plan.work_points] == [
        "牵:县交通局 配:县水利局",
        "牵:县水利局 配:各乡镇",
        "牵:县海事处 配:县人社局",
    ]
    with pytest.raises(NotAPlan):
        reading(SENTENCES.format(title="岚江县2026年渡口改造情况通报", third="9月底前"))


def test_numbered_sentences_without_a_day_or_of_what_was_done_are_no_plan():
    text = SENTENCES.format(title="岚江县渡口见闻", third="")

    for no_plan in (text.replace("7月10日前", "").replace("8月底前", ""), text.replace("前", "前已")):
        with pytest.raises(NotAPlan):
            reading(no_plan)


def test_a_limit_inside_a_sentence_needs_a_year_as_well_and_that_is_told():
    text = written("任务{}：").replace("2026年", "").replace("\n时限：6月底前", "，6月底前完成。")

    plan_reading = reading(text.replace("责任单位", "牵头单位"))

    assert all(point.deadline.due is None for point in plan_reading.plan.work_points)
    assert [finding.code for finding in plan_reading.findings].count("no-year") == 1


@pytest.mark.parametrize("sign", [">> ", "→", "├ ", "▶ ", "» "])
def test_signs_before_units_are_no_part_of_their_names(sign: str):
    blocks = [
        f"{n:02} / {task}\n{sign}{unit}（牵头）\n{sign}6月底前" for n, (task, unit) in enumerate(TASKS, 1)
    ]

    plan_reading = reading("岚江县2026年渡口改造任务分工\n" + "\n".join(blocks))

    assert allotments(plan_reading) == [(task, f"牵:{unit}") for task, unit in TASKS]
    assert {point.deadline.text for point in plan_reading.plan.work_points} == {"6月底前"}


def test_units_in_a_bracket_below_answer_for_what_counts_and_blanks_may_follow_the_number():
    below = [
        f"第{n}、{task}，6月底前完成。\n（{unit}）" for n, (task, unit) in zip("一二三四", TASKS, strict=True)
    ]
    behind = [f"{n}  {task}（{unit}）" for n, (task, unit) in enumerate(TASKS, 1)]

    for blocks in (below, behind):
        plan_reading = reading("岚江县2026年渡口改造任务单\n" + "\n".join(blocks))

        assert [(point.no, who(point)) for point in plan_reading.plan.work_points] == [
            (str(n), f"责:{unit}") for n, (_, unit) in enumerate(TASKS, 1)
        ]


def test_a_number_line_above_a_label_of_content_counts_and_a_heading_above_one_stays_a_heading():
    alone = [
        f"任务编号：{n:02}\n任务内容：{task}\n责任单位：{unit}" for n, (task, unit) in enumerate(TASKS, 1)
    ]
    titled = [f"任务{n}：渡口\n内容：{task}。\n责任单位：{unit}" for n, (task, unit) in enumerate(TASKS, 1)]
    front = "岚江县2026年渡口改造任务单\n"

    assert allotments(reading(front + "\n".join(alone))) == ALL
    assert not reading(front + "\n".join(alone)).findings
    assert {point.task for point in reading(front + "\n".join(titled)).plan.work_points} == {
        f"任务{n}：渡口" for n in range(1, 5)
    }


def test_an_item_that_breaks_at_a_comma_goes_on_in_the_next_line():
    plan_reading = reading("""
    岚江县2026年渡口改造任务单
    1.翻修候船亭，
    补齐护栏。
    责任单位：县交通局
    2.清点旧航标，
    责任单位：县水利局
    """)

    assert allotments(plan_reading) == [
        ("翻修候船亭，补齐护栏。", "责:县交通局"),
        ("清点旧航标，", "责:县水利局"),
    ]


@pytest.mark.parametrize("between", ["", "☆☆☆☆☆", "----"])
def test_a_short_line_above_the_sentences_of_every_task_is_its_heading(between: str):
    blocks = [
        f"{unit[1:3]}篇\n{task}。\n查验一次。\n【牵头单位】{unit}　【完成时限】6月底" for task, unit in TASKS
    ]

    plan_reading = reading("岚江县2026年渡口改造任务单\n" + f"\n{between}\n".join(blocks))

    assert allotments(plan_reading) == [(f"{task}。 查验一次。", f"牵:{unit}") for task, unit in TASKS]
    assert [point.section for point in plan_reading.plan.work_points] == [
        f"{unit[1:3]}篇" for _, unit in TASKS
    ]
    assert {point.deadline.text for point in plan_reading.plan.work_points} == {"6月底"}


def test_where_one_task_has_no_heading_short_lines_stay_with_their_tasks():
    blocks = [f"{unit[1:3]}篇\n{task}。\n责任单位：{unit}" for task, unit in TASKS]

    plan_reading = reading("岚江县2026年渡口改造任务单\n" + "\n".join(blocks).replace("水利篇\n", ""))

    assert [point.section for point in plan_reading.plan.work_points] == [""] * 4


def test_what_counts_above_several_items_is_a_heading():
    plan_reading = reading("""
    岚江县2026年渡口改造任务单
    一 水上
    翻修候船亭。（县交通局）
    清点旧航标。（县水利局）
    二 岸上
    拆除废码头。（县住建局）
    补栽护岸柳。（县林业局）
    三 船员
    补发船员证。（县海事处）
    """)

    assert [who(point)[2:] for point in plan_reading.plan.work_points] == [
        "县交通局",
        "县水利局",
        "县住建局",
        "县林业局",
        "县海事处",
    ]
    assert not any(point.no for point in plan_reading.plan.work_points)
    assert not plan_reading.findings


def test_a_title_above_the_day_is_no_office_that_issues():
    title = "岚江县2026年渡口改造工作部署"
    plan = reading(SENTENCES.format(title=f"{title}\n2026年6月28日", third="9月底前")).plan

    assert (plan.title, plan.issuer, str(plan.issued_on)) == (title, "", "2026-06-28")
