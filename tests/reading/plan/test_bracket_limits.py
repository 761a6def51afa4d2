"""Time limits that stand in the bracket of the units, whatever mark is before them."""

from __future__ import annotations

import pytest

from tracker.grid import Paragraph, Source
from tracker.model import Role
from tracker.reading.plan import read_plan


@pytest.mark.parametrize(
    "bracket",
    [
        "责任单位：镇水利站；2026年6月底前完成",
        "责任单位：镇水利站，6月底前",
        "镇水利站；6月底前",
        "镇水利站，6月底前完成",
        "镇水利站 6月底前",
        "牵头单位：镇水利站；完成时限：6月底前",
    ],
)
def test_a_limit_behind_the_units_in_their_bracket_is_read(bracket: str) -> None:
    lines = [
        "2026年镇村工作要点任务分工",
        f"1.疏浚村口河道。（{bracket}）",
        "2.修补水渠裂缝。（镇建设办负责）",
    ]
    source = Source("txt", "分工.txt", tuple(Paragraph(line, f"L{n}") for n, line in enumerate(lines, 1)))

    first, second = read_plan(source).plan.work_points

    assert [assignment.unit for assignment in first.responsibility.assignments] == ["镇水利站"]
    assert first.responsibility.assignments[0].role in (Role.LEAD, Role.RESPONSIBLE)
    assert str(first.deadline.due) == "2026-06-30"
    assert second.deadline.due is None


@pytest.mark.parametrize(
    ("sentence", "milestones"),
    [
        ("疏浚村口河道，全年清淤2000方。", []),
        ("年内疏浚村口河道。", []),
        ("长期疏浚村口河道。", []),
        ("每季度疏浚村口河道。", []),
        ("11月底前验收村口河道。", []),
        ("5月底前完成设计，年内疏浚村口河道。", ["2026-05-31", "2026-06-30"]),
        ("4月底前完成设计，5月底前开工疏浚村口河道。", ["2026-04-30", "2026-05-31", "2026-06-30"]),
    ],
)
def test_the_limit_beside_the_units_counts_and_earlier_days_of_the_sentence_are_its_parts(
    sentence: str, milestones: list[str]
) -> None:
    lines = [
        "2026年镇村工作要点任务分工",
        f"1.{sentence}（镇水利站，6月底前完成）",
        "2.修补水渠裂缝。（镇建设办负责）",
    ]
    source = Source("txt", "分工.txt", tuple(Paragraph(line, f"L{n}") for n, line in enumerate(lines, 1)))

    point, _ = read_plan(source).plan.work_points

    assert str(point.deadline.due) == "2026-06-30"
    assert [str(part.due) for part in point.deadline.milestones] == milestones


@pytest.mark.parametrize(
    "line",
    [
        "①疏浚村口河道——牵头：镇水利站；配合：镇建设办、镇财政所；时限：6月底前",
        "①疏浚村口河道 【牵头】镇水利站 【配合】镇建设办、镇财政所 【时限】6月底前",
        "①疏浚村口河道。[牵头单位]镇水利站[配合单位]镇建设办、镇财政所[完成时限]6月底前",
    ],
)
def test_labels_behind_a_dash_or_in_brackets_of_their_own_are_labels(line: str) -> None:
    lines = [
        "2026年镇村工作要点任务分工",
        line,
        line.replace("①", "②").replace("河道", "水渠"),
        line.replace("①", "③"),
    ]
    source = Source("txt", "分工.txt", tuple(Paragraph(text, f"L{n}") for n, text in enumerate(lines, 1)))

    first = read_plan(source).plan.work_points[0]

    assert first.requirement.rstrip("。") == "疏浚村口河道"
    assert [(each.unit, each.role) for each in first.responsibility.assignments] == [
        ("镇水利站", Role.LEAD),
        ("镇建设办", Role.SUPPORT),
        ("镇财政所", Role.SUPPORT),
    ]
    assert str(first.deadline.due) == "2026-06-30"
