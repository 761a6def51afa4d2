"""Headings without a number."""

from tests.support.drawn_plans import lines, read
from tracker.grid import Paragraph


def test_a_style_that_is_used_more_than_once_opens_a_section():
    plan_reading = read(
        Paragraph("云峤县2026年护河工作要点", "P1", "heading 1"),
        Paragraph("清障", "P2", "heading 2"),
        Paragraph("拆除河滩围栏。（县水利局）", "P3"),
        Paragraph("清运上游倒木。（县林业局）", "P4"),
        Paragraph("截污", "P5", "heading 2"),
        Paragraph("沿岸户厕接管。（县住建局）", "P6"),
        kind="docx",
    )

    assert [point.section for point in plan_reading.plan.work_points] == ["清障", "清障", "截污"]


def test_short_lines_before_tasks_are_sections_where_nothing_is_numbered():
    plan_reading = read(
        *lines("""
        云峤县2026年护河工作要点
        清障
        拆除河滩围栏，六月底前拆完。（县水利局）
        截污
        沿岸户厕接管，年底前接完。（县住建局）
        """),
        kind="txt",
    )

    assert [point.section for point in plan_reading.plan.work_points] == ["清障", "截污"]
