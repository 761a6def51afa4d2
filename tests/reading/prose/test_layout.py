"""What the layout of a text says: who signs it, and to which item a line of time belongs."""

import pytest

from tests.support.drawn_plans import allotments, lines, places, read, who
from tracker.reading.plan import PlanReading

TITLE = "松岗县2026年林下经济工作分工"
TASKS = ("搭建香菇大棚六十座。", "修筑林区便道四公里。", "组织药农培训两期。")
UNITS = ("县林业局、县供销社", "县交通运输局", "县农业农村局")
DAYS = ("5月底前", "常态化", "7月20日前")


def reading(text: str) -> PlanReading:
    return read(*lines(text), kind="txt")


def limits(plan_reading: PlanReading) -> list[str]:
    return [point.deadline.text for point in plan_reading.plan.work_points]


SIGNATURES = {
    "below the last item": ("", "松岗县林长制办公室\n2026年3月2日"),
    "without a gap": ("", "松岗县林长制办公室\n2026年3月2日"),
    "two bodies": ("", "松岗县林长制办公室\n松岗县林业局\n2026年3月2日"),
    "in one line": ("", "松岗县林长制办公室　2026年3月2日印发"),
    "without a day": ("", "\n松岗县林长制办公室"),
    "below a letter": (
        "各乡镇人民政府：\n现将分工印发给你们，请认真落实。\n松岗县林长制办公室\n2026年3月2日\n",
        "",
    ),
}

STATEMENTS = {
    "label": "责任单位：{unit}",
    "label and time": "责任单位：{unit}\n完成时限：{day}",
    "bracket": "（{unit}负责）",
    "bracket with labels": "【责任单位：{unit}；完成时限：{day}】",
    "names": "{unit}负责",
}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
@pytest.mark.parametrize(("letter", "signature"), SIGNATURES.values(), ids=SIGNATURES)
def test_who_signs_a_text_answers_for_nothing(letter, signature, statement):
    items = "\n".join(
        f"{n}.{task}\n{statement.format(unit=unit, day=day)}"
        for n, (task, unit, day) in enumerate(zip(TASKS, UNITS, DAYS, strict=True), 1)
    )
    result = reading(f"{TITLE}\n{letter}一、发展产业\n{items}\n{signature}")

    assert allotments(result) == [(task, f"责:{unit}") for task, unit in zip(TASKS, UNITS, strict=True)]
    assert limits(result) == (list(DAYS) if "{day}" in statement else [""] * 3)


def test_names_above_a_day_answer_where_that_is_how_items_state_it():
    items = "\n".join(
        f"{n}.{task}\n{unit}\n2026年{n + 4}月30日"
        for n, (task, unit) in enumerate(zip(TASKS, UNITS, strict=True), 1)
    )
    result = reading(f"{TITLE}\n{items}")

    assert allotments(result) == [(task, f"责:{unit}") for task, unit in zip(TASKS, UNITS, strict=True)]
    assert limits(result) == [f"2026年{month}月30日" for month in (5, 6, 7)]


LABELS = ("完成时限：{}", "时限要求：{}", "完成时间——{}", "【完成时限】{}", "时间：{}")


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("gap", ["", "\n"])
@pytest.mark.parametrize("heading", ["", "一、种养\n", "（一）种养\n"])
def test_a_line_of_time_is_that_of_the_item_above_whatever_stands_between(label, gap, heading):
    items = f"\n{gap}".join(
        f"{n}.{task}\n责任单位：{unit}\n{label.format(day)}"
        for n, (task, unit, day) in enumerate(zip(TASKS, UNITS, DAYS, strict=True), 1)
    )
    result = reading(f"{TITLE}\n松岗县林业局\n2026年2月8日\n{heading}{items}")

    assert limits(result) == list(DAYS)


@pytest.mark.parametrize("label", LABELS)
def test_a_line_of_time_between_an_item_and_its_units_is_that_of_the_item(label):
    items = "\n".join(
        f"{n}.{task}\n{label.format(day)}\n责任单位：{unit}"
        for n, (task, unit, day) in enumerate(zip(TASKS, UNITS, DAYS, strict=True), 1)
    )

    assert limits(reading(f"{TITLE}\n{items}")) == list(DAYS)


def test_where_lines_of_time_stand_above_their_items_each_is_that_of_the_next():
    items = "\n".join(
        f"完成时限：{day}\n{n}.{task}（{unit}）"
        for n, (task, unit, day) in enumerate(zip(TASKS, UNITS, DAYS, strict=True), 1)
    )

    assert limits(reading(f"{TITLE}\n{items}")) == list(DAYS)


def test_a_line_of_time_below_a_heading_is_that_of_all_below_it():
    result = reading(
        f"""{TITLE}
        一、种养
        完成时限：6月底前
        1.{TASKS[0]}（{UNITS[0]}）
        2.{TASKS[1]}（{UNITS[1]}）
        二、培训
        3.{TASKS[2]}（{UNITS[2]}）"""
    )

    assert limits(result) == ["6月底前", "6月底前", ""]


def test_a_second_line_of_time_is_told():
    result = reading(
        f"""{TITLE}
        1.{TASKS[0]}
        责任单位：{UNITS[0]}
        完成时限：6月底前
        完成时间：9月底前
        2.{TASKS[1]}
        责任单位：{UNITS[1]}
        完成时限：8月底前"""
    )

    assert limits(result) == ["6月底前", "8月底前"]
    assert places(result, "unread") == ["L5"]


@pytest.mark.parametrize("line", ["", "完成时限：9月15日前"])
@pytest.mark.parametrize("after", ["", "二、培训\n1.清点药材仓库。\n责任单位：县商务局\n完成时限：8月底前"])
def test_an_item_without_a_line_of_units_takes_that_of_the_item_before_and_is_told(line, after):
    result = reading(
        f"""{TITLE}
        一、种养
        1.{TASKS[0]}
        责任单位：{UNITS[0]}
        完成时限：6月底前
        2.{TASKS[1]}
        {line}
        {after}"""
    )
    point = result.plan.work_points[1]

    assert (who(point), point.inherited, point.deadline.text) == (f"责:{UNITS[0]}", True, line[5:])
    assert places(result, "lent-units") == [point.place]


def test_an_item_without_a_bracket_among_items_with_brackets_takes_nobodys_units():
    result = reading(
        f"""{TITLE}
        1.{TASKS[0]}（{UNITS[0]}）
        2.{TASKS[1]}
        3.{TASKS[2]}（{UNITS[2]}）"""
    )

    assert [who(point) for point in result.plan.work_points] == [f"责:{UNITS[0]}", "", f"责:{UNITS[2]}"]
    assert places(result, "no-unit") == ["L3"]


def test_a_limit_that_a_line_says_and_its_item_has_not_is_told_at_the_item():
    result = reading(
        f"""{TITLE}
        1.{TASKS[0]}
        责任单位：{UNITS[0]}（8月底前）
        完成时限：5月底前
        2.{TASKS[1]}
        责任单位：{UNITS[1]}
        完成时限：6月底前"""
    )

    assert limits(result) == ["5月底前", "6月底前"]
    assert places(result, "unplaced-limit") == ["L2"]


def test_a_line_with_a_person_ends_its_item_where_nobody_else_answers():
    result = reading(f"""{TITLE}
        1.{TASKS[0]}
        责任人：王平
        2.{TASKS[1]}
        责任人：李芳
        责任单位：{UNITS[1]}
        3.{TASKS[2]}
        责任单位：{UNITS[2]}""")

    assert allotments(result) == [
        (TASKS[0], ""),
        (TASKS[1], f"责:{UNITS[1]}"),
        (TASKS[2], f"责:{UNITS[2]}"),
    ]
    assert places(result, "no-unit") == ["L2"]


def test_a_line_of_time_right_below_the_title_is_the_limit_of_all():
    result = reading(f"""{TITLE}
        完成时限：5月底前
        1.{TASKS[0]}
        责任单位：{UNITS[0]}
        2.{TASKS[1]}
        责任单位：{UNITS[1]}""")

    assert limits(result) == ["5月底前", "5月底前"]


@pytest.mark.parametrize("signature", ["", "松岗县林业局（2026年2月21日）\n\n"])
def test_between_the_units_of_a_heading_and_its_text_a_line_of_time_is_theirs(signature):
    blocks = zip("一二三", TASKS, UNITS, DAYS, strict=True)
    text = "".join(
        f"{number}、要事{number}\n责任单位：{unit}\n完成时限：{day}\n{task}\n"
        for number, task, unit, day in blocks
    )

    result = reading(f"{TITLE}\n\n{signature}{text}\n报：市林业局\n")

    assert limits(result) == list(DAYS)
    assert [point.requirement for point in result.plan.work_points] == list(TASKS)
    assert not places(result, "unread")


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("责任单位：县农业农村局", "责:县农业农村局"),
        ("责任单位：县农业农村局、", "责:县农业农村局、松岗县林长制办公室"),
    ],
)
def test_a_body_in_the_last_line_of_labels_signs_unless_the_list_goes_on(last, expected):
    items = "\n".join(f"{n}.{TASKS[n]}\n责任单位：{UNITS[n]}" for n in (0, 1))

    result = reading(f"{TITLE}\n{items}\n3.{TASKS[2]}\n{last}\n松岗县林长制办公室")

    assert who(result.plan.work_points[-1]) == expected


@pytest.mark.parametrize(
    "last", ["以上任务务必抓好落实。", "本方案自印发之日起施行。\n由县政府办公室负责解释。"]
)
def test_a_sentence_below_the_last_heading_with_units_closes_the_text_where_none_stands_below_the_others(
    last,
):
    items = "\n".join(
        f"{number}、{task.rstrip('。')}（{unit}，{day}）"
        for number, task, unit, day in zip("一二三", TASKS, UNITS, DAYS, strict=True)
    )

    result = reading(f"{TITLE}\n{items}\n{last}")

    assert [point.requirement for point in result.plan.work_points] == [task.rstrip("。") for task in TASKS]
