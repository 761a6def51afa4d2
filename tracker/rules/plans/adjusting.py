"""事项调整（终止）申请: what a granted request means for a work point, as facts.

    granted     facts
    ----------  ---------------------------------------------------------------
    延期        event `extension` with the new day; the latest request's day holds
    销号        event `write-off`
    终止        event `stopped`, and 认定状态 becomes 已调整
    恢复        event `reopened`; 认定状态 is emptied where it says 已调整

An extension may be for some of the units that answer (适用单位); the rest is always about the whole point. While
nobody has decided about an extension, event `asked` says that it waits (`rules.plans.extending`).

A request that was granted and is now 撤回 or 不同意 is undone: an extension loses its day, 销号 and 终止 are reopened.
A row is told again by its 编号; one without is a new request, unless its content was recorded under a number
that stands nowhere in the sheet (the run before could not write the number down). What is recorded already is
not recorded again, so reading the sheet twice, sorted or not, changes nothing.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from enum import Enum
from typing import Any

from tracker.columns import DECISIONS
from tracker.facts import Cell
from tracker.facts import Event
from tracker.rules.plans.extending import REQUEST
from tracker.rules.state import Office


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


EVENT_KINDS: dict[AdjustmentKind, str] = {
    AdjustmentKind.EXTEND: "extension",
    AdjustmentKind.STOP: "stopped",
    AdjustmentKind.WRITE_OFF: "write-off",
    AdjustmentKind.REOPEN: "reopened",
}
_ADJUSTMENT_WORD = next(word for word, code in DECISIONS.items() if code == "adjusted")


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


def number_rows(office: Office, rows: Sequence[AdjustmentRow]) -> tuple[AdjustmentRow, ...]:
    """Every row with its number; a number that stands twice belongs to the first row that has it."""
    kinds = {*EVENT_KINDS.values(), REQUEST}
    records = [(event, json.loads(event.data)) for event in office.events if event.kind in kinds]
    records = [(event, data) for event, data in records if "row" in data]
    numbers = {row.n for row in rows if row.n}
    last = max([0, *numbers, *(int(data["row"]) for _, data in records)])
    row_numbers: set[int] = set()
    result = []
    for row in rows:
        n = row.n if row.n not in row_numbers else 0
        if not n:
            n = _recorded_as(row, records, numbers | row_numbers)
        if not n:
            last += 1
            n = last
        row_numbers.add(n)
        result.append(replace(row, n=n))
    return tuple(result)


def _recorded_as(
    row: AdjustmentRow, records: Sequence[tuple[Event, dict[str, Any]]], numbers: set[int]
) -> int:
    for event, data in records:
        n = int(data["row"])
        content = json.dumps(
            {k: v for k, v in data.items() if k != "open"}, ensure_ascii=False, sort_keys=True
        )
        same = event.subject == row.point_id and replace(row, n=n).data == content
        if same and n not in numbers:
            return n
    return 0


def requests_of(office: Office, rows: Sequence[AdjustmentRow], today: dt.date) -> Iterator[tuple[Event, str]]:
    """Extensions that are asked for and wait, and those that do no longer: decided, or taken out of the sheet."""
    requests = {json.loads(event.data)["row"]: event for event in office.events if event.kind == REQUEST}
    extension_rows = {
        json.loads(event.data).get("row")
        for event in office.events
        if event.kind == EVENT_KINDS[AdjustmentKind.EXTEND]
    }
    for row in rows:
        prior = requests.pop(row.n, None)
        waits = row.verdict is None and row.kind is AdjustmentKind.EXTEND and row.n not in extension_rows
        data = json.dumps({**json.loads(row.data), "open": waits}, ensure_ascii=False, sort_keys=True)
        if (waits or (prior is not None and json.loads(prior.data)["open"])) and (
            prior is None or prior.data != data
        ):
            at = row.asked_on or (prior.at if prior is not None else today)
            yield Event(row.point_id, REQUEST, row.n, at, data), row.place
    for prior in requests.values():
        content = json.loads(prior.data)
        if content["open"]:
            content["open"] = False
            data = json.dumps(content, ensure_ascii=False, sort_keys=True)
            yield replace(prior, data=data), ""


def facts_of(
    office: Office, rows: Sequence[AdjustmentRow], today: dt.date
) -> Iterator[tuple[Event | Cell, str]]:
    """What the numbered rows say and the ledger does not know yet, each with its place."""
    holds: dict[int, Event] = {}
    count: dict[tuple[str, str], int] = {}
    for event in office.events:
        data = json.loads(event.data) if event.kind in EVENT_KINDS.values() else {}
        key = (event.subject, event.kind)
        count[key] = max(count.get(key, 0), event.n)
        if data.get("undone"):
            holds.pop(data["row"], None)
        elif "row" in data:
            holds[data["row"]] = event
    for row in sorted(rows, key=lambda row: row.n):
        prior = holds.get(row.n)
        kind = EVENT_KINDS[row.kind] if row.verdict is Verdict.GRANTED else ""
        same = prior is not None and (prior.subject, prior.kind) == (row.point_id, kind)
        if row.verdict is None or (same and prior is not None and prior.data == row.data):
            continue  # an emptied cell is no statement
        if prior is not None and not same:
            for fact in _undo(office, prior, count, today):
                yield fact, row.place
        if kind:
            yield _event(row.point_id, kind, row.n, row.decided_on or today, row.data, count), row.place
            for cell in _decision_cells(office, row.point_id, kind):
                yield cell, row.place


def _event(
    point_id: str, kind: str, row: int, at: dt.date, data: str, count: dict[tuple[str, str], int]
) -> Event:
    """An extension is numbered by its row, so that a correction stays behind later requests; the rest by turn."""
    if kind == "extension":
        return Event(point_id, kind, row, at, data)
    count[point_id, kind] = count.get((point_id, kind), 0) + 1
    return Event(point_id, kind, count[point_id, kind], at, data)


def _undo(
    office: Office, event: Event, count: dict[tuple[str, str], int], today: dt.date
) -> Iterator[Event | Cell]:
    data = {**json.loads(event.data), "undone": True}
    if event.kind == "extension":
        data["due"] = ""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    if event.kind == "extension":
        yield _event(event.subject, event.kind, data["row"], today, text, count)
    elif event.kind != "reopened":
        yield _event(event.subject, "reopened", data["row"], today, text, count)
        yield from _decision_cells(office, event.subject, "reopened")


def _decision_cells(office: Office, point_id: str, kind: str) -> Iterator[Cell]:
    """认定状态 follows 终止 and 恢复; a word that the office chose otherwise is left alone."""
    now = office.cells.get((point_id, "", "decision", ""))
    word = now.value if now else ""
    if kind == "stopped" and word != _ADJUSTMENT_WORD:
        yield Cell(point_id, "", "decision", "", _ADJUSTMENT_WORD, "office", office.seq)
    if kind == "reopened" and word == _ADJUSTMENT_WORD:
        yield Cell(point_id, "", "decision", "", "", "office", office.seq)
