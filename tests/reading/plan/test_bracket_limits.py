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
