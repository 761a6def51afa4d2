"""A whole plan, from what the door gives to what a person confirms."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from tests.support.drawn_plans import places, read
from tracker.files.guard.opening import open_source
from tracker.grid import Paragraph, Source, from_table
from tracker.model import Role
from tracker.problems.reading import NotAPlan
from tracker.reading.plan import PlanReading, read_plan


@pytest.fixture(scope="session")
def seed(shared: Path) -> Path:
    return next((shared / "seeds").glob("002_*.txt"))


@pytest.fixture(scope="session")
def jieyang(seed: Path) -> PlanReading:
    return read_plan(open_source(seed))


def test_the_real_plan_has_its_four_sections_thirteen_tasks_and_thirty_seven_work_points(jieyang):
    points = jieyang.plan.work_points

    assert len({point.section for point in points}) == 4
    assert list(Counter(point.task for point in points).values()) == [5, 6, 5, 3, 4, 3, 3, 3, 1, 1, 1, 1, 1]
    assert len(points) == 37


def test_the_real_plan_has_thirty_three_unit_cells_of_which_fourteen_name_a_lead(jieyang):
    own = [point for point in jieyang.plan.work_points if not point.inherited]

    assert len(own) == 33
    assert sum(bool(point.responsibility.names_in(Role.LEAD)) for point in own) == 14


def test_the_real_plan_inherits_exactly_the_four_merged_cells(jieyang):
    inherited = [(point.task[:3], point.no) for point in jieyang.plan.work_points if point.inherited]

    assert inherited == [("(六)", "2"), ("(六)", "3"), ("(八)", "2"), ("(八)", "3")]


def test_the_real_plan_names_twenty_one_units_and_four_groups(jieyang):
    points = jieyang.plan.work_points
    names = {each.unit for point in points for each in point.responsibility.assignments}

    assert len(jieyang.plan.groups) == 4
    assert len(names) == 21 + 4


def test_the_real_plan_is_dated_from_its_letter_and_not_from_the_web_page(jieyang):
    assert jieyang.plan.issued_on == dt.date(2018, 6, 29)
    assert jieyang.plan.year == 2018


def test_the_real_plan_misses_two_annexes_and_one_group_that_nothing_defines(jieyang):
    found = [(each.code, each.message) for each in jieyang.findings]

    assert [code for code, _ in found].count("missing-annex") == 2
    assert any(code == "undefined-group" and "起草单位" in message for code, message in found)


def test_the_real_plan_as_a_workbook_says_the_same(jieyang, tmp_path):
    """Built from what was read: banner rows, a head for each section, unit cells merged where they inherit."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("分工方案")
    sheet.merge_range(0, 0, 0, 2, jieyang.plan.title)
    row, section, task_top, unit_top = 1, "", 0, 0
    merges = []
    points = jieyang.plan.work_points
    for number, point in enumerate(points):
        if point.section != section:
            section = point.section
            sheet.merge_range(row, 0, row, 2, section)
            sheet.write_row(
                row + 1, 0, ["工作任务", "具体要求", "责任单位" if number == 0 else "牵头落实单位"]
            )
            row += 2
        if number == 0 or point.task != points[number - 1].task:
            task_top = row
            sheet.write(row, 0, point.task)
        elif number + 1 == len(points) or points[number + 1].task != point.task:
            merges.append((task_top, 0, row, 0, point.task))
        sheet.write(row, 1, f"{point.no}.{point.requirement}" if point.no else point.requirement)
        if not point.inherited:
            unit_top = row
            sheet.write(row, 2, _clause(point))
        elif number + 1 == len(points) or not points[number + 1].inherited:
            merges.append((unit_top, 2, row, 2, _clause(point)))
        row += 1
    for merge in merges:
        sheet.merge_range(*merge)
    book.close()

    again = read_plan(open_source(path)).plan.work_points

    keep = ["section", "task", "no", "requirement", "responsibility", "inherited", "deadline"]
    assert [[getattr(point, name) for name in keep] for point in again] == [
        [getattr(point, name) for name in keep] for point in points
    ]


def _clause(point) -> str:
    who = point.responsibility
    leads = "、".join(who.names_in(Role.LEAD))
    others = "、".join(who.names_in(Role.RESPONSIBLE))
    each = "分别" if who.mode.value == "each" else ""
    return (
        (f"{leads}牵头" if leads else "")
        + ("，" if leads and others else "")
        + (f"{others}{each}负责" if others else "")
    )


@pytest.mark.parametrize(
    "source",
    [
        Source("xlsx", "空表.xlsx", (from_table("| 序号 | 工作任务 | 责任单位 |\n| 1 | | |"),)),
        Source("xlsx", "电话表.xlsx", (from_table("| 序号 | 单位 | 电话 |\n| 1 | 市水利局 | 3456789 |"),)),
        Source(
            "txt", "消息.txt", (Paragraph("昨天，市水利局负责人走访了沿河的三个村。（记者 王某）", "L1"),)
        ),
        Source("txt", "空.txt", ()),
    ],
    ids=lambda source: source.name,
)
def test_a_file_without_a_work_point_is_refused_by_name(source):
    with pytest.raises(NotAPlan, match=source.name):
        read_plan(source)


def test_the_letter_of_the_real_plan_asks_for_an_own_plan_and_a_report(jieyang):
    asked = {
        (duty.deadline.due.isoformat(), duty.deadline.workday_due.isoformat()) for duty in jieyang.plan.duties
    }

    assert asked == {("2018-07-29", "2018-07-30"), ("2018-12-31", "2018-12-29")}


def test_who_leads_where_one_body_acts_together_with_others_is_told_once(sheet):
    """
    | 工作任务     | 责任单位                   |
    | 清淤五里。   | 区水务局会同区农业局       |
    | 护坡两段。   | 区林草局会同区农业局       |
    | 种草三亩。   | 区林草局牵头会同区农业局   |
    | 立碑一座。   | 区文旅局、区农业局共同负责 |
    """
    findings = [finding for finding in read(sheet).findings if finding.code == "joint-without-lead"]

    assert [finding.place for finding in findings] == ["Sheet1!A2"]
    assert "共2项" in findings[0].message


def test_a_verb_says_in_what_role_one_body_acts_together_with_others(sheet):
    """
    | 工作任务     | 责任单位                 |
    | 护坡两段。   | 区林草局会同区农业局负责 |
    """
    assert not [finding for finding in read(sheet).findings if finding.code == "joint-without-lead"]


def test_items_with_a_day_each_in_one_cell_keep_their_days_beside_their_numbers():
    grid = from_table("""
    | 任务     | 措施                                            | 责任单位 |
    | 新增托位 | 1.4月底前选址。2.8月底前装修。3.10月底前开班。 | 县甲局   |
    """)

    point = read_plan(Source("xlsx", "2026年任务分工.xlsx", (grid,))).plan.work_points[0]

    assert [part.text for part in point.deadline.milestones] == ["4月底前选址", "8月底前装修", "10月底前开班"]


def test_a_limit_that_takes_the_year_of_the_only_dated_one_is_told(sheet):
    """
    | 工作任务   | 责任单位 | 完成时限      |
    | 清理台账。 | 市水利局 | 6月底前       |
    | 公布指南。 | 市民政局 | 2022年9月底前 |
    | 巡查河道。 | 市林业局 | 长期          |
    """
    reading = read(sheet)

    assert [str(point.deadline.due) for point in reading.plan.work_points] == [
        "2022-06-30",
        "2022-09-30",
        "None",
    ]
    assert places(reading, "source-year") == ["Sheet1!A2"]
