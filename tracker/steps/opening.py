"""What an office's own old 台账 says beside its tasks, offered when it is recorded: one question for the whole file.

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

It stands in 待核对事项清单 from the act that enters the plan (`offer`); at a terminal it is asked at once. 用新报送的 records all
of it as the office's own cells, with file and place (`accept`); 用台账现有 none of it.
"""

from __future__ import annotations

import json

from tracker import facts, patterns as re
from tracker.columns import BY_NAME, DECISIONS
from tracker.files.ledger import Act
from tracker.forms import OPENING
from tracker.model import Plan, WorkPoint

_DONE = next(word for word, code in DECISIONS.items() if code == "done")
_STATUS_HEAD = re.compile(
    r"是否(?:已?完成|办结|落实)|(?:完成|办理|落实|工作)?(?:状态|进度)|(?:完成|落实|办理)情况"
)
_TEXT_HEAD = re.compile(r".*(?:进展|落实|完成|推进|办理)(?:情况)?.*|.*成效.*")
_DONE_WORDS = frozenset(("是", "√", "✓", "已完成", "完成", "全部完成", "已办结", "办结", "已落实", "100%"))
_NO_TEXT = frozenset(("否", "×", "未完成", "未办结", "未落实"))

# So many cells stand in the question; all of them are in its memory.
_CELL_LIMIT = 5


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


def offer(act: Act, plan: Plan, plan_id: str, file: str, name: str) -> facts.Conflict | None:
    """Ask about what the file says beside the tasks; None where it says nothing."""
    ids = {point.place: point.id for point in act.office().plans[plan_id].points}
    cells = [
        (ids[point.place], name_of_column, text, point.place)
        for point in plan.work_points
        if point.place in ids
        for name_of_column, text in opening_cells(point).items()
    ]
    if not cells:
        return None
    lines = [f"{point_id} {BY_NAME[column].label}：{text}" for point_id, column, text, _ in cells]
    more = [f"……共{len(cells)}格"] if len(cells) > _CELL_LIMIT else []
    memory = json.dumps(cells, ensure_ascii=False)
    theirs = "\n".join([name, *lines[:_CELL_LIMIT], *more])
    why = f"登记的表里写有进展和完成情况（{len(cells)}格），记入台账作为期初情况吗"
    question = facts.Conflict(act.mint("C"), plan_id, "", OPENING, "", memory, "不记入", theirs, why)
    act.add(question, file=file)
    return question


def accept(act: Act, question: facts.Conflict, file: str) -> int:
    """Record what was offered, but for cells that say something by now; how many."""
    office, count = act.office(), 0
    for point_id, column, text, place in json.loads(question.base):
        now = office.cells.get((point_id, "", column, ""))
        if now is None or not now.value:
            act.add(facts.Cell(point_id, "", column, "", text, "office", office.seq), file=file, place=place)
            count += 1
    return count
