"""Signs at the names of units say who leads and who helps, by the legend of the file."""

import pytest

from tests.support.drawn_plans import allotments, lines, places, read, who
from tracker.grid import from_table
from tracker.reading.plan.plan import PlanReading

TITLE = "丹霞县2026年古茶山保护任务"
TASKS = ("测绘古茶树两千株", "划定保护线", "清除外来藤蔓")
WANTED = [
    (TASKS[0], "牵:县林业局 配:县财政局、红石镇"),
    (TASKS[1], "牵:县住建局 配:各乡镇"),
    (TASKS[2], "牵:县农业农村局"),
]


def reading(text: str) -> PlanReading:
    return read(*lines(text), kind="txt")


def tasks_of(plan_reading: PlanReading) -> list[tuple[str, str]]:
    return [(text.rstrip("。"), units) for text, units in allotments(plan_reading)]


FORMS = {
    "behind the sentence": "{n}.{task}。{lead}{leader} {help}{helpers}",
    "in a bracket": "{n}.{task}（{lead}{leader}；{help}{helpers}）",
    "behind a dash": "{n}.{task}——{lead}{leader} {help}{helpers}",
    "in a line of their own": "{n}.{task}\n{lead}{leader}　{help}{helpers}",
    "each in a line": "{n}.{task}\n{lead}{leader}\n{help}{helpers}",
}
LEGENDS = {
    "in the title": "{title}（{lead}牵头 {help}配合）",
    "in a note": "{title}\n注：{lead}为牵头单位，{help}为配合单位。",
    "in a line": "{title}\n{lead}牵头单位　{help}配合单位",
    "in words": "{title}\n说明：标{lead}的为牵头单位，标{help}的为配合单位。",
}


@pytest.mark.parametrize("signs", ["●○", "★☆", "▲△", "■□"])
@pytest.mark.parametrize("legend", LEGENDS.values(), ids=LEGENDS)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_signs_before_units_give_the_roles_of_the_legend(form, legend, signs):
    lead, help_ = signs
    units = [("县林业局", "县财政局、红石镇"), ("县住建局", "各乡镇"), ("县农业农村局", "")]
    items = [
        form.format(n=n, task=task, lead=lead, leader=leader, help=help_ if helpers else "", helpers=helpers)
        for n, (task, (leader, helpers)) in enumerate(zip(TASKS, units, strict=True), 1)
    ]
    plan_reading = reading("\n".join((legend.format(title=TITLE, lead=lead, help=help_), *items)))

    assert tasks_of(plan_reading) == WANTED
    assert not plan_reading.findings


@pytest.mark.parametrize(
    "note", ["标★的为牵头单位，标☆的为配合单位。", "注：★牵头，☆配合", "（★为牵头单位，☆为协办单位）"]
)
@pytest.mark.parametrize("is_behind", [True, False], ids=["behind", "before"])
def test_signs_in_the_cells_of_a_table_do_as_well(note, is_behind):
    cells = ("★县林业局、☆县财政局、☆红石镇", "★县住建局、☆各乡镇", "★县农业农村局")
    if is_behind:
        cells = ("县林业局★、县财政局☆、红石镇☆", "县住建局★、各乡镇☆", "县农业农村局★")
    rows = [f"| {n} | {task} | {cell} |" for n, (task, cell) in enumerate(zip(TASKS, cells, strict=True), 1)]
    plan_reading = read(
        from_table(
            "\n".join((f"| {TITLE} | < | < |", "| 序号 | 任务 | 责任单位 |", *rows, f"| {note} | < | < |"))
        )
    )

    assert tasks_of(plan_reading) == WANTED
    assert not plan_reading.findings


def test_two_signs_without_a_legend_mean_what_they_usually_do_and_are_told():
    plan_reading = reading(f"{TITLE}\n1.{TASKS[0]}（★县林业局 ☆红石镇）\n2.{TASKS[1]}（★县住建局 ☆各乡镇）")

    assert [who(point) for point in plan_reading.plan.work_points] == [
        "牵:县林业局 配:红石镇",
        "牵:县住建局 配:各乡镇",
    ]
    assert places(plan_reading, "no-legend") == ["L2"]


def test_signs_before_what_is_to_be_done_are_no_roles():
    plan_reading = reading(
        f"{TITLE}\n●{TASKS[0]}（县林业局牵头）\n○{TASKS[1]}（县住建局牵头）\n●{TASKS[2]}（县农业农村局）"
    )

    assert [who(point) for point in plan_reading.plan.work_points] == [
        "牵:县林业局",
        "牵:县住建局",
        "责:县农业农村局",
    ]
    assert not places(plan_reading, "no-legend")


def test_a_star_that_a_note_explains_is_no_gap():
    plan_reading = reading(
        f"{TITLE}\n带*的为牵头单位。\n1.{TASKS[0]}。（县林业局*、县财政局）\n2.{TASKS[1]}。（县住建局*）"
    )

    assert [who(point) for point in plan_reading.plan.work_points] == [
        "牵:县林业局 责:县财政局",
        "牵:县住建局",
    ]
    assert not plan_reading.findings


@pytest.mark.parametrize("legend", LEGENDS.values(), ids=LEGENDS)
def test_a_legend_above_a_table_says_what_its_ticks_mean(sheet, legend):
    """
    | 工作任务         | 县林业局 | 县住建局 | 县财政局 |
    | 测绘古茶树两千株 | ▲        |          | ●        |
    | 划定保护线       | ●        | ▲        |          |
    """
    above = lines(legend.format(title=TITLE, lead="▲", help="●"))

    plan_reading = read(*above, sheet, kind="docx")

    assert tasks_of(plan_reading) == [
        (TASKS[0], "牵:县林业局 配:县财政局"),
        (TASKS[1], "牵:县住建局 配:县林业局"),
    ]
    assert not places(plan_reading, "no-legend")
