"""Deadlines as the text that facts hold."""

from __future__ import annotations

import datetime as dt
import json

from tracker.model import Deadline
from tracker.model import DeadlineKind


def deadline_to_json(deadline: Deadline) -> str:
    """Write a deadline as the text that `WpText.deadline` and `PlanDuty.deadline` hold.

    >>> deadline_to_json(Deadline("6月底前", DeadlineKind.DATE, dt.date(2026, 6, 30)))
    '{"due": "2026-06-30", "kind": "date", "text": "6月底前"}'
    """
    values = {
        "text": deadline.text,
        "kind": deadline.kind.value,
        "due": deadline.due.isoformat() if deadline.due else "",
        "workday_due": deadline.workday_due.isoformat() if deadline.workday_due else "",
        "period": deadline.period,
        "anchor": deadline.anchor,
        "offset": deadline.offset,
    }
    return json.dumps(
        {name: text for name, text in values.items() if text}, ensure_ascii=False, sort_keys=True
    )


def deadline_from_json(text: str) -> Deadline:
    """Read what `deadline_to_json` wrote; an empty text is no deadline.

    >>> deadline_from_json('{"kind": "recurring", "period": "quarterly", "text": "每季度"}').period
    'quarterly'
    """
    values = json.loads(text or "{}")
    return Deadline(
        text=values.get("text", ""),
        kind=DeadlineKind(values.get("kind", DeadlineKind.NONE.value)),
        due=dt.date.fromisoformat(values["due"]) if values.get("due") else None,
        workday_due=dt.date.fromisoformat(values["workday_due"]) if values.get("workday_due") else None,
        period=values.get("period", ""),
        anchor=values.get("anchor", ""),
        offset=values.get("offset", ""),
    )
