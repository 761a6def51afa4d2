"""Times in the sentences of tasks, drawn at all places and of all kinds of things: none is taken for a limit, or passed over, without a word.

`python -m tests.soaks.tables 0 1000` draws thousands; here a few seeds of each kind stand for them.
"""

from __future__ import annotations

import pytest

from tests.support.drawn_texts import hidden
from tests.support.drawn_times import KINDS, draw_times
from tracker.grid import Paragraph, Source
from tracker.reading.plan.plan import read_plan

SEEDS = range(10)


@pytest.mark.parametrize("kind", KINDS)
def test_no_time_in_a_sentence_is_taken_or_passed_over_wrongly_without_a_word(kind):
    texts = [draw_times(seed, kind) for seed in SEEDS]

    errors = [error for text in texts for error in hidden(text, read_plan(text.source))]

    assert errors == []


def test_hardly_any_task_is_told_whose_time_is_read_rightly():
    texts = [draw_times(seed, kind) for kind in KINDS for seed in SEEDS]

    findings = [finding for text in texts for finding in read_plan(text.source).findings]

    assert len(findings) * 50 <= sum(len(text.points) for text in texts)


def places_of_open_times(*tasks: str) -> list[str]:
    lines = ("2026年任务分工", *(f"{n}.{task}（县甲局负责）" for n, task in enumerate(tasks, 1)))
    paragraphs = tuple(Paragraph(line, f"L{n}") for n, line in enumerate(lines, 1))
    findings = read_plan(Source("txt", "方案.txt", paragraphs)).findings
    return [finding.place for finding in findings if finding.code == "unplaced-limit"]


def test_what_might_be_a_limit_is_told_where_other_tasks_have_theirs_in_the_sentence():
    usual = ("疏浚支渠，6月底前完成。", "补植柳树，9月底前完成。")

    assert places_of_open_times(*usual, "对新办企业上门辅导，持续跟进需求。") == ["L4"]
    assert places_of_open_times(*usual, "截至10月补植柳树。", "今年新建公园五处。") == ["L4", "L5"]
    assert places_of_open_times("疏浚支渠。", "补植柳树。", "修缮凉亭。", "对企业持续跟进需求。") == []


@pytest.mark.parametrize(
    ("task", "limit"),
    [
        ("示范线路10月串联成环。", "10月"),
        ("选址方案二季度定稿。", "二季度"),
        ("初赛9月，决赛10月20日。", "10月20日"),
        ("最迟不超过11月30日。", "11月30日"),
        ("6月9日举办档案日展览。", "6月9日"),
        ("6月开展“安全生产月”咨询活动。", "6月"),
        ("6月安全生产月咨询活动。", ""),
        ("分析9月客流。", ""),
        ("9月丰收节，办好展销。", ""),
        ("上半年取得明显成效。", ""),
        ("兑付9月债券。", ""),
        ("抓好6月部署的各项任务。", ""),
    ],
)
def test_a_day_in_a_task_without_a_limit_is_its_limit_unless_it_is_plainly_something_else(task, limit):
    paragraphs = tuple(
        Paragraph(line, f"L{n}")
        for n, line in enumerate(("2026年任务分工", f"1.{task}（县甲局负责）", "2.修渠。（县甲局负责）"), 1)
    )

    points = read_plan(Source("txt", "方案.txt", paragraphs)).plan.work_points

    assert points[0].deadline.text == limit


def test_the_limit_of_a_heading_goes_before_a_day_that_only_stands_in_a_task():
    lines = (
        "2026年任务分工",
        "一、6月底前完成的事项",
        "1.示范线路5月串联成环。（县甲局负责）",
        "2.修渠。（县乙局负责）",
    )
    paragraphs = tuple(Paragraph(line, f"L{n}") for n, line in enumerate(lines, 1))

    points = read_plan(Source("txt", "方案.txt", paragraphs)).plan.work_points

    assert [point.deadline.text for point in points] == ["6月底前", "6月底前"]


def test_a_day_in_its_place_that_is_later_than_the_limit_read_is_told():
    assert places_of_open_times("疏浚支渠，6月底前完成，示范段10月串联成环。", "补植柳树，9月底前完成。") == [
        "L2"
    ]
    assert places_of_open_times("疏浚支渠，6月底前完成，发布10月客流。", "补植柳树，9月底前完成。") == []


def test_days_of_what_is_named_are_no_question():
    assert places_of_open_times("对6月底前到期的合同逐份续签。", "截至3月底已疏浚三公里，其余照旧。") == []
    assert places_of_open_times("宣讲新修订的条例（2026年6月1日施行）。", "夜间开放至10月底。") == ["L3"]


def test_a_time_beside_the_units_goes_before_a_repetition_in_the_sentence():
    paragraphs = (
        Paragraph("2026年任务分工", "L1"),
        Paragraph("1.学校每周一节健康课。（县教育局，长期）", "L2"),
        Paragraph("2.疏浚支渠。（县水利局，6月底前）", "L3"),
    )

    points = read_plan(Source("txt", "方案.txt", paragraphs)).plan.work_points

    assert [point.deadline.text for point in points] == ["长期", "6月底前"]


def test_what_is_done_before_by_whom_is_no_name():
    text = (
        "2026年任务分工\n1.长期坚持改造公共厕所，由县甲局、县乙局负责。\n2.发现一处处理一处，由县丙局负责。"
    )
    paragraphs = tuple(Paragraph(line, f"L{n}") for n, line in enumerate(text.splitlines(), 1))

    points = read_plan(Source("txt", "方案.txt", paragraphs)).plan.work_points

    assert [[assignment.unit for assignment in point.responsibility.assignments] for point in points] == [
        ["县甲局", "县乙局"],
        ["县丙局"],
    ]


@pytest.mark.parametrize(
    ("tasks", "limits"),
    [
        (("1.夜间蹲守。【县甲局负责　常态化】", "2.白天巡河。【县乙局牵头　长期】"), ["常态化", "长期"]),
        (
            (
                "1.县甲局（9月底前）：清查库房。",
                "2.县乙局（10月）：修补仓顶。",
                "3.县丙局（长期）：留存样品。",
            ),
            ["9月底前", "10月", "长期"],
        ),
        (
            (
                "1.清查库房。【责任主体：县甲局】【时限：5月底前】",
                "2.修补仓顶。【责任单位：县乙局】【期限：6月】",
            ),
            ["5月底前", "6月"],
        ),
    ],
)
def test_what_has_no_end_and_what_a_label_says_alone_in_a_bracket_are_limits(tasks, limits):
    paragraphs = tuple(Paragraph(line, f"L{n}") for n, line in enumerate(("2026年任务分工", *tasks), 1))

    points = read_plan(Source("txt", "方案.txt", paragraphs)).plan.work_points

    assert [point.deadline.text for point in points] == limits
