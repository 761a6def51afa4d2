"""Whoever answers is a body; a name that is none is told, whichever way it came to be read."""

from __future__ import annotations

import pytest

from tracker.grid import Source, from_table
from tracker.reading.plan import read_plan


def test_a_name_that_is_no_bodys_is_told_with_its_place() -> None:
    grid = from_table(
        """
        | 工作任务 | 牵头单位 | 完成时限 |
        | 疏浚村口河道 | 镇水利站 | 6月底前 |
        | 修补水渠裂缝 | 土地纠纷 | 7月底前 |
        """,
        name="Sheet1",
    )

    reading = read_plan(Source("xlsx", "2026年分工.xlsx", (grid,)), year=2026)

    assert [(each.code, each.place) for each in reading.findings if each.code == "doubtful-unit"] == [
        ("doubtful-unit", "Sheet1!A3")
    ]


@pytest.mark.parametrize("name", ["镇水利站＝镇农办", "镇水利站～镇农办", "○镇水利站", "夜班房"])
def test_no_name_holds_a_sign(name: str) -> None:
    grid = from_table(
        f"""
        | 工作任务 | 责任单位 | 完成时限 |
        | 疏浚村口河道 | 镇农办 | 6月底前 |
        | 修补水渠裂缝 | {name} | 7月底前 |
        """,
        name="Sheet1",
    )

    reading = read_plan(Source("xlsx", "2026年分工.xlsx", (grid,)), year=2026)

    assert ("doubtful-unit", "Sheet1!A3") in [(finding.code, finding.place) for finding in reading.findings]
