"""What an office's own old 台账 says, offered when it is recorded: one question for the whole file.

It stands in 待核对事项清单 from the act that enters the plan (`offer`); at a terminal it is asked at once. 用新报送的 records all
of it as the office's own cells, with file and place (`accept`); 用台账现有 none of it.
"""

from __future__ import annotations

import json

from tracker import facts
from tracker.columns import BY_NAME
from tracker.files.ledger import Act
from tracker.forms import OPENING
from tracker.model import Plan
from tracker.rules.plans import opening_cells

# So many cells stand in the question; all of them are in its memory.
_CELL_LIMIT = 5


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
