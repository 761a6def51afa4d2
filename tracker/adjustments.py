"""A row of 事项调整（终止）申请: what a unit asks for about a work point, and what was decided."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import field
from enum import Enum

from tracker.problems.base import Finding
from tracker.values import dataclass


class AdjustmentKind(Enum):
    """What is asked for; the value is the word in the cell."""

    EXTEND = "延期"
    # The task falls away: 认定状态 becomes 已调整.
    STOP = "终止"
    WRITE_OFF = "销号"
    # What was struck off or stopped goes on.
    REOPEN = "恢复"


class Verdict(Enum):
    """What was decided."""

    GRANTED = "同意"
    DENIED = "不同意"
    # It was granted and no longer is.
    TAKEN_BACK = "撤回"


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    """A request and its decision.

    Attributes:
        n: 编号; 0 for a row that has none yet.
        new_day: 新期限; for 延期 only.
        verdict: None while nobody has decided.
        decided_on: 审批日期; None where it is not stated.
        only: 适用单位: names as typed, and ids once they are known; none is everybody.
        row: 0-based.
        notes: How a word or a day was understood that is written otherwise.
    """

    n: int
    point_id: str
    unit: str
    asked_on: dt.date | None
    kind: AdjustmentKind
    new_day: dt.date | None
    reason: str
    verdict: Verdict | None
    by: str
    decided_on: dt.date | None
    only: tuple[str, ...] = ()
    place: str = ""
    row: int = -1
    notes: tuple[Finding, ...] = field(default=(), compare=False)

    @property
    def data(self) -> str:
        """The content of its event, as JSON."""
        content = {
            "row": self.n,
            "due": self.new_day.isoformat() if self.new_day else "",
            "reason": self.reason,
            "unit": self.unit,
            "by": self.by,
            "asked_on": self.asked_on.isoformat() if self.asked_on else "",
            "decided_on": self.decided_on.isoformat() if self.decided_on else "",
            **({"units": list(self.only)} if self.only else {}),
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True)
