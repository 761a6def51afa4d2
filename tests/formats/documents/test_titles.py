"""A title's lines keep words whole and are well balanced."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from tracker.formats.documents.official import TITLE_WIDTH, break_title


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("工作催办单", ("工作催办单",)),
        ("关于2026年政务公开工作要点落实情况的报告", ("关于2026年政务公开工作要点", "落实情况的报告")),
        (
            "××市人民政府办公室关于《××市2026年政务公开工作要点分工方案》落实情况的通报",
            ("××市人民政府办公室关于", "《××市2026年政务公开工作要点", "分工方案》落实情况的通报"),
        ),
        (
            "2026年优化营商环境工作要点任务落实情况一览表",
            ("2026年优化营商环境工作要点", "任务落实情况一览表"),
        ),
    ],
)
def test_titles_break_between_words(title, lines):
    assert break_title(title) == lines


@given(st.text(alphabet="关于印发推进政务公开工作要点的通知《》（），、2026“”", min_size=1, max_size=90))
def test_nothing_is_lost_and_every_line_fits(title):
    lines = break_title(title)

    assert "".join(lines) == title
    assert all(sum(0.5 if c.isascii() else 1 for c in line) <= TITLE_WIDTH for line in lines)
