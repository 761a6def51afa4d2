"""What an office's own old 台账 says beside its tasks, as the office's opening facts of a plan.

An office that starts in mid-year records the 台账 that it kept so far. Its columns of status and progress are no part of
the plan; they are what the office knew on that day, so they are offered as the office's own columns, and as no unit's words:

    the old 台账 says                          offered as
    a word of 认定状态, or that it is done        认定状态; done: 已完成
    progress of a point that is done           核定表述, which the report prints
    progress of any other point                备注: the units' next words are the newer ones
    that it is not done, or anything else      nothing by itself

    >>> point = WorkPoint("印发目录", remarks=(("进展情况", "已印发"), ("是否完成", "是")))
    >>> opening_cells(point)
    {'decision': '已完成', 'wording': '已印发'}
    >>> opening_cells(WorkPoint("印发目录", remarks=(("进展情况", "起草中"), ("是否完成", "否"))))
    {'note': '起草中'}
"""

from __future__ import annotations

import re

from tracker.columns import DECISIONS
from tracker.model import WorkPoint

_DONE = next(word for word, code in DECISIONS.items() if code == "done")
_STATUS_HEAD = re.compile(
    r"是否(?:已?完成|办结|落实)|(?:完成|办理|落实|工作)?(?:状态|进度)|(?:完成|落实|办理)情况"
)
_TEXT_HEAD = re.compile(r".*(?:进展|落实|完成|推进|办理)(?:情况)?.*|.*成效.*")
_DONE_WORDS = frozenset(("是", "√", "✓", "已完成", "完成", "全部完成", "已办结", "办结", "已落实", "100%"))
_NO_TEXT = frozenset(("否", "×", "未完成", "未办结", "未落实"))


def opening_cells(point: WorkPoint) -> dict[str, str]:
    """Text by name of the office's column; empty where the old 台账 says nothing."""
    decision, texts = "", []
    for head, value in point.remarks:
        text = value.strip()
        if _STATUS_HEAD.fullmatch(head) and (text in _DONE_WORDS or text in DECISIONS):
            decision = _DONE if text in _DONE_WORDS else text
        elif _TEXT_HEAD.fullmatch(head) and text and text not in _NO_TEXT:
            texts.append(text)
    cells = {"decision": decision, "wording" if decision == _DONE else "note": "\n".join(texts)}
    return {name: text for name, text in cells.items() if text}
