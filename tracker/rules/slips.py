"""Slips as outlines: 工作交办单, 工作提醒, 工作催办单, 督办通知单, 通报, 约谈建议.

A slip states six things (三单, 邓政办〔2018〕127号): 单号, 工作事项, 工作要求, 责任单位, 责任人, 时限要求. One
matter one slip for 催办 and 督办; 交办 and 提醒 gather what one unit has; a 通报 gathers what is left of all. Words
come from `say` (templates/slips.txt).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from tracker.rules.outline import Align
from tracker.rules.outline import Attachment
from tracker.rules.outline import Block
from tracker.rules.outline import Fields
from tracker.rules.outline import Official
from tracker.rules.outline import Table
from tracker.rules.outline import TableColumn
from tracker.rules.outline import Text
from tracker.rules.outline import long_date
from tracker.rules.reminders import Tier

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

_NAMES = {
    Tier.ASSIGN: "工作交办单",
    Tier.REMIND: "工作提醒",
    Tier.CALL: "工作催办单",
    Tier.SUPERVISE: "督办通知单",
    Tier.CIRCULATE: "通报",
    Tier.TALK: "约谈建议",
}

_COLUMNS = (
    TableColumn("序号", 6, Align.CENTER),
    TableColumn("责任单位", 18),
    TableColumn("工作事项", 44),
    TableColumn("工作要求", 30),
    TableColumn("时限要求", 16, Align.CENTER),
)


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One matter on a slip.

    Attributes:
        subject: Its id.
        unit: The unit as printed.
        what: 工作事项.
        demand: 工作要求: what the unit has to do about it, and why now.
        due: 时限要求, as printed.
        role: 牵头, 责任 or 配合; empty for a form that is owed.
    """

    subject: str
    unit: str
    what: str
    demand: str
    due: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip before it is laid out.

    Attributes:
        document: Its id (`D12`); printed as 单号 until the office's OA gives a number.
        number: The number that the OA gave; empty until then.
        tier: Which slip.
        unit: The unit as printed; empty for a circular.
        person: 责任人: the unit's contact, where the list has one.
        lines: What it is about.
        plan: Title of the plan, for an 交办单.
        plan_number: Its document number.
    """

    document: str
    number: str
    tier: Tier
    unit: str
    person: str
    lines: tuple[SlipLine, ...]
    plan: str = ""
    plan_number: str = ""


def name_of(slip: Slip) -> str:
    """What the slip's file is called, without its ending.

    >>> name_of(Slip("D7", "", Tier.CALL, "市财政局", "", ()))
    '工作催办单 D7 市财政局'
    """
    return f"{_NAMES[slip.tier]} {slip.document} {slip.unit}".rstrip()


def outline(slip: Slip, say: Say, *, office_name: str, contact: str, today: dt.date) -> Official:
    """Lay a slip's content out as an official document, without a red head and unsigned."""
    entry = ENTRY[slip.tier]
    facts = {
        "n": len(slip.lines),
        "units": len({line.unit for line in slip.lines}),
        "plan": slip.plan,
        "number": slip.plan_number,
        "today": long_date(today),
    }
    body: list[Block] = [Text(say(f"{entry}.body", **facts))]
    attachments: tuple[Attachment, ...] = ()
    if slip.tier is Tier.CIRCULATE:
        attachments = (Attachment(say("circulate.attachment"), (_table(slip),), landscape=True),)
    elif len(slip.lines) == 1:
        body.append(_fields(slip, slip.lines[0]))
    else:
        body += [_top(slip), _table(slip)]
    body.append(Text(say(f"{entry}.closing", **facts)))
    if contact:
        body.append(Text(f"联系人及电话：{contact}"))
    return Official(
        title=say(f"{entry}.title", **facts),
        blocks=tuple(body),
        addressee=slip.unit,
        signature=office_name,
        date=today,
        attachments=attachments,
        sealed=slip.tier.is_official,
    )


def _fields(slip: Slip, line: SlipLine) -> Fields:
    return Fields(
        (
            (("单号", slip.number or slip.document), ("时限要求", line.due)),
            (("工作事项", line.what),),
            (("工作要求", line.demand),),
            (("责任单位", line.unit), ("责任人", slip.person)),
        )
    )


def _top(slip: Slip) -> Fields:
    return Fields(
        (
            (("单号", slip.number or slip.document), ("责任人", slip.person)),
            (("责任单位", slip.unit),),
        )
    )


def _table(slip: Slip) -> Table:
    rows = tuple(
        (str(n), f"{line.unit}（{line.role}）" if line.role else line.unit, line.what, line.demand, line.due)
        for n, line in enumerate(slip.lines, start=1)
    )
    return Table(_COLUMNS, rows)
