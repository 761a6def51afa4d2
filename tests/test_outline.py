"""Headings are numbered where they are laid out, whatever they are inserted into."""

from __future__ import annotations

from hypothesis import given, strategies as st

from tracker.outline import Heading, Text, deeper, number_headings

BLOCKS = st.lists(
    st.integers(1, 4).map(lambda level: Heading(level, "题")) | st.just(Text("文")), max_size=30
)


@given(BLOCKS)
def test_numbers_of_a_level_go_on_until_a_higher_heading(blocks):
    seen: dict[int, int] = {}
    for block in number_headings(blocks):
        if not isinstance(block, Heading):
            continue
        seen = {level: count for level, count in seen.items() if level <= block.level}
        seen[block.level] = seen.get(block.level, 0) + 1
        expected = "一二三四五六七八九十"[seen[block.level] - 1] if seen[block.level] <= 10 else ""
        if block.level == 1 and expected:
            assert block.text == f"{expected}、题"
        if block.level == 3:
            assert block.text == f"{seen[3]}.题"


@given(BLOCKS, st.integers(0, 3))
def test_inserting_deeper_changes_levels_and_no_words(blocks, levels):
    moved = deeper(blocks, levels)

    assert [each.text for each in moved] == [each.text for each in blocks]
    assert all(
        new.level == old.level + levels
        for new, old in zip(moved, blocks, strict=True)
        if isinstance(old, Heading) and isinstance(new, Heading)
    )
