"""Slips as outlines of official documents; the words come from `say` (templates/slips.txt).

交办, 提醒      what has to be done as a table, 单号, 责任单位 and 责任人 above it; one matter: a grid of six fields
催办, 督办      a grid of six fields, with the days over, the plan and what was asked before
通报            刊头, 期号, issuer and date; basis, overall picture, what is behind and where, reporting
discipline, demands; the matters in an annex (after the bulletins of county offices)
约谈            who is proposed and a place for the leader's word; the matters in an annex, with what was asked before

抄送 stands in a 版记 where its sentence says anything. Where matters come from several plans, tables name the plan.
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
_DUE = TableColumn("时限要求", 22, Align.CENTER)
_ROLE = TableColumn("承担角色", 10, Align.CENTER)
_UNIT = TableColumn("责任单位", 16, merge=True)
_LATE = TableColumn("逾期（天）", 11, Align.CENTER)
_SOURCE = TableColumn("任务来源", 18, merge=True)
_BEFORE = TableColumn("此前催办", 38)
# So many empty lines are left for the leader's word.
_ROOM = "\n" * 4


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


def slip_facts(slip: Slip) -> dict[str, Any]:
    """The facts that every sentence of a slip may use."""
    return {
        "n": len(slip.lines),
        "units": len({line.unit for line in slip.lines}),
        "tasks": sum(n for _, n in slip.task_counts),
        "unit": slip.unit,
        "plan": slip.plan,
        "number": slip.plan_number,
        "today": long_date(slip.as_of),
        "wait": slip.wait,
        "total": slip.counts.total,
        "done": slip.counts.done,
        "running": slip.counts.in_progress,
        "overdue": slip.counts.overdue,
        "late_units": [{"name": name, "n": n} for name, n in slip.task_counts],
        "all_units": [{"name": name, "n": n} for name, n in slip.line_counts],
        "silent": list(slip.silent),
    }


def slip_outline(slip: Slip, say: Say, sender: Sender) -> Official:
    """Lay a slip's content out as an official document; unsigned, it leaves a place for the date."""
    if slip.tier is Tier.CIRCULATE:
        return _bulletin(slip, say, sender)
    if slip.tier is Tier.TALK:
        return _proposal(slip, say, sender)
    entry, facts = ENTRY[slip.tier], slip_facts(slip)
    body: list[Block] = [Text(say(f"{entry}.body", **facts))]
    if len(slip.lines) == 1:
        body.append(_grid(slip))  # and no line below it: with 此前催办 and 抄送 it fills a page
    else:
        roles = (_ROLE,) if any(line.role for line in slip.lines) else ()
        body += [_top(slip), Gap(), _table(slip, *_sources(slip), _WHAT, _DEMAND, _DUE, *roles), Gap()]
    body += _ending(slip, say, sender)
    return Official(
        title=say(f"{entry}.title", **facts),
        blocks=tuple(body),
        addressee=slip.unit,
        signature=sender.signature(slip.tier),
        date=slip.day,
        sealed=slip.tier.is_official,
        copies=_copies(slip, say, sender),
    )


def _ending(slip: Slip, say: Say, sender: Sender) -> list[Block]:
    body: list[Block] = [Text(say(f"{ENTRY[slip.tier]}.closing", **slip_facts(slip)))]
    if sender.contact:
        body.append(Text(f"联系人及电话：{sender.contact}"))
    return body


def _copies(slip: Slip, say: Say, sender: Sender) -> str:
    """抄送 in the words of the office; the last full stop is the document's."""
    copies = say(f"{ENTRY[slip.tier]}.copies", supervision=sender.supervision, **slip_facts(slip))
    return copies.strip().rstrip("。")


def _proposal(slip: Slip, say: Say, sender: Sender) -> Official:
    """The proposal to the leader: who and how many matters each; the leader's word; all of it in an annex."""
    facts = slip_facts(slip)
    units = "；".join(f"{name}（{n}项）" for name, n in slip.line_counts)
    grid = Fields(
        (
            (("单号", slip.number), ("拟稿日期", long_date(slip.as_of))),
            (("建议约谈单位", units),),
            (("领导批示", _ROOM),),
        )
    )
    table = _table(slip, *_sources(slip, _UNIT), _WHAT, _DEMAND, _DUE, _LATE, _BEFORE)
    return Official(
        title=say("talk.title", **facts),
        blocks=(Text(say("talk.body", **facts)), grid, Gap(), *_ending(slip, say, sender)),
        signature=sender.signature(slip.tier),
        date=slip.day,
        attachments=(Attachment(say("talk.attachment", **facts), (table,), landscape=True),),
        copies=_copies(slip, say, sender),
    )


def _bulletin(slip: Slip, say: Say, sender: Sender) -> Official:
    facts = slip_facts(slip)
    problems: list[Block] = []
    if slip.task_counts:
        problems.append(Text(say("circulate.late", **facts)))
    if slip.silent:
        problems.append(Text(say("circulate.discipline", **facts)))
    blocks: tuple[Block, ...] = (
        Text(say("circulate.basis", **facts)),
        Heading(1, say("circulate.overall_head")),
        Text(say("circulate.overall", **facts)),
        Heading(1, say("circulate.found_head")),
        *problems,
        Heading(1, say("circulate.demands_head")),
        Text(say("circulate.demands", **facts)),
    )
    table = _table(slip, *_sources(slip, _UNIT), _WHAT, _DEMAND, _DUE, _LATE)
    day = long_date(slip.day) if slip.day else NO_DAY
    issuer = sender.signature(slip.tier)
    return Official(
        title=say("circulate.title", **facts),
        blocks=blocks,
        addressee=say("circulate.addressee", **facts),
        attachments=(Attachment(say("circulate.attachment", **facts), (table,), landscape=True),),
        masthead=Masthead(sender.bulletin or TITLES[slip.tier], f"{slip.issue}\n{issuer}　　　　　　{day}"),
        copies=_copies(slip, say, sender),
    )


def _grid(slip: Slip) -> Fields:
    """The six fields; what else is known stands beside and below them, what is not leaves no empty field."""
    line = slip.lines[0]
    beside = ("已逾期", f"{line.late}天") if line.late else ("承担角色", line.role)
    below = (("任务来源", line.source), ("此前催办", line.before))
    return Fields(
        (
            (("单号", slip.number), ("时限要求", line.due)),
            (("责任单位", line.unit),),
            (("责任人", slip.person), beside) if beside[1] else (("责任人", slip.person),),
            (("工作事项", line.task),),
            (("工作要求", line.demand),),
            *((pair,) for pair in below if pair[1]),
        )
    )


def _sources(slip: Slip, *units: TableColumn) -> tuple[TableColumn, ...]:
    """The first columns of a table: the number, the unit where it is not one for all, the plan where there are several.

    The unit stands before the plan: a unit's matters of several plans are one cell.
    """
    plans = (_SOURCE,) if len(slip.sources) > 1 else ()
    return (_NUMBER, *units, *plans)


def _top(slip: Slip) -> Fields:
    return Fields(((("单号", slip.number), ("责任人", slip.person)), (("责任单位", slip.unit),)))


def _table(slip: Slip, *columns: TableColumn) -> Table:
    return Table(columns, tuple(tuple(row[column.label] for column in columns) for row in slip_rows(slip)))


def slip_rows(slip: Slip) -> Iterable[dict[str, str]]:
    """The slip's matters by the heads of our tables, as the office's own template may use them, too."""
    for n, line in enumerate(slip.lines, start=1):
        yield {
            "序号": str(n),
            "事项编号": line.subject,
            "责任单位": line.unit,
            "工作事项": line.task,
            "工作要求": line.demand,
            "时限要求": line.due,
            "承担角色": line.role,
            "逾期（天）": str(line.late) if line.late else "",
            "任务来源": line.source,
            "此前催办": line.before,
        }
