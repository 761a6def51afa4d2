"""Slips as outlines of official documents; the words come from `say` (templates/slips.txt).

交办, 提醒      what has to be done as a table, 单号, 责任单位 and 责任人 above it; one matter: a grid of six fields
催办, 督办      a grid of six fields
通报            刊头, 期号, issuer and date; basis, overall picture, what is behind and where, reporting
discipline, demands; the matters in an annex (after the bulletins of county offices)
约谈            the matters as a table, for the leader
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tracker.rules.chasing.slips import TITLES
from tracker.rules.chasing.slips import Slip
from tracker.rules.chasing.tiers import Tier
from tracker.rules.wording.outline import Align
from tracker.rules.wording.outline import Attachment
from tracker.rules.wording.outline import Block
from tracker.rules.wording.outline import Fields
from tracker.rules.wording.outline import Gap
from tracker.rules.wording.outline import Heading
from tracker.rules.wording.outline import Masthead
from tracker.rules.wording.outline import Official
from tracker.rules.wording.outline import Table
from tracker.rules.wording.outline import TableColumn
from tracker.rules.wording.outline import Text
from tracker.rules.wording.outline import long_date

Say = Callable[..., str]

# Tier -> the start of its entries in templates/slips.txt.
ENTRY: dict[Tier, str] = {
    Tier.ASSIGN: "assign",
    Tier.REMIND: "remind",
    Tier.CALL: "call",
    Tier.SUPERVISE: "supervise",
    Tier.CIRCULATE: "circulate",
    Tier.TALK: "talk",
}
# A place for the date of a draft, as official documents leave it.
NO_DAY = "　　年　　月　　日"

_NUMBER = TableColumn("序号", 6, Align.CENTER)
_WHAT = TableColumn("工作事项", 18)
_DEMAND = TableColumn("工作要求", 36)
_DUE = TableColumn("时限要求", 17, Align.CENTER)
_ROLE = TableColumn("承担角色", 10, Align.CENTER)
_UNIT = TableColumn("责任单位", 16)
_LATE = TableColumn("逾期（天）", 11, Align.CENTER)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a slip: 本单位名称, 督查机构名称, 联系人及电话, and 通报刊头."""

    office: str = ""
    supervision: str = ""
    contact: str = ""
    bulletin: str = ""

    def signature(self, tier: Tier) -> str:
        """Who signs it: 督办 and 通报 come from the supervision office where there is one."""
        of_supervision = tier in (Tier.SUPERVISE, Tier.CIRCULATE)
        return (self.supervision if of_supervision else "") or self.office


def spoken(slip: Slip) -> dict[str, Any]:
    """The facts that every sentence of a slip may use."""
    return {
        "n": len(slip.lines),
        "units": len({line.unit for line in slip.lines}),
        "tasks": sum(n for _, n in slip.counted),
        "plan": slip.plan,
        "number": slip.plan_number,
        "today": long_date(slip.as_of),
        "wait": slip.wait,
        "total": slip.picture.total,
        "done": slip.picture.done,
        "running": slip.picture.running,
        "overdue": slip.picture.overdue,
        "late_units": [{"name": name, "n": n} for name, n in slip.counted],
        "silent": list(slip.silent),
    }


def outline(slip: Slip, say: Say, sender: Sender) -> Official:
    """Lay a slip's content out as an official document; unsigned, it leaves a place for the date."""
    if slip.tier is Tier.CIRCULATE:
        return _bulletin(slip, say, sender)
    entry, facts = ENTRY[slip.tier], spoken(slip)
    body: list[Block] = [Text(say(f"{entry}.body", **facts))]
    if slip.tier is Tier.TALK:
        body.append(_table(slip, _NUMBER, _UNIT, _WHAT, _DEMAND, _DUE))
    elif len(slip.lines) == 1:
        body.append(_grid(slip))
    else:
        roles = (_ROLE,) if any(line.role for line in slip.lines) else ()
        body += [_top(slip), Gap(), _table(slip, _NUMBER, _WHAT, _DEMAND, _DUE, *roles)]
    body += [Gap(), Text(say(f"{entry}.closing", **facts))]
    if sender.contact:
        body.append(Text(f"联系人及电话：{sender.contact}"))
    return Official(
        title=say(f"{entry}.title", **facts),
        blocks=tuple(body),
        addressee=slip.unit,
        signature=sender.signature(slip.tier),
        date=slip.day,
        sealed=slip.tier.is_official,
    )


def _bulletin(slip: Slip, say: Say, sender: Sender) -> Official:
    facts = spoken(slip)
    found: list[Block] = []
    if slip.counted:
        found.append(Text(say("circulate.late", **facts)))
    if slip.silent:
        found.append(Text(say("circulate.discipline", **facts)))
    blocks: tuple[Block, ...] = (
        Text(say("circulate.basis", **facts)),
        Heading(1, say("circulate.overall_head")),
        Text(say("circulate.overall", **facts)),
        Heading(1, say("circulate.found_head")),
        *found,
        Heading(1, say("circulate.demands_head")),
        Text(say("circulate.demands", **facts)),
    )
    table = _table(slip, _NUMBER, _UNIT, _WHAT, _DEMAND, _DUE, _LATE)
    day = long_date(slip.day) if slip.day else NO_DAY
    issuer = sender.signature(slip.tier)
    return Official(
        title=say("circulate.title", **facts),
        blocks=blocks,
        addressee=say("circulate.addressee", **facts),
        attachments=(Attachment(say("circulate.attachment", **facts), (table,), landscape=True),),
        masthead=Masthead(sender.bulletin or TITLES[slip.tier], f"{slip.issue}\n{issuer}　　　　　　{day}"),
    )


def _grid(slip: Slip) -> Fields:
    line = slip.lines[0]
    return Fields(
        (
            (("单号", slip.number), ("时限要求", line.due)),
            (("责任单位", line.unit), ("责任人", slip.person)),
            (("工作事项", line.what),),
            (("工作要求", line.demand),),
        )
    )


def _top(slip: Slip) -> Fields:
    return Fields(((("单号", slip.number), ("责任人", slip.person)), (("责任单位", slip.unit),)))


def _table(slip: Slip, *columns: TableColumn) -> Table:
    return Table(columns, tuple(tuple(row[each.label] for each in columns) for row in rows(slip)))


def rows(slip: Slip) -> Iterable[dict[str, str]]:
    """The slip's matters by the heads of our tables, as the office's own template may use them, too."""
    for n, line in enumerate(slip.lines, start=1):
        yield {
            "序号": str(n),
            "事项编号": line.subject,
            "责任单位": line.unit,
            "工作事项": line.what,
            "工作要求": line.demand,
            "时限要求": line.due,
            "承担角色": line.role,
            "逾期（天）": str(line.late) if line.late else "",
        }
