"""What was reported is frozen: an edition's numbers with their rows, and what changed since.

An edition holds, as JSON with sorted keys, every figure with its rows and share, and for every item its class
and the text that stood for it. The next report is compared with it item by item; each difference names its
reason and the file it came from, so that "June said 22 done, why 21?" has an answer. The first line that fits:

    difference of an item      reason
    it was not in the plan     方案中新列入; where the mark 不通报 or 不公开 was taken back, that
    it is marked since         标注“不通报” or “不公开”; its name is not said
    it left the plan           方案中不再列入
    a later 认定状态           the office's word and where it was entered
    a later 自报状态 of a unit  what the unit said and in which file
    a later event              延期、销号、恢复
    overdue now                到期日已过
    nothing found              按新的截止日期重新计算
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker import facts
from tracker.columns import BY_NAME
from tracker.rules.reporting.figures import CLASSES
from tracker.rules.reporting.figures import PUBLIC_CLASSES
from tracker.rules.reporting.item import LEFT
from tracker.rules.reporting.item import Item
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.state import CellNow
from tracker.rules.state import Office
from tracker.rules.wording.phrases import short_name

_ABSENT = "absent"
_WORDS = {kind: word for kind, (word, _) in (CLASSES | PUBLIC_CLASSES).items()} | {
    LEFT: "不计入",
    _ABSENT: "未列入",
}
_EVENTS = {"extension": "批准延期", "write-off": "销号", "reopened": "销号后恢复"}


@dataclass(frozen=True, slots=True)
class Change:
    """An item whose class is another one than last time.

    Attributes:
        wp: Its id.
        name: What it is called.
        before: Its class last time; see `rules.reporting.summary`, or `absent`.
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
class Changes:
    """What changed since an edition.

    Attributes:
        since: The day of that edition.
        n: Its number.
        changes: In plan order; items that left the plan last.
    """

    since: dt.date
    n: int
    changes: tuple[Change, ...]

    def rows(self, name: str) -> tuple[str, ...]:
        """The items of a sort: gained, lost, added, dropped; these are disjoint."""
        return tuple(each.wp for each in self.changes if _sort(each) == name)


def _sort(change: Change) -> str:
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
            code: {"label": each.label, "n": each.n, "rows": list(each.rows), "share": each.share}
            for code, each in summary.figures.items()
        },
        "items": {
            each.wp: {
                "kind": each.kind,
                "name": short_name(each.point.requirement),
                "texts": [[said.who, said.text, said.file, said.place] for said in each.texts],
            }
            for each in summary.items
        },
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def compare(edition: facts.ReportEdition, summary: YearSummary, office: Office, *, since_act: int) -> Changes:
    """What changed since an edition, which was recorded in act `since_act`."""
    before: Mapping[str, Any] = json.loads(edition.content)["items"]
    changes = []
    for item in summary.items:
        old = before.get(item.wp, {}).get("kind", _ABSENT)
        if old != item.kind:
            reason, source = _reason(office, item, old, since_act)
            changes.append(
                Change(item.wp, short_name(item.point.requirement), old, item.kind, reason, source)
            )
    now = {each.wp for each in summary.items}
    changes += [_gone(office, wp, before[wp], summary) for wp in sorted(before) if wp not in now]
    return Changes(edition.as_of, edition.n, tuple(changes))


def _gone(office: Office, wp: str, was: Mapping[str, str], summary: YearSummary) -> Change:
    """An item that is told no more: it left the plan, or somebody marked it."""
    for column, marked in (("withheld", summary.withheld), ("unpublished", summary.unpublished)):
        cell = office.cells.get((wp, "", column, ""))
        if wp in marked and cell is not None:
            label = BY_NAME[column].label
            said = f"标注“{label}”"
            return Change(wp, f"（{label}的事项）", was["kind"], _ABSENT, said, _source(office, cell))
    return Change(wp, was["name"], was["kind"], _ABSENT, "方案中不再列入")


def _reason(office: Office, item: Item, before: str, since_act: int) -> tuple[str, str]:
    if before == _ABSENT:
        for column in ("withheld", "unpublished"):
            cell = office.cells.get((item.wp, "", column, ""))
            if cell is not None and cell.act > since_act and not cell.value:
                return f"取消“{BY_NAME[column].label}”标注", _source(office, cell)
        return "方案中新列入", item.point.place
    decision = office.cells.get((item.wp, "", "decision", ""))
    if decision is not None and decision.act > since_act:
        said = f"认定状态改为“{decision.value}”" if decision.value else "认定状态被清空"
        return said, _source(office, decision)
    spoken = [
        (each, cell)
        for each in item.standing.units
        if (cell := office.cells.get((item.wp, each.unit, "status", each.status_round)))
        and cell.act > since_act
    ]
    if spoken:
        unit, cell = max(spoken, key=lambda each: each[1].seq)
        return f"{office.name_of(unit.unit)}报“{cell.value}”", _source(office, cell)
    events = [each for each in office.events if each.subject == item.wp and each.kind in _EVENTS]
    if events and (item.kind == "done" or before in ("done", "overdue")):
        return _EVENTS[events[-1].kind], ""
    if item.kind == "overdue":
        return "到期日已过", ""
    return "按新的截止日期重新计算", ""


def _source(office: Office, cell: CellNow) -> str:
    known = office.files.get(cell.file)
    return " ".join(part for part in (known.name if known else cell.file, cell.place) if part)
