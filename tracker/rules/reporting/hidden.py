"""Columns that an office keeps out of what it sends or publishes: 不通报的栏目 and 不公开的栏目 of 设置.xlsx.

The office names them as the 台账 does. 核定表述 cannot be among them: it is what the office wrote to be read.
"""

from __future__ import annotations

import re

from tracker.columns import BY_NAME

# What units and the office write that a report could print, by the label without its bracket.
_HIDEABLE = {
    BY_NAME[name].label.partition("（")[0]: name
    for name in ("summary", "progress", "problem", "evidence", "done_on", "note")
}


def hidden_columns(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The columns that a setting names, and the words in it that name none.

    >>> found, unknown = hidden_columns("佐证材料、摘要（入报告），体会")
    >>> sorted(found), unknown
    (['evidence', 'summary'], ('体会',))
    """
    words = [word for word in re.split(r"[、，,；;\s]+", text) if word and word != "无"]
    heads = {word: _HIDEABLE.get(re.split("[（(]", word)[0], "") for word in words}
    return frozenset(heads.values()) - {""}, tuple(word for word, name in heads.items() if not name)


def column_labels(names: frozenset[str]) -> str:
    """The columns' labels, in the order of the table."""
    return "、".join(f"“{label}”" for label, name in _HIDEABLE.items() if name in names)
