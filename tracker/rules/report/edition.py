"""What was reported is frozen: an edition's numbers with their rows, and what changed since.

An edition holds, as JSON with sorted keys, every figure with its rows and share, and for every item its class
and the text that stood for it. The next report is compared with it item by item; each difference names its
reason and the file it came from, so that "June said 22 done, why 21?" has an answer. The first line that fits:

    difference of an item      reason
    it was not in the plan     方案中新列入; where the mark 不通报 or 不公开 was taken back, that
    it is marked since         标注“不通报” or “不公开”; its name is not said
    it left the plan           方案中不再列入
    a later 认定状态           the office's word and where it was entered
    a later event              延期、销号、恢复, where it tells what is done or late
    overdue, the day since     到期日已过
    a later 自报状态            of a unit whose word proposes: what it said and in which file; of several the last that says
                              what the item now is
    a later 不涉及确认          the office's word
    it comes again             how many periods are told of
    nothing found              按新的截止日期重新计算
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from tracker import facts
from tracker.columns import BY_NAME
from tracker.rules.office import CellNow, Office
from tracker.rules.progress import POINT_CLASSES, PUBLIC_CLASSES, UNCOUNTED, deciders
from tracker.rules.report.summary import ReportItem, YearSummary
from tracker.rules.wording import short_name
from tracker.values import dataclass

_ABSENT = "absent"
_WORDS = {kind: word for kind, (word, _) in (POINT_CLASSES | PUBLIC_CLASSES).items()} | {
    UNCOUNTED: "不计入",
    _ABSENT: "未列入",
}
_EVENTS = {"extension": "批准延期", "write-off": "销号", "reopened": "销号后恢复"}


@dataclass(frozen=True, slots=True)
class ReportChange:
    """An item whose class is another one than last time.

    Attributes:
        wp: Its id.
        name: What it is called.
        before: Its class last time; see `rules.report.summary`, or `absent`.
        after: Its class now.
        reason: Why, for people.
        source: File and place, or empty.
    """

    wp: str
    name: str
    before: str
    after: str
    reason: str
    source: str = ""

    @property
    def words(self) -> tuple[str, str]:
        """Both classes as people read them."""
        return _WORDS[self.before], _WORDS[self.after]


@dataclass(frozen=True)
class ReportChanges:
    """What changed since an edition.

    Attributes:
        since: The day of that edition.
        n: Its number.
        changes: In plan order; items that left the plan last.
    """

    since: dt.date
    n: int
    changes: tuple[ReportChange, ...]

    def rows(self, name: str) -> tuple[str, ...]:
        """The items of a sort: gained, lost, added, dropped; these are disjoint."""
        return tuple(change.wp for change in self.changes if _sort(change) == name)


def _sort(change: ReportChange) -> str:
    if change.before == _ABSENT:
        return "added"
    if change.after == _ABSENT:
        return "dropped"
    if change.after == "done":
        return "gained"
    return "lost" if change.before == "done" else "moved"


def freeze(summary: YearSummary) -> str:
    """The content of an edition: JSON, the same for the same facts and day."""
    content = {
        "figures": {
            code: {"label": figure.label, "n": figure.n, "rows": list(figure.rows), "share": figure.share}
            for code, figure in summary.figures.items()
        },
        "items": {
            item.point_id: {
                "kind": item.kind,
                "name": short_name(item.point.requirement),
                "texts": [[quote.who, quote.dated_text, quote.file, quote.place] for quote in item.texts],
            }
            for item in summary.items
        },
    } | ({"signed": True} if summary.is_signed else {})
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def is_signed(edition: facts.ReportEdition) -> bool:
    """Whether an edition is the one that was signed."""
    return bool(json.loads(edition.content).get("signed"))


def changes_since(
    edition: facts.ReportEdition, summary: YearSummary, office: Office, *, since_act: int
) -> ReportChanges:
    """What changed since an edition, which was recorded in act `since_act`."""
    before: Mapping[str, Any] = json.loads(edition.content)["items"]
    changes = []
    for item in summary.items:
        old = before.get(item.point_id, {}).get("kind", _ABSENT)
        if old != item.kind:
            reason, source = _reason(office, item, old, since_act, edition.as_of)
            changes.append(
                ReportChange(
                    item.point_id, short_name(item.point.requirement), old, item.kind, reason, source
                )
            )
    now = {item.point_id for item in summary.items}
    changes += [
        _change_of_absent(office, point_id, before[point_id], summary)
        for point_id in sorted(before)
        if point_id not in now
    ]
    return ReportChanges(edition.as_of, edition.n, tuple(changes))


def _change_of_absent(
    office: Office, point_id: str, was: Mapping[str, str], summary: YearSummary
) -> ReportChange:
    """An item that is told no more: it left the plan, or somebody marked it."""
    for column, point_ids in (
        ("withheld", summary.withheld_points),
        ("unpublished", summary.unpublished_points),
    ):
        cell = office.cells.get((point_id, "", column, ""))
        if point_id in point_ids and cell is not None:
            label = BY_NAME[column].label
            reason = f"标注“{label}”"
            return ReportChange(
                point_id, f"（{label}的事项）", was["kind"], _ABSENT, reason, _source(office, cell)
            )
    return ReportChange(point_id, was["name"], was["kind"], _ABSENT, "方案中不再列入")


def _reason(office: Office, item: ReportItem, before: str, since_act: int, since: dt.date) -> tuple[str, str]:
    if before == _ABSENT:
        for column in ("withheld", "unpublished"):
            cell = office.cells.get((item.point_id, "", column, ""))
            if cell is not None and cell.act > since_act and not cell.value:
                return f"取消“{BY_NAME[column].label}”标注", _source(office, cell)
        return "方案中新列入", item.point.place
    decision = office.cells.get((item.point_id, "", "decision", ""))
    if decision is not None and decision.act > since_act:
        reason = f"认定状态改为“{decision.value}”" if decision.value else "认定状态被清空"
        return reason, _source(office, decision)
    events = [event for event in office.events if event.subject == item.point_id and event.kind in _EVENTS]
    if events and (item.kind == "done" or before in ("done", "overdue")):
        return _EVENTS[events[-1].kind], ""
    due = item.standing.due
    if item.kind == "overdue" and due is not None and due >= since:
        return "到期日已过", ""
    return _reported_reason(office, item, since_act) or ("按新的截止日期重新计算", "")


def _reported_reason(office: Office, item: ReportItem, since_act: int) -> tuple[str, str] | None:
    """What a unit said since, or the office of a unit, that can have changed the class."""
    cells = [
        (unit, cell)
        for unit in deciders(item.point, item.standing.units)
        if (
            cell := office.cells.get(
                (item.point_id, unit.status_speaker or unit.unit, "status", unit.status_round)
            )
        )
        and cell.act > since_act
    ]
    pairs = [(unit, cell) for unit, cell in cells if item.kind in (unit.status, "overdue")]
    if pairs or cells:
        unit, cell = max(pairs or cells, key=lambda pair: pair[1].seq)
        return f"{office.name_of(unit.heir or unit.unit)}报“{cell.value}”", _source(office, cell)
    releases = [
        (unit, cell)
        for unit in item.standing.units
        if (cell := office.cells.get((item.point_id, unit.unit, "release", ""))) and cell.act > since_act
    ]
    if releases:
        unit, cell = max(releases, key=lambda pair: pair[1].seq)
        name = office.name_of(unit.heir or unit.unit)
        return f"{name}的“不涉及”确认为“{cell.value}”", _source(office, cell)
    met, periods = item.standing.periods
    return (f"全年应开展{periods}期，报有进展{met}期", "") if periods > 1 else None


def _source(office: Office, cell: CellNow) -> str:
    file = office.files.get(cell.file)
    return " ".join(part for part in (file.name if file else cell.file, cell.place) if part)
